//! The room of a session, booked, moved and given up through the actions of the bookings: what they refuse is refused here.

use crate::desk::action::Action;
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::venue::rules::{self as bookings, Event, Hours};
use crate::subjects::venue::{Venue, records};
use crate::subjects::zones::records as zones;

use super::records::Session;

fn venue(name: &'static str) -> Result<&'static Action, Refusal> {
    door::action(&Venue, name).ok_or_else(|| Refusal::usage("no-action").with("text", name))
}

/// What a form says of a room, as the texts of a booking; none while it names no room or no hours.
pub(crate) fn wish(form: &FormState, about: Option<&Session>) -> Option<Vec<(&'static str, String)>> {
    let zone = form.slot("zone").and_then(|slot| slot.read.as_ref()).map(|read| read.text.clone());
    let zone = zone.filter(|zone| !zone.is_empty())?;
    let day = keep::day_in(form, "held_on")?;
    let hours = Hours::parse(form.text("hours"))?;
    let or = |name: &str, of: fn(&Session) -> String| match form.text(name) {
        "" => about.map(of).unwrap_or_default(),
        text => text.to_owned(),
    };
    let people = or("people", |s| s.people.map(|n| n.to_string()).unwrap_or_default());
    let host = keep::plain(&form.value("host"));
    let host = if host.is_empty() { about.map(|s| s.host.clone()).unwrap_or_default() } else { host };
    let host = if host.is_empty() { crate::catalog::SECRETARIAT.to_owned() } else { host };
    let mut texts = vec![
        ("day", day.to_string()),
        ("hours", hours.text()),
        ("zone", zone),
        ("org", host),
        ("purpose", or("title", |s| s.title.clone())),
        ("kind", "培训".to_owned()),
        ("people", people),
        ("override_reason", form.text("override_reason").to_owned()),
    ];
    texts.retain(|(_, text)| !text.is_empty());
    Some(texts)
}

/// The form of the booking a wish comes to.
///
/// # Errors
/// What the bookings refuse, at the field of the session's form that can mend it.
fn filled(cx: &Cx<'_>, texts: &[(&'static str, String)]) -> Result<FormState, Refusal> {
    keep::filled(cx, &Venue, venue("book")?, None, texts).map_err(at_field)
}

fn at_field(refusal: Refusal) -> Refusal {
    let field = match refusal.field {
        Some("override_reason") => "override_reason",
        Some("people") => "people",
        Some("hours") => "hours",
        _ => "zone",
    };
    refusal.field(field)
}

/// Says what would be booked, or puts what stands in the way on its field.
pub(crate) fn judge(cx: &Cx<'_>, form: &mut FormState, about: Option<&Session>) {
    let Some(texts) = wish(form, about) else {
        form.show("override_reason", false);
        return;
    };
    match filled(cx, &texts) {
        Ok(booking) => {
            form.show("override_reason", !form.text("override_reason").is_empty());
            let zone = booking.number("zone").and_then(|id| zones::must_find(cx.db, id).ok());
            form.find(cx.t.say("training-room"), zone.map(|zone| zone.name).unwrap_or_default());
        }
        Err(refusal) => {
            // A booking may be made all the same where its only trouble is that nobody has said why.
            let why = refusal.field == Some("override_reason");
            form.show("override_reason", why);
            form.require("override_reason", why);
            let own = about.and_then(|about| about.booking).is_some();
            // What stands there already is its own room at its old hours: moving gives it free first.
            if !why && !own {
                let field = refusal.field.unwrap_or("zone");
                form.fail(field, refusal);
            }
        }
    }
}

/// Books the room a form wishes for; none where it wishes for none.
pub(crate) fn book(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    form: &FormState,
    about: Option<&Session>,
) -> Result<Option<i64>, Refusal> {
    let Some(texts) = wish(form, about) else { return Ok(None) };
    let cx = Cx { db: tx.conn(), ..*cx };
    let booking = filled(&cx, &texts)?;
    let (done, _) = door::within(&cx, tx, &Venue, venue("book")?, None, &booking).map_err(at_field)?;
    Ok(Some(done.id))
}

/// Moves a session's room to the form's day, hours and room; the answer is the new booking.
pub(crate) fn moved(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    form: &FormState,
    booking: i64,
) -> Result<Option<i64>, Refusal> {
    let cx = Cx { db: tx.conn(), ..*cx };
    let held = records::must_find(tx.conn(), booking)?;
    if bookings::next(held.status, Event::Move).is_none() {
        return Ok(None);
    }
    let zone = form.slot("zone").and_then(|slot| slot.read.as_ref()).map(|read| read.text.clone());
    let mut texts = vec![
        ("day", keep::day_in(form, "held_on").map(|d| d.to_string()).unwrap_or_default()),
        ("hours", form.text("hours").to_owned()),
        ("zone", zone.unwrap_or_default()),
        ("override_reason", form.text("override_reason").to_owned()),
    ];
    texts.retain(|(_, text)| !text.is_empty());
    let action = venue("move")?;
    let filled = keep::filled(&cx, &Venue, action, Some(booking), &texts).map_err(at_field)?;
    door::within(&cx, tx, &Venue, action, Some(booking), &filled).map_err(at_field)?;
    Ok(records::must_find(tx.conn(), booking)?.moved_to)
}

/// Gives a session's room up, where it still holds one.
pub(crate) fn give_up(cx: &Cx<'_>, tx: &Tx<'_>, booking: i64, why: &str) -> Result<(), Refusal> {
    let cx = Cx { db: tx.conn(), ..*cx };
    let held = records::must_find(tx.conn(), booking)?;
    if bookings::next(held.status, Event::Cancel).is_none() {
        return Ok(());
    }
    let action = venue("cancel")?;
    let form = keep::filled(&cx, &Venue, action, Some(booking), &[("reason", why.to_owned())])?;
    door::within(&cx, tx, &Venue, action, Some(booking), &form)?;
    Ok(())
}
