//! How the office puts its own number in place of one of the rule profile, changes it, and goes back to the profile's.
//! The audit row is the door's.

use rusqlite::types::Value;

use crate::desk::action::{Action, Ask, Availability, Done, Input, Scope, Undo};
use crate::desk::field::Field;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::keep;

use super::pages::{said, source, with_unit};
use super::records::{self, NUMBER, REASON, RECORD, RULE};
use super::rules::{self, Wrong};

/// Who sets the numbers of the office.
const SETTERS: &[&str] = &["secretary", "deputy_secretary"];

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: SETTERS, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action { main: false, ..action("set", Scope::Subject, &[ask(&RULE), ask(&NUMBER), ask(&REASON)]) },
    action("edit", Scope::Record, &[Input { field: &NUMBER, ask: Ask::Always }, ask(&REASON)]),
    action("reset", Scope::Record, &[ask(&REASON)]),
];

/// Whether an action applies now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else { return Ok(()) };
    let own = records::must_find(cx.db, id)?;
    match (action.name, own.value) {
        ("reset", None) => Err(Refusal::rule("profile-as-it-was").with("what", said(cx, &own.rule))),
        _ => Ok(()),
    }
}

/// The rule a form is about.
fn rule_of(cx: &Cx<'_>, form: &FormState) -> String {
    match form.target {
        Some(id) => records::find(cx.db, id).ok().flatten().map(|own| own.rule).unwrap_or_default(),
        None => keep::plain(&form.value("rule")),
    }
}

/// Answers to a change: what the rule says now, and what was understood.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) {
    let name = rule_of(cx, form);
    if name.is_empty() {
        return;
    }
    let rule = cx.catalog.rule(&name);
    let now = with_unit(cx, &rule, rule.value);
    form.find(cx.t.say("profile-now"), format!("{now} ({})", source(cx, &rule)));
    if form.target.is_some() {
        form.propose("number", rules::typed(rule.value, rule.unit));
    }
    let typed = form.text("number").trim().to_owned();
    if typed.is_empty() {
        return;
    }
    match number(cx, &name, &typed) {
        Ok(value) => form.echo("number", with_unit(cx, &rule, value)),
        Err(why) if form.slot("number").is_some_and(|slot| slot.passed) => form.fail("number", why),
        Err(_) => {}
    }
}

fn number(cx: &Cx<'_>, name: &str, typed: &str) -> Result<i64, Refusal> {
    let rule = cx.catalog.rule(name);
    rules::parse(typed, rule.unit).map_err(|wrong| {
        let refusal = match wrong {
            Wrong::NoNumber => Refusal::rule("profile-number").with("text", typed),
            Wrong::OutOfRange { least, most } => Refusal::rule("profile-range")
                .with("least", with_unit(cx, &rule, least))
                .with("most", with_unit(cx, &rule, most)),
        };
        refusal.field("number")
    })
}

/// Carries an action out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &FormState,
) -> Result<Done, Refusal> {
    let name = rule_of(cx, form);
    let text = match action.name {
        "reset" => String::new(),
        _ => number(cx, &name, form.text("number"))?.to_string(),
    };
    let kept = |text: &str| [("value", Value::Text(text.to_owned()))];
    let (id, undo) = match (id, records::of_rule(cx.db, &name)?) {
        (Some(id), _) => {
            keep::update(tx, &RECORD, id, form.version, &kept(&text))?;
            (id, Undo::Fields)
        }
        (None, Some(own)) if own.value.is_some() => {
            let refusal = Refusal::rule("profile-there").field("rule").with("ref", name.to_uppercase());
            return Err(refusal.with("what", said(cx, &name)));
        }
        (None, Some(own)) => {
            keep::update(tx, &RECORD, own.id, 0, &kept(&text))?;
            (own.id, Undo::Withdraw)
        }
        (None, None) => {
            let columns = [("key", keep::text(&format!("rule.{name}"))), ("value", keep::text(&text))];
            (tx.insert("setting", &columns)?, Undo::Withdraw)
        }
    };
    let rule = cx.catalog.rule(&name);
    let value = text.parse().map_or_else(|_| cx.t.say("profile-as-profile"), |n| with_unit(cx, &rule, n));
    let args = vec![("what", said(cx, &name)), ("value", value)];
    Ok(Done { id, reference: name.to_uppercase(), args, undo, open: false })
}
