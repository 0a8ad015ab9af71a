//! What is said about cases: their rows, the page of one with its history, the duties they make. Names are masked.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press, Where};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::people::{pages as people, records as clients, said};
use crate::subjects::{keep, org_name};
use crate::values::dates;

use super::fields::{self as f, RECORD};
use super::records::{self, Case};
use super::{intake, lists, note, petition, routing, rules};

/// How many lines of history a page shows.
const STEPS: usize = 30;

/// Who leads, in a word; what is not routed says so.
fn lead(cx: &Cx<'_>, case: &Case) -> String {
    if case.lead.is_empty() { cx.t.say("cases-nobody-leads") } else { org_name(cx, &case.lead) }
}

/// A case in a few words, the distinguishing one first: `0031 肢协 轮椅维修`.
pub(crate) fn brief(cx: &Cx<'_>, case: &Case) -> String {
    format!("{} {} {}", case.tail(), lead(cx, case), keep::clip(&case.content, 5))
}

/// A case as a prompt names it: which one, and how it stands.
pub(crate) fn named(cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
    let case = records::must_find(cx.db, id)?;
    let args = [("no", case.tail().to_owned()), ("status", said(cx, &f::STATUS, case.status.word()))];
    Ok(cx.t.with("cases-named", &args))
}

/// How near the due day is: `逾期2天`, `今天`, `3-06`; the day of closing for a closed one.
pub(crate) fn due_mark(cx: &Cx<'_>, case: &Case) -> String {
    let today = cx.now.date();
    if !case.status.open() {
        return case.closed_on.map(keep::short_day).unwrap_or_default();
    }
    match rules::overdue_days(case.due, case.status, today) {
        Some(days) => cx.t.with("cases-overdue", &[("days", days.to_string())]),
        None if case.due == today => cx.t.say("cases-today"),
        None => keep::short_day(case.due),
    }
}

/// The columns of a list of cases.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![
        column("cases-due", 7),
        column("cases-no", 4),
        column("cases-lead_org", 4),
        column("cases-matter", 4),
        column("cases-client", 6),
        column("cases-content", 28),
        column("cases-status", 8),
    ]
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for case in records::find_all(cx.db, ids)? {
        rows.push(Row {
            reference: case.no.clone(),
            brief: brief(cx, &case),
            cells: vec![
                due_mark(cx, &case),
                case.tail().to_owned(),
                lead(cx, &case),
                said(cx, &f::MATTER, &case.matter),
                client(cx, &case)?,
                case.content.lines().next().unwrap_or_default().to_owned(),
                said(cx, &f::STATUS, case.status.word()),
            ],
            marked: false,
            subtotals: Vec::new(),
        });
    }
    Ok(rows)
}

fn client(cx: &Cx<'_>, case: &Case) -> Result<String, Refusal> {
    let who = match case.client {
        Some(id) => clients::find(cx.db, id)?,
        None => None,
    };
    Ok(match who {
        None => cx.t.say("cases-no-client"),
        Some(who) if people::hidden(cx, &who) => who.code,
        Some(who) => crate::values::mask::name(&who.name),
    })
}

/// What the page of one case begins with.
pub(crate) fn first(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    Ok(Part::Facts(card(cx, &records::must_find(cx.db, id)?)?))
}

/// What the page of one case says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let case = records::must_find(cx.db, id)?;
    let mut parts = vec![Part::Facts(card(cx, &case)?)];
    let mut push = |facts: Facts| {
        if !facts.items.is_empty() {
            parts.push(Part::Facts(facts));
        }
    };
    push(coordination(cx, &case)?);
    push(steps(cx, &case)?);
    push(referrals(cx, &case)?);
    if let Some(client) = case.client {
        let mut others = of_client(cx, client)?;
        others.heading = cx.t.say("cases-heading-others");
        others.items.retain(|fact| fact.label != case.no);
        push(others);
    }
    Ok(parts)
}

