//! Measures the program as a person meets it: the release binary in a pseudo-terminal of 120 by 40, against `less` and
//! against a floor that does nothing but repaint two rows at each key. `cargo bench --bench terminal` prints the table
//! of the README; `LIANBAN_BENCH_LARGE=1` adds the column of 1 000 000 clients and as many cases.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    missing_docs,
    unreachable_pub,
    reason = "a bench that cannot go on stops"
)]

mod figures;
mod pty;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use figures::{Figures, median};
use pty::Session;

/// Rounds of what is started and ended each time.
const ROUNDS: usize = 9;
/// Keys of which the median is taken.
const KEYS: usize = 60;
const DOWN: &str = "\x1b[B";
const PAGE_DOWN: &str = "\x1b[6~";
/// What the first screen has on it in any case.
const READY: &str = "今日";
/// What the first prompt of the lines face says in any case: the first of the matters that are due.
const PROMPT: &str = "1/";
/// Two rows of Chinese at 120 columns, as long as a careful painter makes them.
const FLOOR_BYTES: usize = 301;

fn main() {
    let mut args = std::env::args().skip(1);
    if args.any(|arg| arg == "--floor") {
        return floor();
    }
    // `cargo test` builds and starts benches too.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let mut table = Figures::default();
    for size in sizes() {
        eprintln!("{size} …");
        let office = office(size, &mut table);
        measure(&office, size, &mut table);
    }
    println!("{}", table.markdown());
}

fn sizes() -> Vec<usize> {
    match std::env::var("LIANBAN_BENCH_LARGE").is_ok() {
        true => vec![1_000, 1_000_000],
        false => vec![1_000],
    }
}

/// Answers each byte with two rows and one write.
fn floor() {
    let tty = rustix::stdio::stdin();
    let mut raw = rustix::termios::tcgetattr(tty).unwrap();
    raw.make_raw();
    rustix::termios::tcsetattr(tty, rustix::termios::OptionalActions::Now, &raw).unwrap();
    let rows = [READY.as_bytes(), &vec![b'.'; FLOOR_BYTES - READY.len()]].concat();
    let mut key = [0; 3];
    while rustix::io::write(rustix::stdio::stdout(), &rows).is_ok() {
        if std::io::stdin().read_exact(&mut key).is_err() {
            return;
        }
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_lianban")
}

fn lianban(file: &Path, args: &[&str]) -> Vec<String> {
    let file = file.display().to_string();
    [program(), "--file", &file].iter().chain(args).map(|arg| (*arg).to_owned()).collect()
}

/// A demonstration office of this size, made anew, and how fast that was.
fn office(size: usize, table: &mut Figures) -> PathBuf {
    let file = folder().join(format!("terminal-{size}.db"));
    for suffix in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(folder().join(format!("terminal-{size}.db{suffix}"))));
    }
    let size_text = size.to_string();
    let began = Instant::now();
    let argv = lianban(&file, &["demo", "--no-open", "--scale", &size_text]);
    let made = Command::new(&argv[0]).args(&argv[1..]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let rate = (2 * size) as f64 / began.elapsed().as_secs_f64();
    table.put("demonstration made with keys, records/s", "25 000", size, format!("{rate:.0}"));
    file
}

fn measure(file: &Path, size: usize, table: &mut Figures) {
    starts(file, size, table);
    keys(file, size, table);
    for (face, ready) in [("screen", READY), ("lines", PROMPT)] {
        let mut session = Session::start(&lianban(file, &["--face", face]));
        session.until(ready);
        let (cpu, bytes) = (session.cpu_ms(), session.idle(10));
        let cpu = session.cpu_ms() - cpu;
        table.put(
            &format!("idle 10 s, {face}: bytes, CPU ms"),
            "0, under 2",
            size,
            format!("{bytes}, {cpu:.1}"),
        );
        table.put(&format!("peak memory, {face}, MiB"), "16", size, format!("{:.1}", session.peak_mib()));
        session.end();
    }
    import(size, table);
}

/// Start to the first page, in turns with `less` on a text of as many lines.
fn starts(file: &Path, size: usize, table: &mut Figures) {
    let text = folder().join(format!("lines-{size}.txt"));
    let line = |n| format!("{n:07} 样例社区一 轮椅损坏，申请维修\n");
    std::fs::write(&text, (0..size).map(line).collect::<String>()).unwrap();
    let less = vec!["less".to_owned(), text.display().to_string()];
    let has_less = Command::new("less").arg("--version").output().is_ok();
    let (mut screen, mut lines, mut floor) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        screen.push(start(&lianban(file, &["--face", "screen"]), READY));
        lines.push(start(&lianban(file, &["--face", "lines"]), PROMPT));
        if has_less {
            floor.push(start(&less, "0000030"));
        }
    }
    let (screen, lines) = (median(screen), median(lines));
    let ratio = |ms: f64, floor: &[f64]| match floor.is_empty() {
        true => String::new(),
        false => format!(" ({:.1}×)", ms / median(floor.to_vec())),
    };
    table.put(
        "start to first page, screen, ms (against less)",
        "4×",
        size,
        format!("{screen:.1}{}", ratio(screen, &floor)),
    );
    table.put(
        "start to first page, lines, ms (against less)",
        "4×",
        size,
        format!("{lines:.1}{}", ratio(lines, &floor)),
    );
}

