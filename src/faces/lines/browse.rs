//! Lists, records and texts: from a line typed there to what is done. It knows no form.

use std::io;

use lianban::desk::view::{List, Offer, Part};
use lianban::desk::{Intent, Move, Turn, View};

use super::super::{Exit, scan};
use super::reading;
use super::session::{Heard, Session, Step};
use super::talk::Prompt;
use super::text::{clean, key, narrow};
use super::words::{Found, Target, Word, find, vocabulary};

impl Session<'_, '_> {
    /// Asks what to do on a page that is no form.
    pub(super) fn browse(&mut self, view: &View) -> Step {
        // What was found has the finger, not the field above it.
        if super::fill::view_is_search(view) && matches!(view.parts.get(view.focus), Some(Part::Form(_))) {
            self.intend(Intent::Move(Move::First))?;
        }
        let text = self.where_text(view);
        match self.listen(&Prompt { text, ..Prompt::default() })? {
            Heard::Line(line) => self.obey(&self.view(), &line),
            Heard::Interrupted => {
                self.say_id("lines-how-to-quit")?;
                Ok(None)
            }
            Heard::Changed => Ok(None),
            Heard::Leave(exit) => Ok(Some(exit)),
        }
    }

    /// The prompt of a page: place in the list and the row, or the page's name.
    fn where_text(&self, view: &View) -> String {
        let record = view.page.ends_with(".record") && !self.walked;
        match view.list().filter(|_| !record).and_then(|l| l.row().map(|r| (l, r))) {
            Some((list, row)) => {
                let mark = if row.marked { "*" } else { "" };
                let fixed = format!("{}/{}{mark} ", list.rank(), list.total);
                format!("{}>", reading::prompt(&fixed, &clean(&reading::brief(row)), self.room))
            }
            None => self.title_prompt(view),
        }
    }

    /// Answers a question with yes or no; Enter is the default it names.
    pub(super) fn question(&mut self, view: &View) -> Step {
        let Some(question) = &view.question else { return Ok(None) };
        let default = self.t(if question.default_yes { "lines-yes" } else { "lines-no" }, &[]);
        let text = format!("{} [{default}]>", question.text);
        let answer = match self.listen(&Prompt { text, ..Prompt::default() })? {
            Heard::Line(line) => self.yes_or_no(&line, question.default_yes),
            Heard::Interrupted => Some(false),
            Heard::Changed => return Ok(None),
            Heard::Leave(exit) => return Ok(Some(exit)),
        };
        match answer {
            Some(yes) => {
                let (_, quit) = self.intend(Intent::Answer(yes))?;
                Ok(quit.then_some(Exit::Quit))
            }
            None => {
                self.say_id("lines-yes-or-no")?;
                Ok(None)
            }
        }
    }

    /// Reads yes or no; an empty line is the default.
    pub(super) fn yes_or_no(&self, line: &str, default: bool) -> Option<bool> {
        let line = key(line);
        let says = |id: &str| self.t(id, &[]).split_whitespace().any(|w| key(w) == line);
        if line.is_empty() {
            return Some(default);
        }
        let (yes, no) = (says("lines-word-yes"), says("lines-word-no"));
        (yes || no).then_some(yes)
    }

    /// Does what the line says.
    fn obey(&mut self, view: &View, line: &str) -> Step {
        let typed = narrow(line);
        let rest = |n: usize| line.trim().chars().skip(n).collect::<String>().trim().to_owned();
        let list = view.list();
        let mut signs = typed.chars();
        match signs.next() {
            None => return self.enter(view),
            Some(';') => return self.please(Intent::Quick(rest(1))),
            Some(':') => return self.please(Intent::Command(rest(1))),
            Some('#') => return self.please(Intent::Jump(narrow(&rest(1)))),
            Some('/') if signs.next() == Some('/') => return self.search(rest(2)),
            Some('/') if list.is_some() && view.form().is_none() => return self.filter(rest(1)),
            Some('/') => return self.search(rest(1)),
            Some('+') if calendar(view) => return self.please(Intent::Command(typed)),
            Some('+') => return self.note(view, &rest(1)),
            Some('?') => return self.help(),
            Some('<') => return self.look_for(Intent::Back),
            _ => {}
        }
        if let Ok(number) = typed.parse::<usize>() {
            // `0517` is a day on a calendar, and no row.
            if calendar(view) && typed.len() == 4 {
                return self.please(Intent::Turn(Turn::To(typed)));
            }
            // A bar code is longer than the number of any row.
            if scan::is_tag(&typed) && list.is_none_or(|list| number > list.total) {
                return self.please(Intent::Jump(typed));
            }
            return self.number(view, number);
        }
        let all = vocabulary(view, self.desk.borrow().locale());
        match find(&typed, &all) {
            Found::One(word) => self.perform(view, &word, ""),
            Found::Several(words) => self.choose(view, &words, ""),
            Found::None(alike) => {
                let (first, _) = typed.split_once(' ').unwrap_or((&typed, ""));
                let after = line.trim().chars().skip(first.chars().count()).collect::<String>();
                match find(first, &all) {
                    Found::One(word) if !after.is_empty() => self.perform(view, &word, after.trim()),
                    Found::Several(words) if !after.is_empty() => self.choose(view, &words, after.trim()),
                    // Whatever is no word may be a day.
                    _ if calendar(view) => self.please(Intent::Command(line.trim().to_owned())),
                    // Whatever is no word may be stuck on something.
                    _ if scan::is_tag(&typed) => self.please(Intent::Jump(typed)),
                    _ => {
                        self.unknown(&typed, &alike)?;
                        Ok(None)
                    }
                }
            }
        }
    }

