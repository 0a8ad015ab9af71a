//! Whether somebody may hold a post besides what they hold (RULES §3.9), and who could instead. Reads what is kept; the rule
//! itself is the table of posts.

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::subjects::keep;

use super::records;
use super::rules::{Stage, Term};

/// How many who could are named.
const NAMED: usize = 4;

/// Everything a person holds or is about to hold: id of the post, when.
fn held(cx: &Cx<'_>, person: i64, except: Option<i64>) -> Result<Vec<(String, Term)>, Refusal> {
    let mut found = records::direct(cx.db, person)?;
    for other in records::of_person(cx.db, person)? {
        let counts = other.stage.held() || other.stage == Stage::Appointed;
        if let Some(term) = other.term().filter(|_| counts && Some(other.id) != except) {
            found.push((other.post, term));
        }
    }
    Ok(found)
}

/// The post among those a person holds in this time that excludes the wanted one.
fn clash(
    cx: &Cx<'_>,
    person: i64,
    wanted: &str,
    term: &Term,
    except: Option<i64>,
) -> Result<Option<String>, Refusal> {
    let held = held(cx, person, except)?;
    let then: Vec<&str> =
        held.iter().filter(|(_, other)| other.meets(term)).map(|(post, _)| post.as_str()).collect();
    Ok(cx.catalog.post_conflict(&then, wanted).map(str::to_owned))
}

/// Whether one person may do here what two should.
pub(crate) fn small_office(cx: &Cx<'_>) -> bool {
    cx.catalog.rule("small_office").value == 1
}

/// Refuses a post that somebody may not hold besides another one then, and says who could.
///
/// # Errors
/// `appointments-excluded`, with the person, both posts and the colleagues who could hold it.
pub(crate) fn refuse(
    cx: &Cx<'_>,
    person: i64,
    wanted: &str,
    term: &Term,
    except: Option<i64>,
) -> Result<(), Refusal> {
    if small_office(cx) {
        return Ok(());
    }
    let Some(other) = clash(cx, person, wanted, term, except)? else { return Ok(()) };
    let name = records::person(cx.db, person)?.map(|(name, _, _)| name).unwrap_or_default();
    let lang = cx.t.lang();
    Err(Refusal::rule("appointments-excluded")
        .field("post")
        .with("name", name)
        .with("held", cx.catalog.post_name(&other, lang))
        .with("wanted", cx.catalog.post_name(wanted, lang))
        .with("who", who_could(cx, wanted, term)?))
}

/// Colleagues who could hold a post then, in words; says so where there is none.
pub(crate) fn who_could(cx: &Cx<'_>, wanted: &str, term: &Term) -> Result<String, Refusal> {
    let mut names = Vec::new();
    for (id, name) in records::colleagues(cx.db)? {
        let has = held(cx, id, None)?.iter().any(|(post, other)| post == wanted && other.meets(term));
        if !has && clash(cx, id, wanted, term, None)?.is_none() {
            names.push(name);
        }
        if names.len() == NAMED {
            break;
        }
    }
    Ok(if names.is_empty() { cx.t.say("appointments-nobody") } else { keep::joined(&names, cx.t) })
}
