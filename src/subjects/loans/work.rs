//! What is done with a request after it is made: decided, handed out, taken back with a check, extended, settled (SM-08).

use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::form::FormState;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::assets::records::{self as assets, Asset};
use crate::subjects::assets::rules::Status as Standing;
use crate::subjects::assets::state;
use crate::subjects::tickets::object::Object;
use crate::subjects::tickets::raise::raise_out_of_use;
use crate::subjects::tickets::records as tickets;
use crate::subjects::{KEEPERS, keep, org_name};

use super::fields::RECORD;
use super::plan::{self, Plan};
use super::records::{self, Loan};
use super::rules::{self, Days, Event, Status};
use super::write;

fn event(action: &str) -> Option<Event> {
    Some(match action {
        "approve" => Event::Approve,
        "reject" => Event::Reject,
        "out" => Event::HandOut,
        "return" => Event::Return,
        "extend" => Event::Extend,
        "cancel" => Event::Cancel,
        "close" => Event::Close,
        "amend" => Event::Amend,
        _ => return None,
    })
}

/// Whether an action applies to this request now.
pub(crate) fn applies(cx: &Cx<'_>, action: &Action, loan: &Loan) -> Availability {
    if event(action.name).is_some_and(|event| rules::next(loan.status, event).is_none()) {
        let status = cx.catalog.show_word("loan_statuses", loan.status.word(), cx.t.lang());
        return Err(Refusal::rule("loans-status").with("ref", &loan.no).with("status", status));
    }
    let orgs = cx.who.associations();
    if !orgs.is_empty() && !cx.who.holds(KEEPERS) && !orgs.contains(&loan.org.as_str()) {
        let org = org_name(cx, &loan.org);
        return Err(Refusal::rule("loans-not-yours").of(Kind::Permission).with("org", org));
    }
    if action.name == "out"
        && let Some(id) = loan.asset
    {
        let today = cx.now.date();
        if loan.days.to < today {
            return Err(Refusal::rule("loans-over")
                .with("ref", &loan.no)
                .with("due", keep::short_day(loan.days.to)));
        }
        let days = Days { from: loan.days.from.min(today), to: loan.days.to };
        let asset = assets::must_find(cx.db, id)?;
        plan::refuse(cx, &Plan { asset, org: loan.org.clone(), days, except: Some(loan.id) })?;
    }
    if action.name == "extend" {
        let most = cx.catalog.rule("loan_extensions").value;
        if loan.extended >= most {
            return Err(Refusal::rule("loans-extended").with("ref", &loan.no).with("n", most.to_string()));
        }
    }
    Ok(())
}

/// Fills a form about a request that was just opened.
pub(crate) fn start(cx: &Cx<'_>, loan: &Loan, form: &mut FormState) -> Result<(), Refusal> {
    match form.action {
        "out" => form.propose("borrower", &loan.borrower),
        "return" => {
            form.propose("returned_state", "完好");
            form.propose("returned_on", cx.now.date().to_string());
            form.show("return_note", false);
        }
        "extend" => {
            form.require("due_on", true);
            form.show("override_reason", false);
        }
        "cancel" => form.require("reason", false),
        "amend" => return keep::present(cx, &RECORD, loan.id, form),
        _ => {}
    }
    Ok(())
}

/// Says while the form is filled what follows.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, loan: &Loan) {
    // Nothing here may stop a form: what cannot be read now is read at saving.
    drop(answer(cx, form, loan));
}

fn answer(cx: &Cx<'_>, form: &mut FormState, loan: &Loan) -> Result<(), Refusal> {
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("loans-"));
    }
    match form.action {
        "return" => {
            let state = keep::plain(&form.value("returned_state"));
            let whole = state == "完好" || state.is_empty();
            form.show("return_note", !whole);
            form.require("return_note", !whole);
            if !whole {
                form.find(
                    cx.t.say("loans-finding-note"),
                    cx.t.say(&format!("loans-return-{}", word(&state))),
                );
            }
            let late = loan.late(cx.now.date());
            if late > 0 {
                form.find(
                    cx.t.say("loans-finding-late"),
                    cx.t.with("loans-late-days", &[("n", late.to_string())]),
                );
            }
            if let (Some(day), Some(out)) = (keep::day_in(form, "returned_on"), loan.out_on)
                && (day < out || day > cx.now.date())
            {
                form.fail(
                    "returned_on",
                    Refusal::rule("loans-returned-on").with("out", keep::short_day(out)),
                );
            }
        }
        "extend" => {
            let Some(due) = keep::day_in(form, "due_on") else { return Ok(()) };
            match extension(cx, loan, due) {
                Err(refusal) => form.fail("due_on", refusal),
                Ok(plan) => {
                    let warnings = plan::warnings(cx, &plan)?;
                    for warning in &warnings {
                        form.find(cx.t.say("loans-finding-warning"), warning.say(cx));
                    }
                    form.show("override_reason", !warnings.is_empty());
                    form.require("override_reason", !warnings.is_empty());
                }
            }
        }
        "out" => {
            let name = form.text("borrower").trim().to_owned();
            let said = if name.is_empty() { String::new() } else { super::pages::borrower(cx, &name)? };
            if !said.is_empty() {
                form.find(name, said);
            }
        }
        _ => {}
    }
    Ok(())
}

