//! The line a hand types for a booking, `n3 14-16 d b 盲文班 30人 *8`: day, hours, zone, association, what it is for, in any
//! order but one: of two letters that both a zone and an association answer to, the zone stands first. Pure: what there is to
//! recognise is handed in.

use crate::catalog::saying;
use crate::values::dates::{self, DateContext, Kind};
use crate::values::pinyin;

use super::rules::{Hours, clock};

/// What a line was understood as. What is not said stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line {
    /// First and last day, as ISO text; the same for one day.
    pub days: Option<(String, String)>,
    /// `14:00-16:00`.
    pub hours: String,
    /// Minutes wanted, where no hours are said.
    pub length: Option<i64>,
    /// Zone code.
    pub zone: String,
    /// Association code.
    pub org: String,
    /// People, as typed.
    pub people: String,
    /// Accessibility wanted.
    pub needs: Vec<String>,
    /// What comes again, as a series is typed.
    pub repeat: String,
    /// What it is for.
    pub purpose: String,
    /// What was not understood.
    pub unread: Vec<String>,
}

/// A zone as a hand names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// `Z03-R1`.
    pub code: String,
    /// The letter or word a hand types for it; empty for none.
    pub key: String,
    /// Its name.
    pub name: String,
}

impl Named {
    /// With the ways to type it.
    pub(crate) fn new(code: &str, key: &str, name: &str) -> Self {
        Self { code: code.to_owned(), key: key.to_owned(), name: name.to_owned() }
    }
}

/// An association as a hand names it: key, code, short name.
pub(crate) type Org = (String, String, String);

/// A word of a closed set, with the other words for it.
pub(crate) type Feature = (String, Vec<String>);

/// What there is to recognise.
pub(crate) struct Known<'a> {
    /// The associations.
    pub orgs: &'a [Org],
    /// The zones that can be booked.
    pub zones: &'a [Named],
    /// What zones can offer.
    pub features: &'a [Feature],
}

/// Reads a line.
pub(crate) fn read(line: &str, known: &Known<'_>, cx: &DateContext<'_>) -> Line {
    let mut said = Line::default();
    let mut words = Vec::new();
    for word in saying::cut(line, &[]) {
        let taken = times(&mut said, &word)
            || day(&mut said, &word, cx)
            || again(&mut said, &word, cx)
            || place(&mut said, &word, known)
            || wish(&mut said, &word, known);
        if !taken {
            words.push(word);
        }
    }
    for word in words {
        said.unread.extend(saying::append(&mut said.purpose, &word));
    }
    said
}

