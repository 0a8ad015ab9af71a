//! An appointment, described once, what its forms ask besides, and what may be done with one. Knows no SQL.

use crate::catalog::{Catalog, Within};
use crate::desk::action::{Action, Ask, Input, Scope};
use crate::desk::field::{Field, Findable, Kind, Record, Set, Word};
use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::set;
use crate::values::dates::Bias;

/// Who keeps the register of posts. Nobody puts themselves into office.
pub(crate) const REGISTRARS: &[&str] = &["secretary", "deputy_secretary", "general_affairs", "administrator"];

/// The posts somebody of the office can be appointed to; what outsiders are, is no post here.
fn posts(catalog: &Catalog) -> Vec<Word> {
    let inside = |id: &str| catalog.post(id).is_some_and(|post| post.within != Within::Outside);
    set(catalog, "posts").into_iter().filter(|word| inside(&word.kept)).collect()
}

pub(crate) const PERSON: Field =
    Field::new("person", Kind::Ref("staff")).required().column(4).synonyms(&["姓名", "人员"]);
pub(crate) const POST: Field =
    Field::new("post", Kind::Choice(Set::Made(posts))).required().column(6).synonyms(&["岗位", "职务"]);
pub(crate) const ORG: Field =
    Field::new("org", Kind::Choice(Set::Named("associations"))).column(3).synonyms(&["协会"]);
pub(crate) const NOMINATED_BY: Field = Field::new("nominated_by", Kind::Choices(Set::Named("associations")));
pub(crate) const NOMINATED_ON: Field = Field::new("nominated_on", Kind::Date(Bias::Record)).required();
pub(crate) const ELECTED_ON: Field = Field::new("elected_on", Kind::Date(Bias::Record));
pub(crate) const APPOINTED_ON: Field = Field::new("appointed_on", Kind::Date(Bias::Record));
pub(crate) const DOCUMENT: Field = Field::new("document_no", Kind::Text).find(Findable::Text);
pub(crate) const FROM: Field = Field::new("from_on", Kind::Date(Bias::Planning)).column(8);
pub(crate) const TO: Field = Field::new("to_on", Kind::Date(Bias::Planning)).column(8);
pub(crate) const ENDED: Field = Field::new("ended_on", Kind::Date(Bias::Planning));
pub(crate) const REASON: Field = Field::new("reason", Kind::Text);
pub(crate) const OVERRIDE: Field = Field::new("override_reason", Kind::Text);
pub(crate) const STAGE: Field = Field::new("stage", Kind::Choice(Set::Named("appointment_stages"))).column(3);

/// The record.
pub(crate) static RECORD: Record = Record {
    table: "appointment",
    reference: "no",
    fields: &[
        PERSON,
        POST,
        ORG,
        STAGE,
        NOMINATED_BY,
        NOMINATED_ON,
        ELECTED_ON,
        APPOINTED_ON,
        DOCUMENT,
        FROM,
        TO,
        ENDED,
        REASON,
        OVERRIDE,
    ],
};

/// The votes, told in one line.
pub(crate) const VOTES: Field = Field::new("votes", Kind::Text).required();
/// The councils' resolutions, told in one line.
pub(crate) const RESOLUTIONS: Field = Field::new("resolutions", Kind::Text);
/// When and why, where they must be answered.
const ELECTED: Field = Field::new("elected_on", Kind::Date(Bias::Record)).required();
const APPOINTED: Field = Field::new("appointed_on", Kind::Date(Bias::Record)).required();
const BEGINS: Field = Field::new("from_on", Kind::Date(Bias::Planning)).required();
const ENDS: Field = Field::new("ended_on", Kind::Date(Bias::Planning)).required();
const WHY: Field = Field::new("reason", Kind::Text).required();

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const NOMINATE: &[Input] = &[
    ask(&PERSON),
    ask(&POST),
    ask(&ORG),
    ask(&NOMINATED_BY),
    keep_back(&NOMINATED_ON),
    keep_back(&FROM),
    keep_back(&TO),
    keep_back(&DOCUMENT),
];
const RENEW: &[Input] = &[ask(&NOMINATED_BY), keep_back(&NOMINATED_ON), keep_back(&FROM), keep_back(&TO)];
const APPOINT: &[Input] = &[
    ask(&RESOLUTIONS),
    ask(&DOCUMENT),
    keep_back(&APPOINTED),
    keep_back(&FROM),
    ask(&TO),
    keep_back(&OVERRIDE),
];
const TAKE_OFFICE: &[Input] = &[ask(&BEGINS), keep_back(&TO), keep_back(&OVERRIDE)];
const AMEND: &[Input] =
    &[keep_back(&TO), keep_back(&DOCUMENT), keep_back(&NOMINATED_BY), keep_back(&RESOLUTIONS)];

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: REGISTRARS, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    action("nominate", Scope::Subject, NOMINATE),
    action("elect", Scope::Record, &[ask(&VOTES), keep_back(&ELECTED)]),
    action("appoint", Scope::Record, APPOINT),
    action("take-office", Scope::Record, TAKE_OFFICE),
    action("renew", Scope::Record, RENEW),
    action("expire", Scope::Many, &[]),
    Action { main: false, ..action("resign", Scope::Record, &[ask(&ENDS), ask(&WHY)]) },
    Action { main: false, ..action("dismiss", Scope::Record, &[ask(&ENDS), ask(&WHY)]) },
    Action { main: false, ..action("fail", Scope::Record, &[ask(&WHY)]) },
    Action { main: false, ..action("amend", Scope::Record, AMEND) },
];

fn only(sql: &str) -> Where {
    Where { sql: sql.to_owned(), values: Vec::new() }
}

fn in_office(cx: &Cx<'_>) -> Where {
    let today = cx.now.date().to_string();
    Where {
        sql: "held = 1 AND from_on <= ? AND (last_on IS NULL OR last_on >= ?)".to_owned(),
        values: vec![today.clone().into(), today.into()],
    }
}

fn pending(_: &Cx<'_>) -> Where {
    only("phase = 0")
}

fn ending(cx: &Cx<'_>) -> Where {
    let soon = cx.now.date() + chrono::Duration::days(cx.catalog.rule("term_reminder").value);
    Where { sql: "phase = 1 AND to_on <= ?".to_owned(), values: vec![soon.to_string().into()] }
}

fn past(_: &Cx<'_>) -> Where {
    only("phase = 2")
}

fn all(_: &Cx<'_>) -> Where {
    Where::default()
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["place"], descending: false, tick: None }
}

/// The ways to look: the register first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("in-office", in_office),
    list("pending", pending),
    list("ending", ending),
    list("past", past),
    list("all", all),
];
