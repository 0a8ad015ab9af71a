//! How long the asset inventory takes with 1 000 assets and, with `LIANBAN_BENCH_LARGE=1`, with 1 000 000:
//! `cargo bench --bench assets`. They are taken into a demonstration office from a table, as an office would take them in, a
//! hundred kinds of thing, one in ten in use; then there are as many loans that are over as assets, so that what is fair is
//! reckoned from them. The stocktakes are of 10 000 things.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a bench that cannot go on stops"
)]

mod opening;

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use divan::Bencher;
use lianban::desk::{Desk, Intent, Move};
use lianban::office::{Opening, Scripts, Who};
use lianban::values::lang::Lang;
use rusqlite::Connection;

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
/// General affairs of the sample, and the chair of one of the associations.
const WARDEN: &str = "曾示平";
const OWNER: &str = "吕拟光";
/// Things in the office where stocktakes are held.
const COUNTED: usize = 10_000;
const ORGS: [&str; 6] = ["BL", "DF", "PD", "ID", "MD", "AS"];

/// The table that is taken in.
fn table(file: &Path, zones: &[String], size: usize) {
    let mut out = BufWriter::new(File::create(file).unwrap());
    writeln!(out, "no,name,category,owner,place,shelf,shelf_order,source,value,acquired_on,status").unwrap();
    for n in 0..size {
        let owner = ORGS[n % 6];
        let status = if n.is_multiple_of(10) { "在用" } else { "闲置" };
        let (no, kind, zone) = (n + 1000, n / 7 % 100, &zones[n % zones.len()]);
        let (shelf, order) = (n % 9, n / 100);
        writeln!(
            out,
            "ZC-{owner}-{no:07},器材{kind:02},康复辅助,{owner},{zone},柜{shelf},{order},移交,860,2020-01-01,{status}"
        )
        .unwrap();
    }
    out.flush().unwrap();
}

fn fill(db: &mut Connection, size: usize) {
    let file = PathBuf::from(db.path().unwrap());
    let zones: Vec<String> = db
        .prepare("SELECT code FROM zone")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let list = file.with_extension("csv");
    table(&list, &zones, size);
    let report = scripts(&file, WARDEN).import("assets", &list, &[], false, &mut |_, _| {}).unwrap();
    assert!(report.written && report.taken == size, "{:?}", report.refused.first());
    std::fs::remove_file(&list).unwrap();
    let loan = format!(
        "INSERT INTO asset_loan (no, asset, org, owner, borrower, requested_on, from_on, due_on, out_on, returned_on, \
         returned_state, status, version, created_at, created_by, updated_at, updated_by) \
         SELECT printf('ZS-0-%07d', id), id, CASE owner WHEN 'BL' THEN 'DF' ELSE 'BL' END, owner, '某', '2025-06-01', '2025-06-01', \
         '2025-06-03', '2025-06-01', '2025-06-03', '完好', '已归还', {STAMP} FROM asset WHERE no GLOB 'ZC-??-???????'"
    );
    let tx = db.transaction().unwrap();
    tx.execute("UPDATE asset SET last_used_on = date('2020-01-01', (id % 2000) || ' days')", []).unwrap();
    assert_eq!(tx.execute(&loan, []).unwrap(), size);
    tx.commit().unwrap();
}

/// Somebody at a script of this office.
fn scripts(file: &Path, name: &str) -> Scripts {
    let opening =
        Opening { file: file.into(), lang: Lang::Zh, now: None, terminal: "bench".into(), read_only: false };
    Scripts::enter(&opening, &Who { name: name.into(), ..Who::default() }).unwrap()
}

/// An office of its own to count in: counted is counted.
fn countable(name: &str) -> PathBuf {
    let file = opening::file("assets", COUNTED, fill);
    let own = file.with_file_name(format!("assets-{name}.db"));
    for ending in ["db", "db-wal", "db-shm"] {
        drop(std::fs::remove_file(own.with_extension(ending)));
    }
    std::fs::copy(&file, &own).unwrap();
    own
}

/// Begins a stocktake of everything.
fn begin(scripts: &Scripts) {
    let planned = scripts.quick("盘", true).unwrap().done.unwrap();
    scripts.act(&planned.reference, "start", &[], true).unwrap();
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

/// A search that grows by a key a turn: a kind and where it stands, a number by its end.
#[divan::bench(args = sizes())]
fn search_as_it_is_typed(bencher: Bencher<'_, '_>, size: usize) {
    let (desk, step) = (desk(size, "today"), Cell::new(0_usize));
    let keys: Vec<String> = ["器材42", "zc-bl-0001006", "1006", "qc42"]
        .iter()
        .flat_map(|text| (1..=text.chars().count()).map(|n| text.chars().take(n).collect()))
        .collect();
    bencher.bench_local(|| {
        step.set((step.get() + 1) % keys.len());
        desk.borrow_mut().handle(Intent::Search(keys[step.get()].clone()))
    });
    desk.borrow_mut().handle(Intent::Search("zc-bl-0001006".into()));
    assert!(desk.borrow().view().list().is_some_and(|found| found.total == 1));
}

/// The same within the list of assets.
#[divan::bench(args = sizes())]
fn the_list_narrowed_as_it_is_typed(bencher: Bencher<'_, '_>, size: usize) {
    let (desk, step) = (desk(size, "assets"), Cell::new(0_usize));
    let keys = ["器", "器材", "器材4", "器材42", "ZC-BL", "1006"];
    bencher.bench_local(|| {
        step.set((step.get() + 1) % keys.len());
        desk.borrow_mut().handle(Intent::Filter(keys[step.get()].into()))
    });
}

/// The ledger of the year by owner, whole, as the secretariat has it.
#[divan::bench(args = [1_000], sample_count = 10)]
fn the_ledger_by_owner(bencher: Bencher<'_, '_>, size: usize) {
    let scripts = scripts(&opening::file("assets", size, fill), WARDEN);
    bencher.bench_local(|| scripts.report("rp-13", None, None).unwrap().rows.len());
}

/// The ledger of one owner, a sixth of them, as its association has it.
#[divan::bench(args = sizes(), sample_count = 3)]
fn the_ledger_of_one_owner(bencher: Bencher<'_, '_>, size: usize) {
    let scripts = scripts(&opening::file("assets", size, fill), OWNER);
    bencher.bench_local(|| assert!(scripts.report("rp-13", None, None).unwrap().rows.len() > size / 6));
}

/// The book written down for a stocktake: a line for every thing, in the order of the shelves, each to be found by its tag.
#[divan::bench(sample_count = 10)]
fn a_stocktake_begins(bencher: Bencher<'_, '_>) {
    let scripts = scripts(&countable("begun"), WARDEN);
    bencher.bench_local(|| begin(&scripts));
}

/// One thing after another is there: a key and Enter, each answer durable, the next thing asked.
#[divan::bench]
fn a_thing_is_counted(bencher: Bencher<'_, '_>) {
    let file = countable("counted");
    begin(&scripts(&file, WARDEN));
    let desk = opening::desk(file, None, "today");
    desk.borrow_mut().handle(Intent::Act("tallies.count".into()));
    bencher.bench_local(|| {
        desk.borrow_mut().handle(Intent::Edit("1".into()));
        desk.borrow_mut().handle(Intent::Accept)
    });
    let view = desk.borrow().view().clone();
    assert!(
        view.form().is_some_and(|form| form.fields.iter().any(|f| f.label.contains("/10060 "))),
        "{view:?}"
    );
}
