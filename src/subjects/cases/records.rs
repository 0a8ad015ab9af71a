//! How cases are kept: the record as the rules look at it, the parts of the associations, the steps, the people it is
//! about. SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::people::records as people;

use super::rules::{Part, Status};

/// A case, as far as the rules and the lists look at one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Case {
    /// Number in the file.
    pub id: i64,
    /// The reference (`SL-2026-0031`).
    pub no: String,
    /// When it came in, as kept.
    pub received_at: String,
    /// Where it stands.
    pub status: Status,
    /// How it came in.
    pub channel: String,
    /// The first person it is about.
    pub client: Option<i64>,
    /// What kind of matter.
    pub matter: String,
    /// What is wanted.
    pub content: String,
    /// How soon.
    pub urgency: String,
    /// Who leads; empty when it is not routed.
    pub lead: String,
    /// The associations of a coordinated case.
    pub co_orgs: Vec<String>,
    /// Who does the work; empty when nobody was named.
    pub handler: String,
    /// By when.
    pub due: NaiveDate,
    /// When to look at it again.
    pub next_on: Option<NaiveDate>,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
    /// How often the person had to come.
    pub visits: i64,
}

impl Case {
    /// The day it came in.
    pub(crate) fn received_on(&self) -> Option<NaiveDate> {
        self.received_at.split('T').next().and_then(|day| day.parse().ok())
    }

    /// The running number, as colleagues say it.
    pub(crate) fn tail(&self) -> &str {
        self.no.rsplit('-').next().unwrap_or(&self.no)
    }
}

const COLUMNS: &str = "id, no, received_at, status, channel, client, matter, content, urgency, lead_org, co_orgs, handler, \
     due, next_on, closed_on, visits_count";

fn case(row: &Row<'_>) -> rusqlite::Result<Case> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    let day = |at: usize| text(at).map(|iso| iso.parse::<NaiveDate>().ok());
    Ok(Case {
        id: row.get(0)?,
        no: row.get(1)?,
        received_at: row.get(2)?,
        status: Status::parse(&text(3)?).unwrap_or(Status::Registered),
        channel: text(4)?,
        client: row.get(5)?,
        matter: text(6)?,
        content: text(7)?,
        urgency: text(8)?,
        lead: text(9)?,
        co_orgs: keep::parts(&text(10)?),
        handler: text(11)?,
        due: day(12)?.unwrap_or_default(),
        next_on: day(13)?,
        closed_on: day(14)?,
        visits: row.get(15)?,
    })
}

/// The case of this number.
pub(crate) fn find(db: &Connection, id: i64) -> Result<Option<Case>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM case_record WHERE id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], case).optional()?)
}

/// The case of this number, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Case, Refusal> {
    find(db, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The cases of these numbers, in this order.
pub(crate) fn find_all(db: &Connection, ids: &[i64]) -> Result<Vec<Case>, Refusal> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(find(db, *id)?);
    }
    Ok(found)
}

/// The cases a condition finds, in an order, at most so many.
pub(crate) fn select(
    db: &Connection,
    condition: &str,
    order: &str,
    limit: usize,
    values: impl rusqlite::Params,
) -> Result<Vec<Case>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM case_record WHERE {condition} ORDER BY {order} LIMIT {limit}");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map(values, case)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// How many cases a condition finds.
pub(crate) fn count(db: &Connection, condition: &str, values: impl rusqlite::Params) -> Result<i64, Refusal> {
    let sql = format!("SELECT count(*) FROM case_record WHERE {condition}");
    Ok(db.prepare_cached(&sql)?.query_row(values, |row| row.get(0))?)
}

/// The part of one association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartRow {
    /// Number in the file.
    pub id: i64,
    /// The association.
    pub org: String,
    /// Where it stands.
    pub state: Part,
    /// When it was given, taken, reported; empty while not.
    pub assigned_on: String,
    /// See above.
    pub accepted_on: String,
    /// See above.
    pub reported_on: String,
    /// What it reported.
    pub result: String,
}

