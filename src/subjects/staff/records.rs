//! How the people who work here are kept: reading someone, what they can do a row each, what runs out. SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::store::Tx;
use crate::subjects::keep;

/// Someone who works here, as the rules look at one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Person {
    /// Number in the file.
    pub id: i64,
    /// What a person says (`P04`).
    pub code: String,
    /// Name.
    pub name: String,
    /// What they are to the office.
    pub kind: String,
    /// Home association.
    pub org: String,
    /// What they are called.
    pub role: String,
    /// What they can do, in the order of the set.
    pub skills: Vec<String>,
    /// Languages and ways of communicating.
    pub languages: Vec<String>,
    /// When they usually come, as kept.
    pub availability: String,
    /// Numbers, joined by `;`.
    pub phone: String,
    /// Whom else to call.
    pub emergency: (String, String),
    /// Number as a volunteer; empty for none.
    pub volunteer_no: String,
    /// Day of joining.
    pub joined: Option<NaiveDate>,
    /// Last day.
    pub left: Option<NaiveDate>,
    /// Last days of contract and insurance.
    pub contract: Option<NaiveDate>,
    /// See `contract`.
    pub insurance: Option<NaiveDate>,
}

const COLUMNS: &str = "id, code, name, kind, org, role, skills, languages, availability, phone, emergency_name, \
                       emergency_phone, volunteer_no, joined_on, left_on, contract_until, insurance_until";

fn person(row: &Row<'_>) -> rusqlite::Result<Person> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    let day = |at: usize| text(at).map(|iso| iso.parse().ok());
    Ok(Person {
        id: row.get(0)?,
        code: row.get(1)?,
        name: row.get(2)?,
        kind: row.get(3)?,
        org: row.get(4)?,
        role: text(5)?,
        skills: keep::parts(&text(6)?),
        languages: keep::parts(&text(7)?),
        availability: text(8)?,
        phone: text(9)?,
        emergency: (text(10)?, text(11)?),
        volunteer_no: text(12)?,
        joined: day(13)?,
        left: day(14)?,
        contract: day(15)?,
        insurance: day(16)?,
    })
}

/// Someone by their number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Person>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM staff WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], person).optional()?)
}

/// The same, or the refusal that there is nobody.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Person, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// Someone by the code a person says.
pub(crate) fn by_code(conn: &Connection, code: &str) -> Result<Option<Person>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM staff WHERE code = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([code], person).optional()?)
}

/// Those of this name, by code.
pub(crate) fn by_name(conn: &Connection, name: &str) -> Result<Vec<Person>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM staff WHERE name = ?1 ORDER BY code");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([name], person)?.collect::<Result<_, _>>()?)
}

/// Who else has this resident ID.
pub(crate) fn by_resident_id(conn: &Connection, number: &str) -> Result<Option<Person>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM staff WHERE resident_id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([number], person).optional()?)
}

/// Everybody who works here, by code.
pub(crate) fn here(conn: &Connection) -> Result<Vec<Person>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM staff WHERE state = '在岗' ORDER BY code");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([], person)?.collect::<Result<_, _>>()?)
}

/// Some of those who work here, by code, and where they stand among all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Page {
    /// They.
    pub people: Vec<Person>,
    /// How many come before them.
    pub before: usize,
    /// How many work here.
    pub all: usize,
}

/// The page of those who work here that has the one of this code on it; the first one for nobody's.
pub(crate) fn page(conn: &Connection, code: &str, size: usize) -> Result<Page, Refusal> {
    let count = |upto: Option<&str>| -> Result<usize, Refusal> {
        let sql = "SELECT count(*) FROM staff INDEXED BY staff_by_state WHERE state = '在岗' AND (?1 IS NULL OR code < ?1)";
        let n: i64 = conn.prepare_cached(sql)?.query_row([upto], |row| row.get(0))?;
        Ok(usize::try_from(n).unwrap_or(0))
    };
    let there = by_code(conn, code)?.is_some_and(|who| who.left.is_none());
    let before = if there { count(Some(code))? / size.max(1) * size } else { 0 };
    let sql = format!(
        "SELECT {COLUMNS} FROM staff INDEXED BY staff_by_state WHERE state = '在岗' ORDER BY code LIMIT ?1 OFFSET ?2"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let people = statement.query_map([number(size), number(before)], person)?.collect::<Result<_, _>>()?;
    Ok(Page { people, before, all: count(None)? })
}

/// The code of somebody who works here by their rank among all, from 0; by code.
pub(crate) fn at(conn: &Connection, rank: usize) -> Result<Option<String>, Refusal> {
    let sql = "SELECT code FROM staff INDEXED BY staff_by_state WHERE state = '在岗' ORDER BY code LIMIT 1 OFFSET ?1";
    let rank = i64::try_from(rank).unwrap_or(i64::MAX);
    Ok(conn.prepare_cached(sql)?.query_row([rank], |row| row.get(0)).optional()?)
}

/// Someone who works here on a day, as a search over everybody looks at one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glance<'a> {
    /// Number in the file.
    pub id: i64,
    /// Home association.
    pub org: &'a str,
    /// What they are to the office.
    pub kind: &'a str,
    /// When they usually come, as kept.
    pub availability: &'a str,
    /// They have been to a session by that day.
    pub trained: bool,
}

