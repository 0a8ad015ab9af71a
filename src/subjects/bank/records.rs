//! How lines of the bank's statement are kept, and what of the journal they are held against. SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use crate::desk::refusal::Refusal;
use crate::store::Tx;
use crate::subjects::keep;

use super::fields::RECORD;
use super::rules::{self, Item, Proposal};

/// A line of the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Number in the file.
    pub id: i64,
    /// Reference.
    pub no: String,
    /// The account it is of.
    pub book: i64,
    /// The bank's day.
    pub date: NaiveDate,
    /// What the bank says of it.
    pub text: String,
    /// Fen from our side, in positive.
    pub amount: i64,
    /// Fen the bank holds after it.
    pub balance: Option<i64>,
    /// It has been found in the journal.
    pub ticked: bool,
    /// The bank never wrote it: it counts nowhere.
    pub voided: bool,
    /// Why it is open.
    pub note: String,
}

const LINE: &str = "id, no, book, date, text, amount, balance, ticked_at IS NOT NULL, voided_on IS NOT NULL, \
     coalesce(note, '')";

fn line(row: &Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        id: row.get(0)?,
        no: row.get(1)?,
        book: row.get(2)?,
        date: day(row, 3)?,
        text: row.get(4)?,
        amount: row.get(5)?,
        balance: row.get(6)?,
        ticked: row.get(7)?,
        voided: row.get(8)?,
        note: row.get(9)?,
    })
}

fn day(row: &Row<'_>, at: usize) -> rusqlite::Result<NaiveDate> {
    Ok(row.get::<_, String>(at)?.parse().unwrap_or_default())
}

/// A posted line of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Number in the file.
    pub id: i64,
    /// Voucher number.
    pub no: String,
    /// Its day.
    pub date: NaiveDate,
    /// What it was for.
    pub summary: String,
    /// Fen it does to the book, in positive.
    pub amount: i64,
    /// The line it takes back.
    pub reversal_of: Option<i64>,
}

const ENTRY: &str = "e.id, e.no, e.date, e.summary, e.amount, e.reversal_of";

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        id: row.get(0)?,
        no: row.get(1)?,
        date: day(row, 2)?,
        summary: row.get(3)?,
        amount: row.get(4)?,
        reversal_of: row.get(5)?,
    })
}

fn item(line: &Line) -> Item {
    Item { id: line.id, day: line.date, fen: line.amount }
}

/// The line of this number, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Line, Refusal> {
    let sql = format!("SELECT {LINE} FROM bank_line WHERE id = ?1");
    let found = db.prepare_cached(&sql)?.query_row([id], line).optional()?;
    found.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The lines of these numbers, in this order; those that are gone are left out.
pub(crate) fn find_all(db: &Connection, ids: &[i64]) -> Result<Vec<Line>, Refusal> {
    let sql = format!("SELECT {LINE} FROM bank_line WHERE id = ?1");
    let mut statement = db.prepare_cached(&sql)?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(statement.query_row([id], line).optional()?);
    }
    Ok(found)
}

