//! A row of another office's journal: a figure in the receipt or the payment column, everything else as in the register.

use rusqlite::{OptionalExtension, params};

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::books::records::{self as books, Book};
use crate::subjects::keep;
use crate::values::money::Fen;

use super::building;
use super::rules::Side;
use super::voucher::{NewVoucher, Written};

/// What follows from the columns: the voucher's number says the book when no column does.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) {
    let no = form.text("no").to_owned();
    let cash = no.starts_with('现');
    if let Ok(Some(book)) = crate::subjects::books::records::usual(cx.db, cash)
        && (cash || no.starts_with('银'))
    {
        form.propose("book", book.code);
    }
    for (field, table) in [("book", "book"), ("fund", "fund")] {
        by_name(cx, form, field, table);
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

/// Tables name books and funds as people do: a whole name counts as the code.
fn by_name(cx: &Cx<'_>, form: &mut FormState, field: &str, table: &str) {
    let Some(slot) = form.slot_mut(field).filter(|slot| slot.read.is_none()) else { return };
    let sql = format!("SELECT code FROM {table} WHERE name = ?1 ORDER BY id LIMIT 1");
    let found =
        cx.db.prepare_cached(&sql).and_then(|mut s| s.query_row([slot.text.trim()], |row| row.get(0)));
    if let Ok(code) = found {
        slot.text = code;
    }
}

/// The other book, for a row whose counter account is one: money moved between the two.
///
/// # Errors
/// When the file cannot be read, or the row names no book.
pub(crate) fn other_book(cx: &Cx<'_>, form: &FormState) -> Result<Option<Book>, Refusal> {
    if form.action != "import" {
        return Ok(None);
    }
    let account = keep::plain(&form.value("account"));
    let here = building::book_in(cx, form, "book")?;
    Ok(books::all(cx.db)?.into_iter().find(|book| book.account == account && book.id != here.id))
}

/// The voucher a row is the receiving half of: moved money stands in both books, and the payment has written both lines.
/// None for every other row.
///
/// # Errors
/// When the payment's row has not come yet.
pub(crate) fn other_half(cx: &Cx<'_>, form: &FormState) -> Result<Option<Written>, Refusal> {
    let (Some(figure), Some(from)) = (form.number("receipt"), other_book(cx, form)?) else { return Ok(None) };
    let here = building::book_in(cx, form, "book")?;
    let day = keep::day_in(form, "date").ok_or_else(|| Refusal::rule("required").field("date"))?;
    // A line whose own row has come has an audit row of its own: two equal sums on one day are two.
    let sql = "SELECT e.id, e.no FROM journal_entry e JOIN journal_entry p ON p.kind = e.kind AND p.period = e.period \
               AND p.number = e.number AND p.leg = 1 WHERE e.leg = 2 AND e.book = ?1 AND e.date = ?2 AND e.amount = ?3 \
               AND p.book = ?4 AND e.status <> '已作废' \
               AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.subject = 'journal' AND a.record_id = e.id) \
               ORDER BY e.id LIMIT 1";
    let found =
        cx.db.prepare_cached(sql)?.query_row(params![here.id, day.to_string(), figure, from.id], |row| {
            Ok(Written { id: row.get(0)?, no: row.get(1)? })
        });
    match found.optional()? {
        Some(written) => Ok(Some(written)),
        None => Err(Refusal::rule("journal-other-half").field("account").with("book", from.name)),
    }
}
