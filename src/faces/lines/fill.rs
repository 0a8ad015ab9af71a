//! Forms: one prompt a field, only the fields that need an answer, and a last prompt that names the effect. What a
//! typed line means there is read by `answer`.

use std::io;

use lianban::desk::view::{Form, FormField, Guard};
use lianban::desk::{Intent, View};

use super::answer::{Meant, understand};
use super::reading;
use super::session::{Heard, Session, Step, Walk};
use super::talk::Prompt;
use super::text::{clean, columns, cut, key};
use super::words::{Target, vocabulary};

impl Session<'_, '_> {
    /// Says which form this is, unless its first prompt does, and whether it was begun before.
    pub(super) fn arrive_at_form(&mut self, view: &View, form: &Form) -> io::Result<()> {
        self.begin_form();
        if view_is_search(view) {
            return self.say_nothing_found(view);
        }
        // The title may say besides which record it is about.
        let heading = if view.title.starts_with(&form.heading) { &view.title } else { &form.heading };
        // A desk that has just said that it is locked need not say so again.
        let locked = view.guard != Guard::Open && view.notice.is_some();
        // With the answer typed along, the next prompt names the form already.
        let told = locked || self.ahead.is_some();
        if !told {
            self.say(heading)?;
        }
        if view.guard != Guard::Open {
            return Ok(());
        }
        // A form that arrives complete is one to change, except a quick entry, which is one to confirm.
        if form.ready && view.page != "quick" && !form.fields.is_empty() {
            self.walk = Walk::All;
            self.say_id("lines-form-complete")?;
        }
        Ok(())
    }

    /// Nothing of this form was said yet.
    pub(super) fn begin_form(&mut self) {
        self.walk = Walk::Open;
        self.complained = None;
        self.found.clear();
        self.offered = None;
    }

    fn say_nothing_found(&mut self, view: &View) -> io::Result<()> {
        let empty = view.list().filter(|l| l.total == 0).map(|l| l.empty.clone());
        self.say(&empty.unwrap_or_default())
    }

    /// Asks for the focused field, or for the confirmation of a form that has all it needs.
    pub(super) fn fill(&mut self, view: &View, form: &Form) -> Step {
        let Some(field) = form.field() else {
            // A form that has nothing to ask is still one that wants a yes.
            let asks = form.fields.is_empty() && form.ready && view.guard == Guard::Open;
            return if asks { self.confirm(view, form) } else { self.browse(view) };
        };
        let wrong = form.fields.iter().any(|f| f.error.is_some());
        if form.ready && !wrong && self.walk == Walk::Open {
            if view.guard != Guard::Open {
                return self.come_in(view, form, field);
            }
            return self.confirm(view, form);
        }
        self.complain(field)?;
        if let Some(line) = self.ahead.take() {
            return self.answer(view, form, field, &line);
        }
        // A bare Enter here would save: what the rules make of the form is said before it is asked for.
        let last =
            field.open && !field.default.is_empty() && form.fields.iter().filter(|f| f.open).count() == 1;
        if last && self.walk == Walk::Open {
            self.say_findings(form)?;
        }
        let text = self.field_prompt(field);
        let grows = view.guard == Guard::Open && !field.secret && !field.fixed && field.choices.is_empty();
        let kept = if field.secret { String::new() } else { field.value.clone() };
        match self.listen(&Prompt { text, secret: field.secret, grows, kept, long: field.long })? {
            Heard::Line(line) => self.answer(view, form, field, &line),
            Heard::Interrupted if view.guard == Guard::Open => self.put_away(),
            Heard::Interrupted => {
                self.say_id("lines-how-to-quit")?;
                Ok(None)
            }
            Heard::Changed => Ok(None),
            Heard::Leave(exit) => Ok(Some(exit)),
        }
    }

    /// Through the door once all it asks for is there. A locked desk that asks for nothing still waits for a key.
    fn come_in(&mut self, view: &View, form: &Form, field: &FormField) -> Step {
        if view.guard != Guard::Locked || form.fields.iter().any(|f| f.secret) {
            return self.please(Intent::Submit);
        }
        let text = self.title_prompt(view);
        match self.listen(&Prompt { text, ..Prompt::default() })? {
            Heard::Line(line) => {
                let means = |id: &str| self.t(id, &[]).split_whitespace().any(|w| key(w) == key(&line));
                let leaves = means("lines-word-quit") || means("lines-word-switch-face");
                if leaves { self.answer(view, form, field, &line) } else { self.please(Intent::Submit) }
            }
            Heard::Leave(exit) => Ok(Some(exit)),
            Heard::Interrupted | Heard::Changed => Ok(None),
        }
    }

