//! Who has been trained too rarely, and by when the next time is due (N-3.3, M-3.1). Reads what is kept; the rule is `frequency`.

use chrono::NaiveDate;

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::subjects::keep;

use super::frequency::{self, Quota, Stand};
use super::records::{self, Been, Person};
use super::rules;

/// So many people are named one by one on the first page; more of them are one line.
const NAMED: usize = 3;

/// Somebody a quota counts, and how they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Who.
    pub person: Person,
    /// Which rule.
    pub quota: Quota,
    /// How they stand.
    pub stand: Stand,
}

fn need(cx: &Cx<'_>, quota: Quota) -> usize {
    usize::try_from(cx.catalog.rule(quota.rule()).value).unwrap_or(0)
}

/// The days of what counts under a quota.
fn days(quota: Quota, been: &[Been]) -> Vec<NaiveDate> {
    let counts = |been: &&Been| rules::counts(quota, &been.kind, &keep::parts(&been.audience));
    been.iter().filter(counts).map(|been| been.on).collect()
}

fn mine(cx: &Cx<'_>, person: &Person) -> bool {
    let orgs = cx.who.associations();
    orgs.is_empty() || orgs.contains(&person.org.as_str())
}

/// How everyone stands whom a quota counts and whom this person may see, by code.
pub(crate) fn all(cx: &Cx<'_>, today: NaiveDate) -> Result<Vec<Standing>, Refusal> {
    let trained = records::trained(cx.db)?;
    let people = records::counted(cx.db)?.into_iter().filter(|person| mine(cx, person));
    let standing = |person: Person| {
        let quota = Quota::of(&person.kind)?;
        let been = trained.get(&person.id).map_or(&[][..], Vec::as_slice);
        let stand = frequency::stand(quota, need(cx, quota), person.joined, &days(quota, been), today);
        Some(Standing { person, quota, stand })
    };
    Ok(people.filter_map(standing).collect())
}

/// How one person stands; none for those no quota counts.
pub(crate) fn one(cx: &Cx<'_>, id: i64) -> Result<Option<Standing>, Refusal> {
    let Some(person) = records::person(cx.db, id)? else { return Ok(None) };
    let Some(quota) = Quota::of(&person.kind) else { return Ok(None) };
    let been = records::of_person(cx.db, id)?;
    let stand = frequency::stand(quota, need(cx, quota), person.joined, &days(quota, &been), cx.now.date());
    Ok(Some(Standing { person, quota, stand }))
}

/// Those for whom something should be arranged now, the most overdue first.
pub(crate) fn pressing(cx: &Cx<'_>) -> Result<Vec<Standing>, Refusal> {
    let today = cx.now.date();
    let days = cx.catalog.rule("training_reminder").value;
    let mut found = all(cx, today)?;
    found.retain(|s| s.stand.pressing(s.quota, today, days));
    found.sort_by_key(|s| (!s.stand.overdue(today), s.stand.by, s.person.code.clone()));
    Ok(found)
}

/// How somebody stands in a few words: what is owed, the number first.
pub(crate) fn said(cx: &Cx<'_>, standing: &Standing) -> String {
    let stand = &standing.stand;
    let mut parts = Vec::new();
    if let Some((year, n)) = stand.missed {
        parts.push(cx.t.with("training-missed", &[("year", year.to_string()), ("n", n.to_string())]));
    }
    let args = [("count", stand.count.to_string()), ("need", stand.need.to_string())];
    let id = match standing.quota {
        Quota::EachYear => "training-stand-year",
        Quota::FiveYears => "training-stand-five",
    };
    parts.push(cx.t.with(id, &args));
    if let (true, Some(by)) = (stand.short() > 0, stand.by) {
        parts.push(cx.t.with("training-by", &[("on", by.to_string())]));
    }
    keep::joined(&parts, cx.t)
}

/// Who should be trained now, for the first page.
pub(crate) fn duties(cx: &Cx<'_>) -> Result<Vec<Duty>, Refusal> {
    let today = cx.now.date();
    let found = pressing(cx)?;
    let who = cx.catalog.post_name("general_affairs", cx.t.lang());
    let press = |s: &Standing| if s.stand.overdue(today) { Press::Overdue } else { Press::Week };
    if found.len() > NAMED {
        let worst = found.first().map_or(Press::Week, press);
        return Ok(vec![Duty {
            press: worst,
            day: None,
            reference: String::new(),
            list: "report.rp-11-gaps".to_owned(),
            what: cx.t.with("training-duty-gaps", &[("n", found.len().to_string())]),
            when: String::new(),
            who,
            ..Duty::default()
        }]);
    }
    let duty = |s: Standing| {
        let owed = match s.stand.missed {
            Some((year, n)) => {
                cx.t.with("training-missed", &[("year", year.to_string()), ("n", n.to_string())])
            }
            None => cx.t.with("training-short", &[("n", s.stand.short().to_string())]),
        };
        Duty {
            press: press(&s),
            day: s.stand.by,
            reference: s.person.code.clone(),
            list: String::new(),
            what: cx.t.with("training-duty-gap", &[("name", s.person.name.clone()), ("owed", owed)]),
            when: s.stand.by.map(keep::short_day).unwrap_or_default(),
            who: who.clone(),
            ..Duty::default()
        }
    };
    Ok(found.into_iter().map(duty).collect())
}
