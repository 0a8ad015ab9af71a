//! What happens to a case after it was registered: every action of SM-20, its columns, its parts and its line of history.
//! The audit row and the search keys are the door's.

use chrono::NaiveDate;
use rusqlite::types::Value;

use crate::catalog::SECRETARIAT;
use crate::desk::action::{Action, Done, Undo};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::people::records as people;
use crate::subjects::{keep, org_name};
use crate::values::dates;

use super::allowed::moved;
use super::fields::RECORD;
use super::records::{self, Case};
use super::register::lead_of;
use super::rules::{self, Event, Part, Status, Stop};
use super::{note, petition, table};

type Columns = Vec<(&'static str, Value)>;

/// Carries an action out on a case.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: i64,
    form: &FormState,
) -> Result<Done, Refusal> {
    let case = records::must_find(cx.db, id)?;
    let mut done = Done { id, reference: case.no.clone(), args: Vec::new(), undo: Undo::Fields, open: false };
    let today = cx.now.date();
    let reason = form.text("reason").to_owned();
    let mut columns: Columns = Vec::new();
    let mut event = table::event(action.name);
    let mut said = reason.clone();
    match action.name {
        "edit" => columns = keep::columns(&RECORD, form),
        "assign" => {
            said = form.text("handler").to_owned();
            columns.push(("handler", keep::text(&said)));
        }
        "extend" => {
            petition::extendable(cx, &case, keep::day_in(form, "due"))?;
            columns.extend([("due", form.value("due")), ("due_reason", keep::text(&reason))]);
            said = format!("{} {reason}", keep::plain(&form.value("due")));
        }
        "add-client" => said = add_client(cx, tx, &case, form)?,
        "classify" => columns = keep::columns(&RECORD, form),
        "route" => {
            let orgs = keep::parts(&keep::plain(&form.value("orgs")));
            let (lead, co_orgs) = lead_of(&orgs);
            event = Some(if co_orgs.is_empty() { Event::Route } else { Event::Coordinate });
            records::give_parts(tx, id, &co_orgs, today)?;
            columns.extend([
                ("lead_org", keep::text(&lead)),
                ("co_orgs", keep::text(&co_orgs.join(";"))),
                ("route_reason", keep::text(&reason)),
                ("handler", Value::Null),
            ]);
            let names: Vec<String> = orgs.iter().map(|org| org_name(cx, org)).collect();
            said = format!("{} {reason}", keep::joined(&names, cx.t)).trim().to_owned();
            done.args.push(("orgs", keep::joined(&names, cx.t)));
        }
        "accept" | "return" | "report-back" if case.status == Status::Coordinated => {
            return part(cx, tx, action, &case, form, done);
        }
        "accept" if case.handler.is_empty() => columns.push(("handler", keep::text(&cx.who.name))),
        "return" => {
            let returned = "SELECT returned_count FROM case_record WHERE id = ?1";
            let n: i64 = cx.db.query_row(returned, [id], |row| row.get(0))?;
            columns.extend([
                ("returned_count", Value::Integer(n + 1)),
                ("lead_org", Value::Null),
                ("handler", Value::Null),
            ]);
        }
        "note" => {
            let (text, next) = note::split(cx, form.text("note"))?;
            if let Some(next) = next {
                columns.push(("next_on", keep::day(next)));
            }
            said = text;
        }
        "wait" | "resume" => columns.push(("next_on", form.value("next_on"))),
        "refer" => {
            said = format!("{} {reason}", form.text("unit"));
            refer(cx, tx, &case, form)?;
            columns.push(("next_on", form.value("next_on")));
        }
        "done" | "referral-result" => {
            columns = closing(cx, &case, form);
            said = form.text("result").to_owned();
            if action.name == "referral-result" {
                records::answer_referral(tx, id, today, &said)?;
            }
        }
        "follow-up" => {
            columns.push(("satisfaction", form.value("satisfaction")));
            let rated = keep::plain(&form.value("satisfaction"));
            said = format!("{rated} {}", form.text("note")).trim().to_owned();
        }
        "reopen" => {
            columns.push(("closed_on", Value::Null));
            for part in records::parts(cx.db, id)? {
                if let Some(to) = rules::next_part(part.state, Event::Reopen) {
                    records::set_part(tx, part.id, to, today, "")?;
                    done.undo = Undo::No("cases-part");
                }
            }
        }
        "receipt" => done.args.extend(receipt(cx, &case)),
        "refuse" | "withdraw" => {
            columns.push(("closed_on", keep::day(today)));
            columns.push(("result", keep::text(&reason)));
            if action.name == "refuse" {
                columns.push(("told_on", form.value("told_on")));
            }
        }
        _ => {}
    }
    let mut to = match event {
        Some(event) => next(cx, &case, event)?,
        None => case.status,
    };
    if to == Status::Classified {
        // Once its kind is known it waits for its place; nobody has to say so.
        records::step(cx, tx, id, action.name, Some(case.status), to, &said)?;
        to = next(cx, &Case { status: to, ..case.clone() }, Event::Queue)?;
    }
    if to != case.status {
        columns.push(("status", keep::text(to.word())));
    }
    let version = if form.others.is_empty() { form.version } else { 0 };
    keep::update(tx, &RECORD, id, version, &columns)?;
    records::step(cx, tx, id, action.name, Some(case.status), to, &said)?;
    done.args.push(("status", super::said(cx, &super::fields::STATUS, to.word())));
    Ok(done)
}

