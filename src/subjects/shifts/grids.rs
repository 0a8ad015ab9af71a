//! Who does what when as a grid: a week of people by half-days, a day of people by half hours, a week of windows by half-days.
//! Where somebody is not there the cell says so; where nothing stands somebody can be sent.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, Timelike};

use crate::desk::grid::{Entry, Grid, GridSpec, Leads, Place, Span as Step, Stretch, Stripe, Wanted};
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::leave::records::{self as leave, Absence, COMES};
use crate::subjects::staff::plan_of_day;
use crate::subjects::staff::records::{self as staff, Person};
use crate::subjects::staff::rules::{HALVES, Half, pattern};
use crate::subjects::venue::rules::{Hours, Span, clock, week_of};
use crate::subjects::{keep, org_name};
use crate::values::dates;

use super::duty;
use super::plan;
use super::records::{self, Shift};

/// Minutes of a column of a day.
const SLOT: u32 = 30;
/// So many people are shown at once; of more of them a page.
pub(crate) const MOST: usize = 100;

/// The grids, the usual one first.
pub(crate) static GRIDS: &[GridSpec] = &[
    GridSpec { name: "week", step: Step::Week, makes: "assign", free: true },
    GridSpec { name: "day", step: Step::Day, makes: "assign", free: true },
    GridSpec { name: "windows", step: Step::Week, makes: "assign", free: true },
];

/// One of them.
pub(crate) fn grid(cx: &Cx<'_>, spec: &'static GridSpec, wanted: Wanted<'_>) -> Result<Grid, Refusal> {
    match spec.name {
        "week" => week(cx, wanted),
        "day" => day(cx, wanted),
        _ => windows(cx, wanted),
    }
}

/// What sending somebody takes over from a cell: who or where, the day, the half-day or an hour.
pub(crate) fn cell_texts(cx: &Cx<'_>, spec: &GridSpec, place: &Place) -> Vec<(&'static str, String)> {
    let mut texts = vec![("day", place.day.to_string())];
    let hours = place.column.rsplit('/').next().and_then(|from| from.parse::<u32>().ok()).map(|from| {
        let half = if from == 0 { Half::Morning } else { Half::Afternoon };
        if spec.step == Step::Week {
            plan_of_day(cx).half(half)
        } else {
            Hours { from, to: (from + 60).min(1440) }
        }
    });
    texts.extend(hours.map(|hours| ("hours", hours.text())));
    if spec.name == "windows" {
        texts.extend([
            ("zone", place.lane.clone()),
            ("task", duty::DUTY.to_owned()),
            ("kind", duty::DUTY.to_owned()),
        ]);
    } else {
        texts.push(("people", place.lane.clone()));
    }
    texts.retain(|(_, text)| !text.is_empty());
    texts
}

/// The people of a grid, all or a page of them, with what they do and when they are away in a stretch of time.
struct People {
    shown: Vec<Person>,
    stretch: Option<Stretch>,
    at: usize,
    shifts: Vec<Shift>,
    absences: Vec<Absence>,
}

/// Those around the one whose lane the finger was on; at first around oneself.
fn people(cx: &Cx<'_>, lane: &str, span: Span) -> Result<People, Refusal> {
    let own = staff::of_operator(cx.db, cx.who.id)?.map(|who| who.code).unwrap_or_default();
    let known = !lane.is_empty() && staff::by_code(cx.db, lane)?.is_some();
    let wanted = if known { lane } else { own.as_str() };
    let page = staff::page(cx.db, wanted, MOST)?;
    let beyond = |rank: Option<usize>| -> Result<String, Refusal> {
        let code = rank.map(|rank| staff::at(cx.db, rank)).transpose()?.flatten();
        Ok(code.unwrap_or_default())
    };
    let stretch = match page.all > page.people.len() {
        true => Some(Stretch {
            before: beyond(page.before.checked_sub(1))?,
            after: beyond(Some(page.before + page.people.len()))?,
            first: page.before + 1,
            total: page.all,
        }),
        false => None,
    };
    let (mut shifts, mut absences) = (Vec::new(), Vec::new());
    for who in &page.people {
        shifts.extend(records::rivals(cx.db, who.id, span, &[])?);
        absences.extend(leave::of(cx.db, who.id, span)?);
    }
    let at = page.people.iter().position(|who| who.code == wanted).unwrap_or(0);
    Ok(People { shown: page.people, stretch, at, shifts, absences })
}

