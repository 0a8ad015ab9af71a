//! Requests for people, from asking to done (SM-08p): the form with what a typed line says, people assigned with the reasons,
//! refused, withdrawn, begun, finished.

use chrono::Datelike;
use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::shifts::rules::{Event as ShiftEvent, next as shift_next};
use crate::subjects::shifts::{Shifts, assign, plan, records as shifts};
use crate::subjects::zones::records as zones;
use crate::subjects::{keep, org_name};

use super::fields::RECORD;
use super::records::{self, Request};
use super::rules::{self, Event, Status};

fn status(cx: &Cx<'_>, request: &Request) -> String {
    cx.catalog.show_word("staff_request_statuses", request.status.word(), cx.t.lang())
}

fn event(action: &str, request: &Request) -> Option<Event> {
    Some(match action {
        "allot" => Event::Fill { filled: request.filled + 1, number: request.number },
        "refuse" => Event::Refuse,
        "withdraw" => Event::Withdraw,
        "begin" => Event::Begin,
        "finish" => Event::Finish,
        _ => return None,
    })
}

/// Whether an action applies to this request now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else { return Ok(()) };
    applies(cx, action.name, &records::must_find(cx.db, id)?)
}

fn applies(cx: &Cx<'_>, action: &str, request: &Request) -> Availability {
    let refused =
        || Err(Refusal::rule("staffing-status").with("ref", &request.no).with("status", status(cx, request)));
    if event(action, request).is_some_and(|event| rules::next(request.status, event).is_none()) {
        return refused();
    }
    let orgs = cx.who.associations();
    if !orgs.is_empty() && !orgs.contains(&request.org.as_str()) {
        let org = org_name(cx, &request.org);
        return Err(Refusal::rule("staffing-not-yours").of(Kind::Permission).with("org", org));
    }
    match action {
        "allot" if request.missing() == 0 => Err(Refusal::rule("staffing-filled").with("ref", &request.no)),
        "finish" | "begin" if request.starts > cx.now && request.day() > cx.now.date() => {
            Err(Refusal::rule("staffing-early").with("when", request.plan().when(cx)))
        }
        _ => Ok(()),
    }
}

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, action: &str, id: Option<i64>, form: &mut FormState) -> Result<(), Refusal> {
    match (action, id) {
        ("request", _) => {
            if let [own] = cx.who.associations().as_slice() {
                form.propose("org", *own);
            }
            form.propose("number", "1");
        }
        ("allot", Some(id)) => {
            form.show("override_reason", false);
            respond_allot(cx, form, id)?;
        }
        ("finish", _) => form.propose("rating", "4"),
        ("withdraw", _) => form.require("reason", false),
        _ => {}
    }
    Ok(())
}

/// Answers to an edit. Nothing here may stop a form: what cannot be read now is read at saving.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str) {
    for slot in &mut form.slots {
        let ours = |code: &str| code.starts_with("staffing-") || code.starts_with("shifts-");
        slot.error.take_if(|problem| ours(problem.code));
    }
    drop(match (form.action, form.target) {
        ("request", _) => answer(cx, form, changed),
        ("allot", Some(id)) => respond_allot(cx, form, id),
        _ => Ok(()),
    });
}

fn answer(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    let said = assign::line(cx, form.text("line"))?;
    if changed == "line" {
        assign::take_over(cx, form, &said);
    }
    let mut unread = said.unread.clone();
    unread.extend(said.people.iter().cloned());
    assign::unread(cx, form, &unread);
    assign::reread(cx, form);
    assign::hours(form);
    if form.number("number").is_some_and(|n| !(1..=99).contains(&n)) {
        form.fail("number", Refusal::rule("staffing-number").field("number"));
    }
    let orgs = cx.who.associations();
    let org = keep::plain(&form.value("org"));
    if !orgs.is_empty() && !org.is_empty() && !orgs.contains(&org.as_str()) {
        let whose = org_name(cx, &org);
        form.fail("org", Refusal::rule("staffing-not-yours").field("org").with("org", whose));
    }
    let Some(plan) = plan::of(form) else { return Ok(()) };
    form.echo("hours", plan.when(cx));
    if plan.moments().0 < cx.now {
        form.find(cx.t.say("shifts-finding-note"), cx.t.say("shifts-finding-past"));
    }
    // Whoever asks sees how likely it is, and who it might be.
    let able = plan::usual(cx, &plan)?.len();
    form.find(cx.t.say("staffing-finding-able"), cx.t.with("staffing-able", &[("n", able.to_string())]));
    Ok(())
}

