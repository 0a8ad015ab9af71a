//! What is said of a record by its table of fields alone: list columns, rows, the facts of its page. A subject that has more
//! to say says it itself; one that has not needs no room for it. Knows no subject and no SQL.

use rusqlite::types::Value;

use super::field::Field;
use super::reading;
use super::records;
use super::refusal::Refusal;
use super::subject::{Cx, Subject};
use super::view::{Column, Fact, Row};

/// Characters of a reference as a column, where it is no field of the record.
const REFERENCE: u16 = 10;

/// The fields that are columns, in their order; last the reference where it is none of them.
pub(crate) fn columns<S: Subject + ?Sized>(cx: &Cx<'_>, subject: &S) -> Vec<Column> {
    let own = as_columns(subject).map(|field| Column {
        label: label(cx, subject, field.name),
        usual: field.column,
        number: field.kind.is_number(),
    });
    let reference = Column { label: cx.t.say("column-reference"), usual: REFERENCE, number: false };
    own.chain((!says_reference(subject)).then_some(reference)).collect()
}

/// A row for each of these records, in this order, with the cells of [`columns`]; masked. In a few words it is what
/// stands in the first of its columns that holds something.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn rows<S: Subject + ?Sized>(cx: &Cx<'_>, subject: &S, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let record = subject.record();
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(kept) = records::load(cx, record, *id)? else { continue };
        let reference = records::reference(cx, record, *id)?;
        let each = record.fields.iter().zip(&kept.values).filter(|(field, _)| field.column > 0);
        let mut cells: Vec<String> = each.map(|(field, value)| reading::on_page(field, value, cx)).collect();
        if !says_reference(subject) {
            cells.push(reference.clone());
        }
        let brief = cells.iter().find(|cell| !cell.is_empty()).cloned().unwrap_or_default();
        rows.push(Row { brief, cells, reference, ..Row::default() });
    }
    Ok(rows)
}

/// How a field of a record is told.
pub(crate) enum Told {
    /// As the desk tells values of its kind.
    AsKept,
    /// In these words.
    Words(String),
    /// Not here.
    Elsewhere,
}

/// Every field of a record that holds something, masked, in the order of its table.
///
/// # Errors
/// When there is no such record, or the file cannot be read.
pub(crate) fn facts<S: Subject + ?Sized>(cx: &Cx<'_>, subject: &S, id: i64) -> Result<Vec<Fact>, Refusal> {
    facts_as(cx, subject, id, |_, _| Told::AsKept)
}

/// The same, with `told` asked of each field that holds something.
///
/// # Errors
/// As [`facts`].
pub(crate) fn facts_as<S: Subject + ?Sized>(
    cx: &Cx<'_>,
    subject: &S,
    id: i64,
    told: impl Fn(&'static str, &Value) -> Told,
) -> Result<Vec<Fact>, Refusal> {
    let record = subject.record();
    let found = records::load(cx, record, id)?;
    let kept = found.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))?;
    let mut items = Vec::new();
    for (field, value) in record.fields.iter().zip(&kept.values) {
        if matches!(value, Value::Null) {
            continue;
        }
        let words = match told(field.name, value) {
            Told::AsKept => reading::on_page(field, value, cx),
            Told::Words(words) => words,
            Told::Elsewhere => continue,
        };
        if !words.is_empty() {
            items.push(Fact { label: label(cx, subject, field.name), value: words });
        }
    }
    Ok(items)
}

fn as_columns<S: Subject + ?Sized>(subject: &S) -> impl Iterator<Item = &'static Field> {
    subject.record().fields.iter().filter(|field| field.column > 0)
}

/// Whether one of the columns is the reference.
fn says_reference<S: Subject + ?Sized>(subject: &S) -> bool {
    as_columns(subject).any(|field| field.name == subject.record().reference)
}

fn label<S: Subject + ?Sized>(cx: &Cx<'_>, subject: &S, field: &str) -> String {
    cx.t.say(&format!("{}-{field}", subject.name()))
}
