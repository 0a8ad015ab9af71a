//! How moves of goods are kept: SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::subjects::consumables::rules::{Kind, Moved, Stock};

/// A move of goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    /// Number in the file.
    pub id: i64,
    /// `CR-061`.
    pub no: String,
    /// The goods: number in the file.
    pub item: i64,
    /// Their name.
    pub name: String,
    /// What they are counted in.
    pub unit: String,
    /// Its day.
    pub on: NaiveDate,
    /// The word of its kind.
    pub kind: String,
    /// What it did to the shelf.
    pub moved: Moved,
    /// The association that used it; empty for nobody's.
    pub org: String,
    /// Who took or brought it.
    pub taker: String,
    /// The move it reverses.
    pub reverses: Option<i64>,
    /// Units after it.
    pub stock: i64,
}

impl Move {
    /// What kind of move it is.
    pub(crate) fn kind(&self) -> Kind {
        Kind::parse(&self.kind).unwrap_or(Kind::In)
    }
}

const SELECT: &str = "SELECT m.id, m.no, m.item, c.name, c.unit, m.moved_on, m.kind, m.quantity, m.amount, m.org, m.taker, \
                      m.reverses, m.stock FROM consumable_move AS m JOIN consumable AS c ON c.id = m.item";

fn a_move(row: &Row<'_>) -> rusqlite::Result<Move> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    Ok(Move {
        id: row.get(0)?,
        no: row.get(1)?,
        item: row.get(2)?,
        name: row.get(3)?,
        unit: row.get(4)?,
        on: text(5)?.parse().unwrap_or_default(),
        kind: row.get(6)?,
        moved: Moved { quantity: row.get(7)?, amount: row.get(8)? },
        org: text(9)?,
        taker: text(10)?,
        reverses: row.get(11)?,
        stock: row.get(12)?,
    })
}

/// The move of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Move>, Refusal> {
    Ok(conn.prepare_cached(&format!("{SELECT} WHERE m.id = ?1"))?.query_row([id], a_move).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Move, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The number of the move that reversed this one.
pub(crate) fn reversal(conn: &Connection, id: i64) -> Result<Option<String>, Refusal> {
    let sql = "SELECT no FROM consumable_move WHERE reverses = ?1";
    Ok(conn.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
}

/// The last moves of an item, the latest first.
pub(crate) fn last_of(conn: &Connection, item: i64, limit: i64) -> Result<Vec<Move>, Refusal> {
    let mut read = conn.prepare_cached(&format!("{SELECT} WHERE m.item = ?1 ORDER BY m.id DESC LIMIT ?2"))?;
    Ok(read.query_map([item, limit], a_move)?.collect::<Result<_, _>>()?)
}

/// What an association has drawn of an item and not brought back, at what it was charged.
pub(crate) fn drawn(conn: &Connection, item: i64, org: &str) -> Result<Stock, Refusal> {
    let sql = "SELECT coalesce(-sum(quantity), 0), coalesce(-sum(amount), 0) FROM consumable_move \
               WHERE org = ?1 AND item = ?2";
    let read = |row: &Row<'_>| Ok(Stock { quantity: row.get(0)?, worth: row.get(1)? });
    Ok(conn.prepare_cached(sql)?.query_row(params![org, item], read)?)
}

/// The same for every association that has drawn of it.
pub(crate) fn drawn_by_all(conn: &Connection, item: i64) -> Result<Vec<(String, Stock)>, Refusal> {
    let sql = "SELECT org, -sum(quantity), -sum(amount) FROM consumable_move \
               WHERE item = ?1 AND org IS NOT NULL GROUP BY org HAVING sum(quantity) <> 0 ORDER BY org";
    let mut read = conn.prepare_cached(sql)?;
    let rows =
        read.query_map([item], |row| Ok((row.get(0)?, Stock { quantity: row.get(1)?, worth: row.get(2)? })))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What was used of an item in a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Used {
    /// By which association; none: lost or spoilt.
    pub org: Option<String>,
    /// The goods.
    pub item: String,
    /// What they are counted in.
    pub unit: String,
    /// Units, less what was brought back or found.
    pub units: i64,
    /// Fen.
    pub amount: i64,
}

/// What each association drew in a time, and what was lost, item by item. What came in is no use.
pub(crate) fn used(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Used>, Refusal> {
    let sql = "SELECT m.org, c.name, c.unit, -sum(m.quantity), -sum(m.amount) \
               FROM consumable_move AS m JOIN consumable AS c ON c.id = m.item \
               WHERE m.kind NOT IN ('期初', '入库') AND m.moved_on >= ?1 AND m.moved_on <= ?2 \
               GROUP BY m.org, m.item ORDER BY m.org, c.no";
    let mut read = conn.prepare_cached(sql)?;
    let rows = read.query_map([from.to_string(), to.to_string()], |row| {
        Ok(Used {
            org: row.get(0)?,
            item: row.get(1)?,
            unit: row.get(2)?,
            units: row.get(3)?,
            amount: row.get(4)?,
        })
    })?;
    let all: Vec<Used> = rows.collect::<Result<_, _>>()?;
    Ok(all.into_iter().filter(|used| used.units != 0 || used.amount != 0).collect())
}
