//! The standard task of whoever trains people, key by key in both faces, within the keys it may cost, and who was at a session of
//! twenty: only those who were absent are named.

use unicode_width::UnicodeWidthStr as _;

use super::office::Office;
use super::terminal::Terminal;

/// General affairs of the sample.
const WARDEN: &[(&str, &str)] = &[("LIANBAN_OPERATOR", "曾示平")];
/// Two hours of first aid for five people: keys that it may cost.
const TAUGHT: usize = 17;
/// What the lines face may cost more.
const MORE: usize = 4;
const LINE: &str = "急救 2h";
/// A session of twenty with two absent: keys that it may cost, whoever they are.
const TWENTY: usize = 12;

fn behind(terminal: &Terminal, typed: &str) {
    let (line, written) = terminal.at_cursor();
    // A blank that the cursor only stepped over was never written.
    let stepped = usize::from(terminal.cursor().1).saturating_sub(written.width());
    let before = written + &" ".repeat(stepped);
    let tail: String = typed.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
    assert!(before.ends_with(&tail), "cursor in {line:?} after {typed:?}\n{}", terminal.shown());
}

/// What was written down: a session of today with the first five of the list.
fn kept(office: &Office) {
    let shown = office.batch(&["show", "PX-2026-03"]);
    for piece in ["急救", "2", "已举办", "沈示安", "姚拟宁", "单样乐", "曾示平", "仇拟文"]
    {
        assert!(shown.contains(piece), "{piece} in {shown}");
    }
}

#[test]
fn five_people_were_taught_on_the_screen() {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], WARDEN, "?按键");
    t.press("5");
    t.wait("[人员]");
    t.pressed = 0;
    for _ in 0..5 {
        t.press("m");
        let (line, before) = t.at_cursor();
        assert_eq!(before.trim_end(), ">", "{line:?}\n{}", t.shown());
    }
    t.press("t");
    t.wait_at("一行");
    t.types(LINE, behind);
    t.press("Enter");
    t.wait("记培训 5");
    assert!(t.pressed <= TAUGHT, "{} keys", t.pressed);
    kept(&office);
}

#[test]
fn five_people_were_taught_in_lines() {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], WARDEN, "> ");
    t.types("ry", behind);
    t.press("Enter");
    t.wait_at("1/25");
    t.pressed = 0;
    t.types("m 5", behind);
    t.press("Enter");
    t.wait("已标记 5 项");
    t.types("jpx 急救 2h", behind);
    t.press("Enter");
    t.wait_for("what was taught", |shown| shown.contains("记培训 5") || shown.contains("[是]>"));
    if !t.shown().contains("记培训 5") {
        t.press("Enter");
    }
    t.wait("记培训 5");
    assert!(t.pressed <= TAUGHT + MORE, "{} keys", t.pressed);
    kept(&office);
}

/// An office with twenty people at a session of today, nobody marked yet.
fn twenty() -> Office {
    let office = Office::new();
    office.batch(&["do", "培训 今天 9-11 消防安全", "--yes", "--as", "曾示平"]);
    let who = (1..=20).map(|n| format!("P{n:02}")).collect::<Vec<_>>().join(" ");
    office.batch(&["act", "PX-2026-03", "enrol", &format!("who={who}"), "--yes", "--as", "曾示平"]);
    office
}

fn two_were_absent(office: &Office) {
    let shown = office.batch(&["show", "PX-2026-03"]);
    assert!(shown.contains("18 人") && shown.contains("2 人：区示真、盖拟冬"), "{shown}");
}

#[test]
fn twenty_came_but_two_on_the_screen() {
    let office = twenty();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], WARDEN, "?按键");
    t.types("#PX-2026-03", |_, _| ());
    t.press("Enter");
    t.wait("消防安全");
    t.pressed = 0;
    t.press("a");
    t.wait_at("没到的人");
    t.types("osz gnd", behind);
    t.press("Enter");
    t.wait("已到 18 人");
    assert!(t.pressed <= TWENTY, "{} keys", t.pressed);
    two_were_absent(&office);
}

#[test]
fn twenty_came_but_two_in_lines() {
    let office = twenty();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], WARDEN, "> ");
    t.types("#PX-2026-03", behind);
    t.press("Enter");
    t.wait("消防安全");
    t.pressed = 0;
    t.types("qd osz gnd", behind);
    t.press("Enter");
    t.wait_for("who came", |shown| shown.contains("已到 18 人") || shown.contains("[是]>"));
    if !t.shown().contains("已到 18 人") {
        t.press("Enter");
    }
    t.wait("已到 18 人");
    assert!(t.pressed <= TWENTY + MORE, "{} keys", t.pressed);
    two_were_absent(&office);
}
