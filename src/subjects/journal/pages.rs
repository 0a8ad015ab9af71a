//! What is said about the journal: rows as the bound book has them, a voucher's page, what waits, how the money stands. Red is
//! said by sign and word.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::{books, funds, keep, org_name};
use crate::values::capital;
use crate::values::money::Fen;

use super::records::{self, Entry};
use super::rules::{self, Side, Status};
use super::totals;

/// Columns a line takes in a prompt.
const BRIEF: usize = 20;

/// The columns of a journal.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("journal-date", 5, false),
        column("journal-voucher", 5, false),
        column("journal-summary", 12, false),
        column("journal-fund", 6, false),
        column("journal-receipt", 10, true),
        column("journal-payment", 10, true),
        column("journal-balance", 11, true),
    ]
}

/// What stands behind every line of a window, read once.
struct Around {
    funds: HashMap<i64, String>,
    /// What each book would hold after each of its unposted lines.
    coming: HashMap<i64, Fen>,
}

fn around(cx: &Cx<'_>, lines: &[Entry]) -> Result<Around, Refusal> {
    let mut funds = HashMap::new();
    for id in lines.iter().filter_map(|line| line.fund) {
        if let Place::Vacant(place) = funds.entry(id) {
            place.insert(self::funds::records::must_find(cx.db, id)?.name);
        }
    }
    let mut coming = HashMap::new();
    let mut seen = Vec::new();
    for book in lines.iter().filter(|line| line.balance.is_none()).filter_map(|line| line.book) {
        if seen.contains(&book) {
            continue;
        }
        seen.push(book);
        let mut held = totals::book_balance(cx.db, book, true)?;
        for line in records::unposted(cx.db, book)? {
            held = Fen(held.0 + line.amount.0);
            coming.insert(line.id, held);
        }
    }
    Ok(Around { funds, coming })
}

/// The short name of a fund for a narrow column: without the words every fund has.
pub(crate) fn short_fund(name: &str) -> String {
    let short = name.strip_suffix("工作经费").or_else(|| name.strip_suffix("经费")).unwrap_or(name);
    short.replace("联合秘书处", "联秘").replace("补助", "")
}

fn fund_of(cx: &Cx<'_>, line: &Entry, around: &Around) -> String {
    match line.fund {
        Some(id) => short_fund(around.funds.get(&id).map_or("", String::as_str)),
        None => cx.t.say("journal-several-funds"),
    }
}

/// What a row says of itself besides its figures: red, void, or waiting.
fn mark(cx: &Cx<'_>, line: &Entry) -> String {
    match line.status {
        Status::Posted => String::new(),
        status => cx.t.say(&format!("journal-mark-{}", mark_id(status))),
    }
}

fn mark_id(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::ToReview => "review",
        Status::Reviewed => "reviewed",
        Status::Posted => "posted",
        Status::Void => "void",
    }
}

/// A figure as a book shows it: red has its sign and its word.
fn shown(cx: &Cx<'_>, figure: Fen) -> String {
    if figure.0 < 0 {
        cx.t.with("journal-red-figure", &[("figure", figure.to_string())])
    } else {
        figure.to_string()
    }
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut lines = Vec::with_capacity(ids.len());
    for id in ids {
        lines.push(records::must_find(cx.db, *id)?);
    }
    let around = around(cx, &lines)?;
    Ok(lines.iter().map(|line| row(cx, line, &around)).collect())
}

fn row(cx: &Cx<'_>, line: &Entry, around: &Around) -> Row {
    let void = line.status == Status::Void;
    let figure = if void { String::new() } else { shown(cx, line.figure()) };
    let balance = line.balance.or_else(|| around.coming.get(&line.id).copied());
    let mark = mark(cx, line);
    let summary = if mark.is_empty() { line.summary.clone() } else { format!("{mark} {}", line.summary) };
    let (receipt, payment) = match line.side {
        Side::In => (figure.clone(), String::new()),
        Side::Out => (String::new(), figure.clone()),
        Side::Between => (figure.clone(), figure.clone()),
    };
    let no = rules::short_no(&line.no);
    Row {
        reference: line.no.clone(),
        // What a cashier knows a line by: the sum and what it was for.
        brief: brief_row(line, &figure, &summary),
        cells: vec![
            keep::short_day(line.date),
            no,
            summary,
            fund_of(cx, line, around),
            receipt,
            payment,
            balance.map(|fen| fen.to_string()).unwrap_or_default(),
        ],
        ..Row::default()
    }
}

