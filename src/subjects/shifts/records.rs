//! How shifts are kept, and what they come to: who is busy when, how much each has. SQL and nothing else.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::subjects::venue::rules::{Hours, Span};

use super::rules::Status;

/// The longest a shift is, in minutes; the file's own guard reckons with it.
pub(crate) const LONGEST: i64 = 1440;

/// Somebody does something from when to when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shift {
    /// Number in the file.
    pub id: i64,
    /// `PB-2026-031`.
    pub no: String,
    /// Who.
    pub staff: i64,
    /// For which association.
    pub org: String,
    /// What for.
    pub task: String,
    /// One of the kinds.
    pub kind: String,
    /// The request it is for.
    pub request: Option<i64>,
    /// Where.
    pub zone: Option<i64>,
    /// When it begins and ends.
    pub starts: NaiveDateTime,
    /// See `starts`.
    pub ends: NaiveDateTime,
    /// Where it stands.
    pub status: Status,
    /// Minutes really worked; none until it is over.
    pub minutes: Option<i64>,
    /// 1 to 5.
    pub rating: Option<i64>,
    /// Who is to take it, until somebody says yes or no.
    pub swap_to: Option<i64>,
    /// What is taken in exchange.
    pub swap_with: Option<i64>,
    /// The same in minutes.
    pub span: Span,
    /// For optimistic locking.
    pub version: i64,
}

impl Shift {
    /// Its day.
    pub(crate) fn day(&self) -> NaiveDate {
        self.starts.date()
    }

    /// Its hours on that day.
    pub(crate) fn hours(&self) -> Hours {
        Hours::between(self.starts, self.ends)
    }
}

const COLUMNS: &str = "id, no, staff, org, task, kind, request, zone, starts_at, ends_at, status, minutes, rating, swap_to, \
                       swap_with, start_min, end_min, version";

fn shift(row: &Row<'_>) -> rusqlite::Result<Shift> {
    let moment = |at: usize| {
        let iso: String = row.get(at)?;
        Ok::<_, rusqlite::Error>(NaiveDateTime::parse_from_str(&iso, "%Y-%m-%dT%H:%M").unwrap_or_default())
    };
    let status: String = row.get(10)?;
    Ok(Shift {
        id: row.get(0)?,
        no: row.get(1)?,
        staff: row.get(2)?,
        org: row.get(3)?,
        task: row.get(4)?,
        kind: row.get(5)?,
        request: row.get(6)?,
        zone: row.get(7)?,
        starts: moment(8)?,
        ends: moment(9)?,
        status: Status::parse(&status).unwrap_or(Status::Cancelled),
        minutes: row.get(11)?,
        rating: row.get(12)?,
        swap_to: row.get(13)?,
        swap_with: row.get(14)?,
        span: Span { from: row.get(15)?, to: row.get(16)? },
        version: row.get(17)?,
    })
}

/// The shift of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Shift>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM shift WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], shift).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Shift, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// What somebody does at some minute of a stretch of time, by time.
pub(crate) fn rivals(
    conn: &Connection,
    staff: i64,
    span: Span,
    except: &[i64],
) -> Result<Vec<Shift>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM shift WHERE staff = ?1 AND holds = 1 AND start_min > ?2 AND start_min < ?4 AND end_min > ?3
         ORDER BY start_min, id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let values = params![staff, span.from - LONGEST, span.from, span.to];
    let all = statement.query_map(values, shift)?.collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().filter(|s| !except.contains(&s.id)).collect())
}

/// What is on from a moment on, and until another, of everybody; by time, then person.
pub(crate) fn within(conn: &Connection, span: Span) -> Result<Vec<Shift>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM shift WHERE holds = 1 AND start_min > ?1 AND start_min < ?3 AND end_min > ?2
         ORDER BY start_min, staff, id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement
        .query_map(params![span.from - LONGEST, span.from, span.to], shift)?
        .collect::<Result<_, _>>()?)
}

/// The same of one kind only, and only what is done at a place of the office; by time, then person.
pub(crate) fn at_places(conn: &Connection, kind: &str, span: Span) -> Result<Vec<Shift>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM shift INDEXED BY shift_at WHERE holds = 1 AND start_min > ?1 AND start_min < ?3
           AND end_min > ?2 AND kind = ?4 AND zone IS NOT NULL ORDER BY start_min, staff, id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let values = params![span.from - LONGEST, span.from, span.to, kind];
    Ok(statement.query_map(values, shift)?.collect::<Result<_, _>>()?)
}

