//! The standard tasks of who sends people, key by key in both faces, within the keys they may cost; after every key the cursor
//! stands behind what was typed.

use unicode_width::UnicodeWidthStr as _;

use super::office::Office;
use super::terminal::Terminal;

/// General affairs of the sample.
const KEEPER: &[(&str, &str)] = &[("LIANBAN_OPERATOR", "曾示平")];
/// What the lines face may cost more.
const MORE: usize = 4;

/// A task: what opens it on the screen, what is said in lines, the line typed, the field confirmed after it, its keys, what
/// is then said, the record made and what it must say.
struct Task {
    key: &'static str,
    word: &'static str,
    line: &'static str,
    confirm: &'static str,
    budget: usize,
    said: &'static [&'static str],
    made: (&'static str, &'static [&'static str]),
}

/// Somebody who signs and is free on Wednesday from two to four is sent.
const SEND: Task = Task {
    key: "a",
    word: "pr",
    line: "w3 14-16 sy",
    confirm: "派谁",
    budget: 14,
    said: &["已派 华样清", "14:00-16:00"],
    made: ("PB-2026-043", &["华样清", "手语", "已排"]),
};
/// The Deaf association wants two people at the sign-in desk on Saturday morning.
const ASK: Task = Task {
    key: "r",
    word: "yr",
    line: "w6 9-12 d 2 qd",
    confirm: "人数",
    budget: 17,
    said: &["YR-2026-006", "09:00-12:00 聋协 签到"],
    made: ("YR-2026-006", &["聋协", "签到", "0 / 2", "待审核"]),
};

fn behind(terminal: &Terminal, typed: &str) {
    let (line, written) = terminal.at_cursor();
    // A blank that the cursor only stepped over was never written.
    let stepped = usize::from(terminal.cursor().1).saturating_sub(written.width());
    let before = written + &" ".repeat(stepped);
    let tail: String = typed.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
    assert!(before.ends_with(&tail), "cursor in {line:?} after {typed:?}\n{}", terminal.shown());
}

fn kept(office: &Office, task: &Task) {
    let shown = office.batch(&["show", task.made.0]);
    for piece in task.made.1 {
        assert!(shown.contains(piece), "{piece} in {shown}");
    }
}

fn on_the_screen(task: &Task) {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], KEEPER, "?按键");
    t.press("5");
    t.wait("[人员]");
    t.pressed = 0;
    t.press(task.key);
    t.wait_at("一行");
    t.types(task.line, behind);
    t.press("Enter");
    t.wait_at(task.confirm);
    t.press("Enter");
    for piece in task.said {
        t.wait(piece);
    }
    assert!(t.pressed <= task.budget, "{} keys", t.pressed);
    kept(&office, task);
}

fn in_lines(task: &Task) {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], KEEPER, "> ");
    t.types(task.word, behind);
    t.press("Enter");
    t.wait_at("一行>");
    t.types(task.line, behind);
    t.press("Enter");
    t.wait_at(task.confirm);
    t.press("Enter");
    for piece in task.said {
        t.wait(piece);
    }
    assert!(t.pressed <= task.budget + MORE, "{} keys", t.pressed);
    kept(&office, task);
}

#[test]
fn who_signs_is_sent_on_the_screen() {
    on_the_screen(&SEND);
}

#[test]
fn who_signs_is_sent_in_lines() {
    in_lines(&SEND);
}

#[test]
fn two_are_asked_for_on_the_screen() {
    on_the_screen(&ASK);
}

#[test]
fn two_are_asked_for_in_lines() {
    in_lines(&ASK);
}
