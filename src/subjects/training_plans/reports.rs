//! The plan of a year on paper (G-6.3.3): what is taught in which month, for whom, answering whose needs.

use chrono::{Datelike, NaiveDate};

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::training::rules;
use crate::subjects::{keep, org_name, training_needs};

use super::pages;

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "training-plan", posts: &[], make: plan, chart: None }];

const COLUMNS: [&str; 8] = ["month", "topic", "kind", "hours", "audience", "people", "needs", "status"];

/// The plan of the year in which the period ends.
fn plan(cx: &Cx<'_>, _from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    // A report over all time means the present year.
    let year = if to.year() > cx.now.date().year() + 1 { cx.now.date().year() } else { to.year() };
    let lang = cx.t.lang();
    let mut rows = Vec::new();
    let mut minutes = 0;
    for session in pages::sessions(cx, year)? {
        minutes += session.minutes;
        let needs = training_needs::records::of_session(cx.db, session.id)?;
        let orgs: Vec<String> = needs.iter().map(|need| org_name(cx, &need.org)).collect();
        rows.push(vec![
            session.on.month().to_string(),
            session.title.clone(),
            cx.catalog.show_word("training_kinds", &session.kind, lang),
            rules::hours(session.minutes),
            keep::joined(&keep::parts(&session.audience), cx.t),
            session.people.map(|n| n.to_string()).unwrap_or_default(),
            keep::joined(&orgs, cx.t),
            cx.catalog.show_word("training_statuses", session.status.word(), lang),
        ]);
    }
    let args = [("n", rows.len().to_string()), ("hours", rules::hours(minutes))];
    let mut footer = vec![cx.t.with("report-training-plan-sum", &args)];
    let open = training_needs::records::open(cx.db, 500)?.len();
    footer.push(cx.t.with("report-training-plan-open", &[("n", open.to_string())]));
    footer.push(cx.t.say("report-training-plan-signatures"));
    if rows.is_empty() {
        let mut none = vec![String::new(); COLUMNS.len()];
        none.splice(1..2, [cx.t.say("report-training-plan-none")]);
        rows.push(none);
    }
    Ok(Table {
        title: cx.t.with("report-training-plan-title", &[("year", year.to_string())]),
        notes: Vec::new(),
        columns: COLUMNS.iter().map(|c| cx.t.say(&format!("report-training-plan-{c}"))).collect(),
        numbers: COLUMNS.iter().map(|c| matches!(*c, "hours" | "people")).collect(),
        rows,
        footer,
    })
}
