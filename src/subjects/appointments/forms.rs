//! The forms of appointments as they are filled in: what is asked of which post, what was understood, what is unusual, and the
//! refusals that no later field helps against.

use chrono::{Datelike, Days, NaiveDate};

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::{keep, org_name};

use super::duties;
use super::records::{self, Appointment};
use super::rules::{self, Org, Term, Vote, Way};

/// The associations as a hand types them.
fn orgs(cx: &Cx<'_>) -> Vec<Org> {
    cx.catalog.members().map(|a| (a.key.clone(), a.code.clone(), a.short.clone())).collect()
}

/// The votes a form tells.
///
/// # Errors
/// Names what is no vote.
pub(crate) fn votes(cx: &Cx<'_>, form: &FormState) -> Result<Vec<Vote>, Refusal> {
    rules::votes(form.text("votes"), &orgs(cx))
        .map_err(|text| Refusal::rule("appointments-votes").field("votes").with("text", text))
}

/// The resolutions a form tells.
///
/// # Errors
/// Names what is no resolution.
pub(crate) fn resolutions(cx: &Cx<'_>, form: &FormState) -> Result<Vec<(String, String)>, Refusal> {
    rules::resolutions(form.text("resolutions"), &orgs(cx))
        .map_err(|text| Refusal::rule("appointments-resolution").field("resolutions").with("text", text))
}

/// The names of associations that are not among these.
pub(crate) fn missing<'a>(cx: &Cx<'_>, there: impl Iterator<Item = &'a str>) -> Vec<String> {
    let there: Vec<&str> = there.collect();
    let lacks = |code: &str| !there.contains(&code);
    cx.catalog.members().filter(|a| lacks(&a.code)).map(|a| org_name(cx, &a.code)).collect()
}

/// One association's vote in words.
pub(crate) fn said(cx: &Cx<'_>, vote: &Vote) -> String {
    let n = |n: u32| n.to_string();
    let args = [("yes", n(vote.yes)), ("no", n(vote.no)), ("abstain", n(vote.abstain))];
    cx.t.with("appointments-vote", &args)
}

/// Fills a form that was just opened.
pub(crate) fn start(
    cx: &Cx<'_>,
    action: &str,
    about: Option<&Appointment>,
    form: &mut FormState,
) -> Result<(), Refusal> {
    let today = cx.now.date();
    for name in ["nominated_on", "elected_on", "appointed_on"] {
        form.propose(name, today.to_string());
    }
    form.show("override_reason", false);
    if action == "nominate" {
        form.show("org", false);
        form.show("nominated_by", false);
    }
    let Some(about) = about else { return Ok(()) };
    let elected = rules::way(&about.post) == Way::Elected;
    match action {
        "amend" => {
            keep::present(cx, &super::fields::RECORD, about.id, form)?;
            form.show("nominated_by", elected);
            form.show("resolutions", elected);
        }
        "appoint" => {
            form.show("resolutions", elected);
            form.require("resolutions", elected);
            form.propose("from_on", about.from.unwrap_or(today).to_string());
            if let Some(to) = about.to {
                form.propose("to_on", to.to_string());
            }
        }
        "take-office" => {
            form.propose("from_on", about.from.unwrap_or(today).to_string());
            if let Some(to) = about.to {
                form.propose("to_on", to.to_string());
            }
        }
        "renew" => {
            let (from, to) = following(about, today);
            form.propose("from_on", from.to_string());
            if let Some(to) = to {
                form.propose("to_on", to.to_string());
            }
            form.show("nominated_by", elected);
            form.require("nominated_by", elected);
            form.propose("nominated_by", about.nominated_by.clone());
        }
        "resign" | "dismiss" => form.propose("ended_on", today.to_string()),
        _ => {}
    }
    Ok(())
}

/// The term after this one, as long as it was.
fn following(about: &Appointment, today: NaiveDate) -> (NaiveDate, Option<NaiveDate>) {
    let from = about.to.and_then(|to| to.succ_opt()).unwrap_or(today);
    let Some((begun, to)) = about.from.zip(about.to) else { return (from, None) };
    // As many whole years where it was whole years, else as many days.
    let years = to.succ_opt().filter(|end| (end.month(), end.day()) == (begun.month(), begun.day()));
    let next = match years {
        Some(end) => from.with_year(from.year() + end.year() - begun.year()).and_then(|d| d.pred_opt()),
        None => from.checked_add_days(Days::new(u64::try_from((to - begun).num_days()).unwrap_or(0))),
    };
    (from, next)
}

