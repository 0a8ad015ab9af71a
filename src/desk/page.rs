//! The pages a desk can have open, and what each remembers.

use super::calendar::Calendar;
use super::filling::Filling;
use super::query::Query;
use super::refusal::Refusal;
use super::rows::Rows;
use super::subject::Subject;
use super::view::{Chart, Fact, Part};

/// One page of the stack; the last one is shown.
pub(crate) enum Page {
    /// Signing in, or unlocking: name, PIN, which of the two has the finger, what was wrong.
    SignIn(SignIn),
    /// What is due, overdue, waiting for whom; and how the office stands.
    Today {
        /// The duties.
        duties: Rows,
        /// How each subject stands.
        standing: Vec<Fact>,
    },
    /// A list of records.
    List(Query),
    /// Records in a grid of lanes and columns, or as its list twin.
    Grid(Box<Calendar>),
    /// One record.
    Record {
        /// Whose.
        subject: &'static dyn Subject,
        /// Which.
        id: i64,
        /// Its reference.
        reference: String,
        /// The same in a few words.
        brief: String,
        /// What it says.
        parts: Vec<Part>,
    },
    /// A form in progress.
    Form(Box<Filling>),
    /// Search across everything.
    Search {
        /// What is looked for.
        text: String,
        /// What was found.
        found: Rows,
        /// Moving gave the finger to the list.
        in_list: bool,
    },
    /// A quick entry line.
    Quick(Quick),
    /// A list that is wholly in memory: help, history, reports, settings.
    Sheet {
        /// Stable name (`help`, `more`, `report.rp-23`).
        name: String,
        /// What a person reads.
        title: String,
        /// What stands above the list.
        notes: Vec<String>,
        /// The list.
        rows: Rows,
        /// Numbers to compare.
        chart: Option<Chart>,
        /// What stands below.
        footer: Vec<String>,
    },
}

impl Page {
    /// Whose records it is about; none where it is about all of them or none.
    pub(crate) fn subject(&self) -> Option<&'static dyn Subject> {
        match self {
            Self::List(query) => Some(query.subject),
            Self::Grid(calendar) => Some(calendar.subject),
            Self::Record { subject, .. } => Some(*subject),
            Self::Form(filling) => Some(filling.subject),
            _ => None,
        }
    }
}

/// Signing in: name, PIN, and a new PIN twice where the old one is to be changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct SignIn {
    /// The operator's name or its initials, as typed.
    pub name: String,
    /// The PIN as typed.
    pub pin: String,
    /// The new PIN as typed, and typed again.
    pub new: String,
    pub again: String,
    /// Which of the fields has the finger, from 0.
    pub at: usize,
    /// The PIN is to be changed: it is somebody else's, or its owner wants another.
    pub change: bool,
    /// What was wrong, and with which.
    pub error: Option<Refusal>,
    /// The page beneath is kept for the same person.
    pub locked: bool,
}

impl SignIn {
    /// Names of the fields that are asked.
    pub(crate) fn fields(&self, demo: bool) -> &'static [&'static str] {
        match (demo, self.change) {
            (true, _) => &["name"],
            (false, false) => &["name", "pin"],
            (false, true) => &["name", "pin", "new", "again"],
        }
    }

    /// The text of a field.
    pub(crate) fn text(&self, name: &str) -> &str {
        match name {
            "pin" => &self.pin,
            "new" => &self.new,
            "again" => &self.again,
            _ => &self.name,
        }
    }

    /// The text of the field that has the finger, to change it.
    pub(crate) fn typed(&mut self) -> &mut String {
        match self.at {
            0 => &mut self.name,
            1 => &mut self.pin,
            2 => &mut self.new,
            _ => &mut self.again,
        }
    }
}

/// A quick entry line in progress.
pub(crate) struct Quick {
    /// The line as typed.
    pub line: String,
    /// What it was understood as; none while no subject knows its first word.
    pub filling: Option<Box<Filling>>,
    /// What was not understood.
    pub unread: Vec<String>,
}
