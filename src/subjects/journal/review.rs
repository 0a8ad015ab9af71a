//! What is done with a voucher after it is written: reviewed by somebody else, posted in order, given back, voided, cancelled
//! in red and booked again, let through by two (SM-28, RULES §3.2, §3.9).

use chrono::Datelike;
use rusqlite::types::Value;

use crate::desk::action::{Action, Ask, Availability, Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::{Kind as No, Refusal};
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::{books, funds, keep};
use crate::values::money::Fen;

use super::records::{self, Entry};
use super::rules::{self, Duty, Event, NoReversal, Side, Split, Status};
use super::voucher::{self, NewLine, NewVoucher};
use super::{Journal, building, fields as f, totals};

/// Whether an action applies to this line now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else {
        return match books::records::all(cx.db)?.is_empty() && action.name != "import" {
            true => Err(Refusal::rule("journal-no-book")),
            false => Ok(()),
        };
    };
    applies(cx, action, &records::must_find(cx.db, id)?)
}

/// The same of many actions on one line, which is read once.
pub(crate) fn available_each(cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
    match records::must_find(cx.db, id) {
        Ok(line) => actions.iter().map(|action| applies(cx, action, &line)).collect(),
        Err(refusal) => actions.iter().map(|_| Err(refusal.clone())).collect(),
    }
}

fn event(action: &str) -> Option<Event> {
    Some(match action {
        "amend" => Event::Amend,
        "review" => Event::Review,
        "return" => Event::Return,
        "post" => Event::Post,
        "void" => Event::Void,
        _ => return None,
    })
}

fn applies(cx: &Cx<'_>, action: &Action, line: &Entry) -> Availability {
    let status = || cx.catalog.show_word("entry_statuses", line.status.word(), cx.t.lang());
    if let Some(event) = event(action.name)
        && rules::next(line.status, event).is_none()
    {
        let code = if line.status == Status::Posted { "journal-posted" } else { "journal-status" };
        return Err(Refusal::rule(code).with("ref", line.voucher()).with("status", status()));
    }
    // One person may then do what two should, and every paper says so (RULES §3.9).
    let alone = cx.catalog.rule("small_office").value == 1;
    let cashier = cx.who.holds(&["cashier"]);
    match action.name {
        "review" => {
            rules::may_review(&cx.who.name, &line.preparer, cashier, alone).map_err(separate)?;
            let waits = !line.override_reason.is_empty()
                && (line.override_secretary.is_empty() || line.override_accountant.is_empty());
            if waits {
                return Err(Refusal::rule("journal-override-open").with("ref", line.voucher()));
            }
            Ok(())
        }
        "post" => rules::may_post(cashier, alone).map_err(separate),
        "amend" | "void" if line.preparer != cx.who.name && !cx.who.holds(&["accountant"]) => {
            Err(Refusal::rule("journal-not-yours").of(No::Permission).with("preparer", &line.preparer))
        }
        "amend" if line.kind == rules::Kind::Transfer || line.leg == 2 || cash_to_bank(cx, line)? => {
            Err(Refusal::rule("journal-amend-kind").with("ref", line.voucher()))
        }
        "reverse" => {
            let reversed = records::reversal(cx.db, first_leg(cx, line)?.id)?;
            let on = cx.now.date();
            rules::may_reverse(line.status, line.date, on, line.reversal_of.is_some(), reversed.is_some())
                .map_err(|why| no_reversal(line, why, reversed.as_ref()))
        }
        "adjust" => match line.status {
            Status::Posted if line.book.is_none() || cash_to_bank(cx, line)? => {
                Err(Refusal::rule("journal-adjust-kind").with("ref", line.voucher()))
            }
            Status::Posted => Ok(()),
            _ => Err(Refusal::rule("journal-not-posted").with("ref", line.voucher())),
        },
        "override" => overridable(cx, line),
        _ => Ok(()),
    }
}

/// Money moved between two books has two lines.
fn cash_to_bank(cx: &Cx<'_>, line: &Entry) -> Result<bool, Refusal> {
    Ok(records::voucher(cx.db, line)?.len() > 1)
}

fn first_leg(cx: &Cx<'_>, line: &Entry) -> Result<Entry, Refusal> {
    Ok(records::voucher(cx.db, line)?.into_iter().next().unwrap_or_else(|| line.clone()))
}

fn overridable(cx: &Cx<'_>, line: &Entry) -> Availability {
    if line.override_reason.is_empty() || matches!(line.status, Status::Posted | Status::Void) {
        return Err(Refusal::rule("journal-nothing-to-override").with("ref", line.voucher()));
    }
    let (secretary, accountant) = (&line.override_secretary, &line.override_accountant);
    let mine = &cx.who.name;
    if secretary == mine || accountant == mine {
        return Err(Refusal::rule("journal-override-twice"));
    }
    let open = (cx.who.holds(&["secretary"]) && secretary.is_empty())
        || (cx.who.holds(&["accountant"]) && accountant.is_empty());
    if open { Ok(()) } else { Err(Refusal::rule("journal-override-other")) }
}

