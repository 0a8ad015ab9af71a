//! What can be done with requests and loans, as one table: who may, what it asks.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::Field;
use crate::subjects::zones::fields::WARDENS;
use crate::subjects::{DESK, WORKERS};

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

/// A request: the typed line first, everything it did not say after it, who carries it last.
const LEND: &[Input] = &[
    ask(&f::LINE),
    ask(&f::ITEM),
    ask(&f::ORG),
    ask(&f::DUE),
    confirm(&f::PICK),
    keep_back(&f::FROM),
    keep_back(&f::PURPOSE),
    keep_back(&f::USE_PLACE),
    keep_back(&f::OVERRIDE),
    confirm(&f::BORROWER),
];

/// The decision: which one, and the days if they must be others.
const APPROVE: &[Input] =
    &[confirm(&f::PICK), keep_back(&f::FROM), keep_back(&f::DUE), keep_back(&f::OVERRIDE)];

/// The check on return.
pub(crate) const RETURN: &[Input] = &[confirm(&f::CHECK), ask(&f::CHECK_NOTE), keep_back(&f::RETURNED)];

/// A later day.
pub(crate) const EXTEND: &[Input] = &[confirm(&f::DUE), keep_back(&f::OVERRIDE)];

const AMEND: &[Input] = &[keep_back(&f::BORROWER), keep_back(&f::PURPOSE), keep_back(&f::USE_PLACE)];

const fn action(
    name: &'static str,
    scope: Scope,
    posts: &'static [&'static str],
    inputs: &'static [Input],
) -> Action {
    Action { name, scope, posts, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    action("lend", Scope::Subject, WORKERS, LEND),
    action("approve", Scope::Record, WARDENS, APPROVE),
    action("reject", Scope::Record, WARDENS, &[ask(&f::REASON)]),
    action("out", Scope::Record, DESK, &[confirm(&f::BORROWER)]),
    action("return", Scope::Record, DESK, RETURN),
    action("extend", Scope::Record, WARDENS, EXTEND),
    action("cancel", Scope::Record, WORKERS, &[ask(&f::REASON)]),
    Action { main: false, ..action("close", Scope::Record, WARDENS, &[ask(&f::SETTLEMENT)]) },
    Action { main: false, ..action("amend", Scope::Record, WORKERS, AMEND) },
];
