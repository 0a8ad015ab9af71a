//! The standard tasks of a front office, key by key in both faces, within the keys they may cost; after every key the
//! cursor stands where the finger is.

use super::count::keys;
use super::office::Office;
use super::terminal::Terminal;

/// A phone call from someone known, by certificate: keys that it may cost.
const CALL: usize = 53;
/// Someone found by initials, two associations.
const SEVERAL: usize = 43;
/// A note with the next day.
const NOTE: usize = 21;
/// What the lines face may cost more.
const MORE: usize = 4;

const CARD: &str = "33052119460317960613";
const MATTER: &str = "盲道被电动车占着";
const BOTH: &str = "出门要轮椅和盲杖";

/// In a field: the cursor stands behind what was typed.
fn behind(terminal: &Terminal, typed: &str) {
    let (line, before) = terminal.at_cursor();
    let tail: String = typed.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
    assert!(
        before.ends_with(&tail),
        "cursor {:?} in {line:?} after {typed:?}\n{}",
        terminal.cursor(),
        terminal.shown()
    );
}

/// In a field: the cursor comes to stand on the line of this label.
fn on(terminal: &mut Terminal, label: &str) {
    terminal.wait_at(label);
}

/// On a list: the cursor stands behind the mark of the focused row.
fn on_row(terminal: &Terminal) {
    let (line, before) = terminal.at_cursor();
    assert_eq!(before.trim(), ">", "{line:?}\n{}", terminal.shown());
}

#[test]
fn a_call_on_the_screen() {
    let office = Office::new();
    let mut t = Terminal::screen(&office, (80, 24));
    on_row(&t);
    t.press("p");
    on(&mut t, "服务对象");
    t.types(CARD, behind);
    t.press("Enter");
    on(&mut t, "内容");
    t.types(MATTER, behind);
    t.press("Enter");
    on(&mut t, "分流");
    t.press("Enter");
    t.wait("SL-2026-0021");
    assert!(t.shown().contains("已登记 SL-2026-0021 盲协"), "{}", t.shown());
    assert_eq!(t.pressed - keys(CARD) - keys(MATTER), 4);
    assert!(t.pressed <= CALL, "{}", t.pressed);
    assert!(office.batch(&["show", "SL-2026-0021"]).contains(MATTER));
}

#[test]
fn a_call_in_lines() {
    let office = Office::new();
    let mut t = Terminal::lines(&office);
    t.types("dhdj", behind);
    t.press("Enter");
    on(&mut t, "服务对象>");
    t.types(CARD, behind);
    t.press("Enter");
    on(&mut t, "内容>");
    t.types(MATTER, behind);
    t.press("Enter");
    on(&mut t, "分流 1-7 [1 盲协]>");
    assert!(t.shown().contains("视力残疾归它"), "the reason is said before it is confirmed\n{}", t.shown());
    t.press("Enter");
    on(&mut t, "案件0021 ");
    assert!(t.pressed <= CALL + MORE, "{}", t.pressed);
    assert!(office.batch(&["show", "SL-2026-0021"]).contains("电话"));
}

#[test]
fn several_kinds_on_the_screen() {
    let office = Office::new();
    let mut t = Terminal::screen(&office, (80, 24));
    t.press("n");
    on(&mut t, "服务对象");
    t.types("ynq", behind);
    t.press("Enter");
    on(&mut t, "内容");
    t.types(BOTH, behind);
    t.press("Enter");
    on(&mut t, "分流");
    t.types("13", behind);
    assert!(t.shown().contains("盲协、肢协"), "{}", t.shown());
    t.press("Enter");
    t.wait("SL-2026-0021");
    assert!(t.pressed <= SEVERAL, "{}", t.pressed);
    let kept = office.batch(&["show", "SL-2026-0021"]);
    assert!(kept.contains("协同办理") && kept.contains("盲协") && kept.contains("肢协"), "{kept}");
}

#[test]
fn several_kinds_in_lines() {
    let office = Office::new();
    let mut t = Terminal::lines(&office);
    t.types("xaj", behind);
    t.press("Enter");
    on(&mut t, "服务对象>");
    t.types("ynq", behind);
    t.press("Enter");
    on(&mut t, "内容>");
    t.types(BOTH, behind);
    t.press("Enter");
    on(&mut t, "分流");
    t.types("13", behind);
    t.press("Enter");
    t.wait_for("the case", |shown| shown.contains("SL-2026-0021") || shown.contains("[是]>"));
    if !t.shown().contains("SL-2026-0021") {
        t.press("Enter");
    }
    on(&mut t, "案件0021 ");
    assert!(t.pressed <= SEVERAL + MORE, "{}", t.pressed);
    assert!(office.batch(&["show", "SL-2026-0021"]).contains("协同办理"));
}

#[test]
fn a_note_on_the_screen() {
    let office = Office::new();
    let mut t = Terminal::screen(&office, (80, 24));
    let (row, _) = t.at_cursor();
    assert!(row.contains("案件0012"), "{row}");
    t.press("+");
    on(&mut t, "记");
    t.types("已致电社区 !w5", behind);
    assert!(t.shown().contains("3-6 周五"), "{}", t.shown());
    t.press("Enter");
    t.wait("SL-2026-0012 已记");
    on_row(&t);
    assert!(t.pressed <= NOTE, "{}", t.pressed);
    assert!(office.batch(&["show", "SL-2026-0012"]).contains("3-6 周五"));
}

#[test]
fn a_note_in_lines() {
    let office = Office::new();
    let mut t = Terminal::lines(&office);
    on(&mut t, "1/");
    t.types("+已致电社区 !w5", behind);
    t.press("Enter");
    t.wait_for("the note", |shown| shown.contains("已记") || shown.contains("[是]>"));
    if !t.shown().contains("已记") {
        t.press("Enter");
    }
    t.wait("SL-2026-0012 已记");
    assert!(t.shown().contains("3-6 周五"), "the day is read back\n{}", t.shown());
    assert!(t.pressed <= NOTE + MORE, "{}", t.pressed);
    assert!(office.batch(&["show", "SL-2026-0012"]).contains("3-6 周五"));
}

#[test]
fn the_cursor_follows_the_finger_down_a_list() {
    let office = Office::new();
    let mut t = Terminal::screen(&office, (80, 24));
    on_row(&t);
    t.press("2");
    t.wait("[案件]");
    for _ in 0..30 {
        on_row(&t);
        t.press("Down");
    }
    for _ in 0..5 {
        t.press("Up");
        on_row(&t);
    }
    t.press("PageDown");
    on_row(&t);
}
