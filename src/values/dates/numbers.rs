//! Days written in numbers: 2026-03-05, 20260305, 0305, 3/5, 三月五号, and the year that is not said (RULES §7).
//! Knows nothing of weekdays or feasts.

use chrono::{Datelike, NaiveDate};

use super::days::{EDGES, Found, year};
use super::scan::{Read, Scan};
use super::{Ask, Bias, DateError, Hint};
use crate::values::calendar::month_end;

/// Days in numbers: with a year, eight digits, four digits, month and day.
pub(super) fn numbers<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Found> {
    if let Some(found) = with_year(ask, s) {
        return Some(found);
    }
    if let Some(((n, len), after)) = s.digits() {
        if len == 8 {
            return Some((ask.ymd(i32::try_from(n / 10_000).ok()?, n / 100 % 100, n % 100)?.into(), after));
        }
        let free = !after.peek().is_some_and(|c| "年月日号点时:/.天周个".contains(c));
        if len == 4 && free {
            let (month, dom) = (n / 100, n % 100);
            // 1600 and 2500 are times or nothing, and it is the clock that says what is wrong with them.
            let like_day = (1..=12).contains(&month) && (1..=31).contains(&dom);
            return if like_day { Some((month_day(ask, month, dom)?, after)) } else { None };
        }
    }
    // 16-14 are hours in the wrong order, no 14th of a 16th month.
    let day = parted(s, &["-", "/", "."]).filter(|(month, ..)| !(13..=24).contains(month));
    let (month, dom, s) = day.or_else(|| spoken(s))?;
    Some((month_day(ask, month, dom)?, s))
}

/// 3月底, 2027年4月初: a month without its year is the closest, as a day of it would be.
pub(super) fn edge_of_month<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Found> {
    let (given, s) = match year(ask, s) {
        Some((year, s)) => (Some(year), s),
        None => (None, s),
    };
    let (month, s) = s.number()?;
    let (dom, s) = s.word("月")?.pick(&EDGES)?;
    let on = |year| {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        if dom == 0 { month_end(first) } else { first.with_day(dom) }
    };
    let found = match given {
        Some(year) => on(year).map(Found::from),
        None => closest(ask, on),
    };
    Some((found.or_else(|| ask.fail(DateError::NoSuchDay))?, s))
}

/// Two numbers with one of the separators between, hard against both, and none after.
fn parted<'t>(s: Scan<'t>, by: &[&str]) -> Option<(u32, u32, Scan<'t>)> {
    let ((month, 1..=2), s) = s.digits()? else { return None };
    let s = by.iter().find_map(|w| s.take(|c| w.contains(c))).map(|(_, s)| s)?;
    s.peek().filter(char::is_ascii_digit)?;
    let ((dom, 1..=2), s) = s.digits()? else { return None };
    let clock = s.peek().is_some_and(|c| "年月日号点时:/.".contains(c));
    (!clock).then_some((month, dom, s))
}

/// 三月五号; 号 may be left out where nothing else could be meant.
fn spoken(s: Scan<'_>) -> Option<(u32, u32, Scan<'_>)> {
    let (month, s) = s.number()?;
    let (dom, s) = s.word("月")?.number()?;
    match s.any(&["号", "日"]) {
        Some(s) => Some((month, dom, s)),
        None => (!s.peek().is_some_and(|c| "年月点时:个天周".contains(c))).then_some((month, dom, s)),
    }
}

fn with_year<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Found> {
    if let Some((year, after)) = year(ask, s) {
        let (month, dom, s) = spoken(after).or_else(|| parted(after, &["-", "/", "."]))?;
        return Some((ask.ymd(year, month, dom)?.into(), s));
    }
    let ((year, 4), after) = s.digits()? else { return None };
    let (mark, after) = after.take(|c| "-/.".contains(c))?;
    after.peek().filter(char::is_ascii_digit)?;
    let by = mark.to_string();
    let (month, dom, s) = parted(after, &[by.as_str()])?;
    Some((ask.ymd(i32::try_from(year).ok()?, month, dom)?.into(), s))
}

/// The year that brings the day closest within 60 days back and 305 ahead (RULES §7).
pub(super) fn closest(ask: &Ask<'_>, on: impl Fn(i32) -> Option<NaiveDate>) -> Option<Found> {
    let base = ask.base();
    let years = [base.year() - 1, base.year(), base.year() + 1];
    let near = years.into_iter().filter_map(on).filter(|d| (-60..=305).contains(&(*d - base).num_days()));
    let day = near.min_by_key(|d| (*d - base).num_days().abs())?;
    let past = day < base && ask.anchor.is_none() && ask.cx.bias == Bias::Planning;
    Some(Found { day, hints: past.then_some(Hint::Past).into_iter().collect() })
}

pub(super) fn month_day(ask: &Ask<'_>, month: u32, dom: u32) -> Option<Found> {
    closest(ask, |year| NaiveDate::from_ymd_opt(year, month, dom)).or_else(|| ask.fail(DateError::NoSuchDay))
}
