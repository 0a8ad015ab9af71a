//! The funds (RP-17, G-6.4.1a): what each had, took, spent and has, that all of them together are the money held, and every
//! line on which a fund's rule was set aside. `fund-ledger` is the same line by line.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::params;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Table};
use crate::subjects::{keep, org_name};
use crate::values::money::Fen;

use super::sums::{self, Fund, Moved};

/// What a fund had, took in, spent, was given by or gave to other funds, and has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Standing {
    /// Before the period.
    pub opening: Fen,
    /// In, from outside.
    pub received: Fen,
    /// Out, to outside.
    pub paid: Fen,
    /// From and to other funds.
    pub transferred: Fen,
    /// After it.
    pub closing: Fen,
}

/// How every fund stands over a period, in the order of the funds. Moving money between cash and bank is neither receipt
/// nor payment of a fund.
pub(crate) fn standings(
    cx: &Cx<'_>,
    funds: &[Fund],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Standing>, Refusal> {
    let earlier = sums::until(cx.db, sums::before(from))?;
    let within = sums::moved(cx.db, from, to)?;
    let own: Vec<String> = sums::books(cx.db)?.into_iter().map(|book| book.account).collect();
    Ok(funds.iter().map(|fund| standing(fund, &earlier, &within, &own)).collect())
}

fn standing(fund: &Fund, earlier: &[Moved], within: &[Moved], own: &[String]) -> Standing {
    let opening = fund.opening.0 + sums::total(earlier, |m| m.fund == fund.id).0;
    let of = |side: &str| {
        sums::total(within, |m| {
            m.fund == fund.id && m.side == side && (m.book == 0 || !own.contains(&m.account))
        })
    };
    let closing = opening + sums::total(within, |m| m.fund == fund.id).0;
    Standing {
        opening: Fen(opening),
        received: of("收"),
        paid: Fen(-of("付").0),
        transferred: of("转"),
        closing: Fen(closing),
    }
}

/// What all books hold on a day.
pub(crate) fn held(cx: &Cx<'_>, to: NaiveDate) -> Result<Fen, Refusal> {
    let opened: i64 =
        sums::books(cx.db)?.iter().filter(|book| book.opened_on <= to).map(|book| book.opening.0).sum();
    let moved = sums::until(cx.db, to)?;
    Ok(Fen(opened + sums::total(&moved, |m| m.book != 0).0))
}

const SUMMARY: &[(&str, bool)] = &[
    ("fund", false),
    ("fund-name", false),
    ("org", false),
    ("restriction", false),
    ("opening", true),
    ("received", true),
    ("paid", true),
    ("transferred", true),
    ("closing", true),
];

/// RP-17: one line a fund, the sum of all, and what was allowed against a fund's rule.
pub(crate) fn summary(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let funds = sums::funds(cx.db)?;
    let standings = standings(cx, &funds, from, to)?;
    let mut table = super::table(cx, "rp-17", from, to, SUMMARY);
    let restriction =
        |restricted: bool| cx.t.say(if restricted { "report-restricted" } else { "report-unrestricted" });
    let line = |head: [String; 4], s: &Standing| {
        let figures = [s.opening, s.received, s.paid, s.transferred, s.closing];
        head.into_iter().chain(figures.map(|f| super::yuan(cx, f))).collect::<Vec<_>>()
    };
    for (fund, s) in funds.iter().zip(&standings) {
        let head =
            [fund.code.clone(), fund.name.clone(), org_name(cx, &fund.owner), restriction(fund.restricted)];
        table.rows.push(line(head, s));
    }
    let sum = |f: fn(&Standing) -> Fen| Fen(standings.iter().map(|s| f(s).0).sum());
    let all = Standing {
        opening: sum(|s| s.opening),
        received: sum(|s| s.received),
        paid: sum(|s| s.paid),
        transferred: sum(|s| s.transferred),
        closing: sum(|s| s.closing),
    };
    let head = [cx.t.say("report-total"), String::new(), String::new(), String::new()];
    table.rows.push(line(head, &all));
    table.footer.splice(0..0, [agreement(cx, all.closing, held(cx, to)?)]);
    for said in overridden(cx, from, to)? {
        table.footer.insert(table.footer.len() - 1, said);
    }
    Ok(table)
}

/// Whether the funds together are the money held, and by how much not (RULES §3.11).
pub(crate) fn agreement(cx: &Cx<'_>, funds: Fen, held: Fen) -> String {
    let args = [
        ("funds", funds.plain()),
        ("held", held.plain()),
        ("difference", super::yuan(cx, Fen(held.0 - funds.0))),
    ];
    cx.t.with(if funds == held { "report-funds-agree" } else { "report-funds-differ" }, &args)
}

/// Every posted line that a fund's rule forbade and two people allowed, oldest first.
fn overridden(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<String>, Refusal> {
    let sql = "SELECT no, date, summary, amount, coalesce(block, ''), override_reason, coalesce(override_secretary, ''), \
               coalesce(override_accountant, ''), (SELECT group_concat(DISTINCT f.code) FROM journal_split s \
               JOIN fund f ON f.id = s.fund WHERE s.entry = journal_entry.id) FROM journal_entry \
               WHERE override_reason IS NOT NULL AND date BETWEEN ?1 AND ?2 AND status = '已过账' ORDER BY date, id";
    let mut statement = cx.db.prepare_cached(sql)?;
    let rows = statement.query_map(params![from.to_string(), to.to_string()], |row| {
        Ok(vec![
            ("no", row.get::<_, String>(0)?),
            ("date", row.get::<_, String>(1)?),
            ("summary", row.get::<_, String>(2)?),
            ("amount", Fen(row.get(3)?).plain()),
            ("block", row.get::<_, String>(4)?),
            ("reason", row.get::<_, String>(5)?),
            ("secretary", row.get::<_, String>(6)?),
            ("accountant", row.get::<_, String>(7)?),
            ("funds", row.get::<_, Option<String>>(8)?.unwrap_or_default()),
        ])
    })?;
    let mut said = Vec::new();
    for row in rows {
        let mut args = row?;
        for (name, value) in &mut args {
            if *name == "block" {
                *value = cx.t.find(&format!("{value}-short"), &[]).unwrap_or_else(|| value.clone());
            }
        }
        said.push(keep::one_line(&cx.t.with("report-overridden", &args)));
    }
    if said.is_empty() {
        said.push(cx.t.say("report-overridden-none"));
    }
    Ok(said)
}

const LEDGER: &[(&str, bool)] = &[
    ("fund", false),
    ("date", false),
    ("voucher", false),
    ("summary", false),
    ("account", false),
    ("received", true),
    ("paid", true),
    ("balance", true),
];

/// Every posted line of every fund with the fund's balance after it. Money moved between cash and bank stays in the fund and
/// has no line.
pub(crate) fn ledger(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let funds = sums::funds(cx.db)?;
    let standings = standings(cx, &funds, from, to)?;
    let mut lines = lines(cx, from, to)?;
    let mut table = super::table(cx, "fund-ledger", from, to, LEDGER);
    let total = |fund: &Fund, date: NaiveDate, id: &str, received: Fen, paid: Fen, balance: Fen| {
        vec![
            fund.code.clone(),
            date.to_string(),
            String::new(),
            cx.t.say(id),
            String::new(),
            super::or_blank(cx, received),
            super::or_blank(cx, paid),
            super::yuan(cx, balance),
        ]
    };
    for (fund, s) in funds.iter().zip(&standings) {
        let lines = lines.remove(&fund.id).unwrap_or_default();
        if lines.is_empty() && s.closing.0 == 0 {
            continue;
        }
        table.rows.push(total(fund, from, "report-opening", Fen(0), Fen(0), s.opening));
        let mut balance = s.opening.0;
        let (mut received, mut paid) = (0, 0);
        for line in lines {
            balance += line.amount.0;
            let (into, out) = line.columns();
            received += into.0;
            paid += out.0;
            table.rows.push(vec![
                fund.code.clone(),
                line.date,
                line.no,
                line.summary,
                line.account
                    .map_or_else(|| cx.t.say("report-fund-transfer"), |code| super::accounts(cx, &code)),
                super::or_blank(cx, into),
                super::or_blank(cx, out),
                super::yuan(cx, Fen(balance)),
            ]);
        }
        table.rows.push(total(fund, to, "report-closing", Fen(received), Fen(paid), s.closing));
    }
    Ok(table)
}

struct Line {
    date: String,
    no: String,
    summary: String,
    account: Option<String>,
    side: String,
    amount: Fen,
}

impl Line {
    /// Into the fund and out of it: a reversal stands in red in the column of what it reverses.
    fn columns(&self) -> (Fen, Fen) {
        match self.side.as_str() {
            "收" => (self.amount, Fen(0)),
            "付" => (Fen(0), Fen(-self.amount.0)),
            _ if self.amount.0 < 0 => (Fen(0), Fen(-self.amount.0)),
            _ => (self.amount, Fen(0)),
        }
    }
}

fn lines(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<HashMap<i64, Vec<Line>>, Refusal> {
    let sql = "SELECT s.fund, e.date, e.no, e.summary, s.account, e.side, sum(s.amount) \
               FROM journal_entry e JOIN journal_split s ON s.entry = e.id \
               WHERE e.date BETWEEN ?1 AND ?2 AND e.status = '已过账' \
               AND (e.book IS NULL OR s.account NOT IN (SELECT account FROM book)) \
               GROUP BY e.date, e.id, s.fund, s.account";
    let mut statement = cx.db.prepare_cached(sql)?;
    let rows = statement.query_map(params![from.to_string(), to.to_string()], |row| {
        let side: String = row.get(5)?;
        let account: String = row.get(4)?;
        let line = Line {
            date: row.get(1)?,
            no: row.get(2)?,
            summary: row.get(3)?,
            account: (side != "转").then_some(account),
            side,
            amount: Fen(row.get(6)?),
        };
        Ok((row.get::<_, i64>(0)?, line))
    })?;
    let mut all: HashMap<i64, Vec<Line>> = HashMap::new();
    for row in rows {
        let (fund, line) = row?;
        all.entry(fund).or_default().push(line);
    }
    Ok(all)
}
