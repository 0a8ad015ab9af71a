//! The face on a real pseudo-terminal: this test program starts itself once more as the one who talks.

use std::io::{Read as _, Write as _};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use lianban::desk::Locale;
use lianban::values::lang::Lang;
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{InputModes, OptionalActions, tcgetattr, tcsetattr};

use super::super::{Options, converse};
use super::Small;
use super::forms::{desk, sign_in};
use super::sample::cases;

/// Names the file in which the one who talks leaves what it heard; without it that test does nothing.
const REPORT: &str = "LIANBAN_TEST_LINES_REPORT";

#[test]
fn the_one_who_talks() {
    let Ok(report) = std::env::var(REPORT) else { return };
    let stdin = rustix::stdio::stdin();
    let mut found = tcgetattr(stdin).unwrap();
    found.input_modes -= InputModes::IUTF8;
    tcsetattr(stdin, OptionalActions::Now, &found).unwrap();
    let view = if std::env::var("LOCKED").is_ok() { sign_in() } else { cases(3) };
    let locale = Locale::new(Lang::Zh);
    let mut small = Small { view, locale, does: Box::new(desk), heard: Vec::new() };
    let exit = converse(&mut small, &Options::default()).unwrap();
    let after = tcgetattr(stdin);
    let same = after.map(|a| a.local_modes == found.local_modes && a.input_modes == found.input_modes);
    let text = small.view.form().and_then(|f| f.field()).map(|f| f.value.clone());
    std::fs::write(report, format!("{exit:?} {:?} {:?}", same.unwrap_or(true), text.unwrap_or_default()))
        .unwrap();
}

/// A conversation on a pseudo-terminal.
struct Pty {
    keys: Box<dyn std::io::Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    bytes: Receiver<u8>,
    folder: tempfile::TempDir,
}

impl Pty {
    fn start(term: &str, locked: bool) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args([
            "--exact",
            "faces::lines::tests::pty::the_one_who_talks",
            "--nocapture",
            "--test-threads=1",
        ]);
        command.env(REPORT, folder.path().join("report"));
        command.env("TERM", term);
        if locked {
            command.env("LOCKED", "1");
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 256];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                for byte in buffer.iter().take(n) {
                    let _ = send.send(*byte);
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { keys, child, bytes, folder }
    }

    /// Types, then collects what is written until it ends with `until`.
    fn types(&mut self, keys: &[u8], until: &str) -> String {
        self.keys.write_all(keys).unwrap();
        self.keys.flush().unwrap();
        let mut seen = Vec::new();
        while !seen.ends_with(until.as_bytes()) {
            match self.bytes.recv_timeout(Duration::from_secs(20)) {
                Ok(byte) => seen.push(byte),
                Err(_) => panic!("waiting for {until:?}, got {:?}", String::from_utf8_lossy(&seen)),
            }
        }
        String::from_utf8(seen).unwrap()
    }

    /// Nothing more is written.
    fn is_quiet(&self) -> bool {
        self.bytes.recv_timeout(Duration::from_millis(300)).is_err()
    }

    /// What the one who talks reported in the end.
    fn report(mut self) -> String {
        self.child.wait().unwrap();
        std::fs::read_to_string(self.folder.path().join("report")).unwrap()
    }
}

#[test]
fn a_key_costs_its_own_bytes_and_idle_costs_none() {
    let mut pty = Pty::start("xterm", false);
    pty.types(b"", "肢协> ");
    assert_eq!(pty.types(b"a", "a"), "a");
    assert!(pty.is_quiet());
    assert_eq!(pty.types("中".as_bytes(), "中"), "中");
    assert!(pty.is_quiet());
    pty.types(b"\x15n\r", "2/3 案件0002 肢协> ");
    pty.types("退出\r".as_bytes(), "test result");
    assert_eq!(pty.report(), "Quit true \"\"");
}

#[test]
fn a_plain_terminal_without_utf8_in_the_kernel_edits_chinese_whole() {
    let mut pty = Pty::start("dumb", false);
    let mut seen = pty.types(b"", "肢协> ");
    seen += &pty.types("新案件\r".as_bytes(), "姓名> ");
    seen += &pty.types("王示明".as_bytes(), "王示明");
    assert_eq!(pty.types(b"\x7f", "  \x08\x08"), "\x08\x08  \x08\x08");
    // What came whole stands in the line again.
    seen += &pty.types(b"\xe4\xb8\r", "请补上\r\n证号或姓名> 王示");
    seen += &pty.types("李示".as_bytes(), "李示");
    assert!(!seen.contains('\u{1b}'), "{seen:?}");
    pty.types(b"\x1bOQ", "\r\n");
    assert_eq!(pty.report(), "Switch true \"王示李示\"");
}

#[test]
fn a_hangup_or_a_kill_keeps_what_was_typed() {
    for signal in [Signal::HUP, Signal::TERM] {
        let mut pty = Pty::start("xterm", false);
        pty.types(b"", "肢协> ");
        pty.types("新案件\r".as_bytes(), "姓名> ");
        pty.types("沈示航".as_bytes(), "沈示航");
        let pid = pty.child.process_id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        kill_process(pid.unwrap(), signal).unwrap();
        assert_eq!(pty.report(), "Hangup true \"沈示航\"");
    }
}

#[test]
fn a_secret_is_not_shown() {
    let mut pty = Pty::start("xterm", true);
    pty.types(b"", "PIN> ");
    pty.types(b"2468", "");
    assert!(pty.is_quiet());
    pty.types(b"\x04", "");
    pty.types(b"\x15\x04", "\r\n");
    assert!(pty.report().starts_with("Quit true"));
}

#[test]
fn lines_typed_ahead_are_all_taken() {
    let mut pty = Pty::start("xterm", false);
    let lines = "新案件\r33052119850612981611\r盲道\r\r";
    pty.types(b"", "肢协> ");
    let seen = pty.types(lines.as_bytes(), "案件0041> ");
    assert!(seen.contains("已登记 案件0041 盲协"), "{seen}");
    pty.types(b"\x04", "\r\n");
    assert_eq!(pty.report(), "Quit true \"\"");
}
