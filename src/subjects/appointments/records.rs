//! How appointments are kept, with their votes and resolutions, and who holds what. SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::desk::refusal::Refusal;
use crate::store::Tx;

use super::rules::{Stage, Term, Vote};

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Appointment {
    /// Number in the file.
    pub id: i64,
    /// Reference.
    pub no: String,
    /// Whose; number in the file.
    pub person: i64,
    /// Name of that person.
    pub name: String,
    /// Id of the post.
    pub post: String,
    /// Code of the association; empty for the joint secretariat.
    pub org: String,
    /// Who put it forward.
    pub nominated_by: String,
    /// Where it stands.
    pub stage: Stage,
    /// First day of the term, once it is known.
    pub from: Option<NaiveDate>,
    /// Last day of the term.
    pub to: Option<NaiveDate>,
    /// The day from which it is held no longer.
    pub ended: Option<NaiveDate>,
}

impl Appointment {
    /// When it is held; none while its beginning is not known.
    pub(crate) fn term(&self) -> Option<Term> {
        self.from.map(|from| Term { from, to: self.to, ended: self.ended })
    }

    /// Whether the post is held on a day: somebody who resigned from a later day on still holds it.
    pub(crate) fn serves_on(&self, day: NaiveDate) -> bool {
        self.stage.held() && self.term().is_some_and(|term| term.holds_on(day))
    }
}

const SELECT: &str = "SELECT a.id, a.no, a.person, s.name, a.post, coalesce(a.org, ''), coalesce(a.nominated_by, ''), \
     a.stage, a.from_on, a.to_on, a.ended_on FROM appointment AS a JOIN staff AS s ON s.id = a.person";

fn read(row: &Row<'_>) -> rusqlite::Result<Appointment> {
    let day =
        |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(at)?.and_then(|d| d.parse().ok()));
    Ok(Appointment {
        id: row.get(0)?,
        no: row.get(1)?,
        person: row.get(2)?,
        name: row.get(3)?,
        post: row.get(4)?,
        org: row.get(5)?,
        nominated_by: row.get(6)?,
        stage: Stage::parse(&row.get::<_, String>(7)?).unwrap_or(Stage::Failed),
        from: day(8)?,
        to: day(9)?,
        ended: day(10)?,
    })
}

/// The appointment of this number, if there is one.
pub(crate) fn find(db: &Connection, id: i64) -> Result<Option<Appointment>, Refusal> {
    let sql = format!("{SELECT} WHERE a.id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], read).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Appointment, Refusal> {
    find(db, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

fn many(db: &Connection, rest: &str) -> Result<Vec<Appointment>, Refusal> {
    let sql = format!("{SELECT} {rest}");
    Ok(db.prepare_cached(&sql)?.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// Everything of one person that is on the way, in office or was.
pub(crate) fn of_person(db: &Connection, person: i64) -> Result<Vec<Appointment>, Refusal> {
    let sql = format!("{SELECT} WHERE a.person = ?1 ORDER BY a.place, a.id");
    Ok(db.prepare_cached(&sql)?.query_map([person], read)?.collect::<Result<_, _>>()?)
}

/// Everything in office that was not said to be over, in the order of the register.
pub(crate) fn in_office(db: &Connection) -> Result<Vec<Appointment>, Refusal> {
    many(db, "WHERE a.phase = 1 ORDER BY a.place, a.from_on, a.id")
}

/// What waits for its next step.
pub(crate) fn pending(db: &Connection) -> Result<Vec<Appointment>, Refusal> {
    many(db, "WHERE a.phase = 0 ORDER BY a.id")
}

/// The posts somebody holds as whoever signs in, that no appointment gave: id of the post, when it is held.
pub(crate) fn direct(db: &Connection, person: i64) -> Result<Vec<(String, Term)>, Refusal> {
    let sql = "SELECT p.post, p.from_on, p.to_on FROM operator_post AS p JOIN operator AS o ON o.id = p.operator_id \
               JOIN staff AS s ON s.code = o.person WHERE s.id = ?1 AND p.appointment IS NULL ORDER BY p.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([person], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (post, from, to) = row?;
        let from = from.parse().unwrap_or(NaiveDate::MIN);
        found.push((post, Term { from, to: to.and_then(|d| d.parse().ok()), ended: None }));
    }
    Ok(found)
}

/// Paid colleagues of the secretariat at work: number in the file, name.
pub(crate) fn colleagues(db: &Connection) -> Result<Vec<(i64, String)>, Refusal> {
    let sql = "SELECT id, name FROM staff INDEXED BY staff_by_org WHERE org = 'JS' AND state = '在岗' \
               AND kind IN ('专职', '兼职') ORDER BY code LIMIT 200";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// A person's name, whether they are at work, and who of those that sign in they are.
pub(crate) fn person(db: &Connection, id: i64) -> Result<Option<(String, bool, Option<i64>)>, Refusal> {
    let sql = "SELECT s.name, s.state = '在岗', (SELECT o.id FROM operator AS o WHERE o.person = s.code) \
               FROM staff AS s WHERE s.id = ?1";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    Ok(db.prepare_cached(sql)?.query_row([id], read).optional()?)
}

/// The votes, in the order of the associations' codes.
pub(crate) fn votes(db: &Connection, id: i64) -> Result<Vec<Vote>, Refusal> {
    let sql = "SELECT org, yes, no, abstain FROM appointment_vote WHERE appointment = ?1 ORDER BY org";
    let mut statement = db.prepare_cached(sql)?;
    let vote = |row: &Row<'_>| {
        Ok(Vote { org: row.get(0)?, yes: row.get(1)?, no: row.get(2)?, abstain: row.get(3)? })
    };
    let found = statement.query_map([id], vote)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// The resolutions: association, reference.
pub(crate) fn resolutions(db: &Connection, id: i64) -> Result<Vec<(String, String)>, Refusal> {
    let sql = "SELECT org, reference FROM appointment_resolution WHERE appointment = ?1 ORDER BY org";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Keeps the votes in place of those before.
pub(crate) fn put_votes(tx: &Tx<'_>, id: i64, votes: &[Vote]) -> Result<(), Refusal> {
    tx.conn().execute("DELETE FROM appointment_vote WHERE appointment = ?1", [id])?;
    let sql = "INSERT INTO appointment_vote (appointment, org, yes, no, abstain) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut insert = tx.conn().prepare_cached(sql)?;
    for vote in votes {
        insert.execute((id, &vote.org, vote.yes, vote.no, vote.abstain))?;
    }
    Ok(())
}

/// Adds resolutions; one of an association takes the place of its former one.
pub(crate) fn put_resolutions(tx: &Tx<'_>, id: i64, told: &[(String, String)]) -> Result<(), Refusal> {
    let sql = "INSERT INTO appointment_resolution (appointment, org, reference) VALUES (?1, ?2, ?3) \
               ON CONFLICT (appointment, org) DO UPDATE SET reference = excluded.reference";
    let mut insert = tx.conn().prepare_cached(sql)?;
    for (org, reference) in told {
        insert.execute((id, org, reference))?;
    }
    Ok(())
}

/// Everything that is or was held, in the order of the register.
pub(crate) fn held(db: &Connection) -> Result<Vec<Appointment>, Refusal> {
    many(db, "WHERE a.held = 1 ORDER BY a.place, a.from_on, a.id")
}

/// Number of the letter of appointment; empty where there is none.
pub(crate) fn document(db: &Connection, id: i64) -> Result<String, Refusal> {
    let sql = "SELECT coalesce(document_no, '') FROM appointment WHERE id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
}
