//! Bookings as a calendar that other programs read (RFC 5545): what holds a zone, of one zone or of all. Times are written
//! as the office's own, without a zone of the earth: whoever looks at the file stands where the rooms are.

use std::io::Write;

use icalendar::{Calendar, Component, Event, EventLike, EventStatus};

use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::subjects::org_name;
use crate::subjects::zones::records as zones;

use super::records::{self, Booking};
use super::rules::Status;

/// Bookings in one calendar at a time.
const PORTION: usize = 500;

/// Writes what holds this zone, or every zone; answers with how many bookings went out.
///
/// # Errors
/// When the file cannot be read, or `out` cannot take it.
pub(crate) fn write(cx: &Cx<'_>, zone: Option<i64>, out: &mut dyn Write) -> Result<usize, Refusal> {
    let name = match zone {
        Some(id) => zones::must_find(cx.db, id)?.name,
        None => cx.t.say("subject-venue"),
    };
    let put = |out: &mut dyn Write, text: &str| {
        let failed = |error: std::io::Error| {
            Refusal::rule("export-failed").of(Kind::File).with("path", "").with("detail", error.to_string())
        };
        out.write_all(text.as_bytes()).map_err(failed)
    };
    let (head, foot) = frame(&name);
    put(out, &head)?;
    let mut count = 0;
    let mut events: Vec<Event> = Vec::new();
    records::each(cx.db, |booking| {
        if !booking.status.holds() || zone.is_some_and(|id| id != booking.zone) {
            return Ok(());
        }
        count += 1;
        events.push(event(cx, &booking)?);
        if events.len() >= PORTION {
            put(out, &bodies(&mut events))?;
        }
        Ok(())
    })?;
    put(out, &bodies(&mut events))?;
    put(out, &foot)?;
    Ok(count)
}

/// What stands before the first event of a calendar and after the last.
fn frame(name: &str) -> (String, String) {
    let whole = Calendar::new().name(name).done().to_string();
    let at = whole.rfind("END:VCALENDAR").unwrap_or(whole.len());
    let (head, foot) = whole.split_at(at);
    (head.to_owned(), foot.to_owned())
}

/// The events as text; none are left.
fn bodies(events: &mut Vec<Event>) -> String {
    events.drain(..).filter_map(|event| event.try_into_string().ok()).collect()
}

fn event(cx: &Cx<'_>, booking: &Booking) -> Result<Event, Refusal> {
    let zone = zones::must_find(cx.db, booking.zone)?;
    let org = org_name(cx, &booking.org);
    // Whose case is talked over is nobody's business (RULES §5.3).
    let purpose = if booking.kind == "个案" { cx.t.say("venue-casework") } else { booking.purpose.clone() };
    let mut event = Event::new();
    event
        .uid(&format!("{}@lianban", booking.no))
        .summary(&format!("{org} {purpose}"))
        .location(&zone.name)
        .starts(booking.starts)
        .ends(booking.ends)
        .status(if booking.status == Status::Pending {
            EventStatus::Tentative
        } else {
            EventStatus::Confirmed
        });
    event.add_property("CATEGORIES", org);
    // The same booking is the same text at every export.
    event.timestamp(booking.starts.and_utc());
    Ok(event.done())
}
