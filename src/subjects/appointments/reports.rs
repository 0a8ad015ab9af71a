//! The register of posts on paper (G-5.3.1, G-5.3.2): every post of the secretariat with who holds it, the votes and resolutions it
//! rests on, what is vacant, and the lines to be signed.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::{keep, org_name};

use super::records::{self, Appointment};
use super::rules::{self, REGISTER};
use super::{duties, forms};

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "post-register", posts: &[], make: register, chart: None }];

const COLUMNS: [&str; 7] = ["post", "name", "org", "from", "until", "basis", "document"];

/// The register as it stood at the end of the period.
fn register(cx: &Cx<'_>, _from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let on = to.min(cx.now.date());
    let mut table = Table {
        title: cx.t.say("report-post-register"),
        notes: vec![cx.t.with("report-post-register-on", &[("on", on.to_string())])],
        columns: COLUMNS.iter().map(|c| cx.t.say(&format!("report-post-register-{c}"))).collect(),
        numbers: vec![false; COLUMNS.len()],
        rows: Vec::new(),
        footer: Vec::new(),
    };
    if duties::small_office(cx) {
        table.notes.push(cx.t.say("report-post-register-small"));
    }
    let held = records::held(cx.db)?;
    let then: Vec<&Appointment> =
        held.iter().filter(|a| a.term().is_some_and(|term| term.holds_on(on))).collect();
    for post in REGISTER {
        let mut holders = then.iter().filter(|a| a.post == *post).peekable();
        if holders.peek().is_none() {
            let empty = if *post == "deputy_secretary" { "none" } else { "vacant" };
            let mut row = vec![String::new(); COLUMNS.len()];
            row.splice(0..2, [name(cx, post), cx.t.say(&format!("report-post-register-{empty}"))]);
            table.rows.push(row);
        }
        for holder in holders {
            table.rows.push(row(cx, holder)?);
        }
    }
    for other in then.iter().filter(|a| !REGISTER.contains(&a.post.as_str())) {
        table.rows.push(row(cx, other)?);
    }
    table.footer.push(cx.t.say("report-post-register-signatures"));
    Ok(table)
}

fn name(cx: &Cx<'_>, post: &str) -> String {
    cx.catalog.post_name(post, cx.t.lang())
}

fn row(cx: &Cx<'_>, holder: &Appointment) -> Result<Vec<String>, Refusal> {
    let votes = records::votes(cx.db, holder.id)?;
    let resolutions = records::resolutions(cx.db, holder.id)?;
    let mut basis = Vec::new();
    if !votes.is_empty() {
        let yes = votes.iter().filter(|vote| vote.supports()).count();
        let args = [("yes", yes.to_string()), ("n", cx.catalog.members().count().to_string())];
        basis.push(cx.t.with("appointments-carried", &args));
    }
    basis.extend(resolutions.iter().map(|(org, no)| format!("{} {no}", org_name(cx, org))));
    if rules::way(&holder.post) == rules::Way::Elected && !resolutions.is_empty() {
        let without = forms::missing(cx, resolutions.iter().map(|(org, _)| org.as_str()));
        if !without.is_empty() {
            let label = cx.t.say("appointments-without-resolution");
            basis.push(format!("{label} {}", keep::joined(&without, cx.t)));
        }
    }
    let day = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    Ok(vec![
        name(cx, &holder.post),
        holder.name.clone(),
        if holder.org.is_empty() {
            org_name(cx, crate::catalog::SECRETARIAT)
        } else {
            org_name(cx, &holder.org)
        },
        day(holder.from),
        day(holder.term().and_then(|term| term.last())),
        keep::joined(&basis, cx.t),
        records::document(cx.db, holder.id)?,
    ])
}
