//! Search keys of our own, behind two functions: `Tx::index` files a record under what it can be found by, and
//! [`search`] finds it again. SQLite's trigram index cannot find words of two characters, which most Chinese
//! words are. Knows no subject's fields: it is handed the texts.

mod bulk;
mod keys;
mod query;
mod sorting;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, Tx};

pub(crate) use bulk::BulkIndex;
pub(crate) use keys::{KeySource, keys_of};
pub(crate) use query::search;

impl Tx<'_> {
    /// Files record `id` of `subject` under these texts and nothing else: keys it had before are taken away.
    pub(crate) fn index(&self, subject: &str, id: i64, parts: &[KeySource<'_>]) -> Result<(), StoreError> {
        let no = subject_no(self.conn(), subject)?;
        let new: BTreeSet<String> = keys_of(parts).into_iter().collect();
        let old = keys_before(self.conn(), no, id)?;
        let mut remove = self
            .conn()
            .prepare_cached("DELETE FROM search_key WHERE subject = ?1 AND key = ?2 AND id = ?3")?;
        for key in old.difference(&new) {
            remove.execute(params![no, key, id])?;
        }
        let mut add = self
            .conn()
            .prepare_cached("INSERT OR IGNORE INTO search_key (subject, key, id) VALUES (?1, ?2, ?3)")?;
        for key in new.difference(&old) {
            add.execute(params![no, key, id])?;
        }
        self.conn()
            .prepare_cached(
                "INSERT INTO search_doc (subject, id, keys) VALUES (?1, ?2, ?3)
                 ON CONFLICT (subject, id) DO UPDATE SET keys = excluded.keys",
            )?
            .execute(params![no, id, keys::doc_of(&new)])?;
        Ok(())
    }
}

/// The number a subject's keys are filed under; given at its first record.
fn subject_no(conn: &Connection, subject: &str) -> Result<i64, StoreError> {
    if let Some(no) = known_subject(conn, subject)? {
        return Ok(no);
    }
    conn.execute("INSERT INTO search_subject (name) VALUES (?1)", [subject])?;
    Ok(conn.last_insert_rowid())
}

fn known_subject(conn: &Connection, subject: &str) -> Result<Option<i64>, StoreError> {
    let mut find = conn.prepare_cached("SELECT no FROM search_subject WHERE name = ?1")?;
    Ok(find.query_row([subject], |row| row.get(0)).optional()?)
}

fn keys_before(conn: &Connection, no: i64, id: i64) -> Result<BTreeSet<String>, StoreError> {
    let doc = doc_text(conn, no, id)?.unwrap_or_default();
    Ok(keys::keys_in_doc(&doc).into_iter().collect())
}

/// What a record was filed under, as one text.
fn doc_text(conn: &Connection, no: i64, id: i64) -> Result<Option<String>, StoreError> {
    let mut read = conn.prepare_cached("SELECT keys FROM search_doc WHERE subject = ?1 AND id = ?2")?;
    Ok(read.query_row([no, id], |row| row.get(0)).optional()?)
}
