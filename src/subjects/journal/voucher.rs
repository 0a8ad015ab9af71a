//! Writing a voucher: numbered without a gap, its lines and what each does to which fund, all in one change. What other
//! subjects book, they book through here. Whether a person may, the callers have asked.

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::keep;
use crate::values::money::Fen;

use super::rules::{self, Kind, Side, Split, Status};

/// A line of a voucher to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewLine {
    /// The book's number in the file; none for a transfer between funds.
    pub book: Option<i64>,
    /// The column it stands in.
    pub side: Side,
    /// The figure in that column (negative: red); for a transfer between funds what moves.
    pub figure: Fen,
    /// What it does to the funds; sums to what it does to the book, or to nothing.
    pub splits: Vec<Split>,
}

/// A voucher to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct NewVoucher {
    /// Its day.
    pub date: NaiveDate,
    /// What it is for.
    pub summary: String,
    /// Who paid or was paid.
    pub counterparty: String,
    /// Papers behind it.
    pub attachments: i64,
    /// One line, or two when money moves between two books: the one it leaves first.
    pub lines: Vec<NewLine>,
    /// The voucher it cancels.
    pub reversal_of: Option<i64>,
    /// The voucher it puts right.
    pub corrects: Option<i64>,
    /// The rule its cost was shared by.
    pub rule: Option<i64>,
    /// Association it is done for; empty: the funds' owner.
    pub org: String,
    /// The fund rule it breaks, and why it should be let: both empty in ordinary life.
    pub block: String,
    /// See `block`.
    pub override_reason: String,
}

/// A voucher that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// Number in the file of its first line.
    pub id: i64,
    /// The voucher number.
    pub no: String,
}

/// Writes a voucher, to be reviewed by somebody else.
///
/// # Errors
/// When the month is closed, the day lies before what is posted in the book, or the splits do not sum.
pub(crate) fn write(cx: &Cx<'_>, tx: &Tx<'_>, new: &NewVoucher) -> Result<Written, Refusal> {
    let kind = kind_of(tx, new)?;
    refuse_day(tx, new)?;
    // A month is kept, to be closed one day, from its first line on.
    crate::subjects::periods::records::ensure(tx, crate::subjects::periods::rules::Month::of(new.date))?;
    let number = next_number(tx, kind, new.date)?;
    let no = rules::voucher_no(kind, new.date, number);
    let mut first = None;
    for (at, line) in new.lines.iter().enumerate() {
        let cash = match line.book {
            Some(book) => {
                Value::Integer(i64::from(crate::subjects::books::records::must_find(tx.conn(), book)?.cash))
            }
            None => Value::Null,
        };
        let leg = i64::try_from(at).unwrap_or(0) + 1;
        let mut columns = line_columns(new, line)?;
        columns.extend([
            ("no", keep::text(&if leg == 1 { no.clone() } else { format!("{no}/{leg}") })),
            ("leg", Value::Integer(leg)),
            ("kind", keep::text(kind.word())),
            ("period", keep::text(&rules::period(new.date))),
            ("number", Value::Integer(number)),
            ("cash", cash),
            ("status", keep::text(Status::ToReview.word())),
            ("preparer", keep::text(&cx.who.name)),
            // Only the first line is the reversal: one voucher cancels one.
            ("reversal_of", new.reversal_of.filter(|_| leg == 1).map_or(Value::Null, Value::Integer)),
            ("corrects", new.corrects.map_or(Value::Null, Value::Integer)),
        ]);
        if cx.who.holds(&["cashier"]) {
            columns.push(("cashier", keep::text(&cx.who.name)));
        }
        let id = tx.insert("journal_entry", &columns)?;
        write_splits(tx, id, &line.splits)?;
        first.get_or_insert(id);
    }
    let id = first.ok_or_else(|| Refusal::rule("journal-no-line"))?;
    Ok(Written { id, no })
}

