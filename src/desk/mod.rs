//! The desk without a head: the whole application as a state machine that takes an [`Intent`] and answers with a
//! [`View`]. It sees no terminal, and it knows the subjects only through the trait they implement.

mod acting;
pub(crate) mod action;
mod answers;
pub(crate) mod calendar;
pub(crate) mod cleansing;
pub mod command;
mod copies;
pub(crate) mod door;
mod families;
pub(crate) mod field;
pub(crate) mod filling;
pub(crate) mod form;
mod form_view;
mod going;
pub(crate) mod grid;
mod help;
pub mod intent;
mod learning;
pub(crate) mod listing;
pub mod locale;
mod naming;
pub(crate) mod office;
pub(crate) mod own;
mod page;
mod pins;
pub(crate) mod query;
mod quick;
pub(crate) mod reading;
pub(crate) mod records;
pub(crate) mod refusal;
mod register;
mod report;
mod rows;
pub(crate) mod session;
mod sheets;
mod showing;
pub(crate) mod signing;
pub(crate) mod subject;
pub(crate) mod telling;
#[cfg(test)]
mod tests;
mod today;
mod turn;
pub(crate) mod turning;
pub mod view;

pub use command::{COMMANDS, Command, Context, Needs};
pub use intent::{Intent, Move, Turn};
pub use locale::Locale;
pub use view::View;

use std::collections::BTreeMap;
use std::time::Instant;

use crate::store::watch::Watch;

use door::Step;
use office::Office;
use page::Page;
use turn::Pending;
use view::Notice;

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
    office: Office,
    preferences: Preferences,
    stack: Vec<Page>,
    view: View,
    /// How many rows the face shows.
    window: usize,
    /// The message on the page; going to another page clears it.
    notice: Option<Notice>,
    /// The last message there was, for saying it again.
    last: Option<Notice>,
    said: u64,
    pending: Option<Pending>,
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Texts of the last form saved, by action and field: what copy-above takes.
    above: BTreeMap<(String, &'static str), String>,
    /// The only operator who signs in here; empty where anyone may.
    only: String,
    /// Number of this desk in the file's table of open desks.
    session: i64,
    watch: Watch,
    copies: copies::Copies,
    /// How far the lessons have come, at a desk for practice.
    course: Option<learning::Course>,
    /// The last time the person did something, on the machine's clock: the lock must not follow a fixed office clock.
    touched: Instant,
    quit: bool,
}

impl Desk {
    /// A desk over an open office, at its door.
    pub(crate) fn new(office: Office, now: Instant) -> Result<Self, refusal::Refusal> {
        let mut office = office;
        office.settle()?;
        let watch = Watch::new(&office.store)?;
        let mut desk = Self {
            office,
            preferences: Preferences::default(),
            stack: vec![Page::SignIn(page::SignIn::default())],
            view: View::default(),
            window: 20,
            notice: None,
            last: None,
            said: 0,
            pending: None,
            done: Vec::new(),
            undone: Vec::new(),
            above: BTreeMap::new(),
            only: String::new(),
            session: 0,
            watch,
            copies: copies::Copies::default(),
            course: None,
            touched: now,
            quit: false,
        };
        desk.refresh(false);
        Ok(desk)
    }

    /// The page as it stands.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Carries out an intent; the page afterwards is in [`Desk::view`]. Nothing is ever lost by a refusal: the message
    /// says why and what to do, and what was typed stays.
    pub fn handle(&mut self, intent: Intent) -> Reply {
        let looking = matches!(intent, Intent::Look);
        if looking {
            // Where nobody did anything, here or elsewhere, the page is what it was.
            if !self.look() {
                return Reply { changed: false, quit: self.quit };
            }
        } else {
            self.wake();
            let before = self.before_turn(&intent);
            let done = self.turn(intent);
            let done = done.and_then(|()| before.map_or(Ok(()), |before| self.after_turn(&before)));
            if let Err(refusal) = done {
                self.refuse(&refusal);
            }
        }
        let changed = self.refresh(looking);
        Reply { changed, quit: self.quit }
    }

    /// The sentences of the session's language; a face takes its own chrome from here too.
    #[must_use]
    pub fn locale(&self) -> &Locale {
        &self.office.locale
    }

    /// The open office beneath, for scripts.
    pub(crate) fn office(&self) -> &Office {
        &self.office
    }

    /// The name that changes are signed with before anyone has signed in: an office on its way to being made.
    pub(crate) fn act_as(&mut self, name: &str) {
        name.clone_into(&mut self.office.who.name);
    }

    /// Speaks another language from now on, without keeping it.
    pub fn speak(&mut self, lang: crate::values::lang::Lang) {
        if lang != self.office.locale.lang() {
            self.office.locale = Locale::new(lang);
            self.refresh(false);
        }
    }

    /// Whether this is the demonstration office, where nobody is asked for a PIN.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.office.demo
    }

    /// How the person likes the desk.
    #[must_use]
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// The names of every action of every subject (`cases.accept`), for keymaps and the key table.
    #[must_use]
    pub fn action_names(&self) -> Vec<String> {
        let of = |s: &&dyn subject::Subject| {
            let name = s.name();
            s.actions().iter().map(|a| format!("{name}.{}", a.name)).collect::<Vec<_>>()
        };
        self.office.registry.iter().flat_map(of).collect()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // Drafts left open here can then be taken up anywhere.
        self.leave(0);
        drop(self.office.store.close_session(self.session));
    }
}
