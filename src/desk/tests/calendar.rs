//! A calendar on the desk: the finger in the grid and in its list twin, turning, and what a cell leads to.

use proptest::prelude::*;

use super::super::view::{Part, Schedule};
use super::super::{Desk, Intent, Move, Turn};
use super::{act, answer, rooms, said};
use crate::office::{Asked, Scripts};

fn desk() -> Desk {
    let mut desk = rooms::desk(&[
        ("2026-03-04", "大厅", 4, "盲协"),
        ("2026-03-04", "书房", 5, "聋协"),
        ("2026-03-04", "大厅", 7, "肢协待"),
        ("2026-03-05", "大厅", 4, "智协"),
        ("2026-03-05", "大厅", 6, "精协"),
    ]);
    desk.handle(Intent::GoTo("tryroom".into()));
    desk
}

fn grid(desk: &Desk) -> &Schedule {
    desk.view().schedule().unwrap_or_else(|| panic!("no grid on {}: {}", desk.view().page, said(desk)))
}

/// The grid as text: a line a lane, the focused cell in brackets.
fn drawn(desk: &Desk) -> String {
    let grid = grid(desk);
    let mut out = vec![grid.heading.clone()];
    for (lane, each) in grid.lanes.iter().enumerate() {
        let mut line = each.label.clone();
        for (column, cell) in each.cells.iter().enumerate() {
            let text = if cell.text.is_empty() { "." } else { &cell.text };
            let mark = if cell.pending { "?" } else { "" };
            let here = grid.focus == (lane, column);
            line += &if here { format!(" [{text}{mark}]") } else { format!(" {text}{mark}") };
        }
        out.push(line);
    }
    out.join("\n")
}

fn turn(desk: &mut Desk, turn: Turn) {
    desk.handle(Intent::Turn(turn));
}

fn moves(desk: &mut Desk, to: &[Move]) {
    to.iter().for_each(|to| {
        desk.handle(Intent::Move(*to));
    });
}

fn row(desk: &Desk) -> String {
    desk.view().list().and_then(|l| l.row()).map(|row| row.brief.clone()).unwrap_or_default()
}

#[test]
fn the_page_of_a_subject_with_a_grid_is_its_grid() {
    let desk = desk();
    assert_eq!(desk.view().page, "tryroom.calendar");
    assert_eq!(drawn(&desk), "2026-03-04\n大厅 盲协 [.] . 肢协待? .\n书房 . 聋协 . . .\n工位 . . . . .");
    let briefs: Vec<&str> = grid(&desk).list.rows.iter().map(|row| row.brief.as_str()).collect();
    let free = [
        "大厅 10:00-14:00 空",
        "大厅 16:00-18:00 空",
        "书房 8:00-10:00 空",
        "书房 12:00-18:00 空",
        "工位 全天空",
    ];
    assert_eq!(briefs, [&["8:00 大厅 盲协", "10:00 书房 聋协", "14:00 大厅 肢协待"][..], &free].concat());
    assert_eq!(grid(&desk).free, 5);
    assert_eq!(row(&desk), "大厅 10:00-14:00 空");
}

#[test]
fn every_cell_is_a_row_of_the_twin() {
    let mut desk = desk();
    for page in ["tryroom.day", "tryroom.week", "tryroom.month"] {
        desk.handle(Intent::GoTo(page.into()));
        let grid = grid(&desk);
        assert_eq!(grid.name, page);
        for cell in grid.lanes.iter().flat_map(|lane| &lane.cells) {
            assert!(grid.rows(cell).count() > 0, "{cell:?}");
        }
        for at in 0..grid.list.rows.len() {
            let told = grid.lanes.iter().flat_map(|lane| &lane.cells).any(|cell| cell.rows.contains(&at));
            assert!(told, "row {at} of {page} is in no cell");
        }
    }
}

#[test]
fn the_finger_goes_through_the_grid_and_through_the_twin_alike() {
    let mut desk = desk();
    moves(&mut desk, &[Move::Down]);
    assert_eq!((grid(&desk).focus, row(&desk).as_str()), ((1, 1), "10:00 书房 聋协"));
    assert_eq!(desk.view().parts.len(), 2, "the record under the finger is told beside the grid");
    moves(&mut desk, &[Move::Right, Move::Right, Move::Up]);
    assert_eq!((grid(&desk).focus, row(&desk).as_str()), ((0, 3), "14:00 大厅 肢协待"));
    moves(&mut desk, &[Move::Previous]);
    assert_eq!((grid(&desk).focus, row(&desk).as_str()), ((1, 1), "10:00 书房 聋协"));
    moves(&mut desk, &[Move::Last]);
    assert_eq!((grid(&desk).focus, row(&desk).as_str()), ((2, 0), "工位 全天空"));
    moves(&mut desk, &[Move::Left, Move::Down, Move::Down]);
    assert_eq!(grid(&desk).focus, (2, 0));
    moves(&mut desk, &[Move::First]);
    turn(&mut desk, Turn::Twin);
    assert!(matches!(desk.view().parts.first(), Some(Part::List(list)) if list.rank() == 1));
    moves(&mut desk, &[Move::Down, Move::Right]);
    assert_eq!(row(&desk), "10:00 书房 聋协");
    turn(&mut desk, Turn::Twin);
    assert_eq!(grid(&desk).focus, (1, 1));
}

