//! Who is where as a grid: a day of all zones by half hours, a week of one zone, a month of days. Where a booking stands in an
//! area, the rooms in it are taken too, and the other way round: a cell that is free can be booked.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, Timelike, Weekday};

use crate::desk::grid::{Entry, Grid, GridSpec, Leads, Place, Span as Step, Stripe, Wanted};
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::shifts::duty;
use crate::subjects::zones::records::{self as zones, Zone};
use crate::subjects::{keep, org_name};
use crate::values::dates;

use super::office_hours;
use super::records::{self, Booking};
use super::rules::{Hours, Status, clock, week_of};

/// Minutes of a column.
const SLOT: u32 = 30;
/// What is booked from a free cell, in minutes.
const USUAL: u32 = 60;

/// The grids, the usual one first.
pub(crate) static GRIDS: &[GridSpec] = &[
    GridSpec { name: "day", step: Step::Day, makes: "book", free: true },
    GridSpec { name: "week", step: Step::Week, makes: "book", free: true },
    GridSpec { name: "month", step: Step::Month, makes: "", free: false },
];

/// One of them.
pub(crate) fn grid(cx: &Cx<'_>, spec: &'static GridSpec, wanted: Wanted<'_>) -> Result<Grid, Refusal> {
    match spec.step {
        Step::Day => day(cx, wanted),
        Step::Week => week(cx, wanted),
        Step::Month => month(cx, wanted.day),
    }
}

/// What a booking takes over from a cell.
pub(crate) fn cell_texts(spec: &GridSpec, place: &Place) -> Vec<(&'static str, String)> {
    let slot = place.column.parse::<u32>().ok().filter(|_| spec.step != Step::Month);
    let mut texts = vec![("day", place.day.to_string()), ("zone", place.lane.clone())];
    if let Some(from) = slot {
        texts.push(("hours", Hours { from, to: (from + USUAL).min(1440) }.text()));
    }
    texts.retain(|(_, text)| !text.is_empty());
    texts
}

fn first_slot(minute: u32) -> u32 {
    minute / SLOT * SLOT
}

/// The half hours that are shown: the office's hours, and what is booked outside them.
fn slots(cx: &Cx<'_>, bookings: &[Booking], wider: bool) -> Vec<u32> {
    let office = office_hours(cx);
    let shown = bookings.iter().filter(|_| wider).map(Booking::hours);
    let from = shown.clone().map(|h| h.from).chain([office.from]).min().unwrap_or(office.from);
    let to = shown.map(|h| h.to).chain([office.to]).max().unwrap_or(office.to);
    (first_slot(from)..to).step_by(usize::try_from(SLOT).unwrap_or(30)).collect()
}

/// Which of the slots a booking takes.
fn taken(slots: &[u32], hours: Hours) -> Range<usize> {
    let first = slots.iter().position(|slot| slot + SLOT > hours.from).unwrap_or(slots.len());
    let last = slots.iter().position(|slot| *slot >= hours.to).unwrap_or(slots.len());
    first..last.max(first)
}

/// The zones that cannot be used together with each.
fn rivals(cx: &Cx<'_>) -> Result<HashMap<i64, Vec<i64>>, Refusal> {
    let mut statement = cx.db.prepare_cached("SELECT zone, rival FROM zone_rival WHERE zone <> rival")?;
    let pairs = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut of: HashMap<i64, Vec<i64>> = HashMap::new();
    for pair in pairs {
        let (zone, rival): (i64, i64) = pair?;
        of.entry(zone).or_default().push(rival);
    }
    Ok(of)
}

/// What stands in a cell: whose it is, and what for.
fn short(cx: &Cx<'_>, booking: &Booking) -> String {
    let org: String = org_name(cx, &booking.org).chars().take(1).collect();
    let mark = if booking.status == Status::Pending { "?" } else { "" };
    let what: String = booking.purpose.chars().take(2).collect();
    format!("{org}{what}{mark}")
}

