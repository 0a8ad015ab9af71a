//! What is said about the bank's statement: its rows with the journal line proposed for each, the page of one line, what
//! only the journal knows, the duties of a month that is not compared yet.

use chrono::Datelike;
use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling::{self, Told};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::keep;
use crate::subjects::periods::rules::Month;
use crate::values::money::Fen;

use super::actions::tolerance;
use super::records::{self, Entry, Line};
use super::rules::Proposal;
use super::stand::{self, Open};

/// How many journal lines the page of a statement line names.
const SHOWN: usize = 12;

/// A journal line in a few words.
pub(crate) fn entry_said(entry: &Entry) -> String {
    format!("{} {} {}", keep::short_day(entry.date), Fen(entry.amount), entry.summary)
}

/// The columns of a list of statement lines.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("bank-date", 5, false),
        column("bank-text", 14, false),
        column("bank-amount", 11, true),
        column("bank-entry", 22, false),
        column("bank-balance", 11, true),
        column("bank-note", 10, false),
    ]
}

/// What stands for an open line: the voucher proposed, how far off, among how many.
fn proposed(cx: &Cx<'_>, line: &Line, proposal: &Proposal, entry: &Entry) -> String {
    let args = [
        ("no", entry.no.clone()),
        ("on", keep::short_day(entry.date)),
        ("n", proposal.candidates.to_string()),
        ("rivals", proposal.rivals.to_string()),
    ];
    match (proposal.candidates, entry.date == line.date) {
        (1, _) if proposal.rivals > 1 => cx.t.with("bank-proposed-against", &args),
        (1, true) => entry.no.clone(),
        (1, false) => cx.t.with("bank-proposed-on", &args),
        _ => cx.t.with("bank-proposed-among", &args),
    }
}

/// What a line has in the journal: ticked, proposed, nothing.
fn beside(cx: &Cx<'_>, line: &Line, found: &[(Proposal, Entry)]) -> Result<String, Refusal> {
    if line.ticked {
        let entries = records::matched(cx.db, line.id)?;
        let nos: Vec<String> = entries.into_iter().map(|e| e.no).collect();
        return Ok(cx.t.with("bank-stands-for", &[("entries", nos.join(" "))]));
    }
    let mine = found.iter().find(|(p, _)| p.line == line.id);
    Ok(mine.map_or_else(|| cx.t.say("bank-nothing"), |(p, entry)| proposed(cx, line, p, entry)))
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let lines = records::find_all(cx.db, ids)?;
    let found = records::proposals(cx.db, &lines, tolerance(cx))?;
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        let beside = beside(cx, &line, &found)?;
        rows.push(Row {
            reference: line.no.clone(),
            brief: brief(&line),
            cells: vec![
                keep::short_day(line.date),
                line.text.clone(),
                Fen(line.amount).to_string(),
                beside,
                line.balance.map(|fen| Fen(fen).to_string()).unwrap_or_default(),
                line.note.clone(),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// Day, amount and as much of the text as a prompt of twenty columns leaves room for.
pub(crate) fn brief(line: &Line) -> String {
    let head = format!("{} {}", keep::short_day(line.date), Fen(line.amount));
    let room = 20_usize.saturating_sub(head.chars().count() + 1) / 2;
    let text: String = line.text.chars().take(room).collect();
    format!("{head} {text}").trim_end().to_owned()
}

fn head(cx: &Cx<'_>, line: &Line) -> Result<Facts, Refusal> {
    let found = records::proposals(cx.db, std::slice::from_ref(line), tolerance(cx))?;
    let fact = |id: &str, value: String| Fact { label: cx.t.say(id), value };
    let mut items = vec![fact("bank-entry", beside(cx, line, &found)?)];
    if let Some((_, entry)) = found.first() {
        items.push(fact("bank-entry-said", entry_said(entry)));
    }
    items.extend(telling::facts_as(cx, &super::Bank, line.id, |name, _| match name {
        "period" => Told::Elsewhere,
        _ => Told::AsKept,
    })?);
    Ok(Facts { heading: String::new(), items })
}

/// What the page of one line begins with.
pub(crate) fn card(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    Ok(Part::Facts(head(cx, &records::must_find(cx.db, id)?)?))
}

/// What the page of one line says: the line, what it stands for, and what the journal still has that the bank has not.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let line = records::must_find(cx.db, id)?;
    let mut parts = vec![Part::Facts(head(cx, &line)?)];
    let said = |entry: &Entry| Fact { label: entry.no.clone(), value: entry_said(entry) };
    let mut put = |heading: &str, items: Vec<Fact>| {
        if !items.is_empty() {
            parts.push(Part::Facts(Facts { heading: cx.t.say(heading), items }));
        }
    };
    put("bank-heading-entries", records::matched(cx.db, id)?.iter().map(said).collect());
    if let Some(stand) = stand::stand(cx.db, line.book, Month::of(line.date).last())? {
        let mut items: Vec<Fact> = stand.unpresented.iter().take(SHOWN).map(said).collect();
        let rest = stand.unpresented.len().saturating_sub(SHOWN);
        if rest > 0 {
            let label = cx.t.say("bank-more");
            items.push(Fact { label, value: cx.t.with("bank-more-lines", &[("n", rest.to_string())]) });
        }
        put("bank-heading-unpresented", items);
        let difference = stand.difference()?;
        let label = cx.t.with("bank-as-of", &[("on", stand.day.to_string())]);
        let value = match difference {
            Fen::ZERO => cx.t.say("bank-balanced"),
            fen => cx.t.with("bank-differs", &[("fen", fen.to_string())]),
        };
        put("bank-heading-stand", vec![Fact { label, value }]);
    }
    Ok(parts)
}

/// What the statement waits for: lines to be ticked, a month without a statement.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    if !cx.who.associations().is_empty() {
        return Ok(Vec::new());
    }
    let mut duties = Vec::new();
    let duty = |press, what: String| Duty {
        press,
        day: None,
        reference: String::new(),
        list: "bank.open".to_owned(),
        what,
        when: String::new(),
        who: cx.catalog.post_name("accountant", cx.t.lang()),
        ..Duty::default()
    };
    let last_month = Month::of(cx.now.date()).before();
    for (book, name) in records::books(cx.db)? {
        let open = "book = ?1 AND ticked_at IS NULL AND note IS NULL";
        let n = records::count(cx.db, open, vec![Value::Integer(book)])?;
        if n > 0 {
            let args = [("book", name.clone()), ("n", n.to_string())];
            duties.push(duty(Press::Week, cx.t.with("bank-duty-open", &args)));
        }
        if stand::open_in(cx.db, book, last_month)? == Some(Open::NoStatement) {
            let args = [("book", name), ("month", last_month.first().month().to_string())];
            duties.push(duty(Press::Open, cx.t.with("bank-duty-statement", &args)));
        }
    }
    duties.truncate(limit);
    Ok(duties)
}
