//! The ways to look at bookings: today, this week, what waits, one's own, by zone. Every one runs along an index.

use chrono::{Days, NaiveDate};
use rusqlite::types::Value;

use crate::desk::subject::{Cx, ListSpec, Where};

use super::{duties, rules};

/// What is on, or may come to be.
const LIVE: &str = "holds = 1";

fn on(sql: &str, values: &[String]) -> Where {
    Where { sql: sql.to_owned(), values: values.iter().cloned().map(Value::Text).collect() }
}

fn between(from: NaiveDate, to: NaiveDate, rest: &str) -> Where {
    let after = to + Days::new(1);
    on(&format!("starts_at >= ? AND starts_at < ? AND {rest}"), &[from.to_string(), after.to_string()])
}

fn today(cx: &Cx<'_>) -> Where {
    between(cx.now.date(), cx.now.date(), LIVE)
}

fn week(cx: &Cx<'_>) -> Where {
    let (from, to) = rules::week_of(cx.now.date());
    between(from, to, LIVE)
}

fn coming(cx: &Cx<'_>) -> Where {
    on(&format!("starts_at >= ? AND {LIVE}"), &[cx.now.date().to_string()])
}

fn places(_: &Cx<'_>) -> Where {
    on("open = 1", &[])
}

fn pending(_: &Cx<'_>) -> Where {
    on("status = '待审核'", &[])
}

/// What is over without a word on whether anybody came, as far back as it is asked.
fn unclosed(cx: &Cx<'_>) -> Where {
    let (since, now) = (duties::asked_since(cx), duties::iso(cx.now));
    // The days are walked along, not the two states: those would have to be sorted.
    on(
        "+status IN ('已确认', '使用中') AND starts_at >= ? AND starts_at < ? AND ends_at <= ?",
        &[since, now.clone(), now],
    )
}

fn mine(cx: &Cx<'_>) -> Where {
    let orgs = cx.who.associations();
    if orgs.is_empty() {
        return on("applicant = ? AND starts_at >= ?", &[cx.who.name.clone(), cx.now.date().to_string()]);
    }
    let marks = vec!["?"; orgs.len()].join(", ");
    // Of several the days are walked along, not the associations: that would have to be sorted.
    let column = if orgs.len() > 1 { "+org" } else { "org" };
    let mut values: Vec<String> = orgs.into_iter().map(str::to_owned).collect();
    values.push(cx.now.date().to_string());
    on(&format!("{column} IN ({marks}) AND starts_at >= ?"), &values)
}

fn waiting(_: &Cx<'_>) -> Where {
    on("status = '候补'", &[])
}

fn all(_: &Cx<'_>) -> Where {
    on("1", &[])
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["starts_at"], descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("today", today),
    list("this-week", week),
    list("coming", coming),
    ListSpec { tick: Some("approve"), ..list("pending", pending) },
    ListSpec { tick: Some("finish"), ..list("unclosed", unclosed) },
    list("mine", mine),
    ListSpec { order: &["zone", "starts_at"], ..list("places", places) },
    list("waiting", waiting),
    ListSpec { descending: true, ..list("all", all) },
];
