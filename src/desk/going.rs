//! Getting about: pages, records by their reference, search, quick entry, commands typed by name.

use super::Desk;
use super::command::{COMMANDS, Needs};
use super::filling::Filling;
use super::page::{Page, Quick};
use super::query::Query;
use super::records;
use super::refusal::Refusal;
use super::rows::{Lead, Rows};
use super::subject::Subject;
use super::view::{Column, Row, Tone, View};
use crate::store::search as finder;
use crate::values::{pinyin, text};

/// How many hits a search shows.
const HITS: usize = 50;

impl Desk {
    /// The record behind a reference, of whichever subject.
    pub(crate) fn resolve(&self, reference: &str) -> Result<Option<(&'static dyn Subject, i64)>, Refusal> {
        let cx = self.office.cx();
        let wanted = text::half_width(reference);
        let wanted = wanted.trim().trim_start_matches('#');
        for subject in self.office.registry {
            if let Some(id) = records::by_reference(&cx, *subject, wanted)? {
                return Ok(Some((*subject, id)));
            }
        }
        Ok(None)
    }

    /// Opens a record by its reference.
    pub(crate) fn jump(&mut self, reference: &str) -> Result<(), Refusal> {
        match self.resolve(reference)? {
            Some((subject, id)) => self.show_record(subject, id),
            None => Err(Refusal::rule("not-found").with("text", reference)),
        }
    }

    /// Opens the page of a record.
    pub(crate) fn show_record(&mut self, subject: &'static dyn Subject, id: i64) -> Result<(), Refusal> {
        let cx = self.office.cx();
        let parts = subject.page(&cx, id)?;
        let row = subject.rows(&cx, &[id])?.into_iter().next().unwrap_or_default();
        // Coming back to the record that is already open must not pile pages up.
        if let Some(Page::Record { id: open, subject: of, .. }) = self.stack.last()
            && *open == id
            && of.name() == subject.name()
        {
            self.stack.pop();
        }
        let now = self.office.stamp().at;
        // Who has which record open is a courtesy to the others; failing to say so refuses nothing.
        drop(self.office.store.session_seen(self.session, &now, Some(&row.reference)));
        self.stack.push(Page::Record { subject, id, reference: row.reference, parts });
        Ok(())
    }

    /// The record's page is left: nobody is on it any more, and the list beneath has the finger on it.
    fn leave_record(&mut self, subject: &dyn Subject, id: i64) -> Result<(), Refusal> {
        let now = self.office.stamp().at;
        drop(self.office.store.session_seen(self.session, &now, None));
        let (cx, window) = (self.office.cx(), self.window);
        match self.stack.last_mut() {
            Some(Page::List(query)) if query.subject.name() == subject.name() => query.seek(&cx, id, window),
            _ => Ok(()),
        }
    }

    /// Opens what the focused row leads to.
    pub(crate) fn open_row(&mut self) -> Result<(), Refusal> {
        let lead = match self.stack.last() {
            Some(Page::List(query)) => {
                return match query.id() {
                    Some(id) => self.show_record(query.subject, id),
                    None => Err(Refusal::rule("no-record")),
                };
            }
            Some(
                Page::Today { duties: rows, .. }
                | Page::Sheet { rows, .. }
                | Page::Search { found: rows, .. },
            ) => rows.lead(),
            _ => Lead::Nothing,
        };
        match lead {
            Lead::Nothing => Ok(()),
            Lead::Record(reference) => self.jump(&reference),
            Lead::Page(name) => self.go_to(&name),
            Lead::Draft(id) => self.take_up(id),
        }
    }

    /// Takes a draft up again.
    pub(crate) fn take_up(&mut self, id: i64) -> Result<(), Refusal> {
        let Some(draft) = self.office.store.take_draft(id, self.session)? else {
            return Err(Refusal::rule("draft-gone"));
        };
        let filling = Filling::resume(&self.office, self.session, &draft)?;
        self.stack.push(Page::Form(Box::new(filling)));
        self.say("draft-taken-up", &[]);
        Ok(())
    }

