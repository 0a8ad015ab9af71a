//! Goods that are used up, coming and going (G-6.2.3a): bought, drawn, brought back, counted, spoilt. Each move is a record of
//! its own, never rewritten; a wrong one is reversed by another.

pub(crate) mod entry;
pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod typed;
pub(crate) mod write;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Book, Cx, Duty, ListSpec, QuickReading, Subject, Where};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::consumables::pages::units;
use crate::subjects::consumables::records as items;
use crate::subjects::keep;
use crate::values::money::Fen;

use fields::{ACTIONS, LISTS, RECORD};
use write::Written;

/// Moves of goods.
pub(crate) struct Moves;

impl Subject for Moves {
    fn name(&self) -> &'static str {
        "moves"
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
        &[("领", "issue"), ("耗", "issue"), ("u", "issue"), ("入库", "receive"), ("退库", "bring-back")]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["CR"]
    }

    fn scope(&self, cx: &Cx<'_>) -> Where {
        let orgs = cx.who.associations();
        if orgs.is_empty() {
            return Where::default();
        }
        // An association sees what it drew itself.
        let marks = vec!["?"; orgs.len()].join(", ");
        Where { sql: format!("org IN ({marks})"), values: orgs.into_iter().map(keep::text).collect() }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn ledger(&self, cx: &Cx<'_>, _list: &'static ListSpec, ids: &[i64]) -> Result<Option<Book>, Refusal> {
        pages::book(cx, ids).map(Some)
    }

    fn row_of(&self, cx: &Cx<'_>, form: &FormState, _list: &'static ListSpec) -> Vec<String> {
        entry::row_of(cx, form)
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        pages::columns(cx)
    }

    fn page(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
        pages::page(cx, id)
    }

    fn available(&self, cx: &Cx<'_>, _action: &Action, id: Option<i64>) -> Availability {
        match id {
            Some(id) => write::refuse_reversal(cx, &records::must_find(cx.db, id)?),
            None if items::count(cx.db)? == 0 => Err(Refusal::rule("moves-no-goods")),
            None => Ok(()),
        }
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        _action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        if id.is_none() {
            entry::start(cx, form);
        }
        Ok(())
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        if form.target.is_none() {
            entry::respond(cx, form, changed);
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
        let Some(id) = id else {
            let written = write::write(cx, tx, &entry::build(cx, form)?)?;
            return done(tx, &written, Undo::Withdraw);
        };
        let written = write::reverse(cx, tx, id, form.text("reason").trim())?;
        done(tx, &written, Undo::No("moves"))
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let reason = cx.t.say("moves-withdrawn");
        let written = write::reverse(cx, tx, id, &reason)?;
        crate::desk::door::made(cx, tx, self, written.id, &written.no, "reverse")
    }

    fn restored(&self, _cx: &Cx<'_>, _tx: &Tx<'_>, _id: i64) -> Result<(), Refusal> {
        // A reversed move stays reversed: it is written again, as a new one.
        Err(Refusal::rule("moves-again"))
    }

    fn today(&self, _cx: &Cx<'_>, _limit: usize) -> Result<Vec<Duty>, Refusal> {
        Ok(Vec::new())
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        Ok(vec![(Findable::Text, records::must_find(cx.db, id)?.name)])
    }

    fn quick(&self, _cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        QuickReading { action, target: None, texts: vec![("line", rest.to_owned())], unread: Vec::new() }
    }
}

fn done(tx: &Tx<'_>, written: &Written, undo: Undo) -> Result<Done, Refusal> {
    let kept = records::must_find(tx.conn(), written.id)?;
    let item = items::must_find(tx.conn(), kept.item)?;
    let args = vec![
        ("name", item.name.clone()),
        ("units", units(&item, written.moved.quantity.abs())),
        ("left", units(&item, written.shelf.quantity)),
        ("amount", Fen(written.moved.amount.abs()).to_string()),
    ];
    Ok(Done { id: written.id, reference: written.no.clone(), args, undo, open: false })
}
