//! Loads what keeps the sample's premises in order: what was reported broken and how far it got.

use std::collections::HashMap;

use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::zones::records as zones;
use crate::values::money::Fen;

use super::sample::{Record, get, reserve, table};

/// Loads it all, after the zones; `staff` is the names of the colleagues by code.
///
/// # Errors
/// When a table cannot be read or does not fit: the refusal names it.
pub(super) fn load(tx: &Tx<'_>, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let rows = table("tickets.csv")?;
    for row in &rows {
        ticket(tx, row, staff)?;
    }
    reserve(tx, "BX", 2026, rows.len())
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
