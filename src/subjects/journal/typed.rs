//! The line a hand types into the register, `600.03 sd g`: amount, association, fund, where the money is, and words that a
//! past line or an account is known by, in any order. Pure: what there is to recognise is handed in.

use crate::values::money::Fen;
use crate::values::pinyin;

/// What a line was understood as. What is not said stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line {
    /// The amount as typed.
    pub amount: String,
    /// Day as typed.
    pub date: String,
    /// Association code.
    pub org: String,
    /// Fund code.
    pub fund: String,
    /// Shared over the associations.
    pub shared: bool,
    /// Said where: in cash, or at the bank.
    pub cash: Option<bool>,
    /// Papers behind it, as typed.
    pub attachments: String,
    /// The words left: what it is for, by characters or initials.
    pub words: Vec<String>,
}

/// An association as a hand names it: key, code, short name.
pub(crate) type Org = (String, String, String);

/// A fund as a hand names it: code, name.
pub(crate) type Named = (String, String);

/// Something a word may mean, with the ways to type it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known<T> {
    /// What it is.
    pub what: T,
    /// Its own characters.
    pub text: String,
    /// Initials and full pinyin.
    pub keys: Vec<String>,
}

impl<T> Known<T> {
    /// With the ways to type its text.
    pub(crate) fn new(what: T, text: &str) -> Self {
        Self { what, text: text.to_owned(), keys: pinyin::text_keys(text) }
    }

    /// Whether a word is in it: characters as they are, letters as initials or pinyin of a part of it.
    pub(crate) fn has(&self, word: &str) -> bool {
        if word.is_ascii() {
            let word = word.to_lowercase();
            self.keys.iter().any(|key| key.contains(&word))
        } else {
            self.text.contains(word)
        }
    }

    /// Whether it begins with a word.
    pub(crate) fn begins(&self, word: &str) -> bool {
        if word.is_ascii() {
            let word = word.to_lowercase();
            self.keys.iter().any(|key| key.starts_with(&word))
        } else {
            self.text.starts_with(word)
        }
    }
}

/// Reads a line.
pub(crate) fn read(text: &str, orgs: &[Org], funds: &[Named]) -> Line {
    let mut line = Line::default();
    for word in crate::catalog::saying::cut(text, &[]) {
        let word = word.as_str();
        let lower = word.to_lowercase();
        let count =
            lower.strip_suffix('张').filter(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()));
        let fund = funds.iter().find(|(code, name)| {
            code.eq_ignore_ascii_case(word)
                || (word.chars().count() > 2 && !word.is_ascii() && name.starts_with(word))
        });
        let org = orgs.iter().find(|(key, code, short)| {
            *key == lower || code.eq_ignore_ascii_case(word) || short == word || *short == lower
        });
        if line.amount.is_empty() && Fen::parse(word).is_ok() {
            word.clone_into(&mut line.amount);
        } else if let Some(n) = count {
            n.clone_into(&mut line.attachments);
        } else if let Some((code, _)) = fund {
            line.fund.clone_from(code);
        } else if let Some((_, code, _)) = org {
            line.org.clone_from(code);
        } else {
            match lower.as_str() {
                "g" | "公摊" | "分摊" | "六家" => line.shared = true,
                "x" | "现金" => line.cash = Some(true),
                "y" | "银行" | "转账" => line.cash = Some(false),
                _ if dated(word) => word.clone_into(&mut line.date),
                _ => line.words.push(word.to_owned()),
            }
        }
    }
    line
}

/// Whether a word can only be a day: a bare number is an amount, a plain word what it is for.
fn dated(word: &str) -> bool {
    let digits = word.chars().any(|c| c.is_ascii_digit());
    let dashes = word.chars().filter(|c| matches!(c, '-' | '/' | '月')).count() > 0;
    let named = matches!(word, "今天" | "昨天" | "前天" | "today" | "yesterday");
    named || crate::values::dates::names_a_day(word) || (digits && dashes && !word.starts_with('-'))
}

/// The first of the known that every word is in.
pub(crate) fn first_with<'a, T>(known: &'a [Known<T>], words: &[String]) -> Option<&'a Known<T>> {
    if words.is_empty() {
        return None;
    }
    known.iter().find(|known| words.iter().all(|word| known.has(word)))
}
