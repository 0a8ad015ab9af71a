//! What is done on an asset's own page to the loan it is out on: whoever scans the thing that is brought back stands here and
//! not on the loan. The loan's own action does it.

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Subject};
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::loans::records::{self as loans, Loan};
use crate::subjects::loans::{Loans, work};

use super::records::{self, Asset};
use super::state;

/// The loan an asset is out on.
fn held(cx: &Cx<'_>, id: i64) -> Result<Loan, Refusal> {
    let no = records::must_find(cx.db, id)?.no;
    loans::held(cx.db, id)?.ok_or_else(|| Refusal::rule("assets-not-lent").with("ref", no))
}

/// Whether the loan's action applies.
pub(crate) fn applies(cx: &Cx<'_>, action: &Action, asset: &Asset) -> Availability {
    work::applies(cx, action, &held(cx, asset.id)?)
}

/// Fills the form as the loan's own.
pub(crate) fn start(cx: &Cx<'_>, id: i64, form: &mut FormState) -> Result<(), Refusal> {
    work::start(cx, &held(cx, id)?, form)
}

/// Answers to an edit as the loan does.
pub(crate) fn respond(cx: &Cx<'_>, id: i64, form: &mut FormState) {
    if let Ok(loan) = held(cx, id) {
        work::respond(cx, form, &loan);
    }
}

/// Carries the loan's action out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: i64,
    form: &FormState,
) -> Result<Done, Refusal> {
    let loan = held(cx, id)?;
    let theirs = door::action(&Loans, action.name)
        .ok_or_else(|| Refusal::usage("no-action").with("text", action.name))?;
    let form = FormState { subject: Loans.name(), target: Some(loan.id), version: 0, ..form.clone() };
    let (done, _) = door::within(cx, tx, &Loans, theirs, Some(loan.id), &form)?;
    let (now, loan) = (records::must_find(tx.conn(), id)?, loans::must_find(tx.conn(), loan.id)?);
    let reported = done.args.into_iter().find(|(name, _)| *name == "reported").unwrap_or_default();
    let args = vec![
        ("name", now.name),
        ("status", state::word(cx, now.status)),
        ("due", keep::short_day(loan.days.to)),
        ("reported", reported.1),
    ];
    Ok(Done { id, reference: now.no, args, undo: Undo::No("assets-loan"), open: false })
}
