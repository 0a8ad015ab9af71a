//! The form of a booking: what a typed line and the rules make of it, shown before anything is written: every day of a
//! series, who is in the way, what is unusual and wants a reason.

use chrono::NaiveDate;

use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::zones::records as zones;
use crate::subjects::{keep, org_name};
use crate::values::dates::{self, Bias, DateContext};

use super::plan::{self, Plan};
use super::records::{self, Booking};
use super::rules::{Hours, Warning};
use super::series::{self, Series};
use super::typed::{self, Known, Line, Named};

/// How dates are read in a plan.
pub(crate) fn dates_of<'a>(cx: &'a Cx<'_>) -> DateContext<'a> {
    DateContext::new(cx.now, Bias::Planning, cx.catalog.calendar())
}

/// Reads a typed line against what the office knows.
pub(crate) fn line(cx: &Cx<'_>, text: &str) -> Result<Line, Refusal> {
    let orgs = crate::subjects::org_names(cx.catalog);
    let open = zones::open(cx.db)?;
    let named: Vec<Named> = open.iter().map(|z| Named::new(&z.code, &z.key, &z.name)).collect();
    let words = cx.catalog.words("features");
    let features: Vec<typed::Feature> = words
        .iter()
        .map(|w| (w.kept.clone(), [w.also.as_slice(), std::slice::from_ref(&w.en)].concat()))
        .collect();
    let known = Known { orgs: &orgs, zones: &named, features: &features };
    Ok(typed::read(text, &known, &dates_of(cx)))
}

/// Fills a form that was just opened. `about` is the booking it is about.
pub(crate) fn start(cx: &Cx<'_>, form: &mut FormState, about: Option<&Booking>) -> Result<(), Refusal> {
    for name in ["override_reason", "skip", "wait", "series", "uid"] {
        form.show(name, false);
    }
    if let [own] = cx.who.associations().as_slice() {
        form.propose("org", *own);
    }
    if form.action == "import" && cx.who.associations().is_empty() {
        form.propose("org", crate::catalog::SECRETARIAT);
    }
    form.propose("setup", "0");
    form.propose("cleanup", "0");
    let Some(booking) = about else { return Ok(()) };
    if form.action == "amend" {
        return keep::present(cx, &super::fields::RECORD, booking.id, form);
    }
    if form.action == "move" {
        form.propose("day", booking.day().to_string());
    }
    form.propose("hours", booking.hours().text());
    form.propose("zone", zones::must_find(cx.db, booking.zone)?.code);
    if let Some(people) = booking.people {
        form.propose("people", people.to_string());
    }
    Ok(())
}

/// Answers to an edit: fills what follows, reads the whole back, warns.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str, about: Option<&Booking>) {
    // Nothing here may stop a form: what cannot be read now is read at saving.
    drop(answer(cx, form, changed, about));
}

fn answer(cx: &Cx<'_>, form: &mut FormState, changed: &str, about: Option<&Booking>) -> Result<(), Refusal> {
    // What a rule said no to may have been answered in another field.
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("venue-"));
    }
    let said = if form.text("line").is_empty() { Line::default() } else { line(cx, form.text("line"))? };
    if changed == "line" {
        take_over(form, &said);
    }
    if !said.unread.is_empty() {
        let words = said.unread.join(" ");
        if form.slot("line").is_some_and(|slot| slot.passed) {
            form.fail("line", Refusal::rule("venue-unread").with("text", words));
        } else {
            form.find(cx.t.say("venue-finding-unread"), words);
        }
    }
    if form.action == "import" {
        foreign(cx, form)?;
    }
    let purpose = form.text("purpose").to_owned();
    if !purpose.is_empty() {
        form.propose("kind", typed::usual_kind(&purpose));
    }
    let repeated = !form.text("repeat").trim().is_empty();
    form.show("skip", repeated);
    form.propose("skip", if repeated { "1" } else { "0" });
    reread(cx, form);
    let hours = form.text("hours").to_owned();
    if !hours.is_empty() && Hours::parse(&hours).is_none() {
        form.fail("hours", Refusal::rule("venue-hours").field("hours").with("text", hours));
    }
    read_back(cx, form)?;
    own_association(cx, form);
    for name in ["people", "setup", "cleanup"] {
        let least = i64::from(name == "people");
        if form.number(name).is_some_and(|n| n < least || n > 720 && least == 0) {
            form.fail(name, Refusal::rule("venue-number").field(slot_name(name)));
        }
    }
    let Some(plan) = plan::of(cx, form, about)? else {
        return Ok(());
    };
    judge(cx, form, &plan, about, repeated)
}

