//! What is said about consultations: rows, what waits for an answer or a decision.

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::view::{Column, Row};
use crate::subjects::{keep, org_name};

use super::fields::ASKERS;
use super::records::{self, Consultation};

/// The columns of a list.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |name: &str, usual| Column {
        label: cx.t.say(&format!("consultations-{name}")),
        usual,
        number: false,
    };
    vec![
        column("question", 14),
        column("advisor", 4),
        column("status", 4),
        column("asked_on", 5),
        column("org", 3),
        column("linked", 10),
    ]
}

/// Where it stands, in the reader's words.
pub(crate) fn status(cx: &Cx<'_>, about: &Consultation) -> String {
    cx.catalog.show_word("consultation_statuses", &about.status, cx.t.lang())
}

/// Whether it was adopted, or where it stands while nobody has said.
pub(crate) fn outcome(cx: &Cx<'_>, about: &Consultation) -> String {
    if about.adopted.is_empty() {
        return status(cx, about);
    }
    cx.catalog.show_word("adoptions", &about.adopted, cx.t.lang())
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(about) = records::find(cx.db, *id)? else { continue };
        rows.push(Row {
            reference: about.no.clone(),
            brief: keep::clip_cells(&format!("{} {}", outcome(cx, &about), about.question), 20),
            cells: vec![
                about.question.clone(),
                about.advisor.clone(),
                outcome(cx, &about),
                keep::short_day(about.asked_on),
                org_name(cx, &about.org),
                about.linked.clone(),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What waits for an answer, overdue first, and what was advised and not decided about.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    if !cx.who.holds(ASKERS) {
        return Ok(Vec::new());
    }
    let today = cx.now.date();
    let orgs = cx.who.associations();
    let mine = |c: &Consultation| orgs.is_empty() || orgs.contains(&c.org.as_str());
    let duty = |c: Consultation| {
        let open = c.status == "待答复";
        let press = match c.due.filter(|_| open) {
            Some(due) if due < today => Press::Overdue,
            Some(due) if due == today => Press::Today,
            Some(due) if (due - today).num_days() <= 7 => Press::Week,
            _ => Press::Open,
        };
        let id = if open { "consultations-duty-answer" } else { "consultations-duty-decide" };
        let args = [("question", keep::clip_cells(&c.question, 24)), ("name", c.advisor.clone())];
        Duty {
            press,
            day: c.due,
            reference: c.no,
            list: String::new(),
            what: cx.t.with(id, &args),
            when: c.due.map(keep::short_day).unwrap_or_default(),
            who: c.asked_by,
            ..Duty::default()
        }
    };
    Ok(records::waiting(cx.db, limit)?.into_iter().filter(mine).map(duty).collect())
}
