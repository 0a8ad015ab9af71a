//! A calendar in lines: its list twin, one thing a line in order of time, free stretches last; turning by word and by date.

use insta::assert_snapshot;
use lianban::desk::view::Part;
use lianban::desk::{Intent, Move, Turn, View};

use super::talk;
use crate::faces::screen::tests::schedules;

/// Walks the twin as the desk does, and shows another day when it is turned.
fn walks(view: &mut View, intent: &Intent) {
    let Some(Part::Schedule(grid)) = view.parts.first_mut() else { return };
    let last = grid.list.total - 1;
    let at = grid.list.cursor.unwrap_or(0);
    match intent {
        Intent::Move(Move::Next) => grid.list.cursor = Some((at + 1).min(last)),
        Intent::Move(Move::Previous) => grid.list.cursor = Some(at.saturating_sub(1)),
        Intent::Move(Move::To(rank)) => grid.list.cursor = Some((rank - 1).min(last)),
        Intent::Turn(_) | Intent::Command(_) => {
            grid.heading = "3月19日 周四".into();
            grid.list.heading.clone_from(&grid.heading);
            grid.notes.clear();
        }
        _ => {}
    }
}

fn day() -> View {
    let mut view = schedules::day();
    if let Some(Part::Schedule(grid)) = view.parts.first_mut() {
        grid.list.cursor = Some(0);
    }
    view
}

#[test]
fn a_day_is_read_in_order_of_time() {
    let talked = talk(day(), Box::new(walks), &["l", "", "13", "n", "r", "n", "n", "]"]);
    assert_snapshot!(talked.shown, @r"
    3-04 周三 曾示平
    已登记 案件0040 窗口 待分流 (09:28)
    h 帮助
    1/20 08:30 服务窗口> l
    1 08:30 服务窗口1 盲值班
    2 08:30 第二活动室 智手工
    3 08:30 会议室 联例会
    4 08:30 盲协工位 盲
    5 13:30 服务窗口1 智值班
    6 13:30 第一活动室 肢康复
    7 13:30 多功能厅 聋手语
    8 13:30 盲协工位 盲
    9 15:00 会议室 精联谊?
    10 服务窗口1 11:30-13:30 空
    还有 10 条，回车继续
    1/20 08:30 服务窗口>
    11 服务窗口1 16:30-18:00 空
    12 第一活动室 08:30-13:30 空
    13 第一活动室 16:30-18:00 空
    14 多功能厅 08:30-13:30 空
    15 多功能厅 16:30-18:00 空
    16 第二活动室 11:30-18:00 空
    17 会议室 10:00-15:00 空
    18 盲协工位 11:30-13:30 空
    19 盲协工位 16:30-18:00 空
    20 报告厅 全天 空
    1/20 08:30 服务窗口> 13
    13/20 第一活动室> n
    14/20 多功能厅> r
    时间：08:30-13:30
    场地：多功能厅
    内容：空
    14/20 多功能厅> n
    15/20 多功能厅> n
    16/20 第二活动室> ]
    3月19日 周四 9 项 空 11 段
    16/20 第二活动室> ^D
    ");
}

#[test]
fn whatever_is_no_word_may_be_a_day() {
    let turned = |line: &str| talk(day(), Box::new(walks), &[line]).heard.first().cloned();
    let to = |text: &str| Some(Intent::Turn(Turn::To(text.into())));
    let command = |text: &str| Some(Intent::Command(text.into()));
    assert_eq!(turned("0517"), to("0517"));
    assert_eq!(turned("w3"), command("w3"));
    assert_eq!(turned("下周三"), command("下周三"));
    assert_eq!(turned("+3"), command("+3"));
    assert_eq!(turned("后一天"), Some(Intent::Turn(Turn::On)));
    assert_eq!(turned("["), Some(Intent::Turn(Turn::Back)));
    assert_eq!(turned("t"), Some(Intent::Turn(Turn::Now)));
    assert_eq!(turned("12"), Some(Intent::Move(Move::To(12))));
}
