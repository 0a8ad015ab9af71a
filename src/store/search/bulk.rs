//! Filing very many new records at once: keys are gathered and sorted before they enter the table, because a
//! million records dropped into it in random order would read and write every page again and again. Knows
//! only keys.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::super::{StoreError, Tx};
use super::keys::{KeySource, doc_of, keys_of};
use super::subject_no;

/// Takes records of one subject that have no keys yet and files them all at the end.
pub(crate) struct BulkIndex<'a> {
    conn: &'a Connection,
    no: i64,
}

impl Tx<'_> {
    /// Starts filing many new records of `subject`; [`BulkIndex::finish`] must come before the change ends.
    pub(crate) fn bulk_index(&self, subject: &str) -> Result<BulkIndex<'_>, StoreError> {
        let no = subject_no(self.conn(), subject)?;
        self.conn().execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS bulk_key (key TEXT NOT NULL, id INTEGER NOT NULL) STRICT;
             DELETE FROM temp.bulk_key;",
        )?;
        Ok(BulkIndex { conn: self.conn(), no })
    }
}

impl BulkIndex<'_> {
    /// Takes one record; the same as [`Tx::index`] for a record that was never filed.
    pub(crate) fn add(&self, id: i64, parts: &[KeySource<'_>]) -> Result<(), StoreError> {
        let keys: BTreeSet<String> = keys_of(parts).into_iter().collect();
        self.conn
            .prepare_cached("INSERT INTO search_doc (subject, id, keys) VALUES (?1, ?2, ?3)")?
            .execute(params![self.no, id, doc_of(&keys)])?;
        let mut put = self.conn.prepare_cached("INSERT INTO temp.bulk_key (key, id) VALUES (?1, ?2)")?;
        for key in &keys {
            put.execute(params![key, id])?;
        }
        Ok(())
    }

    /// Files everything taken. Sorting uses some 64 MiB and a temporary file.
    pub(crate) fn finish(self) -> Result<(), StoreError> {
        self.conn.execute_batch("PRAGMA cache_size = -64000")?;
        let filed = self.conn.execute(
            "INSERT INTO search_key (subject, key, id)
             SELECT ?1, key, id FROM temp.bulk_key ORDER BY key, id",
            [self.no],
        );
        self.conn.execute_batch("PRAGMA cache_size = -4000; DELETE FROM temp.bulk_key;")?;
        filed?;
        Ok(())
    }
}
