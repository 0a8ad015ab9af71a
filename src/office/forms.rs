//! A form filled by a script: the texts by field name, the subject's answers, the checks a person's form gets. Nothing
//! is kept as a draft, because nobody would take it up again.

use crate::desk::action::Action;
use crate::desk::door;
use crate::desk::field::Kind;
use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Subject};
use crate::values::text;

/// A form on its way.
pub(crate) struct Sheet {
    pub subject: &'static dyn Subject,
    pub action: &'static Action,
    pub form: FormState,
    /// The text each slot was last read from.
    seen: Vec<Option<String>>,
}

impl Sheet {
    /// Opens the form of an action that is permitted and applies.
    ///
    /// # Errors
    /// When it is not, or does not.
    pub(crate) fn open(
        cx: &Cx<'_>,
        subject: &'static dyn Subject,
        action: &'static Action,
        target: Option<i64>,
    ) -> Result<Self, Refusal> {
        door::check(cx, subject, action, target)?;
        Self::start(cx, subject, action, target)
    }

    /// The same where the check has been made already.
    pub(crate) fn start(
        cx: &Cx<'_>,
        subject: &'static dyn Subject,
        action: &'static Action,
        target: Option<i64>,
    ) -> Result<Self, Refusal> {
        let mut form = FormState::new(subject.name(), action, target);
        if let Some(id) = target {
            let kept = crate::desk::records::load(cx, subject.record(), id)?;
            form.version = kept.map_or(0, |kept| kept.version);
        }
        subject.start(cx, action, target, &mut form)?;
        let seen = vec![None; form.slots.len()];
        let mut sheet = Self { subject, action, form, seen };
        sheet.respond(cx, "");
        Ok(sheet)
    }

    /// Puts a text into a field, named as on the command line or by its label.
    ///
    /// # Errors
    /// When there is no such field here, or it may not be changed.
    pub(crate) fn put(&mut self, cx: &Cx<'_>, name: &str, text: &str) -> Result<(), Refusal> {
        let wanted = text::fold(name);
        let subject = self.subject.name();
        let named = |field: &str| field == wanted || cx.t.say(&format!("{subject}-{field}")) == wanted;
        let Some(slot) = self.form.slots.iter_mut().find(|s| named(s.field.name)) else {
            let known: Vec<&str> = self.form.slots.iter().map(|s| s.field.name).collect();
            return Err(Refusal::usage("batch-no-field").with("text", name).with("known", known.join(" ")));
        };
        if slot.fixed {
            return Err(Refusal::rule("batch-fixed").field(slot.field.name));
        }
        set(slot, text);
        let name = slot.field.name;
        self.respond(cx, name);
        Ok(())
    }

    /// Puts texts into many fields at once; the subject answers only to those from which others follow.
    pub(crate) fn put_all<'t>(&mut self, cx: &Cx<'_>, texts: impl Iterator<Item = (&'t str, &'t str)>) {
        let mut leading = Vec::new();
        for (name, text) in texts {
            let Some(slot) = self.form.slot_mut(name).filter(|s| !s.fixed) else { continue };
            set(slot, text);
            if matches!(slot.field.kind, Kind::Certificate | Kind::ResidentId | Kind::Ref(_)) {
                leading.push(slot.field.name);
            }
        }
        for name in leading {
            self.respond(cx, name);
        }
    }

    /// Reads what changed, lets the subject answer, and reads what it filled in.
    fn respond(&mut self, cx: &Cx<'_>, changed: &str) {
        self.read(cx);
        self.form.findings.clear();
        self.subject.respond(cx, &mut self.form, changed);
        self.read(cx);
    }

    fn read(&mut self, cx: &Cx<'_>) {
        for (slot, seen) in self.form.slots.iter_mut().zip(&mut self.seen) {
            if seen.as_deref() == Some(slot.effective()) {
                continue;
            }
            *seen = Some(slot.effective().to_owned());
            let read = reading::read(slot.field, slot.effective(), cx);
            slot.echo = read.as_ref().map(|r| r.echo.clone()).unwrap_or_default();
            slot.read = read.ok();
        }
    }

    /// Checks everything, as a person's form is checked before it is saved.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub(crate) fn finish(&mut self, cx: &Cx<'_>) -> Result<(), Refusal> {
        for slot in &mut self.form.slots {
            slot.passed = true;
        }
        self.respond(cx, "");
        for slot in self.form.slots.iter().filter(|s| !s.hidden) {
            let text = slot.effective();
            if slot.read.is_none() {
                reading::read(slot.field, text, cx)?;
            }
            if let Some(problem) = &slot.error {
                return Err(problem.clone().field(slot.field.name));
            }
            if slot.required && text.trim().is_empty() {
                return Err(Refusal::rule("required").field(slot.field.name));
            }
        }
        Ok(())
    }

    /// The fields that must still be answered.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        let empty =
            self.form.slots.iter().filter(|s| !s.hidden && s.required && s.effective().trim().is_empty());
        empty.map(|s| s.field.name).collect()
    }
}

fn set(slot: &mut crate::desk::form::Slot, text: &str) {
    text.clone_into(&mut slot.text);
    slot.touched = !text.is_empty();
    slot.error = None;
}
