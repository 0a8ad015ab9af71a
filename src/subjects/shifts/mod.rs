//! Shifts: who does what when, nobody in two places (G-6.3.2). Everything somebody is asked to do is one, window duty too
//! (G-6.1.3). They stand under the people.

pub(crate) mod asking;
pub(crate) mod assign;
pub(crate) mod change;
pub(crate) mod copy;
pub(crate) mod duty;
pub(crate) mod fields;
pub(crate) mod grids;
pub(crate) mod ics;
pub(crate) mod lists;
pub(crate) mod pages;
pub(crate) mod plan;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod rules;
mod shortlist;
pub(crate) mod table;
pub(crate) mod typed;

#[cfg(test)]
mod grids_tests;
#[cfg(test)]
mod rules_tests;
#[cfg(test)]
mod shortlist_tests;
#[cfg(test)]
pub(crate) mod tests;

use chrono::NaiveDate;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::grid::{Grid, GridSpec, Place, Wanted};
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Answer, Cx, Duty, ListSpec, QuickReading, ReportSpec, Subject};
use crate::desk::view::{Choice, Column, Part, Row};
use crate::store::Tx;
use crate::subjects::staff::records as staff;

/// The shifts.
pub(crate) struct Shifts;

impl Subject for Shifts {
    fn name(&self) -> &'static str {
        "shifts"
    }

    fn under(&self) -> Option<&'static str> {
        Some("staff")
    }

    fn record(&self) -> &'static Record {
        &fields::RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        lists::LISTS
    }

    fn actions(&self) -> &'static [Action] {
        table::ACTIONS
    }

    fn verbs(&self) -> &'static [(&'static str, &'static str)] {
        &[("派", "assign"), ("p", "assign"), ("谁", "free")]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["PB", "班"]
    }

    fn grids(&self) -> &'static [GridSpec] {
        grids::GRIDS
    }

    fn grid(&self, cx: &Cx<'_>, spec: &'static GridSpec, wanted: Wanted<'_>) -> Result<Grid, Refusal> {
        grids::grid(cx, spec, wanted)
    }

    fn cell_texts(&self, cx: &Cx<'_>, spec: &'static GridSpec, place: &Place) -> Vec<(&'static str, String)> {
        grids::cell_texts(cx, spec, place)
    }

    fn day_of(&self, cx: &Cx<'_>, id: i64) -> Result<Option<NaiveDate>, Refusal> {
        Ok(records::find(cx.db, id)?.map(|shift| shift.day()))
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
        change::available(cx, action, id)
    }

    fn available_each(&self, cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
        change::available_each(cx, actions, id)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        match (action.name, id) {
            ("assign", _) => assign::start(cx, form),
            ("free", _) => asking::start(form),
            ("cover", _) => form.propose("week", cx.now.date().to_string()),
            ("copy-week", _) => copy::start(cx, form),
            (name, Some(id)) => change::start(cx, name, &records::must_find(cx.db, id)?, form)?,
            _ => {}
        }
        Ok(())
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        match (form.action, form.target) {
            ("assign", _) => assign::respond(cx, form, changed),
            ("free" | "cover", _) => drop(asking::respond(cx, form, changed)),
            ("copy-week", _) => copy::respond(cx, form),
            (_, Some(id)) => {
                if let Ok(shift) = records::must_find(cx.db, id) {
                    change::respond(cx, form, changed, &shift);
                }
            }
            _ => {}
        }
    }

    fn complete(&self, cx: &Cx<'_>, form: &FormState, field: &str) -> Vec<Choice> {
        if field == "people" { assign::complete(cx, form) } else { Vec::new() }
    }

    fn answer(&self, cx: &Cx<'_>, form: &FormState) -> Result<Option<Answer>, Refusal> {
        match form.action {
            "free" | "cover" => asking::answer(cx, form).map(Some),
            _ => Ok(None),
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
        match (action.name, id) {
            (_, Some(id)) => change::apply(cx, tx, action, id, form),
            ("copy-week", _) => copy::apply(cx, tx, form),
            ("assign", _) => assign::apply(cx, tx, form),
            _ => Err(Refusal::rule("shifts-only-asks")),
        }
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        assign::withdraw(cx, tx, id)
    }

    fn restored(&self, _cx: &Cx<'_>, _tx: &Tx<'_>, _id: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let shift = records::must_find(cx.db, id)?;
        Ok(vec![(Findable::Other, staff::must_find(cx.db, shift.staff)?.name)])
    }

    fn standing(&self, cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
        pages::standing(cx)
    }

    fn quick(&self, _cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        QuickReading { action, target: None, texts: vec![("line", rest.to_owned())], unread: Vec::new() }
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }

    fn formats(&self) -> &'static [&'static str] {
        &["ics"]
    }

    fn write_as(
        &self,
        cx: &Cx<'_>,
        _ending: &str,
        mark: &str,
        out: &mut dyn std::io::Write,
    ) -> Result<usize, Refusal> {
        ics::write(cx, None, mark, out)
    }

    fn pieces(&self, cx: &Cx<'_>) -> Result<Vec<(i64, String)>, Refusal> {
        let people = staff::here(cx.db)?;
        Ok(people.into_iter().map(|who| (who.id, format!("{}.ics", who.code))).collect())
    }

    fn write_piece(
        &self,
        cx: &Cx<'_>,
        about: i64,
        mark: &str,
        out: &mut dyn std::io::Write,
    ) -> Result<usize, Refusal> {
        ics::write(cx, Some(about), mark, out)
    }
}
