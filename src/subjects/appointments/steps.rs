//! The steps of an appointment carried out (SM-03): what applies when, what is written. Permissions follow by themselves from what
//! is written here.

use chrono::Datelike;
use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::form::FormState;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::keep;

use super::fields::RECORD;
use super::records::{self, Appointment};
use super::rules::{self, REGISTER, Stage, Step};
use super::{duties, forms};

fn step(action: &str) -> Option<Step> {
    Some(match action {
        "elect" => Step::Elect,
        "appoint" => Step::Appoint,
        "take-office" => Step::TakeOffice,
        "expire" => Step::Expire,
        "resign" => Step::Resign,
        "dismiss" => Step::Dismiss,
        "fail" => Step::Fail,
        _ => return None,
    })
}

/// A stage in the reader's words; what is over by its day is over.
pub(crate) fn stage(cx: &Cx<'_>, about: &Appointment) -> String {
    let over = about.stage == Stage::InOffice && about.to.is_some_and(|to| to < cx.now.date());
    let word = if over { Stage::Expired } else { about.stage };
    cx.catalog.show_word("appointment_stages", word.word(), cx.t.lang())
}

/// Whether an action applies to this appointment now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else { return Ok(()) };
    applies(cx, action, &records::must_find(cx.db, id)?)
}

/// The same of many actions on one appointment, which is read once.
pub(crate) fn available_each(cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
    match records::must_find(cx.db, id) {
        Ok(about) => actions.iter().map(|action| applies(cx, action, &about)).collect(),
        Err(refusal) => actions.iter().map(|_| Err(refusal.clone())).collect(),
    }
}

fn applies(cx: &Cx<'_>, action: &Action, about: &Appointment) -> Availability {
    let no =
        |code: &'static str| Err(Refusal::rule(code).with("ref", &about.no).with("stage", stage(cx, about)));
    if let Some(step) = step(action.name)
        && rules::next(about.stage, step, rules::way(&about.post)).is_none()
    {
        return no("appointments-stage");
    }
    match action.name {
        "renew" if about.stage != Stage::InOffice && about.stage != Stage::Expired => {
            no("appointments-stage")
        }
        "expire" if about.to.is_none_or(|to| to >= cx.now.date()) => no("appointments-not-over"),
        "amend" if !about.stage.pending() && about.stage != Stage::InOffice => no("appointments-stage"),
        "appoint" | "take-office" => own(cx, about),
        _ => Ok(()),
    }
}

/// Nobody puts themselves into office (RULES §3.9: who applies does not approve).
fn own(cx: &Cx<'_>, about: &Appointment) -> Availability {
    let operator = records::person(cx.db, about.person)?.and_then(|(_, _, operator)| operator);
    if operator == Some(cx.who.id) && !duties::small_office(cx) {
        return Err(Refusal::rule("appointments-own").of(Kind::Permission).with("ref", &about.no));
    }
    Ok(())
}

/// Carries an action out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &FormState,
) -> Result<Done, Refusal> {
    let Some(id) = id else { return nominate(cx, tx, form) };
    let about = records::must_find(tx.conn(), id)?;
    match action.name {
        "renew" => return renew(cx, tx, &about, form),
        "amend" => {
            if !form.text("resolutions").trim().is_empty() {
                records::put_resolutions(tx, id, &forms::resolutions(cx, form)?)?;
            }
            keep::update(tx, &RECORD, id, form.version, &keep::columns(&RECORD, form)).map_err(excluded)?;
            return done(cx, tx, id, Undo::Fields, false);
        }
        _ => {}
    }
    let to = step(action.name).and_then(|step| rules::next(about.stage, step, rules::way(&about.post)));
    let Some(to) = to else {
        return Err(Refusal::rule("appointments-stage")
            .with("ref", &about.no)
            .with("stage", stage(cx, &about)));
    };
    let mut columns = keep::columns(&RECORD, form);
    columns.push(("stage", keep::text(to.word())));
    match action.name {
        "elect" => {
            let told = forms::votes(cx, form)?;
            let members = cx.catalog.members().count();
            if !rules::carried(&told, members) {
                let yes = told.iter().filter(|vote| vote.supports()).count();
                let refusal = Refusal::rule("appointments-not-elected").field("votes");
                return Err(refusal.with("yes", yes.to_string()).with("n", members.to_string()));
            }
            records::put_votes(tx, id, &told)?;
        }
        "appoint" | "take-office" => {
            own(cx, &about)?;
            judge(cx, &about, form)?;
            if !form.text("resolutions").trim().is_empty() {
                records::put_resolutions(tx, id, &forms::resolutions(cx, form)?)?;
            }
        }
        _ => {}
    }
    let version = if form.target == Some(id) { form.version } else { 0 };
    keep::update(tx, &RECORD, id, version, &columns).map_err(excluded)?;
    let undo = if action.name == "elect" { Undo::No("appointments-votes") } else { Undo::Fields };
    done(cx, tx, id, undo, false)
}

