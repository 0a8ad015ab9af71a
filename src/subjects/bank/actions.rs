//! What may be done with lines of the bank's statement: take them in, tick them against the journal, by one key or by hand,
//! say why one is open. Nothing is booked from here (RULES §3.6). The audit row and the search keys are the door's.

use rusqlite::types::Value;

use crate::desk::action::{Action, Ask, Availability, Done, Input, Scope, Undo};
use crate::desk::door;
use crate::desk::field::Field;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Next};
use crate::desk::view::Choice;
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::periods::records as periods;
use crate::subjects::periods::rules::{Month, against};
use crate::values::money::Fen;

use super::fields::{self as f, RECORD};
use super::records::{self, Entry, Line};
use super::rules::{self, NoAmount, Proposal};

/// Who takes statements in.
const IMPORTERS: &[&str] = &["cashier", "accountant"];
/// Who compares: not the cashier, who handles the money (RULES §3.9).
const COMPARERS: &[&str] = &["accountant"];

const fn ask(field: &'static Field) -> Input {
    Input { field, ask: Ask::IfEmpty }
}

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const IMPORT: &[Input] = &[
    keep_back(&f::BOOK),
    keep_back(&f::NUMBER),
    ask(&f::DATE),
    ask(&f::TEXT),
    keep_back(&f::CREDIT),
    keep_back(&f::DEBIT),
    ask(&f::AMOUNT),
    keep_back(&f::DIRECTION),
    ask(&f::BALANCE),
];

const LAYOUT: &[Input] = &[
    ask(&f::BOOK),
    ask(&f::HEAD_DATE),
    ask(&f::HEAD_TEXT),
    ask(&f::HEAD_CREDIT),
    ask(&f::HEAD_DEBIT),
    ask(&f::HEAD_AMOUNT),
    ask(&f::HEAD_BALANCE),
];

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: COMPARERS, inputs, confirm: false, main: false, row: false }
}

/// Everything that can be done.
pub(crate) static ACTIONS: &[Action] = &[
    Action { main: true, ..action("tick", Scope::Many, &[]) },
    Action { main: true, ..action("tick-by-hand", Scope::Record, &[ask(&f::ENTRIES)]) },
    Action { confirm: true, ..action("tick-all", Scope::Subject, &[]) },
    action("untick", Scope::Record, &[]),
    action("void", Scope::Many, &[ask(&f::VOID_REASON)]),
    Action { posts: IMPORTERS, main: true, ..action("note", Scope::Record, &[ask(&f::NOTE)]) },
    Action { posts: IMPORTERS, ..action("import", Scope::Subject, IMPORT) },
    Action { posts: IMPORTERS, ..action("layout", Scope::Subject, LAYOUT) },
];

/// How many days a journal line and the bank's may be apart.
pub(crate) fn tolerance(cx: &Cx<'_>) -> u64 {
    cx.catalog.rule("bank_match_tolerance").value.unsigned_abs()
}

/// What is proposed for one open line.
pub(crate) fn proposal(cx: &Cx<'_>, line: &Line) -> Result<Option<(Proposal, Entry)>, Refusal> {
    Ok(records::proposals(cx.db, std::slice::from_ref(line), tolerance(cx))?.into_iter().next())
}

/// Whether an action applies to this line now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else {
        if records::books(cx.db)?.is_empty() {
            return Err(Refusal::rule("bank-no-book"));
        }
        // Asked on every page: whether anything is open is one look, what is proposed for it would be many.
        let nothing = action.name == "tick-all" && !records::any_open(cx.db)?;
        return if nothing { Err(Refusal::rule("bank-none-open")) } else { Ok(()) };
    };
    let line = records::must_find(cx.db, id)?;
    match (action.name, line.ticked) {
        _ if line.voided => Err(Refusal::rule("bank-voided").with("ref", line.no)),
        ("void", true) => Err(Refusal::rule("bank-ticked").with("ref", line.no)),
        ("void", false) if periods::find(cx.db, Month::of(line.date))?.is_some_and(|month| month.closed) => {
            Err(Refusal::rule("bank-month-closed").with("ref", line.no))
        }
        ("tick" | "tick-by-hand", true) => Err(Refusal::rule("bank-ticked").with("ref", line.no)),
        ("tick", false) if proposal(cx, &line)?.is_none() => Err(Refusal::rule("bank-no-proposal")
            .with("ref", line.no)
            .with("days", tolerance(cx).to_string())),
        ("untick", false) => Err(Refusal::rule("bank-not-ticked").with("ref", line.no)),
        _ => Ok(()),
    }
}

