//! The standard tasks of who books rooms, key by key in both faces, within the keys they may cost; after every key the cursor
//! stands behind what was typed.

use unicode_width::UnicodeWidthStr as _;

use super::office::Office;
use super::terminal::Terminal;

/// General affairs of the sample.
const WARDEN: &[(&str, &str)] = &[("LIANBAN_OPERATOR", "曾示平")];
/// What the lines face may cost more.
const MORE: usize = 4;

/// A task: what opens it on the screen, what is said in lines, the line typed, its keys, what is then said.
struct Task {
    key: &'static str,
    word: &'static str,
    line: &'static str,
    budget: usize,
    said: &'static [&'static str],
}

/// The whole activity area for the blind association's braille class, next Wednesday.
const BOOK: Task = Task {
    key: "a",
    word: "dcd",
    line: "n3 15-17 d b 盲文班",
    budget: 27,
    said: &["YY-2026-048", "3-11 周三 15:00-17:00 多功能活动区"],
};
/// The same for eight weeks; one of them is taken.
const SERIES: Task =
    Task {
        line: "n3 15-17 d b 盲文班 *8", budget: 30, said: &["YY-2026-048", "7 次", "跳过 1"], ..BOOK
    };
/// Whether two hours are free there on Wednesday.
const FREE: Task = Task {
    key: "f",
    word: "ckd",
    line: "w3 2h d",
    budget: 9,
    said: &["多功能活动区 09:30-13:30 15:00-17:00"],
};

fn behind(terminal: &Terminal, typed: &str) {
    let (line, written) = terminal.at_cursor();
    // A blank that the cursor only stepped over was never written.
    let stepped = usize::from(terminal.cursor().1).saturating_sub(written.width());
    let before = written + &" ".repeat(stepped);
    let tail: String = typed.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
    assert!(before.ends_with(&tail), "cursor in {line:?} after {typed:?}\n{}", terminal.shown());
}

/// An office in which the area is taken on the fifth Wednesday.
fn office() -> Office {
    let office = Office::new();
    office.batch(&["do", "订 dhd 0408 16-17 i 手工", "--yes", "--as", "曾示平"]);
    office
}

fn kept(office: &Office, task: &Task) {
    if task.key == "a" {
        let shown = office.batch(&["show", "YY-2026-048"]);
        assert!(shown.contains("盲文班") && shown.contains("盲协") && shown.contains("已确认"), "{shown}");
    }
}

fn on_the_screen(task: &Task) {
    let office = office();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], WARDEN, "?按键");
    t.press("3");
    t.wait("[场地]");
    t.pressed = 0;
    t.press(task.key);
    t.wait_at("一行");
    t.types(task.line, behind);
    t.press("Enter");
    if task.key == "a" {
        t.wait_at("人数");
        t.press("Enter");
    }
    for piece in task.said {
        t.wait(piece);
    }
    assert!(t.pressed <= task.budget, "{} keys", t.pressed);
    kept(&office, task);
}

fn in_lines(task: &Task) {
    let office = office();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], WARDEN, "> ");
    t.types(task.word, behind);
    t.press("Enter");
    t.wait_at("一行>");
    t.types(task.line, behind);
    t.press("Enter");
    if task.key == "a" {
        t.wait_at("人数");
        t.press("Enter");
    }
    for piece in task.said {
        t.wait(piece);
    }
    assert!(t.pressed <= task.budget + MORE, "{} keys", t.pressed);
    kept(&office, task);
}

#[test]
fn a_room_for_next_wednesday_on_the_screen() {
    on_the_screen(&BOOK);
}

#[test]
fn a_room_for_next_wednesday_in_lines() {
    in_lines(&BOOK);
}

#[test]
fn what_is_free_on_wednesday_on_the_screen() {
    on_the_screen(&FREE);
}

#[test]
fn what_is_free_on_wednesday_in_lines() {
    in_lines(&FREE);
}

#[test]
fn eight_wednesdays_on_the_screen() {
    on_the_screen(&SERIES);
}

#[test]
fn eight_wednesdays_in_lines() {
    in_lines(&SERIES);
}