/// Sum and summary without a gap between them: a prompt is cut at gaps first, and both should be in it.
fn brief_row(line: &Entry, figure: &str, summary: &str) -> String {
    let short = figure.strip_suffix(".00").unwrap_or(figure);
    let gap = if summary.starts_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
    keep::clip_cells(&keep::one_line(&format!("{}{short}{gap}{summary}", line.side.word())), BRIEF)
}

/// The voucher in a few words, for a prompt.
pub(crate) fn brief(cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
    let line = records::must_find(cx.db, id)?;
    let status = cx.catalog.show_word("entry_statuses", line.status.word(), cx.t.lang());
    Ok(format!("{} {} {status}", rules::short_no(&line.no), shown(cx, line.figure())))
}

/// What the page of a voucher says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let line = records::must_find(cx.db, id)?;
    let parts = vec![head(cx, &line)?, falls(cx, &line)?, way(cx, &line)?];
    Ok(parts.into_iter().filter(|facts| !facts.items.is_empty()).map(Part::Facts).collect())
}

/// What the page begins with.
pub(crate) fn card(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    Ok(Part::Facts(head(cx, &records::must_find(cx.db, id)?)?))
}

fn head(cx: &Cx<'_>, line: &Entry) -> Result<Facts, Refusal> {
    let mut items = Vec::new();
    let mut say = |label: &str, value: String| {
        if !value.is_empty() {
            items.push(Fact { label: cx.t.say(label), value });
        }
    };
    let figure = line.figure();
    say("journal-voucher", line.voucher().to_owned());
    say("journal-status", cx.catalog.show_word("entry_statuses", line.status.word(), cx.t.lang()));
    say("journal-date", line.date.to_string());
    say("journal-summary", line.summary.clone());
    let column = match line.side {
        Side::In => "journal-receipt",
        Side::Out => "journal-payment",
        Side::Between => "journal-moved",
    };
    say(column, shown(cx, figure));
    say("journal-finding-capital", capital::to_capital(figure));
    if let Some(book) = line.book {
        say("journal-book", books::records::must_find(cx.db, book)?.name);
    }
    if !line.account.is_empty() {
        say("journal-account", cx.catalog.account_name(&line.account, cx.t.lang()));
    }
    if let Some(fund) = line.fund {
        say("journal-fund", funds::records::must_find(cx.db, fund)?.name);
    }
    say("journal-counterparty", line.counterparty.clone());
    say("journal-attachments", line.attachments.to_string());
    say("journal-balance", line.balance.map(|fen| fen.to_string()).unwrap_or_default());
    Ok(Facts { heading: String::new(), items })
}

/// What it does to the funds, where that is more than one thing.
fn falls(cx: &Cx<'_>, line: &Entry) -> Result<Facts, Refusal> {
    let splits = records::splits(cx.db, line.id)?;
    let mut items = Vec::new();
    if splits.len() > 1 {
        for split in splits {
            let fund = funds::records::must_find(cx.db, split.fund)?;
            let value = format!("{} {}", fund.name, shown(cx, split.amount));
            items.push(Fact { label: org_name(cx, &split.org), value });
        }
    }
    Ok(Facts { heading: cx.t.say("journal-heading-splits"), items })
}

