//! What advisors were asked, what they advised, and whether it was adopted (G-5.3.3), with what it is about.

pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod records;

use chrono::Datelike;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::records as desk;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::{Cx, Duty, ListSpec, Subject, Where};
use crate::desk::view::{Column, Row};
use crate::store::Tx;
use crate::subjects::{advisors, keep, org_name};

use fields::RECORD;

/// The consultations.
pub(crate) struct Consultations;

impl Subject for Consultations {
    fn name(&self) -> &'static str {
        "consultations"
    }

    fn under(&self) -> Option<&'static str> {
        Some("staff")
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
        &["ZX"]
    }

    fn scope(&self, cx: &Cx<'_>) -> Where {
        let orgs = cx.who.associations();
        if orgs.is_empty() {
            return Where::default();
        }
        let marks = vec!["?"; orgs.len()].join(", ");
        let values = orgs.into_iter().map(|org| org.to_owned().into()).collect();
        Where { sql: format!("org IN ({marks})"), values }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        pages::columns(cx)
    }

    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        let Some(id) = id else { return Ok(()) };
        let about = records::must_find(cx.db, id)?;
        let fits = match action.name {
            "answer" => matches!(about.status.as_str(), "待答复" | "已答复"),
            "adopt" => matches!(about.status.as_str(), "已答复" | "已处理"),
            "withdraw" => about.status == "待答复",
            _ => about.status != "已撤回",
        };
        if fits {
            return Ok(());
        }
        let status = pages::status(cx, &about);
        Err(Refusal::rule("consultations-status").with("ref", about.no).with("status", status))
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        let today = cx.now.date().to_string();
        form.propose("asked_on", &today);
        form.propose("advised_on", &today);
        form.propose("asked_by", cx.who.name.clone());
        match cx.who.associations().as_slice() {
            [own, ..] => form.propose("org", *own),
            [] => form.propose("org", crate::catalog::SECRETARIAT),
        }
        match id {
            Some(id) if action.name != "withdraw" => keep::present(cx, &RECORD, id, form),
            _ => Ok(()),
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        let typed = form.text("linked").trim().trim_start_matches('#').to_owned();
        if !typed.is_empty() {
            match linked(cx, &typed) {
                Ok(Some((_, brief))) => form.echo("linked", brief),
                Ok(None) if form.slot("linked").is_some_and(|slot| slot.passed) => {
                    form.fail("linked", Refusal::rule("not-found").field("linked").with("text", typed));
                }
                _ => {}
            }
        }
        let orgs = cx.who.associations();
        let org = keep::plain(&form.value("org"));
        if !orgs.is_empty() && !org.is_empty() && !orgs.contains(&org.as_str()) {
            let own = org_name(cx, orgs.first().copied().unwrap_or_default());
            let refusal = Refusal::rule("training_needs-own").of(Kind::Permission).field("org");
            form.fail("org", refusal.with("org", own));
        }
        let ended = form.number("advisor").and_then(|id| advisors::records::find(cx.db, id).ok().flatten());
        if let Some(advisor) = ended.filter(|a| form.action == "ask" && !a.term.holds_on(cx.now.date())) {
            form.fail("advisor", Refusal::rule("advisors-ended").field("advisor").with("ref", advisor.no));
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
        let mut columns = keep::columns(&RECORD, form);
        let typed = form.text("linked").trim().trim_start_matches('#').to_owned();
        if !typed.is_empty() {
            let found = linked(&Cx { db: tx.conn(), ..*cx }, &typed)?;
            let (reference, _) =
                found.ok_or_else(|| Refusal::rule("not-found").field("linked").with("text", typed))?;
            columns.retain(|(name, _)| *name != "linked");
            columns.push(("linked", keep::text(&reference)));
        }
        let (id, undo) = match id {
            Some(id) => {
                let to = match action.name {
                    "answer" => Some("已答复"),
                    "adopt" => Some("已处理"),
                    "withdraw" => Some("已撤回"),
                    _ => None,
                };
                columns.extend(to.map(|to| ("status", keep::text(to))));
                keep::update(tx, &RECORD, id, form.version, &columns)?;
                (id, Undo::Fields)
            }
            None => {
                let year = cx.now.year();
                columns.push(("no", keep::text(&format!("ZX-{year}-{:03}", tx.next_number("ZX", year)?))));
                columns.push(("status", keep::text("待答复")));
                (tx.insert("consultation", &columns)?, Undo::Withdraw)
            }
        };
        let now = records::must_find(tx.conn(), id)?;
        let args = vec![("name", now.advisor.clone()), ("outcome", pages::outcome(cx, &now))];
        Ok(Done { id, reference: now.no, args, undo, open: false })
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let why = keep::text(&cx.t.say("training-withdrawn"));
        keep::update(tx, &RECORD, id, 0, &[("status", keep::text("已撤回")), ("result", why)])
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let about = records::must_find(cx.db, id)?;
        Ok(vec![(Findable::Code, about.no), (Findable::Other, about.advisor)])
    }
}

/// The record a reference means, of any subject: its whole reference, and in a few words what it is.
fn linked(cx: &Cx<'_>, typed: &str) -> Result<Option<(String, String)>, Refusal> {
    // A bare number is a number of many things.
    if typed.chars().all(|c| c.is_ascii_digit()) {
        return Ok(None);
    }
    for subject in cx.registry {
        let Some(id) = desk::by_reference(cx, *subject, typed)? else { continue };
        let row = subject.rows(cx, &[id])?.into_iter().next().unwrap_or_default();
        return Ok(Some((row.reference, row.brief)));
    }
    Ok(None)
}
