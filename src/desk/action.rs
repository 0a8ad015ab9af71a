//! What can be done, as static tables: an action's name, who may do it, what it asks. The one door through which
//! actions reach the file is `door`.

use super::field::Field;
use super::locale::Args;
use super::refusal::Refusal;

/// What an action is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// No record yet: it makes one.
    Subject,
    /// One record.
    Record,
    /// One record, or all the marked ones in one step.
    Many,
}

/// When a form stops at a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Always once: it proposes something that a person must confirm.
    Always,
    /// When it is empty (even if it may stay so).
    IfEmpty,
    /// Only when a person goes there.
    OnRequest,
}

/// One thing an action asks.
pub(crate) struct Input {
    /// What it holds; the same description as in the record where it is a field of it.
    pub field: &'static Field,
    /// When the form stops at it.
    pub ask: Ask,
}

/// One action of a subject. Its label is the message `SUBJECT-do-NAME`, its help the attribute `.help`, its done
/// sentence the attribute `.done`.
pub(crate) struct Action {
    /// Stable name (`accept`); outside the subject `cases.accept`.
    pub name: &'static str,
    /// What it is done to.
    pub scope: Scope,
    /// Ids of the posts that may do it; empty for everyone signed in.
    pub posts: &'static [&'static str],
    /// What it asks; empty when it is done at once.
    pub inputs: &'static [Input],
    /// Asked back before it is done (only for actions that ask nothing else).
    pub confirm: bool,
    /// Worth a place in a short line of hints.
    pub main: bool,
    /// Its form is the next row of the list it belongs to: shown under that list's last rows, and opened anew after
    /// each save. Only for actions that make a record.
    pub row: bool,
}

/// Whether an action applies now.
pub(crate) type Availability = Result<(), Refusal>;

/// How a step can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Undo {
    /// By putting the changed fields of the record back (they are in the audit row).
    Fields,
    /// By withdrawing the record that was made: the subject's `withdraw`.
    Withdraw,
    /// By withdrawing what it made of another subject.
    Made(Made),
    /// Not at all, for the reason in the message `undo-REASON`.
    No(&'static str),
}

/// A record of another subject that an action made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Made {
    /// The other subject's name.
    pub subject: &'static str,
    /// The record.
    pub id: i64,
    /// Its reference.
    pub reference: String,
    /// Number of the audit row of its making.
    pub seq: i64,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Done {
    /// The record it was done to, or that was made.
    pub id: i64,
    /// Its reference.
    pub reference: String,
    /// Values for the action's `.done` sentence (besides `ref`).
    pub args: Args,
    /// How it can be taken back.
    pub undo: Undo,
    /// Open the record's page afterwards.
    pub open: bool,
}
