//! What is said about training: rows, the page of a session with who comes, what material they need and which needs it answers,
//! what waits.

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling::{self, Told};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::attendance::records as attendances;
use crate::subjects::{KEEPERS, keep, org_name, training_needs, venue};

use super::records::{self, Session};
use super::{gaps, rules};

/// Days ahead that a session is announced.
const AHEAD: u64 = 7;
/// How many of the sessions somebody was at stand on their page.
const LATEST: usize = 5;

/// The columns of a list of sessions.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual, number| Column { label: cx.t.say(id), usual, number };
    vec![
        column("training-title", 12, false),
        column("training-held_on", 10, false),
        column("training-status", 3, false),
        column("training-length", 4, true),
        column("training-came", 5, true),
        column("training-audience", 8, false),
        column("training-kind", 4, false),
    ]
}

/// The name of a session's room; empty where it has none.
pub(crate) fn zone(cx: &Cx<'_>, about: &Session) -> Result<String, Refusal> {
    let Some(booking) = about.booking else { return Ok(String::new()) };
    let Some(held) = venue::records::find(cx.db, booking)?.filter(|b| b.status.holds()) else {
        return Ok(String::new());
    };
    Ok(crate::subjects::zones::records::must_find(cx.db, held.zone)?.name)
}

fn status(cx: &Cx<'_>, about: &Session) -> String {
    cx.catalog.show_word("training_statuses", about.status.word(), cx.t.lang())
}

