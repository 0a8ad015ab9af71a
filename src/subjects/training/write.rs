//! Training carried out: sessions arranged, scheduled, cancelled with their rooms; people enrolled and marked; something written
//! down that was taught already. What was seen in the form is judged again inside the change.

use chrono::Datelike;
use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::attendance::{actions as marks, records as attendances};
use crate::subjects::keep;

use super::fields::RECORD;
use super::records::{self, Session};
use super::rules::{self, Event, Status};
use super::{Training, forms, room, who};

fn event(action: &str) -> Option<Event> {
    match action {
        "schedule" => Some(Event::Schedule),
        "hold" | "attend" => Some(Event::Hold),
        "cancel" => Some(Event::Cancel),
        _ => None,
    }
}

/// Whether an action applies to this session now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else { return Ok(()) };
    let about = records::must_find(cx.db, id)?;
    let status = cx.catalog.show_word("training_statuses", about.status.word(), cx.t.lang());
    let no = |code: &'static str| Err(Refusal::rule(code).with("ref", &about.no).with("status", &status));
    if let Some(event) = event(action.name)
        && rules::next(about.status, event).is_none()
    {
        return no("training-status");
    }
    match action.name {
        "hold" | "attend" if about.on > cx.now.date() => {
            Err(Refusal::rule("training-early").with("on", keep::short_day(about.on)))
        }
        "hold" if about.status == Status::Held => no("training-status"),
        "enrol" | "amend" if about.status == Status::Cancelled => no("training-status"),
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
    let Some(id) = id else { return arrange(cx, tx, form) };
    let about = records::must_find(tx.conn(), id)?;
    match action.name {
        "schedule" => schedule(cx, tx, &about, form),
        "enrol" => enrol(cx, tx, &about, form),
        "attend" => attend(cx, tx, &about, form),
        "cancel" => {
            if let Some(booking) = about.booking {
                room::give_up(cx, tx, booking, form.text("reason"))?;
            }
            let columns = [
                ("status", keep::text(Status::Cancelled.word())),
                ("reason", keep::text(form.text("reason"))),
            ];
            keep::update(tx, &RECORD, id, form.version, &columns).map_err(guarded)?;
            // A room given up is not had again by undoing: somebody may have it by then.
            let undo = if about.booking.is_some() { Undo::No("training-room") } else { Undo::Fields };
            done(cx, tx, id, undo, 0)
        }
        "hold" => {
            keep::update(tx, &RECORD, id, form.version, &[("status", keep::text(Status::Held.word()))])?;
            done(cx, tx, id, Undo::Fields, 0)
        }
        _ => {
            let mut columns = keep::columns(&RECORD, form);
            columns.push(("minutes", Value::Integer(length(form)?)));
            keep::update(tx, &RECORD, id, form.version, &columns)?;
            done(cx, tx, id, Undo::Fields, 0)
        }
    }
}

/// The file's own guard said no: the same in the words of the rule.
fn guarded(refusal: Refusal) -> Refusal {
    let guarded = refusal.args.iter().any(|(_, detail)| detail.contains("training-attended"));
    if guarded { Refusal::rule("training-attended") } else { refusal }
}

/// The length a form says, in minutes.
fn length(form: &FormState) -> Result<i64, Refusal> {
    let typed = form.text("length").trim();
    if typed.is_empty() {
        return Err(Refusal::rule("required").field("length"));
    }
    rules::minutes(typed).ok_or_else(|| Refusal::rule("training-length").field("length").with("text", typed))
}

/// Hours, length and status a form says, as columns.
fn timed(form: &FormState) -> Result<Vec<(&'static str, Value)>, Refusal> {
    let times = forms::times(form);
    let status = if times.is_some() { Status::Scheduled } else { Status::Planned };
    let (starts, ends) = times.unwrap_or_default();
    Ok(vec![
        ("starts", keep::text(&starts)),
        ("ends", keep::text(&ends)),
        ("minutes", Value::Integer(length(form)?)),
        ("status", keep::text(status.word())),
    ])
}

fn number(cx: &Cx<'_>, tx: &Tx<'_>, on: chrono::NaiveDate) -> Result<String, Refusal> {
    let year = if on == chrono::NaiveDate::default() { cx.now.year() } else { on.year() };
    Ok(format!("PX-{year}-{:02}", tx.next_number("PX", year)?))
}

