//! The year's end 年终 as a checklist, in the order of RULES §3.12, with what the books say is done. What the office keeps no
//! record of here is said to be so and not guessed.

use chrono::{Datelike, NaiveDate};

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Table};
use crate::subjects::keep;
use crate::values::money::Fen;

use super::records;
use super::rules::Month;

/// Who may make it.
const READERS: &[&str] = &["accountant", "cashier", "secretary", "deputy_secretary"];

/// The reports.
pub(crate) static REPORTS: &[ReportSpec] =
    &[ReportSpec { name: "year-end", posts: READERS, make: year_end, chart: None }];

/// How a step of the year's end stands.
enum Stand {
    Done(String),
    Open(String),
    /// The office keeps it elsewhere.
    Elsewhere,
}

/// The checklist of the year in which the period ends, or of the present one where it ends later.
fn year_end(cx: &Cx<'_>, _from: NaiveDate, to: NaiveDate) -> Result<Table, Refusal> {
    let year = to.year().min(cx.now.date().year());
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(to);
    let (first, last) = (Month::of(day(1, 1)), Month::of(day(12, 1)));
    let end = records::year_end(cx.db, year)?;
    let so = |done: bool, id: &str, value: String| {
        let said = cx.t.with(&format!("report-year-end-{id}"), &[("value", value)]);
        if done { Stand::Done(said) } else { Stand::Open(said) }
    };
    let unposted = records::unposted(cx.db, first, last)?;
    let uncounted = records::uncounted(cx.db, last)?;
    let unreconciled = records::unreconciled(cx.db, last)?;
    // Nothing of the last month can be said to be done before it is over.
    let over = last.last() <= cx.now.date();
    let (held, funds) = (records::held(cx.db, last.last())?, records::in_funds(cx.db, last)?);
    let closed = end.closed == 12;
    let steps = [
        ("post", so(over && unposted == 0, "unposted", unposted.to_string())),
        ("count", so(over && uncounted.is_empty(), "uncounted", keep::joined(&uncounted, cx.t))),
        ("reconcile", so(over && unreconciled.is_empty(), "unreconciled", keep::joined(&unreconciled, cx.t))),
        ("advances", so(over && end.advances == 0, "advances-left", Fen(end.advances).to_string())),
        ("true-up", so(end.trued_up > 0, "true-ups", end.trued_up.to_string())),
        ("close", so(closed, "closed", end.closed.to_string())),
        ("carry", so(closed && held == funds, "carried", Fen(held).to_string())),
        ("compile", so(end.notices > 0, "notices", end.notices.to_string())),
        ("deliberate", Stand::Elsewhere),
        ("publish", Stand::Elsewhere),
        ("archive", Stand::Elsewhere),
    ];
    let row = |(at, (step, stand)): (usize, (&str, Stand))| {
        let (state, said) = match stand {
            Stand::Done(said) => ("done", said),
            Stand::Open(said) => ("open", said),
            Stand::Elsewhere => ("elsewhere", String::new()),
        };
        vec![
            (at + 1).to_string(),
            cx.t.say(&format!("report-year-end-step-{step}")),
            cx.t.say(&format!("report-year-end-is-{state}")),
            said,
        ]
    };
    let columns = ["no", "step", "state", "said"];
    Ok(Table {
        title: cx.t.say("report-year-end"),
        notes: vec![cx.t.with("report-year-end-of", &[("year", year.to_string())])],
        columns: columns.iter().map(|c| cx.t.say(&format!("report-year-end-{c}"))).collect(),
        numbers: columns.iter().map(|c| *c == "no").collect(),
        rows: steps.into_iter().enumerate().map(row).collect(),
        footer: vec![
            cx.t.with("report-made", &[("who", cx.who.name.clone()), ("on", cx.now.date().to_string())]),
        ],
    })
}
