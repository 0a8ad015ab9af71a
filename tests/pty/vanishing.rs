//! A terminal that is gone without a word: no signal comes to a program whose controlling terminal it is not.

use std::fs::OpenOptions;
use std::io::Read as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::process::Command;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use portable_pty::{PtyPair, PtySize, native_pty_system};

use super::office::{NOW, Office};

/// `O_NOCTTY`: opening the terminal does not make it the program's own.
const NOT_OURS: i32 = 0x100;

#[test]
fn a_terminal_that_vanishes_takes_the_program_along() {
    for face in ["screen", "lines"] {
        let office = Office::new();
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let name = pair.master.tty_name().unwrap();
        let line = OpenOptions::new().read(true).write(true).custom_flags(NOT_OURS).open(name).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_lianban"));
        command.args(["--face", face]).env_clear();
        command.env("TERM", "xterm").env("LANG", "zh_CN.UTF-8").env("LIANBAN_NOW", NOW);
        command.env("HOME", office.folder()).env("LIANBAN_FILE", office.file());
        command.stdin(line.try_clone().unwrap()).stdout(line.try_clone().unwrap()).stderr(line);
        let mut child = command.spawn().unwrap();
        // The command holds copies of the line; with them it could not vanish.
        drop(command);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, shown) = channel();
        let reading = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            let mut text = Vec::new();
            while !String::from_utf8_lossy(&text).contains("12") {
                match reader.read(&mut buffer) {
                    Ok(n @ 1..) => text.extend(buffer.iter().take(n)),
                    _ => return,
                }
            }
            let _ = send.send(());
        });
        let came = shown.recv_timeout(Duration::from_secs(20));
        if came.is_ok() {
            reading.join().unwrap();
        }
        let PtyPair { master, slave } = pair;
        drop((master, slave));
        let start = Instant::now();
        let mut left = None;
        while left.is_none() && start.elapsed() < Duration::from_secs(15) {
            left = child.try_wait().unwrap();
            std::thread::sleep(Duration::from_millis(50));
        }
        drop(child.kill());
        child.wait().unwrap();
        assert!(came.is_ok(), "{face}: the first page never came");
        assert!(left.is_some(), "{face}: the program stayed behind");
    }
}
