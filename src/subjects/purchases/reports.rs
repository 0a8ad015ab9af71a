//! The ledger of purchases (SM-10): what was asked for, how it was decided, what came of it and the voucher that paid it.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::{keep, org_name};
use crate::values::money::Fen;

use super::fields::RECORD;
use super::{pages, records, steps};

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "purchases", posts: &[], make: ledger, chart: None }];

const COLUMNS: [&str; 12] = [
    "no",
    "day",
    "what",
    "quantity",
    "org",
    "applicant",
    "quotes",
    "vendor",
    "amount",
    "status",
    "approver",
    "voucher",
];

fn ledger(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let mine = cx.who.associations();
    let mut table = Table {
        title: cx.t.say("report-purchases"),
        notes: vec![keep::period(cx, from, to)],
        columns: COLUMNS.iter().map(|name| cx.t.say(&format!("report-purchases-{name}"))).collect(),
        numbers: COLUMNS.iter().map(|name| matches!(*name, "quantity" | "quotes" | "amount")).collect(),
        ..Table::default()
    };
    let mut paid = 0;
    for of in records::within(cx.db, from, to)? {
        if !mine.is_empty() && !mine.contains(&of.org.as_str()) {
            continue;
        }
        let kept = keep::load(cx, &RECORD, of.id)?;
        let text = |name: &str| keep::plain(keep::value(&RECORD, &kept, name));
        let voucher = match text("voucher").parse() {
            Ok(entry) => records::payment(cx.db, entry)?.map(|(no, ..)| no).unwrap_or_default(),
            Err(_) => String::new(),
        };
        paid += text("paid").parse::<i64>().unwrap_or(0);
        let taken = records::taken(cx.db, &of)?;
        table.rows.push(vec![
            of.no.clone(),
            text("requested_on"),
            of.what.clone(),
            of.quantity.to_string(),
            org_name(cx, &of.org),
            of.applicant.clone(),
            records::quotes(cx.db, of.id)?.len().to_string(),
            taken.map(|quote| quote.vendor).unwrap_or_default(),
            Fen(steps::price(cx, &of)?).plain(),
            pages::status(cx, of.status),
            text("approver"),
            voucher,
        ]);
    }
    let mut total = vec![String::new(); COLUMNS.len()];
    for (name, cell) in COLUMNS.iter().zip(&mut total) {
        match *name {
            "no" => *cell = cx.t.say("report-purchases-paid"),
            "amount" => *cell = Fen(paid).plain(),
            _ => {}
        }
    }
    table.rows.push(total);
    table.footer.push(cx.t.say("report-purchases-signatures"));
    Ok(table)
}
