//! What can be done with the people who work here, as one table: who may, what it asks.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::Field;
use crate::subjects::training::table::LOG;
use crate::subjects::{DESK, KEEPERS};

use super::fields as f;

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const REGISTER: &[Input] = &[
    ask(&f::NAME),
    ask(&f::KIND),
    ask(&f::ORG),
    ask(&f::SKILLS),
    ask(&f::AVAILABILITY),
    ask(&f::PHONE),
    keep_back(&f::ROLE),
    keep_back(&f::LANGUAGES),
    keep_back(&f::ACCOMMODATION),
    keep_back(&f::RESIDENT_ID),
    keep_back(&f::SEX),
    keep_back(&f::BIRTH),
    keep_back(&f::DISABILITY),
    keep_back(&f::CHANNEL),
    keep_back(&f::CONTRACT),
    keep_back(&f::INSURANCE),
    keep_back(&f::VOLUNTEER_NO),
    keep_back(&f::EMERGENCY_NAME),
    keep_back(&f::EMERGENCY_PHONE),
    keep_back(&f::EMERGENCY_RELATION),
    keep_back(&f::JOINED),
    keep_back(&f::NOTE),
    keep_back(&f::CODE),
];

/// A row of somebody's table; it may be about someone who has left.
const IMPORT: &[Input] = &[
    keep_back(&f::CODE),
    ask(&f::NAME),
    ask(&f::KIND),
    ask(&f::ORG),
    keep_back(&f::ROLE),
    keep_back(&f::SKILLS),
    keep_back(&f::LANGUAGES),
    keep_back(&f::AVAILABILITY),
    keep_back(&f::PHONE),
    keep_back(&f::RESIDENT_ID),
    keep_back(&f::SEX),
    keep_back(&f::BIRTH),
    keep_back(&f::DISABILITY),
    keep_back(&f::ACCOMMODATION),
    keep_back(&f::CHANNEL),
    keep_back(&f::CONTRACT),
    keep_back(&f::INSURANCE),
    keep_back(&f::VOLUNTEER_NO),
    keep_back(&f::EMERGENCY_NAME),
    keep_back(&f::EMERGENCY_PHONE),
    keep_back(&f::EMERGENCY_RELATION),
    keep_back(&f::JOINED),
    keep_back(&f::LEFT),
    keep_back(&f::STATE),
    keep_back(&f::NOTE),
];

const EDIT: &[Input] = &[
    keep_back(&f::NAME),
    keep_back(&f::KIND),
    keep_back(&f::ORG),
    keep_back(&f::ROLE),
    keep_back(&f::SKILLS),
    keep_back(&f::LANGUAGES),
    keep_back(&f::AVAILABILITY),
    keep_back(&f::PHONE),
    keep_back(&f::ACCOMMODATION),
    keep_back(&f::RESIDENT_ID),
    keep_back(&f::SEX),
    keep_back(&f::BIRTH),
    keep_back(&f::DISABILITY),
    keep_back(&f::CHANNEL),
    keep_back(&f::CONTRACT),
    keep_back(&f::INSURANCE),
    keep_back(&f::VOLUNTEER_NO),
    keep_back(&f::EMERGENCY_NAME),
    keep_back(&f::EMERGENCY_PHONE),
    keep_back(&f::EMERGENCY_RELATION),
    keep_back(&f::JOINED),
    keep_back(&f::NOTE),
];

const SKILL: &[Input] =
    &[ask(&f::SKILL), keep_back(&f::LEVEL), ask(&f::CERTIFICATE), keep_back(&f::ISSUED), ask(&f::EXPIRES)];

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: KEEPERS, inputs, confirm: false, main: false, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action { main: true, posts: DESK, ..action("register", Scope::Subject, REGISTER) },
    action("import", Scope::Subject, IMPORT),
    Action { main: true, posts: DESK, ..action("edit", Scope::Record, EDIT) },
    Action { main: true, posts: DESK, ..action("skill", Scope::Record, SKILL) },
    Action { main: true, posts: DESK, ..action("train", Scope::Many, LOG) },
    Action { posts: &[], ..action("reveal", Scope::Record, &[ask(&f::REASON)]) },
    Action {
        posts: &[],
        ..action(
            "hours",
            Scope::Record,
            &[Input { field: &f::FROM, ask: Ask::Always }, Input { field: &f::TO, ask: Ask::Always }],
        )
    },
    action("depart", Scope::Record, &[ask(&f::LEFT), ask(&f::REASON)]),
    action("return", Scope::Record, &[]),
    action("account", Scope::Record, &[ask(&f::ACCOUNT)]),
];
