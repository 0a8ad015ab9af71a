//! Who was at a session, for how long, how it was passed, and with which certificate (G-6.3.3). Marked together, entered with one
//! key.

pub(crate) mod actions;
pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod reports;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, ReportSpec, Subject, Where};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

/// Attendance at sessions.
pub(crate) struct Attendances;

impl Subject for Attendances {
    fn name(&self) -> &'static str {
        "attendance"
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

    fn scope(&self, cx: &Cx<'_>) -> Where {
        let orgs = cx.who.associations();
        if orgs.is_empty() {
            return Where::default();
        }
        let marks = vec!["?"; orgs.len()].join(", ");
        let sql = format!("person IN (SELECT id FROM staff WHERE org IN ({marks}))");
        Where { sql, values: orgs.into_iter().map(|org| org.to_owned().into()).collect() }
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

    fn available_each(&self, cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
        actions::available_each(cx, actions, id)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        _action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        let about = id.map(|id| records::must_find(cx.db, id)).transpose()?;
        actions::start(cx, about.as_ref(), form)
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
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

    fn withdraw(&self, _cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        keep::update(tx, &fields::RECORD, id, 0, &[("status", keep::text("请假"))])
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let about = records::must_find(cx.db, id)?;
        Ok(vec![
            (Findable::Code, about.no),
            (Findable::Code, about.session_no),
            (Findable::Name, about.name),
            (Findable::Text, about.title),
        ])
    }

    fn exporters(&self) -> &'static [&'static str] {
        crate::subjects::MEETING
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }
}
