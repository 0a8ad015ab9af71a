//! Filling in a form: what happens at each edit, at each `Accept`, and how the form is shown. Subjects answer to edits;
//! the draft is kept as it is typed.

use chrono::Timelike;

use crate::store::drafts::{self, DraftPen};
use crate::store::steady;

use super::action::Action;
use super::field::Kind;
use super::form::FormState;
use super::office::Office;
use super::query::Query;
use super::reading;
use super::records;
use super::refusal::Refusal;
use super::subject::{Cx, Subject};
use super::view::Choice;

/// How many completions are shown.
const COMPLETIONS: usize = 9;

/// A form on the desk: its state, the pen that keeps its draft, the record as it was when the form was opened.
pub(crate) struct Filling {
    pub subject: &'static dyn Subject,
    pub action: &'static Action,
    pub form: FormState,
    pub pen: DraftPen,
    pub opened: Option<records::Kept>,
    /// The list whose next row the form is, at its end; none for a form that is no row.
    pub tail: Option<Query>,
    /// The draft is written once, when the whole form has been filled by one line, and not field by field.
    pub at_once: bool,
    /// The record saved last, by this form or by the one before it in the same row.
    pub entered: Option<i64>,
}

/// What `Accept` came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Accepted {
    /// The finger is on the next field, or still on this one with its error.
    Stay,
    /// Nothing is left to answer: save.
    Save,
}

impl Filling {
    /// Opens a form for an action.
    ///
    /// # Errors
    /// When the action does not apply or is not permitted.
    pub(crate) fn open(
        office: &Office,
        session: i64,
        subject: &'static dyn Subject,
        action: &'static Action,
        target: Option<i64>,
        others: Vec<i64>,
    ) -> Result<Self, Refusal> {
        let cx = office.cx();
        super::door::check(&cx, subject, action, target)?;
        let mut form = FormState::new(subject.name(), action, target);
        form.others = others;
        let opened = match target {
            Some(id) => records::load(&cx, subject.record(), id)?,
            None => None,
        };
        form.version = opened.as_ref().map_or(0, |kept| kept.version);
        subject.start(&cx, action, target, &mut form)?;
        let on = target.map(|id| id.to_string());
        let pen = DraftPen::new(office.who.id, Some(session), subject.name(), action.name, on.as_deref());
        let mut filling =
            Self { subject, action, form, pen, opened, tail: None, at_once: false, entered: None };
        filling.respond(&cx, "");
        filling.form.focus = filling.form.next_open(0).unwrap_or(0);
        filling.complete(&cx);
        Ok(filling)
    }

    /// Takes a draft up again.
    ///
    /// # Errors
    /// When the action no longer applies; the draft stays.
    pub(crate) fn resume(office: &Office, session: i64, draft: &drafts::Draft) -> Result<Self, Refusal> {
        let gone = || Refusal::rule("not-found").with("text", &draft.subject);
        let subject = office.subject(&draft.subject).ok_or_else(gone)?;
        let action = super::door::action(subject, &draft.action).ok_or_else(gone)?;
        let target = draft.target.as_deref().and_then(|t| t.parse().ok());
        let mut filling = Self::open(office, session, subject, action, target, Vec::new())?;
        filling.pen = DraftPen::resume(draft);
        filling.form.draft = draft.id;
        let cx = office.cx();
        for at in 0..filling.form.slots.len() {
            let Some(slot) = filling.form.slots.get_mut(at) else { continue };
            let Some(text) = draft.fields.get(slot.field.name) else { continue };
            slot.text.clone_from(text);
            slot.touched = true;
            let name = slot.field.name;
            filling.respond(&cx, name);
        }
        let focus = draft.focus.as_deref().and_then(|name| filling.place(name));
        filling.form.focus = focus.or_else(|| filling.form.next_open(0)).unwrap_or(0);
        filling.complete(&cx);
        Ok(filling)
    }