fn arrange(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let on = keep::day_in(form, "held_on").ok_or_else(|| Refusal::rule("required").field("held_on"))?;
    let mut columns = keep::columns(&RECORD, form);
    columns.retain(|(name, value)| *name != "host" || !matches!(value, Value::Null));
    if !columns.iter().any(|(name, _)| *name == "host") {
        columns.push(("host", keep::text(crate::catalog::SECRETARIAT)));
    }
    columns.extend(timed(form)?);
    if let Some(booking) = room::book(cx, tx, form, None)? {
        columns.push(("booking", Value::Integer(booking)));
    }
    columns.push(("no", keep::text(&number(cx, tx, on)?)));
    let id = tx.insert("training_session", &columns)?;
    done(cx, tx, id, Undo::Withdraw, 0)
}

fn schedule(cx: &Cx<'_>, tx: &Tx<'_>, about: &Session, form: &FormState) -> Result<Done, Refusal> {
    let on = keep::day_in(form, "held_on").ok_or_else(|| Refusal::rule("required").field("held_on"))?;
    let mut columns = timed(form)?;
    columns.push(("held_on", keep::day(on)));
    if let Some(people) = form.number("people") {
        columns.push(("people", Value::Integer(people)));
    }
    let held = about.booking.map(|id| room::moved(cx, tx, form, id)).transpose()?.flatten();
    let booking = match held {
        Some(booking) => Some(booking),
        None => room::book(cx, tx, form, Some(about))?,
    };
    let touched = booking.is_some();
    if let Some(booking) = booking {
        columns.push(("booking", Value::Integer(booking)));
    }
    keep::update(tx, &RECORD, about.id, form.version, &columns)?;
    done(cx, tx, about.id, if touched { Undo::No("training-room") } else { Undo::Fields }, 0)
}

fn enrol(cx: &Cx<'_>, tx: &Tx<'_>, about: &Session, form: &FormState) -> Result<Done, Refusal> {
    let cx = Cx { db: tx.conn(), ..*cx };
    let ids = forms::newcomers(&cx, form, "who", about)?;
    if ids.is_empty() {
        return Err(Refusal::rule("training-all-there").field("who"));
    }
    for id in &ids {
        marks::enter(&cx, tx, (about.id, &about.no), *id, "已报名", None, "")?;
    }
    done(&cx, tx, about.id, Undo::No("training-people"), ids.len())
}

fn attend(cx: &Cx<'_>, tx: &Tx<'_>, about: &Session, form: &FormState) -> Result<Done, Refusal> {
    let cx = Cx { db: tx.conn(), ..*cx };
    let expected = forms::expected(&cx, about)?;
    let among = expected.iter().map(|a| a.person).collect();
    let absent = who::read(&cx, form.text("absent"), Some(&among)).map_err(|r| r.field("absent"))?;
    let also =
        if form.text("also").is_empty() { Vec::new() } else { forms::newcomers(&cx, form, "also", about)? };
    let minutes = length(form)?;
    let assessment = keep::plain(&form.value("assessment"));
    if expected.is_empty() && also.is_empty() {
        return Err(Refusal::rule("training-nobody-enrolled").field("also"));
    }
    let mut came = 0;
    for one in &expected {
        if absent.contains(&one.person) {
            marks::mark(&cx, tx, "absent", one.id)?;
            continue;
        }
        came += 1;
        marks::mark(&cx, tx, "came", one.id)?;
        if minutes != one.length || !assessment.is_empty() {
            attendances::assess(tx, one.id, minutes, &assessment)?;
        }
    }
    for id in &also {
        came += 1;
        marks::enter(&cx, tx, (about.id, &about.no), *id, "已到", Some(minutes), &assessment)?;
    }
    let now = records::must_find(tx.conn(), about.id)?;
    if now.status != Status::Held {
        keep::update(tx, &RECORD, about.id, 0, &[("status", keep::text(Status::Held.word()))])?;
    }
    done(&cx, tx, about.id, Undo::No("training-people"), came)
}

