//! The record of when somebody is away, or there at another time than usual, and what can be done with one. Knows no SQL.

use rusqlite::types::Value;

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::WORKERS;
use crate::values::dates::Bias;

pub(crate) const NO: Field = Field::new("no", Kind::Text).find(Findable::Code);
pub(crate) const STAFF: Field =
    Field::new("staff", Kind::Ref("staff")).required().column(4).synonyms(&["人员", "姓名"]);
pub(crate) const KIND: Field =
    Field::new("kind", Kind::Choice(Set::Named("absence_kinds"))).required().synonyms(&["类别", "假别"]);
pub(crate) const STARTS: Field =
    Field::new("starts_at", Kind::Moment(Bias::Planning)).required().synonyms(&["开始", "从"]);
pub(crate) const ENDS: Field =
    Field::new("ends_at", Kind::Moment(Bias::Planning)).required().synonyms(&["结束", "到"]);
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).find(Findable::Text).synonyms(&["事由"]);
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("absence_statuses")));

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "staff_absence",
    reference: "no",
    fields: &[NO, STAFF, KIND, STARTS, ENDS, REASON, STATUS],
};

/// The line a hand types: who, from when to when, why.
pub(crate) const LINE: Field = Field::new("line", Kind::Text);

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action {
        name: "record",
        scope: Scope::Subject,
        posts: WORKERS,
        inputs: &[
            ask(&LINE),
            ask(&STAFF),
            ask(&STARTS),
            ask(&ENDS),
            Input { field: &KIND, ask: Ask::Always },
            keep_back(&REASON),
        ],
        confirm: false,
        main: true,
        row: false,
    },
    Action {
        name: "cancel",
        scope: Scope::Record,
        posts: WORKERS,
        inputs: &[],
        confirm: true,
        main: false,
        row: false,
    },
];

fn on(sql: &str, values: &[String]) -> Where {
    Where { sql: sql.to_owned(), values: values.iter().cloned().map(Value::Text).collect() }
}

fn coming(cx: &Cx<'_>) -> Where {
    on("status = '有效' AND ends_at >= ?", &[cx.now.date().to_string()])
}

fn all(_: &Cx<'_>) -> Where {
    on("1", &[])
}

/// The ways to look.
pub(crate) static LISTS: &[ListSpec] = &[
    ListSpec { name: "coming", filter: coming, order: &["starts_at"], descending: false, tick: None },
    ListSpec { name: "all", filter: all, order: &["starts_at"], descending: true, tick: None },
];
