//! Someone at a terminal: presses keys, counts them, and sees what a terminal would show.

use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

use super::count;
use super::follow::{Follower, WHOLE as STILL};
use super::office::{NOW, Office};

/// How long a slow machine may take for anything.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program and the surroundings it is started in.
pub(crate) struct Program {
    pub(crate) argv: Vec<String>,
    pub(crate) env: Vec<(String, String)>,
}

impl Program {
    /// It alone.
    pub(crate) fn command(&self) -> CommandBuilder {
        let mut command = CommandBuilder::new(&self.argv[0]);
        command.env_clear();
        command.args(&self.argv[1..]);
        for (name, value) in &self.env {
            command.env(name, value);
        }
        command
    }
}

pub(crate) struct Terminal {
    pub(crate) follower: Follower,
    keys: Box<dyn std::io::Write + Send>,
    pub(crate) child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    bytes: Receiver<Vec<u8>>,
    /// Something was written that whoever follows has not looked at.
    fresh: bool,
    screen: vt100::Parser,
    /// Everything that was written.
    pub(crate) written: Vec<u8>,
    /// Keys pressed by hand.
    pub(crate) pressed: usize,
}

fn size((columns, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// The model has no terminal without a cell.
fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN)
}

impl Terminal {
    /// Starts the program with these arguments and settings at a terminal of so many columns and rows, and waits until
    /// it shows `until`.
    pub(crate) fn start(
        office: &Office,
        columns_rows: (u16, u16),
        args: &[&str],
        settings: &[(&str, &str)],
        until: &str,
    ) -> Self {
        let program = env!("CARGO_BIN_EXE_lianban").to_owned();
        let argv = [program].into_iter().chain(args.iter().map(|arg| (*arg).to_owned())).collect();
        let (home, file) = (office.folder().display().to_string(), office.file().display().to_string());
        let usual = [
            ("TERM", "xterm-256color"),
            ("LANG", "zh_CN.UTF-8"),
            ("LIANBAN_NOW", NOW),
            ("HOME", &home),
            ("LIANBAN_FILE", &file),
        ];
        let own = |name: &str| settings.iter().any(|(other, _)| *other == name);
        let env = usual.iter().filter(|(name, _)| !own(name)).chain(settings);
        let env = env.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self::open(&Program { argv, env }, columns_rows, until)
    }

    /// Starts any program.
    pub(crate) fn open(program: &Program, columns_rows: (u16, u16), until: &str) -> Self {
        let pair = native_pty_system().openpty(size(columns_rows)).unwrap();
        let (follower, command) = Follower::start(program);
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
        let screen = vt100::Parser::new(cells(columns_rows.1), cells(columns_rows.0), 0);
        let master = pair.master;
        let mut new = Self {
            follower,
            keys,
            child,
            master,
            bytes,
            screen,
            fresh: true,
            written: Vec::new(),
            pressed: 0,
        };
        new.wait(until);
        new
    }

    pub(crate) fn screen(office: &Office, columns_rows: (u16, u16)) -> Self {
        Self::start(office, columns_rows, &["--face", "screen"], &[], "?按键")
    }

    pub(crate) fn lines(office: &Office) -> Self {
        Self::start(office, (80, 24), &["--face", "lines"], &[], "> ")
    }

    /// Takes what is written until nothing came for a while; how many bytes that was.
    pub(crate) fn settle(&mut self, first: Duration, then: Duration) -> usize {
        let mut count = 0;
        while let Ok(more) = self.bytes.recv_timeout(if count == 0 { first } else { then }) {
            count += more.len();
            self.screen.process(&more);
            self.follower.wrote(&more);
            self.fresh = true;
            self.written.extend(more);
        }
        count
    }

    /// Waits until the screen shows this.
    pub(crate) fn wait(&mut self, until: &str) {
        self.wait_for(until, |shown| shown.contains(until));
    }

    pub(crate) fn wait_for(&mut self, what: &str, seen: impl Fn(&str) -> bool) {
        let end = Instant::now() + PATIENCE;
        loop {
            self.settle(STILL, STILL);
            if seen(&self.shown()) {
                return self.followed();
            }
            assert!(Instant::now() < end, "waiting for {what:?} on\n{}", self.shown());
        }
    }

    /// Waits until what stands before the cursor on its line holds this.
    pub(crate) fn wait_at(&mut self, label: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.at_cursor().1.contains(label) {
            let (line, cursor) = (self.at_cursor().0, self.cursor());
            assert!(Instant::now() < end, "cursor {cursor:?} in {line:?}, not at {label}\n{}", self.shown());
            self.settle(STILL, STILL);
        }
        self.followed();
    }

    pub(crate) fn shown(&self) -> String {
        self.screen.screen().contents()
    }

    /// Sends bytes as they are, without counting a key, and waits for what comes of it.
    pub(crate) fn send(&mut self, text: &str) {
        self.send_bytes(text.as_bytes());
    }

    /// The same with bytes that may be no text.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        self.follower.before(&String::from_utf8_lossy(bytes));
        self.keys.write_all(bytes).unwrap();
        self.keys.flush().unwrap();
        self.settle(Duration::from_millis(1500), STILL);
        self.followed();
    }

    /// Whoever follows has seen what came of the keys.
    fn followed(&mut self) {
        if !std::mem::take(&mut self.fresh) {
            return;
        }
        let (line, before) = self.at_cursor();
        self.follower.after(&line, &before, usize::from(self.cursor().1));
    }

    /// Presses a key by its name.
    pub(crate) fn press(&mut self, name: &str) {
        self.pressed += 1;
        let bytes = match name {
            "Enter" => "\r",
            "Esc" => "\u{1b}",
            "Tab" => "\t",
            "Up" => "\u{1b}[A",
            "Down" => "\u{1b}[B",
            "PageDown" => "\u{1b}[6~",
            "F2" => "\u{1b}OQ",
            "Ctrl-S" => "\u{13}",
            "Ctrl-Q" => "\u{11}",
            one => one,
        };
        self.send(bytes);
    }

    /// Types a text as a hand does, and calls `after` with what has been typed so far after every portion.
    pub(crate) fn types(&mut self, text: &str, after: impl Fn(&Self, &str)) {
        self.pressed += count::keys(text);
        let mut typed = String::new();
        for portion in count::portions(text) {
            self.send(&portion);
            typed.push_str(&portion);
            after(self, &typed);
        }
    }

    /// The line the cursor stands on, and what of it stands before the cursor.
    pub(crate) fn at_cursor(&self) -> (String, String) {
        let screen = self.screen.screen();
        let (row, column) = screen.cursor_position();
        let (_, columns) = screen.size();
        let whole = screen.contents_between(row, 0, row, columns.get());
        (whole, screen.contents_between(row, 0, row, column))
    }

    pub(crate) fn cursor(&self) -> (u16, u16) {
        self.screen.screen().cursor_position()
    }

    pub(crate) fn resize(&mut self, columns_rows: (u16, u16)) {
        self.screen.screen_mut().set_size(cells(columns_rows.1), cells(columns_rows.0));
        self.master.resize(size(columns_rows)).unwrap();
        self.settle(Duration::from_millis(1500), STILL);
    }

    /// Waits for the end of the program.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            self.settle(STILL, STILL);
            if let Some(status) = self.child.try_wait().unwrap() {
                self.settle(STILL, STILL);
                return status;
            }
            assert!(Instant::now() < end, "the program does not end\n{}", self.shown());
        }
    }

    /// Neither the other screen nor a hidden cursor is left behind.
    pub(crate) fn is_restored(&self) -> bool {
        let screen = self.screen.screen();
        !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
