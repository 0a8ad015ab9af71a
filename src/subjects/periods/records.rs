//! How the months of the journal are kept, and the figures that decide whether one may be closed. SQL and nothing else.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use crate::desk::refusal::Refusal;
use crate::store::{Tx, Value};
use crate::subjects::bank::{records as bank, stand};
use crate::subjects::counts::records as counts;
use crate::subjects::keep;

use super::rules::{Look, Month};

/// A month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Period {
    /// Number in the file.
    pub id: i64,
    /// Which.
    pub month: Month,
    /// Nothing is written into it any more.
    pub closed: bool,
    /// When it was closed.
    pub closed_on: String,
    /// By whom.
    pub closed_by: String,
    /// Fen in all books when it was closed.
    pub held: Option<i64>,
    /// The secretary who would open it again.
    pub secretary: String,
    /// The accountant who would.
    pub accountant: String,
}

impl Period {
    /// One of the two has consented to opening it, the other has not.
    pub(crate) fn half_open(&self) -> bool {
        self.closed && self.secretary.is_empty() != self.accountant.is_empty()
    }
}

const COLUMNS: &str = "id, period, status = '结账', coalesce(closed_on, ''), coalesce(closed_by, ''), held, \
     coalesce(reopen_secretary, ''), coalesce(reopen_accountant, '')";

fn period(row: &Row<'_>) -> rusqlite::Result<Period> {
    let name: String = row.get(1)?;
    Ok(Period {
        id: row.get(0)?,
        month: Month::named(&name).unwrap_or_else(|| Month::of(NaiveDate::default())),
        closed: row.get(2)?,
        closed_on: row.get(3)?,
        closed_by: row.get(4)?,
        held: row.get(5)?,
        secretary: row.get(6)?,
        accountant: row.get(7)?,
    })
}

/// The month of this number, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Period, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM journal_period WHERE id = ?1");
    let found = db.prepare_cached(&sql)?.query_row([id], period).optional()?;
    found.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The month of this name, if it is kept.
pub(crate) fn find(db: &Connection, month: Month) -> Result<Option<Period>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM journal_period WHERE period = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([month.name()], period).optional()?)
}

/// The months of these numbers, in this order; those that are gone are left out.
pub(crate) fn find_all(db: &Connection, ids: &[i64]) -> Result<Vec<Period>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM journal_period WHERE id = ?1");
    let mut statement = db.prepare_cached(&sql)?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(statement.query_row([id], period).optional()?);
    }
    Ok(found)
}

/// The months that are open, the oldest first.
pub(crate) fn open(db: &Connection) -> Result<Vec<Period>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM journal_period WHERE status = '开放' ORDER BY period");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map([], period)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Closed months of which one of the two has consented to opening.
pub(crate) fn half_open(db: &Connection) -> Result<Vec<Period>, Refusal> {
    let sql =
        format!("SELECT {COLUMNS} FROM journal_period WHERE status = '结账' ORDER BY period DESC LIMIT 1");
    let last = db.prepare_cached(&sql)?.query_row([], period).optional()?;
    Ok(last.into_iter().filter(Period::half_open).collect())
}

/// The month the books begin in; none before there is a book.
pub(crate) fn first(db: &Connection) -> Result<Option<Month>, Refusal> {
    let day: Option<String> =
        db.prepare_cached("SELECT min(opened_on) FROM book")?.query_row([], |row| row.get(0))?;
    Ok(day.and_then(|day| day.parse().ok()).map(Month::of))
}

/// Makes the rows of every month from the first book's on up to this one. Nothing is done to those there are.
pub(crate) fn ensure(tx: &Tx<'_>, last: Month) -> Result<Option<i64>, Refusal> {
    if find(tx.conn(), last)?.is_some() {
        return Ok(None);
    }
    let Some(first) = first(tx.conn())? else { return Ok(None) };
    let mut made = None;
    for month in first.through(last) {
        if find(tx.conn(), month)?.is_none() {
            let columns = [("period", keep::text(&month.name())), ("status", keep::text("开放"))];
            made = Some(tx.insert("journal_period", &columns)?);
        }
    }
    Ok(made)
}

