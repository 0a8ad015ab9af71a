//! The report of a stocktake 盘点报告 (RP-15): what was looked for, what differs and what was decided, the notice to every
//! association with its objections, and the lines to be signed; and the sheet of all lines, for paper.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::tallies::counting::place_name;
use crate::subjects::tallies::records::{self as tallies, Tally};
use crate::subjects::{keep, org_name};

use super::pages;
use super::records::{self, Stocktake};
use super::rules::Status;

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] = &[
    ReportSpec { name: "rp-15", posts: &[], make: report, chart: None },
    ReportSpec { name: "stocktake-sheet", posts: &[], make: sheet, chart: None },
];

const COLUMNS: [&str; 10] =
    ["tag", "name", "owner", "place", "status", "result", "found", "decision", "reason", "counter"];

fn labels(cx: &Cx<'_>) -> Vec<String> {
    COLUMNS.iter().map(|name| cx.t.say(&format!("report-rp-15-{name}"))).collect()
}

/// Only what an association may see: its own, and what nobody knows.
fn visible(cx: &Cx<'_>, line: &Tally) -> bool {
    let mine = cx.who.associations();
    mine.is_empty() || line.owner.is_empty() || mine.contains(&line.owner.as_str())
}

fn row(cx: &Cx<'_>, line: &Tally) -> Result<Vec<String>, Refusal> {
    let word = |set: &str, word: &str| cx.catalog.show_word(set, word, cx.t.lang());
    let place = |place: Option<i64>| match place {
        Some(_) => place_name(cx, place),
        None => Ok(String::new()),
    };
    let by = [line.counted_by.clone(), line.checked_by.clone()];
    Ok(vec![
        line.tag.clone(),
        line.name.clone(),
        if line.owner.is_empty() { String::new() } else { org_name(cx, &line.owner) },
        keep::one_line(&format!("{} {}", place(line.book.place)?, line.shelf)),
        if line.book.status.is_empty() { String::new() } else { word("asset_statuses", &line.book.status) },
        line.found.map(|found| word("tally_results", found.word())).unwrap_or_default(),
        place(line.found_place)?,
        line.decision.map(|d| word("tally_decisions", d.word())).unwrap_or_default(),
        keep::one_line(&format!("{} {}", line.reason, line.done)),
        by.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join("/"),
    ])
}

/// The last stocktake begun in the period, with its head; none where there was none.
fn head(
    cx: &Cx<'_>,
    title: &str,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<(Table, Option<Stocktake>), Refusal> {
    let of = records::last_within(cx.db, &from.to_string(), &to.to_string())?;
    let mut table = Table {
        title: cx.t.say(title),
        notes: vec![keep::period(cx, from, to)],
        columns: labels(cx),
        numbers: vec![false; COLUMNS.len()],
        ..Table::default()
    };
    match &of {
        None => table.notes.push(cx.t.say("report-rp-15-none")),
        Some(of) => {
            let numbers = tallies::numbers(cx.db, of.id)?;
            let status = cx.catalog.show_word("stocktake_statuses", of.status.word(), cx.t.lang());
            let args = [
                ("no", of.no.clone()),
                ("scope", pages::scope(cx, of)?),
                ("at", of.frozen_at.replace('T', " ")),
                ("status", status),
            ];
            table.notes.push(cx.t.with("report-rp-15-of", &args));
            let args = [
                ("expected", numbers.expected.to_string()),
                ("counted", numbers.counted.to_string()),
                ("differences", numbers.differences.to_string()),
            ];
            table.notes.push(cx.t.with("report-rp-15-numbers", &args));
            if of.blind {
                table.notes.push(cx.t.say("report-rp-15-blind"));
            }
        }
    }
    Ok((table, of))
}

/// The report: what differs, and the sums.
fn report(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let (mut table, of) = head(cx, "report-rp-15", from, to)?;
    let Some(of) = of else { return Ok(table) };
    for line in tallies::differences(cx.db, of.id)?.iter().filter(|line| visible(cx, line)) {
        table.rows.push(row(cx, line)?);
    }
    for (found, n) in tallies::by_result(cx.db, of.id)? {
        let word = cx.catalog.show_word("tally_results", found.word(), cx.t.lang());
        table.footer.push(cx.t.with("report-rp-15-sum", &[("result", word), ("n", n.to_string())]));
    }
    let own = tallies::own_counters(cx.db, of.id)?;
    if !own.is_empty() {
        table.footer.push(cx.t.with("stocktakes-own", &[("who", keep::joined(&own, cx.t))]));
    }
    notice(cx, &of, &mut table)?;
    table.footer.push(cx.t.say("report-rp-15-signatures"));
    for member in cx.catalog.members() {
        let args = [("org", org_name(cx, &member.code))];
        table.footer.push(cx.t.with("report-rp-15-signature-of", &args));
    }
    Ok(table)
}

/// The notice to the associations: how long, and what they said.
fn notice(cx: &Cx<'_>, of: &Stocktake, table: &mut Table) -> Result<(), Refusal> {
    if !matches!(of.status, Status::Published | Status::Archived) {
        table.footer.push(cx.t.say("report-rp-15-unpublished"));
        return Ok(());
    }
    let args = [("from", of.published_on.clone()), ("until", of.notice_until.clone())];
    table.footer.push(cx.t.with("report-rp-15-notice", &args));
    let said = records::objections(cx.db, of.id)?;
    if said.is_empty() {
        table.footer.push(cx.t.say("report-rp-15-no-objection"));
    }
    for objection in said {
        let reply = match objection.reply.is_empty() {
            true => cx.t.say("report-rp-15-no-reply"),
            false => objection.reply,
        };
        let args = [
            ("org", org_name(cx, &objection.org)),
            ("day", objection.raised_on),
            ("text", objection.text),
            ("reply", reply),
        ];
        table.footer.push(cx.t.with("report-rp-15-objection", &args));
    }
    Ok(())
}

/// Every line, in the order of the shelves.
fn sheet(cx: &Cx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let (mut table, of) = head(cx, "report-stocktake-sheet", from, to)?;
    let Some(of) = of else { return Ok(table) };
    for line in tallies::every(cx.db, of.id)?.iter().filter(|line| visible(cx, line)) {
        table.rows.push(row(cx, line)?);
    }
    table.footer.push(cx.t.say("report-rp-15-signatures"));
    Ok(table)
}