fn respond_allot(cx: &Cx<'_>, form: &mut FormState, id: i64) -> Result<(), Refusal> {
    let request = records::must_find(cx.db, id)?;
    let plan = request.plan();
    let (back, today) = (plan::back(cx), cx.now.date());
    let had = shifts::had(cx.db, &request.org, today - chrono::Days::new(back), today)?;
    let args =
        [("org", org_name(cx, &request.org)), ("days", back.to_string()), ("hours", plan::as_hours(had))];
    form.find(cx.t.say("shifts-finding-note"), cx.t.with("staffing-had", &args));
    assign::propose(cx, form, &plan)?;
    assign::judge(cx, form, &plan)
}

/// Whom the people field offers.
pub(crate) fn complete(cx: &Cx<'_>, form: &FormState) -> Vec<crate::desk::view::Choice> {
    let Some(request) = form.target.and_then(|id| records::find(cx.db, id).ok().flatten()) else {
        return Vec::new();
    };
    assign::offers(cx, form, &request.plan())
}

/// Carries an action out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &FormState,
) -> Result<Done, Refusal> {
    let Some(id) = id else { return ask(cx, tx, form) };
    let request = records::must_find(cx.db, id)?;
    applies(cx, action.name, &request)?;
    let to = event(action.name, &request).and_then(|event| rules::next(request.status, event));
    let mut undo = Undo::Fields;
    let mut people = String::new();
    let decided = ("decider", keep::text(&cx.who.name));
    let columns: Vec<(&'static str, Value)> = match action.name {
        "allot" => {
            undo = Undo::No("staffing-allot");
            people = allot(cx, tx, &request, form)?;
            vec![decided]
        }
        "refuse" => vec![
            ("status", keep::text(Status::Refused.word())),
            ("refused_reason", keep::text(form.text("reason"))),
            decided,
        ],
        "withdraw" => {
            if cancel_shifts(cx, tx, &request, form.text("reason"))? > 0 {
                undo = Undo::No("staffing-allot");
            }
            vec![
                ("status", keep::text(Status::Withdrawn.word())),
                ("refused_reason", keep::text(form.text("reason"))),
            ]
        }
        "finish" => {
            finish_shifts(cx, tx, &request, form)?;
            undo = Undo::No("staffing-finish");
            let rating = keep::plain(&form.value("rating")).parse().map_or(Value::Null, Value::Integer);
            vec![
                ("status", keep::text(Status::Done.word())),
                ("rating", rating),
                ("result", keep::text(form.text("result"))),
            ]
        }
        _ => vec![("status", keep::text(to.map_or("", Status::word)))],
    };
    keep::update(tx, &RECORD, id, if action.name == "allot" { 0 } else { form.version }, &columns)?;
    let now = records::must_find(tx.conn(), id)?;
    let args = vec![
        ("what", told(cx, &now)),
        ("status", status(cx, &now)),
        ("people", people),
        ("filled", now.filled.to_string()),
        ("number", now.number.to_string()),
    ];
    Ok(Done { id, reference: request.no, args, undo, open: false })
}

/// A request in a line, for messages: when, whose, what.
pub(crate) fn told(cx: &Cx<'_>, request: &Request) -> String {
    format!("{} {} {}", request.plan().when(cx), org_name(cx, &request.org), request.task)
}