/// Where an event leads; asked again inside the transaction, where nobody can come between.
fn next(cx: &Cx<'_>, case: &Case, event: Event) -> Result<Status, Refusal> {
    let parts: Vec<Part> = records::parts(cx.db, case.id)?.iter().map(|p| p.state).collect();
    rules::next(case.status, event, &parts, !case.lead.is_empty()).map_err(|stop| {
        let code = match stop {
            Stop::Missing(_) => "cases-missing",
            Stop::NotCalledBack => "cases-not-called-back",
            Stop::Status => "cases-not-now",
        };
        Refusal::rule(code).with("ref", &case.no).with("status", case.status.word())
    })
}

/// An association takes, gives back or reports its part of a coordinated case.
fn part(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    case: &Case,
    form: &FormState,
    mut done: Done,
) -> Result<Done, Refusal> {
    let event = table::event(action.name).unwrap_or(Event::Note);
    let named = keep::plain(&form.value("org"));
    let parts = records::parts(cx.db, case.id)?;
    let moving = moved(cx, &parts, event, &named);
    if moving.is_empty() {
        return Err(Refusal::rule("cases-no-part").field("org").with("ref", &case.no));
    }
    let text = if event == Event::Return { form.text("reason") } else { form.text("result") };
    let mut orgs = Vec::new();
    for (part, to) in &moving {
        records::set_part(tx, part.id, *to, cx.now.date(), text)?;
        orgs.push(org_name(cx, &part.org));
    }
    let names = keep::joined(&orgs, cx.t);
    keep::update(tx, &RECORD, case.id, form.version, &[])?;
    records::step(
        cx,
        tx,
        case.id,
        action.name,
        Some(case.status),
        case.status,
        format!("{names} {text}").trim(),
    )?;
    let left = records::parts(tx.conn(), case.id)?.iter().filter(|p| !p.state.settled()).count();
    done.args.extend([("orgs", names), ("left", left.to_string())]);
    done.args.push(("status", super::said(cx, &super::fields::STATUS, case.status.word())));
    done.undo = Undo::No("cases-part");
    Ok(done)
}

/// What closing writes: the result, what was told and wished, and whether once was enough (L-4.3).
fn closing(cx: &Cx<'_>, case: &Case, form: &FormState) -> Columns {
    let mut columns = keep::columns(&RECORD, form);
    columns.push(("closed_on", keep::day(cx.now.date())));
    if case.handler.is_empty() {
        columns.push(("handler", keep::text(&cx.who.name)));
    }
    columns
}

/// What the person takes home: what was taken on, by whom, by when (guide 6.5.1).
fn receipt(cx: &Cx<'_>, case: &Case) -> crate::desk::locale::Args {
    let lead = if case.lead.is_empty() { SECRETARIAT } else { &case.lead };
    let day = case.received_on().map(|day| day.to_string()).unwrap_or_default();
    vec![
        ("day", day),
        ("matter", super::said(cx, &super::fields::MATTER, &case.matter)),
        ("orgs", org_name(cx, lead)),
        ("due", dates::spell_day(case.due, cx.t.lang())),
        ("tail", case.tail().to_owned()),
    ]
}

/// Keeps a referral, with the consent that sharing outside needs (RULES §5.3).
fn refer(cx: &Cx<'_>, tx: &Tx<'_>, case: &Case, form: &FormState) -> Result<(), Refusal> {
    let today: NaiveDate = cx.now.date();
    let method = keep::plain(&form.value("method"));
    let mut consent = method.clone();
    if let Some(client) = case.client {
        let who = people::must_find(cx.db, client)?;
        if people::agreed(cx.db, client, "转介")? {
            consent = "转介".to_owned();
        } else if method.is_empty() {
            return Err(Refusal::rule("cases-refer-consent").field("method").with("ref", &case.no));
        } else {
            let by = if method == "监护人签字" && !who.guardian.is_empty() {
                &who.guardian
            } else {
                &who.name
            };
            people::give(tx, client, "转介", form.text("unit"), by, today, &method)?;
        }
    } else if consent.is_empty() {
        // Nobody is named in it: there is nothing of a person to share.
        consent = "不涉及个人信息".to_owned();
    }
    tx.insert_plain(
        "referral",
        &[
            ("case_id", case.id.into()),
            ("unit", keep::text(form.text("unit"))),
            ("reason", keep::text(form.text("reason"))),
            ("referred_on", keep::day(today)),
            ("consent", keep::text(&consent)),
        ],
    )?;
    Ok(())
}

/// Says that a case is about one more person. Several people of several categories want coordination: the route is
/// proposed anew on the page, and confirmed by `route`.
fn add_client(cx: &Cx<'_>, tx: &Tx<'_>, case: &Case, form: &FormState) -> Result<String, Refusal> {
    let id = form.number("person").unwrap_or(0);
    let who = people::must_find(cx.db, id)?;
    if records::clients(cx.db, case.id)?.iter().any(|client| client.id == id) {
        return Err(Refusal::rule("cases-client-there").field("person").with("ref", who.code));
    }
    records::add_client(tx, case.id, id)?;
    if case.client.is_none() {
        keep::update(tx, &RECORD, case.id, 0, &[("client", Value::Integer(id))])?;
    }
    Ok(who.code)
}
