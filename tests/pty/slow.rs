//! What a slow line has to carry: bytes and writes of the ten commonest actions in both faces, one write a key, one repaint
//! for everything typed ahead, and the marks that hold a terminal's picture, where it has them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::office::{NOW, Office};
use super::terminal::{Program, Terminal};

/// A program whose writes to the terminal are counted by strace; none where that is not installed.
struct Counted {
    terminal: Terminal,
    log: PathBuf,
}

impl Counted {
    fn start(office: &Office, face: &str) -> Option<Self> {
        if std::process::Command::new("strace").arg("-V").output().is_err() {
            assert!(std::env::var_os("CI").is_none(), "strace is not installed");
            println!("skipped: strace is not installed");
            return None;
        }
        let log = office.folder().join("writes");
        let of = ["strace", "-f", "-e", "trace=write,writev", "-e", "signal=none", "-o"];
        let mut argv: Vec<String> = of.map(str::to_owned).to_vec();
        argv.extend([log.display().to_string(), env!("CARGO_BIN_EXE_lianban").to_owned()]);
        argv.extend(["--face", face].map(str::to_owned));
        let env = [
            ("TERM", "xterm-256color".to_owned()),
            ("LANG", "zh_CN.UTF-8".to_owned()),
            ("LIANBAN_NOW", NOW.to_owned()),
            ("HOME", office.folder().display().to_string()),
            ("LIANBAN_FILE", office.file().display().to_string()),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
        ];
        let env = env.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let until = if face == "screen" { "?按键" } else { "> " };
        let mut terminal = Terminal::open(&Program { argv, env }, (80, 24), until);
        terminal.settle(Duration::from_millis(500), Duration::from_millis(300));
        Some(Self { terminal, log })
    }

    fn writes(&self) -> usize {
        to_the_terminal(&self.log)
    }

    /// Presses a key; bytes and writes that came of it.
    fn press(&mut self, keys: &str) -> (usize, usize) {
        let (bytes, writes) = (self.terminal.written.len(), self.writes());
        self.terminal.send(keys);
        self.terminal.settle(Duration::from_millis(200), Duration::from_millis(200));
        (self.terminal.written.len() - bytes, self.writes() - writes)
    }

    /// The program itself, beneath strace.
    fn program(&self) -> Pid {
        let strace = self.terminal.child.process_id().unwrap();
        let children = format!("/proc/{strace}/task/{strace}/children");
        let children = std::fs::read_to_string(children).unwrap();
        let id = children.split_whitespace().next().unwrap().parse().unwrap();
        Pid::from_raw(id).unwrap()
    }
}

/// Calls that wrote to the standard output.
fn to_the_terminal(log: &Path) -> usize {
    let text = String::from_utf8_lossy(&std::fs::read(log).unwrap_or_default()).into_owned();
    text.lines().filter(|line| line.contains("write(1, ") || line.contains("writev(1, ")).count()
}

const SCREEN: [(&str, &str); 10] = [
    ("down", "\u{1b}[B"),
    ("page down", "\u{1b}[6~"),
    ("cases", "2"),
    ("open", "\r"),
    ("back", "\u{1b}[D"),
    ("new case", "n"),
    ("a letter", "1"),
    ("next field", "\t"),
    ("put away", "\u{11}"),
    ("today", "1"),
];

const LINES: [(&str, &str); 10] = [
    ("next", "n\r"),
    ("previous", "-\r"),
    ("open", "1\r"),
    ("back", "back\r"),
    ("cases", "2\r"),
    ("where", "where\r"),
    ("new case", "xaj\r"),
    ("a letter", "1"),
    ("put away", "\u{3}"),
    ("help", "h\r"),
];

#[test]
fn a_key_is_one_write() {
    for (face, table) in [("screen", SCREEN), ("lines", LINES)] {
        let office = Office::new();
        let Some(mut counted) = Counted::start(&office, face) else { return };
        println!("{face}: bytes, writes of a key");
        for (name, keys) in table {
            // What leaves the page has its own key on the screen: Esc waits to see whether more comes.
            let keys = match (face, name) {
                ("screen", "back" | "put away") => "\u{1b}",
                _ => keys,
            };
            let (bytes, writes) = counted.press(keys);
            println!("  {name}: {bytes}, {writes}");
            assert!(writes <= 1, "{face} {name}: {writes} writes");
            assert!(bytes <= 4_600, "{face} {name}: {bytes} bytes");
        }
    }
}

#[test]
fn everything_typed_ahead_is_one_repaint() {
    for (face, keys) in [("screen", "\u{1b}[B".repeat(50)), ("lines", "n\r".repeat(8))] {
        let office = Office::new();
        let Some(mut counted) = Counted::start(&office, face) else { return };
        counted.press(if face == "screen" { "2" } else { "2\r" });
        let one = counted.press(if face == "screen" { "\u{1b}[B" } else { "n\r" }).0;
        // The program stands still while the keys come in, as on a line that hangs.
        let program = counted.program();
        kill_process(program, Signal::STOP).unwrap();
        let (bytes, writes) = (counted.terminal.written.len(), counted.writes());
        counted.terminal.send(&keys);
        kill_process(program, Signal::CONT).unwrap();
        counted.terminal.settle(Duration::from_secs(3), Duration::from_millis(500));
        let (bytes, writes) = (counted.terminal.written.len() - bytes, counted.writes() - writes);
        println!(
            "{face}: one step {one} bytes; {} keys typed ahead {bytes} bytes in {writes} writes",
            keys.len()
        );
        assert_eq!(writes, 1, "{face}: one answer to all of it");
    }
}

#[test]
fn a_picture_is_held_only_where_the_terminal_can() {
    let held = |face: &'static str, settings: &[(&str, &str)]| {
        let office = Office::new();
        let until = if face == "screen" { "?按键" } else { "> " };
        let mut t = Terminal::start(&office, (80, 24), &["--face", face], settings, until);
        for keys in if face == "screen" { ["2", "\u{1b}[B", "3"] } else { ["2\r", "n\r", "3\r"] } {
            t.send(keys);
        }
        let all = String::from_utf8_lossy(&t.written).into_owned();
        let (begun, ended) = (all.matches("\u{1b}[?2026h").count(), all.matches("\u{1b}[?2026l").count());
        assert_eq!(begun, ended, "{face} {settings:?}");
        let queries = all.matches("$p").count() + all.matches("\u{1b}[c").count();
        assert_eq!(queries, 0, "the terminal is asked nothing");
        begun
    };
    for (name, value) in
        [("TERM", "xterm-kitty"), ("TERM", "foot"), ("VTE_VERSION", "7600"), ("TERM_PROGRAM", "WezTerm")]
    {
        assert_eq!(
            held("screen", &[(name, value)]),
            3,
            "{name}={value}: two pages and the first, not the step"
        );
        assert_eq!(held("lines", &[(name, value)]), 0, "{name}={value}");
    }
    for term in ["linux", "dumb", "xterm-256color", "vt100", "screen"] {
        assert_eq!(held("screen", &[("TERM", term)]), 0, "{term}");
    }
    assert_eq!(held("screen", &[("TERM", "linux"), ("VTE_VERSION", "7600")]), 0);
    // Whoever reads with a speech reader or a braille display gets the frame as it is.
    assert_eq!(held("screen", &[("TERM", "xterm-kitty"), ("ACCESSIBLE", "1")]), 0);
}
