//! Shifts as a calendar that other programs read (RFC 5545), of one person or of all.

use std::io::Write;

use icalendar::{Component, Event, EventLike, EventStatus};

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::ics::Sheet;
use crate::subjects::org_name;
use crate::subjects::staff::records as staff;
use crate::subjects::zones::records as zones;

use super::records::{self, Shift};

/// Writes what this person does, or everybody; answers with how many shifts went out.
///
/// # Errors
/// When the file cannot be read, or `out` cannot take it.
pub(crate) fn write(
    cx: &Cx<'_>,
    who: Option<i64>,
    mark: &str,
    out: &mut dyn Write,
) -> Result<usize, Refusal> {
    let name = match who {
        Some(id) => staff::must_find(cx.db, id)?.name,
        None => cx.t.say("subject-shifts"),
    };
    let mut sheet = Sheet::begin(&name, mark, out)?;
    records::each(cx.db, who, |shift| sheet.add(event(cx, &shift, who.is_none())?))?;
    sheet.end()
}

fn event(cx: &Cx<'_>, shift: &Shift, named: bool) -> Result<Event, Refusal> {
    let org = org_name(cx, &shift.org);
    let mut summary = format!("{org} {}", shift.task);
    if named {
        summary = format!("{} {summary}", staff::must_find(cx.db, shift.staff)?.name);
    }
    let mut event = Event::new();
    event
        .uid(&format!("{}@lianban", shift.no))
        .summary(&summary)
        .starts(shift.starts)
        .ends(shift.ends)
        .status(EventStatus::Confirmed);
    if let Some(zone) = shift.zone {
        event.location(&zones::must_find(cx.db, zone)?.name);
    }
    event.add_property("CATEGORIES", org);
    // The same shift is the same text at every export.
    event.timestamp(shift.starts.and_utc());
    Ok(event.done())
}
