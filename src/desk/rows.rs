//! A short list that is wholly in memory: duties, what was found, actions, reports, help. Long lists of records are
//! `query`'s.

use super::intent::Move;
use super::view::{Column, List, Row};

/// A list in memory with a finger on one row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    /// Stable name.
    pub name: String,
    /// What a person reads.
    pub heading: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Every row.
    pub rows: Vec<Row>,
    /// Where each row leads; same length as `rows`.
    pub leads: Vec<Lead>,
    /// The focused row.
    pub at: usize,
    /// The first row shown.
    pub first: usize,
    /// What to say when there is none.
    pub empty: String,
}

/// Where a row leads when it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lead {
    /// Nowhere.
    Nothing,
    /// A record.
    Record(String),
    /// A page (`cases.overdue`, `report.rp-23`).
    Page(String),
    /// A draft to take up again.
    Draft(i64),
    /// Making a record: the action's full name, with what its fields propose.
    Begin(&'static str, Vec<(&'static str, String)>),
}

/// The place after a move in a list of `total` rows shown `window` at a time.
pub(crate) fn step(at: usize, to: Move, window: usize, total: usize) -> usize {
    let last = total.saturating_sub(1);
    let window = window.max(1);
    match to {
        Move::Next | Move::Down => (at + 1).min(last),
        Move::Previous | Move::Up => at.saturating_sub(1),
        Move::Left | Move::Right => at.min(last),
        Move::PageDown => (at + window).min(last),
        Move::PageUp => at.saturating_sub(window),
        Move::First => 0,
        Move::Last => last,
        Move::To(rank) => rank.saturating_sub(1).min(last),
    }
}

impl Rows {
    /// Moves the finger; the window follows by whole pages, so that a step repaints two rows and not the page.
    pub(crate) fn step(&mut self, to: Move, window: usize) {
        self.at = step(self.at, to, window, self.rows.len());
        let window = window.max(1);
        if self.at < self.first || self.at >= self.first + window {
            self.first = self.at / window * window;
        }
    }

    /// Where the focused row leads.
    pub(crate) fn lead(&self) -> Lead {
        self.leads.get(self.at).cloned().unwrap_or(Lead::Nothing)
    }

    /// Replaces the rows and keeps the finger on the row with the same reference, or as near as can be.
    pub(crate) fn replace(&mut self, rows: Vec<Row>, leads: Vec<Lead>) {
        let held = self.lead();
        let same = leads.iter().position(|lead| *lead == held && held != Lead::Nothing);
        self.at = same.unwrap_or(self.at).min(rows.len().saturating_sub(1));
        self.rows = rows;
        self.leads = leads;
        self.first = self.first.min(self.at);
    }

    /// The window as a face shows it.
    pub(crate) fn view(&self, window: usize) -> List {
        let window = window.max(1);
        // A window that has become smaller must still hold the finger.
        let first = if self.at < self.first + window { self.first } else { self.at / window * window };
        let shown: Vec<Row> = self.rows.iter().skip(first).take(window).cloned().collect();
        List {
            name: self.name.clone(),
            heading: self.heading.clone(),
            columns: self.columns.clone(),
            cursor: (!shown.is_empty()).then(|| self.at - first),
            rows: shown,
            first,
            total: self.rows.len(),
            empty: self.empty.clone(),
            ..List::default()
        }
    }
}
