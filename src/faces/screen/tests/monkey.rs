//! Any keys in any order, on the sample office and a model of the screen: nothing panics, the cursor stays on the screen,
//! and what is painted bit by bit is what painting anew would show.

use std::num::NonZeroU16;

use lianban::office::practice;
use lianban::values::lang::Lang;
use proptest::prelude::*;

use super::super::{Screen, Theme};
use super::options;
use crate::faces::keys::Key;

fn keys() -> impl Strategy<Value = String> {
    let named = [
        "Enter",
        "Esc",
        "Tab",
        "Shift-Tab",
        "Up",
        "Down",
        "Left",
        "Right",
        "Home",
        "End",
        "PageUp",
        "PageDown",
        "Backspace",
        "Delete",
        "F1",
        "F2",
        "F3",
        "F4",
        "F5",
        "F7",
        "F8",
        "F9",
        "F10",
        "F11",
        "F12",
        "Ctrl-S",
        "Ctrl-N",
        "Ctrl-E",
        "Ctrl-X",
        "Ctrl-Z",
        "Ctrl-Y",
        "Ctrl-T",
        "Ctrl-J",
        "Ctrl-W",
        "Ctrl-U",
        "Ctrl-K",
        "Alt-N",
        "Space",
    ];
    let chars: Vec<char> =
        "abcdefghijklmnopqrstuvwxyz0123456789;:/?#+!.,[]ABLMT盲道示：；／？１é👩\u{301}".chars().collect();
    prop_oneof![
        proptest::sample::select(named.to_vec()).prop_map(str::to_owned),
        proptest::sample::select(chars).prop_map(|c| c.to_string()),
    ]
}

#[test]
fn no_keys_break_the_screen() {
    let sizes = [(80_u16, 24_u16), (120, 40), (40, 12), (20, 5), (1, 1)];
    let runs = ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() };
    let some = proptest::collection::vec(keys(), 30..80);
    proptest!(runs, |(typed in some, size in proptest::sample::select(sizes.to_vec()))| {
        let mut desk = practice(Lang::Zh).unwrap();
        let options = options(Theme::Dark);
        let (columns, rows) = (usize::from(size.0), usize::from(size.1));
        let (wide, high) = (NonZeroU16::new(size.0).unwrap(), NonZeroU16::new(size.1).unwrap());
        let mut screen = Screen::new(&mut desk, &options, (columns, rows));
        let mut bits = vt100::Parser::new(high, wide, 0);
        bits.process(&screen.bytes());
        for key in typed {
            screen.seat.key(Key::parse(&key).unwrap_or_else(|_| panic!("{key}")));
            bits.process(&screen.bytes());
            let (row, column) = bits.screen().cursor_position();
            prop_assert!(row < size.1 && column < size.0.max(2));
            // A switch of faces or the end is the program's affair.
            screen.seat.exit = None;
        }
        screen.painter.forget();
        let mut anew = vt100::Parser::new(high, wide, 0);
        anew.process(&screen.bytes());
        // A blank that was written and one that never was look the same.
        let seen = |parser: &vt100::Parser| {
            let rows: Vec<String> = parser.screen().rows(0, size.0).map(|r| r.trim_end().to_owned()).collect();
            rows
        };
        prop_assert_eq!(seen(&bits), seen(&anew));
    });
}
