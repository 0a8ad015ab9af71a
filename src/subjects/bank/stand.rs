//! How a bank account stands at the end of a day: both balances, what only one side knows, whether the two agree
//! (RULES §3.6). Reads through `records`, decides through `rules`; nothing is booked from it.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::desk::reading::coded;
use crate::desk::refusal::Refusal;
use crate::subjects::periods::rules::Month;
use crate::values::money::{Fen, MoneyError};

use super::records::{self, Entry, Line};
use super::rules::Sides;

/// A reconciliation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stand {
    /// The day both balances are of.
    pub day: NaiveDate,
    /// First day compared: what was before it is taken as known to both.
    pub since: NaiveDate,
    /// The voucher that reached the journal's balance; empty for the opening balance.
    pub voucher: String,
    /// What the bank has and the journal has not, each with the part of it, in fen.
    pub unbooked: Vec<(Line, i64)>,
    /// What the journal has and the bank has not.
    pub unpresented: Vec<Entry>,
    /// The sums.
    pub sides: Sides,
}

impl Stand {
    /// By how much the adjusted balances differ.
    ///
    /// # Errors
    /// When the sum cannot be kept.
    pub(crate) fn difference(&self) -> Result<Fen, Refusal> {
        self.sides.difference().map_err(|error| overflow(&error))
    }
}

/// A sum that cannot be kept, as a refusal.
pub(crate) fn overflow(error: &MoneyError) -> Refusal {
    coded(error.code(), error.args())
}

/// How a book stands at the end of the last month its statement covers, not after `to`; none when no statement of it has
/// been taken in by then.
pub(crate) fn stand(db: &Connection, book: i64, to: NaiveDate) -> Result<Option<Stand>, Refusal> {
    let Some((first, last)) = records::covered(db, book, to)? else { return Ok(None) };
    let day = to.min(Month::of(last).last());
    let since = Month::of(first).first();
    let (journal, voucher) = records::journal_balance(db, book, day)?;
    let Some(statement) = records::bank_balance(db, book, day)? else { return Ok(None) };
    let unbooked = records::unbooked(db, book, day)?;
    let unpresented = records::unpresented(db, book, since, day)?;
    let sides = Sides {
        journal,
        unbooked: unbooked.iter().map(|(_, fen)| *fen).collect(),
        statement,
        unpresented: unpresented.iter().map(|entry| entry.amount).collect(),
    };
    Ok(Some(Stand { day, since, voucher, unbooked, unpresented, sides }))
}

/// Why a month of a bank account is not reconciled yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Open {
    /// The journal moved and no statement was taken in.
    NoStatement,
    /// The sides differ by so many fen.
    Differs(i64),
    /// So many lines of the bank are open without a word why.
    Unexplained(usize),
}

/// What keeps a month of a bank account from being reconciled; nothing when it is, or when nothing happened.
pub(crate) fn open_in(db: &Connection, book: i64, month: Month) -> Result<Option<Open>, Refusal> {
    let (from, to) = (month.first(), month.last());
    let covered = records::covered(db, book, to)?.is_some_and(|(_, last)| last >= from);
    if !covered {
        return Ok(records::moved(db, book, from, to)?.then_some(Open::NoStatement));
    }
    let Some(stand) = stand(db, book, to)? else { return Ok(Some(Open::NoStatement)) };
    let silent = stand.unbooked.iter().filter(|(line, _)| line.note.is_empty()).count();
    Ok(match stand.difference()? {
        Fen(0) if silent == 0 => None,
        Fen(0) => Some(Open::Unexplained(silent)),
        Fen(fen) => Some(Open::Differs(fen)),
    })
}
