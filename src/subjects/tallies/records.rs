//! How lines of a stocktake are kept: SQL and nothing else.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;

use super::rules::{Book, Decision, Found};

/// A line of a stocktake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Number in the file.
    pub id: i64,
    /// `PD-2026-H1-01-017`.
    pub no: String,
    /// The stocktake.
    pub stocktake: i64,
    /// Its place as one walks along the shelves.
    pub position: i64,
    /// It was looked for.
    pub expected: bool,
    /// The asset; none for a thing that nobody knows.
    pub asset: Option<i64>,
    /// What stands on it.
    pub tag: String,
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub owner: String,
    /// Who answers for it.
    pub custodian: String,
    /// Where it is and how it stands by the book.
    pub book: Book,
    /// Where in that place.
    pub shelf: String,
    /// What was found; none while it was not counted.
    pub found: Option<Found>,
    /// Where it was found.
    pub found_place: Option<i64>,
    /// Its tag itself was read.
    pub scanned: bool,
    /// Who counted it.
    pub counted_by: String,
    /// When.
    pub counted_at: String,
    /// The second person.
    pub checked_by: String,
    /// What was decided.
    pub decision: Option<Decision>,
    /// Why.
    pub reason: String,
    /// What became of it in the ledger.
    pub done: String,
    /// What the counter said of it.
    pub note: String,
    /// It was written by mistake.
    pub void: bool,
}

impl Tally {
    /// Whether something was found that the book does not say.
    pub(crate) fn differs(&self) -> bool {
        !self.void && self.found.is_some_and(|found| found != Found::Present)
    }
}

const COLUMNS: &str = "id, no, stocktake, position, expected, asset, tag, name, owner, custodian, place, status, shelf, result, \
                       found_place, scanned, counted_by, counted_at, checked_by, decision, reason, done, void, note";

fn tally(row: &Row<'_>) -> rusqlite::Result<Tally> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    Ok(Tally {
        id: row.get(0)?,
        no: row.get(1)?,
        stocktake: row.get(2)?,
        position: row.get(3)?,
        expected: row.get(4)?,
        asset: row.get(5)?,
        tag: row.get(6)?,
        name: row.get(7)?,
        owner: text(8)?,
        custodian: text(9)?,
        book: Book { place: row.get(10)?, status: text(11)? },
        shelf: text(12)?,
        found: Found::parse(&text(13)?),
        found_place: row.get(14)?,
        scanned: row.get::<_, Option<bool>>(15)?.unwrap_or(false),
        counted_by: text(16)?,
        counted_at: text(17)?,
        checked_by: text(18)?,
        decision: Decision::parse(&text(19)?),
        reason: text(20)?,
        done: text(21)?,
        note: text(23)?,
        void: row.get(22)?,
    })
}

fn one(conn: &Connection, rest: &str, values: impl rusqlite::Params) -> Result<Option<Tally>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM stocktake_line WHERE {rest} LIMIT 1");
    Ok(conn.prepare_cached(&sql)?.query_row(values, tally).optional()?)
}

