//! Going round: the checklist of a kind as a form, one key an item, a note where something is not in order; what is not in order
//! becomes a ticket. The audit row and the search keys are the door's.

use chrono::Datelike;
use rusqlite::types::Value;

use crate::catalog::{Unit, Word};
use crate::desk::action::{Done, Undo};
use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::assets::records as assets;
use crate::subjects::keep;
use crate::subjects::tickets::object::{self, Object};
use crate::subjects::tickets::raise::raise;
use crate::subjects::tickets::{actions as tickets, records as ticket_records};
use crate::subjects::zones::records as zones;

use super::fields::{ITEMS, RECORD};
use super::records::{self, Item};
use super::rules::{self, Every, Found, Kind};

/// How often a kind of round is due.
pub(crate) fn every(cx: &Cx<'_>, kind: Kind) -> Every {
    let rule = cx.catalog.rule(kind.rule);
    match rule.unit {
        Unit::Month => Every::Months(u32::try_from(rule.value).unwrap_or(1)),
        _ => Every::Days(rule.value.unsigned_abs()),
    }
}

/// When each kind of round is due: none for one that was never made. A day on which nobody works moves to the next.
pub(crate) fn due(cx: &Cx<'_>, kind: Kind) -> Result<Option<chrono::NaiveDate>, Refusal> {
    let last = records::last(cx.db, kind.word)?;
    Ok(rules::due(last, every(cx, kind)).map(|day| cx.catalog.calendar().next_working_day(day)))
}

/// The kind that is due first.
fn first_due(cx: &Cx<'_>) -> Result<Option<Kind>, Refusal> {
    let mut all = Vec::new();
    for kind in rules::KINDS {
        all.push((due(cx, kind)?, kind));
    }
    all.sort_by_key(|(day, _)| *day);
    Ok(all.first().map(|(_, kind)| *kind))
}

/// The checklist a form is about.
fn checklist<'a>(cx: &'a Cx<'_>, form: &FormState) -> Option<(Kind, &'a [Word])> {
    let kind = rules::kind(&keep::plain(&form.value("kind")))?;
    Some((kind, cx.catalog.words(kind.list)))
}

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    if let Some(kind) = first_due(cx)? {
        form.propose("kind", kind.word);
    }
    form.propose("inspected_on", cx.now.date().to_string());
    form.propose("inspector", cx.who.name.clone());
    for (item, note) in ITEMS {
        form.propose(item, Found::InOrder.word());
        form.show(note, false);
    }
    reread(cx, form);
    lay_out(cx, form);
    Ok(())
}

fn reread(cx: &Cx<'_>, form: &mut FormState) {
    for slot in &mut form.slots {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
}

/// Shows the fields of the checklist, called as it calls them.
fn lay_out(cx: &Cx<'_>, form: &mut FormState) {
    let words = checklist(cx, form).map(|(_, words)| words).unwrap_or_default();
    for (at, (item, note)) in ITEMS.into_iter().enumerate() {
        let label = words.get(at).map(|word| reading::label(word, cx.t.lang()).to_owned());
        form.show(item, label.is_some());
        let wrong = label.is_some() && keep::plain(&form.value(item)) == Found::NotInOrder.word();
        form.show(note, wrong);
        form.require(note, wrong);
        if let Some(label) = label {
            form.call(note, cx.t.with("inspections-note-of", &[("item", label.clone())]));
            form.call(item, label);
        }
    }
}

/// Answers to an edit.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str) {
    if form.action != "inspect" {
        return;
    }
    if changed == "kind" {
        // What was said of one checklist is not said of another.
        for slot in form.slots.iter_mut().filter(|slot| slot.field.name.contains('_')) {
            if ITEMS.iter().any(|(item, note)| [*item, *note].contains(&slot.field.name)) {
                slot.text.clear();
                (slot.touched, slot.passed, slot.error) = (false, false, None);
            }
        }
    }
    reread(cx, form);
    lay_out(cx, form);
    // What cannot be read now is read at saving.
    drop(foretell(cx, form));
}

/// What will come of what is not in order, before it is written.
fn foretell(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    for wrong in wrong(cx, form)? {
        let what = keep::one_line(&format!("{} {}", object::say(cx, &wrong.object)?, wrong.fault));
        form.echo(wrong.note, what.clone());
        match object::open_alike(cx.db, &wrong.object)? {
            Some((_, no)) => form.find(cx.t.say("tickets-finding-alike"), format!("{no} {what}")),
            None => form.find(cx.t.say("inspections-finding-ticket"), what),
        }
    }
    Ok(())
}

