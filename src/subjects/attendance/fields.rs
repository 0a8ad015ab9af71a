//! Somebody at a session, described once, what can be done with it, and the ways to look. Knows no SQL but conditions.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::{DESK, KEEPERS};
use crate::values::dates::Bias;

pub(crate) const SESSION: Field = Field::new("session", Kind::Ref("training")).required();
pub(crate) const PERSON: Field = Field::new("person", Kind::Ref("staff")).required();
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("attendance_statuses")));
pub(crate) const MINUTES: Field = Field::new("minutes", Kind::Integer);
pub(crate) const ASSESSMENT: Field = Field::new("assessment", Kind::Choice(Set::Named("assessments")));
pub(crate) const CERTIFICATE: Field = Field::new("certificate_no", Kind::Text).find(Findable::Code);
pub(crate) const CERTIFIED: Field = Field::new("certified_on", Kind::Date(Bias::Record));
pub(crate) const NOTE: Field = Field::new("note", Kind::Text).find(Findable::Text);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "attendance",
    reference: "no",
    fields: &[SESSION, PERSON, STATUS, MINUTES, ASSESSMENT, CERTIFICATE, CERTIFIED, NOTE],
};

/// How long somebody was there, as hands type it.
pub(crate) const LENGTH: Field = Field::new("length", Kind::Text);

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const fn action(name: &'static str, inputs: &'static [Input]) -> Action {
    Action { name, scope: Scope::Many, posts: DESK, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done, to one or to all the marked.
pub(crate) static ACTIONS: &[Action] = &[
    action("came", &[]),
    action("absent", &[]),
    action("excused", &[]),
    action("assess", &[ask(&ASSESSMENT), keep_back(&LENGTH), keep_back(&NOTE)]),
    Action { posts: KEEPERS, ..action("certify", &[]) },
];

fn with(sql: &str, values: Vec<String>) -> Where {
    Where { sql: sql.to_owned(), values: values.into_iter().map(Into::into).collect() }
}

fn to_mark(cx: &Cx<'_>) -> Where {
    with(
        "status = '已报名' AND session IN (SELECT id FROM training_session WHERE held_on <= ? AND status <> '已取消')",
        vec![cx.now.date().to_string()],
    )
}

fn enrolled(cx: &Cx<'_>) -> Where {
    with(
        "status = '已报名' AND session IN (SELECT id FROM training_session WHERE held_on > ? AND status <> '已取消')",
        vec![cx.now.date().to_string()],
    )
}

fn came(_: &Cx<'_>) -> Where {
    with("status = '已到'", Vec::new())
}

fn certified(_: &Cx<'_>) -> Where {
    with("certified_on IS NOT NULL", Vec::new())
}

fn all(_: &Cx<'_>) -> Where {
    Where::default()
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where, descending: bool) -> ListSpec {
    ListSpec { name, filter, order: &["session"], descending, tick: None }
}

/// The ways to look: what is to be marked first; Enter there takes the marked as having come.
pub(crate) static LISTS: &[ListSpec] = &[
    ListSpec { tick: Some("came"), ..list("to-mark", to_mark, false) },
    list("enrolled", enrolled, false),
    list("came", came, true),
    list("certified", certified, true),
    list("all", all, true),
];
