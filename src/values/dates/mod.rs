//! Dates and times as people type them (RULES §7): a phrase becomes one reading, said back in full, or an error, never a
//! guess. Pure: "now" and the calendar are arguments; knows nothing of fields or records.

mod clock;
mod days;
mod offsets;
mod periods;
mod recurrence;
mod scan;
mod spans;
mod spell;

use std::cell::RefCell;

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use unicode_normalization::UnicodeNormalization;

use super::calendar::WorkCalendar;
use super::text;

pub use recurrence::{Recurrence, Rule};
pub use spell::{short_day, spell, spell_day};

/// A phrase is short; anything longer was pasted by mistake. In characters.
const LONGEST: usize = 80;

/// Which way a day or time that has passed is taken (RULES §7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bias {
    /// The next one: bookings, due days.
    Planning,
    /// The most recent one: journals, cases received.
    Record,
}

/// What a phrase is read against.
#[derive(Debug, Clone)]
pub struct DateContext<'a> {
    now: NaiveDateTime,
    bias: Bias,
    calendar: &'a WorkCalendar,
    /// Minutes since midnight.
    morning: (u32, u32),
    afternoon: (u32, u32),
}

impl<'a> DateContext<'a> {
    /// A context with the half-days 08:30-12:00 and 13:30-17:00. Seconds of `now` are dropped.
    #[must_use]
    pub fn new(now: NaiveDateTime, bias: Bias, calendar: &'a WorkCalendar) -> Self {
        let now = now.with_nanosecond(0).and_then(|n| n.with_second(0)).unwrap_or(now);
        Self { now, bias, calendar, morning: (510, 720), afternoon: (810, 1020) }
    }

    /// The same with other half-days, each from and to.
    #[must_use]
    pub fn with_half_days(self, morning: (NaiveTime, NaiveTime), afternoon: (NaiveTime, NaiveTime)) -> Self {
        let minutes = |t: NaiveTime| t.hour() * 60 + t.minute();
        let both = |(from, to)| (minutes(from), minutes(to));
        Self { morning: both(morning), afternoon: both(afternoon), ..self }
    }
}

/// What kind of thing a phrase names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One day.
    Date,
    /// From a day to a day, both counted.
    DateRange,
    /// Not later than the end of a day, or than a minute.
    Deadline,
    /// From a minute to a minute.
    Slot,
    /// One minute.
    Instant,
    /// Again and again.
    Recurrence(Recurrence),
    /// Without end: a card valid for good.
    Never,
}

/// What the reader should know of how a phrase was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hint {
    /// The named day or time has passed; the next one was taken.
    NextOne,
    /// The most recent one was taken.
    LastOne,
    /// An hour from 1 to 7 was taken for the afternoon.
    Afternoon,
    /// A part of the day without hours of its own was given usual ones.
    UsualHours,
    /// It lies in the past although something is planned.
    Past,
    /// The month is shorter; its last day was taken.
    Clipped,
    /// Rest days of this year are not known: only weekends were skipped (RULES §6.1).
    YearUnknown(i32),
}

/// A phrase as understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it names.
    pub kind: Kind,
    /// Its beginning: midnight of a day; 23:59:59 of a deadline's day; the first occurrence; the latest moment there is for never.
    pub start: NaiveDateTime,
    /// The end of a slot or of an occurrence with hours, midnight at the start of a range's last day; else none.
    pub end: Option<NaiveDateTime>,
    /// What to say besides the reading itself.
    pub hints: Vec<Hint>,
}

impl Reading {
    /// The kind as in files and `--json`.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Date => "date",
            Kind::DateRange => "date-range",
            Kind::Deadline => "deadline",
            Kind::Slot => "slot",
            Kind::Instant => "instant",
            Kind::Recurrence(_) => "recurrence",
            Kind::Never => "never",
        }
    }

    /// `2026-03-04`, `2026-03-04T14:00`, `RRULE:FREQ=WEEKLY;BYDAY=WE @14:00`; empty for never.
    #[must_use]
    pub fn start_text(&self) -> String {
        match self.kind {
            Kind::Date | Kind::DateRange => self.start.date().to_string(),
            Kind::Deadline if self.ends_a_day() => self.start.date().to_string(),
            Kind::Deadline | Kind::Slot | Kind::Instant => minute_text(self.start),
            Kind::Recurrence(each) => each.text(),
            Kind::Never => String::new(),
        }
    }

    /// The end in the same forms; empty where there is none.
    #[must_use]
    pub fn end_text(&self) -> String {
        match (self.kind, self.end) {
            (Kind::DateRange, Some(end)) => end.date().to_string(),
            (Kind::Slot, Some(end)) => minute_text(end),
            _ => String::new(),
        }
    }

    /// The one day meant: a date, or a deadline's day.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        let whole = self.kind == Kind::Date || self.ends_a_day();
        whole.then(|| self.start.date())
    }

    /// The one minute meant. None for a slot, whose end would be lost, and for a day without a time.
    #[must_use]
    pub fn moment(&self) -> Option<NaiveDateTime> {
        let one = self.kind == Kind::Instant || (self.kind == Kind::Deadline && !self.ends_a_day());
        one.then_some(self.start)
    }

    fn ends_a_day(&self) -> bool {
        self.kind == Kind::Deadline && self.start.second() != 0
    }

    fn new(kind: Kind, start: NaiveDateTime, end: Option<NaiveDateTime>, hints: Vec<Hint>) -> Self {
        Self { kind, start, end, hints }
    }
}

