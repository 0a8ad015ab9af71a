//! What is done with a shift after it is made: hours written down, not come to, cancelled, moved, given to somebody else with
//! somebody's yes (SM-08p).

use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::form::FormState;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::staff::records::{self as staff, Person};
use crate::subjects::venue::rules::Hours;
use crate::subjects::{keep, org_name};

use super::assign;
use super::fields::RECORD;
use super::plan::{self, Plan};
use super::records::{self, Shift};
use super::rules::{self, Event, Status};

fn status(cx: &Cx<'_>, shift: &Shift) -> String {
    cx.catalog.show_word("shift_statuses", shift.status.word(), cx.t.lang())
}

/// Whether an action applies to this shift now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else {
        return match staff::counts(cx.db)?.0 {
            0 => Err(Refusal::rule("shifts-no-staff")),
            _ => Ok(()),
        };
    };
    applies(cx, action, &records::must_find(cx.db, id)?)
}

/// The same of many actions on one shift, which is read once.
pub(crate) fn available_each(cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
    match records::must_find(cx.db, id) {
        Ok(shift) => actions.iter().map(|action| applies(cx, action, &shift)).collect(),
        Err(refusal) => actions.iter().map(|_| Err(refusal.clone())).collect(),
    }
}

fn event(action: &str) -> Option<Event> {
    Some(match action {
        "finish" => Event::Finish,
        "no-show" => Event::NoShow,
        "cancel" => Event::Cancel,
        "move" | "swap" | "agree" | "decline" => Event::Change,
        _ => return None,
    })
}

fn applies(cx: &Cx<'_>, action: &Action, shift: &Shift) -> Availability {
    if let Some(event) = event(action.name)
        && rules::next(shift.status, event).is_none()
    {
        return Err(Refusal::rule("shifts-status").with("ref", &shift.no).with("status", status(cx, shift)));
    }
    let orgs = cx.who.associations();
    let own = staff::of_operator(cx.db, cx.who.id)?.is_some_and(|who| who.id == shift.staff);
    if !orgs.is_empty() && !orgs.contains(&shift.org.as_str()) && !own {
        let org = org_name(cx, &shift.org);
        return Err(Refusal::rule("shifts-not-yours").of(Kind::Permission).with("org", org));
    }
    match action.name {
        "finish" | "no-show" if shift.starts > cx.now => {
            let at = format!("{} {}", keep::short_day(shift.day()), shift.hours().text());
            Err(Refusal::rule("shifts-early").with("at", at))
        }
        "agree" | "decline" if shift.swap_to.is_none() => {
            Err(Refusal::rule("shifts-no-swap").with("ref", &shift.no))
        }
        _ => Ok(()),
    }
}

/// Fills a form about a shift that was just opened.
pub(crate) fn start(cx: &Cx<'_>, action: &str, shift: &Shift, form: &mut FormState) -> Result<(), Refusal> {
    form.show("override_reason", false);
    match action {
        "finish" => {
            let done = shift.minutes.unwrap_or(shift.span.to - shift.span.from);
            if form.others.is_empty() {
                form.propose("worked", plan::typed(done));
            }
        }
        "move" => {
            form.propose("day", shift.day().to_string());
            form.propose("hours", shift.hours().text());
            form.propose("task", shift.task.clone());
            if let Some(zone) = shift.zone {
                form.propose("zone", crate::subjects::zones::records::must_find(cx.db, zone)?.code);
            }
        }
        _ => {}
    }
    Ok(())
}

/// Answers to an edit of a form about a shift.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str, shift: &Shift) {
    drop(answer(cx, form, changed, shift));
}

