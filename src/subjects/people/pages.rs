//! What is said about people served: their rows, the page of one, the duties they make. Values that RULES §5.3 protects
//! are masked here and nowhere unmasked.

use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Duty, Press};
use crate::desk::telling::{self, Told};
use crate::desk::view::{Column, Fact, Facts, Part, Row};
use crate::subjects::{DESK, KEEPERS, keep, routing_table};
use crate::values::mask;

use super::erasing::ERASERS;
use super::fields::{self as f};
use super::records::{self, Client};
use super::{erasing, lists, mentions, rules, said};

/// People are counted as far as this on the first page; more are many.
const MANY: i64 = 1000;

/// A person in a few words, the distinguishing one first: `C036 沈*航 视力一级`.
pub(crate) fn brief(cx: &Cx<'_>, who: &Client) -> String {
    if hidden(cx, who) {
        return format!("{} {}", who.code, cx.t.say("people-withdrawn"));
    }
    format!("{} {} {}", who.code, mask::name(&who.name), kind(cx, who)).trim_end().to_owned()
}

/// Whether not even a masked name is said: an association knows whom it serves because they agreed to it.
pub(crate) fn hidden(cx: &Cx<'_>, who: &Client) -> bool {
    who.withdrawn && !cx.who.associations().is_empty()
}

/// A person as a case names them: reference and masked name.
pub(crate) fn named(who: &Client) -> String {
    format!("{} {}", who.code, mask::name(&who.name))
}

/// Category and level in the session's language.
pub(crate) fn kind(cx: &Cx<'_>, who: &Client) -> String {
    let category = said(cx, &f::CATEGORY, &who.need.category);
    if who.level.is_empty() {
        return category;
    }
    cx.t.with("people-kind", &[("category", category), ("level", said(cx, &f::LEVEL, &who.level))])
}

/// The columns of a list of people.
pub(crate) fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let column = |id: &str, usual| Column { label: cx.t.say(id), usual, number: false };
    vec![
        column("people-name", 6),
        column("people-code", 4),
        column("people-category", 8),
        column("people-cert_status", 6),
        column("people-phone", 11),
        column("people-community", 10),
    ]
}

/// List rows, in this order.
pub(crate) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let row = |who: Client| Row {
        reference: who.code.clone(),
        brief: brief(cx, &who),
        cells: vec![
            mask::name(&who.name),
            who.code.clone(),
            kind(cx, &who),
            said(cx, &f::CERT_STATUS, &who.cert_status),
            mask::phone(&who.phone),
            who.community.clone(),
        ],
        marked: false,
        subtotals: Vec::new(),
    };
    Ok(records::find_all(cx.db, ids)?.into_iter().map(row).collect())
}

/// What a person at the window wants to know of a file first; the rest of it stands at the end.
const FIRST: &[&str] = &[
    "name",
    "sex",
    "birth",
    "cert_status",
    "category",
    "level",
    "components",
    "autism_flag",
    "phone",
    "community",
    "guardian_name",
    "guardian_relation",
    "guardian_phone",
    "communication_mode",
    "wishes",
];

/// What the page of one person begins with.
pub(crate) fn first(cx: &Cx<'_>, id: i64) -> Result<Part, Refusal> {
    Ok(Part::Facts(head(cx, &records::must_find(cx.db, id)?)?))
}

fn head(cx: &Cx<'_>, who: &Client) -> Result<Facts, Refusal> {
    let mut head = card(cx, who, true)?;
    head.items.insert(0, Fact { label: cx.t.say("people-code"), value: who.code.clone() });
    Ok(head)
}

/// What the page of one person says.
pub(crate) fn page(cx: &Cx<'_>, id: i64) -> Result<Vec<Part>, Refusal> {
    let who = records::must_find(cx.db, id)?;
    let cases = crate::subjects::cases::pages::of_client(cx, id)?;
    let elsewhere = elsewhere(cx, &who)?;
    let all =
        [head(cx, &who)?, standing(cx, &who)?, elsewhere, cases, consents(cx, id)?, card(cx, &who, false)?];
    Ok(all.into_iter().filter(|facts| !facts.items.is_empty()).map(Part::Facts).collect())
}

/// Where else the person is named, for those who decide about an erasure that was asked for.
fn elsewhere(cx: &Cx<'_>, who: &Client) -> Result<Facts, Refusal> {
    let mut items = Vec::new();
    if cx.who.holds(KEEPERS) && erasing::is_asked(cx, who.id)? {
        let fact = |m: &mentions::Mention| Fact { label: m.place(cx), value: m.fate_in_words(cx) };
        items = mentions::of(cx, who)?.iter().map(fact).collect();
    }
    Ok(Facts { heading: cx.t.say("people-heading-mentions"), items })
}

/// The fields that hold something, masked: those of [`FIRST`], or the others.
fn card(cx: &Cx<'_>, who: &Client, first: bool) -> Result<Facts, Refusal> {
    let items = telling::facts_as(cx, &super::People, who.id, |name, value| match name {
        "hardship_tags" | "household" => Told::Elsewhere,
        _ if FIRST.contains(&name) != first => Told::Elsewhere,
        // The year of life says what the hidden birthday is needed for.
        "birth" => Told::Words(who.birth.map_or_else(String::new, |birth| {
            let age = rules::age(birth, cx.now.date()).to_string();
            cx.t.with("people-age", &[("age", age)])
        })),
        "address" => Told::Words(mask::address(&keep::plain(value), Some(&who.community))),
        _ => Told::AsKept,
    })?;
    let heading = if first { String::new() } else { cx.t.say("people-heading-file") };
    Ok(Facts { heading, items })
}

