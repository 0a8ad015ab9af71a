//! How rounds are kept: SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::store::Tx;

use super::rules::Found;

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Round {
    /// Number in the file.
    pub id: i64,
    /// Reference.
    pub no: String,
    /// Which of the four.
    pub kind: String,
    /// When.
    pub on: NaiveDate,
    /// Who looked.
    pub inspector: String,
    /// It does not count.
    pub voided: bool,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// What.
    pub item: String,
    /// How it was found.
    pub found: Found,
    /// What is wrong with it.
    pub note: String,
    /// The zone it is in, where that was said.
    pub zone: Option<i64>,
    /// The ticket it became.
    pub ticket: Option<i64>,
}

const COLUMNS: &str = "id, no, kind, inspected_on, inspector, voided IS NOT NULL";

fn round(row: &Row<'_>) -> rusqlite::Result<Round> {
    let on: String = row.get(3)?;
    Ok(Round {
        id: row.get(0)?,
        no: row.get(1)?,
        kind: row.get(2)?,
        on: on.parse().unwrap_or_default(),
        inspector: row.get(4)?,
        voided: row.get(5)?,
    })
}

/// The round of this number, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Round, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM inspection_round WHERE id = ?1");
    let found = conn.prepare_cached(&sql)?.query_row([id], round).optional()?;
    found.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The rounds within these days that count, the oldest first.
pub(crate) fn within(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Round>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM inspection_round WHERE inspected_on BETWEEN ?1 AND ?2 AND voided IS NULL
         ORDER BY inspected_on, id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map(params![from.to_string(), to.to_string()], round)?.collect::<Result<_, _>>()?)
}

/// The day of the last round of a kind that counts.
pub(crate) fn last(conn: &Connection, kind: &str) -> Result<Option<NaiveDate>, Refusal> {
    let sql = "SELECT inspected_on FROM inspection_round WHERE kind = ?1 AND voided IS NULL
               ORDER BY inspected_on DESC LIMIT 1";
    let day: Option<String> = conn.prepare_cached(sql)?.query_row([kind], |row| row.get(0)).optional()?;
    Ok(day.and_then(|day| day.parse().ok()))
}

/// What was looked at in a round, in its order.
pub(crate) fn items(conn: &Connection, round: i64) -> Result<Vec<Item>, Refusal> {
    let sql = "SELECT item, result, coalesce(note, ''), zone, ticket FROM inspection_item
               WHERE round = ?1 ORDER BY position";
    let mut statement = conn.prepare_cached(sql)?;
    let item = |row: &Row<'_>| {
        let found: String = row.get(1)?;
        Ok(Item {
            item: row.get(0)?,
            found: Found::parse(&found).unwrap_or(Found::DoesNotApply),
            note: row.get(2)?,
            zone: row.get(3)?,
            ticket: row.get(4)?,
        })
    };
    Ok(statement.query_map([round], item)?.collect::<Result<_, _>>()?)
}

/// Keeps what was looked at.
pub(crate) fn put(tx: &Tx<'_>, round: i64, items: &[Item]) -> Result<(), Refusal> {
    let sql = "INSERT INTO inspection_item (round, position, item, result, note, zone, ticket)
               VALUES (?1, ?2, ?3, ?4, nullif(?5, ''), ?6, ?7)";
    let mut statement = tx.conn().prepare_cached(sql)?;
    for (at, item) in (1_i64..).zip(items) {
        let result = item.found.word();
        statement.execute(params![round, at, item.item, result, item.note, item.zone, item.ticket])?;
    }
    Ok(())
}

/// The round in which a ticket was found, if it was.
pub(crate) fn of_ticket(conn: &Connection, ticket: i64) -> Result<Option<String>, Refusal> {
    let sql = "SELECT r.no FROM inspection_item AS i JOIN inspection_round AS r ON r.id = i.round
               WHERE i.ticket = ?1 ORDER BY r.id DESC LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row([ticket], |row| row.get(0)).optional()?)
}