/// Answers to an edit. Nothing here may stop a form: what cannot be read now is read at saving.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, about: Option<&Appointment>) {
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("appointments-"));
    }
    if let (Some(from), Some(to)) = (keep::day_in(form, "from_on"), keep::day_in(form, "to_on"))
        && to < from
    {
        form.fail("to_on", Refusal::rule("appointments-term").field("to_on"));
    }
    let answered = match form.action {
        "nominate" => nominate(cx, form),
        "elect" => elect(cx, form),
        "appoint" | "take-office" | "renew" => about.map_or(Ok(()), |about| term(cx, form, about)),
        "resign" | "dismiss" => about.map_or(Ok(()), |about| leave(cx, form, about)),
        _ => Ok(()),
    };
    if let Err(refusal) = answered {
        put(form, refusal);
    }
    if !form.text("resolutions").trim().is_empty() {
        match resolutions(cx, form) {
            Ok(told) => {
                let each = |(org, no): &(String, String)| format!("{} {no}", org_name(cx, org));
                form.echo("resolutions", keep::joined(&told.iter().map(each).collect::<Vec<_>>(), cx.t));
                let without = missing(cx, told.iter().map(|(org, _)| org.as_str()));
                if !without.is_empty() {
                    form.find(cx.t.say("appointments-without-resolution"), keep::joined(&without, cx.t));
                }
            }
            Err(refusal) => put(form, refusal),
        }
    }
}

/// A problem goes to its field once a person has passed it; before, it would interrupt the typing.
fn put(form: &mut FormState, refusal: Refusal) {
    let field = refusal.field.unwrap_or("post");
    if form.slot(field).is_some_and(|slot| slot.passed) {
        form.fail(field, refusal);
    }
}

/// What the post decides: whether it stands in an association, who must put it forward, whether it may be held at all.
fn nominate(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    let post = keep::plain(&form.value("post"));
    let within = cx.catalog.post(&post).map(|post| post.within);
    let inside = within == Some(crate::catalog::Within::Association);
    form.show("org", inside);
    form.require("org", inside);
    let elected = rules::way(&post) == Way::Elected;
    form.show("nominated_by", elected);
    form.require("nominated_by", elected);
    let Some(person) = form.number("person") else { return Ok(()) };
    if post.is_empty() {
        return Ok(());
    }
    let term = wanted(cx, form);
    duties::refuse(cx, person, &post, &term, None)
}

/// The term a form asks for; from today without an end where it does not say.
pub(crate) fn wanted(cx: &Cx<'_>, form: &FormState) -> Term {
    let from = keep::day_in(form, "from_on").unwrap_or(cx.now.date());
    Term { from, to: keep::day_in(form, "to_on"), ended: None }
}

fn elect(cx: &Cx<'_>, form: &mut FormState) -> Result<(), Refusal> {
    if form.text("votes").trim().is_empty() {
        return Ok(());
    }
    let told = votes(cx, form)?;
    let each = |vote: &Vote| format!("{} {}", org_name(cx, &vote.org), said(cx, vote));
    form.echo("votes", keep::joined(&told.iter().map(each).collect::<Vec<_>>(), cx.t));
    let members = cx.catalog.members().count();
    let carried = rules::carried(&told, members);
    let yes = told.iter().filter(|vote| vote.supports()).count();
    let args = [("yes", yes.to_string()), ("n", members.to_string())];
    let outcome = if carried { "appointments-carried" } else { "appointments-lost" };
    form.find(cx.t.say("appointments-outcome"), cx.t.with(outcome, &args));
    let without = missing(cx, told.iter().map(|vote| vote.org.as_str()));
    if !without.is_empty() {
        form.find(cx.t.say("appointments-without-vote"), keep::joined(&without, cx.t));
    }
    Ok(())
}

/// Another one in office then, where there should be one: to be let through only with a reason (G-5.3.1).
pub(crate) fn one_too_many(
    cx: &Cx<'_>,
    about: &Appointment,
    term: &Term,
) -> Result<Option<Appointment>, Refusal> {
    if about.post != "secretary" {
        return Ok(None);
    }
    let mut others = records::held(cx.db)?.into_iter();
    Ok(others.find(|other| {
        let meets = other.term().is_some_and(|held| held.meets(term));
        other.id != about.id && other.post == about.post && other.person != about.person && meets
    }))
}

fn term(cx: &Cx<'_>, form: &mut FormState, about: &Appointment) -> Result<(), Refusal> {
    let term = wanted(cx, form);
    let other = one_too_many(cx, about, &term)?;
    form.show("override_reason", other.is_some());
    form.require("override_reason", other.is_some());
    if let Some(other) = other {
        form.find(cx.t.say("appointments-one-too-many"), format!("{} {}", other.name, other.no));
    }
    duties::refuse(cx, about.person, &about.post, &term, Some(about.id)).map_err(|r| r.field("from_on"))
}

fn leave(cx: &Cx<'_>, form: &mut FormState, about: &Appointment) -> Result<(), Refusal> {
    let Some(day) = keep::day_in(form, "ended_on") else { return Ok(()) };
    if about.from.is_some_and(|from| day < from) {
        form.fail("ended_on", Refusal::rule("appointments-ended").field("ended_on"));
    }
    if let Some(last) = day.pred_opt() {
        form.find(cx.t.say("appointments-last-day"), keep::short_day(last));
    }
    Ok(())
}
