//! The terminal itself: raw mode, the other screen, one write a frame, and everything put back at every kind of end.
//! It knows nothing of pages.

use std::io::{self, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};
use std::thread;
use std::time::Duration;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGHUP, SIGTERM};

/// Other screen, bracketed paste, cursor visible.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25h";
/// The same back, colours off.
const LEAVE: &[u8] = b"\x1b[m\x1b[?2004l\x1b[?1049l\x1b[?25h";

/// Whether the terminal is ours now, for the panic hook.
static OURS: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// The terminal while the face has it; dropping it gives it back.
pub(crate) struct Terminal {
    gone: Arc<AtomicBool>,
    signals: Vec<signal_hook::SigId>,
}

impl Terminal {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When there is no terminal that can be set to raw mode.
    pub(crate) fn take() -> io::Result<Self> {
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                give_back();
                before(info);
            }));
            thread::spawn(see_out);
        });
        let gone = Arc::new(AtomicBool::new(false));
        let mut terminal = Self { gone: Arc::clone(&gone), signals: Vec::new() };
        for signal in [SIGHUP, SIGTERM] {
            terminal.signals.push(signal_hook::flag::register(signal, Arc::clone(&gone))?);
        }
        enable_raw_mode()?;
        OURS.store(true, Ordering::SeqCst);
        Stdout.write_all(ENTER)?;
        Ok(terminal)
    }

    /// Whether the system asked us to go, or the terminal itself is no more. A line that drops does not always say so
    /// with a signal, and reading from what is left of it would never wait again.
    pub(crate) fn gone(&self) -> bool {
        self.gone.load(Ordering::SeqCst) || closed(Some(&Timespec { tv_sec: 0, tv_nsec: 0 }))
    }

    /// Writes a frame's bytes, in one call where the system takes them at once.
    ///
    /// # Errors
    /// When the terminal went away.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() { Ok(()) } else { Stdout.write_all(bytes) }
    }
}

/// The other end of the terminal was closed. Without a time it waits until it is.
fn closed(wait: Option<&Timespec>) -> bool {
    let stdin = rustix::stdio::stdin();
    let mut fds = [PollFd::new(&stdin, PollFlags::empty())];
    let over = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    poll(&mut fds, wait).is_ok_and(|n| n > 0) && fds.iter().any(|fd| fd.revents().intersects(over))
}

/// Waits for the terminal to go away and then ends the program, if it has not ended by itself: the event reader spins
/// on a closed terminal and would never come back. What was typed has been kept at every key.
fn see_out() {
    while !closed(None) {}
    thread::sleep(Duration::from_secs(1));
    std::process::exit(0);
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
        for id in self.signals.drain(..) {
            signal_hook::low_level::unregister(id);
        }
    }
}

/// Puts the terminal back as it was, once.
fn give_back() {
    if OURS.swap(false, Ordering::SeqCst) {
        // The terminal may be gone already, and then there is nothing to put back.
        drop(Stdout.write_all(LEAVE));
        drop(disable_raw_mode());
    }
}

/// Columns and rows of the terminal; the usual 80 by 24 where it does not say.
pub(crate) fn size() -> (usize, usize) {
    match rustix::termios::tcgetwinsize(rustix::stdio::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col.into(), size.ws_row.into()),
        _ => (80, 24),
    }
}

/// The standard output without a buffer of its own, so that a frame is one write.
struct Stdout;

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(rustix::stdio::stdout(), bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
