//! The journal as a bound book: what was carried forward, the totals of the day, the month and the year between the lines,
//! the sentence under it, and the line that is being written as it would stand (RULES §3.1, §3.4).

use chrono::{Datelike, NaiveDate};
use rusqlite::{Connection, OptionalExtension, params};

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Book, Cx, ListSpec};
use crate::desk::view::{Row, Subtotal};
use crate::subjects::{books, funds, keep};
use crate::values::money::Fen;

use super::records::{self, Entry};
use super::rules::{self, Kind, Side};
use super::{building, pages, totals};

/// What came in and went out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    receipts: i64,
    payments: i64,
    lines: i64,
}

/// Whether a list is one of the two journals: cash (true) or bank.
fn journal_of(list: &ListSpec) -> Option<bool> {
    match list.name {
        "cash" => Some(true),
        "bank" => Some(false),
        _ => None,
    }
}

/// A window of a journal.
pub(crate) fn book(cx: &Cx<'_>, list: &ListSpec, ids: &[i64]) -> Result<Option<Book>, Refusal> {
    let Some(cash) = journal_of(list) else { return Ok(None) };
    let mut lines = Vec::with_capacity(ids.len());
    for id in ids {
        lines.push(records::must_find(cx.db, *id)?);
    }
    let mut rows = pages::rows(cx, ids)?;
    let next = match lines.last() {
        Some(last) => after(cx.db, cash, last)?,
        None => None,
    };
    for (at, row) in rows.iter_mut().enumerate() {
        let Some(line) = lines.get(at) else { continue };
        let following = lines.get(at + 1).map(|line| line.date).or(next);
        let balance = row.cells.last().cloned().unwrap_or_default();
        row.subtotals = subtotals(cx, cash, line.date, following, &balance)?;
    }
    let carried =
        lines.first().zip(rows.first()).map(|(line, row)| carried(cx, line, row)).transpose()?.flatten();
    Ok(Some(Book { columns: pages::columns(cx), rows, carried, foot: vec![pages::foot(cx)?] }))
}

/// The day of the line that follows.
fn after(conn: &Connection, cash: bool, line: &Entry) -> Result<Option<NaiveDate>, Refusal> {
    let sql =
        "SELECT date FROM journal_entry WHERE cash = ?1 AND (date, id) > (?2, ?3) ORDER BY date, id LIMIT 1";
    let values = params![cash, line.date.to_string(), line.id];
    let found: Option<String> = conn.prepare_cached(sql)?.query_row(values, |row| row.get(0)).optional()?;
    Ok(found.and_then(|day| day.parse().ok()))
}

/// What stands after the last line of a day, and after the last of a month.
fn subtotals(
    cx: &Cx<'_>,
    cash: bool,
    day: NaiveDate,
    next: Option<NaiveDate>,
    balance: &str,
) -> Result<Vec<Subtotal>, Refusal> {
    let mut found = Vec::new();
    if next == Some(day) {
        return Ok(found);
    }
    let of_day = day_sum(cx.db, cash, day)?;
    if of_day.lines > 1 {
        found.push(subtotal(cx, "journal-day-total", of_day, balance));
    }
    let same_month = |other: NaiveDate| rules::period(other) == rules::period(day);
    // A month that still goes on has no total yet.
    let over = next.map_or_else(|| !same_month(cx.now.date()), |next| !same_month(next));
    if over {
        let month = rules::period(day);
        let january = format!("{}-01", day.year());
        found.push(subtotal(cx, "journal-month-total", span_sum(cx.db, cash, &month, &month)?, balance));
        found.push(subtotal(cx, "journal-year-total", span_sum(cx.db, cash, &january, &month)?, balance));
    }
    Ok(found)
}

fn subtotal(cx: &Cx<'_>, id: &str, sum: Sum, balance: &str) -> Subtotal {
    let label = cx.t.say(id);
    let (receipts, payments) = (Fen(sum.receipts).to_string(), Fen(sum.payments).to_string());
    let args = [("label", label.clone()), ("receipts", receipts.clone()), ("payments", payments.clone())];
    let blank = String::new;
    let cells = vec![blank(), blank(), label.clone(), blank(), receipts, payments, balance.to_owned()];
    Subtotal { brief: cx.t.with("journal-total-brief", &args), label, cells }
}

fn sum(row: &rusqlite::Row<'_>) -> rusqlite::Result<Sum> {
    Ok(Sum { receipts: row.get(0)?, payments: row.get(1)?, lines: row.get(2)? })
}

