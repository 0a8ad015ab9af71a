//! What is done with those at a session: they came, were absent, were excused, passed, have a certificate. The audit row and
//! the search keys are the door's.

use chrono::Datelike;
use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::training::rules::{self, Uncertified};
use crate::subjects::training::{Training, records as sessions};

use super::Attendances;
use super::fields::RECORD;
use super::records::{self, Attendance};

/// The status an action leads to.
fn status(action: &str) -> Option<&'static str> {
    match action {
        "came" => Some("已到"),
        "absent" => Some("缺席"),
        "excused" => Some("请假"),
        _ => None,
    }
}

/// Whether an action applies to this attendance now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else { return Ok(()) };
    applies(cx, action, &records::must_find(cx.db, id)?)
}

/// The same of many actions on one attendance, which is read once.
pub(crate) fn available_each(cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
    match records::must_find(cx.db, id) {
        Ok(about) => actions.iter().map(|action| applies(cx, action, &about)).collect(),
        Err(refusal) => actions.iter().map(|_| Err(refusal.clone())).collect(),
    }
}

fn applies(cx: &Cx<'_>, action: &Action, about: &Attendance) -> Availability {
    let no = |code: &'static str| {
        Err(Refusal::rule(code).with("name", &about.name).with("ref", &about.session_no))
    };
    if about.cancelled {
        return no("attendance-cancelled");
    }
    let early = about.on > cx.now.date();
    match action.name {
        "came" | "absent" if early => {
            Err(Refusal::rule("attendance-early").with("on", keep::short_day(about.on)))
        }
        "absent" | "excused" if !about.certificate.is_empty() => no("attendance-certified"),
        "assess" if about.status != "已到" => no("attendance-not-there"),
        "certify" => match rules::certifiable(&about.status, &about.assessment, &about.certificate) {
            Ok(()) => Ok(()),
            Err(Uncertified::NotThere) => no("attendance-not-there"),
            Err(Uncertified::NotPassed) => no("attendance-not-passed"),
            Err(Uncertified::HasOne) => no("attendance-certified"),
        },
        _ => Ok(()),
    }
}

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, about: Option<&Attendance>, form: &mut FormState) -> Result<(), Refusal> {
    let Some(about) = about else { return Ok(()) };
    if form.action == "assess" {
        keep::present(cx, &RECORD, about.id, form)?;
        form.propose("length", rules::hours(about.minutes.unwrap_or(about.length)));
        form.require("assessment", true);
    }
    Ok(())
}

/// Answers to an edit.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) {
    let typed = form.text("length").trim().to_owned();
    match rules::minutes(&typed) {
        _ if typed.is_empty() => {}
        Some(minutes) => {
            form.echo("length", cx.t.with("training-length-said", &[("n", rules::hours(minutes))]));
        }
        None => form.fail("length", Refusal::rule("training-length").field("length").with("text", typed)),
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
    let id = id.ok_or_else(|| Refusal::rule("no-record"))?;
    let about = records::must_find(tx.conn(), id)?;
    applies(cx, action, &about)?;
    let mut columns: Vec<(&'static str, Value)> = Vec::new();
    match action.name {
        "assess" => {
            let typed = form.text("length").trim();
            let minutes = rules::minutes(typed)
                .ok_or_else(|| Refusal::rule("training-length").field("length").with("text", typed))?;
            columns.extend(keep::columns(&RECORD, form));
            columns.push(("minutes", Value::Integer(minutes)));
        }
        "certify" => {
            let year = cx.now.year();
            let no = format!("PXZ-{year}-{:04}", tx.next_number("PXZ", year)?);
            columns.push(("certificate_no", keep::text(&no)));
            columns.push(("certified_on", keep::day(cx.now.date())));
        }
        name => {
            let to = status(name).ok_or_else(|| Refusal::usage("no-action").with("text", name))?;
            columns.push(("status", keep::text(to)));
            let came = to == "已到";
            let minutes = about.minutes.unwrap_or(about.length);
            columns.push(("minutes", if came { Value::Integer(minutes) } else { Value::Null }));
            if !came {
                columns.push(("assessment", Value::Null));
            }
            if came {
                took_place(cx, tx, about.session)?;
            }
        }
    }
    // One form for all the marked: the version is of the first of them.
    let version = if form.target == Some(id) { form.version } else { 0 };
    keep::update(tx, &RECORD, id, version, &columns)?;
    let now = records::must_find(tx.conn(), id)?;
    let args = vec![("name", now.name), ("title", now.title), ("certificate", now.certificate)];
    let undo = if action.name == "certify" { Undo::No("attendance-certified") } else { Undo::Fields };
    Ok(Done { id, reference: now.no, args, undo, open: false })
}

/// Whoever came came to something that took place.
fn took_place(cx: &Cx<'_>, tx: &Tx<'_>, session: i64) -> Result<(), Refusal> {
    if !sessions::must_find(tx.conn(), session)?.status.ahead() {
        return Ok(());
    }
    let hold =
        door::action(&Training, "hold").ok_or_else(|| Refusal::usage("no-action").with("text", "hold"))?;
    let form = FormState::new("training", hold, Some(session));
    door::within(&Cx { db: tx.conn(), ..*cx }, tx, &Training, hold, Some(session), &form)?;
    Ok(())
}

/// Marks somebody of a session inside another change.
///
/// # Errors
/// What the action refuses.
pub(crate) fn mark(cx: &Cx<'_>, tx: &Tx<'_>, name: &'static str, id: i64) -> Result<(), Refusal> {
    let action =
        door::action(&Attendances, name).ok_or_else(|| Refusal::usage("no-action").with("text", name))?;
    let form = FormState::new("attendance", action, Some(id));
    door::within(&Cx { db: tx.conn(), ..*cx }, tx, &Attendances, action, Some(id), &form)?;
    Ok(())
}

/// Enters somebody at a session inside another change, with the audit row and the search keys.
pub(crate) fn enter(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    session: (i64, &str),
    person: i64,
    status: &str,
    minutes: Option<i64>,
    assessment: &str,
) -> Result<(), Refusal> {
    let (id, no) = records::insert(tx, session, person, status, minutes, assessment)?;
    door::made(&Cx { db: tx.conn(), ..*cx }, tx, &Attendances, id, &no, "enter")
}