fn lanes(people: &People) -> Vec<Stripe> {
    let stripe =
        |who: &Person| Stripe { key: who.code.clone(), label: who.name.clone(), ..Stripe::default() };
    people.shown.iter().map(stripe).collect()
}

/// What stands in a cell: for whom, and what.
fn short(cx: &Cx<'_>, shift: &Shift) -> String {
    let org: String = org_name(cx, &shift.org).chars().take(1).collect();
    let what: String = shift.task.chars().take(1).collect();
    format!("{org}{what}")
}

fn entry(cx: &Cx<'_>, name: &str, shift: &Shift, lane: usize, columns: Range<usize>, dated: bool) -> Entry {
    let what = format!("{} {}", org_name(cx, &shift.org), shift.task);
    let hours = shift.hours().text();
    let when = if dated { format!("{} {hours}", keep::short_day(shift.day())) } else { hours };
    let begins = if dated { keep::short_day(shift.day()) } else { clock(shift.hours().from) };
    Entry {
        lanes: lane..lane + 1,
        columns,
        text: short(cx, shift),
        when,
        brief: format!("{begins} {name} {what}"),
        what,
        pending: shift.swap_to.is_some(),
        leads: Leads::Record(shift.no.clone()),
    }
}

fn away(cx: &Cx<'_>, name: &str, absence: &Absence, lane: usize, columns: Range<usize>) -> Entry {
    let what = cx.catalog.show_word("absence_kinds", &absence.kind, cx.t.lang());
    Entry {
        lanes: lane..lane + 1,
        columns,
        text: what.chars().take(2).collect(),
        when: crate::subjects::leave::when(cx, absence),
        brief: format!("{} {name} {what}", keep::short_day(absence.starts.date())),
        what,
        pending: false,
        leads: Leads::Record(absence.no.clone()),
    }
}

/// Columns on which somebody does not usually come, and that nothing else fills.
fn not_there(cx: &Cx<'_>, name: &str, lane: usize, missing: &[bool], columns: &[Stripe]) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut at = 0;
    for run in missing.chunk_by(|a, b| a == b) {
        let span = at..at + run.len();
        at = span.end;
        let (Some(true), Some(first), Some(last)) =
            (run.first(), columns.get(span.start), columns.get(span.end - 1))
        else {
            continue;
        };
        let when =
            if first.from == last.to { first.from.clone() } else { format!("{} - {}", first.from, last.to) };
        let what = cx.t.say("shifts-not-there");
        found.push(Entry {
            lanes: lane..lane + 1,
            columns: span,
            text: cx.t.say("shifts-grid-away"),
            // A few words: from when on is enough of a stretch.
            brief: format!("{name} {} {what}", when.split(" - ").next().unwrap_or_default()),
            when,
            what,
            pending: false,
            leads: Leads::Nothing,
        });
    }
    found
}

/// The half-days of a week.
fn halves(cx: &Cx<'_>, monday: NaiveDate) -> Vec<(Stripe, Span)> {
    let day_plan = plan_of_day(cx);
    let each = (0..7u64).flat_map(|ahead| HALVES.map(|half| (ahead, half)));
    each.map(|(ahead, half)| {
        let day = monday + Days::new(ahead);
        let (key, name) = match half {
            Half::Morning => ("0", "morning"),
            Half::Afternoon => ("1", "afternoon"),
        };
        let weekday = cx.t.say(&format!("shifts-weekday-{}", ahead + 1));
        let said = format!(
            "{} {}",
            dates::short_day(day, cx.now.date(), cx.t.lang()),
            cx.t.say(&format!("shifts-half-{name}"))
        );
        let stripe = Stripe {
            key: format!("{ahead}/{key}"),
            label: cx.t.with(&format!("shifts-column-{name}"), &[("day", weekday)]),
            from: said.clone(),
            to: said,
            days: ahead,
        };
        // Before noon and after it, so that an evening stands somewhere too.
        let hours = match half {
            Half::Morning => Hours { from: 0, to: day_plan.noon },
            Half::Afternoon => Hours { from: day_plan.noon, to: 1440 },
        };
        (stripe, Span::on(day, hours))
    })
    .collect()
}

