//! What is done with an asset on the spot: it is moved, it stands otherwise, it is struck off, it goes back to its owner.

use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::tickets::records as tickets;
use crate::subjects::{keep, org_name};

use super::Assets;
use super::fields::RECORD;
use super::records::{self, Asset};
use super::rules::{self, Status};

/// A status in the session's language.
pub(crate) fn word(cx: &Cx<'_>, status: Status) -> String {
    cx.catalog.show_word("asset_statuses", status.word(), cx.t.lang())
}

/// Whether an action applies to this asset now.
pub(crate) fn applies(cx: &Cx<'_>, action: &Action, asset: &Asset) -> Availability {
    let stands =
        || Refusal::rule("assets-status").with("ref", &asset.no).with("status", word(cx, asset.status));
    if asset.void {
        return Err(Refusal::rule("assets-void").with("ref", &asset.no));
    }
    let orgs = cx.who.associations();
    // Whoever sees that something is broken says so, whosever it is.
    let anybody = action.name == "report";
    if !anybody
        && !orgs.is_empty()
        && !cx.who.holds(crate::subjects::KEEPERS)
        && !orgs.contains(&asset.owner.as_str())
    {
        let org = org_name(cx, &asset.owner);
        return Err(Refusal::rule("assets-not-yours").of(Kind::Permission).with("org", org));
    }
    let fits = match action.name {
        "state" => rules::STATUSES.iter().any(|(to, _)| rules::may_become(asset.status, *to)),
        "write-off" => rules::may_be_written_off(asset.status),
        "give-back" => rules::may_be_given_back(asset.status),
        "move" | "hand-over" => !asset.status.ended(),
        "report" => !asset.status.ended(),
        _ => true,
    };
    if matches!(action.name, "return" | "extend") {
        return super::lent::applies(cx, action, asset);
    }
    match (fits, asset.status, action.name) {
        (true, ..) => Ok(()),
        (_, Status::Lent, "state" | "give-back") => Err(Refusal::rule("assets-lent").with("ref", &asset.no)),
        (_, _, "write-off") if !asset.status.ended() => Err(Refusal::rule("assets-write-off")
            .with("ref", &asset.no)
            .with("status", word(cx, asset.status))),
        _ => Err(stands()),
    }
}

/// Fills a form that was just opened.
pub(crate) fn start(cx: &Cx<'_>, action: &str, asset: &Asset, form: &mut FormState) -> Result<(), Refusal> {
    if action == "move" {
        form.require("place", false);
        if let Some(place) = asset.place {
            form.propose("place", crate::subjects::zones::records::must_find(cx.db, place)?.code);
        }
        form.propose("shelf", &asset.shelf);
    }
    if action == "hand-over" {
        let day = cx.now.date();
        form.propose("taken_over_by", &cx.who.name);
        form.propose("handed_over_on", day.to_string());
        form.propose("document", format!("YJ-{}-{}", day.format("%Y%m%d"), asset.owner));
    }
    if action == "state" {
        let usual = if asset.status == Status::InUse { "闲置" } else { "在用" };
        form.propose("status", usual);
        form.require("reason", false);
    }
    Ok(())
}

/// Says while the form is filled what cannot be.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, asset: &Asset) {
    if form.action != "state" {
        return;
    }
    let Some(to) = Status::parse(&keep::plain(&form.value("status"))) else { return };
    // Putting to use and taking out of use is everyday work; whatever else happens to a thing wants its reason.
    let everyday = matches!(to, Status::InUse | Status::Idle) && asset.status != Status::Missing;
    form.require("reason", !everyday);
    if !rules::may_become(asset.status, to) {
        form.fail("status", refused(cx, asset, to));
    } else if let (true, Ok(Some(ticket))) = (mended(to), tickets::mending(cx.db, asset.id, None)) {
        form.fail("status", in_repair(asset, ticket.no));
    }
}

fn refused(cx: &Cx<'_>, asset: &Asset, to: Status) -> Refusal {
    Refusal::rule("assets-become")
        .field("status")
        .with("ref", &asset.no)
        .with("status", word(cx, asset.status))
        .with("to", word(cx, to))
}

