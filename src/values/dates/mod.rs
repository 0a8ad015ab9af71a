//! Dates and times as people type them (RULES §7): a phrase becomes one reading, said back in full, or an error, never a
//! guess. Pure: "now" and the calendar are arguments; knows nothing of fields or records.

mod clock;
mod days;
mod english;
mod numbers;
mod offsets;
mod periods;
mod reading;
mod recurrence;
mod scan;
mod spans;
mod spell;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use unicode_normalization::UnicodeNormalization;

use super::calendar::WorkCalendar;
use super::text;

pub use english::names_a_day;
pub use reading::{DateError, Hint, Kind, Reading};
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

/// Reads a phrase whole (RULES §7): full-width forms, Chinese numerals, and the ASCII shorthands
/// `t w3 n3 nn3 l5 +3 -2 +2w +1m 0517 x`, and days as they are named in English (`next wed`, `4 mar`).
///
/// # Errors
/// [`DateError`]; whatever is not understood to its last character is refused.
pub fn parse(text: &str, cx: &DateContext<'_>) -> Result<Reading, DateError> {
    let plain = text::strip_controls(text).trim().to_owned();
    if plain.chars().count() > LONGEST {
        return Err(DateError::Unreadable(plain.chars().take(LONGEST).collect()));
    }
    let chars: Vec<char> = plain.nfkc().map(one_form).collect();
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

/// One dash, one wave, small letters.
fn one_form(c: char) -> char {
    match c {
        '〜' | '∼' => '~',
        c if text::is_dash(c) => '-',
        c => c.to_ascii_lowercase(),
    }
}
