//! The ways to look at the cases, and which of them someone may see at all. Every one runs along an index.

use rusqlite::types::Value;

use crate::catalog::SECRETARIAT;
use crate::desk::subject::{Cx, ListSpec, Where};

fn on(sql: &str, values: Vec<Value>) -> Where {
    Where { sql: sql.to_owned(), values }
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn queue(_: &Cx<'_>) -> Where {
    on("open = 1", Vec::new())
}

fn unrouted(_: &Cx<'_>) -> Where {
    on("open = 1 AND status IN ('已登记', '已分类', '待分流')", Vec::new())
}

fn mine(cx: &Cx<'_>) -> Where {
    on("open = 1 AND handler = ?", vec![text(&cx.who.name)])
}

fn waiting(_: &Cx<'_>) -> Where {
    on("open = 1 AND status IN ('待补充', '已转介')", Vec::new())
}

fn overdue(cx: &Cx<'_>) -> Where {
    on("open = 1 AND due < ?", vec![text(cx.now.date().to_string())])
}

/// The cases of the person's association: those it leads and those it has a part in. For the secretariat its own.
fn by_association(cx: &Cx<'_>) -> Where {
    let orgs = cx.who.associations();
    of_orgs(if orgs.is_empty() { &[SECRETARIAT] } else { &orgs }, "open = 1 AND ")
}

fn of_orgs(orgs: &[&str], before: &str) -> Where {
    let marks = vec!["?"; orgs.len()].join(", ");
    let sql = format!(
        "{before}(lead_org IN ({marks}) OR id IN (SELECT case_id FROM case_org WHERE org IN ({marks}) AND state <> '已撤出'))"
    );
    let both = orgs.iter().chain(orgs);
    Where { sql, values: both.map(|org| text(*org)).collect() }
}

fn led_by(org: &str) -> Where {
    of_orgs(&[org], "open = 1 AND ")
}

fn coordinated(_: &Cx<'_>) -> Where {
    on("open = 1 AND status = '协同办理'", Vec::new())
}

fn closed(_: &Cx<'_>) -> Where {
    // The plus keeps SQLite from walking the open cases' index and sorting the rest.
    on("closed_on IS NOT NULL AND +open = 0", Vec::new())
}

fn all(_: &Cx<'_>) -> Where {
    Where::default()
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["due"], descending: false, tick: None }
}

const fn newest(
    name: &'static str,
    filter: fn(&Cx<'_>) -> Where,
    order: &'static [&'static str],
) -> ListSpec {
    ListSpec { name, filter, order, descending: true, tick: None }
}

/// The ways to look, the usual one first: whatever is overdue stands at its top.
pub(crate) static LISTS: &[ListSpec] = &[
    list("queue", queue),
    list("unrouted", unrouted),
    list("mine", mine),
    list("waiting", waiting),
    list("overdue", overdue),
    list("association", by_association),
    list("BL", |_| led_by("BL")),
    list("DF", |_| led_by("DF")),
    list("PD", |_| led_by("PD")),
    list("ID", |_| led_by("ID")),
    list("MD", |_| led_by("MD")),
    list("AS", |_| led_by("AS")),
    list("coordinated", coordinated),
    newest("closed", closed, &["closed_on"]),
    newest("all", all, &["received_at"]),
];

/// An association sees the cases it leads or has a part in; the secretariat sees all.
pub(crate) fn scope(cx: &Cx<'_>) -> Where {
    let orgs = cx.who.associations();
    if orgs.is_empty() { Where::default() } else { of_orgs(&orgs, "") }
}
