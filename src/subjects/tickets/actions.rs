//! What is done with a ticket: reported, taken on, given to whoever mends it, mended, looked at, or given up (SM-07). The audit
//! row and the search keys are the door's.

use chrono::Datelike;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Next, Subject};
use crate::desk::view::Choice;
use crate::store::Tx;
use crate::subjects::assets::records as assets;
use crate::subjects::assets::rules::Status as Standing;
use crate::subjects::keep;
use crate::subjects::loans::item::{self, Item};
use crate::subjects::loans::{plan, records as loans};
use crate::subjects::venue::typed::Named;
use crate::subjects::zones::records as zones;
use crate::values::pinyin;

use super::fields::RECORD;
use super::object::Object;
use super::records::{self, Ticket};
use super::rules::{self, Event, Priority};
use super::typed::{self, Line};
use super::{follow, object, pages};

fn event(action: &str) -> Option<Event> {
    Some(match action {
        "accept" => Event::Accept,
        "dispatch" => Event::Dispatch,
        "finish" => Event::Finish,
        "verify" => Event::Verify,
        "rework" => Event::Rework,
        "beyond" => Event::Beyond,
        "withdraw" => Event::Withdraw,
        "amend" => Event::Amend,
        _ => return None,
    })
}

fn goes(cx: &Cx<'_>, action: &str, ticket: &Ticket) -> Result<rules::Status, Refusal> {
    if let ("beyond", Some(asset)) = (action, ticket.object.asset) {
        let asset = assets::must_find(cx.db, asset)?;
        if asset.status == Standing::Lent {
            return Err(Refusal::rule("assets-lent").with("ref", asset.no));
        }
    }
    event(action).and_then(|event| rules::next(ticket.status, event)).ok_or_else(|| {
        let status = pages::status(cx, ticket);
        Refusal::rule("tickets-status").with("ref", &ticket.no).with("status", status)
    })
}

/// Whether an action applies to this ticket now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else { return Ok(()) };
    goes(cx, action.name, &records::must_find(cx.db, id)?).map(drop)
}

/// The same of many actions on one ticket, which is read once.
pub(crate) fn available_each(cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
    match records::must_find(cx.db, id) {
        Ok(ticket) => actions.iter().map(|action| goes(cx, action.name, &ticket).map(drop)).collect(),
        Err(refusal) => actions.iter().map(|_| Err(refusal.clone())).collect(),
    }
}

/// Reads a typed line against what the office knows.
pub(crate) fn line(cx: &Cx<'_>, text: &str) -> Result<Line, Refusal> {
    let open = zones::open(cx.db)?;
    let named: Vec<Named> = open.iter().map(|z| Named::new(&z.code, &z.key, &z.name)).collect();
    let words = cx.catalog.words("ticket_priorities");
    let urgencies: Vec<(String, Vec<String>)> = words
        .iter()
        .map(|w| (w.kept.clone(), [w.also.as_slice(), std::slice::from_ref(&w.en)].concat()))
        .collect();
    Ok(typed::read(text, &named, &urgencies, |word| asset_named(cx, word)))
}

/// The number of the asset that a word of a line names: its number or tag, its running number after `#`, its kind with the
/// running number after it. A bare number is none: there are too many numbers in what is said of a fault.
fn asset_named(cx: &Cx<'_>, word: &str) -> Option<String> {
    let digit = word.chars().any(|c| c.is_ascii_digit());
    let sure = word.starts_with('#') || word.chars().any(char::is_alphabetic);
    match item::read(cx, word).ok().filter(|_| digit && sure)?? {
        Item::One(asset) if !asset.void => Some(asset.no),
        _ => None,
    }
}

