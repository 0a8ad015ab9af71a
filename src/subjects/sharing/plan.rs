//! What a sharing would do, before it is booked: each association's share, the fund it comes from and what that has left; and
//! the voucher it becomes. Everything that a rule says no to is said here.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rusqlite::types::Value;

use crate::catalog::Element;
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::funds::records::{self as funds, Fund};
use crate::subjects::journal::rules::{Restriction, Side, Split};
use crate::subjects::journal::voucher::{self, NewLine, NewVoucher, Written};
use crate::subjects::journal::{Journal, totals};
use crate::subjects::{keep, org_name, orgs};
use crate::values::money::Fen;

use super::records::{self, Rule};
use super::rules;

/// One association's part of a sharing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The association.
    pub org: String,
    /// Its weight.
    pub weight: u64,
    /// The fund its part comes from, or goes back to.
    pub fund: Fund,
    /// What it pays; below zero: gets back.
    pub amount: Fen,
    /// What the fund has after it.
    pub after: Fen,
}

/// A sharing that could be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// 分摊 or 多退少补.
    pub kind: &'static str,
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The voucher's day.
    pub date: NaiveDate,
    /// The fund that receives.
    pub pool: Fund,
    /// What is shared, or moves.
    pub total: Fen,
    /// The voucher's summary.
    pub summary: String,
    /// Each party's part.
    pub parts: Vec<Part>,
}

