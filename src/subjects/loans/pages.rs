//! What is said about requests and loans: rows, the page of one with what could go out, a borrower's past, what waits.

use rusqlite::types::Value;

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::assets::records as assets;
use crate::subjects::zones::fields::WARDENS;
use crate::subjects::{keep, org_name};

use super::fields::RECORD;
use super::item::{self, Item};
use super::plan;
use super::records::{self, Loan};
use super::rules::{Days, Status};

/// Cells of a name in a prompt.
const BRIEF: usize = 8;
/// Loans of one borrower or asset shown.
const PAST: usize = 8;

/// The columns of a list of loans.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![
        column("loans-asset", 8),
        column("loans-number", 9),
        column("loans-org", 2),
        column("loans-period", 9),
        column("loans-status", 5),
        column("loans-borrower", 3),
    ]
}

/// The name of the asset, or the kind that is asked for.
fn name(cx: &Cx<'_>, loan: &Loan) -> Result<String, Refusal> {
    loan.asset.map_or(Ok(loan.wanted.clone()), |id| Ok(assets::must_find(cx.db, id)?.name))
}

/// Name and number of the asset, or the kind that is asked for.
pub(crate) fn what(cx: &Cx<'_>, loan: &Loan) -> Result<String, Refusal> {
    let Some(id) = loan.asset else { return Ok(loan.wanted.clone()) };
    let asset = assets::must_find(cx.db, id)?;
    Ok(format!("{} {}", asset.name, asset.no))
}

