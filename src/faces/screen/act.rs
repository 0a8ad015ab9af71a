//! What a key does: it becomes an intent for the desk, a letter in a field, or something the screen does by itself.
//! This room reads no terminal and draws nothing.

use lianban::desk::command::command;
use lianban::desk::view::List;
use lianban::desk::{Intent, Move, Needs};

use super::edit::Editor;
use super::panel::{Outcome, Panel, Pick};
use super::state::{self, Prompt, Ui, contexts, focused, typing};
use crate::faces::keys::{Found, Key, Keymap, OWN, half_width, spell};
use crate::faces::{Exit, Office};

/// What a letter or digit may do while a question waits.
const AT_A_QUESTION: [&str; 5] = ["yes", "no", "answer-default", "menu", "keys"];

/// The person at the screen: the desk, the keys and what the screen remembers.
pub(crate) struct Seat<'a> {
    /// The desk.
    pub(crate) desk: &'a mut dyn Office,
    /// The keys.
    pub(crate) keymap: Keymap,
    /// The screen's own state.
    pub(crate) ui: Ui,
    /// Why the face is to end, once it is.
    pub(crate) exit: Option<Exit>,
    /// Something may look different now.
    pub(crate) changed: bool,
    /// The whole screen is to be painted anew.
    pub(crate) repaint: bool,
    /// Rows a page key steps in a panel or a text; known after a drawing.
    pub(crate) page: usize,
    /// The line being read, and how many there are, where the page is read line by line.
    pub(crate) lines: (usize, usize),
    /// Steps through the list that wait to be taken together, down or up: a desk that is slower than a held key would
    /// else go on after the key was let go.
    steps: (usize, usize),
}

impl<'a> Seat<'a> {
    /// A seat at the desk, before the first key.
    pub(crate) fn new(desk: &'a mut dyn Office, keymap: Keymap) -> Self {
        let mut ui = Ui::default();
        ui.follow(desk.view());
        Self {
            desk,
            keymap,
            ui,
            exit: None,
            changed: true,
            repaint: false,
            page: 10,
            lines: (0, 0),
            steps: (0, 0),
        }
    }

    /// Hands an intent to the desk.
    pub(crate) fn send(&mut self, intent: Intent) {
        let before = (self.desk.view().page.clone(), self.desk.view().focus, self.desk.view().guard);
        let reply = self.desk.handle(intent);
        let view = self.desk.view();
        if (view.page.as_str(), view.focus, view.guard) != (before.0.as_str(), before.1, before.2) {
            self.ui.reading = None;
        }
        if view.guard != before.2 {
            // A lock clears what lay over the page too.
            self.ui = Ui { wide: self.ui.wide, quiet: self.ui.quiet, ..Ui::default() };
        }
        self.ui.follow(view);
        self.changed |= reply.changed;
        if reply.quit {
            self.exit = Some(Exit::Quit);
        }
    }

    /// Takes a key, or puts a step through the list by until [`Seat::walk`].
    pub(crate) fn hold(&mut self, key: Key) {
        let view = self.desk.view();
        let covered = self.ui.panel.is_some() || self.ui.prompt.is_some() || !self.ui.pending.is_empty();
        let walks = !covered && view.question.is_none() && !typing(view) && !state::reading(view);
        let found = if walks { state::find(view, &self.keymap, &[key.meant()]) } else { Found::Nothing };
        match found {
            Found::Action("next") if self.steps.1 == 0 => self.steps.0 += 1,
            Found::Action("previous") if self.steps.0 == 0 => self.steps.1 += 1,
            _ => return self.key(key),
        }
        self.changed = true;
        self.ui.said.clear();
        self.ui.listening = false;
    }

    /// Takes the steps that were put by.
    pub(crate) fn walk(&mut self) {
        let (down, up) = std::mem::take(&mut self.steps);
        let rank = self.desk.view().list().map_or(0, List::rank);
        match (down, up) {
            (0, 0) => {}
            (1, 0) => self.send(Intent::Move(Move::Next)),
            (0, 1) => self.send(Intent::Move(Move::Previous)),
            _ => self.send(Intent::Move(Move::To((rank + down).saturating_sub(up).max(1)))),
        }
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: Key) {
        self.walk();
        self.changed = true;
        self.ui.said.clear();
        self.ui.listening = false;
        if let Some(panel) = &mut self.ui.panel {
            match panel.key(key, self.page) {
                Outcome::Stay => {}
                Outcome::Close => self.ui.panel = None,
                Outcome::Picked(pick) => {
                    self.ui.panel = None;
                    match pick {
                        Pick::Action(name) => self.perform(&name),
                        Pick::Page(name) => self.send(Intent::GoTo(name)),
                    }
                }
            }
        } else if self.ui.prompt.is_some() {
            self.prompt_key(key);
        } else {
            self.page_key(key);
        }
    }

