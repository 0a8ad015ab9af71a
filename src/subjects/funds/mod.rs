//! Funds: the six purses and the secretariat's own, each kept apart to the fen (G-6.4.1a, RULES §3.11). What a fund holds is
//! the journal's to say; here is whose it is and what it may be spent on.

pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod records;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, Subject, Where};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;
use crate::values::money::Fen;

use fields::{ACTIONS, LISTS, RECORD};

/// The funds.
pub(crate) struct Funds;

impl Subject for Funds {
    fn name(&self) -> &'static str {
        "funds"
    }

    fn under(&self) -> Option<&'static str> {
        Some("journal")
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
        &["基金"]
    }

    fn scope(&self, cx: &Cx<'_>) -> Where {
        let orgs = cx.who.associations();
        if orgs.is_empty() {
            return Where::default();
        }
        let marks = vec!["?"; orgs.len()].join(", ");
        Where { sql: format!("owner IN ({marks})"), values: orgs.into_iter().map(keep::text).collect() }
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
        let fund = records::must_find(cx.db, id)?;
        match action.name {
            _ if fund.closed => Err(Refusal::rule("funds-closed").with("fund", fund.name)),
            "close" => {
                let left = crate::subjects::journal::totals::fund_balance(cx.db, id, false)?;
                if left == Fen::ZERO {
                    return Ok(());
                }
                Err(Refusal::rule("funds-not-empty").with("fund", fund.name).with("left", left.to_string()))
            }
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
        match id {
            Some(id) if action.name == "amend" => keep::present(cx, &RECORD, id, form),
            _ => {
                form.propose("valid_from", cx.now.date().to_string());
                form.propose("restriction", "限定性");
                form.propose("shareable", "0");
                form.propose("opening", "0");
                Ok(())
            }
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        // What is not restricted has no list of what it may pay.
        let restricted = keep::plain(&form.value("restriction")) == "限定性";
        form.show("accounts", restricted);
        form.show("shareable", !restricted);
        if let Some(from) = keep::day_in(form, "valid_from")
            && keep::day_in(form, "valid_to").is_some_and(|to| to < from)
        {
            form.fail("valid_to", Refusal::rule("funds-ends-before").field("valid_to"));
        }
        let code = form.text("code").trim().to_uppercase();
        if form.target.is_none() && records::by_code(cx.db, &code).is_ok_and(|found| found.is_some()) {
            form.fail("code", Refusal::rule("funds-code-taken").field("code").with("code", code));
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
        let id = keep::coded(cx, tx, &RECORD, action.name, id, form)?;
        let fund = records::must_find(tx.conn(), id)?;
        let undo = if action.name == "create" { Undo::Withdraw } else { Undo::Fields };
        Ok(Done {
            id,
            reference: fund.code,
            args: vec![("name", fund.name)],
            undo,
            open: action.name == "create",
        })
    }

    fn archived(&self) -> bool {
        true
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let fund = records::must_find(tx.conn(), id)?;
        if records::used(tx.conn(), id)? {
            return Err(Refusal::rule("funds-used").with("fund", fund.name));
        }
        keep::update(tx, &RECORD, id, 0, &[("closed_on", keep::day(cx.now.date()))])
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }
}
