//! Who is free: `w3 14-16 sy mw js` is answered with everybody who can do all of it and is free then. And whether a week is
//! covered: every service of it, people without absence included. Reads the file; writes nothing.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};

use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Answer, Cx};
use crate::subjects::leave::records::{self as leave, Absence, COMES};
use crate::subjects::staff::records::{self as staff, Person};
use crate::subjects::staff::rules::{HALVES, Pattern, pattern};
use crate::subjects::staff::{pages, plan_of_day};
use crate::subjects::staffing::records as requests;
use crate::subjects::venue::rules::{Hours, Span, week_of};
use crate::subjects::{keep, org_name};
use crate::values::dates;

use super::assign;
use super::duty;
use super::plan::{self, Plan};
use super::rules::Proposal;

/// People who are named while the line is typed.
const FOUND: usize = 6;
/// Lines an answer has at most.
const LINES: usize = 60;
/// Names on a line of an answer: about what forty cells hold.
const A_LINE: usize = 5;
/// People that are named for what is not covered.
const NAMED: usize = 3;

/// Fills the form that asks who is free.
pub(crate) fn start(form: &mut FormState) {
    for name in ["day", "hours"] {
        form.require(name, false);
    }
}

/// What was asked for, and everybody who could without a reason, the best first; without hours, who does not come that day is
/// left off.
struct Free {
    /// One for each half of the day that was looked at, with who is free in it and was not in the half before.
    halves: Vec<(Plan, Vec<i64>)>,
}

impl Free {
    fn count(&self) -> usize {
        self.halves.iter().map(|(_, people)| people.len()).sum()
    }

    /// The first few by name and home association, with the reasons.
    fn first(&self, cx: &Cx<'_>, most: usize) -> Result<Vec<(String, String)>, Refusal> {
        let mut said = Vec::new();
        for (plan, people) in &self.halves {
            let shown: Vec<i64> = people.iter().take(most - said.len()).copied().collect();
            for (who, warnings) in plan::judge(cx, plan, &shown)? {
                let person = staff::must_find(cx.db, who.id)?;
                let name = format!("{} {}", person.name, org_name(cx, &person.org));
                said.push((name, plan::reasons(cx, plan, &Proposal { who, warnings }, &person)));
            }
        }
        Ok(said)
    }
}

fn free(cx: &Cx<'_>, form: &FormState) -> Result<Option<Free>, Refusal> {
    let skills = keep::parts(&keep::plain(&form.value("skills")));
    if form.text("line").is_empty() && form.text("day").is_empty() && skills.is_empty() {
        return Ok(None);
    }
    let hours = Hours::parse(form.text("hours"));
    let day = keep::day_in(form, "day").unwrap_or(cx.now.date());
    // Without hours: some hour of the day, that is, the end of its first half or of its second.
    let halves: Vec<(u32, u32)> = match hours {
        Some(hours) => vec![(hours.from, hours.to)],
        None => HALVES.iter().map(|half| plan_of_day(cx).half(*half)).map(|h| (h.to - 30, h.to)).collect(),
    };
    let mut known: HashSet<i64> = HashSet::new();
    let mut found = Free { halves: Vec::new() };
    for hours in halves {
        let plan = Plan { day, hours, skills: skills.clone(), number: 1, ..Plan::default() };
        let able = plan::usual(cx, &plan)?.into_iter().filter(|id| known.insert(*id)).collect();
        found.halves.push((plan, able));
    }
    Ok(Some(found))
}

/// Answers while the line is typed: the first few as findings.
pub(crate) fn respond(cx: &Cx<'_>, form: &mut FormState, changed: &str) -> Result<(), Refusal> {
    for slot in &mut form.slots {
        slot.error.take_if(|problem| problem.code.starts_with("shifts-"));
    }
    if form.action == "cover" {
        return Ok(());
    }
    let said = assign::line(cx, form.text("line"))?;
    if changed == "line" {
        assign::take_over(cx, form, &said);
    }
    let unread: Vec<String> = said
        .unread
        .iter()
        .chain(Some(&said.task).filter(|t| said.skills.is_empty() && !t.is_empty()))
        .cloned()
        .collect();
    assign::unread(cx, form, &unread);
    assign::reread(cx, form);
    assign::hours(form);
    let Some(found) = free(cx, form)? else { return Ok(()) };
    for (name, reasons) in found.first(cx, FOUND)? {
        form.find(name, reasons);
    }
    if found.count() == 0 {
        form.find(cx.t.say("shifts-do-free"), cx.t.say("shifts-nobody-free"));
    }
    Ok(())
}

/// The whole answer.
pub(crate) fn answer(cx: &Cx<'_>, form: &FormState) -> Result<Answer, Refusal> {
    if form.action == "cover" {
        return cover(cx, keep::day_in(form, "week").unwrap_or(cx.now.date()));
    }
    let Some(found) = free(cx, form)? else {
        return Err(Refusal::rule("required").field("line"));
    };
    let (day, skills) =
        found.halves.first().map(|(plan, _)| (plan.day, plan.skills.clone())).unwrap_or_default();
    let said = found.first(cx, LINES)?;
    let mut lines: Vec<String> =
        said.into_iter().map(|(name, reasons)| format!("{name} {reasons}")).collect();
    if lines.is_empty() {
        lines.push(cx.t.say("shifts-nobody-free"));
    }
    let skills = pages::words(cx, "skills", &skills);
    let hours = form.text("hours");
    let day = dates::short_day(day, cx.now.date(), cx.t.lang());
    let when = keep::one_line(&format!("{day} {hours} {skills}"));
    let title = cx.t.with("shifts-free-title", &[("when", when), ("n", found.count().to_string())]);
    Ok(Answer { title, lines })
}

