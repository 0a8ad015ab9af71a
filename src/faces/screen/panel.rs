//! A list the screen lays over the page: the numbered menu of everything that can be done, the keys of the page, the
//! page read through. Made from the view; what is picked goes back to the screen.

use lianban::desk::view::{Offer, View};
use lianban::desk::{COMMANDS, Context, Locale};

use super::edit::Editor;
use super::read;
use super::text;
use crate::faces::keys::{Key, Keymap, OWN, half_width};

/// Steps through a list or a form.
const STEPS: &[&str] = &[
    "next",
    "previous",
    "page-down",
    "page-up",
    "first",
    "last",
    "next-view",
    "next-field",
    "previous-field",
    "complete-next",
    "complete-previous",
    "down",
    "up",
    "again",
    "menu",
    "keys",
    "read",
    "wide",
    "view-next",
    "view-previous",
];

/// What a picked entry means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pick {
    /// Do this action.
    Action(String),
    /// Open this page or view.
    Page(String),
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What it says, in one line; wrapped when shown.
    pub(crate) text: String,
    /// What picking it does; none for a line that is only read.
    pub(crate) pick: Option<Pick>,
}

/// Which of the three it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Numbered; digits pick.
    Menu,
    /// Typing searches.
    Keys,
    /// Only read.
    Read,
}

/// The list and the finger in it.
#[derive(Debug, Clone)]
pub(crate) struct Panel {
    /// Which of the three.
    pub(crate) kind: Kind,
    /// All entries.
    pub(crate) entries: Vec<Entry>,
    /// The finger, an index into what [`Panel::shown`] gives.
    pub(crate) at: usize,
    /// The digits, or the search, typed so far.
    pub(crate) typed: Editor,
}

/// What came of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The panel stays.
    Stay,
    /// It closes.
    Close,
    /// It closes, and this is to be done.
    Picked(Pick),
}

impl Panel {
    /// The numbered menu.
    pub(crate) fn menu(view: &View, keymap: &Keymap, locale: &Locale, contexts: &[Context]) -> Self {
        Self::new(Kind::Menu, everything(view, keymap, locale, contexts, false))
    }

    /// The keys of the page.
    pub(crate) fn keys(view: &View, keymap: &Keymap, locale: &Locale, contexts: &[Context]) -> Self {
        Self::new(Kind::Keys, everything(view, keymap, locale, contexts, true))
    }

    /// The page read through.
    pub(crate) fn read(view: &View, locale: &Locale) -> Self {
        let lines = read::page(view, locale);
        Self::new(Kind::Read, lines.into_iter().map(|text| Entry { text, pick: None }).collect())
    }

    fn new(kind: Kind, entries: Vec<Entry>) -> Self {
        Self { kind, entries, at: 0, typed: Editor::new("", false) }
    }

