//! Who is before the desk: from whatever was typed (a certificate, an ID, a name, initials, the end of a number) to a
//! person the office knows, or to a new one. It never guesses between two.

use crate::desk::form::FormState;
use crate::desk::reading::coded;
use crate::desk::records::visible;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Cx;
use crate::desk::view::Choice;
use crate::store::search;
use crate::subjects::people::records::{self, By, Client};
use crate::subjects::people::{self, pages};
use crate::values::certificate::{self, ParsedCertificate};
use crate::values::resident_id::{self, ParsedId};
use crate::values::{phone, text};

/// A Chinese character.
fn is_han(c: char) -> bool {
    c.is_alphabetic() && c >= '\u{3400}'
}

/// How many fitting people are shown.
const SHOWN: usize = 9;
/// More characters than a name has, without a dot in it: then it is something else.
const LONGEST_NAME: usize = 6;

/// What is known of someone the office has no file of.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Stranger {
    /// The certificate shown.
    pub card: Option<ParsedCertificate>,
    /// The ID shown.
    pub id: Option<ParsedId>,
    /// The name said.
    pub name: String,
    /// The telephone number said.
    pub phone: String,
}

/// Who was meant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Who {
    /// Nobody was named: a question needs no name.
    Nobody,
    /// Someone with a file, and the certificate that was shown.
    Known(Box<Client>, Option<ParsedCertificate>),
    /// Someone without one.
    New(Box<Stranger>),
    /// It cannot be said; why.
    Unclear(Refusal),
}

/// Reads what was typed.
pub(crate) fn resolve(cx: &Cx<'_>, typed: &str) -> Who {
    read(cx, typed).unwrap_or_else(Who::Unclear)
}

fn read(cx: &Cx<'_>, typed: &str) -> Result<Who, Refusal> {
    let typed = text::half_width(typed);
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Who::Nobody);
    }
    if let Some(name) = typed.strip_prefix('+') {
        return Ok(stranger(Stranger { name: name.trim().to_owned(), ..Stranger::default() }));
    }
    let code = typed.split_whitespace().next().unwrap_or_default().trim_start_matches('#').to_uppercase();
    if let Some(who) = one(cx, By::Code(&code))? {
        return Ok(Who::Known(Box::new(who), None));
    }
    let today = cx.now.date();
    if let Ok(card) = certificate::parse(typed, today) {
        let known = match one(cx, By::Certificate(card.number.as_str()))? {
            Some(who) => Some(who),
            None => one(cx, By::ResidentId(card.id.normalised()))?,
        };
        return Ok(match known {
            Some(who) => Who::Known(Box::new(who), Some(card)),
            None => stranger(Stranger { card: Some(card), ..Stranger::default() }),
        });
    }
    if let Ok(id) = resident_id::parse(typed, today) {
        return Ok(match one(cx, By::ResidentId(id.normalised()))? {
            Some(who) => Who::Known(Box::new(who), None),
            None => stranger(Stranger { id: Some(id), ..Stranger::default() }),
        });
    }
    if looks_like_a_card(typed) {
        return Err(card_fault(cx, typed));
    }
    if let Ok(number) = phone::parse(typed) {
        let number = number.number;
        return match records::known(cx.db, By::Phone(&number))?.as_slice() {
            [] => Ok(stranger(Stranger { phone: number, ..Stranger::default() })),
            [id] => Ok(Who::Known(Box::new(records::must_find(cx.db, *id)?), None)),
            several => Err(many(cx, several)),
        };
    }
    if typed.chars().any(is_han) {
        return named(cx, typed);
    }
    match found(cx, typed)?.as_slice() {
        [] => Err(Refusal::rule("cases-nobody-found").field("client").with("text", typed)),
        [id] => Ok(Who::Known(Box::new(records::must_find(cx.db, *id)?), None)),
        several => Err(many(cx, several)),
    }
}

