//! The sample year in the tables of the journal, for the tests of the reports. Writes what the sample says and posts it.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use crate::desk::office::Office;
use crate::subjects::demo::tests::office;
use crate::values::money::Fen;

pub(super) type Record = HashMap<String, String>;

pub(super) fn table(name: &str) -> Vec<Record> {
    let path = format!("{}/data/sample/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let record = |row: csv::StringRecord| {
        headers.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|row| record(row.unwrap())).collect()
}

fn fen(text: &str) -> i64 {
    if text.is_empty() { 0 } else { Fen::parse(text).unwrap().0 }
}

const STAMP: &str = "1, '2025-01-01T00:00', '演示', '2025-01-01T00:00', '演示'";

/// The sample office with its journal.
pub(super) fn sample() -> Office {
    let mut office = office("曾示平");
    office.who.posts = vec![("accountant".into(), String::new())];
    let db = office.store.conn();
    let has: i64 = db.query_row("SELECT count(*) FROM journal_entry", [], |row| row.get(0)).unwrap();
    if has == 0 {
        db.execute_batch("BEGIN").unwrap();
        fill(db);
        db.execute_batch("COMMIT").unwrap();
    }
    office
}

fn fill(db: &Connection) {
    for (code, name, kind, account, opening) in
        [("CASH", "库存现金", "现金", "1001", 128_640), ("BANK", "银行存款", "银行", "1002", 6_842_055)]
    {
        let sql = format!(
            "INSERT INTO book (code, name, kind, account, opening, opened_on, version, created_at, created_by, \
             updated_at, updated_by) VALUES (?1, ?2, ?3, ?4, ?5, '2025-01-01', {STAMP})"
        );
        db.execute(&sql, params![code, name, kind, account, opening]).unwrap();
    }
    let opening: HashMap<String, i64> = (table("fund_balances").into_iter())
        .map(|row| (row["fund_code"].clone(), fen(&row["opening_2025"])))
        .collect();
    for row in table("funds") {
        let sql = format!(
            "INSERT INTO fund (code, name, owner, source, restriction, shareable, valid_from, valid_to, opening, version, \
             created_at, created_by, updated_at, updated_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, {STAMP})"
        );
        let shareable = row["restriction"] == "非限定性" && row["owner"] != "JS";
        let values = params![
            row["fund_code"],
            row["name"],
            row["owner"],
            row["source"],
            row["restriction"],
            shareable,
            row["valid_from"],
            row["valid_to"],
            opening[&row["fund_code"]]
        ];
        db.execute(&sql, values).unwrap();
    }
    let mut splits: HashMap<String, Vec<Record>> = HashMap::new();
    for row in table("journal_splits") {
        splits.entry(row["entry_id"].clone()).or_default().push(row);
    }
    let mut lines = table("journal");
    for row in table("fund_transfers") {
        let mut line = row.clone();
        line.insert("book".into(), String::new());
        line.insert("summary".into(), row["basis"].clone());
        lines.push(line);
    }
    lines.sort_by(|a, b| a["date"].cmp(&b["date"]));
    for line in &lines {
        entry(db, line, &splits);
    }
}

fn entry(db: &Connection, line: &Record, splits: &HashMap<String, Vec<Record>>) {
    let get = |name: &str| line.get(name).map_or("", String::as_str);
    let parts: Vec<&str> = line["voucher_no"].split('-').collect();
    let (kind, period) = (parts[0], line["date"].chars().take(7).collect::<String>());
    let number: i64 = parts[2].parse().unwrap();
    let transfer = kind == "转";
    let leg = if !transfer && (get("book") == "CASH") != kind.starts_with('现') { 2 } else { 1 };
    let no = if leg == 2 { format!("{}/2", line["voucher_no"]) } else { line["voucher_no"].clone() };
    let receipt = !get("receipt").is_empty();
    let amount = if transfer { fen(get("amount")) } else { fen(get("receipt")) - fen(get("payment")) };
    let side = if transfer {
        "转"
    } else if receipt {
        "收"
    } else {
        "付"
    };
    let book: Option<i64> =
        db.query_row("SELECT id FROM book WHERE code = ?1", [get("book")], |row| row.get(0)).ok();
    let of = |code: &str| -> i64 {
        db.query_row("SELECT id FROM fund WHERE code = ?1", [code], |row| row.get(0)).unwrap()
    };
    let sql = format!(
        "INSERT INTO journal_entry (no, leg, kind, period, number, book, date, summary, account, side, amount, counterparty, \
         attachments, status, preparer, cashier, org, version, created_at, created_by, updated_at, updated_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1, '待审核', 'P05', 'P06', ?13, {STAMP})"
    );
    let account = Some(get("counter_account")).filter(|a| !a.is_empty());
    let values = params![
        no,
        leg,
        kind,
        period,
        number,
        book,
        line["date"],
        line["summary"],
        account,
        side,
        amount,
        get("counterparty"),
        get("org")
    ];
    db.execute(&sql, values).unwrap();
    let id = db.last_insert_rowid();
    let mut own: Vec<(i64, String, String, i64)> = Vec::new();
    let sign = if receipt { 1 } else { -1 };
    if transfer {
        own.push((
            of(get("from_fund")),
            get("from_fund").split('-').nth(1).unwrap().to_owned(),
            "3101".into(),
            -amount,
        ));
        own.push((of(get("to_fund")), "JS".into(), "3101".into(), amount));
    } else if let Some(rows) = splits.get(get("entry_id")) {
        for row in rows {
            own.push((
                of(&row["fund_code"]),
                row["org"].clone(),
                row["account"].clone(),
                sign * fen(&row["amount"]),
            ));
        }
    } else {
        own.push((of(get("fund_code")), get("org").to_owned(), get("counter_account").to_owned(), amount));
    }
    for (position, (fund, org, account, amount)) in (1_i64..).zip(own) {
        let sql = "INSERT INTO journal_split VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        db.execute(sql, params![id, position, fund, org, account, amount]).unwrap();
    }
    if get("status") == "待审核" {
        return;
    }
    db.execute("UPDATE journal_entry SET status = '已审核', reviewer = 'P02' WHERE id = ?1", [id]).unwrap();
    post(db, id);
}

/// Posts a reviewed line.
pub(super) fn post(db: &Connection, id: i64) {
    let sql = "UPDATE journal_entry SET status = '已过账', bookkeeper = 'P05', \
               seq = CASE WHEN book IS NULL THEN NULL ELSE 1 + coalesce((SELECT max(seq) FROM journal_entry o \
                 WHERE o.book = journal_entry.book AND o.seq IS NOT NULL), 0) END, \
               balance = CASE WHEN book IS NULL THEN NULL ELSE amount + coalesce((SELECT balance FROM journal_entry o \
                 WHERE o.book = journal_entry.book AND o.seq IS NOT NULL ORDER BY seq DESC LIMIT 1), \
                 (SELECT opening FROM book WHERE id = journal_entry.book)) END WHERE id = ?1";
    db.execute(sql, [id]).unwrap();
}
