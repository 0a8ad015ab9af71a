//! The standard tasks of who lends things out, key by key in both faces, within the keys they may cost; and a scanner, which is
//! a keyboard whose hand is faster.

use super::office::Office;
use super::terminal::Terminal;

/// General affairs of the sample.
const WARDEN: &[(&str, &str)] = &[("LIANBAN_OPERATOR", "单样乐")];
/// Keys that lending a wheelchair of one association to another until Friday may cost.
const LEND: usize = 10;
/// Taking it back, with its tag in sight: the tag, the check, done.
const RETURN: usize = 13;
/// What the lines face may cost more.
const MORE: usize = 4;

/// In a field: the cursor stands behind what was typed.
fn behind(terminal: &Terminal, typed: &str) {
    let (line, before) = terminal.at_cursor();
    let tail: String = typed.chars().rev().take(5).collect::<Vec<_>>().into_iter().rev().collect();
    assert!(
        before.trim_end().ends_with(tail.trim_end()),
        "cursor in {line:?} after {typed:?}\n{}",
        terminal.shown()
    );
}

fn lent(office: &Office, no: &str) {
    let shown = office.batch(&["show", no]);
    for piece in ["普通轮椅 ZC-PD-024", "聋协", "已领用", "肢协"] {
        assert!(shown.contains(piece), "{piece} in\n{shown}");
    }
    let card = office.batch(&["show", "ZC-PD-024"]);
    assert!(card.contains("借出 聋协") && card.contains("肢协"), "lent, and still whose it was\n{card}");
}

#[test]
fn a_wheelchair_is_lent_until_friday_on_the_screen() {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], WARDEN, "?按键");
    t.press("4");
    t.wait("[资产]");
    t.pressed = 0;
    t.press("l");
    t.wait_at("一行");
    t.types("24 d w5", behind);
    t.wait("普通轮椅 ZC-PD-024 肢协");
    t.press("Enter");
    t.wait_at("谁来拿");
    t.press("Enter");
    t.wait("ZS-2026-016 普通轮椅 ZC-PD-024 借给聋协 到3-06");
    assert!(t.pressed <= LEND, "{} keys", t.pressed);
    lent(&office, "ZS-2026-016");
}

#[test]
fn a_wheelchair_is_lent_until_friday_in_lines() {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], WARDEN, "> ");
    t.types("j", behind);
    t.press("Enter");
    t.wait_at("一行>");
    t.types("24 d w5", behind);
    t.press("Enter");
    t.wait_at("谁来拿>");
    assert!(t.shown().contains("普通轮椅 ZC-PD-024 肢协"), "whose it is, is read back\n{}", t.shown());
    t.press("Enter");
    t.wait("ZS-2026-016 普通轮椅 ZC-PD-024 借给聋协");
    assert!(t.pressed <= LEND + MORE, "{} keys", t.pressed);
    lent(&office, "ZS-2026-016");
}

#[test]
fn the_best_of_a_kind_goes_out_on_the_screen() {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], WARDEN, "?按键");
    t.press("4");
    t.wait("[资产]");
    t.press("l");
    t.wait_at("一行");
    t.types("轮椅 d w5", behind);
    t.press("Enter");
    t.wait_at("借哪件");
    t.press("Enter");
    t.wait_at("谁来拿");
    t.press("Enter");
    t.wait("借给聋协 到3-06");
}

#[test]
fn a_scanned_tag_opens_the_asset_wherever_the_finger_is_on_the_screen() {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], WARDEN, "?按键");
    // Not on the assets' tab, and every letter of it is a key of something.
    t.press("2");
    t.wait("[案件]");
    t.send("ZC-BL-009\r");
    t.wait("语音血压计");
    t.wait("借出 智协");
    t.pressed = 0;
    t.press("r");
    t.wait_at("检查");
    t.press("Enter");
    t.wait("ZC-BL-009 语音血压计 已归还");
    t.send("ZC-XX-999\r");
    t.wait("ZC-XX-999");
    assert!(t.shown().contains("没有"), "{}", t.shown());
}

#[test]
fn a_scanned_tag_opens_the_asset_in_lines() {
    let office = Office::new();
    let card = ["act", "ZC-BL-009", "amend", "tag=6901234567892", "--yes", "--as", "单样乐"];
    office.batch(&card);
    let mut t = Terminal::start(&office, (80, 24), &["--face", "lines"], WARDEN, "> ");
    t.send("6901234567892\r");
    t.wait("语音血压");
    t.pressed = 9;
    t.types("归还", behind);
    t.press("Enter");
    t.wait_at("检查");
    t.press("Enter");
    t.wait("ZC-BL-009 语音血压计 已归还");
    assert!(t.pressed <= 9 + RETURN, "{} keys", t.pressed);
    assert!(office.batch(&["show", "ZS-2026-001"]).contains("完好"));
}

#[test]
fn a_line_lends_it_from_the_command_line_too() {
    let office = Office::new();
    let act = ["act", "ZC-PD-024", "amend", "tag=轮椅03", "--yes", "--as", "单样乐"];
    office.batch(&act);
    let said = office.batch(&["do", "借 轮椅03 聋协 周五还", "--as", "单样乐"]);
    assert!(said.contains("普通轮椅 ZC-PD-024"), "read back, nothing written\n{said}");
    office.batch(&["do", "l 轮椅03 d w5", "--yes", "--as", "单样乐"]);
    lent(&office, "ZS-2026-016");
}