/// Writes down that somebody was taught something: the session of that name, kind and day is found, or made.
///
/// # Errors
/// When the form says no title or length, the day lies ahead, or they were entered already.
pub(crate) fn log(cx: &Cx<'_>, tx: &Tx<'_>, person: i64, form: &FormState) -> Result<String, Refusal> {
    let cx = Cx { db: tx.conn(), ..*cx };
    let on = keep::day_in(form, "held_on").unwrap_or(cx.now.date());
    if on > cx.now.date() {
        return Err(Refusal::rule("training-early").field("held_on").with("on", keep::short_day(on)));
    }
    let (title, minutes) = (form.text("title").trim(), length(form)?);
    if title.is_empty() {
        return Err(Refusal::rule("required").field("title"));
    }
    let kind = keep::plain(&form.value("taught_as"));
    let kind = if kind.is_empty() { rules::COUNTED[0].to_owned() } else { kind };
    let session = match records::same(tx.conn(), title, &kind, on)? {
        Some(id) => records::must_find(tx.conn(), id)?,
        None => make_held(&cx, tx, form, (on, minutes, &kind))?,
    };
    let there = attendances::of_session(tx.conn(), session.id)?.into_iter().find(|a| a.person == person);
    let assessment = keep::plain(&form.value("assessment"));
    match there {
        Some(known) if known.status == "已到" => {
            let refusal = Refusal::rule("training-there-already").field("line");
            return Err(refusal.with("name", known.name).with("ref", known.no));
        }
        Some(known) => {
            marks::mark(&cx, tx, "came", known.id)?;
            attendances::assess(tx, known.id, minutes, &assessment)?;
        }
        None => {
            marks::enter(&cx, tx, (session.id, &session.no), person, "已到", Some(minutes), &assessment)?;
        }
    }
    if session.status != Status::Held {
        hold(&cx, tx, session.id)?;
    }
    Ok(session.no)
}

fn make_held(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    form: &FormState,
    (on, minutes, kind): (chrono::NaiveDate, i64, &str),
) -> Result<Session, Refusal> {
    let mut columns = keep::columns(&RECORD, form);
    columns.retain(|(name, _)| *name != "held_on");
    let host = cx.who.associations().first().map_or(crate::catalog::SECRETARIAT, |org| org).to_owned();
    let no = number(cx, tx, on)?;
    columns.extend([
        ("no", keep::text(&no)),
        ("kind", keep::text(kind)),
        ("held_on", keep::day(on)),
        ("minutes", Value::Integer(minutes)),
        ("host", keep::text(&host)),
        ("status", keep::text(Status::Held.word())),
    ]);
    let id = tx.insert("training_session", &columns)?;
    door::made(&Cx { db: tx.conn(), ..*cx }, tx, &Training, id, &no, "arrange")?;
    records::must_find(tx.conn(), id)
}

fn hold(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let action =
        door::action(&Training, "hold").ok_or_else(|| Refusal::usage("no-action").with("text", "hold"))?;
    let form = FormState::new("training", action, Some(id));
    door::within(cx, tx, &Training, action, Some(id), &form)?;
    Ok(())
}

/// Takes a session back that was just arranged, and its room.
pub(crate) fn withdraw(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let about = records::must_find(tx.conn(), id)?;
    let why = cx.t.say("training-withdrawn");
    if let Some(booking) = about.booking {
        room::give_up(cx, tx, booking, &why)?;
    }
    let columns = [("status", keep::text(Status::Cancelled.word())), ("reason", keep::text(&why))];
    keep::update(tx, &RECORD, id, 0, &columns).map_err(guarded)
}

fn done(cx: &Cx<'_>, tx: &Tx<'_>, id: i64, undo: Undo, count: usize) -> Result<Done, Refusal> {
    let now = records::must_find(tx.conn(), id)?;
    let day = crate::values::dates::short_day(now.on, cx.now.date(), cx.t.lang());
    let zone = super::pages::zone(&Cx { db: tx.conn(), ..*cx }, &now)?;
    let args = vec![
        ("title", now.title.clone()),
        ("when", keep::one_line(&format!("{day} {} {zone}", now.hours))),
        ("count", count.to_string()),
    ];
    let open = undo == Undo::Withdraw;
    Ok(Done { id, reference: now.no, args, undo, open })
}
