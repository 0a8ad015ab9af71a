//! How bookings are kept: SQL and nothing else.

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::subjects::keep;

use super::rules::{Hours, Span, Status};

/// The longest a booking is busy, set-up and clean-up included, in minutes; the file's own guard reckons with it.
const LONGEST: i64 = 2880;

/// A booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Booking {
    /// Number in the file.
    pub id: i64,
    /// `YY-2026-031`.
    pub no: String,
    /// The zone's number in the file.
    pub zone: i64,
    /// Association code.
    pub org: String,
    /// What it is for.
    pub purpose: String,
    /// One of the six kinds.
    pub kind: String,
    /// When it begins and ends.
    pub starts: NaiveDateTime,
    /// See `starts`.
    pub ends: NaiveDateTime,
    /// Minutes before and after.
    pub setup: i64,
    /// See `setup`.
    pub cleanup: i64,
    /// How many come.
    pub people: Option<i64>,
    /// Accessibility wanted.
    pub needs: Vec<String>,
    /// Where it stands.
    pub status: Status,
    /// The series it belongs to.
    pub series: Option<i64>,
    /// Who asked for it.
    pub applicant: String,
    /// The booking it was moved to.
    pub moved_to: Option<i64>,
    /// What it is busy, in minutes.
    pub busy: Span,
    /// For optimistic locking.
    pub version: i64,
}

impl Booking {
    /// Its day.
    pub(crate) fn day(&self) -> NaiveDate {
        self.starts.date()
    }

    /// Its hours on that day.
    pub(crate) fn hours(&self) -> Hours {
        Hours::between(self.starts, self.ends)
    }
}

const COLUMNS: &str = "id, no, zone, org, purpose, kind, starts_at, ends_at, setup, cleanup, people, needs, status, series, \
                       applicant, moved_to, busy_from, busy_to, version";

fn booking(row: &Row<'_>) -> rusqlite::Result<Booking> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    let moment = |at: usize| {
        let iso: String = row.get(at)?;
        Ok::<_, rusqlite::Error>(NaiveDateTime::parse_from_str(&iso, "%Y-%m-%dT%H:%M").unwrap_or_default())
    };
    Ok(Booking {
        id: row.get(0)?,
        no: row.get(1)?,
        zone: row.get(2)?,
        org: row.get(3)?,
        purpose: row.get(4)?,
        kind: row.get(5)?,
        starts: moment(6)?,
        ends: moment(7)?,
        setup: row.get(8)?,
        cleanup: row.get(9)?,
        people: row.get(10)?,
        needs: keep::parts(&text(11)?),
        status: Status::parse(&text(12)?).unwrap_or(Status::Cancelled),
        series: row.get(13)?,
        applicant: text(14)?,
        moved_to: row.get(15)?,
        busy: Span { from: row.get(16)?, to: row.get(17)? },
        version: row.get(18)?,
    })
}

/// The booking of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Booking>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM booking WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], booking).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Booking, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// What holds the zone, one it lies in or one that lies in it, at any minute of a stretch of time; by time.
pub(crate) fn rivals(
    conn: &Connection,
    zone: i64,
    span: Span,
    except: Option<i64>,
) -> Result<Vec<Booking>, Refusal> {
    let columns = COLUMNS.split(", ").map(|c| format!("b.{}", c.trim())).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT {columns} FROM zone_rival AS r JOIN booking AS b ON b.zone = r.rival
         WHERE r.zone = ?1 AND b.holds = 1 AND b.id IS NOT ?2
           AND b.busy_from > ?3 AND b.busy_from < ?5 AND b.busy_to > ?4
         ORDER BY b.busy_from, b.id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let values = params![zone, except, span.from - LONGEST, span.from, span.to];
    Ok(statement.query_map(values, booking)?.collect::<Result<_, _>>()?)
}