    /// Where the field of this name stands.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.form.slots.iter().position(|s| s.field.name == name && !s.hidden)
    }

    /// The focused field's text is now this. The draft is kept before anything else is done with it.
    pub(crate) fn edit(&mut self, office: &Office, text: &str) -> Result<(), Refusal> {
        let at = self.form.focus;
        let Some(slot) = self.form.slots.get_mut(at).filter(|s| !s.fixed) else { return Ok(()) };
        if slot.text == text {
            return Ok(());
        }
        let before = std::mem::replace(&mut slot.text, text.to_owned());
        if self.form.run != Some(at) {
            self.form.past.push((at, before));
        }
        self.form.run = Some(at);
        self.form.future.clear();
        self.typed(office, at)
    }

    /// After the text of a field changed, by typing or by undo.
    fn typed(&mut self, office: &Office, at: usize) -> Result<(), Refusal> {
        let cx = office.cx();
        let Some(slot) = self.form.slots.get_mut(at) else { return Ok(()) };
        slot.touched = !slot.text.is_empty();
        slot.passed = false;
        slot.error = None;
        slot.picked = None;
        slot.echo.clear();
        let (name, text) = (slot.field.name, slot.text.clone());
        let now = cx.now.format("%Y-%m-%dT%H:%M:%S").to_string();
        let caret = u32::try_from(text.chars().count()).unwrap_or(0);
        self.pen.take(name, &text, caret);
        let kept = match self.at_once {
            true => Ok(drafts::Kept::Later),
            false => office.store.flush_draft(&mut self.pen, &now),
        };
        self.form.draft = self.pen.id().unwrap_or(0);
        if kept.is_ok() {
            self.form.saved = format!("{:02}:{:02}", cx.now.hour(), cx.now.minute());
        }
        self.respond(&cx, name);
        self.complete(&cx);
        kept.map(|_| ()).map_err(Refusal::from)
    }

    /// Writes the draft of a form that was filled at once; what cannot be written now is written at the next key.
    pub(crate) fn keep(&mut self, office: &Office) {
        self.at_once = false;
        let now = office.stamp().at;
        if let Ok(drafts::Kept::Now) = office.store.flush_draft(&mut self.pen, &now) {
            self.form.draft = self.pen.id().unwrap_or(0);
        }
    }

    /// Takes the last edit of this form back, or does it again.
    pub(crate) fn undo(&mut self, office: &Office, back: bool) -> Option<&'static str> {
        let step = if back { self.form.past.pop() } else { self.form.future.pop() };
        let (at, text) = step?;
        let slot = self.form.slots.get_mut(at)?;
        let present = std::mem::replace(&mut slot.text, text);
        let name = slot.field.name;
        if back {
            self.form.future.push((at, present));
        } else {
            self.form.past.push((at, present));
        }
        self.form.focus = at;
        self.form.run = None;
        drop(self.typed(office, at));
        Some(name)
    }

    /// Reads every field, lets the subject answer, and reads what it filled in.
    pub(crate) fn respond(&mut self, cx: &Cx<'_>, changed: &str) {
        steady(cx.db, || {
            self.read_all(cx);
            self.form.findings.clear();
            self.subject.respond(cx, &mut self.form, changed);
            self.read_all(cx);
            self.follow_row(cx);
        });
    }

    fn read_all(&mut self, cx: &Cx<'_>) {
        for slot in &mut self.form.slots {
            slot.read = reading::read(slot.field, slot.effective(), cx).ok();
        }
    }

    /// What would fit the focused field.
    pub(crate) fn complete(&mut self, cx: &Cx<'_>) {
        let focus = self.form.focus;
        for (at, slot) in self.form.slots.iter_mut().enumerate() {
            if at != focus {
                slot.completions.clear();
                slot.picked = None;
            }
        }
        let Some(slot) = self.form.slots.get(focus) else { return };
        let text = slot.text.trim();
        let mut found = match slot.field.kind {
            Kind::Ref(name) if !text.is_empty() => referrable(cx, name, text),
            Kind::Choice(_) | Kind::Choices(_) | Kind::Flag | Kind::Ref(_) => Vec::new(),
            _ => steady(cx.db, || self.subject.complete(cx, &self.form, slot.field.name)),
        };
        found.truncate(COMPLETIONS);
        for (at, choice) in found.iter_mut().enumerate() {
            choice.key = (at + 1).to_string();
        }
        if let Some(slot) = self.form.slots.get_mut(focus) {
            // What is already taken needs no offer.
            found.retain(|c| c.value != slot.text);
            slot.completions = found;
        }
    }

    /// Moves the finger through the completions.
    pub(crate) fn pick(&mut self, forward: bool) {
        let Some(slot) = self.form.slots.get_mut(self.form.focus) else { return };
        let n = slot.completions.len();
        if n == 0 {
            return;
        }
        slot.picked = Some(match (slot.picked, forward) {
            (None, true) => 0,
            (None, false) => n - 1,
            (Some(at), true) => (at + 1) % n,
            (Some(at), false) => (at + n - 1) % n,
        });
    }

    /// Takes a completion by its number from 1.
    pub(crate) fn take(&mut self, office: &Office, number: usize) -> Result<bool, Refusal> {
        let slot = self.form.slots.get(self.form.focus);
        let chosen = slot.and_then(|s| s.completions.get(number.wrapping_sub(1))).map(|c| c.value.clone());
        let Some(value) = chosen else { return Ok(false) };
        self.form.run = None;
        self.edit(office, &value)?;
        if let Some(slot) = self.form.slots.get_mut(self.form.focus) {
            slot.completions.clear();
        }
        Ok(true)
    }

    /// Done with the focused field: on to the next that still needs an answer, or save.
    pub(crate) fn accept(&mut self, office: &Office) -> Result<Accepted, Refusal> {
        let picked = self.form.slots.get(self.form.focus).and_then(|s| s.picked);
        if let Some(at) = picked {
            self.take(office, at + 1)?;
        }
        if !self.leave(office) {
            return Ok(Accepted::Stay);
        }
        let cx = office.cx();
        match self.form.next_open(self.form.focus + 1) {
            Some(at) => {
                self.form.focus = at;
                self.complete(&cx);
                Ok(Accepted::Stay)
            }
            None => Ok(Accepted::Save),
        }
    }

    /// Checks the focused field as it is left; false when its error keeps the finger there.
    fn leave(&mut self, office: &Office) -> bool {
        let cx = office.cx();
        let at = self.form.focus;
        self.form.run = None;
        let Some(slot) = self.form.slots.get_mut(at) else { return true };
        // The one record that fits is what was meant; several are a question.
        let wants_record = matches!(slot.field.kind, Kind::Ref(_)) && slot.read.is_none();
        if wants_record && slot.completions.len() == 1 {
            let value = slot.completions.first().map(|c| c.value.clone()).unwrap_or_default();
            drop(self.edit(office, &value));
        }
        let Some(slot) = self.form.slots.get_mut(at) else { return true };
        let name = slot.field.name;
        let empty = slot.effective().trim().is_empty();
        let problem = match reading::read(slot.field, slot.effective(), &cx) {
            Err(problem) => Some(problem),
            Ok(_) if slot.required && empty => Some(Refusal::rule("required").field(name)),
            Ok(_) => None,
        };
        slot.passed = problem.is_none();
        slot.error = problem;
        self.respond(&cx, name);
        self.form.slots.get(at).is_none_or(|s| s.error.is_none())
    }

    /// Checks every field; the finger goes to the first that is wrong.
    pub(crate) fn check_all(&mut self, office: &Office) -> Result<(), Refusal> {
        let cx = office.cx();
        for slot in self.form.slots.iter_mut().filter(|s| !s.hidden) {
            let empty = slot.effective().trim().is_empty();
            slot.passed = true;
            if let Err(problem) = reading::read(slot.field, slot.effective(), &cx) {
                slot.error = Some(problem);
            } else if slot.required && empty {
                slot.error = Some(Refusal::rule("required").field(slot.field.name));
            }
        }
        self.respond(&cx, "");
        match self.form.slots.iter().position(|s| !s.hidden && s.error.is_some()) {
            Some(at) => {
                self.form.focus = at;
                self.complete(&cx);
                let error = self.form.slots.get(at).and_then(|s| s.error.clone());
                Err(error.unwrap_or_else(|| Refusal::rule("required")))
            }
            None => Ok(()),
        }
    }

    /// The refusal to save, which names the wrong fields and leaves what is wrong with them to the fields.
    pub(crate) fn not_saved(&self, office: &Office) -> Refusal {
        let wrong = self.form.slots.iter().filter(|s| !s.hidden && s.error.is_some());
        let labels: Vec<String> = wrong.map(|s| s.called(self.subject.name(), &office.locale)).collect();
        let fields = labels.join(&office.locale.say("list-separator"));
        Refusal::rule("not-saved").with("n", labels.len().to_string()).with("fields", fields)
    }

    /// Puts the finger on another field; the one left is checked but does not hold the finger.
    pub(crate) fn go(&mut self, office: &Office, at: usize) {
        let empty = self.form.slots.get(self.form.focus).is_none_or(|s| s.text.is_empty());
        if !empty {
            self.leave(office);
        }
        if self.form.slots.get(at).is_some_and(|s| !s.hidden) {
            self.form.focus = at;
        }
        self.complete(&office.cx());
    }

    /// A refusal names a field: the finger goes there with the words on it.
    pub(crate) fn refuse(&mut self, office: &Office, refusal: &Refusal) {
        if let Some(at) = refusal.field.and_then(|name| self.place(name)) {
            self.form.focus = at;
            if let Some(slot) = self.form.slots.get_mut(at) {
                slot.error = Some(refusal.clone());
            }
            self.complete(&office.cx());
        }
    }
}

/// Records of a subject that fit what was typed.
fn referrable(cx: &Cx<'_>, name: &str, text: &str) -> Vec<Choice> {
    let Some(subject) = cx.registry.iter().find(|s| s.name() == name) else { return Vec::new() };
    let Ok(found) = crate::store::search::search(cx.db, Some(name), text, COMPLETIONS) else {
        return Vec::new();
    };
    let ids: Vec<i64> = found.hits.iter().map(|hit| hit.id).collect();
    let rows = subject.rows(cx, &ids).unwrap_or_default();
    let choice = |row: super::view::Row| Choice {
        key: String::new(),
        value: row.reference.clone(),
        label: format!("{} {}", row.reference, row.cells.join(" ")),
    };
    rows.into_iter().map(choice).collect()
}
