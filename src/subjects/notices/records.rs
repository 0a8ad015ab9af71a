//! How financial notices are kept: SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use crate::desk::refusal::Refusal;
use crate::subjects::journal::reports::sums;

use super::rules::Status;

/// A financial notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    /// `TB-2025Q4-BL`.
    pub no: String,
    /// The association.
    pub org: String,
    /// First day it is about.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// When it was sent.
    pub issued: NaiveDate,
    /// When it was read.
    pub read: Option<NaiveDate>,
    /// What was objected to; empty for nothing.
    pub objection: String,
    /// What was answered; empty for nothing.
    pub reply: String,
    /// Where it stands.
    pub status: Status,
}

/// The notice of this number in the file, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Notice, Refusal> {
    let sql = "SELECT no, org, from_on, to_on, issued_on, read_on, coalesce(objection, ''), coalesce(reply, ''), status \
               FROM financial_notice WHERE id = ?1";
    let found = conn.prepare_cached(sql)?.query_row([id], |row| {
        Ok(Notice {
            no: row.get(0)?,
            org: row.get(1)?,
            from: sums::day(&row.get::<_, String>(2)?),
            to: sums::day(&row.get::<_, String>(3)?),
            issued: sums::day(&row.get::<_, String>(4)?),
            read: row.get::<_, Option<String>>(5)?.map(|iso| sums::day(&iso)),
            objection: row.get(6)?,
            reply: row.get(7)?,
            status: Status::parse(&row.get::<_, String>(8)?).unwrap_or(Status::Sent),
        })
    });
    found.optional()?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// Whether an association has its notice about a period.
pub(crate) fn issued(conn: &Connection, org: &str, from: NaiveDate, to: NaiveDate) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM financial_notice WHERE org = ?1 AND from_on = ?2 AND to_on = ?3)";
    let values = params![org, from.to_string(), to.to_string()];
    Ok(conn.prepare_cached(sql)?.query_row(values, |row| row.get(0))?)
}

/// References of an association's notices, or of all, that stand so.
pub(crate) fn standing(
    conn: &Connection,
    org: Option<&str>,
    status: Status,
) -> Result<Vec<(String, String)>, Refusal> {
    let sql = "SELECT no, org FROM financial_notice WHERE status = ?1 AND (?2 IS NULL OR org = ?2) ORDER BY id LIMIT 20";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params![status.word(), org], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Who heads an association on a day, by name; empty when nobody does.
pub(crate) fn head(conn: &Connection, org: &str, on: NaiveDate) -> Result<String, Refusal> {
    let sql = "SELECT o.name FROM operator_post p JOIN operator o ON o.id = p.operator_id WHERE p.org = ?1 \
               AND p.post IN ('association_head', 'liaison') AND p.from_on <= ?2 AND (p.to_on IS NULL OR p.to_on >= ?2) \
               ORDER BY p.post, p.operator_id LIMIT 1";
    let found = conn.prepare_cached(sql)?.query_row(params![org, on.to_string()], |row| row.get(0));
    Ok(found.optional()?.unwrap_or_default())
}

/// Vouchers of a period that are written and not posted.
pub(crate) fn unposted(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<i64, Refusal> {
    let sql = "SELECT count(*) FROM journal_entry INDEXED BY entry_by_status \
               WHERE status <> '已过账' AND status <> '已作废' AND leg = 1 \
               AND date BETWEEN ?1 AND ?2";
    Ok(conn.prepare_cached(sql)?.query_row(params![from.to_string(), to.to_string()], |row| row.get(0))?)
}

/// Whether anything was posted by the end of a day.
pub(crate) fn begun(conn: &Connection, by: NaiveDate) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM posted_total WHERE period <= substr(?1, 1, 7))";
    Ok(conn.prepare_cached(sql)?.query_row([by.to_string()], |row| row.get(0))?)
}
