//! What was posted, added up: over whole months from the totals kept as lines are posted, over the rest of a period from
//! the lines themselves. Drafts and reviewed lines count for nothing here. Knows no report.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use rusqlite::{Connection, params};

use crate::desk::refusal::Refusal;
use crate::values::money::Fen;

/// A book as reports name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Book {
    /// Its number in the file.
    pub id: i64,
    /// `CASH`.
    pub code: String,
    /// `库存现金`.
    pub name: String,
    /// Account of the chart.
    pub account: String,
    /// What it held when it was opened.
    pub opening: Fen,
    /// When that was.
    pub opened_on: NaiveDate,
}

/// A fund as reports name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fund {
    /// Its number in the file.
    pub id: i64,
    /// `F-BL-00`.
    pub code: String,
    /// `盲协工作经费`.
    pub name: String,
    /// Code of the association.
    pub owner: String,
    /// It may only be spent on what it was given for.
    pub restricted: bool,
    /// What it had when the books were opened.
    pub opening: Fen,
}

/// What the posted lines of a period did to one fund by one account in one book for one association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moved {
    /// The fund.
    pub fund: i64,
    /// Counter account.
    pub account: String,
    /// The book; 0 for a transfer between funds.
    pub book: i64,
    /// 收, 付 or 转.
    pub side: String,
    /// The association.
    pub org: String,
    /// + into the fund, - out of it.
    pub amount: Fen,
}

/// Every book, the cash boxes first.
pub(crate) fn books(db: &Connection) -> Result<Vec<Book>, Refusal> {
    let sql = "SELECT id, code, name, account, opening, opened_on FROM book ORDER BY account, id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(Book {
            id: row.get(0)?,
            code: row.get(1)?,
            name: row.get(2)?,
            account: row.get(3)?,
            opening: Fen(row.get(4)?),
            opened_on: day(&row.get::<_, String>(5)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every fund by its code.
pub(crate) fn funds(db: &Connection) -> Result<Vec<Fund>, Refusal> {
    let sql = "SELECT id, code, name, owner, restriction = '限定性', opening FROM fund ORDER BY code";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(Fund {
            id: row.get(0)?,
            code: row.get(1)?,
            name: row.get(2)?,
            owner: row.get(3)?,
            restricted: row.get(4)?,
            opening: Fen(row.get(5)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A day as kept; a text that is none cannot be in the file.
pub(crate) fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap_or_default()
}

/// The first day of a day's month.
pub(crate) fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The last day of a day's month.
pub(crate) fn last_of_month(day: NaiveDate) -> NaiveDate {
    (first_of_month(day) + Months::new(1)).pred_opt().unwrap_or(day)
}

/// The day before.
pub(crate) fn before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}

/// What was posted from the beginning of the books to a day, included.
pub(crate) fn until(db: &Connection, to: NaiveDate) -> Result<Vec<Moved>, Refusal> {
    moved(db, NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default(), to)
}

/// What was posted in a period, both days included.
pub(crate) fn moved(db: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Moved>, Refusal> {
    let mut all = Sum::default();
    if from > to {
        return Ok(Vec::new());
    }
    // Whole months lie between the broken ones at the ends.
    let whole_from = if from.day() == 1 { from } else { last_of_month(from) + Days::new(1) };
    let whole_to = if to == last_of_month(to) { to } else { before(first_of_month(to)) };
    if whole_from > whole_to {
        all.lines(db, from, to)?;
        return Ok(all.done());
    }
    if from < whole_from {
        all.lines(db, from, before(whole_from))?;
    }
    all.months(db, whole_from, whole_to)?;
    if whole_to < to {
        all.lines(db, whole_to + Days::new(1), to)?;
    }
    Ok(all.done())
}

type Key = (i64, String, i64, String, String);

#[derive(Default)]
struct Sum(BTreeMap<Key, i64>);

impl Sum {
    fn months(&mut self, db: &Connection, from: NaiveDate, to: NaiveDate) -> Result<(), Refusal> {
        let sql = "SELECT fund, account, book, side, org, sum(amount) FROM posted_total \
                   WHERE period BETWEEN ?1 AND ?2 GROUP BY fund, account, book, side, org";
        let month = |day: NaiveDate| day.format("%Y-%m").to_string();
        self.add(db, sql, &month(from), &month(to))
    }

    fn lines(&mut self, db: &Connection, from: NaiveDate, to: NaiveDate) -> Result<(), Refusal> {
        let sql = "SELECT s.fund, s.account, coalesce(e.book, 0), e.side, s.org, sum(s.amount) \
                   FROM journal_entry e JOIN journal_split s ON s.entry = e.id \
                   WHERE e.date BETWEEN ?1 AND ?2 AND e.status = '已过账' GROUP BY 1, 2, 3, 4, 5";
        self.add(db, sql, &from.to_string(), &to.to_string())
    }

    fn add(&mut self, db: &Connection, sql: &str, from: &str, to: &str) -> Result<(), Refusal> {
        let mut statement = db.prepare_cached(sql)?;
        let rows = statement.query_map(params![from, to], |row| {
            let key: Key = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
            Ok((key, row.get::<_, i64>(5)?))
        })?;
        for row in rows {
            let (key, amount) = row?;
            *self.0.entry(key).or_default() += amount;
        }
        Ok(())
    }

    fn done(self) -> Vec<Moved> {
        let one = |((fund, account, book, side, org), amount)| Moved {
            fund,
            account,
            book,
            side,
            org,
            amount: Fen(amount),
        };
        self.0.into_iter().map(one).collect()
    }
}

/// The sum of those that fit.
pub(crate) fn total(moved: &[Moved], fits: impl Fn(&Moved) -> bool) -> Fen {
    Fen(moved.iter().filter(|m| fits(m)).map(|m| m.amount.0).sum())
}
