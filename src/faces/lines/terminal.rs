//! A person at a terminal: raw mode with a line editor of our own, because the kernel's leaves half a Chinese character
//! on the screen, and without IUTF8 half of one in the line. Works with TERM=dumb. It knows nothing of pages.

use std::collections::VecDeque;
use std::io;
use std::os::unix::net::UnixStream;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{InputModes, LocalModes, OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use signal_hook::SigId;
use signal_hook::consts::{SIGHUP, SIGTERM};
use signal_hook::low_level::{pipe, unregister};

use super::editor::Editor;
use super::keys::{Decoder, Key};
use super::talk::{Asked, Asks, Prompt, Talk};

/// A terminal that can marks where a pasted text begins and ends; and no longer.
const PASTES: &str = "\x1b[?2004h";
const PASTES_NO_MORE: &str = "\x1b[?2004l";

/// As many lines can be fetched back with the arrow keys.
const REMEMBERED: usize = 50;

/// How often an idle desk is asked whether it is still open.
const LOOK: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };

/// The lines shown, and those that were scrolled away.
const WIPE: &str = "\x1b[H\x1b[2J\x1b[3J";

/// What ended a wait.
enum Came {
    /// Bytes.
    Bytes,
    /// The terminal went away, or the program is told to end.
    End,
    /// The desk has locked.
    Lock,
}

/// The terminal on the standard input, in raw mode as long as this lives.
pub(super) struct Terminal<'g> {
    found: Termios,
    /// The terminal obeys cursor sequences.
    clever: bool,
    /// Gets the line after every key, where the prompt says so.
    grow: &'g dyn Fn(&str),
    /// Asked now and then while nobody does anything; yes when the desk is not open any more.
    idle: &'g dyn Fn() -> bool,
    decoder: Decoder,
    /// Bytes that came before they were asked for.
    ahead: VecDeque<u8>,
    remembered: Vec<String>,
    /// What was said since the last prompt. It goes out together with the next one, because a braille display follows
    /// the cursor and would otherwise show every line on the way.
    waiting: String,
    /// What was typed when a key asked for something else; it stands in the line again.
    unfinished: String,
    /// In the middle of a pasted text, and a line of it has ended.
    pasting: Option<bool>,
    /// Becomes readable when the program is told to end.
    ending: UnixStream,
    signals: Vec<SigId>,
}

impl<'g> Terminal<'g> {
    /// Takes the terminal over. `grow` is called with the line after every key of a prompt that grows, `idle` while
    /// nobody does anything.
    pub(super) fn open(grow: &'g dyn Fn(&str), idle: &'g dyn Fn() -> bool) -> io::Result<Self> {
        let stdin = rustix::stdio::stdin();
        let found = tcgetattr(stdin)?;
        let mut raw = found.clone();
        raw.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG | LocalModes::IEXTEN;
        raw.input_modes -= InputModes::ICRNL | InputModes::INLCR | InputModes::IGNCR | InputModes::ISTRIP;
        raw.input_modes |= InputModes::IUTF8;
        tcsetattr(stdin, OptionalActions::Now, &raw)?;
        let (ending, teller) = UnixStream::pair()?;
        let mut terminal = Self {
            found,
            clever: std::env::var("TERM").is_ok_and(|t| !t.is_empty() && t != "dumb"),
            grow,
            idle,
            decoder: Decoder::default(),
            ahead: VecDeque::new(),
            remembered: Vec::new(),
            waiting: String::new(),
            unfinished: String::new(),
            pasting: None,
            ending,
            signals: Vec::new(),
        };
        for signal in [SIGHUP, SIGTERM] {
            terminal.signals.push(pipe::register(signal, teller.try_clone()?)?);
        }
        if terminal.clever {
            terminal.waiting.push_str(PASTES);
        }
        Ok(terminal)
    }

    /// What a key of a pasted text puts into the line: nothing of it is a command. None once the text has ended.
    fn pasted(&mut self, key: Key, long: bool) -> Vec<Key> {
        let Some(ended) = self.pasting else { return vec![key] };
        let blank = if long { '\n' } else { ' ' };
        let before = ended.then_some(Key::Char(blank));
        let own = match key {
            // A line end counts once something follows it.
            Key::Enter => {
                self.pasting = Some(true);
                return Vec::new();
            }
            Key::PasteEnd => {
                self.pasting = None;
                return Vec::new();
            }
            Key::Tab => Key::Char(' '),
            Key::Char(_) => key,
            _ => return Vec::new(),
        };
        self.pasting = Some(false);
        before.into_iter().chain([own]).collect()
    }

