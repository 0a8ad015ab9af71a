//! The hours certificate of a volunteer (G-6.3.1): how often and how long somebody served in a time, for which associations, to
//! be read at the desk or taken out as a page of text. Only what is over and written down counts.

use std::collections::BTreeMap;
use std::io::Write;

use chrono::{Datelike, NaiveDate};

use crate::desk::form::FormState;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::{Answer, Cx};
use crate::subjects::shifts::{plan, records as shifts};
use crate::subjects::{keep, org_name};
use crate::values::dates;

use super::records::{self, Person};

/// The first day of the year of a day.
fn new_year(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), 1, 1).unwrap_or(day)
}

/// Proposes this year.
pub(crate) fn start(cx: &Cx<'_>, form: &mut FormState) {
    form.propose("from_on", new_year(cx.now.date()).to_string());
    form.propose("to_on", cx.now.date().to_string());
}

/// The certificate a form asks for.
pub(crate) fn answer(cx: &Cx<'_>, form: &FormState) -> Result<Answer, Refusal> {
    let who = records::must_find(cx.db, form.target.unwrap_or(0))?;
    let today = cx.now.date();
    let from = keep::day_in(form, "from_on").unwrap_or(new_year(today));
    let to = keep::day_in(form, "to_on").unwrap_or(today);
    if to < from {
        return Err(Refusal::rule("staff-time-turned").field("to_on"));
    }
    let lines = lines(cx, &who, from, to)?;
    Ok(Answer { title: cx.t.with("staff-certificate-title", &[("name", who.name)]), lines })
}

/// Every sentence of it.
fn lines(cx: &Cx<'_>, who: &Person, from: NaiveDate, to: NaiveDate) -> Result<Vec<String>, Refusal> {
    let (times, minutes) = shifts::worked(cx.db, who.id, from, to)?;
    let span = [("from", from.to_string()), ("to", to.to_string())];
    if times == 0 {
        return Ok(vec![cx.t.with(
            "staff-certificate-none",
            &[("name", who.name.clone()), span[0].clone(), span[1].clone()],
        )]);
    }
    let number = if who.volunteer_no.is_empty() { &who.code } else { &who.volunteer_no };
    let args = [
        ("name", who.name.clone()),
        ("no", number.clone()),
        span[0].clone(),
        span[1].clone(),
        ("n", times.to_string()),
        ("hours", plan::as_hours(minutes)),
    ];
    let mut said = vec![cx.t.with("staff-certificate-text", &args)];
    let mut orgs: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for (org, minutes) in shifts::worked_for(cx.db, who.id, from, to)? {
        let of = orgs.entry(org).or_default();
        *of = (of.0 + 1, of.1 + minutes);
    }
    for code in crate::subjects::orgs(cx.catalog) {
        if let Some((n, minutes)) = orgs.get(&code) {
            let args =
                [("org", org_name(cx, &code)), ("n", n.to_string()), ("hours", plan::as_hours(*minutes))];
            said.push(cx.t.with("staff-certificate-org", &args));
        }
    }
    let day = dates::spell_day(cx.now.date(), cx.t.lang());
    said.push(cx.t.with("staff-certificate-foot", &[("day", day)]));
    Ok(said)
}

/// The volunteers who served this year, each with the name of their page.
pub(crate) fn pieces(cx: &Cx<'_>) -> Result<Vec<(i64, String)>, Refusal> {
    let today = cx.now.date();
    let mut found = Vec::new();
    for who in records::here(cx.db)?.into_iter().filter(|who| who.kind == "志愿者") {
        if shifts::worked(cx.db, who.id, new_year(today), today)?.0 > 0 {
            found.push((who.id, format!("{}.txt", who.code)));
        }
    }
    Ok(found)
}

/// Writes the page of one of them, who took it out under it.
pub(crate) fn write(cx: &Cx<'_>, id: i64, mark: &str, out: &mut dyn Write) -> Result<usize, Refusal> {
    let who = records::must_find(cx.db, id)?;
    let today = cx.now.date();
    let mut text = cx.t.with("staff-certificate-title", &[("name", who.name.clone())]);
    for line in lines(cx, &who, new_year(today), today)? {
        text.push('\n');
        text.push_str(&line);
    }
    text.push_str(&format!("\n{mark}\n"));
    let failed = |error: std::io::Error| {
        Refusal::rule("export-failed").of(Kind::File).with("path", "").with("detail", error.to_string())
    };
    out.write_all(text.as_bytes()).map_err(failed)?;
    Ok(1)
}