#[test]
fn days_are_turned_by_step_and_by_phrase() {
    let mut desk = desk();
    let heading = |desk: &Desk| grid(desk).heading.clone();
    turn(&mut desk, Turn::On);
    assert_eq!(drawn(&desk), "2026-03-05\n大厅 智协 [.] 精协 . .\n书房 . . . . .\n工位 . . . . .");
    turn(&mut desk, Turn::Back);
    turn(&mut desk, Turn::Back);
    assert_eq!(heading(&desk), "2026-03-03");
    turn(&mut desk, Turn::To("下周三".into()));
    assert_eq!(heading(&desk), "2026-03-11");
    desk.handle(Intent::Command("0517".into()));
    assert_eq!(heading(&desk), "2026-05-17");
    desk.handle(Intent::Jump("#w5".into()));
    assert_eq!(heading(&desk), "2026-03-06");
    turn(&mut desk, Turn::To("九周".into()));
    assert!(said(&desk).contains("九周"), "{}", said(&desk));
    assert_eq!(heading(&desk), "2026-03-06");
    turn(&mut desk, Turn::Now);
    assert_eq!(heading(&desk), "2026-03-04");
    desk.handle(Intent::GoTo("tryroom.month.0131".into()));
    assert_eq!(heading(&desk), "1月");
    turn(&mut desk, Turn::On);
    assert_eq!(heading(&desk), "2月");
    desk.handle(Intent::GoTo("today".into()));
    turn(&mut desk, Turn::On);
    assert!(said(&desk).contains("日历"), "{}", said(&desk));
}

#[test]
fn another_grid_keeps_the_day_the_lane_and_the_record() {
    let mut desk = desk();
    turn(&mut desk, Turn::On);
    moves(&mut desk, &[Move::Right]);
    assert_eq!(row(&desk), "12:00 大厅 精协");
    turn(&mut desk, Turn::Other("week".into()));
    assert_eq!(
        drawn(&desk),
        "2026-03-02起\n大厅 . . 盲协+1? [智协+1] . . .\n书房 . . 聋协 . . . .\n工位 . . . . . . ."
    );
    assert_eq!(row(&desk), "12:00 大厅 精协", "of two in one cell the one it was");
    moves(&mut desk, &[Move::Down]);
    turn(&mut desk, Turn::Other("day".into()));
    assert_eq!((grid(&desk).heading.as_str(), grid(&desk).focus.0), ("2026-03-05", 1));
    turn(&mut desk, Turn::Other("month".into()));
    assert_eq!((grid(&desk).focus, row(&desk).as_str()), ((1, 3), "3-5 2场"));
    moves(&mut desk, &[Move::Left]);
    desk.handle(Intent::Open);
    assert_eq!(grid(&desk).name, "tryroom.day");
    assert_eq!(grid(&desk).heading, "2026-03-04");
    assert_eq!(desk.view().place.len(), 2, "going through grids piles no pages up");
}

#[test]
fn of_several_in_a_cell_the_day_is_opened_and_of_one_its_record() {
    let mut desk = desk();
    turn(&mut desk, Turn::Other("week".into()));
    desk.handle(Intent::Open);
    assert_eq!((grid(&desk).name.as_str(), grid(&desk).heading.as_str()), ("tryroom.day", "2026-03-04"));
    moves(&mut desk, &[Move::First]);
    desk.handle(Intent::Open);
    assert_eq!(desk.view().title, "R-01");
    desk.handle(Intent::Back);
    assert_eq!((grid(&desk).focus, row(&desk).as_str()), ((0, 0), "8:00 大厅 盲协"));
    desk.handle(Intent::GoTo("tryroom.all".into()));
    moves(&mut desk, &[Move::Last]);
    turn(&mut desk, Turn::Twin);
    assert_eq!(row(&desk), "12:00 大厅 精协", "from a list to the day of its record");
}

