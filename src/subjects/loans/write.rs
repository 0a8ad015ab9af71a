//! Requests made and decided. What was seen in the form is judged again inside the change: somebody may have been quicker.

use chrono::Datelike;
use rusqlite::types::Value;

use crate::desk::action::{Done, Undo};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::assets::records::{self as assets, Asset};
use crate::subjects::assets::rules::Status as Standing;
use crate::subjects::assets::state;
use crate::subjects::zones::fields::WARDENS;
use crate::subjects::{keep, org_name};

use super::fields::RECORD;
use super::item::Item;
use super::plan::{self, Plan};
use super::records::{self, Loan};
use super::request::{self, Wanted};
use super::rules::{Days, Status};

/// A judged plan as columns: whose it is, what was warned of and why it goes out all the same.
fn judged(cx: &Cx<'_>, form: &FormState, plan: &Plan) -> Result<Vec<(&'static str, Value)>, Refusal> {
    plan::refuse(cx, plan)?;
    let warnings = plan::warnings(cx, plan)?;
    let reason = form.text("override_reason").trim();
    if let Some(first) = warnings.first().filter(|_| reason.is_empty()) {
        return Err(Refusal::rule("loans-reason").field("override_reason").with("what", first.say(cx)));
    }
    let words: Vec<&str> = warnings.iter().map(plan::Warning::word).collect();
    Ok(vec![
        ("asset", Value::Integer(plan.asset.id)),
        ("owner", keep::text(&plan.asset.owner)),
        ("from_on", keep::day(plan.days.from)),
        ("due_on", keep::day(plan.days.to)),
        ("warnings", keep::text(&words.join(";"))),
        ("override_reason", if words.is_empty() { Value::Null } else { keep::text(reason) }),
    ])
}

/// What the form asks for, whole; else the first thing that is missing.
fn understood(cx: &Cx<'_>, form: &FormState, about: Option<&Loan>) -> Result<(Wanted, Days), Refusal> {
    if let Some(problem) = form.slots.iter().find_map(|s| Some(s.error.clone()?.field(s.field.name))) {
        return Err(problem);
    }
    let text = form.text("item").to_owned();
    let wanted = request::wanted(cx, form, about)?
        .ok_or_else(|| Refusal::rule("loans-nothing").field("item").with("text", text))?;
    let days = wanted.days.ok_or_else(|| Refusal::rule("required").field("due_on"))?;
    Ok((wanted, days))
}

/// Makes what a form of `lend` asks for: a request, or for who decides the loan itself.
pub(crate) fn lend(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let (wanted, days) = understood(cx, form, None)?;
    let decides = cx.who.holds(WARDENS);
    let asset = request::picked(cx, form, &wanted)?;
    let number = tx.next_number("ZS", cx.now.year())?;
    let no = format!("ZS-{}-{number:03}", cx.now.year());
    let mut columns = vec![
        ("no", keep::text(&no)),
        ("org", keep::text(&wanted.org)),
        ("borrower", keep::text(form.text("borrower"))),
        ("purpose", keep::text(form.text("purpose"))),
        ("use_place", keep::text(form.text("use_place"))),
        ("requested_on", keep::day(cx.now.date())),
        ("applicant", keep::text(&cx.who.name)),
    ];
    if matches!(wanted.item, Item::Kind(_)) {
        columns.push(("wanted", keep::text(form.text("item"))));
    }
    let (status, out) = match &asset {
        Some(asset) => {
            let plan = Plan { asset: asset.clone(), org: wanted.org.clone(), days, except: None };
            columns.extend(judged(cx, form, &plan)?);
            let now = decides && days.from <= cx.now.date();
            (if decides { Status::Approved } else { Status::Pending }, now)
        }
        None if decides => return Err(Refusal::rule("required").field("pick")),
        None => {
            columns.push(("from_on", keep::day(days.from)));
            columns.push(("due_on", keep::day(days.to)));
            (Status::Pending, false)
        }
    };
    if decides {
        columns.push(("approver", keep::text(&cx.who.name)));
    }
    columns.push(("status", keep::text(status.word())));
    let id = tx.insert("asset_loan", &columns).map_err(|error| guarded(error.into(), asset.as_ref()))?;
    if out {
        let loan = records::must_find(tx.conn(), id)?;
        hand_out(cx, tx, &loan, &loan.borrower, 0)?;
    }
    done(cx, tx, id, Undo::Withdraw)
}

