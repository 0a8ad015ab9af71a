//! One change of the office: everything inside one `BEGIN IMMEDIATE`, acknowledged only when it is on the
//! disk. Knows tables and columns by name only; what may be written is decided elsewhere.

use std::time::{Duration, Instant};

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, ToSql, Transaction, TransactionBehavior, params};

use super::audit::{self, AuditEntry};
use super::{BUSY, Store, StoreError, migrations};

/// How long between two looks at the lock.
const LOOK: Duration = Duration::from_millis(2);

/// Who changes something, where and when. The moment comes from the desk, which owns the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// ISO local time, `2026-03-04T09:30:00`.
    pub(crate) at: String,
    /// The operator's name.
    pub(crate) operator: String,
    /// The terminal or `batch`.
    pub(crate) terminal: String,
}

/// An open change. Dropped without commit it never happened.
pub(crate) struct Tx<'a> {
    conn: Transaction<'a>,
    stamp: &'a Stamp,
}

impl Store {
    /// Runs `work` alone with the write lock. `Ok` means committed and synced; on `Err` nothing has changed.
    /// Waits some ten seconds for the lock, then [`StoreError::Busy`].
    pub(crate) fn write<T, E: From<StoreError>>(
        &self,
        stamp: &Stamp,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let conn = self.begin()?;
        let tx = Tx { conn, stamp };
        let done = work(&tx)?;
        tx.conn.commit().map_err(StoreError::from)?;
        Ok(done)
    }

    /// Takes the write lock, and under it makes sure that this is still the office's file and still one this
    /// program understands: a restore or an upgrade may have come between.
    pub(super) fn begin(&self) -> Result<Transaction<'_>, StoreError> {
        if self.is_read_only() {
            return Err(StoreError::ReadOnly);
        }
        let tx = self.take_lock()?;
        self.refuse_replaced()?;
        if let Some(path) = self.path() {
            migrations::refuse_newer(&tx, path)?;
        }
        Ok(tx)
    }
}

impl Store {
    /// SQLite's own waiting sleeps longer and longer, so that whoever has waited longest looks least often and, with
    /// twenty writing, may never come in. Here everybody looks equally often.
    fn take_lock(&self) -> Result<Transaction<'_>, StoreError> {
        let give_up = Instant::now() + self.patience.get();
        self.conn().busy_timeout(Duration::ZERO)?;
        let taken = loop {
            let taken = Transaction::new_unchecked(self.conn(), TransactionBehavior::Immediate);
            match taken.map_err(StoreError::from) {
                Err(StoreError::Busy) if Instant::now() < give_up => std::thread::sleep(LOOK),
                other => break other,
            }
        };
        self.conn().busy_timeout(BUSY)?;
        taken
    }
}

impl Tx<'_> {
    /// For reading inside the change, and for the few statements the helpers below cannot say.
    pub(crate) fn conn(&self) -> &Connection {
        &self.conn
    }

    /// Who, where, when.
    pub(crate) fn stamp(&self) -> &Stamp {
        self.stamp
    }

    /// Adds a row to the audit chain and gives its number.
    pub(crate) fn audit(&self, entry: &AuditEntry) -> Result<i64, StoreError> {
        audit::append(&self.conn, self.stamp, entry)
    }

    /// Notes that a protected field was shown in full, and for what purpose.
    pub(crate) fn log_access(
        &self,
        subject: &str,
        record_id: i64,
        field: &str,
        purpose: &str,
    ) -> Result<(), StoreError> {
        let stamp = self.stamp;
        self.conn.execute(
            "INSERT INTO access_log (seq, at, operator, terminal, subject, record_id, field, purpose)
             SELECT coalesce(max(seq), 0) + 1, ?1, ?2, ?3, ?4, ?5, ?6, ?7 FROM access_log",
            params![stamp.at, stamp.operator, stamp.terminal, subject, record_id, field, purpose],
        )?;
        Ok(())
    }

    /// The next number of `name` in `year`, from 1. Taken inside the change, so a refused change leaves no gap.
    pub(crate) fn next_number(&self, name: &str, year: i32) -> Result<i64, StoreError> {
        let mut next = self.conn.prepare_cached(
            "INSERT INTO sequence (name, year, last) VALUES (?1, ?2, 1)
             ON CONFLICT (name, year) DO UPDATE SET last = last + 1 RETURNING last",
        )?;
        Ok(next.query_row(params![name, year], |row| row.get(0))?)
    }

    /// Inserts a record that people change: version 1, stamped. Gives its id.
    pub(crate) fn insert(
        &self,
        table: &'static str,
        columns: &[(&'static str, Value)],
    ) -> Result<i64, StoreError> {
        let stamp = self.stamp;
        let who = Value::Text(stamp.operator.clone());
        let when = Value::Text(stamp.at.clone());
        let mut all = columns.to_vec();
        all.extend([
            ("version", Value::Integer(1)),
            ("created_at", when.clone()),
            ("created_by", who.clone()),
            ("updated_at", when),
            ("updated_by", who),
        ]);
        self.insert_plain(table, &all)
    }

    /// Inserts a row of a table without version and stamps: children, logs.
    pub(crate) fn insert_plain(
        &self,
        table: &'static str,
        columns: &[(&'static str, Value)],
    ) -> Result<i64, StoreError> {
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let marks = vec!["?"; columns.len()].join(", ");
        let sql = format!("INSERT INTO {table} ({}) VALUES ({marks})", names.join(", "));
        let values = columns.iter().map(|(_, value)| value as &dyn ToSql);
        let mut insert = self.conn.prepare_cached(&sql)?;
        Ok(insert.insert(rusqlite::params_from_iter(values))?)
    }

    /// Changes a record last read at `version`; it then has `version + 1` and a new stamp. Someone else's save
    /// in between is [`StoreError::Conflict`], and nothing is changed.
    pub(crate) fn update_versioned(
        &self,
        table: &'static str,
        id: i64,
        version: i64,
        columns: &[(&'static str, Value)],
    ) -> Result<(), StoreError> {
        let sets: String = columns.iter().map(|(name, _)| format!("{name} = ?, ")).collect();
        let sql = format!(
            "UPDATE {table} SET {sets}version = version + 1, updated_at = ?, updated_by = ?
             WHERE id = ? AND version = ?"
        );
        let mut values: Vec<&dyn ToSql> = columns.iter().map(|(_, value)| value as &dyn ToSql).collect();
        let tail: [&dyn ToSql; 4] = [&self.stamp.at, &self.stamp.operator, &id, &version];
        values.extend(tail);
        let changed = self.conn.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(values))?;
        if changed == 1 {
            return Ok(());
        }
        let sql = format!("SELECT version FROM {table} WHERE id = ?1");
        let found = self.conn.query_row(&sql, [id], |row| row.get(0)).optional()?;
        Err(match found {
            Some(found) => StoreError::Conflict { table: table.to_owned(), id, expected: version, found },
            None => StoreError::Missing { table: table.to_owned(), id },
        })
    }
}
