//! The accounts whose money the office keeps, each with a journal of its own: cash boxes and the co-managed bank accounts with
//! those who must sign for them (G-6.4.2a). What is in one is the journal's to say.

pub(crate) mod fields;
pub(crate) mod records;

#[cfg(test)]
mod tests;

use crate::desk::action::{Action, Availability, Done, Undo};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ListSpec, Subject};
use crate::desk::telling;
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::store::Tx;
use crate::subjects::journal::totals;
use crate::subjects::keep;
use crate::values::money::Fen;

use fields::{ACTIONS, LISTS, RECORD};

/// The cash boxes and bank accounts.
pub(crate) struct Books;

impl Subject for Books {
    fn name(&self) -> &'static str {
        "books"
    }

    fn under(&self) -> Option<&'static str> {
        Some("journal")
    }

    fn record(&self) -> &'static Record {
        &RECORD
    }

    fn lists(&self) -> &'static [ListSpec] {
        LISTS
    }

    fn actions(&self) -> &'static [Action] {
        ACTIONS
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(book) = records::find(cx.db, *id)? else { continue };
            let balance = totals::book_balance(cx.db, *id, false)?.to_string();
            rows.push(Row {
                reference: book.code.clone(),
                brief: format!("{} {balance}", book.name),
                cells: vec![
                    book.name,
                    book.code,
                    cx.catalog.account_name(&book.account, cx.t.lang()),
                    balance,
                ],
                ..Row::default()
            });
        }
        Ok(rows)
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
        vec![
            column("books-name", 8, false),
            column("books-code", 5, false),
            column("books-account", 10, false),
            column("books-balance", 12, true),
        ]
    }

    fn page(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
        let (posted, all) = (totals::book_balance(cx.db, id, true)?, totals::book_balance(cx.db, id, false)?);
        let mut items = vec![Fact { label: cx.t.say("books-balance"), value: all.to_string() }];
        if posted != all {
            items.push(Fact { label: cx.t.say("books-posted"), value: posted.to_string() });
        }
        items.extend(telling::facts(cx, self, id)?);
        Ok(vec![Part::Facts(Facts { heading: String::new(), items })])
    }

    fn available(&self, cx: &Cx<'_>, action: &Action, id: Option<i64>) -> Availability {
        let Some(id) = id else { return Ok(()) };
        let book = records::must_find(cx.db, id)?;
        match action.name {
            _ if book.closed => Err(Refusal::rule("books-closed").with("book", book.name)),
            "close" => {
                let left = totals::book_balance(cx.db, id, false)?;
                if left == Fen::ZERO {
                    return Ok(());
                }
                Err(Refusal::rule("books-not-empty").with("book", book.name).with("left", left.to_string()))
            }
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
        match id {
            Some(id) if action.name == "amend" => keep::present(cx, &RECORD, id, form),
            _ => {
                form.propose("kind", "银行");
                form.propose("account", "1002");
                form.propose("opened_on", cx.now.date().to_string());
                form.propose("opening", "0");
                Ok(())
            }
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        let cash = keep::plain(&form.value("kind")) == "现金";
        form.propose("account", if cash { "1001" } else { "1002" });
        form.show("cash_limit", cash);
        form.show("number", !cash);
        form.show("bank", !cash);
        form.show("signatories", !cash);
        let code = form.text("code").trim().to_uppercase();
        if form.target.is_none() && records::by_code(cx.db, &code).is_ok_and(|found| found.is_some()) {
            form.fail("code", Refusal::rule("books-code-taken").field("code").with("code", code));
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
        let id = keep::coded(cx, tx, &RECORD, action.name, id, form)?;
        let book = records::must_find(tx.conn(), id)?;
        let undo = if action.name == "create" { Undo::Withdraw } else { Undo::Fields };
        Ok(Done {
            id,
            reference: book.code,
            args: vec![("name", book.name)],
            undo,
            open: action.name == "create",
        })
    }

    fn archived(&self) -> bool {
        true
    }

    fn withdraw(&self, cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        let book = records::must_find(tx.conn(), id)?;
        if records::used(tx.conn(), id)? {
            return Err(Refusal::rule("books-used").with("book", book.name));
        }
        keep::update(tx, &RECORD, id, 0, &[("closed_on", keep::day(cx.now.date()))])
    }
}
