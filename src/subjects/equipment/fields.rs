//! The record of what keeps people safe and runs out, described once, its lists and what may be done with it. Knows no SQL
//! besides the conditions of the lists.

use chrono::Days;

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::zones::fields::WARDENS;
use crate::subjects::{DESK, keep};
use crate::values::dates::Bias;

const NO: Field = Field::new("no", Kind::Text).find(Findable::Code).synonyms(&["编号"]);
const KIND: Field = Field::new("kind", Kind::Choice(Set::Named("equipment_kinds")))
    .required()
    .column(4)
    .synonyms(&["类别", "种类"]);
const ZONE: Field = Field::new("zone", Kind::Ref("zones")).column(8).synonyms(&["场地", "位置"]);
const SPEC: Field =
    Field::new("spec", Kind::Text).column(8).find(Findable::Text).synonyms(&["规格", "型号", "规格型号"]);
const INSTALLED_ON: Field = Field::new("installed_on", Kind::Date(Bias::Record)).synonyms(&["配备日期"]);
const CHECKED_ON: Field =
    Field::new("checked_on", Kind::Date(Bias::Record)).column(10).synonyms(&["检查日期"]);
const EXPIRES_ON: Field = Field::new("expires_on", Kind::Date(Bias::Planning)).column(10).synonyms(&[
    "有效期",
    "到期日期",
    "有效期至",
]);
const RETIRED_ON: Field = Field::new("retired_on", Kind::Date(Bias::Record));
const REMARK: Field = Field::new("remark", Kind::Text).synonyms(&["备注"]);
const FAULT: Field = Field::new("fault", Kind::Text).required();

/// The record.
pub(super) static RECORD: Record = Record {
    table: "equipment",
    reference: "no",
    fields: &[KIND, ZONE, SPEC, EXPIRES_ON, CHECKED_ON, INSTALLED_ON, RETIRED_ON, REMARK, NO],
};

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const CREATE: &[Input] = &[
    ask(&KIND),
    ask(&ZONE),
    ask(&SPEC),
    ask(&EXPIRES_ON),
    keep_back(&INSTALLED_ON),
    keep_back(&CHECKED_ON),
    keep_back(&REMARK),
];

const AMEND: &[Input] = &[
    keep_back(&KIND),
    keep_back(&ZONE),
    keep_back(&SPEC),
    keep_back(&EXPIRES_ON),
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
    action("renew", Scope::Many, DESK, &[ask(&EXPIRES_ON), keep_back(&CHECKED_ON)]),
    action("report", Scope::Record, DESK, &[ask(&FAULT)]),
    action("amend", Scope::Record, WARDENS, AMEND),
    Action { confirm: true, main: false, ..action("retire", Scope::Record, WARDENS, &[]) },
];

fn open(_: &Cx<'_>) -> Where {
    Where { sql: "retired_on IS NULL".to_owned(), values: Vec::new() }
}

/// By when something must run out to be told of now.
pub(super) fn soon(cx: &Cx<'_>) -> chrono::NaiveDate {
    cx.now.date() + Days::new(cx.catalog.rule("equipment_reminder").value.unsigned_abs())
}

fn expiring(cx: &Cx<'_>) -> Where {
    Where { sql: "retired_on IS NULL AND expires_on <= ?".to_owned(), values: vec![keep::day(soon(cx))] }
}

fn all(_: &Cx<'_>) -> Where {
    Where { sql: "1".to_owned(), values: Vec::new() }
}

/// The ways to look: what runs out first stands first.
pub(super) static LISTS: &[ListSpec] = &[
    ListSpec { name: "open", filter: open, order: &["expires_on"], descending: false, tick: None },
    ListSpec {
        name: "expiring",
        filter: expiring,
        order: &["expires_on"],
        descending: false,
        tick: Some("renew"),
    },
    ListSpec { name: "all", filter: all, order: &[], descending: true, tick: None },
];
