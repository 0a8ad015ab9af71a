//! How needs are kept. SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;

/// A need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Need {
    /// Number in the file.
    pub id: i64,
    /// Reference.
    pub no: String,
    /// Whose.
    pub org: String,
    /// What is to be learned.
    pub topic: String,
    /// How many people.
    pub people: Option<i64>,
    /// 普通, 加急, 特急.
    pub urgency: String,
    /// By when it is wanted.
    pub wanted_by: Option<NaiveDate>,
    /// 待安排, 已安排, 已撤回.
    pub status: String,
}

const COLUMNS: &str = "id, no, org, topic, people, urgency, wanted_by, status";

fn read(row: &Row<'_>) -> rusqlite::Result<Need> {
    let wanted: Option<String> = row.get(6)?;
    Ok(Need {
        id: row.get(0)?,
        no: row.get(1)?,
        org: row.get(2)?,
        topic: row.get(3)?,
        people: row.get(4)?,
        urgency: row.get(5)?,
        wanted_by: wanted.and_then(|day| day.parse().ok()),
        status: row.get(7)?,
    })
}

/// The need of this number, if there is one.
pub(crate) fn find(db: &Connection, id: i64) -> Result<Option<Need>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM training_need WHERE id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], read).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Need, Refusal> {
    find(db, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The needs that a session answers.
pub(crate) fn of_session(db: &Connection, session: i64) -> Result<Vec<Need>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM training_need WHERE session = ?1 ORDER BY id");
    Ok(db.prepare_cached(&sql)?.query_map([session], read)?.collect::<Result<_, _>>()?)
}

/// What nobody has answered yet, the most urgent first.
pub(crate) fn open(db: &Connection, limit: usize) -> Result<Vec<Need>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM training_need WHERE status = '待安排' ORDER BY pressing, asked_on, id LIMIT ?1"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Ok(db.prepare_cached(&sql)?.query_map(params![limit], read)?.collect::<Result<_, _>>()?)
}
