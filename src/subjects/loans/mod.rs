//! Loans: who asks for an asset, who has it until when, in what state it came back (G-6.2.2, SM-08). Under the assets' tab;
//! ownership is never touched here.

pub(crate) mod fields;
pub(crate) mod item;
pub(crate) mod lists;
pub(crate) mod pages;
pub(crate) mod plan;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod request;
pub(crate) mod rules;
pub(crate) mod table;
pub(crate) mod typed;
pub(crate) mod work;
pub(crate) mod write;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, QuickReading, ReportSpec, Subject};
use crate::desk::view::{Choice, Column, Part, Row};
use crate::store::Tx;
use crate::subjects::assets::records as assets;

/// The requests and loans.
pub(crate) struct Loans;

impl Subject for Loans {
    fn name(&self) -> &'static str {
        "loans"
    }

    fn under(&self) -> Option<&'static str> {
        Some("assets")
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
        &[("借", "lend"), ("l", "lend")]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["ZS", "借用"]
    }

    fn about(&self, cx: &Cx<'_>, _action: &Action, of: &dyn Subject, id: i64) -> Vec<(&'static str, String)> {
        if of.name() != "assets" {
            return Vec::new();
        }
        let asset = assets::find(cx.db, id).ok().flatten();
        asset.map(|asset| ("item", asset.no)).into_iter().collect()
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
        match id {
            Some(id) => work::applies(cx, action, &records::must_find(cx.db, id)?),
            None if assets::live(cx.db)? == 0 => Err(Refusal::rule("loans-no-asset")),
            None => Ok(()),
        }
    }

    fn available_each(&self, cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
        match records::must_find(cx.db, id) {
            Ok(loan) => actions.iter().map(|action| work::applies(cx, action, &loan)).collect(),
            Err(refusal) => actions.iter().map(|_| Err(refusal.clone())).collect(),
        }
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
            ("lend" | "approve", about) => request::start(cx, form, about.as_ref()),
            (_, Some(loan)) => work::start(cx, loan, form),
            _ => Ok(()),
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        let about = request::about(cx, form);
        match (form.action, &about) {
            ("lend" | "approve", about) => request::respond(cx, form, changed, about.as_ref()),
            (_, Some(loan)) => work::respond(cx, form, loan),
            _ => {}
        }
    }

    fn complete(&self, cx: &Cx<'_>, form: &FormState, field: &str) -> Vec<Choice> {
        match field {
            "pick" => request::complete(cx, form, request::about(cx, form).as_ref()).unwrap_or_default(),
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
        match id {
            Some(id) => work::apply(cx, tx, action, id, form),
            None => write::lend(cx, tx, form),
        }
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        work::withdraw(cx, tx, id)
    }

    fn restored(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        work::follow(cx, tx, id)
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn standing(&self, cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
        pages::standing(cx)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let Some(asset) = records::must_find(cx.db, id)?.asset else { return Ok(Vec::new()) };
        let asset = assets::must_find(cx.db, asset)?;
        Ok(vec![(Findable::Name, asset.name), (Findable::Code, asset.no)])
    }

    fn quick(&self, _cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        QuickReading { action, target: None, texts: vec![("line", rest.to_owned())], unread: Vec::new() }
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }
}