/// Which columns a stretch of time takes part of.
fn taken(columns: &[Span], span: Span) -> Range<usize> {
    let first = columns.iter().position(|c| c.meets(span));
    let last = columns.iter().rposition(|c| c.meets(span));
    match (first, last) {
        (Some(first), Some(last)) => first..last + 1,
        _ => 0..0,
    }
}

fn notes(cx: &Cx<'_>, days: impl Iterator<Item = NaiveDate>) -> Vec<String> {
    let note = |day: NaiveDate| {
        let note = cx.catalog.calendar().day_note(day)?;
        Some(format!("{} {note}", dates::short_day(day, cx.now.date(), cx.t.lang())))
    };
    days.filter_map(note).collect()
}

/// What fills the lanes of people: their shifts, when they are away, when they do not usually come.
fn fill(cx: &Cx<'_>, people: &People, columns: &[(Stripe, Span)], dated: bool) -> Vec<Entry> {
    let spans: Vec<Span> = columns.iter().map(|(_, span)| *span).collect();
    let stripes: Vec<Stripe> = columns.iter().map(|(stripe, _)| stripe.clone()).collect();
    let day_plan = plan_of_day(cx);
    let (mut entries, mut rest) = (Vec::new(), Vec::new());
    for (lane, who) in people.shown.iter().enumerate() {
        let usual = pattern(&who.availability, day_plan).unwrap_or_default();
        let mut missing: Vec<bool> = spans
            .iter()
            .map(|span| {
                let from = crate::subjects::venue::rules::moment_of(span.from);
                let hours = Hours { from: from.hour() * 60 + from.minute(), to: 0 };
                let hours =
                    Hours { to: hours.from + u32::try_from(span.to - span.from).unwrap_or(0), ..hours };
                !usual.is_empty() && !usual.touches(from.date(), hours)
            })
            .collect();
        let mut clear = |run: &Range<usize>| {
            missing.iter_mut().take(run.end).skip(run.start).for_each(|cell| *cell = false);
        };
        for absence in people.absences.iter().filter(|a| a.staff == who.id) {
            let run = taken(&spans, absence.span);
            clear(&run);
            if absence.kind != COMES && !run.is_empty() {
                entries.push(away(cx, &who.name, absence, lane, run));
            }
        }
        for shift in people.shifts.iter().filter(|s| s.staff == who.id) {
            let run = taken(&spans, shift.span);
            clear(&run);
            if !run.is_empty() {
                entries.push(entry(cx, &who.name, shift, lane, run, dated));
            }
        }
        rest.extend(not_there(cx, &who.name, lane, &missing, &stripes));
    }
    entries.sort_by_key(|entry| (entry.columns.start, entry.lanes.start));
    entries.extend(rest);
    entries
}

/// People by the half-days of a week.
fn week(cx: &Cx<'_>, wanted: Wanted<'_>) -> Result<Grid, Refusal> {
    let (monday, sunday) = week_of(wanted.day);
    let people = people(cx, wanted.lane, plan::days(monday, sunday))?;
    let columns = halves(cx, monday);
    let entries = fill(cx, &people, &columns, true);
    Ok(Grid {
        heading: format!("{} - {}", keep::short_day(monday), keep::short_day(sunday)),
        axes: cx.t.say("shifts-grid-axes-week"),
        notes: notes(cx, monday.iter_days().take(7)),
        who: cx.t.say("shifts-staff"),
        down: false,
        first: monday,
        lanes: lanes(&people),
        stretch: people.stretch,
        start: (people.at, present(cx, wanted.day)),
        columns: columns.into_iter().map(|(stripe, _)| stripe).collect(),
        entries,
    })
}

/// The column of the present half-day; of the morning on any other day than today.
fn present(cx: &Cx<'_>, day: NaiveDate) -> usize {
    let at = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0) * 2;
    let late = day == cx.now.date() && cx.now.hour() * 60 + cx.now.minute() >= plan_of_day(cx).noon;
    at + usize::from(late)
}

