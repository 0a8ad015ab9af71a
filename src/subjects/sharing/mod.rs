//! Sharing the running costs of the secretariat over the associations (G-6.4.1b): rules that come with the agreement, what
//! was shared by them, and the settling at the year's end. The money itself moves in the journal.

pub(crate) mod fields;
pub(crate) mod pages;
pub(crate) mod plan;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod rules;

#[cfg(test)]
mod tests;

use chrono::Datelike;
use rusqlite::types::Value;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, ReportSpec, Subject};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::journal::building;
use crate::subjects::keep;
use crate::values::money::Fen;

use fields::RECORD;
use rules::Unreadable;

/// The sharing rules.
pub(crate) struct Sharing;

impl Subject for Sharing {
    fn name(&self) -> &'static str {
        "sharing"
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
        &["FT", "分摊"]
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
        let rule = plan::rule(cx, id)?;
        match action.name {
            // What was used stays as it was: a change is a new rule with its own first day.
            "amend" if records::used(cx.db, id)? => Err(Refusal::rule("sharing-used").with("no", rule.no)),
            "close" if rule.to.is_some() => Err(Refusal::rule("sharing-closed").with("no", rule.no)),
            _ => Ok(()),
        }
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        let today = cx.now.date();
        match (action.name, id) {
            ("amend", Some(id)) => {
                keep::present(cx, &RECORD, id, form)?;
                let weights = plan::said(cx, &plan::rule(cx, id)?.weights);
                if let Some(slot) = form.slot_mut("weights") {
                    slot.text = weights;
                }
            }
            ("close", _) => form.propose("valid_to", today.to_string()),
            ("run" | "true-up", Some(id)) => {
                let rule = plan::rule(cx, id)?;
                let (from, to) = crate::subjects::notices::rules::last_quarter(today);
                form.propose("from", from.max(rule.from).to_string());
                form.propose("to", to.max(rule.from).to_string());
                form.propose("year", (today.year() - i32::from(today.month() < 12)).to_string());
                form.propose("date", today.to_string());
                if let Some(pool) = building::pool(cx)? {
                    form.propose("pool", pool.code);
                }
            }
            _ => {
                form.propose("name", cx.t.say("sharing-usual-name"));
                form.propose("method", "协议比例");
                form.propose("valid_from", today.to_string());
            }
        }
        Ok(())
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        match form.action {
            "run" | "true-up" => pages::preview(cx, form),
            "close" => {}
            _ => written(cx, form),
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
        let Some(id) = id else { return create(cx, tx, form) };
        let rule = plan::rule(cx, id)?;
        let mut args = vec![("name", rule.name.clone())];
        let mut undo = Undo::Fields;
        match action.name {
            "run" | "true-up" => {
                let plan = plan::of(cx, &rule, form)?;
                let written = plan::book(cx, tx, &rule, &plan)?;
                args.extend([("no", written.no), ("total", plan.total.to_string())]);
                undo = Undo::No("sharing");
            }
            "close" => {
                let to = keep::day_in(form, "valid_to").unwrap_or(cx.now.date());
                if to < rule.from {
                    return Err(Refusal::rule("sharing-period").field("valid_to"));
                }
                keep::update(tx, &RECORD, id, form.version, &[("valid_to", keep::day(to))])?;
            }
            _ => keep::update(tx, &RECORD, id, form.version, &columns(cx, form)?)?,
        }
        Ok(Done { id, reference: rule.no, args, undo, open: false })
    }

    fn archived(&self) -> bool {
        true
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let rule = plan::rule(cx, id)?;
        if records::used(tx.conn(), id)? {
            return Err(Refusal::rule("sharing-used").with("no", rule.no));
        }
        // It never was in force: it ends on the day it began, and says so.
        let columns =
            [("valid_to", keep::day(rule.from)), ("note", keep::text(&cx.t.say("sharing-withdrawn")))];
        keep::update(tx, &RECORD, id, 0, &columns)
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }
}

/// What a form for a rule understood of its weights, and what it proposes for its method.
fn written(cx: &Cx<'_>, form: &mut FormState) {
    match keep::plain(&form.value("method")).as_str() {
        "等额" => {
            let each: rules::Weights = cx.catalog.members().map(|a| (a.code.clone(), 1)).collect();
            form.propose("weights", plan::said(cx, &each));
        }
        "协议比例" => {
            let agreed: rules::Weights =
                cx.catalog.members().map(|a| (a.code.clone(), u64::from(a.weight))).collect();
            form.propose("weights", plan::said(cx, &agreed));
        }
        "人数" => form.propose("weights", plan::said(cx, &pages::heads(cx).unwrap_or_default())),
        "使用量" => form.propose("weights", plan::said(cx, &pages::drawn(cx).unwrap_or_default())),
        _ => form.propose("weights", ""),
    }
    if form.text("weights").trim().is_empty() {
        return;
    }
    match weights(cx, form) {
        Ok(weights) => {
            let said = plan::said(cx, &weights);
            form.echo("weights", said);
            if let Ok(shares) = rules::shares(Fen(10_000), &weights) {
                let of = |(org, fen): (String, Fen)| {
                    format!("{} {}%", crate::subjects::org_name(cx, &org), fen.plain())
                };
                let said: Vec<String> = shares.into_iter().map(of).collect();
                form.find(cx.t.say("sharing-finding-percent"), keep::joined(&said, cx.t));
            }
        }
        Err(refusal) => form.fail("weights", refusal),
    }
    if let (Some(from), Some(to)) = (keep::day_in(form, "valid_from"), keep::day_in(form, "valid_to"))
        && to < from
    {
        form.fail("valid_to", Refusal::rule("sharing-period").field("valid_to"));
    }
}

fn weights(cx: &Cx<'_>, form: &FormState) -> Result<rules::Weights, Refusal> {
    let allowed = || keep::joined(&cx.catalog.members().map(|a| a.short.clone()).collect::<Vec<_>>(), cx.t);
    rules::read(form.text("weights"), &plan::parties(cx))
        .map_err(|fault| match fault {
            Unreadable::Unknown(word) => {
                Refusal::rule("sharing-unknown").with("text", word).with("allowed", allowed())
            }
            Unreadable::Twice(word) => Refusal::rule("sharing-twice").with("text", word),
            Unreadable::Nobody => Refusal::rule("sharing-nobody"),
        })
        .map_err(|refusal| refusal.field("weights"))
}

fn columns(cx: &Cx<'_>, form: &FormState) -> Result<Vec<(&'static str, Value)>, Refusal> {
    let kept = rules::kept(&weights(cx, form)?);
    let mut columns = keep::columns(&RECORD, form);
    for (name, value) in &mut columns {
        if *name == "weights" {
            *value = keep::text(&kept);
        }
    }
    Ok(columns)
}

fn create(cx: &Cx<'_>, tx: &Tx<'_>, form: &FormState) -> Result<Done, Refusal> {
    let mut columns = columns(cx, form)?;
    let from = keep::day_in(form, "valid_from").unwrap_or(cx.now.date());
    let no = loop {
        let no = format!("FT-{}-{:02}", from.year(), tx.next_number("FT", from.year())?);
        let sql = "SELECT count(*) FROM share_rule WHERE no = ?1";
        let taken: i64 = tx.conn().prepare_cached(sql)?.query_row([&no], |row| row.get(0))?;
        if taken == 0 {
            break no;
        }
    };
    columns.push(("no", keep::text(&no)));
    let id = tx.insert("share_rule", &columns)?;
    let args = vec![("name", form.text("name").trim().to_owned())];
    Ok(Done { id, reference: no, args, undo: Undo::Withdraw, open: true })
}
