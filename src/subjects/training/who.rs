//! People told in one line: names, initials, codes, and groups (`全体`, `社工`, `出纳`, `盲协`). A word that fits several is a
//! question, never a guess.

use std::collections::BTreeSet;

use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::store::search;
use crate::subjects::keep;
use crate::values::text;

use super::records::{self, By};

/// How many that a word may fit are looked at.
const LOOK: usize = 40;
/// How many of them are named.
const NAMED: usize = 4;

/// The words of a line.
fn words(line: &str) -> Vec<String> {
    let plain = text::half_width(line);
    let each = plain.split(|c: char| c.is_whitespace() || [',', ';', '、', '，', '；', '|'].contains(&c));
    each.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The people of a line, each once, in the order they are named. `among` is whom it may be; none for everyone at work, and
/// groups then count too.
///
/// # Errors
/// `training-nobody` or `training-several`, with the word.
pub(crate) fn read(cx: &Cx<'_>, line: &str, among: Option<&BTreeSet<i64>>) -> Result<Vec<i64>, Refusal> {
    let mut found = Vec::new();
    for word in words(line) {
        let these = match (among, group(cx, &word)?) {
            (None, Some(group)) => group,
            _ => vec![one(cx, &word, among)?],
        };
        for id in these {
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }
    Ok(found)
}

/// The people a word means together; none when it is no group.
fn group(cx: &Cx<'_>, word: &str) -> Result<Option<Vec<i64>>, Refusal> {
    let on = cx.now.date();
    let kept = |set: &str| cx.catalog.read_word(set, word).map(|found| found.kept.clone());
    let by = match word {
        "全体" | "all" => Some(By::Everyone),
        "社工" => Some(By::Kind("助残社工")),
        "财务岗" => {
            let mut both = records::group(cx.db, &By::Post("accountant"), on)?;
            both.extend(records::group(cx.db, &By::Post("cashier"), on)?);
            return Ok(Some(both));
        }
        _ => None,
    };
    if let Some(by) = by {
        return Ok(Some(records::group(cx.db, &by, on)?));
    }
    // A single letter or number is the beginning of a name, not the key of a set.
    if word.chars().count() < 2 {
        return Ok(None);
    }
    if let Some(post) = kept("posts")
        .filter(|post| cx.catalog.post(post).is_some_and(|p| p.within != crate::catalog::Within::Outside))
    {
        return Ok(Some(records::group(cx.db, &By::Post(&post), on)?));
    }
    if let Some(kind) = kept("staff_kinds") {
        return Ok(Some(records::group(cx.db, &By::Kind(&kind), on)?));
    }
    if let Some(org) = kept("orgs") {
        return Ok(Some(records::group(cx.db, &By::Org(&org), on)?));
    }
    Ok(None)
}

/// The one person a word means.
fn one(cx: &Cx<'_>, word: &str, among: Option<&BTreeSet<i64>>) -> Result<i64, Refusal> {
    let hits = search::search(cx.db, Some("staff"), word, LOOK)?.hits;
    let mut fits = Vec::new();
    for hit in &hits {
        let known = match among {
            Some(among) => among.contains(&hit.id),
            None => records::at_work(cx.db, hit.id)?,
        };
        if known && let Some(person) = records::person(cx.db, hit.id)? {
            fits.push(person);
        }
    }
    let exact: Vec<_> =
        fits.iter().filter(|p| p.name == word || p.code.eq_ignore_ascii_case(word)).cloned().collect();
    if !exact.is_empty() {
        fits = exact;
    }
    match fits.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Refusal::rule("training-nobody").with("text", word)),
        several => {
            let names: Vec<String> =
                several.iter().take(NAMED).map(|p| format!("{} {}", p.code, p.name)).collect();
            Err(Refusal::rule("training-several").with("text", word).with("who", keep::joined(&names, cx.t)))
        }
    }
}

/// Names for reading back: how many, and the first of them.
pub(crate) fn said(cx: &Cx<'_>, ids: &[i64]) -> Result<String, Refusal> {
    let mut names = Vec::new();
    for id in ids {
        names.extend(records::person(cx.db, *id)?.map(|p| p.name));
    }
    Ok(cx
        .t
        .with("training-people-said", &[("n", ids.len().to_string()), ("who", keep::joined(&names, cx.t))]))
}
