//! Loads the zones and bookings of the sample. A zone that lies in none answers to the first letter of its name; what the
//! table says of a rejected booking is its reason.

use std::collections::HashMap;

use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::venue::typed::usual_kind;
use crate::values::pinyin;

use super::sample::{get, reserve, table};

/// Loads them; `staff` is the names of the colleagues by code.
///
/// # Errors
/// When a table cannot be read or does not fit: the refusal names it.
pub(super) fn load(cx: &Cx<'_>, tx: &Tx<'_>, staff: &HashMap<String, String>) -> Result<(), Refusal> {
    let zones = zones(cx, tx)?;
    let mut last: HashMap<i32, usize> = HashMap::new();
    for row in table("bookings.csv")? {
        let no = get(&row, "booking_no");
        let broken = || Refusal::rule("demo-table").with("table", "bookings.csv").with("line", no);
        let zone = zones.get(get(&row, "zone_id")).copied().ok_or_else(broken)?;
        let rejected = get(&row, "status") == "已拒绝";
        let approved = !matches!(get(&row, "status"), "待审核");
        let approver = staff.get(get(&row, "approver")).map_or("", String::as_str);
        tx.insert(
            "booking",
            &[
                ("no", keep::text(no)),
                ("zone", Value::Integer(zone)),
                ("org", keep::text(get(&row, "org"))),
                ("purpose", keep::text(get(&row, "purpose"))),
                ("kind", keep::text(usual_kind(get(&row, "purpose")))),
                ("starts_at", keep::text(&get(&row, "start").replace(' ', "T"))),
                ("ends_at", keep::text(&get(&row, "end").replace(' ', "T"))),
                ("people", get(&row, "attendees").parse().map_or(Value::Null, Value::Integer)),
                ("status", keep::text(get(&row, "status"))),
                ("approver", keep::text(if approved { approver } else { "" })),
                ("refused_reason", if rejected { keep::text(get(&row, "note")) } else { Value::Null }),
            ],
        )?;
        let mut parts = no.split('-').skip(1);
        if let (Some(Ok(year)), Some(Ok(number))) =
            (parts.next().map(str::parse), parts.next().map(str::parse::<usize>))
        {
            let top = last.entry(year).or_default();
            *top = number.max(*top);
        }
    }
    for (year, number) in last {
        reserve(tx, "YY", year, number)?;
    }
    Ok(())
}

/// The zones with their numbers in the file, by code.
fn zones(cx: &Cx<'_>, tx: &Tx<'_>) -> Result<HashMap<String, i64>, Refusal> {
    let mut known: HashMap<String, i64> = HashMap::new();
    for row in table("zones.csv")? {
        let (code, name) = (get(&row, "zone_id"), get(&row, "name"));
        let parent = known.get(get(&row, "parent_id")).copied();
        let dedicated = get(&row, "dedicated_to");
        let letter = pinyin::text_keys(name).into_iter().next().and_then(|key| key.chars().next());
        let key = letter.filter(|_| parent.is_none()).map(String::from).unwrap_or_default();
        let class = cx.catalog.words("zone_classes").iter().any(|word| word.kept == name);
        let id = tx.insert(
            "zone",
            &[
                ("code", keep::text(code)),
                ("key", keep::text(&key)),
                ("name", keep::text(name)),
                ("parent", parent.map_or(Value::Null, Value::Integer)),
                ("class", if class { keep::text(name) } else { Value::Null }),
                ("kind", keep::text(get(&row, "kind"))),
                ("capacity", get(&row, "capacity").parse().map_or(Value::Null, Value::Integer)),
                (
                    "dedicated_to",
                    if dedicated == "全部" { Value::Null } else { keep::text(&listed(dedicated)) },
                ),
                ("features", keep::text(&features(cx, get(&row, "accessibility")))),
            ],
        )?;
        known.insert(code.to_owned(), id);
    }
    Ok(known)
}

fn listed(text: &str) -> String {
    text.split('|').collect::<Vec<_>>().join(";")
}

fn features(cx: &Cx<'_>, text: &str) -> String {
    let words = text.split('|').filter_map(|word| cx.catalog.read_word("features", word));
    words.map(|word| word.kept.clone()).collect::<Vec<_>>().join(";")
}