/// Fills a form that was just opened.
pub(crate) fn start(
    cx: &Cx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &mut FormState,
) -> Result<(), Refusal> {
    match (action.name, id) {
        ("note", Some(id)) => {
            keep::present(cx, &RECORD, id, form)?;
            form.ask("note", Ask::Always);
        }
        ("layout", None) => {
            let books = records::books(cx.db)?;
            form.show("book", books.len() > 1);
            let known = match books.as_slice() {
                [(book, _)] => records::headers_of(cx.db, *book)?,
                _ => Vec::new(),
            };
            for (field, told) in f::REMEMBERED {
                let header =
                    known.iter().find(|(_, known)| known == field).map(|(header, _)| header.as_str());
                form.fill(told.name, header.unwrap_or_default());
                form.ask(told.name, Ask::OnRequest);
            }
            form.ask(f::HEAD_DATE.name, Ask::Always);
        }
        ("import", None) => {
            let one = records::books(cx.db)?.len() == 1;
            form.show("book", !one);
        }
        _ => {}
    }
    Ok(())
}

/// What follows from the journal lines told by hand: their sum against the statement's line.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) {
    let Some(line) = form.target.and_then(|id| records::must_find(cx.db, id).ok()) else { return };
    if form.action == "tick-by-hand" {
        form.find(cx.t.say("bank-statement-amount"), Fen(line.amount).to_string());
        match told(cx, &line, form.text("entries")) {
            Ok(entries) => {
                let sum: i64 = entries.iter().map(|e| e.amount).sum();
                for entry in entries {
                    form.find(entry.no.clone(), super::pages::entry_said(&entry));
                }
                form.find(cx.t.say("bank-sum"), Fen(sum).to_string());
            }
            Err(refusal) if form.slot("entries").is_some_and(|s| s.passed) => form.fail("entries", refusal),
            Err(_) => {}
        }
    }
}

/// The journal lines that were told: vouchers with blanks between them.
fn told(cx: &Cx<'_>, line: &Line, text: &str) -> Result<Vec<Entry>, Refusal> {
    let wrong = |code: &'static str| Refusal::rule(code).field("entries");
    let mut found: Vec<Entry> = Vec::new();
    for no in
        crate::values::text::half_width(text).split([' ', ',', ';', '、', '+']).filter(|no| !no.is_empty())
    {
        let no = no.trim_start_matches('#');
        let entry = records::entry_called(cx.db, line.book, no)?;
        let entry = entry.ok_or_else(|| wrong("bank-no-entry").with("text", no))?;
        if let Some(other) = records::ticked_under(cx.db, entry.id)? {
            return Err(wrong("bank-entry-ticked").with("text", no).with("ref", other));
        }
        if !found.iter().any(|e| e.id == entry.id) {
            found.push(entry);
        }
    }
    Ok(found)
}

/// Carries an action out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: Option<i64>,
    form: &FormState,
) -> Result<Done, Refusal> {
    let Some(id) = id else {
        return match action.name {
            "layout" => layout(cx, tx, form),
            "tick-all" => tick_all(cx, tx, form),
            _ => import(cx, tx, form),
        };
    };
    let line = records::must_find(cx.db, id)?;
    let mut undo = Undo::Fields;
    let mut args = Vec::new();
    match action.name {
        "tick" => {
            let gone = || Refusal::rule("bank-no-proposal").with("ref", &line.no);
            let (_, entry) =
                proposal(cx, &line)?.ok_or_else(|| gone().with("days", tolerance(cx).to_string()))?;
            tick(cx, tx, &line, std::slice::from_ref(&entry))?;
            args.push(("entries", entry.no));
        }
        "tick-by-hand" => {
            let entries = told(cx, &line, form.text("entries"))?;
            let sum: i64 = entries.iter().map(|e| e.amount).sum();
            if sum != line.amount {
                return Err(Refusal::rule("bank-sum-differs")
                    .field("entries")
                    .with("sum", Fen(sum).to_string())
                    .with("amount", Fen(line.amount).to_string())
                    .with("rest", Fen(line.amount.saturating_sub(sum)).to_string()));
            }
            tick(cx, tx, &line, &entries)?;
            args.push(("entries", entries.iter().map(|e| e.no.clone()).collect::<Vec<_>>().join(" ")));
        }
        "untick" => {
            records::part(tx, id)?;
            keep::update(tx, &RECORD, id, 0, &[("ticked_at", Value::Null), ("ticked_by", Value::Null)])?;
            undo = Undo::No("bank-untick");
        }
        "void" => records::void(tx, id, form.version, cx.now.date(), form.text("void_reason"))?,
        _ => keep::update(tx, &RECORD, id, form.version, &[("note", keep::text(form.text("note")))])?,
    }
    Ok(Done { id, reference: line.no, args, undo, open: false })
}

