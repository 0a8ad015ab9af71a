//! Zones: the tree of places in the shared premises, what each holds, offers and is kept for (G-6.1.2, G-6.1.3). Who is in
//! one is the bookings' to say.

pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod records;

#[cfg(test)]
mod tests;

use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, Subject};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::venue::rules::{clock, minute, minutes_of};

use fields::{ACTIONS, LISTS, RECORD};

/// The zones.
pub(crate) struct Zones;

impl Subject for Zones {
    fn name(&self) -> &'static str {
        "zones"
    }

    fn under(&self) -> Option<&'static str> {
        Some("venue")
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

    fn called(&self, cx: &Cx<'_>, text: &str) -> Result<Option<i64>, Refusal> {
        Ok(records::by_name(cx.db, text)?.map(|zone| zone.id))
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
        let zone = records::must_find(cx.db, id)?;
        match action.name {
            "reopen" if !zone.closed => Err(Refusal::rule("zones-open").with("zone", zone.name)),
            "reopen" => Ok(()),
            _ if zone.closed => Err(Refusal::rule("zones-closed").with("zone", zone.name)),
            "close" if records::held_from(cx.db, id, minutes_of(cx.now))? => {
                Err(Refusal::rule("zones-booked").with("zone", zone.name))
            }
            "close" if !records::within(cx.db, id)?.is_empty() => {
                Err(Refusal::rule("zones-parent").with("zone", zone.name))
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
                form.propose("approval", "0");
                Ok(())
            }
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        // What cannot be read now is read at saving.
        drop(check(cx, form));
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        let id = match (action.name, id) {
            ("amend", Some(id)) => {
                refuse_move(cx, id, form)?;
                keep::update(tx, &RECORD, id, form.version, &columns(form))?;
                id
            }
            ("close", Some(id)) => {
                keep::update(tx, &RECORD, id, form.version, &[("closed_on", keep::day(cx.now.date()))])?;
                id
            }
            ("reopen", Some(id)) => {
                keep::update(tx, &RECORD, id, form.version, &[("closed_on", Value::Null)])?;
                id
            }
            _ => tx.insert("zone", &columns(form))?,
        };
        let zone = records::must_find(tx.conn(), id)?;
        let undo = match action.name {
            "create" => Undo::Withdraw,
            "close" | "reopen" => Undo::No("zones"),
            _ => Undo::Fields,
        };
        Ok(Done {
            id,
            reference: zone.code,
            args: vec![("name", zone.name)],
            undo,
            open: action.name == "create",
        })
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let zone = records::must_find(tx.conn(), id)?;
        if records::ever_held(tx.conn(), id)? {
            return Err(Refusal::rule("zones-booked").with("zone", zone.name));
        }
        keep::update(tx, &RECORD, id, 0, &[("closed_on", keep::day(cx.now.date()))])
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }
}

/// The columns a form answers, codes and hours in their one form.
fn columns(form: &FormState) -> Vec<(&'static str, Value)> {
    let mut columns = keep::columns(&RECORD, form);
    for (name, value) in &mut columns {
        let text = keep::plain(value);
        *value = match *name {
            "code" => keep::text(&text.trim().to_uppercase()),
            "key" => keep::text(&text.trim().to_lowercase()),
            "opens" | "closes" => keep::text(&minute(&text).map(clock).unwrap_or_default()),
            "approval" if text.is_empty() => Value::Integer(0),
            _ => continue,
        };
    }
    columns
}

fn check(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    for name in ["opens", "closes"] {
        let text = form.text(name).to_owned();
        if !text.is_empty() && minute(&text).is_none() {
            form.fail(name, Refusal::rule("zones-clock").with("text", text));
        }
    }
    if let (Some(from), Some(to)) = (minute(form.text("opens")), minute(form.text("closes")))
        && from >= to
    {
        form.fail("closes", Refusal::rule("zones-closes-before").field("closes"));
    }
    for name in ["capacity", "fire_limit"] {
        if form.number(name).is_some_and(|n| n < 1) {
            form.fail(name, Refusal::rule("zones-people"));
        }
    }
    if let (Some(meant), Some(most)) = (form.number("capacity"), form.number("fire_limit"))
        && most < meant
    {
        form.fail("fire_limit", Refusal::rule("zones-fire-limit").field("fire_limit"));
    }
    let code = form.text("code").trim().to_uppercase();
    if form.target.is_none() && records::by_code(cx.db, &code)?.is_some() {
        form.fail("code", Refusal::rule("zones-code-taken").field("code").with("code", code));
    }
    let key = form.text("key").trim().to_lowercase();
    if let Some(other) = records::by_key(cx.db, &key)?.filter(|other| Some(other.id) != form.target) {
        form.fail(
            "key",
            Refusal::rule("zones-key-taken").field("key").with("key", key).with("zone", other.name),
        );
    }
    if let (Some(id), Some(parent)) = (form.target, form.number("parent"))
        && records::lies_in(cx.db, parent, id)?
    {
        form.fail("parent", Refusal::rule("zones-circle").field("parent"));
    }
    Ok(())
}

/// A zone goes elsewhere in the tree only while nothing is booked in it: what was apart would come to overlap.
fn refuse_move(cx: &Cx<'_>, id: i64, form: &FormState) -> Result<(), Refusal> {
    let zone = records::must_find(cx.db, id)?;
    if form.slot("parent").is_some() && form.number("parent") != zone.parent && records::ever_held(cx.db, id)?
    {
        return Err(Refusal::rule("zones-moves").field("parent").with("zone", zone.name));
    }
    Ok(())
}
