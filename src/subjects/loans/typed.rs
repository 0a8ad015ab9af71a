//! The line a hand types for a loan, `轮椅24 聋协 周五还` or `24 d w5`: what, for whom, until when, what for. Pure: the
//! associations there are to recognise are handed in; what is lent is only cut out here.

use crate::catalog::saying;
use crate::values::dates::{self, DateContext, Kind};
use crate::values::pinyin;

/// What a line was understood as. What is not said stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line {
    /// Number, tag or kind of what is lent, as typed.
    pub item: String,
    /// Association code.
    pub org: String,
    /// First day, ISO.
    pub from: String,
    /// Last day, ISO.
    pub due: String,
    /// What it is for.
    pub purpose: String,
    /// What was not understood.
    pub unread: Vec<String>,
}

/// An association as a hand names it: key, code, short name, whether it is a member (the secretariat is none).
pub(crate) struct Org {
    /// The letter that picks it.
    pub key: String,
    /// `DF`.
    pub code: String,
    /// `聋协`.
    pub short: String,
    /// Not the secretariat.
    pub member: bool,
}

/// Reads a line.
pub(crate) fn read(line: &str, orgs: &[Org], cx: &DateContext<'_>) -> Line {
    let mut said = Line::default();
    let mut days = Vec::new();
    let mut words = Vec::new();
    for word in &saying::cut(line, &[]) {
        // A bare number is the number of a thing as long as no thing was named.
        let number = word.chars().all(|c| c.is_ascii_digit());
        if said.item.is_empty() && number {
            word.clone_into(&mut said.item);
        } else if said.org.is_empty()
            && let Some(code) = org(word, orgs)
        {
            said.org = code;
        } else if let Some(more) = days_of(word, cx) {
            days.extend(more);
        } else if said.item.is_empty() {
            word.clone_into(&mut said.item);
        } else {
            words.push(word.to_owned());
        }
    }
    for word in words {
        said.unread.extend(saying::append(&mut said.purpose, &word));
    }
    days.sort();
    if days.len() > 2 {
        said.unread.extend(days.drain(2..));
    }
    match days.as_slice() {
        [due] => due.clone_into(&mut said.due),
        [from, due] => {
            from.clone_into(&mut said.from);
            due.clone_into(&mut said.due);
        }
        _ => {}
    }
    said
}

/// The day or days of a word, ISO; `周五还` is 周五, `3-09到3-12` two.
fn days_of(word: &str, cx: &DateContext<'_>) -> Option<Vec<String>> {
    let bare = ["归还", "还", "前", "起", "止"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    let digits = bare.chars().all(|c| c.is_ascii_digit());
    if bare.is_empty() || bare == "x" || (digits && bare.len() != 4 && bare.len() != 8) {
        return None;
    }
    let reading = dates::parse(bare, cx).ok()?;
    let day = |at: chrono::NaiveDateTime| at.date().to_string();
    match reading.kind {
        Kind::Date | Kind::Deadline => Some(vec![day(reading.start)]),
        Kind::DateRange => Some(vec![day(reading.start), day(reading.end?)]),
        _ => None,
    }
}

/// An association by its key, code or short name, or by the first letters of its pinyin where only one member begins so.
fn org(word: &str, orgs: &[Org]) -> Option<String> {
    let lower = word.to_lowercase();
    let exact = |org: &&Org| {
        org.key == lower || org.code.to_lowercase() == lower || org.short == word || org.short == lower
    };
    if let Some(org) = orgs.iter().find(exact) {
        return Some(org.code.clone());
    }
    if !word.chars().all(|c| c.is_ascii_lowercase()) || word.len() > 2 {
        return None;
    }
    let begins = |org: &&Org| {
        org.member
            && !org.short.is_ascii()
            && pinyin::text_keys(&org.short).iter().any(|key| key.starts_with(&lower))
    };
    let mut found = orgs.iter().filter(begins);
    let first = found.next()?;
    found.next().is_none().then(|| first.code.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::values::dates::Bias;

    fn read_as(line: &str) -> Line {
        let orgs: Vec<Org> = [
            ("b", "BL", "盲协"),
            ("d", "DF", "聋协"),
            ("p", "PD", "肢协"),
            ("i", "ID", "智协"),
            ("j", "JS", "联秘"),
        ]
        .map(|(key, code, short)| Org {
            key: key.into(),
            code: code.into(),
            short: short.into(),
            member: code != "JS",
        })
        .into();
        let now = "2026-03-04T09:30:00".parse().unwrap();
        read(line, &orgs, &DateContext::new(now, Bias::Planning, Catalog::embedded().calendar()))
    }

    fn line(item: &str, org: &str, from: &str, due: &str, purpose: &str) -> Line {
        let [item, org, from, due, purpose] = [item, org, from, due, purpose].map(str::to_owned);
        Line { item, org, from, due, purpose, unread: Vec::new() }
    }

    #[test]
    fn a_line_says_what_for_whom_and_until_when() {
        assert_eq!(read_as("轮椅03 肢协 周五还"), line("轮椅03", "PD", "", "2026-03-06", ""));
        assert_eq!(read_as("24 d w5"), line("24", "DF", "", "2026-03-06", ""));
        assert_eq!(read_as("24 l w5"), line("24", "DF", "", "2026-03-06", ""));
        assert_eq!(read_as("d 24 w5 接送"), line("24", "DF", "", "2026-03-06", "接送"));
        assert_eq!(read_as("1203 b 0517"), line("1203", "BL", "", "2026-05-17", ""));
        assert_eq!(
            read_as("轮椅 盲协 3-09到3-12 春游"),
            line("轮椅", "BL", "2026-03-09", "2026-03-12", "春游")
        );
        assert_eq!(read_as("ZC-PD-024 聋协 n3 n5"), line("ZC-PD-024", "DF", "2026-03-11", "2026-03-13", ""));
        assert_eq!(read_as("d w5"), line("", "DF", "", "2026-03-06", ""));
        assert_eq!(read_as("２４　ｄ　＋３"), line("24", "DF", "", "2026-03-07", ""));
        assert_eq!(read_as("24 d next fri Spring trip"), line("24", "DF", "", "2026-03-13", "Spring trip"));
    }

    #[test]
    fn what_it_does_not_know_it_says() {
        // 肢协 and 智协 begin alike.
        assert_eq!(read_as("24 z w5").unread, ["z"]);
        assert_eq!(read_as("24 d w5 7 qqq").unread, ["7", "qqq"]);
        assert_eq!(read_as(""), Line::default());
    }
}
