//! A form in progress: the texts as typed, what they were understood as, and where the finger is. Subjects fill it and
//! answer to it; it knows neither SQL nor how it is shown.

use rusqlite::types::Value;

use super::action::{Action, Ask};
use super::field::Field;
use super::locale::Locale;
use super::reading::Read;
use super::refusal::Refusal;
use super::view::{Choice, Fact};

/// One field of a form in progress.
#[derive(Clone)]
pub(crate) struct Slot {
    /// What it holds.
    pub field: &'static Field,
    /// When the form stops here.
    pub ask: Ask,
    /// The text as typed, or as filled in.
    pub text: String,
    /// What an empty text is taken for.
    pub default: String,
    /// A person typed here; nothing may be filled in over it.
    pub touched: bool,
    /// A person has passed here with `Accept`.
    pub passed: bool,
    /// Not asked and not shown for now.
    pub hidden: bool,
    /// May not be changed here.
    pub fixed: bool,
    /// May not be empty when saved.
    pub required: bool,
    /// What is wrong with it.
    pub error: Option<Refusal>,
    /// What the text was understood as; none while it is not understood.
    pub read: Option<Read>,
    /// A read-back that the subject knows better than the field's kind does.
    pub echo: String,
    /// What it is called in this form, where that is not the field's own name (an item of a checklist); else empty.
    pub label: String,
    /// What would fit.
    pub completions: Vec<Choice>,
    /// Which completion the finger is on.
    pub picked: Option<usize>,
}

impl Slot {
    /// The text that counts: as typed, or what an empty one is taken for.
    pub(crate) fn effective(&self) -> &str {
        if self.text.is_empty() { &self.default } else { &self.text }
    }

    /// What it is called for a person.
    pub(crate) fn called(&self, subject: &str, t: &Locale) -> String {
        if self.label.is_empty() {
            t.say(&format!("{subject}-{}", self.field.name))
        } else {
            self.label.clone()
        }
    }

    /// Whether `Accept` must stop here.
    pub(crate) fn open(&self) -> bool {
        if self.hidden || self.fixed {
            return false;
        }
        let empty = self.effective().trim().is_empty();
        let ask = match self.ask {
            Ask::Always => !self.passed,
            Ask::IfEmpty => empty && !self.passed,
            Ask::OnRequest => false,
        };
        ask || self.error.is_some() || (self.required && empty)
    }
}

/// A form in progress.
#[derive(Clone)]
pub(crate) struct FormState {
    /// The subject's name.
    pub subject: &'static str,
    /// The action's name.
    pub action: &'static str,
    /// The record it is about; none for one that makes a record.
    pub target: Option<i64>,
    /// The marked records, for an action on many.
    pub others: Vec<i64>,
    /// The record's version when the form was opened; a later one is a conflict. 0 when there is none.
    pub version: i64,
    /// The fields in order.
    pub slots: Vec<Slot>,
    /// Index of the focused field.
    pub focus: usize,
    /// What the rules make of it: proposals with their reason, due date, duplicates.
    pub findings: Vec<Fact>,
    /// What somebody else saved meanwhile, field by field beside what is typed here.
    pub conflicts: Vec<Fact>,
    /// Number of the draft in the file; 0 before anything was typed.
    pub draft: i64,
    /// When the draft was last kept, as shown.
    pub saved: String,
    /// The field in which an unbroken run of typing goes on: undo takes the run back, not one key.
    pub run: Option<usize>,
    /// Texts before each run of typing, newest last, for undo inside the form: field, text before.
    pub past: Vec<(usize, String)>,
    /// Texts taken back by undo.
    pub future: Vec<(usize, String)>,
}

impl FormState {
    /// An empty form for an action.
    pub(crate) fn new(subject: &'static str, action: &'static Action, target: Option<i64>) -> Self {
        let slot = |input: &super::action::Input| Slot {
            field: input.field,
            ask: input.ask,
            text: String::new(),
            default: String::new(),
            touched: false,
            passed: false,
            hidden: false,
            fixed: false,
            required: input.field.required,
            error: None,
            read: None,
            echo: String::new(),
            label: String::new(),
            completions: Vec::new(),
            picked: None,
        };
        Self {
            subject,
            action: action.name,
            target,
            others: Vec::new(),
            version: 0,
            slots: action.inputs.iter().map(slot).collect(),
            focus: 0,
            findings: Vec::new(),
            conflicts: Vec::new(),
            draft: 0,
            saved: String::new(),
            run: None,
            past: Vec::new(),
            future: Vec::new(),
        }
    }

