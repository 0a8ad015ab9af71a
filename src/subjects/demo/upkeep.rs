//! Loads what keeps the sample's premises in order: what was reported broken and how far it got, the rounds that were made,
//! the signs, what runs out.

use std::collections::HashMap;

use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::inspections::records::{self as rounds, Item};
use crate::subjects::inspections::rules::{self, Found};
use crate::subjects::keep;
use crate::subjects::zones::records as zones;
use crate::values::money::Fen;

use super::sample::{Record, get, reserve, table};

/// Loads it all, after the zones; `staff` is the names of the colleagues by code.
///
/// # Errors
/// When a table cannot be read or does not fit: the refusal names it.
pub(super) fn load(cx: &Cx<'_>, tx: &Tx<'_>, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let rows = table("tickets.csv")?;
    for row in &rows {
        ticket(tx, row, staff)?;
    }
    reserve(tx, "BX", 2026, rows.len())?;
    let rows = table("inspections.csv")?;
    for row in &rows {
        round(cx, tx, row, staff)?;
    }
    reserve(tx, "XJ", 2026, rows.len())?;
    fittings(
        tx,
        "signs.csv",
        "sign",
        ("BP", "sign_no"),
        &["text", "forms", "installed_on", "state", "remark"],
    )?;
    let equipment = ["kind", "spec", "installed_on", "checked_on", "expires_on"];
    fittings(tx, "equipment.csv", "equipment", ("XF", "equipment_no"), &equipment)
}

/// What hangs and stands in the zones, each row as the table has it.
fn fittings(
    tx: &Tx<'_>,
    name: &'static str,
    into: &'static str,
    (letters, no): (&str, &str),
    plain: &[&'static str],
) -> Result<(), Refusal> {
    let rows = table(name)?;
    for row in &rows {
        let mut columns = vec![("no", keep::text(get(row, no))), ("zone", zone(tx, row)?)];
        columns.extend(plain.iter().map(|column| (*column, keep::text(&get(row, column).replace('|', ";")))));
        tx.insert(into, &columns)?;
    }
    reserve(tx, letters, 0, rows.len())
}

/// A round in which everything was in order but what the table names with the ticket it became.
fn round(cx: &Cx<'_>, tx: &Tx<'_>, row: &Record, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let no = get(row, "round_no");
    let broken = || Refusal::rule("demo-table").with("table", "inspections.csv").with("line", no);
    let kind = rules::kind(get(row, "kind")).ok_or_else(broken)?;
    let mut wrong = HashMap::new();
    for (item, ticket) in get(row, "not_in_order").split('|').filter_map(|text| text.split_once('=')) {
        let sql = "SELECT id, zone, fault FROM work_ticket WHERE no = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let found: (i64, Option<i64>, String) = tx.conn().prepare_cached(sql)?.query_row([ticket], read)?;
        wrong.insert(item, found);
    }
    let found = |item: &str| match wrong.get(item) {
        Some((ticket, zone, fault)) => (Found::NotInOrder, fault.clone(), *zone, Some(*ticket)),
        None => (Found::InOrder, String::new(), None, None),
    };
    let items: Vec<Item> = cx
        .catalog
        .words(kind.list)
        .iter()
        .map(|word| {
            let (found, note, zone, ticket) = found(&word.kept);
            Item { item: word.kept.clone(), found, note, zone, ticket }
        })
        .collect();
    let findings: Vec<String> = wrong.iter().map(|(item, (_, _, fault))| format!("{item} {fault}")).collect();
    let id = tx.insert(
        "inspection_round",
        &[
            ("no", keep::text(no)),
            ("kind", keep::text(kind.word)),
            ("inspected_on", keep::text(get(row, "inspected_on"))),
            ("inspector", keep::text(staff.get(get(row, "inspector")).map_or("", String::as_str))),
            ("abnormal", Value::Integer(i64::try_from(wrong.len()).unwrap_or(0))),
            ("findings", keep::text(&findings.join(" "))),
        ],
    )?;
    rounds::put(tx, id, &items)
}

fn zone(tx: &Tx<'_>, row: &Record) -> Result<Value, Refusal> {
    let found = zones::by_code(tx.conn(), get(row, "zone_id"))?;
    Ok(found.map_or(Value::Null, |zone| Value::Integer(zone.id)))
}

fn ticket(tx: &Tx<'_>, row: &Record, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let name = |column: &str| keep::text(staff.get(get(row, column)).map_or("", String::as_str));
    let mut columns = vec![
        ("no", keep::text(get(row, "ticket_no"))),
        ("zone", zone(tx, row)?),
        ("cost", Fen::parse(get(row, "cost")).map_or(Value::Null, |Fen(fen)| Value::Integer(fen))),
        ("reporter", name("reporter")),
        ("verifier", name("verifier")),
    ];
    let plain = [
        "object",
        "fault",
        "priority",
        "reported_on",
        "due_on",
        "status",
        "vendor",
        "result",
        "parts",
        "finished_on",
        "warranty_until",
        "remark",
    ];
    columns.extend(plain.map(|column| (column, keep::text(get(row, column)))));
    tx.insert("work_ticket", &columns)?;
    Ok(())
}
