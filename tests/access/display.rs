//! A braille display of forty cells on a real brltty: what a terminal shows is shown on a console of the kernel, brltty
//! reads that console, its virtual display tells over a socket what stands on the cells, and over another what it says.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::FileExt as _;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::termios::{OptionalActions, OutputModes, tcgetattr, tcsetattr};

pub(crate) const CELLS: usize = 40;
/// How long a slow machine may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
/// Consoles that nobody else uses; one a session at a time.
const CONSOLES: std::ops::Range<u32> = 40..60;

pub(crate) struct Display {
    console: File,
    /// The console's cells: its first bytes are rows, columns, and where the cursor is.
    cells: File,
    _lock: File,
    _folder: tempfile::TempDir,
    brltty: Child,
    buttons: TcpStream,
    windows: Receiver<String>,
    said: Receiver<String>,
    /// What stands on the cells.
    pub(crate) shown: String,
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

/// Starts brltty on a console; `braille` is the Chinese braille table, none for characters as they are.
fn brltty(folder: &Path, console: &File, port: u16, voice: &Path, braille: Option<&str>) -> Child {
    let number = rustix::termios::ttyname(console, Vec::new()).unwrap().into_string().unwrap();
    let number = number.trim_start_matches("/dev/tty").to_owned();
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let mut command = Command::new("brltty");
    command.args("-n -e -q -l warning -f /dev/null -N -x lx -b vr -s xs -t en-nabcc".split(' '));
    command.args(["-X", &format!("vt={number}"), "-d", &format!("server:127.0.0.1:{port}")]);
    command.args(["-S", &format!("socket_path={}", voice.display())]);
    command.args(["-F", &at("prefs"), "-U", &at("."), "-W", &at("."), "-P", &at("pid")]);
    for line in ["autospeak", "autospeak-selected-line", "autospeak-selected-character"] {
        command.args(["-o", &format!("{line}=yes")]);
    }
    for change in ["inserted", "deleted", "replaced"] {
        command.args(["-o", &format!("autospeak-{change}-characters=yes")]);
    }
    match braille {
        Some(table) => command.args(["-c", &format!("louis:{table}"), "-o", "braille-variant=contracted6"]),
        None => command.args(["-c", "none"]),
    };
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
            let text = text.replace('\u{200b}', "").replace("\\\"", "\"").replace("\\\\", "\\");
            if send.send(text.trim_end().to_owned()).is_err() {
                return;
            }
        }
    });
}

/// Every text that brltty says by itself. Its protocol: 1 be silent, 2 and 3 how loud and how fast, 4 say this.
fn listen(voice: UnixListener, send: Sender<String>) {
    std::thread::spawn(move || {
        let mut stream = voice.accept()?.0;
        loop {
            let mut code = [0];
            stream.read_exact(&mut code)?;
            match code[0] {
                2 | 3 => stream.read_exact(&mut [0; 4])?,
                4 => {
                    let mut lengths = [0; 4];
                    stream.read_exact(&mut lengths)?;
                    let [text, attributes] =
                        [[0, 1], [2, 3]].map(|at| usize::from(u16::from_be_bytes(at.map(|i| lengths[i]))));
                    let mut said = vec![0; text + attributes];
                    stream.read_exact(&mut said)?;
                    said.truncate(text);
                    let said = String::from_utf8_lossy(&said).replace('\u{200b}', "");
                    if send.send(said.trim().to_owned()).is_err() {
                        return Ok::<(), std::io::Error>(());
                    }
                }
                _ => {}
            }
        }
    });
}

impl Display {
    /// A display over an empty console; or why it cannot be here.
    pub(crate) fn start(braille: Option<&str>) -> Result<Self, String> {
        let (console, cells, lock) = console()?;
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).unwrap().port();
        let voice = folder.path().join("voice");
        let (tell, said) = channel();
        listen(UnixListener::bind(&voice).unwrap(), tell);
        let brltty = brltty(folder.path(), &console, port, &voice, braille);
        let mut stream = connect(port);
        stream.write_all(format!("cells {CELLS}\n").as_bytes()).unwrap();
        let (send, windows) = channel();
        follow(stream.try_clone().unwrap(), send);
        let shown = String::new();
        let buttons = stream;
        Ok(Self { console, cells, _lock: lock, _folder: folder, brltty, buttons, windows, said, shown })
    }

    /// Presses a key of the display.
    pub(crate) fn press(&mut self, button: &str) {
        self.buttons.write_all(format!("{button}\n").as_bytes()).unwrap();
    }

    /// Puts what a program wrote onto the console.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.console.write_all(bytes).unwrap();
    }

    /// The texts that come onto the cells until nothing changes for `still`.
    pub(crate) fn changes(&mut self, first: Duration, still: Duration) -> Vec<String> {
        let mut seen = Vec::new();
        let mut patience = first;
        while let Ok(text) = self.windows.recv_timeout(patience) {
            if text != self.shown {
                self.shown.clone_from(&text);
                seen.push(text);
            }
            patience = still;
        }
        seen
    }

    /// What was said since the last time.
    pub(crate) fn said(&self) -> Vec<String> {
        self.said.try_iter().filter(|text| !text.is_empty()).collect()
    }

    /// Columns before the cursor on the console.
    pub(crate) fn column(&self) -> usize {
        let mut head = [0; 4];
        self.cells.read_exact_at(&mut head, 0).unwrap();
        usize::from(head[2])
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        drop(self.brltty.kill());
        drop(self.brltty.wait());
        drop((&self.console).write_all(b"\x1bc"));
    }
}
