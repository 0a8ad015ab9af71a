//! How a typed text becomes a value and a value a text, for every kind of field. The rules are in `values`; here they
//! meet the field table, the session's language and what may be shown.

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::types::Value;
use rust_decimal::prelude::ToPrimitive;

use crate::values::dates::{self, Bias, DateContext};
use crate::values::lang::Lang;
use crate::values::money::Fen;
use crate::values::{calc, certificate, mask, phone, resident_id, text};

use super::field::{Field, Kind, Privacy, Word};
use super::refusal::Refusal;
use super::subject::Cx;

/// So many words of a closed set are named where none was meant.
const MANY: usize = 16;

/// What a text was understood as.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Read {
    /// As kept in the file.
    pub value: Value,
    /// As it would be typed best.
    pub text: String,
    /// Read back in full, where that says more than the text; else empty.
    pub echo: String,
}

impl Read {
    fn plain(value: Value, text: String) -> Self {
        Self { value, text, echo: String::new() }
    }

    fn text(text: String) -> Self {
        Self::plain(Value::Text(text.clone()), text)
    }
}

/// Characters of a field of one line.
const LINE: usize = 1_000;

/// Characters of a field of several lines.
const LONGEST: usize = 20_000;

/// Reads a typed text. Empty text is the NULL value; whether that is allowed is the form's business.
pub(crate) fn read(field: &Field, typed: &str, cx: &Cx<'_>) -> Result<Read, Refusal> {
    let typed = match field.kind {
        Kind::Long => text::strip_controls_keep_lines(typed),
        _ => text::strip_controls(typed).into_owned(),
    };
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Read::plain(Value::Null, String::new()));
    }
    let (n, most) = (typed.chars().count(), if matches!(field.kind, Kind::Long) { LONGEST } else { LINE });
    if n > most {
        let long = Refusal::rule("too-long").field(field.name).with("n", n.to_string());
        return Err(long.with("most", most.to_string()));
    }
    read_some(field, typed, cx).map_err(|refusal| refusal.field(field.name))
}

fn read_some(field: &Field, typed: &str, cx: &Cx<'_>) -> Result<Read, Refusal> {
    match field.kind {
        Kind::Text if field.privacy == Privacy::Name => name(typed),
        Kind::Text | Kind::Long => Ok(Read::text(typed.to_owned())),
        Kind::Integer => integer(typed),
        Kind::Money => money(typed),
        Kind::Flag => flag(typed, cx),
        Kind::Date(bias) => date(typed, bias, cx),
        Kind::Moment(bias) => moment(typed, bias, cx),
        Kind::Choice(set) => pick(typed, &set.words(cx.catalog), cx.t.lang()),
        Kind::Choices(set) => pick_many(typed, &set.words(cx.catalog), cx.t.lang()),
        Kind::Ref(subject) => reference(subject, typed, cx),
        Kind::ResidentId => resident(typed, cx),
        Kind::Certificate => certificate(typed, cx),
        Kind::Phone => phones(typed),
    }
}

/// A person's name has no digit in it: a number that was scanned into the wrong field is not taken for one.
fn name(typed: &str) -> Result<Read, Refusal> {
    match text::half_width(typed).contains(|c: char| c.is_ascii_digit()) {
        true => Err(Refusal::rule("name-digits").with("text", typed)),
        false => Ok(Read::text(typed.to_owned())),
    }
}

fn integer(typed: &str) -> Result<Read, Refusal> {
    let plain = text::half_width(typed);
    let wrong = || Refusal::rule("integer").with("text", typed);
    let n = match plain.trim().strip_prefix('=') {
        // A sum may stand in any field for a number.
        Some(sum) => {
            let value = calc::evaluate(sum).map_err(|e| coded(e.code(), e.args()))?.value();
            let whole = value.filter(|v| v.fract().is_zero()).and_then(|v| v.to_i64());
            whole.ok_or_else(wrong)?
        }
        None => plain.trim().parse::<i64>().ok().ok_or_else(wrong)?,
    };
    Ok(Read::plain(Value::Integer(n), n.to_string()))
}

/// An amount in yuan. Only a calculation is read back: an amount says by itself what it is.
fn money(typed: &str) -> Result<Read, Refusal> {
    let fen = Fen::parse(typed).map_err(|e| coded(e.code(), e.args()))?;
    let sum = text::half_width(typed).trim_start().starts_with('=');
    let echo = if sum { fen.to_string() } else { String::new() };
    Ok(Read { value: Value::Integer(fen.0), text: fen.plain(), echo })
}

