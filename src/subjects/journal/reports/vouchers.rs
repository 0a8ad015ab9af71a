//! The vouchers of a period one below the other (RULES §3.3): what is debited and credited with the funds it concerns, the
//! amount in capitals, how many papers are attached and who signed.

use chrono::NaiveDate;
use rusqlite::params;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Table};
use crate::subjects::{keep, org_name};
use crate::values::capital;
use crate::values::money::Fen;

const COLUMNS: &[(&str, bool)] = &[
    ("voucher", false),
    ("what", false),
    ("fund", false),
    ("org", false),
    ("debit", true),
    ("credit", true),
];

struct Leg {
    id: i64,
    leg: i64,
    no: String,
    date: String,
    summary: String,
    book: Option<String>,
    side: String,
    amount: Fen,
    attachments: i64,
    signed: [String; 4],
    alone: bool,
}

struct Split {
    fund: String,
    org: String,
    account: String,
    amount: i64,
}

/// The report.
pub(crate) fn vouchers(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let mut table = super::table(cx, "voucher", from, to, COLUMNS);
    let legs = legs(cx, from, to)?;
    let mut count = 0;
    let mut rest = legs.as_slice();
    while let Some((first, after)) = rest.split_first() {
        // The second leg stands behind the first: it is the same voucher seen from the other book.
        let second = after.first().filter(|next| next.leg == 2);
        rest = if second.is_some() { after.get(1..).unwrap_or_default() } else { after };
        count += 1;
        voucher(cx, &mut table, first, second)?;
    }
    table.notes.push(cx.t.with("report-voucher-note", &[("n", count.to_string())]));
    Ok(table)
}

fn legs(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Leg>, Refusal> {
    let sql = "SELECT e.id, e.leg, e.no, e.date, e.summary, b.account, e.side, e.amount, e.attachments, e.preparer, \
               coalesce(e.reviewer, ''), coalesce(e.bookkeeper, ''), coalesce(e.cashier, ''), e.alone \
               FROM journal_entry e LEFT JOIN book b ON b.id = e.book \
               WHERE e.date BETWEEN ?1 AND ?2 AND e.status = '已过账' ORDER BY e.period, e.kind, e.number, e.leg";
    let mut statement = cx.db.prepare_cached(sql)?;
    let rows = statement.query_map(params![from.to_string(), to.to_string()], |row| {
        Ok(Leg {
            id: row.get(0)?,
            leg: row.get(1)?,
            no: row.get(2)?,
            date: row.get(3)?,
            summary: row.get(4)?,
            book: row.get(5)?,
            side: row.get(6)?,
            amount: Fen(row.get(7)?),
            attachments: row.get(8)?,
            signed: [row.get(9)?, row.get(10)?, row.get(11)?, row.get(12)?],
            alone: row.get(13)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn splits(cx: &Cx<'_>, id: i64) -> Result<Vec<Split>, Refusal> {
    let sql = "SELECT f.code, s.org, s.account, s.amount FROM journal_split s JOIN fund f ON f.id = s.fund \
               WHERE s.entry = ?1 ORDER BY s.position";
    let mut statement = cx.db.prepare_cached(sql)?;
    let rows = statement.query_map([id], |row| {
        Ok(Split { fund: row.get(0)?, org: row.get(1)?, account: row.get(2)?, amount: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn voucher(cx: &Cx<'_>, table: &mut Table, first: &Leg, second: Option<&Leg>) -> Result<(), Refusal> {
    let blank = String::new;
    table.rows.push(vec![
        first.no.clone(),
        format!("{} {}", first.date, first.summary),
        blank(),
        blank(),
        blank(),
        blank(),
    ]);
    let (mut debits, mut credits) = (0, 0);
    let mut line = |what: String, fund: &str, org: &str, debit: Option<i64>, credit: Option<i64>| {
        debits += debit.unwrap_or(0);
        credits += credit.unwrap_or(0);
        let cell = |fen: Option<i64>| fen.map(|fen| super::yuan(cx, Fen(fen))).unwrap_or_default();
        let org = if org.is_empty() { String::new() } else { org_name(cx, org) };
        table.rows.push(vec![blank(), what, fund.to_owned(), org, cell(debit), cell(credit)]);
    };
    let receipt = first.side == "收";
    if let Some(book) = &first.book {
        let (debit, credit) = columns(receipt, first.amount.0);
        line(super::accounts(cx, book), "", "", debit, credit);
    }
    for split in splits(cx, first.id)? {
        if first.side == "转" {
            let what = cx.t.say("report-fund-transfer");
            let (debit, credit) =
                if split.amount < 0 { (Some(-split.amount), None) } else { (None, Some(split.amount)) };
            line(what, &split.fund, &split.org, debit, credit);
        } else {
            // What the book gains the counter account gives.
            let (debit, credit) = columns(!receipt, -split.amount);
            line(super::accounts(cx, &split.account), &split.fund, &split.org, debit, credit);
        }
    }
    // The second leg's book is the first's counter account: it is on the paper already.
    debug_assert!(second.is_none_or(|second| second.amount.0 == -first.amount.0));
    let whole = if first.side == "转" {
        Fen(debits)
    } else {
        Fen(if receipt { first.amount.0 } else { -first.amount.0 })
    };
    table.rows.push(vec![
        cx.t.say("report-total"),
        capital::to_capital(whole),
        blank(),
        blank(),
        super::yuan(cx, Fen(debits)),
        super::yuan(cx, Fen(credits)),
    ]);
    table.rows.push(vec![
        cx.t.say("report-signed"),
        signatures(cx, first),
        blank(),
        blank(),
        blank(),
        blank(),
    ]);
    Ok(())
}

/// The debit or the credit column: a red figure stands in the column of what it reverses.
fn columns(debit: bool, amount: i64) -> (Option<i64>, Option<i64>) {
    if debit { (Some(amount), None) } else { (None, Some(-amount)) }
}

fn signatures(cx: &Cx<'_>, leg: &Leg) -> String {
    let [preparer, reviewer, bookkeeper, cashier] = leg.signed.clone();
    let args = [
        ("n", leg.attachments.to_string()),
        ("preparer", preparer),
        ("reviewer", reviewer),
        ("bookkeeper", bookkeeper),
        ("cashier", cashier),
    ];
    let said = cx.t.with("report-signatures", &args);
    let alone = if leg.alone { cx.t.say("report-alone") } else { String::new() };
    keep::one_line(&format!("{said} {alone}"))
}
