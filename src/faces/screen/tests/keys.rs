//! What the desk hears when a key is pressed, and what the screen does by itself.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use lianban::desk::{Intent, Move, Preferences};
use lianban::values::lang::Lang;

use super::super::{Fixed, Options, Screen, Theme};
use super::{Small, edits, heard, options, press, samples, with_screen};
use crate::faces::Exit;

#[test]
fn keys_on_a_list_become_intents() {
    use Intent::{Act, Answer, Back, Command, Filter, GoTo, NextView, Open, Redo, Search, Undo};
    let step = Intent::Move;
    let of = |keys: &str| heard(samples::cases(5, 1), |_, _| {}, keys);
    assert_eq!(of("Down j"), [step(Move::Next), step(Move::Next)]);
    assert_eq!(of("g g G PageDown"), [step(Move::First), step(Move::Last), step(Move::PageDown)]);
    assert_eq!(of("Enter Esc Tab Space"), [Open, Back, NextView, Intent::Mark]);
    assert_eq!(of("u Ctrl-Z Ctrl-R Ctrl-Y"), [Undo, Undo, Redo, Redo]);
    assert_eq!(of("1 ２ 9"), [GoTo("today".into()), GoTo("cases".into())]);
    assert_eq!(of("n"), [Act("cases.register".into())]);
    assert_eq!(of("p"), [], "what the page does not offer has no key");
    assert_eq!(of("0 2 Enter"), [Act("history".into())], "an offer needs no key and no subject");
    assert_eq!(of("]"), [GoTo("cases.overdue".into())]);
    assert_eq!(of("F3"), [Search(String::new())]);
    assert_eq!(of("： 案 件 Enter"), [Command("案件".into())]);
    assert_eq!(of(": 案 Esc"), []);
    assert_eq!(of("/ a b Esc"), [Filter("a".into()), Filter("ab".into()), Filter(String::new())]);
    assert_eq!(of("/ a Down Enter"), [Filter("a".into()), step(Move::Next)]);
    assert_eq!(of("0 Enter"), [Act("cases.register".into())]);
    let asked = |keys: &str| heard(samples::question(), |_, _| {}, keys);
    assert_eq!(asked("Enter"), [Answer(false)]);
    assert_eq!(asked("１ n u q Down"), [Answer(true), Answer(false)]);
}

#[test]
fn keys_in_a_form_become_intents() {
    use Intent::{
        Accept, Cancel, Complete, CopyAbove, Edit, NextField, PreviousField, Submit, SubmitAndNew, Take,
    };
    let of = |field: usize, keys: &str| heard(samples::form(field), edits, keys);
    assert_eq!(of(2, "2"), [Edit("电话".into()), Accept]);
    assert_eq!(of(2, "３"), [Edit("来信".into()), Accept]);
    assert_eq!(of(2, "d h"), [Edit("d".into()), Edit("dh".into())]);
    assert_eq!(of(3, "盲 1 ？"), [Edit("盲".into()), Edit("盲1".into()), Edit("盲1？".into())]);
    assert_eq!(of(3, "a Ctrl-J b"), [Edit("a".into()), Edit("a\n".into()), Edit("a\nb".into())]);
    assert_eq!(of(1, "Backspace Home Delete"), [Edit("130000000".into()), Edit("30000000".into())]);
    assert_eq!(
        of(1, "Enter Tab Shift-Tab Down Up"),
        [Accept, NextField, PreviousField, NextField, PreviousField]
    );
    assert_eq!(of(4, "Down Up 1"), [Complete(true), Complete(false), Take(1)]);
    assert_eq!(of(1, "Ctrl-S Ctrl-N Ctrl-E Esc"), [Submit, SubmitAndNew, CopyAbove, Cancel]);
    let search = heard(samples::search(), edits, "a Down PageDown Enter");
    assert_eq!(
        search,
        [Edit("盲道a".into()), Intent::Move(Move::Next), Intent::Move(Move::PageDown), Accept]
    );
}

