//! Rounds of the premises: hygiene, accessibility, water and power, fire safety (G-6.1.4). What is found not in order becomes a
//! ticket; mending it is the tickets' affair.

pub(crate) mod fields;
pub(crate) mod inspect;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod rules;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, ReportSpec, Subject};
use crate::desk::view::{Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

use fields::RECORD;

/// The rounds.
pub(crate) struct Inspections;

impl Subject for Inspections {
    fn name(&self) -> &'static str {
        "inspections"
    }

    fn under(&self) -> Option<&'static str> {
        Some("venue")
    }

    fn record(&self) -> &'static Record {
        &RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        fields::LISTS
    }

    fn actions(&self) -> &'static [Action] {
        fields::ACTIONS
    }

    fn letters(&self) -> &'static [&'static str] {
        &["XJ", "巡检"]
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn brief(&self, cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
        pages::brief(cx, id)
    }

    fn page(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
        pages::page(cx, id)
    }

    fn available(&self, cx: &Cx<'_>, _action: &Action, id: Option<i64>) -> Availability {
        let Some(id) = id else { return Ok(()) };
        let round = records::must_find(cx.db, id)?;
        if round.voided {
            return Err(Refusal::rule("inspections-voided").with("ref", round.no));
        }
        Ok(())
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        _id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        if action.name == "inspect" { inspect::start(cx, form) } else { Ok(()) }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        inspect::respond(cx, form, changed);
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        _action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        let Some(id) = id else { return inspect::apply(cx, tx, form) };
        let round = records::must_find(cx.db, id)?;
        keep::update(tx, &RECORD, id, form.version, &[("voided", keep::text(form.text("reason")))])?;
        Ok(Done { id, reference: round.no, args: Vec::new(), undo: Undo::Fields, open: false })
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        keep::update(tx, &RECORD, id, 0, &[("voided", keep::text(&cx.t.say("inspections-undone")))])
    }

    fn left_behind(&self, cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
        let open = inspect::open_tickets(cx, id)?;
        if open.is_empty() {
            return Ok(String::new());
        }
        Ok(cx.t.with("inspections-left-behind", &[("tickets", keep::joined(&open, cx.t))]))
    }

    fn today(&self, cx: &Cx<'_>, _limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx)
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }
}
