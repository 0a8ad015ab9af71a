//! The record of a sharing rule, described once, and what its actions ask. Knows no SQL.

use rusqlite::types::Value;

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::funds::fields::ACCOUNTS;
use crate::values::dates::Bias;

pub(crate) const NO: Field = Field::new("no", Kind::Text).find(Findable::Code).column(10);
pub(crate) const NAME: Field = Field::new("name", Kind::Text).required().find(Findable::Text).column(8);
pub(crate) const METHOD: Field =
    Field::new("method", Kind::Choice(Set::Named("share_methods"))).required().column(4);
pub(crate) const WEIGHTS: Field = Field::new("weights", Kind::Text).required().column(24);
pub(crate) const AGREEMENT: Field = Field::new("agreement", Kind::Text).find(Findable::Code);
pub(crate) const FROM: Field = Field::new("valid_from", Kind::Date(Bias::Record)).required().column(10);
pub(crate) const TO: Field = Field::new("valid_to", Kind::Date(Bias::Record)).column(10);
pub(crate) const NOTE: Field = Field::new("note", Kind::Long).find(Findable::Text);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "share_rule",
    reference: "no",
    fields: &[NO, NAME, METHOD, WEIGHTS, AGREEMENT, FROM, TO, NOTE],
};

/// What is shared.
pub(crate) const TOTAL: Field = Field::new("total", Kind::Money).required();
/// The period it is shared for.
pub(crate) const SINCE: Field = Field::new("from", Kind::Date(Bias::Record)).required();
pub(crate) const UNTIL: Field = Field::new("to", Kind::Date(Bias::Record)).required();
/// The year that is settled.
pub(crate) const YEAR: Field = Field::new("year", Kind::Integer).required();
/// The voucher's day.
pub(crate) const DATE: Field = Field::new("date", Kind::Date(Bias::Record)).required();
/// The fund that receives.
pub(crate) const POOL: Field = Field::new("pool", Kind::Ref("funds")).required();

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn confirm(field: &'static Field) -> Input {
    Input { field, ask: Ask::Always }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: ACCOUNTS, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    action(
        "create",
        Scope::Subject,
        &[
            ask(&NAME),
            ask(&METHOD),
            ask(&WEIGHTS),
            ask(&AGREEMENT),
            confirm(&FROM),
            keep_back(&TO),
            keep_back(&NOTE),
        ],
    ),
    action(
        "run",
        Scope::Record,
        &[confirm(&SINCE), confirm(&UNTIL), confirm(&TOTAL), keep_back(&DATE), keep_back(&POOL)],
    ),
    action("true-up", Scope::Record, &[confirm(&YEAR), keep_back(&DATE), keep_back(&POOL)]),
    action(
        "amend",
        Scope::Record,
        &[
            keep_back(&NAME),
            keep_back(&METHOD),
            keep_back(&WEIGHTS),
            keep_back(&AGREEMENT),
            keep_back(&FROM),
            keep_back(&TO),
            keep_back(&NOTE),
        ],
    ),
    Action { main: false, ..action("close", Scope::Record, &[confirm(&TO)]) },
];

fn valid(cx: &Cx<'_>) -> Where {
    Where {
        sql: "valid_to IS NULL OR valid_to >= ?".to_owned(),
        values: vec![Value::Text(cx.now.date().to_string())],
    }
}

fn all(_: &Cx<'_>) -> Where {
    Where { sql: "1".to_owned(), values: Vec::new() }
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &[], descending: true, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[list("valid", valid), list("all", all)];
