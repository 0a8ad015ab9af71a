//! The journals: what came in and went out of every book, line by line, and which fund each line belongs to (G-6.4.1,
//! G-6.4.2, SM-28, RULES §3). As unbendable as a bound book.

pub(crate) mod building;
pub(crate) mod entry;
pub(crate) mod fields;
pub(crate) mod import;
pub(crate) mod ledger;
pub(crate) mod lists;
pub(crate) mod pages;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod review;
pub(crate) mod rules;
pub(crate) mod suggest;
pub(crate) mod table;
pub(crate) mod totals;
pub(crate) mod typed;
pub(crate) mod voucher;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::{Findable, Record};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Book, Cx, Duty, ListSpec, QuickReading, ReportSpec, Subject, Where};
use crate::desk::view::{Choice, Column, Part, Row};
use crate::store::Tx;
use crate::subjects::keep;

/// The journals.
pub(crate) struct Journal;

impl Subject for Journal {
    fn name(&self) -> &'static str {
        "journal"
    }

    fn record(&self) -> &'static Record {
        &fields::RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        lists::LISTS
    }

    fn actions(&self) -> &'static [Action] {
        table::ACTIONS
    }

    fn verbs(&self) -> &'static [(&'static str, &'static str)] {
        &[("支", "pay"), ("付", "pay"), ("o", "pay"), ("收", "receive"), ("i", "receive")]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["现付", "现收", "银付", "银收", "转"]
    }

    fn scope(&self, cx: &Cx<'_>) -> Where {
        let orgs = cx.who.associations();
        if orgs.is_empty() {
            return Where::default();
        }
        // An association sees the lines that touch its own funds.
        let marks = vec!["?"; orgs.len()].join(", ");
        let sql = format!(
            "id IN (SELECT s.entry FROM journal_split s JOIN fund g ON g.id = s.fund WHERE g.owner IN ({marks}))"
        );
        Where { sql, values: orgs.into_iter().map(keep::text).collect() }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        pages::rows(cx, ids)
    }

    fn ledger(&self, cx: &Cx<'_>, list: &'static ListSpec, ids: &[i64]) -> Result<Option<Book>, Refusal> {
        ledger::book(cx, list, ids)
    }

    fn row_list(&self, cx: &Cx<'_>, form: &FormState) -> Option<&'static str> {
        ledger::list_of(cx, form)
    }

    fn row_of(&self, cx: &Cx<'_>, form: &FormState, _list: &'static ListSpec) -> Vec<String> {
        ledger::row_of(cx, form)
    }

    fn brief(&self, cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
        pages::brief(cx, id)
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        pages::columns(cx)
    }

    fn page(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
        pages::page(cx, id)
    }

    fn card(&self, cx: &Cx<'_>, id: i64) -> Result<Option<Part>, Refusal> {
        pages::card(cx, id).map(Some)
    }

    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        review::available(cx, action, id)
    }

    fn available_each(&self, cx: &Cx<'_>, actions: &[&Action], id: i64) -> Vec<Availability> {
        review::available_each(cx, actions, id)
    }

    fn start(
        &self,
        cx: &Cx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &mut FormState,
    ) -> Result<(), Refusal> {
        match id {
            Some(id) => review::start(cx, action.name, id, form),
            None => entry::start(cx, action.name, form),
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, changed: &str) {
        match form.action {
            "import" => import::respond(cx, form),
            "reverse" => review::respond_reverse(form),
            "pay" | "receive" | "move" | "transfer" | "amend" => entry::respond(cx, form, changed),
            _ => {}
        }
    }

    fn complete(&self, cx: &Cx<'_>, form: &FormState, field: &str) -> Vec<Choice> {
        suggest::complete(cx, form, field)
    }

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        if let Some(id) = id {
            return review::apply(cx, tx, action, id, form);
        }
        if let Some(written) = import::other_half(cx, form)? {
            let args = vec![
                ("amount", form.text("amount").to_owned()),
                ("summary", form.text("summary").to_owned()),
            ];
            return Ok(Done {
                id: written.id,
                reference: written.no,
                args,
                undo: Undo::No("journal"),
                open: false,
            });
        }
        let new = match action.name {
            "import" => import::build(cx, form)?,
            _ => building::build(cx, form, None)?,
        };
        let amount = new.lines.first().map(|line| line.figure.to_string()).unwrap_or_default();
        let written = voucher::write(cx, tx, &new)?;
        let args = vec![("amount", amount), ("summary", new.summary.clone())];
        Ok(Done { id: written.id, reference: written.no, args, undo: Undo::Withdraw, open: false })
    }

    fn archived(&self) -> bool {
        true
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        review::withdraw(cx, tx, id)
    }

    fn restored(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        review::restored(cx, tx, id)
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx, limit)
    }

    fn found_by(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<(Findable, String)>, Refusal> {
        let line = records::must_find(cx.db, id)?;
        // An amount is looked for as it is written.
        Ok(vec![(Findable::Code, line.figure().plain())])
    }

    fn standing(&self, cx: &Cx<'_>) -> Result<Vec<(String, String)>, Refusal> {
        pages::standing(cx)
    }

    fn quick(&self, _cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
        QuickReading { action, target: None, texts: vec![("line", rest.to_owned())], unread: Vec::new() }
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }

    fn formats(&self) -> &'static [&'static str] {
        &["journal"]
    }

    fn write_as(
        &self,
        cx: &Cx<'_>,
        _ending: &str,
        mark: &str,
        out: &mut dyn std::io::Write,
    ) -> Result<usize, Refusal> {
        reports::ledger_file::write(cx, mark, out)
    }

    fn import_action(&self) -> Option<&'static str> {
        Some("import")
    }
}
