//! What is said about stocktakes: rows, the page of one with how far it has come, who counts where, what differs and what the
//! associations say; and what waits.

use chrono::NaiveDate;
use rusqlite::types::Value;

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::assets::records as assets;
use crate::subjects::tallies::counting::place_name;
use crate::subjects::tallies::records::{self as tallies, Tally};
use crate::subjects::{keep, org_name};

use super::fields::{HEADS, HOLDERS, RECORD};
use super::records::{self, Stocktake};
use super::rules::{Scope, Status};
use super::steps;

/// Differences told on the page; the rest is in their list.
const TOLD: usize = 30;

/// The columns of a list of stocktakes.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("stocktakes-no", 13, false),
        column("stocktakes-scope", 8, false),
        column("stocktakes-status", 5, false),
        column("stocktakes-counted", 5, true),
        column("stocktakes-left", 5, true),
        column("stocktakes-differences", 4, true),
    ]
}

/// What it covers, in words.
pub(crate) fn scope(cx: &Cx<'_>, of: &Stocktake) -> Result<String, Refusal> {
    Ok(match &of.scope {
        Scope::All => cx.catalog.show_word("stocktake_scopes", "全部", cx.t.lang()),
        Scope::Owner(org) => org_name(cx, org),
        Scope::Category(category) => cx.catalog.show_word("asset_categories", category, cx.t.lang()),
        Scope::Zone(code) => crate::subjects::zones::records::by_code(cx.db, code)?
            .map_or_else(|| code.clone(), |zone| zone.name),
    })
}

fn status(cx: &Cx<'_>, of: &Stocktake) -> String {
    cx.catalog.show_word("stocktake_statuses", of.status.word(), cx.t.lang())
}

