//! The record of a ticket, described once, its lists and what may be done with one. Knows no SQL besides the conditions of the
//! lists, each of which runs along an index.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::DESK;
use crate::subjects::zones::fields::WARDENS;
use crate::values::dates::Bias;

pub(crate) const NO: Field =
    Field::new("no", Kind::Text).column(6).find(Findable::Code).synonyms(&["报修单号", "编号"]);
pub(crate) const ZONE: Field = Field::new("zone", Kind::Ref("zones")).column(6).synonyms(&["场地", "地点"]);
pub(crate) const ASSET: Field =
    Field::new("asset", Kind::Ref("assets")).synonyms(&["资产", "资产编号", "asset_no"]);
pub(crate) const OBJECT: Field =
    Field::new("object", Kind::Text).column(6).find(Findable::Text).synonyms(&["报修对象", "设备", "物品"]);
pub(crate) const FAULT: Field = Field::new("fault", Kind::Text)
    .required()
    .column(10)
    .find(Findable::Text)
    .synonyms(&["故障", "问题", "故障描述"]);
pub(crate) const PRIORITY: Field = Field::new("priority", Kind::Choice(Set::Named("ticket_priorities")))
    .required()
    .column(2)
    .synonyms(&["紧急程度"]);
pub(crate) const REPORTER: Field =
    Field::new("reporter", Kind::Text).required().find(Findable::Other).synonyms(&["报修人"]);
pub(crate) const REPORTED_ON: Field =
    Field::new("reported_on", Kind::Date(Bias::Record)).required().synonyms(&["报修日期"]);
pub(crate) const DUE_ON: Field =
    Field::new("due_on", Kind::Date(Bias::Planning)).required().column(5).synonyms(&["期限", "限期"]);
pub(crate) const STATUS: Field =
    Field::new("status", Kind::Choice(Set::Named("ticket_statuses"))).column(3).synonyms(&["状态"]);
pub(crate) const VENDOR: Field = Field::new("vendor", Kind::Text)
    .required()
    .column(5)
    .find(Findable::Text)
    .synonyms(&["维修单位", "供应商"]);
pub(crate) const RESULT: Field =
    Field::new("result", Kind::Text).required().find(Findable::Text).synonyms(&["处理结果", "维修结果"]);
pub(crate) const PARTS: Field = Field::new("parts", Kind::Text).synonyms(&["更换配件", "配件"]);
pub(crate) const COST: Field = Field::new("cost", Kind::Money).synonyms(&["费用", "维修费"]);
pub(crate) const FINISHED_ON: Field =
    Field::new("finished_on", Kind::Date(Bias::Record)).required().synonyms(&["完成日期"]);
pub(crate) const WARRANTY: Field =
    Field::new("warranty_until", Kind::Date(Bias::Planning)).synonyms(&["保修期", "保修至"]);
pub(crate) const VERIFIER: Field = Field::new("verifier", Kind::Text).synonyms(&["验收人"]);
pub(crate) const REMARK: Field = Field::new("remark", Kind::Text).synonyms(&["备注"]);
pub(crate) const PHOTO: Field = Field::new("photo", Kind::Text).synonyms(&["照片"]);

/// The record. What a ticket is about (`asset`, `zone`, `object`) stands first, in the order of `object`.
pub(crate) static RECORD: Record = Record {
    table: "work_ticket",
    reference: "no",
    fields: &[
        NO,
        ASSET,
        ZONE,
        OBJECT,
        FAULT,
        PRIORITY,
        REPORTER,
        REPORTED_ON,
        DUE_ON,
        STATUS,
        VENDOR,
        RESULT,
        PARTS,
        COST,
        FINISHED_ON,
        WARRANTY,
        VERIFIER,
        REMARK,
        PHOTO,
    ],
};

/// The line a hand types: where, what, what is wrong with it.
pub(crate) const LINE: Field = Field::new("line", Kind::Text);
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

const REPORT: &[Input] = &[
    ask(&LINE),
    keep_back(&ASSET),
    keep_back(&ZONE),
    keep_back(&OBJECT),
    ask(&FAULT),
    keep_back(&REPORTER),
    keep_back(&REPORTED_ON),
    keep_back(&DUE_ON),
    keep_back(&PHOTO),
    confirm(&PRIORITY),
];

const AMEND: &[Input] = &[
    keep_back(&ASSET),
    keep_back(&ZONE),
    keep_back(&OBJECT),
    keep_back(&FAULT),
    keep_back(&PRIORITY),
    keep_back(&DUE_ON),
    keep_back(&REPORTER),
    keep_back(&PHOTO),
];

const FINISH: &[Input] =
    &[ask(&RESULT), ask(&COST), ask(&PARTS), ask(&WARRANTY), keep_back(&FINISHED_ON), keep_back(&PHOTO)];

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
    action("report", Scope::Subject, &[], REPORT),
    action("accept", Scope::Many, WARDENS, &[]),
    action("dispatch", Scope::Record, DESK, &[ask(&VENDOR), keep_back(&DUE_ON)]),
    action("finish", Scope::Record, DESK, FINISH),
    action("verify", Scope::Many, DESK, &[]),
    Action { main: false, ..action("rework", Scope::Record, DESK, &[ask(&REASON)]) },
    Action { main: false, ..action("beyond", Scope::Record, WARDENS, &[ask(&REASON)]) },
    Action { main: false, ..action("withdraw", Scope::Record, DESK, &[ask(&REASON)]) },
    Action { main: false, ..action("amend", Scope::Record, DESK, AMEND) },
];

fn only(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn open(_: &Cx<'_>) -> Where {
    only("open = 1")
}

fn reported(_: &Cx<'_>) -> Where {
    only("status = '报修'")
}

fn checking(_: &Cx<'_>) -> Where {
    only("status = '待验收'")
}

fn write_off(_: &Cx<'_>) -> Where {
    only("status = '报废建议'")
}

fn all(_: &Cx<'_>) -> Where {
    only("1")
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["due_on"], descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("open", open),
    ListSpec { tick: Some("accept"), ..list("reported", reported) },
    ListSpec { tick: Some("verify"), ..list("checking", checking) },
    list("write-off", write_off),
    ListSpec { order: &["reported_on"], descending: true, ..list("all", all) },
];
