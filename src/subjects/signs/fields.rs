//! The record of a sign, described once, its lists and what may be done with one. Knows no SQL besides the conditions of the
//! lists.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::DESK;
use crate::subjects::zones::fields::WARDENS;
use crate::values::dates::Bias;

const NO: Field = Field::new("no", Kind::Text).find(Findable::Code).synonyms(&["编号"]);
const ZONE: Field =
    Field::new("zone", Kind::Ref("zones")).required().column(8).sticky().synonyms(&["场地", "区域"]);
const TEXT: Field =
    Field::new("text", Kind::Text).required().column(10).find(Findable::Text).synonyms(&["文字", "内容"]);
const FORMS: Field =
    Field::new("forms", Kind::Choices(Set::Named("sign_forms"))).column(6).synonyms(&["形式"]);
const INSTALLED_ON: Field =
    Field::new("installed_on", Kind::Date(Bias::Record)).column(10).synonyms(&["安装日期"]);
const STATE: Field =
    Field::new("state", Kind::Choice(Set::Named("sign_states"))).required().column(2).synonyms(&["状况"]);
const CHECKED_ON: Field = Field::new("checked_on", Kind::Date(Bias::Record)).synonyms(&["检查日期"]);
const REMOVED_ON: Field = Field::new("removed_on", Kind::Date(Bias::Record));
const REMARK: Field = Field::new("remark", Kind::Text).synonyms(&["备注"]);
const FAULT: Field = Field::new("fault", Kind::Text).required();

/// The record.
pub(super) static RECORD: Record = Record {
    table: "sign",
    reference: "no",
    fields: &[ZONE, TEXT, FORMS, INSTALLED_ON, STATE, CHECKED_ON, REMOVED_ON, REMARK, NO],
};

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const CREATE: &[Input] = &[
    ask(&ZONE),
    ask(&TEXT),
    ask(&FORMS),
    keep_back(&INSTALLED_ON),
    keep_back(&STATE),
    keep_back(&CHECKED_ON),
    keep_back(&REMARK),
];

const AMEND: &[Input] = &[
    keep_back(&STATE),
    keep_back(&TEXT),
    keep_back(&FORMS),
    keep_back(&ZONE),
    keep_back(&INSTALLED_ON),
    keep_back(&REMARK),
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
pub(super) static ACTIONS: &[Action] = &[
    action("create", Scope::Subject, WARDENS, CREATE),
    action("check", Scope::Many, DESK, &[]),
    action("report", Scope::Record, DESK, &[ask(&FAULT)]),
    action("amend", Scope::Record, WARDENS, AMEND),
    Action { confirm: true, main: false, ..action("remove", Scope::Record, WARDENS, &[]) },
];

fn open(_: &Cx<'_>) -> Where {
    Where { sql: "removed_on IS NULL".to_owned(), values: Vec::new() }
}

fn broken(_: &Cx<'_>) -> Where {
    Where { sql: "removed_on IS NULL AND state <> '完好'".to_owned(), values: Vec::new() }
}

fn all(_: &Cx<'_>) -> Where {
    Where { sql: "1".to_owned(), values: Vec::new() }
}

/// The ways to look: by zone, the ones in place first.
pub(super) static LISTS: &[ListSpec] = &[
    ListSpec { name: "open", filter: open, order: &["zone"], descending: false, tick: Some("check") },
    ListSpec { name: "broken", filter: broken, order: &["zone"], descending: false, tick: None },
    ListSpec { name: "all", filter: all, order: &[], descending: true, tick: None },
];
