//! The screen as a person and a screen reader meet it: what stands where, where the cursor is, how many bytes a key
//! costs, and that no size and no key makes it fall over.

mod bytes;
mod keys;
mod ledgers;
mod monkey;
mod pages;
mod pty;
pub(in crate::faces) mod samples;
pub(in crate::faces) mod schedules;
mod tasks;

use std::num::NonZeroU16;

use lianban::desk::view::{Part, View};
use lianban::desk::{Intent, Locale, Preferences, Reply};
use lianban::values::lang::Lang;

use super::{Fixed, Options, Screen, Theme};
use crate::faces::Office;
use crate::faces::keys::{Key, Keymap};

/// A desk that shows a view, writes down what it hears, and does what the test says.
struct Small {
    view: View,
    locale: Locale,
    heard: Vec<Intent>,
    likes: Preferences,
    /// What whoever signs in likes.
    comes: Preferences,
    does: fn(&mut View, &Intent),
}

impl Small {
    fn showing(view: View, lang: Lang) -> Self {
        Self {
            view,
            locale: Locale::new(lang),
            heard: Vec::new(),
            likes: Preferences::default(),
            comes: Preferences::default(),
            does: |_, _| {},
        }
    }
}

impl Office for Small {
    fn view(&self) -> &View {
        &self.view
    }
    fn handle(&mut self, intent: Intent) -> Reply {
        (self.does)(&mut self.view, &intent);
        self.heard.push(intent);
        if self.heard.last() == Some(&Intent::Accept) {
            // Signed in.
            self.likes = self.comes.clone();
        }
        Reply { changed: true, quit: false }
    }
    fn preferences(&self) -> Preferences {
        self.likes.clone()
    }
    fn locale(&self) -> &Locale {
        &self.locale
    }
}

/// What the desk hears when these keys are pressed on this page.
fn heard(view: View, does: fn(&mut View, &Intent), keys: &str) -> Vec<Intent> {
    let options = options(Theme::None);
    let mut desk = Small { does, ..Small::showing(view, Lang::Zh) };
    let mut screen = Screen::new(&mut desk, &options, (80, 24));
    press(&mut screen, keys);
    desk.heard
}

/// Does what the desk does with a field's text.
fn edits(view: &mut View, intent: &Intent) {
    let form = view.parts.iter_mut().find_map(|p| if let Part::Form(form) = p { Some(form) } else { None });
    if let (Some(form), Intent::Edit(text)) = (form, intent) {
        let at = form.focus;
        form.fields[at].value.clone_from(text);
    }
}

fn options(theme: Theme) -> Options {
    Options { keymap: Keymap::load("", None).unwrap(), theme, config: None, fixed: Fixed::default() }
}

/// What a terminal of this size shows of a page, with `|` where the cursor stands.
fn shot(view: View, columns: usize, rows: usize, keys: &str) -> String {
    let options = options(Theme::None);
    let mut desk = Small::showing(view, Lang::Zh);
    let mut screen = Screen::new(&mut desk, &options, (columns, rows));
    let wide = NonZeroU16::try_from(u16::try_from(columns).unwrap()).unwrap();
    let high = NonZeroU16::try_from(u16::try_from(rows).unwrap()).unwrap();
    let mut parser = vt100::Parser::new(high, wide, 0);
    parser.process(&screen.bytes());
    for key in keys.split_whitespace() {
        screen.seat.key(Key::parse(key).unwrap());
        parser.process(&screen.bytes());
    }
    let (row, column) = parser.screen().cursor_position();
    let mut lines: Vec<String> =
        parser.screen().rows(0, wide.get()).map(|r| r.trim_end().to_owned()).collect();
    lines.push(format!("cursor {row},{column}"));
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        // Blank stretches are counted, so that a picture stays short.
        match (line.is_empty(), out.last_mut()) {
            (true, Some(last)) if last.starts_with('~') => last.push('~'),
            (true, _) => out.push("~".into()),
            _ => out.push(line),
        }
    }
    out.join("\n")
}

/// What a terminal of this size shows of a page, by way of its bytes; the cursor is where the last of them put it.
pub(in crate::faces) fn seen(view: &View, (columns, rows): (u16, u16), quiet: bool) -> vt100::Parser {
    let options = options(if quiet { Theme::Quiet } else { Theme::Dark });
    let mut desk = Small::showing(view.clone(), Lang::Zh);
    let mut screen = Screen::new(&mut desk, &options, (columns.into(), rows.into()));
    let (wide, high) = (NonZeroU16::try_from(columns).unwrap(), NonZeroU16::try_from(rows).unwrap());
    let mut parser = vt100::Parser::new(high, wide, 0);
    parser.process(&screen.bytes());
    let frame = screen.frame();
    let (row, column) = parser.screen().cursor_position();
    assert_eq!((usize::from(row), usize::from(column)), frame.cursor, "the cursor moves last");
    parser
}

fn press(screen: &mut Screen<'_>, keys: &str) {
    for key in keys.split_whitespace() {
        screen.seat.key(Key::parse(key).unwrap());
    }
}

fn with_screen<T>(
    view: View,
    theme: Theme,
    size: (usize, usize),
    then: impl FnOnce(&mut Screen<'_>) -> T,
) -> T {
    let options = options(theme);
    let mut desk = Small::showing(view, Lang::Zh);
    let mut screen = Screen::new(&mut desk, &options, size);
    then(&mut screen)
}
