//! How people served are kept: reading a file whole, finding someone by what is on a card, the household, the consents,
//! and the columns that follow from the others. SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::store::Tx;
use crate::subjects::keep;

use super::rules::{self, Need, RoutingTable};

/// A person served, as far as the rules look at one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Client {
    /// Number in the file.
    pub id: i64,
    /// The reference a person says (`C036`).
    pub code: String,
    /// Name, whole.
    pub name: String,
    /// 男 or 女; empty when not known.
    pub sex: String,
    /// Birthday.
    pub birth: Option<NaiveDate>,
    /// Resident ID; empty when not known.
    pub resident_id: String,
    /// Certificate; empty when there is none.
    pub certificate: String,
    /// Whether there is one (SPEC App. E cert_status).
    pub cert_status: String,
    /// Whose person it is.
    pub need: Need,
    /// Level; empty when not known.
    pub level: String,
    /// Numbers, joined by `;`.
    pub phone: String,
    /// Community.
    pub community: String,
    /// Code of the household; empty for someone recorded alone.
    pub household: String,
    /// Guardian; empty when there is none.
    pub guardian: String,
    /// Hardships as recorded.
    pub tags: Vec<String>,
    /// Last day the file was seen to be right.
    pub verified: Option<NaiveDate>,
    /// Agreed to intake and routing.
    pub consented: bool,
    /// The association of the category, or the secretariat.
    pub org: String,
    /// The file is void.
    pub voided: bool,
    /// The consent on which the file stands was taken back.
    pub withdrawn: bool,
}

/// Whether a name or number is also, or also part of, that of somebody else here: served, employed, or signed in.
pub(crate) fn is_others(db: &Connection, id: i64, word: &str) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM client WHERE id <> ?1 AND instr(name || ' ' || coalesce(phone, ''), ?2)) \
               OR EXISTS (SELECT 1 FROM staff WHERE instr(name || ' ' || coalesce(phone, ''), ?2)) \
               OR EXISTS (SELECT 1 FROM operator WHERE instr(name, ?2))";
    Ok(db.prepare_cached(sql)?.query_row(params![id, word], |row| row.get(0))?)
}

/// The files erased in the office up to this day that a copy of it still has by name. The same number is the same file only
/// with the same code and the same making: a copy may be of another past than the office has now.
pub(crate) fn erased_since(
    office: &Connection,
    copy: &Connection,
    until: NaiveDate,
) -> Result<Vec<i64>, Refusal> {
    let mut read = office.prepare("SELECT id, code, created_at FROM client WHERE erased_on <= ?1")?;
    let sql = "SELECT count(*) FROM client WHERE id = ?1 AND code = ?2 AND created_at = ?3 AND name <> '***'";
    let mut there = copy.prepare(sql)?;
    let mut rows = read.query([until.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, code, at): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if there.query_row(params![id, code, at], |row| row.get::<_, i64>(0))? > 0 {
            found.push(id);
        }
    }
    Ok(found)
}

