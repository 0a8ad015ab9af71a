//! What is said about the people who work here: rows, the page of one, what runs out. Values that RULES §5.3 protects are masked.

use chrono::NaiveDate;
use rusqlite::types::Value;

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::{appointments, keep, org_name, training};
use crate::values::mask;

use super::fields::RECORD;
use super::records::{self, Person, Skill};
use super::rules::{self, RunsOut};
use super::{KEEPERS, lists};

/// The columns of a list of people.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![
        column("staff-name", 4),
        column("staff-code", 4),
        column("staff-kind", 4),
        column("staff-org", 2),
        column("staff-skills", 12),
        column("staff-availability", 12),
        column("staff-phone", 11),
    ]
}

/// Words of a set in the session's language, joined.
pub(crate) fn words(cx: &Cx<'_>, set: &str, kept: &[String]) -> String {
    let said: Vec<String> = kept.iter().map(|word| cx.catalog.show_word(set, word, cx.t.lang())).collect();
    keep::joined(&said, cx.t)
}

/// When someone usually comes, in the session's language.
pub(crate) fn comes(cx: &Cx<'_>, who: &Person) -> String {
    match rules::pattern(&who.availability, super::plan_of_day(cx)) {
        Some(pattern) => super::spell(cx, &pattern),
        None => who.availability.clone(),
    }
}

