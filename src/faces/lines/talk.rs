//! How the lines face says a line and asks for one, whoever is at the other end: a person at a terminal, a pipe, or
//! a test. It knows nothing of pages.

use std::io::{self, BufRead, Write};

/// A question put to the person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Prompt {
    /// What stands before the cursor, `> ` included.
    pub text: String,
    /// What is typed does not show and is not remembered.
    pub secret: bool,
    /// The answer grows into a field of the desk's form key by key, so that nothing typed is lost.
    pub grows: bool,
    /// A text the person can fetch back into the line to mend it (arrow up); empty when there is none.
    pub kept: String,
    /// A pasted text keeps its line ends; elsewhere they become blanks.
    pub long: bool,
}

/// What the person answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// A line, without its end.
    Line(String),
    /// Bytes that are no UTF-8 came in; the line cannot be trusted and is asked for again, as far as it came.
    Again,
    /// One key that asks for no line; what was typed so far stands in the line again at the next prompt.
    Key(Asks),
    /// Ctrl-C.
    Interrupted,
    /// The key that switches faces.
    Switch,
    /// The end of the input.
    End,
    /// The terminal went away.
    Hangup,
    /// Nobody did anything for so long that the desk has locked; what was being typed.
    Locked(String),
}

/// What one key asks for, in the middle of whatever is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// Where am I.
    Where,
    /// The last message.
    LastMessage,
    /// What was just said.
    Again,
}

/// The other end.
pub(super) trait Talk {
    /// Writes one line.
    fn say(&mut self, line: &str) -> io::Result<()>;
    /// Asks for one line.
    fn ask(&mut self, prompt: &Prompt) -> io::Result<Asked>;
    /// Forgets the lines that could be fetched back, because someone else may come to the terminal.
    fn forget(&mut self) {}
    /// Takes what was said so far off the terminal, because the desk is locked.
    fn wipe(&mut self) {}
    /// Puts what was typed and not entered into the next line that is asked for.
    fn take_up(&mut self, line: String) {
        drop(line);
    }
}

/// Lines from a pipe: no editing, no echo. Bytes that are no UTF-8 are read as the replacement character.
pub(super) struct Piped<R, W> {
    input: R,
    output: W,
}

impl<R: BufRead, W: Write> Piped<R, W> {
    /// Reads answers from `input` and writes to `output`.
    pub(super) fn new(input: R, output: W) -> Self {
        Self { input, output }
    }
}

impl<R: BufRead, W: Write> Talk for Piped<R, W> {
    fn say(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.output, "{line}")
    }

    fn ask(&mut self, prompt: &Prompt) -> io::Result<Asked> {
        // Nothing echoes a pipe, so the prompt is a line of its own.
        writeln!(self.output, "{}", prompt.text.trim_end())?;
        self.output.flush()?;
        let mut bytes = Vec::new();
        if self.input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(Asked::End);
        }
        let line = String::from_utf8_lossy(&bytes);
        Ok(Asked::Line(line.trim_end_matches(['\n', '\r']).to_owned()))
    }
}
