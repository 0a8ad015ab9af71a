//! Any lines in any order, on the sample office: nothing panics, nothing a terminal would obey is said, and the talk
//! always comes to its end.

use std::cell::RefCell;

use lianban::office::practice;
use lianban::values::lang::Lang;
use proptest::prelude::*;

use super::super::super::Exit;
use super::super::Options;
use super::super::session::{Office, Session, Shared};
use super::Script;

fn lines() -> impl Strategy<Value = String> {
    let known = [
        "",
        "n",
        "p",
        "o",
        "b",
        "h",
        "r",
        "1",
        "2",
        "3",
        "13",
        "99",
        "where",
        "again",
        "more",
        "act",
        "pages",
        "all",
        "<",
        ".",
        "?",
        "-",
        "是",
        "否",
        "案件",
        "服务对象",
        "今日",
        "更多",
        "新案件",
        "dhdj",
        "xaj",
        "接办",
        "分流",
        "归档",
        "记一笔",
        "ynq",
        "33052119460317960613",
        "盲道被占用",
        "+已致电社区 !w5",
        "/盲",
        "//姚",
        "#SL-2026-0014",
        ":案件",
        ";诉 ynq 轮椅坏了 !w5",
        "锁",
        "lock",
        "undo",
        "redo",
        "标记",
        "settings",
        "\u{3}",
        "\u{fffd}",
        "\u{1b}[2J",
        "\u{202e}x",
        "沈示航",
        "电话 13000000001",
        "内容",
        "w5",
        "{ $x }",
    ];
    prop_oneof![6 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => "[^\n\r]{0,30}"]
}

#[test]
fn no_lines_break_the_talk() {
    let runs = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(runs, |(typed in proptest::collection::vec(lines(), 20..60))| {
        let mut desk = practice(Lang::Zh).unwrap();
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        let mut script = Script { lines: typed.iter(), shown: String::new(), prompts: Vec::new() };
        let exit = {
            let office: &mut dyn Office = &mut desk;
            let shared: Shared<'_> = RefCell::new(office);
            Session::new(&shared, &mut script, &Options::default()).run("").unwrap()
        };
        prop_assert!(matches!(exit, Exit::Quit | Exit::Switch), "{:?}", exit);
        for prompt in &script.prompts {
            prop_assert!(!prompt.chars().any(char::is_control) && !prompt.is_empty(), "{:?}", prompt);
        }
    });
}
