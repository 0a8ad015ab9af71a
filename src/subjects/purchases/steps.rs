//! What is done with a purchase, step by step (SM-10): every step checked, each by whom it should be. What comes goes onto the
//! shelf, or gets its card, through those subjects' own actions.

use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::desk::view::Choice;
use crate::store::Tx;
use crate::subjects::consumables::records as items;
use crate::subjects::keep;
use crate::values::money::Fen;

use super::arriving;
use super::fields::RECORD;
use super::records::{self, Purchase, Quote};
use super::rules::{self, Status, Step, Thresholds};

/// The step an action takes; none for the one that asks for a purchase.
fn step(action: &str) -> Option<Step> {
    Some(match action {
        "quote" => Step::Quote,
        "propose" => Step::Propose,
        "approve" => Step::Approve,
        "refuse" => Step::Refuse,
        "order" => Step::Order,
        "accept" => Step::Accept,
        "store" => Step::Store,
        "pay" => Step::Pay,
        "close" => Step::Close,
        "withdraw" => Step::Withdraw,
        _ => return None,
    })
}

/// The office's thresholds.
pub(crate) fn thresholds(cx: &Cx<'_>) -> Thresholds {
    let rule = |name: &str| cx.catalog.rule(name).value;
    Thresholds {
        several_from: rule("purchase_quotes_from"),
        several: rule("purchase_quotes"),
        major_from: rule("purchase_major"),
    }
}

fn small_office(cx: &Cx<'_>) -> bool {
    cx.catalog.rule("small_office").value == 1
}

/// What it costs as far as is known: the price taken, else the lowest asked, else what it may cost.
pub(crate) fn price(cx: &Cx<'_>, of: &Purchase) -> Result<i64, Refusal> {
    let quotes = records::quotes(cx.db, of.id)?;
    let taken = quotes.iter().find(|quote| Some(quote.id) == of.quote);
    Ok(taken.or(quotes.first()).map_or(of.estimate, |quote| quote.amount))
}

