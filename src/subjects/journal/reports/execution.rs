//! The year's execution (RP-22, G-6.4.4): what each fund took in and spent by account, added up from the posted lines and
//! never typed, and what it bore of the shared cost.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::params;

use crate::catalog::Element;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Table};
use crate::subjects::org_name;
use crate::values::money::Fen;

use super::{funds, sums};

/// What a fund's line is about; the order is that of the report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum About {
    /// An account of the chart.
    Account(String),
    /// Given to other funds: as its part of the shared cost, or otherwise.
    Given {
        /// It goes into the pool of the running cost.
        shared: bool,
    },
    /// Taken from other funds, likewise.
    Taken {
        /// It came into the pool of the running cost.
        shared: bool,
    },
}

/// Fund by fund what was taken in, spent, given and taken: every figure above zero unless more was reversed than written.
pub(crate) fn lines(
    cx: &Cx<'_>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<BTreeMap<(i64, About), Fen>, Refusal> {
    let own: Vec<String> = sums::books(cx.db)?.into_iter().map(|book| book.account).collect();
    let mut all: BTreeMap<(i64, About), Fen> = BTreeMap::new();
    for m in sums::moved(cx.db, from, to)?.into_iter().filter(|m| m.book != 0 && !own.contains(&m.account)) {
        let expense = cx.catalog.account(&m.account).map(|a| a.element) == Some(Element::Expense);
        let sum = all.entry((m.fund, About::Account(m.account))).or_default();
        sum.0 += if expense { -m.amount.0 } else { m.amount.0 };
    }
    for ((fund, shared), net) in transfers(cx, from, to)? {
        let about = if net < 0 { About::Given { shared } } else { About::Taken { shared } };
        all.insert((fund, about), Fen(net.abs()));
    }
    all.retain(|_, amount| amount.0 != 0);
    Ok(all)
}

/// What each fund gained by transfers, apart those of the shared running cost: they pass through the pool.
fn transfers(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<BTreeMap<(i64, bool), i64>, Refusal> {
    let pool = super::pool(cx.db)?.map_or(0, |pool| pool.id);
    let sql = "SELECT s.fund, e.rule IS NOT NULL OR EXISTS (SELECT 1 FROM journal_split p WHERE p.entry = e.id AND p.fund = ?3), \
               sum(s.amount) FROM journal_entry e JOIN journal_split s ON s.entry = e.id \
               WHERE e.kind = '转' AND e.period BETWEEN substr(?1, 1, 7) AND substr(?2, 1, 7) \
               AND e.date BETWEEN ?1 AND ?2 AND e.status = '已过账' GROUP BY 1, 2";
    let mut statement = cx.db.prepare_cached(sql)?;
    let rows = statement.query_map(params![from.to_string(), to.to_string(), pool], |row| {
        Ok(((row.get(0)?, row.get(1)?), row.get(2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const COLUMNS: &[(&str, bool)] =
    &[("fund", false), ("fund-name", false), ("org", false), ("account", false), ("actual", true)];

/// The report. A budget has its own column once there is one.
pub(crate) fn execution(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let mut table = super::table(cx, "rp-22", from, to, COLUMNS);
    let lines = lines(cx, from, to)?;
    let all = sums::funds(cx.db)?;
    let (mut received, mut paid) = (0, 0);
    for fund in &all {
        for ((_, about), amount) in
            lines.range((fund.id, About::Account(String::new()))..).take_while(|(k, _)| k.0 == fund.id)
        {
            if let About::Account(code) = about {
                let expense = cx.catalog.account(code).map(|a| a.element) == Some(Element::Expense);
                *(if expense { &mut paid } else { &mut received }) += amount.0;
            }
            table.rows.push(vec![
                fund.code.clone(),
                fund.name.clone(),
                org_name(cx, &fund.owner),
                said(cx, about),
                super::yuan(cx, *amount),
            ]);
        }
    }
    let standings = funds::standings(cx, &all, from, to)?;
    let sum = |f: fn(&funds::Standing) -> Fen| standings.iter().map(|s| f(s).0).sum::<i64>();
    let args = [
        ("opening", super::yuan(cx, Fen(sum(|s| s.opening)))),
        ("received", super::yuan(cx, Fen(received))),
        ("paid", super::yuan(cx, Fen(paid))),
        ("closing", super::yuan(cx, Fen(sum(|s| s.closing)))),
    ];
    table.footer.insert(0, cx.t.with("report-rp-22-sum", &args));
    table.footer.insert(1, funds::agreement(cx, Fen(sum(|s| s.closing)), funds::held(cx, to)?));
    Ok(table)
}

/// A line's label: the account, or which way money went between funds.
pub(crate) fn said(cx: &Cx<'_>, about: &About) -> String {
    match about {
        About::Account(code) => cx.catalog.account_name(code, cx.t.lang()),
        About::Given { shared: true } => cx.t.say("report-given-shared"),
        About::Given { shared: false } => cx.t.say("report-given"),
        About::Taken { shared: true } => cx.t.say("report-taken-shared"),
        About::Taken { shared: false } => cx.t.say("report-taken"),
    }
}
