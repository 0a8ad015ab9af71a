//! Small dealings with text: how many columns it takes, how it is cut, and what may not reach a terminal. It knows no
//! page and no sentence.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Columns a text takes on a terminal; a Chinese character takes two.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// The text on one line and without anything a terminal would obey: control characters, bidirectional overrides and
/// invisible joiners go, line breaks and tabs become blanks.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => {}
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {}
            c => out.push(c),
        }
    }
    out.trim_end().to_owned()
}

/// As much of the text as fits into `room` columns, cut at a blank when that keeps more than half of it, else between
/// two glyphs.
pub(super) fn cut(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    let mut at_blank = None;
    for glyph in text.graphemes(true) {
        if glyph == " " {
            at_blank = Some((kept.clone(), used));
        }
        used += columns(glyph);
        if used > room {
            break;
        }
        kept.push_str(glyph);
    }
    match at_blank {
        Some((word, width)) if width * 2 > room => word,
        _ => kept.trim_end().to_owned(),
    }
}

/// Full-width letters, digits and signs as their ASCII selves, because an input method types them where a command was
/// meant. For commands and choices only, never for free text.
pub(super) fn narrow(text: &str) -> String {
    let fold = |c: char| match c {
        '\u{3000}' => ' ',
        '。' => '.',
        '、' => '/',
        '《' => '<',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    text.chars().map(fold).collect::<String>().trim().to_owned()
}

/// A word as it is compared: narrow, in small letters.
pub(super) fn key(text: &str) -> String {
    narrow(text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{clean, columns, cut, narrow};

    #[test]
    fn a_cut_never_splits_a_glyph_and_prefers_a_blank() {
        assert_eq!(cut("逾期 案件0031 肢协 轮椅维修", 14), "逾期 案件0031");
        assert_eq!(cut("逾期轮椅维修", 5), "逾期");
        assert_eq!(cut("短", 5), "短");
        assert!(columns(&cut("长长长长长长 尾", 9)) <= 9);
    }

    #[test]
    fn what_a_terminal_would_obey_is_gone() {
        assert_eq!(clean("甲\u{1b}[31m乙\n丙\u{202e}\u{7}"), "甲[31m乙 丙");
    }

    #[test]
    fn signs_typed_with_the_input_method_on_mean_their_ascii_selves() {
        assert_eq!(narrow("１２：？／＜。"), "12:?/<.");
        assert_eq!(narrow("。"), ".");
    }
}
