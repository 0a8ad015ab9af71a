//! The register of certificates given, with the lines to be signed (G-6.3.3).

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::training::rules::hours;
use crate::subjects::{keep, org_name};

use super::records::{self, Attendance};

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "training-certificates", posts: &[], make: certificates, chart: None }];

const COLUMNS: [&str; 7] = ["no", "name", "org", "title", "on", "hours", "assessment"];

/// The certificates given within the period.
fn certificates(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let given = records::certified(cx.db, from, to)?;
    let orgs = cx.who.associations();
    let mine = |a: &&Attendance| orgs.is_empty() || orgs.contains(&a.org.as_str());
    let row = |a: &Attendance| {
        vec![
            a.certificate.clone(),
            a.name.clone(),
            org_name(cx, &a.org),
            a.title.clone(),
            a.on.to_string(),
            a.minutes.map(hours).unwrap_or_default(),
            cx.catalog.show_word("assessments", &a.assessment, cx.t.lang()),
        ]
    };
    let mut rows: Vec<Vec<String>> = given.iter().filter(mine).map(row).collect();
    if rows.is_empty() {
        let mut none = vec![String::new(); COLUMNS.len()];
        none.splice(0..1, [cx.t.say("report-training-certificates-none")]);
        rows.push(none);
    }
    Ok(Table {
        title: cx.t.say("report-training-certificates"),
        notes: vec![keep::period(cx, from, to)],
        columns: COLUMNS.iter().map(|c| cx.t.say(&format!("report-training-certificates-{c}"))).collect(),
        numbers: COLUMNS.iter().map(|c| *c == "hours").collect(),
        rows,
        footer: vec![cx.t.say("report-training-certificates-signatures")],
    })
}
