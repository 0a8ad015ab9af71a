//! What is said about advisors: rows, the page of one with what was asked, terms that run out, fields without anybody.

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling;
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::{KEEPERS, consultations, keep};

use super::records::{self, Advisor};

/// The columns of a list.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column =
        |name: &str, usual, number| Column { label: cx.t.say(&format!("advisors-{name}")), usual, number };
    vec![
        column("field", 5, false),
        column("person", 4, false),
        column("until", 10, false),
        column("asked", 4, true),
        column("adopted", 4, true),
        column("letter_no", 10, false),
    ]
}

/// A field in the reader's words.
pub(crate) fn field(cx: &Cx<'_>, kept: &str) -> String {
    cx.catalog.show_word("advisor_fields", kept, cx.t.lang())
}

fn until(about: &Advisor) -> String {
    about.term.last().map(|day| day.to_string()).unwrap_or_default()
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(about) = records::find(cx.db, *id)? else { continue };
        rows.push(Row {
            reference: about.no.clone(),
            brief: keep::clip_cells(&format!("{} {}", about.name, field(cx, &about.field)), 20),
            cells: vec![
                field(cx, &about.field),
                about.name.clone(),
                until(&about),
                about.asked.to_string(),
                about.adopted.to_string(),
                about.letter.clone(),
            ],
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What the page of one says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let items = telling::facts(cx, &super::Advisors, id)?;
    let mut parts = vec![Part::Facts(Facts { heading: String::new(), items })];
    let asked = consultations::records::of_advisor(cx.db, id, 20)?;
    let orgs = cx.who.associations();
    let mine = |c: &&consultations::records::Consultation| orgs.is_empty() || orgs.contains(&c.org.as_str());
    let fact = |c: &consultations::records::Consultation| Fact {
        label: keep::short_day(c.asked_on),
        value: keep::one_line(&format!("{} {} {}", c.question, consultations::pages::status(cx, c), c.no)),
    };
    let items: Vec<Fact> = asked.iter().filter(mine).map(fact).collect();
    if !items.is_empty() {
        parts.push(Part::Facts(Facts { heading: cx.t.say("subject-consultations"), items }));
    }
    Ok(parts)
}

/// The fields in which nobody advises today, in the reader's words.
pub(crate) fn vacant(cx: &Cx<'_>) -> Result<Vec<String>, Refusal> {
    let today = cx.now.date();
    let all = records::all(cx.db)?;
    let empty = |kept: &str| !all.iter().any(|a| a.field == kept && a.term.holds_on(today));
    let words = cx.catalog.words("advisor_fields").iter();
    Ok(words.filter(|word| empty(&word.kept)).map(|word| field(cx, &word.kept)).collect())
}

/// Terms that run out, for those who keep the register. A field without an advisor is no duty: it is only said, once there is a
/// group of advisors at all.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    if !cx.who.holds(KEEPERS) {
        return Ok(Vec::new());
    }
    let today = cx.now.date();
    let soon = today + chrono::Duration::days(cx.catalog.rule("term_reminder").value);
    let ending =
        |a: &Advisor| a.term.ended.is_none() && a.term.to.is_some_and(|to| to >= today && to <= soon);
    let duty = |a: Advisor| Duty {
        press: if a.term.to.is_some_and(|to| (to - today).num_days() <= 7) {
            Press::Week
        } else {
            Press::Open
        },
        day: a.term.to,
        reference: a.no.clone(),
        list: String::new(),
        what: cx.t.with("advisors-duty", &[("name", a.name.clone()), ("field", field(cx, &a.field))]),
        when: a.term.to.map(keep::short_day).unwrap_or_default(),
        who: cx.catalog.post_name("secretary", cx.t.lang()),
        ..Duty::default()
    };
    let all = records::all(cx.db)?;
    let any = all.iter().any(|a| a.term.holds_on(today));
    let mut duties: Vec<Duty> = all.into_iter().filter(ending).map(duty).collect();
    let vacant = vacant(cx)?;
    if any && !vacant.is_empty() {
        duties.push(Duty {
            press: Press::Open,
            day: None,
            reference: String::new(),
            list: "advisors.engaged".to_owned(),
            what: cx.t.with("advisors-vacant", &[("fields", keep::joined(&vacant, cx.t))]),
            when: String::new(),
            who: String::new(),
            ..Duty::default()
        });
    }
    duties.truncate(limit);
    Ok(duties)
}
