//! Reading and comparing records by their field table, the same for every subject.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

use crate::store::search::KeySource;

use super::field::{Field, Findable, Privacy, Record};
use super::refusal::Refusal;
use super::subject::{Cx, Subject};

/// A record as kept: one value a field of its table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Kept {
    /// Its version, for optimistic locking.
    pub version: i64,
    /// One value a field, in the table's order.
    pub values: Vec<Value>,
}

/// Reads a record; none when there is no such row.
pub(crate) fn load(cx: &Cx<'_>, record: &Record, id: i64) -> Result<Option<Kept>, Refusal> {
    let columns: Vec<&str> = record.fields.iter().map(|f| f.name).collect();
    let sql = format!("SELECT version, {} FROM {} WHERE id = ?1", columns.join(", "), record.table);
    let mut statement = cx.db.prepare_cached(&sql)?;
    let kept = statement
        .query_row([id], |row| {
            let version = row.get(0)?;
            let values = (0..columns.len()).map(|at| row.get(at + 1)).collect::<Result<_, _>>()?;
            Ok(Kept { version, values })
        })
        .optional()?;
    Ok(kept)
}

/// The reference of a record.
///
/// # Errors
/// When there is no such record, or the file cannot be read.
pub(crate) fn reference(cx: &Cx<'_>, record: &Record, id: i64) -> Result<String, Refusal> {
    let sql = format!("SELECT {} FROM {} WHERE id = ?1", record.reference, record.table);
    let found = cx.db.prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()?;
    found.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// A field of the newest record, as it would be typed; none when it is empty, masked, or no field of the record.
pub(crate) fn newest(cx: &Cx<'_>, subject: &dyn Subject, field: &Field) -> Result<Option<String>, Refusal> {
    let record = subject.record();
    let Some(known) = record.field(field.name).filter(|f| f.privacy == Privacy::Open) else {
        return Ok(None);
    };
    let sql = format!("SELECT max(id) FROM {}", record.table);
    let id: Option<i64> = cx.db.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
    let Some(id) = visible(cx, subject, id)? else { return Ok(None) };
    let at = record.fields.iter().position(|f| f.name == field.name);
    let kept = load(cx, record, id)?;
    let value = kept.and_then(|k| k.values.into_iter().nth(at?));
    Ok(value.map(|v| super::reading::typed(known, &v, cx)).filter(|text| !text.is_empty()))
}

/// What differs between two states of a record: field, old value, new value, as kept.
pub(crate) fn differences(
    record: &Record,
    before: Option<&Kept>,
    after: Option<&Kept>,
) -> Vec<(&'static str, Option<String>, Option<String>)> {
    let text = |kept: Option<&Kept>, at: usize| kept.and_then(|k| k.values.get(at)).and_then(plain);
    let each = record.fields.iter().enumerate().map(|(at, f)| (f.name, text(before, at), text(after, at)));
    each.filter(|(_, old, new)| old != new).collect()
}

/// A kept value as text for the audit row; NULL is none.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Integer(n) => Some(n.to_string()),
        Value::Real(n) => Some(n.to_string()),
        Value::Text(text) => Some(text.clone()),
        Value::Blob(bytes) => Some(format!("{} bytes", bytes.len())),
    }
}

/// The id behind a reference: whole (`SL-2026-0031`), or its running number with one of the subject's letters
/// (`c31`), or another name the record goes by; a bare number is looked for at the end of the newest references.
pub(crate) fn by_reference(cx: &Cx<'_>, subject: &dyn Subject, typed: &str) -> Result<Option<i64>, Refusal> {
    let found = by_own_reference(cx, subject, typed)?;
    if found.is_some() {
        return visible(cx, subject, found);
    }
    let record = subject.record();
    let plain = crate::values::text::half_width(typed);
    let wanted = plain.trim().to_uppercase();
    if let Some(called) = subject.called(cx, plain.trim())? {
        return visible(cx, subject, Some(called));
    }
    let mut digits = wanted.as_str();
    for letter in subject.letters() {
        if let Some(rest) = digits.strip_prefix(letter.to_uppercase().as_str()) {
            digits = rest.trim_start_matches('-');
            break;
        }
    }
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return Ok(None);
    }
    let newest = format!("SELECT {} FROM {} ORDER BY id DESC LIMIT 1", record.reference, record.table);
    let newest: Option<String> = cx.db.prepare_cached(&newest)?.query_row([], |row| row.get(0)).optional()?;
    for candidate in newest.iter().flat_map(|newest| like(newest, digits)) {
        let found = by_own_reference(cx, subject, &candidate)?;
        if found.is_some() {
            return visible(cx, subject, found);
        }
    }
    Ok(None)
}

