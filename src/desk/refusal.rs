//! How the office says no: a code, the field, what is wrong and what to do instead. The words are the locale's
//! (`refusal-CODE`, with the attribute `.hint` for what to do); a refusal itself carries only values.

use crate::store::StoreError;

use super::locale::{Args, Locale};
use super::view::{Notice, Tone};

/// What kind of no it is; scripts see it as the exit code (the command line's table).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A rule says no, or the thing was not found.
    Rule,
    /// The words of the call are off.
    Usage,
    /// The person may not.
    Permission,
    /// The file cannot be used.
    File,
    /// The record changed meanwhile.
    Conflict,
}

/// Code of the refusal that a row of a table is in the office already: the import passes it over and says so.
pub(crate) const ALREADY: &str = "import-already";

/// A refused step. Nothing was changed by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// What kind of no.
    pub kind: Kind,
    /// Stable code; the sentence is the message `refusal-CODE`.
    pub code: &'static str,
    /// Name of the field that is at fault.
    pub field: Option<&'static str>,
    /// Values for the sentence.
    pub args: Args,
}

impl Refusal {
    /// A rule says no.
    pub(crate) fn rule(code: &'static str) -> Self {
        Self { kind: Kind::Rule, code, field: None, args: Vec::new() }
    }

    /// The words of the call are off.
    pub(crate) fn usage(code: &'static str) -> Self {
        Self { kind: Kind::Usage, ..Self::rule(code) }
    }

    /// The same, of another kind.
    pub(crate) fn of(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Names the field.
    pub(crate) fn field(mut self, name: &'static str) -> Self {
        self.field = Some(name);
        self
    }

    /// Adds a value for the sentence.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The refusal as a message in the session's language.
    pub(crate) fn notice(&self, t: &Locale) -> Notice {
        let id = format!("refusal-{}", self.code);
        let hint = t.find(&format!("{id}.hint"), &self.args).unwrap_or_default();
        Notice { tone: Tone::Refused, text: t.with(&id, &self.args), hint }
    }

    /// The exit code that scripts see.
    pub(crate) fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::Rule | Kind::Conflict => 1,
            Kind::Usage => 2,
            Kind::Permission => 3,
            Kind::File => 4,
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let kind = match error {
            StoreError::Conflict { .. } => Kind::Conflict,
            _ => Kind::File,
        };
        Self { kind, code: error.code(), field: None, args: error.args() }
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}
