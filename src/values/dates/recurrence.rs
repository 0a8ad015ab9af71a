//! What comes again: 每天, 每周三下午2点, 隔周五, 每月5号, 每月最后一个周五 (RULES §7). Knows nothing of bookings made from it.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, Weekday};

use super::days::{self, first_of_month, week, weekday_name};
use super::scan::{Read, Scan};
use super::{Ask, DateError, Kind, Reading, minute_of};
use super::{clock, english};
use crate::values::calendar::{month_end, nth_weekday};

/// On which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Every day.
    Daily,
    /// A weekday, every so many weeks.
    Weekly {
        /// In weeks, 1 or 2.
        interval: u32,
        /// The day.
        weekday: Weekday,
    },
    /// A day of the month, 1-31, or 0 for the last; months without it are passed over.
    MonthDay(u32),
    /// The n-th weekday of the month, -1 the last.
    MonthWeekday(i8, Weekday),
}

/// A rule with the hours of each occurrence, in minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recurrence {
    /// On which days.
    pub rule: Rule,
    /// When it begins, if a time was given.
    pub from: Option<u32>,
    /// When it ends, if hours were given.
    pub to: Option<u32>,
}

impl Rule {
    /// The first day on or after a day that the rule names.
    #[must_use]
    pub fn first_from(self, day: NaiveDate) -> Option<NaiveDate> {
        let of_month = |first: NaiveDate| match self {
            Self::MonthDay(0) => month_end(first),
            Self::MonthDay(dom) => first.with_day(dom),
            Self::MonthWeekday(nth, weekday) => nth_weekday(first.year(), first.month(), nth, weekday),
            Self::Daily | Self::Weekly { .. } => None,
        };
        match self {
            Self::Daily => Some(day),
            Self::Weekly { weekday, .. } => {
                let ahead = weekday.days_since(day.weekday());
                day.checked_add_signed(Duration::days(i64::from(ahead)))
            }
            Self::MonthDay(_) | Self::MonthWeekday(..) => {
                let months = (0..13).filter_map(|n| first_of_month(day, n));
                months.filter_map(of_month).find(|found| *found >= day)
            }
        }
    }

    /// The day that follows an occurrence.
    #[must_use]
    pub fn after(self, occurrence: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Weekly { interval, .. } => {
                occurrence.checked_add_signed(Duration::weeks(i64::from(interval)))
            }
            _ => self.first_from(occurrence.succ_opt()?),
        }
    }

    fn text(self) -> String {
        match self {
            Self::Daily => "FREQ=DAILY".to_owned(),
            Self::Weekly { interval: 1, weekday } => format!("FREQ=WEEKLY;BYDAY={}", two_letters(weekday)),
            Self::Weekly { interval, weekday } => {
                format!("FREQ=WEEKLY;INTERVAL={interval};BYDAY={}", two_letters(weekday))
            }
            Self::MonthDay(0) => "FREQ=MONTHLY;BYMONTHDAY=-1".to_owned(),
            Self::MonthDay(dom) => format!("FREQ=MONTHLY;BYMONTHDAY={dom}"),
            Self::MonthWeekday(nth, weekday) => format!("FREQ=MONTHLY;BYDAY={nth}{}", two_letters(weekday)),
        }
    }
}

impl Recurrence {
    /// `RRULE:FREQ=WEEKLY;BYDAY=WE @14:00`, with `-16:00` where it ends.
    #[must_use]
    pub fn text(self) -> String {
        match self.hours() {
            Some(hours) => format!("RRULE:{} @{hours}", self.rule.text()),
            None => format!("RRULE:{}", self.rule.text()),
        }
    }

    /// `14:00` or `14:00-16:00`, where a time was given.
    pub(super) fn hours(self) -> Option<String> {
        let text = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let from = text(self.from?);
        Some(self.to.map_or(from.clone(), |to| format!("{from}-{}", text(to))))
    }

    /// The occurrence on a day: its beginning, midnight where no time was given, and its end if it has one.
    #[must_use]
    pub fn on(self, day: NaiveDate) -> Option<(NaiveDateTime, Option<NaiveDateTime>)> {
        let end = match self.to {
            Some(to) => Some(minute_of(day, to)?),
            None => None,
        };
        Some((minute_of(day, self.from.unwrap_or(0))?, end))
    }
}