fn slot_name(name: &str) -> &'static str {
    match name {
        "people" => "people",
        "setup" => "setup",
        _ => "cleanup",
    }
}

/// What another calendar says in its own way: a place by its name, whose it is before what it is.
fn foreign(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    if let Some(slot) = form.slot_mut("zone").filter(|slot| slot.read.is_none() && !slot.text.is_empty()) {
        let said = line(cx, &slot.text.replace(char::is_whitespace, ""))?;
        if !said.zone.is_empty() {
            slot.text = said.zone;
        }
    }
    let purpose = form.text("purpose").to_owned();
    let own = cx.catalog.associations().iter().find_map(|a| {
        let rest = purpose.strip_prefix(&a.short)?.trim_start();
        (!rest.is_empty()).then(|| (a.code.clone(), rest.to_owned()))
    });
    if let Some((code, rest)) = own
        && form.slot("org").is_some_and(|slot| slot.text.is_empty() || slot.text == org_name(cx, &code))
    {
        for (name, text) in [("org", code), ("purpose", rest)] {
            if let Some(slot) = form.slot_mut(name) {
                slot.text = text;
            }
        }
    }
    Ok(())
}

/// What a line says goes into the fields; what it no longer says leaves them.
fn take_over(form: &mut FormState, said: &Line) {
    form.fill("day", said.days.as_ref().map(|(from, _)| from.clone()).unwrap_or_default());
    form.fill("hours", said.hours.clone());
    form.fill("zone", said.zone.clone());
    form.fill("org", said.org.clone());
    form.fill("people", said.people.clone());
    form.fill("needs", said.needs.join(";"));
    form.fill("purpose", said.purpose.clone());
    form.fill("repeat", said.repeat.clone());
}

/// What was filled in must be understood before it is judged.
pub(crate) fn reread(cx: &Cx<'_>, form: &mut FormState) {
    for slot in &mut form.slots {
        slot.read = reading::read(slot.field, slot.effective(), cx).ok();
    }
}

/// A typed line read back whole: nothing is written before a person has seen what was understood.
fn read_back(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    if form.text("line").is_empty() {
        return Ok(());
    }
    let mut parts = Vec::new();
    if let Some(day) = keep::day_in(form, "day") {
        parts.push(dates::short_day(day, cx.now.date(), cx.t.lang()));
    }
    if let Some(hours) = Hours::parse(form.text("hours")) {
        parts.push(hours.text());
    }
    if let Some(zone) = form.number("zone") {
        parts.push(zones::must_find(cx.db, zone)?.name);
    }
    let org = keep::plain(&form.value("org"));
    if !org.is_empty() {
        parts.push(org_name(cx, &org));
    }
    parts.push(form.text("purpose").to_owned());
    if let Some(people) = form.number("people") {
        parts.push(cx.t.with("venue-people-said", &[("n", people.to_string())]));
    }
    parts.push(form.text("repeat").to_owned());
    parts.retain(|part| !part.is_empty());
    form.echo("line", parts.join(" "));
    Ok(())
}

/// An association books for itself.
fn own_association(cx: &Cx<'_>, form: &mut FormState) {
    let orgs = cx.who.associations();
    let org = keep::plain(&form.value("org"));
    if !orgs.is_empty() && !org.is_empty() && !orgs.contains(&org.as_str()) {
        form.fail("org", Refusal::rule("venue-not-yours").field("org").with("org", org_name(cx, &org)));
    }
}

fn judge(
    cx: &Cx<'_>,
    form: &mut FormState,
    plan: &Plan,
    about: Option<&Booking>,
    repeated: bool,
) -> Result<(), Refusal> {
    if let Err(refusal) = plan::refuse(plan) {
        let name = refusal.field.unwrap_or("zone");
        form.fail(name, refusal);
        return Ok(());
    }
    let except = about.filter(|_| form.action != "copy").map(|b| b.id);
    if repeated {
        return judge_series(cx, form, plan);
    }
    let judged = plan::judge(cx, plan, except)?;
    let waits = form.number("wait") == Some(1);
    form.show("wait", !judged.rivals.is_empty() || waits);
    if !judged.rivals.is_empty() && !waits {
        let refusal = plan::taken(cx, plan, &judged.rivals)?;
        let name = if form.slot("hours").is_some() { "hours" } else { "zone" };
        form.fail(name, refusal);
    }
    if waits {
        form.find(cx.t.say("venue-finding-waits"), cx.t.say("venue-finding-waits-value"));
    }
    warn(cx, form, plan, &judged.warnings);
    if plan.moments().0 < cx.now {
        form.find(cx.t.say("venue-finding-note"), cx.t.say("venue-finding-past"));
    }
    if let Some(note) = cx.catalog.calendar().day_note(plan.day) {
        let day = dates::short_day(plan.day, cx.now.date(), cx.t.lang());
        form.find(day, note.to_owned());
    }
    if plan.zone.approval && !cx.who.holds(super::WARDENS) && form.action != "amend" {
        form.find(cx.t.say("venue-finding-note"), cx.t.say("venue-finding-approval"));
    }
    Ok(())
}

