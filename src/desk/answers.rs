//! What a subject answers the desk with, besides rows and pages: what waits for someone, what comes next, how it understood a
//! line. Knows no subject.

use chrono::NaiveDate;

use super::locale::Args;

/// How pressing a duty is, most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Press {
    /// Its day is past.
    Overdue,
    /// Today.
    Today,
    /// Within seven days.
    Week,
    /// Without a day.
    #[default]
    Open,
}

/// An action that a person is asked about when what leads to it is done; its question is the attribute `.ask`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Next {
    /// Subject and action (`periods.close`).
    pub action: &'static str,
    /// The record.
    pub id: i64,
    /// Values for the question.
    pub args: Args,
}

/// Something that waits for someone: a line of the today page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Duty {
    /// How pressing.
    pub press: Press,
    /// Its day, for the order within `press`.
    pub day: Option<NaiveDate>,
    /// Reference of the record that opens; empty with `list` set for a duty that stands for many.
    pub reference: String,
    /// The list that opens when it is no single record (`people.consent`).
    pub list: String,
    /// What is done when it opens neither a record nor a list: an action that makes a record (`inspections.inspect`), with what
    /// its fields propose.
    pub begins: Option<(&'static str, Vec<(&'static str, String)>)>,
    /// What it is, the distinguishing word first (`案件0031 肢协 轮椅维修`).
    pub what: String,
    /// How long overdue, or by when (`2 天`).
    pub when: String,
    /// Whom it waits for.
    pub who: String,
}

/// A quick entry line as a subject understood it: an action with some of its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QuickReading {
    /// The action it would do.
    pub action: &'static str,
    /// Reference of the record it is about, for an action on one.
    pub target: Option<i64>,
    /// Field names with the text that goes into them.
    pub texts: Vec<(&'static str, String)>,
    /// What was not understood.
    pub unread: Vec<String>,
}
