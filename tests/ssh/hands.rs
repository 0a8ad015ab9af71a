//! Hands at a desk far away: one key after another as people press them, in either face, and what the desk answered.

use std::time::{Duration, Instant};

use super::host::{Host, PIN};
use super::line::Line;

/// Between two keys of somebody who types well.
const KEY: Duration = Duration::from_millis(80);
/// So long a silence ends an answer.
const STILL: Duration = Duration::from_millis(120);
/// So long a screen is waited for that may have nothing to say.
const SILENT: Duration = Duration::from_millis(1500);
const PATIENCE: Duration = Duration::from_secs(40);

/// Somebody at their desk.
pub(crate) struct Hands {
    pub(crate) line: Line,
    lines: bool,
    /// The number that was given last.
    last: String,
}

impl Hands {
    /// Comes in with this key and signs in, to the lines or to the screen.
    pub(crate) fn sit_down(host: &Host, key: &str, lines: bool) -> Self {
        let mut line = if lines {
            host.seat(key)
        } else {
            let mut line = host.dial(key, &[], &["screen"], &[]);
            line.wait_for("the PIN", |line| line.at_cursor().contains("PIN"));
            line.send(&format!("{PIN}\r"));
            line.wait("?按键");
            line
        };
        line.settle(STILL);
        Self { line, lines, last: String::new() }
    }

    fn press(&mut self, text: &str) {
        for letter in text.chars() {
            self.line.send(&letter.to_string());
            self.line.settle(KEY);
        }
    }

    /// Presses a key and waits until the desk has answered and is silent again; gives what stands there then, in lines what was
    /// written since.
    fn then(&mut self, key: &str) -> String {
        let before = self.line.written.len();
        self.line.send(key);
        let began = Instant::now();
        loop {
            let count = self.line.written.len();
            self.line.settle(STILL);
            let still = count == self.line.written.len();
            let at_prompt = !self.lines || self.line.at_cursor().trim_end().ends_with('>');
            // A screen on which nothing else is to be said says nothing.
            let silent = !self.lines && began.elapsed() > SILENT;
            if still && at_prompt && (count > before || silent) {
                break;
            }
            assert!(began.elapsed() < PATIENCE, "no answer to {key:?} on\n{}", self.line.shown());
        }
        match self.lines {
            true => String::from_utf8_lossy(&self.line.written[before..]).into_owned(),
            false => self.line.shown(),
        }
    }

    /// The number behind this word, if it is another than the last one.
    fn number(&mut self, said: &str, word: &str) -> Option<String> {
        let (_, after) = said.rsplit_once(word)?;
        let number: String = after.trim_start().chars().take_while(|c| !c.is_whitespace()).collect();
        if number == self.last {
            return None;
        }
        self.last.clone_from(&number);
        Some(number)
    }

    /// Enters one line and says yes to what was understood; gives the number that was acknowledged behind `word`, none where
    /// the desk had something against it and the form was put away.
    pub(crate) fn enter(&mut self, text: &str, word: &str) -> Option<String> {
        if self.lines {
            self.press(&format!("; {text}"));
            let mut said = self.then("\r");
            if self.line.at_cursor().contains("[是]") {
                said = self.then("\r");
            }
            let number = self.number(&said, word);
            if number.is_none() {
                self.line.send("\u{3}");
                self.line.settle(STILL);
            }
            return number;
        }
        self.press(";");
        self.press(text);
        for _ in 0..2 {
            let said = self.then("\r");
            if let Some(number) = self.number(&said, word) {
                return Some(number);
            }
            if said.contains("已被占用") {
                break;
            }
        }
        self.put_away();
        None
    }

    fn put_away(&mut self) {
        for _ in 0..4 {
            if !self.line.shown().contains("Ctrl-S") {
                return;
            }
            self.line.send("\u{1b}");
            self.line.settle(STILL);
        }
    }

    /// Gives somebody's file another telephone number, and saves again whenever somebody else was there meanwhile and both
    /// versions were shown; how often that was.
    pub(crate) fn edit_phone(&mut self, code: &str, phone: &str) -> Option<usize> {
        self.press(&format!("#{code}"));
        self.then("\r");
        let save = if self.lines {
            for text in ["edit", "phone", phone] {
                self.press(text);
                self.then("\r");
            }
            "save\r"
        } else {
            self.then("e");
            for _ in 0..24 {
                if self.line.at_cursor().contains("电话") {
                    break;
                }
                self.then("\t");
            }
            self.press(phone);
            "\u{13}"
        };
        let done = format!("已改 {code}");
        for times in 0..12 {
            let said = self.then(save);
            if said.contains(&done) && (self.lines || !said.contains("Ctrl-S")) {
                return Some(times);
            }
            assert!(said.contains(phone), "what was typed is gone: {said}");
        }
        None
    }

    /// How many there are in the list that is open.
    pub(crate) fn count(&self) -> usize {
        let shown = self.line.shown();
        let of = |line: &str| line.trim_end().strip_suffix(" 项")?.rsplit(' ').next()?.parse().ok();
        shown.lines().find_map(of).unwrap_or(0)
    }
}
