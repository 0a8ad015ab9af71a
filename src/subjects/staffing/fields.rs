//! The record of a request for people, described once, what its forms ask besides, and what can be done with one (SM-08p).
//! Knows no SQL.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::subjects::shifts::fields as shifts;
use crate::subjects::staff::fields::skills;
use crate::subjects::{KEEPERS, WORKERS};
use crate::values::dates::Bias;

pub(crate) const NO: Field = Field::new("no", Kind::Text).find(Findable::Code);
pub(crate) const ORG: Field =
    Field::new("org", Kind::Choice(Set::Named("orgs"))).required().column(2).synonyms(&["协会", "申请单位"]);
pub(crate) const TASK: Field = Field::new("task", Kind::Text)
    .required()
    .column(8)
    .find(Findable::Text)
    .synonyms(&["任务", "事由", "用途"]);
pub(crate) const SKILLS: Field =
    Field::new("skills", Kind::Choices(Set::Made(skills))).find(Findable::Text).synonyms(&["技能", "要求"]);
pub(crate) const NUMBER: Field =
    Field::new("number", Kind::Integer).required().column(3).synonyms(&["人数", "需要人数"]);
pub(crate) const STARTS: Field = Field::new("starts_at", Kind::Moment(Bias::Planning))
    .required()
    .column(11)
    .synonyms(&["开始", "开始时间"]);
pub(crate) const ENDS: Field =
    Field::new("ends_at", Kind::Moment(Bias::Planning)).required().synonyms(&["结束", "结束时间"]);
pub(crate) const ZONE: Field = Field::new("zone", Kind::Ref("zones")).synonyms(&["场地"]);
pub(crate) const PLACE: Field = Field::new("place", Kind::Text).synonyms(&["地点"]);
pub(crate) const STATUS: Field =
    Field::new("status", Kind::Choice(Set::Named("staff_request_statuses"))).column(4);
pub(crate) const APPLICANT: Field = Field::new("applicant", Kind::Text).find(Findable::Other);
pub(crate) const DECIDER: Field = Field::new("decider", Kind::Text);
pub(crate) const REFUSED: Field = Field::new("refused_reason", Kind::Text);
pub(crate) const RESULT: Field = Field::new("result", Kind::Text);
pub(crate) const RATING: Field = Field::new("rating", Kind::Choice(Set::Named("ratings")));

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "staff_request",
    reference: "no",
    fields: &[
        NO, ORG, TASK, SKILLS, NUMBER, STARTS, ENDS, ZONE, PLACE, STATUS, APPLICANT, DECIDER, REFUSED,
        RESULT, RATING,
    ],
};

/// Why.
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required();

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const fn confirm(field: &'static Field) -> Input {
    Input { field, ask: Ask::Always }
}

/// A request: the line first, what it did not say after it, how many come last.
const REQUEST: &[Input] = &[
    ask(&shifts::LINE),
    ask(&shifts::DAY),
    ask(&shifts::HOURS),
    ask(&ORG),
    ask(&TASK),
    keep_back(&SKILLS),
    keep_back(&ZONE),
    keep_back(&PLACE),
    confirm(&NUMBER),
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
    Action { main: true, ..action("request", Scope::Subject, WORKERS, REQUEST) },
    Action {
        main: true,
        ..action("allot", Scope::Record, KEEPERS, &[confirm(&shifts::PEOPLE), keep_back(&shifts::OVERRIDE)])
    },
    Action { main: true, ..action("refuse", Scope::Record, KEEPERS, &[ask(&REASON)]) },
    action("withdraw", Scope::Record, WORKERS, &[ask(&REASON)]),
    action("begin", Scope::Record, WORKERS, &[]),
    Action {
        main: true,
        ..action("finish", Scope::Record, WORKERS, &[confirm(&RATING), keep_back(&RESULT)])
    },
];
