//! The numbers the office may set for itself (SPEC §0, rule profile): due days, limits, reminders. Each rule has the
//! profile's number until the office puts its own in its place.

pub(crate) mod actions;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod rules;

#[cfg(test)]
mod tests;

use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, ReportSpec, Subject, Where};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

/// The office's own numbers.
pub(crate) struct Profile;

impl Subject for Profile {
    fn name(&self) -> &'static str {
        "profile"
    }

    fn under(&self) -> Option<&'static str> {
        Some("more")
    }

    fn record(&self) -> &'static Record {
        &records::RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        pages::LISTS
    }

    fn actions(&self) -> &'static [Action] {
        actions::ACTIONS
    }

    fn scope(&self, cx: &Cx<'_>) -> Where {
        pages::scope(cx)
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

    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        actions::available(cx, action, id)
    }

    fn start(&self, cx: &Cx<'_>, _: &Action, _: Option<i64>, form: &mut FormState) -> Result<(), Refusal> {
        actions::respond(cx, form);
        Ok(())
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _: &str) {
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

    fn withdraw(&self, _: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        keep::update(tx, &records::RECORD, id, 0, &[("value", Value::Text(String::new()))])
    }

    fn restored(&self, _: &Cx<'_>, _: &Tx<'_>, _: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn today(&self, _: &Cx<'_>, _: usize) -> Result<Vec<Duty>, Refusal> {
        Ok(Vec::new())
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        Ok(records::found_by(&records::must_find(cx.db, id)?, cx.catalog))
    }

    fn reports(&self) -> &'static [ReportSpec] {
        pages::REPORTS
    }
}
