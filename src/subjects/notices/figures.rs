//! What a financial notice says of an association's money (RP-19, G-6.4.2b): each of its funds over the period, and its part
//! of the shared running costs. Always counted from the posted lines, never kept beside them.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::desk::view::Fact;
use crate::subjects::journal::building;
use crate::subjects::journal::reports::funds::{self, Standing};
use crate::subjects::journal::reports::sums::{self, Fund};
use crate::subjects::journal::reports::{self as journal, READERS};
use crate::subjects::sharing::{plan, records as sharing};
use crate::subjects::{org_name, orgs};
use crate::values::money::Fen;

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] = &[ReportSpec {
    name: "rp-19",
    posts: crate::subjects::sharing::reports::POSTS,
    make: notice,
    chart: None,
}];

/// An association's funds over a period.
pub(crate) fn of(
    cx: &Cx<'_>,
    org: &str,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(Fund, Standing)>, Refusal> {
    let own: Vec<Fund> = sums::funds(cx.db)?.into_iter().filter(|fund| fund.owner == org).collect();
    let standings = funds::standings(cx, &own, from, to)?;
    Ok(own.into_iter().zip(standings).collect())
}

/// What an association bore of the running costs and what it gave for them; none where it is no party.
fn shared(cx: &Cx<'_>, org: &str, from: NaiveDate, to: NaiveDate) -> Result<Option<(Fen, Fen)>, Refusal> {
    let rule = sharing::on(cx.db, to.min(cx.now.date()).max(from), &orgs(cx.catalog))?;
    let (Some(rule), Some(pool)) = (rule, building::pool(cx)?) else { return Ok(None) };
    let standing = plan::standing(cx, &rule, pool.id, from, to)?;
    Ok(standing.into_iter().find(|(o, _, _)| o == org).map(|(_, borne, gave)| (borne, gave)))
}

/// The sentence about the shared costs.
fn shared_said(cx: &Cx<'_>, borne: Fen, gave: Fen) -> String {
    let due = borne.0 - gave.0;
    let args =
        [("borne", borne.to_string()), ("gave", gave.to_string()), ("due", Fen(due.abs()).to_string())];
    let id = match due.signum() {
        1 => "notices-shared-due",
        -1 => "notices-shared-back",
        _ => "notices-shared-even",
    };
    cx.t.with(id, &args)
}

/// The same as facts, one fund a line.
pub(crate) fn facts(cx: &Cx<'_>, org: &str, from: NaiveDate, to: NaiveDate) -> Result<Vec<Fact>, Refusal> {
    let mut facts = Vec::new();
    for (fund, s) in of(cx, org, from, to)? {
        let args = [
            ("opening", s.opening.to_string()),
            ("received", s.received.to_string()),
            ("paid", s.paid.to_string()),
            ("transferred", s.transferred.to_string()),
            ("closing", s.closing.to_string()),
        ];
        facts.push(Fact { label: fund.name, value: cx.t.with("notices-fund", &args) });
    }
    if let Some((borne, gave)) = shared(cx, org, from, to)? {
        facts.push(Fact { label: cx.t.say("notices-shared"), value: shared_said(cx, borne, gave) });
    }
    Ok(facts)
}

const COLUMNS: &[(&str, bool)] = &[
    ("org", false),
    ("fund", false),
    ("fund-name", false),
    ("opening", true),
    ("received", true),
    ("paid", true),
    ("transferred", true),
    ("closing", true),
];

/// RP-19: every association this person may see, fund by fund, with its sum and its part of the shared costs.
fn notice(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let mut table = journal::table(cx, "rp-19", from, to, COLUMNS);
    let own = cx.who.associations();
    let all = own.is_empty() && cx.who.holds(READERS);
    for org in orgs(cx.catalog).iter().filter(|org| all || own.contains(&org.as_str())) {
        let funds = of(cx, org, from, to)?;
        let name = org_name(cx, org);
        let line = |head: [String; 3], s: &Standing| {
            let figures = [s.opening, s.received, s.paid, s.transferred, s.closing];
            head.into_iter().chain(figures.map(|f| journal::yuan(cx, f))).collect::<Vec<_>>()
        };
        let mut sum = Standing::default();
        for (fund, s) in &funds {
            table.rows.push(line([name.clone(), fund.code.clone(), fund.name.clone()], s));
            sum = Standing {
                opening: Fen(sum.opening.0 + s.opening.0),
                received: Fen(sum.received.0 + s.received.0),
                paid: Fen(sum.paid.0 + s.paid.0),
                transferred: Fen(sum.transferred.0 + s.transferred.0),
                closing: Fen(sum.closing.0 + s.closing.0),
            };
        }
        if funds.len() > 1 {
            table.rows.push(line([name.clone(), String::new(), cx.t.say("report-total")], &sum));
        }
        if let Some((borne, gave)) = shared(cx, org, from, to)? {
            let at = table.footer.len() - 1;
            let said = format!("{name} {} {}", cx.t.say("notices-shared"), shared_said(cx, borne, gave));
            table.footer.insert(at, said);
        }
    }
    Ok(table)
}
