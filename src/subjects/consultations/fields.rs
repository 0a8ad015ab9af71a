//! Something asked of an advisor, described once, what can be done with it, and the ways to look. Knows no SQL but conditions.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::values::dates::Bias;

/// Who asks advisors: the secretariat's posts and the heads of the associations.
pub(crate) const ASKERS: &[&str] = &[
    "secretary",
    "deputy_secretary",
    "general_affairs",
    "accountant",
    "project_service",
    "publicity",
    "association_head",
    "liaison",
];

pub(crate) const ADVISOR: Field = Field::new("advisor", Kind::Ref("advisors")).required();
pub(crate) const QUESTION: Field = Field::new("question", Kind::Text).required().find(Findable::Text);
pub(crate) const ORG: Field = Field::new("org", Kind::Choice(Set::Named("orgs"))).required();
pub(crate) const ASKED_BY: Field = Field::new("asked_by", Kind::Text);
pub(crate) const ASKED_ON: Field = Field::new("asked_on", Kind::Date(Bias::Record)).required();
pub(crate) const DUE: Field = Field::new("due", Kind::Date(Bias::Planning));
pub(crate) const LINKED: Field = Field::new("linked", Kind::Text).find(Findable::Code);
pub(crate) const ADVICE: Field = Field::new("advice", Kind::Long).find(Findable::Text);
pub(crate) const ADVISED_ON: Field = Field::new("advised_on", Kind::Date(Bias::Record));
pub(crate) const ADOPTED: Field = Field::new("adopted", Kind::Choice(Set::Named("adoptions")));
pub(crate) const RESULT: Field = Field::new("result", Kind::Text).find(Findable::Text);
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("consultation_statuses")));

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "consultation",
    reference: "no",
    fields: &[
        QUESTION, ADVISOR, STATUS, ORG, ASKED_BY, ASKED_ON, DUE, LINKED, ADVICE, ADVISED_ON, ADOPTED, RESULT,
    ],
};

const ANSWERED: Field = Field::new("advice", Kind::Long).required();
const ANSWERED_ON: Field = Field::new("advised_on", Kind::Date(Bias::Record)).required();
const DECIDED: Field = Field::new("adopted", Kind::Choice(Set::Named("adoptions"))).required();
const WHY: Field = Field::new("result", Kind::Text).required();

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: ASKERS, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    action(
        "ask",
        Scope::Subject,
        &[
            ask(&ADVISOR),
            ask(&QUESTION),
            ask(&DUE),
            ask(&LINKED),
            keep_back(&ORG),
            keep_back(&ASKED_BY),
            keep_back(&ASKED_ON),
        ],
    ),
    action("answer", Scope::Record, &[ask(&ANSWERED), keep_back(&ANSWERED_ON)]),
    action("adopt", Scope::Record, &[ask(&DECIDED), ask(&RESULT)]),
    Action { main: false, ..action("link", Scope::Record, &[ask(&LINKED)]) },
    Action { main: false, ..action("withdraw", Scope::Record, &[ask(&WHY)]) },
];

fn only(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn waiting(_: &Cx<'_>) -> Where {
    only("status = '待答复'")
}

fn answered(_: &Cx<'_>) -> Where {
    only("status = '已答复'")
}

fn all(_: &Cx<'_>) -> Where {
    Where::default()
}

/// The ways to look: what waits first.
pub(crate) static LISTS: &[ListSpec] = &[
    ListSpec { name: "waiting", filter: waiting, order: &["asked_on"], descending: false, tick: None },
    ListSpec { name: "answered", filter: answered, order: &["asked_on"], descending: false, tick: None },
    ListSpec { name: "all", filter: all, order: &[], descending: true, tick: None },
];