    /// Waits for bytes.
    fn fill(&mut self) -> io::Result<Came> {
        let stdin = rustix::stdio::stdin();
        loop {
            let mut fds = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.ending, PollFlags::IN)];
            match poll(&mut fds, Some(&LOOK)) {
                Err(Errno::INTR) => continue,
                Ok(0) if (self.idle)() => return Ok(Came::Lock),
                Ok(0) => continue,
                other => other?,
            };
            if !fds[1].revents().is_empty() {
                return Ok(Came::End);
            }
            let mut bytes = [0; 1024];
            match rustix::io::read(stdin, &mut bytes) {
                Ok(0) | Err(Errno::IO) => return Ok(Came::End),
                Ok(n) => {
                    self.ahead.extend(bytes.iter().take(n));
                    return Ok(Came::Bytes);
                }
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Writes past the standard library's buffer, which would cut the text at its last line end and make two writes of it.
    fn write(text: &str) -> io::Result<()> {
        let mut left = text.as_bytes();
        while !left.is_empty() {
            match rustix::io::write(rustix::stdio::stdout(), left) {
                Ok(n) => left = left.get(n..).unwrap_or_default(),
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn remember(&mut self, line: &str) {
        if !line.trim().is_empty() && self.remembered.last().is_none_or(|l| l != line) {
            self.remembered.push(line.to_owned());
            let extra = self.remembered.len().saturating_sub(REMEMBERED);
            self.remembered.drain(..extra);
        }
    }
}

impl Talk for Terminal<'_> {
    fn say(&mut self, line: &str) -> io::Result<()> {
        self.waiting.push_str(line);
        self.waiting.push('\n');
        Ok(())
    }

    fn ask(&mut self, prompt: &Prompt) -> io::Result<Asked> {
        let width = tcgetwinsize(rustix::stdio::stdout()).map_or(80, |size| size.ws_col);
        let width = if width == 0 { 80 } else { usize::from(width) };
        let mut editor = Editor::new(&prompt.text, width, self.clever, prompt.secret);
        let mut past: Vec<String> = if prompt.secret { Vec::new() } else { self.remembered.clone() };
        if !prompt.kept.is_empty() {
            past.push(prompt.kept.clone());
        }
        let mut back = 0;
        if !prompt.secret {
            editor.replace(&std::mem::take(&mut self.unfinished));
        }
        self.waiting.push_str(&editor.show());
        loop {
            if self.ahead.is_empty() {
                // What was typed ahead is answered together: a slow line carries one write for all of it.
                Self::write(&std::mem::take(&mut self.waiting))?;
                match self.fill()? {
                    Came::Bytes => {}
                    Came::End => return Ok(Asked::Hangup),
                    Came::Lock => {
                        let line = editor.line();
                        self.waiting = editor.leave();
                        return Ok(Asked::Locked(line));
                    }
                }
            }
            let before = editor.line();
            let mut out = String::new();
            let mut end = None;
            while let Some(byte) = self.ahead.pop_front() {
                let Some(key) = self.decoder.take(byte) else { continue };
                if self.pasting.is_some() {
                    let keys = self.pasted(key, prompt.long);
                    keys.into_iter().for_each(|key| out += &editor.press(key));
                    continue;
                }
                match key {
                    Key::PasteBegin => self.pasting = Some(false),
                    Key::Enter => end = Some(Asked::Line(editor.line())),
                    Key::Interrupt => end = Some(Asked::Interrupted),
                    Key::Eof if editor.is_empty() => end = Some(Asked::End),
                    Key::Switch => end = Some(Asked::Switch),
                    Key::Where => end = Some(Asked::Key(Asks::Where)),
                    Key::LastMessage => end = Some(Asked::Key(Asks::LastMessage)),
                    Key::Again => end = Some(Asked::Key(Asks::Again)),
                    Key::Up | Key::Down => {
                        back = if key == Key::Up { past.len().min(back + 1) } else { back.saturating_sub(1) };
                        let line = past.len().checked_sub(back).and_then(|i| past.get(i));
                        out += &editor.replace(line.map_or("", String::as_str));
                    }
                    Key::Tab if editor.is_empty() => out += &editor.replace(&prompt.kept),
                    key => out += &editor.press(key),
                }
                if end.is_some() {
                    out += &editor.leave();
                    break;
                }
            }
            let line = editor.line();
            // What shows is kept already.
            if prompt.grows && line != before && !matches!(end, Some(Asked::Line(_))) {
                (self.grow)(&line);
            }
            self.waiting.push_str(&out);
            match end {
                Some(Asked::Line(line)) => {
                    if !prompt.secret {
                        self.remember(&line);
                    }
                    if self.decoder.broken() {
                        // What came whole is not to be typed again.
                        self.unfinished = if prompt.secret { String::new() } else { line };
                        return Ok(Asked::Again);
                    }
                    return Ok(Asked::Line(line));
                }
                Some(Asked::Key(asks)) => {
                    self.unfinished = if prompt.secret { String::new() } else { line };
                    return Ok(Asked::Key(asks));
                }
                Some(other) => return Ok(other),
                None => {}
            }
        }
    }

    fn forget(&mut self) {
        self.remembered.clear();
    }

    fn take_up(&mut self, line: String) {
        self.unfinished = line;
    }

    /// Whoever comes by must not be able to read on from what a locked desk said before.
    fn wipe(&mut self) {
        if self.clever {
            self.waiting.insert_str(0, WIPE);
        }
    }
}

impl Drop for Terminal<'_> {
    fn drop(&mut self) {
        for signal in self.signals.drain(..) {
            unregister(signal);
        }
        // Nothing can be done about a terminal that is gone.
        if self.clever {
            self.waiting.push_str(PASTES_NO_MORE);
        }
        let _ = Self::write(&self.waiting);
        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Drain, &self.found);
    }
}
