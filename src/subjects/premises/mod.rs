//! Premises as they were handed over to be used together: who owns or leases them does not change (G-6.1.1a). What is in
//! them is the zones' to say.

mod fields;

use crate::desk::action::{Action, Done, Undo};
use crate::desk::field::Record;
use crate::desk::form::FormState;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, ListSpec, Press, Subject};
use crate::desk::view::{Column, Row};
use crate::store::Tx;
use crate::subjects::{keep, org_name};

use fields::{ACTIONS, LISTS, RECORD};

/// The premises.
pub(crate) struct Premises;

impl Subject for Premises {
    fn name(&self) -> &'static str {
        "premises"
    }

    fn under(&self) -> Option<&'static str> {
        Some("venue")
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

    fn letters(&self) -> &'static [&'static str] {
        &["阵地"]
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            let kept = keep::load(cx, &RECORD, *id)?;
            let text = |name: &str| keep::plain(keep::value(&RECORD, &kept, name));
            let state = cx.catalog.show_word("premises_states", &text("state"), cx.t.lang());
            let org = org_name(cx, &text("from_org"));
            rows.push(Row {
                reference: text("code"),
                brief: format!("{} {state}", keep::clip_cells(&text("name"), 13)),
                cells: vec![
                    text("name"),
                    text("code"),
                    org,
                    text("owner"),
                    text("area"),
                    text("handed_over_on"),
                    state,
                ],
                ..Row::default()
            });
        }
        Ok(rows)
    }

    fn columns(&self, cx: &Cx<'_>) -> Vec<Column> {
        let column = |name: &str, usual, number| Column {
            label: cx.t.say(&format!("premises-{name}")),
            usual,
            number,
        };
        vec![
            column("name", 10, false),
            column("code", 5, false),
            column("from_org", 3, false),
            column("owner", 8, false),
            column("area", 5, true),
            column("handed_over_on", 10, false),
            column("state", 3, false),
        ]
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
                form.propose("state", "移交中");
                Ok(())
            }
        }
    }

    fn respond(&self, _cx: &Cx<'_>, form: &mut FormState, _changed: &str) {
        if form.number("area").is_some_and(|n| n < 1) {
            form.fail("area", Refusal::rule("premises-area").field("area"));
        }
        let handed_over = keep::plain(&form.value("state")) == "已移交";
        form.require("handed_over_on", handed_over);
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
                keep::update(tx, &RECORD, id, form.version, &columns)?;
                (id, Undo::Fields)
            }
            None => {
                let no = tx.next_number("CD", 0)?;
                columns.push(("code", keep::text(&format!("CD-{no:02}"))));
                (tx.insert("premises", &columns)?, Undo::Withdraw)
            }
        };
        let reference = keep::reference(&Cx { db: tx.conn(), ..*cx }, &RECORD, id)?;
        Ok(Done { id, reference, args: Vec::new(), undo, open: action.name == "create" })
    }

    fn withdraw(&self, _cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
        keep::update(tx, &RECORD, id, 0, &[("state", keep::text("已退回"))])
    }

    fn today(&self, cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
        if !cx.who.holds(crate::subjects::zones::fields::WARDENS) {
            return Ok(Vec::new());
        }
        let sql = "SELECT code, name, from_org FROM premises WHERE state = '移交中' ORDER BY code LIMIT ?1";
        let mut waiting = cx.db.prepare_cached(sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let duty = |row: &rusqlite::Row<'_>| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        };
        let found: Vec<(String, String, String)> =
            waiting.query_map([limit], duty)?.collect::<Result<_, _>>()?;
        let duty = |(reference, name, org): (String, String, String)| Duty {
            press: Press::Open,
            day: None,
            reference,
            list: String::new(),
            what: cx.t.with("premises-duty", &[("name", name)]),
            when: String::new(),
            who: org_name(cx, &org),
            ..Duty::default()
        };
        Ok(found.into_iter().map(duty).collect())
    }
}
