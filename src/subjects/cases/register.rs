//! Makes a case: with the person, if they are new, in the same step; with its number, its route and its first lines of
//! history. The audit row and the search keys are the door's.

use chrono::{Datelike, NaiveDateTime, NaiveTime};
use rusqlite::types::Value;

use crate::catalog::SECRETARIAT;
use crate::desk::action::{Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Subject};
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::people::fields::NO_CONSENT;
use crate::subjects::people::records::{self as clients, Client};
use crate::subjects::people::{People, actions as people};
use crate::values::dates;

use super::fields::RECORD;
use super::intake;
use super::records;
use super::rules::Status;
use super::who::Who;

/// Makes a case from the form of intake.
pub(crate) fn register(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let client = match intake::settled(cx, form)? {
        Who::Known(client, card) => {
            complete_file(cx, tx, form, &client, card.map(|card| card.number.as_str().to_owned()))?;
            Some(client.id)
        }
        Who::New(stranger) => {
            Some(person(cx, tx, "register", None, &intake::stranger_texts(form, &stranger), form)?)
        }
        Who::Nobody | Who::Unclear(_) => None,
    };
    if let (Some(client), Some(autism)) = (client, intake::autism(cx, form.text("autism"))) {
        let said = cx.t.say(if autism { "yes" } else { "no" });
        person(cx, tx, "edit", Some(client), &[("autism_flag", said)], form)?;
    }
    let orgs = keep::parts(&keep::plain(&form.value("orgs")));
    let (lead, co_orgs) = lead_of(&orgs);
    if let Some(id) = client.filter(|_| lead != SECRETARIAT || !co_orgs.is_empty()) {
        let who = clients::must_find(tx.conn(), id)?;
        if who.withdrawn {
            return Err(Refusal::rule("cases-withdrawn").field("consent").with("ref", who.code));
        }
    }
    let status = if co_orgs.is_empty() { Status::Routed } else { Status::Coordinated };
    let no = next_no(tx, cx.now.year())?;
    let mut columns = keep::columns(&RECORD, form);
    columns.retain(|(name, _)| *name != "client");
    columns.extend([
        ("no", keep::text(&no)),
        ("received_at", keep::moment(cx.now)),
        ("client", client.map_or(Value::Null, Value::Integer)),
        ("lead_org", keep::text(&lead)),
        ("co_orgs", keep::text(&co_orgs.join(";"))),
        ("route_reason", keep::text(form.text("reason"))),
        ("status", keep::text(status.word())),
        ("registrar", keep::text(&cx.who.name)),
    ]);
    let id = tx.insert("case_record", &columns)?;
    if let Some(client) = client {
        records::add_client(tx, id, client)?;
    }
    records::give_parts(tx, id, &co_orgs, cx.now.date())?;
    records::step(cx, tx, id, "register", None, Status::Registered, "")?;
    records::step(cx, tx, id, "classify", Some(Status::Registered), Status::Classified, "")?;
    records::step(cx, tx, id, "route", Some(Status::Classified), status, form.text("reason"))?;
    let names: Vec<String> = orgs.iter().map(|org| crate::subjects::org_name(cx, org)).collect();
    let due = keep::day_in(form, "due")
        .map(|day| dates::short_day(day, cx.now.date(), cx.t.lang()))
        .unwrap_or_default();
    let args = vec![("orgs", keep::joined(&names, cx.t)), ("due", due)];
    Ok(Done { id, reference: no, args, undo: Undo::Withdraw, open: true })
}

/// One association leads by itself; several are led by the secretariat (guide 6.5.2).
pub(crate) fn lead_of(orgs: &[String]) -> (String, Vec<String>) {
    let members: Vec<String> = orgs.iter().filter(|org| *org != SECRETARIAT).cloned().collect();
    match members.as_slice() {
        [] => (SECRETARIAT.to_owned(), Vec::new()),
        [one] => (one.clone(), Vec::new()),
        _ => (SECRETARIAT.to_owned(), members),
    }
}

/// The next number of a year; numbers brought from elsewhere are stepped over.
fn next_no(tx: &Tx<'_>, year: i32) -> Result<String, Refusal> {
    loop {
        let no = format!("SL-{year}-{:04}", tx.next_number("SL", year)?);
        let sql = "SELECT count(*) FROM case_record WHERE no = ?1";
        let taken: i64 = tx.conn().prepare_cached(sql)?.query_row([&no], |row| row.get(0))?;
        if taken == 0 {
            return Ok(no);
        }
    }
}

