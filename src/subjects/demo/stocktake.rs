//! Loads the stocktake of the sample as far as it had come: counted, seen by a second person, nothing decided yet.

use std::collections::HashMap;

use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::store::Tx;
use crate::subjects::assets::records as assets;
use crate::subjects::keep;
use crate::subjects::zones::records as zones;

use super::sample::{get, table};

/// When the book was written down, when it was counted: the table does not say, the year does.
const FROZEN: &str = "2025-12-29T09:00";
const COUNTED: &str = "2025-12-30T15:30";

/// Loads it, after the assets; `staff` is the names of the colleagues by code.
///
/// # Errors
/// When the table cannot be read or does not fit: the refusal names it.
pub(super) fn load(tx: &Tx<'_>, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let mut rows = table("stocktake_2025H2.csv")?;
    let shelves =
        |row: &super::sample::Record| (get(row, "book_location").to_owned(), get(row, "asset_no").to_owned());
    rows.sort_by_key(shelves);
    let Some(first) = rows.first() else { return Ok(()) };
    let name = |row: &super::sample::Record, field: &str| {
        keep::text(staff.get(get(row, field)).map_or("", String::as_str))
    };
    let no = get(first, "stocktake_no").to_owned();
    let id = tx.insert(
        "stocktake",
        &[
            ("no", keep::text(&no)),
            ("period", keep::text("2025H2")),
            ("scope", keep::text("全部")),
            ("planned_on", keep::text("2025-12-29")),
            ("counters", name(first, "counter")),
            ("status", keep::text("差异审批")),
            ("frozen_at", keep::text(FROZEN)),
            ("finished_at", keep::text(COUNTED)),
            ("checker", name(first, "checker")),
        ],
    )?;
    for (position, row) in (1_i64..).zip(&rows) {
        let line = get(row, "asset_no");
        let broken = || Refusal::rule("demo-table").with("table", "stocktake_2025H2.csv").with("line", line);
        let asset = assets::by_tag(tx.conn(), line)?.ok_or_else(broken)?;
        let place = |field: &str| -> Result<Value, Refusal> {
            let found = zones::by_code(tx.conn(), get(row, field))?;
            Ok(found.map_or(Value::Null, |zone| zone.id.into()))
        };
        let differs = get(row, "result") != "相符";
        tx.insert(
            "stocktake_line",
            &[
                ("no", keep::text(&format!("{no}-{position:03}"))),
                ("stocktake", id.into()),
                ("position", position.into()),
                ("expected", 1.into()),
                ("asset", asset.id.into()),
                ("tag", keep::text(&asset.no)),
                ("name", keep::text(&asset.name)),
                ("owner", keep::text(&asset.owner)),
                ("custodian", keep::text(&asset.custodian)),
                ("place", place("book_location")?),
                ("shelf", keep::text(&asset.shelf)),
                ("status", keep::text(get(row, "book_status"))),
                ("result", keep::text(get(row, "result"))),
                ("found_place", place("found_location")?),
                ("scanned", 0.into()),
                ("counted_seq", position.into()),
                ("counted_at", keep::text(COUNTED)),
                ("counted_by", name(row, "counter")),
                ("checked_by", if differs { name(row, "checker") } else { Value::Null }),
            ],
        )?;
    }
    Ok(())
}