/// Glances at everybody who works here on a day.
pub(crate) fn each(
    conn: &Connection,
    day: NaiveDate,
    mut look: impl FnMut(Glance<'_>),
) -> Result<(), Refusal> {
    let sql = format!("SELECT {GLANCE} FROM staff INDEXED BY staff_pool WHERE state = '在岗' AND {ON_DAY}");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([day.to_string()])?;
    while let Some(row) = rows.next()? {
        look(glance(row)?);
    }
    Ok(())
}

/// The same of one person; whether they work here then.
pub(crate) fn one(
    conn: &Connection,
    id: i64,
    day: &str,
    mut look: impl FnMut(Glance<'_>),
) -> Result<bool, Refusal> {
    let sql = format!("SELECT {GLANCE} FROM staff WHERE id = ?2 AND state = '在岗' AND {ON_DAY}");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![day, id])?;
    let Some(row) = rows.next()? else { return Ok(false) };
    look(glance(row)?);
    Ok(true)
}

const GLANCE: &str = "id, org, kind, coalesce(availability, ''), coalesce(trained_on <= ?1, 0)";
const ON_DAY: &str = "coalesce(joined_on, '0000') <= ?1 AND coalesce(left_on, '9999') >= ?1";

fn glance<'a>(row: &'a Row<'_>) -> Result<Glance<'a>, Refusal> {
    let text = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
    Ok(Glance {
        id: row.get(0)?,
        org: text(1)?,
        kind: text(2)?,
        availability: text(3)?,
        trained: row.get(4)?,
    })
}

/// Who can do a thing, or a special kind of it; each with whether a certificate for it, where there is one, still holds on a
/// day. Somebody who can do several kinds of it comes once for each.
pub(crate) fn able(conn: &Connection, wanted: &str, day: NaiveDate) -> Result<Vec<(i64, bool)>, Refusal> {
    let sql = "SELECT staff, coalesce(expires_on, '9999') >= ?2 FROM staff_skill
               WHERE skill >= ?1 AND skill < ?1 || char(1114111)";
    let mut statement = conn.prepare_cached(sql)?;
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    Ok(statement.query_map(params![wanted, day.to_string()], row)?.collect::<Result<_, _>>()?)
}

/// Everybody who worked here at any time between two days, both included; by code.
pub(crate) fn between(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Person>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM staff WHERE coalesce(joined_on, '0000') <= ?2 AND coalesce(left_on, '9999') >= ?1 ORDER BY code"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map(params![from.to_string(), to.to_string()], person)?.collect::<Result<_, _>>()?)
}

/// What someone can do: skill, level, number of the certificate, issued, last day; all but the skill may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Skill {
    /// Which.
    pub skill: String,
    /// How well.
    pub level: String,
    /// Number of the certificate.
    pub certificate: String,
    /// When it was issued.
    pub issued: Option<NaiveDate>,
    /// Its last day.
    pub expires: Option<NaiveDate>,
}

/// What is known of each thing someone can do.
pub(crate) fn skills_of(conn: &Connection, staff: i64) -> Result<Vec<Skill>, Refusal> {
    let sql = "SELECT skill, level, certificate, issued_on, expires_on FROM staff_skill WHERE staff = ?1 ORDER BY skill";
    let row = |row: &Row<'_>| {
        let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
        Ok(Skill {
            skill: row.get(0)?,
            level: text(1)?,
            certificate: text(2)?,
            issued: text(3)?.parse().ok(),
            expires: text(4)?.parse().ok(),
        })
    };
    Ok(conn.prepare_cached(sql)?.query_map([staff], row)?.collect::<Result<_, _>>()?)
}

