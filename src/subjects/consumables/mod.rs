//! Goods that are used up and shared (G-6.2.3a): what there is, at which level more is bought, what it cost. How they come and
//! go is the moves' to say.

pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod rules;

#[cfg(test)]
pub(crate) mod tests;

use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::{ALREADY, Refusal};
use crate::desk::subject::{Cx, Duty, ListSpec, ReportSpec, Subject};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::moves::write::{self, New};

use fields::{ACTIONS, LISTS, RECORD};
use rules::Kind;

/// Consumables.
pub(crate) struct Consumables;

impl Subject for Consumables {
    fn name(&self) -> &'static str {
        "consumables"
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
        &["HC", "耗材"]
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
        let item = records::must_find(cx.db, id)?;
        match action.name {
            "reopen" if !item.closed => Err(Refusal::rule("consumables-open").with("name", item.name)),
            "reopen" => Ok(()),
            _ if item.closed => Err(Refusal::rule("consumables-closed").with("name", item.name)),
            "close" if item.shelf.quantity > 0 => {
                let left = item.shelf.quantity.to_string();
                Err(Refusal::rule("consumables-left").with("left", left).with("name", item.name))
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
            Some(id) => keep::present(cx, &RECORD, id, form),
            None if action.name == "create" => {
                form.propose("reorder_level", "0");
                form.propose("quantity", "0");
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        for name in ["reorder_level", "quantity", "usual_price"] {
            if form.number(name).is_some_and(|n| n < 0) {
                form.fail(name, Refusal::rule("consumables-negative"));
            }
        }
        let some = form.number("quantity").is_some_and(|n| n > 0);
        form.require("usual_price", some);
        // A number or a name that stands already is no new item; a table that is taken in twice passes it over.
        let new = form.target.is_none();
        for name in ["no", "name"].into_iter().filter(|_| new) {
            let text = form.text(name).trim().to_owned();
            if let Ok(Some(item)) = records::named(cx.db, &text)
                && !text.is_empty()
            {
                let taken =
                    Refusal::rule("consumables-taken").field(if name == "no" { "no" } else { "name" });
                form.fail(name, taken.with("name", item.name).with("no", item.no));
            }
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
        let Some(id) = id else { return create(cx, tx, form) };
        let mut undo = Undo::Fields;
        match action.name {
            "amend" => keep::update(tx, &RECORD, id, form.version, &columns(form))?,
            name => {
                undo = Undo::No("consumables");
                let closed = if name == "close" { keep::day(cx.now.date()) } else { Value::Null };
                keep::update(tx, &RECORD, id, form.version, &[("closed_on", closed)])?;
            }
        }
        let item = records::must_find(tx.conn(), id)?;
        Ok(Done { id, reference: item.no, args: vec![("name", item.name)], undo, open: false })
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let item = records::must_find(tx.conn(), id)?;
        if item.shelf.quantity > 0 {
            let left = item.shelf.quantity.to_string();
            return Err(Refusal::rule("consumables-left").with("left", left).with("name", item.name));
        }
        keep::update(tx, &RECORD, id, 0, &[("closed_on", keep::day(cx.now.date()))])
    }

    fn restored(&self, _cx: &Cx<'_>, _tx: &Tx<'_>, _id: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }

    fn import_action(&self) -> Option<&'static str> {
        Some("create")
    }
}

/// What a form says of the item itself; what is on the shelf follows from the moves.
fn columns(form: &FormState) -> Vec<(&'static str, Value)> {
    let mut columns = keep::columns(&RECORD, form);
    columns.retain(|(name, _)| !matches!(*name, "quantity" | "no"));
    for (name, value) in &mut columns {
        if *name == "reorder_level" && *value == Value::Null {
            *value = Value::Integer(0);
        }
    }
    columns
}

/// A new item, with what there is of it as its first move.
fn create(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    for name in ["no", "name"] {
        if records::named(tx.conn(), form.text(name).trim())?.is_some() {
            return Err(Refusal::rule(ALREADY).field(if name == "no" { "no" } else { "name" }));
        }
    }
    let no = match form.text("no").trim() {
        "" => loop {
            let no = format!("HC-{:02}", tx.next_number("HC", 0)?);
            if records::named(tx.conn(), &no)?.is_none() {
                break no;
            }
        },
        no => no.to_uppercase(),
    };
    let mut all = columns(form);
    all.push(("no", keep::text(&no)));
    let id = tx.insert(RECORD.table, &all)?;
    if let Some(units) = form.number("quantity").filter(|units| *units > 0) {
        let price = form.number("usual_price");
        let new = New { price, ..New::of(id, Kind::Opening, units, cx.now.date()) };
        write::write(cx, tx, &new)?;
    }
    let name = form.text("name").trim().to_owned();
    Ok(Done { id, reference: no, args: vec![("name", name)], undo: Undo::Withdraw, open: true })
}
