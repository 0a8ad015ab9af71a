//! The ways to look at the people who work here. Every one runs along an index.

use chrono::{Days, NaiveDate};
use rusqlite::types::Value;

use crate::desk::subject::{Cx, ListSpec, Where};

/// What runs out until this day is a duty (G-6.3.1).
pub(crate) fn until(cx: &Cx<'_>) -> NaiveDate {
    cx.now.date() + Days::new(cx.catalog.rule("contract_reminder").value.unsigned_abs())
}

fn on(sql: &str, values: &[String]) -> Where {
    Where { sql: sql.to_owned(), values: values.iter().cloned().map(Value::Text).collect() }
}

fn here(_: &Cx<'_>) -> Where {
    on("state = '在岗'", &[])
}

fn volunteers(_: &Cx<'_>) -> Where {
    on("state = '在岗' AND kind = '志愿者'", &[])
}

fn professionals(_: &Cx<'_>) -> Where {
    on("state = '在岗' AND kind IN ('助残社工', '专业服务人员')", &[])
}

fn mine(cx: &Cx<'_>) -> Where {
    let orgs = cx.who.associations();
    let orgs = if orgs.is_empty() { vec![crate::catalog::SECRETARIAT] } else { orgs };
    let marks = vec!["?"; orgs.len()].join(", ");
    let values: Vec<String> = orgs.into_iter().map(str::to_owned).collect();
    on(&format!("state = '在岗' AND org IN ({marks})"), &values)
}

fn signing(_: &Cx<'_>) -> Where {
    on(
        "state = '在岗' AND id IN (SELECT staff FROM staff_skill WHERE skill >= '手语' AND skill < '手语' || char(1114111))",
        &[],
    )
}

fn expiring(cx: &Cx<'_>) -> Where {
    let day = until(cx).to_string();
    on(
        "state = '在岗' AND (contract_until <= ? OR insurance_until <= ? OR id IN \
         (SELECT staff FROM staff_skill WHERE expires_on <= ?))",
        &[day.clone(), day.clone(), day],
    )
}

fn left(_: &Cx<'_>) -> Where {
    on("state = '离岗'", &[])
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["code"], descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("here", here),
    list("volunteers", volunteers),
    list("professionals", professionals),
    list("mine", mine),
    list("signing", signing),
    list("expiring", expiring),
    list("left", left),
];
