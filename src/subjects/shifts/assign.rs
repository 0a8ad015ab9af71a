//! Sending somebody: what a typed line and the rules make of the form, who is proposed with the reasons, what is unusual; then
//! the shifts themselves, one a person. What was seen in the form is judged again inside the change.

use chrono::Datelike;
use rusqlite::types::Value;

use crate::desk::action::{Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::desk::view::Choice;
use crate::store::Tx;
use crate::subjects::staff::records::{self as staff, Person};
use crate::subjects::staff::{called, handle};
use crate::subjects::zones::records as zones;
use crate::subjects::{keep, org_name};
use crate::values::dates::{self, Bias, DateContext};

use super::Shifts;
use super::plan::{self, Plan};
use super::records::{self, Shift};
use super::rules::{Status, Warning, usual_kind};
use super::typed::{self, Known, Line};

/// How many people are proposed.
const PROPOSED: usize = 6;
/// How many people the field that names them offers.
const OFFERED: usize = 9;

/// Reads a typed line against what the office knows.
pub(crate) fn line(cx: &Cx<'_>, text: &str) -> Result<Line, Refusal> {
    let orgs = crate::subjects::org_names(cx.catalog);
    let open = zones::open(cx.db)?;
    let zones: Vec<_> =
        open.iter().map(|z| crate::subjects::venue::typed::Named::new(&z.code, &z.key, &z.name)).collect();
    let person = |word: &str| match called(cx.db, word) {
        Ok(found) if found.len() == 1 => found.into_iter().next().map(|who| who.code),
        _ => None,
    };
    let known = Known {
        orgs: &orgs,
        zones: &zones,
        skills: cx.catalog.words("skills"),
        kinds: cx.catalog.words("shift_kinds"),
        tasks: cx.catalog.words("tasks"),
        person: &person,
        day: crate::subjects::staff::plan_of_day(cx),
    };
    let dates = DateContext::new(cx.now, Bias::Planning, cx.catalog.calendar());
    Ok(typed::read(text, &known, &dates))
}

/// Puts what a line says into the fields.
pub(crate) fn take_over(cx: &Cx<'_>, form: &mut FormState, said: &Line) {
    if let Some((day, _)) = &said.days {
        form.fill("day", day.clone());
    }
    form.fill("hours", said.hours.clone());
    form.fill("org", said.org.clone());
    form.fill("zone", said.zone.clone());
    form.fill("number", said.number.clone());
    let skill = |kept: &String| cx.catalog.show_word("skills", kept, cx.t.lang());
    let skills: Vec<String> = said.skills.iter().map(skill).collect();
    form.fill("skills", skills.join(";"));
    let kind = cx.catalog.show_word("shift_kinds", &said.kind, cx.t.lang());
    form.fill("kind", if said.kind.is_empty() { String::new() } else { kind.clone() });
    let task = match () {
        () if !said.task.is_empty() => cx.catalog.show_word("tasks", &said.task, cx.t.lang()),
        () if !said.kind.is_empty() => kind,
        () => skills.join(""),
    };
    form.fill("task", task);
}

/// Reads every field again after the program put something into them.
pub(crate) fn reread(cx: &Cx<'_>, form: &mut FormState) {
    for slot in &mut form.slots {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
}

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, form: &mut FormState) {
    form.show("override_reason", false);
    form.show("request", false);
    let own = cx.who.associations();
    let org = match own.as_slice() {
        [one] => *one,
        _ => crate::catalog::SECRETARIAT,
    };
    form.propose("org", org);
    form.propose("number", "1");
}

/// Answers to an edit. Nothing here may stop a form: what cannot be read now is read at saving.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str) {
    drop(answer(cx, form, changed));
}

fn answer(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("shifts-"));
    }
    let said = if form.text("line").is_empty() { Line::default() } else { line(cx, form.text("line"))? };
    if changed == "line" {
        take_over(cx, form, &said);
        let mut named = Vec::new();
        for code in &said.people {
            if let Some(who) = staff::by_code(cx.db, code)? {
                named.push(handle(cx.db, &who)?);
            }
        }
        form.fill("people", named.join(" "));
    }
    unread(cx, form, &said.unread);
    let task = form.text("task").to_owned();
    if !task.is_empty() {
        form.propose("kind", usual_kind(&task));
    }
    reread(cx, form);
    hours(form);
    let Some(plan) = plan::of(form) else { return Ok(()) };
    form.echo("hours", plan.when(cx));
    propose(cx, form, &plan)?;
    judge(cx, form, &plan)
}

/// What was not understood of a line: told while it is typed, wrong once it was passed.
pub(crate) fn unread(cx: &Cx<'_>, form: &mut FormState, words: &[String]) {
    if words.is_empty() {
        return;
    }
    let words = words.join(" ");
    if form.slot("line").is_some_and(|slot| slot.passed) {
        form.fail("line", Refusal::rule("shifts-unread").field("line").with("text", words));
    } else {
        form.find(cx.t.say("shifts-finding-unread"), words);
    }
}