/// With the last line of a month explained, its closing is what a person came for.
pub(crate) fn next(cx: &Cx<'_>, action: &Action, ids: &[i64]) -> Option<Next> {
    if !matches!(action.name, "tick" | "tick-by-hand" | "note") {
        return None;
    }
    let line = records::must_find(cx.db, *ids.first()?).ok()?;
    let period = periods::find(cx.db, Month::of(line.date)).ok()??;
    let look = periods::look(cx.db, period.month, cx.now.date()).ok()?;
    if period.closed || !against(&look).is_empty() {
        return None;
    }
    let args = vec![
        ("ref", period.month.name()),
        ("held", Fen(look.held).to_string()),
        ("funds", Fen(look.funds).to_string()),
    ];
    Some(Next { action: "periods.close", id: period.id, args })
}

fn tick(cx: &Cx<'_>, tx: &Tx<'_>, line: &Line, entries: &[Entry]) -> Result<(), Refusal> {
    let ids: Vec<i64> = entries.iter().map(|e| e.id).collect();
    records::pair(tx, line.id, &ids)?;
    let columns = [("ticked_at", keep::moment(cx.now)), ("ticked_by", keep::text(&cx.who.name))];
    keep::update(tx, &RECORD, line.id, 0, &columns)
}

/// Every open line that exactly one voucher fits, and no other line that voucher, each ticked by itself. What is ambiguous is left to a person. It is done to
/// many lines: the record of this step is none.
fn tick_all(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let lines = records::all_open(cx.db)?;
    let found = records::proposals(cx.db, &lines, tolerance(cx))?;
    let sure: Vec<i64> = found.iter().filter(|(p, _)| p.sure()).map(|(p, _)| p.line).collect();
    if sure.is_empty() {
        return Err(Refusal::rule("bank-none-sure").with("n", lines.len().to_string()));
    }
    let Some(tick) = ACTIONS.iter().find(|action| action.name == "tick") else {
        return Err(Refusal::rule("bank-none-open"));
    };
    for id in &sure {
        door::within(cx, tx, &super::Bank, tick, Some(*id), form)?;
    }
    let rest = lines.len().saturating_sub(sure.len());
    let args = vec![("count", sure.len().to_string()), ("rest", rest.to_string())];
    let reference = String::new();
    Ok(Done { id: 0, reference, args, undo: Undo::No("bank-tick-all"), open: false })
}

/// After an undo or redo of a tick: what the line stands for follows it. Only what needs no choice is done again.
pub(crate) fn restored(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let line = records::must_find(cx.db, id)?;
    if !line.ticked {
        return records::part(tx, id);
    }
    if !records::matched(cx.db, id)?.is_empty() {
        return Ok(());
    }
    let open = Line { ticked: false, ..line.clone() };
    match records::proposal_again(cx.db, &open, tolerance(cx))? {
        Some((proposal, entry)) if proposal.sure() => records::pair(tx, id, &[entry.id]),
        _ => Err(Refusal::rule("bank-tick-again").with("ref", line.no)),
    }
}

/// How a bank heads its columns, told by hand. It is no line of a statement: the record it is done to is none.
fn layout(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let book = book(cx, form)?;
    for (field, told) in f::REMEMBERED {
        records::remember(tx, book, field, form.text(told.name))?;
    }
    let name = records::books(cx.db)?.into_iter().find(|(id, _)| *id == book).map(|(_, name)| name);
    let undo = Undo::No("bank-layout");
    Ok(Done { id: 0, reference: name.unwrap_or_default(), args: Vec::new(), undo, open: false })
}

