//! What can be done with bookings, as one table: who may, what it asks.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::Field;
use crate::subjects::WORKERS;
use crate::subjects::zones::fields::WARDENS;

use super::fields as f;

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const fn confirm(field: &'static Field) -> Input {
    Input { field, ask: Ask::Always }
}

/// A booking: the typed line first, everything it did not say after it, how many come last.
const BOOK: &[Input] = &[
    ask(&f::LINE),
    ask(&f::DAY),
    ask(&f::HOURS),
    ask(&f::ZONE),
    ask(&f::ORG),
    ask(&f::PURPOSE),
    keep_back(&f::KIND),
    keep_back(&f::NEEDS),
    keep_back(&f::EQUIPMENT),
    keep_back(&f::SETUP),
    keep_back(&f::CLEANUP),
    keep_back(&f::REPEAT),
    keep_back(&f::SKIP),
    keep_back(&f::WAIT),
    keep_back(&f::OVERRIDE),
    keep_back(&f::SERIES),
    keep_back(&f::UID),
    confirm(&f::PEOPLE),
];

/// What is free: the line, and the same field by field.
const FREE: &[Input] = &[
    ask(&f::LINE),
    keep_back(&f::DAY),
    keep_back(&f::LENGTH),
    keep_back(&f::ZONE),
    keep_back(&f::PEOPLE),
    keep_back(&f::NEEDS),
];

const MOVE: &[Input] = &[
    ask(&f::LINE),
    keep_back(&f::DAY),
    keep_back(&f::HOURS),
    keep_back(&f::ZONE),
    keep_back(&f::WAIT),
    keep_back(&f::OVERRIDE),
];

const COPY: &[Input] = &[
    ask(&f::LINE),
    ask(&f::DAY),
    keep_back(&f::HOURS),
    keep_back(&f::ZONE),
    keep_back(&f::PEOPLE),
    keep_back(&f::WAIT),
    keep_back(&f::OVERRIDE),
];

const AMEND: &[Input] = &[
    keep_back(&f::PURPOSE),
    keep_back(&f::KIND),
    keep_back(&f::PEOPLE),
    keep_back(&f::NEEDS),
    keep_back(&f::EQUIPMENT),
    keep_back(&f::SETUP),
    keep_back(&f::CLEANUP),
    keep_back(&f::OVERRIDE),
];

const IMPORT: &[Input] = &[
    keep_back(&f::NO),
    ask(&f::ZONE),
    ask(&f::ORG),
    ask(&f::PURPOSE),
    ask(&f::STARTS),
    ask(&f::ENDS),
    keep_back(&f::PEOPLE),
    keep_back(&f::KIND),
    keep_back(&f::NEEDS),
    keep_back(&f::EQUIPMENT),
    keep_back(&f::UID),
    keep_back(&f::OVERRIDE),
];

const fn action(
    name: &'static str,
    scope: Scope,
    posts: &'static [&'static str],
    inputs: &'static [Input],
) -> Action {
    Action { name, scope, posts, inputs, confirm: false, main: false, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action { main: true, ..action("book", Scope::Subject, WORKERS, BOOK) },
    Action { main: true, ..action("free", Scope::Subject, &[], FREE) },
    Action { main: true, ..action("approve", Scope::Many, WARDENS, &[]) },
    Action { main: true, ..action("reject", Scope::Record, WARDENS, &[ask(&f::REASON)]) },
    Action { main: true, ..action("move", Scope::Record, WORKERS, MOVE) },
    Action { main: true, ..action("cancel", Scope::Record, WORKERS, &[confirm(&f::REACH), ask(&f::REASON)]) },
    action("copy", Scope::Record, WORKERS, COPY),
    action("amend", Scope::Record, WORKERS, AMEND),
    action("start", Scope::Many, WORKERS, &[]),
    action("finish", Scope::Many, WORKERS, &[]),
    action("no-show", Scope::Record, WORKERS, &[ask(&f::REASON)]),
    Action { main: true, ..action("claim", Scope::Record, WORKERS, &[]) },
    action("import", Scope::Subject, WARDENS, IMPORT),
];
