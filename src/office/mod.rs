//! Opening the office: the file, the clock, the words and the subjects are brought together to a desk. This is the one
//! place that knows both the desk and the registry.

mod acting;
mod auditing;
mod care;
mod explain;
mod export;
mod files;
mod forms;
mod import;
mod looking;
mod making;
mod marking;
mod operators;
mod practice;
mod remote;
mod scripts;
mod sealing;
mod tables;

pub use acting::{Outcome, Understood};
pub use care::{Health, check, restore};
pub use explain::{Explained, Kind as ExplainKind, explain};
pub use export::OwnData;
pub use files::{aligned, text as text_of, widths};
pub use import::{MissingColumn, RefusedRow, Report as ImportReport};
pub use looking::{Asked, Each, Listed};
pub use making::{default_file, demo, init};
pub use practice::{learn, practice, practice_in};
pub use remote::{KeyOwner, Remote, RemoteText, key_owner, remote_setup};
pub use scripts::{DEMO_OPERATOR, Scripts, Who, action_names};
pub use tables::Table;

use std::path::PathBuf;
use std::time::Instant;

use chrono::NaiveDateTime;

use crate::catalog::Catalog;
use crate::desk::office::{Clock, Office};
use crate::desk::own::Tables;
use crate::desk::refusal::Refusal;
use crate::desk::session::Operator;
use crate::desk::view::Notice;
use crate::desk::{Desk, Locale};
use crate::store::{OfficeMeta, Store};
use crate::subjects::REGISTRY;
use crate::values::lang::Lang;

/// How an office is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The file.
    pub file: PathBuf,
    /// The language to speak until an operator with another one signs in.
    pub lang: Lang,
    /// A clock that stands still, for tests and training.
    pub now: Option<NaiveDateTime>,
    /// The terminal as the audit names it (`pts/3`, `batch`).
    pub terminal: String,
    /// For reports: nothing can be changed.
    pub read_only: bool,
}

/// Why something was refused, in words, with what scripts need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable code.
    pub code: String,
    /// The field at fault; empty when none is.
    pub field: String,
    /// The sentence.
    pub message: String,
    /// What to do instead; empty when the sentence is enough.
    pub hint: String,
    /// The exit code of the command line.
    pub exit: u8,
}

impl Problem {
    pub(crate) fn of(refusal: &Refusal, t: &Locale) -> Self {
        let Notice { text, hint, .. } = refusal.notice(t);
        Self {
            code: refusal.code.to_owned(),
            field: refusal.field.unwrap_or_default().to_owned(),
            message: text,
            hint,
            exit: refusal.exit_code(),
        }
    }
}

/// Opens the office; the desk asks who is there.
///
/// # Errors
/// When the file cannot be used; the message says what to do.
pub fn open(opening: &Opening) -> Result<Desk, Problem> {
    let t = Locale::new(opening.lang);
    try_open(opening).map_err(|refusal| Problem::of(&refusal, &t))
}

fn try_open(opening: &Opening) -> Result<Desk, Refusal> {
    // The tables and the sentences are read while the file is opened: neither waits for the other.
    let store = std::thread::scope(|scope| {
        scope.spawn(|| (Catalog::embedded(), Locale::prepare(opening.lang)));
        match opening.read_only {
            true => Store::open_read_only(&opening.file),
            false => Store::open(&opening.file),
        }
    })?;
    desk(store, opening.lang, opening.now, &opening.terminal)
}

/// A desk over an open store.
pub(crate) fn desk(
    store: Store,
    lang: Lang,
    now: Option<NaiveDateTime>,
    terminal: &str,
) -> Result<Desk, Refusal> {
    let meta = store.office()?;
    let office = Office {
        clock: clock(&meta, now),
        demo: meta.demo.is_some(),
        store,
        locale: Locale::new(lang),
        catalog: Tables::default(),
        registry: REGISTRY,
        who: Operator::default(),
        terminal: terminal.to_owned(),
    };
    Desk::new(office, Instant::now())
}

/// The office's clock: fixed when asked for, the sample's in a demonstration, else the machine's.
fn clock(meta: &OfficeMeta, now: Option<NaiveDateTime>) -> Clock {
    let moment = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").ok();
    let demo = meta.demo.as_ref().and_then(|d| Some((moment(&d.epoch)?, moment(&d.started_at)?)));
    match (now, demo) {
        (Some(at), _) => Clock::Fixed(at),
        (None, Some((epoch, started))) => Clock::Demo { epoch, started },
        (None, None) => Clock::Real,
    }
}
