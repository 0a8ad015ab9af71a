//! Taking in other people's tables: a file becomes rows, a header, texts of fields, and every row goes through the same
//! action a person would use. All or nothing: one bad row and nothing is written, and every bad row is named.

mod bounds;
mod calendar;
mod cells;
mod decode;
mod header;
mod take;
mod workbook;

use std::path::Path;

use crate::desk::refusal::{Kind, Refusal};

use super::{Problem, Scripts};
use decode::{RawRow, Undecodable};

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Rows that were taken, or would have been.
    pub taken: usize,
    /// Rows that were not.
    pub refused: Vec<RefusedRow>,
    /// Rows that are in the office already and were passed over.
    pub skipped: Vec<RefusedRow>,
    /// Columns that are no field here, as the file heads them.
    pub unread: Vec<String>,
    /// Fields that must not be empty and that no column of the file gives.
    pub missing: Vec<MissingColumn>,
    /// The rows are in the office now.
    pub written: bool,
}

/// A field that every row would need and for which the file has no column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingColumn {
    /// The field's name.
    pub field: String,
    /// The field's label.
    pub label: String,
    /// Rows refused for it.
    pub rows: usize,
}

/// A row that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// Its line in the file, from 1.
    pub line: usize,
    /// The field at fault; empty when none is.
    pub field: String,
    /// The field's label.
    pub label: String,
    /// Stable code.
    pub code: String,
    /// The sentence.
    pub reason: String,
    /// What to do about it; empty for nothing.
    pub hint: String,
}

impl Scripts {
    /// Takes the rows of a CSV or XLSX file into a subject. `set` is what every row has that does not say otherwise, a field by
    /// its name or label with its text. With `dry_run`, or when a row is refused, nothing is written.
    /// `progress` is told the rows done and all rows now and then.
    ///
    /// # Errors
    /// When the file cannot be read or has no header, or the subject takes no tables.
    pub fn import(
        &self,
        subject: &str,
        path: &Path,
        set: &[(String, String)],
        dry_run: bool,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Report, Problem> {
        self.told(self.try_import(subject, path, set, dry_run, progress))
    }

    fn try_import(
        &self,
        subject: &str,
        path: &Path,
        set: &[(String, String)],
        dry_run: bool,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Report, Refusal> {
        let subject = self.subject(subject)?;
        let none = || Refusal::rule("import-not-here").with("subject", subject.name());
        let action = subject.import_action().ok_or_else(none)?;
        let action = crate::desk::door::action(subject, action).ok_or_else(none)?;
        let rows = rows_of(path)?;
        let remembered = subject.headers(&self.office().cx())?;
        let Some(mut header) = header::find(&rows, subject.name(), action, &remembered) else {
            return Err(Refusal::rule("import-no-header").with("path", shown(path)));
        };
        header.set = header::set(subject.name(), action, set)?;
        take::take(self.office(), subject, action, &rows, &header, dry_run, progress)
    }
}

/// The rows of a file, by its ending.
fn rows_of(path: &Path) -> Result<Vec<RawRow>, Refusal> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if !path.exists() {
        return Err(Refusal::rule("import-no-file").of(Kind::File).with("path", shown(path)));
    }
    let unreadable = |detail: String| {
        Refusal::rule("import-unreadable").of(Kind::File).with("path", shown(path)).with("detail", detail)
    };
    let large = || Refusal::rule("import-large").of(Kind::File).with("path", shown(path));
    if !bounds::text_fits(path) {
        return Err(large());
    }
    match ending.as_str() {
        "xlsx" | "xlsm" => {
            let fits = bounds::unpacked_fits(path)
                && bounds::sheets_fit(path).map_err(|error| unreadable(error.to_string()))?;
            if !fits {
                return Err(large());
            }
            workbook::rows_of(path).map_err(|error| unreadable(error.to_string()))
        }
        "csv" | "txt" | "tsv" => {
            let bytes = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
            let text = decode::text_of(&bytes).map_err(|Undecodable::Row { line, encoding }| {
                Refusal::rule("import-undecodable")
                    .of(Kind::File)
                    .with("line", line.to_string())
                    .with("encoding", encoding)
            })?;
            let rows = decode::rows_of(&text).map_err(|error| unreadable(error.to_string()))?;
            let wide = rows.iter().any(|row| row.cells.len() > bounds::COLUMNS);
            if wide { Err(large()) } else { Ok(rows) }
        }
        "ics" => {
            let bytes = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
            calendar::rows_of(&String::from_utf8(bytes).map_err(|error| unreadable(error.to_string()))?)
        }
        _ => Err(Refusal::usage("import-ending").with("ending", ending)),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
