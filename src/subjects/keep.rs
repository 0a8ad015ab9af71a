//! What every subject does with its record and its forms alike: values to columns, present values into a form, a form
//! made by the program instead of a person. Knows no subject.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use rusqlite::OptionalExtension;
use rusqlite::types::Value;

use crate::desk::action::Action;
use crate::desk::field::{Privacy, Record};
use crate::desk::form::FormState;
use crate::desk::locale::Locale;
use crate::desk::reading;
pub(crate) use crate::desk::records::reference;
use crate::desk::records::{self, Kept};
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Subject};
use crate::store::Tx;

/// A report that begins in this year is about everything.
const BEFORE_ANY_OFFICE: i32 = 1900;

/// A text as kept: NULL when there is nothing in it.
pub(crate) fn text(text: &str) -> Value {
    let text = text.trim();
    if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) }
}

/// A day as kept.
pub(crate) fn day(day: NaiveDate) -> Value {
    Value::Text(day.to_string())
}

/// A minute as kept.
pub(crate) fn moment(at: NaiveDateTime) -> Value {
    Value::Text(at.format("%Y-%m-%dT%H:%M").to_string())
}

/// The text of a kept value; empty for NULL.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(n) => n.to_string(),
        _ => String::new(),
    }
}

/// The day a form's field was understood as.
pub(crate) fn day_in(form: &FormState, name: &str) -> Option<NaiveDate> {
    plain(&form.value(name)).parse().ok()
}

/// The words of a field kept joined by `;`.
pub(crate) fn parts(joined: &str) -> Vec<String> {
    joined.split(';').filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

/// A day without its year, as lists have room for it (`3-06`).
pub(crate) fn short_day(day: NaiveDate) -> String {
    day.format("%-m-%d").to_string()
}

/// The time a report is about, in words; one from before any office is about all there is.
pub(crate) fn period(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> String {
    if from.year() <= BEFORE_ANY_OFFICE {
        return cx.t.say("span-all");
    }
    cx.t.with("report-period", &[("from", from.to_string()), ("to", to.to_string())])
}

/// Texts joined as the session's language joins them.
pub(crate) fn joined(parts: &[String], t: &Locale) -> String {
    parts.join(&t.say("list-separator"))
}

/// A sentence on one line, without the gaps that empty values leave.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first so many characters, with a mark where something was left off.
pub(crate) fn clip(text: &str, cells: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= cells {
        return line.to_owned();
    }
    let mut short: String = line.chars().take(cells.saturating_sub(1)).collect();
    short.push('~');
    short
}

/// The same by cells of a display, where a Chinese character takes two.
pub(crate) fn clip_cells(text: &str, cells: usize) -> String {
    let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
    if text.chars().map(wide).sum::<usize>() <= cells {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += wide(c);
        if used > cells {
            break;
        }
        short.push(c);
    }
    short.push('~');
    short
}

/// The columns of a record that a form answers: every visible field of it, NULL where it is empty. A private field left
/// empty in a form about a record keeps what it had: it was never shown.
pub(crate) fn columns(record: &Record, form: &FormState) -> Vec<(&'static str, Value)> {
    let kept = |slot: &&crate::desk::form::Slot| {
        let unseen = form.target.is_some() && slot.field.privacy != Privacy::Open && slot.text.is_empty();
        !slot.hidden && !unseen && record.field(slot.field.name).is_some()
    };
    form.slots.iter().filter(kept).map(|slot| (slot.field.name, form.value(slot.field.name))).collect()
}

/// Puts the present values of a record into a form about it. Private ones stay unwritten and are only read back masked.
pub(crate) fn present(cx: &Cx<'_>, record: &Record, id: i64, form: &mut FormState) -> Result<(), Refusal> {
    let kept = load(cx, record, id)?;
    for (field, value) in record.fields.iter().zip(&kept.values) {
        let Some(slot) = form.slot_mut(field.name) else { continue };
        if field.privacy == Privacy::Open {
            slot.text = reading::typed(field, value, cx);
        } else {
            slot.required = false;
            slot.echo = reading::show_masked(field, value, cx);
        }
    }
    Ok(())
}

/// The record, or the refusal that there is none.
pub(crate) fn load(cx: &Cx<'_>, record: &Record, id: i64) -> Result<Kept, Refusal> {
    records::load(cx, record, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// The value of one field of a record that was read.
pub(crate) fn value<'a>(record: &Record, kept: &'a Kept, name: &str) -> &'a Value {
    let at = record.fields.iter().position(|f| f.name == name);
    at.and_then(|at| kept.values.get(at)).unwrap_or(&Value::Null)
}

/// Makes, amends or closes what goes by a code of its own, in capitals, and is closed on a day; answers its number in the
/// file.
///
/// # Errors
/// When somebody else changed it meanwhile, or the file refuses it.
pub(crate) fn coded(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    record: &Record,
    action: &str,
    id: Option<i64>,
    form: &FormState,
) -> Result<i64, Refusal> {
    let mut columns = columns(record, form);
    match (action, id) {
        ("amend", Some(id)) => update(tx, record, id, form.version, &columns).map(|()| id),
        ("close", Some(id)) => {
            let closed = [("closed_on", day(cx.now.date()))];
            update(tx, record, id, form.version, &closed).map(|()| id)
        }
        _ => {
            for (name, value) in &mut columns {
                if *name == "code" {
                    *value = text(&form.text("code").trim().to_uppercase());
                }
            }
            Ok(tx.insert(record.table, &columns)?)
        }
    }
}

/// Changes columns of a record at the version the form was opened with (0: whatever it is now).
pub(crate) fn update(
    tx: &Tx<'_>,
    record: &Record,
    id: i64,
    opened_at: i64,
    columns: &[(&'static str, Value)],
) -> Result<(), Refusal> {
    let version = if opened_at == 0 {
        let sql = format!("SELECT version FROM {} WHERE id = ?1", record.table);
        let found: Option<i64> =
            tx.conn().prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()?;
        found.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))?
    } else {
        opened_at
    };
    Ok(tx.update_versioned(record.table, id, version, columns)?)
}

/// A form filled by the program: started, the texts put in, answered to and read, as a person's would be.
///
/// # Errors
/// Names the field that cannot be read or must not be empty.
pub(crate) fn filled(
    cx: &Cx<'_>,
    subject: &'static dyn Subject,
    action: &'static Action,
    id: Option<i64>,
    texts: &[(&str, String)],
) -> Result<FormState, Refusal> {
    let mut form = FormState::new(subject.name(), action, id);
    subject.start(cx, action, id, &mut form)?;
    for (name, text) in texts {
        if let Some(slot) = form.slot_mut(name) {
            slot.text.clone_from(text);
            slot.touched = !text.is_empty();
        }
        read(cx, &mut form);
        subject.respond(cx, &mut form, name);
    }
    for slot in &mut form.slots {
        slot.passed = true;
    }
    read(cx, &mut form);
    subject.respond(cx, &mut form, "");
    for slot in form.slots.iter_mut().filter(|slot| !slot.hidden) {
        slot.read = Some(reading::read(slot.field, slot.effective(), cx)?);
        if let Some(problem) = slot.error.take() {
            return Err(problem);
        }
        if slot.required && slot.effective().trim().is_empty() {
            return Err(Refusal::rule("required").field(slot.field.name));
        }
    }
    Ok(form)
}

fn read(cx: &Cx<'_>, form: &mut FormState) {
    for slot in &mut form.slots {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
}