fn answer(cx: &Cx<'_>, form: &mut FormState, changed: &str, shift: &Shift) -> Result<(), Refusal> {
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("shifts-"));
    }
    match form.action {
        "finish" => {
            let typed = form.text("worked").to_owned();
            if !typed.is_empty() && worked(&typed).is_none() {
                form.fail("worked", Refusal::rule("shifts-worked").field("worked").with("text", typed));
            }
        }
        "move" => {
            let said = assign::line(cx, form.text("line"))?;
            if changed == "line" {
                assign::take_over(cx, form, &said);
            }
            assign::unread(cx, form, &said.unread);
            assign::reread(cx, form);
            assign::hours(form);
            if let Some(plan) = moved(form, shift) {
                form.echo("hours", plan.when(cx));
                warn(cx, form, &plan, &[shift.staff], "hours")?;
            }
        }
        "swap" if !form.text("to").is_empty() => match swap(cx, form.text("to"), shift) {
            Err(refusal) => form.fail("to", refusal.field("to")),
            Ok(swap) => {
                form.echo("to", swap.told(cx));
                for (plan, who) in swap.plans(shift) {
                    warn(cx, form, &plan, &[who], "to")?;
                }
            }
        },
        "agree" => {
            if let Some(swap) = asked(cx, shift)? {
                form.find(cx.t.say("shifts-swap_to"), swap.told(cx));
                for (plan, who) in swap.plans(shift) {
                    warn(cx, form, &plan, &[who], "override_reason")?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// What is wrong or unusual, put into the form; a problem stands at this field.
fn warn(
    cx: &Cx<'_>,
    form: &mut FormState,
    plan: &Plan,
    people: &[i64],
    field: &'static str,
) -> Result<(), Refusal> {
    let mut unusual = form.slot("override_reason").is_some_and(|slot| !slot.hidden && slot.required);
    for (candidate, warnings) in plan::judge(cx, plan, people)? {
        if let Err(refusal) = plan::refuse(cx, plan, &candidate) {
            form.show("override_reason", true);
            form.fail(field, refusal.field(field));
            return Ok(());
        }
        let name = staff::must_find(cx.db, candidate.id)?.name;
        for warning in &warnings {
            unusual = true;
            form.find(cx.t.say("shifts-finding-warning"), plan::say(cx, &name, warning));
        }
    }
    form.show("override_reason", unusual);
    form.require("override_reason", unusual);
    Ok(())
}

/// Hours as people write them down, in minutes: `2`, `1.5`, `90m`, `2h`, `1小时`.
pub(crate) fn worked(text: &str) -> Option<i64> {
    let plain = crate::values::text::half_width(text).trim().to_lowercase();
    let minutes = ["m", "分钟", "分"].iter().find_map(|unit| plain.strip_suffix(unit));
    let found = match minutes {
        Some(minutes) => minutes.trim().parse::<i64>().ok()?,
        None => {
            let hours =
                ["h", "个小时", "小时"].iter().find_map(|unit| plain.strip_suffix(unit)).unwrap_or(&plain);
            let hours: rust_decimal::Decimal = hours.trim().parse().ok()?;
            let minutes = (hours * rust_decimal::Decimal::from(60)).round();
            i64::try_from(minutes).ok()?
        }
    };
    (0..=1440).contains(&found).then_some(found)
}

fn moved(form: &FormState, shift: &Shift) -> Option<Plan> {
    let hours = Hours::parse(form.text("hours"))?;
    let day = keep::day_in(form, "day")?;
    Some(Plan { day, hours: (hours.from, hours.to), ..plan::of_shift(shift) })
}

/// Somebody takes a shift over, and may give one of theirs for it.
struct Swap {
    to: Person,
    with: Option<Shift>,
}

impl Swap {
    fn told(&self, cx: &Cx<'_>) -> String {
        let with =
            self.with.as_ref().map(|s| cx.t.with("shifts-in-exchange", &[("what", assign::told(cx, s))]));
        keep::one_line(&format!("{} {}", self.to.name, with.unwrap_or_default()))
    }

    /// Who would do what then: each plan with the one who takes it. What is exchanged gives way on both sides.
    fn plans(&self, shift: &Shift) -> Vec<(Plan, i64)> {
        let except: Vec<i64> = std::iter::once(shift.id).chain(self.with.as_ref().map(|s| s.id)).collect();
        let mut plans = vec![(Plan { except: except.clone(), ..plan::of_shift(shift) }, self.to.id)];
        plans.extend(self.with.as_ref().map(|s| (Plan { except, ..plan::of_shift(s) }, shift.staff)));
        plans
    }
}

/// Reads who takes it over: a person, or a shift of theirs in exchange.
fn swap(cx: &Cx<'_>, text: &str, shift: &Shift) -> Result<Swap, Refusal> {
    let wanted = text.trim().trim_start_matches('#').to_uppercase();
    let found = match crate::desk::records::by_reference(cx, &super::Shifts, &wanted)? {
        Some(id) if wanted.starts_with("PB") => {
            let with = records::must_find(cx.db, id)?;
            Swap { to: staff::must_find(cx.db, with.staff)?, with: Some(with) }
        }
        _ => {
            let mut people = assign::people(cx, text)?;
            match (people.len(), people.pop()) {
                (1, Some(to)) => Swap { to, with: None },
                _ => return Err(Refusal::rule("shifts-one-person").with("text", text)),
            }
        }
    };
    if found.to.id == shift.staff {
        return Err(Refusal::rule("shifts-own").with("name", found.to.name));
    }
    if let Some(with) = found.with.as_ref().filter(|with| rules::next(with.status, Event::Change).is_none()) {
        return Err(Refusal::rule("shifts-status").with("ref", &with.no).with("status", status(cx, with)));
    }
    Ok(found)
}

/// The swap that was asked for.
fn asked(cx: &Cx<'_>, shift: &Shift) -> Result<Option<Swap>, Refusal> {
    let Some(to) = shift.swap_to else { return Ok(None) };
    let with = shift.swap_with.map(|id| records::must_find(cx.db, id)).transpose()?;
    Ok(Some(Swap { to: staff::must_find(cx.db, to)?, with }))
}

/// Carries an action on a shift out.
pub(crate) fn apply(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    action: &Action,
    id: i64,
    form: &FormState,
) -> Result<Done, Refusal> {
    let shift = records::must_find(cx.db, id)?;
    applies(cx, action, &shift)?;
    let version = if form.target == Some(id) { form.version } else { 0 };
    let who = staff::must_find(cx.db, shift.staff)?;
    let mut undo = Undo::Fields;
    let mut columns: Vec<(&'static str, Value)> = match action.name {
        "finish" => {
            let planned = shift.span.to - shift.span.from;
            let minutes = worked(form.text("worked")).unwrap_or(planned);
            let number =
                |name: &str| keep::plain(&form.value(name)).parse().map_or(Value::Null, Value::Integer);
            vec![
                ("status", keep::text(Status::Finished.word())),
                ("minutes", Value::Integer(minutes)),
                ("rating", number("rating")),
                ("result", keep::text(form.text("result"))),
            ]
        }
        "no-show" | "cancel" => {
            let to = if action.name == "cancel" { Status::Cancelled } else { Status::Absent };
            vec![("status", keep::text(to.word())), ("ended_reason", keep::text(form.text("reason")))]
        }
        "move" => {
            let Some(plan) = moved(form, &shift) else {
                return Err(Refusal::rule("required").field("hours"));
            };
            let reasoned = settle(cx, &plan, &who, form)?;
            let (from, to) = plan.moments();
            let mut columns = vec![
                ("starts_at", keep::moment(from)),
                ("ends_at", keep::moment(to)),
                ("task", keep::text(form.text("task"))),
                ("zone", form.number("zone").map_or(Value::Null, Value::Integer)),
            ];
            columns.extend(reasoned);
            columns
        }
        "swap" => {
            let swap = swap(cx, form.text("to"), &shift).map_err(|refusal| refusal.field("to"))?;
            for (plan, id) in swap.plans(&shift) {
                for (candidate, _) in plan::judge(cx, &plan, &[id])? {
                    plan::refuse(cx, &plan, &candidate).map_err(|refusal| refusal.field("to"))?;
                }
            }
            vec![
                ("swap_to", Value::Integer(swap.to.id)),
                ("swap_with", swap.with.map_or(Value::Null, |s| Value::Integer(s.id))),
                ("swap_reason", keep::text(form.text("swap_reason"))),
            ]
        }
        "agree" => {
            undo = Undo::No("shifts-swap");
            exchange(cx, tx, &shift, form)?
        }
        "decline" => vec![("swap_to", Value::Null), ("swap_with", Value::Null)],
        _ => return Err(Refusal::usage("no-action").with("text", action.name)),
    };
    if matches!(action.name, "no-show" | "cancel") {
        columns.extend([("swap_to", Value::Null), ("swap_with", Value::Null)]);
    }
    // What was exchanged has been written once already.
    let version = if action.name == "agree" { 0 } else { version };
    keep::update(tx, &RECORD, id, version, &columns).map_err(|r| assign::overlapped(r, &who.name))?;
    let now = records::must_find(tx.conn(), id)?;
    let name = staff::must_find(tx.conn(), now.staff)?.name;
    let to = now.swap_to.map(|to| staff::must_find(tx.conn(), to)).transpose()?;
    let args = vec![
        ("what", assign::told(cx, &now)),
        ("name", name),
        ("to", to.map(|who| who.name).unwrap_or_default()),
        ("hours", plan::as_hours(now.minutes.unwrap_or(0))),
    ];
    Ok(Done { id, reference: shift.no, args, undo, open: false })
}

/// Judges somebody for a plan once more; what is unusual about it as kept.
fn settle(
    cx: &Cx<'_>,
    plan: &Plan,
    who: &Person,
    form: &FormState,
) -> Result<[(&'static str, Value); 2], Refusal> {
    let judged = plan::judge(cx, plan, &[who.id])?;
    let Some((candidate, warnings)) = judged.first() else {
        return Err(Refusal::rule("not-found").with("text", &who.code));
    };
    plan::refuse(cx, plan, candidate)?;
    assign::reasoned(cx, &who.name, warnings, form.text("override_reason"))
}

/// Gives a shift to whom it was asked for, and theirs in exchange; answers with what is still to be written of it.
fn exchange(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    shift: &Shift,
    form: &FormState,
) -> Result<Vec<(&'static str, Value)>, Refusal> {
    let Some(swap) = asked(cx, shift)? else {
        return Err(Refusal::rule("shifts-no-swap").with("ref", &shift.no));
    };
    let mut plans = swap.plans(shift).into_iter();
    let Some((plan, _)) = plans.next() else { return Ok(Vec::new()) };
    let mut columns =
        vec![("staff", Value::Integer(swap.to.id)), ("swap_to", Value::Null), ("swap_with", Value::Null)];
    columns.extend(settle(cx, &plan, &swap.to, form)?);
    let Some(with) = swap.with else { return Ok(columns) };
    let giver = staff::must_find(cx.db, shift.staff)?;
    let mut back =
        vec![("staff", Value::Integer(giver.id)), ("swap_to", Value::Null), ("swap_with", Value::Null)];
    if let Some((plan, _)) = plans.next() {
        back.extend(settle(cx, &plan, &giver, form)?);
    }
    if rules::next(with.status, Event::Change).is_none() {
        return Err(Refusal::rule("shifts-status").with("ref", &with.no).with("status", status(cx, &with)));
    }
    // Both may be at the same time: neither holds anybody while they change hands.
    let aside = [("status", keep::text(Status::Cancelled.word()))];
    keep::update(tx, &RECORD, shift.id, 0, &aside)?;
    back.push(("status", keep::text(Status::Planned.word())));
    keep::update(tx, &RECORD, with.id, 0, &back).map_err(|r| assign::overlapped(r, &giver.name))?;
    crate::desk::door::made(&Cx { db: tx.conn(), ..*cx }, tx, &super::Shifts, with.id, &with.no, "agree")?;
    columns.push(("status", keep::text(Status::Planned.word())));
    Ok(columns)
}
