//! The record of an item that is used up, described once, its lists and what may be done with one. Knows no SQL.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record};
use crate::desk::subject::{Cx, ListSpec, Where};

/// The posts that keep the store (G-6.2.3).
pub(crate) const STOREKEEPERS: &[&str] = &["secretary", "deputy_secretary", "general_affairs"];

pub(crate) const NO: Field = Field::new("no", Kind::Text).column(5).find(Findable::Code).synonyms(&[
    "item_no",
    "编号",
    "耗材编号",
    "物品编号",
]);
pub(crate) const NAME: Field = Field::new("name", Kind::Text)
    .required()
    .column(8)
    .find(Findable::Name)
    .synonyms(&["品名", "名称", "耗材名称", "物品名称"]);
pub(crate) const UNIT: Field = Field::new("unit", Kind::Text).required().synonyms(&["单位", "计量单位"]);
pub(crate) const REORDER_LEVEL: Field =
    Field::new("reorder_level", Kind::Integer).column(4).synonyms(&["最低库存", "安全库存", "警戒库存"]);
pub(crate) const USUAL_PRICE: Field =
    Field::new("usual_price", Kind::Money).column(6).synonyms(&["last_unit_price", "单价", "参考单价"]);
pub(crate) const PLACE: Field = Field::new("place", Kind::Ref("zones")).synonyms(&["存放地点", "位置"]);
pub(crate) const NOTE: Field = Field::new("note", Kind::Text).synonyms(&["备注"]);
/// Units on the shelf: follows from the moves.
pub(crate) const QUANTITY: Field =
    Field::new("quantity", Kind::Integer).column(4).synonyms(&["book_qty", "库存", "数量", "库存数量"]);
/// What they cost: follows from the moves.
pub(crate) const WORTH: Field = Field::new("worth", Kind::Money).column(8);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "consumable",
    reference: "no",
    fields: &[NO, NAME, UNIT, QUANTITY, REORDER_LEVEL, USUAL_PRICE, WORTH, PLACE, NOTE],
};

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const CREATE: &[Input] = &[
    ask(&NAME),
    ask(&UNIT),
    ask(&REORDER_LEVEL),
    ask(&QUANTITY),
    ask(&USUAL_PRICE),
    keep_back(&NO),
    keep_back(&PLACE),
    keep_back(&NOTE),
];
const AMEND: &[Input] = &[
    keep_back(&NAME),
    keep_back(&UNIT),
    keep_back(&REORDER_LEVEL),
    keep_back(&USUAL_PRICE),
    keep_back(&PLACE),
    keep_back(&NOTE),
];

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input], confirm: bool) -> Action {
    Action { name, scope, posts: STOREKEEPERS, inputs, confirm, main: !confirm, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    action("create", Scope::Subject, CREATE, false),
    action("amend", Scope::Record, AMEND, false),
    action("close", Scope::Record, &[], true),
    action("reopen", Scope::Record, &[], true),
];

fn only(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn open(_: &Cx<'_>) -> Where {
    only("closed_on IS NULL")
}

fn low(_: &Cx<'_>) -> Where {
    only("closed_on IS NULL AND quantity <= reorder_level")
}

fn all(_: &Cx<'_>) -> Where {
    only("1")
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["no"], descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[list("open", open), list("low", low), list("all", all)];
