//! The faces: each turns keys or words into intents and a view into what a terminal shows. They see the desk and
//! nothing below it.

pub(crate) mod batch;
#[cfg(test)]
mod finger;
pub(crate) mod keys;
pub(crate) mod lines;
#[cfg(test)]
mod parity;
mod scan;
pub(crate) mod screen;

use lianban::desk::{Desk, Intent, Locale, Preferences, Reply, View};

/// What a face needs of the desk. Tests put a small desk in its place that writes down what it hears.
pub(crate) trait Office {
    /// The page as it stands.
    fn view(&self) -> &View;
    /// Carries out an intent.
    fn handle(&mut self, intent: Intent) -> Reply;
    /// The sentences of the session's language.
    fn locale(&self) -> &Locale;
    /// A key was pressed: a character, or none for every other key. A desk for practice counts them.
    fn pressed(&mut self, _key: Option<char>) {}
    /// How the person likes the desk; changes when someone signs in or sets it.
    fn preferences(&self) -> Preferences {
        Preferences::default()
    }
}

impl Office for Desk {
    fn view(&self) -> &View {
        Desk::view(self)
    }
    fn handle(&mut self, intent: Intent) -> Reply {
        Desk::handle(self, intent)
    }
    fn locale(&self) -> &Locale {
        Desk::locale(self)
    }
    fn pressed(&mut self, key: Option<char>) {
        Desk::pressed(self, key);
    }
    fn preferences(&self) -> Preferences {
        Desk::preferences(self).clone()
    }
}

/// Whether the environment asks for a program that can be read by touch or by ear (`ACCESSIBLE`, unless it says no).
pub(crate) fn accessible() -> bool {
    let off = ["", "0", "false", "no", "off"];
    std::env::var("ACCESSIBLE").is_ok_and(|v| !off.contains(&v.trim().to_lowercase().as_str()))
}

/// Why a face came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The person is done.
    Quit,
    /// The person wants the other face; everything stays as it is.
    Switch,
    /// The terminal went away, or the system asked us to go. What was typed is kept as a draft.
    Hangup,
}