/// The names of the first few who could.
fn could(cx: &Cx<'_>, plan: &Plan) -> Result<String, Refusal> {
    let mut names = Vec::new();
    for proposal in plan::proposals(cx, plan, NAMED)?.iter().filter(|p| p.warnings.is_empty()) {
        names.push(staff::must_find(cx.db, proposal.who.id)?.name);
    }
    Ok(if names.is_empty() { cx.t.say("shifts-none") } else { keep::joined(&names, cx.t) })
}

/// What of a week is not covered, what is, who is away, and who is there all week.
fn cover(cx: &Cx<'_>, day: NaiveDate) -> Result<Answer, Refusal> {
    let (monday, sunday) = week_of(day);
    let span = plan::days(monday, sunday);
    let mut lines = Vec::new();
    let mut short = 0;
    let mut covered = 0;
    for request in requests::within(cx.db, span)? {
        let missing = request.missing();
        if missing == 0 {
            covered += 1;
            continue;
        }
        short += 1;
        let plan = request.plan();
        let args = [
            ("when", plan.when(cx)),
            ("what", format!("{} {}", org_name(cx, &request.org), request.task)),
            ("missing", missing.to_string()),
            ("number", request.number.to_string()),
            ("could", could(cx, &plan)?),
        ];
        lines.push(cx.t.with("shifts-cover-short", &args));
    }
    for open in duty::uncovered(cx, monday, sunday)? {
        short += 1;
        let plan = open.plan();
        let what = keep::one_line(&format!("{} {} {}", open.place, org_name(cx, &open.org), open.what));
        let args = [("when", plan.when(cx)), ("what", what), ("could", could(cx, &plan)?)];
        lines.push(cx.t.with("shifts-cover-duty", &args));
    }
    covered += duty::covered(cx, monday, sunday)?;
    if short == 0 {
        lines.push(cx.t.say("shifts-cover-all"));
    }
    lines.push(cx.t.with("shifts-cover-covered", &[("n", covered.to_string())]));
    absences(cx, span, monday, &mut lines)?;
    let title = cx.t.with(
        "shifts-cover-title",
        &[("from", keep::short_day(monday)), ("to", keep::short_day(sunday)), ("short", short.to_string())],
    );
    Ok(Answer { title, lines })
}

/// Who is away in a week, who is there all of it, and, by half-day, how many of those who usually come are there.
fn absences(cx: &Cx<'_>, span: Span, monday: NaiveDate, lines: &mut Vec<String>) -> Result<(), Refusal> {
    let all = staff::here(cx.db)?;
    let people: HashMap<i64, &Person> = all.iter().map(|who| (who.id, who)).collect();
    let away: Vec<Absence> =
        leave::within(cx.db, span)?.into_iter().filter(|one| one.kind != COMES).collect();
    let mut absent: HashMap<i64, Vec<Span>> = HashMap::new();
    for one in &away {
        let Some(who) = people.get(&one.staff) else { continue };
        absent.entry(who.id).or_default().push(one.span);
        let args = [
            ("name", who.name.clone()),
            ("kind", cx.catalog.show_word("absence_kinds", &one.kind, cx.t.lang())),
            ("when", crate::subjects::leave::when(cx, one)),
        ];
        lines.push(cx.t.with("shifts-cover-away", &args));
    }
    let there: Vec<&Person> = all.iter().filter(|who| !absent.contains_key(&who.id)).collect();
    let plan_of_day = plan_of_day(cx);
    let halves: Vec<(NaiveDate, Hours)> = (0..7)
        .flat_map(|ahead| HALVES.map(|half| (monday + Days::new(ahead), plan_of_day.half(half))))
        .collect();
    let mut counts = vec![0_usize; halves.len()];
    let mut patterns: HashMap<&str, Option<Pattern>> = HashMap::new();
    for who in &all {
        let usual =
            patterns.entry(&who.availability).or_insert_with(|| pattern(&who.availability, plan_of_day));
        let Some(usual) = usual else { continue };
        let gone = absent.get(&who.id).map_or(&[][..], Vec::as_slice);
        for ((day, hours), count) in halves.iter().zip(&mut counts) {
            let half = Span::on(*day, *hours);
            if usual.touches(*day, *hours) && !gone.iter().any(|span| span.meets(half)) {
                *count += 1;
            }
        }
    }
    for (halves, counts) in halves.chunks(HALVES.len()).zip(counts.chunks(HALVES.len())) {
        if let ([(day, _), ..], [morning, afternoon]) = (halves, counts) {
            let day = dates::short_day(*day, cx.now.date(), cx.t.lang());
            let args = [("day", day), ("morning", morning.to_string()), ("afternoon", afternoon.to_string())];
            lines.push(cx.t.with("shifts-cover-half", &args));
        }
    }
    lines.push(cx.t.with("shifts-cover-there", &[("n", there.len().to_string())]));
    for org in crate::subjects::orgs(cx.catalog) {
        let of: Vec<String> = there.iter().filter(|who| who.org == org).map(|who| who.name.clone()).collect();
        for some in of.chunks(A_LINE) {
            let args = [("org", org_name(cx, &org)), ("names", keep::joined(some, cx.t))];
            lines.push(cx.t.with("shifts-cover-names", &args));
        }
    }
    Ok(())
}
