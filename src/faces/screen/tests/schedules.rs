//! A day of rooms by the hour: on 80 and 120 columns, with more lanes and columns than there is room for, and its list
//! twin; and what the keys there come to.

use insta::assert_snapshot;
use lianban::desk::view::{Cell, Column, Fact, Facts, Lane, List, Part, Row, Schedule, View};
use lianban::desk::{Intent, Move, Turn};

use super::{heard, samples, shot};

/// A day made of one text a lane: a word a column, `.` for a free one, the same word going on for the same booking.
fn grid(hours: &[&str], lanes: &[(&str, &str)], focus: (usize, usize)) -> Schedule {
    let mut taken = Vec::new();
    let mut free = Vec::new();
    for (lane, (label, words)) in lanes.iter().enumerate() {
        let words: Vec<&str> = words.split_whitespace().collect();
        let mut from = 0;
        for run in words.chunk_by(|a, b| a == b) {
            let to = hours.get(from + run.len()).copied().unwrap_or("18:00");
            let when =
                if run.len() == hours.len() { "全天".into() } else { format!("{}-{to}", hours[from]) };
            let brief = match run[0] {
                "." => format!("{label} {when} 空"),
                what => format!("{} {label} {what}", hours[from]),
            };
            let reference = match run[0] {
                "." => String::new(),
                _ => format!("YY-2026-0{}{}", lane + 1, from),
            };
            let what = run[0].replace('.', "空");
            let row =
                Row { reference, cells: vec![when, (*label).to_owned(), what], brief, ..Row::default() };
            let all = if run[0] == "." { &mut free } else { &mut taken };
            all.push((from, lane, from..from + run.len(), row));
            from += run.len();
        }
    }
    taken.sort_by_key(|(from, lane, ..)| (*from, *lane));
    let count = free.len();
    taken.extend(free);
    let cell = |lane: usize, column: usize, word: &str| {
        let here = |(_, (_, of, columns, _)): &(usize, &(usize, usize, std::ops::Range<usize>, Row))| {
            *of == lane && columns.contains(&column)
        };
        let rows: Vec<usize> = taken.iter().enumerate().filter(here).map(|(at, _)| at).collect();
        let reference = taken[rows[0]].3.reference.clone();
        let text = word.trim_end_matches(['.', '?']).to_owned();
        Cell { text, reference, pending: word.ends_with('?'), rows }
    };
    let lane = |(at, (label, words)): (usize, &(&str, &str))| {
        let cells =
            words.split_whitespace().enumerate().map(|(column, word)| cell(at, column, word)).collect();
        Lane { label: (*label).to_owned(), cells }
    };
    let lanes: Vec<Lane> = lanes.iter().enumerate().map(lane).collect();
    let cursor = Some(lanes[focus.0].cells[focus.1].rows[0]);
    let column = |label: &str, usual| Column { label: label.into(), usual, number: false };
    let list = List {
        name: "rooms.day".into(),
        heading: "3月18日 周三".into(),
        columns: vec![column("时间", 11), column("场地", 8), column("内容", 16)],
        total: taken.len(),
        rows: taken.into_iter().map(|(.., row)| row).collect(),
        cursor,
        views: vec![
            samples::tab("rooms.day", "日", true),
            samples::tab("rooms.week", "周", false),
            samples::tab("rooms.waiting", "待审核", false),
        ],
        empty: "还没有场地".into(),
        ..List::default()
    };
    Schedule {
        name: "rooms.day".into(),
        heading: "3月18日 周三".into(),
        axes: "场地 x 时间".into(),
        notes: vec!["全国助残日前一周".into()],
        columns: hours.iter().map(|h| (*h).to_owned()).collect(),
        lanes,
        focus,
        list,
        free: count,
    }
}

fn page(grid: Schedule) -> View {
    let facts = ["人数 30人 容纳60", "申请人 王示云", "状态 已确认"].map(|line| {
        let (label, value) = line.split_once(' ').unwrap();
        Fact { label: label.into(), value: value.into() }
    });
    View {
        page: "rooms.calendar".into(),
        title: "场地".into(),
        place: vec!["今日".into(), "场地".into()],
        parts: vec![
            Part::Schedule(grid),
            Part::Facts(Facts { heading: "YY-2026-031".into(), items: facts.to_vec() }),
        ],
        actions: vec![samples::offer("rooms.book", "预订", true), samples::offer("rooms.move", "改期", true)],
        ..samples::today()
    }
}

const HOURS: [&str; 6] = ["08:30", "10:00", "11:30", "13:30", "15:00", "16:30"];