#[test]
fn the_desk_is_told_how_many_rows_have_room() {
    let options = options(Theme::None);
    let mut desk = Small::showing(samples::cases(60, 5), Lang::Zh);
    let mut screen = Screen::new(&mut desk, &options, (80, 24));
    screen.bytes();
    screen.bytes();
    screen.take(Event::Resize(120, 40));
    screen.bytes();
    assert_eq!(desk.heard, [Intent::Window(17), Intent::Window(33)]);
}

#[test]
fn keys_do_what_they_say() {
    with_screen(samples::today(), Theme::None, (80, 24), |screen| {
        press(screen, "g");
        assert_eq!(screen.seat.ui.pending.len(), 1);
        press(screen, "Esc");
        assert!(screen.seat.ui.pending.is_empty() && screen.seat.ui.said.is_empty());
        press(screen, "（");
        assert!(screen.seat.ui.said.contains('('), "{}", screen.seat.ui.said);
        press(screen, "：");
        assert!(screen.seat.ui.prompt.is_some(), "a full-width colon opens the command line");
        press(screen, "案 件 Backspace");
        assert_eq!(screen.seat.ui.prompt.as_ref().unwrap().editor.text(), "案");
        press(screen, "Esc");
        assert!(screen.seat.ui.prompt.is_none());
        press(screen, "F2");
        assert_eq!(screen.seat.exit, Some(Exit::Switch));
    });
}

#[test]
fn a_slip_does_not_drop_a_question() {
    with_screen(samples::question(), Theme::None, (80, 24), |screen| {
        press(screen, "q");
        assert!(screen.seat.exit.is_none() && !screen.seat.ui.said.is_empty());
        press(screen, "0");
        assert!(screen.seat.ui.panel.is_some());
    });
}

#[test]
fn in_a_form_letters_are_text() {
    with_screen(samples::form(1), Theme::None, (80, 24), |screen| {
        press(screen, "？ q");
        assert!(screen.seat.ui.panel.is_none() && screen.seat.exit.is_none());
        press(screen, "F10");
        assert!(screen.seat.ui.panel.is_some());
    });
}

#[test]
fn events_become_keys() {
    with_screen(samples::today(), Theme::None, (80, 24), |screen| {
        screen.take(Event::Key(KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL)));
        assert!(screen.seat.ui.panel.is_some());
        screen.take(Event::Resize(120, 40));
        assert_eq!(screen.frame().lines.len(), 40);
        screen.take(Event::Paste("沈示航\n".into()));
        assert_eq!(screen.seat.ui.panel.as_ref().unwrap().typed.text(), "沈示航");
    });
}

#[test]
fn the_screen_follows_whoever_signs_in() {
    let likes = |keymap: &str, theme: &str, face: &str| Preferences {
        keymap: keymap.into(),
        theme: theme.into(),
        face: face.into(),
    };
    let enter = || Event::Key(KeyEvent::from(KeyCode::Enter));
    let options = options(Theme::None);
    let mut desk = Small { comes: likes("vim", "dark", ""), ..Small::showing(samples::form(1), Lang::Zh) };
    let mut screen = Screen::new(&mut desk, &options, (80, 24));
    screen.bytes();
    screen.take(enter());
    assert_eq!((screen.seat.keymap.name.as_str(), screen.seat.exit), ("vim", None));

    let mut desk =
        Small { comes: likes("nosuch", "", "lines"), ..Small::showing(samples::form(1), Lang::Zh) };
    let mut screen = Screen::new(&mut desk, &options, (80, 24));
    screen.take(enter());
    assert!(screen.seat.ui.said.contains("nosuch") && screen.seat.keymap.name == "default");
    assert_eq!(screen.seat.exit, Some(Exit::Switch));
    let back = Screen::new(&mut desk, &options, (80, 24));
    assert_eq!(back.seat.exit, None, "F2 in lines comes back to the screen");

    let fixed = Fixed { face: true, keymap: true, theme: true };
    let options = Options { fixed, ..options };
    let mut desk =
        Small { comes: likes("vim", "light", "lines"), ..Small::showing(samples::form(1), Lang::Zh) };
    let mut screen = Screen::new(&mut desk, &options, (80, 24));
    screen.take(enter());
    assert_eq!((screen.seat.keymap.name.as_str(), screen.seat.exit), ("default", None));
}
