//! Every end: quitting, a dropped line, a kill in the middle of a word; and the change of faces, which is none.

use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::office::Office;
use super::terminal::Terminal;

fn kill(terminal: &Terminal, signal: Signal) {
    let id = terminal.child.process_id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
    kill_process(id.unwrap(), signal).unwrap();
}

fn nothing(_: &Terminal, _: &str) {}

#[test]
fn quitting_gives_the_terminal_back() {
    for face in ["screen", "lines"] {
        let office = Office::new();
        let until = if face == "screen" { "?按键" } else { "> " };
        let mut t = Terminal::start(&office, (80, 24), &["--face", face], &[], until);
        match face {
            "screen" => t.press("q"),
            _ => t.send("quit\r"),
        }
        assert!(t.ended().success() && t.is_restored(), "{face}\n{}", t.shown());
    }
}

#[test]
fn a_dropped_line_gives_the_terminal_back_and_keeps_what_was_typed() {
    for (face, signal) in
        [("screen", Signal::HUP), ("screen", Signal::TERM), ("lines", Signal::HUP), ("lines", Signal::TERM)]
    {
        let office = Office::new();
        let until = if face == "screen" { "?按键" } else { "> " };
        let mut t = Terminal::start(&office, (80, 24), &["--face", face], &[], until);
        match face {
            "screen" => t.press("n"),
            _ => t.send("xaj\r"),
        }
        t.wait_for("the form", |shown| shown.contains("> 服务对象") || shown.contains("服务对象> "));
        t.types("沈示航", nothing);
        kill(&t, signal);
        t.ended();
        assert!(t.is_restored(), "{face} {signal:?}\n{}", t.shown());
        let mut again = Terminal::screen(&office, (80, 24));
        assert!(again.shown().contains("沈示航"), "{face} {signal:?}\n{}", again.shown());
        again.press("Enter");
        again.wait("> 服务对象");
        assert!(again.at_cursor().1.contains("沈示航"), "{}", again.shown());
    }
}

#[test]
fn a_kill_in_the_middle_of_a_word_loses_no_letter() {
    for face in ["screen", "lines"] {
        let office = Office::new();
        let until = if face == "screen" { "?按键" } else { "> " };
        let mut t = Terminal::start(&office, (80, 24), &["--face", face], &[], until);
        match face {
            "screen" => t.press("p"),
            _ => t.send("dhdj\r"),
        }
        t.wait_for("the form", |shown| shown.contains("> 服务对象") || shown.contains("服务对象> "));
        t.send("33052119460317960613\r");
        t.wait("内容");
        t.types("盲道被占", nothing);
        kill(&t, Signal::KILL);
        t.ended();
        let mut again = Terminal::screen(&office, (80, 24));
        assert!(again.shown().contains("电话登记"), "{face}\n{}", again.shown());
        again.press("Enter");
        again.wait("盲道被占");
        assert!(again.at_cursor().1.ends_with("盲道被占"), "{face}\n{}", again.shown());
        again.types("用", nothing);
        again.press("Enter");
        again.press("Enter");
        again.wait("SL-2026-0021");
        assert!(office.batch(&["show", "SL-2026-0021"]).contains("盲道被占用"));
    }
}

#[test]
fn the_other_face_takes_over_in_the_middle_of_a_word() {
    let office = Office::new();
    let mut t = Terminal::screen(&office, (80, 24));
    t.press("n");
    t.wait_for("the form", |shown| shown.contains("> 服务对象") || shown.contains("服务对象> "));
    t.types("沈示", nothing);
    t.press("F2");
    t.wait("服务对象 [沈示]>");
    t.types("沈示航", nothing);
    t.press("F2");
    t.wait("F2行模式");
    let (line, before) = t.at_cursor();
    assert!(before.contains("服务对象") && before.ends_with("沈示航"), "{line}\n{}", t.shown());
    t.press("F2");
    t.wait("服务对象 [沈示航]>");
    t.press("F2");
    t.press("Esc");
    t.press("q");
    assert!(t.ended().success() && t.is_restored());
}

#[test]
fn an_idle_desk_writes_nothing() {
    for face in ["screen", "lines"] {
        let office = Office::new();
        let until = if face == "screen" { "?按键" } else { "> " };
        // The clock runs on: a page that repaints by the minute or the second would be seen.
        let mut t = Terminal::start(&office, (80, 24), &["--face", face], &[("LIANBAN_NOW", "")], until);
        t.settle(Duration::from_millis(300), Duration::from_millis(300));
        assert_eq!(t.settle(Duration::from_secs(3), Duration::from_millis(100)), 0, "{face}");
    }
}