/// Something not in order, as whoever looked said it.
struct Wrong {
    /// Which item of the list, from 0.
    at: usize,
    /// The field it was said in.
    note: &'static str,
    object: Object,
    fault: String,
    priority: String,
}

/// Everything that was said to be not in order. A note begins with the place where it names one.
fn wrong(cx: &Cx<'_>, form: &FormState) -> Result<Vec<Wrong>, Refusal> {
    let Some((kind, words)) = checklist(cx, form) else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for (at, ((item, note), word)) in ITEMS.into_iter().zip(words).enumerate() {
        let text = form.text(note).trim();
        if keep::plain(&form.value(item)) != Found::NotInOrder.word() || text.is_empty() {
            continue;
        }
        let said = tickets::line(cx, text)?;
        let zone = zones::by_code(cx.db, &said.zone)?.map(|zone| zone.id);
        let asset = assets::by_tag(cx.db, &said.asset)?;
        let zone = zone.or(asset.as_ref().and_then(|asset| asset.place));
        let words = match &asset {
            Some(asset) => Object::of_asset(asset).words,
            None => word.kept.clone(),
        };
        let fault = keep::one_line(&format!("{} {}", said.object, said.fault));
        let fault = if fault.is_empty() { Found::NotInOrder.word().to_owned() } else { fault };
        let priority = if said.priority.is_empty() { kind.priority.to_owned() } else { said.priority };
        all.push(Wrong {
            at,
            note,
            object: Object { zone, asset: asset.map(|asset| asset.id), words },
            fault,
            priority,
        });
    }
    Ok(all)
}

/// Keeps a round and everything that comes of it.
pub(crate) fn apply(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let Some((kind, words)) = checklist(cx, form) else {
        return Err(Refusal::rule("required").field("kind"));
    };
    let on = keep::day_in(form, "inspected_on").unwrap_or_else(|| cx.now.date());
    if on > cx.now.date() {
        return Err(Refusal::rule("inspections-future").field("inspected_on"));
    }
    let cx = &Cx { db: tx.conn(), ..*cx };
    let mut items: Vec<Item> = Vec::new();
    for ((item, note), word) in ITEMS.into_iter().zip(words) {
        let found = Found::parse(&keep::plain(&form.value(item)))
            .ok_or_else(|| Refusal::rule("required").field(item))?;
        if found == Found::NotInOrder && form.text(note).trim().is_empty() {
            return Err(Refusal::rule("required").field(note));
        }
        let (note, zone, ticket) = (String::new(), None, None);
        items.push(Item { item: word.kept.clone(), found, note, zone, ticket });
    }
    let mut findings = Vec::new();
    for wrong in wrong(cx, form)? {
        findings.push(keep::one_line(&format!("{} {}", object::say(cx, &wrong.object)?, wrong.fault)));
        let ticket = raise(cx, tx, &wrong.object, &wrong.fault, &wrong.priority, on)?;
        if let Some(item) = items.get_mut(wrong.at) {
            (item.note, item.zone, item.ticket) = (wrong.fault, wrong.object.zone, Some(ticket));
        }
    }
    let no = format!("XJ-{}-{:03}", on.year(), tx.next_number("XJ", on.year())?);
    let n = i64::try_from(findings.len()).unwrap_or(i64::MAX);
    let mut columns = keep::columns(&RECORD, form);
    columns.retain(|(name, _)| matches!(*name, "remark" | "photo" | "inspector"));
    columns.extend([
        ("no", keep::text(&no)),
        ("kind", keep::text(kind.word)),
        ("inspected_on", keep::day(on)),
        ("abnormal", Value::Integer(n)),
        ("findings", keep::text(&keep::joined(&findings, cx.t))),
    ]);
    let id = tx.insert("inspection_round", &columns)?;
    records::put(tx, id, &items)?;
    let next = due(cx, kind)?.map(keep::short_day).unwrap_or_default();
    let kind = cx.catalog.show_word("round_kinds", kind.word, cx.t.lang());
    let args = vec![("kind", kind), ("abnormal", n.to_string()), ("next", next)];
    Ok(Done { id, reference: no, args, undo: Undo::Withdraw, open: n > 0 })
}

/// The tickets of a round that nobody has dealt with yet, by number.
pub(crate) fn open_tickets(cx: &Cx<'_>, round: i64) -> Result<Vec<String>, Refusal> {
    let mut open = Vec::new();
    for id in records::items(cx.db, round)?.into_iter().filter_map(|item| item.ticket) {
        let ticket = ticket_records::must_find(cx.db, id)?;
        if ticket.status.open() {
            open.push(ticket.no);
        }
    }
    Ok(open)
}