fn separate(duty: Duty) -> Refusal {
    Refusal::rule(match duty {
        Duty::OwnWork => "journal-own-work",
        Duty::CashierReviews => "journal-cashier-reviews",
        Duty::CashierKeeps => "journal-cashier-keeps",
    })
    .of(No::Permission)
}

fn no_reversal(line: &Entry, why: NoReversal, reversed: Option<&Entry>) -> Refusal {
    let code = match why {
        NoReversal::Twice => "journal-reversed",
        NoReversal::OfReversal => "journal-is-reversal",
        NoReversal::EarlierYear => "journal-earlier-year",
        NoReversal::NotPosted => "journal-not-posted",
    };
    let by = reversed.map(|e| e.voucher().to_owned()).unwrap_or_default();
    Refusal::rule(code).with("ref", line.voucher()).with("by", by)
}

/// Fills a form about a line that was just opened.
pub(crate) fn start(cx: &Cx<'_>, action: &str, id: i64, form: &mut FormState) -> Result<(), Refusal> {
    let line = first_leg(cx, &records::must_find(cx.db, id)?)?;
    form.propose("date", cx.now.date().to_string());
    form.propose("attachments", "1");
    if action == "amend" {
        form.propose("date", line.date.to_string());
    }
    if matches!(action, "amend" | "reverse") {
        let text = |form: &mut FormState, name: &str, text: String| {
            if let Some(slot) = form.slot_mut(name) {
                slot.text = text;
            }
        };
        text(form, "amount", line.figure().plain());
        text(form, "summary", line.summary.clone());
        text(form, "account", line.account.clone());
        if let Some(fund) = line.fund {
            text(form, "fund", funds::records::must_find(cx.db, fund)?.code);
        }
        if let Some(book) = line.book {
            text(form, "book", books::records::must_find(cx.db, book)?.code);
        }
        text(form, "counterparty", line.counterparty.clone());
        form.propose("shared", if line.rule.is_some() { "1" } else { "0" });
        form.propose("attachments", line.attachments.to_string());
    }
    if action == "amend" {
        let reason = line.override_reason.clone();
        if let Some(slot) = form.slot_mut("override_reason") {
            slot.text = reason;
        }
    }
    if action == "reverse" {
        // What moved between books or funds is put right by doing it again.
        let simple = line.book.is_some()
            && !cash_to_bank(cx, &line)?
            && !line.account.is_empty()
            && line.fund.is_some();
        form.propose("again", if simple { "1" } else { "0" });
        form.show("again", simple);
        form.ask("reason", Ask::IfEmpty);
        respond_reverse(form);
    }
    Ok(())
}

/// Without a second booking nothing of it is asked.
pub(crate) fn respond_reverse(form: &mut FormState) {
    let again = form.number("again").map_or_else(|| form.text("again") == "1", |n| n == 1);
    for name in ["amount", "summary", "account", "fund", "shared", "book", "counterparty"] {
        form.show(name, again);
    }
}

/// Carries an action on a line out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: i64,
    form: &FormState,
) -> Result<Done, Refusal> {
    let line = first_leg(cx, &records::must_find(cx.db, id)?)?;
    let no = line.voucher().to_owned();
    let mut done =
        Done { id, reference: no.clone(), args: Vec::new(), undo: Undo::No("journal"), open: false };
    match action.name {
        "amend" => {
            let new = building::build(cx, form, Some(line.side))?;
            if rules::period(new.date) != rules::period(line.date) {
                return Err(Refusal::rule("journal-other-month").field("date").with("ref", no));
            }
            let book = new.lines.first().and_then(|l| l.book);
            let kind = |book: Option<i64>| -> Result<Option<bool>, Refusal> {
                book.map(|id| books::records::must_find(cx.db, id).map(|b| b.cash)).transpose()
            };
            if kind(book)? != kind(line.book)? {
                return Err(Refusal::rule("journal-other-kind").field("book").with("ref", no));
            }
            voucher::rewrite(tx, line.id, form.version, &no, &new)?;
        }
        "review" => {
            let alone = line.preparer == cx.who.name || cx.who.holds(&["cashier"]);
            let columns =
                [("reviewer", keep::text(&cx.who.name)), ("alone", Value::Integer(i64::from(alone)))];
            set(cx, tx, &line, Status::Reviewed, &columns)?;
            done.undo = Undo::Fields;
        }
        "return" => {
            let columns = [("reviewer", Value::Null), ("void_reason", keep::text(form.text("reason")))];
            set(cx, tx, &line, Status::Draft, &columns)?;
            done.args.push(("preparer", line.preparer.clone()));
        }
        "void" => {
            let mut columns = vec![("void_reason", keep::text(form.text("reason")))];
            if line.reversal_of.is_some() {
                // The voucher it would have cancelled can be cancelled again.
                columns.push(("reversal_of", Value::Null));
            }
            set(cx, tx, &line, Status::Void, &columns)?;
        }
        "post" => post(cx, tx, action, &line)?,
        "reverse" => done = reverse(cx, tx, &line, form)?,
        "adjust" => done = adjust(cx, tx, &line, form)?,
        "override" => {
            let column = if cx.who.holds(&["secretary"]) && line.override_secretary.is_empty() {
                "override_secretary"
            } else {
                "override_accountant"
            };
            keep::update(tx, &f::RECORD, line.id, 0, &[(column, keep::text(&cx.who.name))])?;
        }
        _ => {}
    }
    Ok(done)
}

