//! One line about a case, and the forms of its other actions: what they propose, what they show, what they read back.

use chrono::NaiveDate;

use crate::catalog::SECRETARIAT;
use crate::desk::action::Ask;
use crate::desk::form::FormState;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::desk::view::Choice;
use crate::subjects::people::records as people;
use crate::subjects::people::rules::Need;
use crate::subjects::{keep, org_name, routing_table};
use crate::values::dates;

use super::allowed::moved;
use super::fields::{self as f, RECORD};
use super::records;
use super::routing::{self, Proposal};
use super::rules::Status;
use super::{intake, table};

/// Splits `已致电社区 !w5` into the note and the day to look at it again.
pub(crate) fn split(cx: &Cx<'_>, typed: &str) -> Result<(String, Option<NaiveDate>), Refusal> {
    let folded = typed.replace('！', "!");
    let Some((text, phrase)) = folded.rsplit_once('!') else { return Ok((typed.trim().to_owned(), None)) };
    // An exclamation mark inside a sentence is none of ours: the phrase stands alone after a space.
    if phrase.trim().is_empty() || !(text.is_empty() || text.ends_with(' ')) {
        return Ok((typed.trim().to_owned(), None));
    }
    let read = reading::read(&f::NEXT_ON, phrase.trim(), cx).map_err(|why| why.field("note"))?;
    Ok((text.trim().to_owned(), keep::plain(&read.value).parse().ok()))
}

/// Fills the form of an action on a case.
pub(crate) fn start(cx: &Cx<'_>, action: &str, id: i64, form: &mut FormState) -> Result<(), Refusal> {
    let case = records::must_find(cx.db, id)?;
    let today = cx.now.date();
    match action {
        "edit" | "classify" => keep::present(cx, &RECORD, id, form)?,
        "done" | "referral-result" => {
            form.propose("told_on", today.to_string());
            form.propose("visits_count", case.visits.to_string());
            let kept = keep::load(cx, &RECORD, id)?;
            form.propose("wish", keep::plain(keep::value(&RECORD, &kept, "wish")));
            let once = case.received_on() == Some(today) && case.visits <= 1;
            form.propose("handled_at_once", cx.t.say(if once { "yes" } else { "no" }));
        }
        "refuse" => form.propose("told_on", today.to_string()),
        "assign" => form.propose("handler", cx.who.name.clone()),
        "route" => {
            form.ask("reason", Ask::OnRequest);
            respond(cx, form);
        }
        "refer" => {
            let agreed = match case.client {
                Some(client) => people::agreed(cx.db, client, "转介")?,
                None => true,
            };
            form.show("method", !agreed);
            form.require("method", !agreed);
        }
        "return" | "report-back" => {
            let event = table::event(action).unwrap_or(super::rules::Event::Note);
            let parts = records::parts(cx.db, id)?;
            let can = moved(cx, &parts, event, "");
            let several = case.status == Status::Coordinated && can.len() > 1;
            form.show("org", several);
            if several {
                let names: Vec<String> = can.iter().map(|(part, _)| org_name(cx, &part.org)).collect();
                form.echo("org", cx.t.with("cases-parts-left", &[("orgs", keep::joined(&names, cx.t))]));
            }
        }
        _ => {}
    }
    Ok(())
}

/// Answers to a change in the form of an action on a case.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState) {
    match form.action {
        "note" => {
            let typed = form.text("note").to_owned();
            match split(cx, &typed) {
                Ok((_, Some(day))) => {
                    let spelt = dates::short_day(day, cx.now.date(), cx.t.lang());
                    form.find(cx.t.say("cases-next_on"), spelt);
                }
                Ok((_, None)) => {}
                Err(why) => {
                    if form.slot("note").is_some_and(|slot| slot.passed) {
                        form.fail("note", why);
                    }
                }
            }
        }
        "route" => {
            if let Some(proposal) = form.target.and_then(|id| proposal(cx, id).ok()) {
                intake::route(cx, form, &proposal);
            }
        }
        "done" | "referral-result" if form.text("wish").is_empty() => {
            form.find(cx.t.say("cases-wish"), cx.t.say("cases-wish-missing"));
        }
        "return" | "report-back" => {
            if let Some(why) = other_part(cx, form)
                && form.slot("org").is_some_and(|slot| slot.passed && slot.error.is_none())
            {
                form.fail("org", why);
            }
        }
        "extend" => {
            if let Some(case) = form.target.and_then(|id| records::find(cx.db, id).ok().flatten()) {
                form.find(
                    cx.t.say("cases-finding-due"),
                    dates::short_day(case.due, cx.now.date(), cx.t.lang()),
                );
            }
        }
        _ => {}
    }
}

/// Why the association named in the form has nothing to report or give back; none when it has, or none is named.
fn other_part(cx: &Cx<'_>, form: &FormState) -> Option<Refusal> {
    let named = keep::plain(&form.value("org"));
    let case = form.target.and_then(|id| records::find(cx.db, id).ok().flatten())?;
    let event = table::event(form.action)?;
    let parts = records::parts(cx.db, case.id).ok()?;
    let none = !named.is_empty() && moved(cx, &parts, event, &named).is_empty();
    none.then(|| Refusal::rule("cases-no-part").field("org").with("ref", &case.no))
}

/// The route that everyone the case is about asks for.
pub(crate) fn proposal(cx: &Cx<'_>, id: i64) -> Result<Proposal, Refusal> {
    let needs: Vec<Need> = records::clients(cx.db, id)?.into_iter().map(|client| client.need).collect();
    Ok(routing::propose(&needs, &[], &routing_table(cx.catalog)))
}

/// Colleagues who could do the work: those of the association that leads first.
pub(crate) fn handlers(cx: &Cx<'_>, form: &FormState) -> Vec<Choice> {
    let lead = form.target.and_then(|id| records::find(cx.db, id).ok().flatten()).map(|case| case.lead);
    let lead = lead.filter(|lead| lead != SECRETARIAT).unwrap_or_default();
    let typed = form.text("handler").trim().to_lowercase();
    let sql = "SELECT o.name, max(coalesce(p.org, '') = ?1) AS near FROM operator o \
               JOIN operator_post p ON p.operator_id = o.id WHERE o.active = 1 AND p.from_on <= ?2 \
               AND (p.to_on IS NULL OR p.to_on >= ?2) GROUP BY o.id ORDER BY near DESC, o.name";
    let names = || -> rusqlite::Result<Vec<String>> {
        let mut statement = cx.db.prepare_cached(sql)?;
        statement.query_map([&lead, &cx.now.date().to_string()], |row| row.get(0))?.collect()
    };
    let fits = |name: &String| {
        typed.is_empty()
            || name.contains(&typed)
            || crate::values::pinyin::text_keys(name).iter().any(|key| key.starts_with(&typed))
    };
    let choice = |name: String| Choice { key: String::new(), value: name.clone(), label: name };
    names().unwrap_or_default().into_iter().filter(fits).map(choice).collect()
}