#[test]
fn a_free_cell_begins_a_record_there() {
    let mut desk = desk();
    moves(&mut desk, &[Move::Down, Move::Down, Move::Right]);
    desk.handle(Intent::Open);
    let form = desk.view().form().unwrap();
    let values: Vec<&str> = form.fields.iter().map(|f| f.value.as_str()).collect();
    assert_eq!(values, ["工位", "2026-03-04", "6", ""]);
    assert_eq!(form.field().unwrap().name, "who", "only what the cell does not know is asked");
    answer(&mut desk, "联秘");
    assert_eq!((row(&desk).as_str(), grid(&desk).focus), ("12:00 工位 联秘", (2, 2)));
    turn(&mut desk, Turn::On);
    act(&mut desk, "tryroom.book");
    let day = desk.view().form().unwrap().fields[1].value.clone();
    assert_eq!(day, "2026-03-05", "by its own key too");
}

#[test]
fn the_finger_keeps_its_record_when_it_is_moved() {
    let mut desk = desk();
    moves(&mut desk, &[Move::First]);
    act(&mut desk, "tryroom.change");
    answer(&mut desk, "8");
    assert_eq!(drawn(&desk), "2026-03-04\n大厅 . . . 肢协待? [盲协]\n书房 . 聋协 . . .\n工位 . . . . .");
    desk.handle(Intent::Undo);
    assert_eq!(grid(&desk).focus, (0, 0));
}

fn intents() -> impl Strategy<Value = Intent> {
    let moves = [
        Move::Up,
        Move::Down,
        Move::Left,
        Move::Right,
        Move::Next,
        Move::Previous,
        Move::Last,
        Move::PageDown,
    ];
    let turns = [Turn::Back, Turn::On, Turn::Now, Turn::Twin, Turn::To("w9".into()), Turn::To("+40".into())];
    let others = ["day", "week", "month", "nothing"].map(|name| Turn::Other(name.into()));
    let plain = [Intent::Open, Intent::Back, Intent::Cancel, Intent::NextView, Intent::Undo, Intent::Mark];
    let all = moves
        .map(Intent::Move)
        .into_iter()
        .chain(turns.into_iter().chain(others).map(Intent::Turn))
        .chain(plain);
    proptest::sample::select(all.collect::<Vec<_>>())
}

#[test]
fn however_it_is_moved_and_turned_the_finger_is_on_a_cell_and_on_its_row() {
    let runs = ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(runs, |(steps in proptest::collection::vec(intents(), 10..60))| {
        let mut desk = desk();
        for step in steps {
            desk.handle(step);
            let Some(grid) = desk.view().schedule() else { continue };
            let cell = grid.cell().unwrap();
            let at = grid.list.cursor.unwrap();
            prop_assert!(cell.rows.contains(&at), "{:?} {}", grid.focus, at);
            prop_assert!(grid.lanes.iter().all(|lane| lane.cells.len() == grid.columns.len()));
        }
    });
}

#[test]
fn help_on_a_calendar_says_how_one_is_read() {
    let mut desk = desk();
    desk.handle(Intent::Help(String::new()));
    let said = super::text(desk.view());
    assert!(said.contains("按时间排") && said.contains("空格子"), "{said}");
    desk.handle(Intent::Back);
    assert_eq!(desk.view().page, "tryroom.calendar");
    desk.handle(Intent::WhereAmI);
    let notice = desk.view().notice.clone().unwrap().text;
    assert!(notice.contains("2026-03-04") && notice.contains("大厅 10:00-14:00 空"), "{notice}");
}

#[test]
fn scripts_get_the_same_grid_by_its_name_and_a_day() {
    let scripts = Scripts::over(desk());
    let of = |subject: &str, filter: &str| {
        let asked = Asked { subject: subject.into(), filter: filter.into(), ..Asked::default() };
        scripts.calendar(&asked).map(|grid| grid.map(|grid| (grid.heading, grid.list.total - grid.free)))
    };
    assert_eq!(of("tryroom.day", ""), Ok(Some(("2026-03-04".into(), 3))));
    assert_eq!(of("tryroom.week", "明天"), Ok(Some(("2026-03-02起".into(), 5))));
    assert_eq!((of("tryroom.all", ""), of("tryroom", "")), (Ok(None), Ok(None)));
    assert!(of("tryroom.day", "哪天").is_err_and(|problem| problem.message.contains("哪天")));
}

#[test]
fn a_record_that_stands_in_several_lanes_keeps_the_finger_where_it_was() {
    let mut desk = rooms::desk(&[("2026-03-04", "书房", 5, "通用"), ("2026-03-04", "大厅", 7, "盲协")]);
    desk.handle(Intent::GoTo("tryroom".into()));
    // What is in use everywhere takes every room.
    assert_eq!(drawn(&desk), "2026-03-04\n大厅 . [通用] . 盲协 .\n书房 . 通用 . . .\n工位 . 通用 . . .");
    moves(&mut desk, &[Move::Down, Move::Down]);
    act(&mut desk, "tryroom.change");
    answer(&mut desk, "6");
    assert_eq!(drawn(&desk), "2026-03-04\n大厅 . . 通用 盲协 .\n书房 . . 通用 . .\n工位 . . [通用] . .");
}
