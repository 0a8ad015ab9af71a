//! Reads a line such as `3305… 轮椅坏了要修 !w5 急 p 因为本人要求`: who first, then what, with a due day, an urgency,
//! associations and the reason for them among the words. What it cannot place it gives back.

use crate::desk::reading;
use crate::desk::subject::{Cx, QuickReading};
use crate::subjects::keep;

use super::fields as f;
use super::who::{self, Who};

/// Most characters of a name said as the first word.
const NAME: usize = 4;

/// Reads the line without its verb.
pub(crate) fn read(cx: &Cx<'_>, action: &'static str, rest: &str) -> QuickReading {
    let mut reading = QuickReading { action, target: None, texts: Vec::new(), unread: Vec::new() };
    let words = cx.catalog.cut(rest, &["urgencies"]);
    let mut content: Vec<&str> = Vec::new();
    let mut orgs: Vec<String> = Vec::new();
    for (at, word) in words.iter().map(String::as_str).enumerate() {
        if at == 0 && names_someone(cx, word) {
            reading.texts.push(("client", word.to_owned()));
        } else if let Some(phrase) = word.strip_prefix(['!', '！']) {
            match reading::read(&f::DUE, phrase, cx) {
                Ok(_) => reading.texts.push(("due", phrase.to_owned())),
                Err(_) => reading.unread.push(word.to_owned()),
            }
        } else if let Some(reason) = word.strip_prefix("因为").or_else(|| word.strip_prefix("why:")) {
            reading.texts.push(("reason", reason.trim_start_matches([':', '：']).to_owned()));
        } else if let Some(urgency) = urgency(cx, word) {
            reading.texts.push(("urgency", urgency.to_owned()));
        } else if let Some(org) = association(cx, word) {
            orgs.push(org);
        } else {
            content.push(word);
        }
    }
    if !content.is_empty() {
        reading.texts.push(("content", content.join(" ")));
    }
    if !orgs.is_empty() {
        reading.texts.push(("orgs", orgs.join(";")));
    }
    reading
}

/// Whether the first word says who it is about: a number, a known person, or characters as short as a name.
fn names_someone(cx: &Cx<'_>, word: &str) -> bool {
    match who::resolve(cx, word) {
        Who::Known(..) => true,
        Who::New(stranger) => {
            stranger.name.is_empty() || word.starts_with('+') || word.chars().count() <= NAME
        }
        // Several fit, or a number is mistyped: it was meant as a person, and the form asks.
        Who::Unclear(why) => why.code != "cases-no-name" && why.code != "cases-nobody-found",
        Who::Nobody => false,
    }
}

/// More urgent than usual; how urgent it is otherwise is a word like any other.
fn urgency<'a>(cx: &Cx<'a>, word: &str) -> Option<&'a str> {
    let usual = cx.catalog.words("urgencies").first()?;
    let said = cx.catalog.read_word("urgencies", word)?;
    let plain = said.kept == usual.kept || word.chars().all(|c| c.is_ascii_digit());
    (!plain).then_some(said.kept.as_str())
}

/// An association by its letter or its short name.
fn association(cx: &Cx<'_>, word: &str) -> Option<String> {
    let said = word.to_lowercase();
    let named = crate::subjects::org_names(cx.catalog);
    named
        .into_iter()
        .find(|(key, code, name)| [key, name].contains(&&said) || code == word)
        .map(|(_, code, _)| code)
}

/// What a case is found by besides its own fields: the people it is about.
pub(crate) fn found_by(
    cx: &Cx<'_>,
    id: i64,
) -> Result<Vec<(crate::desk::field::Findable, String)>, crate::desk::refusal::Refusal> {
    use crate::desk::field::Findable;
    let mut found = vec![(Findable::Code, keep::reference(cx, &f::RECORD, id)?)];
    for client in super::records::clients(cx.db, id)? {
        found.push((Findable::Name, client.name));
    }
    Ok(found)
}
