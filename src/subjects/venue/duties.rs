//! What bookings wait for, on the first page: a yes, a freed time to be taken, a word on whether anybody came. What is near has
//! a line of its own; the rest is one line that stands for its list: a busy calendar must not bury the other duties.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::subjects::zones::records as zones;
use crate::subjects::{keep, org_name};

use super::records::{self, Booking};
use super::rules::Status;

/// Before any booking.
const NEVER: &str = "0000";
/// After every booking.
const EVER: &str = "9999";
/// So many days long somebody is asked whether they came.
const ASKED_FOR: u64 = 14;

/// A minute as kept.
pub(crate) fn iso(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M").to_string()
}

/// A day as a bound: before everything on it.
fn dawn(day: NaiveDate) -> String {
    iso(day.and_time(NaiveTime::MIN))
}

/// From when on it is asked whether they came.
pub(crate) fn asked_since(cx: &Cx<'_>) -> String {
    dawn(cx.now.date() - Days::new(ASKED_FOR))
}

/// Everything that waits for this person, at most `limit` of each.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let mut duties = Vec::new();
    if cx.who.holds(super::WARDENS) {
        approvals(cx, limit, &mut duties)?;
    }
    for booking in records::in_state(cx.db, Status::Waiting, &iso(cx.now), EVER, limit)? {
        let free = records::rivals(cx.db, booking.zone, booking.busy, Some(booking.id))?.is_empty();
        if free && concerns(cx, &booking) {
            duties.push(one(cx, Press::Today, &booking, "venue-duty-freed")?);
        }
    }
    unclosed(cx, &mut duties)?;
    duties.truncate(limit);
    Ok(duties)
}

fn concerns(cx: &Cx<'_>, booking: &Booking) -> bool {
    let orgs = cx.who.associations();
    orgs.is_empty() || orgs.contains(&booking.org.as_str())
}

/// A yes is wanted: one line for each that is on soon, one for all that were passed over, one for all further ones.
fn approvals(cx: &Cx<'_>, limit: usize, duties: &mut Vec<Duty>) -> Result<(), Refusal> {
    let today = cx.now.date();
    let near = today + Days::new(cx.catalog.rule("venue_approve_soon").value.unsigned_abs());
    let (from, after) = (dawn(today), dawn(near + Days::new(1)));
    for booking in records::in_state(cx.db, Status::Pending, &from, &after, limit)? {
        let press = if booking.day() == today { Press::Today } else { Press::Week };
        duties.push(one(cx, press, &booking, "venue-duty-approve")?);
    }
    let passed = waiting(cx, NEVER, &from)?;
    let further = waiting(cx, &after, EVER)?;
    for (press, found, id) in [
        (Press::Overdue, passed, "venue-duty-approve-passed"),
        (Press::Open, further, "venue-duty-approve-further"),
    ] {
        match found {
            Some((1, first)) => duties.push(one(cx, press, &first, "venue-duty-approve")?),
            Some((n, first)) => duties.push(many(cx, press, &first, n, id, "venue.pending")),
            None => {}
        }
    }
    Ok(())
}

/// How many wait for a yes in a stretch of time, and the first of them.
fn waiting(cx: &Cx<'_>, from: &str, to: &str) -> Result<Option<(usize, Booking)>, Refusal> {
    let first = records::in_state(cx.db, Status::Pending, from, to, 1)?.pop();
    first.map(|first| Ok((records::count_in_state(cx.db, Status::Pending, from, to)?, first))).transpose()
}

/// Nobody said whether they came: of today each, of the days before all in one.
fn unclosed(cx: &Cx<'_>, duties: &mut Vec<Duty>) -> Result<(), Refusal> {
    let (mut now, mut before) = (Vec::new(), Vec::new());
    for status in [Status::Confirmed, Status::InUse] {
        for booking in records::in_state(cx.db, status, &asked_since(cx), &iso(cx.now), usize::MAX)? {
            if booking.ends <= cx.now && concerns(cx, &booking) {
                let of_today = booking.day() == cx.now.date();
                if of_today { now.push(booking) } else { before.push(booking) }
            }
        }
    }
    for booking in &now {
        duties.push(one(cx, Press::Today, booking, "venue-duty-unclosed")?);
    }
    before.sort_by_key(|booking| booking.starts);
    match before.as_slice() {
        [] => {}
        [only] => duties.push(one(cx, Press::Today, only, "venue-duty-unclosed")?),
        [first, ..] => {
            duties.push(many(
                cx,
                Press::Today,
                first,
                before.len(),
                "venue-duty-unclosed-many",
                "venue.unclosed",
            ));
        }
    }
    Ok(())
}

fn one(cx: &Cx<'_>, press: Press, booking: &Booking, id: &str) -> Result<Duty, Refusal> {
    let zone = zones::must_find(cx.db, booking.zone)?.name;
    let no = booking.no.rsplit('-').next().unwrap_or_default().to_owned();
    let args = [("no", no), ("zone", zone), ("purpose", booking.purpose.clone())];
    Ok(Duty {
        press,
        day: Some(booking.day()),
        reference: booking.no.clone(),
        list: String::new(),
        what: cx.t.with(id, &args),
        when: format!("{} {}", keep::short_day(booking.day()), booking.starts.format("%H:%M")),
        who: org_name(cx, &booking.org),
        ..Duty::default()
    })
}

fn many(cx: &Cx<'_>, press: Press, first: &Booking, n: usize, id: &str, list: &str) -> Duty {
    let day = keep::short_day(first.day());
    Duty {
        press,
        day: Some(first.day()),
        reference: String::new(),
        list: list.to_owned(),
        what: cx.t.with(id, &[("n", n.to_string())]),
        when: cx.t.with("venue-duty-from", &[("day", day)]),
        who: String::new(),
        ..Duty::default()
    }
}
