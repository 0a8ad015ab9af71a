//! What a phrase was understood as, or why it was not (RULES §7). Knows nothing of how phrases are written.

use chrono::{NaiveDate, NaiveDateTime, Timelike};

use super::recurrence::Recurrence;

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

    pub(super) fn new(
        kind: Kind,
        start: NaiveDateTime,
        end: Option<NaiveDateTime>,
        hints: Vec<Hint>,
    ) -> Self {
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

fn minute_text(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M").to_string()
}
