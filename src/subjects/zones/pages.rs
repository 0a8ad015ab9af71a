//! What is said about zones: rows, the page of one with what is broken in it and who comes next, what the premises lack (G-6.1.2, G-6.1.3).

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling::{self, Told};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::{keep, org_name, signs, tickets, venue};

use super::records::{self, Zone};

/// The columns of a list of zones.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("zones-name", 8, false),
        column("zones-code", 6, false),
        column("zones-kind", 6, false),
        column("zones-capacity", 4, true),
        column("zones-dedicated_to", 4, false),
        column("zones-features", 12, false),
    ]
}

fn owners(cx: &Cx<'_>, zone: &Zone) -> String {
    let names: Vec<String> = zone.dedicated.iter().map(|code| org_name(cx, code)).collect();
    keep::joined(&names, cx.t)
}

fn offers(cx: &Cx<'_>, zone: &Zone) -> String {
    let words: Vec<String> =
        zone.features.iter().map(|kept| cx.catalog.show_word("features", kept, cx.t.lang())).collect();
    keep::joined(&words, cx.t)
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(zone) = records::find(cx.db, *id)? else { continue };
        let capacity = zone.capacity.map(|n| n.to_string()).unwrap_or_default();
        let name = keep::clip_cells(&zone.name, 14);
        rows.push(Row {
            reference: zone.code.clone(),
            brief: match zone.capacity {
                Some(n) => cx.t.with("zones-brief", &[("name", name), ("n", n.to_string())]),
                None => name,
            },
            cells: vec![
                zone.name.clone(),
                zone.code.clone(),
                cx.catalog.show_word("zone_kinds", &zone.kind, cx.t.lang()),
                capacity,
                owners(cx, &zone),
                offers(cx, &zone),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What the page of one zone says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let zone = records::must_find(cx.db, id)?;
    let mut items = telling::facts_as(cx, &super::Zones, id, |name, _| match name {
        "opens" | "closes" => Told::Elsewhere,
        _ => Told::AsKept,
    })?;
    let mut say = |label: &str, value: String| {
        if !value.is_empty() {
            items.push(Fact { label: cx.t.say(label), value });
        }
    };
    say("zones-open", zone.open(venue::office_hours(cx)).text());
    if zone.closed {
        say("zones-closed_on", cx.t.say("yes"));
    }
    let mut parts = vec![Part::Facts(Facts { heading: String::new(), items })];
    let inside = records::within(cx.db, id)?;
    if !inside.is_empty() {
        let fact = |zone: &Zone| Fact { label: zone.code.clone(), value: zone.name.clone() };
        let items = inside.iter().map(fact).collect();
        parts.push(Part::Facts(Facts { heading: cx.t.say("zones-heading-inside"), items }));
    }
    for facts in [signs::of_zone(cx, id)?, tickets::pages::open_in(cx, id)?, venue::pages::coming(cx, id, 8)?]
    {
        if !facts.items.is_empty() {
            parts.push(Part::Facts(facts));
        }
    }
    Ok(parts)
}

/// What the premises lack: one of the three classes, a place of an association's own. To know, not to hurry (`INFO`).
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let zones = records::open(cx.db)?;
    if zones.is_empty() || !cx.who.holds(super::fields::WARDENS) {
        return Ok(Vec::new());
    }
    let mut duties = Vec::new();
    let mut lack = |what: String| {
        duties.push(Duty {
            press: Press::Open,
            day: None,
            reference: String::new(),
            list: "zones.open".to_owned(),
            what,
            when: String::new(),
            who: String::new(),
            ..Duty::default()
        });
    };
    for class in cx.catalog.words("zone_classes") {
        if !zones.iter().any(|zone| zone.class == class.kept || zone.name == class.kept) {
            let name = cx.catalog.show_word("zone_classes", &class.kept, cx.t.lang());
            lack(cx.t.with("zones-duty-class", &[("class", name)]));
        }
    }
    for member in cx.catalog.members() {
        if !zones.iter().any(|zone| zone.dedicated.contains(&member.code)) {
            lack(cx.t.with("zones-duty-own", &[("org", org_name(cx, &member.code))]));
        }
    }
    duties.truncate(limit);
    Ok(duties)
}
