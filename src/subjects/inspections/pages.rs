//! What is said about rounds: the page of one with everything that was looked at, which are due.

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling::{self, Told};
use crate::desk::view::{Fact, Facts, Part, Row};
use crate::subjects::tickets::rules::{Nearness, nearness};
use crate::subjects::tickets::{pages as ticket_pages, records as tickets};
use crate::subjects::zones::records as zones;
use crate::subjects::{DESK, keep};

use super::Inspections;
use super::inspect;
use super::records::{self, Item};
use super::rules::{self, Found, Kind};

/// List rows: in a few words which round, of which day.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = telling::rows(cx, &Inspections, ids)?;
    for (row, id) in rows.iter_mut().zip(ids) {
        row.brief = brief(cx, *id)?;
    }
    Ok(rows)
}

/// A round in a few words.
pub(crate) fn brief(cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
    let round = records::must_find(cx.db, id)?;
    Ok(format!("{} {}", name(cx, &round.kind), keep::short_day(round.on)))
}

fn name(cx: &Cx<'_>, kind: &str) -> String {
    cx.catalog.show_word("round_kinds", kind, cx.t.lang())
}

/// What the page of one round says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let round = records::must_find(cx.db, id)?;
    let told = |field: &'static str, _: &rusqlite::types::Value| match field {
        // Told below, item by item.
        "abnormal" | "findings" => Told::Elsewhere,
        _ => Told::AsKept,
    };
    let items = telling::facts_as(cx, &Inspections, id, told)?;
    let list = rules::kind(&round.kind).map(|kind| kind.list);
    let mut looked_at = Vec::new();
    for item in records::items(cx.db, id)? {
        let label =
            list.map_or_else(|| item.item.clone(), |set| cx.catalog.show_word(set, &item.item, cx.t.lang()));
        looked_at.push(Fact { label, value: found(cx, &item)? });
    }
    let mut parts = vec![Part::Facts(Facts { heading: String::new(), items })];
    parts.push(Part::Facts(Facts { heading: cx.t.say("inspections-heading-items"), items: looked_at }));
    Ok(parts)
}

/// How an item was found; what is wrong, where, and how far its ticket has got.
pub(crate) fn found(cx: &Cx<'_>, item: &Item) -> Result<String, Refusal> {
    let word = cx.catalog.show_word("round_results", item.found.word(), cx.t.lang());
    if item.found != Found::NotInOrder {
        return Ok(word);
    }
    let place = match item.zone {
        Some(zone) => zones::must_find(cx.db, zone)?.name,
        None => String::new(),
    };
    let ticket = match item.ticket {
        Some(ticket) => {
            let ticket = tickets::must_find(cx.db, ticket)?;
            format!("{} {}", ticket.no, ticket_pages::status(cx, &ticket))
        }
        None => String::new(),
    };
    Ok(keep::one_line(&format!("{word} {place} {} {ticket}", item.note)))
}

/// Rounds that are overdue, due, or due soon, for whoever goes round.
pub(crate) fn today(cx: &Cx<'_>) -> Result<Vec<Duty>, Refusal> {
    if !cx.who.holds(DESK) || zones::open(cx.db)?.is_empty() {
        return Ok(Vec::new());
    }
    let soon = cx.catalog.rule("round_reminder").value;
    let mut duties = Vec::new();
    for kind in rules::KINDS {
        let due = inspect::due(cx, kind)?;
        let (press, when) = match due.map(|day| (day, nearness(day, cx.now.date()))) {
            None => (Press::Today, cx.t.say("inspections-never")),
            Some((_, Nearness::Past(days))) => {
                (Press::Overdue, cx.t.with("tickets-days", &[("n", days.to_string())]))
            }
            Some((_, Nearness::Today)) => (Press::Today, cx.t.say("press-today")),
            Some((day, _)) if (day - cx.now.date()).num_days() <= soon => (Press::Week, keep::short_day(day)),
            Some(_) => continue,
        };
        duties.push(duty(cx, kind, press, due, when)?);
    }
    Ok(duties)
}

fn duty(
    cx: &Cx<'_>,
    kind: Kind,
    press: Press,
    day: Option<chrono::NaiveDate>,
    when: String,
) -> Result<Duty, Refusal> {
    let last = records::last(cx.db, kind.word)?.map(keep::short_day).unwrap_or_default();
    let id = if last.is_empty() { "inspections-duty-first" } else { "inspections-duty" };
    Ok(Duty {
        press,
        day: Some(day.unwrap_or_else(|| cx.now.date())),
        begins: Some(("inspections.inspect", vec![("kind", name(cx, kind.word))])),
        what: cx.t.with(id, &[("kind", name(cx, kind.word)), ("last", last)]),
        when,
        ..Duty::default()
    })
}
