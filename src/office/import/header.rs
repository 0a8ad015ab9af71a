//! Which column of someone's table is which field: the header is looked for under title rows, by names, labels of both
//! languages and the synonyms of the field table (RULES §8.1). Knows no record.

use std::collections::BTreeMap;

use crate::desk::Locale;
use crate::desk::action::Action;
use crate::desk::field::Field;
use crate::desk::refusal::Refusal;
use crate::values::lang::Lang;
use crate::values::text;

use super::decode::RawRow;

/// Rows in which a header is looked for.
const DEPTH: usize = 30;

/// Words with which a row below the data begins.
const FOOTERS: &[&str] = &[
    "合计",
    "总计",
    "小计",
    "共计",
    "制表",
    "填表",
    "审核",
    "单位负责人",
    "备注:",
    "注:",
    "说明:",
    "导出",
    "total",
    "exported",
];

/// The header of a table.
pub(crate) struct Header {
    /// Index of its row.
    pub row: usize,
    /// The field of each column, with the column's index.
    pub fields: Vec<(usize, &'static Field)>,
    /// Under which words each of these fields stood.
    pub words: Vec<(&'static str, String)>,
    /// Columns that are no field of the subject, as written.
    pub unread: Vec<String>,
    /// What every row has that says nothing of it.
    pub set: Vec<(&'static Field, String)>,
}

/// Finds the header: the row of the first ones that names the most fields, and at least two where there are two columns.
/// `remembered` are headers of this office's own tables with the field each means.
pub(crate) fn find(
    rows: &[RawRow],
    subject: &str,
    action: &'static Action,
    remembered: &[(String, String)],
) -> Option<Header> {
    let mut known = names(subject, action);
    for (header, name) in remembered {
        if let Some(input) = action.inputs.iter().find(|input| input.field.name == name) {
            known.insert(folded(header), input.field);
        }
    }
    let score =
        |row: &RawRow| row.cells.iter().filter(|cell| known.contains_key(&folded(&cell.text))).count();
    let mut best = (0, 0);
    for (at, row) in rows.iter().enumerate().take(DEPTH) {
        let found = score(row);
        if found > best.0 {
            best = (found, at);
        }
    }
    let row = rows.get(best.1).filter(|_| best.0 > 0)?;
    let filled = row.cells.iter().filter(|c| !c.text.trim().is_empty()).count();
    if best.0 < 2.min(filled) {
        return None;
    }
    let mut header =
        Header { row: best.1, fields: Vec::new(), words: Vec::new(), unread: Vec::new(), set: Vec::new() };
    for (column, cell) in row.cells.iter().enumerate() {
        let field = known.get(&folded(&cell.text)).copied();
        let taken = |field: &Field| header.fields.iter().any(|(_, f)| f.name == field.name);
        match field.filter(|f| !taken(f)) {
            Some(field) => {
                header.fields.push((column, field));
                header.words.push((field.name, cell.text.trim().to_owned()));
            }
            None if cell.text.trim().is_empty() => {}
            None => header.unread.push(cell.text.trim().to_owned()),
        }
    }
    Some(header)
}

/// What every row is given, by the field each is headed by.
///
/// # Errors
/// Names what is no field here, and those there are.
pub(crate) fn set(
    subject: &str,
    action: &'static Action,
    given: &[(String, String)],
) -> Result<Vec<(&'static Field, String)>, Refusal> {
    let known = names(subject, action);
    let all = || action.inputs.iter().map(|input| input.field.name).collect::<Vec<_>>().join(" ");
    let unknown = |name: &String| Refusal::usage("batch-no-field").with("text", name).with("known", all());
    let field = |name: &String| known.get(&folded(name)).copied().ok_or_else(|| unknown(name));
    given.iter().map(|(name, text)| Ok((field(name)?, text.clone()))).collect()
}

/// Every word a field of the action may be headed by. A name or label goes before another field's synonym.
fn names(subject: &str, action: &'static Action) -> BTreeMap<String, &'static Field> {
    let mut known: BTreeMap<String, &'static Field> = BTreeMap::new();
    let locales = [Lang::Zh, Lang::En].map(Locale::new);
    for input in action.inputs {
        let field = input.field;
        known.insert(folded(field.name), field);
        for t in &locales {
            if let Some(label) = t.find(&format!("{subject}-{}", field.name), &[]) {
                known.entry(folded(&label)).or_insert(field);
            }
        }
    }
    for input in action.inputs {
        for synonym in input.field.synonyms {
            known.entry(folded(synonym)).or_insert(input.field);
        }
    }
    known
}

/// A header cell without what people add to it: spaces, line breaks, stars, what must be filled in, a unit in brackets.
fn folded(cell: &str) -> String {
    let plain = text::half_width(cell).to_lowercase();
    let short = plain.split(['(', '[']).next().filter(|s| !s.trim().is_empty()).unwrap_or(&plain);
    short.chars().filter(|c| !c.is_whitespace() && !['*', ':', '、'].contains(c)).collect()
}

/// Whether a row is below the data: a sum, a signature, a remark.
pub(crate) fn is_footer(row: &RawRow) -> bool {
    let Some(first) = row.cells.iter().map(|c| c.text.trim()).find(|t| !t.is_empty()) else { return false };
    let plain: String =
        text::half_width(first).to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    FOOTERS.iter().any(|word| plain.starts_with(word))
}

/// Whether nothing stands in a row.
pub(crate) fn is_blank(row: &RawRow) -> bool {
    row.cells.iter().all(|cell| cell.text.trim().is_empty())
}
