//! The lines of a stocktake (G-6.2.4): one for every thing the book expects, and for every other thing that was found. Counted
//! one after another, looked at by a second person, decided one by one. The stocktake itself is another subject's.

pub(crate) mod counting;
pub(crate) mod deciding;
pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod rules;

#[cfg(test)]
pub(crate) mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Book, Cx, Duty, ListSpec, Subject, Where};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

use fields::{ACTIONS, LISTS, RECORD};

/// The lines of stocktakes.
pub(crate) struct Tallies;

impl Subject for Tallies {
    fn name(&self) -> &'static str {
        "tallies"
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

    fn scope(&self, cx: &Cx<'_>) -> Where {
        let orgs = cx.who.associations();
        if orgs.is_empty() {
            return Where::default();
        }
        // An association sees what became of its own, and what nobody knows.
        let marks = vec!["?"; orgs.len()].join(", ");
        let sql = format!("owner IS NULL OR owner IN ({marks})");
        Where { sql, values: orgs.into_iter().map(keep::text).collect() }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn kept_total(&self, cx: &Cx<'_>, list: &'static ListSpec) -> Result<Option<i64>, Refusal> {
        if list.name != "counted" {
            return Ok(None);
        }
        // Of those that go on the progress is at hand; what they had counted need not be.
        let counting = crate::subjects::stocktakes::records::counting(cx.db)?;
        let each = counting.iter().map(|of| Ok(records::progress(cx.db, of.id)?.0));
        each.sum::<Result<i64, Refusal>>().map(Some)
    }

    fn ledger(&self, cx: &Cx<'_>, list: &'static ListSpec, ids: &[i64]) -> Result<Option<Book>, Refusal> {
        if list.name == "counted" { pages::book(cx, ids).map(Some) } else { Ok(None) }
    }

    fn row_list(&self, _cx: &Cx<'_>, _form: &FormState) -> Option<&'static str> {
        Some("counted")
    }

    fn row_of(&self, cx: &Cx<'_>, form: &FormState, _list: &'static ListSpec) -> Vec<String> {
        pages::row_of(cx, form)
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        pages::columns(cx)
    }

    fn page(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
        pages::page(cx, id)
    }

    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        deciding::available(cx, action, id)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        match (action.name, id) {
            ("count", _) => counting::start(cx, form),
            ("decide", Some(id)) => deciding::start(cx, id, form),
            _ => Ok(()),
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        // What cannot be read now is read at saving.
        drop(match form.action {
            "count" => counting::respond(cx, form, changed),
            "decide" => deciding::respond(cx, form),
            _ => Ok(()),
        });
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
            Some(id) => deciding::apply(cx, tx, action, id, form),
            None => counting::apply(cx, tx, form),
        }
    }

    fn found_target(&self, cx: &Cx<'_>, _action: &Action, form: &FormState) -> Result<Option<i64>, Refusal> {
        counting::target(cx, form)
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let line = records::must_find(tx.conn(), id)?;
        if line.counted_by != cx.who.name {
            return Err(Refusal::rule("undo-changed").with("ref", line.no));
        }
        counting::take_back(tx, &line)?;
        // Whoever takes an answer back is asked again about the same thing.
        let at = cx.now.format("%Y-%m-%dT%H:%M").to_string();
        let stands = (line.book.place, line.position - 1);
        records::stand(tx.conn(), line.stocktake, &cx.who.name, stands, &at)
    }

    fn restored(&self, _cx: &Cx<'_>, _tx: &Tx<'_>, _id: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn today(&self, _cx: &Cx<'_>, _limit: usize) -> Result<Vec<Duty>, Refusal> {
        Ok(Vec::new())
    }
}
