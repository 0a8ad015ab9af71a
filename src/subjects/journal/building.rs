//! From a form to the voucher it would be, with everything a rule says no to. Reads the file, writes nothing.

use chrono::NaiveDate;

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::books::records::{self as books, Book};
use crate::subjects::funds::records::{self as funds, Fund};
use crate::subjects::{keep, orgs};
use crate::values::money::Fen;

use super::records;
use super::rules::{self, Block, Side, Split};
use super::totals;
use super::voucher::{NewLine, NewVoucher};

/// The column a form's figure stands in: the present one of a line that is written anew.
pub(crate) fn side(cx: &Cx<'_>, form: &FormState) -> Side {
    let present = form.target.and_then(|id| records::must_find(cx.db, id).ok()).map(|entry| entry.side);
    present.unwrap_or(if form.action == "receive" { Side::In } else { Side::Out })
}

/// The fund that running costs are paid from: the secretariat's own, unrestricted and shareable.
pub(crate) fn pool(cx: &Cx<'_>) -> Result<Option<Fund>, Refusal> {
    let ours = |fund: &Fund| {
        fund.owner == crate::catalog::SECRETARIAT && fund.rule.restriction == rules::Restriction::Unrestricted
    };
    let mut all: Vec<Fund> = funds::open(cx.db)?.into_iter().filter(ours).collect();
    all.sort_by_key(|fund| !fund.shareable);
    Ok(all.into_iter().next())
}

/// What a fund has without the line that is being written.
pub(crate) fn left_in(cx: &Cx<'_>, form: &FormState, fund: i64) -> Result<Fen, Refusal> {
    match form.target.filter(|_| form.action == "amend") {
        Some(id) => totals::fund_without(cx.db, fund, records::must_find(cx.db, id)?.voucher()),
        None => totals::fund_balance(cx.db, fund, false),
    }
}

/// The voucher a form would be.
///
/// # Errors
/// Names the field that is missing or what a rule says no to.
pub(crate) fn build(cx: &Cx<'_>, form: &FormState, side_of: Option<Side>) -> Result<NewVoucher, Refusal> {
    let missing = |name: &'static str| Refusal::rule("required").field(name);
    let amount = Fen(form.number("amount").ok_or_else(|| missing("amount"))?);
    if amount.0 <= 0 && !matches!(form.action, "import") {
        return Err(Refusal::rule("journal-not-above-zero").field("amount"));
    }
    let date = keep::day_in(form, "date").ok_or_else(|| missing("date"))?;
    if date > cx.now.date() {
        return Err(Refusal::rule("journal-future").field("date"));
    }
    let mut new = NewVoucher {
        date,
        summary: form.text("summary").trim().to_owned(),
        counterparty: form.text("counterparty").trim().to_owned(),
        attachments: form.number("attachments").unwrap_or(0),
        override_reason: form.text("override_reason").trim().to_owned(),
        ..NewVoucher::default()
    };
    if new.attachments < 0 {
        return Err(Refusal::rule("journal-attachments").field("attachments"));
    }
    match form.action {
        "move" => moved(cx, form, amount, &book_in(cx, form, "into")?, &mut new)?,
        "transfer" => between(cx, form, amount, &mut new)?,
        _ => match super::import::other_book(cx, form)? {
            Some(into) => moved(cx, form, amount, &into, &mut new)?,
            None => one_line(cx, form, side_of.unwrap_or_else(|| side(cx, form)), amount, &mut new)?,
        },
    }
    Ok(new)
}

fn fund_in(cx: &Cx<'_>, form: &FormState, name: &'static str) -> Result<Fund, Refusal> {
    let id = form.number(name).ok_or_else(|| Refusal::rule("required").field(name))?;
    funds::must_find(cx.db, id)
}

pub(super) fn book_in(cx: &Cx<'_>, form: &FormState, name: &'static str) -> Result<Book, Refusal> {
    let id = form.number(name).ok_or_else(|| Refusal::rule("required").field(name))?;
    books::must_find(cx.db, id)
}

/// Money in or out of one book, charged to one fund or shared over the associations.
fn one_line(
    cx: &Cx<'_>,
    form: &FormState,
    side: Side,
    figure: Fen,
    new: &mut NewVoucher,
) -> Result<(), Refusal> {
    let fund = fund_in(cx, form, "fund")?;
    let account = keep::plain(&form.value("account"));
    if account.is_empty() {
        return Err(Refusal::rule("required").field("account"));
    }
    let book = book_in(cx, form, "book")?;
    let effect = side.effect(figure);
    let splits = if form.number("shared") == Some(1) {
        let (rule, splits) = shared(cx, new.date, effect, &fund, &account)?;
        new.rule = Some(rule);
        splits
    } else {
        vec![Split { fund: fund.id, org: fund.owner.clone(), account: account.clone(), amount: effect }]
    };
    if side == Side::Out && figure.0 > 0 {
        let left = left_in(cx, form, fund.id)?;
        guard(&fund, rules::may_pay(&fund.rule, &account, new.date, figure, left), left, new, "fund")?;
        enough(cx, form, &book, figure)?;
    }
    new.lines = vec![NewLine { book: Some(book.id), side, figure, splits }];
    Ok(())
}

