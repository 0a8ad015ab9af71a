//! The standard tasks of who keeps the store, key by key in both faces, within the keys they may cost; after every key the cursor
//! stands where the finger is.

use unicode_width::UnicodeWidthStr as _;

use super::office::Office;
use super::terminal::Terminal;

/// General affairs of the sample.
const WARDEN: &[(&str, &str)] = &[("LIANBAN_OPERATOR", "曾示平")];
/// Three packs of paper for an association.
const ISSUE: usize = 10;
/// Ten things, one of them missing.
const COUNT: usize = 12;
/// What the lines face may cost more.
const MORE: usize = 4;

fn behind(terminal: &Terminal, typed: &str) {
    let (line, written) = terminal.at_cursor();
    // A blank that the cursor only stepped over was never written.
    let stepped = usize::from(terminal.cursor().1).saturating_sub(written.width());
    let before = written + &" ".repeat(stepped);
    let tail: String = typed.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
    assert!(before.ends_with(&tail), "cursor in {line:?} after {typed:?}\n{}", terminal.shown());
}

/// The thing that is asked about stands on the line of the cursor.
fn asked(terminal: &mut Terminal, at: usize, of: usize) {
    terminal.wait_at(&format!("{at}/{of} ZC-"));
}

#[test]
fn three_packs_of_paper_on_the_screen() {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], WARDEN, "?按键");
    t.press("4");
    t.wait("[资产]");
    t.pressed = 0;
    t.press("b");
    t.wait_at("一行");
    t.types("a4 3 d", behind);
    t.wait("A4复印纸 3 包 聋协");
    t.press("Enter");
    t.wait_at("领用人");
    t.press("Enter");
    t.wait("已领 CR-061 A4复印纸 3 包 计 55.50 剩 23 包");
    // The next one can be written at once.
    t.wait_at("一行");
    assert!(t.pressed <= ISSUE, "{} keys", t.pressed);
    assert!(office.batch(&["show", "HC-01", "--as", "曾示平"]).contains("聋协"));
}

#[test]
fn three_packs_of_paper_in_lines() {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], WARDEN, "> ");
    t.types("ly", behind);
    t.press("Enter");
    t.wait_at("一行>");
    t.types("a4 3 d", behind);
    t.press("Enter");
    t.wait_at("领用人");
    assert!(t.shown().contains("A4复印纸 3 包 聋协"), "read back before it is confirmed\n{}", t.shown());
    t.press("Enter");
    t.wait("已领 CR-061");
    t.wait_at("一行>");
    assert!(t.pressed <= ISSUE + MORE, "{} keys", t.pressed);
    assert!(office.batch(&["show", "HC-01", "--as", "曾示平"]).contains("聋协"));
}

/// The sample with what one association owns to be counted: ten things by the book, in four rooms.
fn ten_things() -> Office {
    let office = Office::new();
    let plan = ["do", "盘 盲协", "--yes", "--as", "曾示平"];
    office.batch(&plan);
    office.batch(&["act", "PD-2026-H1-01", "start", "--yes", "--as", "曾示平"]);
    office
}

fn report(office: &Office) -> String {
    let args = ["report", "rp-15", "--from", "2026-03-01", "--to", "2026-03-31", "--as", "曾示平"];
    office.batch(&args)
}

#[test]
fn ten_things_on_the_screen() {
    let office = ten_things();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], WARDEN, "?按键");
    t.press("4");
    t.wait("[资产]");
    t.pressed = 0;
    t.press("d");
    for at in 1..=9 {
        asked(&mut t, at, 10);
        t.press("Enter");
    }
    asked(&mut t, 10, 10);
    t.types("x", behind);
    t.press("Enter");
    t.wait("都数过了 10 件");
    assert!(t.pressed <= COUNT, "{} keys", t.pressed);
    let said = report(&office);
    assert!(said.contains("盘亏") && said.contains("应盘 10 件 已数 10 件 差异 1 项"), "{said}");
}

#[test]
fn ten_things_in_lines() {
    let office = ten_things();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], WARDEN, "> ");
    t.types("qd", behind);
    t.press("Enter");
    for at in 1..=9 {
        asked(&mut t, at, 10);
        let (line, _) = t.at_cursor();
        assert!(line.width() <= 40, "{line} fits on a braille display");
        t.press("Enter");
    }
    asked(&mut t, 10, 10);
    t.types("x", behind);
    t.press("Enter");
    t.wait("都数过了 10 件");
    assert!(t.pressed <= COUNT + MORE, "{} keys", t.pressed);
    // A full stop ends it.
    t.press(".");
    t.press("Enter");
    t.wait_for("the list", |shown| shown.lines().next_back().is_some_and(|line| line.contains("10/10")));
    assert!(report(&office).contains("差异 1 项"));
}

#[test]
fn a_dropped_line_goes_on_where_it_was() {
    let office = ten_things();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], WARDEN, "> ");
    t.types("qd", behind);
    t.press("Enter");
    for at in 1..=4 {
        asked(&mut t, at, 10);
        t.press("Enter");
    }
    asked(&mut t, 5, 10);
    let (waiting, _) = t.at_cursor();
    drop(t);
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], WARDEN, "> ");
    t.types("qd", behind);
    t.press("Enter");
    asked(&mut t, 5, 10);
    assert_eq!(t.at_cursor().0, waiting);
}