    fn unknown(&mut self, typed: &str, alike: &[String]) -> io::Result<()> {
        let word = ("word", typed.to_owned());
        let line = if alike.is_empty() {
            self.t("lines-unknown", &[word])
        } else {
            self.t("lines-unknown-like", &[word, ("like", alike.join(" "))])
        };
        self.say(&line)
    }

    /// Enter: go on reading, the next row, or the page.
    fn enter(&mut self, view: &View) -> Step {
        if !self.pending.is_empty() || self.rows_from.is_some() {
            return self.more(view);
        }
        if view.list().is_some_and(|l| l.total > 0) {
            return self.step(view, Move::Next);
        }
        self.own(view, if view.list().is_some() { "list" } else { "read" }, "")
    }

    /// Steps through the list; at its end that is said.
    fn step(&mut self, view: &View, step: Move) -> Step {
        let rank = view.list().map(List::rank);
        // The first step on a record's page goes to the row the finger is on already.
        let waiting = view.page.ends_with(".record") && !self.walked;
        self.walked = true;
        if waiting && step == Move::Next && rank == Some(1) {
            return Ok(None);
        }
        if step == Move::Next {
            // What stands after a row of a book is told on the way on from it.
            let row = view.list().and_then(|list| Some((list, list.row()?)));
            for (list, subtotal) in row.iter().flat_map(|(l, r)| r.subtotals.iter().map(move |s| (l, s))) {
                let line = reading::subtotal(list, subtotal, self.desk.borrow().locale());
                self.say(&line)?;
            }
        }
        self.intend(Intent::Move(step))?;
        if self.view().list().map(List::rank) == rank && view.question.is_none() {
            let first = matches!(step, Move::Previous | Move::PageUp | Move::First);
            self.say_id(if first { "lines-at-first" } else { "lines-at-last" })?;
        }
        Ok(None)
    }

    /// A number: an action just read out, else a row, else an action.
    pub(super) fn number(&mut self, view: &View, number: usize) -> Step {
        if let Some(name) = number.checked_sub(1).and_then(|i| self.numbered.get(i)).cloned() {
            return self.act(view, &name, "");
        }
        let Some(list) = view.list().filter(|l| l.total > 0) else {
            let names: Vec<String> = reading::possible(&view.actions).map(|o| o.name.clone()).collect();
            return match number.checked_sub(1).and_then(|i| names.get(i)) {
                Some(name) => self.act(view, name, ""),
                None if names.is_empty() => {
                    self.unknown(&number.to_string(), &[])?;
                    Ok(None)
                }
                None => {
                    let line = self.t("lines-only-actions", &[("n", names.len().to_string())]);
                    self.say(&line)?;
                    Ok(None)
                }
            };
        };
        if number == 0 || number > list.total {
            let line = self.t("lines-only-rows", &[("n", list.total.to_string())]);
            self.say(&line)?;
            return Ok(None);
        }
        if number == list.rank() && (self.walked || !view.page.ends_with(".record")) {
            return self.please(Intent::Open);
        }
        self.walked = true;
        self.please(Intent::Move(Move::To(number)))
    }

    /// Does an action of the page, or says why it cannot be done.
    pub(super) fn act(&mut self, view: &View, name: &str, rest: &str) -> Step {
        let offer = view.actions.iter().find(|o| o.name == name);
        if let Some(offer @ Offer { refused: Some(_), .. }) = offer {
            let line = reading::refused(offer, &view.title, self.desk.borrow().locale());
            self.say(&line)?;
            return Ok(None);
        }
        let step = self.please(Intent::Act(name.to_owned()))?;
        if !rest.is_empty() && super::filling(&self.view()).is_some() {
            self.ahead = Some(rest.to_owned());
        }
        Ok(step)
    }

