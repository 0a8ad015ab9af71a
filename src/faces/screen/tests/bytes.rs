//! What is sent to the terminal: as little as can be, no colour where none is wanted, and no value's own commands.

use lianban::desk::view::{List, Part, View};
use lianban::desk::{Intent, Move};
use lianban::values::lang::Lang;

use super::super::{Screen, Theme};
use super::{Small, options, press, samples, with_screen};

#[test]
fn nothing_in_a_value_reaches_the_terminal_as_a_command() {
    let mut view = samples::cases(3, 0);
    if let Some(Part::List(list)) = view.parts.first_mut() {
        list.rows[0].cells[1] = "\u{1b}[31m坏\u{7}\u{9b}2J\u{202e}".into();
    }
    view.banner = "\u{1b}]0;x\u{7}".into();
    let text = with_screen(view, Theme::None, (80, 24), |screen| String::from_utf8(screen.bytes()).unwrap());
    assert!(!text.contains(['\u{7}', '\u{9b}', '\u{202e}']));
    assert!(!text.contains("\u{1b}[31m") && !text.contains("\u{1b}]"));
}

#[test]
fn a_key_costs_what_it_changed() {
    let page = |first: usize| {
        let mut view = samples::cases(80, 0);
        if let Some(Part::List(List { rows, cursor, first: rank, .. })) = view.parts.first_mut() {
            rows.drain(..first);
            rows.truncate(33);
            (*cursor, *rank) = (Some(0), first);
        }
        view
    };
    let step = |keys: &str, does: fn(&mut View, &Intent)| {
        let options = options(Theme::Dark);
        let mut desk = Small { does, ..Small::showing(page(0), Lang::Zh) };
        let mut screen = Screen::new(&mut desk, &options, (120, 40));
        screen.bytes();
        press(&mut screen, keys);
        let text = String::from_utf8(screen.bytes()).unwrap();
        assert_eq!(screen.bytes(), b"", "nothing changed, nothing written");
        // The last thing of a frame is the cursor's move.
        let last = text.rsplit('\u{1b}').next().unwrap();
        assert!(last.chars().skip(1).all(|c| c.is_ascii_digit() || ";HABCD".contains(c)), "{last:?}");
        text.len()
    };
    let down = step("Down", |view, intent| {
        if let (Some(Part::List(list)), Intent::Move(Move::Next)) = (view.parts.first_mut(), intent) {
            list.cursor = Some(1);
        }
    });
    assert!((10..=200).contains(&down), "{down}");
    let page_down = step("PageDown", |view, intent| {
        if let (Some(Part::List(list)), Intent::Move(Move::PageDown)) = (view.parts.first_mut(), intent) {
            list.rows = match samples::cases(80, 0).parts.into_iter().next() {
                Some(Part::List(all)) => all.rows.into_iter().skip(34).take(33).collect(),
                _ => Vec::new(),
            };
        }
    });
    assert!((1000..=4600).contains(&page_down), "{page_down}");
}

#[test]
fn without_colour_no_colour_is_sent() {
    for view in samples::all() {
        let text =
            with_screen(view, Theme::None, (80, 24), |screen| String::from_utf8(screen.bytes()).unwrap());
        for sequence in text.split("\u{1b}[").skip(1) {
            let codes: String = sequence.chars().take_while(|c| c.is_ascii_digit() || *c == ';').collect();
            if sequence.chars().nth(codes.len()) == Some('m') {
                let coloured = codes.split(';').filter_map(|c| c.parse::<u8>().ok()).any(|c| c >= 30);
                assert!(!coloured, "{codes}");
            }
        }
    }
}