/// How it came to stand where it stands.
fn way(cx: &Cx<'_>, line: &Entry) -> Result<Facts, Refusal> {
    let kept = keep::load(cx, &super::fields::RECORD, line.id)?;
    let text = |name: &str| keep::plain(keep::value(&super::fields::RECORD, &kept, name));
    let mut items = Vec::new();
    let mut say = |label: &str, value: String| {
        if !value.is_empty() {
            items.push(Fact { label: cx.t.say(label), value });
        }
    };
    for name in ["preparer", "reviewer", "bookkeeper", "cashier"] {
        say(&format!("journal-{name}"), text(name));
    }
    if let Some(cancelled) = line.reversal_of {
        say("journal-cancels", records::must_find(cx.db, cancelled)?.no);
    }
    if let Some(wrong) = line.corrects {
        say("journal-corrects", records::must_find(cx.db, wrong)?.no);
    }
    let first = records::voucher(cx.db, line)?.into_iter().next();
    let id = first.map_or(line.id, |first| first.id);
    if let Some(red) = records::reversal(cx.db, id)? {
        say("journal-cancelled-by", red.no);
    }
    for right in records::corrections(cx.db, id)? {
        say("journal-corrected-by", right.no);
    }
    if !line.override_reason.is_empty() {
        say("journal-block", cx.t.say(&format!("{}-short", line.block)));
        say("journal-override_reason", line.override_reason.clone());
        say("journal-override_secretary", line.override_secretary.clone());
        say("journal-override_accountant", line.override_accountant.clone());
    }
    say("journal-void_reason", text("void_reason"));
    Ok(Facts { heading: cx.t.say("journal-heading-way"), items })
}

/// The newest lines that touch a fund, for the fund's own page.
pub(crate) fn of_fund(cx: &Cx<'_>, fund: i64, most: i64) -> Result<Facts, Refusal> {
    let fact = |(line, amount): (Entry, Fen)| Fact {
        label: format!("{} {}", keep::short_day(line.date), rules::short_no(&line.no)),
        value: keep::one_line(&format!("{} {} {}", shown(cx, amount), mark(cx, &line), line.summary)),
    };
    let items = records::of_fund(cx.db, fund, most)?.into_iter().map(fact).collect();
    Ok(Facts { heading: cx.t.say("journal-heading-lines"), items })
}

/// The one sentence that must always hold: what is in the books is what the funds have (RULES §3.11).
pub(crate) fn foot(cx: &Cx<'_>) -> Result<String, Refusal> {
    let (cash, bank) = (totals::held_as(cx.db, true, false)?, totals::held_as(cx.db, false, false)?);
    let funds = totals::funds(cx.db, false)?;
    let id = if cash.0 + bank.0 == funds.0 { "journal-foot" } else { "journal-foot-broken" };
    let args = [("cash", cash.to_string()), ("bank", bank.to_string()), ("funds", funds.to_string())];
    Ok(cx.t.with(id, &args))
}

/// How the money stands, for the side of the today page.
pub(crate) fn standing(cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
    let all = books::records::all(cx.db)?;
    let mut said = Vec::new();
    for book in all.iter().filter(|book| !book.closed) {
        said.push((book.name.clone(), totals::book_balance(cx.db, book.id, false)?.to_string()));
    }
    if !said.is_empty() {
        let agree = totals::held(cx.db, false)? == totals::funds(cx.db, false)?;
        let id = if agree { "journal-agrees" } else { "journal-differs" };
        said.push((cx.t.say("subject-funds"), cx.t.say(id)));
    }
    Ok(said)
}

/// What the journal waits for.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let mut duties = Vec::new();
    let mut many = |press: Press, id: &str, n: i64| {
        if n > 0 {
            duties.push(Duty {
                press,
                day: None,
                reference: String::new(),
                list: "journal.waiting".to_owned(),
                what: cx.t.with(id, &[("n", n.to_string())]),
                when: String::new(),
                who: String::new(),
                ..Duty::default()
            });
        }
    };
    many(Press::Today, "journal-duty-review", records::count(cx.db, Status::ToReview)?);
    many(Press::Today, "journal-duty-post", records::count(cx.db, Status::Reviewed)?);
    many(Press::Today, "journal-duty-returned", records::count(cx.db, Status::Draft)?);
    for book in books::records::all(cx.db)?.into_iter().filter(|book| book.cash && !book.closed) {
        let held = totals::book_balance(cx.db, book.id, false)?;
        let limit = book.limit.unwrap_or(Fen(cx.catalog.rule("cash_limit").value));
        if held > limit {
            let args = [("book", book.name), ("held", held.to_string()), ("limit", limit.to_string())];
            duties.push(Duty {
                press: Press::Today,
                day: None,
                reference: String::new(),
                list: "journal.cash".to_owned(),
                what: cx.t.with("journal-duty-over-limit", &args),
                when: String::new(),
                who: String::new(),
                ..Duty::default()
            });
        }
    }
    duties.truncate(limit);
    Ok(duties)
}