/// Why a phrase is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not a date phrase, or one with something more after it.
    #[error("not a date: {0:?}")]
    Unreadable(String),
    /// A day that does not exist, a year out of 1800-2199, or a weekday that is not that day's.
    #[error("no such day: {0:?}")]
    NoSuchDay(String),
    /// An hour or minute that does not exist, or not in that part of the day.
    #[error("no such time: {0:?}")]
    NoSuchTime(String),
    /// The end does not come after the beginning.
    #[error("ends before it begins: {0:?}")]
    Order(String),
    /// A feast whose day is not in the calendar of that year.
    #[error("{name} of {year} is not in the calendar")]
    NotInCalendar {
        /// The feast.
        name: String,
        /// The year wanted.
        year: i32,
    },
}

impl DateError {
    /// The stable name of the fault in a field: always `E_DATE`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "E_DATE"
    }

    /// The finer name: `E_TIME`, `E_ORDER`, else `E_DATE`.
    #[must_use]
    pub fn detail(&self) -> &'static str {
        match self {
            Self::NoSuchTime(_) => "E_TIME",
            Self::Order(_) => "E_ORDER",
            Self::Unreadable(_) | Self::NoSuchDay(_) | Self::NotInCalendar { .. } => self.code(),
        }
    }

    /// What a sentence about the fault can name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreadable(text) | Self::NoSuchDay(text) | Self::NoSuchTime(text) | Self::Order(text) => {
                vec![("text", text.clone())]
            }
            Self::NotInCalendar { name, year } => vec![("text", name.clone()), ("year", year.to_string())],
        }
    }
}

/// Reads a phrase whole (RULES §7): full-width forms, Chinese numerals, and the ASCII shorthands
/// `t w3 n3 nn3 l5 +3 -2 +2w +1m 0517 x`.
///
/// # Errors
/// [`DateError`]; whatever is not understood to its last character is refused.
pub fn parse(text: &str, cx: &DateContext<'_>) -> Result<Reading, DateError> {
    let plain = text::strip_controls(text).trim().to_owned();
    if plain.chars().count() > LONGEST {
        return Err(DateError::Unreadable(plain.chars().take(LONGEST).collect()));
    }
    let chars: Vec<char> =
        plain.nfkc().map(|c| if text::is_dash(c) { '-' } else { c.to_ascii_lowercase() }).collect();
    let ask = Ask { cx, anchor: None, fault: RefCell::new(None), text: &plain };
    let reading = recurrence::read(&ask, &chars).or_else(|| spans::read(&ask, &chars));
    reading.ok_or_else(|| ask.fault.take().unwrap_or(DateError::Unreadable(plain.clone())))
}

/// One phrase being read.
struct Ask<'a> {
    cx: &'a DateContext<'a>,
    /// The day the first half of a span names; what is bare in the second half is the next one from there.
    anchor: Option<NaiveDate>,
    /// The first thing that was well formed yet impossible.
    fault: RefCell<Option<DateError>>,
    text: &'a str,
}

impl<'a> Ask<'a> {
    fn today(&self) -> NaiveDate {
        self.cx.now.date()
    }

    /// The day bare phrases are counted from.
    fn base(&self) -> NaiveDate {
        self.anchor.unwrap_or_else(|| self.today())
    }

    fn bias(&self) -> Bias {
        if self.anchor.is_some() { Bias::Planning } else { self.cx.bias }
    }

    fn fail<T>(&self, fault: fn(String) -> DateError) -> Option<T> {
        self.fail_as(fault(self.text.to_owned()))
    }

    fn fail_as<T>(&self, fault: DateError) -> Option<T> {
        self.fault.borrow_mut().get_or_insert(fault);
        None
    }

    fn ymd(&self, year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
            .and_then(plausible)
            .or_else(|| self.fail(DateError::NoSuchDay))
    }
}

/// No record and no plan lies outside these years; an earlier or later one is a slip of the finger.
fn plausible(day: NaiveDate) -> Option<NaiveDate> {
    (1800..2200).contains(&day.year()).then_some(day)
}

fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

/// A minute of a day; 1440 is the midnight after it.
fn minute_of(day: NaiveDate, minutes: u32) -> Option<NaiveDateTime> {
    midnight(day).checked_add_signed(Duration::minutes(i64::from(minutes)))
}

fn minute_text(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M").to_string()
}
