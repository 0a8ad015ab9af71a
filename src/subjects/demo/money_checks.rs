//! Loads what checks the money of the sample: the bank's statement, nothing of it ticked (the ticking is the exercise), the
//! count of the cash, and the months, closed up to the one before the statement's.

use std::collections::HashMap;

use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::bank::records::journal_balance;
use crate::subjects::counts::actions as counts;
use crate::subjects::counts::records::Count;
use crate::subjects::counts::rules::{self, Pieces};
use crate::subjects::keep;
use crate::subjects::periods::records as periods;
use crate::subjects::periods::rules::Month;
use crate::values::money::Fen;

use super::sample::{day, get, reserve, table};

/// Who keeps the cash of the sample, who watched the count, who closes the months.
const CASHIER: &str = "P06";
const ACCOUNTANT: &str = "P05";

/// Loads it all, after the journal; `staff` is the names of the colleagues by code.
///
/// # Errors
/// When a table cannot be read or does not fit the journal.
pub(super) fn load(cx: &Cx<'_>, tx: &Tx<'_>, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let cx = Cx { db: tx.conn(), ..*cx };
    let name = |code: &str| staff.get(code).cloned().unwrap_or_default();
    statement(tx)?;
    count(tx, &name(CASHIER), &name(ACCOUNTANT))?;
    months(&cx, tx, &name(ACCOUNTANT))
}

fn book(tx: &Tx<'_>, code: &str) -> Result<i64, Refusal> {
    let sql = "SELECT id FROM book WHERE code = ?1";
    Ok(tx.conn().prepare_cached(sql)?.query_row([code], |row| row.get(0))?)
}

fn fen(text: &str) -> Result<Option<i64>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    Fen::parse(text).map(|Fen(fen)| Some(fen)).map_err(|e| Refusal::rule(e.code()).with("text", text))
}

fn statement(tx: &Tx<'_>) -> Result<(), Refusal> {
    let book = book(tx, "BANK")?;
    let rows = table("bank_statement_2026_02.csv")?;
    for row in &rows {
        let date = day(row, "date")?;
        let came = fen(get(row, "credit"))?.unwrap_or(0);
        let went = fen(get(row, "debit"))?.unwrap_or(0);
        tx.insert(
            "bank_line",
            &[
                ("no", keep::text(get(row, "line_no"))),
                ("book", book.into()),
                ("period", keep::text(&Month::of(date).name())),
                ("date", keep::day(date)),
                ("text", keep::text(get(row, "text"))),
                ("amount", (came - went).into()),
                ("balance", fen(get(row, "balance"))?.map_or(Value::Null, Value::Integer)),
            ],
        )?;
    }
    reserve(tx, "BS", 0, rows.len())
}

fn count(tx: &Tx<'_>, cashier: &str, accountant: &str) -> Result<(), Refusal> {
    let book = book(tx, "CASH")?;
    let at = "2026-02-27T17:00";
    let at = chrono::NaiveDateTime::parse_from_str(at, "%Y-%m-%dT%H:%M").unwrap_or_default();
    let mut pieces = Vec::new();
    for row in table("cash_count_2026_02_27.csv")? {
        // Below the pieces stand the sums, which follow from them.
        let Ok(count) = get(&row, "count").parse::<i64>() else { continue };
        let denomination = fen(get(&row, "denomination"))?.unwrap_or(0);
        pieces.push(Pieces { denomination, count });
    }
    pieces.retain(|p| p.count > 0);
    let (balance, _) = journal_balance(tx.conn(), book, at.date())?;
    let counted = rules::worth(&pieces);
    let count = Count {
        id: 0,
        no: String::new(),
        at,
        book,
        balance,
        unposted: 0,
        counted,
        difference: rules::difference(counted, balance, 0),
        reason: "待查".to_owned(),
        decision: String::new(),
        counter: cashier.to_owned(),
        witness: accountant.to_owned(),
        status: "已盘点".to_owned(),
        alone: false,
    };
    counts::insert(tx, &count, &pieces)?;
    Ok(())
}

/// Every month there is up to the present one, closed while the office would have closed them: up to the month before the
/// statement that is still to be compared.
fn months(cx: &Cx<'_>, tx: &Tx<'_>, accountant: &str) -> Result<(), Refusal> {
    periods::ensure(tx, Month::named("2026-03").unwrap_or_else(|| Month::of(cx.now.date())))?;
    let last = Month::named("2026-01").map(Month::last).unwrap_or_default();
    for period in periods::open(cx.db)?.into_iter().filter(|period| period.month.last() <= last) {
        let look = periods::look(cx.db, period.month, cx.now.date())?;
        let on = period.month.next().first() + chrono::Days::new(4);
        tx.update_versioned("journal_period", period.id, 1, &periods::closed(&look, on, accountant, ""))?;
    }
    Ok(())
}
