//! Distances from now: 三天后, 10日内, 3个工作日前, 半小时后, and `+3 -2 +2w +1m` (RULES §7). Knows nothing of named days.

use chrono::{Datelike, Duration, Months, NaiveDate, NaiveDateTime};

use super::days::Found;
use super::scan::{Read, Scan};
use super::{Ask, DateError, Hint, plausible};

/// How far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    Days(u32),
    Months(u32),
    WorkDays(u32),
    Minutes(u32),
}

const UNITS: [(&str, Amount); 17] = [
    ("天", Amount::Days(1)),
    ("日", Amount::Days(1)),
    ("周", Amount::Days(7)),
    ("星期", Amount::Days(7)),
    ("礼拜", Amount::Days(7)),
    ("个星期", Amount::Days(7)),
    ("个礼拜", Amount::Days(7)),
    ("个月", Amount::Months(1)),
    ("年", Amount::Months(12)),
    ("工作日", Amount::WorkDays(1)),
    ("个工作日", Amount::WorkDays(1)),
    ("小时", Amount::Minutes(60)),
    ("个小时", Amount::Minutes(60)),
    ("钟头", Amount::Minutes(60)),
    ("个钟头", Amount::Minutes(60)),
    ("刻钟", Amount::Minutes(15)),
    ("分钟", Amount::Minutes(1)),
];
const HALVES: [(&str, Amount); 3] =
    [("半小时", Amount::Minutes(30)), ("半个小时", Amount::Minutes(30)), ("半年", Amount::Months(6))];

impl Amount {
    fn times(self, n: u32) -> Self {
        match self {
            Self::Days(each) => Self::Days(each * n),
            Self::Months(each) => Self::Months(each * n),
            Self::WorkDays(each) => Self::WorkDays(each * n),
            Self::Minutes(each) => Self::Minutes(each * n),
        }
    }
}

fn amount(s: Scan<'_>) -> Read<'_, Amount> {
    if let Some(half) = s.pick(&HALVES) {
        return Some(half);
    }
    let (n, s) = s.number()?;
    if let Some(s) = s.any(&["个半小时", "个半钟头"]) {
        return Some((Amount::Minutes(n * 60 + 30), s));
    }
    let (unit, s) = s.pick(&UNITS)?;
    Some((unit.times(n), s))
}

/// `n unit 后|前`, and the shorthands; days and longer.
pub(super) fn day<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Found> {
    if let Some((amount, ahead, s)) = shorthand(s) {
        return Some((shift(ask, amount, ahead)?, s));
    }
    let (amount, s) = amount(s)?;
    let (ahead, s) = direction(s)?;
    Some((shift(ask, amount, ahead)?, s))
}

/// `n unit 后|前` of hours and minutes.
pub(super) fn moment<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, NaiveDateTime> {
    let (Amount::Minutes(n), s) = amount(s)? else { return None };
    let (ahead, s) = direction(s)?;
    Some((minutes_away(ask, n, ahead)?, s))
}

/// `n unit 内`: the last day, or the last minute, still in time.
pub(super) fn within<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, (Found, Option<NaiveDateTime>)> {
    let (amount, s) = amount(s)?;
    let s = s.any(&["内", "之内", "以内"])?;
    if let Amount::Minutes(n) = amount {
        let at = minutes_away(ask, n, true)?;
        return Some(((Found::from(at.date()), Some(at)), s));
    }
    Some(((shift(ask, amount, true)?, None), s))
}

fn direction(s: Scan<'_>) -> Read<'_, bool> {
    s.pick(&[("后", true), ("之后", true), ("以后", true), ("前", false), ("之前", false), ("以前", false)])
}

/// `+3`, `-2`, `+2w`, `+1m`: the letter hard behind the number.
fn shorthand(s: Scan<'_>) -> Option<(Amount, bool, Scan<'_>)> {
    let (sign, s) = s.skip().take(|c| c == '+' || c == '-')?;
    s.peek().filter(char::is_ascii_digit)?;
    let ((n, len), s) = s.digits()?;
    let unit = |c| match c {
        'd' => Some(Amount::Days(1)),
        'w' => Some(Amount::Days(7)),
        'm' => Some(Amount::Months(1)),
        _ => None,
    };
    let (each, s) = match s.take(|c| unit(c).is_some()) {
        Some((c, s)) => (unit(c)?, s),
        None => (Amount::Days(1), s),
    };
    (len <= 4).then_some((each.times(n), sign == '+', s))
}

fn minutes_away(ask: &Ask<'_>, n: u32, ahead: bool) -> Option<NaiveDateTime> {
    let n = i64::from(n);
    ask.cx.now.checked_add_signed(Duration::minutes(if ahead { n } else { -n }))
}

fn shift(ask: &Ask<'_>, amount: Amount, ahead: bool) -> Option<Found> {
    let today = ask.today();
    let mut hints = Vec::new();
    let day = match amount {
        Amount::Days(n) => {
            let n = i64::from(n);
            today.checked_add_signed(Duration::days(if ahead { n } else { -n }))
        }
        Amount::Months(n) => {
            let months = Months::new(n);
            let day = if ahead { today.checked_add_months(months) } else { today.checked_sub_months(months) };
            if day.is_some_and(|d| d.day() != today.day()) {
                hints.push(Hint::Clipped);
            }
            day
        }
        Amount::WorkDays(n) => {
            let n = i32::try_from(n).ok()?;
            let day = ask.cx.calendar.add_working_days(today, if ahead { n } else { -n });
            hints.extend(unknown_years(ask, today, day));
            Some(day)
        }
        Amount::Minutes(_) => return None,
    };
    match day.and_then(plausible) {
        Some(day) => Some(Found { day, hints }),
        None => ask.fail(DateError::NoSuchDay),
    }
}

/// A warning when working days were counted in a year whose rest days are not known.
pub(super) fn unknown_years(ask: &Ask<'_>, from: NaiveDate, to: NaiveDate) -> Option<Hint> {
    let (first, last) = (from.year().min(to.year()), from.year().max(to.year()));
    (first..=last).find(|y| !ask.cx.calendar.knows_year(*y)).map(Hint::YearUnknown)
}
