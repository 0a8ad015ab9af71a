//! One intent, one turn: what each intent means on the page that is open.

use super::Desk;
use super::filling::Accepted;
use super::intent::{Intent, Move};
use super::page::Page;
use super::refusal::Refusal;
use super::view::{Notice, Question, Tone};

/// A question that waits, and what a yes will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pending {
    /// As shown.
    pub question: Question,
    /// What a yes does.
    pub yes: Yes,
}

/// What a yes does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Yes {
    /// Carries out an action that asks nothing, on these records.
    Act {
        /// Subject and action (`cases.archive`).
        name: String,
        /// The records.
        ids: Vec<i64>,
    },
    /// Throws the open form's draft away.
    Discard,
}

impl Desk {
    /// Carries an intent out.
    pub(crate) fn turn(&mut self, intent: Intent) -> Result<(), Refusal> {
        if let Intent::Window(rows) = intent {
            let before = std::mem::replace(&mut self.window, rows.max(1));
            // What is wholly in memory is only cut differently.
            return match self.stack.last() {
                Some(Page::List(_)) if before != self.window => self.reload(),
                _ => Ok(()),
            };
        }
        if intent == Intent::Quit {
            self.quit = true;
            return Ok(());
        }
        if let Some(Page::SignIn(_)) = self.stack.last() {
            return self.turn_at_the_door(intent);
        }
        if let Some(pending) = self.pending.take() {
            return match intent {
                Intent::Answer(true) => self.yes(pending.yes),
                Intent::Answer(false) | Intent::Back | Intent::Cancel => {
                    self.say("kept-as-it-was", &[]);
                    Ok(())
                }
                Intent::WhereAmI | Intent::LastMessage | Intent::Help(_) => {
                    self.tell(Tone::Info, pending.question.text.clone(), String::new());
                    self.pending = Some(pending);
                    Ok(())
                }
                other => self.go_on(other),
            };
        }
        self.go_on(intent)
    }

    fn go_on(&mut self, intent: Intent) -> Result<(), Refusal> {
        if matches!(
            intent,
            Intent::Open
                | Intent::Back
                | Intent::GoTo(_)
                | Intent::NextView
                | Intent::Turn(_)
                | Intent::Jump(_)
                | Intent::Search(_)
                | Intent::Act(_)
                | Intent::Quick(_)
        ) {
            // A message belongs to the page it was said on.
            self.notice = None;
        }
        match intent {
            Intent::Move(to) => self.step(to),
            Intent::Turn(turn) => self.turn_calendar(turn),
            Intent::Open => self.open_row(),
            Intent::Back => self.back(),
            Intent::GoTo(name) => self.go_to(&name),
            Intent::Jump(reference) => self.jump(&reference),
            Intent::Search(text) => self.search(&text),
            Intent::NextView => self.next_view(),
            Intent::Filter(text) => self.filter(&text),
            Intent::Mark => self.mark(),
            Intent::MarkAll => self.mark_all(),
            Intent::Act(name) => self.act(&name),
            Intent::Command(line) => self.command(&line),
            Intent::Quick(line) => self.quick(&line),
            Intent::Undo => self.undo(true),
            Intent::Redo => self.undo(false),
            Intent::WhereAmI => {
                self.where_am_i();
                Ok(())
            }
            Intent::LastMessage => {
                self.last_message();
                Ok(())
            }
            Intent::Help(topic) => self.help(&topic),
            Intent::Lock => {
                self.lock();
                Ok(())
            }
            Intent::Edit(_)
            | Intent::Field(_)
            | Intent::NextField
            | Intent::PreviousField
            | Intent::Accept
            | Intent::Submit
            | Intent::SubmitAndNew
            | Intent::Cancel
            | Intent::Discard
            | Intent::Complete(_)
            | Intent::Take(_)
            | Intent::CopyAbove => self.fill_in(intent),
            // Answers without a question, and what `handle` and `turn` did already.
            Intent::Answer(_) | Intent::Window(_) | Intent::Look | Intent::Quit => Ok(()),
        }
    }

    /// Intents that belong to a form or a field.
    fn fill_in(&mut self, intent: Intent) -> Result<(), Refusal> {
        match self.stack.last_mut() {
            Some(Page::Form(_)) => self.fill_form(intent),
            Some(Page::Search { in_list, .. }) => match intent {
                Intent::Edit(text) => {
                    *in_list = false;
                    self.search(&text)
                }
                Intent::Accept | Intent::Submit => self.open_row(),
                Intent::Cancel => self.back(),
                _ => Ok(()),
            },
            Some(Page::Quick(_)) => match intent {
                Intent::Edit(text) => self.quick(&text),
                Intent::Accept | Intent::Submit => self.confirm_quick(),
                Intent::Cancel => self.back(),
                _ => Ok(()),
            },
            _ => match intent {
                Intent::Accept => self.open_row(),
                Intent::Cancel => self.back(),
                _ => Ok(()),
            },
        }
    }

