//! What the rules make of a text, writing nothing: the answer has the columns of the test vectors by name. Knows the
//! rules and their tables, no file.

use chrono::NaiveDateTime;

use crate::catalog::Catalog;
use crate::desk::Locale;
use crate::desk::reading::coded;
use crate::desk::refusal::Refusal;
use crate::values::certificate::{self, ParsedCertificate};
use crate::values::dates::{self, Bias, DateContext};
use crate::values::lang::Lang;
use crate::values::money::Fen;
use crate::values::text::half_width;
use crate::values::{capital, phone, pinyin, resident_id, split};

use super::Problem;

/// What there is to explain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A date phrase (RULES §7).
    Date,
    /// A resident ID (RULES §1).
    Id,
    /// A disability certificate (RULES §2).
    Cert,
    /// An amount and how it is written in capitals.
    Amount,
    /// `TOTAL WEIGHTS`: an exact allocation.
    Split,
    /// A name and its pinyin initials.
    Name,
    /// Telephone numbers (RULES §8.2).
    Phone,
}

/// What the rules make of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explained {
    /// Column and value, in the order of the vectors.
    pub fields: Vec<(&'static str, String)>,
    /// The same in a sentence, where that says more.
    pub said: String,
    /// What to do about it; empty for nothing.
    pub hint: String,
}

/// Explains a text. `record` reads a date as a record field and not as a planning field.
///
/// # Errors
/// When an amount, a split or a telephone number cannot be read; what a date, an ID or a certificate is not, is an
/// answer.
pub fn explain(
    kind: Kind,
    text: &str,
    now: NaiveDateTime,
    record: bool,
    lang: Lang,
) -> Result<Explained, Problem> {
    let t = Locale::new(lang);
    let done = match kind {
        Kind::Date => Ok(date(text, now, record, &t)),
        Kind::Id => Ok(id(text, now, &t)),
        Kind::Cert => Ok(cert(text, now, &t)),
        Kind::Amount => amount(text),
        Kind::Split => shares(text),
        Kind::Name => Ok(plain(vec![("initials", pinyin::name_keys(text.trim()).initials.join("|"))])),
        Kind::Phone => phones(text),
    };
    done.map_err(|refusal| Problem::of(&refusal, &t))
}

fn plain(fields: Vec<(&'static str, String)>) -> Explained {
    Explained { fields, ..Explained::default() }
}

fn refused(fields: Vec<(&'static str, String)>, refusal: &Refusal, t: &Locale) -> Explained {
    let notice = refusal.notice(t);
    Explained { fields, said: notice.text, hint: notice.hint }
}

fn date(text: &str, now: NaiveDateTime, record: bool, t: &Locale) -> Explained {
    let bias = if record { Bias::Record } else { Bias::Planning };
    let context = DateContext::new(now, bias, Catalog::embedded().calendar());
    match dates::parse(text, &context) {
        Ok(reading) => Explained {
            fields: vec![
                ("kind", reading.kind_name().to_owned()),
                ("start", reading.start_text()),
                ("end", reading.end_text()),
            ],
            said: dates::spell(&reading, t.lang()),
            hint: String::new(),
        },
        Err(error) => {
            let fields = vec![("kind", "error".to_owned()), ("start", error.detail().to_owned())];
            refused(fields, &coded(error.code(), error.args()), t)
        }
    }
}

fn id(text: &str, now: NaiveDateTime, t: &Locale) -> Explained {
    match resident_id::parse(text, now.date()) {
        Ok(parsed) => {
            let fields = vec![
                ("result", parsed.result().to_owned()),
                ("normalised", parsed.normalised().to_owned()),
                ("birth", parsed.birth.to_string()),
                ("sex", parsed.sex.name().to_owned()),
            ];
            match parsed.warning() {
                Some(code) => refused(fields, &Refusal::rule(code), t),
                None => plain(fields),
            }
        }
        Err(error) => refused(failed(error.code()), &coded(error.code(), error.args()), t),
    }
}

fn failed(code: &str) -> Vec<(&'static str, String)> {
    vec![("result", code.to_owned())]
}

fn cert(text: &str, now: NaiveDateTime, t: &Locale) -> Explained {
    match certificate::parse(text, now.date()) {
        Ok(parsed) => plain(vec![
            ("result", "valid".to_owned()),
            ("normalised", parsed.number.as_str().to_owned()),
            ("id_number", parsed.id.normalised().to_owned()),
            ("category", parsed.category.name().to_owned()),
            ("level", parsed.level.name().to_owned()),
            ("reissue", parsed.reissue_mark()),
            ("association", association(&parsed)),
        ]),
        Err(error) => refused(failed(error.code()), &coded(error.code(), error.args()), t),
    }
}

/// Where the category leads by itself: an association, two where autism must be asked, or the coordination of several.
fn association(parsed: &ParsedCertificate) -> String {
    let routing = Catalog::embedded().routing();
    let category = parsed.category.name();
    let Some(route) = routing.categories.iter().find(|r| r.category == category) else {
        return String::new();
    };
    if category == routing.multiple.category {
        "COORD".to_owned()
    } else if routing.autism.ask.iter().any(|asked| asked == category) {
        format!("{}|{}", route.org, routing.autism.org)
    } else {
        route.org.clone()
    }
}

fn amount(text: &str) -> Result<Explained, Refusal> {
    let fen = Fen::parse(text).map_err(|e| coded(e.code(), e.args()).field("amount"))?;
    Ok(plain(vec![("amount", fen.plain()), ("capital", capital::to_capital(fen))]))
}

fn shares(text: &str) -> Result<Explained, Refusal> {
    let text = half_width(text.trim());
    let (total, weights) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
    let total = Fen::parse(total).map_err(|e| coded(e.code(), e.args()).field("total"))?;
    // A weight left out between two commas is a slip: taking it away would move every share after it.
    let parts = weights.split([',', ':']).map(str::trim).filter(|_| !weights.is_empty());
    let number = |w: &str| {
        w.parse::<u64>().ok().ok_or_else(|| Refusal::rule("integer").field("weights").with("text", w))
    };
    let weights: Vec<u64> = parts.map(number).collect::<Result<_, _>>()?;
    let shares = split::allocate(total, &weights).map_err(|e| coded(e.code(), e.args()).field("weights"))?;
    let each: Vec<String> = shares.iter().map(|fen| fen.plain()).collect();
    Ok(plain(vec![("shares", each.join(","))]))
}

fn phones(text: &str) -> Result<Explained, Refusal> {
    let numbers = phone::parse_list(text).map_err(|e| coded(e.code(), e.args()).field("phone"))?;
    let join = |each: Vec<String>| each.join(";");
    Ok(plain(vec![
        ("normalised", join(numbers.iter().map(|p| p.number.clone()).collect())),
        ("typed", join(numbers.iter().map(|p| p.typed.clone()).collect())),
    ]))
}