/// The same of one person, whatever became of it where `all`.
pub(crate) fn of(conn: &Connection, staff: i64, span: Span, most: usize) -> Result<Vec<Shift>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM shift WHERE staff = ?1 AND holds = 1 AND start_min >= ?2 AND start_min < ?3
         ORDER BY start_min, id LIMIT ?4"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map(params![staff, span.from, span.to, most], shift)?.collect::<Result<_, _>>()?)
}

/// The shifts made for a request, by number in the file.
pub(crate) fn for_request(conn: &Connection, request: i64) -> Result<Vec<Shift>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM shift WHERE request = ?1 ORDER BY id");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([request], shift)?.collect::<Result<_, _>>()?)
}

/// The shifts that were made in the same step as this one, itself among them.
pub(crate) fn made_with(conn: &Connection, shift: &Shift) -> Result<Vec<Shift>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM shift WHERE starts_at = (SELECT starts_at FROM shift WHERE id = ?1)
           AND (created_at, created_by, ends_at, org, task) =
               (SELECT created_at, created_by, ends_at, org, task FROM shift WHERE id = ?1) ORDER BY id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([shift.id], self::shift)?.collect::<Result<_, _>>()?)
}

/// Shifts that somebody wants to give to another, by time.
pub(crate) fn swapping(conn: &Connection, most: usize) -> Result<Vec<Shift>, Refusal> {
    let sql =
        format!("SELECT {COLUMNS} FROM shift WHERE swap_to IS NOT NULL ORDER BY starts_at, id LIMIT ?1");
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([most], shift)?.collect::<Result<_, _>>()?)
}

/// Shifts that are planned and begin in a stretch of time (ISO texts, the end not counted); by time.
pub(crate) fn planned(conn: &Connection, from: &str, to: &str, most: usize) -> Result<Vec<Shift>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM shift WHERE status = '已排' AND starts_at >= ?1 AND starts_at < ?2 ORDER BY starts_at, id LIMIT ?3"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map(params![from, to, most], shift)?.collect::<Result<_, _>>()?)
}

/// Every shift that holds, of one person or of all, by time, to be looked at one after another.
pub(crate) fn each(
    conn: &Connection,
    staff: Option<i64>,
    mut look: impl FnMut(Shift) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM shift WHERE holds = 1 AND (?1 IS NULL OR staff = ?1) ORDER BY starts_at, id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([staff])?;
    while let Some(row) = rows.next()? {
        look(shift(row)?)?;
    }
    Ok(())
}

/// Who is busy at some minute of a stretch of time.
pub(crate) fn busy(conn: &Connection, span: Span, except: &[i64]) -> Result<Vec<i64>, Refusal> {
    let sql = "SELECT id, staff FROM shift INDEXED BY shift_at
               WHERE holds = 1 AND start_min > ?1 AND start_min < ?3 AND end_min > ?2";
    let mut statement = conn.prepare_cached(sql)?;
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let all = statement
        .query_map(params![span.from - LONGEST, span.from, span.to], row)?
        .collect::<Result<Vec<(i64, i64)>, _>>()?;
    Ok(all.into_iter().filter(|(id, _)| !except.contains(id)).map(|(_, staff)| staff).collect())
}

/// Minutes of one person for one association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Load {
    /// Who.
    pub staff: i64,
    /// Their home association.
    pub home: String,
    /// For which association.
    pub org: String,
    /// How much.
    pub minutes: i64,
}

/// Minutes of each person for each association, of what begins in a stretch of time.
pub(crate) fn loads(conn: &Connection, span: Span) -> Result<Vec<Load>, Refusal> {
    let sql = "SELECT l.staff, p.org, l.org, l.minutes FROM (
                 SELECT staff, org, sum(end_min - start_min) AS minutes FROM shift INDEXED BY shift_at
                 WHERE holds = 1 AND start_min >= ?1 AND start_min < ?2 GROUP BY staff, org) AS l
               JOIN staff AS p ON p.id = l.staff";
    let mut statement = conn.prepare_cached(sql)?;
    let row = |row: &Row<'_>| {
        Ok(Load { staff: row.get(0)?, home: row.get(1)?, org: row.get(2)?, minutes: row.get(3)? })
    };
    Ok(statement.query_map(params![span.from, span.to], row)?.collect::<Result<_, _>>()?)
}