fn entry(cx: &Cx<'_>, zone: &str, booking: &Booking, lanes: Range<usize>, columns: Range<usize>) -> Entry {
    let what = format!("{} {}", org_name(cx, &booking.org), booking.purpose);
    Entry {
        lanes,
        columns,
        text: short(cx, booking),
        when: booking.hours().text(),
        brief: format!("{} {zone} {what}", clock(booking.hours().from)),
        what,
        pending: booking.status == Status::Pending,
        leads: Leads::Record(booking.no.clone()),
    }
}

/// A lane or a run of it that is taken by what is booked around or in it.
fn shadow(
    cx: &Cx<'_>,
    zone: &Zone,
    by: &Booking,
    lanes: Range<usize>,
    columns: Range<usize>,
    hours: Hours,
) -> Entry {
    let what = cx.t.with("venue-grid-taken", &[("by", format!("{} {}", org_name(cx, &by.org), by.purpose))]);
    Entry {
        lanes,
        columns,
        text: cx.t.say("venue-grid-shadow"),
        when: hours.text(),
        brief: format!("{} {} {what}", clock(hours.from), zone.name),
        what,
        pending: by.status == Status::Pending,
        leads: Leads::Record(by.no.clone()),
    }
}

/// The runs of slots that a zone's rivals take and it does not take itself, each with the first that takes it.
fn shadows<'a>(slots: &[u32], own: &[&Booking], others: &[&'a Booking]) -> Vec<(Range<usize>, &'a Booking)> {
    let mut by: BTreeMap<usize, &Booking> = BTreeMap::new();
    for other in others {
        for at in taken(slots, other.hours()) {
            by.entry(at).or_insert(other);
        }
    }
    for booking in own {
        for at in taken(slots, booking.hours()) {
            by.remove(&at);
        }
    }
    let mut runs: Vec<(Range<usize>, &Booking)> = Vec::new();
    for (at, other) in by {
        match runs.last_mut() {
            Some((run, last)) if run.end == at && last.id == other.id => run.end = at + 1,
            _ => runs.push((at..at + 1, other)),
        }
    }
    runs
}

fn hours_of(slots: &[u32], run: &Range<usize>) -> Hours {
    let from = slots.get(run.start).copied().unwrap_or(0);
    let to = slots.get(run.end.saturating_sub(1)).copied().unwrap_or(from) + SLOT;
    Hours { from, to }
}

fn notes(cx: &Cx<'_>, days: impl Iterator<Item = NaiveDate>) -> Vec<String> {
    let note = |day: NaiveDate| {
        let note = cx.catalog.calendar().day_note(day)?;
        Some(format!("{} {note}", dates::short_day(day, cx.now.date(), cx.t.lang())))
    };
    days.filter_map(note).collect()
}

fn stripes(slots: &[u32]) -> Vec<Stripe> {
    let stripe = |slot: &u32| Stripe {
        key: slot.to_string(),
        label: clock(*slot),
        from: clock(*slot),
        to: clock(slot + SLOT),
        days: 0,
    };
    slots.iter().map(stripe).collect()
}

/// The slot of the present time on this day; the first on any other.
fn present(cx: &Cx<'_>, slots: &[u32], day: NaiveDate) -> usize {
    let now = cx.now.hour() * 60 + cx.now.minute();
    let at = slots.iter().rposition(|slot| *slot <= now).unwrap_or(0);
    if day == cx.now.date() { at } else { 0 }
}

