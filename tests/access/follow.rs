//! Whoever follows the program by touch and by ear: it is started by a real yasr, what it shows stands on a console that a
//! real brltty reads, and after every key the forty cells must show where the finger is.

use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use unicode_width::UnicodeWidthStr;

use super::display::{CELLS, Display, PATIENCE};
use super::speech::Speech;
use super::terminal::Program;

/// After so much silence the display has followed and the voice has said all.
const STILL: Duration = Duration::from_millis(90);
/// With this in the environment every step is printed as a row of a table (with `--nocapture`).
const TABLE: &str = "LIANBAN_ACCESS_TABLE";
/// Columns around the cursor by which a person knows where they are.
const WORD: usize = 6;

/// What came of a key.
#[derive(Debug, Clone, Default)]
pub(crate) struct Step {
    /// The key or keys.
    pub(crate) keys: String,
    /// What stands on the forty cells.
    pub(crate) window: String,
    /// The windows there were on the way, that one included, without empty ones.
    pub(crate) windows: Vec<String>,
    /// What brltty said by itself.
    pub(crate) brltty: Vec<String>,
    /// What yasr said.
    pub(crate) yasr: Vec<String>,
    /// Bytes that were written.
    pub(crate) bytes: usize,
}

/// Characters in what was said; a stretch of blanks is one, since no voice says more of it.
pub(crate) fn count(said: &[String]) -> usize {
    said.iter().map(|line| tight(line).chars().count()).sum()
}

/// A text with its blanks evened out.
fn tight(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Step {
    /// As a row of a table: keys, window, characters that brltty and yasr said, bytes.
    pub(crate) fn row(&self) -> String {
        let keys = self.keys.escape_debug();
        let (brltty, yasr) = (count(&self.brltty), count(&self.yasr));
        format!("| {keys} | {brltty} | {yasr} | {} | `{}` |", self.bytes, self.window)
    }
}

/// A frame goes through the speech reader in pieces; after so much silence it is whole.
pub(crate) const WHOLE: Duration = Duration::from_millis(100);

pub(crate) struct Follower {
    /// None where they cannot be.
    readers: Option<(Display, Speech)>,
    waiting: Vec<u8>,
    /// What comes of the present key.
    pub(crate) step: Step,
    /// A program that is only measured need not show where the finger is.
    pub(crate) strict: bool,
}

impl Follower {
    pub(crate) fn start(program: &Program) -> (Self, CommandBuilder) {
        let step = Step { keys: "start".to_owned(), ..Step::default() };
        let (readers, command) = match there(&["brltty", "yasr"]).and_then(|()| Display::start(None)) {
            Ok(display) => {
                let (speech, command) = Speech::of(program);
                (Some((display, speech)), command)
            }
            Err(why) => (skip(&why), program.command()),
        };
        let strict = program.argv.first().is_some_and(|name| name.ends_with("lianban"));
        (Self { readers, waiting: Vec::new(), step, strict }, command)
    }

    /// Whether somebody follows.
    pub(crate) fn follows(&self) -> bool {
        self.readers.is_some()
    }

    pub(crate) fn wrote(&mut self, bytes: &[u8]) {
        // yasr passes a frame on piece by piece; it was one.
        self.waiting.extend(bytes);
        self.step.bytes += bytes.len();
    }

    pub(crate) fn before(&mut self, keys: &str) {
        let window = self.readers.as_ref().map(|(display, _)| display.shown.clone()).unwrap_or_default();
        self.step = Step { keys: keys.to_owned(), window, ..Step::default() };
    }

    /// The display has come to show the cursor's line, by one change, and both voices are silent again.
    pub(crate) fn after(&mut self, line: &str, before: &str, column: usize) {
        let Some((display, speech)) = &mut self.readers else { return };
        display.write(&std::mem::take(&mut self.waiting));
        let end = Instant::now() + PATIENCE;
        let mut first = STILL;
        loop {
            let seen = display.changes(first, STILL);
            self.step.windows.extend(seen.into_iter().filter(|text| !text.trim().is_empty()));
            self.step.window.clone_from(&display.shown);
            if !self.strict || shows(&self.step.window, line, before) && display.column() == column {
                break;
            }
            let shown = &self.step.window;
            let step = &self.step;
            assert!(
                Instant::now() < end,
                "{shown:?} stands on the display, the cursor in {line:?} behind {before:?}: {step:?}"
            );
            first = Duration::from_millis(30);
        }
        self.step.yasr.extend(speech.until_silent(STILL));
        self.step.brltty.extend(display.said());
        if self.strict && self.step.keys != "start" {
            assert!(self.step.windows.len() <= 1, "one change for one key: {:?}", self.step);
        }
        if std::env::var_os(TABLE).is_some() {
            println!("{}", self.step.row());
        }
    }

    /// Presses a key of the braille display (`LnUp`); what then stands on the cells. The next key of the program brings
    /// the display back to the cursor.
    pub(crate) fn press(&mut self, key: &str) -> String {
        let Some((display, _)) = &mut self.readers else { return String::new() };
        display.press(key);
        display.changes(Duration::from_secs(1), STILL);
        display.shown.clone()
    }

    /// What is shown and said while nobody does anything.
    pub(crate) fn idle(&mut self, time: Duration) -> Step {
        self.before("idle");
        if let Some((display, speech)) = &mut self.readers {
            self.step.windows = display.changes(time, STILL);
            self.step.yasr = speech.until_silent(STILL);
            self.step.brltty = display.said();
        }
        self.step.clone()
    }
}

/// Whether these programs are there.
fn there(programs: &[&str]) -> Result<(), String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = |program: &str| std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    match programs.iter().find(|program| !found(program)) {
        Some(missing) => Err(format!("no {missing} (apt-get install {missing})")),
        None => Ok(()),
    }
}

/// Says why nobody follows. Where everything has to be proven that is an error.
pub(crate) fn skip<T>(why: &str) -> Option<T> {
    assert!(std::env::var_os("CI").is_none(), "neither braille nor speech: {why}");
    println!("skipped, neither braille nor speech: {why}");
    None
}

/// Whether forty cells show a piece of the cursor's line, with the word at the cursor in it.
fn shows(window: &str, line: &str, before: &str) -> bool {
    let (window, tight_line) = (tight(window), tight(line));
    // The display is moved by whole windows: of what stands before the cursor only so much is on it. Whoever has just
    // filled one to its last cell writes the next letter on an empty one.
    let columns = UnicodeWidthStr::width(before);
    let filled = columns > 0 && columns.is_multiple_of(CELLS) && before.len() == line.len();
    if window.is_empty() != (tight_line.is_empty() || filled) {
        return false;
    }
    let mut left = columns % CELLS;
    let mut behind: Vec<char> = Vec::new();
    for c in before.chars().rev() {
        left = match left.checked_sub(UnicodeWidthStr::width(c.encode_utf8(&mut [0; 4]) as &str)) {
            Some(left) => left,
            None => break,
        };
        behind.push(c);
    }
    let behind: String = behind.into_iter().rev().collect();
    // Behind the mark of a row its first word stands; in a field what was typed stands before the cursor.
    let word: String = match behind.trim() {
        "" | ">" => line.strip_prefix(before).unwrap_or_default().trim().chars().take(WORD).collect(),
        typed => typed.chars().rev().take(WORD).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    tight_line.contains(&window) && window.contains(&tight(&word))
}
