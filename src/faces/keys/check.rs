//! What is wrong with a keymap that can be read: keys that hide one another, commands that no key reaches, names the
//! office does not know. Used by `lianban keys --check`; it changes nothing.

use lianban::desk::{COMMANDS, Context};

use super::file::{Source, clash};
use super::key::{Code, Key, spell};
use super::keymap::Keymap;
use super::names::Section;

/// One thing wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// A subject's key is also a key of the pages it is used on.
    Hidden {
        /// Where the subject's key is written.
        at: Source,
        /// The key.
        key: String,
        /// The subject's action.
        action: String,
        /// The command that has the key too.
        other: String,
    },
    /// No subject has this action.
    Unknown {
        /// Where.
        at: Source,
        /// The full name.
        action: String,
    },
    /// A command has no key.
    Unreachable {
        /// The command.
        action: String,
    },
    /// With an input method on, the numbered menu could not be opened, and it is the way to every action.
    MenuNeedsPlainKey,
}

impl Problem {
    /// The message that says it, and its values.
    pub(crate) fn message(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let place = |at: &Source| vec![("file", at.file.clone()), ("line", at.line.to_string())];
        match self {
            Self::Hidden { at, key, action, other } => {
                let mut args = place(at);
                args.extend([("key", key.clone()), ("action", action.clone()), ("other", other.clone())]);
                ("keys-problem-hidden", args)
            }
            Self::Unknown { at, action } => {
                let mut args = place(at);
                args.push(("action", action.clone()));
                ("keys-problem-unknown", args)
            }
            Self::Unreachable { action } => ("keys-problem-unreachable", vec![("action", action.clone())]),
            Self::MenuNeedsPlainKey => ("keys-problem-menu", Vec::new()),
        }
    }
}

/// Everything wrong with the keymap, given the actions of all subjects by their full names.
pub(crate) fn check(keymap: &Keymap, known: &[String]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for binding in &keymap.bindings {
        let Section::Subject(_) = binding.section else { continue };
        if !known.contains(&binding.action) {
            problems.push(Problem::Unknown { at: binding.source.clone(), action: binding.action.clone() });
        }
        let pages = [Context::Anywhere, Context::List, Context::Record].map(Section::Base);
        let hidden =
            keymap.bindings.iter().find(|b| pages.contains(&b.section) && clash(&b.keys, &binding.keys));
        if let Some(hidden) = hidden {
            problems.push(Problem::Hidden {
                at: binding.source.clone(),
                key: spell(&binding.keys),
                action: binding.action.clone(),
                other: hidden.action.clone(),
            });
        }
    }
    for command in COMMANDS {
        if !keymap.bindings.iter().any(|b| b.action == command.name) {
            problems.push(Problem::Unreachable { action: command.name.to_owned() });
        }
    }
    let menu = keymap.bindings.iter().filter(|b| b.action == "menu");
    if !menu.clone().any(|b| b.keys.iter().all(|k| survives_input_method(*k))) {
        problems.push(Problem::MenuNeedsPlainKey);
    }
    problems
}

/// Whether the key arrives with an input method switched on.
fn survives_input_method(key: Key) -> bool {
    match key.code {
        Code::Char(c) => key.ctrl || c.is_ascii_digit(),
        Code::F(_) | Code::Named(_) => true,
    }
}
