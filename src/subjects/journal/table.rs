//! What can be done with the journal, as one table: who may, what it asks.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::Field;

use super::fields as f;

/// The posts that write vouchers.
pub(crate) const WRITERS: &[&str] = &["accountant", "cashier"];
/// The posts that review them; who handles the money is refused by the rule itself (RULES §3.9).
pub(crate) const REVIEWERS: &[&str] = &["secretary", "deputy_secretary", "accountant", "cashier"];
/// The posts that keep the ledger.
pub(crate) const KEEPERS: &[&str] = &["accountant", "cashier"];
/// The two that together may let a fund rule be broken.
pub(crate) const OVERRIDERS: &[&str] = &["secretary", "accountant"];

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const fn confirm(field: &'static Field) -> Input {
    Input { field, ask: Ask::Always }
}

/// A payment or receipt: the typed line first, everything it did not say after it, the papers last.
const ROW: &[Input] = &[
    ask(&f::LINE),
    ask(&f::AMOUNT),
    ask(&f::SUMMARY),
    ask(&f::ACCOUNT),
    ask(&f::FUND),
    keep_back(&f::SHARED),
    keep_back(&f::BOOK),
    keep_back(&f::DATE),
    keep_back(&f::COUNTERPARTY),
    keep_back(&f::OVERRIDE),
    confirm(&f::ATTACHMENTS),
];

const AMEND: &[Input] = &[
    keep_back(&f::AMOUNT),
    keep_back(&f::SUMMARY),
    keep_back(&f::ACCOUNT),
    keep_back(&f::FUND),
    keep_back(&f::SHARED),
    keep_back(&f::BOOK),
    keep_back(&f::DATE),
    keep_back(&f::COUNTERPARTY),
    keep_back(&f::ATTACHMENTS),
    keep_back(&f::OVERRIDE),
];

const IMPORT: &[Input] = &[
    keep_back(&f::NO),
    ask(&f::DATE),
    ask(&f::SUMMARY),
    ask(&f::ANY_ACCOUNT),
    ask(&f::FUND),
    ask(&f::BOOK),
    keep_back(&f::RECEIPT),
    keep_back(&f::PAYMENT),
    keep_back(&f::AMOUNT),
    keep_back(&f::ORG),
    keep_back(&f::COUNTERPARTY),
    keep_back(&f::ATTACHMENTS),
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
    Action { main: true, row: true, ..action("pay", Scope::Subject, WRITERS, ROW) },
    Action { main: true, row: true, ..action("receive", Scope::Subject, WRITERS, ROW) },
    action(
        "move",
        Scope::Subject,
        WRITERS,
        &[
            ask(&f::AMOUNT),
            keep_back(&f::BOOK),
            keep_back(&f::INTO),
            keep_back(&f::SUMMARY),
            keep_back(&f::FUND),
            keep_back(&f::DATE),
            confirm(&f::ATTACHMENTS),
        ],
    ),
    action(
        "transfer",
        Scope::Subject,
        WRITERS,
        &[
            ask(&f::AMOUNT),
            ask(&f::FUND),
            ask(&f::TO_FUND),
            ask(&f::SUMMARY),
            keep_back(&f::DATE),
            keep_back(&f::OVERRIDE),
            confirm(&f::ATTACHMENTS),
        ],
    ),
    action("import", Scope::Subject, WRITERS, IMPORT),
    Action { main: true, ..action("review", Scope::Many, REVIEWERS, &[]) },
    Action { main: true, ..action("post", Scope::Many, KEEPERS, &[]) },
    action("amend", Scope::Record, WRITERS, AMEND),
    action("return", Scope::Record, REVIEWERS, &[ask(&f::REASON)]),
    action("void", Scope::Record, WRITERS, &[ask(&f::REASON)]),
    Action {
        main: true,
        ..action(
            "reverse",
            Scope::Record,
            WRITERS,
            &[
                ask(&f::REASON),
                keep_back(&f::AGAIN),
                keep_back(&f::AMOUNT),
                keep_back(&f::SUMMARY),
                keep_back(&f::ACCOUNT),
                keep_back(&f::FUND),
                keep_back(&f::SHARED),
                keep_back(&f::BOOK),
                keep_back(&f::COUNTERPARTY),
                keep_back(&f::OVERRIDE),
                confirm(&f::ATTACHMENTS),
            ],
        )
    },
    action(
        "adjust",
        Scope::Record,
        WRITERS,
        &[ask(&f::DIFFERENCE), ask(&f::REASON), keep_back(&f::DATE), confirm(&f::ATTACHMENTS)],
    ),
    Action { confirm: true, ..action("override", Scope::Record, OVERRIDERS, &[]) },
];
