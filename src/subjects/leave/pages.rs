//! What is said about who is away: rows, the page of one, who is not there today.

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::keep;
use crate::subjects::shifts::plan::days;
use crate::subjects::shifts::{assign, records as shifts};
use crate::subjects::staff::plan_of_day;
use crate::subjects::staff::records as staff;
use crate::subjects::venue::rules::Hours;
use crate::values::dates;

use super::records::{self, Absence, COMES};

/// The columns of a list of absences.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![
        column("leave-staff", 4),
        column("leave-when", 14),
        column("leave-kind", 4),
        column("leave-reason", 8),
        column("leave-status", 3),
    ]
}

/// From when to when, as people say it: whole days without hours.
pub(crate) fn when(cx: &Cx<'_>, absence: &Absence) -> String {
    let day = |day| dates::short_day(day, cx.now.date(), cx.t.lang());
    let (from, to) = (absence.starts.date(), absence.ends.date());
    let plan = plan_of_day(cx);
    let minute = |at: chrono::NaiveDateTime| Hours::between(at, at).from;
    let whole = minute(absence.starts) <= plan.opens && minute(absence.ends) >= plan.closes;
    match (from == to, whole) {
        (true, true) => day(from),
        (true, false) => format!("{} {}", day(from), Hours::between(absence.starts, absence.ends).text()),
        (false, true) => format!("{} - {}", day(from), day(to)),
        (false, false) => {
            let at = |at: chrono::NaiveDateTime| format!("{} {}", day(at.date()), at.format("%H:%M"));
            format!("{} - {}", at(absence.starts), at(absence.ends))
        }
    }
}

fn kind(cx: &Cx<'_>, absence: &Absence) -> String {
    cx.catalog.show_word("absence_kinds", &absence.kind, cx.t.lang())
}

fn status(cx: &Cx<'_>, absence: &Absence) -> String {
    let word = if absence.holds { "有效" } else { "已取消" };
    cx.catalog.show_word("absence_statuses", word, cx.t.lang())
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(absence) = records::find(cx.db, *id)? else { continue };
        let who = staff::must_find(cx.db, absence.staff)?;
        rows.push(Row {
            reference: absence.no.clone(),
            brief: format!(
                "{} {} {}",
                keep::clip_cells(&who.name, 8),
                keep::short_day(absence.starts.date()),
                keep::clip_cells(&kind(cx, &absence), 5)
            ),
            cells: vec![
                who.name,
                when(cx, &absence),
                kind(cx, &absence),
                absence.reason.clone(),
                status(cx, &absence),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What the page of one says: who, when, why, and what they were asked to do then.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let absence = records::must_find(cx.db, id)?;
    let who = staff::must_find(cx.db, absence.staff)?;
    let mut items = Vec::new();
    let mut say = |label: &str, value: String| {
        if !value.is_empty() {
            items.push(Fact { label: cx.t.say(label), value });
        }
    };
    say("leave-staff", format!("{} {}", who.name, who.code));
    say("leave-when", when(cx, &absence));
    say("leave-kind", kind(cx, &absence));
    say("leave-reason", absence.reason.clone());
    say("leave-status", status(cx, &absence));
    say("leave-no", absence.no.clone());
    let mut parts = vec![Part::Facts(Facts { heading: String::new(), items })];
    if absence.holds && absence.kind != COMES {
        let missed = shifts::rivals(cx.db, absence.staff, absence.span, &[])?;
        let fact = |s: &shifts::Shift| Fact { label: s.no.clone(), value: assign::told(cx, s) };
        let items: Vec<Fact> = missed.iter().map(fact).collect();
        if !items.is_empty() {
            parts.push(Part::Facts(Facts { heading: cx.t.say("leave-heading-shifts"), items }));
        }
    }
    Ok(parts)
}

/// What the done sentence says of one.
pub(crate) fn args(cx: &Cx<'_>, absence: &Absence) -> Result<crate::desk::locale::Args, Refusal> {
    let name = staff::must_find(cx.db, absence.staff)?.name;
    Ok(vec![("name", name), ("kind", kind(cx, absence)), ("when", when(cx, absence))])
}

/// Who is not there today, for the side of the today page.
pub(crate) fn standing(cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
    let today = cx.now.date();
    let mut names = Vec::new();
    for absence in records::within(cx.db, days(today, today))?.iter().filter(|a| a.kind != COMES) {
        names.push(staff::must_find(cx.db, absence.staff)?.name);
    }
    if names.is_empty() {
        return Ok(Vec::new());
    }
    names.truncate(8);
    Ok(vec![(cx.t.say("leave-standing"), keep::joined(&names, cx.t))])
}
