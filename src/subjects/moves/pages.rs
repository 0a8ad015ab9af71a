//! What is said about moves of goods: their rows as a book with what is left after each, and the page of one.

use rusqlite::types::Value;

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Book, Cx};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::{keep, org_name};
use crate::values::money::Fen;

use super::fields::{KIND, RECORD};
use super::records::{self, Move};

/// The columns of a list of moves.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("moves-moved_on", 5, false),
        column("moves-item", 10, false),
        column("moves-kind", 4, false),
        column("moves-quantity", 5, true),
        column("moves-org", 4, false),
        column("moves-amount", 8, true),
        column("moves-stock", 6, true),
        column("moves-taker", 6, false),
    ]
}

fn kind(cx: &Cx<'_>, done: &Move) -> String {
    let word = reading::show(&KIND, &keep::text(&done.kind), cx);
    match done.reverses {
        Some(_) => cx.t.with("moves-reversal", &[("kind", word)]),
        None => word,
    }
}

fn org(cx: &Cx<'_>, done: &Move) -> String {
    if done.org.is_empty() { String::new() } else { org_name(cx, &done.org) }
}

/// A quantity with its sign: what went is told apart from what came without looking at the kind.
fn signed(n: i64) -> String {
    if n > 0 { format!("+{n}") } else { n.to_string() }
}

/// A move as a line of another record's page.
pub(crate) fn fact(cx: &Cx<'_>, done: &Move) -> Fact {
    let what =
        [kind(cx, done), signed(done.moved.quantity), org(cx, done), Fen(done.moved.amount).to_string()];
    Fact {
        label: keep::short_day(done.on),
        value: keep::one_line(&format!("{} {}", what.join(" "), done.no)),
    }
}

fn row(cx: &Cx<'_>, done: &Move) -> Row {
    let who = org(cx, done);
    let brief = format!("{} {} {who}", keep::clip_cells(&done.name, 9), signed(done.moved.quantity));
    Row {
        reference: done.no.clone(),
        brief: keep::clip_cells(brief.trim_end(), 20),
        cells: vec![
            keep::short_day(done.on),
            done.name.clone(),
            kind(cx, done),
            signed(done.moved.quantity),
            who,
            Fen(done.moved.amount).to_string(),
            format!("{} {}", done.stock, done.unit),
            done.taker.clone(),
        ],
        ..Row::default()
    }
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(records::find(cx.db, *id)?.map(|done| row(cx, &done)));
    }
    Ok(rows)
}

/// The same as a book: written in at its end, where it is opened.
pub(crate) fn book(cx: &Cx<'_>, ids: &[i64]) -> Result<Book, Refusal> {
    Ok(Book { columns: columns(cx), rows: rows(cx, ids)?, ..Book::default() })
}

/// What the page of one move says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let done = records::must_find(cx.db, id)?;
    let kept = keep::load(cx, &RECORD, id)?;
    let mut items = Vec::new();
    for (field, value) in RECORD.fields.iter().zip(&kept.values) {
        if matches!(value, Value::Null) {
            continue;
        }
        let value = match field.name {
            "quantity" => format!("{} {}", signed(done.moved.quantity), done.unit),
            "stock" => format!("{} {}", done.stock, done.unit),
            _ => reading::on_page(field, value, cx),
        };
        items.push(Fact { label: cx.t.say(&format!("moves-{}", field.name)), value });
    }
    if let Some(by) = records::reversal(cx.db, id)? {
        items.push(Fact { label: cx.t.say("moves-reversed-by"), value: by });
    }
    Ok(vec![Part::Facts(Facts { heading: String::new(), items })])
}