/// How often somebody has worked for an association, of what began in a stretch of time; counted no further than `most`.
pub(crate) fn times(conn: &Connection, staff: i64, org: &str, span: Span, most: i64) -> Result<i64, Refusal> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM shift INDEXED BY shift_for
               WHERE holds = 1 AND org = ?1 AND staff = ?2 AND start_min >= ?3 AND start_min < ?4 LIMIT ?5)";
    let values = params![org, staff, span.from, span.to, most];
    Ok(conn.prepare_cached(sql)?.query_row(values, |row| row.get(0))?)
}

/// Minutes somebody has: of what begins in a week, and of what begins in another stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Minutes {
    /// In the week.
    pub week: i64,
    /// In the other stretch.
    pub load: i64,
}

impl Minutes {
    fn add(&mut self, (week, load): (Span, Span), (from, to): (i64, i64)) {
        self.week += if week.from <= from && from < week.to { to - from } else { 0 };
        self.load += if load.from <= from && from < load.to { to - from } else { 0 };
    }
}

/// The minutes of one person.
pub(crate) fn minutes(conn: &Connection, staff: i64, week: Span, load: Span) -> Result<Minutes, Refusal> {
    let sql = "SELECT start_min, end_min FROM shift INDEXED BY shift_of
               WHERE holds = 1 AND staff = ?1 AND start_min >= ?2 AND start_min < ?3";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([staff, week.from.min(load.from), week.to.max(load.to)])?;
    let mut found = Minutes::default();
    while let Some(row) = rows.next()? {
        found.add((week, load), (row.get(0)?, row.get(1)?));
    }
    Ok(found)
}

/// The minutes of everybody who has any.
pub(crate) fn all_minutes(
    conn: &Connection,
    week: Span,
    load: Span,
) -> Result<HashMap<i64, Minutes>, Refusal> {
    let sql = "SELECT staff, start_min, end_min FROM shift INDEXED BY shift_at
               WHERE holds = 1 AND start_min >= ?1 AND start_min < ?2";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([week.from.min(load.from), week.to.max(load.to)])?;
    let mut found: HashMap<i64, Minutes> = HashMap::new();
    while let Some(row) = rows.next()? {
        found.entry(row.get(0)?).or_default().add((week, load), (row.get(1)?, row.get(2)?));
    }
    Ok(found)
}

/// Minutes that the people of each association have for others, of what begins between two days, both included.
pub(crate) fn lent(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<HashMap<String, i64>, Refusal> {
    let sql = "SELECT home, sum(minutes) FROM staff_lent WHERE day BETWEEN ?1 AND ?2 GROUP BY home";
    let mut statement = conn.prepare_cached(sql)?;
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    Ok(statement.query_map([of_epoch(from), of_epoch(to)], row)?.collect::<Result<_, _>>()?)
}

/// Minutes that an association has from the people of others, of what begins between two days, both included.
pub(crate) fn had(conn: &Connection, org: &str, from: NaiveDate, to: NaiveDate) -> Result<i64, Refusal> {
    let sql = "SELECT coalesce(sum(minutes), 0) FROM staff_lent WHERE day BETWEEN ?1 AND ?2 AND org = ?3";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_row(params![of_epoch(from), of_epoch(to), org], |row| row.get(0))?)
}

/// Days since 1970-01-01.
fn of_epoch(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}

/// The same shift by shift: for which association, minutes.
pub(crate) fn worked_for(
    conn: &Connection,
    staff: i64,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(String, i64)>, Refusal> {
    let sql = "SELECT org, coalesce(minutes, end_min - start_min) FROM shift
               WHERE staff = ?1 AND status = '已完成' AND starts_at >= ?2 AND starts_at < ?3";
    let after = to.succ_opt().unwrap_or(to).to_string();
    let mut statement = conn.prepare_cached(sql)?;
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    Ok(statement.query_map(params![staff, from.to_string(), after], row)?.collect::<Result<_, _>>()?)
}

/// What somebody has worked: how many times, minutes in all (as written down; else as planned). Only what is over counts.
pub(crate) fn worked(
    conn: &Connection,
    staff: i64,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<(i64, i64), Refusal> {
    let sql = "SELECT count(*), coalesce(sum(coalesce(minutes, end_min - start_min)), 0) FROM shift
               WHERE staff = ?1 AND status = '已完成' AND starts_at >= ?2 AND starts_at < ?3";
    let after = to.succ_opt().unwrap_or(to).to_string();
    Ok(conn
        .prepare_cached(sql)?
        .query_row(params![staff, from.to_string(), after], |row| Ok((row.get(0)?, row.get(1)?)))?)
}
