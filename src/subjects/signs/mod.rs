//! Signs: what hangs where, in which forms it can be read, how it stands (G-6.1.2). A broken one is reported and becomes a ticket.

mod fields;

#[cfg(test)]
mod tests;

use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, Press, Subject};
use crate::desk::view::{Fact, Facts};
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::tickets::object::Object;
use crate::subjects::tickets::raise::raise;
use crate::subjects::zones::fields::WARDENS;

use fields::{ACTIONS, LISTS, RECORD};

/// The signs.
pub(crate) struct Signs;

/// One value of a sign.
fn value(cx: &Cx<'_>, id: i64, name: &str) -> Result<Value, Refusal> {
    let kept = keep::load(cx, &RECORD, id)?;
    Ok(keep::value(&RECORD, &kept, name).clone())
}

/// The signs of a zone, for the zone's own page: what each says, in which forms, how it stands.
pub(crate) fn of_zone(cx: &Cx<'_>, zone: i64) -> Result<Facts, Refusal> {
    let sql = "SELECT text, coalesce(forms, ''), state FROM sign WHERE zone = ?1 AND removed_on IS NULL ORDER BY id";
    let mut statement = cx.db.prepare_cached(sql)?;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let found: Vec<(String, String, String)> =
        statement.query_map([zone], read)?.collect::<Result<_, _>>()?;
    let show = |set: &str, word: &str| cx.catalog.show_word(set, word, cx.t.lang());
    let fact = |(text, forms, state): (String, String, String)| {
        let mut said: Vec<String> = keep::parts(&forms).iter().map(|word| show("sign_forms", word)).collect();
        said.push(show("sign_states", &state));
        Fact { label: text, value: keep::joined(&said, cx.t) }
    };
    let items = found.into_iter().map(fact).collect();
    Ok(Facts { heading: cx.t.say("subject-signs"), items })
}

impl Subject for Signs {
    fn name(&self) -> &'static str {
        "signs"
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
        &["BP", "标牌"]
    }

    fn available(&self, cx: &Cx<'_>, _action: &Action, id: Option<i64>) -> Availability {
        let Some(id) = id else { return Ok(()) };
        match value(cx, id, "removed_on")? {
            Value::Null => Ok(()),
            _ => Err(Refusal::rule("signs-removed")),
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
            None => {
                form.propose("state", "完好");
                form.propose("installed_on", cx.now.date().to_string());
                Ok(())
            }
            Some(_) => Ok(()),
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
        let today = keep::day(cx.now.date());
        let Some(id) = id else {
            let mut columns = keep::columns(&RECORD, form);
            let no = format!("BP-{:03}", tx.next_number("BP", 0)?);
            columns.push(("no", keep::text(&no)));
            let id = tx.insert("sign", &columns)?;
            return Ok(Done {
                id,
                reference: no,
                args: args(cx, tx, id)?,
                undo: Undo::Withdraw,
                open: false,
            });
        };
        let version = if form.target == Some(id) { form.version } else { 0 };
        let columns = match action.name {
            // Looked at, and as it should be.
            "check" => vec![("checked_on", today), ("state", keep::text("完好"))],
            "remove" => vec![("removed_on", today)],
            "report" => {
                let text = keep::plain(&value(cx, id, "text")?);
                let words = cx.t.with("signs-object", &[("text", text)]);
                let zone = match value(cx, id, "zone")? {
                    Value::Integer(zone) => Some(zone),
                    _ => None,
                };
                raise(
                    cx,
                    tx,
                    &Object { asset: None, zone, words },
                    form.text("fault"),
                    "普通",
                    cx.now.date(),
                )?;
                vec![("state", keep::text("破损")), ("checked_on", today)]
            }
            _ => keep::columns(&RECORD, form),
        };
        keep::update(tx, &RECORD, id, version, &columns)?;
        let reference = keep::reference(&Cx { db: tx.conn(), ..*cx }, &RECORD, id)?;
        let undo = if action.name == "report" { Undo::No("signs") } else { Undo::Fields };
        Ok(Done { id, reference, args: args(cx, tx, id)?, undo, open: false })
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        keep::update(tx, &RECORD, id, 0, &[("removed_on", keep::day(cx.now.date()))])
    }

    fn today(&self, cx: &Cx<'_>, _limit: usize) -> Result<Vec<Duty>, Refusal> {
        if !cx.who.holds(WARDENS) {
            return Ok(Vec::new());
        }
        let sql = "SELECT count(*) FROM sign WHERE removed_on IS NULL AND state <> '完好'";
        let n: i64 = cx.db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        let duty = Duty {
            press: Press::Open,
            list: "signs.broken".to_owned(),
            what: cx.t.with("signs-duty", &[("n", n.to_string())]),
            ..Duty::default()
        };
        Ok(if n == 0 { Vec::new() } else { vec![duty] })
    }

    fn import_action(&self) -> Option<&'static str> {
        Some("create")
    }
}

fn args(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<crate::desk::locale::Args, Refusal> {
    let cx = Cx { db: tx.conn(), ..*cx };
    Ok(vec![("text", keep::plain(&value(&cx, id, "text")?))])
}
