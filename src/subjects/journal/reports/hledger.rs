//! The journal file read by the real hledger: what it makes of the sample year is our trial balance and our fund balances,
//! to the fen.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::Command;

use crate::desk::Locale;
use crate::desk::office::Office;
use crate::values::lang::Lang;
use crate::values::money::Fen;

use super::sample::{sample, table};
use super::{ledger_file, trial};

/// Whether hledger is there. Where the checks run it must be; elsewhere its absence is said.
fn installed() -> bool {
    let there = Command::new("hledger").arg("--version").output().is_ok();
    assert!(there || std::env::var_os("CI").is_none(), "hledger is not installed: apt-get install hledger");
    if !there {
        let said =
            writeln!(std::io::stderr(), "not checked: hledger is not installed (apt-get install hledger)");
        drop(said);
    }
    there
}

struct File {
    _room: tempfile::TempDir,
    path: std::path::PathBuf,
}

fn written(office: &Office) -> File {
    let room = tempfile::tempdir().unwrap();
    let path = room.path().join("year.journal");
    let mut bytes = Vec::new();
    ledger_file::write(&office.cx(), "导出 某 2026-03-04 09:30", &mut bytes).unwrap();
    std::fs::write(&path, bytes).unwrap();
    File { _room: room, path }
}

fn hledger(file: &File, args: &[&str]) -> String {
    let done = Command::new("hledger")
        .arg("-f")
        .arg(&file.path)
        .args(args)
        .env("LANG", "C.UTF-8")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert!(done.status.success(), "hledger {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Every account with its balance in fen.
fn balances(file: &File, args: &[&str]) -> BTreeMap<String, i64> {
    let mut all = vec!["balance", "--flat", "-N", "-O", "csv"];
    all.extend(args);
    let text = hledger(file, &all);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let row = |row: csv::StringRecord| {
        let amount = row[1].trim_end_matches(" CNY").to_owned();
        (row[0].to_owned(), Fen::parse(&amount).unwrap().0)
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The same by account of the chart: the last step but one of the name begins with its code.
fn by_account(balances: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let mut all = BTreeMap::new();
    for (name, amount) in balances {
        let code = name.rsplit(':').nth(1).unwrap().split(' ').next().unwrap();
        *all.entry(code.to_owned()).or_default() += amount;
    }
    all.retain(|_, amount| *amount != 0);
    all
}

fn ours(office: &Office, from: &str, to: &str) -> BTreeMap<String, i64> {
    let lines = trial::lines(&office.cx(), from.parse().unwrap(), to.parse().unwrap()).unwrap();
    lines.into_iter().map(|(code, line)| (code, line.closing())).filter(|(_, amount)| *amount != 0).collect()
}

#[test]
fn hledger_finds_our_trial_balance_and_our_funds() {
    if !installed() {
        return;
    }
    let office = sample();
    let file = written(&office);
    hledger(&file, &["check", "--strict"]);
    hledger(&file, &["check", "ordereddates"]);
    let year = balances(&file, &["-e", "2026-01-01"]);
    assert_eq!(by_account(&year), ours(&office, "2025-01-01", "2025-12-31"));
    for row in table("fund_balances") {
        let fund = format!(":{}", row["fund_code"]);
        let held: i64 = year
            .iter()
            .filter(|(name, _)| name.starts_with("资产:") && name.ends_with(&fund))
            .map(|(_, a)| a)
            .sum();
        assert_eq!(Fen(held).plain(), row["closing_2025"], "{fund}");
        let all: i64 = year.iter().filter(|(name, _)| name.ends_with(&fund)).map(|(_, a)| a).sum();
        assert_eq!(all, 0, "{fund} balances by itself");
    }
    let whole = balances(&file, &[]);
    assert_eq!(by_account(&whole), ours(&office, "1900-01-01", "2099-12-31"));
    let bank: i64 =
        whole.iter().filter(|(name, _)| name.starts_with("资产:1002 银行存款:")).map(|(_, a)| a).sum();
    assert_eq!(Fen(bank).plain(), "392724.16");
    let found = hledger(&file, &["print", "code:银付-202501-001"]);
    assert!(found.contains("2025-01-06 * (银付-202501-001) 提取备用金"), "{found}");
    let blind = hledger(&file, &["print", "tag:org=BL", "code:银收-202501-001"]);
    assert!(blind.contains("counterparty:县残联"), "{blind}");
}

#[test]
fn names_that_mean_something_to_hledger_do_no_harm() {
    if !installed() {
        return;
    }
    let mut office = sample();
    office.locale = Locale::new(Lang::En);
    let db = office.store.conn();
    db.execute("UPDATE fund SET code = 'F:BL  (0);x' WHERE code = 'F-BL-00'", []).unwrap();
    let sql = "INSERT INTO journal_entry (no, leg, kind, period, number, book, cash, date, summary, account, side, amount, status, \
               preparer, reviewer, counterparty, version, created_at, created_by, updated_at, updated_by) \
               VALUES ('现收-202612-001', 1, '现收', '2026-12', 1, 1, 1, '2026-12-01', 'a; b | c' || char(10) || '  d', \
               '4901', '收', 100, '已审核', 'P05', 'P02', 'x, y:z; w', 1, '', '', '', '')";
    db.execute(sql, []).unwrap();
    let id = db.last_insert_rowid();
    db.execute("INSERT INTO journal_split VALUES (?1, 1, 1, 'BL', '4901', 100)", [id]).unwrap();
    super::sample::post(db, id);
    let file = written(&office);
    hledger(&file, &["check", "--strict"]);
    assert_eq!(by_account(&balances(&file, &[])), ours(&office, "1900-01-01", "2099-12-31"));
    let said = hledger(&file, &["print", "code:202612"]);
    assert!(said.contains("a； b ｜ c d") && said.contains("counterparty:x， y:z； w"), "{said}");
}

#[test]
fn only_who_may_see_the_money_takes_it_out() {
    let mut office = sample();
    office.who.posts = vec![("liaison".into(), "BL".into())];
    let mut bytes = Vec::new();
    let refused = ledger_file::write(&office.cx(), "导出 某 2026-03-04 09:30", &mut bytes).unwrap_err();
    assert_eq!((refused.code, bytes.len()), ("permission", 0));
}
