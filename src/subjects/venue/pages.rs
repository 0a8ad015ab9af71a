//! What is said about bookings: rows, the page of one, what comes next in a zone, how the day stands.

use rusqlite::types::Value;

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::zones::records as zones;
use crate::subjects::{keep, org_name};
use crate::values::dates;

use super::fields::RECORD;
use super::records::{self, Booking};
use super::rules::Status;

/// Cells of a purpose in a prompt.
const BRIEF: usize = 8;
/// The most lines the side of the today page gives to the day's bookings.
const OF_TODAY: usize = 6;

/// The columns of a list of bookings.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("venue-day", 7, false),
        column("venue-hours", 11, false),
        column("venue-zone", 6, false),
        column("venue-org", 2, false),
        column("venue-purpose", 8, false),
        column("venue-people", 3, true),
        column("venue-status", 3, false),
    ]
}

fn status(cx: &Cx<'_>, booking: &Booking) -> String {
    cx.catalog.show_word("booking_statuses", booking.status.word(), cx.t.lang())
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(booking) = records::find(cx.db, *id)? else { continue };
        let zone = zones::must_find(cx.db, booking.zone)?.name;
        let begins = booking.starts.format("%H:%M");
        rows.push(Row {
            reference: booking.no.clone(),
            brief: format!(
                "{} {} {begins}",
                keep::clip_cells(&booking.purpose, BRIEF),
                keep::short_day(booking.day())
            ),
            cells: vec![
                dates::short_day(booking.day(), cx.now.date(), cx.t.lang()),
                booking.hours().text(),
                zone,
                org_name(cx, &booking.org),
                booking.purpose.clone(),
                booking.people.map(|n| n.to_string()).unwrap_or_default(),
                status(cx, &booking),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// The booking in a few words, for a prompt.
pub(crate) fn brief(cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
    let booking = records::must_find(cx.db, id)?;
    let tail = booking.no.rsplit('-').next().unwrap_or_default().to_owned();
    let what = cx.t.with("venue-brief", &[("no", tail)]);
    Ok(format!("{what} {}", status(cx, &booking)))
}

/// What the page of one booking says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let booking = records::must_find(cx.db, id)?;
    let mut parts = vec![Part::Facts(head(cx, &booking)?)];
    for facts in [way(cx, &booking)?, siblings(cx, &booking)?] {
        if !facts.items.is_empty() {
            parts.push(Part::Facts(facts));
        }
    }
    Ok(parts)
}

/// What the page begins with.
pub(crate) fn card(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    Ok(Part::Facts(head(cx, &records::must_find(cx.db, id)?)?))
}

fn head(cx: &Cx<'_>, booking: &Booking) -> Result<Facts, Refusal> {
    let zone = zones::must_find(cx.db, booking.zone)?;
    let kept = keep::load(cx, &RECORD, booking.id)?;
    let mut items = Vec::new();
    let mut say = |label: &str, value: String| {
        if !value.is_empty() {
            items.push(Fact { label: cx.t.say(label), value });
        }
    };
    say("venue-purpose", booking.purpose.clone());
    let day = dates::short_day(booking.day(), cx.now.date(), cx.t.lang());
    say("venue-when", format!("{day} {}", booking.hours().text()));
    say("venue-zone", format!("{} {}", zone.name, zone.code));
    say("venue-org", org_name(cx, &booking.org));
    say("venue-status", status(cx, booking));
    if let Some(people) = booking.people {
        let room = zone.capacity.map(|n| n.to_string()).unwrap_or_default();
        say("venue-people", cx.t.with("venue-people-of", &[("n", people.to_string()), ("room", room)]));
    }
    if booking.setup + booking.cleanup > 0 {
        let args = [("setup", booking.setup.to_string()), ("cleanup", booking.cleanup.to_string())];
        say("venue-around", cx.t.with("venue-around-value", &args));
    }
    for name in ["kind", "needs", "equipment", "applicant"] {
        if let Some(field) = RECORD.field(name) {
            say(&format!("venue-{name}"), reading::on_page(field, keep::value(&RECORD, &kept, name), cx));
        }
    }
    say("venue-no", booking.no.clone());
    Ok(Facts { heading: String::new(), items })
}

/// How it came to stand where it stands.
fn way(cx: &Cx<'_>, booking: &Booking) -> Result<Facts, Refusal> {
    let kept = keep::load(cx, &RECORD, booking.id)?;
    let mut items = Vec::new();
    let mut say = |label: &str, value: String| {
        if !value.is_empty() {
            items.push(Fact { label: cx.t.say(label), value });
        }
    };
    let text = |name: &str| match keep::value(&RECORD, &kept, name) {
        Value::Null => String::new(),
        value => keep::plain(value),
    };
    say("venue-approver", text("approver"));
    let warned: Vec<String> =
        keep::parts(&text("warnings")).iter().map(|word| cx.t.say(&format!("venue-warned-{word}"))).collect();
    say("venue-warnings", keep::joined(&warned, cx.t));
    say("venue-override_reason", text("override_reason"));
    say("venue-refused_reason", text("refused_reason"));
    if let Some(to) = booking.moved_to {
        say("venue-moved-to", records::must_find(cx.db, to)?.no);
    }
    say("venue-uid", text("uid"));
    Ok(Facts { heading: cx.t.say("venue-heading-way"), items })
}

/// The other days of its series.
fn siblings(cx: &Cx<'_>, booking: &Booking) -> Result<Facts, Refusal> {
    let Some(series) = booking.series else { return Ok(Facts::default()) };
    let (no, rule, skipped) = records::series(cx.db, series)?;
    let all = records::of_series(cx.db, series)?;
    let at = all.iter().position(|b| b.id == booking.id).map_or(0, |at| at + 1);
    let args = [("no", no), ("at", at.to_string()), ("n", all.len().to_string())];
    let mut items = vec![
        Fact { label: cx.t.say("venue-series"), value: cx.t.with("venue-series-value", &args) },
        Fact { label: cx.t.say("venue-repeat"), value: rule },
    ];
    let days: Vec<String> = all
        .iter()
        .map(|b| match b.status {
            Status::Confirmed | Status::InUse | Status::Finished => keep::short_day(b.day()),
            _ => format!("{}({})", keep::short_day(b.day()), status(cx, b)),
        })
        .collect();
    items.push(Fact { label: cx.t.say("venue-days"), value: days.join(" ") });
    let left: Vec<String> =
        keep::parts(&skipped).iter().filter_map(|iso| Some(keep::short_day(iso.parse().ok()?))).collect();
    if !left.is_empty() {
        items.push(Fact { label: cx.t.say("venue-finding-skipped"), value: left.join(" ") });
    }
    Ok(Facts { heading: cx.t.say("venue-series"), items })
}

/// What comes next in a zone, for the zone's own page.
pub(crate) fn coming(cx: &Cx<'_>, zone: i64, most: i64) -> Result<Facts, Refusal> {
    let midnight = cx.now.date().and_time(chrono::NaiveTime::MIN);
    let fact = |b: Booking| Fact {
        label: format!("{} {}", dates::short_day(b.day(), cx.now.date(), cx.t.lang()), b.hours().text()),
        value: format!("{} {} {}", org_name(cx, &b.org), b.purpose, status(cx, &b)),
    };
    let items = records::coming(cx.db, zone, midnight, most)?.into_iter().map(fact).collect();
    Ok(Facts { heading: cx.t.say("venue-heading-coming"), items })
}

/// How the day stands, for the side of the today page.
pub(crate) fn standing(cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
    let today = cx.now.date();
    let held = records::held(cx.db, today, today)?;
    let mut said = Vec::new();
    for booking in held.iter().take(OF_TODAY) {
        let zone = zones::must_find(cx.db, booking.zone)?.name;
        let mark = if booking.status == Status::Pending { "?" } else { "" };
        let what = format!("{zone} {} {}{mark}", org_name(cx, &booking.org), booking.purpose);
        said.push((booking.starts.format("%H:%M").to_string(), what));
    }
    if held.len() > OF_TODAY {
        let more = (held.len() - OF_TODAY).to_string();
        said.push((cx.t.say("subject-venue"), cx.t.with("venue-more-today", &[("n", more)])));
    }
    Ok(said)
}