/// What is unusual is said, and a reason asked for.
fn warn(cx: &Cx<'_>, form: &mut FormState, plan: &Plan, warnings: &[Warning]) {
    for warning in warnings {
        form.find(cx.t.say("venue-finding-warning"), plan::say(cx, plan, warning));
    }
    form.show("override_reason", !warnings.is_empty());
    form.require("override_reason", !warnings.is_empty());
}

/// The days of a series, sorted: those that will be booked, those left out with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sorted {
    /// To be booked.
    pub days: Vec<NaiveDate>,
    /// Left out: the day, and why.
    pub left: Vec<(NaiveDate, String)>,
    /// What is unusual about those to be booked, once each.
    pub warnings: Vec<(Plan, Warning)>,
    /// The first that cannot be booked, where none is to be left out.
    pub clash: Option<(Plan, Vec<Booking>)>,
}

/// Reads the series a form asks for.
pub(crate) fn series_of(cx: &Cx<'_>, form: &FormState, first: NaiveDate) -> Option<Series> {
    series::read(form.text("repeat"), Some(first), &dates_of(cx))
}

/// Sorts the days of a series. Days on which nobody works are left out too, unless the first is one of them.
pub(crate) fn sorted(cx: &Cx<'_>, plan: &Plan, wanted: Series, skip: bool) -> Result<Sorted, Refusal> {
    let all = series::days(wanted, plan.day);
    let works = |day: &NaiveDate| cx.catalog.calendar().is_working_day(*day);
    let resting = all.first().is_some_and(|first| !works(first));
    let mut sorted = Sorted::default();
    for day in all {
        let on = plan.on(day);
        let judged = plan::judge(cx, &on, None)?;
        if skip && !resting && !works(&day) {
            let note = cx.catalog.calendar().day_note(day).map(str::to_owned);
            sorted.left.push((day, note.unwrap_or_else(|| cx.t.say("venue-rest-day"))));
            continue;
        }
        if let Some(rival) = judged.rivals.first() {
            if skip {
                sorted.left.push((day, plan::who(cx, &on, rival)?));
            } else if sorted.clash.is_none() {
                sorted.clash = Some((on, judged.rivals));
            }
            continue;
        }
        for warning in judged.warnings {
            if !sorted.warnings.iter().any(|(_, known)| *known == warning) {
                sorted.warnings.push((on.clone(), warning));
            }
        }
        sorted.days.push(day);
    }
    Ok(sorted)
}

fn judge_series(cx: &Cx<'_>, form: &mut FormState, plan: &Plan) -> Result<(), Refusal> {
    let Some(wanted) = series_of(cx, form, plan.day) else {
        let text = form.text("repeat").to_owned();
        form.fail("repeat", Refusal::rule("venue-repeat").field("repeat").with("text", text));
        return Ok(());
    };
    let sorted = sorted(cx, plan, wanted, form.number("skip") == Some(1))?;
    if let Some((on, rivals)) = &sorted.clash {
        form.fail("hours", plan::taken(cx, on, rivals)?);
    } else if sorted.days.is_empty() {
        form.fail("repeat", Refusal::rule("venue-series-empty").field("repeat"));
    }
    let days: Vec<String> = sorted.days.iter().map(|day| keep::short_day(*day)).collect();
    let label = cx.t.with("venue-finding-days", &[("n", days.len().to_string())]);
    form.find(label, days.join(" "));
    for (day, why) in &sorted.left {
        form.find(cx.t.say("venue-finding-skipped"), format!("{} {why}", keep::short_day(*day)));
    }
    let warnings: Vec<Warning> = sorted.warnings.iter().map(|(_, warning)| warning.clone()).collect();
    match sorted.warnings.first() {
        Some((on, _)) => warn(cx, form, on, &warnings),
        None => warn(cx, form, plan, &[]),
    }
    Ok(())
}

/// The booking a form is about.
pub(crate) fn about(cx: &Cx<'_>, form: &FormState) -> Option<Booking> {
    form.target.and_then(|id| records::find(cx.db, id).ok().flatten())
}
