//! What is said about lines of a stocktake: their rows, and the page of one.

use rusqlite::types::Value;

use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Book, Cx};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::{keep, org_name};

use super::counting::place_name;
use super::fields::RECORD;
use super::records::{self, Tally};
use super::rules;

/// The columns of a list of lines.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![
        column("tallies-tag", 9),
        column("tallies-name", 8),
        column("tallies-result", 4),
        column("tallies-place", 8),
        column("tallies-found_place", 8),
        column("tallies-owner", 4),
        column("tallies-decision", 4),
        column("tallies-counted_by", 6),
    ]
}

fn place(cx: &Cx<'_>, place: Option<i64>) -> Result<String, Refusal> {
    if place.is_none() { Ok(String::new()) } else { place_name(cx, place) }
}

fn result(cx: &Cx<'_>, line: &Tally) -> String {
    let word = |found: rules::Found| cx.catalog.show_word("tally_results", found.word(), cx.t.lang());
    line.found.map(word).unwrap_or_default()
}

fn row(cx: &Cx<'_>, line: &Tally) -> Result<Row, Refusal> {
    let found = result(cx, line);
    let decision = line.decision.map(|d| cx.catalog.show_word("tally_decisions", d.word(), cx.t.lang()));
    let first = if found.is_empty() { keep::clip_cells(&line.name, 9) } else { found.clone() };
    Ok(Row {
        reference: line.no.clone(),
        brief: keep::clip_cells(&format!("{} {first}", line.tag), 20),
        cells: vec![
            line.tag.clone(),
            line.name.clone(),
            found,
            place(cx, line.book.place)?,
            place(cx, line.found_place)?,
            if line.owner.is_empty() { String::new() } else { org_name(cx, &line.owner) },
            decision.unwrap_or_default(),
            line.counted_by.clone(),
        ],
        ..Row::default()
    })
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(line) = records::find(cx.db, *id)? {
            rows.push(row(cx, &line)?);
        }
    }
    Ok(rows)
}

/// What was counted, as a book: opened at its end, where the counting goes on.
pub(crate) fn book(cx: &Cx<'_>, ids: &[i64]) -> Result<Book, Refusal> {
    Ok(Book { columns: columns(cx), rows: rows(cx, ids)?, ..Book::default() })
}

/// The thing a form asks about, as it would stand among those that were counted.
pub(crate) fn row_of(cx: &Cx<'_>, form: &FormState) -> Vec<String> {
    let about = form.slot("about").and_then(|slot| slot.text.parse().ok());
    let line = about.and_then(|id| records::find(cx.db, id).ok().flatten());
    let blank = vec![cx.t.say("tallies-row-blank")];
    let blind = line.as_ref().is_some_and(|line| {
        crate::subjects::stocktakes::records::find(cx.db, line.stocktake)
            .is_ok_and(|of| of.is_some_and(|of| of.blind))
    });
    match line.filter(|_| !blind) {
        Some(line) => row(cx, &line).map_or(blank, |row| row.cells),
        None => blank,
    }
}

/// What the page of one line says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let kept = keep::load(cx, &RECORD, id)?;
    let mut items = Vec::new();
    for (field, value) in RECORD.fields.iter().zip(&kept.values) {
        let nothing = matches!(value, Value::Null) || *value == Value::Text(String::new());
        if nothing
            || matches!(field.name, "counted_seq")
            || (field.name == "void" && *value == Value::Integer(0))
        {
            continue;
        }
        let label = cx.t.say(&format!("tallies-{}", field.name));
        items.push(Fact { label, value: reading::on_page(field, value, cx) });
    }
    Ok(vec![Part::Facts(Facts { heading: String::new(), items })])
}
