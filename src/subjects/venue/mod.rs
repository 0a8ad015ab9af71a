//! Bookings: who is where, what is free, nothing twice (G-6.1.1b, SM-06). Under the same tab stand the places themselves.

pub(crate) mod asking;
pub(crate) mod booking;
pub(crate) mod change;
pub(crate) mod duties;
pub(crate) mod fields;
pub(crate) mod grids;
pub(crate) mod ics;
pub(crate) mod lists;
pub(crate) mod pages;
pub(crate) mod plan;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod rules;
pub(crate) mod series;
pub(crate) mod table;
pub(crate) mod typed;
pub(crate) mod write;

#[cfg(test)]
mod rules_tests;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::grid::{Grid, GridSpec, Place, Wanted};
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Answer, Cx, Duty, ListSpec, QuickReading, ReportSpec, Subject};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;

pub(crate) use crate::subjects::zones::fields::WARDENS;

use rules::Hours;

/// The bookings.
pub(crate) struct Venue;

/// When the premises are open, where a zone says nothing of its own.
pub(crate) fn office_hours(cx: &Cx<'_>) -> Hours {
    let minute = |name: &str| u32::try_from(cx.catalog.rule(name).value).unwrap_or(0).min(1440);
    Hours { from: minute("venue_opens"), to: minute("venue_closes") }
}

impl Subject for Venue {
    fn name(&self) -> &'static str {
        "venue"
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
        &[("订", "book"), ("b", "book"), ("空", "free")]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["YY", "预约"]
    }

    fn grids(&self) -> &'static [GridSpec] {
        grids::GRIDS
    }

    fn grid(&self, cx: &Cx<'_>, spec: &'static GridSpec, wanted: Wanted<'_>) -> Result<Grid, Refusal> {
        grids::grid(cx, spec, wanted)
    }

    fn cell_texts(
        &self,
        _cx: &Cx<'_>,
        spec: &'static GridSpec,
        place: &Place,
    ) -> Vec<(&'static str, String)> {
        grids::cell_texts(spec, place)
    }

    fn day_of(&self, cx: &Cx<'_>, id: i64) -> Result<Option<NaiveDate>, Refusal> {
        Ok(records::find(cx.db, id)?.map(|booking| booking.day()))
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
        let about = id.map(|id| records::must_find(cx.db, id)).transpose()?;
        match (action.name, &about) {
            ("free", _) => {
                for name in ["day", "zone"] {
                    form.require(name, false);
                }
                Ok(())
            }
            ("book" | "import" | "move" | "copy" | "amend", about) => {
                booking::start(cx, form, about.as_ref())?;
                if action.name == "import" {
                    form.show("uid", true);
                    form.propose("override_reason", cx.t.say("venue-imported"));
                }
                Ok(())
            }
            (name, Some(booking)) => change::start(cx, name, booking, form),
            _ => Ok(()),
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        let about = booking::about(cx, form);
        match form.action {
            "free" => drop(asking::respond(cx, form, changed)),
            "book" | "import" | "move" | "copy" | "amend" => {
                booking::respond(cx, form, changed, about.as_ref());
            }
            _ => {
                if let Some(booking) = about {
                    change::respond(cx, form, &booking);
                }
            }
        }
    }

    fn answer(&self, cx: &Cx<'_>, form: &FormState) -> Result<Option<Answer>, Refusal> {
        if form.action == "free" { asking::answer(cx, form).map(Some) } else { Ok(None) }
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        match id {
            Some(id) => change::apply(cx, tx, action, id, form),
            None if action.name == "free" => Err(Refusal::rule("venue-only-asks")),
            None => write::book(cx, tx, form),
        }
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        change::withdraw(cx, tx, id)
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        duties::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let booking = records::must_find(cx.db, id)?;
        let zone = crate::subjects::zones::records::must_find(cx.db, booking.zone)?;
        Ok(vec![(Findable::Text, zone.name)])
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
        let zones = crate::subjects::zones::records::open(cx.db)?;
        Ok(zones.into_iter().map(|zone| (zone.id, format!("{}.ics", zone.code))).collect())
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

    fn import_action(&self) -> Option<&'static str> {
        Some("import")
    }
}