/// One of them in a few words, for a prompt.
pub(crate) fn brief(cx: &Cx<'_>, of: &Stocktake) -> String {
    let short = of.no.strip_prefix("PD-").unwrap_or(&of.no);
    keep::clip_cells(&format!("{short} {}", status(cx, of)), 20)
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(of) = records::find(cx.db, *id)? else { continue };
        let numbers = tallies::numbers(cx.db, *id)?;
        rows.push(Row {
            reference: of.no.clone(),
            brief: brief(cx, &of),
            cells: vec![
                of.no.clone(),
                scope(cx, &of)?,
                status(cx, &of),
                numbers.counted.to_string(),
                numbers.left.to_string(),
                numbers.differences.to_string(),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// A difference in a line: what was found where, what was decided.
pub(crate) fn difference(cx: &Cx<'_>, line: &Tally) -> Result<String, Refusal> {
    let word = |set: &str, word: &str| cx.catalog.show_word(set, word, cx.t.lang());
    let found = line.found.map(|found| word("tally_results", found.word())).unwrap_or_default();
    let place = match line.found_place {
        Some(_) if line.found_place != line.book.place => place_name(cx, line.found_place)?,
        _ => String::new(),
    };
    let decision = line.decision.map(|decision| word("tally_decisions", decision.word()));
    let decision = decision.unwrap_or_else(|| cx.t.say("stocktakes-no-decision"));
    Ok(keep::one_line(&format!("{} {found} {place} {decision} {}", line.name, line.reason)))
}

/// What the page of one stocktake says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let of = records::must_find(cx.db, id)?;
    let kept = keep::load(cx, &RECORD, id)?;
    let numbers = tallies::numbers(cx.db, id)?;
    let mut items = Vec::new();
    let mut say = |label: &str, value: String| items.push(Fact { label: cx.t.say(label), value });
    for (field, value) in RECORD.fields.iter().zip(&kept.values) {
        if matches!(value, Value::Null) || (field.name == "blind" && *value == Value::Integer(0)) {
            continue;
        }
        match field.name {
            "which" => say("stocktakes-which", scope(cx, &of)?),
            _ => say(&format!("stocktakes-{}", field.name), reading::on_page(field, value, cx)),
        }
    }
    if of.status != Status::Planned && of.status != Status::Cancelled {
        let args = [("counted", numbers.counted.to_string()), ("left", numbers.left.to_string())];
        say("stocktakes-progress", cx.t.with("stocktakes-progress-value", &args));
        let said: Vec<String> = tallies::by_result(cx.db, id)?
            .into_iter()
            .map(|(found, n)| {
                format!("{} {n}", cx.catalog.show_word("tally_results", found.word(), cx.t.lang()))
            })
            .collect();
        if !said.is_empty() {
            say("stocktakes-results", keep::joined(&said, cx.t));
        }
        let own = tallies::own_counters(cx.db, id)?;
        if !own.is_empty() {
            say("stocktakes-warning", cx.t.with("stocktakes-own", &[("who", keep::joined(&own, cx.t))]));
        }
    }
    let mut parts = vec![Part::Facts(Facts { heading: String::new(), items })];
    let mut section = |heading: &str, items: Vec<Fact>| {
        if !items.is_empty() {
            parts.push(Part::Facts(Facts { heading: cx.t.say(heading), items }));
        }
    };
    let mut who = Vec::new();
    for (name, place, at) in tallies::counters(cx.db, id)? {
        who.push(Fact { label: name, value: format!("{} {at}", place_name(cx, place)?).replace('T', " ") });
    }
    section("stocktakes-heading-counters", who);
    let mut differs = Vec::new();
    for line in tallies::differences(cx.db, id)?.iter().take(TOLD) {
        differs.push(Fact { label: line.tag.clone(), value: difference(cx, line)? });
    }
    section("stocktakes-heading-differences", differs);
    let objection = |o: records::Objection| Fact {
        label: org_name(cx, &o.org),
        value: match o.reply.is_empty() {
            true => format!("{} {}", o.raised_on, o.text),
            false => cx.t.with("stocktakes-answered", &[("text", o.text), ("reply", o.reply)]),
        },
    };
    section(
        "stocktakes-heading-objections",
        records::objections(cx.db, id)?.into_iter().map(objection).collect(),
    );
    Ok(parts)
}

/// What waits: a stocktake that is due, one that goes on, differences, objections; for an association what it may object to.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let mut duties = Vec::new();
    let mine = cx.who.associations();
    for of in records::open(cx.db)? {
        duties.extend(duty(cx, &of, &mine)?);
    }
    if mine.is_empty() && cx.who.holds(HOLDERS) {
        duties.extend(due(cx)?);
    }
    duties.truncate(limit);
    Ok(duties)
}

fn duty(cx: &Cx<'_>, of: &Stocktake, mine: &[&str]) -> Result<Option<Duty>, Refusal> {
    let today = cx.now.date();
    let numbers = tallies::numbers(cx.db, of.id)?;
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let (press, id, n, on) = match of.status {
        Status::Published if !mine.is_empty() => {
            let until = day(&of.notice_until).filter(|until| *until >= today);
            let Some(until) = until else { return Ok(None) };
            (Press::Open, "stocktakes-duty-object", 0, Some(until))
        }
        _ if !mine.is_empty() || !cx.who.holds(HOLDERS) => return Ok(None),
        Status::Planned => {
            let on = day(&of.planned_on);
            let press = match on {
                Some(on) if on < today => Press::Overdue,
                Some(on) if on == today => Press::Today,
                _ => Press::Open,
            };
            (press, "stocktakes-duty-start", 0, on)
        }
        Status::Counting if numbers.left > 0 => (Press::Today, "stocktakes-duty-count", numbers.left, None),
        Status::Counting => (Press::Today, "stocktakes-duty-finish", numbers.counted, None),
        Status::Checking => (Press::Today, "stocktakes-duty-check", numbers.unchecked, None),
        Status::Deciding if numbers.undecided > 0 => {
            (Press::Today, "stocktakes-duty-decide", numbers.undecided, None)
        }
        Status::Deciding if cx.who.holds(HEADS) => (Press::Today, "stocktakes-duty-post", 0, None),
        Status::Posted if cx.who.holds(HEADS) => (Press::Open, "stocktakes-duty-publish", 0, None),
        Status::Published => {
            let open = records::objections(cx.db, of.id)?.into_iter().filter(|o| o.reply.is_empty()).count();
            let until = day(&of.notice_until);
            match (open, until) {
                (0, Some(until)) if until < today => (Press::Open, "stocktakes-duty-archive", 0, None),
                (0, _) => return Ok(None),
                (n, _) => (Press::Today, "stocktakes-duty-reply", i64::try_from(n).unwrap_or(0), None),
            }
        }
        _ => return Ok(None),
    };
    let args = [("no", of.no.clone()), ("n", n.to_string())];
    Ok(Some(Duty {
        press,
        day: on,
        reference: of.no.clone(),
        list: String::new(),
        what: cx.t.with(id, &args),
        when: on.map(keep::short_day).unwrap_or_default(),
        who: String::new(),
        ..Duty::default()
    }))
}

/// That this part of the year has had no stocktake yet: in its last month it is a matter of the week.
fn due(cx: &Cx<'_>) -> Result<Option<Duty>, Refusal> {
    let today = cx.now.date();
    let (period, last) = steps::period(cx, today);
    if records::any_in(cx.db, &period)? || assets::live(cx.db)? == 0 {
        return Ok(None);
    }
    let days = (last - today).num_days();
    Ok(Some(Duty {
        press: match days {
            0 => Press::Today,
            1..=30 => Press::Week,
            _ => Press::Open,
        },
        day: Some(last),
        reference: String::new(),
        list: "stocktakes.open".to_owned(),
        what: cx.t.with("stocktakes-duty-due", &[("period", period)]),
        when: keep::short_day(last),
        who: String::new(),
        ..Duty::default()
    }))
}
