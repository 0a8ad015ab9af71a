//! Which key means what, put together from a built-in keymap and the person's own files on top. It answers for
//! typed keys; what an action then does is the face's affair.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use include_dir::{Dir, include_dir};
use lianban::desk::Context;

use super::file::{self, KeymapError, Layer, Source};
use super::key::{Key, spell};
use super::names::Section;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/keymaps");

/// A key sequence and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Binding {
    /// In which context.
    pub(crate) section: Section,
    /// The action's full name.
    pub(crate) action: String,
    /// The keys, at least one.
    pub(crate) keys: Vec<Key>,
    /// Where it was written.
    pub(crate) source: Source,
}

/// A complete keymap.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keymap {
    /// Its name.
    pub(crate) name: String,
    /// All bindings, by section and action.
    pub(crate) bindings: Vec<Binding>,
}

/// What typed keys come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found<'a> {
    /// This action.
    Action(&'a str),
    /// The beginning of these: the whole sequence and its action.
    Prefix(Vec<&'a Binding>),
    /// Nothing.
    Nothing,
}

impl Keymap {
    /// The names of the built-in keymaps.
    pub(crate) fn built_in() -> Vec<String> {
        let mut names: Vec<String> = BUILT_IN
            .files()
            .filter_map(|f| f.path().file_stem().map(|s| s.to_string_lossy().into_owned()))
            .collect();
        names.sort();
        names
    }

    /// Loads the keymap of this name (empty: the default one). `config` is the person's folder: `keymaps/NAME.toml`
    /// there takes the place of a built-in of that name, and `keymap.toml` lies on top of everything.
    ///
    /// # Errors
    /// No such keymap, or the first thing wrong in a file, with file, line and key.
    pub(crate) fn load(name: &str, config: Option<&Path>) -> Result<Self, KeymapError> {
        let mine = match config.map(|dir| dir.join("keymap.toml")) {
            Some(path) => read_file(&path)?,
            None => None,
        };
        let base = match (name, &mine) {
            ("", Some(layer)) if !layer.extends.is_empty() => layer.extends.as_str(),
            ("", _) => "default",
            (name, _) => name,
        };
        let mut keymap = Self { name: base.to_owned(), bindings: Vec::new() };
        keymap.stack(base, config, 0)?;
        if let Some(layer) = mine {
            keymap.put(layer);
        }
        Ok(keymap)
    }

    fn stack(&mut self, name: &str, config: Option<&Path>, depth: usize) -> Result<(), KeymapError> {
        if depth > 8 {
            return Err(KeymapError::Circle(name.to_owned()));
        }
        let own = match config.filter(|_| is_plain(name)) {
            Some(dir) => read_file(&dir.join("keymaps").join(format!("{name}.toml")))?,
            None => None,
        };
        let (layer, config) = match own {
            // A person's `default` that extends `default` means the built-in one.
            Some(layer) => {
                let inner = if layer.extends == name { None } else { config };
                (layer, inner)
            }
            None => {
                let file = format!("{name}.toml");
                let text = BUILT_IN
                    .get_file(&file)
                    .and_then(include_dir::File::contents_utf8)
                    .ok_or_else(|| KeymapError::NoSuchKeymap(name.to_owned()))?;
                (file::read(&file, text)?, config)
            }
        };
        if !layer.extends.is_empty() {
            self.stack(&layer.extends.clone(), config, depth + 1)?;
        }
        self.put(layer);
        Ok(())
    }

    /// Lays a file on top: what it says of an action replaces what was said, and a key it takes is taken from
    /// whoever had it in that context.
    fn put(&mut self, layer: Layer) {
        for entry in &layer.entries {
            self.bindings.retain(|b| {
                let same = b.section == entry.section;
                let replaced = same && b.action == entry.action;
                let taken = same && entry.keys.iter().any(|(keys, _)| file::clash(keys, &b.keys));
                !replaced && !taken
            });
        }
        for entry in layer.entries {
            for (keys, source) in entry.keys {
                self.bindings.push(Binding {
                    section: entry.section.clone(),
                    action: entry.action.clone(),
                    keys,
                    source,
                });
            }
        }
    }

    /// What the typed keys mean: first an action offered on the page (that of the page's own subject before
    /// others, and among those the one offered first), then the contexts in order. `offered` says at which place an
    /// action is offered.
    pub(crate) fn find<'a>(
        &'a self,
        contexts: &[Context],
        page: &str,
        offered: &dyn Fn(&str) -> Option<usize>,
        typed: &[Key],
    ) -> Found<'a> {
        let subject = page.split('.').next().unwrap_or_default();
        let mut begun: Vec<&Binding> = Vec::new();
        let fitting: Vec<&'a Binding> = self.bindings.iter().filter(|b| b.keys.starts_with(typed)).collect();
        let mut levels: Vec<Vec<&'a Binding>> = Vec::new();
        // In a form and at a question the subject's letters are not commands.
        if !contexts.iter().any(|c| matches!(c, Context::Form | Context::Question)) {
            let of_subjects = fitting.iter().filter_map(|b| match &b.section {
                Section::Subject(name) => Some((*b, name == subject, offered(&b.action)?)),
                Section::Base(_) => None,
            });
            let (own, mut others): (Vec<_>, Vec<_>) = of_subjects.partition(|(_, own, _)| *own);
            others.sort_by_key(|(_, _, place)| *place);
            levels.extend([own, others].map(|found| found.into_iter().map(|(b, ..)| b).collect()));
        }
        for context in contexts {
            let section = Section::Base(*context);
            levels.push(fitting.iter().copied().filter(|b| b.section == section).collect());
        }
        for found in levels {
            if let Some(b) = found.iter().find(|b| b.keys.len() == typed.len()) {
                if begun.is_empty() {
                    return Found::Action(&b.action);
                }
            } else {
                begun.extend(found);
            }
        }
        if begun.is_empty() { Found::Nothing } else { Found::Prefix(begun) }
    }

    /// The keys of an action as written, the file's order; those of one context only, if given.
    pub(crate) fn keys_of(&self, action: &str) -> Vec<String> {
        self.bindings.iter().filter(|b| b.action == action).map(|b| spell(&b.keys)).collect()
    }
}

/// A name that cannot lead out of the folder.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

fn read_file(path: &Path) -> Result<Option<Layer>, KeymapError> {
    match fs::read_to_string(path) {
        Ok(text) => file::read(&path.display().to_string(), &text).map(Some),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(_) => Err(KeymapError::Unreadable(path.to_owned())),
    }
}
