//! The service ledger (RP-23) and the statistics of routing, timeliness and visits (RP-27). Names are masked: a ledger is
//! passed around.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::desk::view::{Bar, Chart};
use crate::subjects::people::{records as people, said};
use crate::subjects::{DESK, keep, org_name, orgs};
use crate::values::mask;

use super::fields as f;
use super::records::{self, Case};
use super::rules::{on_time, percent};

/// Rows of a ledger at most; more than a year of a busy county.
const ROWS: usize = 100_000;

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] = &[
    ReportSpec { name: "rp-23", posts: DESK, make: ledger, chart: None },
    ReportSpec { name: "rp-27", posts: DESK, make: statistics, chart: Some(statistics_chart) },
];

/// The cases that came in within a period, oldest first.
fn within(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Case>, Refusal> {
    let end = to + chrono::Days::new(1);
    let period = [from.to_string(), end.to_string()];
    records::select(cx.db, "received_at >= ?1 AND received_at < ?2", "received_at, id", ROWS, period)
}

fn labels(cx: &Cx<'_>, report: &str, columns: &[&str]) -> Vec<String> {
    columns.iter().map(|c| cx.t.say(&format!("report-{report}-{c}"))).collect()
}

fn made(cx: &Cx<'_>) -> String {
    cx.t.with("report-made", &[("who", cx.who.name.clone()), ("on", cx.now.date().to_string())])
}

fn ledger(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let cases = within(cx, from, to)?;
    let mut rows = Vec::with_capacity(cases.len());
    for case in &cases {
        let client = match case.client {
            Some(id) => people::find(cx.db, id)?.map(|who| mask::name(&who.name)),
            None => None,
        };
        let result = keep::load(cx, &f::RECORD, case.id)?;
        let field = |name: &str| keep::plain(keep::value(&f::RECORD, &result, name));
        let org = if case.lead.is_empty() { String::new() } else { org_name(cx, &case.lead) };
        let co: Vec<String> = case.co_orgs.iter().map(|org| org_name(cx, org)).collect();
        rows.push(vec![
            case.no.clone(),
            case.received_at.split('T').next().unwrap_or_default().to_owned(),
            said(cx, &f::CHANNEL, &case.channel),
            client.unwrap_or_else(|| cx.t.say("cases-no-client")),
            said(cx, &f::MATTER, &case.matter),
            case.content.lines().collect::<Vec<_>>().join(" "),
            org,
            keep::joined(&co, cx.t),
            case.handler.clone(),
            case.due.to_string(),
            said(cx, &f::STATUS, case.status.word()),
            case.closed_on.map(|day| day.to_string()).unwrap_or_default(),
            field("result"),
            said(cx, &f::SATISFACTION, &field("satisfaction")),
        ]);
    }
    let columns = [
        "no",
        "received",
        "channel",
        "client",
        "matter",
        "content",
        "lead",
        "co",
        "handler",
        "due",
        "status",
        "closed",
        "result",
        "satisfaction",
    ];
    Ok(Table {
        title: cx.t.say("report-rp-23"),
        notes: vec![
            keep::period(cx, from, to),
            cx.t.with("report-rp-23-note", &[("n", cases.len().to_string())]),
        ],
        columns: labels(cx, "rp-23", &columns),
        numbers: vec![false; columns.len()],
        rows,
        footer: vec![made(cx)],
    })
}

/// The figures of one group of cases.
#[derive(Debug, Clone, Default)]
struct Line {
    label: String,
    received: i64,
    closed: i64,
    on_time: i64,
    judged: i64,
    late_open: i64,
    coordinated: i64,
    once: i64,
    returned: i64,
    satisfied: i64,
    rated: i64,
}

impl Line {
    fn add(&mut self, cx: &Cx<'_>, case: &Case, returned: i64, satisfaction: &str) {
        let today = cx.now.date();
        self.received += 1;
        self.returned += returned;
        self.coordinated += i64::from(!case.co_orgs.is_empty());
        if case.closed_on.is_some() {
            self.closed += 1;
            self.once += i64::from(case.visits <= 1);
        } else {
            self.late_open += i64::from(case.status.open() && case.due < today);
        }
        if let Some(kept) = on_time(case.due, case.closed_on, today) {
            self.judged += 1;
            self.on_time += i64::from(kept);
        }
        // A person who could not be reached said nothing, neither way.
        if !satisfaction.is_empty() && satisfaction != "无法回访" {
            self.rated += 1;
            self.satisfied += i64::from(satisfaction != "不满意");
        }
    }

    fn row(&self, group: &str) -> Vec<String> {
        let share = |part, whole| percent(part, whole).map(|p| format!("{p}%")).unwrap_or_default();
        vec![
            group.to_owned(),
            self.label.clone(),
            self.received.to_string(),
            self.closed.to_string(),
            share(self.on_time, self.judged),
            self.late_open.to_string(),
            self.coordinated.to_string(),
            self.returned.to_string(),
            share(self.once, self.closed),
            share(self.satisfied, self.rated),
        ]
    }
}

/// One line for each value of something, in the order it is given, and empty ones left out except of associations.
fn grouped(
    cx: &Cx<'_>,
    cases: &[(Case, i64, String)],
    values: &[(String, String)],
    of: impl Fn(&Case) -> &str,
) -> Vec<Line> {
    let line = |(value, label): &(String, String)| {
        let mut line = Line { label: label.clone(), ..Line::default() };
        for (case, returned, satisfaction) in cases.iter().filter(|(case, _, _)| of(case) == value) {
            line.add(cx, case, *returned, satisfaction);
        }
        line
    };
    values.iter().map(line).collect()
}

/// The cases with how often they were returned and how they were rated.
fn judged(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<(Case, i64, String)>, Refusal> {
    let mut statement = cx
        .db
        .prepare_cached("SELECT returned_count, coalesce(satisfaction, '') FROM case_record WHERE id = ?1")?;
    let mut all = Vec::new();
    for case in within(cx, from, to)? {
        let (returned, satisfaction) =
            statement.query_row([case.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        all.push((case, returned, satisfaction));
    }
    Ok(all)
}

fn by_association(cx: &Cx<'_>, cases: &[(Case, i64, String)]) -> Vec<Line> {
    let mut values: Vec<(String, String)> =
        orgs(cx.catalog).into_iter().map(|org| (org.clone(), org_name(cx, &org))).collect();
    values.push((String::new(), cx.t.say("cases-nobody-leads")));
    grouped(cx, cases, &values, |case| &case.lead)
}

fn statistics(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let cases = judged(cx, from, to)?;
    let words = |set: &str| {
        let words = crate::subjects::set(cx.catalog, set);
        words
            .iter()
            .map(|w| (w.kept.clone(), crate::desk::reading::label(w, cx.t.lang()).to_owned()))
            .collect::<Vec<_>>()
    };
    let mut all = Line { label: cx.t.say("report-total"), ..Line::default() };
    for (case, returned, satisfaction) in &cases {
        all.add(cx, case, *returned, satisfaction);
    }
    let mut rows = vec![all.row("")];
    let groups = [
        ("association", by_association(cx, &cases)),
        ("matter", grouped(cx, &cases, &words("matters"), |case| &case.matter)),
        ("channel", grouped(cx, &cases, &words("channels"), |case| &case.channel)),
    ];
    for (group, lines) in groups {
        let label = cx.t.say(&format!("report-rp-27-{group}"));
        rows.extend(lines.iter().filter(|line| line.received > 0).map(|line| line.row(&label)));
    }
    let columns = [
        "group",
        "of",
        "received",
        "closed",
        "on-time",
        "late",
        "coordinated",
        "returned",
        "once",
        "satisfied",
    ];
    Ok(Table {
        title: cx.t.say("report-rp-27"),
        notes: vec![keep::period(cx, from, to), cx.t.say("report-rp-27-note")],
        columns: labels(cx, "rp-27", &columns),
        numbers: columns.iter().enumerate().map(|(at, _)| at > 1).collect(),
        rows,
        footer: vec![made(cx)],
    })
}

fn statistics_chart(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Chart, Refusal> {
    let cases = judged(cx, from, to)?;
    let lines: Vec<Line> = by_association(cx, &cases).into_iter().filter(|line| line.received > 0).collect();
    let bar = |l: &Line| Bar {
        label: l.label.clone(),
        series: String::new(),
        shown: l.received.to_string(),
        value: l.received,
    };
    let said: Vec<String> = lines.iter().map(|l| format!("{} {}", l.label, l.received)).collect();
    Ok(Chart {
        heading: cx.t.say("report-rp-27"),
        unit: cx.t.say("unit-cases"),
        bars: lines.iter().map(bar).collect(),
        sentence: keep::joined(&said, cx.t),
    })
}
