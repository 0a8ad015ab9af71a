//! How sharing rules and what was shared by them are kept: SQL and nothing else.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::desk::refusal::Refusal;
use crate::subjects::journal::records::weights_in;
use crate::subjects::journal::reports::sums;
use crate::values::money::Fen;

use super::rules::Weights;

/// A sharing rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Number in the file.
    pub id: i64,
    /// `FT-2025-01`.
    pub no: String,
    /// Its name.
    pub name: String,
    /// How the weights came about.
    pub method: String,
    /// The associations with their weights, in the fixed order.
    pub weights: Weights,
    /// The agreement it belongs to; empty for none.
    pub agreement: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day; none while it is in force.
    pub to: Option<NaiveDate>,
}

const COLUMNS: &str = "id, no, name, method, weights, coalesce(agreement, ''), valid_from, valid_to";

fn rule(row: &Row<'_>, orgs: &[String]) -> rusqlite::Result<Rule> {
    Ok(Rule {
        id: row.get(0)?,
        no: row.get(1)?,
        name: row.get(2)?,
        method: row.get(3)?,
        weights: weights_in(&row.get::<_, String>(4)?, orgs),
        agreement: row.get(5)?,
        from: sums::day(&row.get::<_, String>(6)?),
        to: row.get::<_, Option<String>>(7)?.map(|iso| sums::day(&iso)),
    })
}

/// The rule of this number in the file, or the refusal that there is none. `orgs`: the associations in their order.
pub(crate) fn must_find(conn: &Connection, id: i64, orgs: &[String]) -> Result<Rule, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM share_rule WHERE id = ?1");
    let found = conn.prepare_cached(&sql)?.query_row([id], |row| rule(row, orgs)).optional()?;
    found.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The rule in force on a day.
pub(crate) fn on(conn: &Connection, day: NaiveDate, orgs: &[String]) -> Result<Option<Rule>, Refusal> {
    let found = crate::subjects::journal::records::sharing(conn, day, orgs)?;
    found.map(|(id, _)| must_find(conn, id, orgs)).transpose()
}

/// Whether anything was ever shared by it.
pub(crate) fn used(conn: &Connection, id: i64) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM share_run WHERE rule = ?1) OR EXISTS (SELECT 1 FROM journal_entry WHERE rule = ?1)";
    Ok(conn.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
}

/// Something that was shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// Its number.
    pub no: String,
    /// 分摊 or 多退少补.
    pub kind: String,
    /// First day of its period.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// What was shared, or moved.
    pub total: Fen,
    /// Its voucher.
    pub voucher: String,
    /// How that stands.
    pub status: String,
    /// It was reversed.
    pub reversed: bool,
}

/// What was shared by a rule, the newest first, at most so many.
pub(crate) fn runs(conn: &Connection, rule: i64, most: i64) -> Result<Vec<Run>, Refusal> {
    let sql = "SELECT r.no, r.kind, r.from_on, r.to_on, r.total, e.no, e.status, \
               EXISTS (SELECT 1 FROM journal_entry x WHERE x.reversal_of = e.id AND x.status <> '已作废') \
               FROM share_run r JOIN journal_entry e ON e.id = r.voucher WHERE r.rule = ?1 ORDER BY r.id DESC LIMIT ?2";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params![rule, most], |row| {
        Ok(Run {
            no: row.get(0)?,
            kind: row.get(1)?,
            from: sums::day(&row.get::<_, String>(2)?),
            to: sums::day(&row.get::<_, String>(3)?),
            total: Fen(row.get(4)?),
            voucher: row.get(5)?,
            status: row.get(6)?,
            reversed: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What was shared for a period that this one touches and still stands: its voucher's number.
pub(crate) fn touching(
    conn: &Connection,
    pool: i64,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Option<String>, Refusal> {
    let sql = "SELECT e.no FROM share_run r JOIN journal_entry e ON e.id = r.voucher \
               WHERE r.pool = ?1 AND r.kind = '分摊' AND r.from_on <= ?3 AND r.to_on >= ?2 AND e.status <> '已作废' \
               AND NOT EXISTS (SELECT 1 FROM journal_entry x WHERE x.reversal_of = e.id AND x.status <> '已作废') LIMIT 1";
    let days = params![pool, from.to_string(), to.to_string()];
    Ok(conn.prepare_cached(sql)?.query_row(days, |row| row.get(0)).optional()?)
}

/// A voucher over this pool for this period that is written and not posted.
pub(crate) fn unposted(
    conn: &Connection,
    pool: i64,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Option<String>, Refusal> {
    let sql = "SELECT e.no FROM share_run r JOIN journal_entry e ON e.id = r.voucher \
               OR e.reversal_of = r.voucher WHERE r.pool = ?1 AND r.to_on BETWEEN ?2 AND ?3 \
               AND e.status IN ('草稿', '待审核', '已审核') LIMIT 1";
    let days = params![pool, from.to_string(), to.to_string()];
    Ok(conn.prepare_cached(sql)?.query_row(days, |row| row.get(0)).optional()?)
}

/// What a pool paid out for running costs in a period, by association as it was charged. Posted only.
pub(crate) fn charged(
    conn: &Connection,
    pool: i64,
    expense: impl Fn(&str) -> bool,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<BTreeMap<(String, String), Fen>, Refusal> {
    let mut all: BTreeMap<(String, String), Fen> = BTreeMap::new();
    for m in sums::moved(conn, from, to)? {
        if m.fund == pool && m.book != 0 && expense(&m.account) {
            all.entry((m.account, m.org)).or_default().0 -= m.amount.0;
        }
    }
    all.retain(|_, amount| amount.0 != 0);
    Ok(all)
}

/// What each association gave to a pool for a period. What was shared counts for the period it was shared for, also when
/// its voucher, or the one that reverses it, was written later; any other transfer counts on its day. Posted only.
pub(crate) fn contributed(
    conn: &Connection,
    pool: i64,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(String, Fen)>, Refusal> {
    let sql = "SELECT s.org, sum(s.amount) FROM journal_entry e JOIN journal_split s ON s.entry = e.id AND s.fund = ?1 \
               LEFT JOIN share_run r ON r.voucher = coalesce(e.reversal_of, e.id) \
               WHERE e.kind = '转' AND e.period BETWEEN ?4 AND ?5 AND e.status = '已过账' \
               AND coalesce(r.to_on, e.date) BETWEEN ?2 AND ?3 GROUP BY s.org";
    // A year is settled within the next one, or before it began.
    let month = |day: NaiveDate| day.format("%Y-%m").to_string();
    let reach = Months::new(24);
    let values = params![pool, from.to_string(), to.to_string(), month(from - reach), month(to + reach)];
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(values, |row| Ok((row.get(0)?, Fen(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
