//! What is said about requests for people: rows, the page of one with who comes, what waits for somebody.

use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, Press, Where};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::shifts::{plan, records as shifts};
use crate::subjects::staff::{pages as people, records as staff};
use crate::subjects::zones::records as zones;
use crate::subjects::{KEEPERS, keep, org_name};
use crate::values::dates;

use super::fields::RECORD;
use super::records::{self, Request};
use super::rules::Status;

/// People who are named as proposals on the page of a request.
const PROPOSED: usize = 6;

fn on(sql: &str, values: &[String]) -> Where {
    Where { sql: sql.to_owned(), values: values.iter().cloned().map(Value::Text).collect() }
}

fn open(_: &Cx<'_>) -> Where {
    on("wants = 1", &[])
}

fn coming(cx: &Cx<'_>) -> Where {
    on("starts_at >= ? AND status NOT IN ('拒绝', '撤回')", &[cx.now.date().to_string()])
}

fn mine(cx: &Cx<'_>) -> Where {
    let orgs = cx.who.associations();
    if orgs.is_empty() {
        return on("applicant = ?", std::slice::from_ref(&cx.who.name));
    }
    let marks = vec!["?"; orgs.len()].join(", ");
    let values: Vec<String> = orgs.into_iter().map(str::to_owned).collect();
    on(&format!("org IN ({marks})"), &values)
}

fn all(_: &Cx<'_>) -> Where {
    on("1", &[])
}

const fn list(name: &'static str, filter: fn(&Cx<'_>) -> Where) -> ListSpec {
    ListSpec { name, filter, order: &["starts_at"], descending: false, tick: None }
}

/// The ways to look, the usual one first.
pub(crate) static LISTS: &[ListSpec] = &[
    list("open", open),
    list("coming", coming),
    list("mine", mine),
    ListSpec { descending: true, ..list("all", all) },
];

/// The columns of a list of requests.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("staffing-day", 7, false),
        column("staffing-hours", 11, false),
        column("staffing-org", 2, false),
        column("staffing-task", 8, false),
        column("staffing-number", 4, true),
        column("staffing-status", 4, false),
        column("staffing-no", 11, false),
    ]
}