fn day_sum(conn: &Connection, cash: bool, day: NaiveDate) -> Result<Sum, Refusal> {
    let sql = "SELECT coalesce(sum(iif(side = '收', amount, 0)), 0), coalesce(sum(iif(side = '付', -amount, 0)), 0), \
               count(*) FROM journal_entry WHERE cash = ?1 AND date = ?2 AND status <> '已作废'";
    Ok(conn.prepare_cached(sql)?.query_row(params![cash, day.to_string()], sum)?)
}

/// Months from the kept totals, and the few lines that are not posted.
fn span_sum(conn: &Connection, cash: bool, from: &str, to: &str) -> Result<Sum, Refusal> {
    let sql = "SELECT coalesce(sum(iif(side = '收', amount, 0)), 0), coalesce(sum(iif(side = '付', -amount, 0)), 0), \
               coalesce(sum(lines), 0) FROM posted_total WHERE period BETWEEN ?2 AND ?3 \
               AND book IN (SELECT id FROM book WHERE (kind = '现金') = ?1)";
    let posted: Sum = conn.prepare_cached(sql)?.query_row(params![cash, from, to], sum)?;
    let sql = "SELECT coalesce(sum(iif(side = '收', amount, 0)), 0), coalesce(sum(iif(side = '付', -amount, 0)), 0), \
               count(*) FROM journal_entry INDEXED BY entry_by_status \
               WHERE status <> '已过账' AND status <> '已作废' AND cash = ?1 \
               AND period BETWEEN ?2 AND ?3";
    let open: Sum = conn.prepare_cached(sql)?.query_row(params![cash, from, to], sum)?;
    Ok(Sum {
        receipts: posted.receipts + open.receipts,
        payments: posted.payments + open.payments,
        lines: posted.lines + open.lines,
    })
}

/// What was in the book before the first line of the window.
fn carried(cx: &Cx<'_>, line: &Entry, row: &Row) -> Result<Option<Subtotal>, Refusal> {
    let Some(balance) =
        row.cells.last().filter(|text| !text.is_empty()).and_then(|text| Fen::parse(text).ok())
    else {
        return Ok(None);
    };
    let effect = if line.status == rules::Status::Void { Fen::ZERO } else { line.amount };
    let before = Fen(balance.0 - effect.0).to_string();
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM journal_entry WHERE book = ?1 AND date >= ?2 AND (date, id) < (?3, ?4))";
    let january = format!("{}-01-01", line.date.year());
    let values = params![line.book, january, line.date.to_string(), line.id];
    let first: bool = cx.db.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
    let label = cx.t.say(if first { "journal-from-last-year" } else { "journal-carried" });
    let blank = String::new;
    Ok(Some(Subtotal {
        brief: format!("{label} {before}"),
        cells: vec![blank(), blank(), label.clone(), blank(), blank(), blank(), before],
        label,
    }))
}

/// The journal in which the line being written would stand.
pub(crate) fn list_of(cx: &Cx<'_>, form: &FormState) -> Option<&'static str> {
    let book = form.number("book").and_then(|id| books::records::must_find(cx.db, id).ok())?;
    Some(if book.cash { "cash" } else { "bank" })
}

/// The line being written, as it would stand; what is not known yet is empty.
pub(crate) fn row_of(cx: &Cx<'_>, form: &FormState) -> Vec<String> {
    let day = keep::day_in(form, "date");
    let side = building::side(cx, form);
    let book = form.number("book").and_then(|id| books::records::must_find(cx.db, id).ok());
    let amount = form.number("amount").map(Fen);
    let no = day.zip(book.as_ref()).and_then(|(day, book)| next_no(cx.db, Kind::of(book.cash, side), day));
    let after = book.as_ref().zip(amount).and_then(|(book, amount)| {
        let held = totals::book_balance(cx.db, book.id, false).ok()?;
        Some(Fen(held.0 + side.effect(amount).0).to_string())
    });
    let fund = form.number("fund").and_then(|id| funds::records::must_find(cx.db, id).ok());
    let figure = amount.map(|fen| fen.to_string()).unwrap_or_default();
    let (receipt, payment) = if side == Side::In { (figure, String::new()) } else { (String::new(), figure) };
    vec![
        day.map(keep::short_day).unwrap_or_default(),
        no.unwrap_or_default(),
        form.text("summary").to_owned(),
        fund.map(|fund| pages::short_fund(&fund.name)).unwrap_or_default(),
        receipt,
        payment,
        after.unwrap_or_default(),
    ]
}

fn next_no(conn: &Connection, kind: Kind, day: NaiveDate) -> Option<String> {
    let sql = "SELECT coalesce(max(number), 0) + 1 FROM journal_entry WHERE kind = ?1 AND period = ?2";
    let values = params![kind.word(), rules::period(day)];
    let number: i64 = conn.prepare_cached(sql).ok()?.query_row(values, |row| row.get(0)).ok()?;
    Some(format!("{}-{number}", kind.word()))
}