    /// Asks which of several words was meant.
    pub(super) fn choose(&mut self, view: &View, words: &[Word], rest: &str) -> Step {
        let lines = words.iter().enumerate().map(|(i, w)| format!("{} {}", i + 1, w.label)).collect();
        self.tell(lines)?;
        let text = self.t("lines-which", &[("n", words.len().to_string())]);
        match self.listen(&Prompt { text, ..Prompt::default() })? {
            Heard::Line(line) => {
                let picked = narrow(&line).parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                match picked.and_then(|i| words.get(i)) {
                    Some(word) => self.perform(view, word, rest),
                    None if line.trim().is_empty() => Ok(None),
                    None => self.obey(view, &line),
                }
            }
            Heard::Leave(exit) => Ok(Some(exit)),
            Heard::Interrupted | Heard::Changed => Ok(None),
        }
    }

    /// Does what a word stands for.
    pub(super) fn perform(&mut self, view: &View, word: &Word, rest: &str) -> Step {
        match &word.target {
            Target::Act(name) => self.act(view, &name.clone(), rest),
            Target::Go(page) => self.please(Intent::GoTo(page.clone())),
            Target::Face(name) => self.own(view, name, rest),
            Target::Do(Intent::Help(_)) => self.help(),
            Target::Do(Intent::Search(_)) => self.search(rest.to_owned()),
            Target::Do(Intent::Quick(_)) => self.please(Intent::Quick(rest.to_owned())),
            Target::Do(Intent::WhereAmI) => {
                self.say_where()?;
                Ok(None)
            }
            Target::Do(Intent::LastMessage) => {
                self.intend(Intent::LastMessage)?;
                Ok(None)
            }
            Target::Do(Intent::Quit) => {
                self.intend(Intent::Quit)?;
                Ok(self.view().question.is_none().then_some(Exit::Quit))
            }
            Target::Do(Intent::Move(to)) => self.step(view, *to),
            // `m 8`: this row and the seven after it, since no line is typed with one key.
            Target::Do(Intent::Mark) if narrow(rest).parse::<usize>().is_ok() => {
                let left = view.list().map_or(0, |list| list.total + 1 - list.rank().max(1));
                for _ in 0..narrow(rest).parse().unwrap_or(1).min(left) {
                    self.desk.borrow_mut().handle(Intent::Mark);
                }
                let marked = self.view().list().map_or(0, |list| list.marked);
                let line = self.t("lines-marked", &[("n", marked.to_string())]);
                self.say(&line)?;
                Ok(None)
            }
            Target::Do(Intent::Open) if !rest.is_empty() => match narrow(rest).parse::<usize>() {
                Ok(rank) => {
                    self.intend(Intent::Move(Move::To(rank)))?;
                    self.please(Intent::Open)
                }
                Err(_) => self.search(rest.to_owned()),
            },
            Target::Do(Intent::Back) => self.look_for(Intent::Back),
            Target::Do(intent) => self.please(intent.clone()),
        }
    }

    fn filter(&mut self, text: String) -> Step {
        self.look_for(Intent::Filter(text))
    }

    fn search(&mut self, text: String) -> Step {
        self.look_for(Intent::Search(text))
    }

    /// Filters, searches or takes a filter away, and says how much is left; arriving on another page says so by itself.
    fn look_for(&mut self, intent: Intent) -> Step {
        let before = self.view();
        let intended_back = intent == Intent::Back;
        let quit = self.please(intent)?;
        if quit.is_some() {
            return Ok(quit);
        }
        let view = self.view();
        let filter = |view: &View| view.list().map(|l| l.filter.clone());
        if view.page != before.page || (intended_back && filter(&view) == filter(&before)) {
            return Ok(None);
        }
        if let Some(list) = view.list() {
            let mut lines = vec![reading::count(list, &view.title, self.desk.borrow().locale())];
            lines.extend(Some(list.empty.clone()).filter(|_| list.total == 0));
            self.tell(lines)?;
        }
        Ok(None)
    }

    /// A note on the record under the finger, through the page's own action for notes.
    fn note(&mut self, view: &View, text: &str) -> Step {
        let offer = view.actions.iter().find(|o| o.name == "note" || o.name.ends_with(".note"));
        match offer.map(|o| o.name.clone()) {
            Some(name) => self.act(view, &name, text),
            None => {
                self.say_id("lines-no-note")?;
                Ok(None)
            }
        }
    }

    /// Carries out an intent; leaves when the person wants to.
    pub(super) fn please(&mut self, intent: Intent) -> Step {
        let (_, quit) = self.intend(intent)?;
        Ok(quit.then_some(Exit::Quit))
    }
}

/// Whether other days can be turned to here.
fn calendar(view: &View) -> bool {
    view.page.ends_with(".calendar")
}