    /// Leaves this page for the one before. A form in progress stays as a draft, and says so.
    pub(crate) fn back(&mut self) -> Result<(), Refusal> {
        if self.stack.len() <= 1 {
            self.say("at-the-first-page", &[]);
            return Ok(());
        }
        if let Some(Page::List(query)) = self.stack.last_mut()
            && !query.filter.is_empty()
        {
            return {
                query.filter.clear();
                query.load(&self.office.cx(), self.window)
            };
        }
        let record = match self.stack.last() {
            Some(Page::Record { subject, id, .. }) => Some((*subject, *id)),
            _ => None,
        };
        let form = matches!(self.stack.last(), Some(Page::Form(_)));
        let kept = self.leave(self.stack.len() - 1);
        if form {
            self.say(if kept { "draft-kept" } else { "put-away" }, &[]);
        }
        if let Some((subject, id)) = record {
            self.leave_record(subject, id)?;
        }
        self.reload()
    }

    /// Opens a top-level page or one of its views.
    pub(crate) fn go_to(&mut self, name: &str) -> Result<(), Refusal> {
        let (page, view) = name.split_once('.').unwrap_or((name, ""));
        if let Some(subject) = self.office.subject(page) {
            let spec = match view {
                "" => subject.lists().first(),
                view => subject.lists().iter().find(|s| s.name == view),
            };
            let Some(spec) = spec else {
                return Err(Refusal::usage("no-page").with("text", name));
            };
            let mut query = Query::new(subject, spec);
            query.load(&self.office.cx(), self.window)?;
            self.top(Page::List(query));
            return Ok(());
        }
        match page {
            "today" => {
                if self.leave(0) {
                    self.say("draft-kept", &[]);
                }
                // Made after the leaving, so that what was put away stands on it.
                let today = self.today()?;
                self.stack.push(today);
                Ok(())
            }
            "more" | "report" | "drafts" | "settings" | "history" | "who" | "set" | "help" => {
                self.sheet(page, view)
            }
            _ => Err(Refusal::usage("no-page").with("text", name)),
        }
    }

    /// Puts a page over the today page: going somewhere does not pile pages up.
    pub(crate) fn top(&mut self, page: Page) {
        if self.leave(1) {
            self.say("draft-kept", &[]);
        }
        self.stack.push(page);
    }

    /// Leaves all pages above the first `keep`. Forms among them are put away: their drafts can be taken up at any
    /// desk. Says whether there was anything in them.
    pub(crate) fn leave(&mut self, keep: usize) -> bool {
        let now = self.office.stamp().at;
        let mut kept = false;
        for mut page in self.stack.drain(keep.min(self.stack.len())..) {
            let filling = match &mut page {
                Page::Form(filling) => Some(filling),
                Page::Quick(quick) => quick.filling.as_mut(),
                _ => None,
            };
            if let Some(pen) = filling.map(|f| &mut f.pen).filter(|pen| pen.id().is_some() || pen.is_behind())
            {
                // While this desk lives a draft that could not be let go of is still in the table.
                drop(self.office.store.put_down(pen, &now));
                kept = true;
            }
        }
        kept
    }

    /// Opens the search page, or looks again with another text.
    pub(crate) fn search(&mut self, text: &str) -> Result<(), Refusal> {
        let found = self.find(text)?;
        if let Some(Page::Search { text: old, found: rows, .. }) = self.stack.last_mut() {
            text.clone_into(old);
            *rows = found;
        } else {
            self.stack.push(Page::Search { text: text.to_owned(), found, in_list: false });
        }
        Ok(())
    }

    fn find(&self, text: &str) -> Result<Rows, Refusal> {
        let cx = self.office.cx();
        let mut rows = Rows {
            name: "search".into(),
            heading: cx.t.say("page-search"),
            columns: vec![column(cx.t.say("column-what"), 24), column(cx.t.say("column-kind"), 6)],
            empty: cx.t.say(if text.trim().is_empty() { "search-start" } else { "search-empty" }),
            ..Rows::default()
        };
        if text.trim().is_empty() {
            return Ok(rows);
        }
        for hit in finder::search(cx.db, None, text, HITS)?.hits {
            let Some(subject) = self.office.subject(&hit.subject) else { continue };
            if records::visible(&cx, subject, Some(hit.id))?.is_none() {
                continue;
            }
            for row in subject.rows(&cx, &[hit.id])? {
                let kind = cx.t.say(&format!("subject-{}", subject.name()));
                let said = format!("{} {}", row.reference, row.cells.join(" "));
                rows.leads.push(Lead::Record(row.reference.clone()));
                rows.rows.push(Row { cells: vec![said, kind], ..row });
            }
        }
        Ok(rows)
    }