/// Those who came of those entered, `9/12`.
fn came(cx: &Cx<'_>, id: i64) -> Result<String, Refusal> {
    let all = attendances::of_session(cx.db, id)?;
    let came = all.iter().filter(|a| a.status == "已到").count();
    Ok(if all.is_empty() { String::new() } else { format!("{came}/{}", all.len()) })
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(about) = records::find(cx.db, *id)? else { continue };
        rows.push(Row {
            reference: about.no.clone(),
            brief: keep::clip_cells(&format!("{} {}", keep::short_day(about.on), about.title), 20),
            cells: vec![
                about.title.clone(),
                about.on.to_string(),
                status(cx, &about),
                rules::hours(about.minutes),
                came(cx, *id)?,
                keep::joined(&keep::parts(&about.audience), cx.t),
                cx.catalog.show_word("training_kinds", &about.kind, cx.t.lang()),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What the page of one session begins with.
pub(crate) fn card(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    let about = records::must_find(cx.db, id)?;
    let place = zone(cx, &about)?;
    let mut items = telling::facts_as(cx, &super::Training, id, |name, _| match name {
        "starts" | "ends" | "minutes" | "booking" => Told::Elsewhere,
        "audience" => Told::Words(keep::joined(&keep::parts(&about.audience), cx.t)),
        _ => Told::AsKept,
    })?;
    let timed = [("hours", about.hours.clone()), ("length", rules::hours(about.minutes)), ("zone", place)];
    let told = timed.into_iter().filter(|(_, value)| !value.is_empty());
    let at = items.len().min(3);
    items.splice(
        at..at,
        told.map(|(name, value)| Fact { label: cx.t.say(&format!("training-{name}")), value }),
    );
    items.extend(unserved(cx, &about)?);
    Ok(Part::Facts(Facts { heading: String::new(), items }))
}

/// Which formats those who come would need besides: how many, never who.
fn unserved(cx: &Cx<'_>, about: &Session) -> Result<Vec<Fact>, Refusal> {
    if !about.status.ahead() {
        return Ok(Vec::new());
    }
    let kinds = records::disabilities(cx.db, about.id)?;
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    let lacking = rules::unserved(&kinds, &keep::parts(&about.materials));
    let lang = cx.t.lang();
    let fact = |(kind, n): (&str, usize)| {
        let formats: Vec<String> = rules::formats_for(kind)
            .iter()
            .map(|format| cx.catalog.show_word("material_formats", format, lang))
            .collect();
        let args = [
            ("kind", cx.catalog.show_word("categories", kind, lang)),
            ("n", n.to_string()),
            ("formats", keep::joined(&formats, cx.t)),
        ];
        Fact { label: cx.t.say("training-materials-wanted"), value: cx.t.with("training-unserved", &args) }
    };
    Ok(lacking.into_iter().map(fact).collect())
}

/// What the page of one session says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let mut parts = vec![card(cx, id)?];
    let all = attendances::of_session(cx.db, id)?;
    let mut items = Vec::new();
    for word in ["已到", "已报名", "缺席", "请假"] {
        let names: Vec<String> = all.iter().filter(|a| a.status == word).map(named(cx)).collect();
        if !names.is_empty() {
            let label = cx.catalog.show_word("attendance_statuses", word, cx.t.lang());
            let args = [("n", names.len().to_string()), ("who", keep::joined(&names, cx.t))];
            items.push(Fact { label, value: cx.t.with("training-people-said", &args) });
        }
    }
    if !items.is_empty() {
        parts.push(Part::Facts(Facts { heading: cx.t.say("training-heading-people"), items }));
    }
    let needs = training_needs::records::of_session(cx.db, id)?;
    let need = |n: &training_needs::records::Need| Fact {
        label: org_name(cx, &n.org),
        value: keep::one_line(&format!("{} {}", n.topic, n.no)),
    };
    if !needs.is_empty() {
        let items = needs.iter().map(need).collect();
        parts.push(Part::Facts(Facts { heading: cx.t.say("training-heading-needs"), items }));
    }
    Ok(parts)
}

/// A name, with how they passed where somebody said.
fn named<'a>(cx: &'a Cx<'_>) -> impl Fn(&attendances::Attendance) -> String + 'a {
    |a| match a.assessment.as_str() {
        "" => a.name.clone(),
        word => format!("{}({})", a.name, cx.catalog.show_word("assessments", word, cx.t.lang())),
    }
}

/// What is said of one person's training, for their page: how they stand, what they were at.
pub(crate) fn of_person(cx: &Cx<'_>, id: i64) -> Result<Option<Part>, Refusal> {
    let mut items = Vec::new();
    if let Some(standing) = gaps::one(cx, id)? {
        items.push(Fact { label: cx.t.say("training-stand"), value: gaps::said(cx, &standing) });
    }
    for been in records::of_person(cx.db, id)?.into_iter().take(LATEST) {
        let args = [("title", been.title), ("n", rules::hours(been.minutes)), ("ref", been.no)];
        items.push(Fact { label: been.on.to_string(), value: cx.t.with("training-been", &args) });
    }
    Ok((!items.is_empty()).then(|| Part::Facts(Facts { heading: cx.t.say("subject-training"), items })))
}

/// What waits: sessions of these days, sessions past without a list of who came, people trained too rarely.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let today = cx.now.date();
    let mut duties = gaps::duties(cx)?;
    let who = cx.catalog.post_name("general_affairs", cx.t.lang());
    let sessions = if cx.who.holds(KEEPERS) {
        records::ahead(cx.db, today + chrono::Days::new(AHEAD), limit)?
    } else {
        Vec::new()
    };
    for about in sessions {
        let (press, id) = match about.on {
            on if on < today => (Press::Overdue, "training-duty-unmarked"),
            on if on == today => (Press::Today, "training-duty-today"),
            _ => (Press::Week, "training-duty-coming"),
        };
        let what = cx.t.with(id, &[("title", about.title.clone()), ("hours", about.hours.clone())]);
        duties.push(Duty {
            press,
            day: Some(about.on),
            reference: about.no,
            list: String::new(),
            what: keep::one_line(&what),
            when: keep::short_day(about.on),
            who: who.clone(),
            ..Duty::default()
        });
    }
    duties.sort_by_key(|duty| (duty.press, duty.day));
    duties.truncate(limit);
    Ok(duties)
}
