//! What is said about counts of the cash: their rows, the page of one with its notes and coins, the duties they make.

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling::{self, Told};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::keep;
use crate::values::money::Fen;

use super::actions::said;
use super::fields::STATUS;
use super::records::{self, Count};

/// The columns of a list of counts.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("counts-counted_at", 10, false),
        column("counts-difference", 12, false),
        column("counts-counted", 10, true),
        column("counts-book_balance", 10, true),
        column("counts-status", 6, false),
        column("counts-counter", 6, false),
        column("counts-witness", 6, false),
    ]
}

fn status(cx: &Cx<'_>, count: &Count) -> String {
    reading::show(&STATUS, &keep::text(&count.status), cx)
}

fn brief(cx: &Cx<'_>, count: &Count) -> String {
    format!("{} {}", keep::short_day(count.at.date()), said(cx, count.difference))
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let row = |count: Count| Row {
        reference: count.no.clone(),
        brief: brief(cx, &count),
        cells: vec![
            count.at.format("%-m-%d %H:%M").to_string(),
            said(cx, count.difference),
            Fen(count.counted).to_string(),
            Fen(count.balance).to_string(),
            status(cx, &count),
            count.counter.clone(),
            count.witness.clone(),
        ],
        ..Row::default()
    };
    Ok(records::find_all(cx.db, ids)?.into_iter().map(row).collect())
}

/// What the page of one count begins with.
pub(crate) fn card(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    let count = records::must_find(cx.db, id)?;
    let items = telling::facts_as(cx, &super::Counts, id, |name, _| match name {
        "difference" => Told::Words(said(cx, count.difference)),
        "alone" if count.alone => Told::Words(cx.t.say("counts-compensating")),
        "unposted" if count.unposted != 0 => Told::AsKept,
        "alone" | "unposted" => Told::Elsewhere,
        _ => Told::AsKept,
    })?;
    Ok(Part::Facts(Facts { heading: String::new(), items }))
}

/// What the page of one count says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let fact = |p: &super::rules::Pieces| Fact {
        label: Fen(p.denomination).to_string(),
        value: cx.t.with("counts-worth", &[("n", p.count.to_string()), ("fen", Fen(p.worth()).to_string())]),
    };
    let items: Vec<Fact> = records::pieces(cx.db, id)?.iter().map(fact).collect();
    let mut parts = vec![card(cx, id)?];
    if !items.is_empty() {
        parts.push(Part::Facts(Facts { heading: cx.t.say("counts-heading-pieces"), items }));
    }
    Ok(parts)
}

/// What waits: cash that moved and was not counted since, a month without a count (RULES §3.1), a difference nobody has
/// decided about.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    if !cx.who.associations().is_empty() {
        return Ok(Vec::new());
    }
    let post = |id: &str| cx.catalog.post_name(id, cx.t.lang());
    let mut duties = Vec::new();
    for count in records::unsettled(cx.db)? {
        let args = [("on", keep::short_day(count.at.date())), ("difference", said(cx, count.difference))];
        duties.push(Duty {
            press: Press::Week,
            day: Some(count.at.date()),
            reference: count.no,
            list: String::new(),
            what: cx.t.with("counts-duty-difference", &args),
            when: String::new(),
            who: post("secretary"),
            ..Duty::default()
        });
    }
    let today = cx.now.date();
    let first = chrono::Datelike::with_day(&today, 1).unwrap_or(today);
    for (book, name) in records::books(cx.db)? {
        let last = records::last(cx.db, book)?;
        let Some(moved) = records::moved(cx.db, book, today)? else { continue };
        let since = last.is_none_or(|last| moved > last);
        let (press, id) = match () {
            () if since && moved == today => (Press::Today, "counts-duty-moved"),
            () if since => (Press::Week, "counts-duty-moved"),
            () if last.is_some_and(|last| last < first) => (Press::Open, "counts-duty-month"),
            () => continue,
        };
        let args = [("book", name), ("on", keep::short_day(moved))];
        duties.push(Duty {
            press,
            day: None,
            reference: String::new(),
            list: "counts.all".to_owned(),
            what: cx.t.with(id, &args),
            when: String::new(),
            who: post("cashier"),
            ..Duty::default()
        });
    }
    duties.sort_by_key(|duty| duty.press);
    duties.truncate(limit);
    Ok(duties)
}
