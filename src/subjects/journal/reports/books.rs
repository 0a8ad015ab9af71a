//! The cash journal and the bank journal as they are printed (RULES §3.1, §3.4): one paper after the other for each box and
//! account. How the paper is laid out is in `paper`.

use chrono::{Datelike, NaiveDate};
use rusqlite::{OptionalExtension, params};

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Table};
use crate::values::money::Fen;

use super::paper::{self, Both, Entry, Kind, PAGE, Row, Start};
use super::sums::{self, Book};

const COLUMNS: &[(&str, bool)] = &[
    ("date", false),
    ("voucher", false),
    ("summary", false),
    ("counter", false),
    ("received", true),
    ("paid", true),
    ("side", false),
    ("balance", true),
];

/// The journal of the cash boxes.
pub(crate) fn cash(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    journal(cx, "cash-journal", "现金", from, to)
}

/// The journal of the bank accounts.
pub(crate) fn bank(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    journal(cx, "bank-journal", "银行", from, to)
}

fn journal(cx: &Cx<'_>, name: &str, kind: &str, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let mut table = super::table(cx, name, from, to, COLUMNS);
    let mut of_kind = cx.db.prepare_cached("SELECT id FROM book WHERE kind = ?1")?;
    let ids: Vec<i64> = of_kind.query_map([kind], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let books: Vec<Book> = sums::books(cx.db)?.into_iter().filter(|book| ids.contains(&book.id)).collect();
    let several = books.len() > 1;
    for book in books.iter().filter(|book| book.opened_on <= to) {
        if several {
            let heading = format!("{} {}", book.code, book.name);
            table.rows.push(cells(["", "", &heading, "", "", "", "", ""]));
        }
        let start = start(cx, book, from.max(book.opened_on))?;
        let entries = entries(cx, book, start.on, to)?;
        let rows = paper::lay_out(&start, entries, to, cx.now.date(), PAGE);
        table.rows.extend(rows.iter().map(|row| said(cx, row)));
    }
    Ok(table)
}

fn cells(cells: [&str; 8]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// What the book held before a day, and what the year and the month had before it.
fn start(cx: &Cx<'_>, book: &Book, on: NaiveDate) -> Result<Start, Refusal> {
    let sql = "SELECT balance FROM journal_entry WHERE book = ?1 AND status = '已过账' AND date = \
               (SELECT max(date) FROM journal_entry WHERE book = ?1 AND status = '已过账' AND date < ?2) \
               ORDER BY seq DESC LIMIT 1";
    let held: Option<i64> = cx
        .db
        .prepare_cached(sql)?
        .query_row(params![book.id, on.to_string()], |row| row.get(0))
        .optional()?;
    let first = NaiveDate::from_ymd_opt(on.year(), 1, 1).unwrap_or(on);
    Ok(Start {
        on,
        opens: on == book.opened_on,
        balance: held.map_or(book.opening, Fen),
        year: both(cx, book, first, on)?,
        month: both(cx, book, sums::first_of_month(on), on)?,
    })
}

/// Receipts and payments of a book from a day to the one before another.
fn both(cx: &Cx<'_>, book: &Book, from: NaiveDate, end: NaiveDate) -> Result<Both, Refusal> {
    let moved = sums::moved(cx.db, from, sums::before(end))?;
    let of = |side: &str| sums::total(&moved, |m| m.book == book.id && m.side == side);
    Ok(Both { received: of("收").0, paid: -of("付").0 })
}

fn entries(cx: &Cx<'_>, book: &Book, from: NaiveDate, to: NaiveDate) -> Result<Vec<Entry>, Refusal> {
    let sql = "SELECT date, no, summary, \
               coalesce(account, (SELECT group_concat(DISTINCT account) FROM journal_split WHERE entry = journal_entry.id)), \
               side = '收', amount, balance FROM journal_entry \
               WHERE book = ?1 AND date BETWEEN ?2 AND ?3 AND status = '已过账' ORDER BY seq";
    let mut statement = cx.db.prepare_cached(sql)?;
    let rows = statement.query_map(params![book.id, from.to_string(), to.to_string()], |row| {
        Ok(Entry {
            date: sums::day(&row.get::<_, String>(0)?),
            no: row.get::<_, String>(1)?,
            summary: row.get(2)?,
            counter: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
            receipt: row.get(4)?,
            amount: Fen(row.get(5)?),
            balance: Fen(row.get(6)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn said(cx: &Cx<'_>, row: &Row) -> Vec<String> {
    let page = |id: &str, page: usize| cx.t.with(id, &[("page", page.to_string())]);
    let (no, summary, counter) = match &row.kind {
        // The second leg of a voucher has the same number: it is the same voucher.
        Kind::Entry(entry) => (
            entry.no.split('/').next().unwrap_or_default().to_owned(),
            entry.summary.clone(),
            super::accounts(cx, &entry.counter),
        ),
        Kind::FromLastYear => (String::new(), cx.t.say("report-from-last-year"), String::new()),
        Kind::Opening => (String::new(), cx.t.say("report-opening"), String::new()),
        Kind::BroughtOver(n) => (String::new(), page("report-brought-over", *n), String::new()),
        Kind::CarriedOver(n) => (String::new(), page("report-carried-over", *n), String::new()),
        Kind::Day => (String::new(), cx.t.say("report-day-total"), String::new()),
        Kind::Month => (String::new(), cx.t.say("report-month-total"), String::new()),
        Kind::Year => (String::new(), cx.t.say("report-year-total"), String::new()),
        Kind::ToNextYear => (String::new(), cx.t.say("report-to-next-year"), String::new()),
    };
    let is_line = matches!(row.kind, Kind::Entry(_));
    let column = |fen: i64| {
        if is_line { super::or_blank(cx, Fen(fen)) } else { super::yuan(cx, Fen(fen)) }
    };
    vec![
        row.date.to_string(),
        no,
        summary,
        counter,
        row.both.map(|both| column(both.received)).unwrap_or_default(),
        row.both.map(|both| column(both.paid)).unwrap_or_default(),
        super::side(cx, row.balance),
        super::yuan(cx, row.balance),
    ]
}