fn flag(typed: &str, cx: &Cx<'_>) -> Result<Read, Refusal> {
    let word = text::half_width(typed).to_lowercase();
    let yes = ["1", "y", "yes", "是", "true", "对", "有"].contains(&word.as_str());
    let no = ["0", "2", "n", "no", "否", "false", "不", "无"].contains(&word.as_str());
    if !yes && !no {
        return Err(Refusal::rule("flag").with("text", typed));
    }
    Ok(Read::plain(Value::Integer(i64::from(yes)), cx.t.say(if yes { "yes" } else { "no" })))
}

fn context<'a>(cx: &'a Cx<'_>, bias: Bias) -> DateContext<'a> {
    DateContext::new(cx.now, bias, cx.catalog.calendar())
}

fn date(typed: &str, bias: Bias, cx: &Cx<'_>) -> Result<Read, Refusal> {
    let reading = dates::parse(typed, &context(cx, bias))
        .map_err(|error| Refusal::rule(error.code()).with("text", typed))?;
    let Some(day) = reading.day() else {
        return Err(Refusal::rule("date-one-day").with("text", typed));
    };
    let echo = dates::spell_day(day, cx.t.lang());
    Ok(Read { value: Value::Text(day.to_string()), text: day.to_string(), echo })
}

fn moment(typed: &str, bias: Bias, cx: &Cx<'_>) -> Result<Read, Refusal> {
    let reading = dates::parse(typed, &context(cx, bias))
        .map_err(|error| Refusal::rule(error.code()).with("text", typed))?;
    let Some(at) = reading.moment() else {
        return Err(Refusal::rule("date-one-moment").with("text", typed));
    };
    let kept = at.format("%Y-%m-%dT%H:%M").to_string();
    let echo = dates::spell(&reading, cx.t.lang());
    Ok(Read { value: Value::Text(kept.clone()), text: kept, echo })
}

/// The label of a word in a language.
pub(crate) fn label(word: &Word, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &word.zh,
        Lang::En => &word.en,
    }
}

/// The key that picks the word at a place of its set.
pub(crate) fn key(word: &Word, at: usize) -> String {
    if word.key.is_empty() { (at + 1).to_string() } else { word.key.clone() }
}

/// A label without the key it may begin with (`办公费` of `5201.01 办公费`): what a person calls it.
pub(crate) fn called<'a>(key: &str, label: &'a str) -> &'a str {
    label.strip_prefix(key).map_or(label, str::trim_start)
}

/// Finds a word by its key, by itself, or by the beginning of its label or pinyin when only one begins so.
fn find<'a>(typed: &str, set: &'a [Word], lang: Lang) -> Option<&'a Word> {
    let typed = text::half_width(typed).to_lowercase();
    let typed = typed.trim();
    let exact = |(at, w): &(usize, &Word)| {
        key(w, *at).to_lowercase() == typed
            || w.kept.to_lowercase() == typed
            || w.zh == typed
            || called(&w.kept, &w.zh) == typed
            || w.en.to_lowercase() == typed
            || w.also.iter().any(|a| a.to_lowercase() == typed)
    };
    if let Some((_, word)) = set.iter().enumerate().find(exact) {
        return Some(word);
    }
    let begins = |w: &&Word| {
        label(w, lang).to_lowercase().starts_with(typed)
            || w.zh.starts_with(typed)
            || called(&w.kept, label(w, lang)).to_lowercase().starts_with(typed)
            || crate::values::pinyin::text_keys(called(&w.kept, &w.zh)).iter().any(|k| k.starts_with(typed))
    };
    let mut found = set.iter().filter(begins);
    let first = found.next()?;
    if found.next().is_some() { None } else { Some(first) }
}

fn allowed(set: &[Word], lang: Lang) -> String {
    let each = set.iter().enumerate().map(|(at, w)| match (key(w, at), label(w, lang)) {
        (key, label) if label.starts_with(&key) => label.to_owned(),
        (key, label) => format!("{key}{label}"),
    });
    // Nobody reads forty of them; the field offers what fits.
    let more = if set.len() > MANY { Some("...".to_owned()) } else { None };
    each.take(MANY).chain(more).collect::<Vec<_>>().join(" ")
}

fn pick(typed: &str, set: &[Word], lang: Lang) -> Result<Read, Refusal> {
    match find(typed, set, lang) {
        Some(word) => Ok(Read::plain(Value::Text(word.kept.clone()), label(word, lang).to_owned())),
        None => Err(Refusal::rule("choice").with("text", typed).with("allowed", allowed(set, lang))),
    }
}

