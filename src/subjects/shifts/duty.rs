//! Window duty by half-day, shared with the places (G-6.1.3): a window has somebody at it where a shift of that kind stands
//! there; what is booked there as duty and has nobody is still open. Reads the file; writes nothing.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::venue::records as bookings;
use crate::subjects::venue::rules::Span;
use crate::subjects::zones::records::{self as zones, Zone};

use super::plan::{self, Plan};
use super::records::{self, Shift};

/// The kind of shifts and bookings that is window duty.
pub(crate) const DUTY: &str = "值班";
/// What a zone is where somebody stands at a window.
const WINDOW: &str = "专项服务窗口";

/// A duty that is booked and has nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Open {
    /// Number of the zone in the file.
    pub zone: i64,
    /// Its name.
    pub place: String,
    /// Association code.
    pub org: String,
    /// What it is booked for.
    pub what: String,
    /// Number of the booking.
    pub no: String,
    /// When.
    pub day: NaiveDate,
    /// See `day`: minutes of it.
    pub hours: (u32, u32),
}

impl Open {
    /// The same as something to be done.
    pub(crate) fn plan(&self) -> Plan {
        Plan { day: self.day, hours: self.hours, org: self.org.clone(), number: 1, ..Plan::default() }
    }
}

/// Who is on duty between two days, both included; by time.
pub(crate) fn shifts(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Shift>, Refusal> {
    records::at_places(cx.db, DUTY, plan::days(from, to))
}

fn booked(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<bookings::Booking>, Refusal> {
    let held = bookings::held(cx.db, from, to)?;
    Ok(held.into_iter().filter(|booking| booking.kind == DUTY).collect())
}

/// What is booked as duty between two days and has nobody; by time.
pub(crate) fn uncovered(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Open>, Refusal> {
    let there = shifts(cx, from, to)?;
    let mut open = Vec::new();
    for booking in booked(cx, from, to)? {
        let span = Span::on(booking.day(), booking.hours());
        let met = there.iter().any(|s| s.zone == Some(booking.zone) && s.span.meets(span));
        if met {
            continue;
        }
        open.push(Open {
            zone: booking.zone,
            place: zones::must_find(cx.db, booking.zone)?.name,
            day: booking.day(),
            hours: (booking.hours().from, booking.hours().to),
            org: booking.org,
            what: booking.purpose,
            no: booking.no,
        });
    }
    Ok(open)
}

/// How many duties between two days have somebody.
pub(crate) fn covered(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<usize, Refusal> {
    let there = shifts(cx, from, to)?;
    let meets = |b: &bookings::Booking| {
        let span = Span::on(b.day(), b.hours());
        there.iter().any(|s| s.zone == Some(b.zone) && s.span.meets(span))
    };
    let booked = booked(cx, from, to)?;
    let alone = there.iter().filter(|s| {
        !booked.iter().any(|b| s.zone == Some(b.zone) && s.span.meets(Span::on(b.day(), b.hours())))
    });
    Ok(booked.iter().filter(|b| meets(b)).count() + alone.count())
}

/// The windows, and every place where somebody is on duty, or should be, between two days; by code.
pub(crate) fn places(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Zone>, Refusal> {
    let mut ids: Vec<i64> = shifts(cx, from, to)?.iter().filter_map(|s| s.zone).collect();
    ids.extend(booked(cx, from, to)?.iter().map(|b| b.zone));
    let all = zones::open(cx.db)?;
    Ok(all.into_iter().filter(|zone| zone.kind == WINDOW || ids.contains(&zone.id)).collect())
}
