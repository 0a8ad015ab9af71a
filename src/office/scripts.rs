//! The office as scripts use it: signed in once, then asked or told through the desk's own door. Knows no command line
//! and no file format; what it answers is plain tables and sentences.

use crate::desk::office::Office;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::{Desk, Locale};
use crate::values::lang::Lang;

use super::{Opening, Problem};

/// The operator that the demonstration office takes when nobody is named.
pub const DEMO_OPERATOR: &str = "曾示平";

/// An open office with somebody signed in.
pub struct Scripts {
    desk: Desk,
}

/// Who uses the office.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Who {
    /// The operator's name or its initials; empty for the only one there is, or the usual one of a demonstration.
    pub name: String,
    /// The PIN; nobody is asked for it in a demonstration.
    pub pin: Option<String>,
    /// The language that was asked for on the command line, which goes before the operator's own.
    pub speak: Option<Lang>,
}

impl Scripts {
    /// Scripts over a desk that is open already.
    #[cfg(test)]
    pub(crate) fn over(desk: Desk) -> Self {
        Self { desk }
    }

    /// Opens the office for changes and signs in.
    ///
    /// # Errors
    /// When the file cannot be used, or the person is not let in.
    pub fn enter(opening: &Opening, who: &Who) -> Result<Self, Problem> {
        Self::sign_in(super::open(opening)?, who)
    }

    /// Signs in at a desk that is open already.
    ///
    /// # Errors
    /// When the person is not let in.
    pub fn sign_in(mut desk: Desk, who: &Who) -> Result<Self, Problem> {
        sign_in(&mut desk, who)?;
        Ok(Self { desk })
    }

    /// Opens the office for reading only, where that is enough to let the person in: nothing waits for other people's
    /// work. A PIN has to be counted when it is wrong, so that an office with PINs is opened for changes if it can be.
    ///
    /// # Errors
    /// As [`Scripts::enter`].
    pub fn read(opening: &Opening, who: &Who) -> Result<Self, Problem> {
        let for_reading = Opening { read_only: true, ..opening.clone() };
        let desk = match super::open(&for_reading) {
            Ok(desk) if desk.office().demo => desk,
            Ok(desk) => match super::open(opening) {
                Err(problem) if problem.code == "store-no-write-permission" => desk,
                other => other?,
            },
            Err(problem) if problem.code == "store-older" => super::open(opening)?,
            Err(problem) => return Err(problem),
        };
        Self::sign_in(desk, who)
    }

    /// The sentences of the session's language.
    #[must_use]
    pub fn locale(&self) -> &Locale {
        self.desk.locale()
    }

    /// The desk itself, for a face to go on with.
    #[must_use]
    pub fn into_desk(mut self) -> Desk {
        self.desk.offer_drafts();
        self.desk.refresh(false);
        self.desk
    }

    pub(crate) fn office(&self) -> &Office {
        self.desk.office()
    }

    /// A refusal in words.
    pub(crate) fn told<T>(&self, done: Result<T, Refusal>) -> Result<T, Problem> {
        done.map_err(|refusal| Problem::of(&refusal, self.locale()))
    }

    /// The record behind a reference.
    pub(crate) fn resolve(
        &self,
        reference: &str,
    ) -> Result<(&'static dyn crate::desk::subject::Subject, i64), Refusal> {
        let found = self.desk.resolve(reference)?;
        found.ok_or_else(|| Refusal::rule("not-found").with("text", reference))
    }

    /// The subject of this name, or with this label in either language.
    pub(crate) fn subject(&self, name: &str) -> Result<&'static dyn crate::desk::subject::Subject, Refusal> {
        let office = self.office();
        let wanted = name.trim().to_lowercase();
        let label =
            |s: &dyn crate::desk::subject::Subject| office.locale.say(&format!("subject-{}", s.name()));
        let mut all = office.registry.iter();
        let found = all.find(|s| s.name() == wanted || label(**s).to_lowercase() == wanted).copied();
        let known: Vec<&str> = office.registry.iter().map(|s| s.name()).collect();
        found.ok_or_else(|| {
            Refusal::usage("batch-no-subject").with("text", name).with("known", known.join(" "))
        })
    }
}

fn sign_in(desk: &mut Desk, who: &Who) -> Result<(), Problem> {
    let demo = desk.office().demo;
    let name = if demo && who.name.is_empty() { DEMO_OPERATOR } else { who.name.as_str() };
    let done = match &who.pin {
        None if !demo => Err(Refusal::rule("batch-pin").of(Kind::Permission).field("pin")),
        pin => desk.sign_in(name, pin.as_deref().unwrap_or_default()),
    };
    let done = done.map_err(|refusal| match refusal.code {
        "no-operator" if name.is_empty() => Refusal::rule("batch-who").of(Kind::Permission).field("name"),
        _ => refusal,
    });
    if let Some(lang) = who.speak {
        desk.speak(lang);
    }
    done.map_err(|refusal| Problem::of(&refusal, desk.locale()))
}

/// The names of every action of every subject (`cases.accept`), and of the pages that have no tab (`pages.bank`), for keymaps
/// and their check; opens no office.
#[must_use]
pub fn action_names() -> Vec<String> {
    let each = crate::subjects::REGISTRY.iter();
    let pages = each.clone().filter(|s| s.under().is_some()).map(|s| format!("pages.{}", s.name()));
    let of = |s: &&'static dyn crate::desk::subject::Subject| {
        s.actions().iter().map(|a| format!("{}.{}", s.name(), a.name)).collect::<Vec<_>>()
    };
    each.flat_map(of).chain(pages).collect()
}
