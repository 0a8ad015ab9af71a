//! The ways to look at the bank's statement, and who may see it at all.

use crate::desk::subject::{Cx, ListSpec, Where};

fn of(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn open(_: &Cx<'_>) -> Where {
    of("ticked_at IS NULL AND voided_on IS NULL")
}

fn ticked(_: &Cx<'_>) -> Where {
    of("ticked_at IS NOT NULL")
}

fn voided(_: &Cx<'_>) -> Where {
    of("voided_on IS NOT NULL")
}

fn all(_: &Cx<'_>) -> Where {
    Where::default()
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where, tick: Option<&'static str>) -> ListSpec {
    ListSpec { name, filter, order: &["book", "date"], descending: false, tick }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("open", open, Some("tick")),
    list("ticked", ticked, None),
    list("voided", voided, None),
    list("all", all, None),
];

/// The accounts are the joint secretariat's: an association sees its funds, not the bank's statement.
pub(crate) fn scope(cx: &Cx<'_>) -> Where {
    if cx.who.associations().is_empty() { Where::default() } else { of("0") }
}
