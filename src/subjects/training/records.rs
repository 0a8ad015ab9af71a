//! How sessions are kept, and who was trained when. SQL and nothing else.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;

use super::rules::Status;

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    /// Number in the file.
    pub id: i64,
    /// Reference.
    pub no: String,
    /// What is taught.
    pub title: String,
    /// 业务培训 and so on.
    pub kind: String,
    /// For whom, joined by `;`.
    pub audience: String,
    /// Code of the association that holds it.
    pub host: String,
    /// The day.
    pub on: NaiveDate,
    /// `14:00-16:00`; empty while it is only planned.
    pub hours: String,
    /// Its length.
    pub minutes: i64,
    /// Who teaches.
    pub trainer: String,
    /// The booking of its room.
    pub booking: Option<i64>,
    /// How many are expected.
    pub people: Option<i64>,
    /// Formats of material, joined by `;`.
    pub materials: String,
    /// Where it stands.
    pub status: Status,
}

const COLUMNS: &str = "id, no, title, kind, coalesce(audience, ''), host, held_on, coalesce(starts || '-' || ends, ''), \
     minutes, coalesce(trainer, ''), booking, people, coalesce(materials, ''), status";

fn read(row: &Row<'_>) -> rusqlite::Result<Session> {
    let on: String = row.get(6)?;
    Ok(Session {
        id: row.get(0)?,
        no: row.get(1)?,
        title: row.get(2)?,
        kind: row.get(3)?,
        audience: row.get(4)?,
        host: row.get(5)?,
        on: on.parse().unwrap_or_default(),
        hours: row.get(7)?,
        minutes: row.get(8)?,
        trainer: row.get(9)?,
        booking: row.get(10)?,
        people: row.get(11)?,
        materials: row.get(12)?,
        status: Status::parse(&row.get::<_, String>(13)?).unwrap_or(Status::Cancelled),
    })
}

/// The session of this number, if there is one.
pub(crate) fn find(db: &Connection, id: i64) -> Result<Option<Session>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM training_session WHERE id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], read).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Session, Refusal> {
    find(db, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// A session of this name and kind on a day that was not cancelled.
pub(crate) fn same(db: &Connection, title: &str, kind: &str, on: NaiveDate) -> Result<Option<i64>, Refusal> {
    let sql = "SELECT id FROM training_session WHERE held_on = ?1 AND title = ?2 AND kind = ?3 \
               AND status <> '已取消' ORDER BY id LIMIT 1";
    let found = db.prepare_cached(sql)?.query_row(params![on.to_string(), title, kind], |row| row.get(0));
    Ok(found.optional()?)
}

/// Sessions of these days that were not cancelled, in order.
pub(crate) fn between(db: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Session>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM training_session WHERE held_on BETWEEN ?1 AND ?2 AND status <> '已取消' \
         ORDER BY held_on, id"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map([from.to_string(), to.to_string()], read)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Sessions still to come, or left without attendance, up to a day.
pub(crate) fn ahead(db: &Connection, to: NaiveDate, limit: usize) -> Result<Vec<Session>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM training_session INDEXED BY training_coming \
         WHERE ahead = 1 AND held_on <= ?1 ORDER BY held_on, id LIMIT ?2"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map(params![to.to_string(), limit], read)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Somebody a quota may count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// Number in the file.
    pub id: i64,
    /// Code (`P12`).
    pub code: String,
    /// Name.
    pub name: String,
    /// 专职, 助残社工 and so on.
    pub kind: String,
    /// Home association.
    pub org: String,
    /// Since when they are here.
    pub joined: Option<NaiveDate>,
}

const PERSON: &str = "SELECT id, code, name, kind, org, joined_on FROM staff";

fn person_of(row: &Row<'_>) -> rusqlite::Result<Person> {
    let joined: Option<String> = row.get(5)?;
    Ok(Person {
        id: row.get(0)?,
        code: row.get(1)?,
        name: row.get(2)?,
        kind: row.get(3)?,
        org: row.get(4)?,
        joined: joined.and_then(|day| day.parse().ok()),
    })
}

/// Everyone at work whom a quota counts, by code.
pub(crate) fn counted(db: &Connection) -> Result<Vec<Person>, Refusal> {
    let sql = format!(
        "{PERSON} WHERE state = '在岗' AND kind IN ('专职', '兼职', '专职委员', '助残社工', '网格员') ORDER BY code"
    );
    let found = db.prepare_cached(&sql)?.query_map([], person_of)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// One person.
pub(crate) fn person(db: &Connection, id: i64) -> Result<Option<Person>, Refusal> {
    let sql = format!("{PERSON} WHERE id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], person_of).optional()?)
}

/// Something somebody was at: the session's reference, day, title, kind and audience, and how long they were there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Been {
    /// Reference.
    pub no: String,
    /// The day.
    pub on: NaiveDate,
    /// What was taught.
    pub title: String,
    /// 业务培训 and so on.
    pub kind: String,
    /// For whom, joined by `;`.
    pub audience: String,
    /// Minutes.
    pub minutes: i64,
}

/// What everybody was at.
pub(crate) fn trained(db: &Connection) -> Result<HashMap<i64, Vec<Been>>, Refusal> {
    let sql = "SELECT s.no, s.held_on, s.title, s.kind, coalesce(s.audience, ''), a.minutes, a.person \
               FROM attendance AS a JOIN training_session AS s ON s.id = a.session WHERE a.status = '已到'";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(6)?, been(row)?)))?;
    let mut all: HashMap<i64, Vec<Been>> = HashMap::new();
    for row in rows {
        let (person, been) = row?;
        all.entry(person).or_default().push(been);
    }
    Ok(all)
}

