//! Operators: who may sign in, with which posts and until when (RULES §3.9, §5). PINs are the door's; here a new one is
//! only drawn, told once, and changed by its owner.

pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod pin;
pub(crate) mod records;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::signing;
use crate::desk::subject::{Cx, Duty, ListSpec, Subject, Where};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

use fields::{ACTIONS, KEEPERS, LISTS, RECORD};

/// The operators.
pub(crate) struct Operators;

impl Subject for Operators {
    fn name(&self) -> &'static str {
        "operators"
    }

    fn under(&self) -> Option<&'static str> {
        Some("more")
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

    /// Whoever keeps no operators sees only themselves.
    fn scope(&self, cx: &Cx<'_>) -> Where {
        match cx.who.holds(KEEPERS) {
            true => Where::default(),
            false => Where { sql: "id = ?".into(), values: vec![cx.who.id.into()] },
        }
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
        let who = records::must_find(cx.db, id)?;
        let refuse = |code| Err(Refusal::rule(code).with("name", who.name.clone()));
        match action.name {
            "readmit" if who.active => refuse("operators-in"),
            "readmit" => Ok(()),
            _ if !who.active => refuse("operators-out"),
            "unlock" if who.failed == 0 => refuse("operators-unlocked"),
            "remove" if id == cx.who.id => refuse("operators-self"),
            "end" if records::held(cx, id)?.is_empty() => refuse("operators-no-posts"),
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
        if let (Some(id), "end") = (id, action.name)
            && let [only] = records::held(cx, id)?.as_slice()
        {
            form.propose("post", only.post.clone());
            form.propose("org", only.org.clone());
        }
        Ok(())
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        let mut args = Vec::new();
        let id = match (action.name, id) {
            ("post", Some(id)) => {
                records::give(cx, tx, id, &pages::post_in(cx, form)?, keep::day_in(form, "until"))?;
                id
            }
            ("end", Some(id)) => {
                records::take(cx, tx, id, &pages::post_in(cx, form)?)?;
                id
            }
            ("pin", Some(id)) => {
                let drawn = pin::draw()?;
                records::set_pin(tx, id, &signing::hash(&drawn)?, true)?;
                args.push(("pin", drawn));
                id
            }
            ("unlock", Some(id)) => {
                records::unlock(tx, id)?;
                id
            }
            ("remove", Some(id)) => {
                records::set_active(tx, id, false)?;
                id
            }
            ("readmit", Some(id)) => {
                records::set_active(tx, id, true)?;
                id
            }
            _ => {
                let drawn = pin::draw()?;
                let id = records::insert(tx, form.text("name"), Some(signing::hash(&drawn)?))?;
                records::set_pin(tx, id, &signing::hash(&drawn)?, true)?;
                args.push(("pin", drawn));
                if !form.text("post").is_empty() {
                    records::give(cx, tx, id, &pages::post_in(cx, form)?, keep::day_in(form, "until"))?;
                }
                id
            }
        };
        let who = records::must_find(tx.conn(), id)?;
        args.push(("name", who.name));
        Ok(Done {
            id,
            reference: records::reference(id),
            args,
            undo: Undo::No("operators"),
            open: action.name == "add",
        })
    }

    fn exporters(&self) -> &'static [&'static str] {
        KEEPERS
    }

    fn withdraw(&self, _: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        records::set_active(tx, id, false)
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }
}