/// Hours, a length, a number of people.
fn times(said: &mut Line, word: &str) -> bool {
    let lower = word.to_lowercase();
    if said.hours.is_empty()
        && let Some(hours) = Hours::parse(&lower)
    {
        said.hours = hours.text();
        return true;
    }
    if said.people.is_empty()
        && let Some(n) = ["人", "p"].iter().find_map(|end| lower.strip_suffix(end)).filter(|n| digits(n))
    {
        n.clone_into(&mut said.people);
        return true;
    }
    if said.length.is_none()
        && let Some(length) = length(&lower)
    {
        said.length = Some(length);
        return true;
    }
    false
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// `2h`, `90m`, `1.5小时`, `半天` in minutes.
fn length(word: &str) -> Option<i64> {
    if word == "半天" {
        return Some(210);
    }
    let hours = ["h", "小时", "个小时"].iter().find_map(|unit| word.strip_suffix(unit));
    if let Some(hours) = hours {
        let (whole, part) = hours.split_once('.').unwrap_or((hours, "0"));
        let half = match part {
            "0" => 0,
            "5" => 30,
            _ => return None,
        };
        let whole = if whole == "两" { 2 } else { whole.parse::<i64>().ok()? };
        return Some(whole * 60 + half).filter(|n| (15..=1440).contains(n));
    }
    let minutes = ["m", "分钟"].iter().find_map(|unit| word.strip_suffix(unit))?;
    minutes.parse().ok().filter(|n| (15..=1440).contains(n))
}

/// A day, several days, a day with its hours.
fn day(said: &mut Line, word: &str, cx: &DateContext<'_>) -> bool {
    // A bare number is no day: it is a number of something.
    let bare = digits(word) && word.len() != 4 && word.len() != 8;
    if bare || word == "x" {
        return false;
    }
    let Ok(reading) = dates::parse(word, cx) else { return false };
    let (from, to) = (reading.start.date(), reading.end.unwrap_or(reading.start).date());
    match reading.kind {
        Kind::Date | Kind::DateRange if said.days.is_none() => {
            said.days = Some((from.to_string(), to.to_string()));
            true
        }
        Kind::Slot if said.hours.is_empty() => {
            let Some(end) = reading.end else { return false };
            said.hours = Hours::between(reading.start, end).text();
            // 下午 alone names no day.
            if said.days.is_none() && !["上午", "下午", "晚上", "早上", "中午"].contains(&word) {
                said.days = Some((from.to_string(), from.to_string()));
            }
            true
        }
        _ => false,
    }
}

/// What comes again: `*8`, `8次`, `每周三`.
fn again(said: &mut Line, word: &str, cx: &DateContext<'_>) -> bool {
    let times = word.strip_prefix('*').or_else(|| word.strip_suffix('次')).filter(|n| digits(n));
    if let Some(times) = times {
        said.repeat = format!("{} *{times}", said.repeat).trim().to_owned();
        return true;
    }
    if matches!(word, "每周" | "隔周" | "每天") {
        said.repeat = format!("{word} {}", said.repeat).trim().to_owned();
        return true;
    }
    let Ok(reading) = dates::parse(word, cx) else { return false };
    let Kind::Recurrence(each) = reading.kind else { return false };
    let hours = each.from.zip(each.to).map(|(from, to)| Hours { from, to });
    if let Some(hours) = hours.filter(|_| said.hours.is_empty()) {
        said.hours = hours.text();
    }
    // The phrase without its hours.
    let phrase: String = match each.from {
        Some(from) => word.split(clock(from).as_str()).next().unwrap_or(word).to_owned(),
        None => word.to_owned(),
    };
    said.repeat = format!("{phrase} {}", said.repeat).trim().to_owned();
    if said.days.is_none() {
        let first = reading.start.date().to_string();
        said.days = Some((first.clone(), first));
    }
    true
}

/// A zone or an association.
fn place(said: &mut Line, word: &str, known: &Known<'_>) -> bool {
    let lower = word.to_lowercase();
    if said.zone.is_empty()
        && let Some(code) = zone(&lower, word, known.zones)
    {
        said.zone = code;
        return true;
    }
    let org = known.orgs.iter().find(|(key, code, short)| {
        *key == lower || code.eq_ignore_ascii_case(word) || short == word || *short == lower
    });
    if let Some((_, code, _)) = org.filter(|_| said.org.is_empty()) {
        said.org.clone_from(code);
        return true;
    }
    false
}

/// A zone by its key or code, by its name, by the beginning of its name or of the pinyin of that where only one begins so.
pub(crate) fn zone(lower: &str, word: &str, zones: &[Named]) -> Option<String> {
    let exact = |z: &&Named| z.key == lower || z.code.eq_ignore_ascii_case(word) || z.name == word;
    if let Some(found) = zones.iter().find(exact) {
        return Some(found.code.clone());
    }
    if word.chars().count() < 2 {
        return None;
    }
    let begins = |z: &&Named| {
        if word.is_ascii() {
            pinyin::text_keys(&z.name).iter().any(|key| key.starts_with(lower))
        } else {
            z.name.starts_with(word)
        }
    };
    let mut found = zones.iter().filter(begins);
    let first = found.next()?;
    found.next().is_none().then(|| first.code.clone())
}

/// Accessibility that is wanted: `+字幕`.
fn wish(said: &mut Line, word: &str, known: &Known<'_>) -> bool {
    let Some(wanted) = word.strip_prefix('+') else { return false };
    let is = |(kept, also): &&Feature| kept == wanted || also.iter().any(|a| a == wanted);
    let Some((kept, _)) = known.features.iter().find(is) else { return false };
    said.needs.push(kept.clone());
    true
}

/// What a purpose is usually booked as.
pub(crate) fn usual_kind(purpose: &str) -> &'static str {
    let says = |words: &[&str]| words.iter().any(|word| purpose.contains(word));
    if says(&["值班"]) {
        "值班"
    } else if says(&["个案", "会谈", "咨询"]) {
        "个案"
    } else if says(&["班", "课", "培训", "训练"]) {
        "培训"
    } else if says(&["会"]) && !says(&["联欢会", "运动会", "茶话会"]) {
        "会议"
    } else {
        "活动"
    }
}
