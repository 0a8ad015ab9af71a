//! How assets are kept: SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::desk::refusal::Refusal;

use super::rules::Status;

/// An asset, as loans, counts and tickets look at one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asset {
    /// Number in the file.
    pub id: i64,
    /// `ZC-PD-023`.
    pub no: String,
    /// What else is stuck on it; empty for nothing.
    pub tag: String,
    /// Its name.
    pub name: String,
    /// One of the five categories.
    pub category: String,
    /// Association code: whose it is.
    pub owner: String,
    /// Association code: who has the standing use of it; empty for everyone.
    pub user: String,
    /// Who answers for it.
    pub custodian: String,
    /// The zone's number in the file.
    pub place: Option<i64>,
    /// Where in that place.
    pub shelf: String,
    /// 良好, 一般 or 损坏.
    pub condition: String,
    /// How it stands.
    pub status: Status,
    /// Original value in fen.
    pub value: Option<i64>,
    /// The last day somebody had it, else the day it came.
    pub rests_since: Option<NaiveDate>,
    /// The card was made by mistake.
    pub void: bool,
    /// For optimistic locking.
    pub version: i64,
}

impl Asset {
    /// The end of its number, as a hand says it (`023`).
    pub(crate) fn tail(&self) -> &str {
        self.no.rsplit('-').next().unwrap_or(&self.no)
    }
}

const COLUMNS: &str = "id, no, tag, name, category, owner, user, custodian, place, shelf, condition, status, value, \
                       coalesce(last_used_on, handed_over_on, acquired_on), void, version";

/// How many columns a card is read from.
const CARD: usize = 16;

fn asset(row: &Row<'_>) -> rusqlite::Result<Asset> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    Ok(Asset {
        id: row.get(0)?,
        no: row.get(1)?,
        tag: text(2)?,
        name: row.get(3)?,
        category: row.get(4)?,
        owner: row.get(5)?,
        user: text(6)?,
        custodian: text(7)?,
        place: row.get(8)?,
        shelf: row.get(9)?,
        condition: row.get(10)?,
        status: Status::parse(&text(11)?).unwrap_or(Status::WrittenOff),
        value: row.get(12)?,
        rests_since: text(13)?.parse().ok(),
        void: row.get(14)?,
        version: row.get(15)?,
    })
}

/// The asset of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Asset>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM asset WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], asset).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Asset, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The asset of this number or with this tag, both in capitals.
pub(crate) fn by_tag(conn: &Connection, tag: &str) -> Result<Option<Asset>, Refusal> {
    for column in ["no", "tag"] {
        let sql = format!("SELECT {COLUMNS} FROM asset WHERE {column} = ?1");
        let found = conn.prepare_cached(&sql)?.query_row([tag], asset).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The assets with this running number at the end of theirs: one, as long as only one office gave the numbers.
pub(crate) fn by_running(conn: &Connection, running: i64) -> Result<Vec<Asset>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM asset WHERE running = ?1 ORDER BY id LIMIT 20");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([running], asset)?.collect::<Result<_, _>>()?)
}

/// Until when its seller answers for it.
pub(crate) fn warranty(conn: &Connection, id: i64) -> Result<Option<NaiveDate>, Refusal> {
    let sql = "SELECT warranty_until FROM asset WHERE id = ?1";
    let until: Option<String> = conn.prepare_cached(sql)?.query_row([id], |row| row.get(0))?;
    Ok(until.and_then(|text| text.parse().ok()))
}

/// The office has it: neither written off nor given back, nor a slip. Of the kept counts, as `live` is of the cards.
pub(crate) const LIVE: &str = "status NOT IN ('已报废', '已退回') AND void = 0";

/// How many there are of which a condition on the kept counts (owner, status, void, placed) holds.
pub(crate) fn counted(
    conn: &Connection,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<i64, Refusal> {
    let sql = format!("SELECT coalesce(sum(n), 0) FROM asset_count WHERE {condition}");
    Ok(conn.prepare_cached(&sql)?.query_row(values, |row| row.get(0))?)
}

/// How many stand so.
pub(crate) fn count(conn: &Connection, status: Status) -> Result<i64, Refusal> {
    counted(conn, "status = ?1", [status.word()])
}

/// How many there are, but for those written off and given back.
pub(crate) fn live(conn: &Connection) -> Result<i64, Refusal> {
    counted(conn, LIVE, [])
}

/// The names that assets on the books have, each once; the index is hopped along from name to name.
pub(crate) fn names(conn: &Connection, most: usize) -> Result<Vec<String>, Refusal> {
    let sql = "WITH RECURSIVE each(name) AS (
                 SELECT min(name) FROM asset WHERE live = 1
                 UNION ALL
                 SELECT (SELECT min(name) FROM asset WHERE live = 1 AND name > each.name) FROM each WHERE each.name IS NOT NULL)
               SELECT name FROM each WHERE name IS NOT NULL LIMIT ?1";
    let mut statement = conn.prepare_cached(sql)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Ok(statement.query_map([most], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The assets of a name that stand so, those that nobody had for longest first.
pub(crate) fn resting(
    conn: &Connection,
    name: &str,
    status: Status,
    most: usize,
) -> Result<Vec<Asset>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM asset WHERE live = 1 AND name = ?1 AND status = ?2 ORDER BY rests_since, id LIMIT ?3"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let values = rusqlite::params![name, status.word(), most];
    Ok(statement.query_map(values, asset)?.collect::<Result<_, _>>()?)
}

/// An asset as a ledger lists it.
pub(crate) struct Listed {
    /// What is on its card.
    pub card: Asset,
    /// How its owner came by it.
    pub source: String,
    /// The day something on it last changed, ISO.
    pub changed_on: String,
    texts: Vec<String>,
}

/// What a ledger says besides.
const LISTED: &[&str] =
    &["model", "unit", "acquired_on", "handed_over_on", "handed_over_by", "taken_over_by", "document"];

impl Listed {
    /// The text of one of the further columns; empty for any other.
    pub(crate) fn text(&self, name: &str) -> &str {
        LISTED.iter().position(|n| *n == name).and_then(|at| self.texts.get(at)).map_or("", String::as_str)
    }
}

/// Every card of an owner but those made by mistake, by number, to be looked at one after another.
pub(crate) fn each_of(conn: &Connection, owner: &str, mut look: impl FnMut(Listed)) -> Result<(), Refusal> {
    let sql = format!(
        "SELECT {COLUMNS}, source, substr(updated_at, 1, 10), {} FROM asset WHERE owner = ?1 AND void = 0 ORDER BY no",
        LISTED.join(", ")
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([owner])?;
    while let Some(row) = rows.next()? {
        let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
        let texts = (0..LISTED.len()).map(|at| text(CARD + 2 + at)).collect::<Result<_, _>>()?;
        look(Listed { card: asset(row)?, source: text(CARD)?, changed_on: text(CARD + 1)?, texts });
    }
    Ok(())
}
