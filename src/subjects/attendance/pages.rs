//! What is said about attendance: rows, the page of one with the wording of its certificate, what is left to be marked.

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling::{self, Told};
use crate::desk::view::{Column, Fact, Facts, Part, Row, Text};
use crate::subjects::training::rules::hours;
use crate::subjects::{DESK, keep, org_name};

use super::records::{self, Attendance};

/// The columns of a list.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("attendance-person", 4, false),
        column("attendance-status", 3, false),
        column("attendance-title", 12, false),
        column("attendance-on", 5, false),
        column("attendance-hours", 4, true),
        column("attendance-assessment", 3, false),
        column("attendance-org", 3, false),
        column("attendance-certificate_no", 10, false),
    ]
}

fn status(cx: &Cx<'_>, about: &Attendance) -> String {
    cx.catalog.show_word("attendance_statuses", &about.status, cx.t.lang())
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(about) = records::find(cx.db, *id)? else { continue };
        rows.push(Row {
            reference: about.no.clone(),
            brief: keep::clip_cells(&format!("{} {} {}", about.name, status(cx, &about), about.title), 20),
            cells: vec![
                about.name.clone(),
                status(cx, &about),
                about.title.clone(),
                keep::short_day(about.on),
                about.minutes.map(hours).unwrap_or_default(),
                cx.catalog.show_word("assessments", &about.assessment, cx.t.lang()),
                org_name(cx, &about.org),
                about.certificate.clone(),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What the page of one says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let about = records::must_find(cx.db, id)?;
    let mut items = telling::facts_as(cx, &super::Attendances, id, |name, _| match name {
        "minutes" => Told::Elsewhere,
        _ => Told::AsKept,
    })?;
    if let Some(minutes) = about.minutes {
        items.push(Fact { label: cx.t.say("attendance-hours"), value: hours(minutes) });
    }
    items.push(Fact { label: cx.t.say("attendance-on"), value: about.on.to_string() });
    let mut parts = vec![Part::Facts(Facts { heading: String::new(), items })];
    if !about.certificate.is_empty() {
        let heading = cx.t.say("attendance-heading-certificate");
        parts.push(Part::Text(Text { heading, lines: vec![certificate(cx, &about)] }));
    }
    Ok(parts)
}

/// The wording of a certificate.
pub(crate) fn certificate(cx: &Cx<'_>, about: &Attendance) -> String {
    let args = [
        ("name", about.name.clone()),
        ("on", about.on.to_string()),
        ("title", about.title.clone()),
        ("hours", about.minutes.map(hours).unwrap_or_default()),
        ("no", about.certificate.clone()),
        ("given", about.certified.map(|day| day.to_string()).unwrap_or_default()),
        ("assessment", cx.catalog.show_word("assessments", &about.assessment, cx.t.lang())),
    ];
    let id =
        if about.assessment.is_empty() { "attendance-certificate" } else { "attendance-certificate-passed" };
    keep::one_line(&cx.t.with(id, &args))
}

/// One line for all that is left to be marked.
pub(crate) fn today(cx: &Cx<'_>, _limit: usize) -> Result<Vec<Duty>, Refusal> {
    let left = if cx.who.holds(DESK) { records::to_mark(cx.db, cx.now.date())? } else { 0 };
    if left == 0 {
        return Ok(Vec::new());
    }
    Ok(vec![Duty {
        press: Press::Today,
        day: Some(cx.now.date()),
        reference: String::new(),
        list: "attendance.to-mark".to_owned(),
        what: cx.t.with("attendance-duty", &[("n", left.to_string())]),
        when: String::new(),
        who: cx.catalog.post_name("general_affairs", cx.t.lang()),
        ..Duty::default()
    }])
}
