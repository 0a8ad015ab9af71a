//! The ways to look at the people served, and which of them someone may see at all.

use chrono::{Months, NaiveDate};
use rusqlite::types::Value;

use crate::desk::subject::{Cx, ListSpec, Where};
use crate::subjects::routing_table;

use super::{erasing, records};

/// A file last looked over before this day is a duty (guide 6.5.4).
pub(crate) fn verify_since(cx: &Cx<'_>, on: NaiveDate) -> NaiveDate {
    let months = u32::try_from(cx.catalog.rule("verify_interval").value).unwrap_or(12);
    on.checked_sub_months(Months::new(months)).unwrap_or(on)
}

fn living(sql: &str, values: Vec<Value>) -> Where {
    Where { sql: format!("voided_on IS NULL AND {sql}"), values }
}

fn all(_: &Cx<'_>) -> Where {
    Where { sql: "voided_on IS NULL".to_owned(), values: Vec::new() }
}

fn without_consent(_: &Cx<'_>) -> Where {
    living("consented = 0 AND erase_asked_on IS NULL", Vec::new())
}

fn unverified(cx: &Cx<'_>) -> Where {
    let since = verify_since(cx, cx.now.date());
    living("ifnull(last_verified_on,'') < ?", vec![Value::Text(since.to_string())])
}

fn uncertified(_: &Cx<'_>) -> Where {
    living("cert_status <> '持证'", Vec::new())
}

fn minors(cx: &Cx<'_>) -> Where {
    let today = cx.now.date();
    let since = today.checked_sub_months(Months::new(18 * 12)).unwrap_or(today);
    living("birth > ?", vec![Value::Text(since.to_string())])
}

fn expiring(cx: &Cx<'_>) -> Where {
    let until =
        cx.now.date() + chrono::Days::new(cx.catalog.rule("certificate_reminder").value.unsigned_abs());
    living("cert_expiry IS NOT NULL AND cert_expiry <= ?", vec![Value::Text(until.to_string())])
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where, order: &'static [&'static str]) -> ListSpec {
    ListSpec { name, filter, order, descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("all", all, &[]),
    list("consent", without_consent, &[]),
    list("unverified", unverified, &["ifnull(last_verified_on,'')"]),
    list("uncertified", uncertified, &[]),
    list("minors", minors, &["birth"]),
    list("expiring", expiring, &["cert_expiry"]),
    list("retention", erasing::at_rest, &["ifnull(last_verified_on,'')"]),
    list("erasing", erasing::asked, &["erase_asked_on"]),
];

/// An association sees the people of its category and those it serves (guide 6.5.4); the secretariat sees everyone.
pub(crate) fn scope(cx: &Cx<'_>) -> Where {
    let orgs = cx.who.associations();
    if orgs.is_empty() {
        return Where::default();
    }
    let marks = vec!["?"; orgs.len()].join(", ");
    let mut values: Vec<Value> = Vec::new();
    let mut bind = || values.extend(orgs.iter().map(|org| Value::Text((*org).to_owned())));
    for _ in 0..3 {
        bind();
    }
    let mut sql = format!(
        "org IN ({marks}) OR id IN (SELECT l.client_id FROM case_client l JOIN case_record c ON c.id = l.case_id \
         WHERE c.lead_org IN ({marks})) OR id IN (SELECT l.client_id FROM case_org o JOIN case_client l \
         ON l.case_id = o.case_id WHERE o.org IN ({marks}) AND o.state <> '已撤出')"
    );
    // 多重 belongs to every association of its kinds.
    for (category, org) in &routing_table(cx.catalog).of {
        if orgs.contains(&org.as_str()) {
            sql.push_str(" OR (category = '多重' AND instr(components, ?) > 0)");
            values.push(Value::Text(category.clone()));
        }
    }
    // To be handed on within the house is what the consent was for (RULES §5.3 b).
    Where { sql: format!("({sql}) AND NOT ({})", records::WITHDRAWN), values }
}
