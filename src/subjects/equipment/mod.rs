//! Extinguishers, emergency lights, first aid and the like: where each is, when it runs out (G-6.1.4). What is broken becomes a
//! ticket; that it is looked at regularly is the rounds' affair.

mod fields;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, Press, Subject};
use crate::store::Tx;
use crate::subjects::tickets::object::Object;
use crate::subjects::tickets::raise::raise;
use crate::subjects::tickets::rules::{Nearness, nearness};
use crate::subjects::zones::records as zones;
use crate::subjects::{DESK, keep};

use fields::{ACTIONS, LISTS, RECORD};

/// So many things that run out have a line of their own on the first page.
const EACH: usize = 3;

/// What runs out.
pub(crate) struct Equipment;

/// One value of a thing.
fn value(cx: &Cx<'_>, id: i64, name: &str) -> Result<Value, Refusal> {
    let kept = keep::load(cx, &RECORD, id)?;
    Ok(keep::value(&RECORD, &kept, name).clone())
}

/// What it is and where, in a few words, and its zone.
fn said(cx: &Cx<'_>, id: i64) -> Result<(String, Option<i64>), Refusal> {
    let kind = keep::plain(&value(cx, id, "kind")?);
    let kind = cx.catalog.show_word("equipment_kinds", &kind, cx.t.lang());
    let zone = match value(cx, id, "zone")? {
        Value::Integer(zone) => Some(zone),
        _ => None,
    };
    let place = zone.map(|zone| zones::must_find(cx.db, zone)).transpose()?;
    let place = place.map(|zone| zone.name).unwrap_or_default();
    Ok((keep::one_line(&format!("{kind} {place}")), zone))
}

impl Subject for Equipment {
    fn name(&self) -> &'static str {
        "equipment"
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

    fn letters(&self) -> &'static [&'static str] {
        &["XF"]
    }

    fn brief(&self, cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
        Ok(said(cx, id)?.0)
    }

    fn available(&self, cx: &Cx<'_>, _action: &Action, id: Option<i64>) -> Availability {
        let Some(id) = id else { return Ok(()) };
        match value(cx, id, "retired_on")? {
            Value::Null => Ok(()),
            _ => Err(Refusal::rule("equipment-retired")),
        }
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        form.require("expires_on", action.name == "renew");
        match (action.name, id) {
            ("amend", Some(id)) => keep::present(cx, &RECORD, id, form),
            ("create", _) => {
                form.propose("installed_on", cx.now.date().to_string());
                Ok(())
            }
            _ => {
                form.propose("checked_on", cx.now.date().to_string());
                Ok(())
            }
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        if form.action == "renew" && keep::day_in(form, "expires_on").is_some_and(|day| day <= cx.now.date())
        {
            form.fail("expires_on", Refusal::rule("equipment-past").field("expires_on"));
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
        let inside = Cx { db: tx.conn(), ..*cx };
        let Some(id) = id else {
            let mut columns = keep::columns(&RECORD, form);
            let no = format!("XF-{:03}", tx.next_number("XF", 0)?);
            columns.push(("no", keep::text(&no)));
            let id = tx.insert("equipment", &columns)?;
            let args = vec![("what", said(&inside, id)?.0)];
            return Ok(Done { id, reference: no, args, undo: Undo::Withdraw, open: false });
        };
        let version = if form.target == Some(id) { form.version } else { 0 };
        let columns = match action.name {
            "retire" => vec![("retired_on", keep::day(cx.now.date()))],
            "report" => {
                let kind = keep::plain(&value(cx, id, "kind")?);
                let no = keep::reference(cx, &RECORD, id)?;
                let about = Object { asset: None, zone: said(cx, id)?.1, words: format!("{kind} {no}") };
                raise(cx, tx, &about, form.text("fault"), "紧急", cx.now.date())?;
                vec![("checked_on", keep::day(cx.now.date()))]
            }
            _ => keep::columns(&RECORD, form),
        };
        keep::update(tx, &RECORD, id, version, &columns)?;
        let args = vec![("what", said(&inside, id)?.0)];
        let undo = if action.name == "report" { Undo::No("signs") } else { Undo::Fields };
        Ok(Done { id, reference: keep::reference(&inside, &RECORD, id)?, args, undo, open: false })
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        keep::update(tx, &RECORD, id, 0, &[("retired_on", keep::day(cx.now.date()))])
    }

    fn today(&self, cx: &Cx<'_>, _limit: usize) -> Result<Vec<Duty>, Refusal> {
        if !cx.who.holds(DESK) {
            return Ok(Vec::new());
        }
        let sql = "SELECT id, no, expires_on FROM equipment WHERE retired_on IS NULL AND expires_on <= ?1
                   ORDER BY expires_on, id";
        let mut statement = cx.db.prepare_cached(sql)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let found: Vec<(i64, String, String)> =
            statement.query_map([fields::soon(cx).to_string()], read)?.collect::<Result<_, _>>()?;
        let mut duties = Vec::new();
        for (id, no, day) in found.iter().take(if found.len() > EACH { 0 } else { EACH }) {
            let what = cx.t.with("equipment-duty", &[("what", said(cx, *id)?.0)]);
            duties.push(duty(cx, day, no.clone(), String::new(), what));
        }
        if let Some((_, _, first)) = found.first().filter(|_| found.len() > EACH) {
            let what = cx.t.with("equipment-duty-many", &[("n", found.len().to_string())]);
            duties.push(duty(cx, first, String::new(), "equipment.expiring".to_owned(), what));
        }
        Ok(duties)
    }

    fn import_action(&self) -> Option<&'static str> {
        Some("create")
    }
}

fn duty(cx: &Cx<'_>, day: &str, reference: String, list: String, what: String) -> Duty {
    let day: NaiveDate = day.parse().unwrap_or_default();
    let press = match nearness(day, cx.now.date()) {
        // On its last day it still is what it should be.
        Nearness::Past(_) => Press::Overdue,
        Nearness::Today => Press::Today,
        Nearness::Week => Press::Week,
        Nearness::Later => Press::Open,
    };
    Duty { press, day: Some(day), reference, list, what, when: keep::short_day(day), ..Duty::default() }
}
