//! Financial notices: each association is told for each period what its funds had, took, spent and have, and what it bore of
//! the shared costs (G-6.4.2b). It reads, objects, is answered.

pub(crate) mod fields;
pub(crate) mod figures;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod rules;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::door;
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, ReportSpec, Subject, Where};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::{keep, org_name};

use fields::{EVERYONE, RECORD};
use rules::{Event, Status};

/// The notices.
pub(crate) struct Notices;

impl Subject for Notices {
    fn name(&self) -> &'static str {
        "notices"
    }

    fn under(&self) -> Option<&'static str> {
        Some("journal")
    }

    fn record(&self) -> &'static Record {
        &RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        fields::LISTS
    }

    fn actions(&self) -> &'static [Action] {
        fields::ACTIONS
    }

    fn letters(&self) -> &'static [&'static str] {
        &["TB", "通报"]
    }

    fn scope(&self, cx: &Cx<'_>) -> Where {
        let orgs = cx.who.associations();
        if orgs.is_empty() {
            return Where::default();
        }
        let marks = vec!["?"; orgs.len()].join(", ");
        Where { sql: format!("org IN ({marks})"), values: orgs.into_iter().map(keep::text).collect() }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        pages::columns(cx)
    }

    fn page(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
        pages::page(cx, id)
    }

    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        let Some(id) = id else { return Ok(()) };
        let notice = records::must_find(cx.db, id)?;
        let own = cx.who.associations();
        if !own.is_empty() && !own.contains(&notice.org.as_str()) {
            let org = org_name(cx, &notice.org);
            return Err(Refusal::rule("notices-not-yours")
                .of(crate::desk::refusal::Kind::Permission)
                .with("org", org));
        }
        after(&notice, action.name).map(drop)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        _id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        let today = cx.now.date();
        if action.name == "issue" {
            let (from, to) = rules::last_quarter(today);
            form.propose("receiver", EVERYONE);
            form.propose("from_on", from.to_string());
            form.propose("to_on", to.to_string());
            form.propose("issued_on", today.to_string());
        }
        form.propose("read_on", today.to_string());
        Ok(())
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        if form.action != "issue" {
            return;
        }
        let org = keep::plain(&form.value("receiver"));
        form.show("sent_to", org != EVERYONE);
        let (Some(from), Some(to)) = (keep::day_in(form, "from_on"), keep::day_in(form, "to_on")) else {
            return;
        };
        if to < from {
            form.fail("to_on", Refusal::rule("sharing-period").field("to_on"));
            return;
        }
        if to >= cx.now.date() {
            form.fail("to_on", Refusal::rule("notices-not-over").field("to_on"));
            return;
        }
        if let Ok(n @ 1..) = records::unposted(cx.db, from, to) {
            let said = cx.t.with("notices-finding-unposted", &[("n", n.to_string())]);
            form.find(cx.t.say("notices-finding-note"), said);
        }
        if org != EVERYONE && !org.is_empty() {
            form.propose("sent_to", receiver(cx, &org));
            for fact in figures::facts(cx, &org, from, to).unwrap_or_default() {
                form.find(fact.label, fact.value);
            }
        }
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        let Some(id) = id else { return issue(cx, tx, form) };
        let notice = records::must_find(tx.conn(), id)?;
        let mut columns = vec![("status", keep::text(after(&notice, action.name)?.word()))];
        let today = cx.now.date();
        match action.name {
            "read" => {
                let on = keep::day_in(form, "read_on").unwrap_or(today);
                if on < notice.issued || on > today {
                    return Err(Refusal::rule("notices-read-on").field("read_on"));
                }
                columns.push(("read_on", keep::day(on)));
            }
            "object" => {
                columns.push(("objection", keep::text(&with(&notice.objection, form.text("objection")))));
                if notice.read.is_none() {
                    columns.push(("read_on", keep::day(today)));
                }
            }
            _ => columns.push(("reply", keep::text(&with(&notice.reply, form.text("reply"))))),
        }
        keep::update(tx, &RECORD, id, form.version, &columns)?;
        let args = vec![("org", org_name(cx, &notice.org))];
        Ok(Done { id, reference: notice.no, args, undo: Undo::Fields, open: false })
    }

    fn archived(&self) -> bool {
        true
    }

    fn withdraw(&self, cx: &Cx<'_>, _tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        // What was told was told.
        let no = keep::reference(cx, &RECORD, id)?;
        Err(Refusal::rule("undo").with("what", no).with("why", cx.t.say("undo-told")))
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn reports(&self) -> &'static [ReportSpec] {
        figures::REPORTS
    }
}

/// Where a notice stands after an action.
fn after(notice: &records::Notice, action: &str) -> Result<Status, Refusal> {
    let (event, code) = match action {
        "read" => (Event::Read, "notices-read"),
        "object" => (Event::Object, "notices-objected"),
        _ => (Event::Reply, "notices-nothing-to-answer"),
    };
    rules::next(notice.status, event).ok_or_else(|| Refusal::rule(code).with("no", &notice.no))
}

/// What was said before stays above what is said now.
fn with(before: &str, now: &str) -> String {
    if before.is_empty() { now.trim().to_owned() } else { format!("{before}\n{}", now.trim()) }
}

/// Who gets an association's notice: its head, or the association itself.
fn receiver(cx: &Cx<'_>, org: &str) -> String {
    let head = records::head(cx.db, org, cx.now.date()).unwrap_or_default();
    if head.is_empty() { org_name(cx, org) } else { head }
}

/// Sends one notice, or all that are missing: each is a record of its own.
fn issue(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let day =
        |name: &'static str| keep::day_in(form, name).ok_or_else(|| Refusal::rule("required").field(name));
    let (from, to, on) = (day("from_on")?, day("to_on")?, day("issued_on")?);
    if on <= to || on > cx.now.date() {
        return Err(Refusal::rule("notices-issued-on").field("issued_on"));
    }
    let wanted = keep::plain(&form.value("receiver"));
    let members: Vec<String> = cx.catalog.members().map(|a| a.code.clone()).collect();
    let mut missing = Vec::new();
    for org in members.into_iter().filter(|org| wanted == EVERYONE || *org == wanted) {
        if !records::issued(tx.conn(), &org, from, to)? {
            missing.push(org);
        }
    }
    let period = rules::period(from, to);
    let Some((last, others)) = missing.split_last() else {
        return Err(Refusal::rule("notices-issued").field("receiver").with("period", period));
    };
    let to_whom = form.text("sent_to").trim();
    for org in others {
        let (id, no) = send(cx, tx, org, (from, to, on), "")?;
        door::made(cx, tx, &Notices, id, &no, "issue")?;
    }
    let (id, reference) = send(cx, tx, last, (from, to, on), to_whom)?;
    let args = vec![("n", missing.len().to_string()), ("period", period)];
    Ok(Done { id, reference, args, undo: Undo::No("told"), open: missing.len() == 1 })
}

fn send(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    org: &str,
    (from, to, on): (NaiveDate, NaiveDate, NaiveDate),
    to_whom: &str,
) -> Result<(i64, String), Refusal> {
    let no = rules::number(org, from, to);
    let to_whom = if to_whom.is_empty() { receiver(cx, org) } else { to_whom.to_owned() };
    let id = tx.insert(
        "financial_notice",
        &[
            ("no", keep::text(&no)),
            ("org", keep::text(org)),
            ("from_on", keep::day(from)),
            ("to_on", keep::day(to)),
            ("issued_on", keep::day(on)),
            ("sent_to", keep::text(&to_whom)),
            ("status", keep::text(Status::Sent.word())),
        ],
    )?;
    Ok((id, no))
}
