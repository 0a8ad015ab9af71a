//! Receipts and payments month by month: a table, a chart of two series, and one sentence that says the same.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rusqlite::params;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Table};
use crate::desk::view::{Bar, Chart};
use crate::values::money::Fen;

use super::{funds, sums};

/// What came in from outside and went out to it in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Month {
    /// In.
    pub received: i64,
    /// Out.
    pub paid: i64,
}

/// The months of a period that have something, by `2025-01`. Money moved between the office's own books is neither.
pub(crate) fn by_month(
    cx: &Cx<'_>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<BTreeMap<String, Month>, Refusal> {
    let sql = "SELECT e.period, e.side = '收', sum(s.amount) FROM journal_entry e JOIN journal_split s ON s.entry = e.id \
               WHERE e.date BETWEEN ?1 AND ?2 AND e.status = '已过账' AND e.book IS NOT NULL \
               AND s.account NOT IN (SELECT account FROM book) GROUP BY 1, 2";
    let totals = "SELECT period, side = '收', sum(amount) FROM posted_total \
                  WHERE period BETWEEN substr(?1, 1, 7) AND substr(?2, 1, 7) AND book <> 0 \
                  AND account NOT IN (SELECT account FROM book) GROUP BY 1, 2";
    let whole = from.day() == 1 && to == sums::last_of_month(to);
    let mut statement = cx.db.prepare_cached(if whole { totals } else { sql })?;
    let rows = statement.query_map(params![from.to_string(), to.to_string()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?, row.get::<_, i64>(2)?))
    })?;
    let mut months: BTreeMap<String, Month> = BTreeMap::new();
    for row in rows {
        let (period, receipt, amount) = row?;
        let month = months.entry(period).or_default();
        if receipt {
            month.received += amount;
        } else {
            month.paid -= amount;
        }
    }
    Ok(months)
}

const COLUMNS: &[(&str, bool)] =
    &[("month", false), ("received", true), ("paid", true), ("difference", true), ("held", true)];

/// The report.
pub(crate) fn months(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let mut table = super::table(cx, "receipts-payments", from, to, COLUMNS);
    let mut held = funds::held(cx, sums::before(from))?.0;
    let opened: i64 = (sums::books(cx.db)?.iter())
        .filter(|book| book.opened_on >= from && book.opened_on <= to)
        .map(|book| book.opening.0)
        .sum();
    held += opened;
    let mut all = Month::default();
    let row = |label: String, month: &Month, held: i64| {
        let figures = [month.received, month.paid, month.received - month.paid, held];
        std::iter::once(label).chain(figures.map(|f| super::yuan(cx, Fen(f)))).collect::<Vec<_>>()
    };
    for (label, month) in by_month(cx, from, to)? {
        held += month.received - month.paid;
        all = Month { received: all.received + month.received, paid: all.paid + month.paid };
        table.rows.push(row(label, &month, held));
    }
    table.rows.push(row(cx.t.say("report-total"), &all, held));
    table.footer.insert(0, sentence(cx, from, to)?);
    Ok(table)
}

/// Two bars a month, receipts first.
pub(crate) fn chart(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Chart, Refusal> {
    let mut bars = Vec::new();
    for (label, month) in by_month(cx, from, to)? {
        for (id, fen) in [("report-money-received", month.received), ("report-money-paid", month.paid)] {
            let (series, shown) = (cx.t.say(id), super::yuan(cx, Fen(fen)));
            bars.push(Bar { label: label.clone(), series, shown, value: fen });
        }
    }
    Ok(Chart {
        heading: cx.t.say("report-receipts-payments"),
        unit: cx.t.say("unit-yuan"),
        bars,
        sentence: sentence(cx, from, to)?,
    })
}

/// What the chart says: the sums, and the months that stand out.
fn sentence(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<String, Refusal> {
    let months = by_month(cx, from, to)?;
    // Among equals the earlier month.
    let most = |of: fn(&Month) -> i64| {
        let best = months.iter().rev().max_by_key(|(_, month)| of(month));
        best.map(|(label, month)| (label.clone(), of(month))).unwrap_or_default()
    };
    if months.is_empty() {
        return Ok(cx.t.say("report-receipts-payments-none"));
    }
    let (most_in, received) = most(|m| m.received);
    let (most_out, paid) = most(|m| m.paid);
    let sum = |of: fn(&Month) -> i64| Fen(months.values().map(of).sum()).plain();
    let args = [
        ("n", months.len().to_string()),
        ("received", sum(|m| m.received)),
        ("paid", sum(|m| m.paid)),
        ("most_in", most_in),
        ("in_amount", Fen(received).plain()),
        ("most_out", most_out),
        ("out_amount", Fen(paid).plain()),
    ];
    Ok(cx.t.with("report-receipts-payments-sentence", &args))
}
