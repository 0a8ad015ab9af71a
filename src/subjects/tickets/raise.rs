//! A ticket that another subject makes of what it found broken: the open one about the same thing, or a new one, reported as a
//! person would have.

use chrono::NaiveDate;

use crate::desk::door;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::assets::records as assets;
use crate::subjects::assets::rules::Status as Standing;
use crate::subjects::keep;
use crate::subjects::zones::records as zones;

use super::Tickets;
use super::object::{self, Object};
use super::records;

/// Reports what is out of use from this word on (SM-07): the asset stands in repair already, `was` is how it stood before.
/// Answers as [`raise`].
pub(crate) fn raise_out_of_use(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    about: &Object,
    fault: &str,
    on: NaiveDate,
    was: Option<Standing>,
) -> Result<i64, Refusal> {
    let ticket = raise(cx, tx, about, fault, "普通", on)?;
    records::take_out(tx.conn(), ticket, was)?;
    Ok(ticket)
}

/// Reports it; answers with the ticket's number in the file. `priority` is the word that is kept.
pub(crate) fn raise(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    about: &Object,
    fault: &str,
    priority: &str,
    on: NaiveDate,
) -> Result<i64, Refusal> {
    let cx = &Cx { db: tx.conn(), ..*cx };
    if let Some((id, _)) = object::open_alike(cx.db, about)? {
        return Ok(id);
    }
    let report = door::action(&Tickets, "report").ok_or_else(|| Refusal::usage("no-action"))?;
    let zone = match about.zone {
        Some(zone) => zones::must_find(cx.db, zone)?.code,
        None => String::new(),
    };
    let asset = match about.asset {
        Some(asset) => assets::must_find(cx.db, asset)?.no,
        None => String::new(),
    };
    let texts = [
        ("asset", asset),
        ("zone", zone),
        ("object", about.words.clone()),
        ("fault", fault.to_owned()),
        ("priority", priority.to_owned()),
        ("reported_on", on.to_string()),
    ];
    let form = keep::filled(cx, &Tickets, report, None, &texts)?;
    Ok(door::within(cx, tx, &Tickets, report, None, &form)?.0.id)
}
