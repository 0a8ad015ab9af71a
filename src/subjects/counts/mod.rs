//! The cash in the box, counted 现金盘点 (RULES §3.5): what the desk needs to know of a count as a subject.

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
use crate::desk::view::{Choice, Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

/// Counts of the cash.
pub(crate) struct Counts;

fn all(_: &Cx<'_>) -> Where {
    Where::default()
}

fn unsettled(_: &Cx<'_>) -> Where {
    Where { sql: "status = '已盘点' AND difference <> 0".to_owned(), values: Vec::new() }
}

/// The ways to look, the newest count first.
static LISTS: &[ListSpec] = &[
    ListSpec { name: "all", filter: all, order: &[], descending: true, tick: None },
    ListSpec { name: "unsettled", filter: unsettled, order: &[], descending: true, tick: None },
];

impl Subject for Counts {
    fn name(&self) -> &'static str {
        "counts"
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

    fn letters(&self) -> &'static [&'static str] {
        &["CC"]
    }

    fn scope(&self, cx: &Cx<'_>) -> Where {
        crate::subjects::bank::lists::scope(cx)
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
        _id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        actions::start(cx, action, form)
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        actions::respond(cx, form);
    }

    fn complete(&self, cx: &Cx<'_>, form: &FormState, field: &str) -> Vec<Choice> {
        if field == "witness" { actions::witnesses(cx, form) } else { Vec::new() }
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

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let count = records::must_find(cx.db, id)?;
        if count.status == "已处理" {
            return Err(Refusal::rule("counts-settled").with("ref", count.no));
        }
        keep::update(tx, &fields::RECORD, id, 0, &[("status", keep::text("已作废"))])
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
