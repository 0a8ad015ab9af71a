//! Chinese text being typed, in both faces, on terminals of every kind: put in, taken out, gone through glyph by glyph,
//! pasted, with the input method left on, with bytes broken off. Nothing is lost and nothing is left on the screen.

use super::office::Office;
use super::terminal::Terminal;

const LEFT: &str = "\u{1b}[D";
const BACK: &str = "\u{7f}";
const HOME: &str = "\u{1b}[H";
const DELETE: &str = "\u{1b}[3~";
const CARD: &str = "33052119460317960613";

/// The field for what the matter is, of a call that is being taken.
fn content(office: &Office, face: &str, settings: &[(&str, &str)]) -> Terminal {
    let mut t = Terminal::start(office, (80, 24), &["--face", face], settings, "曾示平");
    t.send(if face == "screen" { "p" } else { "dhdj\r" });
    t.wait_at("服务对象");
    t.send(CARD);
    t.send("\r");
    t.wait_at("内容");
    t
}

/// Saves the call and gives back what was kept of the matter.
fn kept(office: &Office, mut t: Terminal) -> String {
    t.send("\r");
    t.wait_at("分流");
    t.send("\r");
    t.wait("SL-2026-0021");
    office.batch(&["show", "SL-2026-0021"])
}

/// What stands on the cursor's line, without what the page says beside the field.
fn typed(t: &Terminal) -> String {
    let (line, before) = t.at_cursor();
    let rest: String = line.chars().skip(before.chars().count()).take_while(|c| *c != ' ').collect();
    before.rsplit(' ').next().unwrap_or_default().to_owned() + &rest
}

#[test]
fn chinese_is_edited_whole_in_both_faces() {
    for (face, settings) in [
        ("screen", &[("TERM", "xterm-256color")]),
        ("screen", &[("TERM", "linux")]),
        ("lines", &[("TERM", "xterm-256color")]),
        ("lines", &[("TERM", "dumb")]),
    ] {
        let office = Office::new();
        let mut t = content(&office, face, settings);
        for keys in ["盲道被汽车占", LEFT, LEFT, LEFT, BACK, "轿", LEFT, DELETE, "大客", HOME, "东街", BACK]
        {
            t.send(keys);
        }
        assert_eq!(typed(&t), "东盲道大客汽车占", "{face} {settings:?}\n{}", t.shown());
        let kept = kept(&office, t);
        assert!(kept.contains("东盲道大客汽车占"), "{face} {settings:?}: {kept}");
    }
}

#[test]
fn a_pasted_page_is_one_text_in_both_faces() {
    let page = "第一行：盲道\r\n第二行：被占用\r\r第四行，完";
    for face in ["screen", "lines"] {
        let office = Office::new();
        let mut t = content(&office, face, &[]);
        t.send(&format!("\u{1b}[200~{page}\r\u{1b}[201~"));
        assert!(t.at_cursor().0.contains('完') || t.shown().contains('完'), "{face}\n{}", t.shown());
        let kept = kept(&office, t);
        for line in ["第一行：盲道", "第二行：被占用", "第四行，完"] {
            assert!(kept.contains(line), "{face}: {line} in {kept}");
        }
    }
}

#[test]
fn the_input_method_may_be_left_on() {
    let office = Office::new();
    let mut t = Terminal::lines(&office);
    t.send("２\r");
    t.wait_at("2/");
    t.send("＃００１２\r");
    t.wait_at("案件0012");
    let mut t = Terminal::screen(&office, (80, 24));
    t.send("２");
    t.wait("[案件]");
    t.send("：");
    t.send("today\r");
    t.wait("[今日]");
    t.send("？");
    t.wait("这一页的键");
}

#[test]
fn broken_bytes_lose_nothing_that_came_whole() {
    for face in ["screen", "lines"] {
        let office = Office::new();
        let mut t = content(&office, face, &[]);
        t.send("盲道被占");
        t.send_bytes(b"\xe4\xb8");
        if face == "lines" {
            t.send("\r");
            t.wait("请补上");
        }
        assert_eq!(typed(&t), "盲道被占", "{face}\n{}", t.shown());
        t.send("用");
        // On the screen the sign right behind the broken one may have gone with it; that is to be seen.
        if face == "screen" && typed(&t) == "盲道被占" {
            t.send("用");
        }
        assert_eq!(typed(&t), "盲道被占用", "{face}\n{}", t.shown());
        let kept = kept(&office, t);
        assert!(kept.contains("盲道被占用"), "{face}: {kept}");
    }
}

#[test]
fn lines_are_only_added() {
    let office = Office::new();
    let mut t = Terminal::lines(&office);
    for keys in ["n\r", "o\r", "r\r", "b\r", "盲道", BACK, LEFT, "人", "\u{15}", ":cases\r", "l\r"] {
        t.send(keys);
    }
    let written = String::from_utf8_lossy(&t.written).into_owned();
    for sequence in written.split("\u{1b}[").skip(1) {
        let last = sequence.find(|c: char| c.is_ascii_alphabetic()).and_then(|at| sequence.get(..=at));
        assert_eq!(last, Some("?2004h"), "{written:?}");
    }
}
