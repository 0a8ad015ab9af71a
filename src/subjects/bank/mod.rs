//! The bank's statement beside our journal 对账 (guide 6.4.2, RULES §3.6): what the desk needs to know of it as a subject.

pub(crate) mod actions;
pub(crate) mod fields;
pub(crate) mod lists;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod rules;
pub(crate) mod stand;

#[cfg(test)]
pub(crate) mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, Next, ReportSpec, Subject, Where};
use crate::desk::view::{Choice, Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

/// Lines of the bank's statement.
pub(crate) struct Bank;

impl Subject for Bank {
    fn name(&self) -> &'static str {
        "bank"
    }

    fn under(&self) -> Option<&'static str> {
        Some("journal")
    }

    fn record(&self) -> &'static Record {
        &fields::RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        lists::LISTS
    }

    fn next(&self, cx: &Cx<'_>, action: &Action, ids: &[i64]) -> Option<Next> {
        actions::next(cx, action, ids)
    }

    fn actions(&self) -> &'static [Action] {
        actions::ACTIONS
    }

    fn letters(&self) -> &'static [&'static str] {
        &["BS"]
    }

    fn scope(&self, cx: &Cx<'_>) -> Where {
        lists::scope(cx)
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn brief(&self, cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
        Ok(pages::brief(&records::must_find(cx.db, id)?))
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

    fn complete(&self, cx: &Cx<'_>, form: &FormState, field: &str) -> Vec<Choice> {
        match field {
            "entries" => actions::entries(cx, form),
            _ => Vec::new(),
        }
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
        records::void(tx, id, 0, cx.now.date(), &cx.t.say("bank-withdrawn"))
    }

    fn restored(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        actions::restored(cx, tx, id)
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        if id == 0 {
            // What is kept of how a bank heads its tables is no line.
            return Ok(Vec::new());
        }
        Ok(vec![(Findable::Code, keep::reference(cx, &fields::RECORD, id)?)])
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }

    fn import_action(&self) -> Option<&'static str> {
        Some("import")
    }

    fn headers(&self, cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
        records::headers(cx.db)
    }

    fn imported(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        id: i64,
        headers: &[(&'static str, String)],
    ) -> Result<(), Refusal> {
        let line = records::must_find(cx.db, id)?;
        for (field, header) in headers {
            if fields::REMEMBERED.iter().any(|(known, _)| known == field) {
                records::remember(tx, line.book, field, header)?;
            }
        }
        Ok(())
    }
}
