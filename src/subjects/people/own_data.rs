//! What the office keeps about one person, whole and in one file, for that person to have (PIPL art. 45, RULES §5): the file,
//! the consents, who looked and why, what was changed, and what every other subject says of them. Who may ask, and why, is
//! the action's; that it was asked is in the access log and the audit.

use serde_json::{Map, Value, json};

use crate::catalog::Catalog;
use crate::desk::door;
use crate::desk::field::{Field, Kind, Set, Word};
use crate::desk::form::FormState;
use crate::desk::locale::Args;
use crate::desk::reading;
use crate::desk::refusal::{Kind as RefusalKind, Refusal};
use crate::desk::subject::{Cx, Section, Table};
use crate::desk::view::Fact;
use crate::store::audit::{self, Change};
use crate::store::{Tx, handed};
use crate::subjects::keep;

use super::fields::{self as f, RECORD};
use super::{mentions, records, said};

/// Who may hand it out: those who answer for what leaves the office.
pub(crate) const HANDERS: &[&str] = &["secretary", "deputy_secretary", "general_affairs"];

/// As text or as JSON.
pub(crate) const FORMAT: Field = Field::new("format", Kind::Choice(Set::Made(formats)));

fn formats(_: &Catalog) -> Vec<Word> {
    let word = |kept: &str, zh: &str, en: &str| Word {
        kept: kept.into(),
        zh: zh.into(),
        en: en.into(),
        also: Vec::new(),
        ..Word::default()
    };
    vec![word("txt", "文本", "text"), word("json", "JSON", "JSON")]
}

/// Everything about one person, with who took it out and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnData {
    /// Whose it is.
    pub title: String,
    /// Who took it out, when, what for.
    pub mark: String,
    /// What is kept.
    pub sections: Vec<Section>,
}

/// Puts it together and notes in the access log that it was taken out; the audit row is the caller's.
///
/// # Errors
/// When there is no such person, or the file cannot be read or written.
pub(crate) fn take_out(cx: &Cx<'_>, tx: &Tx<'_>, id: i64, reason: &str) -> Result<OwnData, Refusal> {
    tx.log_access("people", id, "own-data", reason)?;
    let who = records::must_find(cx.db, id)?;
    let at = cx.now.format("%Y-%m-%d %H:%M").to_string();
    let args = [("who", cx.who.name.clone()), ("at", at), ("reason", reason.to_owned())];
    let mut sections = about(cx, id)?;
    for subject in cx.registry.iter().filter(|subject| subject.name() != "people") {
        sections.extend(subject.about_person(cx, id)?);
    }
    sections.push(mentions::section(cx, &who)?);
    for record in sections.iter_mut().flat_map(|section| &mut section.records) {
        record.retain(|fact| !fact.value.is_empty());
    }
    sections.retain(|section| !section.records.is_empty());
    let title = cx.t.with("people-own-data-title", &[("ref", who.code), ("name", who.name)]);
    Ok(OwnData { title, mark: cx.t.with("export-mark", &args), sections })
}

/// The same as a file in the folder of files that are handed out; gives what the action says of it.
///
/// # Errors
/// As [`take_out`], and when the file cannot be written.
pub(crate) fn hand_out(cx: &Cx<'_>, tx: &Tx<'_>, id: i64, form: &FormState) -> Result<Args, Refusal> {
    let folder =
        handed::folder(cx.db).ok_or_else(|| Refusal::rule("people-no-folder").of(RefusalKind::File))?;
    let days = cx.catalog.rule("retention_handed").value;
    handed::clear(&folder, cx.now, days)?;
    let taken = take_out(cx, tx, id, form.text("reason"))?;
    let (ending, text) = match keep::plain(&form.value("format")).as_str() {
        "json" => ("json", format!("{:#}\n", taken.as_json())),
        _ => ("txt", taken.as_text()),
    };
    let code = records::must_find(cx.db, id)?.code;
    let path = handed::write(&folder, &code, cx.now, ending, text.as_bytes())?;
    Ok(vec![("path", path.display().to_string()), ("days", days.to_string())])
}

/// What people's files themselves say of a person.
pub(crate) fn about(cx: &Cx<'_>, id: i64) -> Result<Vec<Section>, Refusal> {
    let section = |heading: &str, records| Section { heading: cx.t.say(heading), records };
    Ok(vec![
        section("people-heading-file", vec![file(cx, id)?]),
        section("people-heading-consents", consents(cx, id)?),
        section("people-heading-seen", seen(cx, id)?),
        section("people-heading-history", history(cx, id)?),
    ])
}

fn fact(cx: &Cx<'_>, label: &str, value: String) -> Fact {
    Fact { label: cx.t.say(label), value }
}

fn file(cx: &Cx<'_>, id: i64) -> Result<Vec<Fact>, Refusal> {
    let kept = keep::load(cx, &RECORD, id)?;
    let code = fact(cx, "people-code", keep::reference(cx, &RECORD, id)?);
    let each = RECORD.fields.iter().zip(&kept.values);
    let fields = each
        .map(|(field, value)| fact(cx, &format!("people-{}", field.name), reading::show(field, value, cx)));
    Ok(std::iter::once(code).chain(fields).collect())
}

