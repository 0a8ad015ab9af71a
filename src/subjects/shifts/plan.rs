//! What a form asks for, put beside who works here and what they already do: who could, why, what is unusual. Reads the file;
//! decides nothing.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::attendance::records as attendance;
use crate::subjects::leave::records::{self as leave, Absence, COMES};
use crate::subjects::staff::records::{self as staff, Person};
use crate::subjects::staff::rules::{Comes, pattern, says};
use crate::subjects::staff::{pages, plan_of_day};
use crate::subjects::venue::rules::{Hours, Span, minutes_of, moment_of, week_of};
use crate::subjects::{keep, org_name};
use crate::values::dates;

use super::records::{self, Shift};
use super::rules::{self, Candidate, Proposal, Refused, Warning, Wish};
use super::shortlist;

/// Days over which it is counted how often somebody has been with an association.
const YEAR: u64 = 365;

/// The kind of people who are sent only after some training (G-6.3.2).
pub(crate) const VOLUNTEER: &str = "志愿者";

/// Something to be done at a time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Plan {
    /// On which day.
    pub day: NaiveDate,
    /// From when to when, in minutes of that day.
    pub hours: (u32, u32),
    /// Association code; empty while not said.
    pub org: String,
    /// Skills wanted.
    pub skills: Vec<String>,
    /// How many people.
    pub number: usize,
    /// Shifts that give way to it.
    pub except: Vec<i64>,
}

impl Plan {
    /// Its hours.
    pub(crate) fn hours(&self) -> Hours {
        Hours { from: self.hours.0, to: self.hours.1 }
    }

    /// The same in minutes.
    pub(crate) fn span(&self) -> Span {
        Span::on(self.day, self.hours())
    }

    /// Its beginning and its end.
    pub(crate) fn moments(&self) -> (NaiveDateTime, NaiveDateTime) {
        (moment_of(self.span().from), moment_of(self.span().to))
    }

    /// Its week, and the days over which somebody's load is counted, its own included.
    pub(crate) fn reckoned(&self, cx: &Cx<'_>) -> (Span, Span) {
        let (monday, sunday) = week_of(self.day);
        (days(monday, sunday), days(self.day - Days::new(back(cx)), self.day))
    }

    /// Its day and hours in words.
    pub(crate) fn when(&self, cx: &Cx<'_>) -> String {
        let day = dates::short_day(self.day, cx.now.date(), cx.t.lang());
        format!("{day} {}", self.hours().text())
    }

    /// What the rules look at in it.
    pub(crate) fn wish(&self, cx: &Cx<'_>) -> Wish {
        let minutes = i64::from(self.hours.1.saturating_sub(self.hours.0));
        let most = cx.catalog.rule("weekly_hours_limit").value.saturating_mul(60);
        Wish { skills: self.skills.clone(), minutes, most }
    }
}

/// What a form asks for; none while day or hours are not said.
pub(crate) fn of(form: &FormState) -> Option<Plan> {
    let hours = Hours::parse(form.text("hours"))?;
    let number = form.number("number").and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
    Some(Plan {
        day: keep::day_in(form, "day")?,
        hours: (hours.from, hours.to),
        org: keep::plain(&form.value("org")),
        skills: keep::parts(&keep::plain(&form.value("skills"))),
        number: number.clamp(1, 99),
        except: Vec::new(),
    })
}

/// What a shift is, as a plan.
pub(crate) fn of_shift(shift: &Shift) -> Plan {
    Plan {
        day: shift.day(),
        hours: (shift.hours().from, shift.hours().to),
        org: shift.org.clone(),
        skills: Vec::new(),
        number: 1,
        except: vec![shift.id],
    }
}

/// Midnight of a day, in minutes.
pub(crate) fn midnight(day: NaiveDate) -> i64 {
    minutes_of(day.and_time(NaiveTime::MIN))
}

/// From the first minute of a day to the last of another.
pub(crate) fn days(from: NaiveDate, to: NaiveDate) -> Span {
    Span { from: midnight(from), to: midnight(to + Days::new(1)) }
}

/// Over how many days it is counted what somebody has to do, and what associations lend.
pub(crate) fn back(cx: &Cx<'_>) -> u64 {
    cx.catalog.rule("roster_load").value.unsigned_abs()
}

/// How often somebody has been with the association in the last year; counted no further than `most`.
pub(crate) fn known(cx: &Cx<'_>, plan: &Plan, id: i64, most: i64) -> Result<i64, Refusal> {
    match plan.org.is_empty() {
        true => Ok(0),
        false => records::times(cx.db, id, &plan.org, days(plan.day - Days::new(YEAR), plan.day), most),
    }
}

