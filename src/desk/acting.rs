//! Doing things: from an action's name to the form it asks, through the one door, to the message and the undo.

use super::Desk;
use super::action::{Action, Done, Scope, Undo};
use super::door::{self, Step};
use super::filling::Filling;
use super::page::Page;
use super::refusal::{Kind, Refusal};
use super::subject::{Answer, Next, Subject};
use super::turn::{Pending, Yes};
use super::view::{Question, Tone};

impl Desk {
    /// The record under the finger, with its subject: of a record page, a list, or a row that leads to a record.
    pub(crate) fn under_finger(&self) -> Option<(&'static dyn Subject, i64)> {
        match self.stack.last()? {
            Page::Record { subject, id, .. } => Some((*subject, *id)),
            Page::List(query) => Some((query.subject, query.id()?)),
            Page::Grid(calendar) => self.resolve(calendar.reference()?).ok().flatten(),
            Page::Today { duties: rows, .. }
            | Page::Search { found: rows, .. }
            | Page::Sheet { rows, .. } => match rows.lead() {
                super::rows::Lead::Record(reference) => self.resolve(&reference).ok().flatten(),
                _ => None,
            },
            _ => None,
        }
    }

    /// An action by its full name (`cases.accept`), or by its bare name on a page of its subject.
    pub(crate) fn named(&self, name: &str) -> Option<(&'static dyn Subject, &'static Action)> {
        if let Some((subject, action)) = name.split_once('.') {
            let subject = self.office.subject(subject)?;
            return Some((subject, door::action(subject, action)?));
        }
        let here = self.under_finger().map(|(subject, _)| subject);
        let candidates = here.into_iter().chain(self.office.registry.iter().copied());
        candidates.filter_map(|s| Some((s, door::action(s, name)?))).next()
    }

    /// Does an action, or opens the form it asks.
    pub(crate) fn act(&mut self, name: &str) -> Result<(), Refusal> {
        if let Some(done) = self.desk_action(name) {
            return done;
        }
        // A key or a menu may lead to a page as well.
        if let Some(page) = name.strip_prefix("pages.") {
            return self.go_to(page);
        }
        let Some((subject, action)) = self.named(name) else {
            return Err(Refusal::usage("no-action").with("text", name));
        };
        let ids = self.targets(subject, action)?;
        self.start(subject, action, &ids)
    }

    /// What an action would be done to: the marked records, or the one under the finger.
    fn targets(&self, subject: &dyn Subject, action: &Action) -> Result<Vec<i64>, Refusal> {
        if action.scope == Scope::Subject {
            return Ok(Vec::new());
        }
        if let Some(Page::List(query)) = self.stack.last()
            && !query.marks.is_empty()
            && query.subject.name() == subject.name()
        {
            if action.scope != Scope::Many {
                return Err(Refusal::rule("one-at-a-time"));
            }
            return Ok(query.marks.iter().copied().collect());
        }
        match self.under_finger() {
            Some((here, id)) if here.name() == subject.name() => Ok(vec![id]),
            _ => Err(Refusal::rule("no-record")),
        }
    }

    /// Does an action to records: at once, after a yes, or after its form.
    pub(crate) fn start(
        &mut self,
        subject: &'static dyn Subject,
        action: &'static Action,
        ids: &[i64],
    ) -> Result<(), Refusal> {
        let cx = self.office.cx();
        let first = ids.first().copied();
        for id in ids {
            door::check(&cx, subject, action, Some(*id))?;
        }
        let others = ids.iter().skip(1).copied().collect();
        let mut filling = Filling::open(&self.office, self.session, subject, action, first, others)?;
        if !filling.action.inputs.is_empty() {
            self.stick(&mut filling);
            self.prefill(action, &mut filling);
            return self.lay_open(filling);
        }
        if action.confirm {
            let name = format!("{}.{}", subject.name(), action.name);
            let id = format!("{}-do-{}.ask", subject.name(), action.name);
            let what = self.brief(subject, ids);
            let args = [("what", what), ("n", ids.len().to_string())];
            let text = self.office.locale.with(&id, &args);
            self.pending = Some(Pending {
                question: Question { text, default_yes: false },
                yes: Yes::Act { name, ids: ids.to_vec() },
            });
            return Ok(());
        }
        self.perform(&filling).map(|_| ())
    }

