//! The record of a round, described once, its lists and what may be done with one. A checklist is as long as the catalogue
//! makes it, up to ten items: the form has a field for each, called by what stands in the list. Knows no SQL besides the
//! conditions of the lists.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::DESK;
use crate::subjects::zones::fields::WARDENS;
use crate::values::dates::Bias;

const KIND: Field =
    Field::new("kind", Kind::Choice(Set::Named("round_kinds"))).required().column(3).synonyms(&["巡检类别"]);
const NO: Field = Field::new("no", Kind::Text).find(Findable::Code);
const INSPECTED_ON: Field =
    Field::new("inspected_on", Kind::Date(Bias::Record)).required().column(10).synonyms(&["巡检日期"]);
const INSPECTOR: Field =
    Field::new("inspector", Kind::Text).required().column(3).find(Findable::Other).synonyms(&["巡检人"]);
const ABNORMAL: Field = Field::new("abnormal", Kind::Integer).column(2);
const FINDINGS: Field = Field::new("findings", Kind::Text).column(14).find(Findable::Text);
const REMARK: Field = Field::new("remark", Kind::Text);
const PHOTO: Field = Field::new("photo", Kind::Text);
const VOIDED: Field = Field::new("voided", Kind::Text);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "inspection_round",
    reference: "no",
    fields: &[KIND, INSPECTED_ON, INSPECTOR, ABNORMAL, FINDINGS, REMARK, PHOTO, VOIDED, NO],
};

const fn item(name: &'static str) -> Field {
    Field::new(name, Kind::Choice(Set::Named("round_results"))).required()
}

const fn note(name: &'static str) -> Field {
    Field::new(name, Kind::Text)
}

/// How each item was found, and what is wrong with it: the names of both fields.
pub(crate) const ITEMS: [(&str, &str); 10] = [
    ("item_1", "note_1"),
    ("item_2", "note_2"),
    ("item_3", "note_3"),
    ("item_4", "note_4"),
    ("item_5", "note_5"),
    ("item_6", "note_6"),
    ("item_7", "note_7"),
    ("item_8", "note_8"),
    ("item_9", "note_9"),
    ("item_10", "note_10"),
];

const REASON: Field = Field::new("reason", Kind::Text).required();

const fn always(field: &'static Field) -> Input {
    Input { field, ask: Ask::Always }
}

const fn if_empty(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const INSPECT: &[Input] = &[
    always(&KIND),
    keep_back(&INSPECTED_ON),
    keep_back(&INSPECTOR),
    keep_back(&REMARK),
    keep_back(&PHOTO),
    always(&const { item("item_1") }),
    if_empty(&const { note("note_1") }),
    always(&const { item("item_2") }),
    if_empty(&const { note("note_2") }),
    always(&const { item("item_3") }),
    if_empty(&const { note("note_3") }),
    always(&const { item("item_4") }),
    if_empty(&const { note("note_4") }),
    always(&const { item("item_5") }),
    if_empty(&const { note("note_5") }),
    always(&const { item("item_6") }),
    if_empty(&const { note("note_6") }),
    always(&const { item("item_7") }),
    if_empty(&const { note("note_7") }),
    always(&const { item("item_8") }),
    if_empty(&const { note("note_8") }),
    always(&const { item("item_9") }),
    if_empty(&const { note("note_9") }),
    always(&const { item("item_10") }),
    if_empty(&const { note("note_10") }),
];

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action {
        name: "inspect",
        scope: Scope::Subject,
        posts: DESK,
        inputs: INSPECT,
        confirm: false,
        main: true,
        row: false,
    },
    Action {
        name: "void",
        scope: Scope::Record,
        posts: WARDENS,
        inputs: &[if_empty(&REASON)],
        confirm: false,
        main: false,
        row: false,
    },
];

fn all(_: &Cx<'_>) -> Where {
    Where { sql: "1".to_owned(), values: Vec::new() }
}

fn abnormal(_: &Cx<'_>) -> Where {
    Where { sql: "abnormal > 0 AND voided IS NULL".to_owned(), values: Vec::new() }
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["inspected_on"], descending: true, tick: None }
}

/// The ways to look, the newest round first.
pub(crate) static LISTS: &[ListSpec] = &[list("all", all), list("abnormal", abnormal)];
