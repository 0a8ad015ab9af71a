//! The ledger of loans (RP-14), and how fairly the associations lend to one another (G-6.2.2).

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::desk::view::{Bar, Chart};
use crate::subjects::assets::records as assets;
use crate::subjects::{keep, org_name, orgs};

use super::records;
use super::rules::Status;

/// The reports it can make.
pub(crate) static REPORTS: &[ReportSpec] = &[
    ReportSpec { name: "rp-14", posts: &[], make: ledger, chart: None },
    ReportSpec { name: "loan-days", posts: &[], make: days, chart: Some(chart) },
];

/// Every request that begins in the period, with its way.
fn ledger(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let columns = [
        "no",
        "number",
        "asset",
        "owner",
        "org",
        "borrower",
        "purpose",
        "from_on",
        "due_on",
        "out_on",
        "returned_on",
        "returned_state",
        "status",
        "late",
    ];
    let mut table = Table {
        title: cx.t.say("report-rp-14"),
        notes: vec![keep::period(cx, from, to)],
        columns: columns.map(|name| cx.t.say(&format!("loans-{name}"))).to_vec(),
        numbers: columns.map(|name| name == "late").to_vec(),
        ..Table::default()
    };
    let today = cx.now.date();
    let (mut out, mut overdue) = (0, 0);
    for loan in records::within(cx.db, from, to)? {
        let asset = loan.asset.map(|id| assets::must_find(cx.db, id)).transpose()?;
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let late = loan.returned_on.map_or(loan.late(today), |back| (back - loan.days.to).num_days()).max(0);
        out += usize::from(loan.status == Status::Out);
        overdue += usize::from(loan.late(today) > 0);
        table.rows.push(vec![
            loan.no.clone(),
            asset.as_ref().map(|a| a.no.clone()).unwrap_or_default(),
            asset.as_ref().map_or(loan.wanted.clone(), |a| a.name.clone()),
            asset.as_ref().map(|a| org_name(cx, &a.owner)).unwrap_or_default(),
            org_name(cx, &loan.org),
            loan.borrower.clone(),
            loan.purpose.clone(),
            loan.days.from.to_string(),
            loan.days.to.to_string(),
            day(loan.out_on),
            day(loan.returned_on),
            cx.catalog.show_word("returned_states", &loan.returned_state, cx.t.lang()),
            cx.catalog.show_word("loan_statuses", loan.status.word(), cx.t.lang()),
            if late > 0 { late.to_string() } else { String::new() },
        ]);
    }
    let args = [("n", table.rows.len().to_string()), ("out", out.to_string()), ("late", overdue.to_string())];
    table.footer.push(cx.t.with("report-rp-14-foot", &args));
    table.footer.push(cx.t.say("report-rp-14-sign"));
    Ok(table)
}

/// Days lent: who lent, who had it.
fn used(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<(String, String, i64)>, Refusal> {
    let month = |day: NaiveDate| day.format("%Y-%m").to_string();
    records::used(cx.db, &month(from), &month(to))
}

fn days(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let codes = orgs(cx.catalog);
    let used = used(cx, from, to)?;
    let of = |owner: &str, org: &str| -> i64 {
        used.iter().filter(|(o, b, _)| o == owner && b == org).map(|(_, _, days)| days).sum()
    };
    let mut columns = vec![cx.t.say("loans-lender")];
    columns.extend(codes.iter().map(|code| org_name(cx, code)));
    columns.push(cx.t.say("loans-total"));
    let row = |label: String, each: Vec<i64>| {
        let sum: i64 = each.iter().sum();
        let mut cells = vec![label];
        cells.extend(each.iter().chain([&sum]).map(i64::to_string));
        cells
    };
    let mut rows: Vec<Vec<String>> = codes
        .iter()
        .map(|owner| row(org_name(cx, owner), codes.iter().map(|org| of(owner, org)).collect()))
        .collect();
    let had = |org: &String| codes.iter().map(|owner| of(owner, org)).sum();
    rows.push(row(cx.t.say("loans-total"), codes.iter().map(had).collect()));
    Ok(Table {
        title: cx.t.say("report-loan-days"),
        notes: vec![keep::period(cx, from, to), cx.t.say("loans-days-note")],
        numbers: (0..columns.len()).map(|at| at > 0).collect(),
        columns,
        rows,
        footer: vec![sentence(cx, &used)],
    })
}

/// Who lent most and least against their share, in a sentence.
fn sentence(cx: &Cx<'_>, used: &[(String, String, i64)]) -> String {
    let all: i64 = used.iter().map(|(_, _, days)| days).sum();
    let weights: u32 = cx.catalog.members().map(|a| a.weight).sum();
    let far = |a: &crate::catalog::Association| {
        let days = used.iter().filter(|(owner, ..)| *owner == a.code).map(|(_, _, days)| days).sum();
        (super::rules::distance(days, all, a.weight, weights), org_name(cx, &a.code))
    };
    let each: Vec<(i64, String)> = cx.catalog.members().map(far).collect();
    let (Some(most), Some(least)) = (each.iter().max(), each.iter().min()) else { return String::new() };
    let percent = |far: i64| ((far.abs() + 5) / 10).to_string();
    let args = [
        ("days", all.to_string()),
        ("most", most.1.clone()),
        ("over", percent(most.0)),
        ("least", least.1.clone()),
        ("under", percent(least.0)),
    ];
    cx.t.with("loans-fairness", &args)
}

fn chart(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Chart, Refusal> {
    let used = used(cx, from, to)?;
    let bar = |code: &String| {
        let days: i64 = used.iter().filter(|(owner, ..)| owner == code).map(|(_, _, days)| days).sum();
        Bar { label: org_name(cx, code), series: String::new(), shown: days.to_string(), value: days }
    };
    Ok(Chart {
        heading: cx.t.say("report-loan-days"),
        unit: cx.t.say("loans-unit-days"),
        bars: orgs(cx.catalog).iter().map(bar).collect(),
        sentence: sentence(cx, &used),
    })
}