/// Fills a form that was just opened.
pub(crate) fn start(
    cx: &Cx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &mut FormState,
) -> Result<(), Refusal> {
    match (action.name, id) {
        ("report", _) => {
            form.propose("priority", "普通");
            form.propose("reporter", cx.who.name.clone());
            form.propose("reported_on", cx.now.date().to_string());
            form.require("due_on", false);
        }
        ("amend", Some(id)) => {
            keep::present(cx, &RECORD, id, form)?;
            // The card that is being mended stands as this ticket does: another one is another ticket.
            let taken_on = records::must_find(cx.db, id)?.status != rules::Status::Reported;
            if let Some(slot) = form.slot_mut("asset") {
                slot.fixed = taken_on;
            }
        }
        ("dispatch", Some(id)) => {
            let ticket = records::must_find(cx.db, id)?;
            if ticket.vendor.is_empty() {
                let same = object::warranted(cx.db, &ticket.object, cx.now.date())?;
                form.propose("vendor", same.map(|(_, _, vendor)| vendor).unwrap_or_default());
            }
            form.propose("due_on", ticket.due.to_string());
        }
        ("finish", Some(id)) => {
            form.propose("finished_on", cx.now.date().to_string());
            keep::present(cx, &RECORD, id, form)?;
        }
        _ => {}
    }
    Ok(())
}

/// Answers to an edit. What cannot be read now is read at saving.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str) {
    drop(match form.action {
        "report" | "amend" => broken(cx, form, changed),
        _ => Ok(()),
    });
    if form.number("cost").is_some_and(|fen| fen < 0) {
        form.fail("cost", Refusal::rule("tickets-cost").field("cost"));
    }
}

fn broken(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    if changed == "line" {
        let said = line(cx, form.text("line"))?;
        form.fill("asset", said.asset);
        form.fill("zone", said.zone);
        form.fill("object", said.object);
        form.fill("fault", said.fault);
        form.fill("priority", said.priority);
    }
    if changed == "asset" && form.action == "amend" {
        form.fill("object", "");
        form.fill("zone", "");
    }
    for slot in &mut form.slots {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
    form.require("object", form.number("zone").is_none() && form.number("asset").is_none());
    let Some(about) = object::of(cx, form)? else { return Ok(()) };
    let said = object::say(cx, &about)?;
    if !form.text("line").is_empty() {
        let fault = form.text("fault").to_owned();
        form.echo("line", keep::one_line(&format!("{said} {fault}")));
    }
    known(cx, form, &about)?;
    if form.action == "report" {
        form.propose("due_on", due(cx, form).to_string());
    }
    Ok(())
}

/// What is known of a broken thing: who reported it already, who mended it last and stands by that.
pub(crate) fn known(cx: &Cx<'_>, form: &mut FormState, about: &Object) -> Result<(), Refusal> {
    if let Some((id, no)) = object::open_alike(cx.db, about)?
        && (form.subject != super::Tickets.name() || form.target != Some(id))
    {
        let fault = records::must_find(cx.db, id)?.fault;
        form.find(cx.t.say("tickets-finding-alike"), format!("{no} {} {fault}", object::say(cx, about)?));
    }
    if let Some((no, until, vendor)) = object::warranted(cx.db, about, cx.now.date())? {
        let args = [("no", no), ("until", until), ("vendor", vendor)];
        form.find(cx.t.say("tickets-warranty_until"), cx.t.with("tickets-finding-warranty", &args));
    }
    about.asset.map_or(Ok(()), |id| of_card(cx, form, id))
}

/// What the card of a broken asset says: how it stands, the seller's warranty, who expects to have it.
fn of_card(cx: &Cx<'_>, form: &mut FormState, id: i64) -> Result<(), Refusal> {
    let asset = assets::must_find(cx.db, id)?;
    form.find(cx.t.say("tickets-asset"), keep::one_line(&super::pages::card(cx, &asset)?));
    let day = cx.now.date();
    if let Some(until) = assets::warranty(cx.db, id)?.filter(|until| *until >= day) {
        let said = cx.t.with("tickets-finding-bought", &[("until", until.to_string())]);
        form.find(cx.t.say("tickets-warranty_until"), said);
    }
    if let Some(loan) = loans::coming(cx.db, id, day)?.first() {
        form.find(cx.t.say("tickets-finding-promised"), plan::holder(cx, loan));
    }
    Ok(())
}

fn due(cx: &Cx<'_>, form: &FormState) -> chrono::NaiveDate {
    let priority = Priority::parse(&keep::plain(&form.value("priority")));
    let reported = keep::day_in(form, "reported_on").unwrap_or_else(|| cx.now.date());
    rules::due(reported, cx.catalog.rule(priority.rule()).value)
}

/// Who could mend it: who has mended before.
pub(crate) fn vendors(cx: &Cx<'_>, form: &FormState) -> Vec<Choice> {
    let typed = form.text("vendor").trim().to_lowercase();
    let fits = |name: &String| {
        typed.is_empty()
            || name.contains(&typed)
            || pinyin::text_keys(name).iter().any(|key| key.starts_with(&typed))
    };
    let choice = |name: String| Choice { key: String::new(), value: name.clone(), label: name };
    records::vendors(cx.db).unwrap_or_default().into_iter().filter(fits).map(choice).collect()
}

/// Carries an action out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &FormState,
) -> Result<Done, Refusal> {
    let Some(id) = id else { return report(cx, tx, form) };
    let ticket = records::must_find(cx.db, id)?;
    let to = goes(cx, action.name, &ticket)?;
    let mut columns = match action.name {
        "verify" => vec![("verifier", keep::text(&cx.who.name))],
        "rework" | "beyond" | "withdraw" => vec![("remark", keep::text(form.text("reason")))],
        _ => keep::columns(&RECORD, form),
    };
    if action.name == "amend" {
        let about = object::of(cx, form)?.ok_or_else(|| Refusal::rule("tickets-object").field("object"))?;
        columns.retain(|(name, _)| !matches!(*name, "asset" | "zone" | "object"));
        columns.extend(object::columns(&about));
    }
    columns.push(("status", keep::text(to.word())));
    let version = if form.target == Some(id) { form.version } else { 0 };
    keep::update(tx, &RECORD, id, version, &columns)?;
    follow::follow(cx, tx, id)?;
    let now = records::must_find(tx.conn(), id)?;
    let args = pages::args(&Cx { db: tx.conn(), ..*cx }, &now)?;
    Ok(Done { id, reference: now.no, args, undo: Undo::Fields, open: false })
}

