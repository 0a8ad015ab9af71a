//! The record of a transfer of ownership, described once, its lists and what may be done with one (SM-09). Knows no SQL besides
//! the conditions of the lists, each of which runs along an index.

use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::zones::fields::WARDENS;
use crate::values::dates::Bias;

/// Who may propose a transfer, and agree to one for an association or put its agreement on paper into the file.
const PARTIES: &[&str] = &["secretary", "deputy_secretary", "general_affairs", "association_head", "liaison"];
/// Who may agree.
pub(crate) const SIGNERS: &[&str] = &["secretary", "deputy_secretary", "general_affairs", "association_head"];

pub(crate) const NO: Field = Field::new("no", Kind::Text).find(Findable::Code);
pub(crate) const ASSET: Field = Field::new("asset", Kind::Ref("assets")).required().column(10);
pub(crate) const FROM: Field = Field::new("from_org", Kind::Choice(Set::Named("orgs"))).column(2);
pub(crate) const TO: Field = Field::new("to_org", Kind::Choice(Set::Named("orgs"))).required().column(2);
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required().find(Findable::Text);
pub(crate) const DOCUMENT: Field = Field::new("document", Kind::Text).find(Findable::Code);
pub(crate) const PROPOSED: Field = Field::new("proposed_on", Kind::Date(Bias::Record));
pub(crate) const PROPOSER: Field = Field::new("proposer", Kind::Text);
pub(crate) const FROM_BY: Field = Field::new("from_by", Kind::Text);
pub(crate) const FROM_ON: Field = Field::new("from_on", Kind::Date(Bias::Record));
pub(crate) const TO_BY: Field = Field::new("to_by", Kind::Text);
pub(crate) const TO_ON: Field = Field::new("to_on", Kind::Date(Bias::Record));
pub(crate) const REGISTERED_BY: Field = Field::new("registered_by", Kind::Text);
pub(crate) const REGISTERED_ON: Field = Field::new("registered_on", Kind::Date(Bias::Record));
pub(crate) const REFUSED: Field = Field::new("refused_reason", Kind::Text);
pub(crate) const STATUS: Field =
    Field::new("status", Kind::Choice(Set::Named("transfer_statuses"))).column(6);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "asset_transfer",
    reference: "no",
    fields: &[
        ASSET,
        FROM,
        TO,
        STATUS,
        REASON,
        DOCUMENT,
        PROPOSED,
        PROPOSER,
        FROM_BY,
        FROM_ON,
        TO_BY,
        TO_ON,
        REGISTERED_BY,
        REGISTERED_ON,
        REFUSED,
        NO,
    ],
};

/// Who agrees: oneself, or the name under the paper.
pub(crate) const SIGNED_BY: Field = Field::new("signed_by", Kind::Text).required();
/// On which day.
pub(crate) const SIGNED_ON: Field = Field::new("signed_on", Kind::Date(Bias::Record));

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const fn confirm(field: &'static Field) -> Input {
    Input { field, ask: Ask::Always }
}

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
    Action {
        main: false,
        ..action(
            "propose",
            Scope::Subject,
            PARTIES,
            &[confirm(&ASSET), ask(&TO), ask(&REASON), keep_back(&DOCUMENT)],
        )
    },
    action(
        "agree",
        Scope::Record,
        SIGNERS,
        &[confirm(&SIGNED_BY), keep_back(&SIGNED_ON), keep_back(&DOCUMENT)],
    ),
    action("refuse", Scope::Record, SIGNERS, &[ask(&REFUSED_WHY)]),
    Action { confirm: true, ..action("register", Scope::Record, WARDENS, &[]) },
    Action { main: false, ..action("withdraw", Scope::Record, PARTIES, &[ask(&REFUSED_WHY)]) },
];

/// Why not.
const REFUSED_WHY: Field = Field::new("refused_reason", Kind::Text).required();

fn only(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn open(_: &Cx<'_>) -> Where {
    only("open = 1")
}

fn all(_: &Cx<'_>) -> Where {
    only("1")
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    ListSpec { name: "open", filter: open, order: &["no"], descending: false, tick: None },
    ListSpec { name: "all", filter: all, order: &["no"], descending: true, tick: None },
];
