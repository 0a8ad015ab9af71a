//! What is done with a booking after it is made: approved, rejected, cancelled one or all following, begun, finished, not come
//! to, taken over from the waiting list (SM-06).

use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::zones::records as zones;
use crate::subjects::{keep, org_name};

use super::fields::RECORD;
use super::plan::{self, Plan};
use super::records::{self, Booking};
use super::rules::{self, Event, Status};
use super::{Venue, write};

/// Whether an action applies to this booking now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else {
        return match zones::open(cx.db)?.is_empty() {
            true => Err(Refusal::rule("venue-no-zone")),
            false => Ok(()),
        };
    };
    applies(cx, action, &records::must_find(cx.db, id)?)
}

/// The same of many actions on one booking, which is read once.
pub(crate) fn available_each(cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
    match records::must_find(cx.db, id) {
        Ok(booking) => actions.iter().map(|action| applies(cx, action, &booking)).collect(),
        Err(refusal) => actions.iter().map(|_| Err(refusal.clone())).collect(),
    }
}

fn event(cx: &Cx<'_>, action: &str, booking: &Booking) -> Result<Option<Event>, Refusal> {
    Ok(Some(match action {
        "approve" => Event::Approve,
        "reject" => Event::Reject,
        "cancel" => Event::Cancel,
        "move" => Event::Move,
        "start" => Event::Start,
        "finish" => Event::Finish,
        "no-show" => Event::NoShow,
        "claim" => {
            let asks = zones::must_find(cx.db, booking.zone)?.approval && !cx.who.holds(super::WARDENS);
            Event::Claim { approval: asks }
        }
        "amend" => Event::Amend,
        _ => return Ok(None),
    }))
}

fn applies(cx: &Cx<'_>, action: &Action, booking: &Booking) -> Availability {
    let status = || cx.catalog.show_word("booking_statuses", booking.status.word(), cx.t.lang());
    if let Some(event) = event(cx, action.name, booking)?
        && rules::next(booking.status, event).is_none()
    {
        return Err(Refusal::rule("venue-status").with("ref", &booking.no).with("status", status()));
    }
    let orgs = cx.who.associations();
    if !orgs.is_empty() && !orgs.contains(&booking.org.as_str()) {
        let org = org_name(cx, &booking.org);
        return Err(Refusal::rule("venue-not-yours").of(Kind::Permission).with("org", org));
    }
    let early = match action.name {
        // Whoever comes early may begin on the day itself.
        "start" => booking.day() > cx.now.date(),
        "finish" | "no-show" => booking.starts > cx.now,
        _ => false,
    };
    if early {
        let at = format!("{} {}", keep::short_day(booking.day()), booking.hours().text());
        return Err(Refusal::rule("venue-early").with("at", at));
    }
    if action.name == "claim" {
        let plan = plan_of(cx, booking)?;
        if booking.ends <= cx.now {
            return Err(Refusal::rule("venue-over").with("ref", &booking.no));
        }
        let rivals = records::rivals(cx.db, booking.zone, booking.busy, Some(booking.id))?;
        if !rivals.is_empty() {
            return Err(plan::taken(cx, &plan, &rivals)?);
        }
    }
    Ok(())
}

/// A booking as the plan it once was.
pub(crate) fn plan_of(cx: &Cx<'_>, booking: &Booking) -> Result<Plan, Refusal> {
    Ok(Plan {
        zone: zones::must_find(cx.db, booking.zone)?,
        day: booking.day(),
        hours: booking.hours(),
        around: (booking.setup, booking.cleanup),
        org: booking.org.clone(),
        people: booking.people,
        needs: booking.needs.clone(),
    })
}

/// Fills a form about a booking that was just opened.
pub(crate) fn start(
    cx: &Cx<'_>,
    action: &str,
    booking: &Booking,
    form: &mut FormState,
) -> Result<(), Refusal> {
    if action == "cancel" {
        let following = following(cx, booking)?;
        form.show("reach", following.len() > 1);
        form.propose("reach", "一次");
        if let Some(slot) = form.slot_mut("reason") {
            slot.required = false;
        }
    }
    Ok(())
}

/// What cancelling would cancel, before it is done.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, booking: &Booking) {
    if form.action == "cancel"
        && keep::plain(&form.value("reach")) == "以后"
        && let Ok(following) = following(cx, booking)
    {
        let days: Vec<String> = following.iter().map(|b| keep::short_day(b.day())).collect();
        form.find(cx.t.with("venue-finding-cancels", &[("n", days.len().to_string())]), days.join(" "));
    }
}

/// The bookings of a series from one on that can still be cancelled, that one first.
fn following(cx: &Cx<'_>, booking: &Booking) -> Result<Vec<Booking>, Refusal> {
    let Some(series) = booking.series else { return Ok(vec![booking.clone()]) };
    let all = records::of_series(cx.db, series)?;
    let later = |b: &Booking| b.starts >= booking.starts && rules::next(b.status, Event::Cancel).is_some();
    Ok(all.into_iter().filter(later).collect())
}