/// What was seen in the form is judged again inside the change.
fn judge(cx: &Cx<'_>, about: &Appointment, form: &FormState) -> Result<(), Refusal> {
    let term = forms::wanted(cx, form);
    duties::refuse(cx, about.person, &about.post, &term, Some(about.id)).map_err(|r| r.field("from_on"))?;
    if let Some(other) = forms::one_too_many(cx, about, &term)?
        && form.text("override_reason").trim().is_empty()
    {
        let refusal = Refusal::rule("appointments-second").field("override_reason");
        return Err(refusal.with("name", other.name).with("ref", other.no));
    }
    Ok(())
}

/// The file's own guard said no: the same in the words of the rule.
fn excluded(refusal: Refusal) -> Refusal {
    let guarded = refusal.args.iter().any(|(_, detail)| detail.contains("post-exclusion"));
    if guarded { Refusal::rule("appointments-guarded") } else { refusal }
}

fn nominate(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let post = keep::plain(&form.value("post"));
    let person = form.number("person").ok_or_else(|| Refusal::rule("required").field("person"))?;
    let (name, at_work, _) = records::person(cx.db, person)?
        .ok_or_else(|| Refusal::rule("not-found").field("person").with("text", person.to_string()))?;
    if !at_work {
        return Err(Refusal::rule("appointments-left").field("person").with("name", name));
    }
    duties::refuse(cx, person, &post, &forms::wanted(cx, form), None)?;
    let twice = records::of_person(cx.db, person)?.into_iter().find(|other| {
        other.post == post
            && other.org == keep::plain(&form.value("org"))
            && (other.stage.pending() || other.serves_on(cx.now.date()))
    });
    if let Some(other) = twice {
        let refusal = Refusal::rule("appointments-twice").field("post").with("name", name);
        return Err(refusal.with("ref", other.no));
    }
    let columns = keep::columns(&RECORD, form);
    let id = insert(cx, tx, cx.now.year(), &post, columns)?;
    done(cx, tx, id, Undo::Withdraw, true)
}

fn renew(cx: &Cx<'_>, tx: &Tx<'_>, about: &Appointment, form: &FormState) -> Result<Done, Refusal> {
    let others = records::of_person(cx.db, about.person)?;
    let begun = others.into_iter().find(|o| o.post == about.post && o.org == about.org && o.stage.pending());
    if let Some(begun) = begun {
        let refusal = Refusal::rule("appointments-twice").with("name", &about.name);
        return Err(refusal.with("ref", begun.no));
    }
    let mut columns = keep::columns(&RECORD, form);
    columns.extend([
        ("person", Value::Integer(about.person)),
        ("post", keep::text(&about.post)),
        ("org", keep::text(&about.org)),
        ("renews", Value::Integer(about.id)),
    ]);
    let id = insert(cx, tx, cx.now.year(), &about.post, columns)?;
    // The door notes the appointment that is renewed; the new one is noted here.
    let no = keep::reference(&Cx { db: tx.conn(), ..*cx }, &RECORD, id)?;
    crate::desk::door::made(&Cx { db: tx.conn(), ..*cx }, tx, &super::Appointments, id, &no, "nominate")?;
    let mut done = done(cx, tx, about.id, Undo::No("appointments-renewed"), false)?;
    done.args.push(("new", no));
    Ok(done)
}

/// Keeps an appointment under the next number of a year; a nomination, where the columns do not say its stage.
pub(crate) fn insert(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    year: i32,
    post: &str,
    mut columns: Vec<(&'static str, Value)>,
) -> Result<i64, Refusal> {
    let no = format!("RZ-{year}-{:03}", tx.next_number("RZ", year)?);
    columns.extend([("no", keep::text(&no)), ("place", Value::Integer(place(cx, post)))]);
    if !columns.iter().any(|(name, _)| *name == "stage") {
        columns.push(("stage", keep::text(Stage::Nominated.word())));
    }
    tx.insert("appointment", &columns).map_err(|error| excluded(error.into()))
}

/// Where a post stands in lists: those of the register first, then as the table of posts has them.
fn place(cx: &Cx<'_>, post: &str) -> i64 {
    let known = REGISTER.iter().position(|id| *id == post);
    let other = || cx.catalog.posts().iter().position(|p| p.id == post).map(|at| at + REGISTER.len());
    i64::try_from(known.or_else(other).unwrap_or(99)).unwrap_or(99)
}

fn done(cx: &Cx<'_>, tx: &Tx<'_>, id: i64, undo: Undo, open: bool) -> Result<Done, Refusal> {
    let now = records::must_find(tx.conn(), id)?;
    let args = vec![
        ("name", now.name.clone()),
        ("post", cx.catalog.post_name(&now.post, cx.t.lang())),
        ("stage", stage(cx, &now)),
        ("until", now.term().and_then(|term| term.last()).map(|d| d.to_string()).unwrap_or_default()),
    ];
    Ok(Done { id, reference: now.no, args, undo, open })
}