    /// Whether a scanned tag means the thing it is stuck on: nothing is being typed, asked or chosen.
    pub(crate) fn open_to_scans(&self) -> bool {
        let view = self.desk.view();
        let covered = self.ui.panel.is_some() || self.ui.prompt.is_some() || !self.ui.pending.is_empty();
        !covered && view.question.is_none() && !typing(view)
    }

    /// Opens what a scanned tag is stuck on.
    pub(crate) fn scan(&mut self, tag: String) {
        self.walk();
        self.changed = true;
        self.ui.said.clear();
        self.send(Intent::Jump(tag));
    }

    /// Takes pasted text: into the line being typed, else as something to search for.
    pub(crate) fn paste(&mut self, text: &str) {
        self.walk();
        self.changed = true;
        self.ui.said.clear();
        if let Some(panel) = &mut self.ui.panel {
            panel.typed.insert(text);
            panel.at = 0;
        } else if let Some(prompt) = &mut self.ui.prompt {
            prompt.editor.insert(text);
            self.prompt_grew();
        } else if typing(self.desk.view()) {
            self.ui.editor.insert(text);
            self.send(Intent::Edit(self.ui.editor.text()));
        } else if self.desk.view().question.is_none() && !text.trim().is_empty() {
            let text = Editor::new(text, false).text();
            self.send(Intent::Search(text));
        }
    }

    fn page_key(&mut self, key: Key) {
        let text = typing(self.desk.view()) && self.ui.pending.is_empty();
        if let (true, Some(c)) = (text, key.typed()) {
            return self.type_char(c);
        }
        let mut typed = std::mem::take(&mut self.ui.pending);
        typed.push(if text { key } else { key.meant() });
        let asked = self.desk.view().question.is_some();
        match state::find(self.desk.view(), &self.keymap, &typed) {
            // A slip of the finger must not drop the question, let alone leave the program.
            Found::Action(name) if asked && key.typed().is_some() && !AT_A_QUESTION.contains(&name) => {
                self.no_such_key(&typed);
            }
            Found::Action(name) => {
                let name = name.to_owned();
                self.perform(&name);
            }
            Found::Prefix(_) => self.ui.pending = typed,
            // Esc leaves a begun sequence and nothing else.
            Found::Nothing if typed.len() > 1 && key.to_string() == "Esc" => {}
            Found::Nothing => self.no_such_key(&typed),
        }
    }

    fn no_such_key(&mut self, typed: &[Key]) {
        let keys = self.keymap.keys_of("keys").join(" / ");
        let args = [("key", spell(typed)), ("keys", keys)];
        self.ui.said = self.desk.locale().with("screen-no-key", &args);
    }

    /// A character in a form: the number of a choice picks it and moves on, unless several may be picked; everything
    /// else is text.
    fn type_char(&mut self, c: char) {
        let Some((_, field)) = focused(self.desk.view()) else { return };
        let narrow = half_width(c);
        let listed = 1..=field.completions.len();
        let number = narrow.to_digit(10).and_then(|n| usize::try_from(n).ok()).filter(|n| listed.contains(n));
        if let (Some(_), Some(number)) = (field.picked, number) {
            return self.send(Intent::Take(number));
        }
        if !field.choices.is_empty() && !field.several && narrow.is_ascii_graphic() {
            // What is in the field already is either the beginning of a number or an answer to be replaced.
            let begun = self.ui.editor.text();
            let number =
                field.choices.iter().any(|ch| ch.key.len() > begun.len() && ch.key.starts_with(&begun));
            let wanted = if number { format!("{begun}{narrow}") } else { narrow.to_string() };
            let longer = field.choices.iter().any(|ch| ch.key != wanted && ch.key.starts_with(&wanted));
            let exact = field.choices.iter().find(|ch| ch.key == wanted).map(|ch| ch.value.clone());
            if let (Some(value), false) = (exact, longer) {
                self.send(Intent::Edit(value));
                return self.send(Intent::Accept);
            }
            let answered = field.choices.iter().any(|ch| ch.value == begun || ch.label == begun);
            if answered {
                self.ui.editor = Editor::default();
            }
        }
        self.ui.editor.insert(&c.to_string());
        self.send(Intent::Edit(self.ui.editor.text()));
    }

    /// Does an action by its name.
    pub(crate) fn perform(&mut self, name: &str) {
        if state::reading(self.desk.view()) && self.read_step(name) {
            return;
        }
        match command(name).map(|c| (c, c.needs)) {
            Some((_, Needs::Nothing(intent))) => {
                self.send(intent());
                self.ui.listening = matches!(name, "where" | "last-message");
            }
            Some((command, Needs::Line(_))) => {
                let before = match (name, self.desk.view().list()) {
                    ("filter", Some(list)) => list.filter.clone(),
                    _ => String::new(),
                };
                self.ui.prompt = Some(Prompt { command, editor: Editor::new(&before, false), before });
            }
            Some((_, Needs::Face)) => self.own(name),
            None if OWN.iter().any(|(own, _)| *own == name) => self.own(name),
            None => self.send(Intent::Act(name.to_owned())),
        }
    }