/// The id behind a whole reference, whoever may see it.
pub(crate) fn by_own_reference(
    cx: &Cx<'_>,
    subject: &dyn Subject,
    typed: &str,
) -> Result<Option<i64>, Refusal> {
    let record = subject.record();
    let wanted = crate::values::text::half_width(typed).trim().to_uppercase();
    let sql = format!("SELECT id FROM {} WHERE {} = ?1", record.table, record.reference);
    Ok(cx.db.prepare_cached(&sql)?.query_row([wanted], |row| row.get(0)).optional()?)
}

/// References shaped like the newest one with another running number: of its year first, then of the years before, since
/// "case 31" means the last one of that number.
fn like(newest: &str, number: &str) -> Vec<String> {
    let width = newest.chars().rev().take_while(char::is_ascii_digit).count();
    let head: String = newest.chars().take(newest.chars().count() - width).collect();
    let number = format!("{:0>width$}", number.trim_start_matches('0'));
    let year = head.split('-').find_map(|part| part.parse::<u16>().ok().filter(|y| *y > 1900));
    match year {
        None => vec![format!("{head}{number}")],
        Some(year) => (0..10)
            .map(|back| head.replace(&year.to_string(), &(year - back).to_string()))
            .map(|head| format!("{head}{number}"))
            .collect(),
    }
}

/// Only what the person may see at all.
pub(crate) fn visible(cx: &Cx<'_>, subject: &dyn Subject, id: Option<i64>) -> Result<Option<i64>, Refusal> {
    let Some(id) = id else { return Ok(None) };
    let scope = subject.scope(cx);
    if scope.sql.is_empty() {
        return Ok(Some(id));
    }
    let sql = format!("SELECT id FROM {} WHERE id = ? AND ({})", subject.record().table, scope.sql);
    let mut values = vec![Value::Integer(id)];
    values.extend(scope.values);
    Ok(cx.db.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0)).optional()?)
}

/// The texts by which a record is found: its own fields, its reference and what the subject adds.
pub(crate) fn sources(
    cx: &Cx<'_>,
    subject: &dyn Subject,
    id: i64,
) -> Result<Vec<(Findable, String)>, Refusal> {
    let record = subject.record();
    let mut found = subject.found_by(cx, id)?;
    if let Some(kept) = load(cx, record, id)? {
        for (field, value) in record.fields.iter().zip(&kept.values) {
            let text = match (field.kind, value) {
                // An amount is looked for as it is written, not as it is kept.
                (super::field::Kind::Money, Value::Integer(fen)) => {
                    Some(crate::values::money::Fen(*fen).plain())
                }
                _ => plain(value),
            };
            if let (true, Some(text)) = (field.find != Findable::No, text) {
                found.push((field.find, text));
            }
        }
    }
    Ok(found)
}

/// The same as the store takes them.
pub(crate) fn keys(sources: &[(Findable, String)]) -> Vec<KeySource<'_>> {
    let each = sources.iter().filter_map(|(find, text)| match find {
        Findable::No => None,
        Findable::Name => Some(KeySource::Name(text)),
        Findable::Other => Some(KeySource::Other(text)),
        Findable::Text => Some(KeySource::Text(text)),
        Findable::Number => Some(KeySource::Number(text)),
        Findable::Code => Some(KeySource::Code(text)),
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn a_bare_number_means_the_last_record_of_it() {
        let candidates = like("SL-2026-0020", "031");
        assert_eq!(candidates[..2], ["SL-2026-0031", "SL-2025-0031"]);
        assert_eq!(like("C036", "7"), ["C007"]);
    }
}
