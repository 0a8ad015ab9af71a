//! An advisor, described once, what can be done with one, and the ways to look. Knows no SQL but conditions.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::KEEPERS;
use crate::values::dates::Bias;

pub(crate) const PERSON: Field = Field::new("person", Kind::Ref("staff")).required().column(4);
pub(crate) const FIELD: Field =
    Field::new("field", Kind::Choice(Set::Named("advisor_fields"))).required().column(5);
pub(crate) const UNIT: Field = Field::new("unit", Kind::Text).find(Findable::Text);
pub(crate) const LETTER: Field = Field::new("letter_no", Kind::Text).find(Findable::Text);
pub(crate) const FROM: Field = Field::new("from_on", Kind::Date(Bias::Record)).required();
pub(crate) const TO: Field = Field::new("to_on", Kind::Date(Bias::Planning));
pub(crate) const ENDED: Field = Field::new("ended_on", Kind::Date(Bias::Record));
pub(crate) const REASON: Field = Field::new("reason", Kind::Text);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "advisor",
    reference: "no",
    fields: &[PERSON, FIELD, UNIT, LETTER, FROM, TO, ENDED, REASON],
};

const UNTIL: Field = Field::new("to_on", Kind::Date(Bias::Planning)).required();
const ENDS: Field = Field::new("ended_on", Kind::Date(Bias::Record)).required();
const WHY: Field = Field::new("reason", Kind::Text).required();

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: KEEPERS, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    action(
        "engage",
        Scope::Subject,
        &[ask(&PERSON), ask(&FIELD), ask(&LETTER), ask(&TO), keep_back(&FROM), keep_back(&UNIT)],
    ),
    action("extend", Scope::Record, &[Input { field: &UNTIL, ask: Ask::Always }, keep_back(&LETTER)]),
    Action {
        main: false,
        ..action("amend", Scope::Record, &[keep_back(&UNIT), keep_back(&LETTER), keep_back(&TO)])
    },
    Action { main: false, ..action("end", Scope::Record, &[ask(&WHY), keep_back(&ENDS)]) },
];

fn engaged(cx: &Cx<'_>) -> Where {
    let today = cx.now.date().to_string();
    Where {
        sql: "(to_on IS NULL OR to_on >= ?) AND (ended_on IS NULL OR ended_on > ?)".to_owned(),
        values: vec![today.clone().into(), today.into()],
    }
}

fn all(_: &Cx<'_>) -> Where {
    Where::default()
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    ListSpec { name: "engaged", filter: engaged, order: &["field"], descending: false, tick: None },
    ListSpec { name: "all", filter: all, order: &[], descending: true, tick: None },
];