fn consents(cx: &Cx<'_>, id: i64) -> Result<Vec<Vec<Fact>>, Refusal> {
    let facts = |c: records::Consent| {
        vec![
            fact(cx, "people-scope", said(cx, &f::SCOPE, &c.scope)),
            fact(cx, "people-given_by", c.given_by),
            fact(cx, "people-given_on", c.given_on),
            fact(cx, "people-method", said(cx, &f::METHOD, &c.method)),
            fact(cx, "people-withdrawn_on", c.withdrawn_on),
        ]
    };
    Ok(records::consents(cx.db, id)?.into_iter().map(facts).collect())
}

/// Who looked at something whole, and what for.
fn seen(cx: &Cx<'_>, id: i64) -> Result<Vec<Vec<Fact>>, Refusal> {
    let mut read = cx.db.prepare_cached(
        "SELECT at, operator, field, purpose FROM access_log WHERE subject = 'people' AND record_id = ?1 ORDER BY seq",
    )?;
    let rows =
        read.query_map([id], |row| Ok([row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
    let label = |field: &str| cx.t.say(&format!("people-{field}"));
    let facts = |[at, who, field, purpose]: [String; 4]| {
        vec![
            fact(cx, "people-when", at.replace('T', " ")),
            fact(cx, "people-who", who),
            fact(cx, "people-what", label(&field)),
            fact(cx, "people-purpose", purpose),
        ]
    };
    Ok(rows.map(|row| row.map(facts)).collect::<Result<_, _>>()?)
}

/// What was done to the file, with every value before and after.
fn history(cx: &Cx<'_>, id: i64) -> Result<Vec<Vec<Fact>>, Refusal> {
    let mut all = Vec::new();
    for row in audit::history_of(cx.db, "people", id)?.into_iter().rev() {
        let what = cx.t.say(&format!("people-do-{}", row.entry.action));
        let mut facts = vec![
            fact(cx, "people-when", row.at.replace('T', " ")),
            fact(cx, "people-who", row.operator),
            fact(cx, "people-what", what),
            fact(cx, "people-reason", row.entry.reason.unwrap_or_default()),
        ];
        facts.extend(row.entry.changes.iter().filter_map(|change| changed(cx, change)));
        all.push(facts);
    }
    Ok(all)
}

fn changed(cx: &Cx<'_>, change: &Change) -> Option<Fact> {
    let field = RECORD.field(&change.field)?;
    let say = |text: &Option<String>| match text {
        None => cx.t.say("empty-value"),
        Some(text) => reading::show(field, &door::value_of(field.kind, Some(text)), cx),
    };
    let value = format!("{} > {}", say(&change.old), say(&change.new));
    Some(fact(cx, &format!("people-{}", field.name), value))
}

impl OwnData {
    /// To be read: a value a line, a blank line between records.
    pub(crate) fn as_text(&self) -> String {
        let mut text = format!("{}\n{}\n", self.title, self.mark);
        for section in &self.sections {
            text.push_str(&format!("\n== {}\n", section.heading));
            for (at, record) in section.records.iter().enumerate() {
                if at > 0 {
                    text.push('\n');
                }
                for fact in record {
                    text.push_str(&format!("{}: {}\n", fact.label, fact.value.replace('\n', "\n  ")));
                }
            }
        }
        text
    }

    /// For another program.
    pub(crate) fn as_json(&self) -> Value {
        let object = |record: &Vec<Fact>| {
            let mut object = Map::new();
            for fact in record {
                match object.get_mut(&fact.label) {
                    Some(Value::String(there)) => {
                        there.push_str("; ");
                        there.push_str(&fact.value);
                    }
                    _ => drop(object.insert(fact.label.clone(), Value::from(fact.value.clone()))),
                }
            }
            Value::Object(object)
        };
        let part = |section: &Section| {
            let records: Vec<Value> = section.records.iter().map(object).collect();
            json!({"heading": section.heading, "records": records})
        };
        let parts: Vec<Value> = self.sections.iter().map(part).collect();
        json!({"title": self.title, "mark": self.mark, "parts": parts})
    }

    /// As a table: what it is, which of them, label, value.
    pub(crate) fn as_table(&self, cx: &Cx<'_>) -> Table {
        let mut rows = Vec::new();
        for section in &self.sections {
            for (at, record) in section.records.iter().enumerate() {
                let row = |fact: &Fact| {
                    vec![
                        section.heading.clone(),
                        (at + 1).to_string(),
                        fact.label.clone(),
                        fact.value.clone(),
                    ]
                };
                rows.extend(record.iter().map(row));
            }
        }
        let columns = ["part", "number", "item", "value"];
        Table {
            title: self.title.clone(),
            columns: columns.iter().map(|c| cx.t.say(&format!("people-own-data-{c}"))).collect(),
            numbers: columns.iter().map(|c| *c == "number").collect(),
            rows,
            footer: vec![self.mark.clone()],
            ..Table::default()
        }
    }
}