/// All zones by the half hours of a day.
fn day(cx: &Cx<'_>, wanted: Wanted<'_>) -> Result<Grid, Refusal> {
    let all = zones::open(cx.db)?;
    let bookings = records::held(cx.db, wanted.day, wanted.day)?;
    let rivals = rivals(cx)?;
    let slots = slots(cx, &bookings, true);
    let mut entries = Vec::new();
    for (lane, zone) in all.iter().enumerate() {
        let own: Vec<&Booking> = bookings.iter().filter(|b| b.zone == zone.id).collect();
        let near = rivals.get(&zone.id).map_or(&[][..], Vec::as_slice);
        let others: Vec<&Booking> = bookings.iter().filter(|b| near.contains(&b.zone)).collect();
        entries
            .extend(own.iter().map(|b| entry(cx, &zone.name, b, lane..lane + 1, taken(&slots, b.hours()))));
        for (run, by) in shadows(&slots, &own, &others) {
            let hours = hours_of(&slots, &run);
            entries.push(shadow(cx, zone, by, lane..lane + 1, run, hours));
        }
    }
    entries.extend(on_duty(cx, &all, &slots, wanted.day)?);
    entries.sort_by_key(|entry| (entry.columns.start, entry.lanes.start));
    let lane = all.iter().position(|zone| zone.code == wanted.lane).unwrap_or(0);
    let stripe =
        |zone: &Zone| Stripe { key: zone.code.clone(), label: zone.name.clone(), ..Stripe::default() };
    Ok(Grid {
        heading: dates::short_day(wanted.day, cx.now.date(), cx.t.lang()),
        axes: cx.t.say("venue-grid-axes-day"),
        notes: notes(cx, std::iter::once(wanted.day)),
        who: cx.t.say("venue-zone"),
        down: false,
        first: wanted.day,
        lanes: all.iter().map(stripe).collect(),
        stretch: None,
        start: (lane, present(cx, &slots, wanted.day)),
        columns: stripes(&slots),
        entries,
    })
}

/// Who is on duty at a window that day: it stands beside what is booked there.
fn on_duty(cx: &Cx<'_>, all: &[Zone], slots: &[u32], day: NaiveDate) -> Result<Vec<Entry>, Refusal> {
    let mut entries = Vec::new();
    for shift in duty::shifts(cx, day, day)? {
        let lane = all.iter().position(|zone| Some(zone.id) == shift.zone);
        let (Some(lane), columns) = (lane, taken(slots, shift.hours())) else { continue };
        let who = crate::subjects::staff::records::must_find(cx.db, shift.staff)?.name;
        let place = all.get(lane).map(|zone| zone.name.clone()).unwrap_or_default();
        let what = cx.t.with("venue-grid-duty", &[("name", who.clone())]);
        entries.push(Entry {
            lanes: lane..lane + 1,
            columns,
            text: who.chars().take(2).collect(),
            when: shift.hours().text(),
            brief: format!("{} {place} {what}", clock(shift.hours().from)),
            what,
            pending: false,
            leads: Leads::Record(shift.no),
        });
    }
    entries.retain(|entry| !entry.columns.is_empty());
    Ok(entries)
}

