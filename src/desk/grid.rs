//! What a subject says of its records as a grid of lanes and columns, for a calendar. It says where things stand; the finger,
//! the list twin and the free stretches are the desk's (`calendar`).

use std::ops::Range;

use chrono::{Days, Months, NaiveDate};

/// A grid a subject can show. Its label is the message `SUBJECT-grid-NAME`, what it says without a lane the attribute
/// `.empty`.
pub(crate) struct GridSpec {
    /// Stable name (`day`); a list of the subject must not be called the same.
    pub name: &'static str,
    /// How far one step leads.
    pub step: Span,
    /// Name of the action of scope `Subject` that Enter starts on a free cell; empty for none.
    pub makes: &'static str,
    /// Cells in which nothing stands are free stretches, which the twin tells. Without it the subject fills every cell.
    pub free: bool,
}

/// How many days a grid shows, and how far one step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// A month.
    Month,
}

impl Span {
    /// The same day one step on, or back; the last day of a month that is shorter.
    pub(crate) fn step(self, day: NaiveDate, on: bool) -> NaiveDate {
        let days =
            |n| if on { day.checked_add_days(Days::new(n)) } else { day.checked_sub_days(Days::new(n)) };
        let month = Months::new(1);
        let to = match self {
            Self::Day => days(1),
            Self::Week => days(7),
            Self::Month if on => day.checked_add_months(month),
            Self::Month => day.checked_sub_months(month),
        };
        to.unwrap_or(day)
    }

    /// Its name in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

/// What is to be shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The day, or a day of the week or month.
    pub day: NaiveDate,
    /// Key of the lane the finger stood on last, in whichever grid: a grid of one place is of this one. Empty at first.
    pub lane: &'a str,
}

/// Lanes, columns, and what stands where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grid {
    /// Which day or days (`3月18日 周三`).
    pub heading: String,
    /// Lanes by what (`场地 x 时间`).
    pub axes: String,
    /// What is special about these days, one sentence each.
    pub notes: Vec<String>,
    /// What those are that are free or not (`场地`): a column of the list twin.
    pub who: String,
    /// Time runs down the lanes, not along the columns (the week of one room).
    pub down: bool,
    /// The first day shown; a lane or column may be some days after it.
    pub first: NaiveDate,
    /// Top to bottom.
    pub lanes: Vec<Stripe>,
    /// Which lanes these are, where there are more of them than a grid can have; none where they are all.
    pub stretch: Option<Stretch>,
    /// Left to right.
    pub columns: Vec<Stripe>,
    /// What stands in it, in order of time.
    pub entries: Vec<Entry>,
    /// Lane and column where the finger stands at first: of the wanted day, of the present hour.
    pub start: (usize, usize),
}

/// A stretch of lanes among all there are. The calendar goes on to the others where the finger comes to an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Key of the lane before the first one; empty for none.
    pub before: String,
    /// Key of the lane after the last one; empty for none.
    pub after: String,
    /// The rank of the first one, from 1.
    pub first: usize,
    /// How many there are in all.
    pub total: usize,
}

/// One lane or one column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Stripe {
    /// What it is to the subject (`YZ-03`, `840`): comes back in [`Place`]. Unique among the lanes, and among the columns.
    /// Only a lane that is something to go on with in another grid (a room, not an hour) has one.
    pub key: String,
    /// What a person reads over or before it; short.
    pub label: String,
    /// Where it begins, as a free stretch is told (`14:00`, `3-18 周三`).
    pub from: String,
    /// Where it ends (`14:30`); the same as `from` for a day.
    pub to: String,
    /// Days after the grid's first one.
    pub days: u64,
}

/// Something that stands in a grid: a booking, a day of a month, hours when nobody is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The lanes it takes.
    pub lanes: Range<usize>,
    /// The columns it takes.
    pub columns: Range<usize>,
    /// In a few characters, for a cell (`盲值班`).
    pub text: String,
    /// When, for the list twin (`14:00-16:00`).
    pub when: String,
    /// What, for the list twin (`聋协 手语班`).
    pub what: String,
    /// All of it in one line, the distinguishing word first (`14:00 多功能厅 聋协 手语班`).
    pub brief: String,
    /// It waits for approval.
    pub pending: bool,
    /// Where it leads.
    pub leads: Leads,
}

/// Where opening something in a grid leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leads {
    /// To the record of this reference.
    Record(String),
    /// To the first grid of the subject, on this day.
    Day(NaiveDate),
    /// To the making of a record there.
    Free,
    /// Nowhere: nothing can be there.
    Nothing,
}

/// A cell, as the subject named its lane and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its day.
    pub day: NaiveDate,
    /// Key of the lane the finger is on, or was on last where the lane has none.
    pub lane: String,
    /// Which lane of the grid it is.
    pub row: usize,
    /// Key of the column.
    pub column: String,
}

impl Grid {
    /// The day of a cell.
    pub(crate) fn day(&self, lane: usize, column: usize) -> NaiveDate {
        let days = |of: &[Stripe], at: usize| of.get(at).map_or(0, |stripe| stripe.days);
        let after = days(&self.lanes, lane) + days(&self.columns, column);
        self.first.checked_add_days(Days::new(after)).unwrap_or(self.first)
    }
}
