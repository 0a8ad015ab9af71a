//! What is said about tickets: rows, the page of one, what is due and overdue on the first page.

use rusqlite::types::Value;

use crate::desk::locale::Args;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::assets::records::{self as assets, Asset};
use crate::subjects::assets::{pages as asset_pages, state};
use crate::subjects::zones::fields::WARDENS;
use crate::subjects::{DESK, keep};

use super::fields::RECORD;
use super::object;
use super::records::{self, Ticket};
use super::rules::{self, Nearness, Priority, Status};

/// So many tickets have a line of their own on the first page; the others are one line together.
const EACH: usize = 5;
/// Tickets of one asset shown.
const PAST: usize = 8;
/// Cells of a fault in a prompt.
const BRIEF: usize = 12;

/// The columns of a list of tickets.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("tickets-no", 4, false),
        column("tickets-object", 10, false),
        column("tickets-fault", 10, false),
        column("tickets-priority", 2, false),
        column("tickets-due_on", 5, false),
        column("tickets-status", 4, false),
        column("tickets-vendor", 6, false),
    ]
}

/// Where a ticket stands, in a word.
pub(crate) fn status(cx: &Cx<'_>, ticket: &Ticket) -> String {
    cx.catalog.show_word("ticket_statuses", ticket.status.word(), cx.t.lang())
}

fn tail(no: &str) -> String {
    no.rsplit('-').next().unwrap_or_default().to_owned()
}

