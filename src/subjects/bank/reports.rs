//! The reconciliation statement 银行存款余额调节表 (RULES §3.6): the journal's balance and the bank's, each with what only the
//! other side knows, line by line. It is no voucher: nothing is booked from it.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::values::money::Fen;

use super::records;
use super::stand::{self, Stand, overflow};

/// Who may make them.
const READERS: &[&str] = &["accountant", "cashier", "secretary", "deputy_secretary"];

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "bank-reconciliation", posts: READERS, make: reconciliation, chart: None }];

/// One statement for each bank account, at the end of the last month its lines cover within the period.
fn reconciliation(cx: &Cx<'_>, _from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let books = records::books(cx.db)?;
    let mut notes = Vec::new();
    let mut rows = Vec::new();
    let mut footer = Vec::new();
    for (book, name) in &books {
        let Some(stand) = stand::stand(cx.db, *book, to)? else {
            notes.push(cx.t.with("report-reconciled-none", &[("book", name.clone())]));
            continue;
        };
        let args =
            [("book", name.clone()), ("on", stand.day.to_string()), ("since", stand.since.to_string())];
        notes.push(cx.t.with("report-reconciled-of", &args));
        rows.extend(lines(cx, &stand)?);
        footer.push(match stand.difference()? {
            Fen::ZERO => cx.t.with("report-reconciled-balanced", &[("book", name.clone())]),
            fen => {
                cx.t.with("report-reconciled-differs", &[("book", name.clone()), ("fen", fen.to_string())])
            }
        });
    }
    footer.push(cx.t.say("report-reconciled-no-voucher"));
    footer.push(cx.t.say("report-reconciled-signatures"));
    footer.push(cx.t.with("report-made", &[("who", cx.who.name.clone()), ("on", cx.now.date().to_string())]));
    let columns = ["item", "side", "amount", "ref"];
    Ok(Table {
        title: cx.t.say("report-bank-reconciliation"),
        notes,
        columns: columns.iter().map(|c| cx.t.say(&format!("report-reconciled-{c}"))).collect(),
        numbers: columns.iter().map(|c| *c == "amount").collect(),
        rows,
        footer,
    })
}

/// The eight items of the form; an item of several lines has a row for each of them, one of none a row of nothing.
fn lines(cx: &Cx<'_>, stand: &Stand) -> Result<Vec<Vec<String>>, Refusal> {
    let ours = cx.t.say("report-reconciled-ours");
    let banks = cx.t.say("report-reconciled-banks");
    let row = |item: &str, side: &str, fen: i64, reference: &str| {
        vec![
            cx.t.say(&format!("report-reconciled-{item}")),
            side.to_owned(),
            Fen(fen).plain(),
            reference.to_owned(),
        ]
    };
    let known: Vec<(i64, &str)> =
        stand.unbooked.iter().map(|(line, fen)| (*fen, line.text.as_str())).collect();
    let sent: Vec<(i64, &str)> = stand.unpresented.iter().map(|e| (e.amount, e.no.as_str())).collect();
    let some = |item: &str, side: &str, all: &[(i64, &str)], came: bool| {
        let mut rows: Vec<Vec<String>> = all
            .iter()
            .filter(|(fen, _)| (*fen > 0) == came)
            .map(|(fen, reference)| row(item, side, fen.saturating_abs(), reference))
            .collect();
        if rows.is_empty() {
            rows.push(row(item, side, 0, ""));
        }
        rows
    };
    let sum = |sum: Result<Fen, _>| sum.map(|Fen(fen)| fen).map_err(|error| overflow(&error));
    let mut rows = vec![row("journal", &ours, stand.sides.journal, &stand.voucher)];
    rows.extend(some("add-unbooked", &ours, &known, true));
    rows.extend(some("less-unbooked", &ours, &known, false));
    rows.push(row("adjusted", &ours, sum(stand.sides.journal_adjusted())?, ""));
    rows.push(row("statement", &banks, stand.sides.statement, ""));
    rows.extend(some("add-unpresented", &banks, &sent, true));
    rows.extend(some("less-unpresented", &banks, &sent, false));
    rows.push(row("adjusted", &banks, sum(stand.sides.statement_adjusted())?, ""));
    Ok(rows)
}
