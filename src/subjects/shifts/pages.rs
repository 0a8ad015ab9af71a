//! What is said about shifts: rows, the page of one, what waits, who is where today; and what a person's own page says of them.

use chrono::{Days, NaiveDateTime, NaiveTime};
use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::leave::records as leave;
use crate::subjects::staff::records as staff;
use crate::subjects::zones::records as zones;
use crate::subjects::{KEEPERS, keep, org_name};
use crate::values::dates;

use super::fields::RECORD;
use super::plan;
use super::records::{self, Shift};
use super::rules::Status;

/// The most lines the side of the today page gives to one's own day.
const OF_TODAY: usize = 4;
/// Days back in which what nobody closed is a duty.
const BACK: u64 = 14;
/// Days ahead in which somebody who is away is missed.
const AHEAD: u64 = 14;

/// The columns of a list of shifts.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![
        column("shifts-day", 7),
        column("shifts-hours", 11),
        column("shifts-staff", 4),
        column("shifts-org", 2),
        column("shifts-task", 8),
        column("shifts-zone", 6),
        column("shifts-status", 3),
    ]
}

fn status(cx: &Cx<'_>, shift: &Shift) -> String {
    cx.catalog.show_word("shift_statuses", shift.status.word(), cx.t.lang())
}

fn place(cx: &Cx<'_>, shift: &Shift) -> Result<String, Refusal> {
    Ok(match shift.zone {
        Some(zone) => zones::must_find(cx.db, zone)?.name,
        None => String::new(),
    })
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(shift) = records::find(cx.db, *id)? else { continue };
        let who = staff::must_find(cx.db, shift.staff)?;
        let begins = shift.starts.format("%H:%M");
        rows.push(Row {
            reference: shift.no.clone(),
            brief: format!("{} {} {begins}", keep::clip_cells(&who.name, 8), keep::short_day(shift.day())),
            cells: vec![
                dates::short_day(shift.day(), cx.now.date(), cx.t.lang()),
                shift.hours().text(),
                who.name,
                org_name(cx, &shift.org),
                shift.task.clone(),
                place(cx, &shift)?,
                status(cx, &shift),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// The shift in a few words, for a prompt.
pub(crate) fn brief(cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
    let shift = records::must_find(cx.db, id)?;
    let who = staff::must_find(cx.db, shift.staff)?;
    Ok(format!("{} {}", keep::clip_cells(&who.name, 10), status(cx, &shift)))
}

/// What the page of one shift says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let shift = records::must_find(cx.db, id)?;
    let mut parts = vec![Part::Facts(head(cx, &shift)?)];
    let way = way(cx, &shift)?;
    if !way.items.is_empty() {
        parts.push(Part::Facts(way));
    }
    Ok(parts)
}

/// What the page begins with.
pub(crate) fn card(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    Ok(Part::Facts(head(cx, &records::must_find(cx.db, id)?)?))
}

fn head(cx: &Cx<'_>, shift: &Shift) -> Result<Facts, Refusal> {
    let who = staff::must_find(cx.db, shift.staff)?;
    let mut items = Vec::new();
    let mut say = |label: &str, value: String| {
        if !value.is_empty() {
            items.push(Fact { label: cx.t.say(label), value });
        }
    };
    let day = dates::short_day(shift.day(), cx.now.date(), cx.t.lang());
    say("shifts-staff", format!("{} {}", who.name, who.code));
    say("shifts-when", format!("{day} {}", shift.hours().text()));
    say("shifts-org", org_name(cx, &shift.org));
    say("shifts-task", shift.task.clone());
    say("shifts-zone", place(cx, shift)?);
    say("shifts-status", status(cx, shift));
    if let Some(to) = shift.swap_to {
        say("shifts-swap_to", staff::must_find(cx.db, to)?.name);
    }
    say("shifts-kind", cx.catalog.show_word("shift_kinds", &shift.kind, cx.t.lang()));
    say("shifts-no", shift.no.clone());
    Ok(Facts { heading: String::new(), items })
}

/// How it came to stand where it stands.
fn way(cx: &Cx<'_>, shift: &Shift) -> Result<Facts, Refusal> {
    let kept = keep::load(cx, &RECORD, shift.id)?;
    let text = |name: &str| match keep::value(&RECORD, &kept, name) {
        Value::Null => String::new(),
        value => keep::plain(value),
    };
    let mut items = Vec::new();
    let mut say = |label: &str, value: String| {
        if !value.is_empty() {
            items.push(Fact { label: cx.t.say(label), value });
        }
    };
    if let Some(minutes) = shift.minutes {
        say("shifts-worked", cx.t.with("shifts-hours-value", &[("hours", plan::as_hours(minutes))]));
    }
    if let Some(rating) = shift.rating {
        say("shifts-rating", cx.catalog.show_word("ratings", &rating.to_string(), cx.t.lang()));
    }
    say("shifts-result", text("result"));
    let warned: Vec<String> = keep::parts(&text("warnings"))
        .iter()
        .map(|word| cx.t.say(&format!("shifts-warned-{word}")))
        .collect();
    say("shifts-warnings", keep::joined(&warned, cx.t));
    say("shifts-override_reason", text("override_reason"));
    say("shifts-ended_reason", text("ended_reason"));
    if let Some(with) = shift.swap_with {
        say("shifts-swap_with", records::must_find(cx.db, with)?.no);
    }
    say("shifts-swap_reason", text("swap_reason"));
    if let Some(request) = shift.request {
        say("shifts-request", crate::subjects::staffing::records::must_find(cx.db, request)?.no);
    }
    Ok(Facts { heading: cx.t.say("shifts-heading-way"), items })
}

/// What somebody does next, and what they have done this year, for their own page.
pub(crate) fn of_person(cx: &Cx<'_>, staff: i64) -> Result<Facts, Refusal> {
    let today = cx.now.date();
    let mut items = Vec::new();
    for shift in records::of(cx.db, staff, plan::days(today, today + Days::new(60)), 6)? {
        let day = dates::short_day(shift.day(), today, cx.t.lang());
        items.push(Fact {
            label: format!("{day} {}", shift.hours().text()),
            value: format!("{} {}", org_name(cx, &shift.org), shift.task),
        });
    }
    for absence in leave::of(cx.db, staff, plan::days(today, today + Days::new(60)))?.iter().take(4) {
        items.push(Fact {
            label: crate::subjects::leave::when(cx, absence),
            value: cx.catalog.show_word("absence_kinds", &absence.kind, cx.t.lang()),
        });
    }
    let back = cx.catalog.rule("roster_load").value.unsigned_abs();
    let month: i64 = records::of(cx.db, staff, plan::days(today - Days::new(back), today), usize::MAX)?
        .iter()
        .map(|s| s.span.to - s.span.from)
        .sum();
    if month > 0 {
        let args = [("days", back.to_string()), ("hours", plan::as_hours(month))];
        items.push(Fact { label: cx.t.say("shifts-load"), value: cx.t.with("shifts-reason-load", &args) });
    }
    let year = today.format("%Y-01-01").to_string().parse().unwrap_or(today);
    let (times, minutes) = records::worked(cx.db, staff, year, today)?;
    if times > 0 {
        let args = [("n", times.to_string()), ("hours", plan::as_hours(minutes))];
        items.push(Fact {
            label: cx.t.say("shifts-this-year"),
            value: cx.t.with("shifts-worked-value", &args),
        });
    }
    Ok(Facts { heading: cx.t.say("subject-shifts"), items })
}

/// One's own day, for the side of the today page.
pub(crate) fn standing(cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
    let today = cx.now.date();
    let Some(own) = staff::of_operator(cx.db, cx.who.id)? else { return Ok(Vec::new()) };
    let mut said = Vec::new();
    for shift in records::of(cx.db, own.id, plan::days(today, today), OF_TODAY)? {
        let what = format!("{} {} {}", org_name(cx, &shift.org), shift.task, place(cx, &shift)?);
        said.push((
            shift.starts.format("%H:%M").to_string(),
            cx.t.with("shifts-own", &[("what", keep::one_line(&what))]),
        ));
    }
    Ok(said)
}

/// A minute as kept.
fn iso(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M").to_string()
}

/// What shifts wait for: a yes to a swap, somebody in place of who is away, a word on how it went.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let today = cx.now.date();
    let mut duties = Vec::new();
    let duty = |press: Press, shift: &Shift, id: &str, why: String| -> Result<Duty, Refusal> {
        let name = staff::must_find(cx.db, shift.staff)?.name;
        let args = [("name", name), ("task", shift.task.clone()), ("why", why)];
        Ok(Duty {
            press,
            day: Some(shift.day()),
            reference: shift.no.clone(),
            list: String::new(),
            what: cx.t.with(id, &args),
            when: format!("{} {}", keep::short_day(shift.day()), shift.starts.format("%H:%M")),
            who: org_name(cx, &shift.org),
            ..Duty::default()
        })
    };
    let press = |shift: &Shift| match (shift.day() - today).num_days() {
        ..0 => Press::Overdue,
        0 => Press::Today,
        _ => Press::Week,
    };
    if cx.who.holds(KEEPERS) {
        for shift in records::swapping(cx.db, limit)? {
            let to = shift.swap_to.map(|to| staff::must_find(cx.db, to)).transpose()?;
            duties.push(duty(
                press(&shift),
                &shift,
                "shifts-duty-swap",
                to.map(|who| who.name).unwrap_or_default(),
            )?);
        }
    }
    let orgs = cx.who.associations();
    let concerns = |shift: &Shift| orgs.is_empty() || orgs.contains(&shift.org.as_str());
    let until = (today + Days::new(AHEAD)).and_time(NaiveTime::MIN);
    for absence in leave::within(cx.db, plan::days(today, until.date()))? {
        if absence.kind == leave::COMES {
            continue;
        }
        for shift in records::rivals(cx.db, absence.staff, absence.span, &[])? {
            if shift.status == Status::Planned && shift.ends > cx.now && concerns(&shift) {
                let why = cx.catalog.show_word("absence_kinds", &absence.kind, cx.t.lang());
                duties.push(duty(press(&shift), &shift, "shifts-duty-away", why)?);
            }
        }
    }
    let since = iso((today - Days::new(BACK)).and_time(NaiveTime::MIN));
    for shift in records::planned(cx.db, &since, &iso(cx.now), limit)? {
        if shift.ends <= cx.now && concerns(&shift) {
            duties.push(duty(Press::Today, &shift, "shifts-duty-unclosed", String::new())?);
        }
    }
    if cx.who.holds(KEEPERS) {
        for open in super::duty::uncovered(cx, today, today + Days::new(6))? {
            let args = [("place", open.place), ("org", org_name(cx, &open.org))];
            duties.push(Duty {
                press: if open.day == today { Press::Today } else { Press::Week },
                day: Some(open.day),
                reference: String::new(),
                list: "shifts.windows".to_owned(),
                what: cx.t.with("shifts-duty-window", &args),
                when: keep::short_day(open.day),
                who: org_name(cx, &open.org),
                ..Duty::default()
            });
        }
    }
    duties.sort_by_key(|duty| (duty.press, duty.day));
    duties.truncate(limit);
    Ok(duties)
}
