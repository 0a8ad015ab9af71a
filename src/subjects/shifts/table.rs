//! What can be done with shifts, as one table: who may, what it asks.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::Field;
use crate::subjects::{KEEPERS, WORKERS};

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

/// Somebody is sent: the line first, what it did not say after it, who comes last.
const ASSIGN: &[Input] = &[
    ask(&f::LINE),
    ask(&f::DAY),
    ask(&f::HOURS),
    ask(&f::ORG),
    ask(&f::TASK),
    keep_back(&f::SKILLS),
    keep_back(&f::NUMBER),
    keep_back(&f::ZONE),
    keep_back(&f::KIND),
    keep_back(&f::REQUEST),
    confirm(&f::PEOPLE),
    keep_back(&f::OVERRIDE),
];

/// Who is free: the line, and the same field by field.
const FREE: &[Input] = &[ask(&f::LINE), keep_back(&f::DAY), keep_back(&f::HOURS), keep_back(&f::SKILLS)];

const MOVE: &[Input] = &[
    ask(&f::LINE),
    keep_back(&f::DAY),
    keep_back(&f::HOURS),
    keep_back(&f::ZONE),
    keep_back(&f::TASK),
    keep_back(&f::OVERRIDE),
];

const FINISH: &[Input] = &[confirm(&f::WORKED), keep_back(&f::RATING), keep_back(&f::RESULT)];

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
    Action { main: true, ..action("assign", Scope::Subject, WORKERS, ASSIGN) },
    Action { main: true, ..action("free", Scope::Subject, &[], FREE) },
    action("cover", Scope::Subject, &[], &[confirm(&f::WEEK)]),
    action("copy-week", Scope::Subject, KEEPERS, &[confirm(&f::FROM_WEEK), confirm(&f::WEEK)]),
    Action { main: true, ..action("finish", Scope::Many, WORKERS, FINISH) },
    Action { main: true, ..action("move", Scope::Record, WORKERS, MOVE) },
    Action { main: true, ..action("swap", Scope::Record, &[], &[ask(&f::TO), ask(&f::SWAP_REASON)]) },
    action("agree", Scope::Record, KEEPERS, &[keep_back(&f::OVERRIDE)]),
    Action { confirm: true, ..action("decline", Scope::Record, KEEPERS, &[]) },
    action("cancel", Scope::Record, WORKERS, &[ask(&f::REASON)]),
    action("no-show", Scope::Record, WORKERS, &[ask(&f::REASON)]),
];
