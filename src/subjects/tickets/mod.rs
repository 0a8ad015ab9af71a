//! Tickets: what is broken, from the word that it is to the look that it is in order again (SM-07, G-6.1.4, G-6.2.3b). What a
//! ticket may be about is said in `object` alone.

pub(crate) mod actions;
pub(crate) mod fields;
pub(crate) mod follow;
pub(crate) mod object;
pub(crate) mod pages;
pub(crate) mod raise;
pub(crate) mod records;
pub(crate) mod rules;
pub(crate) mod typed;

#[cfg(test)]
mod of_assets;
#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, Next, QuickReading, Subject};
use crate::desk::view::{Choice, Column, Part, Row};
use crate::store::Tx;

/// The tickets.
pub(crate) struct Tickets;

impl Subject for Tickets {
    fn name(&self) -> &'static str {
        "tickets"
    }

    fn under(&self) -> Option<&'static str> {
        Some("venue")
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

    fn verbs(&self) -> &'static [(&'static str, &'static str)] {
        &[("修", "report"), ("报修", "report"), ("x", "report")]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["BX", "报修"]
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

    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        actions::available(cx, action, id)
    }

    fn available_each(&self, cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
        actions::available_each(cx, actions, id)
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

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        actions::respond(cx, form, changed);
    }

    fn complete(&self, cx: &Cx<'_>, form: &FormState, field: &str) -> Vec<Choice> {
        if field == "vendor" { actions::vendors(cx, form) } else { Vec::new() }
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

    fn next(&self, cx: &Cx<'_>, action: &Action, ids: &[i64]) -> Option<Next> {
        actions::next(cx, action, ids)
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        actions::withdraw(cx, tx, id)
    }

    fn restored(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        follow::back(cx, tx, id)
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let ticket = records::must_find(cx.db, id)?;
        Ok(vec![(Findable::Text, object::say(cx, &ticket.object)?)])
    }

    fn quick(&self, _cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        QuickReading { action, target: None, texts: vec![("line", rest.to_owned())], unread: Vec::new() }
    }

    fn import_action(&self) -> Option<&'static str> {
        Some("report")
    }
}
