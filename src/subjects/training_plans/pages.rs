//! What is said about a year's plan: its sessions month by month, the needs nobody has answered, who will be short all the same.

use chrono::{Datelike, NaiveDate};

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling;
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::training::records::{self, Session};
use crate::subjects::training::rules;
use crate::subjects::training::rules::Status;
use crate::subjects::{KEEPERS, keep, org_name, training_needs};

use super::RECORD;

/// The sessions of a year, in order; those cancelled left out.
pub(crate) fn sessions(cx: &Cx<'_>, year: i32) -> Result<Vec<Session>, Refusal> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    records::between(cx.db, day(1, 1), day(12, 31))
}

/// How far a year's sessions are: held, of all.
fn progress(cx: &Cx<'_>, year: i32) -> Result<(usize, usize), Refusal> {
    let all = sessions(cx, year)?;
    Ok((all.iter().filter(|s| s.status == Status::Held).count(), all.len()))
}

/// The columns of the list.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |name: &str, usual, number| Column {
        label: cx.t.say(&format!("training_plans-{name}")),
        usual,
        number,
    };
    vec![
        column("year", 4, false),
        column("status", 3, false),
        column("progress", 6, true),
        column("decided_on", 10, false),
        column("document_no", 10, false),
    ]
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let (year, _) = super::load(cx, *id)?;
        let kept = keep::load(cx, &RECORD, *id)?;
        let text = |name: &str| keep::plain(keep::value(&RECORD, &kept, name));
        let status = cx.catalog.show_word("plan_statuses", &text("status"), cx.t.lang());
        let (held, all) = progress(cx, year)?;
        rows.push(Row {
            reference: format!("PXJH-{year}"),
            brief: format!("{year} {status} {held}/{all}"),
            cells: vec![
                year.to_string(),
                status,
                format!("{held}/{all}"),
                text("decided_on"),
                text("document_no"),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What the page of one plan says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let (year, _) = super::load(cx, id)?;
    let items = telling::facts(cx, &super::TrainingPlans, id)?;
    let mut parts = vec![Part::Facts(Facts { heading: String::new(), items })];
    let mut section = |heading: &str, items: Vec<Fact>| {
        if !items.is_empty() {
            parts.push(Part::Facts(Facts { heading: cx.t.say(heading), items }));
        }
    };
    let session = |s: &Session| Fact { label: keep::short_day(s.on), value: said(cx, s) };
    section("training_plans-heading-sessions", sessions(cx, year)?.iter().map(session).collect());
    let open = training_needs::records::open(cx.db, 20)?;
    let need = |n: &training_needs::records::Need| Fact {
        label: org_name(cx, &n.org),
        value: keep::one_line(&format!("{} {}", n.topic, n.no)),
    };
    section("training_plans-heading-needs", open.iter().map(need).collect());
    Ok(parts)
}

/// A session in a few words.
fn said(cx: &Cx<'_>, session: &Session) -> String {
    let args = [
        ("title", session.title.clone()),
        ("n", rules::hours(session.minutes)),
        ("ref", session.no.clone()),
        ("status", cx.catalog.show_word("training_statuses", session.status.word(), cx.t.lang())),
    ];
    cx.t.with("training_plans-session", &args)
}

/// A year without a plan, or with one that nobody has decided.
pub(crate) fn today(cx: &Cx<'_>) -> Result<Vec<Duty>, Refusal> {
    let year = cx.now.date().year();
    if !cx.who.holds(KEEPERS) || records::counted(cx.db)?.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT no, status FROM training_plan WHERE year = ?1";
    let mut statement = cx.db.prepare_cached(sql)?;
    let found = statement
        .query_map([year], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    let (reference, id) = match found.first() {
        Some((_, status)) if status == "已定" => return Ok(Vec::new()),
        Some((no, _)) => (no.clone(), "training_plans-duty-draft"),
        None => (String::new(), "training_plans-duty-none"),
    };
    Ok(vec![Duty {
        press: Press::Open,
        day: None,
        list: if reference.is_empty() { "training_plans.all".to_owned() } else { String::new() },
        reference,
        what: cx.t.with(id, &[("year", year.to_string())]),
        when: String::new(),
        who: cx.catalog.post_name("secretary", cx.t.lang()),
        ..Duty::default()
    }])
}
