//! The ledger of assets by owner (RP-13) and the lists on which an association hands its assets over (G-6.2.1). An association
//! sees its own.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::zones::records as zones;
use crate::subjects::{keep, org_name, orgs};
use crate::values::money::Fen;

use super::records::{self, Listed};

/// The reports it can make.
pub(crate) static REPORTS: &[ReportSpec] = &[
    ReportSpec { name: "rp-13", posts: &[], make: ledger, chart: None },
    ReportSpec { name: "handover", posts: &[], make: handover, chart: None },
];

const LEDGER: &[&str] = &[
    "no",
    "name",
    "category",
    "model",
    "owner",
    "source",
    "value",
    "acquired_on",
    "place",
    "shelf",
    "custodian",
    "condition",
    "status",
    "document",
];
const HANDOVER: &[&str] = &[
    "rank",
    "no",
    "name",
    "model",
    "unit",
    "value",
    "condition",
    "place",
    "handed_over_on",
    "handed_over_by",
    "taken_over_by",
    "document",
];

/// The owners a person sees: an association its own.
fn owners(cx: &Cx<'_>) -> Vec<String> {
    let own = cx.who.associations();
    orgs(cx.catalog).into_iter().filter(|code| own.is_empty() || own.contains(&code.as_str())).collect()
}

fn empty(cx: &Cx<'_>, name: &str, columns: &[&str], from: NaiveDate, to: NaiveDate) -> Table {
    Table {
        title: cx.t.say(&format!("report-{name}")),
        notes: vec![keep::period(cx, from, to)],
        columns: columns.iter().map(|name| cx.t.say(&format!("assets-{name}"))).collect(),
        numbers: columns.iter().map(|name| matches!(*name, "value" | "rank")).collect(),
        ..Table::default()
    }
}

/// One asset in these columns.
fn row(cx: &Cx<'_>, asset: &Listed, columns: &[&str], rank: usize) -> Result<Vec<String>, Refusal> {
    let show = |set: &str, kept: &str| cx.catalog.show_word(set, kept, cx.t.lang());
    columns
        .iter()
        .map(|name| {
            Ok(match *name {
                "rank" => rank.to_string(),
                "owner" => org_name(cx, &asset.card.owner),
                "value" => asset.card.value.map(|fen| Fen(fen).to_string()).unwrap_or_default(),
                "place" => match asset.card.place {
                    Some(id) => zones::must_find(cx.db, id)?.name,
                    None => String::new(),
                },
                "no" => asset.card.no.clone(),
                "name" => asset.card.name.clone(),
                "shelf" => asset.card.shelf.clone(),
                "custodian" => asset.card.custodian.clone(),
                "category" => show("asset_categories", &asset.card.category),
                "condition" => show("asset_conditions", &asset.card.condition),
                "status" => show("asset_statuses", asset.card.status.word()),
                "source" => show("asset_sources", &asset.source),
                other => asset.text(other).to_owned(),
            })
        })
        .collect()
}

/// Everything on the books on the last day of the period, owner by owner with a sum each, and what left them in the period.
fn ledger(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let mut table = empty(cx, "rp-13", LEDGER, from, to);
    let (mut all, mut sum) = (0, 0);
    for owner in owners(cx) {
        let (mut n, mut value) = (0, 0);
        let mut problem = Ok(());
        records::each_of(cx.db, &owner, |asset| {
            let came =
                asset.text("acquired_on").is_empty() || asset.text("acquired_on") <= to.to_string().as_str();
            let left = asset.card.status.ended();
            let counts = came && (!left || asset.changed_on.as_str() >= from.to_string().as_str());
            if counts && problem.is_ok() {
                match row(cx, &asset, LEDGER, 0) {
                    Ok(row) => table.rows.push(row),
                    Err(refusal) => problem = Err(refusal),
                }
                n += usize::from(!left);
                value += if left { 0 } else { asset.card.value.unwrap_or(0) };
            }
        })?;
        problem?;
        if n > 0 {
            let args = [("org", org_name(cx, &owner)), ("n", n.to_string()), ("sum", Fen(value).to_string())];
            table.footer.push(cx.t.with("report-rp-13-owner", &args));
        }
        all += n;
        sum += value;
    }
    let args = [("n", all.to_string()), ("sum", Fen(sum).to_string())];
    table.footer.push(cx.t.with("report-rp-13-foot", &args));
    table.footer.push(cx.t.say("report-rp-13-sign"));
    Ok(table)
}

/// What was handed over in the period, owner by owner, each with a line for both signatures.
fn handover(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let mut table = empty(cx, "handover", HANDOVER, from, to);
    let (from, to) = (from.to_string(), to.to_string());
    for owner in owners(cx) {
        let mut listed = Vec::new();
        records::each_of(cx.db, &owner, |asset| {
            let day = asset.text("handed_over_on").to_owned();
            if asset.source == "移交" && !day.is_empty() && day >= from && day <= to {
                listed.push(asset);
            }
        })?;
        if listed.is_empty() {
            continue;
        }
        // Each association's list stands by itself: its name before, its sum and both signatures after.
        let line = |text: String| {
            let mut cells = vec![String::new(); HANDOVER.len()];
            if let Some(cell) = cells.get_mut(2) {
                *cell = text;
            }
            cells
        };
        table.rows.push(line(cx.t.with("report-handover-of", &[("org", org_name(cx, &owner))])));
        let mut value = 0;
        for (at, asset) in listed.iter().enumerate() {
            table.rows.push(row(cx, asset, HANDOVER, at + 1)?);
            value += asset.card.value.unwrap_or(0);
        }
        let args = [("n", listed.len().to_string()), ("sum", Fen(value).to_string())];
        table.rows.push(line(cx.t.with("report-handover-sum", &args)));
        let args = [("org", org_name(cx, &owner))];
        table.rows.push(line(cx.t.with("report-handover-sign", &args)));
    }
    table.footer.push(cx.t.say("report-handover-foot"));
    Ok(table)
}
