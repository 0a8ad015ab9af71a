//! A week like another one: every shift of a week made again so many days on, but for those that nobody can keep, which are
//! told with the reason.

use chrono::{Days, NaiveDate};

use crate::desk::action::{Done, Undo};
use crate::desk::door;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::keep;
use crate::subjects::staff::records as staff;
use crate::subjects::venue::rules::week_of;
use crate::values::dates;

use super::plan::{self, Plan};
use super::records::{self, Shift};
use super::{Shifts, assign};

/// The most that are named one by one.
const NAMED: usize = 12;

/// A week made ready to be copied.
pub(crate) struct Week {
    /// Shifts with the plan they come to.
    pub taken: Vec<(Shift, Plan)>,
    /// Those left out, each with why.
    pub left: Vec<(Shift, String)>,
}

/// Proposes last week, or this one, for the one after it.
pub(crate) fn start(cx: &Cx<'_>, form: &mut FormState) {
    let (monday, _) = week_of(cx.now.date());
    form.propose("from_week", monday.to_string());
    form.propose("week", (monday + Days::new(7)).to_string());
}

/// What a form asks to be copied; none while it does not say.
pub(crate) fn week(cx: &Cx<'_>, form: &FormState) -> Result<Option<Week>, Refusal> {
    let (Some(from), Some(to)) = (keep::day_in(form, "from_week"), keep::day_in(form, "week")) else {
        return Ok(None);
    };
    let ((from, sunday), (to, _)) = (week_of(from), week_of(to));
    if from == to {
        return Err(Refusal::rule("shifts-same-week").field("week"));
    }
    let mut week = Week { taken: Vec::new(), left: Vec::new() };
    for shift in records::within(cx.db, plan::days(from, sunday))? {
        // What was asked for once was not asked for again.
        if shift.request.is_some() || shift.day() < from {
            continue;
        }
        let day = to + Days::new(u64::try_from((shift.day() - from).num_days()).unwrap_or(0));
        let plan = Plan { day, except: Vec::new(), ..plan::of_shift(&shift) };
        match problem(cx, &shift, &plan, day)? {
            None => week.taken.push((shift, plan)),
            Some(why) => week.left.push((shift, why)),
        }
    }
    Ok(Some(week))
}

/// Why somebody cannot do the same on another day; none where they can.
fn problem(cx: &Cx<'_>, shift: &Shift, plan: &Plan, day: NaiveDate) -> Result<Option<String>, Refusal> {
    let who = staff::must_find(cx.db, shift.staff)?;
    if !cx.catalog.calendar().is_working_day(day) && cx.catalog.calendar().is_working_day(shift.day()) {
        let note = cx.catalog.calendar().day_note(day).map(str::to_owned);
        return Ok(Some(note.unwrap_or_else(|| cx.t.say("shifts-rest-day"))));
    }
    let judged = plan::judge(cx, plan, &[shift.staff])?;
    let Some((candidate, warnings)) = judged.first() else { return Ok(None) };
    if let Err(refusal) = plan::refuse(cx, plan, candidate) {
        return Ok(Some(refusal.notice(cx.t).text));
    }
    let reasoned = reason(cx, shift)?;
    let new = warnings.iter().find(|_| reasoned.is_empty());
    Ok(new.map(|warning| plan::say(cx, &who.name, warning)))
}

/// Why a shift was made although something was unusual.
fn reason(cx: &Cx<'_>, shift: &Shift) -> Result<String, Refusal> {
    let kept = keep::load(cx, &super::fields::RECORD, shift.id)?;
    Ok(keep::plain(keep::value(&super::fields::RECORD, &kept, "override_reason")))
}

/// Says what would be copied, and what not.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) {
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("shifts-"));
    }
    match week(cx, form) {
        Err(refusal) => form.fail("week", refusal),
        Ok(None) => {}
        Ok(Some(week)) => {
            let n = week.taken.len().to_string();
            form.find(cx.t.say("shifts-finding-copies"), cx.t.with("shifts-copies", &[("n", n)]));
            for (shift, why) in week.left.iter().take(NAMED) {
                let name = staff::must_find(cx.db, shift.staff).map(|who| who.name).unwrap_or_default();
                let day = dates::short_day(shift.day(), cx.now.date(), cx.t.lang());
                form.find(cx.t.say("shifts-finding-left"), format!("{day} {name} {why}"));
            }
            if week.taken.is_empty() {
                form.fail("from_week", Refusal::rule("shifts-nothing-to-copy").field("from_week"));
            }
        }
    }
}

/// Makes the shifts of the week, each with its own audit row.
pub(crate) fn apply(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let Some(week) = week(cx, form)? else { return Err(Refusal::rule("required").field("week")) };
    let action =
        door::action(&Shifts, "assign").ok_or_else(|| Refusal::usage("no-action").with("text", "assign"))?;
    let mut first: Option<Done> = None;
    for (shift, plan) in &week.taken {
        let zone = match shift.zone {
            Some(zone) => crate::subjects::zones::records::must_find(cx.db, zone)?.code,
            None => String::new(),
        };
        let mut texts = vec![
            ("day", plan.day.to_string()),
            ("hours", plan.hours().text()),
            ("org", shift.org.clone()),
            ("task", shift.task.clone()),
            ("kind", shift.kind.clone()),
            ("zone", zone),
            ("people", staff::must_find(cx.db, shift.staff)?.code),
            ("override_reason", reason(cx, shift)?),
        ];
        texts.retain(|(_, text)| !text.is_empty());
        let one = keep::filled(cx, &Shifts, action, None, &texts)?;
        let done = match first {
            // The first is the one this action is about: the door notes it.
            None => assign::apply(cx, tx, &one)?,
            Some(_) => door::within(cx, tx, &Shifts, action, None, &one)?.0,
        };
        first.get_or_insert(done);
    }
    let Some(first) = first else { return Err(Refusal::rule("shifts-nothing-to-copy").field("from_week")) };
    let args = vec![("count", week.taken.len().to_string()), ("left", week.left.len().to_string())];
    Ok(Done { args, undo: Undo::No("shifts-week"), ..first })
}
