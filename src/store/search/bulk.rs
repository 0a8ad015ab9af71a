//! Filing very many new records at once: keys are gathered and sorted before they enter the table, because a
//! million records dropped into it in random order would read and write every page again and again. Knows
//! only keys.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;

use rusqlite::{Connection, ToSql, params, params_from_iter};

use super::super::{StoreError, Tx};
use super::keys::{KeySource, doc_of, keys_of};
use super::subject_no;

/// Keys sorted in memory at a time (some 60 MiB); more go through temporary files.
const RUN: usize = 1_000_000;

/// Keys handed to SQLite in one statement.
const ROWS: usize = 64;

/// A key and its record, in the order of the table.
type Entry = (String, i64);

/// Takes records of one subject that have no keys yet and files them all at the end.
pub(crate) struct BulkIndex<'a> {
    conn: &'a Connection,
    no: i64,
    entries: Vec<Entry>,
    runs: Vec<File>,
    /// Keys sorted in memory at a time.
    run: usize,
}

impl Tx<'_> {
    /// Starts filing many new records of `subject`; [`BulkIndex::finish`] must come before the change ends.
    pub(crate) fn bulk_index(&self, subject: &str) -> Result<BulkIndex<'_>, StoreError> {
        self.bulk_index_by(subject, RUN)
    }

    /// The same with runs of a given length.
    pub(super) fn bulk_index_by(&self, subject: &str, run: usize) -> Result<BulkIndex<'_>, StoreError> {
        let no = subject_no(self.conn(), subject)?;
        Ok(BulkIndex { conn: self.conn(), no, entries: Vec::new(), runs: Vec::new(), run })
    }
}

impl BulkIndex<'_> {
    /// Takes one record; the same as [`Tx::index`] for a record that was never filed.
    pub(crate) fn add(&mut self, id: i64, parts: &[KeySource<'_>]) -> Result<(), StoreError> {
        let keys = keys_of(parts);
        self.conn
            .prepare_cached("INSERT INTO search_doc (subject, id, keys) VALUES (?1, ?2, ?3)")?
            .execute(params![self.no, id, doc_of(&keys)])?;
        self.entries.extend(keys.into_iter().map(|key| (key, id)));
        if self.entries.len() >= self.run {
            self.spill()?;
        }
        Ok(())
    }

    /// Files everything taken.
    pub(crate) fn finish(mut self) -> Result<(), StoreError> {
        if self.runs.is_empty() {
            self.entries.sort_unstable();
            let entries = std::mem::take(&mut self.entries);
            return file(self.conn, self.no, entries.into_iter().map(Ok));
        }
        self.spill()?;
        file(self.conn, self.no, Merge::new(self.runs)?)
    }

    /// Writes the gathered keys, sorted, to a file without a name: nobody else can read it and it goes by itself.
    fn spill(&mut self) -> Result<(), StoreError> {
        self.entries.sort_unstable();
        let mut out = BufWriter::with_capacity(1 << 18, nameless_file(self.runs.len())?);
        for (key, id) in self.entries.drain(..) {
            let length = u32::try_from(key.len()).unwrap_or(u32::MAX);
            out.write_all(&length.to_le_bytes())?;
            out.write_all(key.as_bytes())?;
            out.write_all(&id.to_le_bytes())?;
        }
        let mut file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.runs.push(file);
        Ok(())
    }
}

/// Puts sorted keys into the table, many in one statement.
fn file(
    conn: &Connection,
    no: i64,
    mut entries: impl Iterator<Item = Result<Entry, StoreError>>,
) -> Result<(), StoreError> {
    let sql = |rows: usize| {
        let rows = vec![format!("({no}, ?, ?)"); rows].join(", ");
        format!("INSERT INTO search_key (subject, key, id) VALUES {rows}")
    };
    let (mut many, mut one) = (conn.prepare(&sql(ROWS))?, conn.prepare(&sql(1))?);
    loop {
        let rows = entries.by_ref().take(ROWS).collect::<Result<Vec<Entry>, _>>()?;
        if rows.len() == ROWS {
            let values = rows.iter().flat_map(|(key, id)| [key as &dyn ToSql, id as &dyn ToSql]);
            many.execute(params_from_iter(values))?;
            continue;
        }
        for (key, id) in rows {
            one.execute(params![key, id])?;
        }
        return Ok(());
    }
}

/// Reads sorted runs side by side, always the least key next.
struct Merge {
    readers: Vec<BufReader<File>>,
    heads: BinaryHeap<Reverse<(Entry, usize)>>,
}

impl Merge {
    fn new(runs: Vec<File>) -> Result<Self, StoreError> {
        let readers = runs.into_iter().map(|file| BufReader::with_capacity(1 << 17, file)).collect();
        let mut merge = Self { readers, heads: BinaryHeap::new() };
        for at in 0..merge.readers.len() {
            merge.pull(at)?;
        }
        Ok(merge)
    }

    fn pull(&mut self, at: usize) -> Result<(), StoreError> {
        if let Some(reader) = self.readers.get_mut(at) {
            self.heads.extend(next(reader)?.map(|entry| Reverse((entry, at))));
        }
        Ok(())
    }
}

impl Iterator for Merge {
    type Item = Result<Entry, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((entry, at)) = self.heads.pop()?;
        Some(self.pull(at).map(|()| entry))
    }
}

fn next(reader: &mut BufReader<File>) -> Result<Option<Entry>, StoreError> {
    let mut length = [0; 4];
    match reader.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut key = vec![0; u32::from_le_bytes(length) as usize];
    reader.read_exact(&mut key)?;
    let mut id = [0; 8];
    reader.read_exact(&mut id)?;
    let key = String::from_utf8(key).map_err(|error| StoreError::Io { detail: error.to_string() })?;
    Ok(Some((key, i64::from_le_bytes(id))))
}

fn nameless_file(n: usize) -> Result<File, StoreError> {
    let path = std::env::temp_dir().join(format!("lianban-sort-{}-{n}", std::process::id()));
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}
