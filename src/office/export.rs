//! A subject's records as a file: what the person may see, private values masked. Whole values go out only to posts that
//! answer for it and with a reason, and every record they stand in is noted (RULES §5.3). That anything went out at all is
//! noted for every form.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;

use crate::desk::field::{Field, Privacy};
use crate::desk::intent::Move;
use crate::desk::query::Query;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Subject};
use crate::desk::{door, reading, records, signing};
use crate::store::audit::AuditEntry;
use crate::subjects::people::own_data;

use super::marking::{self, Going};
use super::tables::Table;
use super::{Problem, Scripts, files};

/// What is kept about one person, in the forms it is handed out in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnData {
    /// To be read.
    pub text: String,
    /// For another program.
    pub json: serde_json::Value,
    /// For a spreadsheet.
    pub table: Table,
}

/// Who may take whole values out of the office.
const KEEPERS: &[&str] = &["secretary", "deputy_secretary", "general_affairs"];

/// Records read at a time.
const PAGE: usize = 500;

impl Scripts {
    /// The records of a subject with all their fields on their way out into a file of this form (`csv`): masked, or whole for
    /// this reason; marked, and noted in the audit.
    ///
    /// # Errors
    /// When there is no such subject, or the person's posts do not allow it.
    pub fn export(&self, subject: &str, reason: Option<&str>, form: &str) -> Result<Table, Problem> {
        self.told(self.try_export(subject, reason, form))
    }

    /// Writes a table by the file's ending.
    ///
    /// # Errors
    /// When there is such a file, or it cannot be written, or its ending says nothing.
    pub fn write_table(&self, table: &Table, path: &Path) -> Result<(), Problem> {
        self.told(files::write(table, path))
    }

    /// Takes a whole subject out in a format of its own when the file's ending is one, marked and noted in the audit; answers
    /// with how many records went out, or none when the ending is a table's.
    ///
    /// # Errors
    /// When there is no such subject, it is not permitted, or the file exists or cannot be written.
    pub fn export_as(
        &self,
        subject: &str,
        path: &Path,
        reason: Option<&str>,
    ) -> Result<Option<usize>, Problem> {
        self.told(self.try_export_as(subject, path, reason))
    }

    /// The same of one thing the subject keeps apart (the shifts of a person, the bookings of a room), by the code it goes by.
    ///
    /// # Errors
    /// As [`Scripts::export_as`], and when there is none of that code.
    pub fn export_piece(
        &self,
        subject: &str,
        code: &str,
        path: &Path,
        reason: Option<&str>,
    ) -> Result<Option<usize>, Problem> {
        self.told(self.try_export_piece(subject, code, path, reason))
    }

    /// Whether a table, or with `own` what is kept about a person, can be written there.
    ///
    /// # Errors
    /// When there is such a file, or its ending says nothing.
    pub fn room_for(&self, path: &Path, own: bool) -> Result<(), Problem> {
        let endings = if own { &["txt", "json", "csv", "xlsx"] } else { files::TABLES };
        self.told(files::room_for(path, endings))
    }

    /// What the office keeps about one person served, for that person: as text, as JSON, or a table for CSV and XLSX. It is
    /// noted that it was taken out, and why.
    ///
    /// # Errors
    /// When there is no such person, no reason was given, or the posts do not allow it.
    pub fn own_data(&self, reference: &str, reason: Option<&str>) -> Result<OwnData, Problem> {
        self.told(self.try_own_data(reference, reason))
    }

    fn try_own_data(&self, reference: &str, reason: Option<&str>) -> Result<OwnData, Refusal> {
        let (subject, id) = self.resolve(reference)?;
        let missing = || Refusal::rule("not-found").with("text", reference);
        let action = door::action(subject, "own-data").ok_or_else(missing)?;
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        let reason = reason.ok_or_else(|| Refusal::rule("required").field("reason"))?;
        let office = self.office();
        office.store.write(&office.stamp(), |tx| {
            let who = signing::present(&Cx { db: tx.conn(), ..office.cx() })?;
            let cx = Cx { db: tx.conn(), who: &who, ..office.cx() };
            door::check(&cx, subject, action, Some(id))?;
            let taken = own_data::take_out(&cx, tx, id, reason)?;
            tx.audit(&AuditEntry {
                subject: subject.name().to_owned(),
                record_id: Some(id),
                reference: Some(records::reference(&cx, subject.record(), id)?),
                action: action.name.to_owned(),
                reason: Some(reason.to_owned()),
                changes: Vec::new(),
            })?;
            let table = taken.as_table(&cx).into();
            Ok(OwnData { text: taken.as_text(), json: taken.as_json(), table })
        })
    }

    /// Writes it by the file's ending.
    ///
    /// # Errors
    /// As [`Scripts::write_table`].
    pub fn write_own_data(&self, taken: &OwnData, path: &Path) -> Result<(), Problem> {
        let ending = files::ending(path);
        let text = match ending.as_str() {
            "txt" => taken.text.clone(),
            "json" => format!("{:#}\n", taken.json),
            _ => return self.write_table(&taken.table, path),
        };
        let put = |out: &mut dyn std::io::Write| {
            let failed = |error: std::io::Error| {
                Refusal::rule("export-failed").with("path", "").with("detail", error.to_string())
            };
            out.write_all(text.as_bytes()).map_err(failed)
        };
        self.told(files::stream(path, put))
    }

