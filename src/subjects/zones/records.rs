//! How zones are kept: SQL and nothing else.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::desk::refusal::Refusal;
use crate::subjects::keep;
use crate::subjects::venue::rules::{Hours, Place, minute};

/// A zone, as bookings look at one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Zone {
    /// Number in the file.
    pub id: i64,
    /// `Z03-R1`.
    pub code: String,
    /// What a hand types for it; empty for none.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The zone it lies in.
    pub parent: Option<i64>,
    /// One of the three classes; empty for none.
    pub class: String,
    /// What it is.
    pub kind: String,
    /// People it is meant for.
    pub capacity: Option<i64>,
    /// People it may never hold more of.
    pub fire_limit: Option<i64>,
    /// Associations it is kept for; empty for all.
    pub dedicated: Vec<String>,
    /// Accessibility it offers.
    pub features: Vec<String>,
    /// Opening and closing minute of its own.
    opens: Option<u32>,
    closes: Option<u32>,
    /// Bookings wait for a yes.
    pub approval: bool,
    /// Not used any more.
    pub closed: bool,
}

impl Zone {
    /// When it is open; what it does not say is the office's.
    pub(crate) fn open(&self, office: Hours) -> Hours {
        Hours { from: self.opens.unwrap_or(office.from), to: self.closes.unwrap_or(office.to) }
    }

    /// What the rules look at.
    pub(crate) fn place(&self, office: Hours) -> Place {
        Place {
            capacity: self.capacity,
            open: self.open(office),
            dedicated: self.dedicated.clone(),
            features: self.features.clone(),
        }
    }
}

const COLUMNS: &str = "id, code, key, name, parent, class, kind, capacity, fire_limit, dedicated_to, features, opens, closes, \
                       approval, closed_on IS NOT NULL";

fn zone(row: &Row<'_>) -> rusqlite::Result<Zone> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    Ok(Zone {
        id: row.get(0)?,
        code: row.get(1)?,
        key: text(2)?,
        name: row.get(3)?,
        parent: row.get(4)?,
        class: text(5)?,
        kind: row.get(6)?,
        capacity: row.get(7)?,
        fire_limit: row.get(8)?,
        dedicated: keep::parts(&text(9)?),
        features: keep::parts(&text(10)?),
        opens: minute(&text(11)?),
        closes: minute(&text(12)?),
        approval: row.get(13)?,
        closed: row.get(14)?,
    })
}

/// The zone of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Zone>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM zone WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], zone).optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Zone, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The zone of this code.
pub(crate) fn by_code(conn: &Connection, code: &str) -> Result<Option<Zone>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM zone WHERE code = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([code], zone).optional()?)
}

/// The zone that answers to this key.
pub(crate) fn by_key(conn: &Connection, key: &str) -> Result<Option<Zone>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM zone WHERE key = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([key], zone).optional()?)
}

/// The zone in use of this name; none where several bear it.
pub(crate) fn by_name(conn: &Connection, name: &str) -> Result<Option<Zone>, Refusal> {
    Ok(open(conn)?.into_iter().filter(|zone| zone.name == name).map(Some).reduce(|_, _| None).flatten())
}

/// Every zone in use, by code.
pub(crate) fn open(conn: &Connection) -> Result<Vec<Zone>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM zone WHERE closed_on IS NULL ORDER BY code");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([], zone)?.collect::<Result<_, _>>()?)
}

/// The zones that lie in one, by code.
pub(crate) fn within(conn: &Connection, id: i64) -> Result<Vec<Zone>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM zone WHERE parent = ?1 AND closed_on IS NULL ORDER BY code");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([id], zone)?.collect::<Result<_, _>>()?)
}

/// Whether anything still to come holds the zone or one that lies in it, from this minute on.
pub(crate) fn held_from(conn: &Connection, id: i64, minute: i64) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM zone_tree AS t JOIN booking AS b ON b.zone = t.zone \
               WHERE t.ancestor = ?1 AND b.holds = 1 AND b.busy_from > ?2)";
    Ok(conn.prepare_cached(sql)?.query_row([id, minute], |row| row.get(0))?)
}

/// Whether anything was ever booked in the zone or in one that lies in it.
pub(crate) fn ever_held(conn: &Connection, id: i64) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM zone_tree AS t JOIN booking AS b ON b.zone = t.zone \
               WHERE t.ancestor = ?1 AND b.holds = 1)";
    Ok(conn.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
}

/// Whether one zone lies in another, or is it.
pub(crate) fn lies_in(conn: &Connection, zone: i64, ancestor: i64) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM zone_tree WHERE zone = ?1 AND ancestor = ?2)";
    Ok(conn.prepare_cached(sql)?.query_row([zone, ancestor], |row| row.get(0))?)
}