/// What was learned at the window goes into the person's file, through the door of people.
fn complete_file(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    form: &FormState,
    client: &Client,
    card: Option<String>,
) -> Result<(), Refusal> {
    let mut texts = Vec::new();
    if let Some(card) = card.filter(|_| client.certificate.is_empty()) {
        texts.push(("certificate", card));
    }
    let components = form.text("components");
    if !components.is_empty() && client.need.components.is_empty() {
        texts.push(("components", components.to_owned()));
    }
    if !texts.is_empty() {
        person(cx, tx, "edit", Some(client.id), &texts, form)?;
    }
    let consent = keep::plain(&form.value("consent"));
    if !client.consented && !consent.is_empty() && consent != NO_CONSENT {
        let texts = [("scope", people::INTAKE_SCOPE.to_owned()), ("method", consent)];
        person(cx, tx, "consent", Some(client.id), &texts, form)?;
    }
    Ok(())
}

/// Does an action to a person's file with these texts; its refusals come back on the field of this form.
fn person(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    name: &str,
    id: Option<i64>,
    texts: &[(&str, String)],
    form: &FormState,
) -> Result<i64, Refusal> {
    let Some(action) = People.actions().iter().find(|a| a.name == name) else {
        return Err(Refusal::rule("not-found").with("text", name));
    };
    let here = |why: Refusal| match why.field {
        Some(field) if form.slot(field).is_some_and(|slot| !slot.hidden) => why,
        _ => why.field("client"),
    };
    let filled = keep::filled(cx, &People, action, id, texts).map_err(here)?;
    let (done, _) = door::within(cx, tx, &People, action, id, &filled).map_err(here)?;
    Ok(done.id)
}

/// Takes a row of another office's case table: its number, route and status as they are.
pub(crate) fn import(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let Some(received_on) = keep::day_in(form, "received_on") else {
        return Err(Refusal::rule("required").field("received_on"));
    };
    let typed = form.text("received_at").trim().to_owned();
    let time =
        ["%H:%M", "%H:%M:%S", "%H%M"].iter().find_map(|shape| NaiveTime::parse_from_str(&typed, shape).ok());
    if !typed.is_empty() && time.is_none() {
        return Err(Refusal::rule("cases-time").field("received_at").with("text", typed));
    }
    let no = form.text("no").trim().to_uppercase();
    let taken: i64 =
        tx.conn().query_row("SELECT count(*) FROM case_record WHERE no = ?1", [&no], |row| row.get(0))?;
    if taken > 0 {
        return Err(Refusal::rule("cases-taken").field("no").with("ref", no));
    }
    let client = match intake::settled(cx, form)? {
        Who::Known(client, _) => Some(client.id),
        Who::Nobody | Who::Unclear(_) => None,
        // A case's table says too little of a person to open a file from it.
        Who::New(_) => {
            return Err(Refusal::rule("cases-import-person")
                .field("client")
                .with("text", form.text("client")));
        }
    };
    let word = |name: &str| keep::plain(&form.value(name));
    let co_orgs = keep::parts(&word("co_orgs"));
    let lead = if co_orgs.is_empty() { word("lead_org") } else { SECRETARIAT.to_owned() };
    let status = Status::parse(&word("status")).unwrap_or(if lead.is_empty() {
        Status::Unrouted
    } else {
        Status::Routed
    });
    let status = if co_orgs.is_empty() || status != Status::Routed { status } else { Status::Coordinated };
    // What still waits for its place belongs to nobody yet.
    let waits = matches!(status, Status::Registered | Status::Classified | Status::Unrouted);
    let lead = if waits { String::new() } else { lead };
    let due = match keep::day_in(form, "due") {
        Some(day) => day,
        None => intake::due(cx, [&word("matter"), &word("urgency"), &word("channel")], received_on).0,
    };
    let at = NaiveDateTime::new(received_on, time.unwrap_or_default());
    let no = if no.is_empty() { next_no(tx, received_on.year())? } else { no };
    let mut columns = keep::columns(&RECORD, form);
    let set = ["client", "due", "lead_org", "co_orgs", "status", "received_at", "visits_count"];
    columns.retain(|(name, value)| !set.contains(name) && *value != Value::Null);
    columns.extend([
        ("no", keep::text(&no)),
        ("received_at", keep::moment(at)),
        ("client", client.map_or(Value::Null, Value::Integer)),
        ("lead_org", keep::text(&lead)),
        ("co_orgs", keep::text(&co_orgs.join(";"))),
        ("due", keep::day(due)),
        ("status", keep::text(status.word())),
        ("visits_count", Value::Integer(form.number("visits_count").unwrap_or(1))),
    ]);
    let id = tx.insert("case_record", &columns)?;
    if let Some(client) = client {
        records::add_client(tx, id, client)?;
    }
    records::give_parts(tx, id, &co_orgs, received_on)?;
    records::step(cx, tx, id, "import", None, status, "")?;
    Ok(Done { id, reference: no, args: Vec::new(), undo: Undo::Withdraw, open: false })
}
