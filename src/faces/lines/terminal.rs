//! A person at a terminal: raw mode with a line editor of our own, because the kernel's leaves half a Chinese character
//! on the screen, and without IUTF8 half of one in the line. Works with TERM=dumb. It knows nothing of pages.

use std::collections::VecDeque;
use std::io::{self, Write as _};
use std::os::unix::net::UnixStream;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::termios::{InputModes, LocalModes, OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use signal_hook::SigId;
use signal_hook::consts::{SIGHUP, SIGTERM};
use signal_hook::low_level::{pipe, unregister};

use super::editor::Editor;
use super::keys::{Decoder, Key};
use super::talk::{Asked, Prompt, Talk};

/// As many lines can be fetched back with the arrow keys.
const REMEMBERED: usize = 50;

/// The terminal on the standard input, in raw mode as long as this lives.
pub(super) struct Terminal<'g> {
    found: Termios,
    /// The terminal obeys cursor sequences.
    clever: bool,
    /// Gets the line after every key, where the prompt says so.
    grow: &'g dyn Fn(&str),
    decoder: Decoder,
    /// Bytes that came before they were asked for.
    ahead: VecDeque<u8>,
    remembered: Vec<String>,
    /// What was said since the last prompt. It goes out together with the next one, because a braille display follows
    /// the cursor and would otherwise show every line on the way.
    waiting: String,
    /// Becomes readable when the program is told to end.
    ending: UnixStream,
    signals: Vec<SigId>,
}

impl<'g> Terminal<'g> {
    /// Takes the terminal over. `grow` is called with the line after every key of a prompt that grows.
    pub(super) fn open(grow: &'g dyn Fn(&str)) -> io::Result<Self> {
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
            decoder: Decoder::default(),
            ahead: VecDeque::new(),
            remembered: Vec::new(),
            waiting: String::new(),
            ending,
            signals: Vec::new(),
        };
        for signal in [SIGHUP, SIGTERM] {
            terminal.signals.push(pipe::register(signal, teller.try_clone()?)?);
        }
        Ok(terminal)
    }

    /// Waits for bytes; no when the terminal went away or the program is told to end.
    fn fill(&mut self) -> io::Result<bool> {
        let stdin = rustix::stdio::stdin();
        loop {
            let mut fds = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.ending, PollFlags::IN)];
            match poll(&mut fds, None) {
                Err(Errno::INTR) => continue,
                other => other?,
            };
            if !fds[1].revents().is_empty() {
                return Ok(false);
            }
            let mut bytes = [0; 1024];
            match rustix::io::read(stdin, &mut bytes) {
                Ok(0) | Err(Errno::IO) => return Ok(false),
                Ok(n) => {
                    self.ahead.extend(bytes.iter().take(n));
                    return Ok(true);
                }
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn write(text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()
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
        self.waiting.push_str(&editor.show());
        Self::write(&std::mem::take(&mut self.waiting))?;
        loop {
            if self.ahead.is_empty() && !self.fill()? {
                return Ok(Asked::Hangup);
            }
            let before = editor.line();
            let mut out = String::new();
            let mut end = None;
            while let Some(byte) = self.ahead.pop_front() {
                match self.decoder.take(byte) {
                    None => {}
                    Some(Key::Enter) => end = Some(Asked::Line(editor.line())),
                    Some(Key::Interrupt) => end = Some(Asked::Interrupted),
                    Some(Key::Eof) if editor.is_empty() => end = Some(Asked::End),
                    Some(Key::Switch) => end = Some(Asked::Switch),
                    Some(key @ (Key::Up | Key::Down)) => {
                        back = if key == Key::Up { past.len().min(back + 1) } else { back.saturating_sub(1) };
                        let line = past.len().checked_sub(back).and_then(|i| past.get(i));
                        out += &editor.replace(line.map_or("", String::as_str));
                    }
                    Some(Key::Tab) if editor.is_empty() => out += &editor.replace(&prompt.kept),
                    Some(key) => out += &editor.press(key),
                }
                if end.is_some() {
                    out += &editor.leave();
                    self.waiting = std::mem::take(&mut out);
                    break;
                }
            }
            if !out.is_empty() {
                Self::write(&out)?;
            }
            let line = editor.line();
            if prompt.grows && line != before && !matches!(end, Some(Asked::Line(_))) {
                (self.grow)(&line);
            }
            match end {
                Some(Asked::Line(line)) => {
                    if !prompt.secret {
                        self.remember(&line);
                    }
                    return Ok(if self.decoder.broken() { Asked::Again } else { Asked::Line(line) });
                }
                Some(other) => return Ok(other),
                None => {}
            }
        }
    }

    fn forget(&mut self) {
        self.remembered.clear();
    }
}

impl Drop for Terminal<'_> {
    fn drop(&mut self) {
        for signal in self.signals.drain(..) {
            unregister(signal);
        }
        // Nothing can be done about a terminal that is gone.
        let _ = Self::write(&self.waiting);
        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Drain, &self.found);
    }
}
