//! A desk that nobody touches locks itself, in both faces: it says so, nothing of anybody is left on the terminal or in what
//! can be scrolled back to, and what was being typed is there again afterwards.

use std::time::Duration;

use super::office::Office;
use super::terminal::Terminal;

/// What takes the lines shown and those scrolled away off a terminal.
const WIPE: &str = "\u{1b}[H\u{1b}[2J\u{1b}[3J";

fn nothing(_: &Terminal, _: &str) {}

/// An office in which a minute is long.
fn hasty() -> Office {
    let office = Office::new();
    let file = rusqlite::Connection::open(office.file()).unwrap();
    let sql = "INSERT INTO setting (key, value, created_at, created_by, updated_at, updated_by)
               VALUES ('rule.lock_idle', '1', '', '', '', '')";
    file.execute(sql, []).unwrap();
    office
}

fn locks(face: &'static str) {
    let office = hasty();
    let until = if face == "screen" { "?按键" } else { "> " };
    let mut t = Terminal::start(&office, (80, 24), &["--face", face], &[], until);
    let lines = face == "lines";
    t.send("#C001\r");
    t.wait("C001");
    t.send(if lines { "reveal\r" } else { ":reveal\r" });
    t.send(if lines { "核对证件\r\r" } else { "核对证件\r" });
    t.wait("330521194603179606");
    t.send(if lines { "back\r" } else { "1" });
    t.send(if lines { "xaj\r" } else { "n" });
    t.wait_for("the form", |shown| shown.contains("> 服务对象") || shown.contains("服务对象> "));
    t.types("沈示航", nothing);
    let before = t.written.len();
    t.settle(Duration::from_secs(75), Duration::from_secs(2));
    let after = String::from_utf8_lossy(&t.written[before..]).into_owned();
    assert!(after.contains("已锁"), "{face} says nothing: {after:?}\n{}", t.shown());
    let left = if lines {
        // Of everything that was said what can still be read begins after the wipe.
        let (_, left) = after.split_once(WIPE).unwrap_or_else(|| panic!("nothing is wiped: {after:?}"));
        left.to_owned()
    } else {
        t.shown()
    };
    for secret in ["沈示航", "沈", "C001", "330521194603179606", "曾*", "核对证件", "案件00"] {
        assert!(!left.contains(secret), "{face}: {secret} in {left}");
        assert!(!t.shown().contains(secret), "{face}: {secret} on\n{}", t.shown());
    }
    // No other name of the window, at any time.
    let all = String::from_utf8_lossy(&t.written).into_owned();
    assert!(!all.contains("\u{1b}]") && !all.contains("\u{1b}k"), "{face} names the window");
    // An arrow brings no line of it back.
    t.send("\u{1b}[A");
    t.settle(Duration::from_millis(500), Duration::from_millis(300));
    t.send("\r");
    t.wait_for("the form again", |shown| shown.contains("沈示航"));
    println!("{face}: locked after a minute, nothing left on the terminal, what was typed is there again");
}

#[test]
fn a_desk_left_alone_locks_and_leaves_nothing_to_read() {
    std::thread::scope(|scope| {
        let both: Vec<_> =
            ["screen", "lines"].map(|face| scope.spawn(move || locks(face))).into_iter().collect();
        both.into_iter().for_each(|one| one.join().unwrap());
    });
}
