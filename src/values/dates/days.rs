//! One day, however named (RULES §7): 后天, 下周三, 三月五号, 0305, 月底, 国庆后第一个工作日. Knows nothing of times.

use chrono::{Datelike, Duration, Months, NaiveDate, Weekday};

use super::numbers::{closest, edge_of_month, numbers};
use super::scan::{Read, Scan};
use super::{Ask, Bias, DateError, Hint, english, offsets, plausible};
use crate::values::calendar::{month_end, weekday_of};

/// A day found, and what to say of how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) day: NaiveDate,
    pub(super) hints: Vec<Hint>,
}

impl From<NaiveDate> for Found {
    fn from(day: NaiveDate) -> Self {
        Self { day, hints: Vec::new() }
    }
}

const NEAR: [(&str, i64); 20] = [
    ("今天", 0),
    ("今日", 0),
    ("今儿", 0),
    ("明天", 1),
    ("明日", 1),
    ("明儿", 1),
    ("后天", 2),
    ("后日", 2),
    ("后儿", 2),
    ("大后天", 3),
    ("昨天", -1),
    ("昨日", -1),
    ("昨儿", -1),
    ("前天", -2),
    ("前日", -2),
    ("前儿", -2),
    ("大前天", -3),
    ("today", 0),
    ("tomorrow", 1),
    ("yesterday", -1),
];
/// Before a part of the day: 今晚, 明早.
const SHORT: [(&str, i64); 3] = [("今", 0), ("明", 1), ("昨", -1)];
const WEEK: [&str; 3] = ["周", "星期", "礼拜"];
/// How many weeks or months away; every word may be followed by 个.
const AWAY: [(&str, i32); 6] = [("本", 0), ("这", 0), ("下", 1), ("下下", 2), ("上", -1), ("上上", -2)];
/// Days of a month that need no number; 0 is the last.
pub(super) const EDGES: [(&str, u32); 4] = [("初", 1), ("中", 15), ("底", 0), ("末", 0)];
const YEARS: [(&str, i32); 6] =
    [("今年", 0), ("本年", 0), ("明年", 1), ("后年", 2), ("去年", -1), ("前年", -2)];

/// A day by any name, with its weekday behind it if given, which must be the right one.
pub(super) fn day<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Found> {
    let named = near(ask, s)
        .or_else(|| offsets::day(ask, s))
        .or_else(|| short_week(ask, s))
        .or_else(|| week_day(ask, s))
        .or_else(|| english::day(ask, s));
    if named.is_some() {
        return named;
    }
    let (found, s) = numbers(ask, s)
        .or_else(|| edge_of_month(ask, s))
        .or_else(|| of_month(ask, s))
        .or_else(|| of_year(ask, s))?;
    let Some((weekday, after)) = said_weekday(s) else { return Some((found, s)) };
    if found.day.weekday() != weekday {
        return ask.fail(DateError::NoSuchDay);
    }
    Some((found, after))
}

/// A word among [`AWAY`], and whether there was one.
pub(super) fn away(s: Scan<'_>) -> (Option<i32>, Scan<'_>) {
    match s.pick(&AWAY) {
        Some((n, after)) => (Some(n), after.maybe(&["个"])),
        None => (None, s),
    }
}

