//! What can be done with a case, as one table: who may, what it asks, and which event of SM-20 it is.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::Field;
use crate::subjects::people::fields as p;
use crate::subjects::{DESK, KEEPERS, WORKERS};

use super::fields as f;
use super::rules::Event;

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const fn confirm(field: &'static Field) -> Input {
    Input { field, ask: Ask::Always }
}

/// The one form of a new case, in the order of the talk at the window (guide 6.5.1).
const REGISTER: &[Input] = &[
    ask(&f::WHO),
    ask(&p::NAME),
    ask(&p::PHONE),
    ask(&p::CATEGORY),
    ask(&p::GUARDIAN_NAME),
    ask(&p::GUARDIAN_RELATION),
    ask(&p::GUARDIAN_PHONE),
    keep_back(&f::REPORTER),
    keep_back(&f::CHANNEL),
    keep_back(&f::MATTER),
    ask(&f::CONTENT),
    keep_back(&f::URGENCY),
    keep_back(&p::CONSENT),
    ask(&p::COMPONENTS),
    ask(&f::AUTISM),
    confirm(&f::ORGS),
    keep_back(&f::OVERRIDE),
    keep_back(&f::DUE),
    keep_back(&f::WISH),
    keep_back(&f::FUNCTION),
    keep_back(&f::VISITS),
];

/// A row of another office's case table, with its number and how far it has come.
const IMPORT: &[Input] = &[
    keep_back(&f::NO),
    ask(&f::RECEIVED_ON),
    keep_back(&f::RECEIVED_TIME),
    ask(&f::CHANNEL),
    keep_back(&f::WHO),
    keep_back(&f::REPORTER),
    ask(&f::MATTER),
    ask(&f::CONTENT),
    keep_back(&f::URGENCY),
    keep_back(&f::LEAD),
    keep_back(&f::CO_ORGS),
    keep_back(&f::HANDLER),
    keep_back(&f::DUE),
    keep_back(&f::STATUS),
    keep_back(&f::RESULT),
    keep_back(&f::CLOSED_ON),
    keep_back(&f::SATISFACTION),
    keep_back(&f::VISITS),
    keep_back(&f::REGISTRAR),
];

const EDIT: &[Input] = &[
    keep_back(&f::CONTENT),
    keep_back(&f::MATTER),
    keep_back(&f::URGENCY),
    keep_back(&f::CHANNEL),
    keep_back(&f::REPORTER),
    keep_back(&f::FUNCTION),
    keep_back(&f::WISH),
    keep_back(&f::VISITS),
];

const fn action(name: &'static str, posts: &'static [&'static str], inputs: &'static [Input]) -> Action {
    Action { name, scope: Scope::Record, posts, inputs, confirm: false, main: false, row: false }
}

const fn makes(name: &'static str) -> Action {
    Action { scope: Scope::Subject, ..action(name, DESK, REGISTER) }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action { main: true, ..makes("register") },
    Action { main: true, ..makes("register-phone") },
    makes("register-inquiry"),
    makes("register-rights"),
    makes("register-screening"),
    makes("register-service"),
    Action { scope: Scope::Subject, ..action("import", KEEPERS, IMPORT) },
    Action { main: true, ..action("note", WORKERS, &[ask(&f::NOTE)]) },
    Action { main: true, ..action("accept", WORKERS, &[]) },
    Action { main: true, ..action("route", DESK, &[confirm(&f::ORGS), keep_back(&f::OVERRIDE)]) },
    action("classify", DESK, &[confirm(&f::MATTER), keep_back(&f::URGENCY)]),
    action("return", WORKERS, &[ask(&f::ORG), ask(&f::REASON)]),
    action("wait", WORKERS, &[ask(&f::REASON), keep_back(&f::NEXT_ON)]),
    Action { main: true, ..action("resume", WORKERS, &[]) },
    Action { main: true, ..action("report-back", WORKERS, &[ask(&f::ORG), ask(&f::DONE_RESULT)]) },
    Action {
        main: true,
        ..action(
            "done",
            WORKERS,
            &[
                ask(&f::DONE_RESULT),
                keep_back(&f::TOLD_ON),
                ask(&f::WISH),
                keep_back(&f::VISITS),
                keep_back(&f::AT_ONCE),
            ],
        )
    },
    action("refer", WORKERS, &[ask(&f::UNIT), ask(&f::REASON), ask(&p::METHOD), keep_back(&f::NEXT_ON)]),
    Action {
        main: true,
        ..action("referral-result", WORKERS, &[ask(&f::DONE_RESULT), keep_back(&f::TOLD_ON), ask(&f::WISH)])
    },
    Action { main: true, ..action("follow-up", WORKERS, &[ask(&f::RATED), keep_back(&f::REMARK)]) },
    Action { main: true, scope: Scope::Many, ..action("archive", DESK, &[]) },
    action("reopen", KEEPERS, &[ask(&f::REASON)]),
    action("refuse", KEEPERS, &[ask(&f::REASON), keep_back(&f::TOLD_ON)]),
    action("withdraw", DESK, &[ask(&f::REASON)]),
    Action { scope: Scope::Many, ..action("assign", WORKERS, &[ask(&f::ASSIGNEE)]) },
    action("extend", KEEPERS, &[ask(&f::NEW_DUE), ask(&f::REASON)]),
    action("add-client", DESK, &[ask(&f::PERSON)]),
    action("receipt", DESK, &[]),
    action("edit", DESK, EDIT),
];

/// The event an action is; none for one that moves nothing. `several` says that the case is coordinated and the action
/// then moves the part of one association.
pub(crate) fn event(action: &str) -> Option<Event> {
    Some(match action {
        "classify" => Event::Classify,
        "route" => Event::Route,
        "accept" => Event::Accept,
        "return" => Event::Return,
        "note" => Event::Note,
        "wait" => Event::Wait,
        "resume" => Event::Resume,
        "refer" => Event::Refer,
        "report-back" | "done" | "referral-result" => Event::Finish,
        "follow-up" => Event::CallBack,
        "archive" => Event::Archive,
        "reopen" => Event::Reopen,
        "refuse" => Event::Refuse,
        "withdraw" => Event::Withdraw,
        _ => return None,
    })
}

/// Whether an action makes a case.
pub(crate) fn registers(action: &str) -> bool {
    action.starts_with("register")
}
