//! What a subject must say of itself. A new subject is one folder that implements this trait, one migration, one line
//! in the registry and its sentences; faces, command line, search, import, export, drafts, audit and undo then have it.

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::Connection;

use crate::catalog::Catalog;
use crate::store::Tx;

use super::action::{Action, Availability, Done};
use super::field::Record;
use super::form::FormState;
use super::grid::{Grid, GridSpec, Place, Wanted};
use super::locale::Locale;
use super::refusal::Refusal;
use super::session::Operator;
use super::telling;
use super::view::{Column, Facts, Part, Row};

pub(crate) use super::answers::{Duty, Next, Press, QuickReading};
pub(crate) use super::listing::{ListSpec, Where};
pub(crate) use super::report::{Answer, Book, ReportSpec, Section, Table};

/// All the subjects there are, in the order of the tabs.
pub(crate) type Registry = &'static [&'static dyn Subject];

/// What a subject may look at: the file, the time, the person, the words, the tables of rules.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    /// The open file, for reading.
    pub db: &'a Connection,
    /// The office's time.
    pub now: NaiveDateTime,
    /// Who is signed in.
    pub who: &'a Operator,
    /// The sentences of the session's language.
    pub t: &'a Locale,
    /// Associations, posts, routing, rule profile.
    pub catalog: &'a Catalog,
    /// The other subjects.
    pub registry: Registry,
}

/// One subject of the office.
pub(crate) trait Subject: Sync {
    /// Its folder's name (`cases`); its label is the message `subject-NAME`.
    fn name(&self) -> &'static str;

