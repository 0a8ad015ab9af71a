//! Getting about: pages, records by their reference, search, and the way back.

use super::Desk;
use super::families::tab_of;
use super::filling::Filling;
use super::intent::Move;
use super::page::Page;
use super::query::Query;
use super::records;
use super::refusal::Refusal;
use super::rows::{Lead, Rows};
use super::subject::Subject;
use super::view::{Column, Row, Tone};
use crate::store::search as finder;
use crate::values::text;

/// How many hits a search shows.
const HITS: usize = 50;

/// A record that something named, with its subject.
pub(crate) type Named = (&'static dyn Subject, i64);

impl Desk {
    /// The record behind a reference, of whichever subject.
    ///
    /// # Errors
    /// When it means several, which are named; or when the file cannot be read.
    pub(crate) fn resolve(&self, reference: &str) -> Result<Option<Named>, Refusal> {
        let meant = self.meant(reference)?;
        match meant.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            several => {
                let cx = self.office.cx();
                let each = several.iter().map(|(s, id)| records::reference(&cx, s.record(), *id));
                let several = each.collect::<Result<Vec<_>, _>>()?.join(&cx.t.say("list-separator"));
                Err(Refusal::rule("several-records").with("text", reference).with("several", several))
            }
        }
    }

    /// The records a reference may mean: the one whose reference it is; else all that go by it otherwise (a tag, the end of
    /// their number, noughts and all), where the page that is open is of one of their subjects or lies under its tab, only that one.
    fn meant(&self, reference: &str) -> Result<Vec<Named>, Refusal> {
        let cx = self.office.cx();
        let wanted = text::half_width(reference);
        let wanted = wanted.trim().trim_start_matches('#');
        for subject in self.office.registry {
            let found = records::by_own_reference(&cx, *subject, wanted)?;
            if let Some(id) = records::visible(&cx, *subject, found)? {
                return Ok(vec![(*subject, id)]);
            }
        }
        let mut meant: Vec<Named> = Vec::new();
        for subject in self.office.registry {
            meant.extend(records::by_reference(&cx, *subject, wanted)?.map(|id| (*subject, id)));
        }
        if meant.len() > 1 && wanted.starts_with('0') {
            // With its noughts it is written as it stands: `0012` is no `012`.
            let mut whole = Vec::new();
            for (subject, id) in &meant {
                let reference = records::reference(&cx, subject.record(), *id)?;
                let head = reference.strip_suffix(wanted);
                whole.extend(
                    head.filter(|h| !h.ends_with(|c: char| c.is_ascii_digit())).map(|_| (*subject, *id)),
                );
            }
            if !whole.is_empty() {
                meant = whole;
            }
        }
        let Some(here) = self.stack.iter().rev().find_map(Page::subject) else { return Ok(meant) };
        let near: [&dyn Fn(&Named) -> bool; 3] =
            [&|(s, _)| s.name() == here.name(), &|(s, _)| s.name() == tab_of(here), &|(s, _)| {
                tab_of(*s) == tab_of(here)
            }];
        for near in near {
            let mut near = meant.iter().filter(|named| near(named));
            if let (Some(one), None) = (near.next(), near.next()) {
                return Ok(vec![*one]);
            }
        }
        Ok(meant)
    }

    /// Opens a record by its reference; where it may mean several, they are shown to choose from.
    pub(crate) fn jump(&mut self, reference: &str) -> Result<(), Refusal> {
        if !self.jumped(reference)? {
            return Err(Refusal::rule("not-found").with("text", reference));
        }
        Ok(())
    }

    /// The same; whether there was anything to open.
    pub(crate) fn jumped(&mut self, reference: &str) -> Result<bool, Refusal> {
        match self.meant(reference)?.as_slice() {
            [(subject, id)] => self.show_record(*subject, *id).map(|()| true),
            // On a calendar a day is somewhere to jump to.
            [] => self.turned_to(reference.trim_start_matches('#')),
            several => {
                let text = text::half_width(reference).trim().trim_start_matches('#').to_owned();
                let args = [("text", text.clone()), ("n", several.len().to_string())];
                let mut found = self.no_hits(&text);
                self.lead_to(several, &mut found)?;
                self.stack.push(Page::Search { text, found, in_list: true });
                self.say("choose-record", &args);
                Ok(true)
            }
        }
    }

    /// Opens the page of a record.
    pub(crate) fn show_record(&mut self, subject: &'static dyn Subject, id: i64) -> Result<(), Refusal> {
        let cx = self.office.cx();
        let parts = subject.page(&cx, id)?;
        let brief = subject.brief(&cx, id)?;
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
        self.stack.push(Page::Record { subject, id, reference: row.reference, brief, parts });
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
                if let Some(tick) = query.spec.tick.filter(|_| !query.marks.is_empty()) {
                    return self.act(&format!("{}.{tick}", query.subject.name()));
                }
                return match query.id() {
                    Some(id) => self.show_record(query.subject, id),
                    None => Err(Refusal::rule("no-record")),
                };
            }
            Some(Page::Grid(_)) => return self.open_cell(),
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
            Lead::Begin(action, texts) => self.begin(action, &texts),
        }
    }

    /// Takes a draft up again.
    pub(crate) fn take_up(&mut self, id: i64) -> Result<(), Refusal> {
        let Some(draft) = self.office.store.take_draft(id, self.session)? else {
            return Err(Refusal::rule("draft-gone"));
        };
        let filling = Filling::resume(&self.office, self.session, &draft)?;
        self.lay_open(filling)?;
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
        let entered = match self.stack.last_mut() {
            Some(Page::Form(filling)) => filling.entered.zip(filling.tail.take()),
            _ => None,
        };
        let kept = self.leave(self.stack.len() - 1);
        // Of rows that were saved the last message says so.
        if form && (kept || entered.is_none()) {
            self.say(if kept { "draft-kept" } else { "put-away" }, &[]);
        }
        if let Some((subject, id)) = record {
            self.leave_record(subject, id)?;
        }
        if let Some((id, tail)) = entered {
            self.show_entered(tail, id)?;
        }
        self.reload()
    }

    /// Opens a top-level page or one of its views.
    pub(crate) fn go_to(&mut self, name: &str) -> Result<(), Refusal> {
        let (page, view) = name.split_once('.').unwrap_or((name, ""));
        if let Some(subject) = self.office.subject(page) {
            if self.open_grid(subject, view)? {
                return Ok(());
            }
            let spec = match view {
                "" => subject.lists().first(),
                view => subject.lists().iter().find(|s| s.name == view),
            };
            let Some(spec) = spec else {
                return Err(Refusal::usage("no-page").with("text", name));
            };
            let mut query = Query::new(subject, spec);
            query.load(&self.office.cx(), self.window)?;
            if query.is_book() && !spec.descending {
                // A book is opened where it was written in last.
                query.step(&self.office.cx(), Move::Last, self.window)?;
            }
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
            "learn" => self.course_page(view),
            "more" | "report" | "drafts" | "settings" | "history" | "who" | "set" | "help" | "topics" => {
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
        let mut rows = self.no_hits(text);
        if text.trim().is_empty() {
            return Ok(rows);
        }
        for hit in finder::search(cx.db, None, text, HITS)?.hits {
            let Some(subject) = self.office.subject(&hit.subject) else { continue };
            if records::visible(&cx, subject, Some(hit.id))?.is_some() {
                self.lead_to(&[(subject, hit.id)], &mut rows)?;
            }
        }
        Ok(rows)
    }

    /// What was found of a text, before anything is.
    fn no_hits(&self, text: &str) -> Rows {
        let t = &self.office.locale;
        Rows {
            name: "search".into(),
            heading: t.say("page-search"),
            columns: vec![column(t.say("column-what"), 24), column(t.say("column-kind"), 6)],
            empty: t.say(if text.trim().is_empty() { "search-start" } else { "search-empty" }),
            ..Rows::default()
        }
    }

    /// Adds a row for each of these records.
    fn lead_to(&self, records: &[Named], rows: &mut Rows) -> Result<(), Refusal> {
        let cx = self.office.cx();
        for (subject, id) in records {
            for row in subject.rows(&cx, &[*id])? {
                let kind = cx.t.say(&format!("subject-{}", subject.name()));
                let said = format!("{} {}", row.reference, row.cells.join(" "));
                rows.leads.push(Lead::Record(row.reference.clone()));
                rows.rows.push(Row { cells: vec![said, kind], ..row });
            }
        }
        Ok(())
    }

    /// Says where the person is: page, row, place in the list, what lies beneath.
    pub(crate) fn where_am_i(&mut self) {
        let mut said = vec![self.view.place.join(" > ")];
        said.extend(self.view.schedule().map(|schedule| schedule.heading.clone()));
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
        said.extend(self.lesson_now());
        self.tell(Tone::Info, said.join("  "), String::new());
    }
}

pub(super) fn column(label: String, usual: u16) -> Column {
    Column { label, usual, number: false }
}