/// The part of a message id for a state that is not whole.
fn word(state: &str) -> &'static str {
    match state {
        "损坏" => "damaged",
        "缺件" => "parts",
        _ => "lost",
    }
}

/// A later last day, judged: nobody else may come before it.
fn extension(cx: &Cx<'_>, loan: &Loan, due: chrono::NaiveDate) -> Result<Plan, Refusal> {
    if due <= loan.days.to {
        return Err(Refusal::rule("loans-not-later")
            .field("due_on")
            .with("due", keep::short_day(loan.days.to)));
    }
    let id = loan.asset.ok_or_else(|| Refusal::rule("required").field("due_on"))?;
    let asset = assets::must_find(cx.db, id)?;
    let days = Days { from: loan.days.from, to: due };
    let plan = Plan { asset, org: loan.org.clone(), days, except: Some(loan.id) };
    plan::refuse(cx, &plan).map_err(|refusal| refusal.field("due_on"))?;
    Ok(plan)
}

/// Carries an action on a request out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: i64,
    form: &FormState,
) -> Result<Done, Refusal> {
    let loan = records::must_find(tx.conn(), id)?;
    applies(cx, action, &loan)?;
    if let Some(problem) = form.slots.iter().find_map(|s| Some(s.error.clone()?.field(s.field.name))) {
        return Err(problem);
    }
    let version = if form.target == Some(id) { form.version } else { 0 };
    match action.name {
        "approve" => return write::approve(cx, tx, &loan, form),
        "out" => {
            let borrower = form.text("borrower").trim();
            write::hand_out(cx, tx, &loan, borrower, version)?;
        }
        "return" => return take_back(cx, tx, &loan, form, version),
        "extend" => extend(cx, tx, &loan, form, version)?,
        "amend" => keep::update(tx, &RECORD, id, version, &keep::columns(&RECORD, form))?,
        "close" => {
            let columns = [
                ("status", keep::text(Status::Closed.word())),
                ("settlement", keep::text(form.text("settlement"))),
            ];
            keep::update(tx, &RECORD, id, version, &columns)?;
        }
        other => {
            let to = event(other).and_then(|event| rules::next(loan.status, event)).unwrap_or(loan.status);
            let mut columns =
                vec![("status", keep::text(to.word())), ("refused_reason", keep::text(form.text("reason")))];
            if other == "reject" {
                columns.push(("approver", keep::text(&cx.who.name)));
            }
            keep::update(tx, &RECORD, id, version, &columns)?;
        }
    }
    write::done(cx, tx, id, Undo::Fields)
}

fn extend(cx: &Cx<'_>, tx: &Tx<'_>, loan: &Loan, form: &FormState, version: i64) -> Result<(), Refusal> {
    let due = keep::day_in(form, "due_on").ok_or_else(|| Refusal::rule("required").field("due_on"))?;
    let plan = extension(cx, loan, due)?;
    let warnings = plan::warnings(cx, &plan)?;
    let reason = form.text("override_reason").trim();
    if let Some(first) = warnings.first().filter(|_| reason.is_empty()) {
        return Err(Refusal::rule("loans-reason").field("override_reason").with("what", first.say(cx)));
    }
    let mut columns = vec![("due_on", keep::day(due)), ("extended", Value::Integer(loan.extended + 1))];
    if !warnings.is_empty() {
        let words: Vec<&str> = warnings.iter().map(plan::Warning::word).collect();
        columns.push(("warnings", keep::text(&words.join(";"))));
        columns.push(("override_reason", keep::text(reason)));
    }
    keep::update(tx, &RECORD, loan.id, version, &columns).map_err(|r| write::guarded(r, Some(&plan.asset)))
}

