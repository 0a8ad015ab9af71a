//! Anything at all, in any order: nothing panics, the view stays whole, what was typed last is kept, the audit chain
//! holds.

use proptest::prelude::*;

use super::super::page::Page;
use super::super::view::{Guard, Part, View};
use super::super::{Desk, Intent, Move, Turn};
use super::{desk, said};
use crate::store::{audit, drafts};

/// Texts people, scanners, cats and pasted tables bring.
fn texts() -> impl Strategy<Value = String> {
    let known = [
        "",
        " ",
        "诉",
        "盲道",
        "ynq",
        "13",
        "w5",
        "+3",
        "=120*3",
        "１２３",
        "33052119950323962712",
        "C001",
        "#SL-2026-0014",
        "沈示航",
        "SL-2026-0011",
        "!w5",
        "已致电社区 !w5",
        "x",
        "0517",
        "13000000201",
        "\u{1b}[2J",
        "a\u{0}b",
        "盲\n道",
        "👩‍🦯",
        "\u{202e}gnp",
        "e\u{301}",
        "诉 ynq 轮椅坏了 !w5 急 p",
        "人 沈示航",
        "{ $x }",
        "%_'\"; DROP TABLE client",
        "1",
        "2",
        "9",
    ];
    prop_oneof![4 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => ".{0,40}"]
}

fn moves() -> impl Strategy<Value = Move> {
    prop_oneof![
        Just(Move::Next),
        Just(Move::Previous),
        Just(Move::PageDown),
        Just(Move::PageUp),
        Just(Move::First),
        Just(Move::Last),
        (0_usize..200).prop_map(Move::To),
        Just(Move::Up),
        Just(Move::Down),
        Just(Move::Left),
        Just(Move::Right),
    ]
}

fn names() -> Vec<String> {
    desk().action_names()
}

/// Anything a face can send.
fn intents(actions: Vec<String>) -> impl Strategy<Value = Intent> {
    let pages = [
        "today",
        "cases",
        "cases.overdue",
        "cases.all",
        "people",
        "people.minors",
        "more",
        "drafts",
        "topics",
        "who",
        "settings",
        "help",
        "report.rp-23",
        "report.rp-27.all",
        "history",
        "nowhere",
        "cases.nowhere",
        "venue",
        "venue.week",
        "venue.month.0517",
    ];
    let plain = [
        Intent::NextField,
        Intent::PreviousField,
        Intent::Accept,
        Intent::Submit,
        Intent::SubmitAndNew,
        Intent::Cancel,
        Intent::Discard,
        Intent::Complete(true),
        Intent::Complete(false),
        Intent::CopyAbove,
        Intent::Answer(true),
        Intent::Answer(false),
        Intent::Undo,
        Intent::Redo,
        Intent::WhereAmI,
        Intent::LastMessage,
        Intent::Lock,
        Intent::Look,
        Intent::Open,
        Intent::Back,
        Intent::Mark,
        Intent::MarkAll,
        Intent::Turn(Turn::On),
        Intent::Turn(Turn::Twin),
        Intent::Turn(Turn::Now),
    ];
    prop_oneof![
        6 => texts().prop_map(Intent::Edit),
        4 => moves().prop_map(Intent::Move),
        6 => proptest::sample::select(actions).prop_map(Intent::Act),
        12 => proptest::sample::select(plain.to_vec()),
        2 => proptest::sample::select(pages.to_vec()).prop_map(|p| Intent::GoTo(p.into())),
        1 => texts().prop_map(Intent::Search),
        1 => texts().prop_map(Intent::Filter),
        1 => texts().prop_map(Intent::Quick),
        1 => texts().prop_map(Intent::Command),
        1 => texts().prop_map(Intent::Jump),
        1 => texts().prop_map(Intent::Field),
        1 => texts().prop_map(Intent::Help),
        1 => (0_usize..12).prop_map(Intent::Take),
        1 => (0_usize..60).prop_map(Intent::Window),
    ]
}

/// The view can be drawn by any face.
fn whole(view: &View) {
    assert!(view.parts.is_empty() || view.focus < view.parts.len(), "{} of {}", view.focus, view.parts.len());
    assert!(!view.title.is_empty() && !view.page.is_empty() && !view.place.is_empty());
    for part in &view.parts {
        match part {
            Part::List(list) => {
                assert_eq!(list.cursor.is_none(), list.rows.is_empty(), "{list:?}");
                assert!(list.cursor.is_none_or(|at| at < list.rows.len()), "{list:?}");
                assert!(
                    list.first + list.rows.len() <= list.total,
                    "{} {} {}",
                    list.first,
                    list.rows.len(),
                    list.total
                );
                assert!(list.rows.iter().all(|r| r.cells.len() == list.columns.len()), "{list:?}");
                assert!(list.total > 0 || !list.empty.is_empty(), "an empty list says why: {}", list.name);
            }
            Part::Schedule(grid) => {
                assert!(grid.lanes.is_empty() || grid.cell().is_some(), "{grid:?}");
                assert!(grid.lanes.iter().all(|lane| lane.cells.len() == grid.columns.len()), "{grid:?}");
                let rows = grid.lanes.iter().flat_map(|lane| &lane.cells).flat_map(|cell| &cell.rows);
                assert!(rows.into_iter().all(|at| *at < grid.list.rows.len()), "{grid:?}");
            }
            Part::Form(form) => {
                assert!(form.focus < form.fields.len(), "{form:?}");
                for field in &form.fields {
                    assert!(field.picked.is_none_or(|at| at < field.completions.len()), "{field:?}");
                }
            }
            _ => {}
        }
    }
    if view.guard != Guard::Open {
        assert!(view.parts.len() == 1 && view.actions.is_empty());
    }
}

/// Whatever was typed into the open form is in the table of drafts.
fn kept(desk: &Desk) {
    let Some(Page::Form(filling)) = desk.stack.last() else { return };
    for slot in filling.form.slots.iter().filter(|s| s.touched) {
        let id =
            filling.pen.id().unwrap_or_else(|| panic!("{} was typed and no draft begun", slot.field.name));
        let draft = drafts::one(desk.office.store.conn(), id)
            .unwrap()
            .unwrap_or_else(|| panic!("draft {id} is gone"));
        assert_eq!(draft.fields.get(slot.field.name), Some(&slot.text), "{}", slot.field.name);
    }
}

#[test]
fn nothing_a_monkey_does_breaks_the_desk() {
    let actions = names();
    let runs = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(runs, |(steps in proptest::collection::vec(intents(actions.clone()), 20..60))| {
        let mut desk = desk();
        for step in steps {
            let typed = match &step {
                Intent::Edit(text) if matches!(desk.stack.last(), Some(Page::Form(_))) && desk.view().question.is_none() => Some(text.clone()),
                _ => None,
            };
            let fixed = super::field(&desk).fixed;
            desk.handle(step.clone());
            whole(desk.view());
            kept(&desk);
            if let (Some(text), false) = (typed, fixed) {
                let held = desk.stack.iter().rev().find_map(|p| match p { Page::Form(f) => Some(f), _ => None });
                let held = held.and_then(|f| f.form.slots.get(f.form.focus)).map(|s| s.text.clone());
                prop_assert_eq!(held, Some(text), "{:?}: {}", step, said(&desk));
            }
        }
        audit::verify(desk.office.store.conn()).unwrap();
    });
}
