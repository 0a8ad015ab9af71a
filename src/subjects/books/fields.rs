//! The record of a cash box or bank account, described once, its lists and what may be done with one. Knows no SQL.

use crate::catalog::{Catalog, Element};
use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set, Word};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::funds::fields::ACCOUNTS;
use crate::subjects::set;
use crate::values::dates::Bias;

/// The accounts money can be kept under.
fn assets(catalog: &Catalog) -> Vec<Word> {
    let asset = |word: &Word| catalog.account(&word.kept).is_some_and(|a| a.element == Element::Asset);
    set(catalog, "accounts").into_iter().filter(asset).collect()
}

pub(crate) const CODE: Field = Field::new("code", Kind::Text).required().column(5).find(Findable::Code);
pub(crate) const NAME: Field = Field::new("name", Kind::Text).required().column(8).find(Findable::Name);
pub(crate) const KIND: Field = Field::new("kind", Kind::Choice(Set::Named("book_kinds"))).required();
pub(crate) const ACCOUNT: Field = Field::new("account", Kind::Choice(Set::Made(assets))).required();
pub(crate) const OPENED: Field = Field::new("opened_on", Kind::Date(Bias::Record)).required();
pub(crate) const NUMBER: Field = Field::new("number", Kind::Text).find(Findable::Number);
pub(crate) const BANK: Field = Field::new("bank", Kind::Text);
pub(crate) const SIGNATORIES: Field = Field::new("signatories", Kind::Long);
pub(crate) const OPENING: Field = Field::new("opening", Kind::Money).required().synonyms(&["期初余额"]);
pub(crate) const LIMIT: Field = Field::new("cash_limit", Kind::Money);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "book",
    reference: "code",
    fields: &[CODE, NAME, KIND, ACCOUNT, OPENED, OPENING, NUMBER, BANK, SIGNATORIES, LIMIT],
};

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

/// Everything that can be done. A change of those who sign stays in the record's history (G-6.4.2a).
pub(crate) static ACTIONS: &[Action] = &[
    Action {
        name: "create",
        scope: Scope::Subject,
        posts: ACCOUNTS,
        inputs: &[
            ask(&CODE),
            ask(&NAME),
            keep_back(&KIND),
            keep_back(&ACCOUNT),
            ask(&BANK),
            ask(&NUMBER),
            ask(&SIGNATORIES),
            keep_back(&LIMIT),
            keep_back(&OPENED),
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
        inputs: &[
            keep_back(&NAME),
            keep_back(&BANK),
            keep_back(&NUMBER),
            keep_back(&SIGNATORIES),
            keep_back(&LIMIT),
        ],
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

fn all(_: &Cx<'_>) -> Where {
    Where { sql: "1".to_owned(), values: Vec::new() }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    ListSpec { name: "open", filter: open, order: &[], descending: false, tick: None },
    ListSpec { name: "all", filter: all, order: &[], descending: false, tick: None },
];
