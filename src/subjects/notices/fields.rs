//! The record of a financial notice, described once, and what its actions ask. Knows no SQL.

use rusqlite::types::Value;

use crate::catalog::Catalog;
use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set, Word};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::funds::fields::ACCOUNTS;
use crate::subjects::set;
use crate::values::dates::Bias;

/// Who answers for an association, and who writes down what it said on paper.
pub(crate) const ANSWER: &[&str] = &[
    "association_head",
    "liaison",
    "council_member",
    "secretary",
    "deputy_secretary",
    "accountant",
    "general_affairs",
];

/// The word for every association at once.
pub(crate) const EVERYONE: &str = "ALL";

fn associations(catalog: &Catalog) -> Vec<Word> {
    set(catalog, "associations")
}

fn receivers(catalog: &Catalog) -> Vec<Word> {
    let mut all = associations(catalog);
    all.push(Word {
        kept: EVERYONE.into(),
        zh: "全部".into(),
        en: "all".into(),
        key: "0".into(),
        also: vec!["六家".into()],
    });
    all
}

pub(crate) const NO: Field = Field::new("no", Kind::Text).find(Findable::Code).column(12);
pub(crate) const ORG: Field = Field::new("org", Kind::Choice(Set::Named("associations"))).column(2);
pub(crate) const FROM: Field = Field::new("from_on", Kind::Date(Bias::Record)).required();
pub(crate) const TO: Field = Field::new("to_on", Kind::Date(Bias::Record)).required();
pub(crate) const ISSUED: Field = Field::new("issued_on", Kind::Date(Bias::Record)).required().column(5);
pub(crate) const SENT_TO: Field = Field::new("sent_to", Kind::Text).find(Findable::Other);
pub(crate) const READ: Field = Field::new("read_on", Kind::Date(Bias::Record)).column(5);
pub(crate) const OBJECTION: Field = Field::new("objection", Kind::Long).find(Findable::Text);
pub(crate) const REPLY: Field = Field::new("reply", Kind::Long).find(Findable::Text);
pub(crate) const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("notice_statuses"))).column(3);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "financial_notice",
    reference: "no",
    fields: &[NO, ORG, FROM, TO, ISSUED, SENT_TO, READ, OBJECTION, REPLY, STATUS],
};

/// To whom: one association or all.
pub(crate) const RECEIVER: Field = Field::new("receiver", Kind::Choice(Set::Made(receivers))).required();
/// What an association objects to.
pub(crate) const WHAT: Field = Field::new("objection", Kind::Long).required();
/// What it is answered.
pub(crate) const ANSWERED: Field = Field::new("reply", Kind::Long).required();
/// The day it was read.
pub(crate) const READ_ON: Field = Field::new("read_on", Kind::Date(Bias::Record)).required();

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
    Action { name, scope, posts: ANSWER, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action {
        posts: ACCOUNTS,
        ..action(
            "issue",
            Scope::Subject,
            &[confirm(&RECEIVER), confirm(&FROM), confirm(&TO), keep_back(&ISSUED), keep_back(&SENT_TO)],
        )
    },
    action("read", Scope::Record, &[keep_back(&READ_ON)]),
    action("object", Scope::Record, &[ask(&WHAT)]),
    Action { posts: ACCOUNTS, ..action("reply", Scope::Record, &[ask(&ANSWERED)]) },
];

fn all(_: &Cx<'_>) -> Where {
    Where { sql: "1".to_owned(), values: Vec::new() }
}

fn with(word: &str) -> Where {
    Where { sql: "status = ?".to_owned(), values: vec![Value::Text(word.to_owned())] }
}

fn unread(_: &Cx<'_>) -> Where {
    with("已发")
}

fn objected(_: &Cx<'_>) -> Where {
    with("有异议")
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &[], descending: true, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] =
    &[list("all", all), list("unread", unread), list("objected", objected)];
