//! The desk without a head: the whole application as a state machine that takes an [`Intent`] and answers with a
//! [`View`]. It sees no terminal, and it knows the subjects only through the trait they implement.

pub mod command;
pub mod intent;
pub mod locale;
pub mod view;

pub use command::{COMMANDS, Command, Context, Needs};
pub use intent::{Intent, Move};
pub use locale::Locale;
pub use view::View;

use crate::values::lang::Lang;

/// What came of an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reply {
    /// The view is not what it was.
    pub changed: bool,
    /// The person wants to leave the program.
    pub quit: bool,
}

/// How a person likes the desk; kept with the operator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preferences {
    /// `screen` or `lines`; empty when never said.
    pub face: String,
    /// Name of the keymap; empty for the default one.
    pub keymap: String,
    /// Name of the theme; empty for the default one.
    pub theme: String,
}

/// The desk of one person at one terminal.
pub struct Desk {
    locale: Locale,
    view: View,
}

impl Desk {
    /// The page as it stands.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Carries out an intent; the page afterwards is in [`Desk::view`].
    pub fn handle(&mut self, intent: Intent) -> Reply {
        let _ = intent;
        Reply::default()
    }

    /// The sentences of the session's language; a face takes its own chrome from here too.
    #[must_use]
    pub fn locale(&self) -> &Locale {
        &self.locale
    }

    /// How the person likes the desk.
    #[must_use]
    pub fn preferences(&self) -> Preferences {
        Preferences::default()
    }

    /// A desk for trying out a face: it shows this view and changes nothing.
    #[must_use]
    pub fn showing(view: View, lang: Lang) -> Self {
        Self { locale: Locale::new(lang), view }
    }
}
