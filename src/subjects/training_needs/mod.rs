//! Training that associations need (G-6.3.3): asked for with topic, people, urgency and source, answered by sessions.

pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod write;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, Subject, Where};
use crate::desk::view::{Column, Row};
use crate::store::Tx;
use crate::subjects::keep;

/// The needs.
pub(crate) struct TrainingNeeds;

impl Subject for TrainingNeeds {
    fn name(&self) -> &'static str {
        "training_needs"
    }

    fn under(&self) -> Option<&'static str> {
        Some("staff")
    }

    fn record(&self) -> &'static Record {
        &fields::RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        fields::LISTS
    }

    fn actions(&self) -> &'static [Action] {
        fields::ACTIONS
    }

    fn letters(&self) -> &'static [&'static str] {
        &["XQ"]
    }

    fn scope(&self, cx: &Cx<'_>) -> Where {
        let orgs = cx.who.associations();
        if orgs.is_empty() {
            return Where::default();
        }
        let marks = vec!["?"; orgs.len()].join(", ");
        let values = orgs.into_iter().map(|org| org.to_owned().into()).collect();
        Where { sql: format!("org IN ({marks})"), values }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        pages::columns(cx)
    }

    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        write::available(cx, action, id)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        write::start(cx, action, id, form)
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        write::respond(cx, form);
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        write::apply(cx, tx, action, id, form)
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let why = keep::text(&cx.t.say("training-withdrawn"));
        keep::update(tx, &fields::RECORD, id, 0, &[("status", keep::text("已撤回")), ("reason", why)])
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn import_action(&self) -> Option<&'static str> {
        Some("raise")
    }
}
