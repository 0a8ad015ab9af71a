//! How counts of the cash are kept, and what of the journal they are held against. SQL and nothing else.

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::store::Tx;

use super::rules::Pieces;

/// A count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Count {
    /// Number in the file.
    pub id: i64,
    /// Reference.
    pub no: String,
    /// When it was made.
    pub at: NaiveDateTime,
    /// The cash box.
    pub book: i64,
    /// Fen by the journal, posted.
    pub balance: i64,
    /// Fen of lines written and not posted.
    pub unposted: i64,
    /// Fen found.
    pub counted: i64,
    /// Fen found more than there should be.
    pub difference: i64,
    /// Why.
    pub reason: String,
    /// What was decided about it.
    pub decision: String,
    /// Who counted.
    pub counter: String,
    /// Who watched.
    pub witness: String,
    /// 已盘点, 已处理 or 已作废.
    pub status: String,
    /// Only the small-office switch allowed it.
    pub alone: bool,
}

const COLUMNS: &str = "id, no, counted_at, book, book_balance, unposted, counted, difference, coalesce(reason, ''), \
     coalesce(decision, ''), counter, witness, status, alone";

fn count(row: &Row<'_>) -> rusqlite::Result<Count> {
    let at: String = row.get(2)?;
    Ok(Count {
        id: row.get(0)?,
        no: row.get(1)?,
        at: NaiveDateTime::parse_from_str(&at, "%Y-%m-%dT%H:%M").unwrap_or_default(),
        book: row.get(3)?,
        balance: row.get(4)?,
        unposted: row.get(5)?,
        counted: row.get(6)?,
        difference: row.get(7)?,
        reason: row.get(8)?,
        decision: row.get(9)?,
        counter: row.get(10)?,
        witness: row.get(11)?,
        status: row.get(12)?,
        alone: row.get(13)?,
    })
}

/// The count of this number, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Count, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM cash_count WHERE id = ?1");
    let found = db.prepare_cached(&sql)?.query_row([id], count).optional()?;
    found.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The counts of these numbers, in this order; those that are gone are left out.
pub(crate) fn find_all(db: &Connection, ids: &[i64]) -> Result<Vec<Count>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM cash_count WHERE id = ?1");
    let mut statement = db.prepare_cached(&sql)?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(statement.query_row([id], count).optional()?);
    }
    Ok(found)
}

/// The counts within these days that hold, oldest first.
pub(crate) fn within(db: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Count>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM cash_count WHERE substr(counted_at, 1, 10) BETWEEN ?1 AND ?2 AND status <> '已作废' \
         ORDER BY counted_at, id"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map([from.to_string(), to.to_string()], count)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Differences nobody has decided about.
pub(crate) fn unsettled(db: &Connection) -> Result<Vec<Count>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM cash_count WHERE status = '已盘点' AND difference <> 0 ORDER BY id LIMIT 20"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map([], count)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// The day a box was last counted.
pub(crate) fn last(db: &Connection, book: i64) -> Result<Option<NaiveDate>, Refusal> {
    let sql = "SELECT max(substr(counted_at, 1, 10)) FROM cash_count WHERE book = ?1 AND status <> '已作废'";
    let day: Option<String> = db.prepare_cached(sql)?.query_row([book], |row| row.get(0))?;
    Ok(day.and_then(|day| day.parse().ok()))
}

/// The notes and coins of a count, the largest first.
pub(crate) fn pieces(db: &Connection, id: i64) -> Result<Vec<Pieces>, Refusal> {
    let sql = "SELECT denomination, pieces FROM cash_count_line WHERE count = ?1 ORDER BY denomination DESC";
    let mut statement = db.prepare_cached(sql)?;
    let piece = |row: &Row<'_>| Ok(Pieces { denomination: row.get(0)?, count: row.get(1)? });
    let found = statement.query_map([id], piece)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Keeps the notes and coins of a count.
pub(crate) fn put(tx: &Tx<'_>, id: i64, pieces: &[Pieces]) -> Result<(), Refusal> {
    let sql = "INSERT INTO cash_count_line (count, denomination, pieces) VALUES (?1, ?2, ?3)";
    let mut statement = tx.conn().prepare_cached(sql)?;
    for p in pieces {
        statement.execute([id, p.denomination, p.count])?;
    }
    Ok(())
}

/// The cash boxes: number in the file, name.
pub(crate) fn books(db: &Connection) -> Result<Vec<(i64, String)>, Refusal> {
    let sql = "SELECT id, name FROM book WHERE kind = '现金' AND closed_on IS NULL ORDER BY id";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Fen of a box's lines up to a day that are written and neither posted nor void.
pub(crate) fn unposted(db: &Connection, book: i64, to: NaiveDate) -> Result<i64, Refusal> {
    let sql = "SELECT coalesce(sum(amount), 0) FROM journal_entry INDEXED BY entry_by_status \
               WHERE status <> '已过账' AND status <> '已作废' AND book = ?1 AND date <= ?2";
    Ok(db.prepare_cached(sql)?.query_row(params![book, to.to_string()], |row| row.get(0))?)
}

/// The last day a box moved up to a day, posted or not, void lines left out.
pub(crate) fn moved(db: &Connection, book: i64, to: NaiveDate) -> Result<Option<NaiveDate>, Refusal> {
    let sql = "SELECT date FROM journal_entry WHERE book = ?1 AND date <= ?2 AND status <> '已作废' \
               ORDER BY date DESC, id DESC LIMIT 1";
    let day: Option<String> =
        db.prepare_cached(sql)?.query_row(params![book, to.to_string()], |row| row.get(0)).optional()?;
    Ok(day.and_then(|day| day.parse().ok()))
}

/// The colleagues who hold a post on a day, each with whether they keep the cash.
pub(crate) fn colleagues(db: &Connection, today: NaiveDate) -> Result<Vec<(String, bool)>, Refusal> {
    let sql = "SELECT o.name, max(p.post = 'cashier') FROM operator o JOIN operator_post p ON p.operator_id = o.id \
               WHERE o.active = 1 AND p.from_on <= ?1 AND (p.to_on IS NULL OR p.to_on >= ?1) \
               GROUP BY o.id ORDER BY max(p.org IS NULL) DESC, o.name";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement
        .query_map([today.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}
