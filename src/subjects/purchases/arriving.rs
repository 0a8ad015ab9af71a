//! What came by a purchase, put where it belongs: goods that are used up onto the shelf at what they cost, a durable thing
//! onto a card of its own. Both through the doors of those subjects.

use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::assets::Assets;
use crate::subjects::consumables::rules::Kind;
use crate::subjects::keep;
use crate::subjects::moves::Moves;
use crate::subjects::moves::write::{self, New};
use crate::values::money::Fen;
use crate::values::split;

use super::records::Purchase;
use super::steps;

/// More things than one purchase of an office ever brings: a slip of the finger, not that many cards.
const MOST_CARDS: i64 = 200;

/// Puts what came away; answers with the numbers of the cards that were made, empty for goods.
///
/// # Errors
/// What the shelf or the card refuses.
pub(crate) fn store(cx: &Cx<'_>, tx: &Tx<'_>, of: &Purchase, form: &FormState) -> Result<String, Refusal> {
    let came = of.accepted.unwrap_or(0);
    if came == 0 {
        return Ok(String::new());
    }
    let cost = steps::due(cx, of)?;
    let Some(item) = of.item else { return cards(cx, tx, of, came, cost, form) };
    let new = New {
        paid: Some(cost),
        // What one of them cost stands on the shelf where it comes out even.
        price: (cost % came == 0).then_some(cost / came),
        note: of.no.clone(),
        purchase: Some(of.id),
        ..New::of(item, Kind::In, came, cx.now.date())
    };
    let written = write::write(cx, tx, &new)?;
    door::made(cx, tx, &Moves, written.id, &written.no, "receive")?;
    Ok(String::new())
}

/// A card for each thing, and each its part of the price to the fen.
fn cards(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    of: &Purchase,
    came: i64,
    cost: i64,
    form: &FormState,
) -> Result<String, Refusal> {
    if came > MOST_CARDS {
        return Err(Refusal::rule("purchases-cards").with("most", MOST_CARDS.to_string()));
    }
    let action = door::action(&Assets, "create").ok_or_else(|| Refusal::usage("no-action"))?;
    cx.who.must_hold(action.posts, cx.catalog, cx.t)?;
    let weights: Vec<u64> = (0..came).map(|_| 1).collect();
    let parts = split::allocate(Fen(cost), &weights).map_err(|e| Refusal::rule(e.code()))?;
    let mut made = Vec::new();
    for part in parts {
        let texts = [
            ("name", of.what.clone()),
            ("owner", of.org.clone()),
            ("category", keep::plain(&form.value("category"))),
            ("source", "购置".to_owned()),
            ("value", part.plain()),
            ("acquired_on", cx.now.date().to_string()),
            ("document", of.no.clone()),
            ("note", form.text("note").trim().to_owned()),
        ];
        let filled = keep::filled(cx, &Assets, action, None, &texts)?;
        made.push(door::within(cx, tx, &Assets, action, None, &filled)?.0.reference);
    }
    Ok(match made.as_slice() {
        [only] => only.clone(),
        [first, .., last] => format!("{first}..{last}"),
        [] => String::new(),
    })
}
