//! What is free: `w3 2h d` is answered with the hours, day by day, zone by zone. Reads the file; writes nothing.

use chrono::{Days, NaiveDate};

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Answer, Cx};
use crate::subjects::keep;
use crate::subjects::zones::records::{self as zones, Zone};
use crate::values::dates;

use super::records;
use super::rules::{self, Hours, Span};
use super::typed::Line;
use super::{booking, office_hours};

/// Days looked over when none is said.
const USUAL: u64 = 7;
/// The most days looked over.
const MOST: usize = 366;
/// Lines an answer has at most.
const LINES: usize = 60;
/// Minutes wanted when nothing is said.
const HOUR: i64 = 60;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// Just these hours, where they were said.
    pub hours: Option<Hours>,
    /// Minutes wanted.
    pub length: i64,
    /// This zone; none for every one that fits.
    pub zone: Option<i64>,
    /// How many come.
    pub people: Option<i64>,
    /// Accessibility wanted.
    pub needs: Vec<String>,
}

/// One line of an answer: a zone on a day with what is free of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Free {
    /// Which day.
    pub day: NaiveDate,
    /// Which zone.
    pub zone: Zone,
    /// From when to when.
    pub hours: Vec<Hours>,
}

/// What a form asks for.
pub(crate) fn question(cx: &Cx<'_>, form: &FormState, said: &Line) -> Result<Question, Refusal> {
    let today = cx.now.date();
    let iso = |text: &str| text.parse::<NaiveDate>().ok();
    let several = said.days.as_ref().and_then(|(from, to)| Some((iso(from)?, iso(to)?)));
    let days = match (keep::day_in(form, "day"), several) {
        (Some(day), Some(both)) if both.0 == day => both,
        (Some(day), _) => (day, day),
        (None, Some(both)) => both,
        (None, None) => (today, today + Days::new(USUAL - 1)),
    };
    let hours = Hours::parse(&said.hours);
    let length = length(form.text("length")).or(said.length);
    let length = length.or(hours.map(|h| i64::from(h.to - h.from))).unwrap_or(HOUR);
    Ok(Question {
        days,
        // Hours with a length are the bounds; without one they are what is wanted.
        hours,
        length,
        zone: form.number("zone"),
        people: form.number("people"),
        needs: keep::parts(&keep::plain(&form.value("needs"))),
    })
}

/// A length as a line says it.
fn length(text: &str) -> Option<i64> {
    let known = super::typed::Known { orgs: &[], zones: &[], features: &[] };
    if text.trim().is_empty() {
        return None;
    }
    let calendar = crate::catalog::Catalog::embedded().calendar();
    let never = dates::DateContext::new(chrono::NaiveDateTime::default(), dates::Bias::Planning, calendar);
    super::typed::read(text, &known, &never).length
}

/// What is free, by day, then zone.
pub(crate) fn search(cx: &Cx<'_>, question: &Question) -> Result<Vec<Free>, Refusal> {
    let fits = |zone: &Zone| match question.zone {
        Some(id) => zone.id == id,
        None => {
            let orgs = cx.who.associations();
            let mine =
                zone.dedicated.is_empty() || orgs.iter().any(|org| zone.dedicated.iter().any(|d| d == org));
            matches!(zone.kind.as_str(), "活动室" | "会议室" | "区域")
                && mine
                && question.people.is_none_or(|n| zone.capacity.is_some_and(|room| room >= n))
                && question.needs.iter().all(|need| zone.features.contains(need))
        }
    };
    let zones: Vec<Zone> = zones::open(cx.db)?.into_iter().filter(fits).collect();
    let mut found = Vec::new();
    for day in question.days.0.iter_days().take_while(|day| *day <= question.days.1).take(MOST) {
        let named = question.days.0 == question.days.1;
        if !named && !cx.catalog.calendar().is_working_day(day) {
            continue;
        }
        for zone in &zones {
            let open = zone.open(office_hours(cx));
            let mut within = Span::on(day, question.hours.unwrap_or(open));
            within.from = within.from.max(rules::quarter_up(rules::minutes_of(cx.now)));
            if within.to <= within.from {
                continue;
            }
            let taken = records::taken(cx.db, zone.id, within)?;
            let hours: Vec<Hours> = rules::gaps(within, &taken, question.length)
                .into_iter()
                .map(|gap| Hours::between(rules::moment_of(gap.from), rules::moment_of(gap.to)))
                .collect();
            if !hours.is_empty() {
                found.push(Free { day, zone: zone.clone(), hours });
            }
            if found.len() >= LINES {
                return Ok(found);
            }
        }
    }
    Ok(found)
}

fn say(cx: &Cx<'_>, free: &Free) -> (String, String) {
    let day = dates::short_day(free.day, cx.now.date(), cx.t.lang());
    let hours: Vec<String> = free.hours.iter().map(|h| h.text()).collect();
    (day, format!("{} {}", free.zone.name, hours.join(" ")))
}

/// Answers while the line is typed: the first few as findings.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    let said = booking::line(cx, form.text("line"))?;
    if changed == "line" {
        let one = said.days.as_ref().filter(|(from, to)| from == to).map(|(from, _)| from.clone());
        form.fill("day", one.unwrap_or_default());
        form.fill("zone", said.zone.clone());
        form.fill("people", said.people.clone());
        form.fill("needs", said.needs.join(";"));
    }
    booking::reread(cx, form);
    if !said.unread.is_empty() || !said.purpose.is_empty() {
        form.find(
            cx.t.say("venue-finding-unread"),
            format!("{} {}", said.unread.join(" "), said.purpose).trim().to_owned(),
        );
    }
    if form.text("line").is_empty() && form.text("day").is_empty() {
        return Ok(());
    }
    let found = search(cx, &question(cx, form, &said)?)?;
    for free in found.iter().take(6) {
        let (day, hours) = say(cx, free);
        form.find(day, hours);
    }
    if found.is_empty() {
        form.find(cx.t.say("venue-do-free"), cx.t.say("venue-nothing-free"));
    }
    Ok(())
}

/// The whole answer.
pub(crate) fn answer(cx: &Cx<'_>, form: &FormState) -> Result<Answer, Refusal> {
    let said = booking::line(cx, form.text("line"))?;
    let question = question(cx, form, &said)?;
    if !said.unread.is_empty() {
        return Err(Refusal::rule("venue-unread").field("line").with("text", said.unread.join(" ")));
    }
    let found = search(cx, &question)?;
    let lines = found.iter().map(|free| {
        let (day, hours) = say(cx, free);
        format!("{day} {hours}")
    });
    let mut lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        lines.push(cx.t.say("venue-nothing-free"));
    }
    let length = Hours { from: 0, to: u32::try_from(question.length).unwrap_or(0) };
    let title = cx.t.with("venue-free-title", &[("length", rules::clock(length.to))]);
    Ok(Answer { title, lines })
}