fn been(row: &Row<'_>) -> rusqlite::Result<Been> {
    let on: String = row.get(1)?;
    Ok(Been {
        no: row.get(0)?,
        on: on.parse().unwrap_or_default(),
        title: row.get(2)?,
        kind: row.get(3)?,
        audience: row.get(4)?,
        minutes: row.get(5)?,
    })
}

/// What one person was at, the latest first.
pub(crate) fn of_person(db: &Connection, person: i64) -> Result<Vec<Been>, Refusal> {
    let sql = "SELECT s.no, s.held_on, s.title, s.kind, coalesce(s.audience, ''), a.minutes \
               FROM attendance AS a INDEXED BY attendance_by_person JOIN training_session AS s ON s.id = a.session \
               WHERE a.person = ?1 AND a.status = '已到' ORDER BY s.held_on DESC, s.id DESC";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map([person], been)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// The kinds of disability of those enrolled in a session, one for each person and kind.
pub(crate) fn disabilities(db: &Connection, session: i64) -> Result<Vec<String>, Refusal> {
    let sql = "SELECT p.own_disability FROM attendance AS a JOIN staff AS p ON p.id = a.person \
               WHERE a.session = ?1 AND a.status <> '请假' AND p.own_disability IS NOT NULL ORDER BY p.id";
    let mut statement = db.prepare_cached(sql)?;
    let kept: Vec<String> = statement.query_map([session], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(kept.iter().flat_map(|joined| crate::subjects::keep::parts(joined)).collect())
}

/// People at work of a kind, an association, or holding a post on a day: their numbers in the file.
pub(crate) fn group(db: &Connection, by: &By<'_>, on: NaiveDate) -> Result<Vec<i64>, Refusal> {
    let (sql, values): (&str, Vec<String>) = match by {
        By::Everyone => ("kind IN ('专职', '兼职', '助残社工')", Vec::new()),
        By::Kind(kind) => ("kind = ?1", vec![(*kind).to_owned()]),
        By::Org(org) => ("org = ?1", vec![(*org).to_owned()]),
        By::Post(post) => (
            "id IN (SELECT person FROM appointment WHERE post = ?1 AND held = 1 AND from_on <= ?2 \
             AND (last_on IS NULL OR last_on >= ?2))",
            vec![(*post).to_owned(), on.to_string()],
        ),
    };
    let sql = format!("SELECT id FROM staff WHERE state = '在岗' AND {sql} ORDER BY code");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map(rusqlite::params_from_iter(values), |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What makes people a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By<'a> {
    /// All who are paid, and the social workers.
    Everyone,
    /// Their kind.
    Kind(&'a str),
    /// Their association.
    Org(&'a str),
    /// A post they hold.
    Post(&'a str),
}

/// Whether somebody works here.
pub(crate) fn at_work(db: &Connection, person: i64) -> Result<bool, Refusal> {
    let sql = "SELECT state = '在岗' FROM staff WHERE id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([person], |row| row.get(0)).optional()?.unwrap_or(false))
}