/// The bank accounts kept: number in the file, name.
pub(crate) fn books(db: &Connection) -> Result<Vec<(i64, String)>, Refusal> {
    let sql = "SELECT id, name FROM book WHERE kind = '银行' AND closed_on IS NULL ORDER BY id";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// The bank account with this number at its bank; spaces and dashes do not count.
pub(crate) fn book_numbered(db: &Connection, number: &str) -> Result<Option<i64>, Refusal> {
    let sql = "SELECT id FROM book WHERE kind = '银行' AND replace(replace(number, ' ', ''), '-', '') = ?1";
    let plain: String = number.chars().filter(|c| c.is_alphanumeric()).collect();
    Ok(db.prepare_cached(sql)?.query_row([plain], |row| row.get(0)).optional()?)
}

/// What is proposed for these open lines, each by itself or for none, by line. Lines of the same amount compete with all the
/// others of theirs, seen here or not.
pub(crate) fn proposals(
    db: &Connection,
    lines: &[Line],
    tolerance: u64,
) -> Result<Vec<(Proposal, Entry)>, Refusal> {
    let mut found = Vec::new();
    let mut groups: Vec<(i64, i64)> =
        lines.iter().filter(|l| !l.ticked && !l.voided).map(|l| (l.book, l.amount)).collect();
    groups.sort_unstable();
    groups.dedup();
    for (book, amount) in groups {
        let told = open_of(db, book, amount)?;
        let booked = free_of(db, book, amount, &told, tolerance)?;
        let items: Vec<Item> = booked.iter().map(|e| Item { id: e.id, day: e.date, fen: e.amount }).collect();
        for proposal in rules::propose(&told, &items, tolerance) {
            let wanted = lines.iter().any(|l| l.id == proposal.line);
            if let Some(entry) = booked.iter().find(|e| wanted && e.id == proposal.entry) {
                found.push((proposal, entry.clone()));
            }
        }
    }
    Ok(found)
}

/// Voids a line that the bank never wrote.
pub(crate) fn void(tx: &Tx<'_>, id: i64, version: i64, on: NaiveDate, why: &str) -> Result<(), Refusal> {
    let columns = [("voided_on", keep::day(on)), ("void_reason", keep::text(why))];
    keep::update(tx, &RECORD, id, version, &columns)
}

/// Whether any line is open.
pub(crate) fn any_open(db: &Connection) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM statement_line WHERE ticked_at IS NULL)";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Every open line, in the order of the statement.
pub(crate) fn all_open(db: &Connection) -> Result<Vec<Line>, Refusal> {
    let sql = format!("SELECT {LINE} FROM statement_line WHERE ticked_at IS NULL ORDER BY book, date, id");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map([], line)?.collect::<Result<_, _>>()?;
    Ok(found)
}

