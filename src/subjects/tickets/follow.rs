//! The asset a ticket is about stands as the ticket does: in repair while it is mended, then where it stood before, or waiting to
//! be struck off (SM-07, G-6.2.3b). What may follow what is the rules'; each change has an audit row of its own.

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::assets::rules::Status as Standing;
use crate::subjects::assets::{records as assets, state};
use crate::subjects::keep;

use super::records::{self, Ticket};
use super::rules;

/// Brings the asset to where the ticket says, after a step of the ticket.
pub(crate) fn follow(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    step(cx, tx, &records::must_find(tx.conn(), id)?, false)
}

/// The same after a step of the ticket was taken back.
pub(crate) fn back(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    step(cx, tx, &records::must_find(tx.conn(), id)?, true)
}

fn step(cx: &Cx<'_>, tx: &Tx<'_>, ticket: &Ticket, undone: bool) -> Result<(), Refusal> {
    let Some(asset) = ticket.object.asset.map(|id| assets::must_find(tx.conn(), id)).transpose()? else {
        return Ok(());
    };
    let other = records::mending(tx.conn(), asset.id, Some(ticket.id))?;
    // Another ticket still has it: only that it cannot be mended at all is said over its head.
    if other.is_some() && !ticket.has_it() && ticket.status != rules::Status::WriteOff {
        return Ok(());
    }
    if ticket.has_it() && ticket.was.is_none() {
        let was = match asset.status {
            Standing::InUse | Standing::Idle => Some(asset.status),
            _ => other.and_then(|other| other.was),
        };
        records::remember(tx.conn(), ticket.id, was)?;
    }
    let to = match (undone, ticket.has_it(), asset.status) {
        (true, true, Standing::ToWriteOff) => Some(Standing::Repair),
        (true, true, Standing::WrittenOff | Standing::GivenBack) => {
            return Err(Refusal::rule("undo-changed").with("ref", asset.no));
        }
        _ => rules::standing(ticket.status, ticket.taken_out, asset.status, ticket.was),
    };
    if !ticket.has_it() && matches!(ticket.status, rules::Status::Reported | rules::Status::Withdrawn) {
        records::remember(tx.conn(), ticket.id, None)?;
    }
    let Some(to) = to else { return Ok(()) };
    let said = match to {
        Standing::Repair | Standing::ToWriteOff => format!("{} {}", ticket.no, ticket.fault),
        _ => String::new(),
    };
    let mut columns = vec![("status", keep::text(to.word())), ("status_reason", keep::text(&said))];
    let happened = match (to, ticket.status) {
        (Standing::Repair, _) => "mend",
        (Standing::ToWriteOff, _) => "beyond",
        (_, rules::Status::Done) => "mended",
        _ => "unmend",
    };
    // What is of use again is not broken, mended or never so.
    let whole = happened == "mended" || (happened == "unmend" && ticket.taken_out);
    if whole && asset.condition == "损坏" {
        columns.push(("condition", keep::text("一般")));
    }
    state::stand(cx, tx, &asset, happened, &columns)
}