fn card(cx: &Cx<'_>, case: &Case) -> Result<Facts, Refusal> {
    let kept = keep::load(cx, &RECORD, case.id)?;
    let fact = |id: &str, value: String| Fact { label: cx.t.say(id), value };
    let mut items = vec![
        fact("cases-no", case.no.clone()),
        fact("cases-status", said(cx, &f::STATUS, case.status.word())),
        fact(
            "cases-due",
            format!("{} {}", dates::short_day(case.due, cx.now.date(), cx.t.lang()), overdue(cx, case))
                .trim()
                .to_owned(),
        ),
        fact("cases-lead_org", lead(cx, case)),
    ];
    let present = if case.co_orgs.is_empty() { vec![case.lead.clone()] } else { case.co_orgs.clone() };
    let people = records::clients(cx.db, case.id)?;
    let proposal = note::proposal(cx, case.id)?;
    // A person who was added may belong to an association that has no part yet.
    let unserved = people.len() > 1 && !routing::dropped(&proposal, &present).is_empty();
    if case.status.open() && (case.lead.is_empty() || unserved) {
        let orgs: Vec<String> = proposal.orgs().iter().map(|org| org_name(cx, org)).collect();
        let args = [("orgs", keep::joined(&orgs, cx.t)), ("why", intake::why(cx, &proposal))];
        items.push(fact("cases-finding-route", cx.t.with("cases-proposal", &args)));
    }
    let people: Vec<String> = people.iter().map(|who| people::brief(cx, who)).collect();
    let people = if people.is_empty() { vec![cx.t.say("cases-no-client")] } else { people };
    items.push(fact("cases-client", people.join("; ")));
    for name in [
        "matter",
        "content",
        "urgency",
        "received_at",
        "channel",
        "reporter",
        "co_orgs",
        "handler",
        "next_on",
        "wish",
        "result",
        "told_on",
        "satisfaction",
        "closed_on",
        "visits_count",
        "route_reason",
        "due_reason",
        "function_tag",
        "registrar",
    ] {
        let Some(field) = RECORD.field(name) else { continue };
        let value = reading::on_page(field, keep::value(&RECORD, &kept, name), cx);
        if !value.is_empty() {
            items.push(fact(&format!("cases-{name}"), value));
        }
    }
    Ok(Facts { heading: String::new(), items })
}

fn overdue(cx: &Cx<'_>, case: &Case) -> String {
    let days = rules::overdue_days(case.due, case.status, cx.now.date());
    days.map(|days| cx.t.with("cases-overdue", &[("days", days.to_string())])).unwrap_or_default()
}

/// The part of each association of a coordinated case.
fn coordination(cx: &Cx<'_>, case: &Case) -> Result<Facts, Refusal> {
    let fact = |part: records::PartRow| {
        let state = said(cx, &f::STATE, part.state.word());
        let since = [&part.reported_on, &part.accepted_on, &part.assigned_on];
        let since =
            since.into_iter().find(|day| !day.is_empty()).and_then(|day| day.parse::<NaiveDate>().ok());
        let since = since.map(keep::short_day).unwrap_or_default();
        let value = format!("{state} {since} {}", part.result);
        Fact { label: org_name(cx, &part.org), value: keep::one_line(&value) }
    };
    let items = records::parts(cx.db, case.id)?.into_iter().map(fact).collect();
    Ok(Facts { heading: cx.t.say("cases-heading-parts"), items })
}

fn steps(cx: &Cx<'_>, case: &Case) -> Result<Facts, Refusal> {
    let fact = |step: records::StepRow| {
        let day = step.at.split('T').next().and_then(|day| day.parse::<NaiveDate>().ok());
        let time: String = step.at.split('T').nth(1).unwrap_or_default().chars().take(5).collect();
        let at = format!("{} {time}", day.map(keep::short_day).unwrap_or_default());
        let what = cx.t.say(&format!("cases-do-{}", step.action));
        let org = if step.org.is_empty() { String::new() } else { org_name(cx, &step.org) };
        let status = said(cx, &f::STATUS, &step.to);
        let args = [("who", step.who), ("org", org), ("what", what), ("status", status), ("note", step.note)];
        Fact { label: at, value: keep::one_line(&cx.t.with("cases-step", &args)) }
    };
    let items = records::steps(cx.db, case.id, STEPS)?.into_iter().map(fact).collect();
    Ok(Facts { heading: cx.t.say("cases-heading-steps"), items })
}

fn referrals(cx: &Cx<'_>, case: &Case) -> Result<Facts, Refusal> {
    let fact = |[unit, on, reason, result]: [String; 4]| {
        let args = [("on", on), ("reason", reason), ("result", result)];
        Fact { label: unit, value: keep::one_line(&cx.t.with("cases-referral", &args)) }
    };
    let items = records::referrals(cx.db, case.id)?.into_iter().map(fact).collect();
    Ok(Facts { heading: cx.t.say("cases-heading-referrals"), items })
}

/// The cases of a person, newest first: number, matter, content, status.
pub(crate) fn of_client(cx: &Cx<'_>, client: i64) -> Result<Facts, Refusal> {
    let fact = |case: Case| {
        let matter = said(cx, &f::MATTER, &case.matter);
        let status = said(cx, &f::STATUS, case.status.word());
        Fact { label: case.no.clone(), value: format!("{matter} {} {status}", keep::clip(&case.content, 14)) }
    };
    let items = records::of_client(cx.db, client, 10)?.into_iter().map(fact).collect();
    Ok(Facts { heading: cx.t.say("cases-heading-cases"), items })
}

