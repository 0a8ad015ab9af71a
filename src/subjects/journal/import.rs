//! A row of another office's journal: a figure in the receipt or the payment column, everything else as in the register.

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::values::money::Fen;

use super::building;
use super::rules::Side;
use super::voucher::NewVoucher;

/// What follows from the columns: the voucher's number says the book when no column does.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) {
    let no = form.text("no").to_owned();
    let cash = no.starts_with('现');
    if let Ok(Some(book)) = crate::subjects::books::records::usual(cx.db, cash)
        && (cash || no.starts_with('银'))
    {
        form.propose("book", book.code);
    }
    let figure = form.number("receipt").or_else(|| form.number("payment"));
    if let Some(figure) = figure {
        form.fill("amount", Fen(figure).plain());
    }
}

/// The voucher a row would be; its number is given anew, so that none is missing.
///
/// # Errors
/// Names the column that is missing or what a rule says no to.
pub(crate) fn build(cx: &Cx<'_>, form: &FormState) -> Result<NewVoucher, Refusal> {
    let side = match (form.number("receipt"), form.number("payment")) {
        (Some(_), None) => Side::In,
        (None, Some(_)) => Side::Out,
        _ => return Err(Refusal::rule("journal-one-column").field("receipt")),
    };
    building::build(cx, form, Some(side))
}