fn open_of(db: &Connection, book: i64, amount: i64) -> Result<Vec<Item>, Refusal> {
    let sql = format!(
        "SELECT {LINE} FROM statement_line WHERE book = ?1 AND amount = ?2 AND ticked_at IS NULL ORDER BY date, id"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let lines: Vec<Line> = statement.query_map([book, amount], line)?.collect::<Result<_, _>>()?;
    Ok(lines.iter().map(item).collect())
}

/// Posted journal lines of this amount that stand for no statement line yet. A line that was taken back and the line that
/// takes it back cancel each other and are nobody's proposal.
fn free_of(
    db: &Connection,
    book: i64,
    amount: i64,
    told: &[Item],
    tolerance: u64,
) -> Result<Vec<Entry>, Refusal> {
    let (Some(first), Some(last)) = (told.first(), told.last()) else { return Ok(Vec::new()) };
    let days = chrono::Days::new(tolerance);
    let from = first.day.checked_sub_days(days).unwrap_or(first.day);
    let to = last.day.checked_add_days(days).unwrap_or(last.day);
    let sql = format!(
        "SELECT {ENTRY} FROM journal_entry e WHERE e.book = ?1 AND e.date BETWEEN ?3 AND ?4 AND e.amount = ?2 \
         AND e.status = '已过账' AND e.reversal_of IS NULL \
         AND NOT EXISTS (SELECT 1 FROM journal_entry r WHERE r.reversal_of = e.id AND r.status = '已过账') \
         AND NOT EXISTS (SELECT 1 FROM bank_match m WHERE m.entry = e.id) ORDER BY e.date, e.seq"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let values = params![book, amount, from.to_string(), to.to_string()];
    let found = statement.query_map(values, entry)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// The journal lines a ticked statement line stands for.
pub(crate) fn matched(db: &Connection, line: i64) -> Result<Vec<Entry>, Refusal> {
    let sql = format!(
        "SELECT {ENTRY} FROM bank_match m JOIN journal_entry e ON e.id = m.entry WHERE m.line = ?1 ORDER BY e.date, e.seq"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map([line], entry)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// The posted line of this voucher in a book (the second leg's number ends in `/2`, which a person need not say).
pub(crate) fn entry_called(db: &Connection, book: i64, no: &str) -> Result<Option<Entry>, Refusal> {
    let sql = format!(
        "SELECT {ENTRY} FROM journal_entry e WHERE e.book = ?1 AND e.no IN (?2, ?2 || '/2') AND e.status = '已过账'"
    );
    Ok(db.prepare_cached(&sql)?.query_row(params![book, no], entry).optional()?)
}

/// The statement line a journal line stands under already.
pub(crate) fn ticked_under(db: &Connection, entry: i64) -> Result<Option<String>, Refusal> {
    let sql = "SELECT l.no FROM bank_match m JOIN bank_line l ON l.id = m.line WHERE m.entry = ?1";
    Ok(db.prepare_cached(sql)?.query_row([entry], |row| row.get(0)).optional()?)
}

/// Keeps that a statement line stands for these journal lines.
pub(crate) fn pair(tx: &Tx<'_>, line: i64, entries: &[i64]) -> Result<(), Refusal> {
    let stamp = tx.stamp();
    let sql = "INSERT INTO bank_match (entry, line, matched_at, matched_by) VALUES (?1, ?2, ?3, ?4)";
    let mut statement = tx.conn().prepare_cached(sql)?;
    for entry in entries {
        statement.execute(params![entry, line, stamp.at, stamp.operator])?;
    }
    Ok(())
}

/// Forgets what a statement line stood for.
pub(crate) fn part(tx: &Tx<'_>, line: i64) -> Result<(), Refusal> {
    tx.conn().prepare_cached("DELETE FROM bank_match WHERE line = ?1")?.execute([line])?;
    Ok(())
}

/// The same line of the same account, if it has been taken in before.
pub(crate) fn twin(db: &Connection, new: &Line) -> Result<Option<String>, Refusal> {
    let sql = "SELECT no FROM statement_line WHERE book = ?1 AND date = ?2 AND text = ?3 AND amount = ?4 AND balance IS ?5";
    let values = params![new.book, new.date.to_string(), new.text, new.amount, new.balance];
    Ok(db.prepare_cached(sql)?.query_row(values, |row| row.get(0)).optional()?)
}

/// The headers of a bank's tables as last told: header, field.
pub(crate) fn headers(db: &Connection) -> Result<Vec<(String, String)>, Refusal> {
    let mut statement = db.prepare_cached("SELECT header, field FROM bank_layout ORDER BY book, field")?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Remembers how a bank heads a column; an empty header forgets it.
pub(crate) fn remember(tx: &Tx<'_>, book: i64, field: &str, header: &str) -> Result<(), Refusal> {
    let header = header.trim();
    if header.is_empty() {
        let sql = "DELETE FROM bank_layout WHERE book = ?1 AND field = ?2";
        tx.conn().prepare_cached(sql)?.execute(params![book, field])?;
        return Ok(());
    }
    let sql = "INSERT INTO bank_layout (book, field, header) VALUES (?1, ?2, ?3) \
               ON CONFLICT (book, field) DO UPDATE SET header = excluded.header";
    tx.conn().prepare_cached(sql)?.execute(params![book, field, header])?;
    Ok(())
}

/// How many open lines a condition on the table finds.
pub(crate) fn count(db: &Connection, condition: &str, values: Vec<Value>) -> Result<i64, Refusal> {
    let sql = format!("SELECT count(*) FROM statement_line WHERE {condition}");
    Ok(db.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?)
}

/// Open journal lines of a book up to a day that the bank has not got by then, from the first statement's month on: what was
/// before it is taken as known to both.
pub(crate) fn unpresented(
    db: &Connection,
    book: i64,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Entry>, Refusal> {
    let sql = format!(
        "SELECT {ENTRY} FROM journal_entry e WHERE e.book = ?1 AND e.date BETWEEN ?2 AND ?3 AND e.status = '已过账' \
         AND NOT EXISTS (SELECT 1 FROM bank_match m JOIN bank_line l ON l.id = m.line \
                         WHERE m.entry = e.id AND l.date <= ?3) ORDER BY e.date, e.seq"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let values = params![book, from.to_string(), to.to_string()];
    let found: Vec<Entry> = statement.query_map(values, entry)?.collect::<Result<_, _>>()?;
    let both = |e: &Entry| {
        let other = |o: &Entry| o.reversal_of == Some(e.id) || e.reversal_of == Some(o.id);
        found.iter().any(other)
    };
    Ok(found.iter().filter(|e| !both(e)).cloned().collect())
}

/// Statement lines up to a day that the journal has not got by then, with the part of each that it has not.
pub(crate) fn unbooked(db: &Connection, book: i64, to: NaiveDate) -> Result<Vec<(Line, i64)>, Refusal> {
    let sql = format!(
        "SELECT {LINE}, amount - coalesce((SELECT sum(e.amount) FROM bank_match m JOIN journal_entry e ON e.id = m.entry \
         WHERE m.line = statement_line.id AND e.date <= ?2), 0) AS rest \
         FROM statement_line WHERE book = ?1 AND date <= ?2 AND rest <> 0 ORDER BY date, id"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map(params![book, to.to_string()], |row| Ok((line(row)?, row.get(10)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The first and the last day of a book's statement up to a day.
pub(crate) fn covered(
    db: &Connection,
    book: i64,
    to: NaiveDate,
) -> Result<Option<(NaiveDate, NaiveDate)>, Refusal> {
    let sql = "SELECT min(date), max(date) FROM statement_line WHERE book = ?1 AND date <= ?2";
    let found: (Option<String>, Option<String>) = db
        .prepare_cached(sql)?
        .query_row(params![book, to.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
    Ok(day(found.0).zip(day(found.1)))
}

/// The bank's balance at the end of a day: that of the last line that says one, and what came after it.
pub(crate) fn bank_balance(db: &Connection, book: i64, to: NaiveDate) -> Result<Option<i64>, Refusal> {
    let sql = "SELECT max(date) FROM statement_line WHERE book = ?1 AND date <= ?2 AND balance IS NOT NULL";
    let last: Option<String> =
        db.prepare_cached(sql)?.query_row(params![book, to.to_string()], |row| row.get(0))?;
    let Some(last) = last else { return Ok(None) };
    let sql = "SELECT amount, balance FROM statement_line WHERE book = ?1 AND date = ?2 AND balance IS NOT NULL ORDER BY id";
    let mut statement = db.prepare_cached(sql)?;
    let lines: Vec<(i64, i64)> = statement
        .query_map(params![book, last], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let sql =
        "SELECT coalesce(sum(amount), 0) FROM statement_line WHERE book = ?1 AND date > ?2 AND date <= ?3";
    let after: i64 =
        db.prepare_cached(sql)?.query_row(params![book, last, to.to_string()], |row| row.get(0))?;
    Ok(rules::closing(&lines).map(|balance| balance + after))
}

/// The journal's balance of a book at the end of a day, with the voucher it was reached by.
pub(crate) fn journal_balance(db: &Connection, book: i64, to: NaiveDate) -> Result<(i64, String), Refusal> {
    let sql = "SELECT balance, no FROM journal_entry WHERE book = ?1 AND seq IS NOT NULL AND date <= ?2 \
               ORDER BY seq DESC LIMIT 1";
    let found = db
        .prepare_cached(sql)?
        .query_row(params![book, to.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some(found) = found {
        return Ok(found);
    }
    let sql = "SELECT opening FROM book WHERE id = ?1";
    Ok((db.prepare_cached(sql)?.query_row([book], |row| row.get(0))?, String::new()))
}

/// Whether a book has posted lines within these days.
pub(crate) fn moved(db: &Connection, book: i64, from: NaiveDate, to: NaiveDate) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM journal_entry WHERE book = ?1 AND date BETWEEN ?2 AND ?3 \
               AND status = '已过账')";
    let values = params![book, from.to_string(), to.to_string()];
    Ok(db.prepare_cached(sql)?.query_row(values, |row| row.get(0))?)
}

/// The same of one account.
pub(crate) fn headers_of(db: &Connection, book: i64) -> Result<Vec<(String, String)>, Refusal> {
    let mut statement = db.prepare_cached("SELECT header, field FROM bank_layout WHERE book = ?1")?;
    let found =
        statement.query_map([book], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// What would be proposed for a line whose tick is being done again: the line itself stands as ticked already.
pub(crate) fn proposal_again(
    db: &Connection,
    line: &Line,
    tolerance: u64,
) -> Result<Option<(Proposal, Entry)>, Refusal> {
    let told = [item(line)];
    let booked = free_of(db, line.book, line.amount, &told, tolerance)?;
    let items: Vec<Item> = booked.iter().map(|e| Item { id: e.id, day: e.date, fen: e.amount }).collect();
    let found = rules::propose(&told, &items, tolerance).into_iter().next();
    Ok(found.and_then(|p| booked.into_iter().find(|e| e.id == p.entry).map(|e| (p, e))))
}
