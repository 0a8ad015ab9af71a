//! Lists, records, questions, words.

use insta::assert_snapshot;
use lianban::desk::view::{Question, Tone};
use lianban::desk::{Intent, Move};
use lianban::values::lang::Lang;

use super::super::super::Exit;
use super::sample::{cases, notice, record, searches, steps};
use super::{talk, talk_in};

#[test]
fn a_list_is_walked_read_and_opened() {
    let lines = ["", "n", "3", "r", "p", "o"];
    let talked = talk(cases(17), Box::new(steps), &lines);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/17 案件0001 肢协>
    2/17 案件0002 肢协> n
    3/17 案件0003 肢协> 3
    3/17 案件0003 肢协> r
    #SL-2026-0003
    案件：案件0003
    协会：肢协
    内容：轮椅维修
    期限：3-02
    3/17 案件0003 肢协> p
    2/17 案件0002 肢协> o
    2/17 案件0002 肢协> ^D
    ");
    assert_eq!(talked.heard.last(), Some(&Intent::Open));
    assert_eq!(talked.exit, Exit::Quit);
}

#[test]
fn a_long_list_stops_after_ten_and_goes_on_with_enter() {
    let talked = talk(cases(23), Box::new(steps), &["l", "", "", ""]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/23 案件0001 肢协> l
    1 案件0001 肢协 轮椅维修
    2 案件0002 肢协 轮椅维修
    3 案件0003 肢协 轮椅维修
    4 案件0004 肢协 轮椅维修
    5 案件0005 肢协 轮椅维修
    6 案件0006 肢协 轮椅维修
    7 案件0007 肢协 轮椅维修
    8 案件0008 肢协 轮椅维修
    9 案件0009 肢协 轮椅维修
    10 案件0010 肢协 轮椅维修
    还有 13 条，回车继续
    1/23 案件0001 肢协>
    11 案件0011 肢协 轮椅维修
    12 案件0012 肢协 轮椅维修
    13 案件0013 肢协 轮椅维修
    14 案件0014 肢协 轮椅维修
    15 案件0015 肢协 轮椅维修
    16 案件0016 肢协 轮椅维修
    17 案件0017 肢协 轮椅维修
    18 案件0018 肢协 轮椅维修
    19 案件0019 肢协 轮椅维修
    20 案件0020 肢协 轮椅维修
    还有 3 条，回车继续
    1/23 案件0001 肢协>
    21 案件0021 肢协 轮椅维修
    22 案件0022 肢协 轮椅维修
    23 案件0023 肢协 轮椅维修
    1/23 案件0001 肢协>
    2/23 案件0002 肢协> ^D
    ");
}

#[test]
fn an_empty_list_says_why_and_what_to_do() {
    let talked = talk(cases(0), Box::new(steps), &["", "5"]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    案件 0 项
    没有案件。新案件 登记一件
    h 帮助
    案件>
    没有案件。新案件 登记一件
    案件> 5
    动作 1-2，act 念一遍
    案件> ^D
    ");
}

#[test]
fn a_record_says_its_state_and_reads_one_fact_a_line() {
    let talked = talk(record(), Box::new(|_, _| {}), &["r", "act", "1", "+已打电话"]);
    assert_snapshot!(talked.shown, @r"
    待接办 盲协 3-19 周四
    回车 读 act 动作 b 返回 h 帮助
    案件0041> r
    状态：待接办
    协会：盲协
    期限：3-19 周四
    备注：无
    案件0041> act
    1 接办
    2 记事
    案件0041> 1
    案件0041> +已打电话
    案件0041> ^D
    ");
    let acts = ["cases.accept", "cases.note"].map(|a| Intent::Act(a.into()));
    assert_eq!(talked.heard, acts);
}

#[test]
fn words_are_understood_in_several_ways_and_refusals_say_why() {
    let lines = ["转办", "转", "2", "transfer", "渠", "逾期", "ｗ", "again", "２", "screen"];
    let talked = talk(cases(3), Box::new(steps), &lines);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/3 案件0001 肢协> 转办
    转办不行：已转给肢协
    1/3 案件0001 肢协> 转
    1 转办
    2 转介
    哪一个 1-2> 2
    1/3 案件0001 肢协> transfer
    1/3 案件0001 肢协> 渠
    没有 渠 这个动作。h 帮助
    1/3 案件0001 肢协> 逾期
    1/3 案件0001 肢协> ｗ
    3-04 周三 09:30 曾示平
    1/3 案件0001 肢协> again
    3-04 周三 09:30 曾示平
    1/3 案件0001 肢协> ２
    2/3 案件0002 肢协> screen
    ");
    assert_eq!(talked.exit, Exit::Switch);
    assert!(talked.heard.contains(&Intent::GoTo("cases.overdue".into())));
}

#[test]
fn signs_lead_to_filter_quick_entry_commands_and_records() {
    let talked =
        talk(cases(3), Box::new(|_, _| {}), &["／轮椅", "；订 多功能厅", "：转办", "＃0041", "//示航"]);
    let expected = [
        Intent::Filter("轮椅".into()),
        Intent::Quick("订 多功能厅".into()),
        Intent::Command("转办".into()),
        Intent::Jump("0041".into()),
        Intent::Search("示航".into()),
    ];
    assert_eq!(talked.heard, expected);
}

#[test]
fn a_question_states_the_effect_and_its_default() {
    let mut view = cases(2);
    view.question = Some(Question { text: "作废案件0041".into(), default_yes: false });
    let answered = |view: &mut lianban::desk::View, intent: &Intent| {
        if let Intent::Answer(yes) = intent {
            view.question = None;
            view.notice = Some(notice(Tone::Info, if *yes { "已作废" } else { "没有作废" }, ""));
        }
    };
    let talked = talk(view, Box::new(answered), &["大概", ""]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    作废案件0041 [否]> 大概
    请答 是 或 否 (y/n)
    作废案件0041 [否]>
    没有作废
    1/2 案件0001 肢协> ^D
    ");
    assert_eq!(talked.heard, [Intent::Answer(false)]);
}

#[test]
fn the_same_refusal_is_said_again_and_an_old_message_is_not() {
    let refuse = |view: &mut lianban::desk::View, intent: &Intent| match intent {
        Intent::Act(_) => view.notice = Some(notice(Tone::Refused, "没有权限", "请秘书处办理")),
        other => steps(view, other),
    };
    let talked = talk(cases(5), Box::new(refuse), &["新案件", "新案件", "n", "\u{fffd}", "last"]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/5 案件0001 肢协> 新案件
    没有权限 请秘书处办理
    1/5 案件0001 肢协> 新案件
    没有权限 请秘书处办理
    1/5 案件0001 肢协> n
    2/5 案件0002 肢协> �
    有字没有收全，请补上
    2/5 案件0002 肢协> last
    没有权限 请秘书处办理
    2/5 案件0002 肢协> ^D
    ");
    assert!(!talked.heard.contains(&Intent::Move(Move::Last)));
}

#[test]
fn english_is_whole() {
    let talked = talk_in(Lang::En, record(), Box::new(|_, _| {}), &["read", "act", "help", "xyz", "quit"]);
    assert_snapshot!(talked.shown, @r"
    待接办 盲协 3-19 周四
    Enter reads, act actions, b back, h help
    案件0041> read
    状态: 待接办
    协会: 盲协
    期限: 3-19 周四
    备注: none
    案件0041> act
    1 接办
    2 记事
    案件0041> help
    n next, p previous, a number goes there
    o opens, b back, r reads, l reads ten
    act reads the actions to pick from
    /text filters, //text searches, #ref jumps
    ;line quick entry, +text makes a note
    in a form < back, . save, ? about, - empties
    in a form: a field's name, then its text
    in a form: a blank first, kept as it stands
    where F5, again F11, last F12, undo, redo, lock, manual
    screen changes the face, quit leaves
    案件0041> xyz
    no action xyz. h for help
    案件0041> quit
    ");
}

#[test]
fn search_reads_what_was_found_and_searches_again() {
    let talked = talk(cases(3), Box::new(searches), &["//没有", "示航", "n", "o"]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    h 帮助
    1/3 案件0001 肢协> //没有
    没找到。可以少打几个字
    查找 [没有]> 示航
    1/2 案件0001 肢协> n
    2/2 案件0002 肢协> o
    2/2 案件0002 肢协> ^D
    ");
    assert_eq!(talked.heard.last(), Some(&Intent::Open));
}
