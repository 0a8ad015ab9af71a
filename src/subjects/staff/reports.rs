//! The staff ledger (RP-16): everybody who worked here in a time, what they can do, what runs out. Private numbers are masked.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::{keep, org_name};
use crate::values::mask;

use super::{pages, records};

/// The reports it can make.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "rp-16", posts: super::KEEPERS, make: ledger, chart: None }];

fn ledger(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let columns =
        ["code", "name", "kind", "org", "role", "skills", "availability", "phone", "joined_on", "left_on"];
    let mut table = Table {
        title: cx.t.say("report-rp-16"),
        notes: vec![keep::period(cx, from, to)],
        columns: columns.map(|name| cx.t.say(&format!("staff-{name}"))).to_vec(),
        numbers: vec![false; columns.len()],
        ..Table::default()
    };
    let day = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    for who in records::between(cx.db, from, to)? {
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
        ]);
    }
    let n = table.rows.len().to_string();
    table.footer.push(cx.t.with("report-rp-16-foot", &[("n", n)]));
    Ok(table)
}