/// Carries an action on an asset out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: i64,
    form: &FormState,
) -> Result<Done, Refusal> {
    let asset = records::must_find(tx.conn(), id)?;
    applies(cx, action, &asset)?;
    let mut columns: Vec<(&'static str, Value)> = Vec::new();
    match action.name {
        "move" => {
            let said = |name: &str| form.slot(name).is_some_and(|slot| !slot.effective().trim().is_empty());
            for name in ["place", "shelf", "shelf_order", "custodian", "user"] {
                if said(name) {
                    columns.push((name, form.value(name)));
                }
            }
            if columns.is_empty() {
                return Err(Refusal::rule("assets-nothing-said").field("place"));
            }
        }
        "state" => {
            let to = Status::parse(&keep::plain(&form.value("status")));
            let to = to.ok_or_else(|| Refusal::rule("required").field("status"))?;
            if !rules::may_become(asset.status, to) {
                return Err(refused(cx, &asset, to));
            }
            if let (true, Some(ticket)) = (mended(to), tickets::mending(tx.conn(), id, None)?) {
                return Err(in_repair(&asset, ticket.no));
            }
            columns.push(("status", keep::text(to.word())));
            columns.push(("status_reason", keep::text(form.text("reason"))));
            if to == Status::Idle && asset.status == Status::InUse {
                columns.push(("last_used_on", keep::day(cx.now.date())));
            }
            if !form.text("condition").is_empty() {
                columns.push(("condition", form.value("condition")));
            }
        }
        "hand-over" => {
            let day = keep::day_in(form, "handed_over_on").unwrap_or(cx.now.date());
            columns.push(("handed_over_on", keep::day(day)));
            for name in ["handed_over_by", "taken_over_by", "document"] {
                columns.push((name, keep::text(form.text(name))));
            }
        }
        end => {
            let to = if end == "write-off" { Status::WrittenOff } else { Status::GivenBack };
            columns.push(("status", keep::text(to.word())));
            columns.push(("status_reason", keep::text(form.text("reason"))));
            if !form.text("document").is_empty() {
                columns.push(("document", keep::text(form.text("document"))));
            }
        }
    }
    let version = if form.target == Some(id) { form.version } else { 0 };
    keep::update(tx, &RECORD, id, version, &columns).map_err(|refusal| guarded(refusal, &asset))?;
    let now = records::must_find(tx.conn(), id)?;
    let args = vec![
        ("name", now.name.clone()),
        ("status", word(cx, now.status)),
        ("place", super::pages::place(cx, &now)?),
        ("owner", org_name(cx, &now.owner)),
    ];
    Ok(Done { id, reference: now.no, args, undo: Undo::Fields, open: false })
}

/// Whether a thing that stands so is whole.
fn mended(status: Status) -> bool {
    matches!(status, Status::InUse | Status::Idle)
}

fn in_repair(asset: &Asset, ticket: String) -> Refusal {
    Refusal::rule("assets-in-repair").field("status").with("ref", &asset.no).with("ticket", ticket)
}

/// Writes how an asset stands after something happened to its loan or its ticket, with an audit row of its own.
pub(crate) fn stand(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    asset: &Asset,
    happened: &str,
    columns: &[(&'static str, Value)],
) -> Result<(), Refusal> {
    door::alongside(cx, tx, &Assets, (asset.id, &asset.no), happened, || {
        keep::update(tx, &RECORD, asset.id, 0, columns)
    })
}

/// The file's own guards said no: the same in the words of the rules.
fn guarded(refusal: Refusal, asset: &Asset) -> Refusal {
    let says = |word: &str| refusal.args.iter().any(|(_, detail)| detail.contains(word));
    match (says("asset-still-lent"), says("handed_over_on")) {
        (true, _) => Refusal::rule("assets-lent").with("ref", &asset.no),
        (_, true) => Refusal::rule("assets-handed-over-before").field("handed_over_on"),
        _ => refusal,
    }
}
