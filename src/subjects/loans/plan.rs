//! One asset for one association from a day to a day, judged: what forbids it, what is unusual about it and wants a reason, in
//! words. Reads the file; writes nothing.

use chrono::Days as DayCount;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::assets::records::Asset;
use crate::subjects::assets::rules::Status as Standing;
use crate::subjects::assets::state;
use crate::subjects::{keep, org_name};

use super::records::{self, Loan};
use super::rules::{Days, Status};

/// What is asked of an asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Which.
    pub asset: Asset,
    /// Association code: for whom.
    pub org: String,
    /// First and last day.
    pub days: Days,
    /// The request that is judged, where it is in the file already.
    pub except: Option<i64>,
}

/// What is unusual: allowed, with a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Warning {
    /// Its owner has asked for it in that time.
    Owner(Box<Loan>),
    /// Another association has the standing use of it.
    User(String),
    /// Longer than is usual, in days.
    Long(i64),
}

impl Warning {
    /// The word it is kept as.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Owner(_) => "owner",
            Self::User(_) => "user",
            Self::Long(_) => "long",
        }
    }

    /// In a sentence.
    pub(crate) fn say(&self, cx: &Cx<'_>) -> String {
        match self {
            Self::Owner(loan) => {
                let args =
                    [("org", org_name(cx, &loan.org)), ("days", period(loan.days)), ("ref", loan.no.clone())];
                cx.t.with("loans-warning-owner", &args)
            }
            Self::User(org) => cx.t.with("loans-warning-user", &[("org", org_name(cx, org))]),
            Self::Long(days) => {
                let most = cx.catalog.rule("loan_longest").value.to_string();
                cx.t.with("loans-warning-long", &[("n", days.to_string()), ("most", most)])
            }
        }
    }
}

/// From a day to a day as lists say it; one day once.
pub(crate) fn period(days: Days) -> String {
    let (from, to) = (keep::short_day(days.from), keep::short_day(days.to));
    if from == to { from } else { format!("{from}~{to}") }
}

/// Whose it is on which days, in a few words.
pub(crate) fn holder(cx: &Cx<'_>, loan: &Loan) -> String {
    let status = cx.catalog.show_word("loan_statuses", loan.status.word(), cx.t.lang());
    format!("{} {} {status} {}", org_name(cx, &loan.org), period(loan.days), loan.no)
}

/// What forbids it (G-6.2.2): broken, struck off, missing, or promised already.
///
/// # Errors
/// Says who has it, until when, and from when on it is free.
pub(crate) fn refuse(cx: &Cx<'_>, plan: &Plan) -> Result<(), Refusal> {
    let asset = &plan.asset;
    let named = |code| Refusal::rule(code).with("ref", &asset.no).with("name", &asset.name);
    if asset.void {
        return Err(Refusal::rule("assets-void").with("ref", &asset.no));
    }
    if !matches!(asset.status, Standing::InUse | Standing::Idle | Standing::Lent) {
        return Err(named("loans-asset").with("status", state::word(cx, asset.status)));
    }
    let held = records::held(cx.db, asset.id)?.filter(|loan| Some(loan.id) != plan.except);
    if let Some(loan) = held.filter(|l| l.days.to < plan.days.from && plan.days.from <= cx.now.date()) {
        let late = loan.late(cx.now.date()).max(0).to_string();
        return Err(named("loans-late").with("by", holder(cx, &loan)).with("n", late));
    }
    let rivals = records::holding(cx.db, asset.id, plan.days, plan.except)?;
    let Some(first) = rivals.first() else { return Ok(()) };
    let said: Vec<String> = rivals.iter().map(|loan| holder(cx, loan)).collect();
    let last = rivals.iter().map(|loan| loan.days.to).max().unwrap_or(first.days.to);
    let next = next_free(cx, plan, last)?;
    Err(named("loans-overlap").with("by", keep::joined(&said, cx.t)).with("next", keep::short_day(next)))
}

/// The first day from which on it is free for as many days.
fn next_free(cx: &Cx<'_>, plan: &Plan, after: chrono::NaiveDate) -> Result<chrono::NaiveDate, Refusal> {
    let length = u64::try_from(plan.days.count() - 1).unwrap_or(0);
    let mut from = after + DayCount::new(1);
    loop {
        let days = Days { from, to: from + DayCount::new(length) };
        match records::holding(cx.db, plan.asset.id, days, plan.except)?.last() {
            None => return Ok(from),
            Some(loan) => from = loan.days.to + DayCount::new(1),
        }
    }
}

/// What is unusual about it.
pub(crate) fn warnings(cx: &Cx<'_>, plan: &Plan) -> Result<Vec<Warning>, Refusal> {
    let mut found = Vec::new();
    let asset = &plan.asset;
    if plan.org != asset.owner {
        let asked = records::asked(cx.db, asset.id, plan.days, plan.except)?;
        found.extend(
            asked
                .into_iter()
                .filter(|loan| loan.org == asset.owner)
                .map(|l| Warning::Owner(Box::new(l)))
                .take(1),
        );
    }
    if !asset.user.is_empty() && asset.user != plan.org {
        found.push(Warning::User(asset.user.clone()));
    }
    if plan.days.count() > cx.catalog.rule("loan_longest").value {
        found.push(Warning::Long(plan.days.count()));
    }
    Ok(found)
}

/// Other requests for the same one in that time, from whomever but its owner: to know, not to hinder.
pub(crate) fn others(cx: &Cx<'_>, plan: &Plan) -> Result<Vec<String>, Refusal> {
    let asked = records::asked(cx.db, plan.asset.id, plan.days, plan.except)?;
    let other = |loan: &Loan| loan.status == Status::Pending && loan.org != plan.asset.owner;
    Ok(asked.iter().filter(|l| other(l)).map(|loan| holder(cx, loan)).collect())
}
