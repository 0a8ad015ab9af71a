//! Two little subjects for tests of what no real one has yet or has in many ways: a cash book, whose form is its next row,
//! and the purses under it.

use std::time::Instant;

use chrono::NaiveDateTime;
use rusqlite::types::Value;

use crate::desk::action::{Action, Ask, Availability, Done, Input, Scope, Undo};
use crate::desk::field::{Field, Findable, Kind, Record};
use crate::desk::form::FormState;
use crate::desk::office::{Clock, Office};
use crate::desk::own::Tables;
use crate::desk::refusal::Refusal;
use crate::desk::session::Operator;
use crate::desk::subject::{Book as Bound, Cx, Duty, ListSpec, Registry, Subject, Where};
use crate::desk::view::{Column, Fact, Facts, Part, Row, Subtotal};
use crate::desk::{Desk, Locale, records};
use crate::store::{DemoClock, OfficeMeta, Store, Tx};
use crate::values::dates::Bias;
use crate::values::lang::Lang;
use crate::values::money::Fen;

const DAY: Field = Field::new("day", Kind::Date(Bias::Record)).required().sticky();
const WHAT: Field = Field::new("what", Kind::Text).required().find(Findable::Text);
const AMOUNT: Field = Field::new("amount", Kind::Money).required().find(Findable::Number);

static BOOK: Record = Record { table: "trybook", reference: "no", fields: &[DAY, WHAT, AMOUNT] };
static PURSE: Record = Record { table: "trypurse", reference: "no", fields: &[WHAT] };

const fn action(name: &'static str, scope: Scope, inputs: &'static [Input]) -> Action {
    Action { name, scope, posts: &[], inputs, confirm: false, main: true, row: false }
}

const ROW: &[Input] = &[
    Input { field: &DAY, ask: Ask::IfEmpty },
    Input { field: &WHAT, ask: Ask::IfEmpty },
    Input { field: &AMOUNT, ask: Ask::IfEmpty },
];

static ACTIONS: &[Action] = &[
    Action { row: true, ..action("enter", Scope::Subject, ROW) },
    action("change", Scope::Record, &[Input { field: &AMOUNT, ask: Ask::IfEmpty }]),
    Action { confirm: true, ..action("tick", Scope::Many, &[]) },
];

fn every(_: &Cx<'_>) -> Where {
    Where::default()
}

fn open(_: &Cx<'_>) -> Where {
    Where { sql: "ticked = 0".into(), values: Vec::new() }
}

static LISTS: &[ListSpec] = &[
    ListSpec { name: "all", filter: every, order: &["day"], descending: false, tick: None },
    ListSpec { name: "open", filter: open, order: &["day"], descending: false, tick: Some("tick") },
];
static PURSES: &[ListSpec] =
    &[ListSpec { name: "all", filter: every, order: &["no"], descending: false, tick: None }];

struct Book;
struct Purse;

static REGISTRY: Registry = &[&Book, &Purse];

fn cells(cx: &Cx<'_>, sql: &str, id: i64) -> Result<Row, Refusal> {
    Ok(cx.db.query_row(sql, [id], |row| {
        let (reference, day, what): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let amount = Fen(row.get(3)?).to_string();
        let brief = format!("{reference} {what} {amount}");
        Ok(Row { reference, cells: vec![day, what, amount], brief, ..Row::default() })
    })?)
}

