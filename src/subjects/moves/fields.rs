//! The record of a move of goods, described once, its lists and what may be done. Knows no SQL.

use rusqlite::types::Value;

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::DESK;
use crate::subjects::consumables::fields::STOREKEEPERS;
use crate::values::dates::Bias;

pub(crate) const NO: Field = Field::new("no", Kind::Text).find(Findable::Code);
pub(crate) const MOVED_ON: Field = Field::new("moved_on", Kind::Date(Bias::Record)).required().column(4);
pub(crate) const ITEM: Field = Field::new("item", Kind::Ref("consumables")).required().column(8);
pub(crate) const KIND: Field = Field::new("kind", Kind::Choice(Set::Named("move_kinds"))).column(4);
pub(crate) const QUANTITY: Field = Field::new("quantity", Kind::Integer).required().column(4);
pub(crate) const PRICE: Field = Field::new("price", Kind::Money).required();
pub(crate) const AMOUNT: Field = Field::new("amount", Kind::Money).column(8);
pub(crate) const ORG: Field = Field::new("org", Kind::Choice(Set::Named("orgs"))).required().column(4);
pub(crate) const TAKER: Field = Field::new("taker", Kind::Text).find(Findable::Other);
pub(crate) const NOTE: Field = Field::new("note", Kind::Text).find(Findable::Text);
pub(crate) const REVERSES: Field = Field::new("reverses", Kind::Ref("moves"));
pub(crate) const PURCHASE: Field = Field::new("purchase", Kind::Ref("purchases"));
pub(crate) const STOCK: Field = Field::new("stock", Kind::Integer).column(4);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "consumable_move",
    reference: "no",
    fields: &[NO, MOVED_ON, KIND, ITEM, QUANTITY, PRICE, AMOUNT, ORG, TAKER, NOTE, REVERSES, PURCHASE, STOCK],
};

/// What a hand types: the goods, how many, for whom, in any order.
pub(crate) const LINE: Field = Field::new("line", Kind::Text);
/// How many a count found.
pub(crate) const COUNTED: Field = Field::new("counted", Kind::Integer).required();
/// Why.
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required();

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn confirm(field: &'static Field) -> Input {
    Input { field, ask: Ask::Always }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const ISSUE: &[Input] = &[
    ask(&LINE),
    ask(&ITEM),
    ask(&QUANTITY),
    ask(&ORG),
    confirm(&TAKER),
    keep_back(&NOTE),
    keep_back(&MOVED_ON),
];
const RECEIVE: &[Input] = &[
    ask(&LINE),
    ask(&ITEM),
    ask(&QUANTITY),
    ask(&PRICE),
    keep_back(&AMOUNT),
    confirm(&NOTE),
    keep_back(&MOVED_ON),
];
const SPOIL: &[Input] = &[ask(&LINE), ask(&ITEM), ask(&QUANTITY), ask(&REASON), keep_back(&MOVED_ON)];
const COUNT: &[Input] = &[ask(&ITEM), ask(&COUNTED), ask(&REASON), ask(&PRICE), keep_back(&MOVED_ON)];

const fn action(name: &'static str, inputs: &'static [Input]) -> Action {
    Action { name, scope: Scope::Subject, posts: STOREKEEPERS, inputs, confirm: false, main: true, row: true }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action { posts: DESK, ..action("issue", ISSUE) },
    action("receive", RECEIVE),
    Action { posts: DESK, main: false, ..action("bring-back", ISSUE) },
    Action { main: false, ..action("count", COUNT) },
    Action { main: false, ..action("spoil", SPOIL) },
    Action { scope: Scope::Record, main: false, row: false, ..action("reverse", &[ask(&REASON)]) },
];

fn all(_: &Cx<'_>) -> Where {
    Where { sql: "1".to_owned(), values: Vec::new() }
}

fn of(flow: &str) -> Where {
    Where { sql: "flow = ?".to_owned(), values: vec![Value::Text(flow.to_owned())] }
}

fn issued(_: &Cx<'_>) -> Where {
    of("用")
}

fn received(_: &Cx<'_>) -> Where {
    of("进")
}

fn lost(_: &Cx<'_>) -> Where {
    of("差")
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &[], descending: false, tick: None }
}

/// The ways to look, the usual one first. A move stands where it was written: the order of the costs.
pub(crate) static LISTS: &[ListSpec] =
    &[list("all", all), list("issued", issued), list("received", received), list("lost", lost)];
