//! Transfers: the only way in which an asset comes to belong to another association, with the old owner's consent and the new
//! one's, under the assets' tab (G-6.2.1, SM-09).

pub(crate) mod actions;
pub(crate) mod fields;
pub(crate) mod records;
pub(crate) mod rules;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, Press, Subject};
use crate::desk::view::{Column, Fact, Facts, Row};
use crate::store::Tx;
use crate::subjects::assets::records as assets;
use crate::subjects::zones::fields::WARDENS;
use crate::subjects::{keep, org_name};

use fields::{ACTIONS, LISTS, RECORD};
use records::Transfer;

/// Cells of a name in a prompt.
const BRIEF: usize = 8;

/// The transfers.
pub(crate) struct Transfers;

impl Subject for Transfers {
    fn name(&self) -> &'static str {
        "transfers"
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
        &["QS"]
    }

    fn about(&self, cx: &Cx<'_>, _action: &Action, of: &dyn Subject, id: i64) -> Vec<(&'static str, String)> {
        if of.name() != "assets" {
            return Vec::new();
        }
        let asset = assets::find(cx.db, id).ok().flatten();
        asset.map(|asset| ("asset", asset.no)).into_iter().collect()
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            let transfer = records::must_find(cx.db, *id)?;
            let asset = assets::must_find(cx.db, transfer.asset)?;
            rows.push(Row {
                reference: transfer.no.clone(),
                brief: format!("{} {}", keep::clip_cells(&asset.name, BRIEF), stands(cx, &transfer)),
                cells: vec![
                    format!("{} {}", asset.name, asset.no),
                    org_name(cx, &transfer.from),
                    org_name(cx, &transfer.to),
                    stands(cx, &transfer),
                    transfer.no,
                ],
                ..Row::default()
            });
        }
        Ok(rows)
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
        vec![
            column("transfers-asset", 12),
            column("transfers-from_org", 2),
            column("transfers-to_org", 2),
            column("transfers-status", 6),
            column("transfers-no", 11),
        ]
    }

    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        match id {
            Some(id) => actions::applies(cx, action, &records::must_find(cx.db, id)?),
            None => Ok(()),
        }
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        _action: &Action,
        _id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        actions::start(cx, form);
        Ok(())
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        // What cannot be read now is read at saving.
        drop(actions::respond(cx, form));
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
            Some(id) => actions::apply(cx, tx, action, id, form),
            None => actions::propose(cx, tx, form),
        }
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let transfer = records::must_find(tx.conn(), id)?;
        let Some(to) = rules::next(transfer.status, rules::Event::Withdraw) else {
            let status = stands(cx, &transfer);
            return Err(Refusal::rule("transfers-status").with("ref", transfer.no).with("status", status));
        };
        keep::update(tx, &RECORD, id, 0, &[("status", keep::text(to.word()))])
    }

    fn restored(&self, _cx: &Cx<'_>, _tx: &Tx<'_>, _id: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let asset = assets::must_find(cx.db, records::must_find(cx.db, id)?.asset)?;
        Ok(vec![(Findable::Text, asset.name), (Findable::Code, asset.no)])
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        let orgs = cx.who.associations();
        let mut duties = Vec::new();
        for transfer in records::open(cx.db, limit)? {
            let waits = actions::waits_for(&transfer).map(str::to_owned);
            let mine = match &waits {
                Some(org) => orgs.contains(&org.as_str()) || orgs.is_empty() && cx.who.holds(WARDENS),
                None => cx.who.holds(WARDENS),
            };
            if !mine {
                continue;
            }
            let asset = assets::must_find(cx.db, transfer.asset)?;
            let args = [
                ("what", format!("{} {}", asset.no, asset.name)),
                ("from", org_name(cx, &transfer.from)),
                ("to", org_name(cx, &transfer.to)),
            ];
            let id = if waits.is_some() { "transfers-duty-agree" } else { "transfers-duty-register" };
            duties.push(Duty {
                press: Press::Open,
                day: transfer.proposed_on.parse().ok(),
                reference: transfer.no.clone(),
                list: String::new(),
                what: cx.t.with(id, &args),
                when: String::new(),
                who: waits.map(|org| org_name(cx, &org)).unwrap_or_default(),
                ..Duty::default()
            });
        }
        Ok(duties)
    }
}

fn stands(cx: &Cx<'_>, transfer: &Transfer) -> String {
    cx.catalog.show_word("transfer_statuses", transfer.status.word(), cx.t.lang())
}

/// To whom an asset went or is to go, for the asset's own page.
pub(crate) fn of_asset(cx: &Cx<'_>, asset: i64) -> Result<Facts, Refusal> {
    let fact = |transfer: Transfer| Fact {
        label: transfer.no.clone(),
        value: format!(
            "{} > {} {}",
            org_name(cx, &transfer.from),
            org_name(cx, &transfer.to),
            stands(cx, &transfer)
        ),
    };
    let items = records::of_asset(cx.db, asset)?.into_iter().map(fact).collect();
    Ok(Facts { heading: cx.t.say("subject-transfers"), items })
}
