//! Loads the goods that are used up, their moves and the purchases of the sample. What was there when the year began has no
//! price in the table: it is taken at the last one, as the help says.

use std::collections::HashMap;

use rusqlite::OptionalExtension;
use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::consumables::rules::Kind;
use crate::subjects::keep;
use crate::subjects::moves::write::{self, New};
use crate::subjects::purchases::records::{self as quotes, Quote};
use crate::values::money::Fen;

use super::sample::{day, get, reserve, table};

/// Loads them, after the journal; `staff` is the names of the colleagues by code.
///
/// # Errors
/// When a table cannot be read or does not fit: the refusal names it.
pub(super) fn load(cx: &Cx<'_>, tx: &Tx<'_>, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    goods(cx, tx)?;
    purchases(tx, staff)
}

fn goods(cx: &Cx<'_>, tx: &Tx<'_>) -> Result<(), Refusal> {
    let mut items: HashMap<String, (i64, i64)> = HashMap::new();
    let rows = table("consumables.csv")?;
    for row in &rows {
        let no = get(row, "item_no");
        let price = fen(get(row, "last_unit_price"))?;
        let id = tx.insert(
            "consumable",
            &[
                ("no", keep::text(no)),
                ("name", keep::text(get(row, "name"))),
                ("unit", keep::text(get(row, "unit"))),
                ("reorder_level", get(row, "reorder_level").parse().map_or(Value::Null, Value::Integer)),
                ("usual_price", price.into()),
            ],
        )?;
        items.insert(no.to_owned(), (id, price));
    }
    reserve(tx, "HC", 0, rows.len())?;
    for row in table("consumable_moves.csv")? {
        let line = get(&row, "move_no");
        let broken = || Refusal::rule("demo-table").with("table", "consumable_moves.csv").with("line", line);
        let (item, usual) = items.get(get(&row, "item_no")).copied().ok_or_else(broken)?;
        let kind = Kind::parse(get(&row, "kind")).ok_or_else(broken)?;
        let units: i64 = get(&row, "qty").parse().map_err(|_not_a_number| broken())?;
        if units == 0 {
            // Nothing was there: the slip stands in the table, and its number is passed over.
            tx.next_number("CR", 0)?;
            continue;
        }
        let told = get(&row, "unit_price");
        let price = if told.is_empty() { usual } else { fen(told)? };
        let new = New {
            price: kind.comes().then_some(price),
            org: if kind.charges() { get(&row, "org").to_owned() } else { String::new() },
            note: get(&row, "note").to_owned(),
            ..New::of(item, kind, units.abs(), day(&row, "date")?)
        };
        write::write(cx, tx, &new)?;
    }
    Ok(())
}

fn fen(text: &str) -> Result<i64, Refusal> {
    Fen::parse(text).map(|Fen(fen)| fen).map_err(|e| Refusal::rule(e.code()).with("text", text))
}

fn purchases(tx: &Tx<'_>, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let rows = table("purchases.csv")?;
    for row in &rows {
        let name = |field: &str| staff.get(get(row, field)).map_or("", String::as_str);
        let text = |field: &'static str| (field, keep::text(get(row, field)));
        let amount = fen(get(row, "amount"))?;
        let came = !get(row, "accepted_on").is_empty();
        let quantity = Value::Integer(get(row, "quantity").parse().unwrap_or(1));
        let sql = "SELECT id FROM journal_entry WHERE no = ?1";
        let voucher: Option<i64> =
            tx.conn().prepare_cached(sql)?.query_row([get(row, "voucher")], |row| row.get(0)).optional()?;
        let id = tx.insert(
            "purchase",
            &[
                text("no"),
                text("requested_on"),
                text("what"),
                ("quantity", quantity.clone()),
                ("estimate", fen(get(row, "estimate"))?.into()),
                text("org"),
                text("reason"),
                ("applicant", keep::text(name("applicant"))),
                text("status"),
                ("approver", keep::text(name("approver"))),
                (
                    "approved_on",
                    if name("approver").is_empty() { Value::Null } else { text("requested_on").1 },
                ),
                text("ordered_on"),
                text("due_on"),
                text("accepted_on"),
                ("accepted", if came { quantity } else { Value::Null }),
                ("inspector", keep::text(name("inspector"))),
                ("voucher", voucher.map_or(Value::Null, Value::Integer)),
                ("paid", voucher.map_or(Value::Null, |_| amount.into())),
                text("asset"),
            ],
        )?;
        let quote = Quote { id: 0, vendor: get(row, "vendor").to_owned(), amount, note: String::new() };
        quotes::note_quote(tx.conn(), id, &quote, day(row, "requested_on")?, name("applicant"))?;
        let sql =
            "UPDATE purchase SET quote = (SELECT id FROM purchase_quote WHERE purchase = ?1) WHERE id = ?1";
        tx.conn().execute(sql, [id])?;
    }
    reserve(tx, "CG", 2026, rows.len())
}