/// Keeps what is known of one thing someone can do.
pub(crate) fn set_skill(tx: &Tx<'_>, staff: i64, skill: &Skill) -> Result<(), Refusal> {
    let day = |day: Option<NaiveDate>| day.map(|d| d.to_string());
    let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    tx.conn()
        .prepare_cached(
            "INSERT INTO staff_skill (staff, skill, level, certificate, issued_on, expires_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (skill, staff) DO UPDATE SET level = excluded.level, certificate = excluded.certificate,
               issued_on = excluded.issued_on, expires_on = excluded.expires_on",
        )?
        .execute(params![
            staff,
            skill.skill,
            some(&skill.level),
            some(&skill.certificate),
            day(skill.issued),
            day(skill.expires)
        ])?;
    Ok(())
}

/// Makes the rows of what someone can do agree with what their record says.
pub(crate) fn derive(tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let who = must_find(tx.conn(), id)?;
    let can: Vec<&String> = who.skills.iter().chain(&who.languages).collect();
    for known in skills_of(tx.conn(), id)? {
        if !can.contains(&&known.skill) {
            tx.conn()
                .prepare_cached("DELETE FROM staff_skill WHERE staff = ?1 AND skill = ?2")?
                .execute(params![id, known.skill])?;
        }
    }
    let mut add =
        tx.conn().prepare_cached("INSERT OR IGNORE INTO staff_skill (staff, skill) VALUES (?1, ?2)")?;
    for skill in can {
        add.execute(params![id, skill])?;
    }
    Ok(())
}

/// Something of someone that runs out: what, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expiry {
    /// Whose: number in the file.
    pub staff: i64,
    /// `contract`, `insurance`, or the skill whose certificate it is.
    pub what: String,
    /// Last day.
    pub until: NaiveDate,
}

/// What runs out until a day, the next first; at most so many.
pub(crate) fn expiring(conn: &Connection, until: NaiveDate, most: usize) -> Result<Vec<Expiry>, Refusal> {
    let sql = "SELECT id, 'contract', contract_until FROM staff WHERE state = '在岗' AND contract_until <= ?1
               UNION ALL
               SELECT id, 'insurance', insurance_until FROM staff WHERE state = '在岗' AND insurance_until <= ?1
               UNION ALL
               SELECT s.staff, s.skill, s.expires_on FROM staff_skill AS s JOIN staff AS p ON p.id = s.staff
                 WHERE s.expires_on <= ?1 AND p.state = '在岗'
               ORDER BY 3, 1 LIMIT ?2";
    let row = |row: &Row<'_>| {
        let until: String = row.get(2)?;
        Ok(Expiry { staff: row.get(0)?, what: row.get(1)?, until: until.parse().unwrap_or_default() })
    };
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_map(params![until.to_string(), most], row)?.collect::<Result<_, _>>()?)
}

/// How many work here, and how many of them are volunteers.
pub(crate) fn counts(conn: &Connection) -> Result<(i64, i64), Refusal> {
    let sql = "SELECT count(*), coalesce(sum(kind = '志愿者'), 0) FROM staff WHERE state = '在岗'";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// The account with which someone signs in: its name, and whether it may.
pub(crate) fn account(conn: &Connection, code: &str) -> Result<Option<(String, bool)>, Refusal> {
    let sql = "SELECT name, active FROM operator WHERE person = ?1 ORDER BY active DESC, id LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row([code], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// The code of the person whose account has this name; none where there is no such account, empty where it is nobody's.
pub(crate) fn account_of(conn: &Connection, name: &str) -> Result<Option<String>, Refusal> {
    let sql = "SELECT coalesce(person, '') FROM operator WHERE name = ?1";
    Ok(conn.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?)
}

/// Gives an account to a person, and takes from them the one they had; an empty name only takes.
pub(crate) fn give_account(tx: &Tx<'_>, code: &str, name: &str) -> Result<(), Refusal> {
    let stamp = tx.stamp();
    let set =
        "UPDATE operator SET person = ?1, version = version + 1, updated_at = ?3, updated_by = ?4 WHERE ";
    tx.conn().execute(
        &format!("{set} person = ?2 AND name <> ?5"),
        params![None::<String>, code, stamp.at, stamp.operator, name],
    )?;
    tx.conn().execute(&format!("{set} name = ?2"), params![code, name, stamp.at, stamp.operator])?;
    Ok(())
}

/// The person whose account someone is signed in with.
pub(crate) fn of_operator(conn: &Connection, operator: i64) -> Result<Option<Person>, Refusal> {
    let columns = COLUMNS.split(", ").map(|c| format!("p.{}", c.trim())).collect::<Vec<_>>().join(", ");
    let sql =
        format!("SELECT {columns} FROM operator AS o JOIN staff AS p ON p.code = o.person WHERE o.id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([operator], person).optional()?)
}