/// What the pool paid for running costs in a period, by account and association.
pub(crate) fn cost(
    cx: &Cx<'_>,
    pool: i64,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<BTreeMap<(String, String), Fen>, Refusal> {
    let expense = |code: &str| cx.catalog.account(code).map(|a| a.element) == Some(Element::Expense);
    records::charged(cx.db, pool, expense, from, to)
}

/// The sum of [`cost`].
pub(crate) fn whole_cost(cx: &Cx<'_>, pool: i64, from: NaiveDate, to: NaiveDate) -> Result<Fen, Refusal> {
    Ok(Fen(cost(cx, pool, from, to)?.values().map(|fen| fen.0).sum()))
}

/// What each party bore of the pool's cost in a period, and what each gave for it, in the fixed order.
pub(crate) fn standing(
    cx: &Cx<'_>,
    rule: &Rule,
    pool: i64,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(String, Fen, Fen)>, Refusal> {
    let mut by_account: BTreeMap<String, Vec<(String, Fen)>> = BTreeMap::new();
    for ((account, org), amount) in cost(cx, pool, from, to)? {
        by_account.entry(account).or_default().push((org, amount));
    }
    // Account by account, so that the statement's columns sum to what is settled.
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for charged in by_account.values() {
        for (org, amount) in borne(rule, charged)? {
            *sums.entry(org).or_default() += amount.0;
        }
    }
    let given = records::contributed(cx.db, pool, from, to)?;
    let gave = |org: &str| given.iter().filter(|(o, _)| o == org).map(|(_, fen)| fen.0).sum::<i64>();
    let parties = rule.weights.iter().filter(|(_, weight)| *weight > 0);
    let one =
        |(org, _): &(String, u64)| (org.clone(), Fen(sums.get(org).copied().unwrap_or(0)), Fen(gave(org)));
    Ok(parties.map(one).collect())
}

/// What each party bore of what was charged to one account.
pub(crate) fn borne(rule: &Rule, charged: &[(String, Fen)]) -> Result<Vec<(String, Fen)>, Refusal> {
    rules::borne(charged, &rule.weights).map_err(|_nobody| Refusal::rule("sharing-nobody"))
}

fn day(form: &FormState, name: &'static str) -> Result<NaiveDate, Refusal> {
    keep::day_in(form, name).ok_or_else(|| Refusal::rule("required").field(name))
}

fn pool(cx: &Cx<'_>, form: &FormState) -> Result<Fund, Refusal> {
    let id = form.number("pool").ok_or_else(|| Refusal::rule("sharing-no-pool").field("pool"))?;
    let pool = funds::must_find(cx.db, id)?;
    if pool.closed || pool.rule.restriction == Restriction::Restricted {
        return Err(Refusal::rule("sharing-pool").field("pool").with("fund", pool.name));
    }
    Ok(pool)
}

/// What the form of a sharing or of a true-up would book.
///
/// # Errors
/// The field that is missing, or what a rule says no to.
pub(crate) fn of(cx: &Cx<'_>, rule: &Rule, form: &FormState) -> Result<Plan, Refusal> {
    let pool = pool(cx, form)?;
    let date = day(form, "date")?;
    if date > cx.now.date() {
        return Err(Refusal::rule("journal-future").field("date"));
    }
    let plan = if form.action == "true-up" {
        true_up(cx, rule, form, pool, date)?
    } else {
        run(cx, rule, form, pool, date)?
    };
    for part in &plan.parts {
        if part.after.0 < 0 {
            return Err(Refusal::rule("sharing-below-zero")
                .field(if plan.kind == "分摊" { "total" } else { "year" })
                .with("fund", &part.fund.name)
                .with("amount", part.amount.to_string())
                .with("left", Fen(part.after.0 + part.amount.0).to_string()));
        }
    }
    Ok(plan)
}

fn run(cx: &Cx<'_>, rule: &Rule, form: &FormState, pool: Fund, date: NaiveDate) -> Result<Plan, Refusal> {
    let (from, to) = (day(form, "from")?, day(form, "to")?);
    if to < from {
        return Err(Refusal::rule("sharing-period").field("to"));
    }
    if from < rule.from || rule.to.is_some_and(|end| to > end) {
        return Err(Refusal::rule("sharing-not-valid")
            .field("from")
            .with("no", &rule.no)
            .with("from", rule.from.to_string())
            .with("to", rule.to.map(|day| day.to_string()).unwrap_or_default()));
    }
    let total = Fen(form.number("total").ok_or_else(|| Refusal::rule("required").field("total"))?);
    if total.0 <= 0 {
        return Err(Refusal::rule("sharing-nothing").field("total"));
    }
    let shares = rules::shares(total, &rule.weights).map_err(|_nobody| Refusal::rule("sharing-nobody"))?;
    let parts = parts(cx, rule, shares, date, &pool)?;
    let summary = rules::summary(from, to);
    Ok(Plan { kind: "分摊", from, to, date, pool, total, summary, parts })
}

fn true_up(cx: &Cx<'_>, rule: &Rule, form: &FormState, pool: Fund, date: NaiveDate) -> Result<Plan, Refusal> {
    let wrong = || Refusal::rule("sharing-year").field("year").with("text", form.text("year"));
    let year = form.number("year").and_then(|year| i32::try_from(year).ok()).ok_or_else(wrong)?;
    let from = NaiveDate::from_ymd_opt(year, 1, 1).ok_or_else(wrong)?;
    let to = NaiveDate::from_ymd_opt(year, 12, 31).ok_or_else(wrong)?;
    if from > cx.now.date() {
        return Err(wrong());
    }
    if let Some(no) = records::unposted(cx.db, pool.id, from, to)? {
        return Err(Refusal::rule("sharing-unposted").field("year").with("no", no));
    }
    let standing = standing(cx, rule, pool.id, from, to)?;
    let (borne, gave): (Vec<_>, Vec<_>) =
        standing.into_iter().map(|(org, borne, gave)| ((org.clone(), borne), (org, gave))).unzip();
    let due: Vec<(String, Fen)> =
        rules::true_up(&borne, &gave).into_iter().filter(|(_, amount)| amount.0 != 0).collect();
    if due.is_empty() {
        return Err(Refusal::rule("sharing-even").field("year").with("year", year.to_string()));
    }
    let parts = parts(cx, rule, due, date, &pool)?;
    let back: i64 = parts.iter().map(|part| part.amount.0).sum();
    let left = totals::fund_balance(cx.db, pool.id, false)?;
    if left.0 + back < 0 {
        return Err(Refusal::rule("sharing-below-zero")
            .field("year")
            .with("fund", &pool.name)
            .with("amount", Fen(-back).to_string())
            .with("left", left.to_string()));
    }
    let total = rules::moved(parts.iter().map(|part| part.amount));
    let summary = rules::true_up_summary(year);
    Ok(Plan { kind: "多退少补", from, to, date, pool, total, summary, parts })
}

/// Each share with the fund it comes from: the association's own, free of restriction, and meant to bear running costs.
fn parts(
    cx: &Cx<'_>,
    rule: &Rule,
    shares: Vec<(String, Fen)>,
    date: NaiveDate,
    pool: &Fund,
) -> Result<Vec<Part>, Refusal> {
    let open = funds::open(cx.db)?;
    let mut parts = Vec::new();
    for (org, amount) in shares {
        let bears = |fund: &&Fund| {
            fund.owner == org
                && fund.id != pool.id
                && fund.shareable
                && fund.rule.restriction == Restriction::Unrestricted
                && fund.rule.from <= date
                && fund.rule.to.is_none_or(|to| date <= to)
        };
        let Some(fund) = open.iter().find(bears) else {
            return Err(Refusal::rule("sharing-no-fund").with("org", org_name(cx, &org)));
        };
        let after = Fen(totals::fund_balance(cx.db, fund.id, false)?.0 - amount.0);
        let weight = rule.weights.iter().find(|(o, _)| *o == org).map_or(0, |(_, weight)| *weight);
        parts.push(Part { org, weight, fund: fund.clone(), amount, after });
    }
    Ok(parts)
}

/// Books it: one voucher between the funds, no line in any book, and what it was for.
///
/// # Errors
/// When the month is closed.
pub(crate) fn book(cx: &Cx<'_>, tx: &Tx<'_>, rule: &Rule, plan: &Plan) -> Result<Written, Refusal> {
    let split = |fund: i64, org: &str, amount: i64| Split {
        fund,
        org: org.to_owned(),
        account: "3101".to_owned(),
        amount: Fen(amount),
    };
    // The pool's side says for whom, so that each association's contributions can be told apart.
    let splits = plan
        .parts
        .iter()
        .filter(|part| part.amount.0 != 0)
        .flat_map(|p| [split(p.fund.id, &p.org, -p.amount.0), split(plan.pool.id, &p.org, p.amount.0)]);
    let new = NewVoucher {
        date: plan.date,
        summary: plan.summary.clone(),
        lines: vec![NewLine {
            book: None,
            side: Side::Between,
            figure: plan.total,
            splits: splits.collect(),
        }],
        rule: Some(rule.id),
        org: plan.pool.owner.clone(),
        ..NewVoucher::default()
    };
    let written = voucher::write(cx, tx, &new)?;
    door::made(cx, tx, &Journal, written.id, &written.no, "transfer")?;
    let year = plan.date.year();
    let run = tx.insert(
        "share_run",
        &[
            ("no", keep::text(&format!("FTD-{year}-{:03}", tx.next_number("FTD", year)?))),
            ("rule", Value::Integer(rule.id)),
            ("kind", keep::text(plan.kind)),
            ("from_on", keep::day(plan.from)),
            ("to_on", keep::day(plan.to)),
            ("pool", Value::Integer(plan.pool.id)),
            ("total", Value::Integer(plan.total.0)),
            ("voucher", Value::Integer(written.id)),
        ],
    )?;
    let sql = "INSERT INTO share_part (run, org, fund, weight, amount) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut insert = tx.conn().prepare_cached(sql)?;
    for part in &plan.parts {
        let weight = i64::try_from(part.weight).unwrap_or(i64::MAX);
        insert.execute(rusqlite::params![run, part.org, part.fund.id, weight, part.amount.0])?;
    }
    Ok(written)
}

/// The associations as weights name them.
pub(crate) fn parties(cx: &Cx<'_>) -> Vec<rules::Party> {
    let one = |a: &crate::catalog::Association| rules::Party {
        code: a.code.clone(),
        words: [
            a.key.clone(),
            a.name.clone(),
            a.short.clone(),
            a.short.chars().take(1).collect(),
            a.en_short.clone(),
        ]
        .to_vec(),
    };
    cx.catalog.members().map(one).collect()
}

/// Weights as people read them: `盲20 聋18`.
pub(crate) fn said(cx: &Cx<'_>, weights: &[(String, u64)]) -> String {
    let zh = cx.t.lang() == crate::values::lang::Lang::Zh;
    let one = |(org, weight): &(String, u64)| {
        let name = org_name(cx, org);
        if zh {
            format!("{}{weight}", name.chars().take(1).collect::<String>())
        } else {
            format!("{name} {weight}")
        }
    };
    weights.iter().filter(|(_, weight)| *weight > 0).map(one).collect::<Vec<_>>().join(" ")
}

/// A rule of the file.
pub(crate) fn rule(cx: &Cx<'_>, id: i64) -> Result<Rule, Refusal> {
    records::must_find(cx.db, id, &orgs(cx.catalog))
}
