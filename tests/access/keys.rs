//! What one key says, in the middle of anything: where one is, what was last said, what was just said. The display shows
//! it: on the screen at once, in lines one line above the prompt.

use super::follow::count;
use super::office::Office;
use super::terminal::Terminal;

/// Characters said on coming in.
const START: usize = 60;

const WHERE: &str = "\u{1b}[15~";
const LAST: &str = "\u{1b}[24~";
const AGAIN: &str = "\u{1b}[23~";

#[test]
fn coming_in_says_little() {
    for operator in ["曾示平", "仇拟文", "解样和"] {
        let office = Office::new();
        let t =
            Terminal::start(&office, (80, 24), &["--face", "lines"], &[("LIANBAN_OPERATOR", operator)], "> ");
        let said = count(&t.follower.step.yasr);
        assert!(said <= START, "{operator}: {said} {:?}", t.follower.step.yasr);
    }
}

#[test]
fn chinese_reaches_the_voice_as_words() {
    for face in ["lines", "screen"] {
        let office = Office::new();
        let mut t = Terminal::start(&office, (80, 24), &["--face", face], &[("ACCESSIBLE", "1")], "曾示平");
        t.send(if face == "lines" { "r\r" } else { "\r" });
        let Some(followed) = t.follower.follows().then(|| t.follower.step.yasr.clone()) else { return };
        assert!(!followed.is_empty(), "{face}: nothing was said");
        let han = |text: &&String| text.chars().any(|c| c >= '\u{3400}');
        let alone = followed.iter().filter(han).filter(|text| text.trim().chars().count() == 1);
        assert_eq!(alone.count(), 0, "{face}: characters were said one by one: {followed:?}");
        let longest = followed.iter().map(|text| text.chars().filter(|c| *c >= '\u{3400}').count()).max();
        assert!(longest > Some(5), "{face}: {followed:?}");
    }
}

#[test]
fn one_key_says_where_one_is_what_was_said_and_the_last_message_in_lines() {
    let office = Office::new();
    let mut t = Terminal::lines(&office);
    t.send("n\r");
    t.send("已");
    t.send(WHERE);
    t.wait_at("2/");
    assert!(t.at_cursor().1.ends_with("已"), "what was typed stands there again: {}", t.shown());
    if !t.follower.follows() {
        return;
    }
    let above = t.follower.press("LnUp");
    assert!(above.contains("今日") && above.contains("2/"), "{above:?}");
    t.send("\u{7f}");
    t.send("#0012\r");
    t.send("+已致电社区 !w5\r");
    t.send("\r");
    t.wait("已记");
    t.send(LAST);
    t.wait_at("案件0012");
    let above = t.follower.press("LnUp");
    assert!(above.contains("已记"), "{above:?}");
    t.send(AGAIN);
    let above = t.follower.press("LnUp");
    assert!(above.contains("已记"), "{above:?}");
}

#[test]
fn one_key_says_where_one_is_and_the_last_message_on_the_screen() {
    let office = Office::new();
    let mut t = Terminal::start(&office, (80, 24), &["--face", "screen"], &[("ACCESSIBLE", "1")], "?按键");
    t.send("\u{1b}[B");
    t.send(WHERE);
    if !t.follower.follows() {
        return;
    }
    let window = t.follower.step.window.clone();
    assert!(window.contains("今日") && window.contains("2/"), "{window:?}");
    t.send("\u{1b}[B");
    assert!(t.follower.step.window.starts_with('>'), "the finger is back in the list: {:?}", t.follower.step);
    for keys in ["#", "0012", "\r", "+"] {
        t.send(keys);
    }
    t.send("已致电社区 !w5");
    t.send("\r");
    t.wait("已记");
    t.send(LAST);
    let window = t.follower.step.window.clone();
    assert!(window.contains("已记"), "{window:?}");
}

#[test]
fn large_print_shows_the_finger_and_a_reader_that_passes_no_size_on_changes_nothing() {
    let office = Office::new();
    let mut t = Terminal::start(&office, (40, 12), &["--face", "screen"], &[("ACCESSIBLE", "1")], "行模式");
    let first = t.at_cursor().0;
    t.press("Down");
    let (line, before) = t.at_cursor();
    assert!(before.trim() == ">" && line != first, "{line:?}");
    t.resize((80, 24));
    t.press("Up");
    assert_eq!(t.at_cursor().0, first, "{}", t.shown());
}

#[test]
fn leaving_gives_the_terminal_back_to_whoever_reads_it() {
    for face in ["lines", "screen"] {
        let office = Office::new();
        let mut t = Terminal::start(&office, (80, 24), &["--face", face], &[("TERM", "linux")], "曾示平");
        t.follower.strict = false;
        t.send(if face == "lines" { "quit\r" } else { "q" });
        assert!(t.ended().success() && t.is_restored(), "{face}\n{}", t.shown());
    }
}
