//! The sample office with someone at the desk who may see its money, for the tests of the reports.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::desk::office::Office;
use crate::subjects::demo::tests::office;

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

/// The sample office as its accountant sees it.
pub(super) fn sample() -> Office {
    let mut office = office("曾示平");
    office.who.posts = vec![("accountant".into(), String::new())];
    office
}

/// Posts a reviewed line.
pub(super) fn post(db: &Connection, id: i64) {
    let sql = "UPDATE journal_entry SET status = '已过账', bookkeeper = '丁', \
               seq = CASE WHEN book IS NULL THEN NULL ELSE 1 + coalesce((SELECT max(seq) FROM journal_entry o \
                 WHERE o.book = journal_entry.book AND o.seq IS NOT NULL), 0) END, \
               balance = CASE WHEN book IS NULL THEN NULL ELSE amount + coalesce((SELECT balance FROM journal_entry o \
                 WHERE o.book = journal_entry.book AND o.seq IS NOT NULL ORDER BY seq DESC LIMIT 1), \
                 (SELECT opening FROM book WHERE id = journal_entry.book)) END WHERE id = ?1";
    db.execute(sql, [id]).unwrap();
}
