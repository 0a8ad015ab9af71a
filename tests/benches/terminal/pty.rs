//! A program in a pseudo-terminal of 120 by 40, with the moment of every byte it writes. Linux only: what it costs is
//! read from `/proc`.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A frame is whole when nothing more came for so long.
const QUIET: Duration = Duration::from_millis(60);
/// A program that says nothing for so long will say nothing.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came of a key.
pub(crate) struct Answer {
    /// From the key to the last byte, milliseconds.
    pub(crate) ms: f64,
    /// Bytes written to the terminal.
    pub(crate) bytes: usize,
    /// Calls of write, to whatever.
    pub(crate) writes: u64,
}

/// A running program.
pub(crate) struct Session {
    began: Instant,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    bytes: Receiver<(Instant, Vec<u8>)>,
    _master: Box<dyn MasterPty + Send>,
}

impl Session {
    /// Starts a program with its arguments.
    pub(crate) fn start(argv: &[String]) -> Self {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::from_argv(argv.iter().map(Into::into).collect());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                drop(send.send((Instant::now(), buffer[..n].to_vec())));
            }
        });
        let began = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keys = pair.master.take_writer().unwrap();
        Self { began, keys, child, bytes, _master: pair.master }
    }

    /// Waits until it has written `text` and then falls silent; milliseconds from its start to the last byte.
    pub(crate) fn until(&mut self, text: &str) -> f64 {
        let (mut seen, mut last) = (Vec::new(), self.began);
        loop {
            let there = String::from_utf8_lossy(&seen).contains(text);
            match self.bytes.recv_timeout(if there { QUIET } else { PATIENCE }) {
                Ok((at, more)) => {
                    seen.extend(more);
                    last = at;
                }
                Err(_) if there => return (last - self.began).as_secs_f64() * 1000.0,
                Err(_) => panic!("no {text} in {}", String::from_utf8_lossy(&seen)),
            }
        }
    }

    /// Presses keys and waits for what they paint.
    pub(crate) fn press(&mut self, keys: &str) -> Answer {
        let writes = self.writes();
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        let sent = Instant::now();
        let (mut last, mut bytes) = (sent, 0);
        let mut wait = Duration::from_secs(2);
        while let Ok((at, more)) = self.bytes.recv_timeout(wait) {
            (last, wait) = (at.max(last), QUIET);
            bytes += more.len();
        }
        Answer { ms: (last - sent).as_secs_f64() * 1000.0, bytes, writes: self.writes() - writes }
    }

    /// Leaves it alone for so many seconds; the bytes it wrote.
    pub(crate) fn idle(&mut self, seconds: u64) -> usize {
        std::thread::sleep(Duration::from_secs(seconds));
        self.bytes.try_iter().map(|(_, more)| more.len()).sum()
    }

    /// Processor time of all its threads, milliseconds.
    pub(crate) fn cpu_ms(&self) -> f64 {
        let tasks = std::fs::read_dir(format!("{}/task", self.proc())).unwrap().flatten();
        let each = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("schedstat")).ok());
        each.filter_map(|said| said.split(' ').next()?.parse::<f64>().ok()).sum::<f64>() / 1e6
    }

    /// The most memory it had, MiB.
    pub(crate) fn peak_mib(&self) -> f64 {
        self.number("status", "VmHWM:") as f64 / 1024.0
    }

    fn writes(&self) -> u64 {
        self.number("io", "syscw:")
    }

    fn number(&self, file: &str, name: &str) -> u64 {
        let text = std::fs::read_to_string(format!("{}/{file}", self.proc())).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0)
    }

    fn proc(&self) -> String {
        format!("/proc/{}", self.child.process_id().unwrap_or(0))
    }

    /// Ends it.
    pub(crate) fn end(mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
