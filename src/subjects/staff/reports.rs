//! The staff ledger (RP-16): everybody who worked here in a time, what they can do, how long they served. Private numbers are
//! masked.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::shifts::{plan, records as shifts};
use crate::subjects::{keep, org_name};
use crate::values::mask;

use super::{pages, records};

/// The reports it can make.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "rp-16", posts: super::KEEPERS, make: ledger, chart: None }];

fn ledger(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let columns = [
        "staff-code",
        "staff-name",
        "staff-kind",
        "staff-org",
        "staff-role",
        "staff-skills",
        "staff-availability",
        "staff-phone",
        "staff-joined_on",
        "staff-left_on",
        "shifts-times",
        "shifts-worked",
    ];
    let mut table = Table {
        title: cx.t.say("report-rp-16"),
        notes: vec![keep::period(cx, from, to)],
        columns: columns.map(|name| cx.t.say(name)).to_vec(),
        numbers: (0..columns.len()).map(|at| at >= 10).collect(),
        ..Table::default()
    };
    let day = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    let mut sum = 0;
    for who in records::between(cx.db, from, to)? {
        let (times, minutes) = shifts::worked(cx.db, who.id, from, to)?;
        sum += minutes;
        table.rows.push(vec![
            who.code.clone(),
            who.name.clone(),
            cx.catalog.show_word("staff_kinds", &who.kind, cx.t.lang()),
            org_name(cx, &who.org),
            who.role.clone(),
            pages::words(cx, "skills", &who.skills),
            pages::comes(cx, &who),
            mask::phone(&who.phone),
            day(who.joined),
            day(who.left),
            times.to_string(),
            plan::as_hours(minutes),
        ]);
    }
    let n = table.rows.len().to_string();
    table.footer.push(cx.t.with("report-rp-16-foot", &[("n", n), ("hours", plan::as_hours(sum))]));
    Ok(table)
}