    /// `电话 [130…]>`, `渠道 1-7 [1 窗口]>`, `姓名 1-3>`.
    fn field_prompt(&self, field: &FormField) -> String {
        let offered = self.offered.as_ref().filter(|(name, _)| *name == field.name);
        let range = match offered {
            Some((_, choices)) => format!(" 1-{}", choices.len()),
            None => match (field.choices.first(), field.choices.last()) {
                (Some(first), Some(last)) if numbered(&first.key) && numbered(&last.key) => {
                    format!(" {}-{}", first.key, last.key)
                }
                _ => String::new(),
            },
        };
        let fixed = format!("{}{range}", clean(&field.label));
        let holds = if field.value.is_empty() { &field.default } else { &field.value };
        if field.secret || holds.is_empty() {
            return format!("{fixed}>");
        }
        let choice = field.choices.iter().find(|c| c.value == *holds || c.label == *holds);
        let holds =
            choice.map_or_else(|| holds.clone(), |c| format!("{} {}", c.key, c.label).trim().to_owned());
        // Whatever the label takes, some of the value must remain to be recognised by.
        let room = self.room.saturating_sub(columns(&fixed) + 4).max(6);
        format!("{fixed} [{}]>", cut(&clean(&holds), room))
    }

    /// Says what is wrong with a field, once for each time it was answered.
    fn complain(&mut self, field: &FormField) -> io::Result<()> {
        let now = field.error.clone().map(|error| (field.name.clone(), error));
        if let Some((_, error)) = now.as_ref().filter(|_| now != self.complained) {
            let text = reading::notice(error);
            let line = if text.contains(field.label.as_str()) {
                text
            } else {
                reading::labelled(&field.label, &text, self.desk.borrow().locale())
            };
            self.say(&line)?;
        }
        self.complained = now;
        Ok(())
    }

    /// What the rules make of the form, each piece once.
    fn say_findings(&mut self, form: &Form) -> io::Result<()> {
        let all: Vec<_> = form.findings.iter().chain(&form.conflicts).cloned().collect();
        let fresh: Vec<_> = all.iter().filter(|f| !self.found.contains(f)).cloned().collect();
        for finding in &fresh {
            let line = reading::fact(finding, self.desk.borrow().locale());
            self.say(&line)?;
        }
        self.found = all;
        Ok(())
    }

    /// The last prompt: what the rules make of the form, and the effect of saving it.
    fn confirm(&mut self, view: &View, form: &Form) -> Step {
        self.say_findings(form)?;
        let mut effect = if form.submit.is_empty() { self.t("lines-save", &[]) } else { form.submit.clone() };
        let yes = self.t("lines-yes", &[]);
        // A quick entry reads every field back; its effect is in its name alone.
        let named = if view.page == "quick" { 0 } else { 2 };
        for finding in form.findings.iter().take(named) {
            let word = finding.value.split_whitespace().next().unwrap_or_default();
            if columns(&effect) + columns(word) + columns(&yes) + 5 <= self.room {
                effect = format!("{effect} {word}");
            }
        }
        let text = format!("{} [{yes}]>", clean(&effect));
        let line = match self.listen(&Prompt { text, ..Prompt::default() })? {
            Heard::Line(line) => line,
            Heard::Interrupted => return self.put_away(),
            Heard::Changed => return Ok(None),
            Heard::Leave(exit) => return Ok(Some(exit)),
        };
        match self.yes_or_no(&line, true) {
            Some(true) => self.please(Intent::Submit),
            Some(false) if form.fields.is_empty() => self.put_away(),
            Some(false) => {
                self.walk = Walk::All;
                self.please(Intent::Field("1".to_owned()))
            }
            None => {
                let all = vocabulary(view, self.desk.borrow().locale());
                match understand(&line, form, None, &[], &all) {
                    Meant::Text(_) | Meant::Unclear(_) => {
                        self.say_id("lines-yes-or-no")?;
                        Ok(None)
                    }
                    meant => self.follow(view, form, meant),
                }
            }
        }
    }

