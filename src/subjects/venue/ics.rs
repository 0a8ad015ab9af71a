//! Bookings as a calendar that other programs read (RFC 5545): what holds a zone, of one zone or of all.

use std::io::Write;

use icalendar::{Component, Event, EventLike, EventStatus};

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::ics::Sheet;
use crate::subjects::org_name;
use crate::subjects::zones::records as zones;

use super::records::{self, Booking};
use super::rules::Status;

/// Writes what holds this zone, or every zone; answers with how many bookings went out.
///
/// # Errors
/// When the file cannot be read, or `out` cannot take it.
pub(crate) fn write(
    cx: &Cx<'_>,
    zone: Option<i64>,
    mark: &str,
    out: &mut dyn Write,
) -> Result<usize, Refusal> {
    let name = match zone {
        Some(id) => zones::must_find(cx.db, id)?.name,
        None => cx.t.say("subject-venue"),
    };
    let mut sheet = Sheet::begin(&name, mark, out)?;
    records::each(cx.db, |booking| {
        if !booking.status.holds() || zone.is_some_and(|id| id != booking.zone) {
            return Ok(());
        }
        sheet.add(event(cx, &booking)?)
    })?;
    sheet.end()
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
