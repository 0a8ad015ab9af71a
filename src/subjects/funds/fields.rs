//! The record of a fund, described once, its lists and what may be done with one. Knows no SQL.

use rusqlite::types::Value;

use crate::catalog::{Catalog, Element};
use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set, Word};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::set;
use crate::values::dates::Bias;

/// The posts that keep the accounts.
pub(crate) const ACCOUNTS: &[&str] = &["accountant", "secretary"];

/// What money can be spent on: the expense accounts.
pub(crate) fn expenses(catalog: &Catalog) -> Vec<Word> {
    let expense = |word: &Word| catalog.account(&word.kept).is_some_and(|a| a.element == Element::Expense);
    set(catalog, "accounts").into_iter().filter(expense).collect()
}

pub(crate) const CODE: Field = Field::new("code", Kind::Text)
    .required()
    .column(7)
    .find(Findable::Code)
    .synonyms(&["fund_code", "基金编号"]);
pub(crate) const NAME: Field =
    Field::new("name", Kind::Text).required().column(8).find(Findable::Name).synonyms(&["基金名称", "名称"]);
pub(crate) const OWNER: Field =
    Field::new("owner", Kind::Choice(Set::Named("orgs"))).required().column(2).synonyms(&["归属", "org"]);
pub(crate) const SOURCE: Field = Field::new("source", Kind::Text).required().synonyms(&["来源"]);
pub(crate) const RESTRICTION: Field =
    Field::new("restriction", Kind::Choice(Set::Named("restrictions"))).required().column(4);
pub(crate) const PURPOSE: Field = Field::new("purpose", Kind::Long).find(Findable::Text).synonyms(&["用途"]);
pub(crate) const ACCOUNTS_FIELD: Field = Field::new("accounts", Kind::Choices(Set::Made(expenses)));
pub(crate) const SHAREABLE: Field = Field::new("shareable", Kind::Flag);
pub(crate) const FROM: Field = Field::new("valid_from", Kind::Date(Bias::Record)).required();
pub(crate) const TO: Field = Field::new("valid_to", Kind::Date(Bias::Planning));
pub(crate) const GRANTOR: Field = Field::new("grantor", Kind::Text);
pub(crate) const AGREEMENT: Field = Field::new("agreement", Kind::Text);
pub(crate) const OPENING: Field =
    Field::new("opening", Kind::Money).required().synonyms(&["期初余额", "opening_2025"]);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "fund",
    reference: "code",
    fields: &[
        CODE,
        NAME,
        OWNER,
        SOURCE,
        RESTRICTION,
        PURPOSE,
        ACCOUNTS_FIELD,
        SHAREABLE,
        FROM,
        TO,
        GRANTOR,
        AGREEMENT,
        OPENING,
    ],
};

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const AMEND: &[Input] = &[
    keep_back(&NAME),
    keep_back(&SOURCE),
    keep_back(&PURPOSE),
    keep_back(&RESTRICTION),
    keep_back(&ACCOUNTS_FIELD),
    keep_back(&SHAREABLE),
    keep_back(&FROM),
    keep_back(&TO),
    keep_back(&GRANTOR),
    keep_back(&AGREEMENT),
];

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action {
        name: "create",
        scope: Scope::Subject,
        posts: ACCOUNTS,
        inputs: &[
            ask(&CODE),
            ask(&NAME),
            ask(&OWNER),
            ask(&SOURCE),
            keep_back(&RESTRICTION),
            ask(&ACCOUNTS_FIELD),
            keep_back(&SHAREABLE),
            ask(&PURPOSE),
            keep_back(&FROM),
            ask(&TO),
            keep_back(&GRANTOR),
            keep_back(&AGREEMENT),
            keep_back(&OPENING),
        ],
        confirm: false,
        main: true,
        row: false,
    },
    Action {
        name: "amend",
        scope: Scope::Record,
        posts: ACCOUNTS,
        inputs: AMEND,
        confirm: false,
        main: true,
        row: false,
    },
    Action {
        name: "close",
        scope: Scope::Record,
        posts: ACCOUNTS,
        inputs: &[],
        confirm: true,
        main: false,
        row: false,
    },
];

fn open(_: &Cx<'_>) -> Where {
    Where { sql: "closed_on IS NULL".to_owned(), values: Vec::new() }
}

fn restricted(_: &Cx<'_>) -> Where {
    Where {
        sql: "closed_on IS NULL AND restriction = ?".to_owned(),
        values: vec![Value::Text("限定性".into())],
    }
}

fn all(_: &Cx<'_>) -> Where {
    Where { sql: "1".to_owned(), values: Vec::new() }
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["owner", "code"], descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] =
    &[list("open", open), list("restricted", restricted), list("all", all)];
