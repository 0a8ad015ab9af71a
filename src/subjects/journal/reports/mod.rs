//! The journal's reports: the bound books, the vouchers, the funds, the trial balance, the year's execution. All of them
//! count what is posted and nothing else, and say so. They read; nothing is written here.

pub(crate) mod books;
pub(crate) mod execution;
pub(crate) mod funds;
pub(crate) mod ledger_file;
pub(crate) mod months;
pub(crate) mod paper;
pub(crate) mod sums;
pub(crate) mod trial;
pub(crate) mod vouchers;

#[cfg(test)]
mod hledger;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

use crate::catalog::SECRETARIAT;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::values::money::Fen;

/// Who may see all the money.
pub(crate) const READERS: &[&str] = &["secretary", "deputy_secretary", "accountant", "cashier", "supervisor"];

type Make = fn(&Cx<'_>, NaiveDate, NaiveDate) -> Result<Table, Refusal>;

const fn report(name: &'static str, make: Make) -> ReportSpec {
    ReportSpec { name, posts: READERS, make, chart: None }
}

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] = &[
    report("cash-journal", books::cash),
    report("bank-journal", books::bank),
    report("voucher", vouchers::vouchers),
    report("rp-17", funds::summary),
    report("fund-ledger", funds::ledger),
    report("trial-balance", trial::balance),
    report("rp-22", execution::execution),
    ReportSpec {
        name: "receipts-payments",
        posts: READERS,
        make: months::months,
        chart: Some(months::chart),
    },
];

/// An empty table with what every report of money says of itself.
pub(crate) fn table(
    cx: &Cx<'_>,
    name: &str,
    from: NaiveDate,
    to: NaiveDate,
    columns: &[(&str, bool)],
) -> Table {
    Table {
        title: cx.t.say(&format!("report-{name}")),
        notes: vec![
            cx.t.with("report-period", &[("from", from.to_string()), ("to", to.to_string())]),
            cx.t.say("report-posted-only"),
        ],
        columns: columns.iter().map(|(column, _)| cx.t.say(&format!("report-money-{column}"))).collect(),
        numbers: columns.iter().map(|(_, number)| *number).collect(),
        rows: Vec::new(),
        footer: vec![
            cx.t.with("report-made", &[("who", cx.who.name.clone()), ("on", cx.now.date().to_string())]),
        ],
    }
}

/// Yuan; a red figure with its sign and in words, so that it is heard as well as seen (RULES §3.1).
pub(crate) fn yuan(cx: &Cx<'_>, amount: Fen) -> String {
    if amount.0 < 0 { cx.t.with("report-red", &[("amount", amount.plain())]) } else { amount.plain() }
}

/// The same for a column that stays empty where nothing is.
pub(crate) fn or_blank(cx: &Cx<'_>, amount: Fen) -> String {
    if amount.0 == 0 { String::new() } else { yuan(cx, amount) }
}

/// Which side a balance is on, in words: 借, 贷 or 平.
pub(crate) fn side(cx: &Cx<'_>, balance: Fen) -> String {
    let id = match balance.0.signum() {
        0 => "report-side-flat",
        1 => "report-side-debit",
        _ => "report-side-credit",
    };
    cx.t.say(id)
}

/// Accounts of one line as said; empty for none.
pub(crate) fn accounts(cx: &Cx<'_>, codes: &str) -> String {
    let names = codes.split(',').filter(|code| !code.is_empty());
    let names: Vec<String> = names.map(|code| cx.catalog.account_name(code, cx.t.lang())).collect();
    names.join(&cx.t.say("list-separator"))
}

/// The fund into which running costs are shared: the secretariat's own, free of restriction, meant for it (G-6.4.1b).
pub(crate) fn pool(db: &Connection) -> Result<Option<sums::Fund>, Refusal> {
    let sql = "SELECT id FROM fund WHERE owner = ?1 AND restriction = '非限定性' \
               ORDER BY closed_on IS NOT NULL, shareable DESC, code LIMIT 1";
    let id: Option<i64> = db.prepare_cached(sql)?.query_row([SECRETARIAT], |row| row.get(0)).optional()?;
    Ok(sums::funds(db)?.into_iter().find(|fund| Some(fund.id) == id))
}
