//! What is said about appointments: their rows, the page of one with votes and resolutions and what is wanting, the duties they
//! make, the gaps of the register.

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling::{self, Told};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::{keep, org_name};

use super::fields::REGISTRARS;
use super::records::{self, Appointment};
use super::rules::{self, Gap, Stage, Way};
use super::{forms, steps};

/// The columns of a list of appointments.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![
        column("appointments-post", 6),
        column("appointments-person", 4),
        column("appointments-org", 3),
        column("appointments-stage", 3),
        column("appointments-from_on", 10),
        column("appointments-until", 10),
    ]
}

fn post(cx: &Cx<'_>, about: &Appointment) -> String {
    cx.catalog.post_name(&about.post, cx.t.lang())
}

fn day(day: Option<chrono::NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(about) = records::find(cx.db, *id)? else { continue };
        let last = about.term().and_then(|term| term.last());
        rows.push(Row {
            reference: about.no.clone(),
            brief: keep::clip_cells(&format!("{} {}", post(cx, &about), about.name), 20),
            cells: vec![
                post(cx, &about),
                about.name.clone(),
                if about.org.is_empty() { String::new() } else { org_name(cx, &about.org) },
                steps::stage(cx, &about),
                day(about.from),
                day(last.or(about.to)),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What the page of one appointment begins with.
pub(crate) fn card(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    let about = records::must_find(cx.db, id)?;
    let mut items = telling::facts_as(cx, &super::Appointments, id, |name, _| match name {
        "stage" => Told::Words(steps::stage(cx, &about)),
        _ => Told::AsKept,
    })?;
    if let Some(last) = about.term().and_then(|term| term.last()).filter(|_| about.ended.is_some()) {
        items.push(Fact { label: cx.t.say("appointments-last-day"), value: last.to_string() });
    }
    Ok(Part::Facts(Facts { heading: String::new(), items }))
}

/// What the page of one appointment says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let about = records::must_find(cx.db, id)?;
    let mut parts = vec![card(cx, id)?];
    let mut section = |heading: &str, items: Vec<Fact>| {
        if !items.is_empty() {
            parts.push(Part::Facts(Facts { heading: cx.t.say(heading), items }));
        }
    };
    let votes = records::votes(cx.db, id)?;
    let vote = |v: &rules::Vote| Fact { label: org_name(cx, &v.org), value: forms::said(cx, v) };
    section("appointments-heading-votes", votes.iter().map(vote).collect());
    let resolutions = records::resolutions(cx.db, id)?;
    let resolution = |(org, no): &(String, String)| Fact { label: org_name(cx, org), value: no.clone() };
    section("appointments-heading-resolutions", resolutions.iter().map(resolution).collect());
    if rules::way(&about.post) == Way::Elected && wants_resolutions(&about) && !resolutions.is_empty() {
        let without = forms::missing(cx, resolutions.iter().map(|(org, _)| org.as_str()));
        if !without.is_empty() {
            let label = cx.t.say("appointments-without-resolution");
            section(
                "appointments-heading-missing",
                vec![Fact { label, value: keep::joined(&without, cx.t) }],
            );
        }
    }
    let others = records::of_person(cx.db, about.person)?.into_iter().filter(|o| o.id != id);
    section("appointments-heading-others", others.map(|o| held(cx, &o)).collect());
    Ok(parts)
}

/// A post of somebody's in a few words.
fn held(cx: &Cx<'_>, about: &Appointment) -> Fact {
    let said = format!("{} {} {}", steps::stage(cx, about), day(about.from), about.no);
    Fact { label: post(cx, about), value: keep::one_line(&said) }
}

fn wants_resolutions(about: &Appointment) -> bool {
    matches!(about.stage, Stage::Appointed | Stage::InOffice)
}

/// What waits for those who keep the register: terms over or running out, nominations on their way, posts without anybody.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    if !cx.who.holds(REGISTRARS) {
        return Ok(Vec::new());
    }
    let today = cx.now.date();
    let soon = today + chrono::Duration::days(cx.catalog.rule("term_reminder").value);
    let secretary = cx.catalog.post_name("secretary", cx.t.lang());
    let in_office = records::in_office(cx.db)?;
    let mut duties = Vec::new();
    for about in in_office.iter().filter(|about| about.to.is_some_and(|to| to <= soon)) {
        let to = about.to.unwrap_or(today);
        let days = (to - today).num_days();
        let (press, id) = match days {
            d if d < 0 => (Press::Overdue, "appointments-duty-over"),
            d if d <= 7 => (Press::Week, "appointments-duty-ends"),
            _ => (Press::Open, "appointments-duty-ends"),
        };
        duties.push(Duty {
            press,
            day: Some(to),
            reference: about.no.clone(),
            list: String::new(),
            what: cx.t.with(id, &[("post", post(cx, about)), ("name", about.name.clone())]),
            when: keep::short_day(to),
            who: secretary.clone(),
            ..Duty::default()
        });
    }
    for about in records::pending(cx.db)? {
        let next = match (about.stage, rules::way(&about.post)) {
            (Stage::Nominated, Way::Elected) => "appointments-duty-elect",
            (Stage::Appointed, _) => "appointments-duty-take",
            _ => "appointments-duty-appoint",
        };
        duties.push(Duty {
            press: Press::Open,
            day: None,
            reference: about.no.clone(),
            list: String::new(),
            what: cx.t.with(next, &[("post", post(cx, &about)), ("name", about.name.clone())]),
            when: String::new(),
            who: secretary.clone(),
            ..Duty::default()
        });
    }
    let ever = records::held(cx.db)?;
    let held: Vec<&str> = ever.iter().filter(|a| a.serves_on(today)).map(|a| a.post.as_str()).collect();
    // An office that keeps no register yet is not told of seven posts without anybody.
    let gaps = if ever.is_empty() { Vec::new() } else { rules::gaps(&held) };
    for gap in gaps {
        let (id, post, n) = match gap {
            Gap::Vacant(post) => ("appointments-duty-vacant", post, 0),
            Gap::Several(post, n) => ("appointments-duty-several", post, n),
        };
        let args = [("post", cx.catalog.post_name(post, cx.t.lang())), ("n", n.to_string())];
        duties.push(Duty {
            press: Press::Week,
            day: None,
            reference: String::new(),
            list: "appointments.in-office".to_owned(),
            what: cx.t.with(id, &args),
            when: String::new(),
            who: secretary.clone(),
            ..Duty::default()
        });
    }
    duties.sort_by_key(|duty| (duty.press, duty.day));
    duties.truncate(limit);
    Ok(duties)
}

/// The posts one person holds, is on the way to, or held, for their page.
pub(crate) fn of_person(cx: &Cx<'_>, id: i64) -> Result<Option<Part>, Refusal> {
    let all = records::of_person(cx.db, id)?;
    let items: Vec<Fact> = all.iter().map(|about| held(cx, about)).collect();
    Ok((!items.is_empty()).then(|| Part::Facts(Facts { heading: cx.t.say("subject-appointments"), items })))
}
