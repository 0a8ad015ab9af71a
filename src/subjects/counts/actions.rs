//! What may be done with a count of the cash: count, decide about a difference, void. The difference is booked by the
//! journal, never from here (RULES §3.5). The audit row and the search keys are the door's.

use chrono::{Datelike, NaiveDateTime};

use crate::desk::action::{Action, Ask, Availability, Done, Input, Scope, Undo};
use crate::desk::field::Field;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::desk::view::Choice;
use crate::store::Tx;
use crate::subjects::bank::records::journal_balance;
use crate::subjects::keep;
use crate::values::money::Fen;

use super::fields::{self as f, RECORD};
use super::records::{self, Count};
use super::rules::{self, NoPair, Person, Pieces, Unread};

/// Who counts: whoever keeps the cash, and whoever checks it.
const COUNTERS: &[&str] = &["cashier", "accountant", "secretary", "deputy_secretary", "general_affairs"];
/// Who decides about a difference.
const DECIDERS: &[&str] = &["secretary", "deputy_secretary", "accountant"];

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const COUNT: &[Input] =
    &[ask(&f::PIECES), ask(&f::REASON), ask(&f::WITNESS), keep_back(&f::COUNTED_AT), keep_back(&f::BOOK)];

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: DECIDERS, inputs, confirm: false, main: true, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action { posts: COUNTERS, ..action("count", Scope::Subject, COUNT) },
    action("settle", Scope::Record, &[ask(&f::DECIDED)]),
    Action { main: false, ..action("void", Scope::Record, &[ask(&f::WHY)]) },
];

/// Whether an action applies to this count now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else {
        return match records::books(cx.db)?.is_empty() {
            true => Err(Refusal::rule("counts-no-book")),
            false => Ok(()),
        };
    };
    let count = records::must_find(cx.db, id)?;
    let no = |code: &'static str| Err(Refusal::rule(code).with("ref", &count.no));
    match (action.name, count.status.as_str()) {
        (_, "已作废") => no("counts-void"),
        ("settle", "已处理") => no("counts-settled"),
        ("settle", _) if count.difference == 0 => no("counts-no-difference"),
        ("settle", _) if count.counter == cx.who.name && !small_office(cx) => no("counts-own-difference"),
        ("void", "已处理") => no("counts-settled"),
        _ => Ok(()),
    }
}

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, action: &Action, form: &mut FormState) -> Result<(), Refusal> {
    if action.name == "count" {
        form.show("book", records::books(cx.db)?.len() > 1);
        form.propose("counted_at", cx.now.format("%Y-%m-%dT%H:%M").to_string());
        form.show("reason", false);
        form.require("witness", !small_office(cx));
    }
    Ok(())
}

/// Whether one person may do here what two should (RULES §3.9).
fn small_office(cx: &Cx<'_>) -> bool {
    cx.catalog.rule("small_office").value == 1
}

/// What a count comes to: found, by the book, the difference in words.
struct Sum {
    pieces: Vec<Pieces>,
    book: i64,
    at: NaiveDateTime,
    balance: i64,
    unposted: i64,
    counted: i64,
    difference: i64,
}

fn sum(cx: &Cx<'_>, form: &FormState) -> Result<Sum, Refusal> {
    let pieces = rules::read(form.text("pieces")).map_err(|why| match why {
        Unread::Denomination(text) => Refusal::rule("counts-denomination").field("pieces").with("text", text),
        Unread::Count(text) => Refusal::rule("counts-pieces").field("pieces").with("text", text),
    })?;
    let book = book(cx, form)?;
    let at = keep::plain(&form.value("counted_at"));
    let at = NaiveDateTime::parse_from_str(&at, "%Y-%m-%dT%H:%M").unwrap_or(cx.now);
    let (balance, _) = journal_balance(cx.db, book, at.date())?;
    let unposted = records::unposted(cx.db, book, at.date())?;
    let counted = rules::worth(&pieces);
    let difference = rules::difference(counted, balance, unposted);
    Ok(Sum { pieces, book, at, balance, unposted, counted, difference })
}

fn book(cx: &Cx<'_>, form: &FormState) -> Result<i64, Refusal> {
    if let Some(book) = form.number("book") {
        return Ok(book);
    }
    match records::books(cx.db)?.as_slice() {
        [(book, _)] => Ok(*book),
        [] => Err(Refusal::rule("counts-no-book")),
        several => {
            let names: Vec<String> = several.iter().map(|(_, name)| name.clone()).collect();
            Err(Refusal::rule("counts-which-book").field("book").with("books", keep::joined(&names, cx.t)))
        }
    }
}

/// The difference in words: too much, too little, nothing.
pub(crate) fn said(cx: &Cx<'_>, difference: i64) -> String {
    let args = [("fen", Fen(difference.saturating_abs()).to_string())];
    cx.t.with(
        match difference {
            0 => "counts-even",
            d if d < 0 => "counts-short",
            _ => "counts-over",
        },
        &args,
    )
}