/// What follows from the file: whose person, which hardships, who else lives there, what is missing.
fn standing(cx: &Cx<'_>, who: &Client) -> Result<Facts, Refusal> {
    let today = cx.now.date();
    let (orgs, _) = rules::associations(&who.need, &routing_table(cx.catalog));
    let orgs = if orgs.is_empty() { vec![who.org.clone()] } else { orgs };
    let orgs: Vec<String> = orgs.iter().map(|org| crate::subjects::org_name(cx, org)).collect();
    let mut items = vec![Fact { label: cx.t.say("people-association"), value: keep::joined(&orgs, cx.t) }];
    let tags: Vec<String> = records::hardships(cx.db, who, today)?
        .into_iter()
        .map(|(tag, derived)| {
            let tag = said(cx, &f::HARDSHIP, &tag);
            if derived { cx.t.with("people-derived", &[("tag", tag)]) } else { tag }
        })
        .collect();
    if !tags.is_empty() {
        items.push(Fact { label: cx.t.say("people-hardship_tags"), value: keep::joined(&tags, cx.t) });
    }
    let home: Vec<String> =
        records::household(cx.db, &who.household)?.iter().filter(|c| c.id != who.id).map(named).collect();
    if !home.is_empty() {
        items.push(Fact { label: cx.t.say("people-household"), value: keep::joined(&home, cx.t) });
    }
    let mut missing = Vec::new();
    if !who.consented {
        missing.push(cx.t.say(if who.withdrawn { "people-withdrawn" } else { "people-missing-consent" }));
    }
    if who.verified.is_none_or(|day| day < lists::verify_since(cx, today)) {
        missing.push(cx.t.say("people-missing-verified"));
    }
    if who.guardian.is_empty() && who.birth.is_some_and(|birth| rules::minor(birth, today)) {
        missing.push(cx.t.say("people-missing-guardian"));
    }
    if !who.certificate.is_empty()
        && !who.resident_id.is_empty()
        && !who.certificate.starts_with(&who.resident_id)
    {
        missing.push(cx.t.say("people-finding-id-differs"));
    }
    if !missing.is_empty() {
        items.push(Fact { label: cx.t.say("people-missing"), value: keep::joined(&missing, cx.t) });
    }
    Ok(Facts { heading: cx.t.say("people-heading-standing"), items })
}

fn consents(cx: &Cx<'_>, id: i64) -> Result<Facts, Refusal> {
    let fact = |c: records::Consent| {
        let args = [
            ("on", c.given_on),
            ("method", said(cx, &f::METHOD, &c.method)),
            ("by", mask::name(&c.given_by)),
            ("withdrawn", c.withdrawn_on.clone()),
        ];
        let id = if c.withdrawn_on.is_empty() { "people-consent-held" } else { "people-consent-withdrawn" };
        Fact { label: said(cx, &f::SCOPE, &c.scope), value: cx.t.with(id, &args) }
    };
    let items = records::consents(cx.db, id)?.into_iter().map(fact).collect();
    Ok(Facts { heading: cx.t.say("people-heading-consents"), items })
}

/// What people's files wait for: consents to be signed, certificates running out, files to be looked over. One line
/// stands for many, and of very many it is said that they are: to count them all would make everyone wait who opens the
/// desk.
pub(crate) fn today(cx: &Cx<'_>, limit: usize) -> Result<Vec<Duty>, Refusal> {
    let scope = lists::scope(cx);
    let mut duties = Vec::new();
    let lists = [
        ("consent", Press::Open, DESK),
        ("expiring", Press::Week, DESK),
        ("unverified", Press::Open, DESK),
        ("erasing", Press::Open, ERASERS),
        ("retention", Press::Open, KEEPERS),
    ];
    for (list, press, posts) in lists {
        // What ends a file waits for those who may end it; the rest is everybody's.
        if posts != DESK && !cx.who.holds(posts) {
            continue;
        }
        let Some(spec) = lists::LISTS.iter().find(|spec| spec.name == list) else { continue };
        let mut condition = (spec.filter)(cx);
        if !scope.sql.is_empty() {
            condition.sql = format!("({}) AND ({})", condition.sql, scope.sql);
            condition.values.extend(scope.values.iter().cloned());
        }
        let values = rusqlite::params_from_iter(condition.values);
        let n = records::count_to(cx.db, MANY, &condition.sql, values)?;
        if n > 0 {
            let n = if n == MANY { format!("{n}+") } else { n.to_string() };
            duties.push(Duty {
                press,
                day: None,
                reference: String::new(),
                list: format!("people.{list}"),
                what: cx.t.with(&format!("people-duty-{list}"), &[("n", n)]),
                when: String::new(),
                who: String::new(),
                ..Duty::default()
            });
        }
    }
    duties.sort_by_key(|duty| duty.press);
    duties.truncate(limit);
    Ok(duties)
}
