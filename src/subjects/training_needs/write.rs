//! Needs raised, taken up into a session together, answered by one that there is, withdrawn.

use chrono::Datelike;
use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::training::{Training, records as sessions, rules};
use crate::subjects::{keep, org_name};

use super::fields::RECORD;
use super::records::{self, Need};

/// Whether an action applies to this need now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else { return Ok(()) };
    let about = records::must_find(cx.db, id)?;
    if about.status == "待安排" || action.name == "answer" && about.status == "已安排" {
        return Ok(());
    }
    let status = cx.catalog.show_word("need_statuses", &about.status, cx.t.lang());
    Err(Refusal::rule("training_needs-status").with("ref", about.no).with("status", status))
}

/// Fills a form that was just opened.
pub(crate) fn start(
    cx: &Cx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &mut FormState,
) -> Result<(), Refusal> {
    form.propose("urgency", "普通");
    form.propose("source", "协会提出");
    form.propose("asked_on", cx.now.date().to_string());
    if let [own] = cx.who.associations().as_slice() {
        form.propose("org", *own);
    }
    let Some(id) = id else { return Ok(()) };
    if action.name == "amend" {
        return keep::present(cx, &RECORD, id, form);
    }
    form.propose("title", records::must_find(cx.db, id)?.topic);
    Ok(())
}

/// Answers to an edit.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) {
    if form.number("people").is_some_and(|n| n < 1) {
        form.fail("people", Refusal::rule("venue-number").field("people"));
    }
    let orgs = cx.who.associations();
    let org = keep::plain(&form.value("org"));
    if !orgs.is_empty() && !org.is_empty() && !orgs.contains(&org.as_str()) {
        let own = org_name(cx, orgs.first().copied().unwrap_or_default());
        form.fail(
            "org",
            Refusal::rule("training_needs-own").of(Kind::Permission).field("org").with("org", own),
        );
    }
    let typed = form.text("length").trim().to_owned();
    match rules::minutes(&typed) {
        _ if typed.is_empty() => {}
        Some(minutes) => {
            form.echo("length", cx.t.with("training-length-said", &[("n", rules::hours(minutes))]));
        }
        None => form.fail("length", Refusal::rule("training-length").field("length").with("text", typed)),
    }
    if form.action == "take-up" {
        let all = form.target.iter().chain(form.others.iter().filter(|id| Some(**id) != form.target));
        let all: Vec<Need> = all.filter_map(|id| records::find(cx.db, *id).ok().flatten()).collect();
        let people: i64 = all.iter().filter_map(|need| need.people).sum();
        let said: Vec<String> =
            all.iter().map(|need| format!("{} {}", org_name(cx, &need.org), need.topic)).collect();
        form.find(cx.t.say("training_needs-together"), keep::joined(&said, cx.t));
        if people > 0 {
            form.find(cx.t.say("training_needs-people"), people.to_string());
        }
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
    let Some(id) = id else { return raise(cx, tx, form) };
    let version = if form.target == Some(id) { form.version } else { 0 };
    let mut columns = match action.name {
        "amend" => keep::columns(&RECORD, form),
        "withdraw" => vec![("status", keep::text("已撤回")), ("reason", keep::text(form.text("reason")))],
        _ => Vec::new(),
    };
    if matches!(action.name, "take-up" | "answer") {
        let session = match action.name {
            "answer" => form.number("session").ok_or_else(|| Refusal::rule("required").field("session"))?,
            _ => taken_up(cx, tx, form)?,
        };
        let about = sessions::must_find(tx.conn(), session)?;
        if about.status == rules::Status::Cancelled {
            return Err(Refusal::rule("training_needs-cancelled").field("session").with("ref", about.no));
        }
        columns = vec![("status", keep::text("已安排")), ("session", Value::Integer(session))];
    }
    keep::update(tx, &RECORD, id, version, &columns)?;
    done(tx, id, Undo::Fields)
}

/// The session made of the needs: the first of them makes it, the others find it.
fn taken_up(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<i64, Refusal> {
    let cx = Cx { db: tx.conn(), ..*cx };
    let on = keep::day_in(form, "held_on").ok_or_else(|| Refusal::rule("required").field("held_on"))?;
    let title = form.text("title").trim().to_owned();
    if let Some(known) = sessions::same(tx.conn(), &title, rules::COUNTED[0], on)? {
        return Ok(known);
    }
    let arrange = door::action(&Training, "arrange")
        .ok_or_else(|| Refusal::usage("no-action").with("text", "arrange"))?;
    let texts =
        [("title", title), ("held_on", on.to_string()), ("length", form.text("length").trim().to_owned())];
    let filled = keep::filled(&cx, &Training, arrange, None, &texts)?;
    Ok(door::within(&cx, tx, &Training, arrange, None, &filled)?.0.id)
}

fn raise(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let mut columns = keep::columns(&RECORD, form);
    let usual = [
        ("urgency", "普通".to_owned()),
        ("source", "协会提出".to_owned()),
        ("asked_on", cx.now.date().to_string()),
    ];
    for (name, text) in usual {
        columns.retain(|(known, value)| *known != name || !matches!(value, Value::Null));
        if !columns.iter().any(|(known, _)| *known == name) {
            columns.push((name, keep::text(&text)));
        }
    }
    let year = cx.now.year();
    columns.push(("no", keep::text(&format!("XQ-{year}-{:03}", tx.next_number("XQ", year)?))));
    columns.push(("status", keep::text("待安排")));
    let id = tx.insert("training_need", &columns)?;
    done(tx, id, Undo::Withdraw)
}

fn done(tx: &Tx<'_>, id: i64, undo: Undo) -> Result<Done, Refusal> {
    let now = records::must_find(tx.conn(), id)?;
    let args = vec![("topic", now.topic)];
    Ok(Done { id, reference: now.no, args, undo, open: false })
}
