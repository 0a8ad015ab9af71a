//! How tickets are kept: SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;

use crate::subjects::assets::rules::Status as Standing;

use super::object::Object;
use super::rules::{self, Priority, Status};

/// A ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ticket {
    /// Number in the file.
    pub id: i64,
    /// Reference.
    pub no: String,
    /// What is broken.
    pub object: Object,
    /// What is wrong with it.
    pub fault: String,
    /// How pressing it is.
    pub priority: Priority,
    /// When it was said.
    pub reported: NaiveDate,
    /// By when it should be done.
    pub due: NaiveDate,
    /// Where it stands.
    pub status: Status,
    /// Who mends it; empty for nobody yet.
    pub vendor: String,
    /// What was done.
    pub result: String,
    /// Fen.
    pub cost: Option<i64>,
    /// When it was mended.
    pub finished: Option<NaiveDate>,
    /// How the asset it is about stood before it was mended; none where it took nothing off its place.
    pub was: Option<Standing>,
    /// The word that it is broken took the asset out of use at once.
    pub taken_out: bool,
}

impl Ticket {
    /// It has its asset out of use.
    pub(crate) fn has_it(&self) -> bool {
        rules::has_it(self.status, self.taken_out)
    }
}

const COLUMNS: &str = "id, no, zone, object, fault, priority, reported_on, due_on, status, coalesce(vendor, ''), \
                       coalesce(result, ''), cost, finished_on, asset, asset_was, taken_out";

fn ticket(row: &Row<'_>) -> rusqlite::Result<Ticket> {
    let day = |at: usize| row.get::<_, String>(at).map(|text| text.parse().unwrap_or_default());
    let text = |at: usize| row.get::<_, String>(at);
    Ok(Ticket {
        id: row.get(0)?,
        no: row.get(1)?,
        object: Object { zone: row.get(2)?, asset: row.get(13)?, words: row.get(3)? },
        fault: row.get(4)?,
        priority: Priority::parse(&text(5)?),
        reported: day(6)?,
        due: day(7)?,
        status: Status::parse(&text(8)?).unwrap_or(Status::Withdrawn),
        vendor: row.get(9)?,
        result: row.get(10)?,
        cost: row.get(11)?,
        finished: row.get::<_, Option<String>>(12)?.and_then(|text| text.parse().ok()),
        was: row.get::<_, Option<String>>(14)?.and_then(|word| Standing::parse(&word)),
        taken_out: row.get(15)?,
    })
}

/// The ticket of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Ticket>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM work_ticket WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], ticket).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Ticket, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// What is not done yet, the soonest due first.
pub(crate) fn open(conn: &Connection, most: usize) -> Result<Vec<Ticket>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM work_ticket WHERE open = 1 ORDER BY due_on, id LIMIT ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Ok(statement.query_map([most], ticket)?.collect::<Result<_, _>>()?)
}

/// What was said to be broken within these days, withdrawn ones left out; the oldest first.
pub(crate) fn within(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Ticket>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM work_ticket WHERE reported_on BETWEEN ?1 AND ?2 AND status <> '已撤回'
         ORDER BY reported_on, id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let days = params![from.to_string(), to.to_string()];
    Ok(statement.query_map(days, ticket)?.collect::<Result<_, _>>()?)
}

/// What was said to be broken in a zone and is not done, the soonest due first.
pub(crate) fn open_in(conn: &Connection, zone: i64) -> Result<Vec<Ticket>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM work_ticket WHERE zone = ?1 AND open = 1 ORDER BY due_on, id LIMIT 20"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([zone], ticket)?.collect::<Result<_, _>>()?)
}

/// What was said to be broken of an asset, the newest first.
pub(crate) fn of_asset(conn: &Connection, asset: i64, most: usize) -> Result<Vec<Ticket>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM work_ticket WHERE asset = ?1 ORDER BY id DESC LIMIT ?2");
    let mut statement = conn.prepare_cached(&sql)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Ok(statement.query_map([asset, most], ticket)?.collect::<Result<_, _>>()?)
}

/// The first ticket, but for one, that has an asset out of use.
pub(crate) fn mending(conn: &Connection, asset: i64, but: Option<i64>) -> Result<Option<Ticket>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM work_ticket
         WHERE asset = ?1 AND id IS NOT ?2
           AND (status IN ('受理', '处理中', '待验收') OR (status = '报修' AND taken_out = 1)) ORDER BY id LIMIT 1"
    );
    Ok(conn.prepare_cached(&sql)?.query_row(params![asset, but], ticket).optional()?)
}

/// Keeps with a ticket how its asset stood before.
pub(crate) fn remember(conn: &Connection, id: i64, was: Option<Standing>) -> Result<(), Refusal> {
    let sql = "UPDATE work_ticket SET asset_was = ?2 WHERE id = ?1";
    conn.prepare_cached(sql)?.execute(params![id, was.map(Standing::word)])?;
    Ok(())
}

/// Says that the word of it took the asset out of use, and how the asset stood until then.
pub(crate) fn take_out(conn: &Connection, id: i64, was: Option<Standing>) -> Result<(), Refusal> {
    let sql = "UPDATE work_ticket SET taken_out = 1, asset_was = coalesce(asset_was, ?2) WHERE id = ?1";
    conn.prepare_cached(sql)?.execute(params![id, was.map(Standing::word)])?;
    Ok(())
}

/// Who has mended things before, the last one first.
pub(crate) fn vendors(conn: &Connection) -> Result<Vec<String>, Refusal> {
    let sql = "SELECT vendor FROM work_ticket WHERE vendor IS NOT NULL GROUP BY vendor ORDER BY max(id) DESC LIMIT 20";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
