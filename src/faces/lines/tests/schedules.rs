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
    assert_snapshot!(talked.shown, @"");
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