/// What cases wait for: overdue ones, those due today, those to be looked at again, those nobody has routed.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let today = cx.now.date();
    let soon = today + chrono::Days::new(cx.catalog.rule("case_due_soon").value.unsigned_abs());
    let day = || rusqlite::types::Value::Text(today.to_string());
    let until = || rusqlite::types::Value::Text(soon.to_string());
    let kinds = [
        (Press::Overdue, "open = 1 AND due < ?", vec![day()]),
        (Press::Today, "open = 1 AND due = ?", vec![day()]),
        // What is rare is walked along its own index and not looked for among everything that is open.
        (
            Press::Today,
            "id IN (SELECT id FROM case_record INDEXED BY case_by_next WHERE open = 1 AND next_on <= ?) AND +due > ?",
            vec![day(), day()],
        ),
        (Press::Today, "status IN ('已登记', '已分类', '待分流') AND due > ?", vec![day()]),
        (
            Press::Week,
            "open = 1 AND due > ? AND due <= ? AND status NOT IN ('已登记', '已分类', '待分流')",
            vec![day(), until()],
        ),
        (Press::Open, "open = 1 AND status IN ('待补充', '已转介') AND due > ?", vec![until()]),
        (
            Press::Open,
            "status = '协同办理' AND due > ? AND EXISTS (SELECT 1 FROM case_org o WHERE \
            o.case_id = case_record.id AND o.state NOT IN ('已反馈', '已撤出'))",
            vec![until()],
        ),
    ];
    let scope = lists::scope(cx);
    // The nearer of two days is the one to be said.
    let mut duties: Vec<Duty> = petition::duties(cx, limit)?;
    let mut known: HashSet<String> = duties.iter().map(|duty| duty.reference.clone()).collect();
    for (press, sql, values) in kinds {
        // What presses less would only be cut off again.
        let room = limit.saturating_sub(duties.iter().filter(|duty| duty.press <= press).count());
        if room == 0 {
            break;
        }
        let mut condition = Where { sql: sql.to_owned(), values };
        if !scope.sql.is_empty() {
            condition.sql = format!("{sql} AND ({})", scope.sql);
            condition.values.extend(scope.values.iter().cloned());
        }
        let values = rusqlite::params_from_iter(condition.values);
        let order = if sql.contains("next_on") { "next_on, id" } else { "due, id" };
        for case in records::select(cx.db, &condition.sql, order, limit, values)? {
            if known.insert(case.no.clone()) {
                duties.push(duty(cx, press, &case)?);
            }
        }
    }
    duties.sort_by_key(|duty| (duty.press, duty.day));
    duties.truncate(limit);
    Ok(duties)
}

/// What a case waits for.
pub(crate) fn duty(cx: &Cx<'_>, press: Press, case: &Case) -> Result<Duty, Refusal> {
    let missing: Vec<String> = records::parts(cx.db, case.id)?
        .iter()
        .filter(|part| !part.state.settled())
        .map(|part| org_name(cx, &part.org))
        .collect();
    let status = said(cx, &f::STATUS, case.status.word());
    let who = match (missing.is_empty(), case.handler.is_empty()) {
        (false, _) => keep::joined(&missing, cx.t),
        (true, false) => case.handler.clone(),
        (true, true) => lead(cx, case),
    };
    let when = match press {
        Press::Overdue => {
            cx.t.with("cases-days", &[("n", (cx.now.date() - case.due).num_days().to_string())])
        }
        Press::Today if case.due > cx.now.date() => status.clone(),
        Press::Today => cx.t.say("cases-today"),
        Press::Week => keep::short_day(case.due),
        Press::Open => status.clone(),
    };
    let args = [
        ("no", case.tail().to_owned()),
        ("org", lead(cx, case)),
        ("content", case.content.lines().next().unwrap_or_default().to_owned()),
    ];
    Ok(Duty {
        press,
        day: Some(case.due),
        reference: case.no.clone(),
        list: String::new(),
        what: cx.t.with("cases-duty", &args),
        when,
        who,
        ..Duty::default()
    })
}

/// How the cases stand now.
pub(crate) fn standing(cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
    let today = cx.now.date().to_string();
    // Each open case is counted once: the late ones and the others are two ends of one index.
    let late = records::count(cx.db, "open = 1 AND due < ?1", [&today])?;
    let open = late + records::count(cx.db, "open = 1 AND due >= ?1", [&today])?;
    let unrouted = records::count(cx.db, "status IN ('已登记', '已分类', '待分流')", [])?;
    let args = [("open", open), ("late", late), ("unrouted", unrouted)];
    let args = args.map(|(name, n)| (name, n.to_string()));
    Ok(vec![(cx.t.say("subject-cases"), cx.t.with("cases-standing", &args))])
}
