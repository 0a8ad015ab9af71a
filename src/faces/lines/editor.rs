//! The line under the cursor: what a key does to it and the fewest bytes that show it. Plain characters at the end go
//! out as they are, rightward steps are made by printing what is passed, leftward ones by backspaces: a braille
//! display and a speech reader get nothing they need not read. It knows no terminal; bytes go into a string.

use unicode_width::UnicodeWidthChar as _;

use super::keys::Key;
use super::text::columns;

/// The end of a line within a pasted text.
const LINE_END: char = '\n';

/// A line being typed behind a prompt.
#[derive(Debug)]
pub(super) struct Editor {
    prompt: String,
    /// The line, glyph by glyph, and how many of them stand before the cursor.
    glyphs: Vec<String>,
    at: usize,
    /// Columns of the terminal.
    width: usize,
    /// The terminal obeys cursor sequences.
    clever: bool,
    /// Nothing typed shows.
    secret: bool,
}

/// Row and column on the screen, counted from the beginning of the prompt.
type Place = (usize, usize);

impl Editor {
    /// An empty line behind `prompt` on a terminal of `width` columns. Without `clever` only printing and backspaces
    /// are used (TERM=dumb).
    pub(super) fn new(prompt: &str, width: usize, clever: bool, secret: bool) -> Self {
        let width = width.max(2);
        Self { prompt: prompt.to_owned(), glyphs: Vec::new(), at: 0, width, clever, secret }
    }

    /// The line as it stands.
    pub(super) fn line(&self) -> String {
        self.glyphs.concat()
    }

    /// Nothing is typed.
    pub(super) fn is_empty(&self) -> bool {
        self.glyphs.is_empty()
    }

    /// The prompt and the line, as first shown.
    pub(super) fn show(&self) -> String {
        let mut out = self.prompt.clone();
        if !self.secret {
            self.print(0, self.glyphs.len(), &mut out);
            self.step(self.glyphs.len(), self.at, &mut out);
        }
        out
    }

    /// Leaves the line whole on the screen, with the cursor behind it.
    pub(super) fn leave(&mut self) -> String {
        let mut out = String::new();
        if !self.secret {
            self.step(self.at, self.glyphs.len(), &mut out);
        }
        out.push('\n');
        out
    }

    /// Puts another text in place of the line.
    pub(super) fn replace(&mut self, text: &str) -> String {
        let old = self.glyphs.len();
        let at = self.at;
        let mut out = String::new();
        let before = self.place(old);
        if !self.secret && !self.step(at, 0, &mut out) {
            out.push('\n');
            out.push_str(&self.prompt);
        }
        self.glyphs = Vec::new();
        for c in text.chars() {
            push(&mut self.glyphs, c);
        }
        self.at = self.glyphs.len();
        if !self.secret {
            self.print(0, self.at, &mut out);
            self.wipe(before, &mut out);
        }
        out
    }

    /// What the key does to the line; the bytes that show it. Keys that end the line do nothing here.
    pub(super) fn press(&mut self, key: Key) -> String {
        let mut out = String::new();
        let end = self.glyphs.len();
        match key {
            Key::Char(c) => self.insert(c, &mut out),
            Key::Backspace if self.at > 0 => self.delete(self.at - 1, self.at, &mut out),
            Key::Delete | Key::Eof if self.at < end => self.delete(self.at, self.at + 1, &mut out),
            Key::ClearLeft if self.at > 0 => self.delete(0, self.at, &mut out),
            Key::ClearRight if self.at < end => self.delete(self.at, end, &mut out),
            Key::ClearWord if self.at > 0 => self.delete(self.word(), self.at, &mut out),
            Key::Left if self.at > 0 => self.go(self.at - 1, &mut out),
            Key::Right if self.at < end => self.go(self.at + 1, &mut out),
            Key::Home => self.go(0, &mut out),
            Key::End => self.go(end, &mut out),
            _ => {}
        }
        out
    }

