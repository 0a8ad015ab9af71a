//! The form of a move: what a typed line and the rules make of it, shown before anything is written. What it may not be is
//! said on the field.

use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::consumables::pages::units;
use crate::subjects::consumables::records::{self as items, Item};
use crate::subjects::consumables::rules::Kind;
use crate::subjects::{keep, org_name};
use crate::values::money::Fen;

use super::typed::{self, Goods};
use super::write::{self, New};

/// What an action does to goods; none for one that counts them.
fn kind(action: &str) -> Kind {
    match action {
        "issue" => Kind::Issue,
        "bring-back" => Kind::Return,
        "spoil" => Kind::Spoilt,
        _ => Kind::In,
    }
}

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, form: &mut FormState) {
    form.propose("moved_on", cx.now.date().to_string());
    if let [own] = cx.who.associations().as_slice() {
        form.propose("org", *own);
    }
    if form.action == "count" {
        form.show("price", false);
    }
}

/// Answers to an edit: fills what follows, reads the whole back, warns.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str) {
    // Nothing here may stop a form: what cannot be read now is read at saving.
    drop(answer(cx, form, changed));
}

fn answer(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("moves-"));
    }
    line(cx, form, changed == "line")?;
    for slot in &mut form.slots {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
    let Some(item) = form.number("item").map(|id| items::must_find(cx.db, id)).transpose()? else {
        return Ok(());
    };
    if form.slot("price").is_some()
        && let Some(price) = item.usual_price
    {
        form.propose("price", Fen(price).plain());
    }
    if form.action == "count" {
        return counted(cx, form, &item);
    }
    for slot in &mut form.slots {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
    read_back(cx, form, &item);
    form.require("price", form.number("amount").is_none());
    let Some(new) = of(cx, form)? else { return Ok(()) };
    match write::plan(cx, &new) {
        Ok((moved, shelf)) => {
            let args = [("left", units(&item, shelf.quantity)), ("level", item.reorder_level.to_string())];
            let low = shelf.quantity <= item.reorder_level && !new.kind.comes();
            let id = if low { "moves-finding-low" } else { "moves-finding-left" };
            form.find(cx.t.say("moves-stock"), cx.t.with(id, &args));
            form.find(cx.t.say("moves-amount"), Fen(moved.amount.abs()).to_string());
        }
        Err(problem) => {
            let name = problem.field.unwrap_or("quantity");
            if form.slot(name).is_some_and(|slot| !slot.effective().is_empty()) {
                form.fail(name, problem);
            }
        }
    }
    Ok(())
}

/// What a typed line says goes into the fields as it is typed; what it no longer says leaves them.
fn line(cx: &Cx<'_>, form: &mut FormState, typing: bool) -> Result<(), Refusal> {
    if form.text("line").is_empty() && !typing {
        return Ok(());
    }
    let goods = |item: Item| Goods { no: item.no, name: item.name, unit: item.unit };
    let known: Vec<Goods> = items::open(cx.db)?.into_iter().map(goods).collect();
    let orgs = crate::subjects::org_names(cx.catalog);
    let said = typed::read(form.text("line"), &known, &orgs, form.action == "receive");
    if typing {
        form.fill("item", said.item);
        form.fill("quantity", said.quantity);
        form.fill("price", said.price);
        form.fill("org", said.org);
        let rest = if form.slot("taker").is_some() { "taker" } else { "note" };
        let rest = if form.action == "spoil" { "reason" } else { rest };
        form.fill(rest, said.taker);
    }
    if !said.unread.is_empty() {
        form.fail("line", Refusal::rule("moves-unread").with("text", said.unread.join(" ")));
    }
    Ok(())
}

/// A typed line read back whole: nothing is written before a person has seen what was understood.
fn read_back(cx: &Cx<'_>, form: &mut FormState, item: &Item) {
    if form.text("line").is_empty() {
        return;
    }
    let mut parts = vec![item.name.clone()];
    parts.extend(form.number("quantity").map(|n| units(item, n)));
    let org = keep::plain(&form.value("org"));
    if !org.is_empty() {
        parts.push(org_name(cx, &org));
    }
    if form.slot("price").is_some() {
        parts.extend(form.number("price").map(|fen| Fen(fen).to_string()));
    }
    parts.push(form.text("taker").to_owned());
    parts.retain(|part| !part.is_empty());
    form.echo("line", parts.join(" "));
}

/// The move a form of goods that come or go asks for; none while it does not say enough.
fn of(cx: &Cx<'_>, form: &FormState) -> Result<Option<New>, Refusal> {
    let (Some(item), Some(units)) = (form.number("item"), form.number("quantity")) else { return Ok(None) };
    let on = keep::day_in(form, "moved_on").unwrap_or(cx.now.date());
    let kind = kind(form.action);
    let org = keep::plain(&form.value("org"));
    if kind.charges() && org.is_empty() {
        return Ok(None);
    }
    let mine = cx.who.associations();
    if kind.charges() && !mine.is_empty() && !mine.contains(&org.as_str()) {
        return Err(Refusal::rule("moves-not-yours").field("org"));
    }
    let note = if form.action == "spoil" { "reason" } else { "note" };
    Ok(Some(New {
        price: form.number("price"),
        paid: form.number("amount"),
        org,
        taker: form.text("taker").trim().to_owned(),
        note: form.text(note).trim().to_owned(),
        ..New::of(item, kind, units, on)
    }))
}

/// What a count comes to: more or less than the book says.
fn counted(cx: &Cx<'_>, form: &mut FormState, item: &Item) -> Result<(), Refusal> {
    let Some(found) = form.number("counted") else { return Ok(()) };
    if found < 0 {
        form.fail("counted", Refusal::rule("moves-nothing").with("name", &item.name));
        return Ok(());
    }
    let difference = found - item.shelf.quantity;
    form.show("price", difference > 0 && item.shelf.quantity == 0);
    form.find(cx.t.say("moves-finding-book"), units(item, item.shelf.quantity));
    form.find(cx.t.say("moves-finding-difference"), difference_said(cx, item, difference));
    if difference == 0 {
        form.fail("counted", Refusal::rule("moves-even").with("name", &item.name));
    }
    Ok(())
}

fn difference_said(cx: &Cx<'_>, item: &Item, difference: i64) -> String {
    let id = match difference {
        0 => "moves-even",
        d if d < 0 => "moves-less",
        _ => "moves-more",
    };
    cx.t.with(id, &[("units", units(item, difference.abs()))])
}

/// The move a form asks for.
///
/// # Errors
/// When it does not say enough, or a count found what the book says.
pub(crate) fn build(cx: &Cx<'_>, form: &FormState) -> Result<New, Refusal> {
    if form.action != "count" {
        return of(cx, form)?.ok_or_else(|| Refusal::rule("required").field("line"));
    }
    let required = |name: &'static str| Refusal::rule("required").field(name);
    let item = items::must_find(cx.db, form.number("item").ok_or_else(|| required("item"))?)?;
    let found = form.number("counted").ok_or_else(|| required("counted"))?;
    let difference = found - item.shelf.quantity;
    let kind = match difference {
        0 => return Err(Refusal::rule("moves-even").field("counted").with("name", item.name)),
        d if d < 0 => Kind::Shortage,
        _ => Kind::Surplus,
    };
    let on = keep::day_in(form, "moved_on").unwrap_or(cx.now.date());
    Ok(New {
        price: form.number("price"),
        note: form.text("reason").trim().to_owned(),
        ..New::of(item.id, kind, difference.abs(), on)
    })
}

/// The form as it would stand among the moves, one cell a column.
pub(crate) fn row_of(cx: &Cx<'_>, form: &FormState) -> Vec<String> {
    let item = form.number("item").and_then(|id| items::find(cx.db, id).ok().flatten());
    let day = keep::day_in(form, "moved_on").unwrap_or(cx.now.date());
    let org = keep::plain(&form.value("org"));
    let new = build(cx, form).ok();
    let planned = new.as_ref().and_then(|new| write::plan(cx, new).ok());
    let sign = if new.as_ref().is_none_or(|new| new.kind.comes()) { "+" } else { "-" };
    let n = new.as_ref().map(|new| new.units).or(form.number("quantity"));
    let unit = item.as_ref().map_or("", |item| item.unit.as_str());
    vec![
        keep::short_day(day),
        item.as_ref().map(|item| item.name.clone()).unwrap_or_default(),
        cx.t.say(&format!("moves-do-{}", form.action)),
        n.map(|n| format!("{sign}{n}")).unwrap_or_default(),
        if org.is_empty() { String::new() } else { org_name(cx, &org) },
        planned.map(|(moved, _)| Fen(moved.amount).to_string()).unwrap_or_default(),
        planned.map(|(_, shelf)| format!("{} {unit}", shelf.quantity)).unwrap_or_default(),
        form.text("taker").to_owned(),
    ]
}
