//! Erasing what names a person whose file is past its time, or who took their consent back (RULES §5.2, §5.3 i): somebody
//! asks for it, somebody else does it, the program never does it by itself. What is counted stays, and so does the chain of
//! the audit: each value in it gives way to a mark.

use chrono::{Months, NaiveDate};
use rusqlite::params;
use rusqlite::types::Value;

use crate::desk::action::Availability;
use crate::desk::cleansing;
use crate::desk::locale::Args;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::{Cx, Where};
use crate::store::audit::AuditEntry;
use crate::store::redact::MARK;
use crate::store::{Tx, automatic};
use crate::subjects::keep;

use super::fields::RECORD;
use super::mentions::{self, Count};
use super::records::{self, Client};
use super::rules;

/// Who may erase what somebody else has asked to be erased.
pub(crate) const ERASERS: &[&str] = &["secretary", "deputy_secretary"];

/// Why a file is to be erased whose consent was taken back.
const WITHDRAWN: &str = "同意已撤回";

/// Fields that name the person or those around them; every value of them goes.
const PERSONAL: &[&str] = &[
    "name",
    "birth",
    "resident_id",
    "certificate",
    "cert_issued",
    "cert_expiry",
    "phone",
    "community",
    "address",
    "division_code",
    "household",
    "guardian_name",
    "guardian_relation",
    "guardian_phone",
    "wishes",
    "note",
];

/// A file at rest since before this day is past its time.
pub(crate) fn rests_since(cx: &Cx<'_>) -> NaiveDate {
    let years = u32::try_from(cx.catalog.rule("retention_person").value).unwrap_or(10);
    let today = cx.now.date();
    today.checked_sub_months(Months::new(years.saturating_mul(12))).unwrap_or(today)
}

/// The files that are past their time: no case open, none closed, nothing verified since.
pub(crate) fn at_rest(cx: &Cx<'_>) -> Where {
    let since = rests_since(cx).to_string();
    Where {
        sql: "erased_on IS NULL AND ifnull(last_verified_on,'') < ? AND created_at < ? AND NOT EXISTS (SELECT 1 FROM \
              case_client l JOIN case_record c ON c.id = l.case_id WHERE l.client_id = client.id \
              AND (c.open = 1 OR coalesce(c.closed_on, c.received_at) >= ?))"
            .to_owned(),
        values: vec![Value::Text(since.clone()), Value::Text(since.clone()), Value::Text(since)],
    }
}

/// The files that somebody has asked to be erased.
pub(crate) fn asked(_: &Cx<'_>) -> Where {
    Where { sql: "erase_asked_on IS NOT NULL AND erased_on IS NULL".to_owned(), values: Vec::new() }
}

/// How the erasing of a file stands.
struct Stand {
    asked_by: Option<String>,
    erased: bool,
}

fn stand(cx: &Cx<'_>, id: i64) -> Result<Stand, Refusal> {
    let sql = "SELECT erase_asked_by, erased_on IS NOT NULL FROM client WHERE id = ?1";
    let row = |row: &rusqlite::Row<'_>| Ok(Stand { asked_by: row.get(0)?, erased: row.get(1)? });
    Ok(cx.db.prepare_cached(sql)?.query_row([id], row)?)
}

/// Whether somebody has asked to erase a file that is not erased yet.
pub(crate) fn is_asked(cx: &Cx<'_>, id: i64) -> Result<bool, Refusal> {
    let stand = stand(cx, id)?;
    Ok(stand.asked_by.is_some() && !stand.erased)
}

/// Whether one of the actions about the end of a file applies to it, void or not.
///
/// # Errors
/// Says why not, and from when on or who could.
pub(crate) fn available(cx: &Cx<'_>, action: &str, who: &Client) -> Availability {
    let refuse = |code| Err(Refusal::rule(code).with("ref", &who.code));
    let stand = stand(cx, who.id)?;
    if stand.erased {
        return refuse("people-erased");
    }
    match (action, stand.asked_by) {
        ("own-data", _) | ("keep-on", Some(_)) => return Ok(()),
        ("keep-on" | "erase", None) => return refuse("people-erase-not-asked"),
        ("ask-erase", Some(_)) => return refuse("people-erase-asked"),
        ("erase", Some(by)) if by == cx.who.name && cx.catalog.rule("small_office").value != 1 => {
            return Err(Refusal::rule("people-erase-same").of(Kind::Permission).with("ref", &who.code));
        }
        _ => {}
    }
    if let n @ 1.. = records::open_cases(cx.db, who.id, 100)?.len() {
        return Err(Refusal::rule("people-open-cases").with("ref", &who.code).with("n", n.to_string()));
    }
    if action == "erase" {
        return Ok(());
    }
    let last = last_day(cx, who.id)?;
    if who.withdrawn || last < rests_since(cx) {
        return Ok(());
    }
    let years = u32::try_from(cx.catalog.rule("retention_person").value).unwrap_or(10);
    let from = last.checked_add_months(Months::new(years.saturating_mul(12))).unwrap_or(last);
    Err(Refusal::rule("people-erase-early").with("ref", &who.code).with("from", from.to_string()))
}