fn start(argv: &[String], ready: &str) -> f64 {
    let mut session = Session::start(argv);
    let ms = session.until(ready);
    session.end();
    ms
}

/// Everything a key may do, on one desk, in turns with the floor.
fn keys(file: &Path, size: usize, table: &mut Figures) {
    let mut floor =
        Session::start(&[std::env::current_exe().unwrap().display().to_string(), "--floor".into()]);
    floor.until(READY);
    let mut desk = Session::start(&lianban(file, &["--face", "screen"]));
    desk.until(READY);
    // All the cases there are: of the open ones a small office has not enough for so many keys.
    for keys in ["2", ":", "全部", "\r"] {
        desk.press(keys);
    }
    let (mut downs, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..KEYS {
        downs.push(desk.press(DOWN));
        floors.push(floor.press(DOWN));
    }
    floor.end();
    let ms = |all: &[pty::Answer]| median(all.iter().map(|answer| answer.ms).collect());
    let bytes = |all: &[pty::Answer]| median(all.iter().map(|answer| answer.bytes as f64).collect());
    let writes = |all: &[pty::Answer]| median(all.iter().map(|answer| answer.writes as f64).collect());
    let down = ms(&downs);
    assert!(bytes(&downs) > 0.0, "the list did not move");
    table.put(
        "Down to painted, ms (against the floor)",
        "6×",
        size,
        format!("{down:.2} ({:.1}×)", down / ms(&floors)),
    );
    table.put("Down: bytes, writes", "330, 1", size, format!("{:.0}, {:.0}", bytes(&downs), writes(&downs)));
    let pages: Vec<pty::Answer> = (0..20).map(|_| desk.press(PAGE_DOWN)).collect();
    table.put("PageDown to painted, ms", "", size, format!("{:.2}", ms(&pages)));
    table.put(
        "PageDown: bytes, writes",
        "4 600, 1",
        size,
        format!("{:.0}, {:.0}", bytes(&pages), writes(&pages)),
    );
    desk.press("\x1b[H");
    let lag = median((0..5).map(|_| desk.press(&DOWN.repeat(200)).ms).collect());
    table.put("lag after 200 Downs at once, ms", "3", size, format!("{lag:.1}"));
    for (what, text) in
        [("name", "沈示安"), ("initials", "ssa"), ("two characters", "轮椅"), ("end of a phone", "0512")]
    {
        desk.press("\x06");
        let typed: Vec<f64> = text.chars().map(|key| desk.press(&key.to_string()).ms).collect();
        let worst = typed.into_iter().fold(0.0, f64::max) - down;
        table.put(
            &format!("search, {what}: slowest key over a Down, ms"),
            "3",
            size,
            format!("{:.2}", worst.max(0.0)),
        );
        desk.press("\x1b");
    }
    saved(&mut desk, size, table);
    desk.end();
}

/// A note on the focused case, from the last key to the message, against a bare insert on the same disk.
fn saved(desk: &mut Session, size: usize, table: &mut Figures) {
    desk.press("2");
    let mut ours = Vec::new();
    for _ in 0..ROUNDS {
        desk.press("+");
        desk.press("已致电");
        ours.push(desk.press("\x13").ms);
    }
    let bare = tempfile::tempdir_in(folder()).unwrap();
    let bare = rusqlite::Connection::open(bare.path().join("bare.db")).unwrap();
    bare.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE note (text TEXT);",
    )
    .unwrap();
    let insert = |_| {
        let began = Instant::now();
        bare.execute("INSERT INTO note VALUES ('已致电')", []).unwrap();
        began.elapsed().as_secs_f64() * 1000.0
    };
    let (ours, bare) = (median(ours), median((0..ROUNDS).map(insert).collect()));
    table.put(
        "saved note to painted, ms (against a bare insert)",
        "5×",
        size,
        format!("{ours:.1} ({:.1}×)", ours / bare),
    );
}

/// People out of a table, keys and audit included.
fn import(size: usize, table: &mut Figures) {
    let rows = size.min(20_000);
    let folder = tempfile::tempdir_in(folder()).unwrap();
    let (file, csv) = (folder.path().join("import.db"), folder.path().join("people.csv"));
    let mut out = std::fs::File::create(&csv).unwrap();
    writeln!(out, "姓名,性别,手机,街道").unwrap();
    for n in 0..rows {
        let name: String = ["沈", "姚", "单", "曾"][n % 4]
            .chars()
            .chain("示".chars())
            .chain(char::from_u32(0x4e00 + n as u32))
            .collect();
        writeln!(out, "{name},女,130000{:05},武康街道", n % 100_000).unwrap();
    }
    drop(out);
    let run = |args: &[&str]| {
        let argv = lianban(&file, args);
        let done = Command::new(&argv[0]).args(&argv[1..]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    };
    run(&["demo", "--no-open"]);
    let began = Instant::now();
    run(&["import", "people", &csv.display().to_string()]);
    let rate = rows as f64 / began.elapsed().as_secs_f64();
    table.put("import of people with keys and audit, rows/s", "25 000", size, format!("{rate:.0}"));
}
