//! The faces of the desk: how its views are shown and how people's keys and words become its intents. A face knows
//! terminals; it knows nothing of records, rules or SQL, and reaches the office through `lianban::desk` alone.

pub mod lines;

/// Why a face handed back the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The person is done.
    Quit,
    /// The person wants the other face; the desk stands as it is, a form in progress included.
    Switch,
    /// The terminal went away; what was typed is kept as a draft.
    Hangup,
}
