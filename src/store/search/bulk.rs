//! Filing very many new records at once: keys are gathered and sorted before they enter the table, because a
//! million records dropped into it in random order would read and write every page again and again. Knows
//! only keys.

use std::collections::HashMap;
use std::rc::Rc;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Statement, ToSql, params, params_from_iter};

use super::super::{StoreError, Tx};
use super::keys::{KeySource, doc_of, keys_of};
use super::sorting::{Entry, Sorter};
use super::subject_no;

/// Keys sorted in memory at a time (some 90 MiB); more go through temporary files.
const RUN: usize = 2_000_000;

/// Keys handed to SQLite in one statement.
const ROWS: usize = 128;

/// Texts whose keys are remembered: the same names and phrases come again and again.
const KNOWN: usize = 20_000;

/// Takes records of one subject that have no keys yet and files them all at the end.
pub(crate) struct BulkIndex<'a> {
    conn: &'a Connection,
    no: i64,
    sorter: Sorter,
    doc: Statement<'a>,
    /// Keys of names and phrases met before; the flag tells the two apart.
    known: HashMap<(bool, String), Rc<[String]>>,
}

impl Tx<'_> {
    /// Starts filing many new records of `subject`; [`BulkIndex::finish`] must come before the change ends.
    pub(crate) fn bulk_index(&self, subject: &str) -> Result<BulkIndex<'_>, StoreError> {
        self.bulk_index_by(subject, RUN)
    }

    /// The same with runs of a given length.
    pub(super) fn bulk_index_by(&self, subject: &str, run: usize) -> Result<BulkIndex<'_>, StoreError> {
        let (conn, no) = (self.conn(), subject_no(self.conn(), subject)?);
        let doc = conn.prepare("INSERT INTO search_doc (subject, id, keys) VALUES (?1, ?2, ?3)")?;
        Ok(BulkIndex { conn, no, sorter: Sorter::new(run), doc, known: HashMap::new() })
    }
}

impl BulkIndex<'_> {
    /// Takes one record; the same as [`Tx::index`] for a record that was never filed.
    pub(crate) fn add(&mut self, id: i64, parts: &[KeySource<'_>]) -> Result<(), StoreError> {
        let mut keys: Vec<String> = Vec::with_capacity(40);
        for part in parts {
            match part {
                KeySource::Name(text) => keys.extend_from_slice(&self.remembered(true, text, *part)),
                KeySource::Text(text) => keys.extend_from_slice(&self.remembered(false, text, *part)),
                KeySource::Other(_) | KeySource::Number(_) | KeySource::Code(_) => {
                    keys.extend(keys_of(&[*part]));
                }
            }
        }
        keys.sort_unstable();
        keys.dedup();
        self.doc.execute(params![self.no, id, doc_of(&keys)])?;
        for key in &keys {
            self.sorter.add(key, id);
        }
        Ok(())
    }

    fn remembered(&mut self, name: bool, text: &str, part: KeySource<'_>) -> Rc<[String]> {
        let key = (name, text.to_owned());
        if let Some(keys) = self.known.get(&key) {
            return Rc::clone(keys);
        }
        let keys: Rc<[String]> = keys_of(&[part]).into();
        if self.known.len() < KNOWN {
            self.known.insert(key, Rc::clone(&keys));
        }
        keys
    }

    /// Files everything taken.
    pub(crate) fn finish(self) -> Result<(), StoreError> {
        let sql = |rows: usize| {
            let rows = vec![format!("({}, ?, ?)", self.no); rows].join(", ");
            format!("INSERT INTO search_key (subject, key, id) VALUES {rows}")
        };
        let (mut many, mut one) = (self.conn.prepare(&sql(ROWS))?, self.conn.prepare(&sql(1))?);
        let mut waiting: Vec<Entry> = Vec::with_capacity(ROWS);
        self.sorter.each(|entry| {
            waiting.push(entry.clone());
            if waiting.len() == ROWS {
                insert(&mut many, &waiting)?;
                waiting.clear();
            }
            Ok::<_, StoreError>(())
        })?;
        for entry in &waiting {
            insert(&mut one, std::slice::from_ref(entry))?;
        }
        Ok(())
    }
}

/// A key as SQLite takes it, without a copy.
struct Key<'a>(&'a [u8]);

impl ToSql for Key<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}

fn insert(statement: &mut Statement<'_>, entries: &[Entry]) -> Result<(), StoreError> {
    let keys: Vec<(Key<'_>, i64)> = entries.iter().map(|entry| (Key(&entry.key), entry.id)).collect();
    let values = keys.iter().flat_map(|(key, id)| [key as &dyn ToSql, id as &dyn ToSql]);
    statement.execute(params_from_iter(values))?;
    Ok(())
}
