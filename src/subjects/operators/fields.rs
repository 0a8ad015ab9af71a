//! What is kept of an operator that a person may see, the lists, and what may be done. Knows no SQL.

use rusqlite::types::Value;

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::store::sessions;
use crate::values::dates::Bias;

/// Who may say who may sign in.
pub(crate) const KEEPERS: &[&str] = &["administrator", "secretary", "deputy_secretary"];

/// The name as signed.
pub(crate) const NAME: Field = Field::new("name", Kind::Text).required().column(6).find(Findable::Name);
/// Whether the person may sign in at all.
pub(crate) const ACTIVE: Field = Field::new("active", Kind::Flag);
const POST: Field = Field::new("post", Kind::Choice(Set::Named("posts")));
const POST_NEEDED: Field = Field::new("post", Kind::Choice(Set::Named("posts"))).required();
const ORG: Field = Field::new("org", Kind::Choice(Set::Named("orgs")));
const UNTIL: Field = Field::new("until", Kind::Date(Bias::Planning));
const REASON: Field = Field::new("reason", Kind::Text).required();

/// An operator.
pub(crate) static RECORD: Record =
    Record { table: "operator", reference: "'OP-' || id", fields: &[NAME, ACTIVE] };

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    let confirm = inputs.is_empty();
    Action { name, scope, posts: KEEPERS, inputs, confirm, main: false, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    action("add", Scope::Subject, &[ask(&NAME), ask(&POST), ask(&ORG), ask(&UNTIL)]),
    action("post", Scope::Record, &[ask(&POST_NEEDED), ask(&ORG), ask(&UNTIL)]),
    action("end", Scope::Record, &[ask(&POST_NEEDED), ask(&ORG)]),
    action("pin", Scope::Record, &[]),
    action("unlock", Scope::Record, &[]),
    action("remove", Scope::Record, &[ask(&REASON)]),
    action("readmit", Scope::Record, &[]),
];

fn only(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn active(_: &Cx<'_>) -> Where {
    only("active = 1")
}

/// Those with a living desk.
fn present(cx: &Cx<'_>) -> Where {
    let alive = sessions::all(cx.db).unwrap_or_default().into_iter().filter(|session| session.alive);
    let values: Vec<Value> = alive.map(|session| session.operator_id.into()).collect();
    Where { sql: format!("id IN ({})", vec!["?"; values.len()].join(", ")), values }
}

fn wrong(_: &Cx<'_>) -> Where {
    only("failed_count > 0")
}

fn gone(_: &Cx<'_>) -> Where {
    only("active = 0")
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["name"], descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] =
    &[list("active", active), list("present", present), list("wrong", wrong), list("gone", gone)];
