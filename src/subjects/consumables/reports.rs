//! Reports on goods that are used up: what each association was charged (G-6.2.3a, for sharing costs by use), and what is on
//! the shelf. Both come to the fen, and say how.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::desk::view::{Bar, Chart};
use crate::subjects::moves::records::{self as moves, Used};
use crate::subjects::{keep, org_name, orgs};
use crate::values::money::Fen;

use super::records;
use super::rules;

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] = &[
    ReportSpec { name: "consumable-costs", posts: &[], make: costs, chart: Some(chart) },
    ReportSpec { name: "consumable-stock", posts: &[], make: stock, chart: None },
];

fn labels(cx: &Cx<'_>, report: &str, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| cx.t.say(&format!("report-{report}-{name}"))).collect()
}

/// Only what an association may see: its own.
fn visible(cx: &Cx<'_>, used: &Used) -> bool {
    let mine = cx.who.associations();
    mine.is_empty() || used.org.as_deref().is_some_and(|org| mine.contains(&org))
}

/// Each association's draws item by item, what it was charged in all, what was lost, and the whole.
fn costs(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let used: Vec<Used> = moves::used(cx.db, from, to)?.into_iter().filter(|u| visible(cx, u)).collect();
    let names = ["org", "item", "units", "unit", "amount"];
    let mut table = Table {
        title: cx.t.say("report-consumable-costs"),
        notes: vec![keep::period(cx, from, to), cx.t.say("report-consumable-costs-rule")],
        columns: labels(cx, "consumable-costs", &names),
        numbers: vec![false, false, true, false, true],
        ..Table::default()
    };
    let mut all = 0;
    let of = orgs(cx.catalog).into_iter().map(Some).chain([None]);
    for org in of {
        let mine: Vec<&Used> = used.iter().filter(|u| u.org == org).collect();
        if mine.is_empty() {
            continue;
        }
        let name = match &org {
            Some(code) => org_name(cx, code),
            None => cx.t.say("report-consumable-costs-lost"),
        };
        let sum: i64 = mine.iter().map(|u| u.amount).sum();
        all += sum;
        let row = |u: &&Used| {
            vec![name.clone(), u.item.clone(), u.units.to_string(), u.unit.clone(), Fen(u.amount).plain()]
        };
        table.rows.extend(mine.iter().map(row));
        let total = cx.t.say("report-consumable-costs-sum");
        table.rows.push(vec![name, total, String::new(), String::new(), Fen(sum).plain()]);
    }
    let total = cx.t.say("report-consumable-costs-total");
    table.rows.push(vec![total, String::new(), String::new(), String::new(), Fen(all).plain()]);
    Ok(table)
}

fn chart(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Chart, Refusal> {
    let mine = cx.who.associations();
    let charged = records::charged(cx.db, from, to)?;
    let of = |code: &str| charged.iter().find(|(org, _)| org == code).map_or(0, |(_, fen)| *fen);
    let seen = orgs(cx.catalog).into_iter().filter(|org| mine.is_empty() || mine.contains(&org.as_str()));
    let bars: Vec<Bar> = seen
        .map(|org| (org_name(cx, &org), of(&org)))
        .filter(|(_, fen)| *fen != 0)
        .map(|(label, fen)| Bar { label, series: String::new(), shown: Fen(fen).to_string(), value: fen })
        .collect();
    let said: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.label, bar.shown)).collect();
    Ok(Chart {
        heading: cx.t.say("report-consumable-costs-chart"),
        unit: cx.t.say("report-consumable-costs-yuan"),
        sentence: cx.t.with("report-consumable-costs-sentence", &[("all", keep::joined(&said, cx.t))]),
        bars,
    })
}

/// What is on the shelf at the end of the period.
fn stock(cx: &Cx<'_>, _from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let names = ["no", "item", "units", "unit", "level", "average", "worth", "mark"];
    let mut table = Table {
        title: cx.t.say("report-consumable-stock"),
        notes: vec![cx.t.with("report-consumable-stock-at", &[("day", to.to_string())])],
        columns: labels(cx, "consumable-stock", &names),
        numbers: vec![false, false, true, false, true, true, true, false],
        ..Table::default()
    };
    let mut all = 0;
    for (item, shelf) in records::at(cx.db, to)? {
        if item.closed && shelf.quantity == 0 {
            continue;
        }
        all += shelf.worth;
        let low = shelf.quantity <= item.reorder_level;
        table.rows.push(vec![
            item.no,
            item.name,
            shelf.quantity.to_string(),
            item.unit,
            item.reorder_level.to_string(),
            rules::average(shelf).map(|fen| Fen(fen).plain()).unwrap_or_default(),
            Fen(shelf.worth).plain(),
            if low { cx.t.say("consumables-mark-low") } else { String::new() },
        ]);
    }
    table.footer.push(cx.t.with("report-consumable-stock-total", &[("worth", Fen(all).to_string())]));
    table.footer.push(cx.t.say("report-consumable-stock-signatures"));
    Ok(table)
}
