//! How long the asset inventory takes with 1 000 assets and, with `LIANBAN_BENCH_LARGE=1`, with 1 000 000:
//! `cargo bench --bench assets`. They are written into a demonstration office by SQL with the file's guards on, a hundred kinds
//! of thing, one in ten in use; there are as many loans that are over as assets, so that what is fair is reckoned from them.

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
use lianban::desk::{Desk, Intent, Move};
use lianban::office::{Opening, Scripts, Who};
use lianban::values::lang::Lang;
use rusqlite::{Connection, params};

fn main() {
    divan::main();
}

/// Assets of the inventories measured.
fn sizes() -> Vec<usize> {
    match std::env::var("LIANBAN_BENCH_LARGE").is_ok() {
        true => vec![1_000, 1_000_000],
        false => vec![1_000],
    }
}

const STAMP: &str = "1, '2026-03-04T09:30:00', '演示', '2026-03-04T09:30:00', '演示'";
const ORGS: [&str; 6] = ["BL", "DF", "PD", "ID", "MD", "AS"];

fn fill(db: &mut Connection, size: usize) {
    let zones: Vec<i64> = db
        .prepare("SELECT id FROM zone")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let asset = format!(
        "INSERT INTO asset (no, name, category, owner, place, shelf, shelf_order, source, value, acquired_on, last_used_on, \
         status, version, created_at, created_by, updated_at, updated_by) \
         VALUES (?1, ?2, '康复辅助', ?3, ?4, ?5, ?6, '移交', 86000, '2020-01-01', date('2020-01-01', ?7), ?8, {STAMP}) RETURNING id"
    );
    let loan = format!(
        "INSERT INTO asset_loan (no, asset, org, owner, borrower, requested_on, from_on, due_on, out_on, returned_on, \
         returned_state, status, version, created_at, created_by, updated_at, updated_by) \
         VALUES (?1, ?2, ?3, ?4, '某', '2025-06-01', '2025-06-01', '2025-06-03', '2025-06-01', '2025-06-03', '完好', '已归还', {STAMP})"
    );
    let tx = db.transaction().unwrap();
    {
        let (mut asset, mut loan) = (tx.prepare(&asset).unwrap(), tx.prepare(&loan).unwrap());
        for n in 0..size {
            let owner = ORGS[n % 6];
            let status = if n % 10 == 0 { "在用" } else { "闲置" };
            let values = params![
                format!("ZC-{owner}-{:07}", n + 1000),
                format!("器材{:02}", n / 7 % 100),
                owner,
                zones[n % zones.len()],
                format!("柜{}", n % 9),
                (n / 100) as i64,
                format!("+{} days", n % 2000),
                status,
            ];
            let id: i64 = asset.query_row(values, |row| row.get(0)).unwrap();
            loan.execute(params![format!("ZS-0-{n:07}"), id, ORGS[(n + 1) % 6], owner]).unwrap();
        }
    }
    tx.commit().unwrap();
    db.execute_batch("ANALYZE").unwrap();
}

fn desk(size: usize, page: &str) -> RefCell<Desk> {
    opening::desk(opening::file("assets", size, fill), None, page)
}

#[divan::bench(args = sizes())]
fn the_list(bencher: Bencher<'_, '_>, size: usize) {
    let desk = desk(size, "today");
    bencher.bench_local(|| desk.borrow_mut().handle(Intent::GoTo("assets".into())));
}

/// Page after page along the shelves.
#[divan::bench(args = sizes())]
fn page_down_the_shelves(bencher: Bencher<'_, '_>, size: usize) {
    let (desk, step) = (desk(size, "assets.places"), Cell::new(0));
    bencher.bench_local(|| {
        step.set(step.get() + 1);
        let to = if (step.get() / 20_u32).is_multiple_of(2) { Move::PageDown } else { Move::PageUp };
        desk.borrow_mut().handle(Intent::Move(to))
    });
}

/// The last page of all of them, and back.
#[divan::bench(args = sizes())]
fn the_other_end(bencher: Bencher<'_, '_>, size: usize) {
    let (desk, step) = (desk(size, "assets"), Cell::new(false));
    bencher.bench_local(|| {
        step.set(!step.get());
        let to = if step.get() { Move::Last } else { Move::First };
        desk.borrow_mut().handle(Intent::Move(to))
    });
}

/// A tag that is scanned: the card opens.
#[divan::bench(args = sizes())]
fn one_by_its_number(bencher: Bencher<'_, '_>, size: usize) {
    let (desk, step) = (desk(size, "assets"), Cell::new(0));
    bencher.bench_local(|| {
        step.set((step.get() + 6) % 900);
        desk.borrow_mut().handle(Intent::Jump(format!("ZC-BL-{:07}", step.get() + 1000)))
    });
    let title = desk.borrow().view().title.clone();
    assert!(title.contains("ZC-BL-"), "{title}");
}

/// A kind asked for: what could go out, ranked with the reasons; one turn is one key of the line.
#[divan::bench(args = sizes())]
fn what_of_a_kind_goes_out(bencher: Bencher<'_, '_>, size: usize) {
    let (desk, step) = (desk(size, "assets"), Cell::new(0_u32));
    desk.borrow_mut().handle(Intent::Act("loans.lend".into()));
    bencher.bench_local(|| {
        step.set((step.get() + 1) % 100);
        desk.borrow_mut().handle(Intent::Edit(format!("器材{:02} d w5", step.get())))
    });
    assert!(desk.borrow().view().form().is_some_and(|form| !form.findings.is_empty()));
}

/// The ledger of the year by owner, whole.
#[divan::bench(args = [1_000], sample_count = 10)]
fn the_ledger_by_owner(bencher: Bencher<'_, '_>, size: usize) {
    let file = opening::file("assets", size, fill);
    let opening = Opening { file, lang: Lang::Zh, now: None, terminal: "bench".into(), read_only: true };
    let scripts = Scripts::enter(&opening, &Who { name: "曾示平".into(), ..Who::default() }).unwrap();
    bencher.bench_local(|| scripts.report("rp-13", None, None).unwrap().rows.len());
}
