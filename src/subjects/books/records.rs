//! How cash boxes and bank accounts are kept: SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::desk::refusal::Refusal;
use crate::values::money::Fen;

/// A cash box or bank account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Book {
    /// Number in the file.
    pub id: i64,
    /// `CASH`, `BANK`.
    pub code: String,
    /// `库存现金`.
    pub name: String,
    /// It is a cash box.
    pub cash: bool,
    /// Account code (`1001`).
    pub account: String,
    /// What was in it when it was opened.
    pub opening: Fen,
    /// The day it was opened.
    pub opened_on: Option<NaiveDate>,
    /// What it may hold at most, for a cash box that has a limit of its own.
    pub limit: Option<Fen>,
    /// Takes nothing more.
    pub closed: bool,
}

const COLUMNS: &str =
    "id, code, name, kind = '现金', account, opening, opened_on, cash_limit, closed_on IS NOT NULL";

fn book(row: &Row<'_>) -> rusqlite::Result<Book> {
    Ok(Book {
        id: row.get(0)?,
        code: row.get(1)?,
        name: row.get(2)?,
        cash: row.get(3)?,
        account: row.get(4)?,
        opening: Fen(row.get(5)?),
        opened_on: row.get::<_, String>(6)?.parse().ok(),
        limit: row.get::<_, Option<i64>>(7)?.map(Fen),
        closed: row.get(8)?,
    })
}

/// The book of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Book>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM book WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], book).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Book, Refusal> {
    let found = find(conn, id)?;
    found.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The book of this code.
pub(crate) fn by_code(conn: &Connection, code: &str) -> Result<Option<Book>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM book WHERE code = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([code], book).optional()?)
}

/// Every book, the oldest first.
pub(crate) fn all(conn: &Connection) -> Result<Vec<Book>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM book ORDER BY id");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([], book)?.collect::<Result<_, _>>()?)
}

/// The first book of a kind that still takes something.
pub(crate) fn usual(conn: &Connection, cash: bool) -> Result<Option<Book>, Refusal> {
    Ok(all(conn)?.into_iter().find(|book| book.cash == cash && !book.closed))
}

/// Whether any line of the journal is in it.
pub(crate) fn used(conn: &Connection, id: i64) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM journal_entry WHERE book = ?1)";
    Ok(conn.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
}
