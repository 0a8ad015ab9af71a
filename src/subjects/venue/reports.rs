//! The reports on the premises: the week's sheet to post on the door (RP-10), and who used them how long (fairness, G-6.1.1).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::desk::view::{Bar, Chart};
use crate::subjects::zones::records as zones;
use crate::subjects::{keep, org_name, orgs};
use crate::values::dates;

use super::records;
use super::rules::Status;

/// The reports it can make.
pub(crate) static REPORTS: &[ReportSpec] = &[
    ReportSpec { name: "rp-10", posts: &[], make: week, chart: None },
    ReportSpec { name: "venue-hours", posts: &[], make: hours, chart: Some(chart) },
];

/// Who is where, by day and time; nothing in it that may not hang on a door (RULES §5.3).
fn week(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let columns = ["day", "hours", "zone", "org", "purpose", "status"];
    let mut table = Table {
        title: cx.t.say("report-rp-10"),
        notes: vec![keep::period(cx, from, to)],
        columns: columns.map(|name| cx.t.say(&format!("venue-{name}"))).to_vec(),
        numbers: vec![false; columns.len()],
        ..Table::default()
    };
    let mut last = None;
    for booking in records::held(cx.db, from, to)? {
        let day = booking.day();
        let said =
            if last == Some(day) { String::new() } else { dates::short_day(day, cx.now.date(), cx.t.lang()) };
        let note = cx.catalog.calendar().day_note(day).filter(|_| last != Some(day)).unwrap_or_default();
        last = Some(day);
        let casework = booking.kind == "个案";
        table.rows.push(vec![
            keep::one_line(&format!("{said} {note}")),
            booking.hours().text(),
            zones::must_find(cx.db, booking.zone)?.name,
            org_name(cx, &booking.org),
            // Whose case is talked over is nobody's business.
            if casework { cx.t.say("venue-casework") } else { booking.purpose },
            match booking.status {
                Status::Pending => {
                    cx.catalog.show_word("booking_statuses", booking.status.word(), cx.t.lang())
                }
                _ => String::new(),
            },
        ]);
    }
    let n = table.rows.len().to_string();
    table.footer.push(cx.t.with("report-rp-10-foot", &[("n", n)]));
    Ok(table)
}

/// Minutes of each association in each month.
fn used(
    cx: &Cx<'_>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<BTreeMap<String, BTreeMap<String, i64>>, Refusal> {
    let mut months: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for (month, org, minutes) in records::used(cx.db, from, to)? {
        *months.entry(month).or_default().entry(org).or_default() += minutes;
    }
    Ok(months)
}

/// Minutes as hours with one decimal, `1.5`.
fn as_hours(minutes: i64) -> String {
    let tenths = (minutes * 10 + 30) / 60;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn hours(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let codes = orgs(cx.catalog);
    let months = used(cx, from, to)?;
    let mut columns = vec![cx.t.say("venue-month")];
    columns.extend(codes.iter().map(|code| org_name(cx, code)));
    columns.push(cx.t.say("venue-total"));
    let row = |label: String, of: &dyn Fn(&str) -> i64| {
        let each: Vec<i64> = codes.iter().map(|code| of(code)).collect();
        let mut cells = vec![label];
        cells.extend(each.iter().map(|minutes| as_hours(*minutes)));
        cells.push(as_hours(each.iter().sum()));
        cells
    };
    let mut rows: Vec<Vec<String>> = months
        .iter()
        .map(|(month, by)| row(month.clone(), &|code| by.get(code).copied().unwrap_or(0)))
        .collect();
    let total = |code: &str| months.values().filter_map(|by| by.get(code)).sum();
    rows.push(row(cx.t.say("venue-total"), &total));
    Ok(Table {
        title: cx.t.say("report-venue-hours"),
        notes: vec![keep::period(cx, from, to)],
        numbers: (0..columns.len()).map(|at| at > 0).collect(),
        columns,
        rows,
        footer: vec![sentence(cx, &months)],
    })
}

/// Who used most and least, in a sentence.
fn sentence(cx: &Cx<'_>, months: &BTreeMap<String, BTreeMap<String, i64>>) -> String {
    let total = |code: &str| months.values().filter_map(|by| by.get(code)).sum::<i64>();
    let members: Vec<(String, i64)> =
        cx.catalog.members().map(|a| (a.short.clone(), total(&a.code))).collect();
    let sum: i64 = members.iter().map(|(_, minutes)| minutes).sum();
    let most = members.iter().max_by_key(|(_, minutes)| *minutes);
    let least = members.iter().rev().min_by_key(|(_, minutes)| *minutes);
    let (Some((most, high)), Some((least, low))) = (most, least) else { return String::new() };
    let share = if sum == 0 { 0 } else { (high * 100 + sum / 2) / sum };
    let args = [
        ("sum", as_hours(sum)),
        ("most", most.clone()),
        ("high", as_hours(*high)),
        ("share", share.to_string()),
        ("least", least.clone()),
        ("low", as_hours(*low)),
    ];
    cx.t.with("venue-fairness", &args)
}

fn chart(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Chart, Refusal> {
    let months = used(cx, from, to)?;
    let total = |code: &str| months.values().filter_map(|by| by.get(code)).sum::<i64>();
    let bar = |code: &String| {
        let minutes = total(code);
        Bar { label: org_name(cx, code), series: String::new(), shown: as_hours(minutes), value: minutes }
    };
    Ok(Chart {
        heading: cx.t.say("report-venue-hours"),
        unit: cx.t.say("venue-unit-hours"),
        bars: orgs(cx.catalog).iter().map(bar).collect(),
        sentence: sentence(cx, &months),
    })
}
