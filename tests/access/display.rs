//! A braille display of forty cells on a real brltty: the program's terminal is a console of the kernel, brltty reads
//! that console, and its virtual display tells us over a socket what stands on the cells.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::FileExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{OptionalActions, OutputModes, tcgetattr, tcsetattr};

use super::office::{NOW, Office};

const CELLS: usize = 40;
/// How long a slow machine may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// After so much silence the display has followed.
const STILL: Duration = Duration::from_millis(250);
/// Consoles that nobody else uses; one a test at a time.
const CONSOLES: std::ops::Range<u32> = 40..48;

pub(crate) struct Display {
    console: File,
    /// The console's cells: its first bytes are rows, columns, and where the cursor is.
    cells: File,
    _lock: File,
    _folder: tempfile::TempDir,
    brltty: Child,
    program: Box<dyn portable_pty::Child + Send + Sync>,
    keys: Box<dyn std::io::Write + Send>,
    windows: Receiver<String>,
    shown: String,
}

/// A console of the kernel as a plain terminal, and its cells; or why there is none.
fn console() -> Result<(File, File, File), String> {
    for number in CONSOLES {
        let lock = File::create(std::env::temp_dir().join(format!("lianban-console-{number}.lock")));
        let lock = lock.map_err(|e| e.to_string())?;
        if lock.try_lock().is_err() {
            continue;
        }
        let flags = OFlags::RDWR | OFlags::NOCTTY;
        let opened = rustix::fs::open(format!("/dev/tty{number}"), flags, Mode::empty());
        let console = File::from(opened.map_err(|e| format!("no virtual console: {e}"))?);
        let mut mode = tcgetattr(&console).map_err(|e| e.to_string())?;
        mode.make_raw();
        mode.output_modes -= OutputModes::OPOST;
        tcsetattr(&console, OptionalActions::Now, &mode).map_err(|e| e.to_string())?;
        // Reset, UTF-8, empty.
        (&console).write_all(b"\x1bc\x1b%G\x1b[2J\x1b[H").map_err(|e| e.to_string())?;
        let end = Instant::now() + Duration::from_secs(2);
        loop {
            match File::open(format!("/dev/vcsa{number}")) {
                Ok(cells) => return Ok((console, cells, lock)),
                Err(why) if Instant::now() > end => return Err(format!("no screen memory: {why}")),
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }
    Err("all consoles are in use".into())
}

fn brltty(folder: &std::path::Path, console: &File, port: u16) -> Child {
    let number = rustix::termios::ttyname(console, Vec::new()).unwrap().into_string().unwrap();
    let number = number.trim_start_matches("/dev/tty").to_owned();
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let mut command = Command::new("brltty");
    command.args([
        "-n",
        "-e",
        "-q",
        "-l",
        "warning",
        "-f",
        "/dev/null",
        "-N",
        "-x",
        "lx",
        "-b",
        "vr",
        "-s",
        "no",
    ]);
    command.args(["-t", "en-nabcc", "-c", "none", "-X", &format!("vt={number}")]);
    command.args(["-F", &at("prefs"), "-U", &at("."), "-W", &at("."), "-P", &at("pid")]);
    command.args(["-d", &format!("server:127.0.0.1:{port}")]);
    command.env("LC_ALL", "C.UTF-8").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

fn connect(port: u16) -> TcpStream {
    let end = Instant::now() + PATIENCE;
    loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => return stream,
            Err(why) => assert!(Instant::now() < end, "brltty opens no display: {why}"),
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Every text that stands on the cells, as brltty writes it.
fn follow(stream: TcpStream, send: Sender<String>) {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let Some(text) = line.strip_prefix("Visual \"").and_then(|l| l.trim_end().strip_suffix('"'))
            else {
                continue;
            };
            // The kernel pads a wide character with a blank of no width, which brltty takes for one more cell.
            let text = text.replace('\u{200b}', "").trim_end().to_owned();
            if send.send(text).is_err() {
                return;
            }
        }
    });
}

impl Display {
    /// The lines face of an office on the display; or why that cannot be here.
    pub(crate) fn start(office: &Office) -> Result<Self, String> {
        let (console, cells, lock) = console()?;
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).unwrap().port();
        let brltty = brltty(folder.path(), &console, port);
        let mut stream = connect(port);
        stream.write_all(format!("cells {CELLS}\n").as_bytes()).unwrap();
        let (send, windows) = channel();
        follow(stream, send);

        let pty = native_pty_system()
            .openpty(PtySize { rows: 25, cols: 80, pixel_width: 0, pixel_height: 0 })
            .unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lianban"));
        command.env_clear();
        command.args(["--face", "lines"]);
        for (name, value) in [("TERM", "linux"), ("LANG", "zh_CN.UTF-8"), ("LIANBAN_NOW", NOW)] {
            command.env(name, value);
        }
        command.env("HOME", office.folder());
        command.env("LIANBAN_FILE", office.file());
        let program = pty.slave.spawn_command(command).unwrap();
        let mut reader = pty.master.try_clone_reader().unwrap();
        let keys = pty.master.take_writer().unwrap();
        let mut out = console.try_clone().unwrap();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                let written: Vec<u8> = buffer.iter().take(n).copied().collect();
                if out.write_all(&written).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            console,
            cells,
            _lock: lock,
            _folder: folder,
            brltty,
            program,
            keys,
            windows,
            shown: String::new(),
        })
    }

    /// The texts that come onto the cells until nothing changes for a while.
    fn changes(&mut self, first: Duration) -> Vec<String> {
        let mut seen = Vec::new();
        let mut patience = first;
        while let Ok(text) = self.windows.recv_timeout(patience) {
            if text != self.shown {
                self.shown.clone_from(&text);
                seen.push(text);
            }
            patience = STILL;
        }
        seen
    }

    pub(crate) fn write(&mut self, text: &str) -> Vec<String> {
        self.keys.write_all(text.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self.changes(Duration::from_secs(2))
    }

    /// A key that shows itself: the display changes once, and ends with it.
    pub(crate) fn key(&mut self, key: &str) {
        let seen = self.write(key);
        assert!(seen.len() == 1 && self.shown.ends_with(key), "{key}: {seen:?}");
    }

    pub(crate) fn types(&mut self, text: &str) {
        text.chars().for_each(|c| drop(self.write(&c.to_string())));
        assert!(self.shown.ends_with(text), "{text}: {}", self.shown);
    }

    /// A key that leads to another prompt: the display changes once, at most by way of an empty line, to a window that
    /// begins with it, and the cursor waits behind it.
    pub(crate) fn lands(&mut self, key: &str, prompt: &str) {
        let mut seen = self.write(key);
        let end = Instant::now() + PATIENCE;
        while !self.shown.starts_with(prompt) && Instant::now() < end {
            seen.extend(self.changes(STILL));
        }
        seen.retain(|text| !text.trim().is_empty());
        assert_eq!(seen.len(), 1, "one change for one key: {seen:?}");
        assert!(self.shown.starts_with(prompt), "{prompt:?} is not on the display: {:?}", self.shown);
        assert!(self.shown.ends_with('>'), "the prompt is not whole: {:?}", self.shown);
        let mut head = [0; 4];
        self.cells.read_exact_at(&mut head, 0).unwrap();
        let before = usize::from(head[2]);
        let wide = self.shown.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        assert_eq!(before, wide + 1, "the cursor waits behind {:?}", self.shown);
        assert!(wide <= 20, "{wide} columns of prompt: {:?}", self.shown);
    }

    /// What the cells show now.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    pub(crate) fn wait(&mut self, prompt: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.shown.starts_with(prompt) {
            assert!(Instant::now() < end, "waiting for {prompt:?}: {:?}", self.shown);
            self.changes(STILL);
        }
    }

    /// What comes onto the cells while nobody does anything.
    pub(crate) fn silent(&mut self, time: Duration) -> Vec<String> {
        self.changes(time)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        drop(self.program.kill());
        drop(self.program.wait());
        drop(self.brltty.kill());
        drop(self.brltty.wait());
        drop((&self.console).write_all(b"\x1bc"));
    }
}
