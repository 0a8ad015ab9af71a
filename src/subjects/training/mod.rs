//! Training sessions (G-6.3.3): the plan of a year, rooms and trainers, who was there, and who has been trained too rarely.

pub(crate) mod fields;
pub(crate) mod forms;
pub(crate) mod frequency;
pub(crate) mod gaps;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod room;
pub(crate) mod rules;
pub(crate) mod table;
pub(crate) mod who;
pub(crate) mod write;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, QuickReading, ReportSpec, Subject};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;

/// The sessions.
pub(crate) struct Training;

impl Subject for Training {
    fn name(&self) -> &'static str {
        "training"
    }

    fn under(&self) -> Option<&'static str> {
        Some("staff")
    }

    fn record(&self) -> &'static Record {
        &fields::RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        table::LISTS
    }

    fn actions(&self) -> &'static [Action] {
        table::ACTIONS
    }

    fn verbs(&self) -> &'static [(&'static str, &'static str)] {
        &[("培训", "arrange"), ("px", "arrange")]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["PX", "培训"]
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
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
        write::available(cx, action, id)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        _action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        let about = id.map(|id| records::must_find(cx.db, id)).transpose()?;
        forms::start(cx, about.as_ref(), form)
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        let about = form.target.and_then(|id| records::find(cx.db, id).ok().flatten());
        forms::respond(cx, form, changed, about.as_ref());
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
        write::withdraw(cx, tx, id)
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn quick(&self, _cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        QuickReading { action, target: None, texts: vec![("line", rest.to_owned())], unread: Vec::new() }
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }
}
