//! The record of a stocktake, described once, its lists and what may be done with one. Knows no SQL.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::values::dates::Bias;

/// The posts that hold stocktakes (G-6.2.4: 综合管理岗).
pub(crate) const HOLDERS: &[&str] = &["secretary", "deputy_secretary", "general_affairs"];
/// The posts that bring the ledger up to date and publish.
pub(crate) const HEADS: &[&str] = &["secretary", "deputy_secretary"];
/// Those who may object for their association, and whoever takes it down for them.
pub(crate) const OBJECTORS: &[&str] =
    &["association_head", "liaison", "secretary", "deputy_secretary", "general_affairs", "desk_clerk"];

pub(crate) const NO: Field = Field::new("no", Kind::Text).column(13).find(Findable::Code);
pub(crate) const PERIOD: Field = Field::new("period", Kind::Text).column(6).find(Findable::Code);
pub(crate) const SCOPE: Field =
    Field::new("scope", Kind::Choice(Set::Named("stocktake_scopes"))).required().column(4);
pub(crate) const WHICH: Field = Field::new("which", Kind::Text);
pub(crate) const PLANNED_ON: Field = Field::new("planned_on", Kind::Date(Bias::Planning)).required();
pub(crate) const BLIND: Field = Field::new("blind", Kind::Flag);
pub(crate) const COUNTERS: Field = Field::new("counters", Kind::Text).find(Findable::Other);
pub(crate) const NOTE: Field = Field::new("note", Kind::Text).find(Findable::Text);
pub(crate) const STATUS: Field =
    Field::new("status", Kind::Choice(Set::Named("stocktake_statuses"))).column(5);
pub(crate) const FROZEN_AT: Field = Field::new("frozen_at", Kind::Moment(Bias::Record));
pub(crate) const FINISHED_AT: Field = Field::new("finished_at", Kind::Moment(Bias::Record));
pub(crate) const CHECKER: Field = Field::new("checker", Kind::Text);
pub(crate) const APPROVER: Field = Field::new("approver", Kind::Text);
pub(crate) const POSTED_ON: Field = Field::new("posted_on", Kind::Date(Bias::Record));
pub(crate) const PUBLISHED_ON: Field = Field::new("published_on", Kind::Date(Bias::Record));
pub(crate) const NOTICE_UNTIL: Field = Field::new("notice_until", Kind::Date(Bias::Planning));

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "stocktake",
    reference: "no",
    fields: &[
        NO,
        PERIOD,
        SCOPE,
        WHICH,
        STATUS,
        PLANNED_ON,
        BLIND,
        COUNTERS,
        FROZEN_AT,
        FINISHED_AT,
        CHECKER,
        APPROVER,
        POSTED_ON,
        PUBLISHED_ON,
        NOTICE_UNTIL,
        NOTE,
    ],
};

/// Whose things.
pub(crate) const OWNER: Field = Field::new("owner", Kind::Choice(Set::Named("orgs"))).required();
/// The place whose things.
pub(crate) const ZONE: Field = Field::new("zone", Kind::Ref("zones")).required();
/// The category of things.
pub(crate) const CATEGORY: Field =
    Field::new("category", Kind::Choice(Set::Named("asset_categories"))).required();
/// What was not counted is missing.
pub(crate) const REST: Field = Field::new("rest", Kind::Flag).required();
/// The association that objects.
pub(crate) const ORG: Field = Field::new("org", Kind::Choice(Set::Named("associations"))).required();
/// What it says.
pub(crate) const OBJECTION: Field = Field::new("objection", Kind::Text).required();
/// What it is told.
pub(crate) const REPLY: Field = Field::new("reply", Kind::Text).required();

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn confirm(field: &'static Field) -> Input {
    Input { field, ask: Ask::Always }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const PLAN: &[Input] = &[
    confirm(&SCOPE),
    ask(&OWNER),
    ask(&ZONE),
    ask(&CATEGORY),
    keep_back(&BLIND),
    keep_back(&COUNTERS),
    keep_back(&PLANNED_ON),
    keep_back(&NOTE),
];

const fn action(name: &'static str, posts: &'static [&'static str], inputs: &'static [Input]) -> Action {
    Action { name, scope: Scope::Record, posts, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done, in the order in which it usually is.
pub(crate) static ACTIONS: &[Action] = &[
    Action { scope: Scope::Subject, main: false, ..action("plan", HOLDERS, PLAN) },
    Action { confirm: true, ..action("start", HOLDERS, &[]) },
    action("finish", HOLDERS, &[ask(&REST)]),
    Action { confirm: true, main: false, ..action("resume", HOLDERS, &[]) },
    Action { confirm: true, ..action("review", HOLDERS, &[]) },
    Action { confirm: true, ..action("post", HEADS, &[]) },
    action("publish", HEADS, &[confirm(&NOTICE_UNTIL)]),
    action("object", OBJECTORS, &[ask(&ORG), ask(&OBJECTION)]),
    action("reply", HOLDERS, &[ask(&ORG), ask(&REPLY)]),
    Action { confirm: true, ..action("archive", HOLDERS, &[]) },
    Action { confirm: true, main: false, ..action("cancel", HOLDERS, &[]) },
];

fn only(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn open(_: &Cx<'_>) -> Where {
    only("status NOT IN ('归档', '已取消')")
}

fn all(_: &Cx<'_>) -> Where {
    only("1")
}

/// The ways to look, the newest first.
pub(crate) static LISTS: &[ListSpec] = &[
    ListSpec { name: "open", filter: open, order: &[], descending: true, tick: None },
    ListSpec { name: "all", filter: all, order: &[], descending: true, tick: None },
];