    /// Opens the quick entry page, or reads another line on it.
    pub(crate) fn quick(&mut self, line: &str) -> Result<(), Refusal> {
        let mut quick = Quick { line: line.to_owned(), filling: None, unread: Vec::new() };
        let folded = text::half_width(line);
        let trimmed = folded.trim();
        let (first, rest) = trimmed.split_once(char::is_whitespace).unwrap_or((trimmed, ""));
        let found = self.office.registry.iter().find_map(|subject| {
            let verb = subject.verbs().iter().find(|(verb, _)| verb.eq_ignore_ascii_case(first))?;
            Some((*subject, super::door::action(*subject, verb.1)?))
        });
        if let Some((subject, action)) = found {
            let reading = subject.quick(&self.office.cx(), action.name, rest.trim());
            let mut filling = Box::new(Filling::open(
                &self.office,
                self.session,
                subject,
                action,
                reading.target,
                Vec::new(),
            )?);
            for (name, text) in &reading.texts {
                if let Some(at) = filling.place(name) {
                    filling.form.focus = at;
                    filling.edit(&self.office, text)?;
                    filling.settle(&self.office);
                }
            }
            filling.form.focus = filling.form.next_open(0).unwrap_or(0);
            quick.unread = reading.unread;
            quick.filling = Some(filling);
        } else if !first.is_empty() {
            quick.unread = vec![trimmed.to_owned()];
        }
        if let Some(Page::Quick(old)) = self.stack.last_mut() {
            // The draft of the line before this key is the same line, one key shorter.
            if let Some(draft) = old.filling.as_ref().and_then(|f| f.pen.id()) {
                self.office.store.discard_draft(draft)?;
            }
            *old = quick;
        } else {
            self.stack.push(Page::Quick(quick));
        }
        Ok(())
    }

    /// What was understood is confirmed: saved when nothing is missing, else asked for in the form.
    pub(crate) fn confirm_quick(&mut self) -> Result<(), Refusal> {
        let Some(Page::Quick(quick)) = self.stack.last() else { return Ok(()) };
        if quick.filling.is_none() {
            return Err(Refusal::usage("quick-verb").with("text", &quick.line));
        }
        if !quick.unread.is_empty() {
            return Err(Refusal::rule("quick-unread").with("text", quick.unread.join(" ")));
        }
        let Some(Page::Quick(quick)) = self.stack.pop() else { return Ok(()) };
        let Some(mut filling) = quick.filling else { return Ok(()) };
        filling.confirm();
        let ready = filling.form.ready();
        self.stack.push(Page::Form(filling));
        if ready { self.submit(false) } else { Ok(()) }
    }

    /// A typed command: a reference, a page, or an action by name, label, pinyin or beginning.
    pub(crate) fn command(&mut self, line: &str) -> Result<(), Refusal> {
        let folded = text::half_width(line);
        let wanted = folded.trim().trim_start_matches(':').trim().to_lowercase();
        if wanted.is_empty() {
            return Ok(());
        }
        if wanted.starts_with('#') {
            return self.jump(&wanted);
        }
        if let Some(rest) = wanted.strip_prefix(';').or_else(|| wanted.strip_prefix('；')) {
            return self.quick(rest);
        }
        if let Some(rest) = wanted.strip_prefix('/') {
            return self.search(rest);
        }
        let words = words_of(&self.view, &self.office.locale);
        let exact: Vec<&Named> = words.iter().filter(|w| w.is(&wanted)).collect();
        let found =
            if exact.is_empty() { words.iter().filter(|w| w.begins(&wanted)).collect() } else { exact };
        match found.as_slice() {
            [one] => self.run(&one.name),
            [] => match self.resolve(&wanted)? {
                Some((subject, id)) => self.show_record(subject, id),
                None => Err(Refusal::usage("no-action").with("text", line)),
            },
            several => {
                let labels: Vec<String> = several.iter().map(|w| w.label.clone()).collect();
                let joined = labels.join(&self.office.locale.say("list-separator"));
                Err(Refusal::usage("several-actions").with("text", line).with("several", joined))
            }
        }
    }