/// The last day on which anything happened with a file.
fn last_day(cx: &Cx<'_>, id: i64) -> Result<NaiveDate, Refusal> {
    let sql = "SELECT substr(max(created_at, coalesce(last_verified_on, ''), coalesce((SELECT \
               max(coalesce(c.closed_on, c.received_at)) FROM case_client l JOIN case_record c ON c.id = l.case_id \
               WHERE l.client_id = client.id), '')), 1, 10) FROM client WHERE id = ?1";
    let day: String = cx.db.prepare_cached(sql)?.query_row([id], |row| row.get(0))?;
    Ok(day.parse().unwrap_or_else(|_| cx.now.date()))
}

/// Puts a file on the list of those to be erased.
pub(crate) fn ask(cx: &Cx<'_>, tx: &Tx<'_>, id: i64, reason: &str) -> Result<(), Refusal> {
    let columns = [
        ("erase_asked_on", keep::day(cx.now.date())),
        ("erase_asked_by", keep::text(&cx.who.name)),
        ("erase_reason", keep::text(reason)),
    ];
    keep::update(tx, &RECORD, id, 0, &columns)
}

/// Takes it off the list again.
pub(crate) fn keep_on(tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let none = ["erase_asked_on", "erase_asked_by", "erase_reason"].map(|name| (name, Value::Null));
    keep::update(tx, &RECORD, id, 0, &none)
}

/// A consent was given or taken back: whoever took back the one on which everything stands has asked for the end of it, and
/// whoever gives it again has not (PIPL art. 47).
pub(crate) fn follow_consent(cx: &Cx<'_>, tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let gone = records::must_find(cx.db, id)?.withdrawn;
    let sql = "SELECT erase_reason FROM client WHERE id = ?1";
    let reason: Option<String> = cx.db.prepare_cached(sql)?.query_row([id], |row| row.get(0))?;
    match (gone, reason.as_deref()) {
        (true, None) => ask(cx, tx, id, WITHDRAWN),
        (false, Some(WITHDRAWN)) => keep_on(tx, id),
        _ => Ok(()),
    }
}

/// What is said of an erasure: how much went elsewhere, what stays and why, and until when the values are in old backups.
pub(crate) fn told(cx: &Cx<'_>, count: Count) -> Args {
    let mut rest = Vec::new();
    for (n, id) in [(count.stay, "people-erased-stay"), (count.doubtful, "people-erased-doubtful")] {
        if n > 0 {
            rest.push(cx.t.with(id, &[("n", n.to_string())]));
        }
    }
    if automatic::any(cx.db) {
        let until = cleansing::done_by(cx).to_string();
        rest.push(cx.t.with("people-erased-backups", &[("until", until)]));
    }
    let rest: String =
        rest.iter().map(|text| cx.t.with("people-erased-rest", &[("text", text.clone())])).collect();
    vec![("gone", count.gone.to_string()), ("rest", rest)]
}

/// Erases in a copy of the office whoever was erased in the office itself, each as a step of the copy's own audit.
pub(crate) fn again(
    office: &rusqlite::Connection,
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    until: NaiveDate,
) -> Result<(), Refusal> {
    for id in records::erased_since(office, cx.db, until)? {
        let who = records::must_find(cx.db, id)?;
        erase(cx, tx, &who)?;
        records::derive(tx, &crate::subjects::routing_table(cx.catalog), id)?;
        crate::desk::door::index(cx, tx, &super::People, id)?;
        tx.audit(&AuditEntry {
            subject: "people".to_owned(),
            record_id: Some(id),
            reference: Some(who.code),
            action: "erase".to_owned(),
            ..AuditEntry::default()
        })?;
    }
    Ok(())
}

/// Erases what names the person, here, wherever another subject keeps something of them, and in what anybody wrote anywhere;
/// says how much of the last went and stayed.
pub(crate) fn erase(cx: &Cx<'_>, tx: &Tx<'_>, who: &Client) -> Result<Count, Refusal> {
    tx.leave_no_trace()?;
    let kept = keep::load(cx, &RECORD, who.id)?;
    let value = |name: &str| keep::plain(keep::value(&RECORD, &kept, name));
    let named = ["name", "resident_id", "certificate", "phone", "address", "guardian_name", "guardian_phone"];
    let words: Vec<String> = named.iter().flat_map(|name| keep::parts(&value(name))).collect();
    let hide = |text: &str| rules::without(text, &words, MARK);
    let mut columns: Vec<(&'static str, Value)> = PERSONAL.iter().map(|name| (*name, Value::Null)).collect();
    for (name, value) in &mut columns {
        match *name {
            "name" => *value = keep::text(MARK),
            // The age is counted, the birthday names.
            "birth" => {
                *value = who.birth.map_or(Value::Null, |day| keep::text(&day.format("%Y-01-01").to_string()));
            }
            _ => {}
        }
    }
    columns.push(("erased_on", keep::day(cx.now.date())));
    if !who.voided {
        columns.push(("voided_on", keep::day(cx.now.date())));
        columns.push(("void_reason", keep::text("到期删除")));
    }
    keep::update(tx, &RECORD, who.id, 0, &columns)?;
    let conn = tx.conn();
    conn.execute(
        "UPDATE consent SET given_by = ?2, purpose = NULL WHERE client_id = ?1",
        params![who.id, MARK],
    )?;
    conn.execute("DELETE FROM draft WHERE target = ?1", [&who.code])?;
    for subject in cx.registry {
        subject.forget_person(cx, tx, who.id, &hide)?;
    }
    tx.redact(("people", who.id, &who.code), |field, text| {
        if PERSONAL.contains(&field) { MARK.to_owned() } else { hide(text) }
    })?;
    mentions::erase(cx, tx, who)
}
