//! How a person says a word of a closed set in a line, in either language: whole, by its initials, or by enough of its beginning.
//! And where a line of several such words is cut.

use super::tables::Word;
use crate::values::{dates, pinyin, text};

/// Letters of an English word that are enough of its beginning; of pinyin two are.
const ENOUGH: usize = 3;
/// The most words that belong together (`orientation and mobility`).
const TOGETHER: usize = 4;

impl Word {
    /// Whether a text says exactly this: the word as kept or shown, another word for it, or all its initials.
    #[must_use]
    pub fn is(&self, typed: &str) -> bool {
        let typed = typed.to_lowercase();
        let same = |other: &String| other.to_lowercase() == typed;
        [&self.kept, &self.zh, &self.en].into_iter().chain(&self.also).any(same)
            || typed.chars().count() > 1 && pinyin::text_keys(&self.kept).contains(&typed)
    }

    /// Whether letters are enough of the beginning of this: of its pinyin, or of any word of its English name. A Chinese
    /// word that only begins like it may be something else.
    #[must_use]
    pub fn begins(&self, typed: &str) -> bool {
        let typed = typed.to_lowercase();
        if !typed.is_ascii() || typed.len() < 2 {
            return false;
        }
        let english = self.en.to_lowercase();
        let whole = english.starts_with(&typed) || english.split(' ').any(|word| word.starts_with(&typed));
        typed.len() >= ENOUGH && whole
            || pinyin::text_keys(&self.kept).iter().any(|key| key.starts_with(&typed))
    }
}

/// The word of a set that a text says exactly.
#[must_use]
pub fn exact<'a>(typed: &str, set: &'a [Word]) -> Option<&'a Word> {
    set.iter().find(|word| word.is(typed))
}

/// The one word of a set that a text is enough of the beginning of. Of several the general one, with whose name the others'
/// begin (`sign` is 手语 and not 手语翻译); none where there is no such one.
#[must_use]
pub fn begun<'a>(typed: &str, set: &'a [Word]) -> Option<&'a Word> {
    let found: Vec<&Word> = set.iter().filter(|word| word.begins(typed)).collect();
    general(&found)
}

/// Of several words the one with whose name all the others' begin.
#[must_use]
pub fn general<'a>(found: &[&'a Word]) -> Option<&'a Word> {
    let of_all = |word: &&&Word| found.iter().all(|other| other.kept.starts_with(&word.kept));
    found.iter().find(of_all).copied()
}

/// A line cut into what is said in it: at blanks, but for the English words that belong together, be it a day (`next wed`) or a
/// word of one of these sets (`first aid`). Full-width letters are narrow.
#[must_use]
pub fn cut(line: &str, sets: &[&[Word]]) -> Vec<String> {
    let plain = text::half_width(line);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut rest = words.as_slice();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let together = |n: usize| rest.get(..n).map(|words| words.join(" "));
        let said = |phrase: &String| {
            // What stands before a day that is due (`!next wed`) is no part of it.
            dates::names_a_day(phrase.trim_start_matches(['!', '+']))
                || sets.iter().any(|set| set.iter().any(|word| word.en.eq_ignore_ascii_case(phrase)))
        };
        let whole = (2..=TOGETHER).rev().find_map(|n| Some((n, together(n).filter(|phrase| said(phrase))?)));
        let (n, phrase) = whole.unwrap_or_else(|| (1, together(1).unwrap_or_default()));
        found.push(phrase);
        rest = rest.get(n..).unwrap_or_default();
    }
    found
}

/// Whether a word was meant for something that has a name in the office: no free text begins in small letters.
fn is_name(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c.is_ascii_punctuation())
}

/// Puts a word that is no name at the end of a free text, and gives back one that is. A text in English that has begun goes on
/// in small letters (`Spring trip`); between two words in Latin letters stands a blank.
pub fn append(text: &mut String, word: &str) -> Option<String> {
    let latin = text.ends_with(|c: char| c.is_ascii_alphanumeric());
    if is_name(word) && !(latin && word.starts_with(|c: char| c.is_ascii_lowercase())) {
        return Some(word.to_owned());
    }
    if latin && word.is_ascii() {
        text.push(' ');
    }
    text.push_str(word);
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn skill(typed: &str) -> Option<&'static str> {
        let skills = Catalog::embedded().words("skills");
        exact(typed, skills).or_else(|| begun(typed, skills)).map(|word| word.kept.as_str())
    }

    #[test]
    fn a_word_is_said_in_either_language_whole_or_begun() {
        for (typed, meant) in [
            ("手语", "手语"),
            ("sy", "手语"),
            ("sign", "手语"),
            ("Signs", "手语"),
            ("interpreting", "手语翻译"),
            ("braille", "盲文"),
            ("brai", "盲文"),
            ("drive", "驾驶"),
            ("drives", "驾驶"),
            ("driv", "驾驶"),
            ("first aid", "急救"),
            ("wheelchair", "轮椅维修"),
            ("syfy", "手语翻译"),
        ] {
            assert_eq!(skill(typed), Some(meant), "{typed}");
        }
        for several in ["support", "s", "pro", "手", ""] {
            assert_eq!(skill(several), None, "{several}");
        }
    }

    #[test]
    fn a_line_is_cut_where_a_thing_ends() {
        let skills = Catalog::embedded().words("skills");
        assert_eq!(cut("next wed 14-16 first aid b", &[skills]), ["next wed", "14-16", "first aid", "b"]);
        assert_eq!(cut("sign language　Braille ４ mar", &[skills]), ["sign language", "Braille", "4 mar"]);
        assert_eq!(cut("轮椅坏了 !next fri", &[]), ["轮椅坏了", "!next fri"]);
        assert_eq!(cut("下周三 14-16 多功能厅", &[skills]), ["下周三", "14-16", "多功能厅"]);
        assert_eq!(cut("", &[skills]), Vec::<String>::new());
    }
}
