//! How wide text is, where it may be cut, and what of it may reach a terminal. The one place of this face that
//! knows widths; it knows nothing of pages.

use std::borrow::Cow;

use lianban::values::text::strip_controls;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Text that may reach the terminal: nothing in it commands or reorders what is shown.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    strip_controls(text)
}

/// Cells a grapheme takes, 0 to 2.
pub(crate) fn cells(grapheme: &str) -> usize {
    grapheme.width().min(2)
}

/// The graphemes of a text with the cells each takes.
pub(crate) fn glyphs(text: &str) -> Box<dyn Iterator<Item = (&str, usize)> + '_> {
    // Nearly all there is to be shown is letters and Chinese characters, of which each stands for itself.
    if text.chars().all(|c| alone(c).is_some()) {
        let each = text.char_indices();
        return Box::new(each.filter_map(|(at, c)| Some((text.get(at..at + c.len_utf8())?, alone(c)?))));
    }
    Box::new(text.graphemes(true).map(|g| (g, cells(g))))
}

/// Cells a text takes.
pub(crate) fn width(text: &str) -> usize {
    let plain: Option<usize> = text.chars().map(alone).sum();
    plain.unwrap_or_else(|| text.graphemes(true).map(cells).sum())
}

/// The cells of a character that never joins with its neighbours.
fn alone(c: char) -> Option<usize> {
    match c {
        '\0'..='\x7f' => Some(1),
        '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}' => Some(2),
        _ => None,
    }
}

/// Whether terminals disagree on the width of a grapheme: East Asian ambiguous, or composed of several characters.
pub(crate) fn doubtful(grapheme: &str) -> bool {
    !grapheme.is_ascii() && (grapheme.width() != grapheme.width_cjk() || grapheme.chars().nth(1).is_some())
}

/// The longest beginning that fits into `room` cells, never half a glyph.
pub(crate) fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut used = 0;
    glyphs(text)
        .take_while(|(_, cells)| {
            used += cells;
            used <= room
        })
        .map(|(glyph, _)| glyph)
        .collect()
}

/// The same where a reader must see that there is more: it ends in `~`.
pub(crate) fn clip(text: &str, room: usize) -> String {
    if width(text) <= room || room < 3 {
        return cut(text, room);
    }
    format!("{}~", cut(text, room - 1).trim_end())
}

/// The text in lines of at most `room` cells. Breaks at blanks where there are any near the end, otherwise between
/// glyphs; at least one line comes out.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        for word in paragraph.split_word_bounds() {
            let wide = width(word);
            if used + wide > room && wide <= room && used > 0 {
                let rest = if word.trim().is_empty() { String::new() } else { tail(&line, room) };
                let end = line.len() - rest.len();
                line.truncate(end);
                lines.push(line.trim_end().to_owned());
                used = width(&rest);
                line = rest;
                if word.trim().is_empty() {
                    continue;
                }
            }
            for g in word.graphemes(true) {
                if used + cells(g) > room {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                used += cells(g);
                line.push_str(g);
            }
        }
        lines.push(line);
    }
    lines
}

/// What stands after the last blank, when it is short enough to be taken to the next line with what follows.
fn tail(line: &str, room: usize) -> String {
    let rest = line.rsplit_once(' ').map_or("", |(_, rest)| rest);
    if width(rest) * 4 <= room { rest.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_moves_the_terminal_gets_through() {
        assert_eq!(clean("a\u{1b}[2Jb\tc\u{7}\u{202e}d\u{9b}e"), "a[2Jb cde");
    }

    #[test]
    fn a_cut_never_halves_a_glyph() {
        assert_eq!(cut("盲协值班", 5), "盲协");
        assert_eq!(cut("a盲协", 3), "a盲");
    }

    #[test]
    fn what_is_cut_short_says_so() {
        assert_eq!(clip("盲协值班", 8), "盲协值班");
        assert_eq!(clip("盲协值班", 7), "盲协值~");
        assert_eq!(clip("盲协值班", 6), "盲协~");
        assert_eq!(clip("a 盲协", 4), "a~");
        assert_eq!(clip("盲协", 2), "盲");
        assert_eq!(width("盲a协"), 5);
        assert_eq!(width("盲\u{fe00}e\u{301}，"), 5);
    }

    #[test]
    fn wrapping_keeps_everything() {
        let text = "小区盲道被占用，请协调 window 1 及时处理";
        let lines = wrap(text, 10);
        assert!(lines.iter().all(|l| width(l) <= 10), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("1盲协 2聋协 3肢协 4智协", 22), ["1盲协 2聋协 3肢协", "4智协"]);
    }
}
