//! A line of 9 600 bit/s with 200 ms there and back: what the ten commonest actions send over it in both faces, and how
//! long a person waits for them.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::host::{Host, no_sshd};
use super::line::Line;

/// There, or back.
const ONE_WAY: Duration = Duration::from_millis(100);
/// 9 600 bit/s.
const BYTES_A_SECOND: u64 = 960;
/// So long a silence ends an answer on such a line.
const STILL: Duration = Duration::from_millis(900);

/// Stands between the client and sshd; slow from the moment it is told so.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    slow: Arc<AtomicBool>,
}

impl Proxy {
    pub(crate) fn before(sshd: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let slow = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&slow);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", sshd)) else { return };
                let ways =
                    [(client.try_clone(), server.try_clone()), (server.try_clone(), client.try_clone())];
                for (from, to) in ways {
                    let (Ok(from), Ok(to), slow) = (from, to, Arc::clone(&told)) else { return };
                    std::thread::spawn(move || pump(from, to, &slow));
                }
            }
        });
        Self { port, slow }
    }

    fn slow_down(&self) {
        self.slow.store(true, Ordering::SeqCst);
    }
}

/// Passes bytes on, each as late and as slowly as the line says.
fn pump(mut from: TcpStream, mut to: TcpStream, slow: &AtomicBool) {
    let mut buffer = [0; 96];
    while let Ok(n @ 1..) = from.read(&mut buffer) {
        if slow.load(Ordering::SeqCst) {
            std::thread::sleep(ONE_WAY);
            // What follows at once has already travelled meanwhile; only its length still takes time.
            let mut at = n;
            loop {
                if to.write_all(&buffer[..at]).is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_micros(1_000_000 * at as u64 / BYTES_A_SECOND));
                drop(from.set_read_timeout(Some(Duration::from_millis(1))));
                match from.read(&mut buffer) {
                    Ok(0) => return,
                    Ok(n) => at = n,
                    Err(_) => break,
                }
            }
            drop(from.set_read_timeout(None));
        } else if to.write_all(&buffer[..n]).is_err() {
            return;
        }
    }
    drop(to.shutdown(std::net::Shutdown::Both));
}

struct Took {
    bytes: usize,
    first: Duration,
    whole: Duration,
}

/// Presses keys and waits until everything has come.
fn press(line: &mut Line, keys: &str) -> Took {
    let before = line.written.len();
    let began = Instant::now();
    line.send(keys);
    let (mut first, mut last, mut count) = (None, began, before);
    while last.elapsed() < STILL || (first.is_none() && began.elapsed() < Duration::from_secs(3)) {
        line.settle(Duration::from_millis(20));
        if line.written.len() > count {
            count = line.written.len();
            last = Instant::now();
            first.get_or_insert(last - began);
        }
    }
    Took { bytes: count - before, first: first.unwrap_or_default(), whole: last - began }
}

#[test]
fn a_slow_line_carries_the_commonest_actions() {
    if no_sshd() {
        return;
    }
    let host = Host::new();
    let screen = [
        ("down", "\u{1b}[B", 700),
        ("page down", "\u{1b}[6~", 4_600),
        ("cases", "2", 4_600),
        ("open", "\r", 4_600),
        ("back", "\u{1b}", 4_600),
        ("new case", "n", 4_600),
        ("a letter", "1", 1_400),
        ("next field", "\t", 1_500),
        ("put away", "\u{1b}", 4_600),
        ("today", "1", 4_600),
    ];
    let lines = [
        ("next", "n\r", 200),
        ("previous", "-\r", 200),
        ("open", "1\r", 900),
        ("back", "back\r", 600),
        ("cases", "2\r", 700),
        ("where", "where\r", 400),
        ("new case", "xaj\r", 500),
        ("a letter", "1", 8),
        ("put away", "\u{3}", 700),
        ("help", "h\r", 900),
    ];
    for (face, table) in [("screen", screen), ("lines", lines)] {
        let proxy = Proxy::before(host.port());
        let port = format!("Port={}", proxy.port);
        let mut line = host.dial_first("xin", &["-o", &port], &[face]);
        match face {
            "screen" => line.wait("?按键"),
            _ => line.wait_signed_in(),
        }
        line.settle(Duration::from_millis(500));
        proxy.slow_down();
        println!("{face} at 9600 bit/s, 200 ms:");
        for (name, keys, most) in table {
            let Took { bytes, first, whole } = press(&mut line, keys);
            println!(
                "  {name}: {bytes} bytes, begins {} ms, whole {} ms",
                first.as_millis(),
                whole.as_millis()
            );
            assert!(bytes <= most, "{face} {name}: {bytes} bytes, at most {most}");
            assert!(whole < Duration::from_secs(9), "{face} {name}: {whole:?}");
        }
        if face == "screen" {
            // Fifty keys typed ahead are one repaint, not fifty.
            let one = press(&mut line, "\u{1b}[B").bytes;
            let fifty = press(&mut line, &"\u{1b}[B".repeat(50)).bytes;
            println!("  one step {one} bytes, fifty typed ahead {fifty} bytes");
            assert!(fifty < 6_000 && fifty < one.max(60) * 50, "{fifty} bytes for fifty, {one} for one");
        }
    }
}
