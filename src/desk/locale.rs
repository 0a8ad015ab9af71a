//! Every sentence a person reads, by message id, in the language of the session. Sentences live in
//! `data/locales/LANG/*.ftl` (Fluent); code only names them.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};

use crate::values::lang::Lang;

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/locales");

/// The sentences of one language.
pub struct Locale {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Locale").field("lang", &self.lang).finish_non_exhaustive()
    }
}

/// Named values to put into a sentence.
pub type Args = Vec<(&'static str, String)>;

impl Locale {
    /// Loads the embedded sentences of a language. A sentence that does not parse is left out; the test below and
    /// the parity test of the locales keep that from happening.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let tag = lang.tag();
        let mut bundle = FluentBundle::new(tag.parse().into_iter().collect());
        // The isolation marks are invisible to the eye but not to a braille display.
        bundle.set_use_isolating(false);
        for text in Self::sources(lang) {
            let resource = match FluentResource::try_new(text.to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
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
        self.with(id, &[])
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
        let message = self.bundle.get_message(id)?;
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
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut errors);
        Some(text.into_owned())
    }

    /// The texts of a language, file by file.
    pub(crate) fn sources(lang: Lang) -> impl Iterator<Item = &'static str> {
        LOCALES
            .get_dir(lang.tag())
            .into_iter()
            .flat_map(Dir::files)
            .filter_map(include_dir::File::contents_utf8)
    }
}
