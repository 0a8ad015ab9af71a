//! What is said about purchases: rows, the page of one with the prices asked, what waits for whom.

use rusqlite::types::Value;

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::consumables::fields::STOREKEEPERS;
use crate::subjects::{keep, org_name};
use crate::values::money::Fen;

use super::fields::{APPROVERS, PAYERS, RECORD};
use super::records::{self, Purchase};
use super::rules::Status;
use super::steps;

/// The columns of a list of purchases.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("purchases-what", 12, false),
        column("purchases-status", 5, false),
        column("purchases-price", 9, true),
        column("purchases-quantity", 4, true),
        column("purchases-org", 4, false),
        column("purchases-applicant", 6, false),
        column("purchases-no", 11, false),
    ]
}

/// A status in the session's language.
pub(crate) fn status(cx: &Cx<'_>, status: Status) -> String {
    cx.catalog.show_word("purchase_statuses", status.word(), cx.t.lang())
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(of) = records::find(cx.db, *id)? else { continue };
        let stands = status(cx, of.status);
        rows.push(Row {
            reference: of.no.clone(),
            brief: keep::clip_cells(&format!("{} {stands}", keep::clip_cells(&of.what, 13)), 20),
            cells: vec![
                of.what.clone(),
                stands,
                Fen(steps::price(cx, &of)?).to_string(),
                of.quantity.to_string(),
                org_name(cx, &of.org),
                of.applicant,
                of.no,
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What the page of one purchase says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let of = records::must_find(cx.db, id)?;
    let kept = keep::load(cx, &RECORD, id)?;
    let taken = records::taken(cx.db, &of)?;
    let mut items = Vec::new();
    for (field, value) in RECORD.fields.iter().zip(&kept.values) {
        if matches!(value, Value::Null) || (field.name == "alone" && *value == Value::Integer(0)) {
            continue;
        }
        let value = match field.name {
            "quote" => taken.as_ref().map(|quote| quote.vendor.clone()).unwrap_or_default(),
            _ => reading::on_page(field, value, cx),
        };
        items.push(Fact { label: cx.t.say(&format!("purchases-{}", field.name)), value });
    }
    let (asked, wanted) = steps::asked(cx, &of)?;
    if asked < wanted && matches!(of.status, Status::Requested | Status::Quoting) {
        let args = [("asked", asked.to_string()), ("wanted", wanted.to_string())];
        items.push(Fact {
            label: cx.t.say("purchases-finding-note"),
            value: cx.t.with("purchases-asked", &args),
        });
    }
    let mut parts = vec![Part::Facts(Facts { heading: String::new(), items })];
    let quotes = records::quotes(cx.db, id)?;
    if !quotes.is_empty() {
        let fact = |quote: &records::Quote| Fact {
            label: quote.vendor.clone(),
            value: keep::one_line(&format!("{} {}", Fen(quote.amount), quote.note)),
        };
        let items = quotes.iter().map(fact).collect();
        parts.push(Part::Facts(Facts { heading: cx.t.say("purchases-heading-quotes"), items }));
    }
    Ok(parts)
}

/// What waits: for a decision, for the goods, to be put away, to be paid.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let today = cx.now.date();
    let mut duties = Vec::new();
    let mut add = |posts: &[&str], status: Status, id: &str| -> Result<(), Refusal> {
        if !cx.who.holds(posts) {
            return Ok(());
        }
        for of in records::standing(cx.db, status)? {
            duties.extend(duty(cx, &of, id, today)?);
        }
        Ok(())
    };
    add(STOREKEEPERS, Status::Requested, "purchases-duty-quotes")?;
    add(STOREKEEPERS, Status::Quoting, "purchases-duty-propose")?;
    add(APPROVERS, Status::Proposed, "purchases-duty-approve")?;
    add(STOREKEEPERS, Status::Approved, "purchases-duty-order")?;
    add(STOREKEEPERS, Status::Ordered, "purchases-duty-late")?;
    add(STOREKEEPERS, Status::Accepted, "purchases-duty-store")?;
    add(PAYERS, Status::Stored, "purchases-duty-pay")?;
    duties.truncate(limit);
    Ok(duties)
}

fn duty(cx: &Cx<'_>, of: &Purchase, id: &str, today: chrono::NaiveDate) -> Result<Option<Duty>, Refusal> {
    let late = of.status == Status::Ordered;
    if late && of.due.is_none_or(|due| due >= today) {
        return Ok(None);
    }
    let days = of.due.map_or(0, |due| (today - due).num_days());
    let args = [("what", of.what.clone()), ("amount", Fen(steps::price(cx, of)?).to_string())];
    Ok(Some(Duty {
        press: match of.status {
            Status::Ordered => Press::Overdue,
            Status::Proposed => Press::Today,
            _ => Press::Open,
        },
        day: of.due.filter(|_| late),
        reference: of.no.clone(),
        list: String::new(),
        what: cx.t.with(id, &args),
        when: if late { cx.t.with("purchases-days", &[("n", days.to_string())]) } else { String::new() },
        who: String::new(),
        ..Duty::default()
    }))
}