/// The line of this number in the file.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<Tally>, Refusal> {
    one(conn, "id = ?1", [id])
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(conn: &Connection, id: i64) -> Result<Tally, Refusal> {
    find(conn, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The line of an asset.
pub(crate) fn of_asset(conn: &Connection, stocktake: i64, asset: i64) -> Result<Option<Tally>, Refusal> {
    one(conn, "stocktake = ?1 AND asset = ?2 AND void = 0", [stocktake, asset])
}

/// The line of a tag that nobody knows.
pub(crate) fn of_tag(conn: &Connection, stocktake: i64, tag: &str) -> Result<Option<Tally>, Refusal> {
    one(conn, "stocktake = ?1 AND tag = ?2 AND void = 0", params![stocktake, tag])
}

/// Where somebody counts: the place, and the position of the last one they answered about.
pub(crate) fn counter(
    conn: &Connection,
    stocktake: i64,
    who: &str,
) -> Result<Option<(Option<i64>, i64)>, Refusal> {
    let sql = "SELECT place, position FROM stocktake_counter WHERE stocktake = ?1 AND who = ?2";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    Ok(conn.prepare_cached(sql)?.query_row(params![stocktake, who], read).optional()?)
}

/// Says where somebody counts now.
pub(crate) fn stand(
    conn: &Connection,
    stocktake: i64,
    who: &str,
    (place, position): (Option<i64>, i64),
    at: &str,
) -> Result<(), Refusal> {
    let sql = "INSERT INTO stocktake_counter (stocktake, who, place, position, at) VALUES (?1, ?2, ?3, ?4, ?5) \
               ON CONFLICT (stocktake, who) DO UPDATE SET place = excluded.place, position = excluded.position, at = excluded.at";
    conn.prepare_cached(sql)?.execute(params![stocktake, who, place, position, at])?;
    Ok(())
}

/// Who counts, and where.
pub(crate) fn counters(
    conn: &Connection,
    stocktake: i64,
) -> Result<Vec<(String, Option<i64>, String)>, Refusal> {
    let sql = "SELECT who, place, at FROM stocktake_counter WHERE stocktake = ?1 ORDER BY who";
    let mut read = conn.prepare_cached(sql)?;
    let rows = read.query_map([stocktake], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The next one somebody is expected to look for: on along the shelf where they stand, then what was left behind there, then
/// the next place where nobody else counts, then whatever is left.
pub(crate) fn next(conn: &Connection, stocktake: i64, who: &str) -> Result<Option<Tally>, Refusal> {
    const LEFT: &str = "stocktake = ?1 AND result IS NULL AND void = 0";
    let stands = counter(conn, stocktake, who)?;
    if let Some((place, position)) = stands {
        let there = format!("{LEFT} AND place IS ?2 AND position > ?3 ORDER BY position");
        for after in [position, 0] {
            let found = one(conn, &there, params![stocktake, place, after])?;
            if found.is_some() {
                return Ok(found);
            }
        }
    }
    let from = stands.map_or(0, |(_, position)| position);
    let free = "NOT EXISTS (SELECT 1 FROM stocktake_counter AS c WHERE c.stocktake = ?1 AND c.who <> ?2 AND c.place IS stocktake_line.place)";
    for (after, also) in [(from, free), (0, free), (from, "?2 = ?2"), (0, "?2 = ?2")] {
        let sql = format!("{LEFT} AND position > ?3 AND {also} ORDER BY position");
        let found = one(conn, &sql, params![stocktake, who, after])?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The first one left in a place.
pub(crate) fn first_in(conn: &Connection, stocktake: i64, place: i64) -> Result<Option<Tally>, Refusal> {
    let rest = "stocktake = ?1 AND place IS ?2 AND result IS NULL AND void = 0 ORDER BY position";
    one(conn, rest, [stocktake, place])
}

/// The last line somebody wrote on a stocktake.
pub(crate) fn last_by(conn: &Connection, stocktake: i64, who: &str) -> Result<Option<Tally>, Refusal> {
    one(conn, "stocktake = ?1 AND counted_by = ?2 ORDER BY counted_seq DESC", params![stocktake, who])
}

/// How a stocktake stands in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Numbers {
    /// Lines that were looked for.
    pub expected: i64,
    /// Of all lines those counted.
    pub counted: i64,
    /// Not counted yet.
    pub left: i64,
    /// Found otherwise than by the book.
    pub differences: i64,
    /// Of those without a second person.
    pub unchecked: i64,
    /// Of those without a decision.
    pub undecided: i64,
}

/// The numbers of a stocktake.
pub(crate) fn numbers(conn: &Connection, stocktake: i64) -> Result<Numbers, Refusal> {
    // Each along an index of its own: of ten thousand lines few differ.
    let sql = "SELECT count(*) FILTER (WHERE expected = 1), count(result), count(*) - count(result), \
               (SELECT count(*) FROM stocktake_line WHERE stocktake = ?1 AND differs = 1), \
               (SELECT count(*) FROM stocktake_line WHERE stocktake = ?1 AND differs = 1 AND checked_by IS NULL), \
               (SELECT count(*) FROM stocktake_line WHERE stocktake = ?1 AND differs = 1 AND decision IS NULL) \
               FROM stocktake_line WHERE stocktake = ?1 AND void = 0";
    let read = |row: &Row<'_>| {
        Ok(Numbers {
            expected: row.get(0)?,
            counted: row.get(1)?,
            left: row.get(2)?,
            differences: row.get(3)?,
            unchecked: row.get(4)?,
            undecided: row.get(5)?,
        })
    };
    Ok(conn.prepare_cached(sql)?.query_row([stocktake], read)?)
}

/// Of a stocktake's lines those counted and those left: a glance along an index, for it is told after every answer.
pub(crate) fn progress(conn: &Connection, stocktake: i64) -> Result<(i64, i64), Refusal> {
    let sql = "SELECT count(result), count(*) - count(result) FROM stocktake_line WHERE stocktake = ?1 AND void = 0";
    Ok(conn.prepare_cached(sql)?.query_row([stocktake], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// How many are left in a place.
pub(crate) fn left_in(conn: &Connection, stocktake: i64, place: Option<i64>) -> Result<i64, Refusal> {
    let sql = "SELECT count(*) FROM stocktake_line INDEXED BY stocktake_line_left \
               WHERE stocktake = ?1 AND place IS ?2 AND result IS NULL AND void = 0";
    Ok(conn.prepare_cached(sql)?.query_row(params![stocktake, place], |row| row.get(0))?)
}

/// How many there are of each result.
pub(crate) fn by_result(conn: &Connection, stocktake: i64) -> Result<Vec<(Found, i64)>, Refusal> {
    let sql = "SELECT result, count(*) FROM stocktake_line WHERE stocktake = ?1 AND void = 0 AND result IS NOT NULL GROUP BY result";
    let mut read = conn.prepare_cached(sql)?;
    let rows = read.query_map([stocktake], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    let all: Vec<(String, i64)> = rows.collect::<Result<_, _>>()?;
    Ok(all.into_iter().filter_map(|(word, n)| Some((Found::parse(&word)?, n))).collect())
}

fn many(conn: &Connection, rest: &str, stocktake: i64) -> Result<Vec<Tally>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM stocktake_line WHERE {rest} ORDER BY position, id");
    Ok(conn.prepare_cached(&sql)?.query_map([stocktake], tally)?.collect::<Result<_, _>>()?)
}

/// What differs, in the order of the shelves.
pub(crate) fn differences(conn: &Connection, stocktake: i64) -> Result<Vec<Tally>, Refusal> {
    many(conn, "stocktake = ?1 AND differs = 1", stocktake)
}

/// Every line, in the order of the shelves.
pub(crate) fn every(conn: &Connection, stocktake: i64) -> Result<Vec<Tally>, Refusal> {
    many(conn, "stocktake = ?1 AND void = 0", stocktake)
}

/// Who counted things they answer for themselves.
pub(crate) fn own_counters(conn: &Connection, stocktake: i64) -> Result<Vec<String>, Refusal> {
    let sql = "SELECT DISTINCT counted_by FROM stocktake_line WHERE stocktake = ?1 AND counted_by = custodian ORDER BY counted_by";
    let mut read = conn.prepare_cached(sql)?;
    Ok(read.query_map([stocktake], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The number under which the next thing is counted, and the position behind all there are.
pub(crate) fn behind(conn: &Connection, stocktake: i64) -> Result<(i64, i64), Refusal> {
    let sql = "SELECT (SELECT coalesce(max(counted_seq), 0) + 1 FROM stocktake_line), \
               (SELECT coalesce(max(position), 0) + 1 FROM stocktake_line WHERE stocktake = ?1)";
    Ok(conn.prepare_cached(sql)?.query_row([stocktake], |row| Ok((row.get(0)?, row.get(1)?)))?)
}
