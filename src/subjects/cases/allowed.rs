//! Whether an action applies to a case now, and if not, why not and what can be done instead. Permission by post is the
//! desk's; here it is also asked whose case it is.

use std::cell::OnceCell;

use crate::catalog::SECRETARIAT;
use crate::desk::action::{Action, Availability, Scope};
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::subjects::people::said;
use crate::subjects::{keep, org_name};

use super::fields as f;
use super::records::{self, Case, PartRow};
use super::rules::{self, Event, Part, Status, Stop};
use super::table::{ACTIONS, event};

/// Whether an action applies now.
pub(crate) fn available(cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
    let Some(id) = id else { return Ok(()) };
    let case = records::must_find(cx.db, id)?;
    let parts = records::parts(cx.db, id)?;
    applies(cx, action, &case, &parts, &OnceCell::new())?;
    agreed(cx, action, &case)?;
    yours(cx, action, &case, &parts)
}

/// Handing a case on is what the consent to intake was for: whoever took it back is handed on to nobody.
fn agreed(cx: &Cx<'_>, action: &Action, case: &Case) -> Availability {
    if !matches!(action.name, "route" | "refer") {
        return Ok(());
    }
    match records::clients(cx.db, case.id)?.into_iter().find(|who| who.withdrawn) {
        Some(who) => Err(Refusal::rule("cases-withdrawn").with("ref", who.code)),
        None => Ok(()),
    }
}

/// The same of many actions on one case, which is read once.
pub(crate) fn available_each(cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
    let found = records::must_find(cx.db, id).and_then(|case| Ok((records::parts(cx.db, id)?, case)));
    let (parts, case) = match found {
        Ok(found) => found,
        Err(refusal) => return vec![Err(refusal); actions.len()],
    };
    let can = OnceCell::new();
    let each = actions.iter();
    each.map(|action| {
        applies(cx, action, &case, &parts, &can)
            .and_then(|()| agreed(cx, action, &case))
            .and_then(|()| yours(cx, action, &case, &parts))
    })
    .collect()
}

/// Whether the case is in a state for it. What it is in a state for is worked out once, into `can`.
fn applies(
    cx: &Cx<'_>,
    action: &Action,
    case: &Case,
    parts: &[PartRow],
    can: &OnceCell<String>,
) -> Availability {
    let Err(stop) = possible(action.name, case, parts) else { return Ok(()) };
    let status = said(cx, &f::STATUS, case.status.word());
    Err(match stop {
        Stop::Missing(at) => {
            let orgs: Vec<String> =
                at.iter().filter_map(|at| parts.get(*at)).map(|p| org_name(cx, &p.org)).collect();
            Refusal::rule("cases-missing").with("ref", &case.no).with("orgs", keep::joined(&orgs, cx.t))
        }
        Stop::NotCalledBack => Refusal::rule("cases-not-called-back").with("ref", &case.no),
        Stop::Status => {
            // What applies instead, said by the same rule.
            let can = can.get_or_init(|| {
                let all = ACTIONS.iter().filter(|a| a.scope != Scope::Subject && event(a.name).is_some());
                let can = all.filter(|a| possible(a.name, case, parts).is_ok());
                let labels: Vec<String> = can.map(|a| cx.t.say(&format!("cases-do-{}", a.name))).collect();
                keep::joined(&labels, cx.t)
            });
            Refusal::rule("cases-not-now").with("ref", &case.no).with("status", status).with("can", can)
        }
    })
}

/// Whether the rules let an action happen, whoever does it.
fn possible(action: &str, case: &Case, parts: &[PartRow]) -> Result<(), Stop> {
    let states: Vec<Part> = parts.iter().map(|p| p.state).collect();
    let routed = !case.lead.is_empty();
    let coordinated = case.status == Status::Coordinated;
    let any = |event: Event| {
        let moves = states.iter().any(|state| rules::next_part(*state, event).is_some());
        if moves { Ok(()) } else { Err(Stop::Status) }
    };
    let open = if case.status.open() { Ok(()) } else { Err(Stop::Status) };
    match action {
        "accept" if coordinated => any(Event::Accept),
        "return" if coordinated => any(Event::Return),
        "report-back" if coordinated => any(Event::Finish),
        "report-back" => Err(Stop::Status),
        // A referred case is closed by its result, which says where it came from.
        "done" if case.status == Status::Referred => Err(Stop::Status),
        "referral-result" if case.status != Status::Referred => Err(Stop::Status),
        "assign" | "extend" | "add-client" => open,
        _ => match event(action) {
            Some(event) => rules::next(case.status, event, &states, routed).map(|_| ()),
            None => Ok(()),
        },
    }
}

/// What an association may do to a case: only to its own, or to its part.
fn yours(cx: &Cx<'_>, action: &Action, case: &Case, parts: &[PartRow]) -> Availability {
    let mine = cx.who.associations();
    if mine.is_empty() {
        return Ok(());
    }
    let lead = if case.lead.is_empty() { SECRETARIAT } else { &case.lead };
    let has_part = parts.iter().any(|part| mine.contains(&part.org.as_str()));
    let allowed = match action.name {
        "note" | "accept" | "return" | "report-back" => mine.contains(&lead) || has_part,
        _ => mine.contains(&lead),
    };
    if allowed {
        return Ok(());
    }
    Err(Refusal::rule("cases-not-yours")
        .of(Kind::Permission)
        .with("ref", &case.no)
        .with("org", org_name(cx, lead)))
}

/// The parts an action moves in a coordinated case: the one that was named, else those of the person's own
/// associations, else (for the secretariat, on their behalf) every one it can move.
pub(crate) fn moved<'a>(
    cx: &Cx<'_>,
    parts: &'a [PartRow],
    event: Event,
    named: &str,
) -> Vec<(&'a PartRow, Part)> {
    let mine = cx.who.associations();
    let wanted = |part: &&PartRow| {
        if named.is_empty() {
            mine.is_empty() || mine.contains(&part.org.as_str())
        } else {
            part.org == named
        }
    };
    let each = parts.iter().filter(wanted);
    each.filter_map(|part| rules::next_part(part.state, event).map(|to| (part, to))).collect()
}