/// People by the half hours of a day.
fn day(cx: &Cx<'_>, wanted: Wanted<'_>) -> Result<Grid, Refusal> {
    let people = people(cx, wanted.lane, plan::days(wanted.day, wanted.day))?;
    let day_plan = plan_of_day(cx);
    let shown = people.shifts.iter().filter(|s| s.day() == wanted.day).map(Shift::hours);
    let from = shown.clone().map(|h| h.from).chain([day_plan.opens]).min().unwrap_or(day_plan.opens);
    let to = shown.map(|h| h.to).chain([day_plan.closes]).max().unwrap_or(day_plan.closes);
    let slots: Vec<u32> = (from / SLOT * SLOT..to).step_by(usize::try_from(SLOT).unwrap_or(30)).collect();
    let column = |slot: &u32| {
        let stripe = Stripe {
            key: slot.to_string(),
            label: clock(*slot),
            from: clock(*slot),
            to: clock(slot + SLOT),
            days: 0,
        };
        (stripe, Span::on(wanted.day, Hours { from: *slot, to: slot + SLOT }))
    };
    let columns: Vec<(Stripe, Span)> = slots.iter().map(column).collect();
    let entries = fill(cx, &people, &columns, false);
    let now = cx.now.hour() * 60 + cx.now.minute();
    let at = slots.iter().rposition(|slot| *slot <= now).filter(|_| wanted.day == cx.now.date()).unwrap_or(0);
    Ok(Grid {
        heading: dates::short_day(wanted.day, cx.now.date(), cx.t.lang()),
        axes: cx.t.say("shifts-grid-axes-day"),
        notes: notes(cx, std::iter::once(wanted.day)),
        who: cx.t.say("shifts-staff"),
        down: false,
        first: wanted.day,
        lanes: lanes(&people),
        stretch: people.stretch,
        start: (people.at, at),
        columns: columns.into_iter().map(|(stripe, _)| stripe).collect(),
        entries,
    })
}

/// Windows by the half-days of a week: who is on duty, and what is booked as duty and has nobody.
fn windows(cx: &Cx<'_>, wanted: Wanted<'_>) -> Result<Grid, Refusal> {
    let (monday, sunday) = week_of(wanted.day);
    let places = duty::places(cx, monday, sunday)?;
    let columns = halves(cx, monday);
    let spans: Vec<Span> = columns.iter().map(|(_, span)| *span).collect();
    let mut entries = Vec::new();
    for shift in duty::shifts(cx, monday, sunday)? {
        let Some(lane) = places.iter().position(|zone| Some(zone.id) == shift.zone) else { continue };
        let who = staff::must_find(cx.db, shift.staff)?;
        let place = places.get(lane).map(|zone| zone.name.clone()).unwrap_or_default();
        let mut one = entry(cx, &who.name, &shift, lane, taken(&spans, shift.span), true);
        one.text = who.name.chars().take(2).collect();
        one.what = format!("{} {}", who.name, one.what);
        one.brief = format!("{} {place} {}", keep::short_day(shift.day()), who.name);
        entries.push(one);
    }
    for open in duty::uncovered(cx, monday, sunday)? {
        let Some(lane) = places.iter().position(|zone| zone.id == open.zone) else { continue };
        let plan = open.plan();
        let what = cx.t.with("shifts-grid-nobody", &[("org", org_name(cx, &open.org))]);
        entries.push(Entry {
            lanes: lane..lane + 1,
            columns: taken(&spans, plan.span()),
            text: cx.t.say("shifts-grid-open"),
            when: format!("{} {}", keep::short_day(open.day), plan.hours().text()),
            brief: format!("{} {} {what}", keep::short_day(open.day), open.place),
            what,
            pending: true,
            leads: Leads::Record(open.no.clone()),
        });
    }
    entries.retain(|entry| !entry.columns.is_empty());
    entries.sort_by_key(|entry| (entry.columns.start, entry.lanes.start));
    let at = places.iter().position(|zone| zone.code == wanted.lane).unwrap_or(0);
    let stripe = |zone: &crate::subjects::zones::records::Zone| Stripe {
        key: zone.code.clone(),
        label: zone.name.clone(),
        ..Stripe::default()
    };
    Ok(Grid {
        heading: format!("{} - {}", keep::short_day(monday), keep::short_day(sunday)),
        axes: cx.t.say("shifts-grid-axes-windows"),
        notes: notes(cx, monday.iter_days().take(7)),
        who: cx.t.say("shifts-zone"),
        down: false,
        first: monday,
        lanes: places.iter().map(stripe).collect(),
        stretch: None,
        start: (at, present(cx, wanted.day)),
        columns: columns.into_iter().map(|(stripe, _)| stripe).collect(),
        entries,
    })
}
