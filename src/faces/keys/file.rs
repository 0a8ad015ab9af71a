//! Reads one keymap file (TOML: context -> action -> keys) and says, for anything wrong, the file, the line and the
//! key. It knows nothing of layers; `keymap` puts files on top of one another.

use std::path::PathBuf;

use toml::de::{DeTable, DeValue};

use super::key::{BadKey, Key};
use super::names::{self, Section};

/// Where a binding was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Source {
    /// The file, or the name of a built-in keymap.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: usize,
}

/// What a file says about one action.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// In which context.
    pub(crate) section: Section,
    /// The action's full name (`next`, `cases.register`).
    pub(crate) action: String,
    /// Its keys, each a sequence; empty takes all keys away.
    pub(crate) keys: Vec<(Vec<Key>, Source)>,
}

/// One file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layer {
    /// The keymap beneath; empty when it stands alone.
    pub(crate) extends: String,
    /// In the order of the file's tables.
    pub(crate) entries: Vec<Entry>,
}

/// What is wrong with a keymap file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KeymapError {
    /// No keymap of that name.
    #[error("no keymap {0}")]
    NoSuchKeymap(String),
    /// The file is there but cannot be read.
    #[error("{0}: cannot be read")]
    Unreadable(PathBuf),
    /// It is no TOML.
    #[error("{}:{}: {message}", at.file, at.line)]
    Syntax {
        /// Where.
        at: Source,
        /// What the parser says.
        message: String,
    },
    /// Not `action = ["key", …]` in a `[context]`.
    #[error("{}:{}: {what}: not a list of keys in a context", at.file, at.line)]
    Shape {
        /// Where.
        at: Source,
        /// The entry.
        what: String,
    },
    /// The context has no such action.
    #[error("{}:{}: [{section}] has no action {action}", at.file, at.line)]
    UnknownAction {
        /// Where.
        at: Source,
        /// In which context.
        section: String,
        /// The name as written.
        action: String,
    },
    /// There is no such key.
    #[error("{}:{}: no key {key}", at.file, at.line)]
    UnknownKey {
        /// Where.
        at: Source,
        /// The key as written.
        key: String,
    },
    /// A terminal cannot tell the key from another.
    #[error("{}:{}: a terminal cannot tell {key} from {same}", at.file, at.line)]
    SameKey {
        /// Where.
        at: Source,
        /// The key as written.
        key: String,
        /// The key it is the same as.
        same: String,
    },
    /// In a form, characters are text.
    #[error("{}:{}: {key} is text in a form", at.file, at.line)]
    TextKey {
        /// Where.
        at: Source,
        /// The key as written.
        key: String,
    },
    /// Two actions of one context have the same key, or one key begins another's sequence.
    #[error("{}:{}: {key} is already {other} (line {other_line})", at.file, at.line)]
    Duplicate {
        /// Where.
        at: Source,
        /// The key as written.
        key: String,
        /// The action that has it.
        other: String,
        /// Where that stands.
        other_line: usize,
    },
    /// Keymaps extend one another in a circle.
    #[error("keymap {0} extends itself")]
    Circle(String),
}

/// Reads a file's text; `file` is its name for errors.
///
/// # Errors
/// The first thing wrong, with its place.
pub(crate) fn read(file: &str, text: &str) -> Result<Layer, KeymapError> {
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let at =
        |offset: usize| Source { file: file.to_owned(), line: ends.partition_point(|end| *end < offset) + 1 };
    let table = DeTable::parse(text).map_err(|e| KeymapError::Syntax {
        at: at(e.span().map_or(0, |s| s.start)),
        message: e.message().to_owned(),
    })?;
    let mut layer = Layer::default();
    for (name, value) in table.get_ref() {
        let here = at(name.span().start);
        let word = name.get_ref().as_ref();
        let shape = |what: &str, at: Source| KeymapError::Shape { at, what: what.to_owned() };
        match (word, value.get_ref()) {
            ("name", DeValue::String(_)) => {}
            ("extends", DeValue::String(base)) => layer.extends = base.to_string(),
            (_, DeValue::Table(actions)) => {
                let section = Section::named(word);
                for (action, keys) in actions {
                    let here = at(action.span().start);
                    let action = action.get_ref().as_ref();
                    let DeValue::Array(keys) = keys.get_ref() else { return Err(shape(action, here)) };
                    let Some(full) = names::full(&section, action) else {
                        return Err(KeymapError::UnknownAction {
                            at: here,
                            section: word.to_owned(),
                            action: action.to_owned(),
                        });
                    };
                    let mut entry = Entry { section: section.clone(), action: full, keys: Vec::new() };
                    for key in keys.iter() {
                        let here = at(key.span().start);
                        let DeValue::String(spelling) = key.get_ref() else {
                            return Err(shape(action, here));
                        };
                        entry.keys.push((key_of(&section, spelling, &here)?, here));
                    }
                    layer.entries.push(entry);
                }
            }
            _ => return Err(shape(word, here)),
        }
    }
    no_duplicates(&layer)?;
    Ok(layer)
}

