//! The reports on what people do: hours of volunteers, and how the associations fare against one another (G-6.3.2, RP-16).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::desk::view::{Bar, Chart};
use crate::subjects::staff::records as staff;
use crate::subjects::{keep, org_name};

use super::{plan, records};

/// The reports it can make.
pub(crate) static REPORTS: &[ReportSpec] = &[
    ReportSpec { name: "volunteer-hours", posts: &[], make: volunteers, chart: None },
    ReportSpec { name: "staff-hours", posts: &[], make: hours, chart: Some(chart) },
];

/// Every volunteer with what they did.
fn volunteers(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let columns =
        ["staff-name", "staff-code", "staff-volunteer_no", "staff-org", "shifts-times", "shifts-worked"];
    let mut table = Table {
        title: cx.t.say("report-volunteer-hours"),
        notes: vec![keep::period(cx, from, to)],
        columns: columns.map(|name| cx.t.say(name)).to_vec(),
        numbers: vec![false, false, false, false, true, true],
        ..Table::default()
    };
    let mut sum = 0;
    for who in staff::between(cx.db, from, to)?.into_iter().filter(|who| who.kind == "志愿者") {
        let (times, minutes) = records::worked(cx.db, who.id, from, to)?;
        sum += minutes;
        table.rows.push(vec![
            who.name.clone(),
            who.code.clone(),
            who.volunteer_no.clone(),
            org_name(cx, &who.org),
            times.to_string(),
            plan::as_hours(minutes),
        ]);
    }
    let args = [("n", table.rows.len().to_string()), ("hours", plan::as_hours(sum))];
    table.footer.push(cx.t.with("report-volunteer-hours-foot", &args));
    Ok(table)
}

/// Minutes each association had from others, had from its own people, and lent to others.
#[derive(Default, Clone, Copy)]
struct Share {
    had: i64,
    own: i64,
    lent: i64,
}

fn shares(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<BTreeMap<String, Share>, Refusal> {
    let mut found: BTreeMap<String, Share> = BTreeMap::new();
    for load in records::loads(cx.db, plan::days(from, to))? {
        if load.home == load.org {
            found.entry(load.org).or_default().own += load.minutes;
        } else {
            found.entry(load.org).or_default().had += load.minutes;
            found.entry(load.home).or_default().lent += load.minutes;
        }
    }
    Ok(found)
}

/// What each association had and lent.
fn hours(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let shares = shares(cx, from, to)?;
    let columns = ["shifts-org", "shifts-had", "shifts-own-people", "shifts-lent"];
    let rows = crate::subjects::orgs(cx.catalog).into_iter().map(|code| {
        let share = shares.get(&code).copied().unwrap_or_default();
        let each = [share.had, share.own, share.lent].map(plan::as_hours);
        std::iter::once(org_name(cx, &code)).chain(each).collect()
    });
    Ok(Table {
        title: cx.t.say("report-staff-hours"),
        notes: vec![keep::period(cx, from, to)],
        columns: columns.map(|name| cx.t.say(name)).to_vec(),
        numbers: vec![false, true, true, true],
        rows: rows.collect(),
        footer: vec![sentence(cx, &shares)],
    })
}

/// Who had most and least, in a sentence.
fn sentence(cx: &Cx<'_>, shares: &BTreeMap<String, Share>) -> String {
    let total = |code: &str| shares.get(code).map_or(0, |share| share.had + share.own);
    let members: Vec<(String, i64)> =
        cx.catalog.members().map(|a| (org_name(cx, &a.code), total(&a.code))).collect();
    let most = members.iter().max_by_key(|(_, minutes)| *minutes);
    let least = members.iter().rev().min_by_key(|(_, minutes)| *minutes);
    let (Some((most, high)), Some((least, low))) = (most, least) else { return String::new() };
    let sum: i64 = members.iter().map(|(_, minutes)| minutes).sum();
    let args = [
        ("sum", plan::as_hours(sum)),
        ("most", most.clone()),
        ("high", plan::as_hours(*high)),
        ("least", least.clone()),
        ("low", plan::as_hours(*low)),
    ];
    cx.t.with("shifts-fairness", &args)
}

fn chart(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Chart, Refusal> {
    let shares = shares(cx, from, to)?;
    let bar = |code: &String| {
        let minutes = shares.get(code).map_or(0, |share| share.had + share.own);
        Bar {
            label: org_name(cx, code),
            series: String::new(),
            shown: plan::as_hours(minutes),
            value: minutes,
        }
    };
    Ok(Chart {
        heading: cx.t.say("report-staff-hours"),
        unit: cx.t.say("shifts-unit-hours"),
        bars: crate::subjects::orgs(cx.catalog).iter().map(bar).collect(),
        sentence: sentence(cx, &shares),
    })
}
