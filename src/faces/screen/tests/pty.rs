//! The face on a real pseudo-terminal: this test program starts itself once more as the one at the screen.

use std::io::{Read as _, Write as _};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use lianban::desk::view::Part;
use lianban::desk::{Intent, Move};
use lianban::values::lang::Lang;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::tcgetattr;

use super::super::{Theme, show};
use super::{Small, options, samples};

/// Names the file in which the one at the screen leaves how it ended; without it that test does nothing.
const REPORT: &str = "LIANBAN_TEST_SCREEN_REPORT";

#[test]
fn the_one_at_the_screen() {
    let Ok(report) = std::env::var(REPORT) else { return };
    let before = tcgetattr(rustix::stdio::stdin()).unwrap();
    let mut desk = Small::showing(samples::cases(30, 0), Lang::Zh);
    desk.does = |view, intent| {
        if let (Some(Part::List(list)), Intent::Move(to)) = (view.parts.first_mut(), intent) {
            // Steps that waited come together.
            let step = |at: usize| if let Move::To(rank) = to { rank - 1 } else { at + 1 };
            list.cursor = list.cursor.map(|at| step(at).min(29));
        }
        assert!(*intent != Intent::Act("cases.register".into()), "a panic in the middle of a page");
    };
    let options = options(Theme::Dark);
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| show(&mut desk, &options)));
    let same = tcgetattr(rustix::stdio::stdin())
        .is_ok_and(|now| now.local_modes == before.local_modes && now.input_modes == before.input_modes);
    let ended = ended.map_or_else(|_| "panic".to_owned(), |exit| format!("{:?}", exit.ok()));
    std::fs::write(report, format!("{ended} restored {same}")).unwrap();
}

/// Someone at a terminal.
struct Pty {
    keys: Box<dyn std::io::Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    bytes: Receiver<Vec<u8>>,
    folder: tempfile::TempDir,
    master: Box<dyn MasterPty + Send>,
}

impl Pty {
    fn start(rows: u16, cols: u16) -> Self {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args([
            "--exact",
            "faces::screen::tests::pty::the_one_at_the_screen",
            "--nocapture",
            "--test-threads=1",
        ]);
        command.env(REPORT, folder.path().join("report"));
        command.env("TERM", "linux");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                drop(send.send(buffer.iter().take(n).copied().collect()));
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { keys, child, bytes, folder, master: pair.master }
    }

    /// Types, then collects what is written until it holds `until` and then stays quiet a moment.
    fn types(&mut self, keys: &[u8], until: &str) -> String {
        self.keys.write_all(keys).unwrap();
        self.keys.flush().unwrap();
        let mut seen = Vec::new();
        loop {
            let patience = if String::from_utf8_lossy(&seen).contains(until) { 200 } else { 20_000 };
            match self.bytes.recv_timeout(Duration::from_millis(patience)) {
                Ok(more) => seen.extend(more),
                Err(_) => break,
            }
        }
        let seen = String::from_utf8_lossy(&seen).into_owned();
        assert!(seen.contains(until), "waiting for {until:?}, got {seen:?}");
        seen
    }

    fn report(mut self) -> String {
        self.child.wait().unwrap();
        std::fs::read_to_string(self.folder.path().join("report")).unwrap()
    }
}

const LAST_HINT: &str = "按键 ";

#[test]
fn a_queue_of_keys_is_one_paint_and_idle_is_none() {
    let mut pty = Pty::start(40, 120);
    let start = pty.types(b"", LAST_HINT);
    assert!(start.contains("\x1b[?1049h") && start.contains("\x1b[?2004h"));
    let down = pty.types(b"\x1b[B", "\x1b[");
    assert!(down.len() <= 200, "{down:?}");
    let many = pty.types("\x1b[B".repeat(200).as_bytes(), "\x1b[");
    assert!(many.len() <= 3 * 200, "{} bytes", many.len());
    assert!(pty.bytes.recv_timeout(Duration::from_millis(2500)).is_err(), "an idle screen writes nothing");
    let end = pty.types(b"\x1bOQ", "test result");
    assert!(end.contains("\x1b[?2004l\x1b[?1049l"), "{end:?}");
    assert_eq!(pty.report(), "Some(Switch) restored true");
}

#[test]
fn every_end_gives_the_terminal_back() {
    for signal in [Signal::HUP, Signal::TERM] {
        let mut pty = Pty::start(24, 80);
        pty.types(b"", LAST_HINT);
        let pid = pty.child.process_id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        kill_process(pid.unwrap(), signal).unwrap();
        assert_eq!(pty.report(), "Some(Hangup) restored true");
    }
    let mut pty = Pty::start(24, 80);
    pty.types(b"", LAST_HINT);
    let end = pty.types(b"n", "a panic in the middle of a page");
    let back = end.find("\x1b[?1049l").unwrap();
    assert!(back < end.find("a panic in").unwrap(), "the screen is put back before the message");
    assert_eq!(pty.report(), "panic restored true");
}

#[test]
fn a_terminal_without_a_size_gets_one_later() {
    let mut pty = Pty::start(0, 0);
    pty.types(b"", LAST_HINT);
    for (rows, cols) in [(1, 1), (5, 20), (40, 120)] {
        pty.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let seen = pty.types(b"", "\x1b[2J");
        assert!(rows < 40 || seen.contains(LAST_HINT), "{seen:?}");
    }
    pty.types(b"\x1bOQ", "test result");
    assert_eq!(pty.report(), "Some(Switch) restored true");
}