/// The parts of a case that still count, in the order they were given.
pub(crate) fn parts(db: &Connection, case: i64) -> Result<Vec<PartRow>, Refusal> {
    let sql = "SELECT id, org, state, assigned_on, coalesce(accepted_on, ''), coalesce(reported_on, ''), \
               coalesce(result, '') FROM case_org WHERE case_id = ?1 AND state <> '已撤出' ORDER BY id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([case], |row| {
        let state: String = row.get(2)?;
        Ok(PartRow {
            id: row.get(0)?,
            org: row.get(1)?,
            state: Part::parse(&state).unwrap_or(Part::Pending),
            assigned_on: row.get(3)?,
            accepted_on: row.get(4)?,
            reported_on: row.get(5)?,
            result: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives every association of the list its part and takes the parts of all others away. A part that has begun stays
/// as it is; one that was returned or taken away begins anew.
pub(crate) fn give_parts(tx: &Tx<'_>, case: i64, orgs: &[String], on: NaiveDate) -> Result<(), Refusal> {
    let stamp = tx.stamp();
    let present = parts(tx.conn(), case)?;
    for part in present.iter().filter(|part| !orgs.contains(&part.org)) {
        set_part(tx, part.id, Part::Dropped, on, "")?;
    }
    let sql = "INSERT INTO case_org (case_id, org, state, assigned_on, version, created_at, created_by, updated_at, \
               updated_by) VALUES (?1, ?2, '待接办', ?3, 1, ?4, ?5, ?4, ?5) \
               ON CONFLICT (case_id, org) DO UPDATE SET state = '待接办', assigned_on = excluded.assigned_on, \
               accepted_on = NULL, version = version + 1, updated_at = excluded.updated_at, \
               updated_by = excluded.updated_by WHERE state IN ('退回', '已撤出')";
    for org in orgs {
        tx.conn().prepare_cached(sql)?.execute(params![
            case,
            org,
            on.to_string(),
            stamp.at,
            stamp.operator
        ])?;
    }
    Ok(())
}

/// Moves the part of one association; `result` is kept when it reports.
pub(crate) fn set_part(tx: &Tx<'_>, part: i64, to: Part, on: NaiveDate, result: &str) -> Result<(), Refusal> {
    let stamp = tx.stamp();
    let sql = "UPDATE case_org SET state = ?2, \
               accepted_on = CASE WHEN ?2 IN ('办理中', '已反馈') THEN coalesce(accepted_on, ?3) ELSE accepted_on END, \
               reported_on = CASE WHEN ?2 = '已反馈' THEN ?3 ELSE reported_on END, \
               result = CASE WHEN ?4 <> '' THEN ?4 ELSE result END, \
               version = version + 1, updated_at = ?5, updated_by = ?6 WHERE id = ?1";
    let values = params![part, to.word(), on.to_string(), result, stamp.at, stamp.operator];
    tx.conn().prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// One line of a case's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StepRow {
    /// When, as kept.
    pub at: String,
    /// Who, and for which association.
    pub who: String,
    /// See above; empty for the secretariat.
    pub org: String,
    /// Which action.
    pub action: String,
    /// Where the case stood afterwards.
    pub to: String,
    /// What was said.
    pub note: String,
}

/// The history, newest first, at most so many lines.
pub(crate) fn steps(db: &Connection, case: i64, limit: usize) -> Result<Vec<StepRow>, Refusal> {
    let sql = "SELECT at, who, coalesce(org, ''), action, to_status, coalesce(note, '') FROM case_step \
               WHERE case_id = ?1 ORDER BY id DESC LIMIT ?2";
    let mut statement = db.prepare_cached(sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![case, limit], |row| {
        Ok(StepRow {
            at: row.get(0)?,
            who: row.get(1)?,
            org: row.get(2)?,
            action: row.get(3)?,
            to: row.get(4)?,
            note: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds a line to the history.
pub(crate) fn step(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    case: i64,
    action: &str,
    from: Option<Status>,
    to: Status,
    note: &str,
) -> Result<(), Refusal> {
    tx.insert_plain(
        "case_step",
        &[
            ("case_id", case.into()),
            ("at", keep::moment(cx.now)),
            ("who", keep::text(&cx.who.name)),
            ("org", keep::text(cx.who.associations().first().copied().unwrap_or_default())),
            ("action", keep::text(action)),
            ("from_status", from.map_or(rusqlite::types::Value::Null, |from| keep::text(from.word()))),
            ("to_status", keep::text(to.word())),
            ("note", keep::text(note)),
        ],
    )?;
    Ok(())
}

/// Everyone a case is about.
pub(crate) fn clients(db: &Connection, case: i64) -> Result<Vec<people::Client>, Refusal> {
    let mut statement =
        db.prepare_cached("SELECT client_id FROM case_client WHERE case_id = ?1 ORDER BY client_id")?;
    let ids: Vec<i64> = statement.query_map([case], |row| row.get(0))?.collect::<Result<_, _>>()?;
    people::find_all(db, &ids)
}

/// The reference of the person's file that was opened in the same step as the case; none for a person known before.
/// One step is one moment, and nothing else stands between the two in the audit.
pub(crate) fn opened_with(db: &Connection, case: i64) -> Result<Option<String>, Refusal> {
    let sql = "SELECT p.code FROM case_record c JOIN client p ON p.id = c.client WHERE c.id = ?1 \
               AND p.created_at = c.created_at AND p.created_by = c.created_by AND p.voided_on IS NULL \
               AND EXISTS (SELECT 1 FROM audit WHERE subject = 'people' AND record_id = p.id AND action = 'register') \
               AND NOT EXISTS (SELECT 1 FROM audit a WHERE (a.subject, a.record_id) IS NOT ('people', p.id) \
               AND a.seq > (SELECT min(seq) FROM audit WHERE subject = 'people' AND record_id = p.id) \
               AND a.seq < (SELECT min(seq) FROM audit WHERE subject = 'cases' AND record_id = c.id))";
    Ok(db.prepare_cached(sql)?.query_row([case], |row| row.get(0)).optional()?)
}

/// Says that a case is about this person.
pub(crate) fn add_client(tx: &Tx<'_>, case: i64, client: i64) -> Result<(), Refusal> {
    let sql = "INSERT OR IGNORE INTO case_client (case_id, client_id) VALUES (?1, ?2)";
    tx.conn().prepare_cached(sql)?.execute([case, client])?;
    Ok(())
}

/// The cases of a person, the newest first, at most so many.
pub(crate) fn of_client(db: &Connection, client: i64, limit: usize) -> Result<Vec<Case>, Refusal> {
    let condition = "id IN (SELECT case_id FROM case_client WHERE client_id = ?1)";
    select(db, condition, "received_at DESC, id DESC", limit, [client])
}

/// What came of a referral: the last one without a result.
pub(crate) fn answer_referral(tx: &Tx<'_>, case: i64, on: NaiveDate, result: &str) -> Result<(), Refusal> {
    let sql = "UPDATE referral SET result_on = ?2, result = ?3 WHERE id = \
               (SELECT max(id) FROM referral WHERE case_id = ?1 AND result IS NULL)";
    tx.conn().prepare_cached(sql)?.execute(params![case, on.to_string(), result])?;
    Ok(())
}

/// The units outside a case was passed on to: unit, day, reason, result.
pub(crate) fn referrals(db: &Connection, case: i64) -> Result<Vec<[String; 4]>, Refusal> {
    let sql = "SELECT unit, referred_on, reason, coalesce(result, '') FROM referral WHERE case_id = ?1 ORDER BY id DESC";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([case], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