fn report(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let about = object::of(cx, form)?.ok_or_else(|| Refusal::rule("tickets-object").field("object"))?;
    let year = keep::day_in(form, "reported_on").unwrap_or_else(|| cx.now.date()).year();
    let no = format!("BX-{year}-{:03}", tx.next_number("BX", year)?);
    let mut columns = keep::columns(&RECORD, form);
    columns.retain(|(name, _)| !matches!(*name, "asset" | "zone" | "object" | "due_on"));
    let due = keep::day_in(form, "due_on").unwrap_or_else(|| due(cx, form));
    columns.push(("due_on", keep::day(due)));
    columns.extend(object::columns(&about));
    columns.extend([("no", keep::text(&no)), ("status", keep::text("报修"))]);
    let id = tx.insert("work_ticket", &columns)?;
    let ticket = records::must_find(tx.conn(), id)?;
    let args = pages::args(&Cx { db: tx.conn(), ..*cx }, &ticket)?;
    Ok(Done { id, reference: no, args, undo: Undo::Withdraw, open: false })
}

/// A ticket that was taken on is given to somebody next.
pub(crate) fn next(cx: &Cx<'_>, action: &Action, ids: &[i64]) -> Option<Next> {
    let [id] = ids else { return None };
    if action.name != "accept" {
        return None;
    }
    let ticket = records::find(cx.db, *id).ok().flatten()?;
    let what = object::say(cx, &ticket.object).ok()?;
    Some(Next { action: "tickets.dispatch", id: *id, args: vec![("what", what)] })
}

/// Takes back a report that was just made.
pub(crate) fn withdraw(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let ticket = records::must_find(tx.conn(), id)?;
    let to = goes(cx, "withdraw", &ticket)?;
    let columns = [("status", keep::text(to.word())), ("remark", keep::text(&cx.t.say("tickets-undone")))];
    keep::update(tx, &RECORD, id, 0, &columns)?;
    follow::back(cx, tx, id)
}
