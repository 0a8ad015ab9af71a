//! What is said about operators: rows, one's page with where they sit now, and who could not get in.

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::store::sessions;
use crate::subjects::keep;

use super::fields::KEEPERS;
use super::records::{self, Held, Kept};

/// The columns of a list of operators.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![column("operators-name", 6), column("operators-posts", 16), column("operators-stands", 20)]
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(who) = records::find(cx.db, *id)? else { continue };
        let stands = stands(cx, &who)?;
        // At which desk somebody sits changes too often for a prompt.
        let brief = match desks(cx, *id)?.is_empty() {
            true => format!("{} {stands}", who.name).trim().to_owned(),
            false => who.name.clone(),
        };
        rows.push(Row {
            reference: records::reference(*id),
            brief,
            cells: vec![who.name.clone(), posts(cx, *id)?, stands],
            ..Row::default()
        });
    }
    Ok(rows)
}

fn posts(cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
    let held: Vec<String> = records::held(cx, id)?.iter().map(|held| records::said_post(cx, held)).collect();
    Ok(keep::joined(&held, cx.t))
}

/// What matters most about an operator now: gone, waiting, without a PIN, at which desk and on which record.
fn stands(cx: &Cx<'_>, who: &Kept) -> Result<String, Refusal> {
    if !who.active {
        return Ok(cx.t.say("operators-gone"));
    }
    if who.failed > 0 {
        return Ok(cx.t.with("operators-wrong", &[("n", who.failed.to_string())]));
    }
    let here = desks(cx, who.id)?;
    Ok(match here.into_iter().next() {
        Some(desk) => desk,
        None if !who.has_pin => cx.t.say("operators-no-pin"),
        None if who.must_change => cx.t.say("operators-must-change"),
        None => String::new(),
    })
}

/// The living desks of an operator: terminal, and the record that is open there.
fn desks(cx: &Cx<'_>, id: i64) -> Result<Vec<String>, Refusal> {
    let all = sessions::all(cx.db)?.into_iter().filter(|desk| desk.alive && desk.operator_id == id);
    Ok(all
        .map(|desk| keep::one_line(&format!("{} {}", desk.on_ref.unwrap_or_default(), desk.terminal)))
        .collect())
}

/// What the page of one operator says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let who = records::must_find(cx.db, id)?;
    let mut items = Vec::new();
    let mut say = |label: &str, value: String| {
        if !value.is_empty() {
            items.push(Fact { label: cx.t.say(label), value });
        }
    };
    say("operators-name", who.name.clone());
    say("operators-posts", posts(cx, id)?);
    for (held, day) in records::ends(cx, id)? {
        let args = [("post", records::said_post(cx, &held)), ("day", day)];
        say("operators-until", cx.t.with("operators-post-until", &args));
    }
    say(
        "operators-pin",
        match (who.has_pin, who.must_change) {
            (false, _) => cx.t.say("operators-no-pin"),
            (true, true) => cx.t.say("operators-must-change"),
            (true, false) => cx.t.say("yes"),
        },
    );
    if who.failed > 0 {
        say("operators-failed", who.failed.to_string());
        say("operators-locked", moment(who.locked_until.as_deref().unwrap_or_default()));
    }
    if !who.active {
        say("operators-stands", cx.t.say("operators-gone"));
    }
    for desk in desks(cx, id)? {
        say("operators-desk", desk);
    }
    Ok(vec![Part::Facts(Facts { heading: String::new(), items })])
}

fn moment(kept: &str) -> String {
    kept.replace('T', " ")
}

/// The post that a form says.
pub(crate) fn post_in(cx: &Cx<'_>, form: &FormState) -> Result<Held, Refusal> {
    records::post_of(cx, &keep::plain(&form.value("post")), &keep::plain(&form.value("org")))
}

/// Who could not get in: those who let people in should know of it.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    if !cx.who.holds(KEEPERS) {
        return Ok(Vec::new());
    }
    let tell = cx.catalog.rule("pin_tell").value;
    let failing = records::failing(cx.db, tell)?;
    let duty = |who: Kept| Duty {
        press: Press::Today,
        day: Some(cx.now.date()),
        reference: records::reference(who.id),
        what: cx.t.with("operators-duty", &[("name", who.name), ("n", who.failed.to_string())]),
        when: who.locked_until.map(|at| at.chars().skip(11).take(5).collect()).unwrap_or_default(),
        ..Duty::default()
    };
    Ok(failing.into_iter().take(limit).map(duty).collect())
}
