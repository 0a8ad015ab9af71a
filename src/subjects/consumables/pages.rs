//! What is said about items that are used up: rows, the page of one with its last moves and who drew it, what is to be bought.

use rusqlite::types::Value;

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::moves::{pages as moves, records as moved};
use crate::subjects::{keep, org_name};
use crate::values::money::Fen;

use super::fields::{RECORD, STOREKEEPERS};
use super::records::{self, Item};
use super::rules;

/// Moves shown on the page of an item.
const MOVES: i64 = 12;

/// The columns of a list of items.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("consumables-name", 10, false),
        column("consumables-quantity", 4, true),
        column("consumables-unit", 4, false),
        column("consumables-reorder_level", 4, true),
        column("consumables-average", 8, true),
        column("consumables-worth", 10, true),
        column("consumables-no", 6, false),
    ]
}

/// So many units of it (`3 包`).
pub(crate) fn units(item: &Item, n: i64) -> String {
    format!("{n} {}", item.unit)
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(item) = records::find(cx.db, *id)? else { continue };
        let low = if item.low() { cx.t.say("consumables-mark-low") } else { String::new() };
        let brief =
            format!("{} {} {low}", keep::clip_cells(&item.name, 11), units(&item, item.shelf.quantity));
        rows.push(Row {
            reference: item.no.clone(),
            brief: keep::clip_cells(brief.trim_end(), 20),
            cells: vec![
                item.name.clone(),
                item.shelf.quantity.to_string(),
                item.unit.clone(),
                item.reorder_level.to_string(),
                rules::average(item.shelf).map(|fen| Fen(fen).to_string()).unwrap_or_default(),
                Fen(item.shelf.worth).to_string(),
                item.no,
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What the page of one item says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let item = records::must_find(cx.db, id)?;
    let kept = keep::load(cx, &RECORD, id)?;
    let mut items = Vec::new();
    for (field, value) in RECORD.fields.iter().zip(&kept.values) {
        if matches!(value, Value::Null) {
            continue;
        }
        let value = match field.name {
            "quantity" | "reorder_level" => units(&item, keep::plain(value).parse().unwrap_or(0)),
            _ => reading::on_page(field, value, cx),
        };
        items.push(Fact { label: cx.t.say(&format!("consumables-{}", field.name)), value });
    }
    if let Some(fen) = rules::average(item.shelf) {
        items.push(Fact { label: cx.t.say("consumables-average"), value: Fen(fen).to_string() });
    }
    if item.low() {
        let n = rules::suggested(item.shelf.quantity, item.reorder_level);
        let value = cx.t.with("consumables-suggest", &[("units", units(&item, n))]);
        items.push(Fact { label: cx.t.say("consumables-to-buy"), value });
    }
    if item.closed {
        items.push(Fact { label: cx.t.say("consumables-closed"), value: cx.t.say("yes") });
    }
    let mut parts = vec![Part::Facts(Facts { heading: String::new(), items })];
    let mut section = |heading: &str, items: Vec<Fact>| {
        if !items.is_empty() {
            parts.push(Part::Facts(Facts { heading: cx.t.say(heading), items }));
        }
    };
    let drawn = |(org, drawn): (String, rules::Stock)| Fact {
        label: org_name(cx, &org),
        value: format!("{} {}", units(&item, drawn.quantity), Fen(drawn.worth)),
    };
    section("consumables-heading-drawn", moved::drawn_by_all(cx.db, id)?.into_iter().map(drawn).collect());
    let last = moved::last_of(cx.db, id, MOVES)?;
    section("consumables-heading-moves", last.iter().map(|m| moves::fact(cx, m)).collect());
    Ok(parts)
}

/// What is at its reorder level or below it and not on order yet.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    if !cx.who.holds(STOREKEEPERS) {
        return Ok(Vec::new());
    }
    let duty = |item: Item| {
        let n = rules::suggested(item.shelf.quantity, item.reorder_level);
        let args = [
            ("name", item.name.clone()),
            ("left", units(&item, item.shelf.quantity)),
            ("level", item.reorder_level.to_string()),
        ];
        Duty {
            press: Press::Today,
            day: None,
            reference: item.no.clone(),
            list: String::new(),
            what: cx.t.with("consumables-duty-low", &args),
            when: cx.t.with("consumables-suggest", &[("units", units(&item, n))]),
            who: String::new(),
            ..Duty::default()
        }
    };
    Ok(records::to_buy(cx.db)?.into_iter().take(limit).map(duty).collect())
}