impl Reading {
    /// The occurrences of a recurrence from its first; nothing for any other kind. Endless: take as many as are wanted.
    pub fn occurrences(&self) -> impl Iterator<Item = (NaiveDateTime, Option<NaiveDateTime>)> + use<> {
        let each = match self.kind {
            Kind::Recurrence(each) => Some(each),
            _ => None,
        };
        let first = each.map(|each| (each, self.start.date()));
        let all = std::iter::successors(first, |(each, day)| Some((*each, each.rule.after(*day)?)));
        all.filter_map(|(each, day)| each.on(day))
    }
}

fn two_letters(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

/// The whole phrase as a recurrence, `day 起` before it allowed.
pub(super) fn read(ask: &Ask<'_>, chars: &[char]) -> Option<Reading> {
    let s = Scan::new(chars);
    let (since, s) = match since(ask, s) {
        Some((day, s)) => (Some(day), s),
        None => (None, s),
    };
    let (rule, s) = rule(ask, s)?;
    let (times, s) = match clock::times(ask, s, true) {
        Some((times, s)) => (Some(times), s),
        None => (None, s),
    };
    if !s.at_end() {
        return None;
    }
    // Midnight at the end of a day would make each occurrence the next day's.
    if times.as_ref().is_some_and(|t| t.start >= 24 * 60) {
        return ask.fail(DateError::NoSuchTime);
    }
    let each =
        Recurrence { rule, from: times.as_ref().map(|t| t.start), to: times.as_ref().and_then(|t| t.end) };
    let mut day = rule.first_from(since.unwrap_or_else(|| ask.today()))?;
    if since.is_none() && each.from.is_some() && each.on(day)?.0 < ask.cx.now {
        day = rule.first_from(day.succ_opt()?)?;
    }
    let (start, end) = each.on(day)?;
    Some(Reading::new(Kind::Recurrence(each), start, end, times.map(|t| t.hints).unwrap_or_default()))
}

fn since<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, NaiveDate> {
    let (found, s) = days::day(ask, s.maybe(&["从", "自"]))?;
    Some((found.day, s.any(&["起", "开始"])?.maybe(&[","])))
}

fn rule<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Rule> {
    if let Some(((interval, weekday), s)) = english::every(s) {
        return Some((Rule::Weekly { interval, weekday }, s));
    }
    if let Some(s) = s.any(&["每天", "每日"]) {
        return Some((Rule::Daily, s));
    }
    if let Some(s) = s.any(&["每月", "每个月"]) {
        return monthly(ask, s);
    }
    let (interval, s) =
        s.pick(&[("每", 1), ("每个", 1), ("隔", 2), ("每隔", 2), ("隔一", 2), ("每隔一", 2)])?;
    let s = week(s)?;
    // 隔周周五 says the week twice.
    let s = week(s).filter(|_| interval == 2).unwrap_or(s);
    let (weekday, s) = weekday_name(s)?;
    Some((Rule::Weekly { interval, weekday }, s))
}

fn monthly<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Rule> {
    if let Some(s) = s.any(&["底", "末", "月底", "月末", "最后一天", "最后一日"]) {
        return Some((Rule::MonthDay(0), s));
    }
    if let Some(s) = s.word("最后一个") {
        let (weekday, s) = weekday_name(week(s)?)?;
        return Some((Rule::MonthWeekday(-1, weekday), s));
    }
    if let Some(s) = s.word("第") {
        let (nth, s) = s.number()?;
        let (weekday, s) = weekday_name(week(s.word("个")?)?)?;
        let nth = i8::try_from(nth).ok().filter(|n| (1..=5).contains(n));
        return Some((Rule::MonthWeekday(nth.or_else(|| ask.fail(DateError::NoSuchDay))?, weekday), s));
    }
    let (dom, s) = s.number()?;
    let s = s.any(&["号", "日"])?;
    let dom = Some(dom).filter(|d| (1..=31).contains(d)).or_else(|| ask.fail(DateError::NoSuchDay))?;
    Some((Rule::MonthDay(dom), s))
}
