//! From a record's texts to the keys it is found by, and nothing about where they are kept. A key is a class
//! letter and a text:
//!
//! | class | text | found by |
//! |---|---|---|
//! | `a` | a name from its start | characters typed from the start |
//! | `c` | a code without its punctuation | `sl2026`, `SL-2026-0001` |
//! | `i` | pinyin initials of the right readings | `zsf` |
//! | `f` | full pinyin of the right readings | `zhangs` |
//! | `j` | initials and full pinyin of other readings, and of other people's names | `dsa` for 单示安 |
//! | `h` | each two neighbouring characters, and the last one alone | 场地, 地 |
//! | `w` | a Latin word | `wps` |
//! | `n` `t` | a number from its start, from its end | first digits, last four |
//! | `g` | four digits out of the middle of a number | any five digits of it |

use unicode_normalization::UnicodeNormalization;

use crate::values::pinyin::name_keys;

/// One text of a record and what kind of text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeySource<'a> {
    /// A name of a person or thing: also found by pinyin.
    Name(&'a str),
    /// The name of somebody else in the record (a guardian): found like a name, but farther away.
    Other(&'a str),
    /// Free text.
    Text(&'a str),
    /// A number people know parts of: identity, certificate, phone.
    Number(&'a str),
    /// A code or ref: `SL-2026-0001`.
    Code(&'a str),
}

/// Longest free text that is indexed, in characters; the rest of a long report is not searched.
const TEXT_LIMIT: usize = 400;

/// All keys of a record, sorted, each once.
pub(crate) fn keys_of(parts: &[KeySource<'_>]) -> Vec<String> {
    let mut keys = Vec::with_capacity(32);
    for part in parts {
        match part {
            KeySource::Name(name) => of_name(&fold(name), &mut keys),
            KeySource::Other(name) => of_other(&fold(name), &mut keys),
            KeySource::Text(text) => {
                let text: String = text.chars().take(TEXT_LIMIT).collect();
                of_text(&fold(&text), &mut keys);
            }
            KeySource::Number(number) => of_number(&plain(&fold(number)), &mut keys),
            KeySource::Code(code) => of_code(&fold(code), &mut keys),
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// One spelling for what people see as the same: full-width as ASCII, capitals as small.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkc().flat_map(char::to_lowercase).collect()
}

/// A Chinese character (the unified ideographs; the rare ones beyond the first plane too).
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// Letters and digits only.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A folded text in runs: Chinese characters, or letters and digits with the punctuation that may stand inside
/// a code or number (`sl-2026-0001`).
pub(crate) fn runs(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut before = None;
    for c in text.chars() {
        let kind = if is_han(c) {
            Some(true)
        } else if c.is_alphanumeric() || (before == Some(false) && matches!(c, '-' | '/' | '.' | '_')) {
            Some(false)
        } else if c == '·' && before == Some(true) {
            // The dot inside a transliterated name is left out when people type it.
            continue;
        } else {
            None
        };
        match (kind, found.last_mut()) {
            (Some(_), Some(run)) if kind == before => run.push(c),
            (Some(_), _) => found.push(c.to_string()),
            (None, _) => {}
        }
        before = kind;
    }
    found
}

fn of_name(name: &str, keys: &mut Vec<String>) {
    let whole: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    if whole.is_empty() {
        return;
    }
    keys.push(format!("a{whole}"));
    if whole.chars().any(is_han) {
        let read = name_keys(name);
        keys.extend(read.initials.iter().map(|initials| format!("i{initials}")));
        keys.extend(read.full.iter().map(|full| format!("f{full}")));
        keys.extend(read.weak.iter().map(|other| format!("j{other}")));
    }
    of_text(name, keys);
}

fn of_other(name: &str, keys: &mut Vec<String>) {
    if name.chars().any(is_han) {
        let read = name_keys(name);
        keys.extend([read.initials, read.full, read.weak].iter().flatten().map(|key| format!("j{key}")));
    }
    of_text(name, keys);
}

fn of_text(text: &str, keys: &mut Vec<String>) {
    for run in runs(text) {
        if run.chars().next().is_some_and(is_han) {
            keys.extend(bigrams(&run).into_iter().map(|pair| format!("h{pair}")));
            keys.extend(run.chars().last().map(|last| format!("h{last}")));
        } else {
            let joined = plain(&run);
            let words = run.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            keys.extend(words.filter(|word| *word != joined).map(|word| format!("w{word}")));
            keys.push(format!("w{joined}"));
        }
    }
}

fn of_number(number: &str, keys: &mut Vec<String>) {
    if number.is_empty() {
        return;
    }
    keys.push(format!("n{number}"));
    keys.push(format!("t{}", reversed(number)));
    keys.extend(middles(number));
}

fn of_code(code: &str, keys: &mut Vec<String>) {
    let whole = plain(code);
    if whole.is_empty() {
        return;
    }
    keys.push(format!("c{whole}"));
    let tail: String = whole.chars().rev().take_while(char::is_ascii_digit).collect();
    let group = code.rsplit(|c: char| !c.is_ascii_digit()).next().map_or(0, |group| group.chars().count());
    let tail: String = tail.chars().take(group).collect();
    if !tail.is_empty() {
        keys.push(format!("t{tail}"));
    }
}

/// Each two neighbouring characters.
pub(crate) fn bigrams(run: &str) -> Vec<String> {
    run.chars().zip(run.chars().skip(1)).map(|(one, two)| [one, two].iter().collect()).collect()
}

/// A number read from its end.
pub(crate) fn reversed(number: &str) -> String {
    number.chars().rev().collect()
}

/// Keys of class `g`: four digits at every second place, so that any five neighbouring digits hold one. Places
/// are counted from the end, which puts year, month-and-day and the middle four of a phone number on them.
/// The last four are class `t`, what begins the number is class `n`.
fn middles(number: &str) -> Vec<String> {
    let chars: Vec<char> = number.chars().collect();
    let Some(last) = chars.len().checked_sub(4) else { return Vec::new() };
    let places = (1..last).filter(|place| (last - place) % 2 == 0);
    places.map(|place| format!("g{}", chars.iter().skip(place).take(4).collect::<String>())).collect()
}

/// The keys of a record as one text, without those that follow from others.
pub(crate) fn doc_of<'a>(keys: impl IntoIterator<Item = &'a String>) -> String {
    let kept: Vec<&str> = keys.into_iter().map(String::as_str).filter(|key| !key.starts_with('g')).collect();
    kept.join(" ")
}

/// The keys again, those that follow included.
pub(crate) fn keys_in_doc(doc: &str) -> Vec<String> {
    let numbers = doc.split(' ').filter_map(|key| key.strip_prefix('n'));
    let middles: Vec<String> = numbers.flat_map(middles).collect();
    doc.split(' ').filter(|key| !key.is_empty()).map(str::to_owned).chain(middles).collect()
}
