//! The rows themselves, in one change of the office: each through its form and the door, what is wrong noted by line,
//! and in the end all of them or none.

use std::collections::HashMap;

use crate::desk::action::Action;
use crate::desk::door;
use crate::desk::field::Kind;
use crate::desk::office::Office;
use crate::desk::refusal::{ALREADY, Refusal};
use crate::desk::subject::{Cx, Subject};
use crate::store::search::BulkIndex;
use crate::store::{StoreError, Tx};

use super::super::forms::Sheet;
use super::decode::RawRow;
use super::header::{Header, is_blank, is_footer};
use super::{MissingColumn, RefusedRow, Report, cells};

/// How many bad rows are named; a file with more of them is the wrong file.
const MOST_REFUSED: usize = 1000;

/// Rows between two words of progress.
const STRIDE: usize = 2000;

/// Why the change ends without commit.
enum Stop {
    /// Nothing is to be written: the report says why.
    Back(Report),
    /// Something failed.
    Failed(Refusal),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Failed(refusal)
    }
}

pub(super) fn take(
    office: &Office,
    subject: &'static dyn Subject,
    action: &'static Action,
    rows: &[RawRow],
    header: &Header,
    dry_run: bool,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Report, Refusal> {
    door::check(&office.cx(), subject, action, None)?;
    let write = |tx: &Tx<'_>| {
        let cx = Cx { db: tx.conn(), ..office.cx() };
        let bulk = tx.bulk_index(subject.name())?;
        let mut taking = Taking { cx, tx, subject, action, header, bulk, seen: HashMap::new() };
        let mut report = Report { unread: header.unread.clone(), ..Report::default() };
        let mut last = None;
        let data = rows.get(header.row + 1..).unwrap_or_default();
        for (at, row) in data.iter().enumerate() {
            if is_blank(row) || is_footer(row) {
                continue;
            }
            match taking.row(row) {
                Ok(id) => {
                    report.taken += 1;
                    last = Some(id);
                }
                Err(refusal) if refusal.code == ALREADY => {
                    report.skipped.push(refused(&cx, subject, row.line, &refusal));
                }
                Err(refusal) => report.refused.push(refused(&cx, subject, row.line, &refusal)),
            }
            if report.refused.len() >= MOST_REFUSED {
                break;
            }
            if (at + 1).is_multiple_of(STRIDE) {
                progress(at + 1, data.len());
            }
        }
        report.missing = missing(&report, header);
        if dry_run || !report.refused.is_empty() {
            return Err(Stop::Back(report));
        }
        taking.bulk.finish()?;
        if let Some(last) = last {
            subject.imported(&cx, tx, last, &header.words)?;
        }
        Ok(Report { written: true, ..report })
    };
    match office.store.with_room(|| office.store.write(&office.stamp(), write))? {
        Ok(report) | Err(Stop::Back(report)) => Ok(report),
        Err(Stop::Failed(refusal)) => Err(refusal),
    }
}

struct Taking<'a> {
    cx: Cx<'a>,
    tx: &'a Tx<'a>,
    subject: &'static dyn Subject,
    action: &'static Action,
    header: &'a Header,
    bulk: BulkIndex<'a>,
    /// Numbers that belong to one person only, with the line they stood on.
    seen: HashMap<(&'static str, String), usize>,
}

impl Taking<'_> {
    fn row(&mut self, row: &RawRow) -> Result<i64, Refusal> {
        let mut texts = Vec::with_capacity(self.header.fields.len());
        for (column, field) in &self.header.fields {
            if let Some(cell) = row.cells.get(*column) {
                texts.push((field.name, cells::text_for(field, cell)?));
            }
        }
        for (field, text) in &self.header.set {
            if !texts.iter().any(|(name, said)| *name == field.name && !said.is_empty()) {
                texts.push((field.name, text.clone()));
            }
        }
        let mut sheet = Sheet::start(&self.cx, self.subject, self.action, None)?;
        let filled = texts.iter().filter(|(_, text)| !text.is_empty());
        sheet.put_all(&self.cx, filled.map(|(name, text)| (*name, text.as_str())));
        self.refuse_twice(&sheet, row.line)?;
        sheet.finish(&self.cx)?;
        // A row that fails half-way leaves nothing for the rows after it to stumble over.
        let conn = self.tx.conn();
        conn.prepare_cached("SAVEPOINT import_row")?.execute([])?;
        let done =
            door::within_bulk(&self.cx, self.tx, self.subject, self.action, &sheet.form, &mut self.bulk);
        if done.is_err() {
            conn.execute_batch("ROLLBACK TO import_row")?;
        }
        conn.prepare_cached("RELEASE import_row")?.execute([])?;
        done.map(|done| done.id)
    }

    /// The same person twice in one file.
    fn refuse_twice(&mut self, sheet: &Sheet, line: usize) -> Result<(), Refusal> {
        for slot in &sheet.form.slots {
            if !matches!(slot.field.kind, Kind::ResidentId | Kind::Certificate) {
                continue;
            }
            let Some(crate::store::Value::Text(number)) = slot.read.as_ref().map(|read| &read.value) else {
                continue;
            };
            if let Some(first) = self.seen.get(&(slot.field.name, number.clone())) {
                let said = Refusal::rule("import-twice").field(slot.field.name);
                return Err(said.with("line", first.to_string()));
            }
            self.seen.insert((slot.field.name, number.clone()), line);
        }
        Ok(())
    }
}

/// The fields for which rows were refused and the file has no column.
fn missing(report: &Report, header: &Header) -> Vec<MissingColumn> {
    let mut all: Vec<MissingColumn> = Vec::new();
    let has = |name: &str| {
        header.fields.iter().any(|(_, field)| field.name == name)
            || header.set.iter().any(|(field, _)| field.name == name)
    };
    for row in report.refused.iter().filter(|row| row.code == "required" && !has(&row.field)) {
        match all.iter_mut().find(|missing| missing.field == row.field) {
            Some(missing) => missing.rows += 1,
            None => all.push(MissingColumn { field: row.field.clone(), label: row.label.clone(), rows: 1 }),
        }
    }
    all
}

fn refused(cx: &Cx<'_>, subject: &dyn Subject, line: usize, refusal: &Refusal) -> RefusedRow {
    let notice = refusal.notice(cx.t);
    let field = refusal.field.unwrap_or_default().to_owned();
    let label =
        if field.is_empty() { String::new() } else { cx.t.say(&format!("{}-{field}", subject.name())) };
    RefusedRow { line, field, label, code: refusal.code.to_owned(), reason: notice.text, hint: notice.hint }
}
