//! Cards made and changed: the form of a new one, of a corrected one, and of a row in a list that an association hands over
//! (G-6.2.1). Whose it is, is said once; after that only a transfer changes it.

use rusqlite::types::Value;

use crate::desk::action::{Done, Undo};
use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::{keep, org_name};
use crate::values::text;

use super::fields::RECORD;
use super::foreign;
use super::records;
use super::rules::{self, Status};

/// The name under which running numbers are given; they run on over the years and the owners.
const SEQUENCE: &str = "ZC";

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, form: &mut FormState, about: Option<i64>) -> Result<(), Refusal> {
    if let Some(id) = about {
        return keep::present(cx, &RECORD, id, form);
    }
    let import = form.action == "import";
    form.propose("source", if import { "移交" } else { "购置" });
    form.propose("status", "在用");
    form.propose("condition", "良好");
    form.propose("unit", cx.t.say("assets-unit-usual"));
    if let [own] = cx.who.associations().as_slice() {
        form.propose("owner", *own);
    }
    Ok(())
}

/// Answers to an edit: a number as we give them, what another table says in its own words, what is taken already.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) {
    // Nothing here may stop a form: what cannot be read now is read at saving.
    drop(check(cx, form));
}

fn check(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("assets-"));
    }
    if form.action == "import" {
        foreign::understand(cx, form)?;
    }
    for name in ["no", "tag"] {
        let tag = capitals(form.text(name));
        if tag.is_empty() {
            continue;
        }
        if let Some(other) = records::by_tag(cx.db, &tag)?.filter(|other| Some(other.id) != form.target) {
            let owner = org_name(cx, &other.owner);
            let said = Refusal::rule("assets-taken").with("tag", tag).with("name", other.name);
            form.fail(name, said.with("ref", other.no).with("owner", owner));
        }
    }
    if let (Some(from), Some(to)) = (keep::day_in(form, "acquired_on"), keep::day_in(form, "handed_over_on"))
        && to < from
    {
        form.fail("handed_over_on", Refusal::rule("assets-handed-over-before"));
    }
    if form.number("value").is_some_and(|fen| fen < 0) {
        form.fail("value", Refusal::rule("assets-value"));
    }
    let status = Status::parse(&keep::plain(&form.value("status")));
    if form.target.is_none() && status.is_some_and(|s| s == Status::Lent || s.ended()) {
        let word = reading_of(cx, status.unwrap_or(Status::Lent));
        form.fail("status", Refusal::rule("assets-not-new").with("status", word));
    }
    Ok(())
}

fn reading_of(cx: &Cx<'_>, status: Status) -> String {
    cx.catalog.show_word("asset_statuses", status.word(), cx.t.lang())
}

/// A tag as kept: half-width, in capitals, without blanks at its ends.
pub(crate) fn capitals(tag: &str) -> String {
    text::half_width(tag).trim().to_uppercase()
}

/// The columns a form answers, tags in their one form.
fn columns(form: &FormState) -> Vec<(&'static str, Value)> {
    let mut columns = keep::columns(&RECORD, form);
    for (name, value) in &mut columns {
        let text = keep::plain(value);
        *value = match *name {
            "no" | "tag" => keep::text(&capitals(&text)),
            "shelf" => Value::Text(text.trim().to_owned()),
            "shelf_order" if text.is_empty() => Value::Integer(0),
            "unit" if text.is_empty() => Value::Text("件".to_owned()),
            _ => continue,
        };
    }
    columns
}

/// Makes a card; without a number of its own it gets the next.
pub(crate) fn create(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let mut columns = columns(form);
    if form.text("no").trim().is_empty() {
        let owner = keep::plain(&form.value("owner"));
        let running = tx.next_number(SEQUENCE, 0)?;
        columns.retain(|(name, _)| *name != "no");
        columns.push(("no", keep::text(&rules::number(&owner, running))));
    }
    if let Some((field, problem)) = form.slots.iter().find_map(|s| Some((s.field.name, s.error.clone()?))) {
        return Err(problem.field(field));
    }
    let id = tx.insert("asset", &columns)?;
    let asset = records::must_find(tx.conn(), id)?;
    let args = vec![("name", asset.name), ("owner", org_name(cx, &asset.owner))];
    Ok(Done { id, reference: asset.no, args, undo: Undo::Withdraw, open: form.action == "create" })
}

/// Corrects a card.
pub(crate) fn amend(tx: &Tx<'_>, id: i64, form: &FormState) -> Result<Done, Refusal> {
    if let Some((field, problem)) = form.slots.iter().find_map(|s| Some((s.field.name, s.error.clone()?))) {
        return Err(problem.field(field));
    }
    keep::update(tx, &RECORD, id, form.version, &columns(form))?;
    let asset = records::must_find(tx.conn(), id)?;
    Ok(Done { id, reference: asset.no, args: vec![("name", asset.name)], undo: Undo::Fields, open: false })
}

/// Takes a card back that was made by mistake, as long as nothing has come of it.
pub(crate) fn withdraw(tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let asset = records::must_find(tx.conn(), id)?;
    if asset.status == Status::Lent {
        return Err(Refusal::rule("assets-lent").with("ref", asset.no));
    }
    keep::update(tx, &RECORD, id, 0, &[("void", Value::Integer(1))])
}

/// Reads every field anew: what was filled in must be understood before it is judged.
pub(crate) fn reread(cx: &Cx<'_>, form: &mut FormState) {
    for slot in &mut form.slots {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
}
