//! The ledger of inspection and maintenance (RP-12): every round with what it found, every repair with what it took, by day.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::keep;
use crate::subjects::tickets::{object, pages as ticket_pages, records as tickets};
use crate::values::money::Fen;

use super::records::{self, Item};
use super::rules::Found;

/// The reports it can make.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "rp-12", posts: &[], make: ledger, chart: None }];

const COLUMNS: [&str; 8] = ["day", "what", "found", "who", "ticket", "status", "finished", "cost"];

fn ledger(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let mut lines: Vec<(NaiveDate, Vec<String>)> = Vec::new();
    let rounds = records::within(cx.db, from, to)?;
    for round in &rounds {
        let kind = cx.catalog.show_word("round_kinds", &round.kind, cx.t.lang());
        let line = vec![
            round.on.to_string(),
            cx.t.with("inspections-round", &[("kind", kind)]),
            sum(cx, &records::items(cx.db, round.id)?),
            round.inspector.clone(),
            round.no.clone(),
            String::new(),
            String::new(),
            String::new(),
        ];
        lines.push((round.on, line));
    }
    let repairs = tickets::within(cx.db, from, to)?;
    let mut cost = 0;
    for ticket in &repairs {
        cost += ticket.cost.unwrap_or(0);
        let round = records::of_ticket(cx.db, ticket.id)?.unwrap_or_default();
        let line = vec![
            ticket.reported.to_string(),
            object::say(cx, &ticket.object)?,
            keep::one_line(&format!("{} {}", ticket.fault, ticket.result)),
            ticket.vendor.clone(),
            keep::one_line(&format!("{} {round}", ticket.no)),
            ticket_pages::status(cx, ticket),
            ticket.finished.map(|day| day.to_string()).unwrap_or_default(),
            ticket.cost.map(|fen| Fen(fen).to_string()).unwrap_or_default(),
        ];
        lines.push((ticket.reported, line));
    }
    // What was found stands behind the round in which it was.
    lines.sort_by_key(|(day, _)| *day);
    let open = repairs.iter().filter(|ticket| ticket.status.open()).count();
    let args = [
        ("rounds", rounds.len().to_string()),
        ("repairs", repairs.len().to_string()),
        ("open", open.to_string()),
        ("cost", Fen(cost).to_string()),
    ];
    Ok(Table {
        title: cx.t.say("report-rp-12"),
        notes: vec![keep::period(cx, from, to)],
        columns: COLUMNS.map(|name| cx.t.say(&format!("inspections-ledger-{name}"))).to_vec(),
        numbers: COLUMNS.map(|name| name == "cost").to_vec(),
        rows: lines.into_iter().map(|(_, line)| line).collect(),
        footer: vec![cx.t.with("report-rp-12-foot", &args)],
    })
}

/// How many items were found how.
fn sum(cx: &Cx<'_>, items: &[Item]) -> String {
    let n = |found: Found| items.iter().filter(|item| item.found == found).count().to_string();
    let args = [("good", n(Found::InOrder)), ("bad", n(Found::NotInOrder)), ("none", n(Found::DoesNotApply))];
    cx.t.with("inspections-sum", &args)
}
