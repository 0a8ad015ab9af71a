//! What can be done with assets, as one table: who may, what it asks.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::Field;
use crate::subjects::loans::table as loans;
use crate::subjects::tickets::fields as tickets;
use crate::subjects::zones::fields::WARDENS;
use crate::subjects::{DESK, KEEPERS};

use super::fields as f;

/// The posts that strike an asset off.
const HEADS: &[&str] = &["secretary", "deputy_secretary"];

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const fn confirm(field: &'static Field) -> Input {
    Input { field, ask: Ask::Always }
}

/// A new card: what everybody knows of the thing first.
const CREATE: &[Input] = &[
    ask(&f::NAME),
    ask(&f::OWNER),
    ask(&f::CATEGORY),
    ask(&f::PLACE),
    keep_back(&f::SHELF),
    keep_back(&f::SHELF_ORDER),
    ask(&f::CUSTODIAN),
    ask(&f::SOURCE),
    ask(&f::VALUE),
    ask(&f::ACQUIRED),
    ask(&f::TAG),
    ask(&f::ACCESS),
    keep_back(&f::NO),
    keep_back(&f::MODEL),
    keep_back(&f::SERIAL),
    keep_back(&f::USER),
    keep_back(&f::FUND),
    keep_back(&f::UNIT),
    keep_back(&f::HANDED_OVER),
    keep_back(&f::HANDED_OVER_BY),
    keep_back(&f::TAKEN_OVER_BY),
    keep_back(&f::DOCUMENT),
    keep_back(&f::WARRANTY),
    keep_back(&f::CONDITION),
    keep_back(&f::STATUS),
    keep_back(&f::NOTE),
];

/// Everything a card says but whose it is, how it stands and its number.
const AMEND: &[Input] = &[
    keep_back(&f::NAME),
    keep_back(&f::TAG),
    keep_back(&f::CATEGORY),
    keep_back(&f::MODEL),
    keep_back(&f::SERIAL),
    keep_back(&f::ACCESS),
    keep_back(&f::CONDITION),
    keep_back(&f::SOURCE),
    keep_back(&f::FUND),
    keep_back(&f::VALUE),
    keep_back(&f::UNIT),
    keep_back(&f::ACQUIRED),
    keep_back(&f::HANDED_OVER),
    keep_back(&f::HANDED_OVER_BY),
    keep_back(&f::TAKEN_OVER_BY),
    keep_back(&f::DOCUMENT),
    keep_back(&f::WARRANTY),
    keep_back(&f::NOTE),
];

/// Where it is and who has it: what is left empty stays as it is.
const MOVE: &[Input] = &[
    ask(&f::PLACE),
    ask(&f::SHELF),
    keep_back(&f::SHELF_ORDER),
    keep_back(&f::CUSTODIAN),
    keep_back(&f::USER),
];

const STATE: &[Input] = &[confirm(&f::STATUS), ask(&f::REASON), keep_back(&f::CONDITION)];

const END: &[Input] = &[ask(&f::REASON), ask(&f::DOCUMENT)];

/// That it is broken: what is wrong with it, and how pressing that is.
const REPORT: &[Input] = &[ask(&tickets::FAULT), confirm(&tickets::PRIORITY), keep_back(&tickets::PHOTO)];

/// A hand-over with both signatures, for all the marked ones at once.
const HAND_OVER: &[Input] = &[ask(&f::GIVER), ask(&f::TAKER), ask(&f::DOCUMENT), keep_back(&f::HANDED_OVER)];

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
    Action { main: true, ..action("create", Scope::Subject, KEEPERS, CREATE) },
    Action { main: true, ..action("move", Scope::Many, KEEPERS, MOVE) },
    Action { main: true, ..action("state", Scope::Many, WARDENS, STATE) },
    Action { main: true, ..action("return", Scope::Record, DESK, loans::RETURN) },
    Action { main: true, ..action("report", Scope::Record, &[], REPORT) },
    action("extend", Scope::Record, WARDENS, loans::EXTEND),
    action("amend", Scope::Record, KEEPERS, AMEND),
    action("hand-over", Scope::Many, WARDENS, HAND_OVER),
    action("write-off", Scope::Record, HEADS, END),
    action("give-back", Scope::Many, WARDENS, END),
    action("import", Scope::Subject, WARDENS, CREATE),
];
