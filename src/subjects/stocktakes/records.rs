//! How stocktakes are kept: SQL and nothing else.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Stamp;

use super::rules::{Scope, Status};

/// A stocktake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stocktake {
    /// Number in the file.
    pub id: i64,
    /// `PD-2026-H1-01`.
    pub no: String,
    /// `2026H1`.
    pub period: String,
    /// What it covers.
    pub scope: Scope,
    /// How it stands.
    pub status: Status,
    /// Counters are not told what is expected.
    pub blind: bool,
    /// The day it is meant to be.
    pub planned_on: String,
    /// When the book was written down.
    pub frozen_at: String,
    /// The second person.
    pub checker: String,
    /// Who let the ledger be brought up to date.
    pub approver: String,
    /// The day the associations were told.
    pub published_on: String,
    /// The last day for objections.
    pub notice_until: String,
}

/// What an association has to say about a published stocktake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Objection {
    /// Number in the file.
    pub id: i64,
    /// The association.
    pub org: String,
    /// What it says.
    pub text: String,
    /// When.
    pub raised_on: String,
    /// Who said it.
    pub raised_by: String,
    /// What it was told; empty while nobody has answered.
    pub reply: String,
}

const COLUMNS: &str = "id, no, period, scope, which, status, blind, planned_on, frozen_at, checker, approver, published_on, \
                       notice_until";

fn stocktake(row: &Row<'_>) -> rusqlite::Result<Stocktake> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    Ok(Stocktake {
        id: row.get(0)?,
        no: row.get(1)?,
        period: row.get(2)?,
        scope: Scope::parse(&text(3)?, &text(4)?),
        status: Status::parse(&text(5)?).unwrap_or(Status::Archived),
        blind: row.get(6)?,
        planned_on: text(7)?,
        frozen_at: text(8)?,
        checker: text(9)?,
        approver: text(10)?,
        published_on: text(11)?,
        notice_until: text(12)?,
    })
}

/// The stocktake of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Stocktake>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM stocktake WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], stocktake).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Stocktake, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

fn many(conn: &Connection, rest: &str, values: impl rusqlite::Params) -> Result<Vec<Stocktake>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM stocktake WHERE {rest}");
    Ok(conn.prepare_cached(&sql)?.query_map(values, stocktake)?.collect::<Result<_, _>>()?)
}

/// Those that are being counted.
pub(crate) fn counting(conn: &Connection) -> Result<Vec<Stocktake>, Refusal> {
    many(conn, "status = ?1 ORDER BY id", [Status::Counting.word()])
}

/// Those that go on.
pub(crate) fn open(conn: &Connection) -> Result<Vec<Stocktake>, Refusal> {
    many(conn, "status NOT IN ('归档', '已取消') ORDER BY id", [])
}

/// The last one that was begun in a time, by the day the book was written down.
pub(crate) fn last_within(conn: &Connection, from: &str, to: &str) -> Result<Option<Stocktake>, Refusal> {
    let rest = "frozen_at >= ?1 AND substr(frozen_at, 1, 10) <= ?2 ORDER BY frozen_at DESC, id DESC LIMIT 1";
    Ok(many(conn, rest, [from, to])?.into_iter().next())
}

/// Whether one was planned or held in a part of the year.
pub(crate) fn any_in(conn: &Connection, period: &str) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM stocktake WHERE period = ?1 AND status <> '已取消')";
    Ok(conn.prepare_cached(sql)?.query_row([period], |row| row.get(0))?)
}

/// How many were numbered in a part of the year.
pub(crate) fn count_in(conn: &Connection, period: &str) -> Result<i64, Refusal> {
    let sql = "SELECT count(*) FROM stocktake WHERE period = ?1";
    Ok(conn.prepare_cached(sql)?.query_row([period], |row| row.get(0))?)
}

/// Refuses to count on one that is not being counted.
pub(crate) fn must_count(cx: &Cx<'_>, of: &Stocktake) -> Result<(), Refusal> {
    if of.status == Status::Counting { Ok(()) } else { Err(stands(cx, of)) }
}

/// That a stocktake stands otherwise.
pub(crate) fn stands(cx: &Cx<'_>, of: &Stocktake) -> Refusal {
    let status = cx.catalog.show_word("stocktake_statuses", of.status.word(), cx.t.lang());
    Refusal::rule("stocktakes-stands").with("no", &of.no).with("status", status)
}

