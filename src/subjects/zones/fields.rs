//! The record of a zone, described once, its lists and what may be done with one. Knows no SQL.

use crate::catalog::Catalog;
use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set, Word};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::set;

/// The posts that keep the premises (G-6.1.1).
pub(crate) const WARDENS: &[&str] = &["secretary", "deputy_secretary", "general_affairs"];

/// Accessibility a zone can offer.
pub(crate) fn features(catalog: &Catalog) -> Vec<Word> {
    set(catalog, "features")
}

pub(crate) const CODE: Field = Field::new("code", Kind::Text)
    .required()
    .column(6)
    .find(Findable::Code)
    .synonyms(&["zone_id", "编号", "场地编号"]);
pub(crate) const KEY: Field = Field::new("key", Kind::Text).find(Findable::Code);
pub(crate) const NAME: Field =
    Field::new("name", Kind::Text).required().column(8).find(Findable::Name).synonyms(&["名称", "场地名称"]);
pub(crate) const PREMISES: Field = Field::new("premises", Kind::Ref("premises"));
pub(crate) const PARENT: Field = Field::new("parent", Kind::Ref("zones")).synonyms(&["parent_id", "上级"]);
pub(crate) const CLASS: Field = Field::new("class", Kind::Choice(Set::Named("zone_classes")));
pub(crate) const KIND: Field =
    Field::new("kind", Kind::Choice(Set::Named("zone_kinds"))).required().column(6).synonyms(&["类型"]);
pub(crate) const CAPACITY: Field = Field::new("capacity", Kind::Integer).column(4).synonyms(&["容纳人数"]);
pub(crate) const FIRE_LIMIT: Field = Field::new("fire_limit", Kind::Integer);
pub(crate) const DEDICATED: Field =
    Field::new("dedicated_to", Kind::Choices(Set::Named("orgs"))).column(4).synonyms(&["专属"]);
pub(crate) const FEATURES: Field = Field::new("features", Kind::Choices(Set::Named("features")))
    .find(Findable::Text)
    .synonyms(&["accessibility", "无障碍"]);
pub(crate) const OPENS: Field = Field::new("opens", Kind::Text);
pub(crate) const CLOSES: Field = Field::new("closes", Kind::Text);
pub(crate) const APPROVAL: Field = Field::new("approval", Kind::Flag);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "zone",
    reference: "code",
    fields: &[
        CODE, NAME, KEY, PREMISES, PARENT, CLASS, KIND, CAPACITY, FIRE_LIMIT, DEDICATED, FEATURES, OPENS,
        CLOSES, APPROVAL,
    ],
};

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const CREATE: &[Input] = &[
    ask(&CODE),
    ask(&NAME),
    ask(&KIND),
    ask(&PARENT),
    keep_back(&CLASS),
    ask(&CAPACITY),
    keep_back(&FIRE_LIMIT),
    ask(&DEDICATED),
    ask(&FEATURES),
    keep_back(&KEY),
    keep_back(&OPENS),
    keep_back(&CLOSES),
    keep_back(&APPROVAL),
    keep_back(&PREMISES),
];

const AMEND: &[Input] = &[
    keep_back(&NAME),
    keep_back(&KEY),
    keep_back(&KIND),
    keep_back(&PARENT),
    keep_back(&CLASS),
    keep_back(&CAPACITY),
    keep_back(&FIRE_LIMIT),
    keep_back(&DEDICATED),
    keep_back(&FEATURES),
    keep_back(&OPENS),
    keep_back(&CLOSES),
    keep_back(&APPROVAL),
    keep_back(&PREMISES),
];

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input], confirm: bool) -> Action {
    Action { name, scope, posts: WARDENS, inputs, confirm, main: !confirm, row: false }
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

fn dedicated(_: &Cx<'_>) -> Where {
    only("closed_on IS NULL AND dedicated_to IS NOT NULL")
}

fn all(_: &Cx<'_>) -> Where {
    only("1")
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["code"], descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[list("open", open), list("dedicated", dedicated), list("all", all)];
