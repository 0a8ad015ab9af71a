//! How advisors are kept. SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::desk::refusal::Refusal;
use crate::subjects::appointments::rules::Term;

/// An advisor in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Advisor {
    /// Number in the file.
    pub id: i64,
    /// Reference.
    pub no: String,
    /// Their name.
    pub name: String,
    /// 法律, 财务 and so on.
    pub field: String,
    /// Number of the letter of appointment; empty where there is none.
    pub letter: String,
    /// When they advise.
    pub term: Term,
    /// How many consultations there were, withdrawn ones left out.
    pub asked: i64,
    /// How many of them were adopted, whole or in part.
    pub adopted: i64,
}

const SELECT: &str = "SELECT a.id, a.no, s.name, a.field, coalesce(a.letter_no, ''), a.from_on, a.to_on, a.ended_on, \
     (SELECT count(*) FROM consultation AS c WHERE c.advisor = a.id AND c.status <> '已撤回'), \
     (SELECT count(*) FROM consultation AS c WHERE c.advisor = a.id AND c.adopted IN ('采纳', '部分采纳')) \
     FROM advisor AS a JOIN staff AS s ON s.id = a.person";

fn read(row: &Row<'_>) -> rusqlite::Result<Advisor> {
    let day = |at: usize| {
        Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(at)?.and_then(|d| d.parse::<NaiveDate>().ok()))
    };
    Ok(Advisor {
        id: row.get(0)?,
        no: row.get(1)?,
        name: row.get(2)?,
        field: row.get(3)?,
        letter: row.get(4)?,
        term: Term { from: day(5)?.unwrap_or_default(), to: day(6)?, ended: day(7)? },
        asked: row.get(8)?,
        adopted: row.get(9)?,
    })
}

/// The advisor of this number, if there is one.
pub(crate) fn find(db: &Connection, id: i64) -> Result<Option<Advisor>, Refusal> {
    let sql = format!("{SELECT} WHERE a.id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], read).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Advisor, Refusal> {
    find(db, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// All of them, field by field.
pub(crate) fn all(db: &Connection) -> Result<Vec<Advisor>, Refusal> {
    let sql = format!("{SELECT} ORDER BY a.field, a.from_on, a.id");
    Ok(db.prepare_cached(&sql)?.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// Whether somebody advises in a field on a day, and under which reference.
pub(crate) fn twice(
    db: &Connection,
    person: i64,
    field: &str,
    on: NaiveDate,
) -> Result<Option<String>, Refusal> {
    let sql = "SELECT no FROM advisor WHERE person = ?1 AND field = ?2 AND (to_on IS NULL OR to_on >= ?3) \
               AND (ended_on IS NULL OR ended_on > ?3) LIMIT 1";
    let found = db.prepare_cached(sql)?.query_row((person, field, on.to_string()), |row| row.get(0));
    Ok(found.optional()?)
}
