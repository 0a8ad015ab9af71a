//! One way to look at a subject's records: which rows, in which order. Knows no subject; the window over it is `query`'s.

use rusqlite::types::Value;

use super::subject::Cx;

/// A condition on a subject's table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Where {
    /// SQL over the table's columns with `?` in order; empty for every row.
    pub sql: String,
    /// The values for it.
    pub values: Vec<Value>,
}

/// One way to look at a subject's records. Its label is the message `SUBJECT-list-NAME`, what it says when empty the
/// attribute `.empty`.
pub(crate) struct ListSpec {
    /// Stable name (`overdue`).
    pub name: &'static str,
    /// Which rows.
    pub filter: fn(&Cx<'_>) -> Where,
    /// The indexed columns that order it; the id comes last by itself.
    pub order: &'static [&'static str],
    /// Newest first.
    pub descending: bool,
    /// Name of an action of scope `Many`: Enter does it to the marked rows, where there are any, instead of opening.
    pub tick: Option<&'static str>,
}