/// The week of the zone the finger stood on last.
fn week(cx: &Cx<'_>, wanted: Wanted<'_>) -> Result<Grid, Refusal> {
    let all = zones::open(cx.db)?;
    let (monday, sunday) = week_of(wanted.day);
    let zone = all.iter().find(|zone| zone.code == wanted.lane).or(all.first());
    let bookings = records::held(cx.db, monday, sunday)?;
    let rivals = rivals(cx)?;
    let slots = slots(cx, &[], false);
    let mut entries = Vec::new();
    let days: Vec<NaiveDate> = monday.iter_days().take(7).collect();
    if let Some(zone) = zone {
        let near = rivals.get(&zone.id).map_or(&[][..], Vec::as_slice);
        for (lane, day) in days.iter().enumerate() {
            let own: Vec<&Booking> =
                bookings.iter().filter(|b| b.zone == zone.id && b.day() == *day).collect();
            let others: Vec<&Booking> =
                bookings.iter().filter(|b| near.contains(&b.zone) && b.day() == *day).collect();
            let shown = own.iter().map(|b| (taken(&slots, b.hours()), *b)).filter(|(run, _)| !run.is_empty());
            entries.extend(shown.map(|(run, b)| entry(cx, &zone.name, b, lane..lane + 1, run)));
            for (run, by) in shadows(&slots, &own, &others) {
                let hours = hours_of(&slots, &run);
                entries.push(shadow(cx, zone, by, lane..lane + 1, run, hours));
            }
        }
    }
    let name = zone.map(|zone| zone.name.clone()).unwrap_or_default();
    let label = |(at, day): (usize, &NaiveDate)| {
        let said = dates::short_day(*day, cx.now.date(), cx.t.lang());
        Stripe {
            key: String::new(),
            label: said.clone(),
            from: said.clone(),
            to: said,
            days: u64::try_from(at).unwrap_or(0),
        }
    };
    let lane = usize::try_from(wanted.day.weekday().num_days_from_monday()).unwrap_or(0);
    Ok(Grid {
        heading: format!("{name} {} - {}", keep::short_day(monday), keep::short_day(sunday)),
        axes: cx.t.say("venue-grid-axes-week"),
        notes: notes(cx, days.iter().copied()),
        who: cx.t.say("venue-day"),
        down: false,
        first: monday,
        start: (lane, present(cx, &slots, wanted.day)),
        lanes: days.iter().enumerate().map(label).collect(),
        stretch: None,
        columns: stripes(&slots),
        entries,
    })
}

/// The days of a month, each with how many bookings it has.
fn month(cx: &Cx<'_>, day: NaiveDate) -> Result<Grid, Refusal> {
    let first = day.with_day(1).unwrap_or(day);
    let first = first.week(Weekday::Mon).first_day();
    let weeks: u64 = 6;
    let last = first + Days::new(weeks * 7 - 1);
    let mut counts: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for booking in records::held(cx.db, first, last)? {
        *counts.entry(booking.day()).or_default() += 1;
    }
    let cell = |n: u64| {
        let day = first + Days::new(n);
        let count = counts.get(&day).copied().unwrap_or(0);
        let what = cx.t.with("venue-grid-count", &[("n", count.to_string())]);
        let note = cx.catalog.calendar().day_note(day).unwrap_or_default();
        let what = keep::one_line(&format!("{what} {note}"));
        let (week, weekday) = (usize::try_from(n / 7).unwrap_or(0), usize::try_from(n % 7).unwrap_or(0));
        let bare = if count == 0 { String::new() } else { format!(" {count}") };
        Entry {
            lanes: week..week + 1,
            columns: weekday..weekday + 1,
            text: format!("{}{bare}", day.day()),
            when: dates::short_day(day, cx.now.date(), cx.t.lang()),
            brief: format!("{} {what}", keep::short_day(day)),
            what,
            pending: false,
            leads: Leads::Day(day),
        }
    };
    let week = |n: u64| {
        let from = first + Days::new(n * 7);
        let said = keep::short_day(from);
        Stripe { label: said.clone(), from: said.clone(), to: said, days: n * 7, ..Stripe::default() }
    };
    let weekday = |n: u64| {
        let said = cx.t.say(&format!("venue-weekday-{}", n + 1));
        Stripe { label: said.clone(), from: said.clone(), to: said, days: n, ..Stripe::default() }
    };
    let at = u64::try_from((day - first).num_days()).unwrap_or(0);
    Ok(Grid {
        heading: cx.t.with(
            "venue-grid-month-of",
            &[("year", day.year().to_string()), ("month", day.month().to_string())],
        ),
        axes: cx.t.say("venue-grid-axes-month"),
        notes: Vec::new(),
        who: String::new(),
        down: false,
        first,
        lanes: (0..weeks).map(week).collect(),
        stretch: None,
        columns: (0..7).map(weekday).collect(),
        entries: (0..weeks * 7).map(cell).collect(),
        start: (usize::try_from(at / 7).unwrap_or(0), usize::try_from(at % 7).unwrap_or(0)),
    })
}