    /// The message that names it.
    pub(crate) fn title(&self) -> &'static str {
        match self.kind {
            Kind::Menu => "screen-menu-title",
            Kind::Keys => "screen-keys-title",
            Kind::Read => "screen-read-title",
        }
    }

    /// The entries in sight, each with its number.
    pub(crate) fn shown(&self) -> Vec<(usize, &Entry)> {
        let wanted = self.typed.text().to_lowercase();
        self.entries
            .iter()
            .enumerate()
            .map(|(index, entry)| (index + 1, entry))
            .filter(|(_, e)| self.kind != Kind::Keys || e.text.to_lowercase().contains(&wanted))
            .collect()
    }

    /// Takes a key. `page` is how many entries a page key steps.
    pub(crate) fn key(&mut self, key: Key, page: usize) -> Outcome {
        let last = self.shown().len().saturating_sub(1);
        match key.to_string().as_str() {
            "Esc" | "Ctrl-G" | "F10" => return Outcome::Close,
            "Enter" => return self.pick(self.at),
            "Down" | "Ctrl-N" | "Tab" => self.at = (self.at + 1).min(last),
            "Up" | "Ctrl-P" | "Shift-Tab" => self.at = self.at.saturating_sub(1),
            "PageDown" | "Ctrl-D" => self.at = (self.at + page).min(last),
            "PageUp" | "Ctrl-U" => self.at = self.at.saturating_sub(page),
            "Home" => self.at = 0,
            "End" => self.at = last,
            "Backspace" | "Ctrl-H" if !self.typed.text().is_empty() => {
                self.typed.command("delete-back");
                self.at = 0;
            }
            "Backspace" | "Left" if self.kind != Kind::Keys => return Outcome::Close,
            _ => return self.char(key, last),
        }
        Outcome::Stay
    }

    fn char(&mut self, key: Key, last: usize) -> Outcome {
        let Some(c) = key.typed() else { return Outcome::Stay };
        match (self.kind, half_width(c)) {
            (Kind::Keys, _) => {
                self.typed.insert(&c.to_string());
                self.at = 0;
            }
            (Kind::Menu, '0'..='9') => return self.digit(half_width(c)),
            (_, 'j') => self.at = (self.at + 1).min(last),
            (_, 'k') => self.at = self.at.saturating_sub(1),
            (_, ' ') => self.at = (self.at + 10).min(last),
            (_, 'q') => return Outcome::Close,
            _ => {}
        }
        Outcome::Stay
    }

    /// A digit picks as soon as no longer number begins with what was typed.
    fn digit(&mut self, digit: char) -> Outcome {
        self.typed.insert(&digit.to_string());
        let count = self.entries.len();
        match self.typed.text().parse::<usize>() {
            Ok(n) if (1..=count).contains(&n) => {
                self.at = n - 1;
                if n * 10 > count { self.pick(n - 1) } else { Outcome::Stay }
            }
            // No such number: the last digit begins a new one.
            _ if self.typed.text().len() > 1 => {
                self.typed = Editor::new("", false);
                self.digit(digit)
            }
            _ => {
                self.typed = Editor::new("", false);
                Outcome::Stay
            }
        }
    }

    fn pick(&self, at: usize) -> Outcome {
        match self.shown().get(at).map(|(_, e)| e.pick.clone()) {
            Some(Some(pick)) => Outcome::Picked(pick),
            _ => Outcome::Close,
        }
    }
}

/// Everything that can be done on a page: what it offers with reasons for refusals, then the commands that make
/// sense here, then views and pages. With `all`, each command's sentence of help too.
fn everything(view: &View, keymap: &Keymap, locale: &Locale, contexts: &[Context], all: bool) -> Vec<Entry> {
    // What can be done comes first; the rest says why it cannot.
    let (can, cannot): (Vec<_>, Vec<_>) = view.actions.iter().partition(|offer| offer.refused.is_none());
    let offers = can.into_iter().chain(cannot);
    let mut entries: Vec<Entry> = offers.map(|offer| of_offer(offer, keymap, locale)).collect();
    let mut named: Vec<_> = COMMANDS.iter().map(|c| (c.name, c.context)).chain(OWN.iter().copied()).collect();
    // Steps come last: whoever opens a menu wants something else.
    named.sort_by_key(|(name, _)| STEPS.contains(name));
    for (name, context) in named {
        let offered = view.actions.iter().any(|o| o.name == name);
        let tab_or_caret = name.starts_with("tab-") || Editor::default().command(name).is_some();
        if offered || !contexts.contains(&context) || (!all && (tab_or_caret || name == "menu")) {
            continue;
        }
        let label = label(name, locale);
        let keys = keymap.keys_of(name).join(" / ");
        let help = if all { locale.say(&format!("command-{name}.help")) } else { String::new() };
        let text = [label, keys, help].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("  ");
        entries.push(Entry { text, pick: Some(Pick::Action(name.to_owned())) });
    }
    let views = view.list().map(|l| l.views.as_slice()).unwrap_or_default();
    for (kind, tabs) in [
        ("screen-views", views),
        ("screen-page", view.tabs.as_slice()),
        ("screen-page", view.pages.as_slice()),
    ] {
        for tab in tabs {
            let text = format!("{} {}", locale.say(kind), tab.label);
            entries.push(Entry { text, pick: Some(Pick::Page(tab.name.clone())) });
        }
    }
    entries
}

fn of_offer(offer: &Offer, keymap: &Keymap, locale: &Locale) -> Entry {
    let mut text = offer.label.clone();
    let keys = keymap.keys_of(&offer.name).join(" / ");
    if !keys.is_empty() {
        text = format!("{text}  {keys}");
    }
    if let Some(why) = &offer.refused {
        let why = [why.text.as_str(), why.hint.as_str()].join(" ");
        text = format!("{text}  {}", locale.with("screen-refused", &[("why", why.trim().to_owned())]));
    }
    Entry { text: text::clean(&text).into_owned(), pick: Some(Pick::Action(offer.name.clone())) }
}

/// The label of a command.
pub(crate) fn label(name: &str, locale: &Locale) -> String {
    locale.say(&format!("command-{name}"))
}
