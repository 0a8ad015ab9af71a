//! What is said about the numbers of the office: the rows of those it has changed, the page of one, and the whole profile
//! as a report.

use chrono::NaiveDate;

use crate::catalog::Rule;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ListSpec, ReportSpec, Table, Where};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::values::lang::Lang;

use super::records::{self, Own};
use super::rules;

fn own(_: &Cx<'_>) -> Where {
    Where { sql: "key >= 'rule.' AND key < 'rule/' AND value <> ''".into(), values: Vec::new() }
}

fn ever(cx: &Cx<'_>) -> Where {
    scope(cx)
}

/// Only what is a rule: other things are kept in the same table.
pub(crate) fn scope(_: &Cx<'_>) -> Where {
    Where { sql: "key >= 'rule.' AND key < 'rule/'".into(), values: Vec::new() }
}

/// The ways to look.
pub(crate) static LISTS: &[ListSpec] = &[
    ListSpec { name: "own", filter: own, order: &["key"], descending: false, tick: None },
    ListSpec { name: "all", filter: ever, order: &["key"], descending: false, tick: None },
];

/// The whole profile.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "profile", posts: &[], make: whole, chart: None }];

/// What a rule is called.
pub(crate) fn said(cx: &Cx<'_>, name: &str) -> String {
    cx.catalog.show_word("rules", name, cx.t.lang())
}

/// The clause a rule is from, and that its number is the profile's own where the clause gives none.
pub(crate) fn source(cx: &Cx<'_>, rule: &Rule) -> String {
    match rule.source.strip_suffix(" own") {
        Some(clause) => cx.t.with("profile-clause", &[("clause", clause.to_owned())]),
        None => rule.source.clone(),
    }
}

/// A number of a rule with its unit.
pub(crate) fn with_unit(cx: &Cx<'_>, rule: &Rule, value: i64) -> String {
    cx.t.with(rules::sentence(rule.unit), &[("n", rules::typed(value, rule.unit))])
}

/// The columns of the list.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![
        column("profile-rule", 10),
        column("profile-value", 8),
        column("profile-by", 4),
        column("profile-at", 10),
        column("profile-source", 12),
    ]
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let found = ids.iter().map(|id| records::must_find(cx.db, *id));
    found.map(|own| own.map(|own| row(cx, &own))).collect()
}

fn row(cx: &Cx<'_>, own: &Own) -> Row {
    let (what, value) = (said(cx, &own.rule), value(cx, own));
    Row {
        reference: own.rule.to_uppercase(),
        brief: format!("{what} {value}"),
        cells: vec![what, value, own.by.clone(), day(own), source(cx, &cx.catalog.rule(&own.rule))],
        ..Row::default()
    }
}

fn value(cx: &Cx<'_>, own: &Own) -> String {
    let rule = cx.catalog.rule(&own.rule);
    own.value.map_or_else(|| cx.t.say("profile-as-profile"), |value| with_unit(cx, &rule, value))
}

fn day(own: &Own) -> String {
    own.at.split('T').next().unwrap_or_default().to_owned()
}

/// The page of one.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let own = records::must_find(cx.db, id)?;
    let fact = |id: &str, value: String| Fact { label: cx.t.say(id), value };
    let items = vec![
        fact("profile-rule", said(cx, &own.rule)),
        fact("profile-value", value(cx, &own)),
        fact("profile-source", source(cx, &cx.catalog.rule(&own.rule))),
        fact("profile-by", own.by.clone()),
        fact("profile-at", day(&own)),
    ];
    Ok(vec![Part::Facts(Facts { heading: String::new(), items })])
}

/// Every number as it holds now, and where it comes from.
fn whole(cx: &Cx<'_>, _: NaiveDate, _: NaiveDate) -> Result<Table, Refusal> {
    let columns = ["rule", "value", "source", "name"];
    let name = |rule: &Rule, name: &str| {
        let text = if cx.t.lang() == Lang::Zh { &rule.zh } else { &rule.en };
        if text.is_empty() { name.to_owned() } else { text.clone() }
    };
    let row = |(key, rule): (&str, &Rule)| {
        let source = if rule.own { cx.t.say("profile-own") } else { source(cx, rule) };
        vec![name(rule, key), with_unit(cx, rule, rule.value), source, key.to_uppercase()]
    };
    Ok(Table {
        title: cx.t.say("report-profile"),
        notes: vec![cx.t.with("report-profile-note", &[("profile", cx.catalog.profile().to_owned())])],
        columns: columns.iter().map(|c| cx.t.say(&format!("profile-{c}"))).collect(),
        numbers: vec![false; columns.len()],
        rows: cx.catalog.rules().map(row).collect(),
        footer: Vec::new(),
    })
}