/// Fen in all books at the end of a day, by the running balances of their last posted lines.
pub(crate) fn held(db: &Connection, to: NaiveDate) -> Result<i64, Refusal> {
    let mut statement = db.prepare_cached("SELECT id FROM book WHERE opened_on <= ?1 ORDER BY id")?;
    let books: Vec<i64> =
        statement.query_map([to.to_string()], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut sum = 0_i64;
    for book in books {
        sum = sum.saturating_add(bank::journal_balance(db, book, to)?.0);
    }
    Ok(sum)
}

/// Fen in all funds at the end of a month, by the posted splits.
pub(crate) fn in_funds(db: &Connection, month: Month) -> Result<i64, Refusal> {
    let sql = "SELECT (SELECT coalesce(sum(opening), 0) FROM fund) \
               + (SELECT coalesce(sum(amount), 0) FROM posted_total WHERE period <= ?1)";
    Ok(db.prepare_cached(sql)?.query_row([month.name()], |row| row.get(0))?)
}

/// Lines of these months that are neither posted nor void.
pub(crate) fn unposted(db: &Connection, from: Month, to: Month) -> Result<i64, Refusal> {
    let sql = "SELECT count(*) FROM journal_entry INDEXED BY entry_by_status \
               WHERE status <> '已过账' AND status <> '已作废' AND period BETWEEN ?1 AND ?2";
    Ok(db.prepare_cached(sql)?.query_row([from.name(), to.name()], |row| row.get(0))?)
}

/// Cash boxes that moved in a month and were not counted in it, by name.
pub(crate) fn uncounted(db: &Connection, month: Month) -> Result<Vec<String>, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM cash_count WHERE book = ?1 AND status <> '已作废' \
               AND substr(counted_at, 1, 7) = ?2)";
    let mut found = Vec::new();
    for (book, name) in counts::books(db)? {
        let counted: bool =
            db.prepare_cached(sql)?.query_row(params![book, month.name()], |row| row.get(0))?;
        if !counted && bank::moved(db, book, month.first(), month.last())? {
            found.push(name);
        }
    }
    Ok(found)
}

/// Bank accounts that are not reconciled for a month, by name.
pub(crate) fn unreconciled(db: &Connection, month: Month) -> Result<Vec<String>, Refusal> {
    let mut found = Vec::new();
    for (book, name) in bank::books(db)? {
        if stand::open_in(db, book, month)?.is_some() {
            found.push(name);
        }
    }
    Ok(found)
}

/// How a month looks to someone who would close it on this day.
pub(crate) fn look(db: &Connection, month: Month, today: NaiveDate) -> Result<Look, Refusal> {
    let before = find(db, month.before())?;
    Ok(Look {
        before_open: before.is_some_and(|before| !before.closed),
        over: month.last() <= today,
        unposted: unposted(db, month, month)?,
        held: held(db, month.last())?,
        funds: in_funds(db, month)?,
        uncounted: !uncounted(db, month)?.is_empty(),
        unreconciled: unreconciled(db, month)?,
    })
}

/// The columns of a month that is closed now.
pub(crate) fn closed(look: &Look, on: NaiveDate, by: &str, why: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("status", keep::text("结账")),
        ("closed_on", keep::day(on)),
        ("closed_by", keep::text(by)),
        ("held", look.held.into()),
        ("funds", look.funds.into()),
        ("close_reason", keep::text(why)),
        ("reopen_reason", Value::Null),
        ("reopen_secretary", Value::Null),
        ("reopen_accountant", Value::Null),
    ]
}

/// What the books say of the things a year ends with (RULES §3.12).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct YearEnd {
    /// Fen of advances not settled: the balance of the account for them.
    pub advances: i64,
    /// Allocations trued up.
    pub trued_up: i64,
    /// Months closed.
    pub closed: i64,
    /// Lines of the year after that are posted.
    pub carried: i64,
    /// Notices issued for the last month.
    pub notices: i64,
}

/// The account advances are kept on.
pub(crate) const ADVANCES: &str = "1122";

/// Reads it for a year.
pub(crate) fn year_end(db: &Connection, year: i32) -> Result<YearEnd, Refusal> {
    let (first, last) = (format!("{year:04}-01"), format!("{year:04}-12"));
    let one = |sql: &str, values: &[&str]| -> Result<i64, Refusal> {
        Ok(db.prepare_cached(sql)?.query_row(params_from_iter(values), |row| row.get(0))?)
    };
    let advances = "SELECT coalesce(sum(amount), 0) FROM posted_total WHERE account = ?1 AND period <= ?2";
    let trued_up =
        "SELECT count(*) FROM share_run WHERE kind = '多退少补' AND substr(to_on, 1, 7) BETWEEN ?1 AND ?2";
    let closed = "SELECT count(*) FROM journal_period WHERE status = '结账' AND period BETWEEN ?1 AND ?2";
    let carried = "SELECT coalesce(sum(lines), 0) FROM posted_total WHERE period > ?1";
    let notices = "SELECT count(*) FROM financial_notice WHERE substr(to_on, 1, 7) = ?1";
    Ok(YearEnd {
        // An advance goes out of a fund and comes back into one: what has not come back is below nothing.
        advances: one(advances, &[ADVANCES, &last])?.saturating_neg(),
        trued_up: one(trued_up, &[&first, &last])?,
        closed: one(closed, &[&first, &last])?,
        carried: one(carried, &[&last])?,
        notices: one(notices, &[&last])?,
    })
}
