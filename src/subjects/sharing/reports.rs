//! The statement of shared costs (RP-17b, G-6.4.1b): what was spent by account and what of it each association bore, what it
//! gave, what is still owed or given back. An association sees its own column.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::journal::building;
use crate::subjects::journal::reports::{READERS, yuan};
use crate::subjects::{org_name, orgs};
use crate::values::money::Fen;

use super::{plan, records};

/// Who may ask for the statement: those who may see all the money, and each association for itself.
pub(crate) const POSTS: &[&str] = &[
    "secretary",
    "deputy_secretary",
    "accountant",
    "cashier",
    "supervisor",
    "association_head",
    "liaison",
    "council_member",
];

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "rp-17b", posts: POSTS, make: statement, chart: None }];

/// The parties this person may see.
fn seen(cx: &Cx<'_>, parties: Vec<String>) -> Vec<String> {
    let own = cx.who.associations();
    if own.is_empty() && cx.who.holds(READERS) {
        return parties;
    }
    parties.into_iter().filter(|org| own.contains(&org.as_str())).collect()
}

fn statement(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let period = [("from", from.to_string()), ("to", to.to_string())];
    let mut table = Table {
        title: cx.t.say("report-rp-17b"),
        notes: vec![cx.t.with("report-period", &period), cx.t.say("report-posted-only")],
        footer: vec![
            cx.t.with("report-made", &[("who", cx.who.name.clone()), ("on", cx.now.date().to_string())]),
        ],
        ..Table::default()
    };
    table.columns = vec![cx.t.say("report-money-account"), cx.t.say("report-rp-17b-all")];
    let rule = records::on(cx.db, to.min(cx.now.date()).max(from), &orgs(cx.catalog))?;
    let (Some(pool), Some(rule)) = (building::pool(cx)?, rule) else {
        table.numbers = vec![false, true];
        table.footer.insert(0, cx.t.say("report-rp-17b-none"));
        return Ok(table);
    };
    let parties: Vec<String> =
        rule.weights.iter().filter(|(_, weight)| *weight > 0).map(|(org, _)| org.clone()).collect();
    let seen = seen(cx, parties.clone());
    table.columns.extend(seen.iter().map(|org| org_name(cx, org)));
    table.numbers = std::iter::once(false).chain(std::iter::repeat_n(true, seen.len() + 1)).collect();
    let args = [
        ("no", rule.no.clone()),
        ("agreement", rule.agreement.clone()),
        ("weights", plan::said(cx, &rule.weights)),
        ("fund", pool.name.clone()),
    ];
    table.notes.push(cx.t.with("report-rp-17b-rule", &args));
    let mut row = |label: String, of: &dyn Fn(&str) -> Fen| {
        let all: i64 = parties.iter().map(|org| of(org).0).sum();
        let mut cells = vec![label, yuan(cx, Fen(all))];
        cells.extend(seen.iter().map(|org| yuan(cx, of(org))));
        table.rows.push(cells);
    };
    let mut by_account: BTreeMap<String, Vec<(String, Fen)>> = BTreeMap::new();
    for ((account, org), amount) in plan::cost(cx, pool.id, from, to)? {
        by_account.entry(account).or_default().push((org, amount));
    }
    let find = |all: &[(String, Fen)], org: &str| {
        all.iter().find(|(o, _)| o == org).map_or(Fen::ZERO, |(_, amount)| *amount)
    };
    for (account, charged) in &by_account {
        let borne = plan::borne(&rule, charged)?;
        row(cx.catalog.account_name(account, cx.t.lang()), &|org| find(&borne, org));
    }
    let standing = plan::standing(cx, &rule, pool.id, from, to)?;
    let of = |org: &str| {
        standing
            .iter()
            .find(|(o, _, _)| o == org)
            .map_or((Fen::ZERO, Fen::ZERO), |(_, borne, gave)| (*borne, *gave))
    };
    row(cx.t.say("report-rp-17b-borne"), &|org| of(org).0);
    row(cx.t.say("report-rp-17b-gave"), &|org| of(org).1);
    row(cx.t.say("report-rp-17b-due"), &|org| Fen(of(org).0.0 - of(org).1.0));
    for run in records::runs(cx.db, rule.id, 100)?.iter().rev().filter(|run| run.to >= from && run.from <= to)
    {
        let args = [
            ("no", run.no.clone()),
            ("from", run.from.to_string()),
            ("to", run.to.to_string()),
            ("total", run.total.plain()),
            ("voucher", run.voucher.clone()),
        ];
        let at = table.footer.len() - 1;
        table.footer.insert(at, cx.t.with("report-rp-17b-run", &args));
    }
    Ok(table)
}
