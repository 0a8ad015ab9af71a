//! Appointments to posts (SM-03, G-5.3.1, G-5.3.2): from nomination over votes and councils into office and out of it. What is in
//! office here is what permits at the desk.

pub(crate) mod duties;
pub(crate) mod fields;
pub(crate) mod forms;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod rules;
pub(crate) mod steps;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, Next, ReportSpec, Subject};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

use rules::Stage;

/// The appointments.
pub(crate) struct Appointments;

impl Subject for Appointments {
    fn name(&self) -> &'static str {
        "appointments"
    }

    fn under(&self) -> Option<&'static str> {
        Some("staff")
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

    fn letters(&self) -> &'static [&'static str] {
        &["RZ"]
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
        steps::available(cx, action, id)
    }

    fn available_each(&self, cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
        steps::available_each(cx, actions, id)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        let about = id.map(|id| records::must_find(cx.db, id)).transpose()?;
        forms::start(cx, action.name, about.as_ref(), form)
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        let about = form.target.and_then(|id| records::find(cx.db, id).ok().flatten());
        forms::respond(cx, form, about.as_ref());
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        steps::apply(cx, tx, action, id, form)
    }

    fn next(&self, cx: &Cx<'_>, action: &Action, ids: &[i64]) -> Option<Next> {
        let [id] = ids else { return None };
        let about = records::find(cx.db, *id).ok().flatten()?;
        let begins = about.from.is_some_and(|from| from <= cx.now.date());
        let args = vec![("name", about.name), ("post", cx.catalog.post_name(&about.post, cx.t.lang()))];
        (action.name == "appoint" && begins).then_some(Next {
            action: "appointments.take-office",
            id: *id,
            args,
        })
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let about = records::must_find(tx.conn(), id)?;
        if !about.stage.pending() {
            let refusal = Refusal::rule("appointments-stage").with("ref", &about.no);
            return Err(refusal.with("stage", steps::stage(cx, &about)));
        }
        let why = keep::text(&cx.t.say("appointments-withdrawn"));
        let columns = [("stage", keep::text(Stage::Failed.word())), ("reason", why)];
        keep::update(tx, &fields::RECORD, id, 0, &columns)
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let about = records::must_find(cx.db, id)?;
        let word = cx.catalog.words("posts").iter().find(|word| word.kept == about.post);
        let post = word.map(|word| word.zh.clone()).unwrap_or_default();
        Ok(vec![(Findable::Code, about.no), (Findable::Name, about.name), (Findable::Text, post)])
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }
}
