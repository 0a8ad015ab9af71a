//! Two programs at one file: what one writes stands on the other's page within about a second, without a key.

use std::time::{Duration, Instant};

use super::office::Office;
use super::terminal::Terminal;

#[test]
fn a_colleagues_case_appears_by_itself() {
    let office = Office::new();
    let mut mine = Terminal::screen(&office, (80, 24));
    mine.press("2");
    mine.wait("[案件]");
    mine.press("Down");
    let (row, before) = mine.at_cursor();
    assert_eq!(before.trim(), ">");
    let start = Instant::now();
    office.batch(&["do", "诉 33052119460317960613 盲道被占用 !+1", "--yes"]);
    mine.wait_for("the new case", |shown| shown.contains("0021"));
    // A slow machine is given time; the program looks once a second.
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_eq!(
        mine.at_cursor().0.trim_end(),
        row.trim_end(),
        "the finger stays on its record\n{}",
        mine.shown()
    );
}

#[test]
fn two_desks_see_each_other() {
    let office = Office::new();
    let mut mine = Terminal::screen(&office, (80, 24));
    mine.press("2");
    let mut other = Terminal::lines(&office);
    other.send("dhdj 33052119460317960613\r");
    other.wait("内容>");
    other.send("盲道被占用\r");
    other.send("\r");
    other.wait("案件0021 ");
    mine.wait("0021");
    assert!(!office.batch(&["list", "cases", "--where", "盲道被占用"]).is_empty());
}
