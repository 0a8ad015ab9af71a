//! Loads the assets of the sample and who asked for them. What the tables do not say stays empty; that a loan is late is no
//! state of its own but follows from its days.

use std::collections::HashMap;

use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::store::Tx;
use crate::subjects::assets::records as assets;
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
    reserve(tx, "ZC", 0, rows.len())?;
    loans(tx, staff)
}

fn loans(tx: &Tx<'_>, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let rows = table("asset_requests.csv")?;
    for row in &rows {
        let no = get(row, "request_no");
        let broken = || Refusal::rule("demo-table").with("table", "asset_requests.csv").with("line", no);
        let asset = assets::by_tag(tx.conn(), get(row, "asset_no"))?.ok_or_else(broken)?;
        let status = if get(row, "status") == "逾期" { "使用中" } else { get(row, "status") };
        let decided = status != "待审核";
        let out = matches!(status, "使用中" | "已归还");
        let approver = staff.get(get(row, "approver")).map_or("", String::as_str);
        tx.insert(
            "asset_loan",
            &[
                ("no", keep::text(no)),
                ("asset", Value::Integer(asset.id)),
                ("owner", keep::text(&asset.owner)),
                ("org", keep::text(get(row, "requesting_org"))),
                ("purpose", keep::text(get(row, "purpose"))),
                ("requested_on", keep::text(get(row, "requested_on"))),
                ("from_on", keep::text(get(row, "from"))),
                ("due_on", keep::text(get(row, "due"))),
                ("out_on", keep::text(if out { get(row, "from") } else { "" })),
                ("returned_on", keep::text(get(row, "returned_on"))),
                ("status", keep::text(status)),
                ("approver", keep::text(if decided { approver } else { "" })),
            ],
        )?;
        if status == "已归还" {
            let sql = "UPDATE asset SET last_used_on = ?2 WHERE id = ?1";
            tx.conn().execute(sql, (asset.id, get(row, "returned_on")))?;
        }
    }
    reserve(tx, "ZS", 2026, rows.len())
}
