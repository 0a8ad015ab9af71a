//! Every sentence a person reads, by message id, in the language of the session. Sentences live in
//! `data/locales/LANG/*.ftl` (Fluent); code only names them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};

use crate::values::lang::Lang;

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/locales");

/// Where each message stands in its file, by id.
type Sources = HashMap<&'static str, &'static str>;

/// The sentences of one language. A page says some fifty of some thousands: each is parsed when it is first said.
pub struct Locale {
    lang: Lang,
    said: RefCell<FluentBundle<FluentResource>>,
    /// What was said without values, as it was said: a page says most of it again at every key.
    plain: RefCell<HashMap<String, String>>,
}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Locale").field("lang", &self.lang).finish_non_exhaustive()
    }
}

/// Named values to put into a sentence.
pub type Args = Vec<(&'static str, String)>;

impl Locale {
    /// The embedded sentences of a language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new(lang.tag().parse().into_iter().collect());
        // The isolation marks are invisible to the eye but not to a braille display.
        bundle.set_use_isolating(false);
        Self { lang, said: RefCell::new(bundle), plain: RefCell::default() }
    }

    /// Finds out where the sentences of a language stand, so that the first one said need not.
    pub(crate) fn prepare(lang: Lang) {
        sources(lang);
    }

    /// The language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The sentence `id`; `id.attr` names an attribute. An unknown id comes back as itself, so that a missing
    /// sentence is seen and not hidden.
    #[must_use]
    pub fn say(&self, id: &str) -> String {
        if let Some(said) = self.plain.borrow().get(id) {
            return said.clone();
        }
        let said = self.with(id, &[]);
        self.plain.borrow_mut().insert(id.to_owned(), said.clone());
        said
    }

    /// The sentence `id` with values in it.
    #[must_use]
    pub fn with(&self, id: &str, args: &[(&'static str, String)]) -> String {
        self.find(id, args).unwrap_or_else(|| id.to_owned())
    }

    /// The sentence `id`, or none when there is no such message.
    #[must_use]
    pub fn find(&self, id: &str, args: &[(&'static str, String)]) -> Option<String> {
        let (id, attribute) = match id.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (id, None),
        };
        self.parse(id)?;
        let said = self.said.borrow();
        let message = said.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut values = FluentArgs::new();
        for (name, value) in args {
            // Counts choose plural forms; everything else goes in as it stands. An ID is no count: as a number it would
            // lose its last digits.
            let value = match value.parse::<i32>() {
                Ok(n) if n.to_string() == *value => FluentValue::from(n),
                _ => FluentValue::from(value.as_str()),
            };
            values.set(*name, value);
        }
        let mut errors = Vec::new();
        let text = said.format_pattern(pattern, Some(&values), &mut errors);
        Some(text.into_owned())
    }

    /// Makes a message known that was not said yet; none where there is no such message.
    fn parse(&self, id: &str) -> Option<()> {
        if self.said.borrow().has_message(id) {
            return Some(());
        }
        let text = sources(self.lang).get(id)?;
        // A sentence that does not parse is left out; the test below keeps that from happening.
        let resource = match FluentResource::try_new((*text).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        self.said.borrow_mut().add_resource_overriding(resource);
        Some(())
    }
}

/// The messages of a language, not parsed: from the line that begins with an id to the next such line.
fn sources(lang: Lang) -> &'static Sources {
    static ZH: OnceLock<Sources> = OnceLock::new();
    static EN: OnceLock<Sources> = OnceLock::new();
    let of = match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    };
    of.get_or_init(|| {
        let files = LOCALES.get_dir(lang.tag()).into_iter().flat_map(Dir::files);
        files.filter_map(include_dir::File::contents_utf8).flat_map(messages).collect()
    })
}

/// The messages of one file: id and text. A message goes on over indented and empty lines, its attributes among them.
fn messages(file: &'static str) -> Vec<(&'static str, &'static str)> {
    let begins = |at: &usize| file.as_bytes().get(*at).is_some_and(|c| c.is_ascii_alphabetic() || *c == b'#');
    let lines = std::iter::once(0).chain(file.match_indices('\n').map(|(at, _)| at + 1));
    let starts: Vec<usize> = lines.filter(begins).collect();
    let ends = starts.iter().skip(1).copied().chain([file.len()]);
    let pieces = starts.iter().zip(ends).filter_map(|(from, to)| file.get(*from..to));
    pieces
        .filter(|text| !text.starts_with('#'))
        .filter_map(|text| Some((text.split_once('=')?.0.trim(), text)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_parses_and_is_found_by_its_id() {
        for lang in [Lang::Zh, Lang::En] {
            let locale = Locale::new(lang);
            assert!(sources(lang).len() > 1000);
            for (id, text) in sources(lang) {
                assert!(FluentResource::try_new((*text).to_owned()).is_ok(), "{id} does not parse: {text}");
                assert!(locale.parse(id).is_some() && locale.said.borrow().has_message(id), "{id}");
            }
        }
    }

    #[test]
    fn an_unknown_message_is_seen_and_not_hidden() {
        let locale = Locale::new(Lang::Zh);
        assert_eq!(locale.say("no-such-message"), "no-such-message");
        assert_eq!(locale.find("no-such-message", &[]), None);
    }
}
