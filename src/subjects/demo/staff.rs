//! Loads the people of the sample who work here. What they can do stands in the table by names of the set; what else it says of
//! a post is their title.

use std::collections::HashMap;

use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::staff::{plan_of_day, records, rules, spell};
use crate::subjects::zones::records as zones;

use super::sample::{Record, get, reserve, table};

/// The year the numbers of the sample are of.
const YEAR: i32 = 2026;

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
                ("languages", keep::text(&words("staff_languages", get(row, "languages"))?)),
                ("contract_until", keep::text(get(row, "contract_until"))),
                ("insurance_until", keep::text(get(row, "insurance_until"))),
                ("volunteer_no", keep::text(get(row, "volunteer_no"))),
                ("joined_on", keep::text(get(row, "joined_on"))),
                ("state", Value::Text(get(row, "status").to_owned())),
            ],
        )?;
        records::derive(tx, id)?;
    }
    for row in table("staff_certificates.csv")? {
        let broken = || broken("staff_certificates.csv", &row, "person_id");
        let who = records::by_code(tx.conn(), get(&row, "person_id"))?.ok_or_else(broken)?;
        let skill = records::Skill {
            skill: get(&row, "skill").to_owned(),
            level: get(&row, "level").to_owned(),
            certificate: get(&row, "certificate").to_owned(),
            issued: get(&row, "issued_on").parse().ok(),
            expires: get(&row, "expires_on").parse().ok(),
        };
        records::set_skill(tx, who.id, &skill)?;
    }
    reserve(tx, "P", 0, rows.len())
}

fn broken(table: &str, row: &Record, name: &str) -> Refusal {
    Refusal::rule("demo-table").with("table", table).with("line", get(row, name))
}

/// Loads what they were asked to do, and when they are away; the places must be there.
///
/// # Errors
/// As [`load`].
pub(super) fn load_roster(tx: &Tx<'_>) -> Result<(), Refusal> {
    let moment = |row: &Record, name: &str| keep::text(&get(row, name).replace(' ', "T"));
    let number = |row: &Record, name: &str| get(row, name).parse().map_or(Value::Null, Value::Integer);
    let zone = |table: &str, row: &Record| match get(row, "zone_id") {
        "" => Ok(Value::Null),
        code => match zones::by_code(tx.conn(), code)? {
            Some(zone) => Ok(Value::Integer(zone.id)),
            None => Err(broken(table, row, "zone_id")),
        },
    };
    let person = |table: &str, row: &Record, name: &str| match get(row, name) {
        "" => Ok(Value::Null),
        code => match records::by_code(tx.conn(), code)? {
            Some(who) => Ok(Value::Integer(who.id)),
            None => Err(broken(table, row, name)),
        },
    };
    let mut requests: HashMap<String, i64> = HashMap::new();
    let rows = table("staff_requests.csv")?;
    for row in &rows {
        let id = tx.insert(
            "staff_request",
            &[
                ("no", keep::text(get(row, "request_no"))),
                ("org", keep::text(get(row, "org"))),
                ("task", keep::text(get(row, "task"))),
                ("skills", keep::text(&get(row, "skills").replace('|', ";"))),
                ("number", number(row, "number")),
                ("starts_at", moment(row, "start")),
                ("ends_at", moment(row, "end")),
                ("zone", zone("staff_requests.csv", row)?),
                ("place", keep::text(get(row, "place"))),
                ("status", keep::text(get(row, "status"))),
                ("applicant", keep::text(get(row, "applicant"))),
                ("decider", keep::text(get(row, "decider"))),
                ("rating", number(row, "rating")),
                ("refused_reason", keep::text(get(row, "reason"))),
            ],
        )?;
        requests.insert(get(row, "request_no").to_owned(), id);
    }
    reserve(tx, "YR", YEAR, rows.len())?;
    let rows = table("shifts.csv")?;
    for row in &rows {
        let request = requests.get(get(row, "request_no")).map_or(Value::Null, |id| Value::Integer(*id));
        tx.insert(
            "shift",
            &[
                ("no", keep::text(get(row, "shift_no"))),
                ("staff", person("shifts.csv", row, "person_id")?),
                ("org", keep::text(get(row, "org"))),
                ("task", keep::text(get(row, "task"))),
                ("kind", keep::text(get(row, "kind"))),
                ("request", request),
                ("zone", zone("shifts.csv", row)?),
                ("starts_at", moment(row, "start")),
                ("ends_at", moment(row, "end")),
                ("status", keep::text(get(row, "status"))),
                ("minutes", number(row, "minutes")),
                ("rating", number(row, "rating")),
                ("warnings", keep::text(get(row, "warnings"))),
                ("override_reason", keep::text(get(row, "override_reason"))),
                ("swap_to", person("shifts.csv", row, "swap_to")?),
            ],
        )?;
    }
    reserve(tx, "PB", YEAR, rows.len())?;
    let rows = table("absences.csv")?;
    for row in &rows {
        tx.insert(
            "staff_absence",
            &[
                ("no", keep::text(get(row, "absence_no"))),
                ("staff", person("absences.csv", row, "person_id")?),
                ("kind", keep::text(get(row, "kind"))),
                ("starts_at", moment(row, "start")),
                ("ends_at", moment(row, "end")),
                ("reason", keep::text(get(row, "reason"))),
            ],
        )?;
    }
    reserve(tx, "QJ", YEAR, rows.len())
}