    /// Runs a command, a page or an action by its stable name.
    fn run(&mut self, name: &str) -> Result<(), Refusal> {
        if let Some(page) = name.strip_prefix("page:") {
            return self.go_to(page);
        }
        match super::command::command(name).map(|c| c.needs) {
            Some(Needs::Nothing(intent)) => self.turn(intent()),
            Some(Needs::Line(_) | Needs::Face) => Err(Refusal::usage("needs-its-key").with("text", name)),
            None => self.act(name),
        }
    }

    /// Says where the person is: page, row, place in the list, what lies beneath.
    pub(crate) fn where_am_i(&mut self) {
        let mut said = vec![self.view.place.join(" > ")];
        if let Some(list) = self.view.list().filter(|l| l.total > 0) {
            said.push(format!("{}/{}", list.rank(), list.total));
            if let Some(row) = list.row() {
                said.push(row.brief.clone());
            }
        }
        if let Some(field) = self.view.form().and_then(super::view::Form::field) {
            let value = if field.secret { String::new() } else { field.value.clone() };
            said.push(format!("{} {value}", field.label));
        }
        self.tell(Tone::Info, said.join("  "), String::new());
    }
}

impl Filling {
    /// A field filled by quick entry counts as answered.
    pub(crate) fn settle(&mut self, office: &super::office::Office) {
        let only =
            self.form.slots.get(self.form.focus).filter(|s| s.completions.len() == 1 && s.read.is_none());
        if only.is_some() {
            drop(self.take(office, 1));
        }
        if let Some(slot) = self.form.slots.get_mut(self.form.focus) {
            slot.passed = true;
        }
    }

    /// The person confirmed what was understood: proposals count as seen.
    pub(crate) fn confirm(&mut self) {
        for slot in &mut self.form.slots {
            slot.passed = true;
        }
        self.form.focus = self.form.next_open(0).unwrap_or(0);
    }
}

pub(super) fn column(label: String, usual: u16) -> Column {
    Column { label, usual, number: false }
}

/// Something that can be named: its stable name, its label, and the pinyin of that.
struct Named {
    name: String,
    label: String,
    keys: Vec<String>,
}

impl Named {
    fn new(name: String, label: String) -> Self {
        let keys = pinyin::text_keys(&label);
        Self { name, label, keys }
    }

    fn bare(&self) -> &str {
        let name = self.name.strip_prefix("page:").unwrap_or(&self.name);
        name.rsplit('.').next().unwrap_or(name)
    }

    fn is(&self, wanted: &str) -> bool {
        self.name == wanted
            || self.bare() == wanted
            || self.label.to_lowercase() == wanted
            || self.keys.iter().any(|k| k == wanted)
    }

    fn begins(&self, wanted: &str) -> bool {
        self.bare().starts_with(wanted)
            || self.label.to_lowercase().starts_with(wanted)
            || self.keys.iter().any(|k| k.starts_with(wanted))
    }
}

/// Everything that can be named on a page: its actions, the pages, the desk's commands.
fn words_of(view: &View, t: &super::Locale) -> Vec<Named> {
    let mut words: Vec<Named> =
        view.actions.iter().map(|o| Named::new(o.name.clone(), o.label.clone())).collect();
    let pages = view.tabs.iter().chain(view.list().map(|l| l.views.iter()).into_iter().flatten());
    words.extend(pages.map(|tab| Named::new(format!("page:{}", tab.name), tab.label.clone())));
    for command in COMMANDS {
        let label = t.say(&format!("command-{}", command.name));
        words.push(Named::new(command.name.to_owned(), label));
    }
    words
}

/// The field of a form that a word means: its number from 1, name, label, or the beginning or pinyin of that.
pub(super) fn field_by_word(form: &super::view::Form, word: &str) -> Option<String> {
    let wanted = text::half_width(word).trim().to_lowercase();
    if let Ok(number) = wanted.parse::<usize>() {
        return form.fields.get(number.wrapping_sub(1)).map(|f| f.name.clone());
    }
    let named: Vec<Named> = form.fields.iter().map(|f| Named::new(f.name.clone(), f.label.clone())).collect();
    let exact = named.iter().find(|n| n.is(&wanted));
    exact.or_else(|| named.iter().find(|n| n.begins(&wanted))).map(|n| n.name.clone())
}
