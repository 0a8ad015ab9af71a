//! The lines face: one thought a line, for people who read with a braille display or by ear. Append-only; the line the
//! cursor waits on says by itself where one is. It knows the desk's views and intents, and no record.

mod answer;
mod browse;
mod editor;
mod fill;
mod keys;
mod reading;
mod readout;
mod session;
mod talk;
mod terminal;
mod text;
mod words;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::io::{self, IsTerminal as _};

use lianban::desk::view::{Form, Guard};
use lianban::desk::{Desk, View};

#[cfg(test)]
pub(crate) use self::reading::readable_text;
use self::session::{Office, Session, Shared, has_locked, keep};
use super::Exit;

/// How the face is to behave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Options {
    /// How it came that this face is on, for the first line: `flag`, `environment`, `preference`, `dumb`, `pipe` or
    /// `switched`.
    pub(crate) why: &'static str,
    /// Columns a prompt may take.
    pub(crate) room: usize,
    /// Says the few keys to begin with, once.
    pub(crate) hints: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { why: "flag", room: 20, hints: true }
    }
}

/// Talks with the person until they leave. On a terminal the line is edited in raw mode; anything else is read line
/// by line.
pub(crate) fn run(desk: &mut Desk, options: &Options) -> io::Result<Exit> {
    converse(desk, options)
}

fn converse(desk: &mut dyn Office, options: &Options) -> io::Result<Exit> {
    let why = desk.locale().say(&format!("lines-why-{}", options.why));
    let greeting = desk.locale().with("lines-greeting", &[("why", why)]);
    let shared: Shared<'_> = RefCell::new(desk);
    let ended = if io::stdin().is_terminal() {
        let grow = |line: &str| keep(&shared, line);
        let idle = || has_locked(&shared);
        let mut talk = terminal::Terminal::open(&grow, &idle)?;
        Session::new(&shared, &mut talk, options).run(&greeting)
    } else {
        let mut talk = talk::Piped::new(io::stdin().lock(), io::stdout().lock());
        Session::new(&shared, &mut talk, options).run(&greeting)
    };
    match ended {
        // Whoever was to read it is gone.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe || error.raw_os_error() == Some(EIO) => {
            Ok(Exit::Hangup)
        }
        other => other,
    }
}

/// What writing to a terminal that is gone ends in.
const EIO: i32 = rustix::io::Errno::IO.raw_os_error();

/// The form that holds the finger, if it is one to be filled in here. On a page of search the finger goes to what was
/// found as soon as something was.
fn filling(view: &View) -> Option<&Form> {
    let form = view.form()?;
    if view.guard != Guard::Open {
        return Some(form);
    }
    if fill::view_is_search(view) {
        let empty = view.list().is_none_or(|l| l.total == 0);
        return Some(form).filter(|_| empty);
    }
    let on_list = view.parts.get(view.focus).is_some_and(|p| p.list().is_some());
    Some(form).filter(|_| !on_list)
}