    /// The subject it belongs under (`Some("journal")`): it then has no tab of its own, counts as that subject's tab, and
    /// the lists of both stand among each other's views.
    fn under(&self) -> Option<&'static str> {
        None
    }

    /// Its record, described once.
    fn record(&self) -> &'static Record;

    /// The ways to look at its records; the first is the usual one.
    fn lists(&self) -> &'static [ListSpec];

    /// What can be done.
    fn actions(&self) -> &'static [Action];

    /// Words that begin a quick entry line, each with the action it starts (`诉` → `register`).
    fn verbs(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Letters that may stand before a bare number after `#` (`c142`).
    fn letters(&self) -> &'static [&'static str] {
        &[]
    }

    /// The record that goes by another name than its reference (a tag stuck on it, its running number); none where none or
    /// several do. Asked wherever a reference may be said.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn called(&self, cx: &Cx<'_>, text: &str) -> Result<Option<i64>, Refusal> {
        let _ = (cx, text);
        Ok(None)
    }

    /// The rows this person may see at all (row-level: an association sees its own); empty SQL for every row.
    fn scope(&self, cx: &Cx<'_>) -> Where {
        let _ = cx;
        Where::default()
    }

    /// List rows for these ids, in this order: what the table of fields says, where the subject has no more to say.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        telling::rows(cx, self, ids)
    }

    /// How many rows a list of its has, where that is kept and need not be counted row by row. Asked only where nothing else
    /// narrows the list down: no typed filter, nothing that this person may not see.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn kept_total(&self, cx: &Cx<'_>, list: &'static ListSpec) -> Result<Option<i64>, Refusal> {
        let _ = (cx, list);
        Ok(None)
    }

    /// The same as a book, for a list that is one: its own columns, a running balance in the rows, subtotals after them.
    /// Asked instead of [`Subject::rows`] and [`Subject::columns`] whenever a window of the list is loaded. The rows are
    /// ordered as the list is; while a typed filter is on, subtotals and what is carried are left off by the desk.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn ledger(&self, cx: &Cx<'_>, list: &'static ListSpec, ids: &[i64]) -> Result<Option<Book>, Refusal> {
        let _ = (cx, list, ids);
        Ok(None)
    }

    /// The grids in which its records can be seen; the first is then the page of its tab, before its lists.
    fn grids(&self) -> &'static [GridSpec] {
        &[]
    }

    /// One of them. Asked whenever the day changes or something was written.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn grid(&self, cx: &Cx<'_>, spec: &'static GridSpec, wanted: Wanted<'_>) -> Result<Grid, Refusal> {
        let _ = (cx, wanted);
        Err(Refusal::usage("no-page").with("text", spec.name))
    }

    /// What the making of a record takes over from a cell: field names with the text that goes into them.
    fn cell_texts(&self, cx: &Cx<'_>, spec: &'static GridSpec, place: &Place) -> Vec<(&'static str, String)> {
        let _ = (cx, spec, place);
        Vec::new()
    }

    /// What the making of a record takes over from the record under the finger, of this or another subject: field names with
    /// what an empty field is then taken for.
    fn about(&self, cx: &Cx<'_>, action: &Action, of: &dyn Subject, id: i64) -> Vec<(&'static str, String)> {
        let _ = (cx, action, of, id);
        Vec::new()
    }

    /// The day on which a record stands in a grid; none where it stands on none.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn day_of(&self, cx: &Cx<'_>, id: i64) -> Result<Option<NaiveDate>, Refusal> {
        let _ = (cx, id);
        Ok(None)
    }

    /// Name of the list in which the row that is being filled in would stand, where the form decides it (the book of the
    /// chosen account); none for the list the form was opened from.
    fn row_list(&self, cx: &Cx<'_>, form: &FormState) -> Option<&'static str> {
        let _ = (cx, form);
        None
    }

    /// The form of a row action as it would stand in this list, one cell a column; what is not known yet is empty.
    fn row_of(&self, cx: &Cx<'_>, form: &FormState, list: &'static ListSpec) -> Vec<String> {
        let _ = (cx, form, list);
        Vec::new()
    }

    /// One record in a few words, for a prompt: which it is, then how it stands; within twenty columns where it can.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn brief(&self, cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
        Ok(self.rows(cx, &[id])?.into_iter().next().map(|row| row.brief).unwrap_or_default())
    }

    /// Labels and usual lengths of the columns of [`Subject::rows`].
    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        telling::columns(cx, self)
    }

    /// What the page of one record says: its fields, where the subject has no more to say.
    ///
    /// # Errors
    /// When there is no such record, or the file cannot be read.
    fn page(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
        let items = telling::facts(cx, self, id)?;
        Ok(vec![Part::Facts(Facts { heading: String::new(), items })])
    }

    /// The first part of [`Subject::page`]: what a person sees of the focused row beside the list. Asked at every step.
    ///
    /// # Errors
    /// As [`Subject::page`].
    fn card(&self, cx: &Cx<'_>, id: i64) -> Result<Option<Part>, Refusal> {
        Ok(self.page(cx, id)?.into_iter().next())
    }

    /// Whether an action applies now to this record (`None` for one that makes a record). Permission is the desk's.
    ///
    /// # Errors
    /// Says why not and what to do instead.
    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        let _ = (cx, action, id);
        Ok(())
    }

    /// The same of many actions, one answer each. Asked at every step: what they have in common should be read once.
    fn available_each(&self, cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
        actions.iter().map(|action| self.available(cx, action, Some(id))).collect()
    }

    /// Fills a form that was just opened: present values, defaults, proposals.
    ///
    /// # Errors
    /// When there is no such record, or the file cannot be read.
    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal>;

    /// A field's text changed: fill what follows from it, propose, warn (findings). Never refuses; problems of a field
    /// go into the field.
    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        let _ = (cx, form, changed);
    }

    /// Completions for a field that is no closed set and no reference; best first.
    fn complete(&self, cx: &Cx<'_>, form: &FormState, field: &str) -> Vec<super::view::Choice> {
        let _ = (cx, form, field);
        Vec::new()
    }

    /// Carries an action out inside the transaction. `cx.db` is the same transaction. The audit row (old and new value
    /// of every changed field of the record) and the search keys are the door's: nothing of them is written here.
    ///
    /// # Errors
    /// Says which field, why, and what to do; nothing is then written.
    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal>;

    /// The record that an action without a target turns out to be about (the line that an answer of a count marks); none where
    /// it makes one. Asked inside the change, before it: the audit then says how the record stood.
    ///
    /// # Errors
    /// What the action would refuse.
    fn found_target(&self, cx: &Cx<'_>, action: &Action, form: &FormState) -> Result<Option<i64>, Refusal> {
        let _ = (cx, action, form);
        Ok(None)
    }

    /// What a person would do next after this action on these records, and is then asked about; none in ordinary life.
    fn next(&self, cx: &Cx<'_>, action: &Action, ids: &[i64]) -> Option<Next> {
        let _ = (cx, action, ids);
        None
    }

    /// The answer to a form of an action that only asks and changes nothing; none for every other.
    ///
    /// # Errors
    /// When it cannot be answered as it stands.
    fn answer(&self, cx: &Cx<'_>, form: &FormState) -> Result<Option<Answer>, Refusal> {
        let _ = (cx, form);
        Ok(None)
    }

    /// Takes back the making of a record without deleting it.
    ///
    /// # Errors
    /// When it has gone too far to be taken back.
    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal>;

    /// What was made together with a record and is still there after it was withdrawn, in a sentence; empty for nothing.
    fn left_behind(&self, cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
        let _ = (cx, id);
        Ok(String::new())
    }

    /// Called after fields of a record were put back by an undo: whatever follows from them (a step in its history).
    ///
    /// # Errors
    /// When the file cannot be written.
    fn restored(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let _ = (cx, tx, id);
        Ok(())
    }

    /// What waits for someone, for the today page, most pressing first; at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        let _ = (cx, limit);
        Ok(Vec::new())
    }

    /// Further texts by which a record is found, besides its own fields (the client's name of a case).
    ///
    /// # Errors
    /// When the file cannot be read.
    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(super::field::Findable, String)>, Refusal> {
        let _ = (cx, id);
        Ok(Vec::new())
    }

    /// What it keeps about a person served, by the number of their file: all of it and whole, for that person to have.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn about_person(&self, cx: &Cx<'_>, client: i64) -> Result<Vec<Section>, Refusal> {
        let _ = (cx, client);
        Ok(Vec::new())
    }

    /// Takes what names a person out of the texts kept here: `hide` gives a text without it. Asked when a person's file is
    /// erased, inside that change.
    ///
    /// # Errors
    /// When the file cannot be written.
    fn forget_person(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        client: i64,
        hide: &dyn Fn(&str) -> String,
    ) -> Result<(), Refusal> {
        let _ = (cx, tx, client, hide);
        Ok(())
    }

    /// Whether a record leaves the office only masked, whoever asks for whole values: its person took their consent back.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn withheld(&self, cx: &Cx<'_>, id: i64) -> Result<bool, Refusal> {
        let _ = (cx, id);
        Ok(false)
    }

    /// Whether a copy of the office still has something that was erased in the office itself up to this day.
    ///
    /// # Errors
    /// When one of them cannot be read.
    fn erased_since(
        &self,
        office: &Connection,
        copy: &Connection,
        until: NaiveDate,
    ) -> Result<bool, Refusal> {
        let _ = (office, copy, until);
        Ok(false)
    }

    /// Erases in the copy (`cx.db`, `tx`) what was erased in the office itself up to this day.
    ///
    /// # Errors
    /// When one of them cannot be read or written.
    fn erase_again(
        &self,
        office: &Connection,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        until: NaiveDate,
    ) -> Result<(), Refusal> {
        let _ = (office, cx, tx, until);
        Ok(())
    }

    /// Whether what its records say stays as it was written, whoever is erased: the law keeps accounts (RULES §3.13).
    fn archived(&self) -> bool {
        false
    }

    /// Whether an action erases: the values it takes away are then not kept in the audit either.
    fn erases(&self, action: &str) -> bool {
        let _ = action;
        false
    }

    /// A few words on how the subject stands now, for the side of the today page (label, value).
    ///
    /// # Errors
    /// When the file cannot be read.
    fn standing(&self, cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
        let _ = cx;
        Ok(Vec::new())
    }

    /// Reads a quick entry line that begins with one of [`Subject::verbs`] (the verb is cut off).
    fn quick(&self, cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        let _ = cx;
        QuickReading { action, target: None, texts: Vec::new(), unread: vec![rest.to_owned()] }
    }

    /// The reports it can make.
    fn reports(&self) -> &'static [ReportSpec] {
        &[]
    }

    /// The action that takes one row of an imported table; none when rows cannot be imported.
    fn import_action(&self) -> Option<&'static str> {
        None
    }

    /// File endings, besides those of tables, under which all of it can be taken out (`journal`, `ics`).
    fn formats(&self) -> &'static [&'static str] {
        &[]
    }

    /// Ids of the posts that may take its records out of the office as a file; empty for every post of the secretariat and the
    /// associations, where nothing in it is about people served or employed.
    fn exporters(&self) -> &'static [&'static str] {
        &[]
    }

    /// Writes all of it in one of [`Subject::formats`], with a remark that says who took it out; answers with how many records
    /// went out.
    ///
    /// # Errors
    /// When the person may not, the file cannot be read, or `out` cannot take it.
    fn write_as(
        &self,
        cx: &Cx<'_>,
        ending: &str,
        mark: &str,
        out: &mut dyn std::io::Write,
    ) -> Result<usize, Refusal> {
        let _ = (cx, mark, out);
        Err(Refusal::usage("export-ending").with("ending", ending))
    }

    /// Headers of other people's tables that were remembered, each with the name of its field; they go before all others.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn headers(&self, cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
        let _ = cx;
        Ok(Vec::new())
    }

    /// A table has been taken in: the last record made of it, and under which header each field stood.
    ///
    /// # Errors
    /// When the file cannot be written.
    fn imported(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        id: i64,
        headers: &[(&'static str, String)],
    ) -> Result<(), Refusal> {
        let _ = (cx, tx, id, headers);
        Ok(())
    }

    /// The files into which it can be taken out piece by piece, into a directory: what each is about, its name.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn pieces(&self, cx: &Cx<'_>) -> Result<Vec<(i64, String)>, Refusal> {
        let _ = cx;
        Ok(Vec::new())
    }

    /// Writes one of [`Subject::pieces`], with the same remark; answers with how many records went out.
    ///
    /// # Errors
    /// As [`Subject::write_as`].
    fn write_piece(
        &self,
        cx: &Cx<'_>,
        about: i64,
        mark: &str,
        out: &mut dyn std::io::Write,
    ) -> Result<usize, Refusal> {
        let _ = (cx, about, mark, out);
        Ok(0)
    }
}
