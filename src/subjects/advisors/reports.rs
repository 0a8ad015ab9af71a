//! RP-26 as far as it is about advisors (G-5.3.3): every field with who advises in it, and what was asked, advised and adopted.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::{consultations, keep, org_name};

use super::pages::{field, vacant};
use super::records;

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "rp-26", posts: &[], make: record, chart: None }];

const COLUMNS: [&str; 10] =
    ["field", "name", "letter", "until", "on", "asked_by", "question", "advice", "linked", "adopted"];

/// Field by field, advisor by advisor, each with the consultations of the period.
fn record(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let mut table = Table {
        title: cx.t.say("report-rp-26"),
        notes: vec![keep::period(cx, from, to)],
        columns: COLUMNS.iter().map(|c| cx.t.say(&format!("report-rp-26-{c}"))).collect(),
        numbers: vec![false; COLUMNS.len()],
        rows: Vec::new(),
        footer: Vec::new(),
    };
    let all = records::all(cx.db)?;
    let orgs = cx.who.associations();
    let (mut asked, mut adopted) = (0, 0);
    for word in cx.catalog.words("advisor_fields") {
        let on = to.min(cx.now.date());
        let mut any = false;
        for advisor in all.iter().filter(|a| a.field == word.kept && a.term.from <= on) {
            let head = [
                field(cx, &word.kept),
                advisor.name.clone(),
                advisor.letter.clone(),
                advisor.term.last().map(|day| day.to_string()).unwrap_or_default(),
            ];
            let mut consulted = consultations::records::of_advisor(cx.db, advisor.id, usize::MAX)?;
            consulted.retain(|c| {
                c.asked_on >= from && c.asked_on <= to && (orgs.is_empty() || orgs.contains(&c.org.as_str()))
            });
            if consulted.is_empty() && !advisor.term.holds_on(on) {
                continue;
            }
            any = true;
            if consulted.is_empty() {
                let mut row = head.to_vec();
                row.resize(COLUMNS.len(), String::new());
                table.rows.push(row);
            }
            for c in consulted.iter().rev() {
                asked += 1;
                adopted += usize::from(matches!(c.adopted.as_str(), "采纳" | "部分采纳"));
                let mut row = head.to_vec();
                row.extend([
                    c.asked_on.to_string(),
                    format!("{} {}", org_name(cx, &c.org), c.asked_by),
                    c.question.clone(),
                    c.advice.clone(),
                    c.linked.clone(),
                    consultations::pages::outcome(cx, c),
                ]);
                table.rows.push(row);
            }
        }
        if !any {
            let mut row = vec![field(cx, &word.kept), cx.t.say("report-rp-26-none")];
            row.resize(COLUMNS.len(), String::new());
            table.rows.push(row);
        }
    }
    let args = [("asked", asked.to_string()), ("adopted", adopted.to_string())];
    table.footer.push(cx.t.with("report-rp-26-sum", &args));
    let vacant = vacant(cx)?;
    if !vacant.is_empty() {
        table.footer.push(cx.t.with("advisors-vacant", &[("fields", keep::joined(&vacant, cx.t))]));
    }
    table.footer.push(cx.t.say("report-rp-26-signatures"));
    Ok(table)
}