    /// The field of this name.
    pub(crate) fn slot(&self, name: &str) -> Option<&Slot> {
        self.slots.iter().find(|s| s.field.name == name)
    }

    /// The field of this name, to change it.
    pub(crate) fn slot_mut(&mut self, name: &str) -> Option<&mut Slot> {
        self.slots.iter_mut().find(|s| s.field.name == name)
    }

    /// The text that counts in a field; empty when there is no such field or it is hidden.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.slot(name).filter(|s| !s.hidden).map_or("", Slot::effective)
    }

    /// What a field was understood as; NULL when empty, hidden or not understood.
    pub(crate) fn value(&self, name: &str) -> Value {
        self.slot(name)
            .filter(|s| !s.hidden)
            .and_then(|s| s.read.as_ref())
            .map_or(Value::Null, |read| read.value.clone())
    }

    /// The number a field was understood as (an id, fen, a count).
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        match self.value(name) {
            Value::Integer(n) => Some(n),
            _ => None,
        }
    }

    /// Fills a field, unless a person typed there.
    pub(crate) fn fill(&mut self, name: &str, text: impl Into<String>) {
        if let Some(slot) = self.slot_mut(name).filter(|s| !s.touched) {
            slot.text = text.into();
            slot.error = None;
        }
    }

    /// Sets what an empty field is taken for.
    pub(crate) fn propose(&mut self, name: &str, text: impl Into<String>) {
        if let Some(slot) = self.slot_mut(name) {
            slot.default = text.into();
        }
    }

    /// Shows or hides a field.
    pub(crate) fn show(&mut self, name: &str, shown: bool) {
        if let Some(slot) = self.slot_mut(name) {
            slot.hidden = !shown;
        }
    }

    /// Makes a field one that must be answered, or not.
    pub(crate) fn require(&mut self, name: &str, required: bool) {
        if let Some(slot) = self.slot_mut(name) {
            slot.required = required;
        }
    }

    /// Says when the form stops at a field.
    pub(crate) fn ask(&mut self, name: &str, ask: Ask) {
        if let Some(slot) = self.slot_mut(name) {
            slot.ask = ask;
        }
    }

    /// Reads a field back in the subject's own words.
    pub(crate) fn echo(&mut self, name: &str, text: impl Into<String>) {
        if let Some(slot) = self.slot_mut(name) {
            slot.echo = text.into();
        }
    }

    /// Calls a field by another name than its own.
    pub(crate) fn call(&mut self, name: &str, label: impl Into<String>) {
        if let Some(slot) = self.slot_mut(name) {
            slot.label = label.into();
        }
    }

    /// Puts a problem on a field.
    pub(crate) fn fail(&mut self, name: &str, problem: Refusal) {
        if let Some(slot) = self.slot_mut(name) {
            slot.error = Some(problem);
        }
    }

    /// Adds a finding; the desk clears them before every `respond`.
    pub(crate) fn find(&mut self, label: String, value: String) {
        self.findings.push(Fact { label, value });
    }

    /// The next field from `from` on (included) where `Accept` must stop, wrapping around.
    pub(crate) fn next_open(&self, from: usize) -> Option<usize> {
        let n = self.slots.len();
        (0..n).map(|step| (from + step) % n).find(|&at| self.slots.get(at).is_some_and(Slot::open))
    }

    /// Nothing is left to answer.
    pub(crate) fn ready(&self) -> bool {
        !self.slots.iter().any(Slot::open)
    }

    /// The visible field after (or before) the focused one, stopping at the ends.
    pub(crate) fn neighbour(&self, forward: bool) -> usize {
        let visible = |at: &usize| self.slots.get(*at).is_some_and(|s| !s.hidden);
        let found = if forward {
            (self.focus + 1..self.slots.len()).find(visible)
        } else {
            (0..self.focus).rev().find(visible)
        };
        found.unwrap_or(self.focus)
    }
}