/// Says yes to a request: which one, from when to when.
pub(crate) fn approve(cx: &Cx<'_>, tx: &Tx<'_>, loan: &Loan, form: &FormState) -> Result<Done, Refusal> {
    let (wanted, days) = understood(cx, form, Some(loan))?;
    let asset = request::picked(cx, form, &wanted)?;
    let asset = asset.ok_or_else(|| Refusal::rule("required").field("pick"))?;
    let plan = Plan { asset, org: loan.org.clone(), days, except: Some(loan.id) };
    let mut columns = judged(cx, form, &plan)?;
    columns.push(("status", keep::text(Status::Approved.word())));
    columns.push(("approver", keep::text(&cx.who.name)));
    keep::update(tx, &RECORD, loan.id, form.version, &columns).map_err(|r| guarded(r, Some(&plan.asset)))?;
    done(cx, tx, loan.id, Undo::Fields)
}

/// Gives the asset of an approved request out of the hand.
pub(crate) fn hand_out(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    loan: &Loan,
    borrower: &str,
    version: i64,
) -> Result<(), Refusal> {
    let Some(id) = loan.asset else { return Err(Refusal::rule("required").field("pick")) };
    let asset = assets::must_find(tx.conn(), id)?;
    let today = cx.now.date();
    let days = Days { from: loan.days.from.min(today), to: loan.days.to.max(today) };
    plan::refuse(cx, &Plan { asset: asset.clone(), org: loan.org.clone(), days, except: Some(loan.id) })?;
    let was = if asset.status == Standing::InUse { Standing::InUse } else { Standing::Idle };
    let columns = [
        ("status", keep::text(Status::Out.word())),
        ("from_on", keep::day(days.from)),
        ("due_on", keep::day(days.to)),
        ("out_on", keep::day(today)),
        ("borrower", keep::text(borrower)),
        ("handed_out_by", keep::text(&cx.who.name)),
        ("was", keep::text(was.word())),
    ];
    keep::update(tx, &RECORD, loan.id, version, &columns).map_err(|r| guarded(r, Some(&asset)))?;
    state::stand(cx, tx, &asset, "lent", &[("status", keep::text(Standing::Lent.word()))])
}

/// What is said of a loan after something was done to it.
pub(crate) fn done(cx: &Cx<'_>, tx: &Tx<'_>, id: i64, undo: Undo) -> Result<Done, Refusal> {
    let loan = records::must_find(tx.conn(), id)?;
    let cx = Cx { db: tx.conn(), ..*cx };
    let status = cx.catalog.show_word("loan_statuses", loan.status.word(), cx.t.lang());
    let args = vec![
        ("what", super::pages::what(&cx, &loan)?),
        ("org", org_name(&cx, &loan.org)),
        ("status", status),
        ("due", keep::short_day(loan.days.to)),
    ];
    Ok(Done { id, reference: loan.no, args, undo, open: false })
}

/// The file's own guards said no: the same in the words of the rules.
pub(crate) fn guarded(refusal: Refusal, asset: Option<&Asset>) -> Refusal {
    let says = |word: &str| refusal.args.iter().any(|(_, detail)| detail.contains(word));
    let taken = says("loan-overlap") || says("asset_loan.asset") || says("asset_loan_one_holder");
    let (no, name) = asset.map_or((String::new(), String::new()), |a| (a.no.clone(), a.name.clone()));
    match (taken, says("loan-asset")) {
        (true, _) => Refusal::rule("loans-taken").with("ref", no).with("name", name),
        (_, true) => Refusal::rule("loans-changed").with("ref", no).with("name", name),
        _ => refusal,
    }
}
