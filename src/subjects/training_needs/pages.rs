//! What is said about needs: rows, what is open.

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::view::{Column, Row};
use crate::subjects::{KEEPERS, keep, org_name};

use super::records::{self, Need};

/// Days ahead that a wanted day is announced.
const AHEAD: u64 = 14;
/// How many open ones are looked at.
const LOOK: usize = 500;

/// The columns of a list.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |name: &str, usual, number| Column {
        label: cx.t.say(&format!("training_needs-{name}")),
        usual,
        number,
    };
    vec![
        column("topic", 12, false),
        column("org", 3, false),
        column("urgency", 3, false),
        column("people", 4, true),
        column("wanted_by", 8, false),
        column("status", 3, false),
    ]
}

fn urgency(cx: &Cx<'_>, need: &Need) -> String {
    cx.catalog.show_word("need_urgencies", &need.urgency, cx.t.lang())
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(need) = records::find(cx.db, *id)? else { continue };
        rows.push(Row {
            reference: need.no.clone(),
            brief: keep::clip_cells(&format!("{} {}", org_name(cx, &need.org), need.topic), 20),
            cells: vec![
                need.topic.clone(),
                org_name(cx, &need.org),
                urgency(cx, &need),
                need.people.map(|n| n.to_string()).unwrap_or_default(),
                need.wanted_by.map(keep::short_day).unwrap_or_default(),
                cx.catalog.show_word("need_statuses", &need.status, cx.t.lang()),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What is open, in one line; what is urgent or wanted soon by itself.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    if !cx.who.holds(KEEPERS) {
        return Ok(Vec::new());
    }
    let today = cx.now.date();
    let open = records::open(cx.db, LOOK)?;
    let soon = |need: &Need| need.wanted_by.is_some_and(|day| day <= today + chrono::Days::new(AHEAD));
    let who = cx.catalog.post_name("general_affairs", cx.t.lang());
    let (pressing, rest): (Vec<Need>, Vec<Need>) =
        open.into_iter().partition(|need| need.urgency != "普通" || soon(need));
    let one = |need: Need| {
        let press = match need.wanted_by {
            Some(day) if day < today => Press::Overdue,
            Some(day) if day == today => Press::Today,
            _ => Press::Week,
        };
        let args = [
            ("urgency", urgency(cx, &need)),
            ("org", org_name(cx, &need.org)),
            ("topic", need.topic.clone()),
        ];
        Duty {
            press,
            day: need.wanted_by,
            reference: need.no,
            list: String::new(),
            what: cx.t.with("training_needs-duty", &args),
            when: need.wanted_by.map(keep::short_day).unwrap_or_default(),
            who: who.clone(),
            ..Duty::default()
        }
    };
    let mut duties: Vec<Duty> = pressing.into_iter().map(one).collect();
    if !rest.is_empty() {
        duties.push(Duty {
            press: Press::Open,
            day: None,
            reference: String::new(),
            list: "training_needs.open".to_owned(),
            what: cx.t.with("training_needs-duty-open", &[("n", rest.len().to_string())]),
            when: String::new(),
            who: who.clone(),
            ..Duty::default()
        });
    }
    duties.truncate(limit);
    Ok(duties)
}
