//! Everything a view holds can be had in lines: by reading on paper, and by typing the words that fetch it.

use lianban::desk::Locale;
use lianban::desk::view::{Bar, Chart, Part, Question, Text, Tone};
use lianban::values::lang::Lang;

use super::super::reading::readable_text;
use super::ledgers::book;
use super::sample::{cases, fills, notice, record, register};
use super::talk;
use crate::faces::screen::tests::samples;

fn text(heading: &str, line: &str) -> Part {
    Part::Text(Text { heading: heading.into(), lines: vec![line.into()] })
}

#[test]
fn every_value_action_and_reason_is_readable() {
    let t = Locale::new(Lang::Zh);
    let mut view = cases(2);
    view.banner = "演示".into();
    view.parts.push(text("说明", "先转办后接办"));
    view.parts.push(Part::Chart(Chart {
        heading: "本月".into(),
        unit: "件".into(),
        bars: vec![Bar { label: "盲协".into(), series: String::new(), shown: "3".into(), value: 3 }],
        sentence: String::new(),
    }));
    view.question = Some(Question { text: "作废吗".into(), default_yes: false });
    view.notice = Some(notice(Tone::Refused, "没有权限", "请秘书处办理"));
    let read = readable_text(&view, &t);
    for piece in [
        "演示",
        "3-04 周三",
        "曾示平",
        "没有权限",
        "请秘书处办理",
        "案件0002",
        "轮椅维修",
        "#SL-2026-0002",
        "先转办后接办",
        "本月",
        "盲协 3件",
        "作废吗",
        "新案件",
        "已转给肢协",
        "逾期",
        "今日",
    ] {
        assert!(read.contains(piece), "{piece} in\n{read}");
    }
    let mut form = register();
    fills(&mut form, &lianban::desk::Intent::Edit("33052119850612981611".into()));
    let read = readable_text(&form, &t);
    for piece in ["33052119850612981611", "视力一级", "扫描残疾人证", "1 窗口", "2 电话", "登记", "[窗口]"]
    {
        assert!(read.contains(piece), "{piece} in\n{read}");
    }
}

#[test]
fn the_words_fetch_what_is_readable() {
    let t = Locale::new(Lang::Zh);
    for (view, words) in [
        (cases(4), vec!["r", "act", "", "转办", "pages", "all", "where"]),
        (record(), vec!["r", "act", "where"]),
        (samples::months(), vec!["r", "act", "pages", "where"]),
        (book(), vec!["r", "act", "pages", "all", "where"]),
    ] {
        let read = readable_text(&view, &t);
        let mut words = words;
        // A row is read where the finger is.
        let rows = view.list().map_or(0, |l| l.total);
        words.extend(std::iter::repeat_n(["n", "r"], rows.saturating_sub(1)).flatten());
        let talked = talk(view, Box::new(super::sample::steps), &words);
        for line in read.lines() {
            let found = talked.shown.lines().any(|l| l.contains(line));
            assert!(found, "{line} in\n{}", talked.shown);
        }
    }
}
