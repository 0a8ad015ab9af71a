//! The cash count sheet 现金盘点表 (RULES §3.5): every note and coin, found and by the book, the difference with its reason
//! and decision, and the lines to be signed.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::values::money::Fen;

use super::actions::said;
use super::records::{self, Count};
use super::rules::{DENOMINATIONS, Pieces};

/// Who may make it.
const READERS: &[&str] = &["cashier", "accountant", "secretary", "deputy_secretary", "general_affairs"];

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "cash-count", posts: READERS, make: sheet, chart: None }];

/// The sheet of the last count within the period.
fn sheet(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let mut counts = records::within(cx.db, from, to)?;
    let last = counts.pop();
    let columns = ["denomination", "pieces", "amount"];
    let period = cx.t.with("report-period", &[("from", from.to_string()), ("to", to.to_string())]);
    let mut table = Table {
        title: cx.t.say("report-cash-count"),
        notes: vec![period],
        columns: columns.iter().map(|c| cx.t.say(&format!("report-cash-count-{c}"))).collect(),
        numbers: vec![true; columns.len()],
        rows: Vec::new(),
        footer: Vec::new(),
    };
    let Some(count) = last else {
        table.notes.push(cx.t.say("report-cash-count-none"));
        return Ok(table);
    };
    if !counts.is_empty() {
        table.notes.push(cx.t.with("report-cash-count-others", &[("n", counts.len().to_string())]));
    }
    fill(cx, &count, &mut table)?;
    Ok(table)
}

fn fill(cx: &Cx<'_>, count: &Count, table: &mut Table) -> Result<(), Refusal> {
    let args = [("ref", count.no.clone()), ("at", count.at.format("%Y-%m-%d %H:%M").to_string())];
    table.notes.push(cx.t.with("report-cash-count-of", &args));
    let kept = records::pieces(cx.db, count.id)?;
    let found = |denomination: i64| kept.iter().find(|p| p.denomination == denomination).copied();
    for denomination in DENOMINATIONS {
        let p = found(denomination).unwrap_or(Pieces { denomination, count: 0 });
        table.rows.push(vec![Fen(denomination).plain(), p.count.to_string(), Fen(p.worth()).plain()]);
    }
    let mut total = |label: String, fen: i64| table.rows.push(vec![label, String::new(), Fen(fen).plain()]);
    total(cx.t.say("report-cash-count-total"), count.counted);
    total(cx.t.say("report-cash-count-balance"), count.balance);
    if count.unposted != 0 {
        total(cx.t.say("counts-unposted"), count.unposted);
    }
    let label = match count.difference {
        0 => "report-cash-count-even",
        d if d < 0 => "report-cash-count-short",
        _ => "report-cash-count-over",
    };
    total(cx.t.say(label), count.difference);
    let mut say = |id: &str, value: &str| {
        if !value.is_empty() {
            table.footer.push(cx.t.with(id, &[("text", value.to_owned())]));
        }
    };
    say("report-cash-count-difference", &said(cx, count.difference));
    say("report-cash-count-reason", &count.reason);
    say("report-cash-count-decision", &count.decision);
    if count.alone {
        table.footer.push(cx.t.say("counts-compensating"));
    }
    let args = [("counter", count.counter.clone()), ("witness", count.witness.clone())];
    table.footer.push(cx.t.with("report-cash-count-signatures", &args));
    Ok(())
}