/// Someone in a few words, for a prompt.
pub(crate) fn brief(cx: &Cx<'_>, who: &Person) -> String {
    format!("{} {}", keep::clip_cells(&who.name, 10), org_name(cx, &who.org))
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(who) = records::find(cx.db, *id)? else { continue };
        rows.push(Row {
            reference: who.code.clone(),
            brief: brief(cx, &who),
            cells: vec![
                who.name.clone(),
                who.code.clone(),
                cx.catalog.show_word("staff_kinds", &who.kind, cx.t.lang()),
                org_name(cx, &who.org),
                words(cx, "skills", &who.skills),
                comes(cx, &who),
                mask::phone(&who.phone),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What is asked of a colleague first; the rest of the file stands at the end.
const FIRST: &[&str] =
    &["name", "kind", "org", "role", "skills", "languages", "availability", "phone", "accommodation"];

/// What the page of one begins with.
pub(crate) fn card(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    let mut head = file(cx, id, true)?;
    let who = records::must_find(cx.db, id)?;
    head.items.insert(1, Fact { label: cx.t.say("staff-code"), value: who.code.clone() });
    if let Some(left) = who.left {
        head.items.insert(0, Fact { label: cx.t.say("staff-left_on"), value: left.to_string() });
    }
    Ok(Part::Facts(head))
}

/// What the page of one person says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let who = records::must_find(cx.db, id)?;
    let mut parts = vec![card(cx, id)?];
    parts.extend(appointments::pages::of_person(cx, id)?);
    parts.extend(training::pages::of_person(cx, id)?);
    let work = crate::subjects::shifts::pages::of_person(cx, id)?;
    for facts in [work, skills(cx, &who)?, account(cx, &who)?, file(cx, id, false)?] {
        if !facts.items.is_empty() {
            parts.push(Part::Facts(facts));
        }
    }
    Ok(parts)
}

/// The fields that hold something, masked: those of [`FIRST`], or the others.
fn file(cx: &Cx<'_>, id: i64, first: bool) -> Result<Facts, Refusal> {
    let kept = keep::load(cx, &RECORD, id)?;
    let mut items = Vec::new();
    for (field, value) in RECORD.fields.iter().zip(&kept.values) {
        let elsewhere = matches!(field.name, "code" | "state" | "left_on");
        if matches!(value, Value::Null) || elsewhere || FIRST.contains(&field.name) != first {
            continue;
        }
        let value = match field.name {
            "availability" => comes(cx, &records::must_find(cx.db, id)?),
            _ => reading::on_page(field, value, cx),
        };
        items.push(Fact { label: cx.t.say(&format!("staff-{}", field.name)), value });
    }
    let heading = if first { String::new() } else { cx.t.say("staff-heading-file") };
    Ok(Facts { heading, items })
}

/// A day that runs out, with a word where that is soon.
fn until(cx: &Cx<'_>, day: NaiveDate) -> String {
    let days = cx.catalog.rule("contract_reminder").value.unsigned_abs();
    let id = match rules::runs_out(day, cx.now.date(), days) {
        RunsOut::Past => "staff-until-past",
        RunsOut::Soon => "staff-until-soon",
        RunsOut::Later => "staff-until",
    };
    cx.t.with(id, &[("day", day.to_string())])
}

/// What is known of each skill beyond its name.
fn skills(cx: &Cx<'_>, who: &Person) -> Result<Facts, Refusal> {
    let said = |skill: &Skill| {
        let level = cx.catalog.show_word("skill_levels", &skill.level, cx.t.lang());
        let issued = skill.issued.map(|d| cx.t.with("staff-issued", &[("day", d.to_string())]));
        let expires = skill.expires.map(|d| until(cx, d));
        let pieces =
            [level, skill.certificate.clone(), issued.unwrap_or_default(), expires.unwrap_or_default()];
        keep::one_line(&pieces.join(" "))
    };
    let all = records::skills_of(cx.db, who.id)?;
    let items = all.iter().map(|skill| Fact {
        label: cx.catalog.show_word("skills", &skill.skill, cx.t.lang()),
        value: said(skill),
    });
    let items = items.filter(|fact| !fact.value.is_empty()).collect();
    Ok(Facts { heading: cx.t.say("staff-heading-certificates"), items })
}

/// With which account someone signs in.
fn account(cx: &Cx<'_>, who: &Person) -> Result<Facts, Refusal> {
    let Some((name, active)) = records::account(cx.db, &who.code)? else { return Ok(Facts::default()) };
    let value = if active { name } else { cx.t.with("staff-account-closed", &[("name", name)]) };
    let items = vec![Fact { label: cx.t.say("staff-account"), value }];
    Ok(Facts { heading: cx.t.say("staff-heading-account"), items })
}

/// What of someone's runs out, in a word.
fn runs_out(cx: &Cx<'_>, what: &str) -> String {
    match what {
        "contract" | "insurance" => cx.t.say(&format!("staff-{what}_until")),
        skill => {
            let skill = cx.catalog.show_word("skills", skill, cx.t.lang());
            cx.t.with("staff-certificate-of", &[("skill", skill)])
        }
    }
}

/// Contracts, insurances and certificates that run out (G-6.3.1).
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let own = records::of_operator(cx.db, cx.who.id)?.map(|who| who.id);
    let keeps = cx.who.holds(KEEPERS);
    let mut duties = Vec::new();
    for expiry in records::expiring(cx.db, lists::until(cx), limit)? {
        if !keeps && own != Some(expiry.staff) {
            continue;
        }
        let who = records::must_find(cx.db, expiry.staff)?;
        let left = (expiry.until - cx.now.date()).num_days();
        duties.push(Duty {
            press: match left {
                ..0 => Press::Overdue,
                0 => Press::Today,
                1..=7 => Press::Week,
                _ => Press::Open,
            },
            day: Some(expiry.until),
            reference: who.code.clone(),
            list: String::new(),
            what: cx.t.with("staff-duty", &[("name", who.name), ("what", runs_out(cx, &expiry.what))]),
            when: keep::short_day(expiry.until),
            who: org_name(cx, &who.org),
            ..Duty::default()
        });
    }
    Ok(duties)
}

/// How many there are, for the side of the today page.
pub(crate) fn standing(cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
    let (all, volunteers) = records::counts(cx.db)?;
    if all == 0 {
        return Ok(Vec::new());
    }
    let args = [("all", all.to_string()), ("volunteers", volunteers.to_string())];
    Ok(vec![(cx.t.say("subject-staff"), cx.t.with("staff-standing", &args))])
}
