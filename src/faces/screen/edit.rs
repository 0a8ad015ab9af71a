//! A text being typed, with its caret: whole graphemes, cells counted for wide ones. It knows no field and no key;
//! what is typed is the caller's to send on.

use unicode_segmentation::UnicodeSegmentation;

use super::text;

/// A text and the caret in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Editor {
    /// The graphemes, in order.
    glyphs: Vec<String>,
    /// The caret stands before this one.
    at: usize,
    /// Line ends are kept.
    long: bool,
}

impl Editor {
    /// A text with the caret at its end.
    pub(crate) fn new(text: &str, long: bool) -> Self {
        let mut editor = Self { long, ..Self::default() };
        editor.insert(text);
        editor
    }

    /// The text.
    pub(crate) fn text(&self) -> String {
        self.glyphs.concat()
    }

    /// The text is this now; the caret stays where it can.
    pub(crate) fn set(&mut self, text: &str) {
        let at_end = self.at == self.glyphs.len();
        self.glyphs = self.fit(text).graphemes(true).map(str::to_owned).collect();
        self.at = if at_end { self.glyphs.len() } else { self.at.min(self.glyphs.len()) };
    }

    /// The text before the caret.
    pub(crate) fn before(&self) -> String {
        self.glyphs.iter().take(self.at).map(String::as_str).collect()
    }

    /// Puts typed or pasted text in at the caret: control characters are left out, a line end becomes a blank
    /// unless the text may have several lines.
    pub(crate) fn insert(&mut self, text: &str) {
        let after: String = self.glyphs.split_off(self.at).concat();
        let head = self.glyphs.concat() + &self.fit(text);
        // Joined anew: a combining mark typed alone belongs to the glyph before it.
        self.glyphs = head.graphemes(true).map(str::to_owned).collect();
        self.at = self.glyphs.len();
        self.glyphs.extend(after.graphemes(true).map(str::to_owned));
    }

    fn fit(&self, text: &str) -> String {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if !self.long {
            return text::clean(text.trim_end_matches('\n')).into_owned();
        }
        text.split('\n').map(text::clean).collect::<Vec<_>>().join("\n")
    }

    /// Carries out an editing command by its name. None when it is none; else whether the text changed.
    pub(crate) fn command(&mut self, name: &str) -> Option<bool> {
        let length = self.glyphs.len();
        let (from, to, keep) = match name {
            "left" => return self.stand(self.at.saturating_sub(1)),
            "right" => return self.stand((self.at + 1).min(length)),
            "word-left" => return self.stand(self.word_left()),
            "word-right" => return self.stand(self.word_right()),
            "home" => return self.stand(0),
            "end" => return self.stand(length),
            "newline" => {
                if self.long {
                    self.insert("\n");
                }
                return Some(self.long);
            }
            "delete-back" => (self.at.saturating_sub(1), self.at, self.at.saturating_sub(1)),
            "delete" => (self.at, (self.at + 1).min(length), self.at),
            "delete-word" => (self.word_left(), self.at, self.word_left()),
            "delete-to-end" => (self.at, length, self.at),
            "delete-line" => (0, self.at, 0),
            _ => return None,
        };
        self.glyphs.drain(from..to);
        self.at = keep;
        Some(from < to)
    }

    /// Moves the caret a line down or up in a text of several lines; false when there is no such line.
    pub(crate) fn line(&mut self, down: bool) -> bool {
        let is_end = |g: &String| g == "\n";
        let start = |at: usize| self.glyphs.iter().take(at).rposition(is_end).map_or(0, |end| end + 1);
        let end =
            |at: usize| self.glyphs.iter().skip(at).position(is_end).map_or(self.glyphs.len(), |n| at + n);
        let column = self.at - start(self.at);
        let target = if down {
            let here = end(self.at);
            if here == self.glyphs.len() {
                return false;
            }
            here + 1
        } else {
            match start(self.at) {
                0 => return false,
                here => start(here - 1),
            }
        };
        self.at = (target + column).min(end(target));
        true
    }

    fn stand(&mut self, at: usize) -> Option<bool> {
        self.at = at;
        Some(false)
    }

    /// Where the word before the caret begins; a run of hanzi is cut as the text's word bounds say.
    fn word_left(&self) -> usize {
        let before = self.before();
        let mut at = self.at;
        for word in before.split_word_bounds().rev() {
            at -= word.graphemes(true).count().min(at);
            if !word.trim().is_empty() {
                break;
            }
        }
        at
    }

