//! The matters people bring, from the window to the archive (guide 6.5.1, 6.5.2; SM-20): what the desk needs to know of
//! them as a subject.

pub(crate) mod about;
pub(crate) mod allowed;
pub(crate) mod fields;
pub(crate) mod intake;
pub(crate) mod lists;
pub(crate) mod note;
pub(crate) mod pages;
pub(crate) mod petition;
pub(crate) mod quick;
pub(crate) mod records;
pub(crate) mod register;
pub(crate) mod reports;
pub(crate) mod routing;
pub(crate) mod rules;
pub(crate) mod table;
pub(crate) mod who;
pub(crate) mod work;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, QuickReading, ReportSpec, Section, Subject, Where};
use crate::desk::view::{Choice, Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::people::said;

use rules::{Event, Status};

/// Registered matters.
pub(crate) struct Cases;

impl Subject for Cases {
    fn name(&self) -> &'static str {
        "cases"
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
        &[
            ("诉", "register"),
            ("s", "register"),
            ("询", "register-inquiry"),
            ("z", "register-inquiry"),
            ("权", "register-rights"),
            ("q", "register-rights"),
            ("摸", "register-screening"),
            ("m", "register-screening"),
            ("专", "register-service"),
            ("f", "register-service"),
        ]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["案件", "案", "SL"]
    }

    fn scope(&self, cx: &Cx<'_>) -> Where {
        lists::scope(cx)
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn brief(&self, cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
        pages::named(cx, id)
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

    fn available_each(&self, cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
        allowed::available_each(cx, actions, id)
    }

    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        allowed::available(cx, action, id)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        match id {
            _ if table::registers(action.name) => intake::start(cx, action.name, form),
            Some(id) => note::start(cx, action.name, id, form)?,
            None => form.propose("channel", "窗口"),
        }
        Ok(())
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        if table::registers(form.action) { intake::respond(cx, form) } else { note::respond(cx, form) }
    }

    fn complete(&self, cx: &Cx<'_>, form: &FormState, field: &str) -> Vec<Choice> {
        match field {
            "client" if table::registers(form.action) => who::complete(cx, form),
            "handler" => note::handlers(cx, form),
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
            None if action.name == "import" => register::import(cx, tx, form),
            None => register::register(cx, tx, form),
        }
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let case = records::must_find(cx.db, id)?;
        let parts = records::parts(cx.db, id)?;
        let begun = parts.iter().any(|part| part.state != rules::Part::Pending);
        let early = matches!(
            case.status,
            Status::Registered | Status::Classified | Status::Unrouted | Status::Routed
        );
        // Somebody has taken it: it is no longer this person's to take back, but `withdraw` with a reason still is.
        if begun || !(early || case.status == Status::Coordinated) {
            return Err(Refusal::rule("cases-begun")
                .with("ref", case.no)
                .with("status", said(cx, &fields::STATUS, case.status.word())));
        }
        let to = rules::next(case.status, Event::Withdraw, &[], true)
            .map_err(|_stop| Refusal::rule("cases-begun").with("ref", &case.no))?;
        let columns = [("status", keep::text(to.word())), ("closed_on", keep::day(cx.now.date()))];
        keep::update(tx, &fields::RECORD, id, 0, &columns)?;
        records::step(cx, tx, id, "withdraw", Some(case.status), to, "")
    }

    fn left_behind(&self, cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
        let opened = records::opened_with(cx.db, id)?;
        Ok(opened.map(|code| cx.t.with("cases-file-stays", &[("ref", code)])).unwrap_or_default())
    }

    fn restored(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let case = records::must_find(cx.db, id)?;
        records::give_parts(tx, id, &case.co_orgs, cx.now.date())?;
        records::step(cx, tx, id, "restored", None, case.status, "")
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        quick::found_by(cx, id)
    }

    fn about_person(&self, cx: &Cx<'_>, client: i64) -> Result<Vec<Section>, Refusal> {
        about::sections(cx, client)
    }

    fn forget_person(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        client: i64,
        hide: &dyn Fn(&str) -> String,
    ) -> Result<(), Refusal> {
        about::forget(cx, tx, client, hide)
    }

    fn standing(&self, cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
        pages::standing(cx)
    }

    fn quick(&self, cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        quick::read(cx, action, rest)
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
