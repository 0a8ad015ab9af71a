//! What is done with a transfer: proposed, agreed to by the old owner, then by the new one, put into the register (SM-09). The
//! audit row and the search keys are the door's.

use chrono::Datelike;
use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::assets::{Assets, fields::RECORD as ASSET, records as assets};
use crate::subjects::{keep, org_name};

use super::fields::RECORD;
use super::records::{self, Transfer};
use super::rules::{self, Event, Status};

fn event(action: &str) -> Option<Event> {
    Some(match action {
        "agree" => Event::Agree,
        "refuse" => Event::Refuse,
        "register" => Event::Register,
        "withdraw" => Event::Withdraw,
        _ => return None,
    })
}

/// The association whose word a transfer waits for; none once both have given it.
pub(crate) fn waits_for(transfer: &Transfer) -> Option<&str> {
    match transfer.status {
        Status::Proposed => Some(&transfer.from),
        Status::OwnerAgrees => Some(&transfer.to),
        _ => None,
    }
}

/// Whether an action applies to this transfer now.
pub(crate) fn applies(cx: &Cx<'_>, action: &Action, transfer: &Transfer) -> Availability {
    if event(action.name).is_some_and(|event| rules::next(transfer.status, event).is_none()) {
        let status = cx.catalog.show_word("transfer_statuses", transfer.status.word(), cx.t.lang());
        return Err(Refusal::rule("transfers-status").with("ref", &transfer.no).with("status", status));
    }
    let orgs = cx.who.associations();
    let theirs = match action.name {
        "agree" | "refuse" => waits_for(transfer).is_some_and(|org| orgs.contains(&org)),
        _ => orgs.contains(&transfer.from.as_str()) || orgs.contains(&transfer.to.as_str()),
    };
    if !orgs.is_empty() && !theirs {
        let org = org_name(cx, waits_for(transfer).unwrap_or(&transfer.from));
        return Err(Refusal::rule("transfers-not-yours").of(Kind::Permission).with("org", org));
    }
    Ok(())
}

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, form: &mut FormState) {
    if form.action == "agree" {
        form.propose("signed_on", cx.now.date().to_string());
        // Whoever speaks for an association signs; the secretariat writes down the name under the paper.
        if !cx.who.associations().is_empty() {
            form.propose("signed_by", &cx.who.name);
        }
    }
}

/// Says while the form is filled what cannot be.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    if form.action != "propose" {
        return Ok(());
    }
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("transfers-"));
    }
    let Some(asset) = form.number("asset").map(|id| assets::must_find(cx.db, id)).transpose()? else {
        return Ok(());
    };
    let whose = org_name(cx, &asset.owner);
    form.find(cx.t.say("transfers-from_org"), whose.clone());
    if keep::plain(&form.value("to_org")) == asset.owner {
        form.fail("to_org", Refusal::rule("transfers-same").field("to_org").with("org", whose));
    }
    if let Some(open) = records::open_of(cx.db, asset.id)? {
        form.fail("asset", Refusal::rule("transfers-open").field("asset").with("ref", open.no));
    }
    if asset.void || asset.status.ended() {
        let status = crate::subjects::assets::state::word(cx, asset.status);
        let said = Refusal::rule("assets-status").field("asset").with("ref", asset.no);
        form.fail("asset", said.with("status", status));
    }
    Ok(())
}

/// Proposes a transfer; nothing changes yet.
pub(crate) fn propose(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    if let Some(problem) = form.slots.iter().find_map(|s| Some(s.error.clone()?.field(s.field.name))) {
        return Err(problem);
    }
    let id = form.number("asset").ok_or_else(|| Refusal::rule("required").field("asset"))?;
    let asset = assets::must_find(tx.conn(), id)?;
    let orgs = cx.who.associations();
    if !orgs.is_empty() && !orgs.contains(&asset.owner.as_str()) {
        let org = org_name(cx, &asset.owner);
        return Err(Refusal::rule("transfers-not-yours")
            .of(Kind::Permission)
            .field("asset")
            .with("org", org));
    }
    let no = format!("QS-{}-{:03}", cx.now.year(), tx.next_number("QS", cx.now.year())?);
    let id = tx.insert(
        "asset_transfer",
        &[
            ("no", keep::text(&no)),
            ("asset", Value::Integer(asset.id)),
            ("from_org", keep::text(&asset.owner)),
            ("to_org", form.value("to_org")),
            ("reason", keep::text(form.text("reason"))),
            ("document", keep::text(form.text("document"))),
            ("proposed_on", keep::day(cx.now.date())),
            ("proposer", keep::text(&cx.who.name)),
            ("status", keep::text(Status::Proposed.word())),
        ],
    )?;
    done(cx, tx, id, Undo::Withdraw)
}

/// Carries an action on a transfer out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: i64,
    form: &FormState,
) -> Result<Done, Refusal> {
    let transfer = records::must_find(tx.conn(), id)?;
    applies(cx, action, &transfer)?;
    let to = event(action.name).and_then(|event| rules::next(transfer.status, event));
    let to = to.ok_or_else(|| Refusal::usage("no-action").with("text", action.name))?;
    let mut columns = vec![("status", keep::text(to.word()))];
    match action.name {
        "agree" => {
            let day = keep::day_in(form, "signed_on").unwrap_or(cx.now.date());
            let (by, on) =
                if to == Status::OwnerAgrees { ("from_by", "from_on") } else { ("to_by", "to_on") };
            columns.push((by, keep::text(form.text("signed_by"))));
            columns.push((on, keep::day(day)));
            if !form.text("document").trim().is_empty() {
                columns.push(("document", keep::text(form.text("document"))));
            }
        }
        "register" => {
            columns.push(("registered_by", keep::text(&cx.who.name)));
            columns.push(("registered_on", keep::day(cx.now.date())));
        }
        _ => columns.push(("refused_reason", keep::text(form.text("refused_reason")))),
    }
    keep::update(tx, &RECORD, id, if form.target == Some(id) { form.version } else { 0 }, &columns)?;
    if to == Status::Registered {
        let asset = assets::must_find(tx.conn(), transfer.asset)?;
        door::alongside(cx, tx, &Assets, (asset.id, &asset.no), "transferred", || {
            keep::update(tx, &ASSET, asset.id, 0, &[("owner", keep::text(&transfer.to))])
        })?;
        let in_force = rules::next(to, Event::TakeEffect).unwrap_or(to);
        keep::update(tx, &RECORD, id, 0, &[("status", keep::text(in_force.word()))])?;
        return done(cx, tx, id, Undo::No("transfers"));
    }
    done(cx, tx, id, Undo::Fields)
}

fn done(cx: &Cx<'_>, tx: &Tx<'_>, id: i64, undo: Undo) -> Result<Done, Refusal> {
    let transfer = records::must_find(tx.conn(), id)?;
    let asset = assets::must_find(tx.conn(), transfer.asset)?;
    let args = vec![
        ("what", format!("{} {}", asset.name, asset.no)),
        ("from", org_name(cx, &transfer.from)),
        ("to", org_name(cx, &transfer.to)),
        ("status", cx.catalog.show_word("transfer_statuses", transfer.status.word(), cx.t.lang())),
    ];
    Ok(Done { id, reference: transfer.no, args, undo, open: false })
}
