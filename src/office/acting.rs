//! Doing things from a script: one action on one record, or one quick line. Everything goes through the door the faces
//! use; a refusal names the field and the reason.

use crate::desk::action::{Action, Done, Scope};
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Subject};
use crate::desk::{Locale, door};
use crate::values::text;

use super::forms::Sheet;
use super::{Problem, Scripts};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The action's full name (`cases.accept`).
    pub action: String,
    /// Reference of the record it was done to, or that it made.
    pub reference: String,
    /// The sentence.
    pub text: String,
    /// What comes next; empty for nothing.
    pub next: String,
}

/// What a quick line was understood as.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Understood {
    /// The action's full name; empty when the first word means none.
    pub action: String,
    /// What the action is called.
    pub label: String,
    /// The fields with something in them: name, label, text, what it was understood as.
    pub fields: Vec<(String, String, String, String)>,
    /// What the rules make of it: label and value.
    pub findings: Vec<(String, String)>,
    /// Names of the fields that must still be answered.
    pub missing: Vec<String>,
    /// The words that were not understood.
    pub unread: Vec<String>,
    /// What was done; none when nothing was written.
    pub done: Option<Outcome>,
}

impl Scripts {
    /// Does an action to a record, or one that makes a record when `on` is a subject's name.
    ///
    /// # Errors
    /// When there is no such record, action or field, or the action is refused; nothing is then written.
    pub fn act(
        &self,
        on: &str,
        action: &str,
        fields: &[(String, String)],
        yes: bool,
    ) -> Result<Outcome, Problem> {
        self.told(self.try_act(on, action, fields, yes))
    }

    fn try_act(
        &self,
        on: &str,
        action: &str,
        fields: &[(String, String)],
        yes: bool,
    ) -> Result<Outcome, Refusal> {
        let cx = self.office().cx();
        let (subject, target) = match self.subject(on) {
            Ok(subject) => (subject, None),
            Err(_) => self.resolve(on).map(|(subject, id)| (subject, Some(id)))?,
        };
        let action = named(&cx, subject, action)?;
        let target = if action.scope == Scope::Subject { None } else { target };
        let mut sheet = Sheet::open(&cx, subject, action, target)?;
        for (name, text) in fields {
            sheet.put(&cx, name, text)?;
        }
        if action.confirm && !yes {
            let what = cx.t.say(&format!("{}-do-{}", subject.name(), action.name));
            return Err(Refusal::rule("batch-confirm").with("what", what));
        }
        sheet.finish(&cx)?;
        self.perform(&sheet)
    }

    /// Reads a quick line; writes it when `yes` and nothing is missing or left over.
    ///
    /// # Errors
    /// When the first word means no action, or, with `yes`, when it cannot be written.
    pub fn quick(&self, line: &str, yes: bool) -> Result<Understood, Problem> {
        self.told(self.try_quick(line, yes))
    }

    fn try_quick(&self, line: &str, yes: bool) -> Result<Understood, Refusal> {
        let cx = self.office().cx();
        let folded = text::half_width(line);
        let (verb, rest) = folded.trim().split_once(char::is_whitespace).unwrap_or((folded.trim(), ""));
        let (subject, action) =
            verb_of(&cx, verb).ok_or_else(|| Refusal::rule("quick-verb").with("text", verb))?;
        let reading = subject.quick(&cx, action.name, rest.trim());
        let mut sheet = Sheet::open(&cx, subject, action, reading.target)?;
        for (name, text) in &reading.texts {
            sheet.put(&cx, name, text)?;
        }
        let mut understood = describe(&cx, &sheet);
        understood.unread = reading.unread;
        if !yes {
            return Ok(understood);
        }
        if !understood.unread.is_empty() {
            return Err(Refusal::rule("quick-unread").with("text", understood.unread.join(" ")));
        }
        sheet.finish(&cx)?;
        understood.done = Some(self.perform(&sheet)?);
        Ok(understood)
    }

    fn perform(&self, sheet: &Sheet) -> Result<Outcome, Refusal> {
        if let Some(answer) = sheet.subject.answer(&self.office().cx(), &sheet.form)? {
            return Ok(Outcome {
                action: format!("{}.{}", sheet.subject.name(), sheet.action.name),
                reference: String::new(),
                text: answer.lines.join("\n"),
                next: String::new(),
            });
        }
        let (all, _) = door::perform(self.office(), sheet.subject, sheet.action, &sheet.form)?;
        let done = all.into_iter().next().ok_or_else(|| Refusal::rule("no-record"))?;
        Ok(outcome(self.locale(), sheet.subject, sheet.action, &done))
    }
}

/// The action of a subject by its name (`accept`, `cases.accept`) or its label.
fn named(cx: &Cx<'_>, subject: &dyn Subject, wanted: &str) -> Result<&'static Action, Refusal> {
    let own = format!("{}.", subject.name());
    let bare = wanted.strip_prefix(&own).unwrap_or(wanted);
    let label = |a: &Action| cx.t.say(&format!("{}-do-{}", subject.name(), a.name));
    let found = subject.actions().iter().find(|a| a.name == bare || label(a) == bare);
    let known: Vec<&str> = subject.actions().iter().map(|a| a.name).collect();
    found.ok_or_else(|| Refusal::usage("batch-no-action").with("text", wanted).with("known", known.join(" ")))
}

/// The action that the first word of a quick line means.
fn verb_of(cx: &Cx<'_>, word: &str) -> Option<(&'static dyn Subject, &'static Action)> {
    cx.registry.iter().find_map(|subject| {
        let (_, action) = subject.verbs().iter().find(|(verb, _)| verb.eq_ignore_ascii_case(word))?;
        Some((*subject, door::action(*subject, action)?))
    })
}

fn outcome(t: &Locale, subject: &dyn Subject, action: &Action, done: &Done) -> Outcome {
    let id = format!("{}-do-{}", subject.name(), action.name);
    let mut args = done.args.clone();
    args.push(("ref", done.reference.clone()));
    args.push(("n", "1".to_owned()));
    let plain = || format!("{} {}", t.say(&id), done.reference);
    Outcome {
        action: format!("{}.{}", subject.name(), action.name),
        reference: done.reference.clone(),
        text: t.find(&format!("{id}.done"), &args).unwrap_or_else(plain),
        next: t.find(&format!("{id}.next"), &args).unwrap_or_default(),
    }
}

fn describe(cx: &Cx<'_>, sheet: &Sheet) -> Understood {
    let subject = sheet.subject.name();
    let filled = sheet.form.slots.iter().filter(|s| !s.hidden && !s.effective().trim().is_empty());
    let field = |slot: &crate::desk::form::Slot| {
        let label = cx.t.say(&format!("{subject}-{}", slot.field.name));
        let text = slot.read.as_ref().map_or_else(|| slot.effective().to_owned(), |read| read.text.clone());
        // What is wrong with it is said where it stands, as in a form.
        let wrong = slot.error.as_ref().map(|error| error.notice(cx.t).text);
        (slot.field.name.to_owned(), label, text, wrong.unwrap_or_else(|| slot.echo.clone()))
    };
    Understood {
        action: format!("{subject}.{}", sheet.action.name),
        label: cx.t.say(&format!("{subject}-do-{}", sheet.action.name)),
        fields: filled.map(field).collect(),
        findings: sheet.form.findings.iter().map(|f| (f.label.clone(), f.value.clone())).collect(),
        missing: sheet.missing().into_iter().map(str::to_owned).collect(),
        unread: Vec::new(),
        done: None,
    }
}