    fn fill_form(&mut self, intent: Intent) -> Result<(), Refusal> {
        let Some(Page::Form(filling)) = self.stack.last_mut() else { return Ok(()) };
        let office = &self.office;
        match intent {
            Intent::Edit(text) => filling.edit(office, &text),
            Intent::NextField => {
                filling.go(office, filling.form.neighbour(true));
                Ok(())
            }
            Intent::PreviousField => {
                filling.go(office, filling.form.neighbour(false));
                Ok(())
            }
            Intent::Field(word) => {
                let at = super::naming::field_by_word(&filling.view(&office.cx()), &word)
                    .and_then(|name| filling.place(&name))
                    .ok_or_else(|| Refusal::rule("no-field").with("text", word))?;
                filling.go(office, at);
                Ok(())
            }
            Intent::Accept => match filling.accept(office)? {
                Accepted::Stay => Ok(()),
                Accepted::Save => self.submit(false),
            },
            Intent::Submit => self.submit(false),
            Intent::SubmitAndNew => self.submit(true),
            Intent::Cancel => self.back(),
            Intent::Discard => {
                self.pending = Some(Pending {
                    question: Question { text: office.locale.say("ask-discard"), default_yes: false },
                    yes: Yes::Discard,
                });
                Ok(())
            }
            Intent::Complete(forward) => {
                filling.pick(forward);
                Ok(())
            }
            Intent::Take(number) => {
                if filling.take(office, number)? {
                    return Ok(());
                }
                Err(Refusal::rule("no-such-choice").with("number", number.to_string()))
            }
            Intent::CopyAbove => self.copy_above(),
            _ => Ok(()),
        }
    }

    /// Moves the finger of the page's list.
    fn step(&mut self, to: Move) -> Result<(), Refusal> {
        let window = self.window;
        let cx = self.office.cx();
        match self.stack.last_mut() {
            Some(Page::List(query)) => query.step(&cx, to, window),
            Some(Page::Grid(calendar)) => {
                let further = calendar.step(&cx, to, window)?;
                if let Some(stretch) = calendar.stretch(&cx).filter(|_| further) {
                    self.tell(Tone::Info, stretch, String::new());
                }
                Ok(())
            }
            Some(Page::Today { duties: rows, .. } | Page::Sheet { rows, .. }) => {
                rows.step(to, window);
                Ok(())
            }
            Some(Page::Search { found, in_list, .. }) => {
                // The first step goes from the field into the list, not past its first row.
                if *in_list || !matches!(to, Move::Next | Move::Down) {
                    found.step(to, window);
                }
                *in_list = true;
                Ok(())
            }
            Some(Page::Form(filling)) => {
                let forward = matches!(to, Move::Next | Move::Down | Move::PageDown | Move::Last);
                filling.pick(forward);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn filter(&mut self, text: &str) -> Result<(), Refusal> {
        let window = self.window;
        let cx = self.office.cx();
        match self.stack.last_mut() {
            Some(Page::List(query)) => {
                text.clone_into(&mut query.filter);
                query.load(&cx, window)
            }
            _ => self.search(text),
        }
    }

    fn next_view(&mut self) -> Result<(), Refusal> {
        let views = self.view.list().map(|l| l.views.clone()).unwrap_or_default();
        let Some(now) = views.iter().position(|v| v.current) else {
            return Err(Refusal::rule("no-views"));
        };
        match views.get((now + 1) % views.len()) {
            Some(next) => self.go_to(&next.name),
            None => Ok(()),
        }
    }

    fn mark(&mut self) -> Result<(), Refusal> {
        let Some(Page::List(query)) = self.stack.last_mut() else {
            return Err(Refusal::rule("no-marks"));
        };
        query.mark();
        self.step(Move::Next)
    }

    fn mark_all(&mut self) -> Result<(), Refusal> {
        let cx = self.office.cx();
        match self.stack.last_mut() {
            Some(Page::List(query)) => query.mark_all(&cx),
            _ => Err(Refusal::rule("no-marks")),
        }
    }

    /// A message from a sentence of the locale.
    pub(crate) fn say(&mut self, id: &str, args: &[(&'static str, String)]) {
        let text = self.office.locale.with(id, args);
        let hint = self.office.locale.find(&format!("{id}.hint"), args).unwrap_or_default();
        self.tell(Tone::Done, text, hint);
    }

    /// A message in words.
    pub(crate) fn tell(&mut self, tone: Tone, text: String, hint: String) {
        self.said += 1;
        self.notice = Some(Notice { tone, text, hint });
        self.last.clone_from(&self.notice);
    }

    /// Says no.
    pub(crate) fn refuse(&mut self, refusal: &Refusal) {
        let Notice { tone, text, hint } = refusal.notice(&self.office.locale);
        self.tell(tone, text, hint);
    }

    fn last_message(&mut self) {
        match self.last.clone() {
            Some(Notice { tone, text, hint }) => self.tell(tone, text, hint),
            None => self.say("no-message", &[]),
        }
    }
}
