//! The register row as a form: what a typed line, the past and the rules make of it, and the voucher it would be. Reads the
//! file; what it may not be is said on the field.

use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::books::records::{self as books, Book};
use crate::subjects::funds::records as funds;
use crate::subjects::{keep, org_name};
use crate::values::capital;
use crate::values::money::Fen;

use super::rules::Side;
use super::voucher::NewLine;
use super::{building, suggest, totals};

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, action: &str, form: &mut FormState) -> Result<(), Refusal> {
    form.propose("date", cx.now.date().to_string());
    form.propose("attachments", "1");
    if action == "move" {
        let code = |cash| books::usual(cx.db, cash).map(|book| book.map(|b| b.code).unwrap_or_default());
        form.propose("book", code(false)?);
        form.propose("into", code(true)?);
        if let Some(pool) = building::pool(cx)? {
            form.propose("fund", pool.code);
        }
    }
    Ok(())
}

/// Answers to an edit: fills what follows, reads the whole back, warns.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str) {
    // Nothing here may stop a form: what cannot be read now is read at saving.
    drop(answer(cx, form, changed));
}

fn answer(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    // What a rule said no to may have been answered in another field.
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("journal-"));
    }
    if matches!(form.action, "pay" | "receive") {
        if changed == "line" {
            suggest::read_line(cx, form)?;
        } else if changed == "summary" {
            let words = vec![form.text("summary").trim().to_owned()];
            if let Some(like) = suggest::like(cx, building::side(cx, form), &words, "")? {
                suggest::take_over(cx, form, &like, false)?;
            }
        }
    }
    if form.action == "move" {
        let into = form.number("into").map(|id| books::must_find(cx.db, id)).transpose()?;
        let id = if into.is_some_and(|book| book.cash) { "journal-drawn" } else { "journal-deposited" };
        form.propose("summary", cx.t.say(id));
    }
    usual_book(cx, form)?;
    reread(cx, form);
    read_back(cx, form)?;
    findings(cx, form)
}

/// A typed line read back whole: nothing is written before a person has seen what was understood.
fn read_back(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    if form.text("line").is_empty() {
        return Ok(());
    }
    let mut parts = Vec::new();
    if let Some(amount) = form.number("amount") {
        parts.push(Fen(amount).to_string());
    }
    parts.push(form.text("summary").to_owned());
    let account = keep::plain(&form.value("account"));
    if !account.is_empty() {
        parts.push(cx.catalog.account_name(&account, cx.t.lang()));
    }
    if let Some(fund) = form.number("fund") {
        parts.push(funds::must_find(cx.db, fund)?.name);
    }
    if form.number("shared") == Some(1) {
        parts.push(cx.t.say("journal-shared-by-all"));
    }
    if let Some(book) = form.number("book") {
        parts.push(books::must_find(cx.db, book)?.name);
    }
    if let Some(day) = keep::day_in(form, "date").filter(|day| *day != cx.now.date()) {
        parts.push(keep::short_day(day));
    }
    parts.retain(|part| !part.is_empty());
    form.echo("line", parts.join(" "));
    Ok(())
}

/// What was filled in must be understood before it is judged.
fn reread(cx: &Cx<'_>, form: &mut FormState) {
    for slot in &mut form.slots {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
}

/// Where the money is when nobody says: small payments in cash, the rest at the bank (RULES §3.5).
fn usual_book(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    if !matches!(form.action, "pay" | "receive") {
        return Ok(());
    }
    let amount = form.number("amount").unwrap_or(0);
    let small = form.action == "pay" && amount < cx.catalog.rule("cash_payment_threshold").value;
    if let Some(book) = books::usual(cx.db, small)? {
        form.propose("book", book.code);
    }
    Ok(())
}

/// What the rules make of the form as it stands.
fn findings(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    let Some(amount) = form.number("amount").map(Fen) else { return Ok(()) };
    let say = |form: &mut FormState, label: &str, value: String| form.find(cx.t.say(label), value);
    say(form, "journal-finding-capital", capital::to_capital(amount));
    let built = building::build(cx, form, None);
    let (shown, problem) = match &built {
        Ok(new) => (Some(new.clone()), None),
        Err(refusal) => (None, Some(refusal.clone())),
    };
    if let Some(problem) = problem {
        // The reason to let it all the same is asked for where a rule of the fund says no.
        if problem.code.starts_with("journal-fund-") {
            form.show("override_reason", true);
        }
        if let Some(name) = problem.field
            && form.slot(name).is_some_and(|slot| !slot.effective().is_empty() && slot.error.is_none())
        {
            form.fail(name, problem);
        }
        return Ok(());
    }
    let Some(new) = shown else { return Ok(()) };
    let Some(line) = new.lines.first() else { return Ok(()) };
    if line.splits.len() > 1 && line.side != Side::Between {
        let each = line.splits.iter().map(|split| {
            let short: String = org_name(cx, &split.org).chars().take(1).collect();
            format!("{short}{}", Fen(split.amount.0.abs()))
        });
        say(form, "journal-finding-shared", each.collect::<Vec<_>>().join(" "));
    }
    let mut seen = Vec::new();
    for split in &line.splits {
        if seen.contains(&split.fund) {
            continue;
        }
        seen.push(split.fund);
        let change: i64 = line.splits.iter().filter(|s| s.fund == split.fund).map(|s| s.amount.0).sum();
        let fund = funds::must_find(cx.db, split.fund)?;
        let after = Fen(building::left_in(cx, form, split.fund)?.0 + change);
        let args = [("fund", fund.name), ("after", after.to_string())];
        say(form, "journal-finding-fund", cx.t.with("journal-finding-fund-value", &args));
    }
    if let Some(book) = line.book {
        let book = books::must_find(cx.db, book)?;
        warn_cash(cx, form, &book, line)?;
    }
    if !new.block.is_empty() {
        say(form, "journal-finding-override", cx.t.say("journal-finding-override-value"));
    }
    Ok(())
}

fn warn_cash(cx: &Cx<'_>, form: &mut FormState, book: &Book, line: &NewLine) -> Result<(), Refusal> {
    if !book.cash {
        return Ok(());
    }
    let threshold = Fen(cx.catalog.rule("cash_payment_threshold").value);
    if line.side == Side::Out && line.figure >= threshold {
        let args = [("threshold", threshold.to_string())];
        form.find(cx.t.say("journal-finding-note"), cx.t.with("journal-finding-large-cash", &args));
    }
    let limit = book.limit.unwrap_or(Fen(cx.catalog.rule("cash_limit").value));
    let after = Fen(totals::book_balance(cx.db, book.id, false)?.0 + line.side.effect(line.figure).0);
    if line.side == Side::In && after > limit {
        let args = [("limit", limit.to_string()), ("after", after.to_string())];
        form.find(cx.t.say("journal-finding-note"), cx.t.with("journal-finding-over-limit", &args));
    }
    Ok(())
}
