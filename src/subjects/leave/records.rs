//! How absences are kept, and who is away when. SQL and nothing else.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::subjects::venue::rules::Span;

/// The kind that says that somebody is there.
pub(crate) const COMES: &str = "可到";

/// An absence, or its contrary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Absence {
    /// Number in the file.
    pub id: i64,
    /// `QJ-2026-004`.
    pub no: String,
    /// Whose.
    pub staff: i64,
    /// Why.
    pub kind: String,
    /// From when to when.
    pub starts: NaiveDateTime,
    /// See `starts`.
    pub ends: NaiveDateTime,
    /// More about it.
    pub reason: String,
    /// It holds.
    pub holds: bool,
    /// The same in minutes.
    pub span: Span,
}

const COLUMNS: &str = "id, no, staff, kind, starts_at, ends_at, reason, status = '有效', start_min, end_min";

fn absence(row: &Row<'_>) -> rusqlite::Result<Absence> {
    let moment = |at: usize| {
        let iso: String = row.get(at)?;
        Ok::<_, rusqlite::Error>(NaiveDateTime::parse_from_str(&iso, "%Y-%m-%dT%H:%M").unwrap_or_default())
    };
    Ok(Absence {
        id: row.get(0)?,
        no: row.get(1)?,
        staff: row.get(2)?,
        kind: row.get(3)?,
        starts: moment(4)?,
        ends: moment(5)?,
        reason: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
        holds: row.get(7)?,
        span: Span { from: row.get(8)?, to: row.get(9)? },
    })
}

/// The absence of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Absence>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM staff_absence WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], absence).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Absence, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// What holds of anybody at some minute of a stretch of time, by time.
pub(crate) fn within(conn: &Connection, span: Span) -> Result<Vec<Absence>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM staff_absence WHERE status = '有效' AND end_min > ?1 AND start_min < ?2 ORDER BY start_min, staff"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map(params![span.from, span.to], absence)?.collect::<Result<_, _>>()?)
}

/// The same of one person.
pub(crate) fn of(conn: &Connection, staff: i64, span: Span) -> Result<Vec<Absence>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM staff_absence WHERE status = '有效' AND staff = ?1 AND end_min > ?2 AND start_min < ?3
         ORDER BY start_min, id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map(params![staff, span.from, span.to], absence)?.collect::<Result<_, _>>()?)
}

/// Who is away at some minute of a stretch of time, each with why; and who said that they can come during all of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Away {
    /// Away: why.
    pub away: HashMap<i64, String>,
    /// Can come.
    pub comes: Vec<i64>,
}

/// Sorts what holds within a stretch of time.
pub(crate) fn away(conn: &Connection, span: Span) -> Result<Away, Refusal> {
    let mut found = Away::default();
    for absence in within(conn, span)? {
        if absence.kind != COMES {
            found.away.entry(absence.staff).or_insert(absence.kind);
        } else if absence.span.from <= span.from && absence.span.to >= span.to {
            found.comes.push(absence.staff);
        }
    }
    Ok(found)
}