/// How an asset stands that comes out of a borrower's hands whole: as before, unless somebody has it mended.
fn at_rest(tx: &Tx<'_>, loan: &Loan, asset: &Asset) -> Result<Standing, Refusal> {
    if tickets::mending(tx.conn(), asset.id, None)?.is_some() {
        return Ok(Standing::Repair);
    }
    Ok(if loan.was == Standing::InUse.word() { Standing::InUse } else { Standing::Idle })
}

/// Takes it back: whole it stands as it stood before; damaged it goes to repair and is reported broken, lost it is missing until
/// it is settled.
fn take_back(cx: &Cx<'_>, tx: &Tx<'_>, loan: &Loan, form: &FormState, version: i64) -> Result<Done, Refusal> {
    let state = keep::plain(&form.value("returned_state"));
    let day = keep::day_in(form, "returned_on").unwrap_or(cx.now.date());
    let note = form.text("return_note").trim();
    if state != "完好" && note.is_empty() {
        return Err(Refusal::rule("required").field("return_note"));
    }
    let columns = [
        ("status", keep::text(Status::Returned.word())),
        ("returned_on", keep::day(day)),
        ("returned_state", keep::text(&state)),
        ("return_note", keep::text(note)),
        ("taken_back_by", keep::text(&cx.who.name)),
    ];
    keep::update(tx, &RECORD, loan.id, version, &columns)?;
    let mut ticket = None;
    if let Some(id) = loan.asset {
        let asset = assets::must_find(tx.conn(), id)?;
        let to = match state.as_str() {
            "损坏" => Standing::Repair,
            "丢失" => Standing::Missing,
            _ => at_rest(tx, loan, &asset)?,
        };
        let mut columns = vec![("last_used_on", keep::day(day))];
        // A count may have found out meanwhile that it is gone.
        if asset.status == Standing::Lent {
            columns.push(("status", keep::text(to.word())));
            let why = if note.is_empty() { String::new() } else { format!("{} {note}", loan.no) };
            columns.push(("status_reason", keep::text(&why)));
        }
        if state == "损坏" {
            columns.push(("condition", keep::text("损坏")));
        }
        state::stand(cx, tx, &asset, "back", &columns)?;
        if state == "损坏" {
            let fault = keep::one_line(&format!("{note} {}", loan.no));
            let was = Standing::parse(&loan.was);
            ticket = Some(raise_out_of_use(cx, tx, &Object::of_asset(&asset), &fault, day, was)?);
        }
    }
    let undo = if state == "完好" { Undo::Fields } else { Undo::No("loans-return") };
    let mut done = write::done(cx, tx, loan.id, undo)?;
    done.args.push(("reported", reported(cx, tx, ticket)?));
    Ok(done)
}

/// That a ticket was made of it, as the end of a sentence; empty where none was.
fn reported(cx: &Cx<'_>, tx: &Tx<'_>, ticket: Option<i64>) -> Result<String, Refusal> {
    let Some(id) = ticket else { return Ok(String::new()) };
    let no = tickets::must_find(tx.conn(), id)?.no;
    Ok(cx.t.with("loans-reported", &[("ticket", no)]))
}

/// Takes back a request that was just made; what went out with it is back.
pub(crate) fn withdraw(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let loan = records::must_find(tx.conn(), id)?;
    if !matches!(loan.status, Status::Pending | Status::Approved | Status::Out) {
        let status = cx.catalog.show_word("loan_statuses", loan.status.word(), cx.t.lang());
        return Err(Refusal::rule("loans-status").with("ref", loan.no).with("status", status));
    }
    keep::update(tx, &RECORD, id, 0, &[("status", keep::text(Status::Withdrawn.word()))])?;
    follow(cx, tx, id)
}

/// The asset stands as its loan says, after fields of the loan were put back.
pub(crate) fn follow(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let loan = records::must_find(tx.conn(), id)?;
    let Some(asset) = loan.asset.map(|id| assets::must_find(tx.conn(), id)).transpose()? else {
        return Ok(());
    };
    let out = records::held(tx.conn(), asset.id)?.is_some();
    let to = match (out, asset.status) {
        (true, Standing::InUse | Standing::Idle) => Standing::Lent,
        (false, Standing::Lent) => at_rest(tx, &loan, &asset)?,
        _ => return Ok(()),
    };
    state::stand(cx, tx, &asset, if out { "lent" } else { "back" }, &[("status", keep::text(to.word()))])
}