    /// Does what a line typed at a field means.
    fn answer(&mut self, view: &View, form: &Form, field: &FormField, line: &str) -> Step {
        let offered = self.offered.take().filter(|(name, _)| *name == field.name).map(|(_, c)| c);
        let all = if view.guard == Guard::Open {
            vocabulary(view, self.desk.borrow().locale())
        } else {
            let leaving = |w: &super::words::Word| {
                matches!(w.target, Target::Do(Intent::Quit) | Target::Face("switch-face"))
            };
            vocabulary(view, self.desk.borrow().locale()).into_iter().filter(leaving).collect()
        };
        let meant = understand(line, form, Some(field), offered.as_deref().unwrap_or_default(), &all);
        if meant == Meant::Help {
            self.offered = offered.map(|choices| (field.name.clone(), choices));
        }
        if !matches!(meant, Meant::Text(_)) {
            self.mend(field)?;
        }
        self.follow(view, form, meant)
    }

    /// Takes back what grew into the field while a command was being typed.
    fn mend(&mut self, field: &FormField) -> io::Result<()> {
        let grown = self
            .view()
            .form()
            .and_then(Form::field)
            .is_some_and(|f| f.name == field.name && f.value != field.value);
        if grown && !field.secret {
            self.intend(Intent::Edit(field.value.clone()))?;
        }
        Ok(())
    }

    fn follow(&mut self, view: &View, form: &Form, meant: Meant) -> Step {
        match meant {
            // Enter keeps what the field holds; while that is wrong it cannot be gone past.
            Meant::Nothing if form.field().is_some_and(|f| f.error.is_some()) => self.complained = None,
            // What was just read out goes on, as it said.
            Meant::Nothing if !self.pending.is_empty() => return self.more(view),
            Meant::Nothing => return self.advance(form, None),
            Meant::Text(text) => return self.edit(form, &text, &text),
            Meant::Choice { typed, value } => return self.edit(form, &typed, &value),
            Meant::Take(number) => {
                self.intend(Intent::Take(number))?;
                return self.advance(form, Some(""));
            }
            Meant::Clear => return self.edit(form, "", ""),
            Meant::Unclear(choices) => self.tell(reading::choices(&choices))?,
            Meant::Previous => {
                self.walk = Walk::Once;
                self.intend(Intent::PreviousField)?;
            }
            Meant::Save => {
                self.walk = Walk::Open;
                self.complained = None;
                // The next row of a book, opened by itself and left empty, is no row: the book ends here.
                let untouched = !form.row.is_empty() && form.saved.is_empty();
                return self.please(if untouched { Intent::Cancel } else { Intent::Submit });
            }
            Meant::Help => {
                if let Some(field) = form.field() {
                    let mut lines = reading::about(field, self.desk.borrow().locale());
                    lines.push(self.t("lines-form-hint", &[]));
                    self.tell(lines)?;
                }
            }
            Meant::Go(name, value) => {
                self.walk = Walk::Once;
                self.intend(Intent::Field(name.clone()))?;
                self.ahead = Some(value).filter(|v| !v.is_empty());
                let fixed = form.fields.iter().any(|f| f.name == name && f.fixed);
                if fixed {
                    self.ahead = None;
                    self.say_id("lines-fixed")?;
                }
            }
            Meant::Command(line) => return self.please(Intent::Command(line)),
            Meant::Word(word) => {
                let away = matches!(word.target, Target::Do(Intent::Back | Intent::Cancel))
                    || word.target == Target::Act("back".to_owned());
                if away && view.guard == Guard::Open {
                    return self.put_away();
                }
                if matches!(word.target, Target::Do(Intent::Help(_))) {
                    return self.follow(view, form, Meant::Help);
                }
                return self.perform(view, &word, "");
            }
        }
        Ok(None)
    }

