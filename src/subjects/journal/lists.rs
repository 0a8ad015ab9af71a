//! The ways to look at the journal: a book a list, what waits, what was let through against a rule.

use crate::desk::subject::{Cx, ListSpec, Where};

fn only(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn cash(_: &Cx<'_>) -> Where {
    only("cash = 1")
}

fn bank(_: &Cx<'_>) -> Where {
    only("cash = 0")
}

fn waiting(_: &Cx<'_>) -> Where {
    only("status IN ('草稿', '待审核', '已审核')")
}

fn transfers(_: &Cx<'_>) -> Where {
    only("book IS NULL AND kind = '转'")
}

fn overridden(_: &Cx<'_>) -> Where {
    only("override_reason IS NOT NULL")
}

fn all(_: &Cx<'_>) -> Where {
    only("1")
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["date"], descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("cash", cash),
    list("bank", bank),
    list("waiting", waiting),
    list("transfers", transfers),
    list("overridden", overridden),
    list("all", all),
];
