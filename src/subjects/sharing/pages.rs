//! What is said about sharing: the rules with their weights, what was shared by each, what a sharing would do before it is
//! booked, and that the year is still to be settled.

use chrono::{Datelike, Months, NaiveDate};
use rusqlite::types::Value;

use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling::{self, Told};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::funds::fields::ACCOUNTS;
use crate::subjects::journal::building;
use crate::subjects::{keep, org_name, orgs};

use super::fields::METHOD;
use super::{plan, records, rules};

/// Runs shown on a rule's page.
const RUNS: i64 = 12;

/// The columns of a list of rules.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![
        column("sharing-name", 8),
        column("sharing-no", 10),
        column("sharing-method", 4),
        column("sharing-weights", 24),
        column("sharing-valid_from", 10),
        column("sharing-valid_to", 10),
    ]
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let rule = plan::rule(cx, *id)?;
        let weights = plan::said(cx, &rule.weights);
        rows.push(Row {
            reference: rule.no.clone(),
            brief: keep::clip_cells(&format!("{} {weights}", rule.name), 20),
            cells: vec![
                rule.name,
                rule.no,
                reading::show(&METHOD, &Value::Text(rule.method), cx),
                weights,
                rule.from.to_string(),
                rule.to.map(|day| day.to_string()).unwrap_or_default(),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What the page of one rule says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let rule = plan::rule(cx, id)?;
    let items = telling::facts_as(cx, &super::Sharing, id, |name, _| match name {
        "weights" => Told::Words(plan::said(cx, &rule.weights)),
        _ => Told::AsKept,
    })?;
    let mut parts = vec![Part::Facts(Facts { heading: String::new(), items })];
    let run = |run: records::Run| {
        let args = [
            ("kind", cx.t.say(if run.kind == "分摊" { "sharing-kind-run" } else { "sharing-kind-true-up" })),
            ("from", run.from.to_string()),
            ("to", run.to.to_string()),
            ("total", run.total.to_string()),
            ("voucher", run.voucher),
            ("status", cx.catalog.show_word("entry_statuses", &run.status, cx.t.lang())),
            ("reversed", if run.reversed { cx.t.say("sharing-reversed") } else { String::new() }),
        ];
        Fact { label: run.no, value: keep::one_line(&cx.t.with("sharing-run", &args)) }
    };
    let runs: Vec<Fact> = records::runs(cx.db, id, RUNS)?.into_iter().map(run).collect();
    if !runs.is_empty() {
        parts.push(Part::Facts(Facts { heading: cx.t.say("sharing-heading-runs"), items: runs }));
    }
    Ok(parts)
}

/// What a sharing would do: a line for each association, and what stands against it.
pub(crate) fn preview(cx: &Cx<'_>, form: &mut FormState) {
    let Some(Ok(rule)) = form.target.map(|id| plan::rule(cx, id)) else { return };
    let period = (keep::day_in(form, "from"), keep::day_in(form, "to"), form.number("pool"));
    if let (Some(from), Some(to), Some(pool)) = period {
        // What the pool paid in the period is what is usually shared.
        let cost = plan::whole_cost(cx, pool, from, to).unwrap_or_default();
        form.propose("total", if cost.0 > 0 { cost.plain() } else { String::new() });
        form.find(cx.t.say("sharing-finding-cost"), cost.to_string());
        if let Ok(Some(no)) = records::touching(cx.db, pool, from, to) {
            form.find(cx.t.say("sharing-finding-note"), cx.t.with("sharing-finding-again", &[("no", no)]));
        }
        reread(cx, form, "total");
    }
    match plan::of(cx, &rule, form) {
        Ok(plan) => {
            for part in &plan.parts {
                let args = [
                    ("amount", part.amount.to_string()),
                    ("fund", part.fund.name.clone()),
                    ("after", part.after.to_string()),
                ];
                let id = if part.amount.0 < 0 { "sharing-finding-back" } else { "sharing-finding-part" };
                form.find(org_name(cx, &part.org), cx.t.with(id, &args));
            }
            let args = [("total", plan.total.to_string()), ("fund", plan.pool.name.clone())];
            form.find(cx.t.say("sharing-finding-total"), cx.t.with("sharing-finding-total-value", &args));
        }
        Err(refusal) if refusal.code == "required" => {}
        Err(refusal) => {
            let field = refusal.field.unwrap_or(if form.action == "run" { "total" } else { "year" });
            form.fail(field, refusal.field(field));
        }
    }
}

/// Reads a field again whose proposal has just changed.
fn reread(cx: &Cx<'_>, form: &mut FormState, name: &str) {
    if let Some(slot) = form.slot_mut(name) {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
}

/// How many living people each association has, as weights.
pub(crate) fn heads(cx: &Cx<'_>) -> Result<rules::Weights, Refusal> {
    let sql = "SELECT count(*) FROM client WHERE org = ?1 AND voided_on IS NULL";
    let mut statement = cx.db.prepare_cached(sql)?;
    let mut weights = Vec::new();
    for org in cx.catalog.members().map(|a| a.code.clone()) {
        let n: i64 = statement.query_row([&org], |row| row.get(0))?;
        weights.push((org, n.unsigned_abs()));
    }
    Ok(weights)
}

/// What each association was charged for goods it drew in the twelve months up to today, in fen, as weights (G-6.2.3a).
pub(crate) fn drawn(cx: &Cx<'_>) -> Result<rules::Weights, Refusal> {
    let to = cx.now.date();
    let charged = crate::subjects::consumables::records::charged(cx.db, to - Months::new(12), to)?;
    let of = |code: &str| charged.iter().find(|(org, _)| org == code).map_or(0, |(_, fen)| (*fen).max(0));
    Ok(cx.catalog.members().map(|a| (a.code.clone(), of(&a.code).unsigned_abs())).collect())
}

/// The last year is still to be settled: said to those who can.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    if limit == 0 || !cx.who.holds(ACCOUNTS) {
        return Ok(Vec::new());
    }
    let year = cx.now.date().year() - 1;
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let (from, to) = (day(1, 1), day(12, 31));
    let (Some(pool), Some(rule)) = (building::pool(cx)?, records::on(cx.db, to, &orgs(cx.catalog))?) else {
        return Ok(Vec::new());
    };
    let standing = plan::standing(cx, &rule, pool.id, from, to)?;
    let open = records::unposted(cx.db, pool.id, from, to)?.is_some();
    if open || standing.iter().all(|(_, borne, gave)| borne == gave) {
        return Ok(Vec::new());
    }
    Ok(vec![Duty {
        press: Press::Open,
        day: None,
        reference: rule.no,
        list: String::new(),
        what: cx.t.with("sharing-duty", &[("year", year.to_string())]),
        when: String::new(),
        who: String::new(),
        ..Duty::default()
    }])
}
