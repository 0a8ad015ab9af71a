//! The people the office serves, certified or not (guide 6.5.4, L-3): what the desk needs to know of them as a subject.

pub(crate) mod actions;
pub(crate) mod erasing;
pub(crate) mod fields;
pub(crate) mod intake;
pub(crate) mod lists;
pub(crate) mod mentions;
pub(crate) mod own_data;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod retention;
pub(crate) mod rules;

#[cfg(test)]
mod privacy_tests;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Field, Findable, Record};
use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, QuickReading, ReportSpec, Section, Subject, Where};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

/// The people served.
pub(crate) struct People;

/// A kept word of a field in the session's language.
pub(crate) fn said(cx: &Cx<'_>, field: &Field, kept: &str) -> String {
    if kept.is_empty() { String::new() } else { reading::show(field, &Value::Text(kept.to_owned()), cx) }
}

impl Subject for People {
    fn name(&self) -> &'static str {
        "people"
    }

    fn under(&self) -> Option<&'static str> {
        Some("cases")
    }

    fn record(&self) -> &'static Record {
        &fields::RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        lists::LISTS
    }

    fn actions(&self) -> &'static [Action] {
        actions::ACTIONS
    }

    fn verbs(&self) -> &'static [(&'static str, &'static str)] {
        &[("人", "register"), ("r", "register")]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["C", "人"]
    }

    fn scope(&self, cx: &Cx<'_>) -> Where {
        lists::scope(cx)
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
        pages::first(cx, id).map(Some)
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

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        if matches!(form.action, "register" | "import" | "edit") {
            intake::respond(cx, form, changed);
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

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let open = records::open_cases(cx.db, id, 100)?.len();
        let code = keep::reference(cx, &fields::RECORD, id)?;
        if open > 0 {
            return Err(Refusal::rule("people-open-cases").with("ref", code).with("n", open.to_string()));
        }
        let columns = [("voided_on", keep::day(cx.now.date())), ("void_reason", keep::text("撤销登记"))];
        keep::update(tx, &fields::RECORD, id, 0, &columns)
    }

    fn restored(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        records::derive(tx, &crate::subjects::routing_table(cx.catalog), id)
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        Ok(vec![(Findable::Code, keep::reference(cx, &fields::RECORD, id)?)])
    }

    fn standing(&self, cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
        let (total, certified) = records::kept_counts(cx.db)?;
        let args = [("total", total.to_string()), ("certified", certified.to_string())];
        Ok(vec![(cx.t.say("subject-people"), cx.t.with("people-standing", &args))])
    }

    fn quick(&self, cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        let mut texts = Vec::new();
        let mut unread = Vec::new();
        let today = cx.now.date();
        for word in rest.split_whitespace() {
            let field = if crate::values::certificate::parse(word, today).is_ok() {
                "certificate"
            } else if crate::values::resident_id::parse(word, today).is_ok() {
                "resident_id"
            } else if crate::values::phone::parse(word).is_ok() {
                "phone"
            } else if texts.iter().all(|(name, _)| *name != "name")
                && !word.chars().any(|c| c.is_ascii_digit())
            {
                "name"
            } else {
                unread.push(word.to_owned());
                continue;
            };
            texts.push((field, word.to_owned()));
        }
        QuickReading { action, target: None, texts, unread }
    }

    fn about_person(&self, cx: &Cx<'_>, client: i64) -> Result<Vec<Section>, Refusal> {
        own_data::about(cx, client)
    }

    fn withheld(&self, cx: &Cx<'_>, id: i64) -> Result<bool, Refusal> {
        Ok(records::find(cx.db, id)?.is_some_and(|who| who.withdrawn))
    }

    fn erased_since(
        &self,
        office: &Connection,
        copy: &Connection,
        until: NaiveDate,
    ) -> Result<bool, Refusal> {
        Ok(!records::erased_since(office, copy, until)?.is_empty())
    }

    fn erase_again(
        &self,
        office: &Connection,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        until: NaiveDate,
    ) -> Result<(), Refusal> {
        erasing::again(office, cx, tx, until)
    }

    fn erases(&self, action: &str) -> bool {
        action == "erase"
    }

    fn exporters(&self) -> &'static [&'static str] {
        crate::subjects::MEETING
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }

    fn import_action(&self) -> Option<&'static str> {
        Some("import")
    }
}