/// The day of the sketch, the finger on the sign language course.
pub(in crate::faces) fn day() -> View {
    let lanes = [
        ("服务窗口1", "盲值班 盲值班 . 智值班 智值班 ."),
        ("第一活动室", ". . . 肢康复 肢康复 ."),
        ("多功能厅", ". . . 聋手语 聋手语 ."),
        ("第二活动室", "智手工 智手工 . . . ."),
        ("会议室", "联例会 . . . 精联谊? 精联谊?"),
        ("盲协工位", "盲 盲 . 盲 盲 ."),
        ("报告厅", ". . . . . ."),
    ];
    page(grid(&HOURS, &lanes, (2, 3)))
}

/// Fourteen lanes of twenty-four half hours, the finger far down and late in the day.
fn wide() -> View {
    let hours: Vec<String> = (0..24).map(|n| format!("{:02}:{:02}", 8 + n / 2, n % 2 * 30)).collect();
    let hours: Vec<&str> = hours.iter().map(String::as_str).collect();
    let words = format!("{}肢康复训练 肢康复训练 . .", "聋手语 聋手语 . . ".repeat(5));
    let labels: Vec<String> = (1..15).map(|n| format!("第{n}活动室")).collect();
    let lanes: Vec<(&str, &str)> = labels.iter().map(|l| (l.as_str(), words.as_str())).collect();
    page(grid(&hours, &lanes, (11, 20)))
}