/// Hours that are no hours.
pub(crate) fn hours(form: &mut FormState) {
    let text = form.text("hours").to_owned();
    if !text.is_empty() && crate::subjects::venue::rules::Hours::parse(&text).is_none() {
        form.fail("hours", Refusal::rule("shifts-hours").field("hours").with("text", text));
    }
}

/// Who is proposed: the first as many as are wanted about whom nothing is unusual, and the reasons of the first few.
pub(crate) fn propose(cx: &Cx<'_>, form: &mut FormState, plan: &Plan) -> Result<(), Refusal> {
    let proposals = plan::proposals(cx, plan, plan.number.max(PROPOSED))?;
    let mut names = Vec::new();
    for proposal in proposals.iter().filter(|p| p.warnings.is_empty()).take(plan.number) {
        names.push(handle(cx.db, &staff::must_find(cx.db, proposal.who.id)?)?);
    }
    if names.len() < plan.number && form.text("people").is_empty() {
        let args = [("n", names.len().to_string()), ("wanted", plan.number.to_string())];
        form.find(cx.t.say("shifts-finding-note"), cx.t.with("shifts-finding-few", &args));
    }
    let typed = form.slot("people").is_some_and(|slot| !slot.text.is_empty());
    form.propose("people", names.join(" "));
    if !typed {
        for proposal in proposals.iter().take(PROPOSED) {
            let who = staff::must_find(cx.db, proposal.who.id)?;
            form.find(who.name.clone(), plan::reasons(cx, plan, proposal, &who));
        }
    }
    reread(cx, form);
    Ok(())
}

/// The people a form names.
///
/// # Errors
/// When a word is nobody, or several.
pub(crate) fn people(cx: &Cx<'_>, text: &str) -> Result<Vec<Person>, Refusal> {
    let folded = crate::values::text::half_width(text);
    let mut found: Vec<Person> = Vec::new();
    for word in folded.split([' ', ';', ',', '、', '，']).filter(|word| !word.is_empty()) {
        let mut called = called(cx.db, word)?;
        match (called.len(), called.pop()) {
            (1, Some(who)) => {
                if found.iter().all(|other| other.id != who.id) {
                    found.push(who);
                }
            }
            (0, _) => return Err(Refusal::rule("shifts-nobody").field("people").with("text", word)),
            (_, last) => {
                let codes: Vec<String> = called.into_iter().chain(last).map(|who| who.code).collect();
                return Err(Refusal::rule("shifts-several")
                    .field("people")
                    .with("text", word)
                    .with("codes", codes.join(" ")));
            }
        }
    }
    Ok(found)
}

/// Puts what is wrong or unusual about the chosen people into the form.
pub(crate) fn judge(cx: &Cx<'_>, form: &mut FormState, plan: &Plan) -> Result<(), Refusal> {
    let chosen = match people(cx, form.text("people")) {
        Ok(chosen) => chosen,
        Err(refusal) => {
            form.fail("people", refusal);
            return Ok(());
        }
    };
    let ids: Vec<i64> = chosen.iter().map(|who| who.id).collect();
    let mut unusual = false;
    for ((candidate, warnings), who) in plan::judge(cx, plan, &ids)?.iter().zip(&chosen) {
        if let Err(refusal) = plan::refuse(cx, plan, candidate) {
            form.fail("people", refusal);
            continue;
        }
        for warning in warnings {
            unusual = true;
            form.find(cx.t.say("shifts-finding-warning"), plan::say(cx, &who.name, warning));
        }
    }
    form.show("override_reason", unusual);
    form.require("override_reason", unusual);
    if plan.moments().0 < cx.now {
        form.find(cx.t.say("shifts-finding-note"), cx.t.say("shifts-finding-past"));
    }
    Ok(())
}

/// Whom the people field offers: the proposals that are not in it yet, with the reasons.
pub(crate) fn complete(cx: &Cx<'_>, form: &FormState) -> Vec<Choice> {
    plan::of(form).map(|plan| offers(cx, form, &plan)).unwrap_or_default()
}

/// The same for a plan. Nothing is offered where the file cannot be read.
pub(crate) fn offers(cx: &Cx<'_>, form: &FormState, plan: &Plan) -> Vec<Choice> {
    let offer = || -> Result<Vec<Choice>, Refusal> {
        let slot = form.slot("people");
        let typed = slot.map(|s| s.text.trim().to_owned()).unwrap_or_default();
        let chosen: Vec<i64> =
            people(cx, &typed).map(|all| all.iter().map(|who| who.id).collect()).unwrap_or_default();
        let mut offers = Vec::new();
        let best = plan::proposals(cx, plan, OFFERED + chosen.len())?;
        for proposal in best.iter().filter(|p| !chosen.contains(&p.who.id)).take(OFFERED) {
            let who = staff::must_find(cx.db, proposal.who.id)?;
            let name = handle(cx.db, &who)?;
            let keeps = !chosen.is_empty() && chosen.len() < plan.number;
            let value = if keeps { format!("{typed} {name}") } else { name };
            let label = format!("{} {}", who.name, plan::reasons(cx, plan, proposal, &who));
            offers.push(Choice { key: String::new(), value, label });
        }
        Ok(offers)
    };
    offer().unwrap_or_default()
}

