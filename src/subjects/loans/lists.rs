//! The ways to look at loans: what is out, what is late, what waits, what is to come. Every one runs along an index.

use rusqlite::types::Value;

use crate::desk::subject::{Cx, ListSpec, Where};

fn on(sql: &str, values: &[String]) -> Where {
    Where { sql: sql.to_owned(), values: values.iter().cloned().map(Value::Text).collect() }
}

fn out(_: &Cx<'_>) -> Where {
    on("status = '使用中'", &[])
}

fn overdue(cx: &Cx<'_>) -> Where {
    on("status = '使用中' AND due_on < ?", &[cx.now.date().to_string()])
}

fn pending(_: &Cx<'_>) -> Where {
    on("status = '待审核'", &[])
}

fn coming(_: &Cx<'_>) -> Where {
    on("status = '已批准'", &[])
}

fn unsettled(_: &Cx<'_>) -> Where {
    on("status = '已归还' AND returned_state IN ('损坏', '缺件', '丢失')", &[])
}

fn mine(cx: &Cx<'_>) -> Where {
    let orgs = cx.who.associations();
    if orgs.is_empty() {
        return on("from_on >= '' AND applicant = ?", std::slice::from_ref(&cx.who.name));
    }
    let marks = vec!["?"; orgs.len()].join(", ");
    // Of several the days are walked along, not the associations: that would have to be sorted.
    let column = if orgs.len() > 1 { "+org" } else { "org" };
    let values: Vec<String> = orgs.into_iter().map(str::to_owned).collect();
    on(&format!("{column} IN ({marks})"), &values)
}

fn all(_: &Cx<'_>) -> Where {
    on("1", &[])
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["due_on"], descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("out", out),
    list("overdue", overdue),
    ListSpec { order: &["from_on"], ..list("pending", pending) },
    ListSpec { order: &["from_on"], ..list("coming", coming) },
    list("unsettled", unsettled),
    ListSpec { order: &["from_on"], descending: true, ..list("mine", mine) },
    ListSpec { order: &["from_on"], descending: true, ..list("all", all) },
];