#[test]
fn a_day_on_80_columns() {
    assert_snapshot!(shot(day(), 80, 24, ""), @r"
     [今日] 案件 场地 资产 更多                             3-04 周三 09:30  曾示平
     今日 > 场地                                                               7/20
    ~
      [日] 周 待审核
      3月18日 周三 (场地 x 时间)
      全国助残日前一周
    ~
                  08:30    10:00    11:30    13:30    15:00    16:30
      服务窗口1   盲值班   盲值班   .        智值班   智值班   .
      第一活动室  .        .        .        肢康复   肢康复   .
    > 多功能厅    .        .        .       [聋手语]  聋手语   .
      第二活动室  智手工   智手工   .        .        .        .
      会议室      联例会   .        .        .        精联谊?  精联谊?
      盲协工位    盲       盲       .        盲       盲       .
      报告厅      .        .        .        .        .        .
    ~
      13:30 多功能厅 聋手语
    ~
      YY-2026-031
      人数    30人 容纳60
      申请人  王示云
      状态    已确认
     已登记 案件0040 窗口 待分流 (09:28)
     Enter打开 l换列表 [往前 ]往后 t回今天 g到日期 W看周 0菜单 F2行模式 ?按键
    cursor 10,41
    ");
}

#[test]
fn a_day_on_120_columns() {
    assert_snapshot!(shot(day(), 120, 40, ""), @r"
     [今日] 案件 场地 资产 更多                                                                     3-04 周三 09:30  曾示平
     今日 > 场地                                                                                                       7/20
    ~
      [日] 周 待审核
      3月18日 周三 (场地 x 时间)
      全国助残日前一周
    ~
                  08:30    10:00    11:30    13:30    15:00    16:30
      服务窗口1   盲值班   盲值班   .        智值班   智值班   .
      第一活动室  .        .        .        肢康复   肢康复   .
    > 多功能厅    .        .        .       [聋手语]  聋手语   .
      第二活动室  智手工   智手工   .        .        .        .
      会议室      联例会   .        .        .        精联谊?  精联谊?
      盲协工位    盲       盲       .        盲       盲       .
      报告厅      .        .        .        .        .        .
    ~
      13:30 多功能厅 聋手语
    ~
      问号是待审核，点是空；每一格在列表里都有一行
    ~
      YY-2026-031
      人数    30人 容纳60
      申请人  王示云
      状态    已确认
    ~~~~~~~~~~~~~~
     已登记 案件0040 窗口 待分流 (09:28)
     Enter打开 l换列表 [往前 ]往后 t回今天 g到日期 W看周 Esc返回 u撤销 0菜单 F2行模式 ?按键
    cursor 10,41
    ");
}

#[test]
fn more_lanes_and_columns_than_there_is_room_for() {
    assert_snapshot!(shot(wide(), 80, 24, ""), @r"
     [今日] 案件 场地 资产 更多                             3-04 周三 09:30  曾示平
     今日 > 场地                                                             82/168
    ~
      [日] 周 待审核
      3月18日 周三 (场地 x 时间)
      全国助残日前一周
    ~
                  15:30     16:00     16:30     17:00     17:30     18:00
      第4活动室   .         聋手语    聋手语    .         .         肢康复~
      第5活动室   .         聋手语    聋手语    .         .         肢康复~
      第6活动室   .         聋手语    聋手语    .         .         肢康复~
      第7活动室   .         聋手语    聋手语    .         .         肢康复~
      第8活动室   .         聋手语    聋手语    .         .         肢康复~
      第9活动室   .         聋手语    聋手语    .         .         肢康复~
      第10活动室  .         聋手语    聋手语    .         .         肢康复~
      第11活动室  .         聋手语    聋手语    .         .         肢康复~
    > 第12活动室  .         聋手语    聋手语    .         .        [肢康复~]
      第13活动室  .         聋手语    聋手语    .         .         肢康复~
      第14活动室  .         聋手语    聋手语    .         .         肢康复~
      看到第 4-14 行（共 14），第 16-21 栏（共 24）
    ~
      18:00 第12活动室 肢康复训练
     已登记 案件0040 窗口 待分流 (09:28)
     Enter打开 l换列表 [往前 ]往后 t回今天 g到日期 W看周 0菜单 F2行模式 ?按键
    cursor 16,64
    ");
}

#[test]
fn the_twin_is_an_ordinary_list() {
    let mut view = day();
    if let Some(Part::Schedule(grid)) = view.parts.first().cloned() {
        view.parts[0] = Part::List(grid.list);
    }
    assert_snapshot!(shot(view, 80, 24, ""), @r"
     [今日] 案件 场地 资产 更多                             3-04 周三 09:30  曾示平
     今日 > 场地                                                               7/20
    ~
      3月18日 周三  20 项
      [日] 周 待审核
      时间                    场地              内容
      08:30-11:30             服务窗口1         盲值班
      08:30-11:30             第二活动室        智手工
      08:30-10:00             会议室            联例会
      08:30-11:30             盲协工位          盲
      13:30-16:30             服务窗口1         智值班
      13:30-16:30             第一活动室        肢康复
    > 13:30-16:30             多功能厅          聋手语
      13:30-16:30             盲协工位          盲
      15:00-18:00             会议室            精联谊?
      11:30-13:30             服务窗口1         空
      16:30-18:00             服务窗口1         空
      08:30-13:30             第一活动室        空
      16:30-18:00             第一活动室        空
      08:30-13:30             多功能厅          空
      16:30-18:00             多功能厅          空
      11:30-18:00             第二活动室        空
     已登记 案件0040 窗口 待分流 (09:28)
     Enter打开 l换列表 [往前 ]往后 t回今天 g到日期 W看周 0菜单 F2行模式 ?按键
    cursor 12,2
    ");
}

#[test]
fn the_finger_is_on_the_focused_cell_at_every_size() {
    for (columns, rows) in [(200, 60), (80, 24), (60, 15), (40, 10), (20, 5), (10, 4), (2, 2), (1, 1)] {
        for lane in 0..7 {
            for column in 0..6 {
                let Some(Part::Schedule(mut grid)) = day().parts.first().cloned() else { panic!() };
                grid.focus = (lane, column);
                let text = grid.cell().unwrap().text.clone();
                let shown = shot(page(grid), columns, rows, "");
                let wanted = format!("[{}", if text.is_empty() { "." } else { &text });
                assert!(columns < 40 || rows < 10 || shown.contains(&wanted), "{columns}x{rows} {shown}");
            }
        }
    }
    let Some(Part::Schedule(grid)) = day().parts.first().cloned() else { panic!() };
    let empty = Schedule { lanes: Vec::new(), list: List { cursor: None, ..grid.list.clone() }, ..grid };
    assert!(shot(page(empty), 80, 24, "").contains("还没有场地"));
}

#[test]
fn keys_of_a_calendar() {
    let other = |name: &str| Intent::Turn(Turn::Other(name.into()));
    let pressed = heard(day(), |_, _| (), "Down k h Right ] [ PageDown PageUp t Home l W D M Enter");
    let wanted = [
        Intent::Move(Move::Down),
        Intent::Move(Move::Up),
        Intent::Move(Move::Left),
        Intent::Move(Move::Right),
        Intent::Turn(Turn::On),
        Intent::Turn(Turn::Back),
        Intent::Turn(Turn::On),
        Intent::Turn(Turn::Back),
        Intent::Turn(Turn::Now),
        Intent::Turn(Turn::Now),
        Intent::Turn(Turn::Twin),
        other("week"),
        other("day"),
        other("month"),
        Intent::Open,
    ];
    assert_eq!(pressed, wanted);
    assert_eq!(heard(day(), |_, _| (), "g w 3 Enter"), [Intent::Turn(Turn::To("w3".into()))]);
}
