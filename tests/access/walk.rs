//! Every page there is, in both faces, by touch and by ear. The pages come from the desk itself: a second desk without a
//! terminal, on a copy of the same office, is told the same and says what must stand under the finger.

use std::collections::BTreeSet;
use std::time::Duration;

use lianban::desk::view::{Form, FormField, List, View};
use lianban::desk::{Desk, Intent, Move};
use lianban::office::{DEMO_OPERATOR, Opening, Scripts, Who};
use lianban::values::lang::Lang;

use super::follow::count;
use super::office::{NOW, Office};
use super::terminal::Terminal;

/// Columns of a prompt: ten Chinese characters, which are whole in Chinese braille.
const PROMPT: usize = 20;
/// Characters said for one step through a list in lines, the sign of the prompt included.
const STEP: usize = 35;
/// The same on the screen.
const ROW: usize = 40;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Lines,
    Screen,
}

pub(crate) struct Walk {
    face: Face,
    terminal: Terminal,
    /// What the terminal's desk must be showing.
    desk: Desk,
    _copy: Office,
    /// The prompts there were, in lines.
    pub(crate) prompts: BTreeSet<String>,
    /// What was wrong, all of it: one page that is mended must not hide the next.
    pub(crate) wrong: Vec<String>,
}

/// The text as the faces write it, without blanks: where they break a line is their own affair.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

/// The first characters by which a person tells one thing from another.
fn head(text: &str, characters: usize) -> String {
    bare(text).chars().take(characters).collect()
}

impl Walk {
    pub(crate) fn new(face: Face) -> Self {
        let (office, copy) = (Office::new(), Office::new());
        let terminal = match face {
            Face::Lines => Terminal::lines(&office),
            Face::Screen => {
                Terminal::start(&office, (80, 24), &["--face", "screen"], &[("ACCESSIBLE", "1")], "?按键")
            }
        };
        let now = chrono::NaiveDateTime::parse_from_str(NOW, "%Y-%m-%dT%H:%M").ok();
        let opening =
            Opening { file: copy.file(), lang: Lang::Zh, now, terminal: "test".into(), read_only: false };
        let who = Who { name: DEMO_OPERATOR.into(), ..Who::default() };
        let mut desk = Scripts::enter(&opening, &who).unwrap().into_desk();
        desk.handle(Intent::Window(20));
        let mut walk =
            Self { face, terminal, desk, _copy: copy, prompts: BTreeSet::new(), wrong: Vec::new() };
        walk.look("start");
        walk
    }

    /// Whether anybody follows: without that there is nothing to be seen.
    pub(crate) fn follows(&self) -> bool {
        self.terminal.follower.follows()
    }

    /// What the forty cells must show of the page: any of these, without blanks.
    fn expected(&self) -> Vec<String> {
        let view = self.desk.view();
        if let Some(question) = &view.question {
            return vec![head(&question.text, 6)];
        }
        if let Some(field) = field(view) {
            // A text longer than the display is shown where it is being written.
            let end: Vec<char> = bare(&field.value).chars().rev().take(3).collect();
            let end: String = end.into_iter().rev().collect();
            let long = unicode_width::UnicodeWidthStr::width(field.value.as_str()) > 20;
            return [Some(head(&field.label, 8)), Some(end).filter(|_| long)].into_iter().flatten().collect();
        }
        let reads = view.page.ends_with(".record");
        match view.list().filter(|_| !reads).and_then(|list| Some((list, list.row()?))) {
            Some((list, row)) if self.face == Face::Lines => {
                let brief = if row.brief.is_empty() { row.cells.join(" ") } else { row.brief.clone() };
                vec![format!("{}/{}{}", list.rank(), list.total, head(&brief, 3))]
            }
            Some((_, row)) => {
                let cell = view.schedule().and_then(|grid| {
                    let lane = grid.lanes.get(grid.focus.0)?;
                    Some(head(&lane.label, 4))
                });
                let brief = if row.brief.is_empty() { row.cells.join(" ") } else { row.brief.clone() };
                cell.into_iter().chain([head(&brief, 3)]).collect()
            }
            None if self.face == Face::Lines => {
                let name = if view.brief.is_empty() { &view.title } else { &view.brief };
                vec![head(name, 4), head(&view.title, 4)]
            }
            // A page that is read line by line: the mark is on a line of it.
            None => vec![">".to_owned()],
        }
    }

    /// Compares the display with what the desk says.
    fn look(&mut self, how: &str) {
        if !self.follows() {
            return;
        }
        let window = self.terminal.follower.step.window.clone();
        let expected = self.expected();
        let shown = bare(&window);
        if !expected.iter().any(|word| shown.contains(word.as_str())) {
            let page = &self.desk.view().page;
            self.wrong.push(format!("{how}: {page} shows {window:?}, not {expected:?}"));
        }
        if self.face == Face::Lines {
            let (_, before) = self.terminal.at_cursor();
            let prompt = before.trim_end().to_owned();
            let columns = unicode_width::UnicodeWidthStr::width(prompt.as_str());
            if columns > PROMPT && self.desk.view().question.is_none() {
                self.wrong.push(format!("{how}: a prompt of {columns} columns: {prompt:?}"));
            }
            self.prompts.insert(prompt);
        }
    }

    /// Says or presses this, does the same at the other desk, and looks.
    fn go(&mut self, keys: &[&str], intents: &[Intent]) {
        for key in keys {
            self.terminal.send(key);
        }
        for intent in intents {
            self.desk.handle(intent.clone());
        }
        self.look(&keys.join(" "));
    }

