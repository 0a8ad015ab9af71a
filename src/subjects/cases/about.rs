//! What cases keep about one person: all of it for the person to have, and out of all of it what names them when their file
//! is erased. A step is never rewritten otherwise.

use rusqlite::params;

use crate::desk::door;
use crate::desk::reading;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Section};
use crate::desk::view::Fact;
use crate::store::Tx;
use crate::store::redact::MARK;
use crate::subjects::people::said;
use crate::subjects::{keep, org_name};

use super::fields::{self as f, RECORD};
use super::{Cases, records};

/// The cases of a person, each with its steps, parts and referrals, newest first.
pub(crate) fn sections(cx: &Cx<'_>, client: i64) -> Result<Vec<Section>, Refusal> {
    let mut all = Vec::new();
    for case in records::of_client(cx.db, client, usize::MAX >> 1)? {
        let heading = format!("{} {}", cx.t.say("cases-heading-case"), case.no);
        let mut of_case = vec![fields(cx, case.id)?];
        for part in records::parts(cx.db, case.id)? {
            of_case.push(vec![
                fact(cx, "cases-lead_org", org_name(cx, &part.org)),
                fact(cx, "cases-status", said(cx, &f::STATE, part.state.word())),
                fact(cx, "cases-result", part.result),
            ]);
        }
        for step in records::steps(cx.db, case.id, usize::MAX >> 1)?.into_iter().rev() {
            of_case.push(vec![
                fact(cx, "people-when", step.at.replace('T', " ")),
                fact(cx, "people-who", step.who),
                fact(cx, "people-what", cx.t.say(&format!("cases-do-{}", step.action))),
                fact(cx, "cases-status", said(cx, &f::STATUS, &step.to)),
                fact(cx, "cases-note", step.note),
            ]);
        }
        for [unit, on, reason, result] in records::referrals(cx.db, case.id)? {
            of_case.push(vec![
                fact(cx, "cases-unit", unit),
                fact(cx, "people-when", on),
                fact(cx, "people-reason", reason),
                fact(cx, "cases-result", result),
            ]);
        }
        all.push(Section { heading, records: of_case });
    }
    Ok(all)
}

fn fact(cx: &Cx<'_>, label: &str, value: String) -> Fact {
    Fact { label: cx.t.say(label), value }
}

fn fields(cx: &Cx<'_>, id: i64) -> Result<Vec<Fact>, Refusal> {
    let kept = keep::load(cx, &RECORD, id)?;
    let no = fact(cx, "cases-no", keep::reference(cx, &RECORD, id)?);
    let each = RECORD.fields.iter().zip(&kept.values);
    // Others whom a case is about are named as everywhere else.
    let rest = each
        .map(|(field, value)| fact(cx, &format!("cases-{}", field.name), reading::show(field, value, cx)));
    Ok(std::iter::once(no).chain(rest).collect())
}

/// Puts a mark in the place of what names a person in every text of their cases. Whoever brought the matter forward is
/// somebody near to them and goes as well.
pub(crate) fn forget(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    client: i64,
    hide: &dyn Fn(&str) -> String,
) -> Result<(), Refusal> {
    for case in records::of_client(cx.db, client, usize::MAX >> 1)? {
        for (table, key, columns) in TEXTS {
            for column in *columns {
                hide_in(tx, table, key, column, case.id, hide)?;
            }
        }
        let sql = "UPDATE case_record SET reporter = ?2 WHERE id = ?1 AND reporter IS NOT NULL";
        tx.conn().prepare_cached(sql)?.execute(params![case.id, MARK])?;
        door::index(cx, tx, &Cases, case.id)?;
        tx.redact(("cases", case.id, &case.no), |field, text| {
            if field == "reporter" { MARK.to_owned() } else { hide(text) }
        })?;
    }
    Ok(())
}

/// Where cases keep what somebody wrote: table, column of the case, columns of text.
const TEXTS: &[(&str, &str, &[&str])] = &[
    ("case_record", "id", &["content", "result", "wish", "route_reason", "due_reason"]),
    ("case_org", "case_id", &["result"]),
    ("case_step", "case_id", &["note"]),
    ("referral", "case_id", &["reason", "result"]),
];

fn hide_in(
    tx: &Tx<'_>,
    table: &str,
    key: &str,
    column: &str,
    case: i64,
    hide: &dyn Fn(&str) -> String,
) -> Result<(), Refusal> {
    let sql = format!("SELECT id, {column} FROM {table} WHERE {key} = ?1 AND {column} IS NOT NULL");
    let mut read = tx.conn().prepare_cached(&sql)?;
    let found = read.query_map([case], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let found: Vec<(i64, String)> = found.collect::<Result<_, _>>()?;
    for (id, text) in found {
        let without = hide(&text);
        if without != text {
            let sql = format!("UPDATE {table} SET {column} = ?2 WHERE id = ?1");
            tx.conn().prepare_cached(&sql)?.execute(params![id, without])?;
        }
    }
    Ok(())
}