/// The same as bare stretches of time: what a search over many days looks at.
pub(crate) fn taken(conn: &Connection, zone: i64, span: Span) -> Result<Vec<Span>, Refusal> {
    let sql = "SELECT b.busy_from, b.busy_to FROM zone_rival AS r JOIN booking AS b ON b.zone = r.rival
               WHERE r.zone = ?1 AND b.holds = 1 AND b.busy_from > ?2 AND b.busy_from < ?4 AND b.busy_to > ?3
               ORDER BY b.busy_from";
    let mut statement = conn.prepare_cached(sql)?;
    let values = params![zone, span.from - LONGEST, span.from, span.to];
    let each = statement.query_map(values, |row| Ok(Span { from: row.get(0)?, to: row.get(1)? }))?;
    Ok(each.collect::<Result<_, _>>()?)
}

/// Bookings of one zone from a moment on that are on or may come to be, the next first.
pub(crate) fn coming(
    conn: &Connection,
    zone: i64,
    from: NaiveDateTime,
    most: i64,
) -> Result<Vec<Booking>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM booking WHERE zone = ?1 AND starts_at >= ?2
         AND open = 1 ORDER BY starts_at LIMIT ?3"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let from = from.format("%Y-%m-%dT%H:%M").to_string();
    Ok(statement.query_map(params![zone, from, most], booking)?.collect::<Result<_, _>>()?)
}

/// What holds any zone from a day to a day, both included; by time, then zone.
pub(crate) fn held(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Booking>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM booking WHERE starts_at >= ?1 AND starts_at < ?2 AND holds = 1 ORDER BY starts_at, zone, id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let after = to.succ_opt().unwrap_or(to).to_string();
    Ok(statement.query_map(params![from.to_string(), after], booking)?.collect::<Result<_, _>>()?)
}

/// Bookings in one state that begin in a stretch of time (ISO texts, the end not counted); by time.
pub(crate) fn in_state(
    conn: &Connection,
    status: Status,
    from: &str,
    to: &str,
    most: usize,
) -> Result<Vec<Booking>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM booking WHERE status = ?1 AND starts_at >= ?2 AND starts_at < ?3 ORDER BY starts_at, id LIMIT ?4"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Ok(statement.query_map(params![status.word(), from, to, most], booking)?.collect::<Result<_, _>>()?)
}

/// How many bookings in one state begin in a stretch of time.
pub(crate) fn count_in_state(
    conn: &Connection,
    status: Status,
    from: &str,
    to: &str,
) -> Result<usize, Refusal> {
    let sql = "SELECT count(*) FROM booking WHERE status = ?1 AND starts_at >= ?2 AND starts_at < ?3";
    let count: i64 =
        conn.prepare_cached(sql)?.query_row(params![status.word(), from, to], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// The bookings of a series, by time.
pub(crate) fn of_series(conn: &Connection, series: i64) -> Result<Vec<Booking>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM booking WHERE series = ?1 ORDER BY starts_at, id");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([series], booking)?.collect::<Result<_, _>>()?)
}

/// A series: its number, its rule, the days left out.
pub(crate) fn series(conn: &Connection, id: i64) -> Result<(String, String, String), Refusal> {
    let sql = "SELECT no, rule, coalesce(skipped, '') FROM booking_series WHERE id = ?1";
    Ok(conn.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// Every booking, by time, to be looked at one after another.
pub(crate) fn each(
    conn: &Connection,
    mut look: impl FnMut(Booking) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM booking ORDER BY starts_at, id");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        look(booking(row)?)?;
    }
    Ok(())
}

/// Minutes used by each association in each month of a period (both days included): month, code, minutes.
pub(crate) fn used(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(String, String, i64)>, Refusal> {
    let sql = "SELECT substr(starts_at, 1, 7) AS month, org, sum(end_min - start_min) FROM booking
               WHERE starts_at >= ?1 AND starts_at < ?2 AND status IN ('已确认', '使用中', '已完成')
               GROUP BY month, org ORDER BY month, org";
    let mut statement = conn.prepare_cached(sql)?;
    let after = to.succ_opt().unwrap_or(to).to_string();
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    Ok(statement.query_map(params![from.to_string(), after], row)?.collect::<Result<_, _>>()?)
}

/// The booking that came from another calendar under this name.
pub(crate) fn by_uid(conn: &Connection, uid: &str) -> Result<Option<Booking>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM booking WHERE uid = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([uid], booking).optional()?)
}
