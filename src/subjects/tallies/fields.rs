//! A line of a stocktake, described once, the lists of such lines and what may be done with one. Knows no SQL.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::WORKERS;
use crate::values::dates::Bias;

/// The posts that decide about differences (G-6.2.4).
pub(crate) const DECIDERS: &[&str] = &["secretary", "deputy_secretary", "general_affairs"];

pub(crate) const NO: Field = Field::new("no", Kind::Text).find(Findable::Code);
pub(crate) const STOCKTAKE: Field = Field::new("stocktake", Kind::Ref("stocktakes")).required();
pub(crate) const TAG: Field = Field::new("tag", Kind::Text).column(9).find(Findable::Code);
pub(crate) const NAME: Field = Field::new("name", Kind::Text).column(8).find(Findable::Name);
pub(crate) const ASSET: Field = Field::new("asset", Kind::Ref("assets"));
pub(crate) const OWNER: Field = Field::new("owner", Kind::Choice(Set::Named("orgs"))).column(4);
pub(crate) const CUSTODIAN: Field = Field::new("custodian", Kind::Text);
pub(crate) const PLACE: Field = Field::new("place", Kind::Ref("zones")).column(8);
pub(crate) const SHELF: Field = Field::new("shelf", Kind::Text);
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("asset_statuses")));
pub(crate) const RESULT: Field = Field::new("result", Kind::Choice(Set::Named("tally_results"))).column(4);
pub(crate) const FOUND_PLACE: Field = Field::new("found_place", Kind::Ref("zones")).column(8);
pub(crate) const NOTE: Field = Field::new("note", Kind::Text);
pub(crate) const SCANNED: Field = Field::new("scanned", Kind::Flag);
pub(crate) const SEQ: Field = Field::new("counted_seq", Kind::Integer);
pub(crate) const COUNTED_AT: Field = Field::new("counted_at", Kind::Moment(Bias::Record));
pub(crate) const COUNTED_BY: Field = Field::new("counted_by", Kind::Text);
pub(crate) const CHECKED_BY: Field = Field::new("checked_by", Kind::Text);
pub(crate) const DECISION: Field =
    Field::new("decision", Kind::Choice(Set::Named("tally_decisions"))).required();
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required();
pub(crate) const DECIDED_BY: Field = Field::new("decided_by", Kind::Text);
/// Whose the card is to be that is made of an unknown thing.
pub(crate) const CARD_OWNER: Field = Field::new("card_owner", Kind::Choice(Set::Named("orgs"))).required();
/// What it is then.
pub(crate) const CARD_CATEGORY: Field =
    Field::new("card_category", Kind::Choice(Set::Named("asset_categories"))).required();
pub(crate) const DONE: Field = Field::new("done", Kind::Text);
pub(crate) const VOID: Field = Field::new("void", Kind::Flag);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "stocktake_line",
    reference: "no",
    fields: &[
        NO,
        STOCKTAKE,
        TAG,
        NAME,
        ASSET,
        OWNER,
        CUSTODIAN,
        PLACE,
        SHELF,
        STATUS,
        RESULT,
        FOUND_PLACE,
        NOTE,
        SCANNED,
        SEQ,
        COUNTED_AT,
        COUNTED_BY,
        CHECKED_BY,
        DECISION,
        REASON,
        DECIDED_BY,
        CARD_OWNER,
        CARD_CATEGORY,
        DONE,
        VOID,
    ],
};

/// What the counter says of the expected one, or the tag that was scanned.
pub(crate) const ANSWER: Field = Field::new("answer", Kind::Text);
/// The line that is expected: the answer is about this one, whatever others have counted meanwhile.
pub(crate) const ABOUT: Field = Field::new("about", Kind::Integer);
/// Where it is, when it is elsewhere and somebody knows where.
pub(crate) const ELSEWHERE: Field = Field::new("elsewhere", Kind::Ref("zones"));

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn confirm(field: &'static Field) -> Input {
    Input { field, ask: Ask::Always }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const COUNT: &[Input] =
    &[ask(&STOCKTAKE), confirm(&ANSWER), keep_back(&ELSEWHERE), keep_back(&NOTE), keep_back(&ABOUT)];

const DECIDE: &[Input] = &[confirm(&DECISION), ask(&CARD_OWNER), ask(&CARD_CATEGORY), ask(&REASON)];

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: WORKERS, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action { row: true, ..action("count", Scope::Subject, COUNT) },
    action("check", Scope::Many, &[]),
    Action { posts: DECIDERS, ..action("decide", Scope::Many, DECIDE) },
    Action { main: false, ..action("recount", Scope::Record, &[]) },
];

fn only(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn counted(_: &Cx<'_>) -> Where {
    only(
        "counted_seq IS NOT NULL AND void = 0 AND EXISTS \
         (SELECT 1 FROM stocktake AS s WHERE s.id = stocktake_line.stocktake AND s.status = '盘点中')",
    )
}

// A stocktake ends only when nothing is left and nothing undecided: what is, is of one that goes on.
fn left(_: &Cx<'_>) -> Where {
    only("result IS NULL AND void = 0")
}

fn differences(_: &Cx<'_>) -> Where {
    only("differs = 1 AND decision IS NULL")
}

fn found(_: &Cx<'_>) -> Where {
    only("differs = 1")
}

fn all(_: &Cx<'_>) -> Where {
    only("void = 0")
}

const WALK: &[&str] = &["stocktake", "position"];

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: WALK, descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    ListSpec { tick: Some("decide"), ..list("differences", differences) },
    list("left", left),
    ListSpec { order: &["counted_seq"], ..list("counted", counted) },
    list("found", found),
    list("all", all),
];
