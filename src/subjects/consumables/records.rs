//! How items that are used up are kept: SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::desk::refusal::Refusal;

use super::rules::Stock;

/// An item, as moves and purchases look at one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// Number in the file.
    pub id: i64,
    /// `HC-02`.
    pub no: String,
    /// 盲文纸.
    pub name: String,
    /// 包.
    pub unit: String,
    /// Units at which more should be bought.
    pub reorder_level: i64,
    /// Fen a unit, as it was bought last.
    pub usual_price: Option<i64>,
    /// What is on the shelf.
    pub shelf: Stock,
    /// Not used any more.
    pub closed: bool,
}

impl Item {
    /// Whether more should be bought.
    pub(crate) fn low(&self) -> bool {
        !self.closed && self.shelf.quantity <= self.reorder_level
    }
}

const COLUMNS: &str =
    "id, no, name, unit, reorder_level, usual_price, quantity, worth, closed_on IS NOT NULL";

fn item(row: &Row<'_>) -> rusqlite::Result<Item> {
    Ok(Item {
        id: row.get(0)?,
        no: row.get(1)?,
        name: row.get(2)?,
        unit: row.get(3)?,
        reorder_level: row.get(4)?,
        usual_price: row.get(5)?,
        shelf: Stock { quantity: row.get(6)?, worth: row.get(7)? },
        closed: row.get(8)?,
    })
}

/// The item of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Item>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM consumable WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], item).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Item, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The item of this reference or name.
pub(crate) fn named(conn: &Connection, text: &str) -> Result<Option<Item>, Refusal> {
    let sql =
        format!("SELECT {COLUMNS} FROM consumable WHERE no = upper(?1) OR name = ?1 ORDER BY id LIMIT 1");
    Ok(conn.prepare_cached(&sql)?.query_row([text], item).optional()?)
}

fn many(conn: &Connection, rest: &str) -> Result<Vec<Item>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM consumable WHERE {rest} ORDER BY no, id");
    Ok(conn.prepare_cached(&sql)?.query_map([], item)?.collect::<Result<_, _>>()?)
}

/// Every item in use.
pub(crate) fn open(conn: &Connection) -> Result<Vec<Item>, Refusal> {
    many(conn, "closed_on IS NULL")
}

/// Items of which more should be bought and none is on its way.
pub(crate) fn to_buy(conn: &Connection) -> Result<Vec<Item>, Refusal> {
    many(
        conn,
        "closed_on IS NULL AND quantity <= reorder_level AND NOT EXISTS (SELECT 1 FROM purchase AS p \
         WHERE p.item = consumable.id AND p.status IN ('申请', '询价', '待审批', '已批准', '已订购', '已验收'))",
    )
}

/// How many items are in use.
pub(crate) fn count(conn: &Connection) -> Result<i64, Refusal> {
    let sql = "SELECT count(*) FROM consumable WHERE closed_on IS NULL";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// What was on the shelf at the end of a day, by what was recorded for it: item by item, with those that had nothing.
pub(crate) fn at(conn: &Connection, on: NaiveDate) -> Result<Vec<(Item, Stock)>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS}, \
         coalesce((SELECT sum(m.quantity) FROM consumable_move AS m WHERE m.item = consumable.id AND m.moved_on <= ?1), 0), \
         coalesce((SELECT sum(m.amount) FROM consumable_move AS m WHERE m.item = consumable.id AND m.moved_on <= ?1), 0) \
         FROM consumable ORDER BY no, id"
    );
    let mut read = conn.prepare_cached(&sql)?;
    let rows = read.query_map([on.to_string()], |row| {
        Ok((item(row)?, Stock { quantity: row.get(9)?, worth: row.get(10)? }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What an association was charged in a time, in fen: drawn less brought back. Those with nothing are left out.
pub(crate) fn charged(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(String, i64)>, Refusal> {
    let sql = "SELECT org, -sum(amount) FROM consumable_move \
               WHERE kind IN ('领用', '退库') AND moved_on >= ?1 AND moved_on <= ?2 GROUP BY org ORDER BY org";
    let mut read = conn.prepare_cached(sql)?;
    let rows = read.query_map([from.to_string(), to.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