/// A name in characters: whoever has exactly this name, else someone new. A `+` before it says that it is someone new.
fn named(cx: &Cx<'_>, name: &str) -> Result<Who, Refusal> {
    let mut known = Vec::new();
    for id in records::known(cx.db, By::Name(name))? {
        known.extend(visible(cx, &people::People, Some(id))?);
    }
    match known.as_slice() {
        [id] => Ok(Who::Known(Box::new(records::must_find(cx.db, *id)?), None)),
        [] if name.chars().count() > LONGEST_NAME && !name.contains('·') => {
            Err(Refusal::rule("cases-no-name").field("client").with("text", name))
        }
        [] => Ok(stranger(Stranger { name: name.to_owned(), ..Stranger::default() })),
        several => Err(many(cx, several)),
    }
}

fn stranger(who: Stranger) -> Who {
    Who::New(Box::new(who))
}

/// The one living file known by this; a code is looked at only where the person may see it.
fn one(cx: &Cx<'_>, by: By<'_>) -> Result<Option<Client>, Refusal> {
    let mut ids = records::known(cx.db, by)?;
    if matches!(by, By::Code(_)) {
        ids = visible(cx, &people::People, ids.first().copied())?.into_iter().collect();
    }
    match ids.first() {
        Some(id) => records::find(cx.db, *id),
        None => Ok(None),
    }
}

/// The visible living files that fit, nearest first.
fn found(cx: &Cx<'_>, typed: &str) -> Result<Vec<i64>, Refusal> {
    let found = search::search(cx.db, Some("people"), typed, SHOWN)?;
    let mut ids = Vec::new();
    for hit in found.hits {
        if let Some(id) = visible(cx, &people::People, Some(hit.id))?
            && records::find(cx.db, id)?.is_some_and(|who| !who.voided)
        {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn many(cx: &Cx<'_>, ids: &[i64]) -> Refusal {
    let who = records::find_all(cx.db, ids).unwrap_or_default();
    let said: Vec<String> =
        who.iter().enumerate().map(|(at, c)| format!("{} {}", at + 1, pages::named(c))).collect();
    Refusal::rule("cases-several-found").field("client").with("who", said.join(" "))
}

/// Fifteen digits or more in a row are meant as an ID or a certificate.
fn looks_like_a_card(typed: &str) -> bool {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    digits >= 15 && typed.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-')
}

fn card_fault(cx: &Cx<'_>, typed: &str) -> Refusal {
    let today = cx.now.date();
    let fault = if text::compact(typed).chars().count() <= 18 {
        resident_id::parse(typed, today).err().map(|e| coded(e.code(), e.args()))
    } else {
        certificate::parse(typed, today).err().map(|e| coded(e.code(), e.args()))
    };
    fault.unwrap_or_else(|| Refusal::rule("cases-nobody-found").with("text", typed)).field("client")
}

/// The people who fit what was typed so far, and the offer to take it as a new name.
pub(crate) fn complete(cx: &Cx<'_>, form: &FormState) -> Vec<Choice> {
    let typed = text::half_width(form.text("client"));
    let typed = typed.trim();
    if typed.is_empty() || typed.starts_with('+') {
        return Vec::new();
    }
    let ids = found(cx, typed).unwrap_or_default();
    let people = records::find_all(cx.db, &ids).unwrap_or_default();
    let choice = |who: &Client| Choice {
        key: String::new(),
        value: pages::named(who),
        label: format!("{} {}", pages::brief(cx, who), who.community).trim_end().to_owned(),
    };
    let mut choices: Vec<Choice> = people.iter().map(choice).collect();
    if !choices.is_empty() && typed.chars().all(is_han) {
        choices.truncate(SHOWN - 1);
        let label = cx.t.with("cases-new-person", &[("name", typed.to_owned())]);
        choices.push(Choice { key: String::new(), value: format!("+{typed}"), label });
    }
    choices
}
