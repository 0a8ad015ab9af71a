//! How long it takes to find who could come, and to show a week, with 100 people and 10 000 shifts and, with
//! `LIANBAN_BENCH_LARGE=1`, with 10 000 people and 1 000 000 shifts: `cargo bench --bench staff`. The rows are written into a
//! demonstration office by SQL with the file's guards on.

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

/// People of the offices measured; each has a hundred shifts over two years.
fn sizes() -> Vec<usize> {
    match std::env::var("LIANBAN_BENCH_LARGE").is_ok() {
        true => vec![100, 10_000],
        false => vec![100],
    }
}

/// Weeks with a shift for everybody, from 2025-01-01 on.
const WEEKS: usize = 100;
const STAMP: &str = "1, '2026-03-04T09:30:00', '演示', '2026-03-04T09:30:00', '演示'";

fn fill(db: &mut Connection, size: usize) {
    let orgs = ["BL", "DF", "PD", "ID", "MD", "AS"];
    let skills = ["手语翻译", "盲文", "驾驶", "急救", "陪同出行", "搬运", "摄影", "个案"];
    let tx = db.transaction().unwrap();
    let person = format!(
        "INSERT INTO staff (code, name, kind, org, skills, availability, joined_on, version, created_at, created_by, \
         updated_at, updated_by) VALUES (?1, ?2, '志愿者', ?3, ?4, '周一至周五 08:30-17:00', '2024-01-01', {STAMP}) RETURNING id"
    );
    let shift = format!(
        "INSERT INTO shift (no, staff, org, task, kind, starts_at, ends_at, status, version, created_at, created_by, \
         updated_at, updated_by) VALUES (?1, ?2, ?3, '陪同', '服务', \
         strftime('%Y-%m-%dT%H:%M', '2025-01-01', ?4), strftime('%Y-%m-%dT%H:%M', '2025-01-01', ?5), '已排', {STAMP})"
    );
    {
        let mut person = tx.prepare(&person).unwrap();
        let mut able = tx.prepare("INSERT INTO staff_skill (staff, skill) VALUES (?1, ?2)").unwrap();
        let mut shift = tx.prepare(&shift).unwrap();
        for n in 0..size {
            let skill = skills[n % skills.len()];
            let (code, name) = (format!("V{n:05}"), format!("志示{n:05}"));
            let id: i64 =
                person.query_row(params![code, name, orgs[n % 6], skill], |row| row.get(0)).unwrap();
            able.execute(params![id, skill]).unwrap();
            for week in 0..WEEKS {
                let from = (week * 7 + n % 7) * 1440 + 510 + n % 8 * 60;
                let no = format!("V-{n:05}-{week:03}");
                let org = orgs[(n + week) % 6];
                let at = |minute: usize| format!("+{minute} minutes");
                shift.execute(params![no, id, org, at(from), at(from + 120)]).unwrap();
            }
        }
    }
    tx.commit().unwrap();
}

fn desk(size: usize, page: &str) -> RefCell<Desk> {
    opening::desk(opening::file("staff", size, fill), None, page)
}

/// Types one hour and the other in turns: the same line again would be no edit.
fn asks(bencher: Bencher<'_, '_>, desk: &RefCell<Desk>, who: &str) {
    let step = Cell::new(0_u32);
    bencher.bench_local(|| {
        step.set(step.get() + 1);
        let hours = if step.get().is_multiple_of(2) { "14-16" } else { "14-17" };
        desk.borrow_mut().handle(Intent::Edit(format!("w3 {hours} {who}")))
    });
    let view = desk.borrow().view().clone();
    assert!(!view.form().unwrap().findings.is_empty(), "nobody was proposed");
}

/// One key of a line that asks for somebody who signs, with everything the form then says.
#[divan::bench(args = sizes())]
fn who_signs_and_is_free(bencher: Bencher<'_, '_>, size: usize) {
    let desk = desk(size, "staff");
    desk.borrow_mut().handle(Intent::Act("shifts.assign".into()));
    asks(bencher, &desk, "sy");
}

/// The same of anybody: everybody is looked at.
#[divan::bench(args = sizes())]
fn who_is_free(bencher: Bencher<'_, '_>, size: usize) {
    let desk = desk(size, "staff");
    desk.borrow_mut().handle(Intent::Act("shifts.assign".into()));
    asks(bencher, &desk, "d");
}

#[divan::bench(args = sizes())]
fn the_week(bencher: Bencher<'_, '_>, size: usize) {
    let desk = desk(size, "shifts.day");
    bencher.bench_local(|| desk.borrow_mut().handle(Intent::GoTo("shifts.week".into())));
}
