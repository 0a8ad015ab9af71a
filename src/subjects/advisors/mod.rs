//! The group of advisors (G-5.3.3): five fields, letters of appointment, terms. A field without an advisor is said, never warned
//! of: the guide lets an office have none.

pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod reports;

#[cfg(test)]
mod tests;

use chrono::Datelike;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, ReportSpec, Subject};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

use fields::RECORD;

/// The advisors.
pub(crate) struct Advisors;

impl Subject for Advisors {
    fn name(&self) -> &'static str {
        "advisors"
    }

    fn under(&self) -> Option<&'static str> {
        Some("staff")
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
        &["GW"]
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
        let Some(id) = id else { return Ok(()) };
        let about = records::must_find(cx.db, id)?;
        match about.term.ended {
            Some(_) if action.name != "amend" => Err(Refusal::rule("advisors-ended").with("ref", about.no)),
            _ => Ok(()),
        }
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        let today = cx.now.date();
        match (action.name, id) {
            ("amend", Some(id)) => keep::present(cx, &RECORD, id, form)?,
            ("extend", Some(id)) => {
                let to = records::must_find(cx.db, id)?.term.to.unwrap_or(today);
                form.propose("to_on", to.with_year(to.year() + 1).unwrap_or(to).to_string());
            }
            ("end", _) => form.propose("ended_on", today.to_string()),
            _ => form.propose("from_on", today.to_string()),
        }
        Ok(())
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        let about = form.target.and_then(|id| records::find(cx.db, id).ok().flatten());
        let from = keep::day_in(form, "from_on").or(about.map(|a| a.term.from));
        for name in ["to_on", "ended_on"] {
            if let (Some(from), Some(day)) = (from, keep::day_in(form, name))
                && day < from
            {
                form.fail(name, Refusal::rule("advisors-term"));
            }
        }
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        _action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        let mut columns = keep::columns(&RECORD, form);
        let (id, undo) = match id {
            Some(id) => {
                keep::update(tx, &RECORD, id, form.version, &columns)?;
                (id, Undo::Fields)
            }
            None => {
                let person =
                    form.number("person").ok_or_else(|| Refusal::rule("required").field("person"))?;
                let field = keep::plain(&form.value("field"));
                if let Some(known) = records::twice(tx.conn(), person, &field, cx.now.date())? {
                    return Err(Refusal::rule("advisors-twice").field("field").with("ref", known));
                }
                let year = cx.now.year();
                columns.push(("no", keep::text(&format!("GW-{year}-{:02}", tx.next_number("GW", year)?))));
                (tx.insert("advisor", &columns)?, Undo::Withdraw)
            }
        };
        let now = records::must_find(tx.conn(), id)?;
        let args = vec![
            ("name", now.name.clone()),
            ("field", cx.catalog.show_word("advisor_fields", &now.field, cx.t.lang())),
            ("until", now.term.last().map(|day| day.to_string()).unwrap_or_default()),
        ];
        Ok(Done { id, reference: now.no, args, undo, open: false })
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let about = records::must_find(tx.conn(), id)?;
        if about.asked > 0 {
            return Err(Refusal::rule("advisors-asked").with("ref", about.no));
        }
        let why = keep::text(&cx.t.say("appointments-withdrawn"));
        keep::update(tx, &RECORD, id, 0, &[("ended_on", keep::day(about.term.from)), ("reason", why)])
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let about = records::must_find(cx.db, id)?;
        Ok(vec![(Findable::Code, about.no), (Findable::Name, about.name), (Findable::Text, about.field)])
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }
}