    fn insert(&mut self, c: char, out: &mut String) {
        let joins = c != LINE_END && c.width().unwrap_or(0) == 0;
        if joins && self.at == 0 {
            return;
        }
        let from = self.at;
        if joins {
            if let Some(glyph) = self.glyphs.get_mut(self.at - 1) {
                glyph.push(c);
            }
            if !self.secret {
                out.push(c);
            }
            return;
        }
        self.glyphs.insert(self.at, c.to_string());
        self.at += 1;
        if !self.secret {
            self.print(from, self.glyphs.len(), out);
            self.step(self.glyphs.len(), self.at, out);
        }
    }

    fn delete(&mut self, from: usize, to: usize, out: &mut String) {
        let before = self.place(self.glyphs.len());
        let reached = self.secret || self.step(self.at, from, out);
        self.glyphs.drain(from..to);
        self.at = from;
        if self.secret {
            return;
        }
        if !reached {
            out.push('\n');
            out.push_str(&self.show());
            return;
        }
        self.print(from, self.glyphs.len(), out);
        self.wipe(before, out);
        self.step(self.glyphs.len(), self.at, out);
    }

    fn go(&mut self, to: usize, out: &mut String) {
        if self.secret || self.step(self.at, to, out) {
            self.at = to;
        }
    }

    /// The beginning of the word before the cursor.
    fn word(&self) -> usize {
        let blank = |i: &usize| self.glyphs.get(i - 1).is_some_and(|g| g == " ");
        let mut at = self.at;
        while at > 0 && blank(&at) {
            at -= 1;
        }
        while at > 0 && !blank(&at) {
            at -= 1;
        }
        at
    }

    /// Prints glyphs `from..to`, the cursor standing at `from`.
    fn print(&self, from: usize, to: usize, out: &mut String) {
        for (i, glyph) in self.glyphs.iter().enumerate().take(to).skip(from) {
            out.push_str(shown(glyph));
            // A terminal waits with the next row until something is put there; this makes it certain.
            if self.place(i + 1).1 == 0 {
                out.push_str(" \r");
            }
        }
    }

    /// Takes the cursor from one glyph to another; no when this terminal cannot.
    fn step(&self, from: usize, to: usize, out: &mut String) -> bool {
        if to >= from {
            self.print(from, to, out);
            return true;
        }
        let (here, there) = (self.place(from), self.place(to));
        if here.0 != there.0 {
            if !self.clever {
                return false;
            }
            out.push_str(&format!("\x1b[{}A", here.0 - there.0));
            if there.1 > here.1 {
                out.push_str(&format!("\x1b[{}C", there.1 - here.1));
            }
        }
        out.push_str(&"\u{8}".repeat(here.1.saturating_sub(there.1)));
        true
    }

    /// Clears what is left of a line that ended at `before`, the cursor standing at the end of the present one.
    fn wipe(&self, before: Place, out: &mut String) {
        let now = self.place(self.glyphs.len());
        if now.0 == before.0 {
            let rest = before.1.saturating_sub(now.1);
            out.push_str(&" ".repeat(rest));
            out.push_str(&"\u{8}".repeat(rest));
        } else if now.0 < before.0 && self.clever {
            out.push_str("\x1b[J");
        }
    }

    /// Where the cursor stands before glyph `at`.
    fn place(&self, at: usize) -> Place {
        let prompt = columns(&self.prompt);
        let mut place = (prompt / self.width, prompt % self.width);
        for glyph in self.glyphs.iter().take(at) {
            let wide = columns(shown(glyph));
            if place.1 + wide > self.width {
                place = (place.0 + 1, 0);
            }
            place.1 += wide;
            if place.1 >= self.width {
                place = (place.0 + 1, 0);
            }
        }
        place
    }
}

fn push(glyphs: &mut Vec<String>, c: char) {
    match glyphs.last_mut() {
        Some(last) if c != LINE_END && c.width().unwrap_or(0) == 0 => last.push(c),
        _ => glyphs.push(c.to_string()),
    }
}

