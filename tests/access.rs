//! The program under what blind people use it with: a real brltty with a display of forty cells and a real yasr whose
//! voice is a file. Where they cannot run the reason is printed; in CI a missing package fails.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test says by panicking that it failed"
)]

#[path = "pty/assets.rs"]
mod assets;
#[path = "access/braille.rs"]
mod braille;
#[path = "pty/count.rs"]
mod count;
#[path = "access/display.rs"]
mod display;
#[path = "access/follow.rs"]
mod follow;
#[path = "access/keys.rs"]
mod keys;
#[path = "pty/learning.rs"]
mod learning;
#[path = "pty/money.rs"]
mod money;
#[path = "pty/office.rs"]
mod office;
#[path = "access/rules.rs"]
mod rules;
#[path = "access/speech.rs"]
mod speech;
#[path = "pty/staff.rs"]
mod staff;
#[path = "pty/stocktake.rs"]
mod stocktake;
#[path = "access/table.rs"]
mod table;
#[path = "pty/tasks.rs"]
mod tasks;
#[path = "pty/terminal.rs"]
mod terminal;
#[path = "pty/venue.rs"]
mod venue;
#[path = "access/walk.rs"]
mod walk;

use std::collections::BTreeSet;

use walk::{Face, Walk};

/// Walks that go at the same time: they wait for braille and voice more than they compute.
fn walks(face: Face) -> BTreeSet<String> {
    let ways: [fn(&mut Walk); 3] = [Walk::subjects, Walk::sheets, Walk::forms];
    let go = |way: fn(&mut Walk)| {
        let mut walk = Walk::new(face);
        if walk.follows() {
            way(&mut walk);
            walk.idles();
        }
        walk.finish()
    };
    std::thread::scope(|scope| {
        let all: Vec<_> = ways.map(|way| scope.spawn(move || go(way))).into_iter().collect();
        all.into_iter().flat_map(|walk| walk.join().unwrap()).collect()
    })
}

#[test]
fn every_page_in_lines_shows_where_one_is_and_says_little() {
    let prompts = walks(Face::Lines);
    assert_eq!(braille::cut(&prompts), Vec::<String>::new(), "not whole in Chinese braille");
}

#[test]
fn every_page_on_the_screen_shows_where_one_is_and_says_little() {
    walks(Face::Screen);
}

#[test]
fn a_prompt_that_is_too_long_for_chinese_braille_would_be_seen() {
    let long = "本次服务对象的姓名和证件号码还有联系电话都要填写>";
    let cut = braille::cut(&["服务对象>", long].map(str::to_owned).into());
    assert!(cut.is_empty() && std::env::var_os("CI").is_none() || cut == [long], "{cut:?}");
}