/// The choices in a text. A blank stands between two of them, and within one of several words (`sign language`): as many words
/// as there is a choice of belong together.
fn separated(text: &str, set: &[Word], lang: Lang) -> Vec<String> {
    let mut parts = Vec::new();
    for piece in text.split([';', ',', '、', '|', '/', '，', '；']) {
        let words: Vec<&str> = piece.split_whitespace().collect();
        let mut rest = words.as_slice();
        while !rest.is_empty() {
            let whole = |n: usize| rest.iter().take(n).copied().collect::<Vec<_>>().join(" ");
            let known = (2..=rest.len()).rev().find(|n| find(&whole(*n), set, lang).is_some());
            let n = known.unwrap_or(1);
            parts.push(whole(n));
            rest = rest.get(n..).unwrap_or_default();
        }
    }
    parts
}

fn pick_many(typed: &str, set: &[Word], lang: Lang) -> Result<Read, Refusal> {
    let folded = text::half_width(typed);
    let separated = separated(&folded, set, lang);
    // `13` means the first and the third where every key is one digit.
    let single = set.iter().enumerate().all(|(at, w)| key(w, at).chars().count() == 1);
    let parts: Vec<String> = match separated.as_slice() {
        [run] if single && find(run, set, lang).is_none() => run.chars().map(String::from).collect(),
        parts => parts.to_vec(),
    };
    let mut chosen = Vec::new();
    for part in &parts {
        match find(part, set, lang) {
            Some(word) => chosen.push(word),
            None => {
                return Err(Refusal::rule("choice").with("text", typed).with("allowed", allowed(set, lang)));
            }
        }
    }
    let in_order: Vec<&Word> = set.iter().filter(|w| chosen.contains(w)).collect();
    let join =
        |f: &dyn Fn(&Word) -> String, by: &str| in_order.iter().map(|w| f(w)).collect::<Vec<_>>().join(by);
    Ok(Read::plain(Value::Text(join(&|w| w.kept.clone(), ";")), join(&|w| label(w, lang).to_owned(), ";")))
}

fn reference(subject: &'static str, typed: &str, cx: &Cx<'_>) -> Result<Read, Refusal> {
    let Some(found) = cx.registry.iter().find(|s| s.name() == subject) else {
        return Err(Refusal::rule("not-found").with("text", typed));
    };
    let wanted = typed.trim_start_matches('#').split_whitespace().next().unwrap_or_default();
    let id = super::records::by_reference(cx, *found, wanted)?;
    let Some(id) = id else {
        return Err(Refusal::rule("not-found").with("text", typed));
    };
    let text = super::records::reference(cx, found.record(), id)?;
    Ok(Read { value: Value::Integer(id), text, echo: found.brief(cx, id)? })
}

fn resident(typed: &str, cx: &Cx<'_>) -> Result<Read, Refusal> {
    let parsed = resident_id::parse(typed, cx.now.date()).map_err(|e| coded(e.code(), e.args()))?;
    Ok(Read::text(parsed.normalised().to_owned()))
}

fn certificate(typed: &str, cx: &Cx<'_>) -> Result<Read, Refusal> {
    let parsed = certificate::parse(typed, cx.now.date()).map_err(|e| coded(e.code(), e.args()))?;
    Ok(Read::text(parsed.number.as_str().to_owned()))
}

fn phones(typed: &str) -> Result<Read, Refusal> {
    let parsed = phone::parse_list(typed).map_err(|e| coded(e.code(), e.args()))?;
    let joined = parsed.iter().map(|p| p.number.clone()).collect::<Vec<_>>().join(";");
    Ok(Read::text(joined))
}

/// A refusal from a pure rule: its code and values, unchanged.
pub(crate) fn coded(code: &'static str, args: super::locale::Args) -> Refusal {
    Refusal { args, ..Refusal::rule(code) }
}