/// One line of a statement, typed or from a table.
fn import(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let (Some(date), text) = (keep::day_in(form, "date"), form.text("text").trim().to_owned()) else {
        return Err(Refusal::rule("required").field("date"));
    };
    let amount = rules::signed(
        form.number("credit"),
        form.number("debit"),
        form.number("amount"),
        form.text("direction"),
    )
    .map_err(|why| match why {
        NoAmount::None => Refusal::rule("bank-no-amount").field("amount"),
        NoAmount::Both => Refusal::rule("bank-both-ways").field("credit"),
        NoAmount::Direction => {
            Refusal::rule("bank-direction").field("direction").with("text", form.text("direction"))
        }
    })?;
    let line = Line {
        id: 0,
        no: String::new(),
        book: book(cx, form)?,
        date,
        text,
        amount,
        balance: form.number("balance"),
        ticked: false,
        voided: false,
        note: String::new(),
    };
    if let Some(twin) = records::twin(tx.conn(), &line)? {
        return Err(Refusal::rule(crate::desk::refusal::ALREADY).with("ref", twin));
    }
    let no = format!("BS-{:03}", tx.next_number("BS", 0)?);
    let id = tx.insert(
        "bank_line",
        &[
            ("no", keep::text(&no)),
            ("book", line.book.into()),
            ("period", keep::text(&Month::of(date).name())),
            ("date", keep::day(date)),
            ("text", keep::text(&line.text)),
            ("amount", amount.into()),
            ("balance", line.balance.map_or(Value::Null, Value::Integer)),
        ],
    )?;
    let args = vec![("amount", Fen(amount).to_string())];
    Ok(Done { id, reference: no, args, undo: Undo::No("bank-line"), open: false })
}

/// The account a line is of: as said, by its number at the bank, or the only one there is.
fn book(cx: &Cx<'_>, form: &FormState) -> Result<i64, Refusal> {
    let number = form.text("number").trim();
    if let Some(book) = form.number("book") {
        return Ok(book);
    }
    if !number.is_empty()
        && let Some(book) = records::book_numbered(cx.db, number)?
    {
        return Ok(book);
    }
    match records::books(cx.db)?.as_slice() {
        [(book, _)] => Ok(*book),
        [] => Err(Refusal::rule("bank-no-book")),
        several => {
            let names: Vec<String> = several.iter().map(|(_, name)| name.clone()).collect();
            Err(Refusal::rule("bank-which-book").field("book").with("books", keep::joined(&names, cx.t)))
        }
    }
}

/// Journal lines that could be told for an open line: those the bank has not got, of the same direction, nearest in time
/// first; those told already are left before them.
pub(crate) fn entries(cx: &Cx<'_>, form: &FormState) -> Vec<Choice> {
    let line = form.target.and_then(|id| records::must_find(cx.db, id).ok());
    let Some(line) = line else { return Vec::new() };
    // A payment may be booked in the month after the bank's.
    let until = line.date.checked_add_days(chrono::Days::new(31)).unwrap_or(line.date);
    let Ok(Some((first, _))) = records::covered(cx.db, line.book, line.date) else { return Vec::new() };
    let Ok(known) = records::unpresented(cx.db, line.book, Month::of(first).first(), until) else {
        return Vec::new();
    };
    let typed = form.text("entries");
    let (before, begun) = typed.rsplit_once(' ').map_or(("", typed), |(before, begun)| (before, begun));
    let told: Vec<&str> = before.split_whitespace().collect();
    let mut fitting: Vec<&Entry> = known
        .iter()
        .filter(|e| (e.amount > 0) == (line.amount > 0))
        .filter(|e| !told.contains(&e.no.as_str()) && e.no != begun)
        .filter(|e| {
            e.no.contains(begun) || e.summary.contains(begun) || Fen(e.amount).plain().contains(begun)
        })
        .collect();
    fitting.sort_by_key(|e| (e.date - line.date).num_days().unsigned_abs());
    let choice = |e: &Entry| Choice {
        key: String::new(),
        value: format!("{before} {}", e.no).trim_start().to_owned(),
        label: format!("{} {}", e.no, super::pages::entry_said(e)),
    };
    fitting.into_iter().map(choice).collect()
}
