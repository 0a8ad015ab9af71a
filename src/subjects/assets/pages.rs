//! What is said about assets: rows, the page of one, what waits, how the stock of them stands.

use rusqlite::types::Value;

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::loans::{pages as loans, records as lent};
use crate::subjects::tickets::pages as tickets;
use crate::subjects::zones::records as zones;
use crate::subjects::{keep, org_name, transfers};

use super::fields::RECORD;
use super::records::{self, Asset};
use super::rules::Status;
use super::state;

/// Cells of a name in a prompt.
const BRIEF: usize = 9;

/// The columns of a list of assets.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![
        column("assets-name", 8),
        column("assets-no", 9),
        column("assets-owner", 2),
        column("assets-status", 5),
        column("assets-place", 6),
        column("assets-shelf", 4),
    ]
}

/// The name of the place it belongs in; empty for none.
pub(crate) fn place(cx: &Cx<'_>, asset: &Asset) -> Result<String, Refusal> {
    asset.place.map_or(Ok(String::new()), |id| Ok(zones::must_find(cx.db, id)?.name))
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(asset) = records::find(cx.db, *id)? else { continue };
        rows.push(Row {
            reference: asset.no.clone(),
            brief: brief_of(cx, &asset),
            cells: vec![
                asset.name.clone(),
                asset.no.clone(),
                org_name(cx, &asset.owner),
                holder(cx, &asset)?,
                place(cx, &asset)?,
                asset.shelf.clone(),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

fn standing_of(cx: &Cx<'_>, asset: &Asset) -> String {
    if asset.void { cx.t.say("assets-void") } else { state::word(cx, asset.status) }
}

/// How it stands; who has it where it is lent.
fn holder(cx: &Cx<'_>, asset: &Asset) -> Result<String, Refusal> {
    let stands = standing_of(cx, asset);
    let held = if asset.status == Status::Lent { lent::held(cx.db, asset.id)? } else { None };
    Ok(held.map_or(stands.clone(), |loan| format!("{stands} {}", org_name(cx, &loan.org))))
}

fn brief_of(cx: &Cx<'_>, asset: &Asset) -> String {
    format!("{} {} {}", keep::clip_cells(&asset.name, BRIEF), asset.tail(), standing_of(cx, asset))
}

/// The asset in a few words, for a prompt.
pub(crate) fn brief(cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
    Ok(brief_of(cx, &records::must_find(cx.db, id)?))
}

/// What the page of one asset says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let asset = records::must_find(cx.db, id)?;
    let mut parts = vec![Part::Facts(head(cx, &asset)?)];
    for facts in [
        tickets::of_asset(cx, id)?,
        loans::of_asset(cx, id)?,
        transfers::of_asset(cx, id)?,
        origin(cx, &asset)?,
    ] {
        if !facts.items.is_empty() {
            parts.push(Part::Facts(facts));
        }
    }
    Ok(parts)
}

/// What the page begins with.
pub(crate) fn card(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    Ok(Part::Facts(head(cx, &records::must_find(cx.db, id)?)?))
}

/// Facts of these fields that have a value.
fn facts(cx: &Cx<'_>, asset: &Asset, heading: &str, names: &[&str]) -> Result<Facts, Refusal> {
    let kept = keep::load(cx, &RECORD, asset.id)?;
    let mut items = Vec::new();
    for name in names {
        let Some(field) = RECORD.field(name) else { continue };
        let value = keep::value(&RECORD, &kept, name);
        let said = match (*name, value) {
            ("status", _) => holder(cx, asset)?,
            ("place", _) => place(cx, asset)?,
            (_, Value::Null | Value::Integer(0)) => String::new(),
            _ => reading::on_page(field, value, cx),
        };
        if !said.is_empty() {
            items.push(Fact { label: cx.t.say(&format!("assets-{name}")), value: said });
        }
    }
    Ok(Facts { heading: heading.to_owned(), items })
}

fn head(cx: &Cx<'_>, asset: &Asset) -> Result<Facts, Refusal> {
    let names = [
        "name",
        "no",
        "owner",
        "status",
        "status_reason",
        "place",
        "shelf",
        "user",
        "custodian",
        "condition",
        "access_note",
        "tag",
        "note",
    ];
    facts(cx, asset, "", &names)
}

fn origin(cx: &Cx<'_>, asset: &Asset) -> Result<Facts, Refusal> {
    let names = [
        "category",
        "model",
        "serial",
        "source",
        "fund",
        "value",
        "acquired_on",
        "handed_over_on",
        "handed_over_by",
        "taken_over_by",
        "document",
        "warranty_until",
        "last_used_on",
    ];
    facts(cx, asset, &cx.t.say("assets-heading-origin"), &names)
}

/// How the stock stands, for the side of the today page.
pub(crate) fn standing(cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
    let all = records::live(cx.db)?;
    if all == 0 {
        return Ok(Vec::new());
    }
    let count = |status| records::count(cx.db, status).map(|n| n.to_string());
    let args = [
        ("n", all.to_string()),
        ("lent", count(Status::Lent)?),
        ("idle", count(Status::Idle)?),
        ("repair", count(Status::Repair)?),
    ];
    Ok(vec![(cx.t.say("subject-assets"), cx.t.with("assets-standing", &args))])
}

/// What assets wait for: somebody's word on those that are worn out or missing.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let mut duties = Vec::new();
    if !cx.who.holds(crate::subjects::zones::fields::WARDENS) {
        return Ok(duties);
    }
    for (status, list) in [(Status::ToWriteOff, "ending"), (Status::Missing, "missing")] {
        let n = records::count(cx.db, status)?;
        if n > 0 {
            duties.push(Duty {
                press: Press::Open,
                day: None,
                reference: String::new(),
                list: format!("assets.{list}"),
                what: cx.t.with(&format!("assets-duty-{list}"), &[("n", n.to_string())]),
                when: String::new(),
                who: String::new(),
                ..Duty::default()
            });
        }
    }
    duties.truncate(limit);
    Ok(duties)
}
