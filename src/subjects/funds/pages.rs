//! What is said about funds: rows with what each holds, the page of one, those about to end.

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling;
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::journal::totals;
use crate::subjects::{keep, org_name};

use super::fields::RECORD;
use super::records::{self, Fund};

/// Days before its end from which a fund with money in it is a duty.
const NEAR: i64 = 30;

/// The columns of a list of funds.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("funds-name", 10, false),
        column("funds-code", 7, false),
        column("funds-owner", 2, false),
        column("funds-restriction", 4, false),
        column("funds-valid_to", 10, false),
        column("funds-balance", 12, true),
    ]
}

/// A fund in a prompt: the words every fund has are left off.
fn brief(fund: &Fund, balance: &str) -> String {
    let name = crate::subjects::journal::pages::short_fund(&fund.name);
    let room = 20usize.saturating_sub(balance.len() + 1);
    format!("{} {balance}", keep::clip_cells(&name, room))
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(fund) = records::find(cx.db, *id)? else { continue };
        let balance = totals::fund_balance(cx.db, *id, false)?.to_string();
        let kept = keep::load(cx, &RECORD, *id)?;
        let restriction = keep::value(&RECORD, &kept, "restriction");
        rows.push(Row {
            reference: fund.code.clone(),
            brief: brief(&fund, &balance),
            cells: vec![
                fund.name.clone(),
                fund.code.clone(),
                org_name(cx, &fund.owner),
                reading::show(&super::fields::RESTRICTION, restriction, cx),
                fund.rule.to.map(|day| day.to_string()).unwrap_or_default(),
                balance,
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What the page of one fund says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let mut items: Vec<Fact> = Vec::new();
    let (posted, all) = (totals::fund_balance(cx.db, id, true)?, totals::fund_balance(cx.db, id, false)?);
    let mut say = |label: &str, value: String| items.push(Fact { label: cx.t.say(label), value });
    say("funds-balance", all.to_string());
    if posted != all {
        say("funds-posted", posted.to_string());
    }
    items.extend(telling::facts(cx, &super::Funds, id)?);
    let mut parts = vec![Part::Facts(Facts { heading: String::new(), items })];
    let lines = crate::subjects::journal::pages::of_fund(cx, id, 12)?;
    if !lines.items.is_empty() {
        parts.push(Part::Facts(lines));
    }
    Ok(parts)
}

/// Funds that end soon, or have ended, with money in them.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let today = cx.now.date();
    let mut duties = Vec::new();
    for fund in records::open(cx.db)? {
        let Some(end) = fund.rule.to else { continue };
        let days = (end - today).num_days();
        if days > NEAR {
            continue;
        }
        let left = totals::fund_balance(cx.db, fund.id, false)?;
        if left.0 == 0 {
            continue;
        }
        let args = [("fund", fund.name.clone()), ("left", left.to_string())];
        duties.push(Duty {
            press: if days < 0 { Press::Overdue } else { Press::Open },
            day: Some(end),
            reference: fund.code.clone(),
            list: String::new(),
            what: cx.t.with("funds-duty-ends", &args),
            when: cx.t.with("funds-duty-when", &[("day", keep::short_day(end))]),
            who: org_name(cx, &fund.owner),
            ..Duty::default()
        });
    }
    duties.truncate(limit);
    Ok(duties)
}
