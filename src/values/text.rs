//! Text as typed or pasted, made plain: one width, no invisible characters, one name dot. Knows nothing of what
//! the text means.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Characters written between the parts of a transliterated name, besides `·` itself (RULES §8.1).
const NAME_DOTS: [char; 6] = ['・', '･', '•', '‧', '∙', '⋅'];

/// Dashes that people and programs put between groups of digits, besides `-` itself.
const DASHES: [char; 8] = ['‐', '‑', '‒', '–', '—', '―', '−', '﹣'];

/// A name or a line of text in the form that is stored and compared: NFKC, no control characters, `·` as the only
/// name dot, trimmed. The full-width dot `．` is a name dot unless it stands next to a digit, where it is a decimal point.
#[must_use]
pub fn fold(text: &str) -> String {
    let clean = strip_controls(text);
    let mut plain = String::with_capacity(clean.len());
    let mut chars = clean.chars().peekable();
    let mut before_digit = false;
    while let Some(c) = chars.next() {
        let between_digits = before_digit || chars.peek().is_some_and(|c| is_digit(*c));
        plain.push(if NAME_DOTS.contains(&c) || (c == '．' && !between_digits) { '·' } else { c });
        before_digit = is_digit(c);
    }
    plain.nfkc().collect::<String>().trim().to_owned()
}

/// Full-width ASCII (`：？／１Ａ`), the full-width yen sign and the ideographic space as their narrow forms; nothing else changes.
#[must_use]
pub fn half_width(text: &str) -> String {
    text.chars().map(narrow).collect()
}

/// Text that a terminal can be given safely, on one line: no C0 or C1 control (so no escape sequence), no
/// bidirectional override, no zero-width character except the joiner. Tabs and line ends become spaces.
#[must_use]
pub fn strip_controls(text: &str) -> Cow<'_, str> {
    // Nearly every text is harmless as it stands, and a page asks for each of its cells at every key.
    if text.chars().all(|c| !is_line_end(c) && harmless(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(without_controls(text))
}

fn without_controls(text: &str) -> String {
    text.chars().map(|c| if is_line_end(c) { ' ' } else { c }).filter_map(harmless).collect()
}

/// The same for text of several lines: line ends stay, each as `\n`.
#[must_use]
pub fn strip_controls_keep_lines(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    lines.chars().filter_map(|c| if is_line_end(c) { Some('\n') } else { harmless(c) }).collect()
}

/// The ASCII digits of a text, full-width ones included, and nothing else.
#[must_use]
pub fn digits(text: &str) -> String {
    text.nfkc().filter(char::is_ascii_digit).collect()
}

/// A number as printed on a card, ready to check (RULES §1): NFKC, no spaces, dashes or invisible characters, capital letters.
#[must_use]
pub fn compact(text: &str) -> String {
    let clean = strip_controls(text);
    clean.nfkc().filter(|c| !c.is_whitespace() && !is_dash(*c)).map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether the character is one of the hyphens, dashes and minus signs.
#[must_use]
pub fn is_dash(c: char) -> bool {
    c == '-' || DASHES.contains(&c)
}

fn is_digit(c: char) -> bool {
    narrow(c).is_ascii_digit()
}

fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '￥' => '¥',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn harmless(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        c if c.is_control() || is_invisible(c) => None,
        c => Some(c),
    }
}

/// Format characters that hide or reorder what is read. The joiner U+200D and the variation selectors stay: names need them.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{FEFF}'
        | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_to_one_dot_and_one_width() {
        assert_eq!(fold(" 阿依・样例\t"), "阿依·样例");
        assert_eq!(fold("阿依．样例"), "阿依·样例");
        assert_eq!(fold("阿依•样例･甲"), "阿依·样例·甲");
        assert_eq!(fold("１２．５　ＡＢ"), "12.5 AB");
        assert_eq!(fold("沈\u{202E}示\u{0}安\u{200B}"), "沈示安");
    }

    #[test]
    fn narrow_forms_leave_other_text_alone() {
        assert_eq!(half_width("：？／１　￥５，沈。"), ":?/1 ¥5,沈。");
    }

    #[test]
    fn nothing_reaches_the_terminal_that_could_command_it() {
        assert_eq!(strip_controls("a\u{1b}[31mb\u{9b}2J\u{7}\u{7f}\nc"), "a[31mb2J c");
        assert_eq!(strip_controls("👩\u{200D}🦽\u{2066}x\u{2069}"), "👩\u{200D}🦽x");
        assert_eq!(strip_controls_keep_lines("a\r\nb\u{2028}c\u{1b}d\te"), "a\nb\ncd e");
    }

    #[test]
    fn digits_and_card_numbers_are_taken_from_any_spelling() {
        assert_eq!(digits("电话 １３０-0000 0001 转2"), "130000000012");
        assert_eq!(compact(" 33０521–1978\u{200B}0321 975x\u{202C}"), "33052119780321975X");
    }
}
