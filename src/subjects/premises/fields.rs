//! The record of premises, described once, its lists and what may be done with one. Knows no SQL.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::zones::fields::WARDENS;
use crate::values::dates::Bias;

const CODE: Field = Field::new("code", Kind::Text).column(5).find(Findable::Code);
const NAME: Field = Field::new("name", Kind::Text).required().column(10).find(Findable::Name);
const ADDRESS: Field = Field::new("address", Kind::Text).find(Findable::Text);
const FROM: Field = Field::new("from_org", Kind::Choice(Set::Named("orgs"))).required().column(3);
const OWNER: Field = Field::new("owner", Kind::Text).required().column(8).find(Findable::Text);
const TENURE: Field = Field::new("tenure", Kind::Choice(Set::Named("tenures"))).required();
const AREA: Field = Field::new("area", Kind::Integer).column(5);
const HANDED_OVER: Field = Field::new("handed_over_on", Kind::Date(Bias::Record)).column(10);
const DOCUMENTS: Field = Field::new("documents", Kind::Long);
const STATE: Field = Field::new("state", Kind::Choice(Set::Named("premises_states"))).required().column(3);

/// The record.
pub(super) static RECORD: Record = Record {
    table: "premises",
    reference: "code",
    fields: &[CODE, NAME, ADDRESS, FROM, OWNER, TENURE, AREA, HANDED_OVER, DOCUMENTS, STATE],
};

const fn input(field: &'static Field, ask: Ask) -> Input {
    Input { field, ask }
}

const CREATE: &[Input] = &[
    input(&NAME, Ask::IfEmpty),
    input(&ADDRESS, Ask::IfEmpty),
    input(&FROM, Ask::IfEmpty),
    input(&OWNER, Ask::IfEmpty),
    input(&TENURE, Ask::IfEmpty),
    input(&AREA, Ask::IfEmpty),
    input(&DOCUMENTS, Ask::IfEmpty),
    input(&STATE, Ask::OnRequest),
    input(&HANDED_OVER, Ask::OnRequest),
];

const AMEND: &[Input] = &[
    input(&STATE, Ask::OnRequest),
    input(&HANDED_OVER, Ask::OnRequest),
    input(&NAME, Ask::OnRequest),
    input(&ADDRESS, Ask::OnRequest),
    input(&OWNER, Ask::OnRequest),
    input(&TENURE, Ask::OnRequest),
    input(&AREA, Ask::OnRequest),
    input(&DOCUMENTS, Ask::OnRequest),
];

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: WARDENS, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done.
pub(super) static ACTIONS: &[Action] =
    &[action("create", Scope::Subject, CREATE), action("amend", Scope::Record, AMEND)];

fn all(_: &Cx<'_>) -> Where {
    Where { sql: "1".to_owned(), values: Vec::new() }
}

/// The ways to look.
pub(super) static LISTS: &[ListSpec] =
    &[ListSpec { name: "all", filter: all, order: &["code"], descending: false, tick: None }];
