//! The forms of training as they are filled in: what a typed line says, read back whole; who is meant; what stands in the way of a
//! room.

use std::collections::BTreeSet;

use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::attendance::records as attendances;
use crate::subjects::keep;
use crate::subjects::venue::rules::{Hours, clock};
use crate::subjects::venue::typed::{self, Known, Line, Named};
use crate::subjects::zones::records as zones;
use crate::values::dates::{self, Bias, DateContext};

use super::fields::RECORD;
use super::records::Session;
use super::{room, rules, who};

/// Reads a typed line; a day in a log lies behind, in a plan ahead.
fn line(cx: &Cx<'_>, form: &FormState) -> Result<Line, Refusal> {
    let open = zones::open(cx.db)?;
    let named: Vec<Named> = open.iter().map(|z| Named::new(&z.code, &z.key, &z.name)).collect();
    let bias = if form.action == "train" { Bias::Record } else { Bias::Planning };
    let known = Known { orgs: &[], zones: &named, features: &[] };
    let dates = DateContext::new(cx.now, bias, cx.catalog.calendar());
    Ok(typed::read(form.text("line"), &known, &dates))
}

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, about: Option<&Session>, form: &mut FormState) -> Result<(), Refusal> {
    form.show("override_reason", false);
    form.propose("kind", rules::COUNTED[0]);
    form.propose("mode", "线下");
    match form.action {
        "train" => {
            form.propose("held_on", cx.now.date().to_string());
            form.propose("taught_as", rules::COUNTED[0]);
        }
        "arrange" => match cx.who.associations().as_slice() {
            [own, ..] => form.propose("host", *own),
            [] => form.propose("host", crate::catalog::SECRETARIAT),
        },
        _ => {}
    }
    let Some(about) = about else { return Ok(()) };
    match form.action {
        "amend" => {
            keep::present(cx, &RECORD, about.id, form)?;
            if let Some(slot) = form.slot_mut("length") {
                slot.text = rules::hours(about.minutes);
            }
        }
        "schedule" => {
            form.propose("held_on", about.on.to_string());
            form.propose("hours", about.hours.clone());
            form.require("hours", true);
            form.propose("length", rules::hours(about.minutes));
            if let Some(slot) = form.slot_mut("line") {
                slot.ask = crate::desk::action::Ask::Always;
            }
        }
        "enrol" => form.propose("who", about.audience.replace(';', " ")),
        "attend" => {
            form.require("length", false);
            form.propose("length", rules::hours(about.minutes));
        }
        _ => {}
    }
    Ok(())
}

/// Answers to an edit. Nothing here may stop a form: what cannot be read now is read at saving.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str, about: Option<&Session>) {
    for slot in &mut form.slots {
        slot.error.take_if(|p| p.code.starts_with("training-") || p.code.starts_with("venue-"));
    }
    drop(answer(cx, form, changed, about));
}