/// Every line of a voucher stands the same.
fn set(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    line: &Entry,
    to: Status,
    columns: &[(&'static str, Value)],
) -> Result<(), Refusal> {
    for each in records::voucher(cx.db, line)? {
        let mut all = vec![("status", keep::text(to.word()))];
        all.extend(columns.iter().filter(|(name, _)| *name != "reversal_of" || each.leg == 1).cloned());
        keep::update(tx, &f::RECORD, each.id, each.version, &all)?;
    }
    Ok(())
}

/// Enters a voucher in its books, and before it everything reviewed that comes before it: a bound book has no gaps
/// (RULES §3.1).
fn post(cx: &Cx<'_>, tx: &Tx<'_>, action: &Action, line: &Entry) -> Result<(), Refusal> {
    for each in records::voucher(cx.db, line)? {
        let Some(book) = each.book else { continue };
        while let Some(before) = records::waits_for(cx.db, book, &each)? {
            if before.status != Status::Reviewed {
                let name = cx.catalog.show_word("entry_statuses", before.status.word(), cx.t.lang());
                return Err(Refusal::rule("journal-post-order")
                    .with("ref", line.voucher())
                    .with("before", before.voucher())
                    .with("status", name));
            }
            let Some(post) = door::action(&Journal, action.name) else { break };
            door::check(cx, &Journal, post, Some(before.id))?;
            let form = FormState::new("journal", post, Some(before.id));
            door::within(cx, tx, &Journal, post, Some(before.id), &form)?;
        }
    }
    // What came before may have been this voucher's other line's business and posted it with it.
    let line = records::must_find(cx.db, line.id)?;
    if line.status == Status::Posted {
        return Ok(());
    }
    let cashier = records::holders(cx.db, "cashier", cx.now.date())?.into_iter().next();
    for each in records::voucher(cx.db, &line)? {
        enter(tx, &each, &cx.who.name, cashier.as_deref().unwrap_or_default())?;
    }
    Ok(())
}

/// One line goes into its book.
pub(crate) fn enter(tx: &Tx<'_>, line: &Entry, bookkeeper: &str, cashier: &str) -> Result<(), Refusal> {
    let mut columns = vec![
        ("status", keep::text(Status::Posted.word())),
        ("bookkeeper", keep::text(bookkeeper)),
        ("cashier", keep::text(cashier)),
    ];
    if let Some(book) = line.book {
        let held = totals::book_balance(tx.conn(), book, true)?;
        let sql = "SELECT coalesce(max(seq), 0) + 1 FROM journal_entry WHERE book = ?1 AND seq IS NOT NULL";
        let seq: i64 = tx.conn().prepare_cached(sql)?.query_row([book], |row| row.get(0))?;
        columns.push(("seq", Value::Integer(seq)));
        columns.push(("balance", Value::Integer(held.0 + line.amount.0)));
    }
    keep::update(tx, &f::RECORD, line.id, line.version, &columns)
}

/// The red copy, and the right one after it.
fn reverse(cx: &Cx<'_>, tx: &Tx<'_>, line: &Entry, form: &FormState) -> Result<Done, Refusal> {
    let mut lines = Vec::new();
    for each in records::voucher(cx.db, line)? {
        let splits = rules::mirrored(&records::splits(cx.db, each.id)?);
        lines.push(NewLine { book: each.book, side: each.side, figure: Fen(-each.figure().0), splits });
    }
    let red = NewVoucher {
        date: cx.now.date(),
        summary: rules::red_summary(line.date, line.voucher(), form.text("reason")),
        counterparty: line.counterparty.clone(),
        attachments: form.number("attachments").unwrap_or(1),
        lines,
        reversal_of: Some(line.id),
        corrects: None,
        rule: line.rule,
        org: line.org.clone(),
        block: String::new(),
        override_reason: String::new(),
    };
    let red = voucher::write(cx, tx, &red)?;
    let mut args = vec![("red", red.no.clone()), ("blue", String::new())];
    if form.number("again") == Some(1) {
        let mut blue = building::build(&Cx { db: tx.conn(), ..*cx }, &again(cx, form), Some(line.side))?;
        blue.summary = rules::blue_summary(line.date, line.voucher(), &blue.summary);
        blue.corrects = Some(line.id);
        let blue = voucher::write(cx, tx, &blue)?;
        args[1].1 = blue.no;
    }
    Ok(Done { id: red.id, reference: red.no, args, undo: Undo::No("journal"), open: false })
}

/// The form of the second booking: of today.
fn again(cx: &Cx<'_>, form: &FormState) -> FormState {
    let mut form = form.clone();
    if form.slot("date").is_none() {
        let mut slot = form.slots.first().cloned();
        if let Some(slot) = &mut slot {
            slot.field = &f::DATE;
            slot.hidden = false;
            slot.text = cx.now.date().to_string();
            slot.read = crate::desk::reading::read(&f::DATE, &slot.text, cx).ok();
        }
        form.slots.extend(slot);
    }
    form
}

/// One voucher for the difference: blue for more, red for less; of an earlier year less comes back as a blue one of the
/// other side (RULES §3.2).
fn adjust(cx: &Cx<'_>, tx: &Tx<'_>, line: &Entry, form: &FormState) -> Result<Done, Refusal> {
    let difference = Fen(form.number("difference").unwrap_or(0));
    if difference == Fen::ZERO {
        return Err(Refusal::rule("journal-no-difference").field("difference"));
    }
    let date = keep::day_in(form, "date").unwrap_or_else(|| cx.now.date());
    let earlier = line.date.year() < date.year();
    let (side, figure) = match (earlier && difference.0 < 0, line.side) {
        (true, Side::Out) => (Side::In, Fen(-difference.0)),
        (true, Side::In) => (Side::Out, Fen(-difference.0)),
        _ => (line.side, difference),
    };
    let effect = side.effect(figure);
    let old = records::splits(cx.db, line.id)?;
    let splits = match (old.as_slice(), line.rule) {
        ([only], _) => vec![Split { amount: effect, ..only.clone() }],
        ([first, ..], Some(_)) => {
            let fund = funds::records::must_find(cx.db, first.fund)?;
            building::shared(cx, line.date, effect, &fund, &first.account)?.1
        }
        _ => return Err(Refusal::rule("journal-adjust-kind").with("ref", line.voucher())),
    };
    if effect.0 < 0 {
        for split in splits.iter().take(1) {
            let fund = funds::records::must_find(cx.db, split.fund)?;
            let left = totals::fund_balance(cx.db, fund.id, false)?;
            if left.0 + effect.0 < 0 {
                return Err(Refusal::rule("journal-fund-below-zero")
                    .field("difference")
                    .with("fund", fund.name)
                    .with("left", left.to_string()));
            }
        }
    }
    let new = NewVoucher {
        date,
        summary: rules::adjusting_summary(line.date, line.voucher(), form.text("reason")),
        counterparty: line.counterparty.clone(),
        attachments: form.number("attachments").unwrap_or(1),
        lines: vec![NewLine { book: line.book, side, figure, splits }],
        corrects: Some(line.id),
        rule: line.rule,
        org: line.org.clone(),
        ..NewVoucher::default()
    };
    let written = voucher::write(cx, tx, &new)?;
    Ok(Done {
        id: written.id,
        reference: written.no,
        args: Vec::new(),
        undo: Undo::No("journal"),
        open: false,
    })
}

/// Takes back a voucher that was just written: it keeps its number and is void.
pub(crate) fn withdraw(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let line = records::must_find(tx.conn(), id)?;
    if rules::next(line.status, Event::Void).is_none() {
        return Err(Refusal::rule("journal-posted").with("ref", line.voucher()));
    }
    let cx = Cx { db: tx.conn(), ..*cx };
    set(&cx, tx, &line, Status::Void, &[("void_reason", keep::text("撤销"))])
}

/// After an undo put a line's fields back, its voucher's other line follows.
pub(crate) fn restored(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let line = records::must_find(tx.conn(), id)?;
    let cx = Cx { db: tx.conn(), ..*cx };
    for other in records::voucher(cx.db, &line)?.into_iter().filter(|other| other.id != id) {
        if other.status != line.status {
            keep::update(tx, &f::RECORD, other.id, 0, &[("status", keep::text(line.status.word()))])?;
        }
    }
    Ok(())
}
