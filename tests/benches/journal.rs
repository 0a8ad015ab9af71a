//! How long the journal takes with 1 000 posted lines and, with `LIANBAN_BENCH_LARGE=1`, with 1 000 000, beside
//! `hledger balance` on the same lines: `cargo bench --bench journal`. The lines are written into a demonstration office by
//! SQL with the file's guards on, each of them reviewed and posted in order, so that the kept totals are the triggers' own.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a bench that cannot go on stops"
)]

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use divan::Bencher;
use lianban::desk::{Desk, Intent, Move};
use lianban::office::{self, Opening, Scripts, Who};
use lianban::values::lang::Lang;
use rusqlite::{Connection, params};

fn main() {
    divan::main();
}

/// Lines of the journals measured.
fn sizes() -> Vec<usize> {
    match std::env::var("LIANBAN_BENCH_LARGE").is_ok() {
        true => vec![1_000, 1_000_000],
        false => vec![1_000],
    }
}

/// The months the lines are spread over: from April 2026 on, ten years less a quarter.
const MONTHS: usize = 117;

fn beside(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn file(size: usize) -> PathBuf {
    let file = beside(&format!("journal-{size}.db"));
    if !file.exists() {
        let making = beside(&format!("journal-{size}-making.db"));
        drop(std::fs::remove_file(&making));
        office::demo(&making, 0, Lang::Zh, &mut |_, _| {}).unwrap();
        let mut db = Connection::open(&making).unwrap();
        fill(&mut db, size);
        db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        drop(db);
        std::fs::rename(&making, &file).unwrap();
    }
    file
}

const STAMP: &str = "1, '2026-04-01T00:00:00', '演示', '2026-04-01T00:00:00', '演示'";

/// A receipt and a payment of the same sum by turns, fund after fund, account after account, in the bank's journal.
fn fill(db: &mut Connection, size: usize) {
    let bank: (i64, i64, i64) = db
        .query_row(
            "SELECT b.id, e.seq, e.balance FROM book b JOIN journal_entry e ON e.book = b.id WHERE b.code = 'BANK' \
             ORDER BY e.seq DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .unwrap();
    let (bank, mut seq, mut balance) = bank;
    let funds: Vec<(i64, String)> = {
        let mut all = db.prepare("SELECT id, owner FROM fund ORDER BY code").unwrap();
        let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let accounts = ["5101.01", "5101.02", "5201.01", "5201.02", "5201.03", "5201.05", "5301.01"];
    let insert = format!(
        "INSERT INTO journal_entry (no, kind, period, number, book, cash, date, summary, account, fund, side, amount, \
         attachments, status, preparer, reviewer, org, version, created_at, created_by, updated_at, updated_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8, ?9, ?10, ?11, 1, '已审核', '仇拟文', '姚拟宁', ?12, {STAMP})"
    );
    let post = "UPDATE journal_entry SET status = '已过账', bookkeeper = '仇拟文', seq = ?2, balance = ?3 WHERE id = ?1";
    let each = size.div_ceil(MONTHS);
    let mut written = 0;
    for month in 0..MONTHS {
        let tx = db.transaction().unwrap();
        let (year, of_year) = (2026 + (month + 3) / 12, (month + 3) % 12 + 1);
        let period = format!("{year}-{of_year:02}");
        let mut numbers = [0, 0];
        for line in 0..each.min(size - written) {
            let out = line % 2;
            numbers[out] += 1;
            let (kind, side) = [("银收", "收"), ("银付", "付")][out];
            let (fund, org) = &funds[(line / 2) % funds.len()];
            let account = if out == 1 { accounts[(line / 2) % accounts.len()] } else { "4401" };
            let fen = 1000 + i64::try_from((line / 2) % 90_000).unwrap();
            let amount = if out == 1 { -fen } else { fen };
            let date = format!("{period}-{:02}", 1 + line * 28 / each);
            let no = format!("{kind}-{year}{of_year:02}-{:03}", numbers[out]);
            let summary = if out == 1 { "付活动用品及场地费" } else { "收工作经费" };
            tx.prepare_cached(&insert)
                .unwrap()
                .execute(params![
                    no,
                    kind,
                    period,
                    numbers[out],
                    bank,
                    date,
                    summary,
                    account,
                    fund,
                    side,
                    amount,
                    org
                ])
                .unwrap();
            let id = tx.last_insert_rowid();
            let split = "INSERT INTO journal_split VALUES (?1, 1, ?2, ?3, ?4, ?5)";
            tx.prepare_cached(split).unwrap().execute(params![id, fund, org, account, amount]).unwrap();
            (seq, balance) = (seq + 1, balance + amount);
            tx.prepare_cached(post).unwrap().execute(params![id, seq, balance]).unwrap();
        }
        written += each.min(size - written);
        tx.commit().unwrap();
    }
}

fn opening(size: usize) -> Opening {
    let now = Some("2036-01-04T09:30:00".parse().unwrap());
    Opening { file: file(size), lang: Lang::Zh, now, terminal: "bench".into(), read_only: false }
}

fn scripts(size: usize) -> Scripts {
    Scripts::enter(&opening(size), &Who { name: "仇拟文".into(), ..Who::default() }).unwrap()
}

/// A desk with the accountant of the demonstration at it, showing a page of 32 rows.
fn desk(size: usize, page: &str) -> RefCell<Desk> {
    let mut desk = scripts(size).into_desk();
    desk.handle(Intent::Window(32));
    desk.handle(Intent::GoTo(page.into()));
    RefCell::new(desk)
}

#[divan::bench(args = sizes())]
fn balance_of_all_funds(bencher: Bencher<'_, '_>, size: usize) {
    let desk = desk(size, "today");
    bencher.bench_local(|| desk.borrow_mut().handle(Intent::GoTo("funds.all".into())));
}

#[divan::bench(args = sizes())]
fn fund_report_of_the_year(bencher: Bencher<'_, '_>, size: usize) {
    let desk = desk(size, "today");
    bencher.bench_local(|| desk.borrow_mut().handle(Intent::GoTo("report.rp-17.last-year".into())));
}

#[divan::bench(args = sizes())]
fn trial_balance_of_the_year(bencher: Bencher<'_, '_>, size: usize) {
    let desk = desk(size, "today");
    bencher.bench_local(|| desk.borrow_mut().handle(Intent::GoTo("report.trial-balance.last-year".into())));
}

#[divan::bench(args = sizes())]
fn one_page_of_the_register(bencher: Bencher<'_, '_>, size: usize) {
    let desk = desk(size, "today");
    bencher.bench_local(|| desk.borrow_mut().handle(Intent::GoTo("journal.bank".into())));
}

#[divan::bench(args = sizes())]
fn next_page_of_the_register(bencher: Bencher<'_, '_>, size: usize) {
    let (desk, step) = (desk(size, "journal.bank"), Cell::new(0_u32));
    bencher.bench_local(|| {
        step.set(step.get() + 1);
        let up = (step.get() / 10).is_multiple_of(2);
        desk.borrow_mut().handle(Intent::Move(if up { Move::PageUp } else { Move::PageDown }))
    });
}

/// The same lines in the file that goes out for hledger.
fn exported(size: usize) -> PathBuf {
    let path = beside(&format!("journal-{size}.journal"));
    if !path.exists() {
        scripts(size).export_as("journal", &path, None).unwrap();
    }
    path
}

#[divan::bench(args = sizes(), sample_count = 1, sample_size = 1)]
fn export_for_hledger(bencher: Bencher<'_, '_>, size: usize) {
    let (scripts, path) = (scripts(size), beside(&format!("journal-{size}-again.journal")));
    bencher.bench_local(|| {
        drop(std::fs::remove_file(&path));
        scripts.export_as("journal", &path, None).unwrap()
    });
    drop(std::fs::remove_file(&path));
}

/// The whole of it, as somebody without our program would ask: not measured where hledger is not installed.
#[divan::bench(args = sizes(), sample_count = 1, sample_size = 1)]
fn hledger_balance(bencher: Bencher<'_, '_>, size: usize) {
    if Command::new("hledger").arg("--version").output().is_err() {
        eprintln!("hledger is not installed: not measured");
        return;
    }
    let path = exported(size);
    bencher.bench_local(|| {
        let mut ask = Command::new("hledger");
        ask.arg("-f").arg(&path).args(["balance", "资产", "--depth", "3"]).env("LC_ALL", "C.UTF-8");
        assert!(ask.stdout(Stdio::null()).status().unwrap().success());
    });
}