/// Carries an action on a booking out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: i64,
    form: &FormState,
) -> Result<Done, Refusal> {
    let booking = records::must_find(cx.db, id)?;
    match action.name {
        "move" => return write::again(cx, tx, &booking, form, true),
        "copy" => return write::again(cx, tx, &booking, form, false),
        "amend" => return amend(cx, tx, &booking, form),
        _ => {}
    }
    let event = event(cx, action.name, &booking)?;
    let to = event.and_then(|event| rules::next(booking.status, event));
    let Some(to) = to else {
        let status = cx.catalog.show_word("booking_statuses", booking.status.word(), cx.t.lang());
        return Err(Refusal::rule("venue-status").with("ref", &booking.no).with("status", status));
    };
    let mut columns = vec![("status", keep::text(to.word()))];
    match action.name {
        "approve" => columns.push(("approver", keep::text(&cx.who.name))),
        "claim" if to == Status::Confirmed => columns.push(("approver", keep::text(&cx.who.name))),
        "reject" => columns.extend([
            ("approver", keep::text(&cx.who.name)),
            ("refused_reason", keep::text(form.text("reason"))),
        ]),
        "cancel" | "no-show" => columns.push(("refused_reason", keep::text(form.text("reason")))),
        _ => {}
    }
    let version = if form.target == Some(id) { form.version } else { 0 };
    let plan = plan_of(cx, &booking)?;
    keep::update(tx, &RECORD, id, version, &columns).map_err(|refusal| write::overlapped(refusal, &plan))?;
    let mut count = 1;
    if action.name == "cancel" && keep::plain(&form.value("reach")) == "以后" {
        count += cancel_following(cx, tx, action, &booking, form)?;
    }
    let now = records::must_find(tx.conn(), id)?;
    let mut args = write::args(cx, &plan, &now);
    args.push(("count", count.to_string()));
    let undo = if count > 1 { Undo::No("venue-many") } else { Undo::Fields };
    Ok(Done { id, reference: booking.no, args, undo, open: false })
}

fn cancel_following(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    booking: &Booking,
    form: &FormState,
) -> Result<usize, Refusal> {
    let mut one = form.clone();
    one.show("reach", false);
    one.version = 0;
    let mut count = 0;
    for other in following(cx, booking)?.iter().filter(|other| other.id != booking.id) {
        one.target = Some(other.id);
        door::within(cx, tx, &Venue, action, Some(other.id), &one)?;
        count += 1;
    }
    Ok(count)
}

/// What a booking says of itself is changed; when and where it is, is moved.
fn amend(cx: &Cx<'_>, tx: &Tx<'_>, booking: &Booking, form: &FormState) -> Result<Done, Refusal> {
    let Some(plan) = plan::of(cx, form, Some(booking))? else {
        return Err(Refusal::rule("required").field("purpose"));
    };
    plan::refuse(&plan)?;
    let judged = plan::judge(cx, &plan, Some(booking.id))?;
    if !judged.rivals.is_empty() && booking.status.holds() {
        return Err(plan::taken(cx, &plan, &judged.rivals)?.field("setup"));
    }
    let reason = form.text("override_reason").trim();
    if let Some(first) = judged.warnings.first().filter(|_| reason.is_empty()) {
        return Err(Refusal::rule("venue-reason")
            .field("override_reason")
            .with("what", plan::say(cx, &plan, first)));
    }
    let words: Vec<&str> = judged.warnings.iter().map(rules::Warning::word).collect();
    let mut columns = keep::columns(&RECORD, form);
    columns.retain(|(name, _)| !matches!(*name, "setup" | "cleanup" | "override_reason"));
    columns.extend([
        ("setup", Value::Integer(plan.around.0)),
        ("cleanup", Value::Integer(plan.around.1)),
        ("warnings", keep::text(&words.join(";"))),
        ("override_reason", if words.is_empty() { Value::Null } else { keep::text(reason) }),
    ]);
    keep::update(tx, &RECORD, booking.id, form.version, &columns).map_err(|r| write::overlapped(r, &plan))?;
    let now = records::must_find(tx.conn(), booking.id)?;
    let args = write::args(cx, &plan, &now);
    Ok(Done { id: booking.id, reference: booking.no.clone(), args, undo: Undo::Fields, open: false })
}

/// Takes back a booking that was just made; of a series all that can be.
pub(crate) fn withdraw(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let booking = records::must_find(tx.conn(), id)?;
    let cx = Cx { db: tx.conn(), ..*cx };
    let all = match booking.series {
        Some(_) => following(&cx, &booking)?,
        None => vec![booking.clone()],
    };
    for one in if all.is_empty() { vec![booking] } else { all } {
        let Some(to) = rules::next(one.status, Event::Cancel) else {
            let status = cx.catalog.show_word("booking_statuses", one.status.word(), cx.t.lang());
            return Err(Refusal::rule("venue-status").with("ref", one.no).with("status", status));
        };
        keep::update(tx, &RECORD, one.id, 0, &[("status", keep::text(to.word()))])?;
    }
    Ok(())
}