/// What gives way to it in its week and no longer counts: whose, how many minutes.
pub(crate) fn gives_way(cx: &Cx<'_>, plan: &Plan) -> Result<Vec<(i64, i64)>, Refusal> {
    let (monday, sunday) = week_of(plan.day);
    let mut found = Vec::new();
    for id in &plan.except {
        if let Some(shift) = records::find(cx.db, *id)?.filter(|s| (monday..=sunday).contains(&s.day())) {
            found.push((shift.staff, shift.span.to - shift.span.from));
        }
    }
    Ok(found)
}

/// A closer look at these people, in this order.
pub(crate) fn candidates(cx: &Cx<'_>, plan: &Plan, people: &[i64]) -> Result<Vec<Candidate>, Refusal> {
    let span = plan.span();
    let (week, load) = plan.reckoned(cx);
    let given = records::lent(cx.db, plan.day - Days::new(back(cx)), plan.day)?;
    let less = gives_way(cx, plan)?;
    let mut found = Vec::with_capacity(people.len());
    for id in people {
        let who = staff::must_find(cx.db, *id)?;
        let absences = leave::of(cx.db, who.id, span)?;
        let asked = |a: &Absence| a.kind == COMES && a.span.from <= span.from && a.span.to >= span.to;
        let usual = pattern(&who.availability, plan_of_day(cx)).unwrap_or_default();
        let comes = match absences.iter().any(asked) {
            true => Comes::Usually,
            false => usual.comes(plan.day, plan.hours()),
        };
        let minutes = records::minutes(cx.db, who.id, week, load)?;
        let gone: i64 = less.iter().filter(|(staff, _)| *staff == who.id).map(|(_, minutes)| minutes).sum();
        let skills: Vec<String> = who.skills.iter().chain(&who.languages).cloned().collect();
        found.push(Candidate {
            id: who.id,
            here: who.left.is_none_or(|left| plan.day <= left)
                && who.joined.is_none_or(|joined| joined <= plan.day),
            busy: !records::rivals(cx.db, who.id, span, &plan.except)?.is_empty(),
            away: absences.into_iter().find(|a| a.kind != COMES).map(|a| a.kind),
            comes,
            expired: expired(&over(cx, who.id, plan.day)?, &skills, &plan.skills),
            skills,
            trained: who.kind != VOLUNTEER || attendance::trained(cx.db, who.id, plan.day)?,
            week: minutes.week - gone,
            load: minutes.load,
            known: known(cx, plan, who.id, i64::MAX)?,
            given: match who.org == crate::catalog::SECRETARIAT {
                true => 0,
                false => given.get(&who.org).copied().unwrap_or(0),
            },
        });
    }
    Ok(found)
}

/// Of which skills somebody's certificates are over by a day.
fn over(cx: &Cx<'_>, id: i64, day: NaiveDate) -> Result<Vec<String>, Refusal> {
    let all = staff::skills_of(cx.db, id)?;
    Ok(all.into_iter().filter(|s| s.expires.is_some_and(|last| last < day)).map(|s| s.skill).collect())
}

/// The wanted skills for which someone has nothing but certificates that are over.
fn expired(over: &[String], skills: &[String], wanted: &[String]) -> Vec<String> {
    let only_over = |wanted: &&String| {
        let mut able = skills.iter().filter(|skill| says(skill, wanted)).peekable();
        able.peek().is_some() && able.all(|skill| over.contains(skill))
    };
    wanted.iter().filter(only_over).cloned().collect()
}

/// The best of those who could do it, at most so many, the best first. Where nobody has a wanted skill, of everybody.
pub(crate) fn proposals(cx: &Cx<'_>, plan: &Plan, most: usize) -> Result<Vec<Proposal>, Refusal> {
    let wish = plan.wish(cx);
    let mut best = shortlist::best(cx, plan, &wish, most)?;
    if best.is_empty() && !plan.skills.is_empty() {
        best = shortlist::best(cx, &Plan { skills: Vec::new(), ..plan.clone() }, &wish, most)?;
    }
    Ok(rules::rank(candidates(cx, plan, &best)?, &wish))
}

/// Everybody who could do it without a reason, the best first, by number in the file.
pub(crate) fn usual(cx: &Cx<'_>, plan: &Plan) -> Result<Vec<i64>, Refusal> {
    shortlist::usual(cx, plan, &plan.wish(cx))
}

/// What the rules make of giving it to these.
pub(crate) fn judge(
    cx: &Cx<'_>,
    plan: &Plan,
    people: &[i64],
) -> Result<Vec<(Candidate, Vec<Warning>)>, Refusal> {
    let wish = plan.wish(cx);
    let all = candidates(cx, plan, people)?;
    Ok(all.into_iter().map(|who| (who.clone(), rules::warnings(&who, &wish))).collect())
}

