//! How long the venue calendar takes with 1 000 bookings and, with `LIANBAN_BENCH_LARGE=1`, with 1 000 000:
//! `cargo bench --bench venue`. They are written into a demonstration office by SQL with the file's guards on, so that each of
//! them was looked at for overlap; every room is taken eight hours of a day.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a bench that cannot go on stops"
)]

mod opening;

use std::cell::{Cell, RefCell};

use divan::Bencher;
use lianban::desk::{Desk, Intent};
use rusqlite::{Connection, params};

fn main() {
    divan::main();
}

/// Bookings of the calendars measured.
fn sizes() -> Vec<usize> {
    match std::env::var("LIANBAN_BENCH_LARGE").is_ok() {
        true => vec![1_000, 1_000_000],
        false => vec![1_000],
    }
}

/// One booking an hour from half past eight in every place that has none inside it, day after day up to past the year that
/// is asked about.
fn fill(db: &mut Connection, size: usize) {
    let leaves = "SELECT id FROM zone AS z WHERE NOT EXISTS (SELECT 1 FROM zone AS c WHERE c.parent = z.id) ORDER BY id";
    let zones: Vec<i64> =
        db.prepare(leaves).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let tx = db.transaction().unwrap();
    let a_day = zones.len() * 8;
    let days = size.div_ceil(a_day);
    // The year 2030 is full where there are enough to fill it; the sample's own bookings lie before all of them.
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let first = day("2030-01-01") - chrono::Days::new(days.saturating_sub(400) as u64);
    let first = first.max(day("2027-01-01"));
    {
        let sql = "INSERT INTO booking (no, zone, org, purpose, kind, starts_at, ends_at, status, version, created_at,
                     created_by, updated_at, updated_by)
                   VALUES (?1, ?2, ?3, '活动', '活动', ?4, ?5, '已确认', 1, '', '', '', '')";
        let mut insert = tx.prepare(sql).unwrap();
        let orgs = ["BL", "DF", "PD", "ID", "MD", "AS"];
        for n in 0..size {
            let day = first + chrono::Days::new((n / a_day) as u64);
            let hour = 8 + n % a_day / zones.len();
            let values = params![
                format!("YY-0-{n:07}"),
                zones[n % zones.len()],
                orgs[n % orgs.len()],
                format!("{day}T{hour:02}:30"),
                format!("{day}T{:02}:30", hour + 1),
            ];
            insert.execute(values).unwrap();
        }
    }
    tx.commit().unwrap();
}

/// A desk with general affairs of the demonstration at it, early in the year that is asked about.
fn desk(size: usize, page: &str) -> RefCell<Desk> {
    opening::desk(opening::file("venue", size, fill), Some("2030-01-04T07:30:00"), page)
}

#[divan::bench(args = sizes())]
fn one_day_of_all_zones(bencher: Bencher<'_, '_>, size: usize) {
    let desk = desk(size, "today");
    bencher.bench_local(|| desk.borrow_mut().handle(Intent::GoTo("venue".into())));
    let view = desk.borrow().view().clone();
    assert!(view.schedule().unwrap().lanes.len() > 15, "{}", view.page);
}

#[divan::bench(args = sizes())]
fn one_month_of_all_zones(bencher: Bencher<'_, '_>, size: usize) {
    let desk = desk(size, "today");
    bencher.bench_local(|| desk.borrow_mut().handle(Intent::GoTo("venue.month".into())));
}

/// Two hours in the whole activity area, on any working day of a year: with the year full, every day is looked at.
#[divan::bench(args = sizes())]
fn free_slot_within_a_year(bencher: Bencher<'_, '_>, size: usize) {
    let (desk, step) = (desk(size, "venue"), Cell::new(0_u32));
    desk.borrow_mut().handle(Intent::Act("venue.free".into()));
    assert!(desk.borrow().view().form().is_some());
    bencher.bench_local(|| {
        step.set(step.get() + 1);
        let hours = if step.get().is_multiple_of(2) { "2h" } else { "3h" };
        let line = format!("今年 {hours} d");
        desk.borrow_mut().handle(Intent::Edit(line))
    });
    let view = desk.borrow().view().clone();
    assert!(!view.form().unwrap().findings.is_empty(), "nothing was answered");
}

/// What is typed to book a taken hour: who has it, the next free time, another place.
#[divan::bench(args = sizes())]
fn a_taken_hour_with_what_else_is_free(bencher: Bencher<'_, '_>, size: usize) {
    let (desk, step) = (desk(size, "venue"), Cell::new(0_u32));
    desk.borrow_mut().handle(Intent::Act("venue.book".into()));
    bencher.bench_local(|| {
        step.set(step.get() + 1);
        let hours = if step.get().is_multiple_of(2) { "10-11" } else { "10-12" };
        desk.borrow_mut().handle(Intent::Edit(format!("2030-01-04 {hours} z03-r1 b 班")))
    });
}