/// A glyph as the line shows it: the end of a pasted line is a blank there, since there is but one line.
fn shown(glyph: &str) -> &str {
    if glyph.starts_with(LINE_END) { " " } else { glyph }
}

#[cfg(test)]
mod tests {
    use super::{Editor, Key};

    /// A line typed on a screen model, and what that screen shows.
    struct Typed {
        editor: Editor,
        screen: vt100::Parser,
    }

    impl Typed {
        fn new(cols: u16, clever: bool) -> Self {
            let editor = Editor::new("名> ", usize::from(cols), clever, false);
            let mut screen = vt100::Parser::new(10.try_into().unwrap(), cols.try_into().unwrap(), 0);
            screen.process(editor.show().as_bytes());
            Self { editor, screen }
        }

        fn keys(&mut self, keys: &[Key]) -> String {
            let out: String = keys.iter().map(|k| self.editor.press(*k)).collect();
            self.screen.process(out.replace('\n', "\r\n").as_bytes());
            out
        }

        fn text(&mut self, text: &str) -> String {
            self.keys(&text.chars().map(Key::Char).collect::<Vec<_>>())
        }

        fn shown(&self) -> String {
            self.screen.screen().contents().trim_end().to_owned()
        }
    }

    #[test]
    fn a_plain_character_costs_its_own_bytes() {
        let mut t = Typed::new(80, true);
        assert_eq!(t.text("a"), "a");
        assert_eq!(t.text("中"), "中");
    }

    #[test]
    fn backspace_takes_a_whole_chinese_character() {
        for clever in [true, false] {
            let mut t = Typed::new(80, clever);
            t.text("王小明");
            assert_eq!(t.keys(&[Key::Backspace]), "\u{8}\u{8}  \u{8}\u{8}");
            assert_eq!(t.shown(), "名> 王小");
            assert_eq!(t.editor.line(), "王小");
        }
    }

    #[test]
    fn the_screen_shows_the_line_after_any_key_in_any_place() {
        let keys = [
            Key::Left,
            Key::Left,
            Key::Char('新'),
            Key::Backspace,
            Key::Home,
            Key::Char('x'),
            Key::Delete,
            Key::Right,
            Key::Char('长'),
            Key::End,
            Key::Backspace,
            Key::ClearWord,
            Key::Char('末'),
        ];
        for cols in [12, 13, 40] {
            let mut t = Typed::new(cols, true);
            t.text("一二三 四五六七八九abc");
            for key in keys {
                t.keys(&[key]);
                let seen: String = t.shown().chars().filter(|c| !c.is_whitespace()).collect();
                let meant: String = format!("名>{}", t.editor.line()).split_whitespace().collect();
                assert_eq!(seen, meant, "{cols} columns after {key:?}");
                let (row, col) = t.screen.screen().cursor_position();
                assert_eq!((usize::from(row), usize::from(col)), t.editor.place(t.editor.at), "{key:?}");
            }
        }
    }

    #[test]
    fn a_dumb_terminal_gets_no_sequence_and_still_shows_the_line() {
        let mut t = Typed::new(12, false);
        let mut out = t.text("一二三四五六七");
        out += &t.keys(&[Key::Backspace, Key::Backspace, Key::Backspace, Key::Home, Key::Left]);
        assert!(!out.contains('\u{1b}'));
        assert!(t.shown().ends_with("名> 一二三四"), "{}", t.shown());
    }

    #[test]
    fn a_secret_shows_nothing() {
        let mut editor = Editor::new("> ", 80, true, true);
        let out: String = [Key::Char('1'), Key::Char('2'), Key::Backspace, Key::Left]
            .iter()
            .map(|k| editor.press(*k))
            .collect();
        assert_eq!((out.as_str(), editor.line().as_str()), ("", "1"));
    }
}