/// Every case of a person.
pub(crate) fn all_cases(db: &Connection, id: i64) -> Result<Vec<i64>, Refusal> {
    let mut read = db.prepare_cached("SELECT case_id FROM case_client WHERE client_id = ?1")?;
    let rows = read.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The condition that the consent on which a file stands was taken back and none was given since.
pub(crate) const WITHDRAWN: &str = "client.consented = 0 AND client.legal_basis = '同意' AND EXISTS (SELECT 1 FROM consent w \
     WHERE w.client_id = client.id AND w.scope = '受理与转办' AND w.withdrawn_on IS NOT NULL)";

const COLUMNS: &str = "id, code, name, sex, birth, resident_id, certificate, cert_status, category, level, components, \
     autism_flag, phone, community, household, guardian_name, hardship_tags, last_verified_on, consented, org, voided_on";

fn client(row: &Row<'_>) -> rusqlite::Result<Client> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    let day = |at: usize| text(at).map(|iso| iso.parse().ok());
    Ok(Client {
        id: row.get(0)?,
        code: row.get(1)?,
        name: row.get(2)?,
        sex: text(3)?,
        birth: day(4)?,
        resident_id: text(5)?,
        certificate: text(6)?,
        cert_status: text(7)?,
        need: Need {
            category: text(8)?,
            components: keep::parts(&text(10)?),
            autism: row.get::<_, Option<i64>>(11)?.map(|flag| flag != 0),
        },
        level: text(9)?,
        phone: text(12)?,
        community: text(13)?,
        household: text(14)?,
        guardian: text(15)?,
        tags: keep::parts(&text(16)?),
        verified: day(17)?,
        consented: row.get::<_, i64>(18)? != 0,
        org: row.get(19)?,
        voided: row.get::<_, Option<String>>(20)?.is_some(),
        withdrawn: row.get(21)?,
    })
}

/// The file of this number.
pub(crate) fn find(db: &Connection, id: i64) -> Result<Option<Client>, Refusal> {
    let sql = format!("SELECT {COLUMNS}, {WITHDRAWN} FROM client WHERE id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], client).optional()?)
}

/// The file of this number, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Client, Refusal> {
    find(db, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The files of these numbers, in this order; those that are gone are left out.
pub(crate) fn find_all(db: &Connection, ids: &[i64]) -> Result<Vec<Client>, Refusal> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(find(db, *id)?);
    }
    Ok(found)
}

/// What a person may be known by exactly.
#[derive(Debug, Clone, Copy)]
pub(crate) enum By<'a> {
    /// The reference.
    Code(&'a str),
    /// The certificate, whole and normalised.
    Certificate(&'a str),
    /// The resident ID, whole and normalised.
    ResidentId(&'a str),
    /// A telephone number, normalised.
    Phone(&'a str),
    /// The whole name.
    Name(&'a str),
}

/// The living files known by this, at most nine.
pub(crate) fn known(db: &Connection, by: By<'_>) -> Result<Vec<i64>, Refusal> {
    let (column, text) = match by {
        By::Code(text) => ("code", text),
        By::Certificate(text) => ("certificate", text),
        By::ResidentId(text) => ("resident_id", text),
        By::Phone(text) => ("phone", text),
        By::Name(text) => ("name", text),
    };
    let sql = format!("SELECT id FROM client WHERE {column} = ?1 AND voided_on IS NULL ORDER BY id LIMIT 9");
    let mut statement = db.prepare_cached(&sql)?;
    let ids = statement.query_map([text], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids)
}

/// The living files of a household.
pub(crate) fn household(db: &Connection, code: &str) -> Result<Vec<Client>, Refusal> {
    if code.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS}, {WITHDRAWN} FROM client WHERE household = ?1 AND voided_on IS NULL ORDER BY id LIMIT 30"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map([code], client)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// The hardships of a person: as recorded, and those that follow from the file; with each whether it only follows.
pub(crate) fn hardships(
    db: &Connection,
    who: &Client,
    today: NaiveDate,
) -> Result<Vec<(String, bool)>, Refusal> {
    let home = household(db, &who.household)?;
    let old = |other: &Client| {
        other.id != who.id && other.birth.is_some_and(|birth| rules::age(birth, today) >= 60)
    };
    let derived = rules::derived_tags(home.len(), home.iter().any(old), &who.need.category);
    let mut all: Vec<(String, bool)> = who.tags.iter().map(|tag| (tag.clone(), false)).collect();
    for tag in derived {
        if !who.tags.iter().any(|recorded| recorded == tag) {
            all.push((tag.to_owned(), true));
        }
    }
    Ok(all)
}

/// Something a person agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Consent {
    /// Number in the file.
    pub id: i64,
    /// What it covers.
    pub scope: String,
    /// Who gave it.
    pub given_by: String,
    /// When.
    pub given_on: String,
    /// How.
    pub method: String,
    /// When it was taken back; empty while it holds.
    pub withdrawn_on: String,
}

/// What a person agreed to, the newest first.
pub(crate) fn consents(db: &Connection, client: i64) -> Result<Vec<Consent>, Refusal> {
    let sql = "SELECT id, scope, given_by, given_on, method, coalesce(withdrawn_on, '') FROM consent \
               WHERE client_id = ?1 ORDER BY given_on DESC, id DESC";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([client], |row| {
        Ok(Consent {
            id: row.get(0)?,
            scope: row.get(1)?,
            given_by: row.get(2)?,
            given_on: row.get(3)?,
            method: row.get(4)?,
            withdrawn_on: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether a consent of this scope holds.
pub(crate) fn agreed(db: &Connection, client: i64, scope: &str) -> Result<bool, Refusal> {
    let sql = "SELECT count(*) FROM consent WHERE client_id = ?1 AND scope = ?2 AND withdrawn_on IS NULL";
    let n: i64 = db.prepare_cached(sql)?.query_row(params![client, scope], |row| row.get(0))?;
    Ok(n > 0)
}

/// Keeps a consent.
pub(crate) fn give(
    tx: &Tx<'_>,
    client: i64,
    scope: &str,
    purpose: &str,
    given_by: &str,
    on: NaiveDate,
    method: &str,
) -> Result<i64, Refusal> {
    let id = tx.insert(
        "consent",
        &[
            ("client_id", client.into()),
            ("scope", keep::text(scope)),
            ("purpose", keep::text(purpose)),
            ("given_by", keep::text(given_by)),
            ("given_on", keep::day(on)),
            ("method", keep::text(method)),
        ],
    )?;
    Ok(id)
}

/// Sets the columns that follow from the others: whose person it is, and whether a consent holds.
pub(crate) fn derive(tx: &Tx<'_>, table: &RoutingTable, id: i64) -> Result<(), Refusal> {
    let who = must_find(tx.conn(), id)?;
    let sql = "UPDATE client SET org = ?2, consented = EXISTS (SELECT 1 FROM consent WHERE client_id = ?1 \
               AND scope = '受理与转办' AND withdrawn_on IS NULL) WHERE id = ?1";
    tx.conn().prepare_cached(sql)?.execute(params![id, rules::home(&who.need, table)])?;
    Ok(())
}

/// The open cases of a person, at most so many, the newest first.
pub(crate) fn open_cases(db: &Connection, client: i64, limit: usize) -> Result<Vec<i64>, Refusal> {
    let sql = "SELECT c.id FROM case_client l JOIN case_record c ON c.id = l.case_id \
               WHERE l.client_id = ?1 AND c.open = 1 ORDER BY c.received_at DESC LIMIT ?2";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(sql)?;
    let ids = statement.query_map(params![client, limit], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids)
}

/// How many people there are, and how many of them hold a certificate; kept with the rows, whatever their number.
pub(crate) fn kept_counts(db: &Connection) -> Result<(i64, i64), Refusal> {
    let mut ask = db.prepare_cached("SELECT n FROM kept_count WHERE what = ?1")?;
    let mut of = |what: &str| ask.query_row([what], |row| row.get(0));
    Ok((of("clients")?, of("clients_certified")?))
}

/// How many rows a condition on the table finds, counted no further than `most`.
pub(crate) fn count_to(
    db: &Connection,
    most: i64,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<i64, Refusal> {
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM client WHERE {condition} LIMIT {most})");
    Ok(db.prepare_cached(&sql)?.query_row(values, |row| row.get(0))?)
}
