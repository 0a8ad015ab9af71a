//! Stocktakes (SM-11, G-6.2.4): what the office has, held against what the book says, twice a year and whenever somebody asks.
//! What is counted line by line is the tallies'; the ledger is the assets'.

pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod posting;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod rules;
pub(crate) mod steps;

#[cfg(test)]
pub(crate) mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, Next, QuickReading, ReportSpec, Subject};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

use fields::{ACTIONS, LISTS, RECORD};
use rules::{Status, Step};

/// Stocktakes.
pub(crate) struct Stocktakes;

impl Subject for Stocktakes {
    fn name(&self) -> &'static str {
        "stocktakes"
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

    fn verbs(&self) -> &'static [(&'static str, &'static str)] {
        &[("盘", "plan")]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["PD", "盘点"]
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn brief(&self, cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
        Ok(pages::brief(cx, &records::must_find(cx.db, id)?))
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

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        // What cannot be read now is read at saving.
        drop(steps::respond(cx, form));
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

    fn next(&self, _cx: &Cx<'_>, action: &Action, ids: &[i64]) -> Option<Next> {
        // What was planned is usually begun there and then.
        let id = ids.first().copied().filter(|_| action.name == "plan")?;
        Some(Next {
            action: "stocktakes.start",
            id,
            args: vec![("what", String::new()), ("n", "1".to_owned())],
        })
    }

    fn withdraw(&self, _cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let of = records::must_find(tx.conn(), id)?;
        match of.status.after(Step::Cancel) {
            Some(next) => keep::update(tx, &RECORD, id, 0, &[("status", keep::text(next.word()))]),
            None => Err(Refusal::rule("stocktakes-begun").with("no", of.no)),
        }
    }

    fn restored(&self, _cx: &Cx<'_>, _tx: &Tx<'_>, _id: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn standing(&self, cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
        let mut said = Vec::new();
        for of in records::open(cx.db)?.into_iter().filter(|of| of.status == Status::Counting) {
            let (counted, left) = crate::subjects::tallies::records::progress(cx.db, of.id)?;
            let args = [("counted", counted.to_string()), ("left", left.to_string())];
            said.push((of.no, cx.t.with("stocktakes-progress-value", &args)));
        }
        Ok(said)
    }

    fn quick(&self, cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        // `盘 Z03-R1`, `盘 肢协`, `盘`: a place, else whose.
        let zone = crate::subjects::zones::records::by_code(cx.db, &rest.to_uppercase()).ok().flatten();
        let org = cx.catalog.associations().iter().find(|a| {
            a.key.eq_ignore_ascii_case(rest) || a.code.eq_ignore_ascii_case(rest) || a.short == rest
        });
        let (texts, unread) = match (zone, org, rest) {
            (_, _, "") => (vec![("scope", "全部".to_owned())], Vec::new()),
            (Some(zone), ..) => (vec![("scope", "场地".to_owned()), ("zone", zone.code)], Vec::new()),
            (None, Some(org), _) => {
                (vec![("scope", "权属".to_owned()), ("owner", org.code.clone())], Vec::new())
            }
            _ => (Vec::new(), vec![rest.to_owned()]),
        };
        QuickReading { action, target: None, texts, unread }
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }
}