    /// Puts a text into the focused field and goes on, unless something is wrong with it or several records fit.
    fn edit(&mut self, form: &Form, typed: &str, value: &str) -> Step {
        self.complained = None;
        self.intend(Intent::Edit(value.to_owned()))?;
        let view = self.view();
        let Some(field) = view.form().filter(|f| f.name == form.name).and_then(Form::field) else {
            return Ok(None);
        };
        let fits = field.completions.iter().any(|c| c.value == typed);
        let searched = field.choices.is_empty() && !field.long && !typed.is_empty();
        // The one that fits is taken by the desk; several are a question.
        if field.error.is_none() && field.completions.len() > 1 && !fits && searched {
            let some: Vec<_> = field.completions.iter().take(super::session::STOP).cloned().collect();
            let numbered = some
                .iter()
                .enumerate()
                .map(|(i, c)| format!("{} {}", i + 1, if c.label.is_empty() { &c.value } else { &c.label }));
            let lines = numbered.collect();
            self.tell(lines)?;
            self.offered = Some((field.name.clone(), some));
            // The field stays until it is said which one.
            self.walk = if self.walk == Walk::Open && view.form().is_some_and(|f| f.ready) {
                Walk::Once
            } else {
                self.walk
            };
            return Ok(None);
        }
        if view_is_search(&view) {
            self.say_nothing_found(&view)?;
            return Ok(None);
        }
        self.advance(form, Some(typed))
    }

    /// On from the focused field: to the next one that needs an answer, or to the confirmation. `typed` is what was
    /// answered; none for a bare Enter. Says how the answer was understood where that is more than what was typed.
    fn advance(&mut self, form: &Form, typed: Option<&str>) -> Step {
        let Some(now) = self.view().form().filter(|f| f.name == form.name).cloned() else { return Ok(None) };
        let at = now.field().map(|f| f.name.clone()).unwrap_or_default();
        if now.field().is_some_and(|f| f.error.is_some()) && typed.is_some() {
            return Ok(None);
        }
        let last = !now.fields.iter().skip(now.focus + 1).any(|f| !f.fixed);
        let step = match (now.ready, self.walk) {
            (true, Walk::All) if !last => Some(Intent::NextField),
            // Nothing else is open, so the next step would save: only look at what was typed, without leaving.
            (true, _) if typed.is_some() => Some(Intent::Field(at.clone())),
            (true, _) => None,
            (false, Walk::All) if !last => Some(Intent::NextField),
            (false, _) => Some(Intent::Accept),
        };
        if step.is_none() || self.walk == Walk::Once || last {
            self.walk = Walk::Open;
        }
        let mut out = Ok(None);
        let said = self.view().said;
        if let Some(intent) = step {
            self.complained = None;
            out = self.please(intent);
        }
        let view = self.view();
        // The next row of a list looks like the one that was just saved; the desk has said something in between.
        let another = view.said != said;
        let after = view.form().filter(|f| f.name == form.name);
        let field = after.unwrap_or(&now).fields.iter().find(|f| f.name == at).cloned();
        let stuck = !another && after.is_some_and(|f| !f.ready && f.focus == now.focus);
        let Some(field) = field else { return out };
        // A form that is closed has said what came of it.
        if let Some(typed) = typed.filter(|_| after.is_some() && !another && field.error.is_none()) {
            let line = said_back(&field, typed);
            self.say(&line)?;
        } else if typed.is_none() && stuck && field.error.is_none() {
            let line = self.t("lines-must-answer", &[("field", field.label.clone())]);
            self.say(&line)?;
        }
        out
    }

    /// Puts the form away; what was typed stays as a draft, and the desk says so.
    fn put_away(&mut self) -> Step {
        self.please(Intent::Cancel)
    }
}

fn numbered(key: &str) -> bool {
    key.parse::<usize>().is_ok()
}

/// What was understood, where it says more than what was typed; empty otherwise.
fn said_back(field: &FormField, typed: &str) -> String {
    if field.secret {
        return String::new();
    }
    let value = reading::shown(field);
    let same = |text: &str| text.trim() == typed.trim();
    if !field.echo.is_empty() {
        return if same(&field.echo) { String::new() } else { field.echo.clone() };
    }
    if same(&value) { String::new() } else { value }
}

/// A page of search: one field over a list of what was found.
pub(super) fn view_is_search(view: &View) -> bool {
    view.list().is_some() && view.form().is_some_and(|f| f.fields.len() == 1)
}