    fn page(&mut self, name: &str) {
        match self.face {
            Face::Lines => self.go(&[&format!(":{name}"), "\r"], &[Intent::GoTo(name.into())]),
            Face::Screen => self.go(&[":", name, "\r"], &[Intent::GoTo(name.into())]),
        }
    }

    fn back(&mut self) {
        match self.face {
            Face::Lines => self.go(&["b", "\r"], &[Intent::Back]),
            Face::Screen => self.go(&["\u{1b}"], &[Intent::Back]),
        }
    }

    /// One row on; how much that says is kept within bounds.
    fn next(&mut self) {
        let before = self.desk.view().list().map(List::rank);
        match self.face {
            Face::Lines => self.go(&["n", "\r"], &[Intent::Move(Move::Next)]),
            // In a grid that is the lane beneath.
            Face::Screen => self.go(&["\u{1b}[B"], &[Intent::Move(Move::Down)]),
        }
        if self.desk.view().list().map(List::rank) == before {
            return;
        }
        let step = &self.terminal.follower.step;
        let most = if self.face == Face::Lines { STEP } else { ROW };
        let said = count(&step.yasr);
        if said > most {
            self.wrong.push(format!(
                "{} said {said} characters for a row: {:?}",
                self.desk.view().page,
                step.yasr
            ));
        }
    }

    /// The next view of the same records.
    fn turn(&mut self) {
        match self.face {
            Face::Lines => self.go(&["part", "\r"], &[Intent::NextView]),
            Face::Screen => self.go(&["\t"], &[Intent::NextView]),
        }
    }

    fn open(&mut self) {
        match self.face {
            Face::Lines => self.go(&["o", "\r"], &[Intent::Open]),
            Face::Screen => self.go(&["\r"], &[Intent::Open]),
        }
    }

    /// The pages of all subjects and their views, with two rows and the first record of each.
    pub(crate) fn subjects(&mut self) {
        let view = self.desk.view();
        let names: Vec<String> = view.tabs.iter().chain(&view.pages).map(|tab| tab.name.clone()).collect();
        let mut seen = BTreeSet::new();
        for name in names {
            self.page(&name);
            let mut views = vec![name.clone()];
            views.extend(
                self.desk.view().list().iter().flat_map(|list| list.views.iter().map(|v| v.name.clone())),
            );
            for _ in 0..views.len() {
                let view = self.desk.view().list().map(|list| list.name.clone()).unwrap_or_default();
                if !seen.insert(view) {
                    break;
                }
                if self.desk.view().list().is_some_and(|list| list.total > 1) {
                    self.next();
                }
                if views.len() > 1 {
                    self.turn();
                }
            }
            if self
                .desk
                .view()
                .list()
                .is_some_and(|list| list.row().is_some_and(|row| !row.reference.is_empty()))
            {
                self.open();
                self.back();
            }
        }
    }

    /// The plain pages: everything that the last tab leads to.
    pub(crate) fn sheets(&mut self) {
        self.page("more");
        let total = self.desk.view().list().map_or(0, |list| list.total);
        for rank in 1..=total {
            if rank > 1 {
                self.page("more");
                self.to(rank);
            }
            self.open();
        }
    }

    fn to(&mut self, rank: usize) {
        match self.face {
            Face::Lines => self.go(&[&rank.to_string(), "\r"], &[Intent::Move(Move::To(rank))]),
            Face::Screen => self.go(&["\u{1b}[B".repeat(rank - 1).as_str()], &[Intent::Move(Move::To(rank))]),
        }
    }

    /// The form of everything that can be made: its first fields, and put away again.
    pub(crate) fn forms(&mut self) {
        for action in self.desk.action_names() {
            self.desk.handle(Intent::GoTo("today".into()));
            self.desk.handle(Intent::Act(action.clone()));
            if !self.desk.view().page.ends_with(".form") {
                continue;
            }
            self.desk.handle(Intent::Cancel);
            match self.face {
                Face::Lines => self.go(&[&format!(":{action}"), "\r"], &[Intent::Act(action.clone())]),
                Face::Screen => self.go(&[":", &action, "\r"], &[Intent::Act(action.clone())]),
            }
            match self.face {
                Face::Lines => self.go(&["back", "\r"], &[Intent::Cancel]),
                Face::Screen => {
                    self.go(&["\t"], &[Intent::NextField]);
                    self.go(&["\u{1b}"], &[Intent::Cancel]);
                }
            }
        }
    }

    /// Five seconds in which nobody does anything: nothing is written, shown or said.
    pub(crate) fn idles(&mut self) {
        let written = self.terminal.settle(Duration::from_secs(5), Duration::from_millis(100));
        let step = self.terminal.follower.idle(Duration::from_millis(100));
        if written > 0 || !step.windows.is_empty() || !step.yasr.is_empty() || !step.brltty.is_empty() {
            self.wrong.push(format!("an idle {} wrote {written} bytes: {step:?}", self.desk.view().page));
        }
    }

    pub(crate) fn finish(self) -> BTreeSet<String> {
        assert!(self.wrong.is_empty(), "{} things\n{}", self.wrong.len(), self.wrong.join("\n"));
        self.prompts
    }
}

/// The field with the finger, where the page is one to be filled in.
fn field(view: &View) -> Option<&FormField> {
    let on_list = view.parts.get(view.focus).is_some_and(|part| part.list().is_some());
    view.form().filter(|_| !on_list).and_then(Form::field)
}