    /// Opens the form of an action that makes a record, with what its fields propose.
    pub(crate) fn begin(&mut self, name: &str, texts: &[(&'static str, String)]) -> Result<(), Refusal> {
        let Some((subject, action)) = self.named(name) else {
            return Err(Refusal::usage("no-action").with("text", name));
        };
        door::check(&self.office.cx(), subject, action, None)?;
        let mut filling = Filling::open(&self.office, self.session, subject, action, None, Vec::new())?;
        self.stick(&mut filling);
        for (field, text) in texts {
            filling.form.propose(field, text);
        }
        filling.respond(&self.office.cx(), "");
        self.lay_open(filling)
    }

    /// A few words on the records: the first, and how many more.
    fn brief(&self, subject: &dyn Subject, ids: &[i64]) -> String {
        let first = ids.first().copied().into_iter().collect::<Vec<_>>();
        let rows = subject.rows(&self.office.cx(), &first).unwrap_or_default();
        rows.into_iter().next().map(|row| row.brief).unwrap_or_default()
    }

    /// A question was answered with yes.
    pub(crate) fn yes(&mut self, yes: Yes) -> Result<(), Refusal> {
        match yes {
            Yes::Act { name, ids } => {
                let Some((subject, action)) = self.named(&name) else { return Ok(()) };
                let first = ids.first().copied();
                let others = ids.iter().skip(1).copied().collect();
                let filling = Filling::open(&self.office, self.session, subject, action, first, others)?;
                self.perform(&filling).map(|_| ())
            }
            Yes::Discard => {
                if let Some(Page::Form(mut filling)) = self.stack.pop() {
                    if let Some(draft) = filling.pen.id() {
                        self.office.store.discard_draft(draft)?;
                    }
                    if let Some((id, tail)) = filling.entered.zip(filling.tail.take()) {
                        self.show_entered(tail, id)?;
                    }
                }
                self.say("discarded", &[]);
                self.reload()
            }
        }
    }

    /// Saves the open form.
    pub(crate) fn submit(&mut self, another: bool) -> Result<(), Refusal> {
        let Some(Page::Form(filling)) = self.stack.last_mut() else { return Ok(()) };
        if filling.check_all(&self.office).is_err() {
            return Err(filling.not_saved(&self.office));
        }
        if let Some(answer) = filling.subject.answer(&self.office.cx(), &filling.form)? {
            return self.answered(answer);
        }
        let Some(Page::Form(filling)) = self.stack.pop() else { return Ok(()) };
        match self.perform(&filling) {
            Ok(done) => {
                let kept = |s: &super::form::Slot| (s.field.name, s.text.clone());
                let name = format!("{}.{}", filling.subject.name(), filling.action.name);
                for (field, text) in filling.form.slots.iter().filter(|s| s.touched).map(kept) {
                    self.above.insert((name.clone(), field), text);
                }
                if let Some(done) = done.as_ref().filter(|_| filling.tail.is_some()) {
                    return self.next_row(*filling, done.id);
                }
                if another {
                    return self.start(filling.subject, filling.action, &[]);
                }
                match done {
                    Some(done) if done.open => self.show_record(filling.subject, done.id),
                    _ => Ok(()),
                }
            }
            Err(refusal) => {
                let mut filling = filling;
                filling.refuse(&self.office, &refusal);
                if refusal.kind == Kind::Conflict {
                    self.show_conflict(&mut filling);
                }
                // What stands at the field need not stand in the message too.
                let at_field = refusal.field.is_some_and(|name| filling.place(name).is_some());
                let said = if at_field { filling.not_saved(&self.office) } else { refusal };
                self.stack.push(Page::Form(filling));
                Err(said)
            }
        }
    }

    /// A form that only asked is answered: a sentence as a message, more of them as a page. Nothing is left to take up.
    fn answered(&mut self, answer: Answer) -> Result<(), Refusal> {
        if let Some(Page::Form(filling)) = self.stack.pop()
            && let Some(draft) = filling.pen.id()
        {
            self.office.store.discard_draft(draft)?;
        }
        self.reload()?;
        let first = answer.lines.first().cloned().unwrap_or_default();
        if answer.lines.len() > 1 {
            let lines = answer.lines.into_iter().map(|line| (line, super::rows::Lead::Nothing)).collect();
            self.sheet_of("answer", &answer.title, lines);
        } else {
            self.tell(Tone::Info, first, String::new());
        }
        Ok(())
    }

    /// Someone else saved the record meanwhile: both versions are shown field by field, the typed one stays, and the
    /// next save is over the version now seen.
    fn show_conflict(&self, filling: &mut Filling) {
        let cx = self.office.cx();
        let Some(opened) = filling.opened.clone() else { return };
        let record = filling.subject.record();
        let said = door::conflicts(&cx, record, &filling.form, &opened);
        let label = self.office.locale.say("conflict-label");
        let fact = |value| super::view::Fact { label: label.clone(), value };
        filling.form.conflicts = said.into_iter().map(fact).collect();
        if let Some(now) =
            filling.form.target.and_then(|id| super::records::load(&cx, record, id).ok().flatten())
        {
            // What nobody typed here is theirs: saving again must not put the old value back.
            let each = record.fields.iter().zip(&opened.values).zip(&now.values);
            for ((field, _), new) in
                each.filter(|((field, old), new)| old != new && field.privacy == super::field::Privacy::Open)
            {
                if let Some(slot) = filling.form.slot_mut(field.name).filter(|slot| !slot.touched) {
                    slot.text = super::reading::typed(field, new, &cx);
                }
            }
            filling.form.version = now.version;
            filling.opened = Some(now);
        }
    }

    /// Through the door, with the message and the undo step.
    fn perform(&mut self, filling: &Filling) -> Result<Option<Done>, Refusal> {
        let (all, step) = door::perform(&self.office, filling.subject, filling.action, &filling.form)?;
        self.office.settle()?;
        self.hold_posts()?;
        self.after(filling, &all, step);
        // Under the next row the page is read anew when somebody comes back to it.
        if filling.tail.is_none() {
            self.reload()?;
        }
        let ids: Vec<i64> = all.iter().map(|done| done.id).collect();
        if let Some(next) = filling.subject.next(&self.office.cx(), filling.action, &ids) {
            self.ask_next(&next);
        }
        Ok(all.into_iter().next())
    }

    /// Asks about what follows, if this person may do it.
    fn ask_next(&mut self, next: &Next) {
        let Some((subject, action)) = self.named(next.action) else { return };
        if door::check(&self.office.cx(), subject, action, Some(next.id)).is_err() {
            return;
        }
        let id = format!("{}-do-{}.ask", subject.name(), action.name);
        let text = self.office.locale.with(&id, &next.args);
        self.pending = Some(Pending {
            question: Question { text, default_yes: false },
            yes: Yes::Act { name: next.action.to_owned(), ids: vec![next.id] },
        });
    }

    fn after(&mut self, filling: &Filling, all: &[Done], step: Step) {
        // The demonstration is nobody's work.
        if let Some(file) = self.office.store.path().filter(|_| !self.office.demo) {
            self.copies.tend(file, self.office.registry, super::office::Clock::Real.now());
        }
        self.done.push(step);
        self.undone.clear();
        if let Some(Page::List(query)) = self.stack.last_mut() {
            query.marks.clear();
        }
        let Some(first) = all.first() else { return };
        let mut args = first.args.clone();
        args.push(("ref", first.reference.clone()));
        args.push(("n", all.len().to_string()));
        let id = format!("{}-do-{}", filling.subject.name(), filling.action.name);
        let one = self.office.locale.find(&format!("{id}.done"), &args);
        let text = match (all.len(), one) {
            (1, Some(text)) => text,
            (1, None) => format!("{} {}", self.office.locale.say(&id), first.reference),
            _ => {
                let what = self.office.locale.say(&id);
                self.office.locale.with("done-many", &[("what", what), ("n", all.len().to_string())])
            }
        };
        let hint = self.office.locale.find(&format!("{id}.next"), &args).unwrap_or_default();
        self.tell(Tone::Done, text, hint);
    }

    /// Takes the last step back, or does it again; in a form, the last edit.
    pub(crate) fn undo(&mut self, back: bool) -> Result<(), Refusal> {
        if let Some(Page::Form(filling)) = self.stack.last_mut()
            && let Some(field) = filling.undo(&self.office, back)
        {
            let label = self.office.locale.say(&format!("{}-{field}", filling.subject.name()));
            let id = if back { "undid-edit" } else { "redid-edit" };
            self.say(id, &[("field", label)]);
            return Ok(());
        }
        // What was done before a form was begun is not to be changed behind it.
        let typing = matches!(self.stack.last(), Some(Page::Form(filling)) if filling.form.draft != 0);
        let step = if back { self.done.last() } else { self.undone.last() };
        let Some(step) = step.filter(|_| !typing).cloned() else {
            return Err(Refusal::rule(if back { "nothing-to-undo" } else { "nothing-to-redo" }));
        };
        let inverse = door::revert(&self.office, &step)?;
        self.office.settle()?;
        self.hold_posts()?;
        let (from, to) = match back {
            true => (&mut self.done, &mut self.undone),
            false => (&mut self.undone, &mut self.done),
        };
        from.pop();
        to.push(inverse);
        let refs: Vec<String> = step.parts.iter().map(|p| p.reference.clone()).collect();
        let what = format!("{} {}", step.label, refs.join(&self.office.locale.say("list-separator")));
        let text = self.office.locale.with(if back { "undid" } else { "redid" }, &[("what", what)]);
        let left = if back { self.left_behind(&step)? } else { String::new() };
        self.tell(Tone::Done, text, left);
        self.reload()
    }

    /// Whether undo has something to take back: in a form its last edit, elsewhere the last step.
    pub(crate) fn undoable(&self) -> bool {
        match self.stack.last() {
            Some(Page::Form(filling)) if !filling.form.past.is_empty() || filling.form.draft != 0 => {
                !filling.form.past.is_empty()
            }
            _ => !self.done.is_empty(),
        }
    }

    /// What a step made besides the records that were just withdrawn.
    fn left_behind(&self, step: &Step) -> Result<String, Refusal> {
        let Some(subject) = self.office.subject(step.subject) else { return Ok(String::new()) };
        let withdrawn = step.parts.iter().filter(|part| part.undo == Undo::Withdraw);
        let each = withdrawn.map(|part| subject.left_behind(&self.office.cx(), part.id));
        Ok(each.collect::<Result<Vec<_>, _>>()?.join(" ").trim().to_owned())
    }

    /// What was typed last in the sticky fields of this kind of form is proposed again.
    pub(crate) fn stick(&self, filling: &mut Filling) {
        let name = format!("{}.{}", filling.subject.name(), filling.action.name);
        for field in filling.form.slots.iter().map(|s| s.field).filter(|f| f.sticky).collect::<Vec<_>>() {
            if let Some(text) = self.above.get(&(name.clone(), field.name)) {
                filling.form.propose(field.name, text);
            }
        }
        filling.respond(&self.office.cx(), "");
    }

    /// The focused field's value in the record above: the last form of this kind saved here, else the newest record.
    pub(crate) fn copy_above(&mut self) -> Result<(), Refusal> {
        let Some(Page::Form(filling)) = self.stack.last_mut() else { return Ok(()) };
        let name = format!("{}.{}", filling.subject.name(), filling.action.name);
        let Some(field) = filling.form.slots.get(filling.form.focus).map(|s| s.field) else { return Ok(()) };
        let text = match self.above.get(&(name, field.name)) {
            Some(text) => Some(text.clone()),
            None => super::records::newest(&self.office.cx(), filling.subject, field)?,
        };
        let text = text.ok_or_else(|| Refusal::rule("nothing-above"))?;
        filling.edit(&self.office, &text)
    }
}
