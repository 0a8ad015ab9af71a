//! What an association needs its people to learn, described once, what can be done with it, and the ways to look. Knows no SQL but
//! conditions.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::{KEEPERS, WORKERS};
use crate::values::dates::Bias;

pub(crate) const ORG: Field =
    Field::new("org", Kind::Choice(Set::Named("orgs"))).required().column(3).synonyms(&["协会", "单位"]);
pub(crate) const TOPIC: Field = Field::new("topic", Kind::Text)
    .required()
    .column(12)
    .find(Findable::Text)
    .synonyms(&["需求", "主题", "培训内容"]);
pub(crate) const AUDIENCE: Field = Field::new("audience", Kind::Text).synonyms(&["对象"]);
pub(crate) const PEOPLE: Field = Field::new("people", Kind::Integer).column(4).synonyms(&["人数"]);
pub(crate) const URGENCY: Field =
    Field::new("urgency", Kind::Choice(Set::Named("need_urgencies"))).column(3).synonyms(&["紧急程度"]);
pub(crate) const SOURCE: Field =
    Field::new("source", Kind::Choice(Set::Named("need_sources"))).synonyms(&["来源"]);
pub(crate) const WANTED_BY: Field =
    Field::new("wanted_by", Kind::Date(Bias::Planning)).synonyms(&["希望日期", "期限"]);
pub(crate) const ASKED: Field = Field::new("asked_on", Kind::Date(Bias::Record)).synonyms(&["提出日期"]);
pub(crate) const SESSION: Field = Field::new("session", Kind::Ref("training"));
pub(crate) const REASON: Field = Field::new("reason", Kind::Text);
pub(crate) const NOTE: Field = Field::new("note", Kind::Long).synonyms(&["备注"]);
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("need_statuses"))).column(3);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "training_need",
    reference: "no",
    fields: &[TOPIC, ORG, PEOPLE, AUDIENCE, URGENCY, SOURCE, WANTED_BY, ASKED, STATUS, SESSION, NOTE, REASON],
};

/// What a session made of needs asks.
pub(crate) const TITLE: Field = Field::new("title", Kind::Text).required();
pub(crate) const HELD: Field = Field::new("held_on", Kind::Date(Bias::Planning)).required();
pub(crate) const LENGTH: Field = Field::new("length", Kind::Text).required();
/// The session that answers needs, where it must be named.
const ANSWER: Field = Field::new("session", Kind::Ref("training")).required();
const WHY: Field = Field::new("reason", Kind::Text).required();

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const RAISE: &[Input] = &[
    ask(&ORG),
    ask(&TOPIC),
    ask(&PEOPLE),
    keep_back(&AUDIENCE),
    keep_back(&URGENCY),
    keep_back(&SOURCE),
    keep_back(&WANTED_BY),
    keep_back(&ASKED),
    keep_back(&NOTE),
];
const AMEND: &[Input] = &[
    keep_back(&TOPIC),
    keep_back(&PEOPLE),
    keep_back(&AUDIENCE),
    keep_back(&URGENCY),
    keep_back(&SOURCE),
    keep_back(&WANTED_BY),
    keep_back(&NOTE),
];

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
    action("raise", Scope::Subject, WORKERS, RAISE),
    action("take-up", Scope::Many, KEEPERS, &[ask(&HELD), ask(&LENGTH), keep_back(&TITLE)]),
    action("answer", Scope::Many, KEEPERS, &[ask(&ANSWER)]),
    Action { main: false, ..action("amend", Scope::Record, WORKERS, AMEND) },
    Action { main: false, ..action("withdraw", Scope::Record, WORKERS, &[ask(&WHY)]) },
];

fn only(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn open(_: &Cx<'_>) -> Where {
    only("status = '待安排'")
}

fn arranged(_: &Cx<'_>) -> Where {
    only("status = '已安排'")
}

fn all(_: &Cx<'_>) -> Where {
    Where::default()
}

/// The ways to look: what is open first, the most urgent before the rest.
pub(crate) static LISTS: &[ListSpec] = &[
    ListSpec { name: "open", filter: open, order: &["pressing", "asked_on"], descending: false, tick: None },
    ListSpec { name: "arranged", filter: arranged, order: &[], descending: true, tick: None },
    ListSpec { name: "all", filter: all, order: &[], descending: true, tick: None },
];