/// Writes the book down: a line for everything the office has within the scope, in the order of the shelves. What the book
/// itself says is missing is not looked for; whoever finds it has found it.
pub(crate) fn freeze(conn: &Connection, of: &Stocktake, stamp: &Stamp) -> Result<(), Refusal> {
    let (within, which) = match &of.scope {
        Scope::All => ("?4 = ?4", Value::Integer(1)),
        Scope::Owner(org) => ("a.owner = ?4", Value::Text(org.clone())),
        Scope::Category(category) => ("a.category = ?4", Value::Text(category.clone())),
        Scope::Zone(code) => (
            "a.place IN (SELECT t.zone FROM zone_tree AS t JOIN zone AS z ON z.id = t.ancestor WHERE z.code = ?4)",
            Value::Text(code.clone()),
        ),
    };
    let sql = format!(
        "INSERT INTO stocktake_line (no, stocktake, position, expected, asset, tag, name, owner, custodian, place, shelf, status, \
           version, created_at, created_by, updated_at, updated_by) \
         SELECT printf('%s-%03d', ?2, row_number() OVER shelves), ?1, row_number() OVER shelves, 1, a.id, a.no, a.name, a.owner, \
           a.custodian, a.place, a.shelf, a.status, 1, ?3, ?5, ?3, ?5 \
         FROM asset AS a LEFT JOIN zone AS z ON z.id = a.place \
         WHERE a.live = 1 AND a.status <> '盘亏' AND {within} \
         WINDOW shelves AS (ORDER BY z.code IS NULL, z.code, a.shelf, a.shelf_order, a.no)"
    );
    let values = [
        Value::Integer(of.id),
        Value::Text(of.no.clone()),
        Value::Text(stamp.at.clone()),
        which,
        Value::Text(stamp.operator.clone()),
    ];
    conn.prepare(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

/// What was not counted is missing: said by whoever ended the counting.
pub(crate) fn rest_is_missing(conn: &Connection, of: i64, stamp: &Stamp) -> Result<usize, Refusal> {
    let at: String = stamp.at.chars().take(16).collect();
    let sql = "UPDATE stocktake_line SET result = '盘亏', scanned = 0, counted_at = ?2, counted_by = ?3, \
               counted_seq = (SELECT coalesce(max(counted_seq), 0) FROM stocktake_line) + n.rank, \
               version = version + 1, updated_at = ?4, updated_by = ?3 \
               FROM (SELECT id, row_number() OVER (ORDER BY position) AS rank FROM stocktake_line \
                     WHERE stocktake = ?1 AND result IS NULL AND void = 0) AS n WHERE n.id = stocktake_line.id";
    Ok(conn.prepare(sql)?.execute(params![of, at, stamp.operator, stamp.at])?)
}

/// What was said about a published stocktake.
pub(crate) fn objections(conn: &Connection, of: i64) -> Result<Vec<Objection>, Refusal> {
    let sql = "SELECT id, org, text, raised_on, raised_by, coalesce(reply, '') FROM stocktake_objection \
               WHERE stocktake = ?1 ORDER BY id";
    let mut read = conn.prepare_cached(sql)?;
    let rows = read.query_map([of], |row| {
        Ok(Objection {
            id: row.get(0)?,
            org: row.get(1)?,
            text: row.get(2)?,
            raised_on: row.get(3)?,
            raised_by: row.get(4)?,
            reply: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes an objection down.
pub(crate) fn object(
    conn: &Connection,
    of: i64,
    org: &str,
    text: &str,
    stamp: &Stamp,
) -> Result<(), Refusal> {
    let on: String = stamp.at.chars().take(10).collect();
    let sql = "INSERT INTO stocktake_objection (stocktake, org, text, raised_on, raised_by) VALUES (?1, ?2, ?3, ?4, ?5)";
    conn.prepare_cached(sql)?.execute(params![of, org, text, on, stamp.operator])?;
    Ok(())
}

/// Answers the open objections of an association.
pub(crate) fn reply(
    conn: &Connection,
    of: i64,
    org: &str,
    text: &str,
    stamp: &Stamp,
) -> Result<usize, Refusal> {
    let on: String = stamp.at.chars().take(10).collect();
    let sql = "UPDATE stocktake_objection SET reply = ?3, replied_on = ?4, replied_by = ?5 \
               WHERE stocktake = ?1 AND org = ?2 AND reply IS NULL";
    Ok(conn.prepare_cached(sql)?.execute(params![of, org, text, on, stamp.operator])?)
}
