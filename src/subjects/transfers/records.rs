//! How transfers are kept: SQL and nothing else.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::desk::refusal::Refusal;

use super::rules::Status;

/// A transfer of ownership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Transfer {
    /// Number in the file.
    pub id: i64,
    /// `QS-2026-001`.
    pub no: String,
    /// The asset's number in the file.
    pub asset: i64,
    /// Association code: whose it was.
    pub from: String,
    /// Association code: whose it becomes.
    pub to: String,
    /// Where it stands.
    pub status: Status,
    /// The day it was proposed, ISO.
    pub proposed_on: String,
}

const COLUMNS: &str = "id, no, asset, from_org, to_org, status, proposed_on";

fn transfer(row: &Row<'_>) -> rusqlite::Result<Transfer> {
    let word: String = row.get(5)?;
    Ok(Transfer {
        id: row.get(0)?,
        no: row.get(1)?,
        asset: row.get(2)?,
        from: row.get(3)?,
        to: row.get(4)?,
        status: Status::parse(&word).unwrap_or(Status::Withdrawn),
        proposed_on: row.get(6)?,
    })
}

/// The transfer of this number in the file, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Transfer, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM asset_transfer WHERE id = ?1");
    let found = conn.prepare_cached(&sql)?.query_row([id], transfer).optional()?;
    found.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The transfers of an asset, the newest first.
pub(crate) fn of_asset(conn: &Connection, asset: i64) -> Result<Vec<Transfer>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM asset_transfer WHERE asset = ?1 ORDER BY id DESC LIMIT 20");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([asset], transfer)?.collect::<Result<_, _>>()?)
}

/// The one of an asset that is still under way.
pub(crate) fn open_of(conn: &Connection, asset: i64) -> Result<Option<Transfer>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM asset_transfer WHERE asset = ?1 AND open = 1");
    Ok(conn.prepare_cached(&sql)?.query_row([asset], transfer).optional()?)
}

/// What is under way, by number.
pub(crate) fn open(conn: &Connection, most: usize) -> Result<Vec<Transfer>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM asset_transfer WHERE open = 1 ORDER BY no, id LIMIT ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Ok(statement.query_map([most], transfer)?.collect::<Result<_, _>>()?)
}