/// Makes the shifts a form asks for, one a person.
pub(crate) fn apply(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let Some(plan) = plan::of(form) else { return Err(Refusal::rule("required").field("day")) };
    let chosen = people(cx, form.text("people"))?;
    let Some((first, rest)) = chosen.split_first() else {
        return Err(Refusal::rule("required").field("people"));
    };
    let id = insert(cx, tx, form, &plan, first)?;
    for who in rest {
        let mut one = form.clone();
        one.draft = 0;
        if let Some(slot) = one.slot_mut("people") {
            slot.text.clone_from(&who.code);
        }
        let action = door::action(&Shifts, "assign")
            .ok_or_else(|| Refusal::usage("no-action").with("text", "assign"))?;
        door::within(cx, tx, &Shifts, action, None, &one)?;
    }
    let made = records::must_find(tx.conn(), id)?;
    let names: Vec<String> = chosen.iter().map(|who| who.name.clone()).collect();
    let args = vec![("what", told(cx, &made)), ("people", keep::joined(&names, cx.t))];
    Ok(Done { id, reference: made.no, args, undo: Undo::Withdraw, open: false })
}

/// What is unusual about it, as kept; refuses without a reason.
pub(crate) fn reasoned(
    cx: &Cx<'_>,
    name: &str,
    warnings: &[Warning],
    reason: &str,
) -> Result<[(&'static str, Value); 2], Refusal> {
    if let Some(first) = warnings.first().filter(|_| reason.trim().is_empty()) {
        return Err(Refusal::rule("shifts-reason")
            .field("override_reason")
            .with("what", plan::say(cx, name, first)));
    }
    let words: Vec<&str> = warnings.iter().map(Warning::word).collect();
    let why = if words.is_empty() { Value::Null } else { keep::text(reason) };
    Ok([("warnings", keep::text(&words.join(";"))), ("override_reason", why)])
}

fn insert(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState, plan: &Plan, who: &Person) -> Result<i64, Refusal> {
    let judged = plan::judge(cx, plan, &[who.id])?;
    let Some((candidate, warnings)) = judged.first() else {
        return Err(Refusal::rule("not-found").with("text", &who.code));
    };
    plan::refuse(cx, plan, candidate)?;
    let reasoned = reasoned(cx, &who.name, warnings, form.text("override_reason"))?;
    let number = tx.next_number("PB", cx.now.year())?;
    let task = form.text("task").trim().to_owned();
    let kind = keep::plain(&form.value("kind"));
    let (from, to) = plan.moments();
    let mut columns = vec![
        ("no", keep::text(&format!("PB-{}-{number:03}", cx.now.year()))),
        ("staff", Value::Integer(who.id)),
        ("org", keep::text(&plan.org)),
        ("kind", keep::text(if kind.is_empty() { usual_kind(&task) } else { &kind })),
        ("task", keep::text(&task)),
        ("request", form.number("request").map_or(Value::Null, Value::Integer)),
        ("zone", form.number("zone").map_or(Value::Null, Value::Integer)),
        ("starts_at", keep::moment(from)),
        ("ends_at", keep::moment(to)),
        ("status", keep::text(Status::Planned.word())),
    ];
    columns.extend(reasoned);
    tx.insert("shift", &columns).map_err(|error| overlapped(error.into(), &who.name))
}

/// The file's own guard said no: the same in the words of the rule.
pub(crate) fn overlapped(refusal: Refusal, name: &str) -> Refusal {
    let guarded = refusal.args.iter().any(|(_, detail)| detail.contains("staff-overlap"));
    if guarded { Refusal::rule("shifts-quicker").field("people").with("name", name) } else { refusal }
}

/// Takes back what was just made: everybody who was sent in the same step.
pub(crate) fn withdraw(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let made = records::must_find(tx.conn(), id)?;
    for one in records::made_with(tx.conn(), &made)? {
        if one.status != Status::Planned {
            let status = cx.catalog.show_word("shift_statuses", one.status.word(), cx.t.lang());
            return Err(Refusal::rule("shifts-status").with("ref", one.no).with("status", status));
        }
        let columns = [
            ("status", keep::text(Status::Cancelled.word())),
            ("ended_reason", keep::text(&cx.t.say("shifts-withdrawn"))),
        ];
        keep::update(tx, &super::fields::RECORD, one.id, 0, &columns)?;
    }
    Ok(())
}

/// A shift in a line, for messages: when, for whom, what.
pub(crate) fn told(cx: &Cx<'_>, shift: &Shift) -> String {
    let day = dates::short_day(shift.day(), cx.now.date(), cx.t.lang());
    format!("{day} {} {} {}", shift.hours().text(), org_name(cx, &shift.org), shift.task)
}
