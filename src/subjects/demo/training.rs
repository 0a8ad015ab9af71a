//! Loads who holds which post and the training of the sample. Votes and resolutions are not made up: the tables have none.

use std::collections::HashMap;

use chrono::Datelike;
use rusqlite::types::Value;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::subjects::appointments::steps;
use crate::subjects::{attendance, keep};

use super::sample::{Record, day, get, reserve, table};

/// Minutes of an hour.
const HOUR: i64 = 60;

/// The post a row of the people's table says, if it is one somebody is appointed to.
pub(super) fn post(cx: &Cx<'_>, row: &Record) -> Option<String> {
    let inside =
        |id: &String| cx.catalog.post(id).is_some_and(|post| post.within != crate::catalog::Within::Outside);
    cx.catalog.read_word("posts", get(row, "role")).map(|word| word.kept.clone()).filter(inside)
}

/// Loads the posts and the training; the people and who signs in are there.
pub(super) fn load(cx: &Cx<'_>, tx: &Tx<'_>) -> Result<(), Refusal> {
    let mut people: HashMap<String, i64> = HashMap::new();
    let mut read = tx.conn().prepare("SELECT code, id FROM staff")?;
    for row in read.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (code, id) = row?;
        people.insert(code, id);
    }
    posts(cx, tx, &people)?;
    sessions(cx, tx, &people)
}

fn posts(cx: &Cx<'_>, tx: &Tx<'_>, people: &HashMap<String, i64>) -> Result<(), Refusal> {
    for row in table("people.csv")? {
        let Some(post) = post(cx, &row) else { continue };
        let Some(person) = people.get(get(&row, "person_id")) else { continue };
        let joined = day(&row, "joined_on")?;
        let org = get(&row, "home_org");
        let columns = vec![
            ("person", Value::Integer(*person)),
            ("post", keep::text(&post)),
            ("org", if org == crate::catalog::SECRETARIAT { Value::Null } else { keep::text(org) }),
            ("nominated_on", keep::day(joined)),
            ("from_on", keep::day(joined)),
            ("stage", keep::text("在任")),
        ];
        steps::insert(cx, tx, joined.year(), &post, columns)?;
    }
    Ok(())
}

fn sessions(cx: &Cx<'_>, tx: &Tx<'_>, people: &HashMap<String, i64>) -> Result<(), Refusal> {
    let mut last: HashMap<i32, usize> = HashMap::new();
    for row in table("trainings.csv")? {
        let no = get(&row, "training_no");
        let on = day(&row, "held_on")?;
        let minutes = get(&row, "hours").parse::<i64>().unwrap_or(1) * HOUR;
        let held = on <= cx.now.date();
        let audience = get(&row, "audience").replace('|', ";");
        let id = tx.insert(
            "training_session",
            &[
                ("no", keep::text(no)),
                ("title", keep::text(get(&row, "title"))),
                ("kind", keep::text(get(&row, "kind"))),
                ("audience", keep::text(&audience)),
                ("host", keep::text(get(&row, "host"))),
                ("held_on", keep::day(on)),
                ("minutes", Value::Integer(minutes)),
                ("status", keep::text(if held { "已举办" } else { "计划" })),
            ],
        )?;
        for code in get(&row, "attendees").split('|').filter(|code| !code.is_empty()) {
            if let Some(person) = people.get(code) {
                attendance::records::insert(tx, (id, no), *person, "已到", Some(minutes), "")?;
            }
        }
        let number = no.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        let top = last.entry(on.year()).or_default();
        *top = number.max(*top);
    }
    for (year, number) in last {
        reserve(tx, "PX", year, number)?;
    }
    Ok(())
}
