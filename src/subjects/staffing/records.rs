//! How requests for people are kept: SQL and nothing else.

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::subjects::keep;
use crate::subjects::shifts::plan::Plan;
use crate::subjects::venue::rules::{Hours, Span};

use super::rules::Status;

/// What an association asks people for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    /// Number in the file.
    pub id: i64,
    /// `YR-2026-004`.
    pub no: String,
    /// Association code.
    pub org: String,
    /// What for.
    pub task: String,
    /// Skills wanted.
    pub skills: Vec<String>,
    /// How many.
    pub number: i64,
    /// How many are assigned.
    pub filled: i64,
    /// When it begins and ends.
    pub starts: NaiveDateTime,
    /// See `starts`.
    pub ends: NaiveDateTime,
    /// Where.
    pub zone: Option<i64>,
    /// Where, when that is no zone.
    pub place: String,
    /// Where it stands.
    pub status: Status,
    /// Who asked.
    pub applicant: String,
    /// 1 to 5.
    pub rating: Option<i64>,
}

impl Request {
    /// Its day.
    pub(crate) fn day(&self) -> NaiveDate {
        self.starts.date()
    }

    /// Its hours on that day.
    pub(crate) fn hours(&self) -> Hours {
        Hours::between(self.starts, self.ends)
    }

    /// How many more are wanted.
    pub(crate) fn missing(&self) -> i64 {
        if self.status.open() { (self.number - self.filled).max(0) } else { 0 }
    }

    /// The same as something to be done.
    pub(crate) fn plan(&self) -> Plan {
        Plan {
            day: self.day(),
            hours: (self.hours().from, self.hours().to),
            org: self.org.clone(),
            skills: self.skills.clone(),
            number: usize::try_from(self.missing()).unwrap_or(1).max(1),
            except: Vec::new(),
        }
    }
}

const COLUMNS: &str =
    "id, no, org, task, skills, number, filled, starts_at, ends_at, zone, place, status, applicant, rating";

fn request(row: &Row<'_>) -> rusqlite::Result<Request> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    let moment = |at: usize| {
        let iso: String = row.get(at)?;
        Ok::<_, rusqlite::Error>(NaiveDateTime::parse_from_str(&iso, "%Y-%m-%dT%H:%M").unwrap_or_default())
    };
    Ok(Request {
        id: row.get(0)?,
        no: row.get(1)?,
        org: row.get(2)?,
        task: row.get(3)?,
        skills: keep::parts(&text(4)?),
        number: row.get(5)?,
        filled: row.get(6)?,
        starts: moment(7)?,
        ends: moment(8)?,
        zone: row.get(9)?,
        place: text(10)?,
        status: Status::parse(&text(11)?).unwrap_or(Status::Withdrawn),
        applicant: text(12)?,
        rating: row.get(13)?,
    })
}

/// The request of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Request>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM staff_request WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], request).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Request, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// Requests that are open and begin within a stretch of time, by time.
pub(crate) fn within(conn: &Connection, span: Span) -> Result<Vec<Request>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM staff_request WHERE starts_at >= ?1 AND starts_at < ?2
           AND status IN ('待审核', '部分满足', '已调配', '执行中') ORDER BY starts_at, id"
    );
    let iso = |minute| crate::subjects::venue::rules::moment_of(minute).format("%Y-%m-%dT%H:%M").to_string();
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map(params![iso(span.from), iso(span.to)], request)?.collect::<Result<_, _>>()?)
}

/// Requests in one state, by time; at most so many.
pub(crate) fn in_state(conn: &Connection, status: Status, most: usize) -> Result<Vec<Request>, Refusal> {
    let sql =
        format!("SELECT {COLUMNS} FROM staff_request WHERE status = ?1 ORDER BY starts_at, id LIMIT ?2");
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map(params![status.word(), most], request)?.collect::<Result<_, _>>()?)
}