impl Subject for Book {
    fn name(&self) -> &'static str {
        "trybook"
    }

    fn record(&self) -> &'static Record {
        &BOOK
    }

    fn lists(&self) -> &'static [ListSpec] {
        LISTS
    }

    fn actions(&self) -> &'static [Action] {
        ACTIONS
    }

    fn letters(&self) -> &'static [&'static str] {
        &["b"]
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        let sql = "SELECT no, day, what, amount FROM trybook WHERE id = ?1";
        ids.iter().map(|id| cells(cx, sql, *id)).collect()
    }

    fn columns(&self, _: &Cx<'_>) -> Vec<Column> {
        let column = |label: &str, usual, number| Column { label: label.into(), usual, number };
        vec![column("日期", 10, false), column("摘要", 8, false), column("金额", 10, AMOUNT.kind.is_number())]
    }

    fn ledger(&self, cx: &Cx<'_>, list: &'static ListSpec, ids: &[i64]) -> Result<Option<Bound>, Refusal> {
        if list.name != "all" {
            return Ok(None);
        }
        let one = |sql: &str, id: i64| cx.db.query_row(sql, [id], |row| row.get::<_, i64>(0));
        let mut columns = self.columns(cx);
        columns.push(Column { label: "余额".into(), usual: 10, number: true });
        let mut book = Bound { columns, ..Bound::default() };
        let line = |label: &str, sum: i64| {
            let (label, sum) = (label.to_owned(), Fen(sum).to_string());
            let cells = vec![String::new(), label.clone(), sum.clone(), String::new()];
            Subtotal { brief: format!("{label} {sum}"), label, cells }
        };
        for (at, id) in ids.iter().enumerate() {
            let sum = one("SELECT sum(amount) FROM trybook WHERE id <= ?1", *id)?;
            let mut row = cells(cx, "SELECT no, day, what, amount FROM trybook WHERE id = ?1", *id)?;
            row.cells.push(Fen(sum).to_string());
            let next = "SELECT count(*) FROM trybook a JOIN trybook b ON b.id = a.id + 1 AND b.day = a.day WHERE a.id = ?1";
            if one(next, *id)? == 0 {
                let of_day =
                    "SELECT sum(a.amount) FROM trybook a JOIN trybook b ON a.day = b.day WHERE b.id = ?1";
                row.subtotals.push(line("本日合计", one(of_day, *id)?));
            }
            if at == 0 && *id > 1 {
                book.carried =
                    Some(line("承前页", one("SELECT sum(amount) FROM trybook WHERE id < ?1", *id)?));
            }
            book.rows.push(row);
        }
        let all = cx.db.query_row("SELECT coalesce(sum(amount), 0) FROM trybook", [], |row| row.get(0))?;
        book.foot.push(format!("结余{}", Fen(all)));
        Ok(Some(book))
    }

    fn row_list(&self, _: &Cx<'_>, form: &FormState) -> Option<&'static str> {
        (form.text("what") == "待核").then_some("open")
    }

    fn row_of(&self, _: &Cx<'_>, form: &FormState, list: &'static ListSpec) -> Vec<String> {
        let amount = form.number("amount").map(|fen| Fen(fen).to_string()).unwrap_or_default();
        let mut row = vec![form.text("day").to_owned(), form.text("what").to_owned(), amount];
        row.extend((list.name == "all").then(String::new));
        row
    }

    fn page(&self, cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
        let kept = records::load(cx, &BOOK, id)?.ok_or_else(|| Refusal::rule("not-found"))?;
        let each = BOOK.fields.iter().zip(&kept.values);
        let fact = |(field, value): (&Field, &Value)| Fact {
            label: field.name.into(),
            value: crate::desk::reading::on_page(field, value, cx),
        };
        Ok(vec![Part::Facts(Facts { heading: String::new(), items: each.map(fact).collect() })])
    }

    fn available(&self, _: &Cx<'_>, _: &Action, _: Option<i64>) -> Availability {
        Ok(())
    }

    fn start(&self, _: &Cx<'_>, _: &Action, _: Option<i64>, _: &mut FormState) -> Result<(), Refusal> {
        Ok(())
    }

    fn respond(&self, _: &Cx<'_>, _: &mut FormState, _: &str) {}

    fn apply(
        &self,
        cx: &Cx<'_>,
        tx: &Tx<'_>,
        action: &Action,
        id: Option<i64>,
        form: &FormState,
    ) -> Result<Done, Refusal> {
        let columns = crate::subjects::keep::columns(&BOOK, form);
        let id = match (action.name, id) {
            ("tick", Some(id)) => {
                tx.conn()
                    .execute("UPDATE trybook SET ticked = 1, version = version + 1 WHERE id = ?1", [id])?;
                id
            }
            (_, Some(id)) => {
                crate::subjects::keep::update(tx, &BOOK, id, 0, &columns)?;
                id
            }
            (_, None) => {
                let no = format!("B-{:02}", tx.next_number("trybook", 2026)?);
                tx.insert("trybook", &[columns, vec![("no", Value::Text(no))]].concat())?
            }
        };
        let reference = crate::subjects::keep::reference(cx, &BOOK, id)?;
        let undo = if action.scope == Scope::Subject { Undo::Withdraw } else { Undo::Fields };
        Ok(Done { id, reference, args: Vec::new(), undo, open: false })
    }

    fn withdraw(&self, _: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        tx.conn().execute("DELETE FROM trybook WHERE id = ?1", [id])?;
        Ok(())
    }

    fn restored(&self, _: &Cx<'_>, _: &Tx<'_>, _: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn today(&self, _: &Cx<'_>, _: usize) -> Result<Vec<Duty>, Refusal> {
        Ok(Vec::new())
    }
}

impl Subject for Purse {
    fn name(&self) -> &'static str {
        "trypurse"
    }

    fn under(&self) -> Option<&'static str> {
        Some("trybook")
    }

    fn record(&self) -> &'static Record {
        &PURSE
    }

    fn lists(&self) -> &'static [ListSpec] {
        PURSES
    }

    fn actions(&self) -> &'static [Action] {
        &[]
    }

    fn letters(&self) -> &'static [&'static str] {
        &["p"]
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        let sql = "SELECT no, '', what, 0 FROM trypurse WHERE id = ?1";
        ids.iter().map(|id| cells(cx, sql, *id)).collect()
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        Book.columns(cx)
    }

    fn page(&self, _: &Cx<'_>, _: i64) -> Result<Vec<Part>, Refusal> {
        Ok(Vec::new())
    }

    fn available(&self, _: &Cx<'_>, _: &Action, _: Option<i64>) -> Availability {
        Ok(())
    }

    fn start(&self, _: &Cx<'_>, _: &Action, _: Option<i64>, _: &mut FormState) -> Result<(), Refusal> {
        Ok(())
    }

    fn respond(&self, _: &Cx<'_>, _: &mut FormState, _: &str) {}

    fn apply(
        &self,
        _: &Cx<'_>,
        _: &Tx<'_>,
        _: &Action,
        _: Option<i64>,
        _: &FormState,
    ) -> Result<Done, Refusal> {
        Err(Refusal::rule("no-record"))
    }

    fn withdraw(&self, _: &Cx<'_>, _: &Tx<'_>, _: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn restored(&self, _: &Cx<'_>, _: &Tx<'_>, _: i64) -> Result<(), Refusal> {
        Ok(())
    }

    fn today(&self, _: &Cx<'_>, _: usize) -> Result<Vec<Duty>, Refusal> {
        Ok(Vec::new())
    }
}

/// A desk over the two, with a few purses and so many rows of the book: ten of a day, 1.00 more in each.
pub(super) fn desk(rows: i64) -> Desk {
    const MOMENT: &str = "2026-03-04T09:30:00";
    let clock = DemoClock { epoch: MOMENT.into(), started_at: MOMENT.into() };
    let meta = OfficeMeta { name: "小账".into(), created_at: MOMENT.into(), demo: Some(clock) };
    let moment = NaiveDateTime::parse_from_str(MOMENT, "%Y-%m-%dT%H:%M:%S").unwrap();
    let office = Office {
        store: Store::in_memory(&meta).unwrap(),
        clock: Clock::Fixed(moment),
        locale: Locale::new(Lang::Zh),
        catalog: Tables::default(),
        registry: REGISTRY,
        who: Operator { name: "卫示行".into(), ..Operator::default() },
        terminal: "test".into(),
        demo: true,
    };
    let stamps = "version INTEGER, created_at TEXT, created_by TEXT, updated_at TEXT, updated_by TEXT";
    office
        .store
        .write(&office.stamp(), |tx| {
            tx.conn().execute_batch(&format!(
                "CREATE TABLE trybook (id INTEGER PRIMARY KEY, no TEXT, day TEXT, what TEXT, amount INTEGER,
                     ticked INTEGER NOT NULL DEFAULT 0, {stamps}) STRICT;
                 CREATE TABLE trypurse (id INTEGER PRIMARY KEY, no TEXT, what TEXT, {stamps}) STRICT;"
            ))?;
            tx.conn().execute("INSERT INTO operator (name, created_at, created_by, updated_at, updated_by, version) VALUES ('卫示行', ?1, '', ?1, '', 1)", [MOMENT])?;
            for n in 0..rows {
                let no = format!("B-{:02}", tx.next_number("trybook", 2026)?);
                let day = format!("2026-03-{:02}", n / 10 + 1);
                tx.insert("trybook", &[("no", Value::Text(no)), ("day", Value::Text(day)), ("what", Value::Text(format!("收{n}"))), ("amount", Value::Integer(100 * (n + 1)))])?;
            }
            for what in ["盲协", "聋协"] {
                let no = format!("P-{:02}", tx.next_number("trypurse", 2026)?);
                tx.insert("trypurse", &[("no", Value::Text(no)), ("what", Value::Text(what.into()))])?;
            }
            Ok::<_, Refusal>(())
        })
        .unwrap();
    let mut desk = Desk::new(office, Instant::now()).unwrap();
    desk.sign_in("卫示行", "").unwrap();
    desk.refresh(false);
    desk
}
