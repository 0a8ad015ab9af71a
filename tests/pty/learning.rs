//! The lessons, done to the last one by someone who knows the desk, key by key in both faces: each counts as many keys as
//! were pressed, and none more than an old hand needs.

use super::office::Office;
use super::terminal::Terminal;

const CARD: &str = "33052119460317960613";

/// What is typed in each lesson, on the screen and in lines; `\r` is Enter. A lesson begins with Enter on its row.
const LESSONS: [(&str, &str); 12] = [
    ("\u{1b}[B|\u{1b}[B|\r", "n\r|n\r|o\r"),
    ("w", "w\r"),
    ("\u{1b}OR|ssa|\r", "//ssa\r|o\r"),
    ("p|CARD|\r|盲道被电动车占着|\r|\r", "dhdj\r|CARD\r|盲道被电动车占着\r|\r"),
    ("n|ynq|\r|出门要轮椅和盲杖|\r|13|\r", "xaj\r|ynq\r|出门要轮椅和盲杖\r|13\r"),
    ("#|0012|\r|+|已致电社区 !w5|\r", "#0012\r|+已致电社区 !w5\r|\r"),
    ("u", "u\r"),
    ("3|f|w3 2h d|\r", "ckd\r|w3 2h d\r|\r"),
    ("3|a|n3 15-17 d b 盲文班|\r|\r", "dcd\r|n3 15-17 d b 盲文班\r|\r"),
    ("3|a|0422 9-11 d b 朗读班 *8|\r|\r", "dcd\r|0422 9-11 d b 朗读班 *8\r|\r"),
    ("o|600.03 sd g|\r|\r", "jzc\r|600.03 sd g\r|\r"),
    ("6|i|30000 b zx|\r|\r", "jsr\r|30000 b zx\r|\r"),
];

fn course(face: &str) {
    let office = Office::new();
    let settings = [("ACCESSIBLE", "1")];
    let mut t = Terminal::start(&office, (80, 24), &["learn", "--face", face], &settings, "第1课");
    for (at, (screen, lines)) in LESSONS.into_iter().enumerate() {
        let number = at + 1;
        // Enter alone is a step on in lines, where a row is opened by its word.
        t.send(if face == "screen" { "\r" } else { "o\r" });
        t.wait_for("the task", |shown| {
            shown.contains(&format!("第{number}课 ")) && !shown.contains("熟手 3 键\n> 第")
        });
        for keys in if face == "screen" { screen } else { lines }.split('|') {
            t.send(&keys.replace("CARD", CARD));
        }
        match number == LESSONS.len() {
            true => t.wait("课全做到了"),
            false => t.wait_for("the lesson's end", |shown| {
                let plain: String = shown.chars().filter(|c| !c.is_whitespace()).collect();
                plain.contains(&format!("第{number}课用了"))
            }),
        }
    }
}

#[test]
fn all_lessons_on_the_screen() {
    course("screen");
}

#[test]
fn all_lessons_in_lines() {
    course("lines");
}
