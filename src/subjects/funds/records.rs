//! How funds are kept: SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::desk::refusal::Refusal;
use crate::subjects::journal::rules::{FundRule, Restriction};
use crate::subjects::keep;

/// A fund, as the journal's rules look at one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fund {
    /// Number in the file.
    pub id: i64,
    /// `F-BL-01`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Association code.
    pub owner: String,
    /// What it may pay, and when.
    pub rule: FundRule,
    /// May bear running costs.
    pub shareable: bool,
    /// Takes nothing more.
    pub closed: bool,
}

const COLUMNS: &str =
    "id, code, name, owner, restriction, accounts, shareable, valid_from, valid_to, closed_on IS NOT NULL";

fn fund(row: &Row<'_>) -> rusqlite::Result<Fund> {
    let day =
        |at: usize| row.get::<_, Option<String>>(at).map(|iso| iso.and_then(|d| d.parse::<NaiveDate>().ok()));
    let restricted = row.get::<_, String>(4)? == "限定性";
    let accounts: Option<String> = row.get(5)?;
    Ok(Fund {
        id: row.get(0)?,
        code: row.get(1)?,
        name: row.get(2)?,
        owner: row.get(3)?,
        rule: FundRule {
            restriction: if restricted { Restriction::Restricted } else { Restriction::Unrestricted },
            accounts: keep::parts(&accounts.unwrap_or_default()),
            from: day(7)?.unwrap_or_default(),
            to: day(8)?,
            closed: row.get(9)?,
        },
        shareable: row.get(6)?,
        closed: row.get(9)?,
    })
}

/// The fund of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Fund>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM fund WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], fund).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Fund, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The fund of this code.
pub(crate) fn by_code(conn: &Connection, code: &str) -> Result<Option<Fund>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM fund WHERE code = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([code], fund).optional()?)
}

/// Every fund that still takes something, by owner and code.
pub(crate) fn open(conn: &Connection) -> Result<Vec<Fund>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM fund WHERE closed_on IS NULL ORDER BY owner, code");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([], fund)?.collect::<Result<_, _>>()?)
}

/// Whether any line of the journal names it.
pub(crate) fn used(conn: &Connection, id: i64) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM journal_split WHERE fund = ?1)";
    Ok(conn.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
}
