//! How requests and loans are kept: SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;

use super::rules::{Days, Status};

/// A request for an asset, or the loan it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loan {
    /// Number in the file.
    pub id: i64,
    /// `ZS-2026-001`.
    pub no: String,
    /// The asset's number in the file; none as long as only a kind was asked for.
    pub asset: Option<i64>,
    /// The kind asked for; empty for one asset.
    pub wanted: String,
    /// Association code: who asks.
    pub org: String,
    /// Who carries it.
    pub borrower: String,
    /// What it is for.
    pub purpose: String,
    /// First and last day it was promised for.
    pub days: Days,
    /// The day it went out.
    pub out_on: Option<NaiveDate>,
    /// The day it came back.
    pub returned_on: Option<NaiveDate>,
    /// In what state; empty while out.
    pub returned_state: String,
    /// Where it stands.
    pub status: Status,
    /// How often it was extended.
    pub extended: i64,
    /// How the asset stood before; empty while it is not out.
    pub was: String,
    /// Who asked.
    pub applicant: String,
    /// For optimistic locking.
    pub version: i64,
}

impl Loan {
    /// Days past its last one on which it is still out; 0 or less for none.
    pub(crate) fn late(&self, today: NaiveDate) -> i64 {
        if self.status == Status::Out { (today - self.days.to).num_days() } else { 0 }
    }
}

const COLUMNS: &str = "id, no, asset, wanted, org, borrower, purpose, from_on, due_on, out_on, returned_on, returned_state, \
                       status, extended, was, applicant, version";

fn loan(row: &Row<'_>) -> rusqlite::Result<Loan> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    let day = |at: usize| Ok::<_, rusqlite::Error>(text(at)?.parse::<NaiveDate>().ok());
    Ok(Loan {
        id: row.get(0)?,
        no: row.get(1)?,
        asset: row.get(2)?,
        wanted: text(3)?,
        org: row.get(4)?,
        borrower: text(5)?,
        purpose: text(6)?,
        days: Days { from: day(7)?.unwrap_or_default(), to: day(8)?.unwrap_or_default() },
        out_on: day(9)?,
        returned_on: day(10)?,
        returned_state: text(11)?,
        status: Status::parse(&text(12)?).unwrap_or(Status::Withdrawn),
        extended: row.get(13)?,
        was: text(14)?,
        applicant: text(15)?,
        version: row.get(16)?,
    })
}

/// Loans of one question, each as a row of the table.
fn several(conn: &Connection, rest: &str, values: impl rusqlite::Params) -> Result<Vec<Loan>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM asset_loan WHERE {rest}");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map(values, loan)?.collect::<Result<_, _>>()?)
}

/// The loan of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Loan>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM asset_loan WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], loan).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Loan, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// What has a claim on an asset on any of these days, by day.
pub(crate) fn holding(
    conn: &Connection,
    asset: i64,
    days: Days,
    except: Option<i64>,
) -> Result<Vec<Loan>, Refusal> {
    let rest =
        "asset = ?1 AND holds = 1 AND from_on <= ?2 AND due_on >= ?3 AND id IS NOT ?4 ORDER BY from_on, id";
    several(conn, rest, params![asset, days.to.to_string(), days.from.to_string(), except])
}

/// Who has an asset now.
pub(crate) fn held(conn: &Connection, asset: i64) -> Result<Option<Loan>, Refusal> {
    Ok(several(conn, "asset = ?1 AND status = '使用中'", [asset])?.into_iter().next())
}

/// What is promised from a day on, by day.
pub(crate) fn coming(conn: &Connection, asset: i64, from: NaiveDate) -> Result<Vec<Loan>, Refusal> {
    let rest =
        "asset = ?1 AND holds = 1 AND status = '已批准' AND due_on >= ?2 ORDER BY from_on, id LIMIT 20";
    several(conn, rest, params![asset, from.to_string()])
}

/// Requests for just this asset that are not decided yet and touch these days, but for one.
pub(crate) fn asked(
    conn: &Connection,
    asset: i64,
    days: Days,
    except: Option<i64>,
) -> Result<Vec<Loan>, Refusal> {
    let rest =
        "status = '待审核' AND asset = ?1 AND from_on <= ?2 AND due_on >= ?3 AND id IS NOT ?4 ORDER BY id";
    several(conn, rest, params![asset, days.to.to_string(), days.from.to_string(), except])
}

/// The last loans of an asset, the newest first.
pub(crate) fn history(conn: &Connection, asset: i64, most: usize) -> Result<Vec<Loan>, Refusal> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    several(conn, "asset = ?1 ORDER BY id DESC LIMIT ?2", params![asset, most])
}

/// The last loans of a borrower, the newest first.
pub(crate) fn of_borrower(conn: &Connection, name: &str, most: usize) -> Result<Vec<Loan>, Refusal> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    several(conn, "borrower = ?1 ORDER BY id DESC LIMIT ?2", params![name, most])
}

/// Loans out that are due up to a day, the longest due first.
pub(crate) fn due(conn: &Connection, upto: NaiveDate, most: usize) -> Result<Vec<Loan>, Refusal> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rest = "status = '使用中' AND due_on <= ?1 ORDER BY due_on, id LIMIT ?2";
    several(conn, rest, params![upto.to_string(), most])
}

/// Requests in one state that begin up to a day, the first to begin first.
pub(crate) fn beginning(
    conn: &Connection,
    status: Status,
    upto: &str,
    most: usize,
) -> Result<Vec<Loan>, Refusal> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rest = "status = ?1 AND from_on <= ?2 ORDER BY from_on, id LIMIT ?3";
    several(conn, rest, params![status.word(), upto, most])
}

/// Loans that came back not whole and are not settled yet.
pub(crate) fn unsettled(conn: &Connection, most: usize) -> Result<Vec<Loan>, Refusal> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rest =
        "status = '已归还' AND returned_state IN ('损坏', '缺件', '丢失') ORDER BY due_on, id LIMIT ?1";
    several(conn, rest, [most])
}

/// Requests that begin in a period, both days included, by day.
pub(crate) fn within(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Loan>, Refusal> {
    let rest = "from_on >= ?1 AND from_on <= ?2 ORDER BY from_on, id";
    several(conn, rest, params![from.to_string(), to.to_string()])
}

/// How many are out, and how many of them past a day.
pub(crate) fn counts(conn: &Connection, today: NaiveDate) -> Result<(i64, i64), Refusal> {
    let sql = "SELECT count(*), coalesce(sum(due_on < ?1), 0) FROM asset_loan WHERE status = '使用中'";
    Ok(conn.prepare_cached(sql)?.query_row([today.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Days lent since a month (`YYYY-MM`): owner, who had it, days.
pub(crate) fn used(
    conn: &Connection,
    since: &str,
    upto: &str,
) -> Result<Vec<(String, String, i64)>, Refusal> {
    let sql = "SELECT owner, org, sum(days) FROM asset_use WHERE month >= ?1 AND month <= ?2
               GROUP BY owner, org HAVING sum(days) <> 0 ORDER BY owner, org";
    let mut statement = conn.prepare_cached(sql)?;
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    Ok(statement.query_map([since, upto], row)?.collect::<Result<_, _>>()?)
}
