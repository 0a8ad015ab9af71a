//! Reports about the people served: who holds a certificate and who does not, association by association (RP-38). No
//! name and no number of a person is in it.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::desk::view::{Bar, Chart};
use crate::subjects::cases::rules::percent;
use crate::subjects::{DESK, org_name, orgs};

use super::retention;

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] = &[
    ReportSpec { name: "rp-38", posts: DESK, make: coverage, chart: Some(coverage_chart) },
    ReportSpec { name: "retention", posts: retention::READERS, make: retention::table, chart: None },
];

struct Line {
    org: String,
    total: i64,
    certified: i64,
    reached: i64,
    verified: i64,
}

/// One line an association: known, certified, contacted in the period, looked over within a year of its end.
fn lines(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Line>, Refusal> {
    let since = super::lists::verify_since(cx, to);
    let sql = "SELECT count(*), coalesce(sum(cert_status = '持证'), 0), coalesce(sum(last_verified_on >= ?2), 0), \
               coalesce(sum(EXISTS (SELECT 1 FROM case_client l JOIN case_record c ON c.id = l.case_id \
               WHERE l.client_id = client.id AND c.received_at >= ?3 AND c.received_at < ?4)), 0) \
               FROM client WHERE org = ?1 AND voided_on IS NULL";
    let end = (to + chrono::Days::new(1)).to_string();
    let mut statement = cx.db.prepare_cached(sql)?;
    let mut lines = Vec::new();
    for org in orgs(cx.catalog) {
        let line =
            statement.query_row(rusqlite::params![org, since.to_string(), from.to_string(), end], |row| {
                Ok(Line {
                    org: org_name(cx, &org),
                    total: row.get(0)?,
                    certified: row.get(1)?,
                    verified: row.get(2)?,
                    reached: row.get(3)?,
                })
            })?;
        lines.push(line);
    }
    Ok(lines)
}

fn coverage(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let share = |part, whole| percent(part, whole).map(|p| format!("{p}%")).unwrap_or_default();
    let lines = lines(cx, from, to)?;
    let sum = |f: fn(&Line) -> i64| lines.iter().map(f).sum::<i64>();
    let row = |l: &Line| {
        vec![
            l.org.clone(),
            l.total.to_string(),
            l.certified.to_string(),
            (l.total - l.certified).to_string(),
            share(l.certified, l.total),
            l.reached.to_string(),
            share(l.reached, l.total),
            l.verified.to_string(),
        ]
    };
    let mut rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    let all = Line {
        org: cx.t.say("report-total"),
        total: sum(|l| l.total),
        certified: sum(|l| l.certified),
        reached: sum(|l| l.reached),
        verified: sum(|l| l.verified),
    };
    rows.push(row(&all));
    let columns =
        ["association", "total", "certified", "uncertified", "share", "reached", "coverage", "verified"];
    Ok(Table {
        title: cx.t.say("report-rp-38"),
        notes: vec![crate::subjects::keep::period(cx, from, to), cx.t.say("report-rp-38-note")],
        columns: columns.iter().map(|c| cx.t.say(&format!("report-rp-38-{c}"))).collect(),
        numbers: columns.iter().map(|c| *c != "association").collect(),
        rows,
        footer: vec![
            cx.t.with("report-made", &[("who", cx.who.name.clone()), ("on", cx.now.date().to_string())]),
        ],
    })
}

fn coverage_chart(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Chart, Refusal> {
    let lines = lines(cx, from, to)?;
    let bar = |l: &Line| Bar {
        label: l.org.clone(),
        series: String::new(),
        shown: format!("{}/{}", l.certified, l.total),
        value: l.total,
    };
    let sentence = |l: &Line| {
        let args =
            [("org", l.org.clone()), ("certified", l.certified.to_string()), ("total", l.total.to_string())];
        cx.t.with("report-rp-38-sentence", &args)
    };
    let said: Vec<String> = lines.iter().map(sentence).collect();
    Ok(Chart {
        heading: cx.t.say("report-rp-38"),
        unit: cx.t.say("unit-people"),
        bars: lines.iter().map(bar).collect(),
        sentence: crate::subjects::keep::joined(&said, cx.t),
    })
}
