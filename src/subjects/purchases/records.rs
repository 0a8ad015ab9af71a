//! How purchases and the prices asked for them are kept: SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;

use super::rules::Status;

/// A purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Purchase {
    /// Number in the file.
    pub id: i64,
    /// `CG-2026-001`.
    pub no: String,
    /// What is wanted.
    pub what: String,
    /// The goods it is, where it is such.
    pub item: Option<i64>,
    /// Units wanted.
    pub quantity: i64,
    /// What it may cost, in fen.
    pub estimate: i64,
    /// Whose need it is.
    pub org: String,
    /// Who asked for it.
    pub applicant: String,
    /// How it stands.
    pub status: Status,
    /// The price that is taken.
    pub quote: Option<i64>,
    /// When it should come.
    pub due: Option<NaiveDate>,
    /// Units that came and were good.
    pub accepted: Option<i64>,
}

/// A price that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quote {
    /// Number in the file.
    pub id: i64,
    /// Whom.
    pub vendor: String,
    /// For all of it, in fen.
    pub amount: i64,
    /// What else was said.
    pub note: String,
}

const COLUMNS: &str =
    "id, no, what, item, quantity, estimate, org, applicant, status, quote, due_on, accepted";

fn purchase(row: &Row<'_>) -> rusqlite::Result<Purchase> {
    let status: String = row.get(8)?;
    let due: Option<String> = row.get(10)?;
    Ok(Purchase {
        id: row.get(0)?,
        no: row.get(1)?,
        what: row.get(2)?,
        item: row.get(3)?,
        quantity: row.get(4)?,
        estimate: row.get(5)?,
        org: row.get(6)?,
        applicant: row.get(7)?,
        status: Status::parse(&status).unwrap_or(Status::Requested),
        quote: row.get(9)?,
        due: due.and_then(|day| day.parse().ok()),
        accepted: row.get(11)?,
    })
}

/// The purchase of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Purchase>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM purchase WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], purchase).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Purchase, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// Those that stand so, the oldest first.
pub(crate) fn standing(conn: &Connection, status: Status) -> Result<Vec<Purchase>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM purchase WHERE status = ?1 ORDER BY id");
    let mut read = conn.prepare_cached(&sql)?;
    Ok(read.query_map([status.word()], purchase)?.collect::<Result<_, _>>()?)
}

/// Those asked for in a time, in their order.
pub(crate) fn within(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Purchase>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM purchase WHERE requested_on >= ?1 AND requested_on <= ?2 ORDER BY requested_on, id"
    );
    let mut read = conn.prepare_cached(&sql)?;
    Ok(read.query_map([from.to_string(), to.to_string()], purchase)?.collect::<Result<_, _>>()?)
}

/// The prices asked for a purchase, the lowest first.
pub(crate) fn quotes(conn: &Connection, purchase: i64) -> Result<Vec<Quote>, Refusal> {
    let sql = "SELECT id, vendor, amount, coalesce(note, '') FROM purchase_quote WHERE purchase = ?1 ORDER BY amount, id";
    let mut read = conn.prepare_cached(sql)?;
    let rows = read.query_map([purchase], |row| {
        Ok(Quote { id: row.get(0)?, vendor: row.get(1)?, amount: row.get(2)?, note: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The price that is taken, where one is.
pub(crate) fn taken(conn: &Connection, of: &Purchase) -> Result<Option<Quote>, Refusal> {
    Ok(quotes(conn, of.id)?.into_iter().find(|quote| Some(quote.id) == of.quote))
}

/// Notes a price; a second one of the same vendor takes the first one's place.
pub(crate) fn note_quote(
    conn: &Connection,
    purchase: i64,
    quote: &Quote,
    on: NaiveDate,
    by: &str,
) -> Result<(), Refusal> {
    let sql = "INSERT INTO purchase_quote (purchase, vendor, amount, quoted_on, note, asked_by) \
               VALUES (?1, ?2, ?3, ?4, nullif(?5, ''), ?6) ON CONFLICT (purchase, vendor) DO UPDATE SET \
               amount = excluded.amount, quoted_on = excluded.quoted_on, note = excluded.note, asked_by = excluded.asked_by";
    conn.prepare_cached(sql)?.execute(params![
        purchase,
        quote.vendor,
        quote.amount,
        on.to_string(),
        quote.note,
        by
    ])?;
    Ok(())
}

/// The other purchase that a voucher pays already.
pub(crate) fn paid_by(conn: &Connection, voucher: i64, except: i64) -> Result<Option<String>, Refusal> {
    let sql = "SELECT no FROM purchase WHERE voucher = ?1 AND id <> ?2 LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row([voucher, except], |row| row.get(0)).optional()?)
}

/// Voucher number, side, figure in fen and whether it still counts, of a line of the journal.
pub(crate) fn payment(conn: &Connection, entry: i64) -> Result<Option<(String, String, i64, bool)>, Refusal> {
    let sql = "SELECT no, side, abs(amount), status <> '已作废' AND reversal_of IS NULL \
               AND NOT EXISTS (SELECT 1 FROM journal_entry AS r WHERE r.reversal_of = e.id) \
               FROM journal_entry AS e WHERE id = ?1";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    Ok(conn.prepare_cached(sql)?.query_row([entry], read).optional()?)
}