fn key_of(section: &Section, spelling: &str, at: &Source) -> Result<Vec<Key>, KeymapError> {
    let (at, key) = (at.clone(), spelling.to_owned());
    match Key::sequence(spelling) {
        Ok(keys) if section.is_form() && keys.first().is_some_and(|k| k.typed().is_some()) => {
            Err(KeymapError::TextKey { at, key })
        }
        Ok(keys) => Ok(keys),
        Err(BadKey::Unknown) => Err(KeymapError::UnknownKey { at, key }),
        Err(BadKey::SameAs(same)) => Err(KeymapError::SameKey { at, key, same: same.to_owned() }),
    }
}

/// Whether one sequence begins the other, so that both can never be typed.
pub(crate) fn clash(a: &[Key], b: &[Key]) -> bool {
    a.iter().zip(b).all(|(x, y)| x == y)
}

fn no_duplicates(layer: &Layer) -> Result<(), KeymapError> {
    let all: Vec<_> =
        layer.entries.iter().flat_map(|e| e.keys.iter().map(move |(keys, at)| (e, keys, at))).collect();
    for (i, (entry, keys, at)) in all.iter().enumerate() {
        for (other, other_keys, other_at) in all.iter().take(i) {
            if entry.section == other.section && clash(keys, other_keys) {
                let (later, earlier, owner) =
                    if at.line >= other_at.line { (*at, *other_at, other) } else { (*other_at, *at, entry) };
                return Err(KeymapError::Duplicate {
                    at: later.clone(),
                    key: super::key::spell(keys),
                    other: owner.action.clone(),
                    other_line: earlier.line,
                });
            }
        }
    }
    Ok(())
}

impl KeymapError {
    /// The message that says it, and its values.
    pub(crate) fn message(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let (id, at, mut rest) = match self {
            Self::NoSuchKeymap(name) => {
                let known = super::Keymap::built_in().join(" ");
                return ("keymap-none", vec![("name", name.clone()), ("known", known)]);
            }
            Self::Unreadable(path) => {
                return ("keymap-unreadable", vec![("file", path.display().to_string())]);
            }
            Self::Circle(name) => return ("keymap-circle", vec![("name", name.clone())]),
            Self::Syntax { at, message } => ("keymap-syntax", at, vec![("message", message.clone())]),
            Self::Shape { at, what } => ("keymap-shape", at, vec![("what", what.clone())]),
            Self::UnknownAction { at, section, action } => {
                ("keymap-action", at, vec![("section", section.clone()), ("action", action.clone())])
            }
            Self::UnknownKey { at, key } => ("keymap-key", at, vec![("key", key.clone())]),
            Self::SameKey { at, key, same } => {
                ("keymap-same", at, vec![("key", key.clone()), ("same", same.clone())])
            }
            Self::TextKey { at, key } => ("keymap-text", at, vec![("key", key.clone())]),
            Self::Duplicate { at, key, other, other_line } => (
                "keymap-duplicate",
                at,
                vec![("key", key.clone()), ("other", other.clone()), ("other_line", other_line.to_string())],
            ),
        };
        rest.extend([("file", at.file.clone()), ("line", at.line.to_string())]);
        (id, rest)
    }
}