    fn word_right(&self) -> usize {
        let after: String = self.glyphs.iter().skip(self.at).map(String::as_str).collect();
        let mut at = self.at;
        for word in after.split_word_bounds() {
            at += word.graphemes(true).count();
            if !word.trim().is_empty() {
                break;
            }
        }
        at.min(self.glyphs.len())
    }

    /// The part of a one-line text that fits into `room` cells with the caret in it, and the caret's column there.
    /// A secret shows a star for each glyph.
    pub(crate) fn visible(&self, room: usize, secret: bool) -> (String, usize) {
        let shown: Vec<&str> = self.glyphs.iter().map(|g| if secret { "*" } else { g.as_str() }).collect();
        let wide = |range: &[&str]| range.iter().map(|g| text::cells(g)).sum::<usize>();
        let (before, after) = shown.split_at(self.at.min(shown.len()));
        // One cell is left for the caret itself.
        let room = room.max(2) - 1;
        let mut start = 0;
        if wide(before) > room {
            // Half a window at a time, so that typing at the end does not repaint the line with each key.
            let step = (room / 2).max(1);
            let hidden = (wide(before) - room).div_ceil(step) * step;
            let mut gone = 0;
            while start < before.len() && gone < hidden {
                gone += before.get(start).map_or(0, |g| text::cells(g));
                start += 1;
            }
        }
        let before = before.get(start..).unwrap_or_default();
        let column = wide(before);
        let mut line = before.concat();
        line.push_str(&text::cut(&after.concat(), room.saturating_sub(column)));
        (line, column)
    }

    /// A long text in lines of at most `room` cells, and the caret's line and column.
    pub(crate) fn wrapped(&self, room: usize) -> (Vec<String>, (usize, usize)) {
        let room = room.max(2);
        let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
        let mut caret = (0, 0);
        for (index, glyph) in self.glyphs.iter().enumerate() {
            let wide = text::cells(glyph);
            if glyph != "\n" && used + wide > room {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if index == self.at {
                caret = (lines.len(), used);
            }
            if glyph == "\n" {
                lines.push(std::mem::take(&mut line));
                used = 0;
            } else {
                line.push_str(glyph);
                used += wide;
            }
        }
        if self.at >= self.glyphs.len() {
            if used >= room {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            caret = (lines.len(), used);
        }
        lines.push(line);
        (lines, caret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_is_deleted_whole() {
        let mut editor = Editor::new("王小明", false);
        assert_eq!(editor.command("delete-back"), Some(true));
        assert_eq!(editor.text(), "王小");
        editor.command("home");
        assert_eq!(editor.command("delete-back"), Some(false));
        editor.insert("示");
        assert_eq!((editor.text().as_str(), editor.before().as_str()), ("示王小", "示"));
        assert_eq!(editor.command("nonsense"), None);
    }

    #[test]
    fn a_paste_brings_no_control_characters() {
        let mut editor = Editor::new("", false);
        editor.insert("a\u{1b}[2Jb\r\nc\n");
        assert_eq!(editor.text(), "a[2Jb c");
        let mut long = Editor::new("", true);
        long.insert("a\r\nb");
        assert_eq!(long.text(), "a\nb");
        assert_eq!(long.command("newline"), Some(true));
        assert_eq!(long.wrapped(10), (vec!["a".into(), "b".into(), String::new()], (2, 0)));
    }

    #[test]
    fn the_caret_walks_the_lines_of_a_long_text() {
        let mut editor = Editor::new("小区盲道\na\n请协调", true);
        assert!(!editor.line(true));
        assert!(editor.line(false));
        assert_eq!(editor.before(), "小区盲道\na");
        assert!(editor.line(false));
        assert_eq!(editor.before(), "小");
        assert!(!editor.line(false) && editor.line(true));
        assert!(!Editor::new("one line", false).line(false));
    }

    #[test]
    fn the_caret_stays_in_sight() {
        let mut editor = Editor::new("小区盲道被占用，请协调小区盲道被占用", false);
        for _ in 0..40 {
            let (shown, column) = editor.visible(11, false);
            assert!(column < 11 && text::width(&shown) < 11, "{shown} {column}");
            editor.command("left");
        }
        assert_eq!(editor.visible(11, false), ("小区盲道被".to_owned(), 0));
        assert_eq!(Editor::new("123", false).visible(9, true), ("***".to_owned(), 3));
    }

    #[test]
    fn words_are_jumped_and_deleted() {
        let mut editor = Editor::new("one two  ", false);
        editor.command("word-left");
        assert_eq!(editor.before(), "one ");
        editor.command("delete-word");
        assert_eq!(editor.text(), "two  ");
        editor.command("word-right");
        assert_eq!(editor.before(), "two");
    }
}
