//! Loads the assets of the sample. What the table does not say of one stays empty.

use std::collections::HashMap;

use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::zones::records as zones;
use crate::values::money::Fen;

use super::sample::{get, reserve, table};

/// Loads them; `staff` is the names of the colleagues by code.
///
/// # Errors
/// When a table cannot be read or does not fit: the refusal names it.
pub(super) fn load(tx: &Tx<'_>, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let rows = table("assets.csv")?;
    for row in &rows {
        let no = get(row, "asset_no");
        let broken = || Refusal::rule("demo-table").with("table", "assets.csv").with("line", no);
        let zone = zones::by_code(tx.conn(), get(row, "location"))?.ok_or_else(broken)?;
        let value = Fen::parse(get(row, "original_value")).map_err(|_not_money| broken())?;
        let custodian = staff.get(get(row, "custodian")).map_or("", String::as_str);
        tx.insert(
            "asset",
            &[
                ("no", keep::text(no)),
                ("name", keep::text(get(row, "name"))),
                ("category", keep::text(get(row, "category"))),
                ("owner", keep::text(get(row, "owner"))),
                ("custodian", keep::text(custodian)),
                ("place", Value::Integer(zone.id)),
                ("source", keep::text(get(row, "source"))),
                ("value", Value::Integer(value.0)),
                ("unit", keep::text(get(row, "unit"))),
                ("acquired_on", keep::text(get(row, "acquired_on"))),
                ("handed_over_on", keep::text(get(row, "handed_over_on"))),
                ("status", keep::text(get(row, "status"))),
            ],
        )?;
    }
    reserve(tx, "ZC", 0, rows.len())
}
