//! The second look at what differs, and what is decided about it (G-6.2.4). Nothing of it touches the ledger: that happens once,
//! when everything is decided.

use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::stocktakes::records as stocktakes;
use crate::subjects::stocktakes::rules::Status;

use super::counting;
use super::fields::RECORD;
use super::records::{self, Tally};
use super::rules::{Decision, Found};

fn small_office(cx: &Cx<'_>) -> bool {
    cx.catalog.rule("small_office").value == 1
}

/// Whether an action applies to this line now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else {
        return match stocktakes::counting(cx.db)?.is_empty() {
            true => Err(Refusal::rule("tallies-no-stocktake")),
            false => Ok(()),
        };
    };
    let line = records::must_find(cx.db, id)?;
    let of = stocktakes::must_find(cx.db, line.stocktake)?;
    let wants = match action.name {
        "check" => Status::Checking,
        "decide" => Status::Deciding,
        _ => Status::Counting,
    };
    if of.status != wants {
        return Err(stocktakes::stands(cx, &of));
    }
    let no = |code: &'static str| Err(Refusal::rule(code).with("tag", &line.tag));
    match action.name {
        "recount" if line.found.is_none() || line.void => no("tallies-not-counted"),
        "recount" => Ok(()),
        _ if !line.differs() => no("tallies-no-difference"),
        "check" if line.counted_by == cx.who.name && !small_office(cx) => no("tallies-own"),
        _ => Ok(()),
    }
}

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, id: i64, form: &mut FormState) -> Result<(), Refusal> {
    let line = records::must_find(cx.db, id)?;
    let usual =
        line.found.map_or(Decision::Leave, |found| Decision::usual(found, line.found_place.is_some()));
    form.propose("decision", usual.word());
    form.propose("card_owner", crate::catalog::SECRETARIAT);
    Ok(())
}

/// Answers to an edit: a card is asked for only where one will be made.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    let decision = Decision::parse(&keep::plain(&form.value("decision")));
    let ids: Vec<i64> = form.target.into_iter().chain(form.others.iter().copied()).collect();
    let mut nobody = false;
    for id in ids {
        let line = records::must_find(cx.db, id)?;
        nobody |= line.asset.is_none();
        if let Some(refusal) = decision.and_then(|decision| unfit(cx, decision, &line)) {
            form.fail("decision", refusal);
        }
    }
    let card = nobody && decision == Some(Decision::Update);
    for name in ["card_owner", "card_category"] {
        form.show(name, card);
        form.require(name, card);
    }
    Ok(())
}

/// Why a decision says nothing about a line.
fn unfit(cx: &Cx<'_>, decision: Decision, line: &Tally) -> Option<Refusal> {
    let found = line.found?;
    if decision.fits(found, line.found_place.is_some()) {
        return None;
    }
    let word = |set: &str, word: &str| cx.catalog.show_word(set, word, cx.t.lang());
    let refusal = Refusal::rule("tallies-unfit").field("decision").with("tag", &line.tag);
    let refusal = refusal.with("found", word("tally_results", found.word()));
    Some(refusal.with("decision", word("tally_decisions", decision.word())))
}

/// Carries an action on a line out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: i64,
    form: &FormState,
) -> Result<Done, Refusal> {
    let line = records::must_find(tx.conn(), id)?;
    let mut undo = Undo::Fields;
    match action.name {
        "recount" => {
            counting::take_back(tx, &line)?;
            undo = Undo::No("tallies");
        }
        "check" => keep::update(tx, &RECORD, id, 0, &[("checked_by", keep::text(&cx.who.name))])?,
        _ => {
            let decision = Decision::parse(&keep::plain(&form.value("decision")));
            let decision = decision.ok_or_else(|| Refusal::rule("required").field("decision"))?;
            if let Some(refusal) = unfit(cx, decision, &line) {
                return Err(refusal);
            }
            let card = line.asset.is_none() && decision == Decision::Update;
            let of_card = |name: &str| if card { form.value(name) } else { Value::Null };
            let columns = [
                ("decision", keep::text(decision.word())),
                ("reason", keep::text(form.text("reason"))),
                ("decided_by", keep::text(&cx.who.name)),
                ("card_owner", of_card("card_owner")),
                ("card_category", of_card("card_category")),
            ];
            keep::update(tx, &RECORD, id, 0, &columns)?;
        }
    }
    let found = line.found.unwrap_or(Found::Present);
    let found = cx.catalog.show_word("tally_results", found.word(), cx.t.lang());
    let args = vec![("tag", line.tag), ("found", found)];
    Ok(Done { id, reference: line.no, args, undo, open: false })
}