    /// Where the finger is on text, steps go from line to line. Says whether the action was such a step.
    fn read_step(&mut self, name: &str) -> bool {
        let (at, count) = self.lines;
        let last = count.saturating_sub(1);
        let to = match name {
            "next" => (at + 1).min(last),
            "previous" => at.saturating_sub(1),
            "page-down" => (at + self.page).min(last),
            "page-up" => at.saturating_sub(self.page),
            "first" => 0,
            "last" => last,
            _ => return false,
        };
        self.ui.reading = Some(to);
        // Several steps may come before the next drawing.
        self.lines.0 = to;
        true
    }

    /// What the screen does by itself.
    fn own(&mut self, name: &str) {
        let view = self.desk.view();
        let locale = self.desk.locale();
        match name {
            "menu" => self.ui.panel = Some(Panel::menu(view, &self.keymap, locale, &contexts(view))),
            "keys" => self.ui.panel = Some(Panel::keys(view, &self.keymap, locale, &contexts(view))),
            "read" => self.ui.panel = Some(Panel::read(view, locale)),
            "wide" => self.ui.wide = !self.ui.wide,
            "again" => self.repaint = true,
            "switch-face" => self.exit = Some(Exit::Switch),
            "view-next" | "view-previous" => self.turn_view(name == "view-next"),
            "down" | "up" => self.down(name == "down"),
            "answer-default" => {
                let answer = view.question.as_ref().is_some_and(|q| q.default_yes);
                self.send(Intent::Answer(answer));
            }
            _ => {
                if let Some(n) = name.strip_prefix("tab-").and_then(|n| n.parse::<usize>().ok()) {
                    match view.tabs.get(n.wrapping_sub(1)).map(|t| t.name.clone()) {
                        Some(tab) => self.send(Intent::GoTo(tab)),
                        None => self.ui.said = locale.say("screen-not-here"),
                    }
                } else if typing(view) && self.ui.editor.command(name) == Some(true) {
                    self.send(Intent::Edit(self.ui.editor.text()));
                }
            }
        }
    }

    /// Down and up in a form: through what is listed for the field, else through the list beneath, else the fields.
    fn down(&mut self, down: bool) {
        let view = self.desk.view();
        let listed = focused(view).is_some_and(|(_, f)| !f.completions.is_empty());
        if !listed && self.ui.editor.line(down) {
            return;
        }
        let intent = if listed {
            Intent::Complete(down)
        } else if state::has_list(view) {
            Intent::Move(if down { Move::Next } else { Move::Previous })
        } else if down {
            Intent::NextField
        } else {
            Intent::PreviousField
        };
        self.send(intent);
    }

    fn turn_view(&mut self, forward: bool) {
        let views = self.desk.view().list().map(|l| l.views.as_slice()).unwrap_or_default();
        let at = views.iter().position(|v| v.current).unwrap_or(0);
        let step = if forward { 1 } else { views.len().saturating_sub(1) };
        match views.get((at + step) % views.len().max(1)).map(|v| v.name.clone()) {
            Some(name) => self.send(Intent::GoTo(name)),
            None => self.ui.said = self.desk.locale().say("screen-not-here"),
        }
    }

    fn prompt_key(&mut self, key: Key) {
        let Some(prompt) = &mut self.ui.prompt else { return };
        let live = prompt.command.name == "filter";
        match key.to_string().as_str() {
            "Enter" => {
                let (needs, text) = (prompt.command.needs, prompt.editor.text());
                self.ui.prompt = None;
                if let (Needs::Line(intent), false) = (needs, live) {
                    self.send(intent(text));
                }
            }
            "Esc" | "Ctrl-G" => {
                let (changed, before) = (prompt.editor.text() != prompt.before, prompt.before.clone());
                self.ui.prompt = None;
                if live && changed {
                    self.send(Intent::Filter(before));
                }
            }
            "Down" if live => self.send(Intent::Move(Move::Next)),
            "Up" if live => self.send(Intent::Move(Move::Previous)),
            "PageDown" if live => self.send(Intent::Move(Move::PageDown)),
            "PageUp" if live => self.send(Intent::Move(Move::PageUp)),
            _ => {
                let grew = match key.typed() {
                    Some(c) => {
                        prompt.editor.insert(&c.to_string());
                        true
                    }
                    None => self.edit_prompt(key),
                };
                if grew {
                    self.prompt_grew();
                }
            }
        }
    }

    /// The keys of a form's fields edit a prompt's line too.
    fn edit_prompt(&mut self, key: Key) -> bool {
        let form = [lianban::desk::Context::Form];
        let Found::Action(name) = self.keymap.find(&form, "", &|_| None, &[key]) else { return false };
        self.ui.prompt.as_mut().and_then(|p| p.editor.command(name)).unwrap_or(false)
    }

    /// A filter takes effect as it is typed; everything else waits for its end.
    fn prompt_grew(&mut self) {
        let Some(prompt) = &self.ui.prompt else { return };
        if prompt.command.name == "filter" {
            self.send(Intent::Filter(prompt.editor.text()));
        }
    }
}
