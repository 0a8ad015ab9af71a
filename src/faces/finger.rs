//! Where the finger is, for those who see little or nothing: every page of the registry on a screen of large print and on the
//! usual one, quiet and not. The cursor stands on the line of what has the finger, at its first word.

use std::collections::BTreeSet;
use std::num::NonZeroU16;

use lianban::desk::view::{Form, Part, View};
use lianban::desk::{Desk, Intent, Move};
use lianban::office::practice;
use lianban::values::lang::Lang;

use super::screen::tests::seen;

/// Fields of a form that are looked at.
const FIELDS: usize = 5;
/// Cells of large print, and the usual ones.
const SIZES: [(u16, u16); 2] = [(40, 12), (80, 24)];

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

fn head(text: &str, characters: usize) -> String {
    bare(text).chars().take(characters).collect()
}

/// The words of which one must stand on the cursor's line.
fn expected(view: &View, quiet: bool) -> Vec<String> {
    if let Some(question) = &view.question {
        return vec![head(&question.text, 4)];
    }
    let on_list = view.parts.get(view.focus).is_some_and(|part| part.list().is_some());
    if let Some(field) = view.form().filter(|_| !on_list).and_then(Form::field) {
        // A text of several lines goes on beneath itself: the cursor is where it is being written.
        let end: String = bare(&field.value).chars().rev().take(2).collect();
        let end: String = end.chars().rev().collect();
        return [Some(head(&field.label, 4)), Some(end).filter(|end| field.long && !end.is_empty())]
            .into_iter()
            .flatten()
            .collect();
    }
    match view.parts.get(view.focus) {
        Some(Part::Schedule(grid)) => {
            grid.lanes.get(grid.focus.0).map(|l| head(&l.label, 2)).into_iter().collect()
        }
        Some(part) => match part.list().and_then(|list| list.row()) {
            Some(row) if quiet => {
                vec![head(if row.brief.is_empty() { &row.cells[0] } else { &row.brief }, 2)]
            }
            Some(row) => row.cells.iter().filter(|c| !c.trim().is_empty()).map(|c| head(c, 2)).collect(),
            None => Vec::new(),
        },
        None => Vec::new(),
    }
}

struct Walk {
    desk: Desk,
    pages: BTreeSet<String>,
    wrong: BTreeSet<String>,
}

impl Walk {
    fn go(&mut self, intent: Intent) {
        self.desk.handle(intent);
        let view = self.desk.view();
        self.pages.insert(view.page.clone());
        for size in SIZES {
            for quiet in [false, true] {
                let screen = seen(view, size, quiet);
                let (row, column) = screen.screen().cursor_position();
                let wide = NonZeroU16::try_from(size.0).unwrap();
                let line = screen.screen().contents_between(row, 0, row, wide.get());
                let what = format!("{} {size:?} quiet {quiet}: cursor {row},{column} in {line:?}", view.page);
                if screen.screen().hide_cursor() {
                    self.wrong.insert(format!("{what} is hidden"));
                }
                let words = expected(view, quiet);
                if !words.is_empty() && !words.iter().any(|word| bare(&line).contains(word.as_str())) {
                    self.wrong.insert(format!("{what}, not on {words:?}"));
                }
                let marked = line.trim_start().starts_with(['>', '?']) || line.contains(['>', '[']);
                let beneath =
                    view.form().and_then(Form::field).is_some_and(|f| f.long && !f.value.is_empty());
                if !words.is_empty() && !marked && !beneath {
                    self.wrong.insert(format!("{what} has no mark"));
                }
            }
        }
    }
}

#[test]
fn every_page_shows_where_one_is_to_whoever_sees_little() {
    let mut walk = Walk { desk: practice(Lang::Zh).unwrap(), pages: BTreeSet::new(), wrong: BTreeSet::new() };
    walk.go(Intent::Window(5));
    let view = walk.desk.view();
    let names: Vec<String> = view.tabs.iter().chain(&view.pages).map(|tab| tab.name.clone()).collect();
    for name in &names {
        walk.go(Intent::GoTo(name.clone()));
        walk.go(Intent::Move(Move::Next));
        walk.go(Intent::Move(Move::Last));
        walk.go(Intent::Open);
        walk.go(Intent::Back);
    }
    for action in walk.desk.action_names() {
        walk.desk.handle(Intent::GoTo("today".into()));
        walk.go(Intent::Act(action));
        if !walk.desk.view().page.ends_with(".form") {
            continue;
        }
        let fields = walk.desk.view().form().map_or(0, |form| form.fields.len());
        for at in 0..fields.min(FIELDS) {
            walk.go(Intent::Field((at + 1).to_string()));
        }
        walk.desk.handle(Intent::Cancel);
    }
    let wrong: Vec<String> = walk.wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{} things\n{}", wrong.len(), wrong.join("\n"));
    assert!(walk.pages.len() > names.len(), "{:?}", walk.pages);
}