fn ask(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let Some(plan) = plan::of(form) else { return Err(Refusal::rule("required").field("day")) };
    let number = tx.next_number("YR", cx.now.year())?;
    let (from, to) = plan.moments();
    let mut columns = keep::columns(&RECORD, form);
    columns.extend([
        ("no", keep::text(&format!("YR-{}-{number:03}", cx.now.year()))),
        ("starts_at", keep::moment(from)),
        ("ends_at", keep::moment(to)),
        ("status", keep::text(Status::Waiting.word())),
        ("applicant", keep::text(&cx.who.name)),
    ]);
    let id = tx.insert("staff_request", &columns)?;
    let made = records::must_find(tx.conn(), id)?;
    let args = vec![("what", told(cx, &made)), ("number", made.number.to_string())];
    Ok(Done { id, reference: made.no, args, undo: Undo::Withdraw, open: false })
}

/// Sends the chosen people, each through the shifts' own action; answers with their names.
fn allot(cx: &Cx<'_>, tx: &Tx<'_>, request: &Request, form: &FormState) -> Result<String, Refusal> {
    let chosen = assign::people(cx, form.text("people"))?;
    if chosen.is_empty() {
        return Err(Refusal::rule("required").field("people"));
    }
    if i64::try_from(chosen.len()).unwrap_or(i64::MAX) > request.missing() {
        let missing = request.missing().to_string();
        return Err(Refusal::rule("staffing-too-many").field("people").with("n", missing));
    }
    let action =
        door::action(&Shifts, "assign").ok_or_else(|| Refusal::usage("no-action").with("text", "assign"))?;
    let zone = match request.zone {
        Some(zone) => zones::must_find(cx.db, zone)?.code,
        None => String::new(),
    };
    let codes: Vec<String> = chosen.iter().map(|who| who.code.clone()).collect();
    let mut texts = vec![
        ("day", request.day().to_string()),
        ("hours", request.hours().text()),
        ("org", request.org.clone()),
        ("task", request.task.clone()),
        ("skills", request.skills.join(";")),
        ("zone", zone),
        ("people", codes.join(" ")),
        ("override_reason", form.text("override_reason").to_owned()),
    ];
    texts.retain(|(_, text)| !text.is_empty());
    let mut one = keep::filled(cx, &Shifts, action, None, &texts)?;
    one.show("request", true);
    if let Some(slot) = one.slot_mut("request") {
        slot.text = request.id.to_string();
    }
    assign::reread(cx, &mut one);
    door::within(cx, tx, &Shifts, action, None, &one)?;
    let names: Vec<String> = chosen.into_iter().map(|who| who.name).collect();
    Ok(keep::joined(&names, cx.t))
}

/// Cancels what was planned for a request that is no longer wanted; answers with how many.
fn cancel_shifts(cx: &Cx<'_>, tx: &Tx<'_>, request: &Request, reason: &str) -> Result<usize, Refusal> {
    let action =
        door::action(&Shifts, "cancel").ok_or_else(|| Refusal::usage("no-action").with("text", "cancel"))?;
    let mut count = 0;
    for shift in shifts::for_request(cx.db, request.id)? {
        if shift_next(shift.status, ShiftEvent::Cancel).is_none() {
            continue;
        }
        let why = if reason.trim().is_empty() { cx.t.say("staffing-withdrawn") } else { reason.to_owned() };
        let one = keep::filled(cx, &Shifts, action, Some(shift.id), &[("reason", why)])?;
        door::within(cx, tx, &Shifts, action, Some(shift.id), &one)?;
        count += 1;
    }
    Ok(count)
}

/// Writes down the planned hours of everybody of whom nobody said how it went.
fn finish_shifts(cx: &Cx<'_>, tx: &Tx<'_>, request: &Request, form: &FormState) -> Result<(), Refusal> {
    let action =
        door::action(&Shifts, "finish").ok_or_else(|| Refusal::usage("no-action").with("text", "finish"))?;
    for shift in shifts::for_request(cx.db, request.id)? {
        if shift.status != crate::subjects::shifts::rules::Status::Planned {
            continue;
        }
        let texts = [("rating", keep::plain(&form.value("rating")))];
        let one = keep::filled(cx, &Shifts, action, Some(shift.id), &texts)?;
        door::within(cx, tx, &Shifts, action, Some(shift.id), &one)?;
    }
    Ok(())
}
