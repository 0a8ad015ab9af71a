//! The trial balance: every account's opening, debit, credit and closing, the books on one side, what the money was for and
//! whose it is on the other. Both sides are equal or it says by how much not.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::catalog::Element;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Table};
use crate::values::money::Fen;

use super::sums::{self, Fund, Moved};

/// Net assets that may be spent on anything, and those that may not (RULES §3.10).
const FREE: &str = "3101";
const TIED: &str = "3102";

/// One account over a period; debit above zero, credit below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Line {
    /// Before the period.
    pub opening: i64,
    /// Debited in it.
    pub debit: i64,
    /// Credited in it.
    pub credit: i64,
}

impl Line {
    /// After it.
    pub(crate) fn closing(&self) -> i64 {
        self.opening + self.debit - self.credit
    }
}

/// Every account that has something, by its code. Income and costs begin anew with the year of the first day; those of the
/// years before stand in the net assets, restricted where their fund is.
pub(crate) fn lines(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<BTreeMap<String, Line>, Refusal> {
    let books = sums::books(cx.db)?;
    let funds = sums::funds(cx.db)?;
    let own = |code: &str| books.iter().any(|book| book.account == code);
    let new_year = NaiveDate::from_ymd_opt(from.year(), 1, 1).unwrap_or(from);
    let settled = sums::until(cx.db, sums::before(new_year))?;
    let this_year = sums::moved(cx.db, new_year, sums::before(from))?;
    let within = sums::moved(cx.db, from, to)?;
    let yearly = |code: &str| {
        matches!(cx.catalog.account(code).map(|a| a.element), Some(Element::Income | Element::Expense))
    };
    let mut all: BTreeMap<String, Line> = BTreeMap::new();
    for book in &books {
        let line = all.entry(book.account.clone()).or_default();
        let of = |m: &Moved| m.book == book.id;
        line.opening += book.opening.0 + sums::total(&settled, of).0 + sums::total(&this_year, of).0;
        line.debit += sums::total(&within, |m| of(m) && m.side == "收").0;
        line.credit -= sums::total(&within, |m| of(m) && m.side == "付").0;
    }
    for fund in &funds {
        all.entry(net_assets(&funds, fund.id).to_owned()).or_default().opening -= fund.opening.0;
    }
    let mut add = |moved: &[Moved], past: bool, old: bool| {
        for m in moved {
            let transfer = m.book == 0;
            if !transfer && own(&m.account) {
                // The other leg of the same voucher says it.
                continue;
            }
            let into_net_assets = transfer || (old && yearly(&m.account));
            let code = if into_net_assets { net_assets(&funds, m.fund) } else { &m.account };
            let line = all.entry(code.to_owned()).or_default();
            match m.side.as_str() {
                _ if past => line.opening -= m.amount.0,
                "收" => line.credit += m.amount.0,
                "付" => line.debit -= m.amount.0,
                _ if m.amount.0 < 0 => line.debit -= m.amount.0,
                _ => line.credit += m.amount.0,
            }
        }
    };
    add(&settled, true, true);
    add(&this_year, true, false);
    add(&within, false, false);
    all.retain(|_, line| *line != Line::default());
    Ok(all)
}

fn net_assets(funds: &[Fund], id: i64) -> &'static str {
    if funds.iter().any(|fund| fund.id == id && fund.restricted) { TIED } else { FREE }
}

const COLUMNS: &[(&str, bool)] = &[
    ("account", false),
    ("opening-debit", true),
    ("opening-credit", true),
    ("debit", true),
    ("credit", true),
    ("closing-debit", true),
    ("closing-credit", true),
];

/// The report.
pub(crate) fn balance(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let lines = lines(cx, from, to)?;
    let mut table = super::table(cx, "trial-balance", from, to, COLUMNS);
    table.notes.push(cx.t.say("report-trial-balance-note"));
    let mut sums = [0_i64; 6];
    for (code, line) in &lines {
        let figures = figures(line);
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure;
        }
        table.rows.push(row(cx, cx.catalog.account_name(code, cx.t.lang()), figures));
    }
    table.rows.push(row(cx, cx.t.say("report-total"), sums));
    let [od, oc, d, c, cd, cc] = sums;
    let said = if od == oc && d == c && cd == cc {
        cx.t.say("report-balanced")
    } else {
        let args = [od - oc, d - c, cd - cc].map(|off| super::yuan(cx, Fen(off)));
        let [opening, moved, closing] = args;
        cx.t.with("report-unbalanced", &[("opening", opening), ("moved", moved), ("closing", closing)])
    };
    table.footer.insert(0, said);
    Ok(table)
}

/// Opening, turnover and closing, each as debit and credit.
fn figures(line: &Line) -> [i64; 6] {
    let closing = line.closing();
    [line.opening.max(0), (-line.opening).max(0), line.debit, line.credit, closing.max(0), (-closing).max(0)]
}

fn row(cx: &Cx<'_>, name: String, figures: [i64; 6]) -> Vec<String> {
    std::iter::once(name).chain(figures.map(|figure| super::or_blank(cx, Fen(figure)))).collect()
}
