//! What is past its time, kind by kind: how long it is kept by the rule profile, since when, how many there are, and what may
//! be done about it (RULES §4.6, §5.3 i). It lists and removes nothing.

use chrono::{Days, Months, NaiveDate};

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Table};
use crate::store::handed;

use super::{erasing, records};

/// Who may see how much is kept too long.
pub(crate) const READERS: &[&str] =
    &["secretary", "deputy_secretary", "general_affairs", "project_service", "administrator", "supervisor"];

struct Line {
    kind: &'static str,
    kept: String,
    before: String,
    n: i64,
}

/// One line a kind.
pub(crate) fn table(cx: &Cx<'_>, _: NaiveDate, _: NaiveDate) -> Result<Table, Refusal> {
    let row = |line: Line| {
        let todo = cx.t.say(&format!("report-retention-do-{}", line.kind));
        let kind = cx.t.say(&format!("report-retention-kind-{}", line.kind));
        vec![kind, line.kept, line.before, line.n.to_string(), todo]
    };
    let columns = ["kind", "kept", "before", "n", "do"];
    Ok(Table {
        title: cx.t.say("report-retention"),
        notes: vec![cx.t.with("report-retention-note", &[("on", cx.now.date().to_string())])],
        columns: columns.iter().map(|c| cx.t.say(&format!("report-retention-{c}"))).collect(),
        numbers: columns.iter().map(|c| *c == "n").collect(),
        rows: lines(cx)?.into_iter().map(row).collect(),
        footer: vec![
            cx.t.with("report-made", &[("who", cx.who.name.clone()), ("on", cx.now.date().to_string())]),
        ],
    })
}

fn lines(cx: &Cx<'_>) -> Result<Vec<Line>, Refusal> {
    let today = cx.now.date();
    let rule = |name: &str| cx.catalog.rule(name).value;
    let years_ago = |years: i64| {
        let months = u32::try_from(years.saturating_mul(12)).unwrap_or(120);
        today.checked_sub_months(Months::new(months)).unwrap_or(today)
    };
    let days_ago = |days: i64| today - Days::new(days.unsigned_abs());
    let years = |n: i64| cx.t.with("report-retention-years", &[("n", n.to_string())]);
    let days = |n: i64| cx.t.with("report-retention-days", &[("n", n.to_string())]);
    let count = |sql: &str, day: NaiveDate| -> Result<i64, Refusal> {
        Ok(cx.db.prepare_cached(sql)?.query_row([day.to_string()], |row| row.get(0))?)
    };
    let people = |of: crate::desk::subject::Where| {
        records::count_to(cx.db, i64::MAX, &of.sql, rusqlite::params_from_iter(of.values))
    };
    let (person, case, seen) = (rule("retention_person"), rule("retention_case"), rule("retention_access"));
    let (draft, handed_days) = (rule("retention_draft"), rule("retention_handed"));
    let lying = handed::folder(cx.db).map_or(0, |folder| handed::old(&folder, cx.now, handed_days).len());
    let closed = "SELECT count(*) FROM case_record WHERE closed_on < ?1";
    let looked = "SELECT count(*) FROM access_log WHERE at < ?1";
    let drafts = "SELECT count(*) FROM draft WHERE updated_at < ?1";
    let line = |kind, kept: String, before: Option<NaiveDate>, n| Line {
        kind,
        kept,
        before: before.map(|day| day.to_string()).unwrap_or_default(),
        n,
    };
    Ok(vec![
        line("person", years(person), Some(erasing::rests_since(cx)), people(erasing::at_rest(cx))?),
        line("asked", String::new(), None, people(erasing::asked(cx))?),
        line("case", years(case), Some(years_ago(case)), count(closed, years_ago(case))?),
        line("access", years(seen), Some(years_ago(seen)), count(looked, years_ago(seen))?),
        line("draft", days(draft), Some(days_ago(draft)), count(drafts, days_ago(draft))?),
        line("handed", days(handed_days), Some(days_ago(handed_days)), i64::try_from(lying).unwrap_or(0)),
        line("erased", String::new(), None, people(erased())?),
    ])
}

fn erased() -> crate::desk::subject::Where {
    crate::desk::subject::Where { sql: "erased_on IS NOT NULL".to_owned(), values: Vec::new() }
}