fn status(cx: &Cx<'_>, request: &Request) -> String {
    cx.catalog.show_word("staff_request_statuses", request.status.word(), cx.t.lang())
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(request) = records::find(cx.db, *id)? else { continue };
        rows.push(Row {
            reference: request.no.clone(),
            brief: format!(
                "{} {} {}",
                keep::clip_cells(&request.task, 7),
                keep::short_day(request.day()),
                keep::clip_cells(&status(cx, &request), 6)
            ),
            cells: vec![
                dates::short_day(request.day(), cx.now.date(), cx.t.lang()),
                request.hours().text(),
                org_name(cx, &request.org),
                request.task.clone(),
                format!("{}/{}", request.filled, request.number),
                status(cx, &request),
                request.no.clone(),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// The request in a few words, for a prompt.
pub(crate) fn brief(cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
    let request = records::must_find(cx.db, id)?;
    Ok(format!("{} {}", keep::clip_cells(&request.task, 10), status(cx, &request)))
}

/// What the page of one request says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let request = records::must_find(cx.db, id)?;
    let all = [head(cx, &request)?, assigned(cx, &request)?, proposed(cx, &request)?];
    Ok(all.into_iter().filter(|facts| !facts.items.is_empty()).map(Part::Facts).collect())
}

/// What the page begins with.
pub(crate) fn card(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    Ok(Part::Facts(head(cx, &records::must_find(cx.db, id)?)?))
}

fn head(cx: &Cx<'_>, request: &Request) -> Result<Facts, Refusal> {
    let kept = keep::load(cx, &RECORD, request.id)?;
    let text = |name: &str| match keep::value(&RECORD, &kept, name) {
        Value::Null => String::new(),
        value => keep::plain(value),
    };
    let place = match request.zone {
        Some(zone) => zones::must_find(cx.db, zone)?.name,
        None => request.place.clone(),
    };
    let args = [("filled", request.filled.to_string()), ("number", request.number.to_string())];
    let rating = request.rating.map(|n| cx.catalog.show_word("ratings", &n.to_string(), cx.t.lang()));
    let each = [
        ("staffing-task", request.task.clone()),
        ("staffing-when", request.plan().when(cx)),
        ("staffing-org", org_name(cx, &request.org)),
        ("staffing-number", cx.t.with("staffing-filled-of", &args)),
        ("staffing-skills", people::words(cx, "skills", &request.skills)),
        ("staffing-place", place),
        ("staffing-status", status(cx, request)),
        ("staffing-applicant", request.applicant.clone()),
        ("staffing-decider", text("decider")),
        ("staffing-refused_reason", text("refused_reason")),
        ("staffing-rating", rating.unwrap_or_default()),
        ("staffing-result", text("result")),
        ("staffing-no", request.no.clone()),
    ];
    let items = each.into_iter().filter(|(_, value)| !value.is_empty());
    let items = items.map(|(label, value)| Fact { label: cx.t.say(label), value }).collect();
    Ok(Facts { heading: String::new(), items })
}

/// Who comes, or came.
fn assigned(cx: &Cx<'_>, request: &Request) -> Result<Facts, Refusal> {
    let mut items = Vec::new();
    for shift in shifts::for_request(cx.db, request.id)? {
        let status = cx.catalog.show_word("shift_statuses", shift.status.word(), cx.t.lang());
        let worked = shift
            .minutes
            .map(|minutes| cx.t.with("shifts-hours-value", &[("hours", plan::as_hours(minutes))]))
            .unwrap_or_default();
        items.push(Fact {
            label: staff::must_find(cx.db, shift.staff)?.name,
            value: keep::one_line(&format!("{status} {worked} {}", shift.no)),
        });
    }
    Ok(Facts { heading: cx.t.say("staffing-heading-people"), items })
}

/// Who could come, with the reasons, while somebody is still wanted.
fn proposed(cx: &Cx<'_>, request: &Request) -> Result<Facts, Refusal> {
    let mut items = Vec::new();
    if request.missing() > 0 {
        let wanted = request.plan();
        for proposal in plan::proposals(cx, &wanted, PROPOSED)?.iter() {
            let who = staff::must_find(cx.db, proposal.who.id)?;
            items.push(Fact { value: plan::reasons(cx, &wanted, proposal, &who), label: who.name });
        }
    }
    Ok(Facts { heading: cx.t.say("staffing-heading-proposals"), items })
}

/// What requests wait for: people; and a word on how it went.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let today = cx.now.date();
    let orgs = cx.who.associations();
    let concerns = |request: &Request| orgs.is_empty() || orgs.contains(&request.org.as_str());
    let mut duties = Vec::new();
    let duty = |press: Press, request: &Request, id: &str| {
        let no = request.no.rsplit('-').next().unwrap_or_default().to_owned();
        let missing = request.missing().to_string();
        let args = [("no", no), ("task", request.task.clone()), ("missing", missing)];
        Duty {
            press,
            day: Some(request.day()),
            reference: request.no.clone(),
            list: String::new(),
            what: cx.t.with(id, &args),
            when: format!("{} {}", keep::short_day(request.day()), request.starts.format("%H:%M")),
            who: org_name(cx, &request.org),
            ..Duty::default()
        }
    };
    if cx.who.holds(KEEPERS) {
        for status in [Status::Waiting, Status::Partly] {
            for request in records::in_state(cx.db, status, limit)? {
                let press = match (request.day() - today).num_days() {
                    ..0 => Press::Overdue,
                    0 => Press::Today,
                    1..=7 => Press::Week,
                    _ => Press::Open,
                };
                duties.push(duty(press, &request, "staffing-duty-people"));
            }
        }
    }
    for status in [Status::Filled, Status::Running] {
        for request in records::in_state(cx.db, status, limit)? {
            if request.ends <= cx.now && concerns(&request) {
                duties.push(duty(Press::Today, &request, "staffing-duty-unclosed"));
            }
        }
    }
    duties.sort_by_key(|duty| (duty.press, duty.day));
    duties.truncate(limit);
    Ok(duties)
}
