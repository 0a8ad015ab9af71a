//! The record of a purchase, described once, its lists and what may be done with one. Knows no SQL.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::WORKERS;
use crate::subjects::consumables::fields::STOREKEEPERS;
use crate::values::dates::Bias;

/// The posts that decide what is bought.
pub(crate) const APPROVERS: &[&str] = &["secretary", "deputy_secretary"];
/// The posts that pay.
pub(crate) const PAYERS: &[&str] = &["accountant", "cashier", "secretary"];

pub(crate) const NO: Field = Field::new("no", Kind::Text).column(11).find(Findable::Code);
pub(crate) const REQUESTED_ON: Field =
    Field::new("requested_on", Kind::Date(Bias::Record)).synonyms(&["申请日期"]);
pub(crate) const WHAT: Field =
    Field::new("what", Kind::Text).required().column(10).find(Findable::Text).synonyms(&["品名", "采购内容"]);
pub(crate) const ITEM: Field = Field::new("item", Kind::Ref("consumables"));
pub(crate) const QUANTITY: Field = Field::new("quantity", Kind::Integer).required().synonyms(&["数量"]);
pub(crate) const ESTIMATE: Field =
    Field::new("estimate", Kind::Money).required().column(8).synonyms(&["预算", "估价"]);
pub(crate) const ORG: Field =
    Field::new("org", Kind::Choice(Set::Named("orgs"))).required().column(4).synonyms(&["需求单位", "协会"]);
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).synonyms(&["用途", "理由"]);
pub(crate) const WANTED_ON: Field = Field::new("wanted_on", Kind::Date(Bias::Planning));
pub(crate) const APPLICANT: Field = Field::new("applicant", Kind::Text).find(Findable::Other);
pub(crate) const STATUS: Field =
    Field::new("status", Kind::Choice(Set::Named("purchase_statuses"))).column(5);
pub(crate) const APPROVER: Field = Field::new("approver", Kind::Text);
pub(crate) const APPROVED_ON: Field = Field::new("approved_on", Kind::Date(Bias::Record));
pub(crate) const RESOLUTION: Field = Field::new("resolution", Kind::Text).find(Findable::Code);
pub(crate) const ORDERED_ON: Field = Field::new("ordered_on", Kind::Date(Bias::Record));
pub(crate) const DUE_ON: Field = Field::new("due_on", Kind::Date(Bias::Planning));
pub(crate) const ACCEPTED_ON: Field = Field::new("accepted_on", Kind::Date(Bias::Record));
pub(crate) const ACCEPTED: Field = Field::new("accepted", Kind::Integer).required();
pub(crate) const INSPECTOR: Field = Field::new("inspector", Kind::Text);
pub(crate) const PAID: Field = Field::new("paid", Kind::Money);
pub(crate) const VOUCHER: Field = Field::new("voucher", Kind::Ref("journal")).required();
pub(crate) const ASSET: Field = Field::new("asset", Kind::Text).find(Findable::Code);
pub(crate) const WHY: Field = Field::new("why", Kind::Text);
pub(crate) const ALONE: Field = Field::new("alone", Kind::Flag);
/// The quote that was taken.
pub(crate) const QUOTE: Field = Field::new("quote", Kind::Integer);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "purchase",
    reference: "no",
    fields: &[
        NO,
        WHAT,
        ITEM,
        QUANTITY,
        ESTIMATE,
        ORG,
        REASON,
        STATUS,
        REQUESTED_ON,
        WANTED_ON,
        APPLICANT,
        QUOTE,
        APPROVER,
        APPROVED_ON,
        RESOLUTION,
        ORDERED_ON,
        DUE_ON,
        ACCEPTED_ON,
        ACCEPTED,
        INSPECTOR,
        PAID,
        VOUCHER,
        ASSET,
        WHY,
        ALONE,
    ],
};

/// Whom a price was asked of.
pub(crate) const VENDOR: Field = Field::new("vendor", Kind::Text).required();
/// The price for all of it.
pub(crate) const AMOUNT: Field = Field::new("amount", Kind::Money).required();
/// What the quote says besides.
pub(crate) const NOTE: Field = Field::new("note", Kind::Text);
/// Whose price is taken.
pub(crate) const TAKEN: Field = Field::new("taken", Kind::Text).required();
/// Why, where something must be said.
pub(crate) const BECAUSE: Field = Field::new("because", Kind::Text);
/// What kind of asset it is.
pub(crate) const CATEGORY: Field =
    Field::new("category", Kind::Choice(Set::Named("asset_categories"))).required();

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn confirm(field: &'static Field) -> Input {
    Input { field, ask: Ask::Always }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const REQUEST: &[Input] = &[
    ask(&WHAT),
    ask(&QUANTITY),
    ask(&ESTIMATE),
    ask(&ORG),
    confirm(&REASON),
    keep_back(&ITEM),
    keep_back(&WANTED_ON),
    keep_back(&REQUESTED_ON),
];
const ACCEPT: &[Input] = &[confirm(&ACCEPTED), ask(&INSPECTOR), ask(&BECAUSE), keep_back(&ACCEPTED_ON)];

const fn action(name: &'static str, inputs: &'static [Input]) -> Action {
    Action { name, scope: Scope::Record, posts: STOREKEEPERS, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done, in the order in which it usually is.
pub(crate) static ACTIONS: &[Action] = &[
    Action { scope: Scope::Subject, posts: WORKERS, main: false, ..action("request", REQUEST) },
    action("quote", &[ask(&VENDOR), ask(&AMOUNT), confirm(&NOTE)]),
    action("propose", &[confirm(&TAKEN), ask(&BECAUSE)]),
    Action { posts: APPROVERS, ..action("approve", &[ask(&RESOLUTION), confirm(&NOTE)]) },
    Action { posts: APPROVERS, ..action("refuse", &[ask(&BECAUSE)]) },
    action("order", &[confirm(&DUE_ON), keep_back(&ORDERED_ON)]),
    action("accept", ACCEPT),
    action("store", &[ask(&CATEGORY), confirm(&NOTE)]),
    Action { posts: PAYERS, ..action("pay", &[ask(&VOUCHER), ask(&BECAUSE)]) },
    Action { confirm: true, main: false, ..action("close", &[]) },
    Action { posts: WORKERS, main: false, ..action("withdraw", &[ask(&BECAUSE)]) },
];

fn only(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn open(_: &Cx<'_>) -> Where {
    only("status NOT IN ('已关闭', '未批准', '已撤回')")
}

fn waiting(_: &Cx<'_>) -> Where {
    only("status = '待审批'")
}

fn coming(_: &Cx<'_>) -> Where {
    only("status = '已订购'")
}

fn unpaid(_: &Cx<'_>) -> Where {
    only("status = '已入库'")
}

fn all(_: &Cx<'_>) -> Where {
    only("1")
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &[], descending: true, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("open", open),
    list("waiting", waiting),
    list("coming", coming),
    list("unpaid", unpaid),
    list("all", all),
];