/// Whether an action applies to this purchase now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else { return Ok(()) };
    let of = records::must_find(cx.db, id)?;
    let stands = cx.catalog.show_word("purchase_statuses", of.status.word(), cx.t.lang());
    let wrong = || Refusal::rule("purchases-stands").with("no", &of.no).with("status", stands);
    let Some(step) = step(action.name) else { return Ok(()) };
    if of.status.after(step).is_none() {
        return Err(wrong());
    }
    let mine = cx.who.associations();
    if !mine.is_empty() && !mine.contains(&of.org.as_str()) {
        return Err(Refusal::rule("purchases-not-yours").with("no", &of.no));
    }
    match step {
        Step::Approve if of.applicant == cx.who.name && !small_office(cx) => {
            Err(Refusal::rule("purchases-own").with("no", &of.no))
        }
        Step::Propose => {
            let (asked, wanted) = asked(cx, &of)?;
            if asked < wanted {
                let refusal = Refusal::rule("purchases-quotes").with("wanted", wanted.to_string());
                return Err(refusal.with("asked", asked.to_string()).with("no", &of.no));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Prices asked, and how many the amount wants: the larger of what it may cost and what the lowest asks.
pub(crate) fn asked(cx: &Cx<'_>, of: &Purchase) -> Result<(i64, i64), Refusal> {
    let quotes = records::quotes(cx.db, of.id)?;
    let amount = quotes.first().map_or(of.estimate, |quote| quote.amount.max(of.estimate));
    Ok((i64::try_from(quotes.len()).unwrap_or(i64::MAX), thresholds(cx).quotes(amount)))
}

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, action: &str, id: Option<i64>, form: &mut FormState) -> Result<(), Refusal> {
    let today = cx.now.date().to_string();
    let Some(id) = id else {
        form.propose("requested_on", today);
        form.propose("org", cx.who.associations().first().copied().unwrap_or(crate::catalog::SECRETARIAT));
        return Ok(());
    };
    let of = records::must_find(cx.db, id)?;
    form.propose("ordered_on", &today);
    form.propose("accepted_on", &today);
    form.propose("accepted", of.quantity.to_string());
    form.show("because", matches!(action, "refuse" | "withdraw"));
    form.require("because", matches!(action, "refuse" | "withdraw"));
    match action {
        "propose" => {
            let lowest = records::quotes(cx.db, id)?.into_iter().next();
            form.propose("taken", lowest.map(|quote| quote.vendor).unwrap_or_default());
        }
        "approve" => {
            let major = thresholds(cx).major(price(cx, &of)?);
            form.show("resolution", major);
            form.require("resolution", major);
        }
        "accept" => {
            form.require("inspector", !small_office(cx));
        }
        "store" => form.show("category", of.item.is_none()),
        _ => {}
    }
    Ok(())
}

/// Answers to an edit.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    let Some(id) = form.target else { return requested(cx, form, changed) };
    let of = records::must_find(cx.db, id)?;
    let price = price(cx, &of)?;
    match form.action {
        "propose" => {
            let quotes = records::quotes(cx.db, id)?;
            let taken = quotes.iter().find(|quote| quote.vendor == form.text("taken"));
            let dearer = taken.zip(quotes.first()).is_some_and(|(taken, low)| taken.amount > low.amount);
            let missing = taken.is_none() && !form.text("taken").is_empty();
            let amount = taken.map(|quote| Fen(quote.amount).to_string());
            form.show("because", dearer);
            form.require("because", dearer);
            if missing {
                let vendors: Vec<String> = quotes.iter().map(|quote| quote.vendor.clone()).collect();
                let refusal = Refusal::rule("purchases-vendor").field("taken");
                form.fail("taken", refusal.with("vendors", keep::joined(&vendors, cx.t)));
            }
            form.echo("taken", amount.unwrap_or_default());
            for quote in &quotes {
                form.find(quote.vendor.clone(), Fen(quote.amount).to_string());
            }
        }
        "approve" | "refuse" | "order" | "store" => {
            form.find(cx.t.say("purchases-price"), Fen(price).to_string());
            if form.action == "approve" && thresholds(cx).major(price) {
                form.find(cx.t.say("purchases-finding-note"), cx.t.say("purchases-finding-major"));
            }
        }
        "accept" => {
            let came = form.number("accepted");
            let other = came.is_some_and(|came| came != of.quantity);
            form.show("because", other);
            form.require("because", other);
            if came.is_some_and(|came| came < 0 || came > of.quantity) {
                let refusal = Refusal::rule("purchases-came").field("accepted");
                form.fail("accepted", refusal.with("ordered", of.quantity.to_string()));
            }
            if form.text("inspector").trim() == cx.who.name && !small_office(cx) {
                form.fail("inspector", Refusal::rule("purchases-inspector").field("inspector"));
            }
        }
        "pay" => paying(cx, form, &of)?,
        _ => {}
    }
    Ok(())
}

/// What a request says of itself: goods that are known by name are taken for what they are.
fn requested(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    if changed == "what" {
        let known = items::named(cx.db, form.text("what").trim())?;
        form.fill("item", known.map(|item| item.no).unwrap_or_default());
    }
    let item = items::named(cx.db, form.text("item").trim())?;
    if let Some(item) = &item {
        let n = super::super::consumables::rules::suggested(item.shelf.quantity, item.reorder_level);
        form.propose("quantity", n.to_string());
        form.echo("what", format!("{} {} {}", item.no, item.shelf.quantity, item.unit));
        let units = form.number("quantity").unwrap_or(n);
        if let Some(price) = item.usual_price {
            form.propose("estimate", Fen(price.saturating_mul(units)).plain());
        }
    } else {
        form.propose("quantity", "1");
    }
    for name in ["quantity", "estimate"] {
        if form.number(name).is_some_and(|n| n < 1) {
            form.fail(name, Refusal::rule("purchases-nothing"));
        }
    }
    let mine = cx.who.associations();
    let org = keep::plain(&form.value("org"));
    if !mine.is_empty() && !org.is_empty() && !mine.contains(&org.as_str()) {
        form.fail("org", Refusal::rule("moves-not-yours").field("org"));
    }
    let estimate = form.number("estimate").unwrap_or(0);
    let limits = thresholds(cx);
    if limits.quotes(estimate) > 1 {
        let args = [("n", limits.quotes(estimate).to_string())];
        form.find(cx.t.say("purchases-finding-note"), cx.t.with("purchases-finding-quotes", &args));
    }
    if limits.major(estimate) {
        form.find(cx.t.say("purchases-finding-note"), cx.t.say("purchases-finding-major"));
    }
    Ok(())
}

/// Whether a voucher pays this purchase: it went out, it stands, it pays nothing else, and a different figure has its reason.
fn paying(cx: &Cx<'_>, form: &mut FormState, of: &Purchase) -> Result<(), Refusal> {
    let Some(entry) = form.number("voucher") else { return Ok(()) };
    let due = due(cx, of)?;
    let Some((_, side, figure, counts)) = records::payment(cx.db, entry)? else { return Ok(()) };
    form.echo("voucher", Fen(figure).to_string());
    form.find(cx.t.say("purchases-due"), Fen(due).to_string());
    form.show("because", figure != due);
    form.require("because", figure != due);
    let wrong = |code: &'static str| Refusal::rule(code).field("voucher");
    if side != "付" || !counts {
        form.fail("voucher", wrong("purchases-voucher"));
    } else if let Some(other) = records::paid_by(cx.db, entry, of.id)? {
        form.fail("voucher", wrong("purchases-paid-by").with("other", other));
    }
    Ok(())
}

/// What is to be paid: the price of what came, in fen.
pub(crate) fn due(cx: &Cx<'_>, of: &Purchase) -> Result<i64, Refusal> {
    Ok(rules::cost(price(cx, of)?, of.quantity, of.accepted.unwrap_or(of.quantity)))
}

/// The vendors that were asked, the lowest first.
pub(crate) fn vendors(cx: &Cx<'_>, form: &FormState) -> Vec<Choice> {
    let quotes = form.target.and_then(|id| records::quotes(cx.db, id).ok()).unwrap_or_default();
    let choice = |quote: Quote| Choice {
        key: String::new(),
        label: format!("{} {}", quote.vendor, Fen(quote.amount)),
        value: quote.vendor,
    };
    quotes.into_iter().map(choice).collect()
}

/// Carries an action out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &FormState,
) -> Result<Done, Refusal> {
    let Some(id) = id else { return request(cx, tx, form) };
    let cx = Cx { db: tx.conn(), ..*cx };
    let of = records::must_find(cx.db, id)?;
    let step = step(action.name).ok_or_else(|| Refusal::usage("no-action").with("text", action.name))?;
    let next = of.status.after(step).ok_or_else(|| Refusal::rule("purchases-stands").with("no", &of.no))?;
    let mut columns: Vec<(&'static str, Value)> = vec![("status", keep::text(next.word()))];
    let because = form.text("because").trim();
    if !because.is_empty() {
        columns.push(("why", keep::text(because)));
    }
    let mut undo = Undo::Fields;
    let mut price = price(&cx, &of)?;
    match step {
        Step::Quote => {
            let quote = Quote {
                id: 0,
                vendor: form.text("vendor").trim().to_owned(),
                amount: form.number("amount").filter(|fen| *fen > 0).unwrap_or_default(),
                note: form.text("note").trim().to_owned(),
            };
            if quote.amount == 0 {
                return Err(Refusal::rule("purchases-nothing").field("amount"));
            }
            price = quote.amount;
            records::note_quote(tx.conn(), id, &quote, cx.now.date(), &cx.who.name)?;
            undo = Undo::No("purchases-quote");
        }
        Step::Propose => {
            let quotes = records::quotes(cx.db, id)?;
            let taken = quotes.iter().find(|quote| quote.vendor == form.text("taken").trim());
            let taken = taken.ok_or_else(|| Refusal::rule("required").field("taken"))?;
            price = taken.amount;
            columns.push(("quote", taken.id.into()));
        }
        Step::Approve | Step::Refuse => {
            let alone = of.applicant == cx.who.name;
            columns.push(("approver", keep::text(&cx.who.name)));
            columns.push(("approved_on", keep::day(cx.now.date())));
            columns.push(("alone", i64::from(alone).into()));
            if step == Step::Approve {
                columns.push(("resolution", keep::text(form.text("resolution"))));
            }
        }
        Step::Order => {
            columns.push(("ordered_on", form.value("ordered_on")));
            columns.push(("due_on", form.value("due_on")));
        }
        Step::Accept => {
            columns.push(("accepted", form.value("accepted")));
            columns.push(("accepted_on", form.value("accepted_on")));
            columns.push(("inspector", keep::text(form.text("inspector"))));
        }
        Step::Store => {
            columns.push(("asset", keep::text(&arriving::store(&cx, tx, &of, form)?)));
            undo = Undo::No("purchases-stored");
        }
        Step::Pay => {
            let entry = form.number("voucher").ok_or_else(|| Refusal::rule("required").field("voucher"))?;
            let figure = records::payment(cx.db, entry)?.map(|(_, _, figure, _)| figure);
            price = figure.unwrap_or(price);
            columns.push(("voucher", entry.into()));
            columns.push(("paid", price.into()));
        }
        Step::Close | Step::Withdraw => {}
    }
    keep::update(tx, &RECORD, id, form.version, &columns)?;
    let args = vec![("what", of.what), ("amount", Fen(price).to_string())];
    Ok(Done { id, reference: of.no, args, undo, open: false })
}

fn request(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    use chrono::Datelike;
    let mut columns = keep::columns(&RECORD, form);
    let on = keep::day_in(form, "requested_on").unwrap_or(cx.now.date());
    let no = format!("CG-{}-{:03}", on.year(), tx.next_number("CG", on.year())?);
    columns.extend([
        ("no", keep::text(&no)),
        ("applicant", keep::text(&cx.who.name)),
        ("status", keep::text(Status::Requested.word())),
    ]);
    let id = tx.insert(RECORD.table, &columns)?;
    let estimate = Fen(form.number("estimate").unwrap_or(0)).to_string();
    let args = vec![("what", form.text("what").trim().to_owned()), ("amount", estimate)];
    Ok(Done { id, reference: no, args, undo: Undo::Withdraw, open: true })
}