/// What follows from what was counted: the totals, whether a reason is due.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) {
    if form.action != "count" || form.text("pieces").trim().is_empty() {
        return;
    }
    let sum = match sum(cx, form) {
        Ok(sum) => sum,
        Err(refusal) => {
            let field = refusal.field.unwrap_or("pieces");
            if form.slot(field).is_some_and(|slot| slot.passed) {
                form.fail(field, refusal);
            }
            return;
        }
    };
    let one = |p: &Pieces| {
        cx.t.with("counts-piece", &[("kind", Fen(p.denomination).to_string()), ("n", p.count.to_string())])
    };
    let all: Vec<String> = sum.pieces.iter().map(one).collect();
    form.echo("pieces", keep::joined(&all, cx.t));
    form.show("reason", sum.difference != 0);
    form.require("reason", sum.difference != 0);
    form.find(cx.t.say("counts-difference"), said(cx, sum.difference));
    form.find(cx.t.say("counts-counted"), Fen(sum.counted).to_string());
    form.find(cx.t.say("counts-book_balance"), Fen(sum.balance).to_string());
    if sum.unposted != 0 {
        form.find(cx.t.say("counts-unposted"), Fen(sum.unposted).to_string());
    }
    let witness = form.slot("witness").is_some_and(|slot| slot.passed);
    if witness && let Err(refusal) = pair(cx, form) {
        form.fail("witness", refusal);
    }
}

/// The second person, and whether only the small-office switch allows the two.
fn pair(cx: &Cx<'_>, form: &FormState) -> Result<(String, bool), Refusal> {
    let colleagues = records::colleagues(cx.db, cx.now.date())?;
    let small = small_office(cx);
    let typed = form.text("witness").trim();
    let wrong = |code: &'static str| Refusal::rule(code).field("witness").with("text", typed);
    let name = match typed {
        "" if small => cx.who.name.as_str(),
        "" => return Err(Refusal::rule("required").field("witness")),
        typed => typed,
    };
    let known = |name: &str| colleagues.iter().find(|(known, _)| known == name);
    let (witness, cashier) = known(name).ok_or_else(|| wrong("counts-nobody"))?;
    let own = known(&cx.who.name).is_some_and(|(_, cashier)| *cashier);
    let counter = Person { name: &cx.who.name, cashier: own };
    let second = Person { name: witness, cashier: *cashier };
    let alone = rules::pair(counter, second, small).map_err(|why| match why {
        NoPair::Alone => wrong("counts-alone"),
        NoPair::BothCashiers => wrong("counts-cashiers"),
    })?;
    Ok((witness.clone(), alone))
}

/// Colleagues who could watch the count.
pub(crate) fn witnesses(cx: &Cx<'_>, form: &FormState) -> Vec<Choice> {
    let typed = form.text("witness").trim().to_lowercase();
    let colleagues = records::colleagues(cx.db, cx.now.date()).unwrap_or_default();
    let own = colleagues.iter().any(|(name, cashier)| *name == cx.who.name && *cashier);
    let fits = |name: &str| {
        typed.is_empty()
            || name.contains(&typed)
            || crate::values::pinyin::text_keys(name).iter().any(|key| key.starts_with(&typed))
    };
    let choice = |name: String| Choice { key: String::new(), value: name.clone(), label: name };
    let able = colleagues.into_iter().filter(|(name, cashier)| *name != cx.who.name && !(own && *cashier));
    able.map(|(name, _)| name).filter(|name| fits(name)).map(choice).collect()
}

/// Carries an action out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &FormState,
) -> Result<Done, Refusal> {
    let Some(id) = id else { return count(cx, tx, form) };
    let count = records::must_find(cx.db, id)?;
    let columns = match action.name {
        "settle" => vec![("status", keep::text("已处理")), ("decision", keep::text(form.text("decision")))],
        _ => vec![("status", keep::text("已作废"))],
    };
    keep::update(tx, &RECORD, id, form.version, &columns)?;
    let args = vec![("difference", said(cx, count.difference))];
    Ok(Done { id, reference: count.no, args, undo: Undo::Fields, open: false })
}

fn count(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let sum = sum(cx, form)?;
    let (witness, alone) = pair(cx, form)?;
    let reason = form.text("reason").trim();
    if sum.difference != 0 && reason.is_empty() {
        return Err(Refusal::rule("required").field("reason"));
    }
    let count = Count {
        id: 0,
        no: String::new(),
        at: sum.at,
        book: sum.book,
        balance: sum.balance,
        unposted: sum.unposted,
        counted: sum.counted,
        difference: sum.difference,
        reason: reason.to_owned(),
        decision: String::new(),
        counter: cx.who.name.clone(),
        witness,
        status: "已盘点".to_owned(),
        alone,
    };
    let (id, no) = insert(tx, &count, &sum.pieces)?;
    let args = vec![("difference", said(cx, sum.difference)), ("counted", Fen(sum.counted).to_string())];
    Ok(Done { id, reference: no, args, undo: Undo::Withdraw, open: true })
}

/// Keeps a count under the next number of its year.
pub(crate) fn insert(tx: &Tx<'_>, count: &Count, pieces: &[Pieces]) -> Result<(i64, String), Refusal> {
    let year = count.at.year();
    let no = format!("CC-{year}-{:03}", tx.next_number("CC", year)?);
    let id = tx.insert(
        "cash_count",
        &[
            ("no", keep::text(&no)),
            ("counted_at", keep::moment(count.at)),
            ("book", count.book.into()),
            ("book_balance", count.balance.into()),
            ("unposted", count.unposted.into()),
            ("counted", count.counted.into()),
            ("difference", count.difference.into()),
            ("reason", keep::text(&count.reason)),
            ("decision", keep::text(&count.decision)),
            ("counter", keep::text(&count.counter)),
            ("witness", keep::text(&count.witness)),
            ("status", keep::text(&count.status)),
            ("alone", i64::from(count.alone).into()),
        ],
    )?;
    records::put(tx, id, pieces)?;
    Ok((id, no))
}