/// What the done sentences say of a ticket.
pub(crate) fn args(cx: &Cx<'_>, ticket: &Ticket) -> Result<Args, Refusal> {
    let what = keep::one_line(&format!("{} {}", object::say(cx, &ticket.object)?, ticket.fault));
    Ok(vec![("what", what), ("due", keep::short_day(ticket.due)), ("status", status(cx, ticket))])
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(ticket) = records::find(cx.db, *id)? else { continue };
        let what = object::say(cx, &ticket.object)?;
        let urgent = match ticket.priority {
            Priority::Ordinary => String::new(),
            other => cx.catalog.show_word("ticket_priorities", other.word(), cx.t.lang()),
        };
        rows.push(Row {
            reference: ticket.no.clone(),
            brief: keep::clip_cells(&keep::one_line(&format!("{} {what}", ticket.fault)), BRIEF + 6),
            cells: vec![
                tail(&ticket.no),
                what,
                ticket.fault.clone(),
                urgent,
                keep::short_day(ticket.due),
                status(cx, &ticket),
                ticket.vendor,
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// A ticket in a few words, for a prompt.
pub(crate) fn brief(cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
    let ticket = records::must_find(cx.db, id)?;
    let what = cx.t.with("tickets-brief", &[("no", tail(&ticket.no))]);
    Ok(format!("{what} {}", status(cx, &ticket)))
}

/// What the page of one ticket says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let ticket = records::must_find(cx.db, id)?;
    let kept = keep::load(cx, &RECORD, id)?;
    let mut items = Vec::new();
    let mut say = |label: &str, value: String| {
        if !value.is_empty() {
            items.push(Fact { label: cx.t.say(label), value });
        }
    };
    say("tickets-object", object::say(cx, &ticket.object)?);
    if let Some(asset) = ticket.object.asset {
        say("tickets-asset", card(cx, &assets::must_find(cx.db, asset)?)?);
    }
    for name in ["fault", "status", "priority", "due_on", "vendor"] {
        if let Some(field) = RECORD.field(name) {
            say(&format!("tickets-{name}"), reading::on_page(field, keep::value(&RECORD, &kept, name), cx));
        }
    }
    if ticket.status.open()
        && let Nearness::Past(days) = rules::nearness(ticket.due, cx.now.date())
    {
        say("tickets-late", cx.t.with("tickets-days", &[("n", days.to_string())]));
    }
    let first = ["asset", "zone", "object", "fault", "status", "priority", "due_on", "vendor"];
    for (field, value) in RECORD.fields.iter().zip(&kept.values) {
        if !first.contains(&field.name) && !matches!(value, Value::Null) {
            say(&format!("tickets-{}", field.name), reading::on_page(field, value, cx));
        }
    }
    Ok(vec![Part::Facts(Facts { heading: String::new(), items })])
}

/// An asset as a ticket about it says it: which, how it stands, where it belongs.
pub(crate) fn card(cx: &Cx<'_>, asset: &Asset) -> Result<String, Refusal> {
    let place = asset_pages::place(cx, asset)?;
    Ok(keep::one_line(&format!("{} {} {place}", asset.no, state::word(cx, asset.status))))
}

/// What was broken about an asset, for the asset's own page, the newest first.
pub(crate) fn of_asset(cx: &Cx<'_>, asset: i64) -> Result<Facts, Refusal> {
    let mut items = Vec::new();
    for ticket in records::of_asset(cx.db, asset, PAST)? {
        let when = if ticket.status.open() { ticket.due } else { ticket.reported };
        let said =
            format!("{} {} {} {}", ticket.fault, status(cx, &ticket), keep::short_day(when), ticket.vendor);
        items.push(Fact { label: ticket.no.clone(), value: keep::one_line(&said) });
    }
    Ok(Facts { heading: cx.t.say("subject-tickets"), items })
}

/// What is broken in a zone and not mended, for the zone's own page.
pub(crate) fn open_in(cx: &Cx<'_>, zone: i64) -> Result<Facts, Refusal> {
    let mut items = Vec::new();
    for ticket in records::open_in(cx.db, zone)? {
        let value =
            keep::one_line(&format!("{} {} {}", ticket.object.words, ticket.fault, status(cx, &ticket)));
        items.push(Fact { label: ticket.no.clone(), value });
    }
    Ok(Facts { heading: cx.t.say("tickets-heading-open"), items })
}

/// What waits for the office: overdue, due, dangerous, not yet taken on, not yet looked at.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    if !cx.who.holds(DESK) {
        return Ok(Vec::new());
    }
    let mut pressing: Vec<(Press, Ticket)> = Vec::new();
    for ticket in records::open(cx.db, limit)? {
        if let Some(press) = press(cx, &ticket) {
            pressing.push((press, ticket));
        }
    }
    pressing.sort_by_key(|(press, ticket)| (*press, ticket.priority, ticket.due));
    let more = pressing.len().saturating_sub(EACH);
    // Of one alone it is as short to say what it is.
    let each = if more == 1 { EACH + 1 } else { EACH };
    let rest = pressing.get(each).map(|(press, ticket)| (*press, ticket.due));
    let mut duties: Vec<Duty> = pressing
        .iter()
        .take(each)
        .map(|(press, ticket)| one(cx, *press, ticket))
        .collect::<Result<_, _>>()?;
    if let Some((press, day)) = rest {
        duties.push(Duty {
            press,
            day: Some(day),
            reference: String::new(),
            list: "tickets.open".to_owned(),
            what: cx.t.with("tickets-duty-more", &[("n", more.to_string())]),
            when: String::new(),
            who: String::new(),
            ..Duty::default()
        });
    }
    Ok(duties)
}

fn press(cx: &Cx<'_>, ticket: &Ticket) -> Option<Press> {
    let new = ticket.status == Status::Reported && cx.who.holds(WARDENS);
    match rules::nearness(ticket.due, cx.now.date()) {
        Nearness::Past(_) => Some(Press::Overdue),
        Nearness::Today => Some(Press::Today),
        _ if ticket.priority == Priority::Dangerous || new => Some(Press::Today),
        Nearness::Week => Some(Press::Week),
        Nearness::Later if ticket.status == Status::Checking => Some(Press::Open),
        Nearness::Later => None,
    }
}

fn one(cx: &Cx<'_>, press: Press, ticket: &Ticket) -> Result<Duty, Refusal> {
    let what = keep::one_line(&format!("{} {}", object::say(cx, &ticket.object)?, ticket.fault));
    let when = match rules::nearness(ticket.due, cx.now.date()) {
        Nearness::Past(days) => cx.t.with("tickets-days", &[("n", days.to_string())]),
        Nearness::Today => cx.t.say("press-today"),
        _ => keep::short_day(ticket.due),
    };
    Ok(Duty {
        press,
        day: Some(ticket.due),
        reference: ticket.no.clone(),
        list: String::new(),
        what: cx.t.with("tickets-duty", &[("no", tail(&ticket.no)), ("what", what)]),
        when,
        who: if ticket.vendor.is_empty() { status(cx, ticket) } else { ticket.vendor.clone() },
        ..Duty::default()
    })
}