/// Refuses whom no reason helps: gone, or somewhere else then.
pub(crate) fn refuse(cx: &Cx<'_>, plan: &Plan, who: &Candidate) -> Result<(), Refusal> {
    let Some(refused) = rules::refused(who) else { return Ok(()) };
    let person = staff::must_find(cx.db, who.id)?;
    match refused {
        Refused::Gone => Err(Refusal::rule("shifts-gone").field("people").with("name", person.name)),
        Refused::Busy => Err(taken(cx, plan, &person)?),
    }
}

/// The refusal that somebody is somewhere else: where, and who could in their place.
pub(crate) fn taken(cx: &Cx<'_>, plan: &Plan, person: &Person) -> Result<Refusal, Refusal> {
    let rivals = records::rivals(cx.db, person.id, plan.span(), &plan.except)?;
    let by = rivals.first().map(|s| {
        let day = if s.day() == plan.day { String::new() } else { keep::short_day(s.day()) };
        keep::one_line(&format!("{day} {} {} {} {}", s.hours().text(), org_name(cx, &s.org), s.task, s.no))
    });
    let mut others = Vec::new();
    for proposal in proposals(cx, plan, 2)?.iter().filter(|p| p.warnings.is_empty()) {
        others.push(staff::must_find(cx.db, proposal.who.id)?.name);
    }
    let others = if others.is_empty() { cx.t.say("shifts-none") } else { keep::joined(&others, cx.t) };
    Ok(Refusal::rule("shifts-taken")
        .field("people")
        .with("name", &person.name)
        .with("by", by.unwrap_or_default())
        .with("instead", others))
}

/// Minutes as hours with one decimal where there is one, `1.5`.
pub(crate) fn as_hours(minutes: i64) -> String {
    let tenths = (minutes.max(0) * 10 + 30) / 60;
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// Minutes as they are typed, without losing any: `2`, `1.5`, `20m`.
pub(crate) fn typed(minutes: i64) -> String {
    if minutes % 6 == 0 { as_hours(minutes) } else { format!("{minutes}m") }
}

/// A warning in a sentence.
pub(crate) fn say(cx: &Cx<'_>, name: &str, warning: &Warning) -> String {
    let name = ("name", name.to_owned());
    let args = match warning {
        Warning::Away { why } => {
            vec![name, ("why", cx.catalog.show_word("absence_kinds", why, cx.t.lang()))]
        }
        Warning::Lacks { skills } | Warning::Expired { skills } => {
            vec![name, ("skills", pages::words(cx, "skills", skills))]
        }
        Warning::OverWeek { minutes } => {
            let most = cx.catalog.rule("weekly_hours_limit").value.to_string();
            vec![name, ("hours", as_hours(*minutes)), ("most", most)]
        }
        Warning::OutsideHours | Warning::Untrained => vec![name],
    };
    cx.t.with(&format!("shifts-warning-{}", warning.word()), &args)
}

/// Why somebody is proposed, the reasons in words.
pub(crate) fn reasons(cx: &Cx<'_>, plan: &Plan, proposal: &Proposal, person: &Person) -> String {
    let who = &proposal.who;
    let mut said = Vec::new();
    let able = |skill: &&String| plan.skills.iter().any(|wanted| says(skill, wanted));
    let mut can: Vec<String> = Vec::new();
    for skill in who.skills.iter().filter(able) {
        // Who interprets sign language signs: that goes without saying.
        let general = who.skills.iter().any(|other| other != skill && says(other, skill));
        if !general && !can.contains(skill) {
            can.push(skill.clone());
        }
    }
    if !can.is_empty() {
        said.push(pages::words(cx, "skills", &can));
    }
    // Whoever is away or does not come then is not free, only not busy: the warning says so.
    match who.comes {
        _ if who.away.is_some() => {}
        Comes::Usually => said.push(cx.t.say("shifts-reason-free")),
        Comes::IfAsked => said.push(cx.t.say("shifts-reason-asked")),
        Comes::Not => {}
    }
    let back = back(cx).to_string();
    said.push(cx.t.with("shifts-reason-load", &[("days", back), ("hours", as_hours(who.load))]));
    if who.known > 0 {
        let args = [("org", org_name(cx, &plan.org)), ("n", who.known.to_string())];
        said.push(cx.t.with("shifts-reason-known", &args));
    }
    if who.given > 0 {
        let args = [("org", org_name(cx, &person.org)), ("hours", as_hours(who.given))];
        said.push(cx.t.with("shifts-reason-given", &args));
    }
    said.extend(proposal.warnings.iter().map(|warning| say(cx, &person.name, warning)));
    said.join(&cx.t.say("shifts-reason-separator"))
}
