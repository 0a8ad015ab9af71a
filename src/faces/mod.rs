//! The faces: each turns keys or words into intents and a view into what a terminal shows. They see the desk and
//! nothing below it.

pub(crate) mod keys;
pub(crate) mod lines;
pub(crate) mod screen;

/// Why a face came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The person is done.
    Quit,
    /// The person wants the other face; everything stays as it is.
    Switch,
    /// The terminal went away, or the system asked us to go. What was typed is kept as a draft.
    Hangup,
}