/// Writes an unposted voucher anew: the number stays, what it says changes.
///
/// # Errors
/// As [`write`], and when the day lies in another month.
pub(crate) fn rewrite(tx: &Tx<'_>, id: i64, version: i64, no: &str, new: &NewVoucher) -> Result<(), Refusal> {
    refuse_day(tx, new)?;
    for (at, line) in new.lines.iter().enumerate() {
        let (line_id, version) = if at == 0 {
            (id, version)
        } else {
            let sql = "SELECT id, version FROM journal_entry WHERE no = ?1 || '/2'";
            let found = tx
                .conn()
                .prepare_cached(sql)?
                .query_row([no], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            found.ok_or_else(|| Refusal::rule("not-found").with("text", no))?
        };
        let mut columns = line_columns(new, line)?;
        columns.push(("status", keep::text(Status::ToReview.word())));
        columns.extend([("override_secretary", Value::Null), ("override_accountant", Value::Null)]);
        keep::update(tx, &super::fields::RECORD, line_id, version, &columns)?;
        tx.conn().prepare_cached("DELETE FROM journal_split WHERE entry = ?1")?.execute([line_id])?;
        write_splits(tx, line_id, &line.splits)?;
    }
    Ok(())
}

fn line_columns(new: &NewVoucher, line: &NewLine) -> Result<Vec<(&'static str, Value)>, Refusal> {
    let effect = line.side.effect(line.figure);
    let sum: i64 = line.splits.iter().map(|split| split.amount.0).sum();
    let wanted = if line.side == Side::Between { 0 } else { effect.0 };
    if sum != wanted || line.splits.is_empty() {
        return Err(Refusal::rule("journal-splits")
            .with("sum", Fen(sum).to_string())
            .with("wanted", Fen(wanted).to_string()));
    }
    let account = only(line.splits.iter().map(|s| s.account.clone()));
    let fund = only(line.splits.iter().map(|s| s.fund.to_string()));
    let org =
        if new.org.is_empty() { only(line.splits.iter().map(|s| s.org.clone())) } else { new.org.clone() };
    Ok(vec![
        ("book", line.book.map_or(Value::Null, Value::Integer)),
        ("date", keep::day(new.date)),
        ("summary", keep::text(&new.summary)),
        ("account", keep::text(&account)),
        ("fund", fund.parse().map_or(Value::Null, Value::Integer)),
        ("side", keep::text(line.side.word())),
        ("amount", Value::Integer(effect.0)),
        ("counterparty", keep::text(&new.counterparty)),
        ("attachments", Value::Integer(new.attachments)),
        ("rule", new.rule.map_or(Value::Null, Value::Integer)),
        ("org", keep::text(&org)),
        ("block", keep::text(&new.block)),
        ("override_reason", keep::text(&new.override_reason)),
    ])
}

/// What all have in common; empty when they differ.
fn only(mut each: impl Iterator<Item = String>) -> String {
    let first = each.next().unwrap_or_default();
    if each.all(|other| other == first) { first } else { String::new() }
}

fn write_splits(tx: &Tx<'_>, id: i64, splits: &[Split]) -> Result<(), Refusal> {
    let sql = "INSERT INTO journal_split (entry, position, fund, org, account, amount) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut insert = tx.conn().prepare_cached(sql)?;
    for (position, split) in (1i64..).zip(splits) {
        insert.execute(params![id, position, split.fund, split.org, split.account, split.amount.0])?;
    }
    Ok(())
}

/// The kind follows from the first line's book and column.
fn kind_of(tx: &Tx<'_>, new: &NewVoucher) -> Result<Kind, Refusal> {
    let line = new.lines.first().ok_or_else(|| Refusal::rule("journal-no-line"))?;
    let Some(book) = line.book else { return Ok(Kind::Transfer) };
    let book = crate::subjects::books::records::must_find(tx.conn(), book)?;
    if book.closed {
        return Err(Refusal::rule("books-closed").field("book").with("book", book.name));
    }
    Ok(Kind::of(book.cash, line.side))
}

/// A bound book is written on at its end: not before what is posted, not in a closed month (RULES §3.1).
fn refuse_day(tx: &Tx<'_>, new: &NewVoucher) -> Result<(), Refusal> {
    let period = rules::period(new.date);
    if closed(tx.conn(), &period)? {
        return Err(Refusal::rule("journal-closed").field("date").with("period", period));
    }
    for line in &new.lines {
        let Some(book) = line.book else { continue };
        let sql =
            "SELECT date FROM journal_entry WHERE book = ?1 AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1";
        let last: Option<String> =
            tx.conn().prepare_cached(sql)?.query_row([book], |row| row.get(0)).optional()?;
        if let Some(last) = last.filter(|last| *last > new.date.to_string()) {
            return Err(Refusal::rule("journal-before-posted").field("date").with("last", last));
        }
    }
    Ok(())
}

/// Whether a month is closed.
pub(crate) fn closed(conn: &rusqlite::Connection, period: &str) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM journal_period WHERE period = ?1 AND status = '结账')";
    Ok(conn.prepare_cached(sql)?.query_row([period], |row| row.get(0))?)
}

/// The next number of a kind in a day's month. Taken inside the change, so a refused one leaves no gap.
pub(crate) fn next_number(tx: &Tx<'_>, kind: Kind, day: NaiveDate) -> Result<i64, Refusal> {
    let sql = "SELECT coalesce(max(number), 0) + 1 FROM journal_entry WHERE kind = ?1 AND period = ?2";
    let period = rules::period(day);
    Ok(tx.conn().prepare_cached(sql)?.query_row(params![kind.word(), period], |row| row.get(0))?)
}
