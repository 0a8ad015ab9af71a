//! What is done with the people who work here: taken on, changed, their skills, seen whole, left and come back, their account.
//! The audit row and the search keys are the door's.

use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::{keep, training};

use super::fields::RECORD;
use super::records::{self, Skill};
use super::{plan_of_day, rules, spell};

/// Whether an action applies to this person now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else { return Ok(()) };
    let who = records::must_find(cx.db, id)?;
    let here = who.left.is_none();
    match action.name {
        "return" if here => Err(Refusal::rule("staff-here").with("name", who.name)),
        "depart" | "skill" | "account" | "train" if !here => {
            Err(Refusal::rule("staff-gone").with("name", who.name))
        }
        _ => Ok(()),
    }
}

/// Carries an action out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &FormState,
) -> Result<Done, Refusal> {
    let Some(id) = id else { return register(cx, tx, form) };
    let who = records::must_find(cx.db, id)?;
    let mut undo = Undo::Fields;
    let mut args = vec![("name", who.name.clone())];
    match action.name {
        "edit" => {
            keep::update(tx, &RECORD, id, form.version, &columns(cx, form))?;
            records::derive(tx, id)?;
        }
        "skill" => {
            args.push(("skill", skill(cx, tx, &who, form)?));
            undo = Undo::No("staff-skill");
        }
        "train" => {
            args.push(("session", training::write::log(cx, tx, id, form)?));
            args.push(("title", form.text("title").trim().to_owned()));
            undo = Undo::No("training-logged");
        }
        "depart" => {
            let columns = [
                ("left_on", form.value("left_on")),
                ("left_reason", keep::text(form.text("reason"))),
                ("state", keep::text("离岗")),
            ];
            keep::update(tx, &RECORD, id, form.version, &columns)?;
        }
        "return" => {
            let columns =
                [("left_on", Value::Null), ("left_reason", Value::Null), ("state", keep::text("在岗"))];
            keep::update(tx, &RECORD, id, 0, &columns)?;
        }
        "reveal" => {
            let reason = form.text("reason");
            for field in
                ["birth", "resident_id", "phone", "own_disability", "emergency_name", "emergency_phone"]
            {
                tx.log_access("staff", id, field, reason)?;
            }
            args.extend(revealed(cx, id)?);
            undo = Undo::No("staff-seen");
        }
        "account" => {
            let name = form.text("account").trim();
            records::give_account(tx, &who.code, name)?;
            args.push(("account", name.to_owned()));
            undo = Undo::No("staff-account");
        }
        _ => return Err(Refusal::usage("no-action").with("text", action.name)),
    }
    Ok(Done { id, reference: who.code, args, undo, open: false })
}

/// The columns a form answers, each in its one form.
fn columns(cx: &Cx<'_>, form: &FormState) -> Vec<(&'static str, Value)> {
    let mut columns = keep::columns(&RECORD, form);
    columns.retain(|(name, _)| !matches!(*name, "code" | "state" | "left_on"));
    for (name, value) in &mut columns {
        if *name == "availability"
            && let Some(pattern) = rules::pattern(&keep::plain(value), plan_of_day(cx))
        {
            *value = keep::text(&spell(cx, &pattern));
        }
    }
    columns
}

fn register(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let mut columns = columns(cx, form);
    let brought = form.text("code").trim().to_uppercase();
    let code = if brought.is_empty() { next_code(tx)? } else { brought };
    columns.push(("code", keep::text(&code)));
    let left = keep::plain(&form.value("state")) == "离岗" || keep::day_in(form, "left_on").is_some();
    if left {
        let on = keep::day_in(form, "left_on").unwrap_or(cx.now.date());
        columns.push(("left_on", keep::day(on)));
    }
    columns.push(("state", keep::text(if left { "离岗" } else { "在岗" })));
    let id = tx.insert("staff", &columns)?;
    records::derive(tx, id)?;
    let name = form.text("name").to_owned();
    let open = form.action == "register";
    Ok(Done { id, reference: code, args: vec![("name", name)], undo: Undo::Withdraw, open })
}

/// The next free code: those brought from elsewhere are stepped over.
fn next_code(tx: &Tx<'_>) -> Result<String, Refusal> {
    loop {
        let code = format!("P{:02}", tx.next_number("P", 0)?);
        if records::by_code(tx.conn(), &code)?.is_none() {
            return Ok(code);
        }
    }
}

/// Keeps what is said of one skill; a skill the record does not have yet is put into it.
fn skill(cx: &Cx<'_>, tx: &Tx<'_>, who: &records::Person, form: &FormState) -> Result<String, Refusal> {
    let named = keep::plain(&form.value("skill"));
    if !who.skills.contains(&named) {
        let set = super::fields::skills(cx.catalog);
        let has = |word: &&crate::desk::field::Word| who.skills.contains(&word.kept) || word.kept == named;
        let all: Vec<String> = set.iter().filter(has).map(|word| word.kept.clone()).collect();
        keep::update(tx, &RECORD, who.id, form.version, &[("skills", keep::text(&all.join(";")))])?;
        records::derive(tx, who.id)?;
    }
    records::set_skill(
        tx,
        who.id,
        &Skill {
            skill: named.clone(),
            level: keep::plain(&form.value("level")),
            certificate: form.text("certificate").trim().to_owned(),
            issued: keep::day_in(form, "issued_on"),
            expires: keep::day_in(form, "expires_on"),
        },
    )?;
    Ok(cx.catalog.show_word("skills", &named, cx.t.lang()))
}

/// The protected values whole, for the one sentence that says them.
fn revealed(cx: &Cx<'_>, id: i64) -> Result<crate::desk::locale::Args, Refusal> {
    let kept = keep::load(cx, &RECORD, id)?;
    let field = |name: &str| {
        let text = keep::plain(keep::value(&RECORD, &kept, name));
        if text.is_empty() { cx.t.say("staff-none") } else { text }
    };
    Ok(vec![
        ("id", field("resident_id")),
        ("birth", field("birth")),
        ("phone", field("phone")),
        ("disability", field("own_disability")),
        ("emergency", field("emergency_name")),
        ("emergency_phone", field("emergency_phone")),
    ])
}
