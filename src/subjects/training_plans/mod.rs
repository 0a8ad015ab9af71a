//! The plan of a year's training (G-6.3.3): drafted, decided with a reference; its sessions are those of the year. What it lacks is
//! said on its page: needs without a session, people who will be short.

pub(crate) mod pages;
pub(crate) mod reports;

#[cfg(test)]
mod tests;

use chrono::Datelike;

use crate::desk::action::{Action, Ask, Availability, Done, Input, Scope, Undo};
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, ReportSpec, Subject, Where};
use crate::desk::view::{Column, Part, Row};
use crate::store::Tx;
use crate::subjects::{KEEPERS, keep};
use crate::values::dates::Bias;

/// The plans.
pub(crate) struct TrainingPlans;

const YEAR: Field = Field::new("year", Kind::Integer).required().column(4);
const AIMS: Field = Field::new("aims", Kind::Long).find(Findable::Text);
const DECIDED: Field = Field::new("decided_on", Kind::Date(Bias::Record));
const DOCUMENT: Field = Field::new("document_no", Kind::Text).find(Findable::Text);
const STATUS: Field = Field::new("status", Kind::Choice(Set::Named("plan_statuses"))).column(3);
const DAY: Field = Field::new("decided_on", Kind::Date(Bias::Record)).required();

static RECORD: Record =
    Record { table: "training_plan", reference: "no", fields: &[YEAR, STATUS, DECIDED, DOCUMENT, AIMS] };

const fn keep_back(field: &'static Field) -> Input {
    Input { field, ask: Ask::OnRequest }
}

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: KEEPERS, inputs, confirm: false, main: true, row: false }
}

static ACTIONS: &[Action] = &[
    action("draft", Scope::Subject, &[Input { field: &YEAR, ask: Ask::Always }, keep_back(&AIMS)]),
    Action {
        posts: &["secretary", "deputy_secretary"],
        ..action("decide", Scope::Record, &[Input { field: &DOCUMENT, ask: Ask::IfEmpty }, keep_back(&DAY)])
    },
    action("amend", Scope::Record, &[Input { field: &AIMS, ask: Ask::IfEmpty }]),
];

fn all(_: &Cx<'_>) -> Where {
    Where::default()
}

static LISTS: &[ListSpec] =
    &[ListSpec { name: "all", filter: all, order: &["year"], descending: true, tick: None }];

/// A plan as kept: year, whether it is decided.
fn load(cx: &Cx<'_>, id: i64) -> Result<(i32, bool), Refusal> {
    let kept = keep::load(cx, &RECORD, id)?;
    let year = match keep::value(&RECORD, &kept, "year") {
        rusqlite::types::Value::Integer(year) => i32::try_from(*year).unwrap_or(0),
        _ => 0,
    };
    Ok((year, keep::plain(keep::value(&RECORD, &kept, "status")) == "已定"))
}

fn taken(cx: &Cx<'_>, year: i64) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM training_plan WHERE year = ?1)";
    Ok(cx.db.prepare_cached(sql)?.query_row([year], |row| row.get(0))?)
}

impl Subject for TrainingPlans {
    fn name(&self) -> &'static str {
        "training_plans"
    }

    fn under(&self) -> Option<&'static str> {
        Some("staff")
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
        match load(cx, id)? {
            (year, true) => Err(Refusal::rule("training_plans-decided").with("year", year.to_string())),
            (year, false) if action.name == "decide" && pages::sessions(cx, year)?.is_empty() => {
                Err(Refusal::rule("training_plans-empty").with("year", year.to_string()))
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
        // In the last quarter next year's is due.
        let now = cx.now.date();
        form.propose("year", (now.year() + i32::from(now.month() >= 10)).to_string());
        form.propose("decided_on", now.to_string());
        match id {
            Some(id) if action.name == "amend" => keep::present(cx, &RECORD, id, form),
            _ => Ok(()),
        }
    }

    fn respond(&self, cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        let Some(year) = form.number("year") else { return };
        if !(2000..=2200).contains(&year) {
            form.fail("year", Refusal::rule("training_plans-year").field("year"));
        } else if taken(cx, year).unwrap_or(false) {
            let refusal = Refusal::rule("training_plans-taken").field("year");
            form.fail("year", refusal.with("year", year.to_string()));
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
        let (id, undo) = match id {
            Some(id) => {
                if action.name == "decide" {
                    columns.push(("status", keep::text("已定")));
                }
                keep::update(tx, &RECORD, id, form.version, &columns)?;
                (id, Undo::Fields)
            }
            None => {
                let year = form.number("year").ok_or_else(|| Refusal::rule("required").field("year"))?;
                let cx = Cx { db: tx.conn(), ..*cx };
                if taken(&cx, year)? {
                    let refusal = Refusal::rule("training_plans-taken").field("year");
                    return Err(refusal.with("year", year.to_string()));
                }
                columns.extend([("no", keep::text(&format!("PXJH-{year}"))), ("status", keep::text("草案"))]);
                (tx.insert("training_plan", &columns)?, Undo::No("training_plans"))
            }
        };
        let cx = Cx { db: tx.conn(), ..*cx };
        let (year, _) = load(&cx, id)?;
        let reference = keep::reference(&cx, &RECORD, id)?;
        let args = vec![("year", year.to_string())];
        Ok(Done { id, reference, args, undo, open: action.name == "draft" })
    }

    fn withdraw(&self, _cx: &Cx<'_>, _tx: &Tx<'_>, _id: i64) -> Result<(), Refusal> {
        Err(Refusal::rule("undo"))
    }

    fn today(&self, cx: &Cx<'_>, _limit: usize) -> Result<Vec<Duty>, Refusal> {
        pages::today(cx)
    }

    fn reports(&self) -> &'static [ReportSpec] {
        reports::REPORTS
    }
}
