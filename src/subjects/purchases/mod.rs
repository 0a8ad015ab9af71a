//! Purchases (SM-10, G-6.2.3b): asked for, priced, let by somebody else, ordered, looked at, put away, paid by a voucher of the
//! journal. What comes is the shelf's and the cards' to keep; the money is the journal's.

pub(crate) mod arriving;
pub(crate) mod fields;
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
use crate::desk::subject::{Cx, Duty, ListSpec, ReportSpec, Subject, Where};
use crate::desk::view::{Choice, Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

use fields::{ACTIONS, LISTS, RECORD};
use rules::{Status, Step};

/// Purchases.
pub(crate) struct Purchases;

impl Subject for Purchases {
    fn name(&self) -> &'static str {
        "purchases"
    }

    fn under(&self) -> Option<&'static str> {
        Some("assets")
    }

    fn record(&self) -> &'static Record {
        &RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        LISTS
    }

    fn actions(&self) -> &'static [Action] {
        ACTIONS
    }

    fn letters(&self) -> &'static [&'static str] {
        &["CG", "采购"]
    }

    fn scope(&self, cx: &Cx<'_>) -> Where {
        let orgs = cx.who.associations();
        if orgs.is_empty() {
            return Where::default();
        }
        let marks = vec!["?"; orgs.len()].join(", ");
        Where { sql: format!("org IN ({marks})"), values: orgs.into_iter().map(keep::text).collect() }
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
        steps::available(cx, action, id)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        steps::start(cx, action.name, id, form)
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        // What cannot be read now is read at saving.
        drop(steps::respond(cx, form, changed));
    }

    fn complete(&self, cx: &Cx<'_>, form: &FormState, field: &str) -> Vec<Choice> {
        if field == "taken" { steps::vendors(cx, form) } else { Vec::new() }
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

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let of = records::must_find(tx.conn(), id)?;
        let next = of.status.after(Step::Withdraw);
        let next = next.ok_or_else(|| {
            let stands = pages::status(cx, of.status);
            Refusal::rule("purchases-stands").with("no", &of.no).with("status", stands)
        })?;
        debug_assert_eq!(next, Status::Withdrawn);
        keep::update(tx, &RECORD, id, 0, &[("status", keep::text(next.word()))])
    }

    fn restored(&self, _cx: &Cx<'_>, _tx: &Tx<'_>, _id: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let quotes = records::quotes(cx.db, id)?;
        Ok(quotes.into_iter().map(|quote| (Findable::Text, quote.vendor)).collect())
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }
}
