//! RP-11: the ledger of training, and who is short of it by when, each with the lines to be signed (G-6.3.3, N-3.3, M-3.1).

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::attendance::records as attendances;
use crate::subjects::{keep, org_name};

use super::frequency::Quota;
use super::gaps::{self, Standing};
use super::{pages, records, rules};

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] = &[
    ReportSpec { name: "rp-11", posts: &[], make: ledger, chart: None },
    ReportSpec { name: "rp-11-gaps", posts: &[], make: gap_list, chart: None },
];

const LEDGER: [&str; 11] =
    ["no", "on", "title", "kind", "hours", "trainer", "place", "materials", "audience", "came", "names"];

/// Every session of the period with who was there.
fn ledger(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let mut table = Table {
        title: cx.t.say("report-rp-11"),
        notes: vec![keep::period(cx, from, to)],
        columns: LEDGER.iter().map(|c| cx.t.say(&format!("report-rp-11-{c}"))).collect(),
        numbers: LEDGER.iter().map(|c| *c == "hours" || *c == "came").collect(),
        rows: Vec::new(),
        footer: Vec::new(),
    };
    let lang = cx.t.lang();
    let orgs = cx.who.associations();
    let (mut heads, mut minutes) = (0, 0);
    for about in records::between(cx.db, from, to)? {
        let mut came = attendances::of_session(cx.db, about.id)?;
        came.retain(|a| a.status == "已到" && (orgs.is_empty() || orgs.contains(&a.org.as_str())));
        heads += came.len();
        minutes += came.iter().filter_map(|a| a.minutes).sum::<i64>();
        let names: Vec<String> = came.iter().map(|a| a.name.clone()).collect();
        let materials: Vec<String> = keep::parts(&about.materials)
            .iter()
            .map(|m| cx.catalog.show_word("material_formats", m, lang))
            .collect();
        table.rows.push(vec![
            about.no.clone(),
            about.on.to_string(),
            about.title.clone(),
            cx.catalog.show_word("training_kinds", &about.kind, lang),
            rules::hours(about.minutes),
            about.trainer.clone(),
            pages::zone(cx, &about)?,
            keep::joined(&materials, cx.t),
            keep::joined(&keep::parts(&about.audience), cx.t),
            came.len().to_string(),
            if names.is_empty() {
                cx.catalog.show_word("training_statuses", about.status.word(), lang)
            } else {
                keep::joined(&names, cx.t)
            },
        ]);
    }
    let args = [
        ("sessions", table.rows.len().to_string()),
        ("people", heads.to_string()),
        ("hours", rules::hours(minutes)),
    ];
    table.footer.push(cx.t.with("report-rp-11-sum", &args));
    let short = gaps::all(cx, to.min(cx.now.date()))?;
    let short = short.iter().filter(|s| owes(s)).count();
    table.footer.push(cx.t.with("report-rp-11-short", &[("n", short.to_string())]));
    table.footer.push(cx.t.say("report-rp-11-signatures"));
    if table.rows.is_empty() {
        let mut none = vec![String::new(); LEDGER.len()];
        none.splice(2..3, [cx.t.say("report-rp-11-none")]);
        table.rows.push(none);
    }
    Ok(table)
}

fn owes(standing: &Standing) -> bool {
    standing.stand.short() > 0 || standing.stand.missed.is_some()
}

const GAPS: [&str; 10] =
    ["code", "name", "org", "kind", "rule-column", "count", "need", "missed", "by", "state"];

/// How everyone whom a quota counts stands at the end of the period; those who owe something first.
fn gap_list(cx: &Cx<'_>, _from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let on = to.min(cx.now.date());
    let days = cx.catalog.rule("training_reminder").value;
    let mut all = gaps::all(cx, on)?;
    let rank = |s: &Standing| match () {
        () if s.stand.overdue(on) => 0,
        () if s.stand.pressing(s.quota, on, days) => 1,
        () if owes(s) => 2,
        () => 3,
    };
    all.sort_by_key(|s| (rank(s), s.stand.by, s.person.code.clone()));
    let row = |s: &Standing| {
        let rule = match s.quota {
            Quota::EachYear => "training-quota-year",
            Quota::FiveYears => "training-quota-five",
        };
        let state = ["overdue", "pressing", "open", "whole"].get(rank(s)).copied().unwrap_or("whole");
        vec![
            s.person.code.clone(),
            s.person.name.clone(),
            org_name(cx, &s.person.org),
            cx.catalog.show_word("staff_kinds", &s.person.kind, cx.t.lang()),
            cx.t.say(rule),
            s.stand.count.to_string(),
            s.stand.need.to_string(),
            s.stand.missed.map(|(year, n)| format!("{year}: {n}")).unwrap_or_default(),
            s.stand.by.map(|day| day.to_string()).unwrap_or_default(),
            cx.t.say(&format!("training-state-{state}")),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    let owing = all.iter().filter(|s| owes(s)).count();
    let args = [("n", owing.to_string()), ("all", all.len().to_string())];
    Ok(Table {
        title: cx.t.say("report-rp-11-gaps"),
        notes: vec![
            cx.t.with("report-rp-11-gaps-on", &[("on", on.to_string())]),
            cx.t.say("report-rp-11-gaps-rule"),
        ],
        columns: GAPS.iter().map(|c| cx.t.say(&format!("report-rp-11-gaps-{c}"))).collect(),
        numbers: GAPS.iter().map(|c| matches!(*c, "count" | "need")).collect(),
        rows,
        footer: vec![cx.t.with("report-rp-11-gaps-sum", &args), cx.t.say("report-rp-11-signatures")],
    })
}
