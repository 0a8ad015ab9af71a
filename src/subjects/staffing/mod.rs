//! Requests of the associations for people (G-6.3.2, SM-08p): what for, which skills, how many, when, where; who comes is a
//! shift of its own. They stand under the people.

pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod rules;
pub(crate) mod work;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, QuickReading, Subject};
use crate::desk::view::{Choice, Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

/// The requests.
pub(crate) struct Staffing;

impl Subject for Staffing {
    fn name(&self) -> &'static str {
        "staffing"
    }

    fn under(&self) -> Option<&'static str> {
        Some("staff")
    }

    fn record(&self) -> &'static Record {
        &fields::RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        pages::LISTS
    }

    fn actions(&self) -> &'static [Action] {
        fields::ACTIONS
    }

    fn verbs(&self) -> &'static [(&'static str, &'static str)] {
        &[("用人", "request"), ("y", "request")]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["YR", "用人"]
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn brief(&self, cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
        pages::brief(cx, id)
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        pages::columns(cx)
    }

    fn page(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
        pages::page(cx, id)
    }

    fn card(&self, cx: &Cx<'_>, id: i64) -> Result<Option<Part>, Refusal> {
        pages::card(cx, id).map(Some)
    }

    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        work::available(cx, action, id)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        work::start(cx, action.name, id, form)
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        work::respond(cx, form, changed);
    }

    fn complete(&self, cx: &Cx<'_>, form: &FormState, field: &str) -> Vec<Choice> {
        if field == "people" { work::complete(cx, form) } else { Vec::new() }
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        work::apply(cx, tx, action, id, form)
    }

    fn withdraw(&self, _cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        keep::update(tx, &fields::RECORD, id, 0, &[("status", keep::text(rules::Status::Withdrawn.word()))])
    }

    fn restored(&self, _cx: &Cx<'_>, _tx: &Tx<'_>, _id: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn quick(&self, _cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        QuickReading { action, target: None, texts: vec![("line", rest.to_owned())], unread: Vec::new() }
    }
}
