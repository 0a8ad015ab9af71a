//! The names a keymap may bind: the desk's commands, the screen's own, and the actions of subjects, each in its
//! context. It says what exists, not which key it has.

use lianban::desk::command::command;
use lianban::desk::{COMMANDS, Context};

/// A table of a keymap file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Section {
    /// `[anywhere]`, `[list]`, `[record]`, `[form]`, `[question]`.
    Base(Context),
    /// `[cases]`: the actions of a subject.
    Subject(String),
}

/// What the screen does by itself; the desk never hears of it. Labels and help are `command-NAME` as for commands.
pub(crate) const OWN: &[(&str, Context)] = &[
    ("menu", Context::Anywhere),
    ("read", Context::Anywhere),
    ("wide", Context::Anywhere),
    ("view-next", Context::Anywhere),
    ("view-previous", Context::Anywhere),
    ("tab-1", Context::Anywhere),
    ("tab-2", Context::Anywhere),
    ("tab-3", Context::Anywhere),
    ("tab-4", Context::Anywhere),
    ("tab-5", Context::Anywhere),
    ("tab-6", Context::Anywhere),
    ("tab-7", Context::Anywhere),
    ("tab-8", Context::Anywhere),
    ("tab-9", Context::Anywhere),
    ("down", Context::Form),
    ("up", Context::Form),
    ("left", Context::Form),
    ("right", Context::Form),
    ("word-left", Context::Form),
    ("word-right", Context::Form),
    ("home", Context::Form),
    ("end", Context::Form),
    ("delete-back", Context::Form),
    ("delete", Context::Form),
    ("delete-word", Context::Form),
    ("delete-to-end", Context::Form),
    ("delete-line", Context::Form),
    ("newline", Context::Form),
    ("answer-default", Context::Question),
];

/// The five contexts by the name a keymap gives them.
const CONTEXTS: &[(&str, Context)] = &[
    ("anywhere", Context::Anywhere),
    ("list", Context::List),
    ("calendar", Context::Calendar),
    ("grid", Context::Grid),
    ("record", Context::Record),
    ("form", Context::Form),
    ("question", Context::Question),
];

impl Section {
    /// The section a table of this name is.
    pub(crate) fn named(word: &str) -> Self {
        CONTEXTS
            .iter()
            .find(|(name, _)| *name == word)
            .map_or_else(|| Self::Subject(word.to_owned()), |(_, context)| Self::Base(*context))
    }

    /// Its name in a keymap file.
    pub(crate) fn word(&self) -> &str {
        match self {
            Self::Base(context) => CONTEXTS.iter().find(|(_, c)| c == context).map_or("", |(name, _)| name),
            Self::Subject(name) => name,
        }
    }

    /// Whether characters are text here.
    pub(crate) fn is_form(&self) -> bool {
        *self == Self::Base(Context::Form)
    }
}

/// The full name of an action written in a section; none when a base context has no such command. Actions of
/// subjects are checked against the registry by `check`, which knows it.
pub(crate) fn full(section: &Section, action: &str) -> Option<String> {
    match section {
        Section::Subject(subject) => Some(format!("{subject}.{action}")),
        Section::Base(context) => {
            let of_desk = command(action).map(|c| c.context);
            let own = OWN.iter().find(|(name, _)| *name == action).map(|(_, c)| *c);
            let home = of_desk.or(own)?;
            let list_like =
                |c: Context| matches!(c, Context::List | Context::Record | Context::Calendar | Context::Grid);
            // A key for an everywhere-command may be given in one context only, and a record page has lists,
            // as a calendar has.
            let fits =
                home == *context || home == Context::Anywhere || (list_like(home) && list_like(*context));
            fits.then(|| action.to_owned())
        }
    }
}

/// Every command name with its home, the desk's first.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, Context)> {
    COMMANDS.iter().map(|c| (c.name, c.context)).chain(OWN.iter().copied())
}