/// A cost's parts by the rule in force.
pub(crate) fn shared(
    cx: &Cx<'_>,
    day: NaiveDate,
    effect: Fen,
    fund: &Fund,
    account: &str,
) -> Result<(i64, Vec<Split>), Refusal> {
    let Some((rule, weights)) = records::sharing(cx.db, day, &orgs(cx.catalog))? else {
        return Err(Refusal::rule("journal-no-rule").field("shared"));
    };
    let splits = rules::share(effect, fund.id, account, &weights)
        .map_err(|_no_weight| Refusal::rule("journal-no-rule").field("shared"))?;
    Ok((rule, splits))
}

/// Lets a rule of the fund be broken only with a reason; the line then waits for two signatures (G-6.4.1a).
fn guard(
    fund: &Fund,
    allowed: Result<(), Block>,
    left: Fen,
    new: &mut NewVoucher,
    field: &'static str,
) -> Result<(), Refusal> {
    let Err(block) = allowed else {
        new.override_reason.clear();
        return Ok(());
    };
    if new.override_reason.is_empty() {
        let span = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
        return Err(Refusal::rule(block.code())
            .field(field)
            .with("fund", &fund.name)
            .with("left", left.to_string())
            .with("from", fund.rule.from.to_string())
            .with("to", span(fund.rule.to)));
    }
    block.code().clone_into(&mut new.block);
    Ok(())
}

/// A book cannot pay what is not in it.
fn enough(cx: &Cx<'_>, form: &FormState, book: &Book, figure: Fen) -> Result<(), Refusal> {
    let mut held = totals::book_balance(cx.db, book.id, false)?;
    if let Some(id) = form.target.filter(|_| form.action == "amend") {
        let old = records::must_find(cx.db, id)?;
        if old.book == Some(book.id) {
            held = Fen(held.0 - old.amount.0);
        }
    }
    if held < figure {
        return Err(Refusal::rule("journal-book-below-zero")
            .field("book")
            .with("book", &book.name)
            .with("held", held.to_string()));
    }
    Ok(())
}

/// Between two books: one voucher in both journals; the funds keep what they have.
fn moved(
    cx: &Cx<'_>,
    form: &FormState,
    amount: Fen,
    into: &Book,
    new: &mut NewVoucher,
) -> Result<(), Refusal> {
    let from = book_in(cx, form, "book")?;
    if from.id == into.id {
        return Err(Refusal::rule("journal-same-book").field("into"));
    }
    let fund = fund_in(cx, form, "fund")?;
    enough(cx, form, &from, amount)?;
    let split = |account: &str, amount: Fen| {
        vec![Split { fund: fund.id, org: fund.owner.clone(), account: account.to_owned(), amount }]
    };
    new.lines = vec![
        NewLine {
            book: Some(from.id),
            side: Side::Out,
            figure: amount,
            splits: split(&into.account, Side::Out.effect(amount)),
        },
        NewLine { book: Some(into.id), side: Side::In, figure: amount, splits: split(&from.account, amount) },
    ];
    Ok(())
}

/// Between two funds inside the co-managed account: no line in any book (G-6.4.1b).
fn between(cx: &Cx<'_>, form: &FormState, amount: Fen, new: &mut NewVoucher) -> Result<(), Refusal> {
    let (from, to) = (fund_in(cx, form, "fund")?, fund_in(cx, form, "to_fund")?);
    if from.id == to.id {
        return Err(Refusal::rule("journal-same-fund").field("to_fund"));
    }
    let left = left_in(cx, form, from.id)?;
    // Money for a purpose leaves its fund only for that purpose.
    let allowed = match from.rule.restriction {
        rules::Restriction::Restricted => Err(Block::Running),
        rules::Restriction::Unrestricted => rules::may_pay(&from.rule, "", new.date, amount, left),
    };
    guard(&from, allowed, left, new, "fund")?;
    new.lines = vec![transfer_line(&[(&from, &to, amount)])];
    Ok(())
}

/// The line of a transfer between funds.
pub(crate) fn transfer_line(moves: &[(&Fund, &Fund, Fen)]) -> NewLine {
    let account = |fund: &Fund| match fund.rule.restriction {
        rules::Restriction::Restricted => "3102",
        rules::Restriction::Unrestricted => "3101",
    };
    let split = |fund: &Fund, org: &str, amount: i64| Split {
        fund: fund.id,
        org: org.to_owned(),
        account: account(fund).to_owned(),
        amount: Fen(amount),
    };
    let splits = moves.iter().flat_map(|(from, to, amount)| {
        [split(from, &from.owner, -amount.0), split(to, &from.owner, amount.0)]
    });
    let total = moves.iter().map(|(_, _, amount)| amount.0).sum();
    NewLine { book: None, side: Side::Between, figure: Fen(total), splits: splits.collect() }
}
