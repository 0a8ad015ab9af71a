//! Quick entry: one line that makes a record. What was understood is shown field by field; nothing is written before it
//! is confirmed, and what is missing is asked for.

use super::Desk;
use super::filling::Filling;
use super::page::{Page, Quick};
use super::refusal::Refusal;
use crate::values::text;

impl Desk {
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
            filling.at_once = true;
            for (name, text) in &reading.texts {
                if let Some(at) = filling.place(name) {
                    filling.form.focus = at;
                    filling.edit(&self.office, text)?;
                    filling.settle(&self.office);
                }
            }
            // Every text has been passed now: what is wrong with it is said before it is confirmed.
            filling.respond(&self.office.cx(), "");
            filling.form.focus = filling.form.next_open(0).unwrap_or(0);
            quick.unread = reading.unread;
            // The draft of the line before this key is the same line, one key shorter.
            if let Some(Page::Quick(Quick { filling: Some(old), .. })) = self.stack.last() {
                filling.pen.instead_of(&old.pen);
            }
            filling.keep(&self.office);
            quick.filling = Some(filling);
        } else if !first.is_empty() {
            quick.unread = vec![trimmed.to_owned()];
        }
        if let Some(Page::Quick(old)) = self.stack.last_mut() {
            let left = old.filling.as_ref().filter(|_| quick.filling.is_none()).and_then(|f| f.pen.id());
            *old = quick;
            if let Some(draft) = left {
                self.office.store.discard_draft(draft)?;
            }
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
        if !ready {
            return self.lay_open(*filling);
        }
        self.stack.push(Page::Form(filling));
        self.submit(false)
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
