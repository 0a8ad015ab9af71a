//! Loads the people of the sample who work here. What they can do stands in the table by names of the set; what else it says of
//! a post is their title.

use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::staff::{plan_of_day, records, rules, spell};

use super::sample::{get, reserve, table};

/// Loads them.
///
/// # Errors
/// When the table cannot be read or names what the office does not know: the refusal names the line.
pub(super) fn load(cx: &Cx<'_>, tx: &Tx<'_>) -> Result<(), Refusal> {
    let rows = table("people.csv")?;
    for row in &rows {
        let code = get(row, "person_id");
        let broken = || Refusal::rule("demo-table").with("table", "people.csv").with("line", code);
        let words = |set: &str, text: &str| -> Result<String, Refusal> {
            let word = |text: &str| cx.catalog.read_word(set, text).map(|w| w.kept.clone());
            let all: Option<Vec<String>> = text.split('|').filter(|t| !t.is_empty()).map(word).collect();
            let all = all.ok_or_else(broken)?;
            let kept = cx.catalog.words(set).iter().map(|w| &w.kept).filter(|kept| all.contains(kept));
            Ok(kept.cloned().collect::<Vec<_>>().join(";"))
        };
        let pattern = rules::pattern(get(row, "availability"), plan_of_day(cx)).ok_or_else(broken)?;
        let id = tx.insert(
            "staff",
            &[
                ("code", keep::text(code)),
                ("name", keep::text(get(row, "name"))),
                ("sex", keep::text(get(row, "sex"))),
                ("birth", keep::text(get(row, "birth"))),
                ("resident_id", keep::text(get(row, "id_number"))),
                ("phone", keep::text(get(row, "mobile"))),
                ("kind", keep::text(get(row, "kind"))),
                ("org", keep::text(get(row, "home_org"))),
                ("role", keep::text(get(row, "role"))),
                ("skills", keep::text(&words("skills", get(row, "skills"))?)),
                ("own_disability", keep::text(&words("categories", get(row, "own_disability"))?)),
                ("availability", keep::text(&spell(cx, &pattern))),
                ("joined_on", keep::text(get(row, "joined_on"))),
                ("state", Value::Text(get(row, "status").to_owned())),
            ],
        )?;
        records::derive(tx, id)?;
    }
    reserve(tx, "P", 0, rows.len())
}
