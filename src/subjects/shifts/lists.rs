//! The ways to look at shifts. Every one runs along an index.

use chrono::{Days, NaiveDate};
use rusqlite::types::Value;

use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::staff::records as staff;
use crate::subjects::venue::rules::week_of;

fn on(sql: &str, values: &[String]) -> Where {
    Where { sql: sql.to_owned(), values: values.iter().cloned().map(Value::Text).collect() }
}

fn between(from: NaiveDate, to: NaiveDate) -> Where {
    let after = to + Days::new(1);
    on("starts_at >= ? AND starts_at < ? AND holds = 1", &[from.to_string(), after.to_string()])
}

fn this_week(cx: &Cx<'_>) -> Where {
    let (from, to) = week_of(cx.now.date());
    between(from, to)
}

fn today(cx: &Cx<'_>) -> Where {
    between(cx.now.date(), cx.now.date())
}

/// One's own, from today on; of a person without a file none.
fn mine(cx: &Cx<'_>) -> Where {
    let own = staff::of_operator(cx.db, cx.who.id).ok().flatten().map_or(0, |who| who.id);
    let mut found = on("starts_at >= ? AND holds = 1", &[cx.now.date().to_string()]);
    found.sql = format!("staff = ? AND {}", found.sql);
    found.values.insert(0, Value::Integer(own));
    found
}

fn swaps(_: &Cx<'_>) -> Where {
    on("swap_to IS NOT NULL", &[])
}

/// Over, and nobody has said how it went.
fn unclosed(cx: &Cx<'_>) -> Where {
    on("status = '已排' AND starts_at < ?", &[cx.now.format("%Y-%m-%dT%H:%M").to_string()])
}

fn all(_: &Cx<'_>) -> Where {
    on("1", &[])
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["starts_at"], descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("this-week", this_week),
    list("today", today),
    list("mine", mine),
    list("swaps", swaps),
    ListSpec { tick: Some("finish"), ..list("unclosed", unclosed) },
    ListSpec { descending: true, ..list("all", all) },
];