    fn try_export_as(
        &self,
        subject: &str,
        path: &Path,
        reason: Option<&str>,
    ) -> Result<Option<usize>, Refusal> {
        let subject = self.subject(subject)?;
        let ending = files::ending(path);
        let known = subject.formats().contains(&ending.as_str());
        if !known && !path.is_dir() {
            return Ok(None);
        }
        let cx = self.office().cx();
        marking::permit(&cx, subject)?;
        let mark = marking::mark(&cx, reason);
        let (rows, made) = match known {
            true => {
                let give = |out: &mut dyn std::io::Write| subject.write_as(&cx, &ending, &mark, out);
                (files::stream(path, give)?, vec![path.to_path_buf()])
            }
            false => self.export_pieces(subject, path, &mark)?,
        };
        let form = made.first().map(|path| files::ending(path)).unwrap_or_default();
        let going = Going { subject, action: "export".into(), form: &form, rows, reason, whole: &[] };
        // What is not noted does not go out.
        self.note(&going).inspect_err(|_| made.iter().for_each(|path| drop(std::fs::remove_file(path))))?;
        Ok(Some(rows))
    }

    fn try_export_piece(
        &self,
        subject: &str,
        code: &str,
        path: &Path,
        reason: Option<&str>,
    ) -> Result<Option<usize>, Refusal> {
        let subject = self.subject(subject)?;
        let form = files::ending(path);
        if !subject.formats().contains(&form.as_str()) {
            return Ok(None);
        }
        let cx = self.office().cx();
        marking::permit(&cx, subject)?;
        let wanted = code.trim_start_matches('#');
        let is =
            |name: &str| Path::new(name).file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case(wanted));
        let Some((about, _)) = subject.pieces(&cx)?.into_iter().find(|(_, name)| is(name)) else {
            return Err(Refusal::rule("not-found").with("text", code));
        };
        let mark = marking::mark(&cx, reason);
        let rows = files::stream(path, |out| subject.write_piece(&cx, about, &mark, out))?;
        let going = Going { subject, action: "export".into(), form: &form, rows, reason, whole: &[] };
        // What is not noted does not go out.
        self.note(&going).inspect_err(|_| drop(std::fs::remove_file(path)))?;
        Ok(Some(rows))
    }

    /// Every piece of a subject as a file of its own in a directory (a calendar a room); how many records, and the files.
    fn export_pieces(
        &self,
        subject: &dyn Subject,
        directory: &Path,
        mark: &str,
    ) -> Result<(usize, Vec<PathBuf>), Refusal> {
        let cx = self.office().cx();
        let pieces = subject.pieces(&cx)?;
        if pieces.is_empty() {
            return Err(Refusal::rule("export-no-pieces").with("path", directory.display().to_string()));
        }
        let (mut count, mut made) = (0, Vec::new());
        for (about, name) in pieces {
            let path = directory.join(name);
            let given = files::stream(&path, |out| subject.write_piece(&cx, about, mark, out));
            // What went out before the piece that could not is taken back: all of them or none.
            count += given.inspect_err(|_| made.iter().for_each(|path| drop(std::fs::remove_file(path))))?;
            made.push(path);
        }
        Ok((count, made))
    }

    fn try_export(&self, subject: &str, reason: Option<&str>, form: &str) -> Result<Table, Refusal> {
        let subject = self.subject(subject)?;
        let cx = self.office().cx();
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        marking::permit(&cx, subject)?;
        if reason.is_some() {
            cx.who.must_hold(KEEPERS, cx.catalog, cx.t)?;
        }
        let (mut table, whole) = table_of(&cx, subject, reason.is_some())?;
        table.mark = marking::mark(&cx, reason);
        let rows = table.rows.len();
        self.note(&Going { subject, action: "export".into(), form, rows, reason, whole: &whole })?;
        Ok(table)
    }
}

/// The table, and the records in it whose values are whole.
fn table_of(cx: &Cx<'_>, subject: &'static dyn Subject, whole: bool) -> Result<(Table, Vec<i64>), Refusal> {
    let record = subject.record();
    let spec =
        subject.lists().first().ok_or_else(|| Refusal::rule("not-found").with("text", subject.name()))?;
    let label = |field: &Field| cx.t.say(&format!("{}-{}", subject.name(), field.name));
    let mut columns = vec![("ref".to_owned(), cx.t.say("export-ref"))];
    columns.extend(record.fields.iter().map(|f| (f.name.to_owned(), label(f))));
    let mut table = Table::with(columns);
    table.numbers = std::iter::once(false).chain(record.fields.iter().map(|f| f.kind.is_number())).collect();
    let mut ids = Vec::new();
    let mut query = Query::new(subject, spec);
    query.load(cx, PAGE)?;
    loop {
        let view = query.view(cx);
        for (row, id) in view.rows.iter().zip(query.ids()) {
            let Some(kept) = records::load(cx, record, id)? else { continue };
            let whole = whole && !subject.withheld(cx, id)?;
            let mut cells = vec![row.reference.clone()];
            let each = record.fields.iter().zip(&kept.values);
            cells.extend(each.map(|(field, value)| cell(cx, field, value, whole)));
            table.rows.push(cells);
            if whole {
                ids.push(id);
            }
        }
        let shown = view.first + view.rows.len();
        if view.rows.is_empty() || shown >= query.total() {
            return Ok((table, ids));
        }
        query.step(cx, Move::To(shown + 1), PAGE)?;
    }
}

fn cell(cx: &Cx<'_>, field: &Field, value: &Value, whole: bool) -> String {
    if field.privacy == Privacy::Open || whole {
        reading::typed(field, value, cx)
    } else {
        reading::show_masked(field, value, cx)
    }
}