pub(super) fn week(s: Scan<'_>) -> Option<Scan<'_>> {
    s.any(&WEEK)
}

/// Monday of the week so many weeks away.
pub(super) fn monday(from: NaiveDate, weeks: i32) -> Option<NaiveDate> {
    let monday = from.week(Weekday::Mon).checked_first_day()?;
    monday.checked_add_signed(Duration::weeks(i64::from(weeks))).and_then(plausible)
}

/// The first of the month so many months away.
pub(super) fn first_of_month(from: NaiveDate, months: i32) -> Option<NaiveDate> {
    let first = from.with_day(1)?;
    let by = Months::new(months.unsigned_abs());
    if months < 0 { first.checked_sub_months(by) } else { first.checked_add_months(by) }.and_then(plausible)
}

/// A year in four digits with 年, or 今年 and its kin.
pub(super) fn year<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, i32> {
    if let Some((away, s)) = s.pick(&YEARS) {
        return Some((ask.today().year() + away, s));
    }
    let (n, after) = s.number()?;
    let after = after.word("年")?;
    (1800..2200).contains(&n).then_some((i32::try_from(n).ok()?, after))
}

fn near<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Found> {
    let (days, s) = match s.pick(&NEAR) {
        Some(found) => found,
        None => match s.pick(&SHORT) {
            Some((days, after)) => {
                super::clock::part(after)?;
                (days, after)
            }
            None => {
                let s = s.word("t")?;
                if s.peek().is_some_and(|c| c.is_ascii_alphanumeric()) {
                    return None;
                }
                (0, s)
            }
        },
    };
    let day = ask.today().checked_add_signed(Duration::days(days))?;
    Some((day.into(), s))
}

/// `w3 n3 nn3 l5`: a digit hard behind the letters and none behind it.
fn short_week<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Found> {
    let table = [("w", None), ("n", Some(1)), ("nn", Some(2)), ("l", Some(-1)), ("ll", Some(-2))];
    let (away, s) = s.pick(&table)?;
    s.peek().filter(char::is_ascii_digit)?;
    let ((n, 1), s) = s.digits()? else { return None };
    Some((on_weekday(ask, away, weekday_number(n)?)?, s))
}

fn weekday_number(n: u32) -> Option<Weekday> {
    Weekday::try_from(u8::try_from(n.checked_sub(1)?).ok()?).ok()
}

pub(super) fn weekday_name(s: Scan<'_>) -> Read<'_, Weekday> {
    let s = s.skip();
    if let Some((c, s)) = s.take(|c| weekday_of(c).is_some()) {
        return Some((weekday_of(c)?, s));
    }
    let ((n, 1), s) = s.digits()? else { return None };
    Some((weekday_number(n)?, s))
}

fn week_day<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Found> {
    let (away, s) = away(s);
    let (weekday, s) = weekday_name(week(s)?)?;
    Some((on_weekday(ask, away, weekday)?, s))
}

pub(super) fn on_weekday(ask: &Ask<'_>, away: Option<i32>, weekday: Weekday) -> Option<Found> {
    let ahead = i64::from(weekday.num_days_from_monday());
    if let Some(weeks) = away {
        let day = monday(ask.today(), weeks)?.checked_add_signed(Duration::days(ahead));
        return day.map(Found::from);
    }
    let base = ask.base();
    let this_week = monday(base, 0)?.checked_add_signed(Duration::days(ahead))?;
    let (day, hint) = match ask.bias() {
        Bias::Planning if this_week < base => {
            (this_week.checked_add_signed(Duration::weeks(1))?, Some(Hint::NextOne))
        }
        Bias::Record if this_week > base => {
            (this_week.checked_sub_signed(Duration::weeks(1))?, Some(Hint::LastOne))
        }
        _ => (this_week, None),
    };
    Some(Found { day, hints: hint.filter(|_| ask.anchor.is_none()).into_iter().collect() })
}

fn said_weekday(s: Scan<'_>) -> Read<'_, Weekday> {
    match s.word("(") {
        Some(s) => {
            let (weekday, s) = weekday_name(week(s)?)?;
            Some((weekday, s.word(")")?))
        }
        None => weekday_name(week(s)?),
    }
}

/// 5号, 下个月15号, 本月底, 月中.
fn of_month<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Found> {
    let (away, s) = away(s);
    let Some(s) = s.word("月") else {
        let (dom, s) = s.number().filter(|_| away.is_none())?;
        let s = s.any(&["号", "日"])?;
        return Some((bare_dom(ask, dom)?, s));
    };
    let first = first_of_month(if away.is_some() { ask.today() } else { ask.base() }, away.unwrap_or(0))?;
    if let Some((dom, s)) = s.pick(&EDGES) {
        let day = if dom == 0 { month_end(first)? } else { first.with_day(dom)? };
        return Some((day.into(), s));
    }
    let (dom, s) = s.number().filter(|_| away.is_some())?;
    let s = s.any(&["号", "日"])?;
    Some((ask.ymd(first.year(), first.month(), dom)?.into(), s))
}

/// The month that has such a day, this one or the nearest on the side of the bias.
fn bare_dom(ask: &Ask<'_>, dom: u32) -> Option<Found> {
    let base = ask.base();
    let step = if ask.bias() == Bias::Planning { 1 } else { -1 };
    for n in 0..3 {
        let day = first_of_month(base, n * step).and_then(|first| first.with_day(dom));
        let hint = if step > 0 { Hint::NextOne } else { Hint::LastOne };
        match day {
            Some(day) if (step > 0 && day >= base) || (step < 0 && day <= base) => {
                let hint = (n > 0 && ask.anchor.is_none()).then_some(hint);
                return Some(Found { day, hints: hint.into_iter().collect() });
            }
            _ => {}
        }
    }
    ask.fail(DateError::NoSuchDay)
}

/// 年底, 明年初, 国际残疾人日, 国庆后第一个工作日.
fn of_year<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Found> {
    let ends = [("初", (1, 1)), ("底", (12, 31)), ("末", (12, 31))];
    if let Some(((month, dom), s)) = s.word("年").and_then(|s| s.pick(&ends)) {
        return Some((ask.ymd(ask.base().year(), month, dom)?.into(), s));
    }
    let (year, s) = match year(ask, s) {
        Some((year, s)) => (Some(year), s),
        None => (None, s),
    };
    // 明年初 and 明年年初.
    if let (Some(year), Some(((month, dom), s))) = (year, s.maybe(&["年"]).pick(&ends)) {
        return Some((ask.ymd(year, month, dom)?.into(), s));
    }
    let calendar = ask.cx.calendar;
    let names: Vec<(&str, &str)> = calendar.names().map(|n| (n, n)).collect();
    let (name, s) = s.pick(&names)?;
    let found = match year {
        Some(year) => calendar.named_day(name, year).map(Found::from),
        None => closest(ask, |year| calendar.named_day(name, year)),
    };
    let Some(mut found) = found else {
        let year = year.unwrap_or_else(|| ask.base().year());
        return ask.fail_as(DateError::NotInCalendar { name: name.to_owned(), year });
    };
    let Some(after) = s.any(&["后第", "之后第", "以后第"]) else { return Some((found, s)) };
    let (n, s) = after.number()?;
    let s = s.any(&["个工作日", "工作日"])?;
    let n = i32::try_from(n).ok().filter(|n| *n > 0)?;
    let day = calendar.add_working_days(found.day, n);
    found.hints.extend(offsets::unknown_years(ask, found.day, day));
    Some((Found { day: plausible(day)?, ..found }, s))
}
