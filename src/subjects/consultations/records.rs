//! How consultations are kept. SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;

/// Something asked of an advisor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Consultation {
    /// Number in the file.
    pub id: i64,
    /// Reference.
    pub no: String,
    /// Name of the advisor.
    pub advisor: String,
    /// What was asked.
    pub question: String,
    /// Association that asks.
    pub org: String,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_on: NaiveDate,
    /// By when an answer is wanted.
    pub due: Option<NaiveDate>,
    /// What it is about, as a reference; empty for nothing.
    pub linked: String,
    /// What was advised; empty while nothing was.
    pub advice: String,
    /// 采纳, 部分采纳, 未采纳; empty while it is not decided.
    pub adopted: String,
    /// 待答复, 已答复, 已处理, 已撤回.
    pub status: String,
}

const SELECT: &str = "SELECT c.id, c.no, s.name, c.question, c.org, c.asked_by, c.asked_on, c.due, coalesce(c.linked, ''), \
     coalesce(c.advice, ''), coalesce(c.adopted, ''), c.status FROM consultation AS c \
     JOIN advisor AS a ON a.id = c.advisor JOIN staff AS s ON s.id = a.person";

fn read(row: &Row<'_>) -> rusqlite::Result<Consultation> {
    let asked: String = row.get(6)?;
    let due: Option<String> = row.get(7)?;
    Ok(Consultation {
        id: row.get(0)?,
        no: row.get(1)?,
        advisor: row.get(2)?,
        question: row.get(3)?,
        org: row.get(4)?,
        asked_by: row.get(5)?,
        asked_on: asked.parse().unwrap_or_default(),
        due: due.and_then(|day| day.parse().ok()),
        linked: row.get(8)?,
        advice: row.get(9)?,
        adopted: row.get(10)?,
        status: row.get(11)?,
    })
}

/// The consultation of this number, if there is one.
pub(crate) fn find(db: &Connection, id: i64) -> Result<Option<Consultation>, Refusal> {
    let sql = format!("{SELECT} WHERE c.id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], read).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Consultation, Refusal> {
    find(db, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// What was asked of one advisor, the latest first; withdrawn ones left out.
pub(crate) fn of_advisor(db: &Connection, advisor: i64, limit: usize) -> Result<Vec<Consultation>, Refusal> {
    let sql = format!(
        "{SELECT} WHERE c.advisor = ?1 AND c.status <> '已撤回' ORDER BY c.asked_on DESC, c.id DESC LIMIT ?2"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Ok(db.prepare_cached(&sql)?.query_map(params![advisor, limit], read)?.collect::<Result<_, _>>()?)
}

/// What waits for an answer or a decision, the longest first.
pub(crate) fn waiting(db: &Connection, limit: usize) -> Result<Vec<Consultation>, Refusal> {
    let sql = format!(
        "{SELECT} WHERE c.status IN ('待答复', '已答复') ORDER BY c.status DESC, c.asked_on, c.id LIMIT ?1"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Ok(db.prepare_cached(&sql)?.query_map([limit], read)?.collect::<Result<_, _>>()?)
}
