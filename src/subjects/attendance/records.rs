//! How it is kept who was at a session. SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::store::Tx;
use crate::subjects::keep;

/// Somebody at a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attendance {
    /// Number in the file.
    pub id: i64,
    /// Reference.
    pub no: String,
    /// The session.
    pub session: i64,
    /// Its reference.
    pub session_no: String,
    /// What is taught.
    pub title: String,
    /// Its day.
    pub on: NaiveDate,
    /// Its length in minutes.
    pub length: i64,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// The person.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// Their home association.
    pub org: String,
    /// 已报名, 已到, 缺席 or 请假.
    pub status: String,
    /// How long they were there.
    pub minutes: Option<i64>,
    /// How they passed; empty while nobody said.
    pub assessment: String,
    /// Number of their certificate; empty while there is none.
    pub certificate: String,
    /// When it was given.
    pub certified: Option<NaiveDate>,
}

const SELECT: &str = "SELECT a.id, a.no, a.session, s.no, s.title, s.held_on, s.minutes, s.status = '已取消', a.person, \
     p.name, p.org, a.status, a.minutes, coalesce(a.assessment, ''), coalesce(a.certificate_no, ''), a.certified_on \
     FROM attendance AS a JOIN training_session AS s ON s.id = a.session JOIN staff AS p ON p.id = a.person";

fn read(row: &Row<'_>) -> rusqlite::Result<Attendance> {
    let on: String = row.get(5)?;
    let certified: Option<String> = row.get(15)?;
    Ok(Attendance {
        id: row.get(0)?,
        no: row.get(1)?,
        session: row.get(2)?,
        session_no: row.get(3)?,
        title: row.get(4)?,
        on: on.parse().unwrap_or_default(),
        length: row.get(6)?,
        cancelled: row.get(7)?,
        person: row.get(8)?,
        name: row.get(9)?,
        org: row.get(10)?,
        status: row.get(11)?,
        minutes: row.get(12)?,
        assessment: row.get(13)?,
        certificate: row.get(14)?,
        certified: certified.and_then(|day| day.parse().ok()),
    })
}

/// The attendance of this number, if there is one.
pub(crate) fn find(db: &Connection, id: i64) -> Result<Option<Attendance>, Refusal> {
    let sql = format!("{SELECT} WHERE a.id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], read).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Attendance, Refusal> {
    find(db, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// Everybody of a session, as they were entered.
pub(crate) fn of_session(db: &Connection, session: i64) -> Result<Vec<Attendance>, Refusal> {
    let sql = format!("{SELECT} WHERE a.session = ?1 ORDER BY a.id");
    Ok(db.prepare_cached(&sql)?.query_map([session], read)?.collect::<Result<_, _>>()?)
}

/// Certificates given on these days, in order.
pub(crate) fn certified(db: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Attendance>, Refusal> {
    let sql =
        format!("{SELECT} WHERE a.certified_on BETWEEN ?1 AND ?2 ORDER BY a.certified_on, a.certificate_no");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map([from.to_string(), to.to_string()], read)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Whether somebody was at any session up to this day.
pub(crate) fn trained(db: &Connection, person: i64, day: NaiveDate) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM attendance a JOIN training_session s ON s.id = a.session \
               WHERE a.person = ?1 AND a.status = '已到' AND s.held_on <= ?2)";
    Ok(db.prepare_cached(sql)?.query_row(params![person, day.to_string()], |row| row.get(0))?)
}

/// How many are still to be marked, of sessions up to a day.
pub(crate) fn to_mark(db: &Connection, today: NaiveDate) -> Result<i64, Refusal> {
    let sql = "SELECT count(*) FROM attendance AS a INDEXED BY attendance_open JOIN training_session AS s \
               ON s.id = a.session WHERE a.status = '已报名' AND s.held_on <= ?1 AND s.status <> '已取消'";
    Ok(db.prepare_cached(sql)?.query_row([today.to_string()], |row| row.get(0))?)
}

/// Enters somebody at a session; answers with the number in the file and the reference.
pub(crate) fn insert(
    tx: &Tx<'_>,
    (session, session_no): (i64, &str),
    person: i64,
    status: &str,
    minutes: Option<i64>,
    assessment: &str,
) -> Result<(i64, String), Refusal> {
    let sql = "SELECT code FROM staff WHERE id = ?1";
    let code: String = tx.conn().prepare_cached(sql)?.query_row([person], |row| row.get(0))?;
    let no = format!("{session_no}-{code}");
    let columns = [
        ("no", keep::text(&no)),
        ("session", Value::Integer(session)),
        ("person", Value::Integer(person)),
        ("status", keep::text(status)),
        ("minutes", minutes.map_or(Value::Null, Value::Integer)),
        ("assessment", keep::text(assessment)),
    ];
    Ok((tx.insert("attendance", &columns)?, no))
}

/// Says how long somebody was there and how they passed, where that is not as the session says.
pub(crate) fn assess(tx: &Tx<'_>, id: i64, minutes: i64, assessment: &str) -> Result<(), Refusal> {
    let columns = [("minutes", Value::Integer(minutes)), ("assessment", keep::text(assessment))];
    keep::update(tx, &super::fields::RECORD, id, 0, &columns)
}