/// Where it stands, days late before everything else.
fn standing_of(cx: &Cx<'_>, loan: &Loan) -> String {
    let late = loan.late(cx.now.date());
    if late > 0 {
        return cx.t.with("loans-overdue", &[("n", late.to_string())]);
    }
    cx.catalog.show_word("loan_statuses", loan.status.word(), cx.t.lang())
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(loan) = records::find(cx.db, *id)? else { continue };
        let number = loan.asset.map(|id| assets::must_find(cx.db, id)).transpose()?.map(|asset| asset.no);
        rows.push(Row {
            reference: loan.no.clone(),
            brief: brief_of(cx, &loan)?,
            cells: vec![
                name(cx, &loan)?,
                number.unwrap_or_default(),
                org_name(cx, &loan.org),
                plan::period(loan.days),
                standing_of(cx, &loan),
                loan.borrower.clone(),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

fn brief_of(cx: &Cx<'_>, loan: &Loan) -> Result<String, Refusal> {
    let short = keep::clip_cells(&name(cx, loan)?, BRIEF);
    Ok(format!("{short} {} {}", org_name(cx, &loan.org), standing_of(cx, loan)))
}

/// The loan in a few words, for a prompt.
pub(crate) fn brief(cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
    brief_of(cx, &records::must_find(cx.db, id)?)
}

/// What the page of one request says: itself, what could go out for it, how it went, who carries it.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let loan = records::must_find(cx.db, id)?;
    let mut parts = vec![Part::Facts(head(cx, &loan)?)];
    for facts in [choice(cx, &loan)?, way(cx, &loan)?, past(cx, &loan)?] {
        if !facts.items.is_empty() {
            parts.push(Part::Facts(facts));
        }
    }
    Ok(parts)
}

/// What the page begins with.
pub(crate) fn card(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    Ok(Part::Facts(head(cx, &records::must_find(cx.db, id)?)?))
}

fn facts(cx: &Cx<'_>, loan: &Loan, heading: String, names: &[&str]) -> Result<Facts, Refusal> {
    let kept = keep::load(cx, &RECORD, loan.id)?;
    let mut items = Vec::new();
    for name in names {
        let Some(field) = RECORD.field(name) else { continue };
        let value = keep::value(&RECORD, &kept, name);
        let said = match (*name, value) {
            ("status", _) => standing_of(cx, loan),
            ("asset", Value::Integer(_)) => what(cx, loan)?,
            ("warnings", Value::Text(words)) => {
                let said: Vec<String> =
                    keep::parts(words).iter().map(|word| cx.t.say(&format!("loans-warned-{word}"))).collect();
                keep::joined(&said, cx.t)
            }
            (_, Value::Null | Value::Integer(0)) => String::new(),
            _ => reading::on_page(field, value, cx),
        };
        if !said.is_empty() {
            items.push(Fact { label: cx.t.say(&format!("loans-{name}")), value: said });
        }
    }
    Ok(Facts { heading, items })
}

fn head(cx: &Cx<'_>, loan: &Loan) -> Result<Facts, Refusal> {
    let names = [
        "asset",
        "wanted",
        "org",
        "status",
        "from_on",
        "due_on",
        "out_on",
        "returned_on",
        "returned_state",
        "return_note",
        "settlement",
        "borrower",
        "purpose",
        "use_place",
        "owner",
        "no",
    ];
    let mut facts = facts(cx, loan, String::new(), &names)?;
    if let Some(id) = loan.asset {
        let asset = assets::must_find(cx.db, id)?;
        let place = crate::subjects::assets::pages::place(cx, &asset)?;
        let stands =
            format!("{} {place} {}", crate::subjects::assets::state::word(cx, asset.status), asset.custodian);
        let at = facts.items.len().min(1);
        facts.items.insert(at, Fact { label: cx.t.say("loans-stands"), value: keep::one_line(&stands) });
    }
    Ok(facts)
}

/// For a request that waits: what could go out, the best first, and how fair that is; else nothing.
fn choice(cx: &Cx<'_>, loan: &Loan) -> Result<Facts, Refusal> {
    let mut items = Vec::new();
    if loan.status == Status::Pending {
        let names = match loan.asset {
            Some(id) => vec![assets::must_find(cx.db, id)?.name],
            None => match item::read(cx, &loan.wanted)? {
                Some(Item::Kind(names)) => names,
                Some(Item::One(asset)) => vec![asset.name],
                None => Vec::new(),
            },
        };
        let days = Days { from: loan.days.from, to: loan.days.to };
        for proposal in item::ranked(cx, &names, &loan.org, days, Some(loan.id))?.iter().take(item::SHOWN) {
            let place = crate::subjects::assets::pages::place(cx, &proposal.asset)?;
            let next = records::coming(cx.db, proposal.asset.id, cx.now.date())?;
            let next = next.into_iter().find(|other| other.id != loan.id);
            let next = next
                .map_or(String::new(), |other| cx.t.with("loans-next", &[("by", plan::holder(cx, &other))]));
            let label = format!("{} {}", proposal.asset.name, proposal.asset.no);
            items.push(Fact { label, value: keep::one_line(&format!("{} {place} {next}", proposal.why)) });
        }
        if items.is_empty() {
            items.push(Fact { label: cx.t.say("loans-heading-choice"), value: cx.t.say("loans-no-choice") });
        }
        let uses = item::Uses::of_year(cx, cx.now.date())?;
        items.push(Fact { label: cx.t.say("loans-finding-share"), value: uses.had(cx, &loan.org) });
    }
    Ok(Facts { heading: cx.t.say("loans-heading-choice"), items })
}

/// Through whose hands it went.
fn way(cx: &Cx<'_>, loan: &Loan) -> Result<Facts, Refusal> {
    let names = [
        "requested_on",
        "applicant",
        "approver",
        "handed_out_by",
        "taken_back_by",
        "extended",
        "warnings",
        "override_reason",
        "refused_reason",
    ];
    facts(cx, loan, cx.t.say("loans-heading-way"), &names)
}

/// What else its borrower has or had.
fn past(cx: &Cx<'_>, loan: &Loan) -> Result<Facts, Refusal> {
    let mut items = Vec::new();
    if !loan.borrower.is_empty() {
        for other in
            records::of_borrower(cx.db, &loan.borrower, PAST)?.iter().filter(|other| other.id != loan.id)
        {
            items.push(line(cx, other)?);
        }
    }
    Ok(Facts { heading: cx.t.with("loans-heading-past", &[("name", loan.borrower.clone())]), items })
}

/// A loan on one line: when, what, in which state it came back.
fn line(cx: &Cx<'_>, loan: &Loan) -> Result<Fact, Refusal> {
    let state = cx.catalog.show_word("returned_states", &loan.returned_state, cx.t.lang());
    let said = format!("{} {} {state} {}", what(cx, loan)?, standing_of(cx, loan), loan.no);
    Ok(Fact { label: plan::period(loan.days), value: keep::one_line(&said) })
}

/// A borrower's past in a sentence: how many loans, how many came back late or not whole, what is still out; empty for none.
pub(crate) fn borrower(cx: &Cx<'_>, name: &str) -> Result<String, Refusal> {
    let all = records::of_borrower(cx.db, name, 200)?;
    if all.is_empty() {
        return Ok(String::new());
    }
    let today = cx.now.date();
    let late = |loan: &&Loan| loan.returned_on.map_or(loan.late(today) > 0, |day| day > loan.days.to);
    let broken = |loan: &&Loan| !matches!(loan.returned_state.as_str(), "" | "完好");
    let count = |n: usize| n.to_string();
    let args = [
        ("n", count(all.len())),
        ("out", count(all.iter().filter(|loan| loan.status == Status::Out).count())),
        ("late", count(all.iter().filter(late).count())),
        ("broken", count(all.iter().filter(broken).count())),
    ];
    Ok(cx.t.with("loans-borrower-past", &args))
}

/// Who has an asset, who comes next, who had it: for the asset's own page.
pub(crate) fn of_asset(cx: &Cx<'_>, asset: i64) -> Result<Facts, Refusal> {
    let mut items = Vec::new();
    let mut shown = Vec::new();
    let now = records::held(cx.db, asset)?;
    for (label, loan) in now
        .iter()
        .map(|l| ("loans-now", l))
        .chain(records::coming(cx.db, asset, cx.now.date())?.iter().map(|l| ("loans-coming", l)))
    {
        let said = format!("{} {} {}", plan::holder(cx, loan), standing_of(cx, loan), loan.borrower);
        let said = if label == "loans-now" { said } else { plan::holder(cx, loan) };
        items.push(Fact { label: cx.t.say(label), value: keep::one_line(&said) });
        shown.push(loan.id);
    }
    for loan in records::history(cx.db, asset, PAST)?.iter().filter(|loan| !shown.contains(&loan.id)) {
        let state = cx.catalog.show_word("returned_states", &loan.returned_state, cx.t.lang());
        let said = format!(
            "{} {} {state} {} {}",
            org_name(cx, &loan.org),
            standing_of(cx, loan),
            loan.borrower,
            loan.no
        );
        items.push(Fact { label: plan::period(loan.days), value: keep::one_line(&said) });
    }
    Ok(Facts { heading: cx.t.say("subject-loans"), items })
}

/// How many are out and how many late, for the side of the today page.
pub(crate) fn standing(cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
    let (out, late) = records::counts(cx.db, cx.now.date())?;
    if out == 0 {
        return Ok(Vec::new());
    }
    let args = [("out", out.to_string()), ("late", late.to_string())];
    Ok(vec![(cx.t.say("subject-loans"), cx.t.with("loans-standing", &args))])
}

/// What loans wait for: to come back, to be decided, to be handed out, to be made good.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let today = cx.now.date();
    let soon = today + chrono::Days::new(u64::try_from(cx.catalog.rule("loan_due_soon").value).unwrap_or(1));
    let orgs = cx.who.associations();
    let mut duties = Vec::new();
    let duty = |press: Press, loan: &Loan, id: &str, when: String| -> Result<Duty, Refusal> {
        let no = loan.asset.map(|id| assets::must_find(cx.db, id)).transpose()?.map(|asset| asset.no);
        let args = [
            ("no", no.unwrap_or_default()),
            ("name", name(cx, loan)?),
            ("org", org_name(cx, &loan.org)),
            ("due", keep::short_day(loan.days.to)),
        ];
        Ok(Duty {
            press,
            day: Some(loan.days.to),
            reference: loan.no.clone(),
            list: String::new(),
            what: keep::one_line(&cx.t.with(id, &args)),
            when,
            who: org_name(cx, &loan.org),
            ..Duty::default()
        })
    };
    for loan in
        records::due(cx.db, soon, limit)?.iter().filter(|l| orgs.is_empty() || orgs.contains(&l.org.as_str()))
    {
        let late = loan.late(today);
        let (press, id, when) = match late {
            1.. => (
                Press::Overdue,
                "loans-duty-overdue",
                cx.t.with("loans-late-days", &[("n", late.to_string())]),
            ),
            0 => (Press::Today, "loans-duty-due", keep::short_day(loan.days.to)),
            _ => (Press::Week, "loans-duty-due", keep::short_day(loan.days.to)),
        };
        duties.push(duty(press, loan, id, when)?);
    }
    if cx.who.holds(WARDENS) {
        for loan in records::beginning(cx.db, Status::Pending, "9999", limit)? {
            let press = if loan.days.from <= soon { Press::Today } else { Press::Week };
            duties.push(duty(press, &loan, "loans-duty-approve", keep::short_day(loan.days.from))?);
        }
        for loan in records::beginning(cx.db, Status::Approved, &today.to_string(), limit)? {
            duties.push(duty(Press::Today, &loan, "loans-duty-out", keep::short_day(loan.days.from))?);
        }
        for loan in records::unsettled(cx.db, limit)? {
            duties.push(duty(Press::Open, &loan, "loans-duty-settle", String::new())?);
        }
    }
    duties.truncate(limit);
    Ok(duties)
}
