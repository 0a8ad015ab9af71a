//! What can be done with training sessions, and the ways to look at them.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::Field;
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::{DESK, KEEPERS};

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

/// A session: the typed line first, then what it did not say.
const ARRANGE: &[Input] = &[
    ask(&f::LINE),
    ask(&f::TITLE),
    ask(&f::HELD),
    keep_back(&f::HOURS),
    ask(&f::LENGTH),
    ask(&f::AUDIENCE),
    keep_back(&f::KIND),
    keep_back(&f::ZONE),
    keep_back(&f::OVERRIDE),
    keep_back(&f::PEOPLE),
    keep_back(&f::TRAINER),
    keep_back(&f::MATERIALS),
    keep_back(&f::MODE),
    keep_back(&f::HOST),
    keep_back(&f::VISITORS),
    keep_back(&f::NOTE),
];
const SCHEDULE: &[Input] = &[
    ask(&f::LINE),
    ask(&f::HELD),
    ask(&f::HOURS),
    keep_back(&f::LENGTH),
    keep_back(&f::ZONE),
    keep_back(&f::OVERRIDE),
    keep_back(&f::PEOPLE),
];
const AMEND: &[Input] = &[
    keep_back(&f::TITLE),
    keep_back(&f::KIND),
    keep_back(&f::AUDIENCE),
    keep_back(&f::LENGTH),
    keep_back(&f::TRAINER),
    keep_back(&f::MATERIALS),
    keep_back(&f::MODE),
    keep_back(&f::HOST),
    keep_back(&f::VISITORS),
    keep_back(&f::PEOPLE),
    keep_back(&f::NOTE),
];
const ATTEND: &[Input] =
    &[confirm(&f::ABSENT), keep_back(&f::ALSO), keep_back(&f::LENGTH), keep_back(&f::ASSESSMENT)];

/// What somebody is written down to have been taught; its form belongs to the people (`staff.train`).
pub(crate) const LOG: &[Input] = &[
    ask(&f::LINE),
    ask(&f::TITLE),
    ask(&f::LENGTH),
    keep_back(&f::WAS),
    keep_back(&f::TAUGHT_AS),
    keep_back(&f::TRAINER),
    keep_back(&f::MODE),
    keep_back(&f::ASSESSMENT),
];

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: KEEPERS, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    action("arrange", Scope::Subject, ARRANGE),
    action("schedule", Scope::Record, SCHEDULE),
    Action { posts: DESK, ..action("enrol", Scope::Record, &[ask(&f::WHO)]) },
    Action { posts: DESK, ..action("attend", Scope::Record, ATTEND) },
    Action { main: false, ..action("amend", Scope::Record, AMEND) },
    Action { main: false, ..action("hold", Scope::Record, &[]) },
    Action { main: false, ..action("cancel", Scope::Record, &[ask(&f::WHY)]) },
];

fn with(sql: &str, values: Vec<String>) -> Where {
    Where { sql: sql.to_owned(), values: values.into_iter().map(Into::into).collect() }
}

fn coming(_: &Cx<'_>) -> Where {
    with("ahead = 1", Vec::new())
}

fn held(_: &Cx<'_>) -> Where {
    with("status = '已举办'", Vec::new())
}

fn this_year(cx: &Cx<'_>) -> Where {
    let year = chrono::Datelike::year(&cx.now.date());
    with(
        "held_on BETWEEN ? AND ? AND status <> '已取消'",
        vec![format!("{year}-01-01"), format!("{year}-12-31")],
    )
}

fn all(_: &Cx<'_>) -> Where {
    Where::default()
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where, descending: bool) -> ListSpec {
    ListSpec { name, filter, order: &["held_on"], descending, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("coming", coming, false),
    list("held", held, true),
    list("year", this_year, false),
    list("all", all, true),
];