/// A kept value as a person reads it, whole.
pub(crate) fn show(field: &Field, value: &Value, cx: &Cx<'_>) -> String {
    let lang = cx.t.lang();
    match (field.kind, value) {
        (_, Value::Null) => String::new(),
        (Kind::Flag, Value::Integer(n)) => cx.t.say(if *n == 0 { "no" } else { "yes" }),
        (Kind::Choice(set), Value::Text(kept)) => word(kept, &set.words(cx.catalog), lang),
        (Kind::Choices(set), Value::Text(kept)) => {
            let set = set.words(cx.catalog);
            kept.split(';').map(|k| word(k, &set, lang)).collect::<Vec<_>>().join(&cx.t.say("list-separator"))
        }
        (Kind::Ref(subject), Value::Integer(id)) => referred(subject, *id, cx),
        (Kind::Money, Value::Integer(fen)) => Fen(*fen).to_string(),
        (Kind::Date(_), Value::Text(iso)) => match iso.parse::<NaiveDate>() {
            Ok(day) => dates::spell_day(day, lang),
            Err(_) => iso.clone(),
        },
        (Kind::Moment(_), Value::Text(iso)) => match NaiveDateTime::parse_from_str(iso, "%Y-%m-%dT%H:%M") {
            Ok(at) => format!("{} {}", dates::spell_day(at.date(), lang), at.format("%H:%M")),
            Err(_) => iso.clone(),
        },
        (_, Value::Text(kept)) => kept.clone(),
        (_, Value::Integer(n)) => n.to_string(),
        (_, Value::Real(_) | Value::Blob(_)) => String::new(),
    }
}

fn word(kept: &str, set: &[Word], lang: Lang) -> String {
    set.iter().find(|w| w.kept == kept).map_or_else(|| kept.to_owned(), |w| label(w, lang).to_owned())
}

fn referred(subject: &str, id: i64, cx: &Cx<'_>) -> String {
    let found = cx.registry.iter().find(|s| s.name() == subject);
    let rows = found.and_then(|s| s.rows(cx, &[id]).ok());
    rows.and_then(|rows| rows.into_iter().next()).map(|row| row.brief).unwrap_or_default()
}

/// The same for a page: masked, and a day of this year without its year, since a page is read line by line.
pub(crate) fn on_page(field: &Field, value: &Value, cx: &Cx<'_>) -> String {
    let short = |day: NaiveDate| dates::short_day(day, cx.now.date(), cx.t.lang());
    let said = match (field.kind, value) {
        (Kind::Date(_), Value::Text(iso)) => iso.parse().ok().map(short),
        (Kind::Moment(_), Value::Text(iso)) => NaiveDateTime::parse_from_str(iso, "%Y-%m-%dT%H:%M")
            .ok()
            .map(|at| format!("{} {}", short(at.date()), at.format("%H:%M"))),
        _ => None,
    };
    said.filter(|_| field.privacy == Privacy::Open).unwrap_or_else(|| show_masked(field, value, cx))
}

/// A kept value with what RULES §5.3 hides hidden.
pub(crate) fn show_masked(field: &Field, value: &Value, cx: &Cx<'_>) -> String {
    let whole = show(field, value, cx);
    if whole.is_empty() {
        return whole;
    }
    match field.privacy {
        Privacy::Open => whole,
        Privacy::Name => mask::name(&whole),
        Privacy::ResidentId => mask::resident_id(&whole),
        Privacy::Certificate => mask::certificate(&whole),
        Privacy::Phone => {
            whole.split(';').map(mask::phone).collect::<Vec<_>>().join(&cx.t.say("list-separator"))
        }
        Privacy::Address => mask::address(&whole, None),
        Privacy::Hidden => "***".to_owned(),
    }
}

/// A kept value as it would be typed into its field.
pub(crate) fn typed(field: &Field, value: &Value, cx: &Cx<'_>) -> String {
    match (field.kind, value) {
        (Kind::Date(_) | Kind::Moment(_), Value::Text(iso)) => iso.clone(),
        (Kind::Money, Value::Integer(fen)) => Fen(*fen).plain(),
        (Kind::Ref(subject), Value::Integer(id)) => {
            let found = cx.registry.iter().find(|s| s.name() == subject);
            let rows = found.and_then(|s| s.rows(cx, &[*id]).ok());
            rows.and_then(|rows| rows.into_iter().next()).map(|row| row.reference).unwrap_or_default()
        }
        (Kind::Choices(set), Value::Text(kept)) => {
            let set = set.words(cx.catalog);
            kept.split(';').map(|k| word(k, &set, cx.t.lang())).collect::<Vec<_>>().join(";")
        }
        _ => show(field, value, cx),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skills() -> Vec<Word> {
        crate::catalog::Catalog::embedded().words("skills").to_vec()
    }

    #[test]
    fn several_choices_of_several_words_are_read_as_they_are_shown() {
        for typed in ["sign language;driving", "sign language driving", "driving, sign language"] {
            let read = pick_many(typed, &skills(), Lang::En).unwrap();
            assert_eq!(read.text, "sign language;driving", "{typed}");
        }
        assert!(pick_many("sign dancing", &skills(), Lang::En).is_err());
    }
}
