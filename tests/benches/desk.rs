//! How long the headless desk takes for what people do all day, at 1 000 records and, with `LIANBAN_BENCH_LARGE=1`, at
//! 1 000 000: `cargo bench --bench desk`. The offices are made once and kept beside the build.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    missing_docs,
    unreachable_pub,
    reason = "a bench that cannot go on stops"
)]

use std::cell::{Cell, RefCell};
use std::path::PathBuf;

use divan::Bencher;
use lianban::desk::{Desk, Intent, Move};
use lianban::office::{self, DEMO_OPERATOR, Opening, Scripts, Who};
use lianban::values::lang::Lang;

fn main() {
    divan::main();
}

/// Clients, and as many cases, of the offices measured.
fn sizes() -> Vec<usize> {
    match std::env::var("LIANBAN_BENCH_LARGE").is_ok() {
        true => vec![1_000, 1_000_000],
        false => vec![1_000],
    }
}

fn file(size: usize) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("office-{size}.db"));
    if !file.exists() {
        office::demo(&file, size, Lang::Zh, &mut |_, _| {}).unwrap();
    }
    file
}

/// A desk with the clerk of the demonstration at it, showing a page of 32 rows.
fn desk(size: usize, page: &str) -> RefCell<Desk> {
    let opening =
        Opening { file: file(size), lang: Lang::Zh, now: None, terminal: "bench".into(), read_only: false };
    let who = Who { name: DEMO_OPERATOR.into(), ..Who::default() };
    let mut desk = Scripts::enter(&opening, &who).unwrap().into_desk();
    desk.handle(Intent::Window(32));
    desk.handle(Intent::GoTo(page.into()));
    RefCell::new(desk)
}

#[divan::bench(args = sizes())]
fn open_to_the_first_page(bencher: Bencher<'_, '_>, size: usize) {
    file(size);
    bencher.bench_local(|| desk(size, "today"));
}

/// Goes to and fro, so that a small office does not come to its end.
fn walk(bencher: Bencher<'_, '_>, size: usize, page: &str, there: Move, back: Move, steps: usize) {
    let (desk, step) = (desk(size, page), Cell::new(0));
    bencher.bench_local(|| {
        step.set(step.get() + 1);
        let to = if (step.get() / steps).is_multiple_of(2) { there } else { back };
        desk.borrow_mut().handle(Intent::Move(to))
    });
}

#[divan::bench(args = sizes())]
fn down(bencher: Bencher<'_, '_>, size: usize) {
    walk(bencher, size, "cases.all", Move::Next, Move::Previous, 20);
}

#[divan::bench(args = sizes())]
fn page_down(bencher: Bencher<'_, '_>, size: usize) {
    walk(bencher, size, "cases.all", Move::PageDown, Move::PageUp, 20);
}

#[divan::bench(args = sizes())]
fn to_the_end_and_back(bencher: Bencher<'_, '_>, size: usize) {
    walk(bencher, size, "cases.all", Move::Last, Move::First, 1);
}

/// Types a text key by key into the search, over and over; one turn is one key.
fn search(bencher: Bencher<'_, '_>, size: usize, text: &str) {
    let (desk, typed) = (desk(size, "today"), Cell::new(0));
    let keys = text.chars().count();
    bencher.bench_local(|| {
        typed.set(typed.get() % keys + 1);
        let so_far: String = text.chars().take(typed.get()).collect();
        desk.borrow_mut().handle(Intent::Search(so_far))
    });
}

#[divan::bench(args = sizes())]
fn search_a_name(bencher: Bencher<'_, '_>, size: usize) {
    search(bencher, size, "沈示安");
}

#[divan::bench(args = sizes())]
fn search_initials(bencher: Bencher<'_, '_>, size: usize) {
    search(bencher, size, "ssa");
}

#[divan::bench(args = sizes())]
fn search_two_characters(bencher: Bencher<'_, '_>, size: usize) {
    search(bencher, size, "轮椅");
}

#[divan::bench(args = sizes())]
fn search_the_end_of_a_phone(bencher: Bencher<'_, '_>, size: usize) {
    search(bencher, size, "0512");
}

#[divan::bench(args = sizes())]
fn jump(bencher: Bencher<'_, '_>, size: usize) {
    let desk = desk(size, "cases");
    let home = || {
        desk.borrow_mut().handle(Intent::Back);
    };
    bencher.with_inputs(home).bench_local_values(|()| desk.borrow_mut().handle(Intent::Jump("#31".into())));
}

#[divan::bench(args = sizes())]
fn a_saved_note(bencher: Bencher<'_, '_>, size: usize) {
    let desk = desk(size, "cases");
    let begin = || {
        let mut desk = desk.borrow_mut();
        desk.handle(Intent::Act("cases.note".into()));
        desk.handle(Intent::Edit("已致电".into()));
        assert!(desk.view().form().is_some(), "{:?}", desk.view().notice);
    };
    bencher.with_inputs(begin).bench_local_values(|()| desk.borrow_mut().handle(Intent::Submit));
    assert!(desk.borrow().view().form().is_none(), "{:?}", desk.borrow().view().notice);
}

/// What a saved note is held against: one row, one commit, on the disk.
#[divan::bench]
fn a_bare_insert(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let bare = rusqlite::Connection::open(folder.path().join("bare.db")).unwrap();
    bare.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE note (text TEXT) STRICT;",
    )
    .unwrap();
    bencher.bench_local(|| bare.execute("INSERT INTO note VALUES ('已致电')", []).unwrap());
}

#[divan::bench(args = sizes())]
fn a_draft_key(bencher: Bencher<'_, '_>, size: usize) {
    let (desk, typed) = (desk(size, "cases"), Cell::new(0));
    desk.borrow_mut().handle(Intent::Act("cases.note".into()));
    bencher.bench_local(|| {
        typed.set(typed.get() % 40 + 1);
        desk.borrow_mut().handle(Intent::Edit("字".repeat(typed.get())))
    });
    desk.borrow_mut().handle(Intent::Discard);
    desk.borrow_mut().handle(Intent::Answer(true));
}
