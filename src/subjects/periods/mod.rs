//! The months of the journal, open and closed 期间 (guide 6.4.2, SM-28): what the desk needs to know of them as a subject.

pub(crate) mod actions;
pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod rules;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, ReportSpec, Subject, Where};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

/// Months of the journal.
pub(crate) struct Periods;

fn all(_: &Cx<'_>) -> Where {
    Where::default()
}

fn open(_: &Cx<'_>) -> Where {
    Where { sql: "status = '开放'".to_owned(), values: Vec::new() }
}

/// The ways to look, the newest month first; the open ones in the order in which they close.
static LISTS: &[ListSpec] = &[
    ListSpec { name: "all", filter: all, order: &["period"], descending: true, tick: None },
    ListSpec { name: "open", filter: open, order: &["period"], descending: false, tick: None },
];

impl Subject for Periods {
    fn name(&self) -> &'static str {
        "periods"
    }

    fn under(&self) -> Option<&'static str> {
        Some("journal")
    }

    fn record(&self) -> &'static Record {
        &fields::RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        LISTS
    }

    fn actions(&self) -> &'static [Action] {
        actions::ACTIONS
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
        actions::available(cx, action, id)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        actions::start(cx, action, id, form)
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        actions::respond(cx, form);
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        actions::apply(cx, tx, action, id, form)
    }

    fn archived(&self) -> bool {
        true
    }

    fn withdraw(&self, cx: &Cx<'_>, _tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        Err(Refusal::rule("periods-stays").with("ref", keep::reference(cx, &fields::RECORD, id)?))
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        Ok(vec![(Findable::Code, keep::reference(cx, &fields::RECORD, id)?)])
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }
}
