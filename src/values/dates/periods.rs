//! Whole stretches of the calendar: 本周, 周末, 下个月, 一季度, 上半年, 去年 (RULES §7). Knows nothing of single days.

use chrono::{Datelike, Duration, NaiveDate};

use super::Ask;
use super::days::{away, first_of_month, monday, week, year};
use super::scan::{Read, Scan};
use crate::values::calendar::month_end;

/// The first and the last day.
pub(super) type Days = (NaiveDate, NaiveDate);

/// A period by any name.
pub(super) fn period<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Days> {
    weeks(ask, s).or_else(|| months(ask, s)).or_else(|| quarter_away(ask, s)).or_else(|| of_year(ask, s))
}

fn weeks<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Days> {
    let (away, s) = away(s);
    let s = week(s)?;
    let monday = monday(ask.today(), away.unwrap_or(0))?;
    let day = |n| monday.checked_add_signed(Duration::days(n));
    match s.word("末") {
        Some(s) => Some(((day(5)?, day(6)?), s)),
        None => away.and(Some(((monday, day(6)?), s))),
    }
}

fn months<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Days> {
    let (Some(away), s) = away(s) else { return None };
    let s = s.any(&["月份", "月"])?;
    let first = first_of_month(ask.today(), away)?;
    Some(((first, month_end(first)?), s))
}

fn quarter_away<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Days> {
    let (Some(away), s) = away(s) else { return None };
    let s = s.any(&["季度", "季"])?;
    let into = i32::try_from(ask.today().month0() % 3).ok()?;
    stretch(first_of_month(ask.today(), away * 3 - into)?, 3).map(|days| (days, s))
}

/// A year, or a month, quarter or half of the year given, else of this one.
fn of_year<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Days> {
    let (given, s) = match year(ask, s) {
        Some((year, s)) => (Some(year), s),
        None => (None, s),
    };
    let year = given.unwrap_or_else(|| ask.today().year());
    let from = |month| NaiveDate::from_ymd_opt(year, month, 1);
    if let Some((month, s)) = s.pick(&[("上半年", 1), ("下半年", 7)]) {
        return Some((stretch(from(month)?, 6)?, s));
    }
    if let Some((n, after)) = s.maybe(&["第"]).number() {
        if let Some(s) = after.word("季度") {
            let quarter = (1..=4).contains(&n).then_some(n)?;
            return Some((stretch(from(quarter * 3 - 2)?, 3)?, s));
        }
        // A month without its year might be last year's: it must be said.
        let s = after.any(&["月份", "月"]).filter(|_| given.is_some())?;
        return Some((stretch(from(n)?, 1)?, s));
    }
    given.and(Some((stretch(from(1)?, 12)?, s)))
}

fn stretch(first: NaiveDate, months: i32) -> Option<Days> {
    Some((first, month_end(first_of_month(first, months - 1)?)?))
}
