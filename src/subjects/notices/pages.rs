//! What is said about financial notices: rows, the page of one with its figures, and those that are due.

use rusqlite::types::Value;

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling;
use crate::desk::view::{Column, Facts, Part, Row};
use crate::subjects::funds::fields::ACCOUNTS;
use crate::subjects::{keep, org_name};

use super::fields::STATUS;
use super::rules::{self, Status};
use super::{figures, records};

/// The columns of a list of notices.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![
        column("notices-org", 4),
        column("notices-no", 12),
        column("notices-status", 3),
        column("notices-issued_on", 10),
        column("notices-read_on", 10),
    ]
}

fn status(cx: &Cx<'_>, status: Status) -> String {
    reading::show(&STATUS, &Value::Text(status.word().to_owned()), cx)
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let notice = records::must_find(cx.db, *id)?;
        let (org, status) = (org_name(cx, &notice.org), status(cx, notice.status));
        rows.push(Row {
            reference: notice.no.clone(),
            brief: format!("{org} {} {status}", notice.no),
            cells: vec![
                org,
                notice.no,
                status,
                notice.issued.to_string(),
                notice.read.map(|day| day.to_string()).unwrap_or_default(),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What the page of one notice says: the figures first.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let notice = records::must_find(cx.db, id)?;
    let figures = figures::facts(cx, &notice.org, notice.from, notice.to)?;
    Ok(vec![
        Part::Facts(Facts { heading: cx.t.say("notices-heading-figures"), items: figures }),
        Part::Facts(Facts {
            heading: cx.t.say("notices-heading-notice"),
            items: telling::facts(cx, &super::Notices, id)?,
        }),
    ])
}

/// To an association: what it has not read. To those who keep the accounts: what is due, and what is objected to.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let duty = |press: Press, reference: String, what: String, who: &str| Duty {
        press,
        day: None,
        reference,
        list: String::new(),
        what,
        when: String::new(),
        who: org_name(cx, who),
        ..Duty::default()
    };
    let mut duties = Vec::new();
    for org in cx.who.associations() {
        for (no, org) in records::standing(cx.db, Some(org), Status::Sent)? {
            let what = cx.t.with("notices-duty-read", &[("no", no.clone())]);
            duties.push(duty(Press::Open, no, what, &org));
        }
    }
    if cx.who.associations().is_empty() && cx.who.holds(ACCOUNTS) {
        for (no, org) in records::standing(cx.db, None, Status::Objected)? {
            let args = [("no", no.clone()), ("org", org_name(cx, &org))];
            let what = cx.t.with("notices-duty-reply", &args);
            duties.push(duty(Press::Today, no, what, &org));
        }
        duties.extend(due(cx)?);
    }
    duties.truncate(limit);
    Ok(duties)
}

/// The notices of the last quarter that are still to be sent, as one duty.
fn due(cx: &Cx<'_>) -> Result<Option<Duty>, Refusal> {
    let today = cx.now.date();
    let (from, to) = rules::last_quarter(today);
    if !records::begun(cx.db, to)? {
        return Ok(None);
    }
    let mut missing = 0;
    for org in cx.catalog.members() {
        missing += usize::from(!records::issued(cx.db, &org.code, from, to)?);
    }
    if missing == 0 {
        return Ok(None);
    }
    let due = rules::due(to, cx.catalog.rule("financial_notice_reminder").value);
    let args = [("period", rules::period(from, to)), ("n", missing.to_string())];
    Ok(Some(Duty {
        press: if today > due {
            Press::Overdue
        } else if today == due {
            Press::Today
        } else {
            Press::Open
        },
        day: Some(due),
        reference: String::new(),
        list: "notices.all".to_owned(),
        what: cx.t.with("notices-duty-issue", &args),
        when: keep::short_day(due),
        who: String::new(),
        ..Duty::default()
    }))
}