fn answer(cx: &Cx<'_>, form: &mut FormState, changed: &str, about: Option<&Session>) -> Result<(), Refusal> {
    if form.slot("line").is_some() {
        let said = if form.text("line").is_empty() { Line::default() } else { line(cx, form)? };
        if changed == "line" {
            take_over(form, &said);
        }
        unread(cx, form, &said);
    }
    for slot in &mut form.slots {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
    timing(cx, form);
    read_back(cx, form);
    let visitors = keep::parts(&keep::plain(&form.value("visitors")));
    if visitors.contains(&keep::plain(&form.value("host"))) {
        form.fail("visitors", Refusal::rule("training-own-guest").field("visitors"));
    }
    if form.number("people").is_some_and(|n| n < 1) {
        form.fail("people", Refusal::rule("venue-number").field("people"));
    }
    if matches!(form.action, "arrange" | "schedule") {
        room::judge(cx, form, about);
    }
    if let Some(about) = about {
        match form.action {
            "enrol" => enrol(cx, form, about)?,
            "attend" => attend(cx, form, about)?,
            _ => {}
        }
    }
    Ok(())
}

fn unread(cx: &Cx<'_>, form: &mut FormState, said: &Line) {
    if said.unread.is_empty() {
        return;
    }
    let words = said.unread.join(" ");
    if form.slot("line").is_some_and(|slot| slot.passed) {
        form.fail("line", Refusal::rule("training-unread").field("line").with("text", words));
    } else {
        form.find(cx.t.say("training-finding-unread"), words);
    }
}

/// What a line says goes into the fields; what it no longer says leaves them.
fn take_over(form: &mut FormState, said: &Line) {
    form.fill("title", said.purpose.clone());
    form.fill("held_on", said.days.as_ref().map(|(from, _)| from.clone()).unwrap_or_default());
    form.fill("hours", said.hours.clone());
    form.fill("zone", said.zone.clone());
    form.fill("people", said.people.clone());
    form.fill("length", said.length.map(rules::hours).unwrap_or_default());
}

/// Hours and length: hours say the length where nothing else does.
fn timing(cx: &Cx<'_>, form: &mut FormState) {
    let typed = form.text("hours").trim().to_owned();
    let hours = Hours::parse(&typed);
    if !typed.is_empty() && hours.is_none() {
        form.fail("hours", Refusal::rule("venue-hours").field("hours").with("text", typed));
    }
    if let Some(hours) = hours {
        form.propose("length", rules::hours(i64::from(hours.to - hours.from)));
    }
    let typed = form.text("length").trim().to_owned();
    match rules::minutes(&typed) {
        _ if typed.is_empty() => {}
        Some(minutes) => {
            form.echo("length", cx.t.with("training-length-said", &[("n", rules::hours(minutes))]));
        }
        None => form.fail("length", Refusal::rule("training-length").field("length").with("text", typed)),
    }
}

/// A typed line read back whole: nothing is written before a person has seen what was understood.
fn read_back(cx: &Cx<'_>, form: &mut FormState) {
    if form.text("line").is_empty() {
        return;
    }
    let mut parts = vec![form.text("title").to_owned()];
    if let Some(day) = keep::day_in(form, "held_on") {
        parts.push(dates::short_day(day, cx.now.date(), cx.t.lang()));
    }
    parts.push(form.text("hours").to_owned());
    if let Some(minutes) = rules::minutes(form.text("length")) {
        parts.push(cx.t.with("training-length-said", &[("n", rules::hours(minutes))]));
    }
    let zone = form.number("zone").and_then(|id| zones::must_find(cx.db, id).ok());
    parts.extend(zone.map(|zone| zone.name));
    if let Some(people) = form.number("people") {
        parts.push(cx.t.with("venue-people-said", &[("n", people.to_string())]));
    }
    parts.retain(|part| !part.is_empty());
    form.echo("line", parts.join(" "));
}

/// Whom a line means, without those who are entered already.
///
/// # Errors
/// Names the word that means nobody, or several.
pub(crate) fn newcomers(
    cx: &Cx<'_>,
    form: &FormState,
    field: &'static str,
    about: &Session,
) -> Result<Vec<i64>, Refusal> {
    let there: BTreeSet<i64> =
        attendances::of_session(cx.db, about.id)?.into_iter().map(|a| a.person).collect();
    let meant = who::read(cx, form.text(field), None).map_err(|r| r.field(field))?;
    Ok(meant.into_iter().filter(|id| !there.contains(id)).collect())
}

fn enrol(cx: &Cx<'_>, form: &mut FormState, about: &Session) -> Result<(), Refusal> {
    if form.text("who").is_empty() {
        return Ok(());
    }
    match newcomers(cx, form, "who", about) {
        Ok(ids) => {
            let said = who::said(cx, &ids)?;
            form.echo("who", said);
            let taken = usize::try_from(about.people.unwrap_or(i64::MAX)).unwrap_or(usize::MAX);
            let all = attendances::of_session(cx.db, about.id)?.len() + ids.len();
            if all > taken {
                form.find(cx.t.say("training-finding-full"), format!("{all} > {taken}"));
            }
        }
        Err(refusal) => put(form, "who", refusal),
    }
    Ok(())
}

/// Those enrolled and not yet marked.
pub(crate) fn expected(cx: &Cx<'_>, about: &Session) -> Result<Vec<attendances::Attendance>, Refusal> {
    let all = attendances::of_session(cx.db, about.id)?;
    Ok(all.into_iter().filter(|a| a.status == "已报名").collect())
}

fn attend(cx: &Cx<'_>, form: &mut FormState, about: &Session) -> Result<(), Refusal> {
    let expected = expected(cx, about)?;
    let among: BTreeSet<i64> = expected.iter().map(|a| a.person).collect();
    let mut came: Vec<i64> = expected.iter().map(|a| a.person).collect();
    match who::read(cx, form.text("absent"), Some(&among)) {
        Ok(absent) => {
            came.retain(|id| !absent.contains(id));
            if !absent.is_empty() {
                form.echo("absent", who::said(cx, &absent)?);
            }
        }
        Err(refusal) => put(form, "absent", refusal),
    }
    if !form.text("also").is_empty() {
        match newcomers(cx, form, "also", about) {
            Ok(also) => {
                form.echo("also", who::said(cx, &also)?);
                came.extend(also);
            }
            Err(refusal) => put(form, "also", refusal),
        }
    }
    form.find(cx.t.say("training-finding-came"), who::said(cx, &came)?);
    Ok(())
}

/// A problem goes to its field once a person has passed it; before, it would interrupt the typing.
fn put(form: &mut FormState, field: &'static str, refusal: Refusal) {
    if form.slot(field).is_some_and(|slot| slot.passed) {
        form.fail(field, refusal.field(field));
    }
}

/// When a form says a session begins and ends, as kept; none while it is only planned.
pub(crate) fn times(form: &FormState) -> Option<(String, String)> {
    let hours = Hours::parse(form.text("hours"))?;
    Some((clock(hours.from), clock(hours.to)))
}
