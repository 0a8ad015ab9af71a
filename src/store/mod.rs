//! The office's one SQLite file: opening it or refusing it, changing it under one lock, the audit chain,
//! drafts, search keys, backup. Knows no subject, no person's rights, no clock and no sentence.

pub(crate) mod audit;
pub(crate) mod automatic;
pub(crate) mod backup;
pub(crate) mod chance;
pub(crate) mod drafts;
pub(crate) mod error;
pub(crate) mod handed;
mod keeping;
pub(crate) mod migrations;
mod place;
pub(crate) mod redact;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod texts;
mod tx;
pub(crate) mod watch;

#[cfg(test)]
mod draft_tests;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, params};

pub(crate) use error::StoreError;
pub(crate) use rusqlite::types::Value;
pub(crate) use tx::{Stamp, Tx};

use place::FileId;
pub(crate) use place::make_private_file;

/// How long a look at the file waits for others, in the rare moments when it has to.
const BUSY: Duration = Duration::from_secs(5);

/// How long a change waits for other processes' changes before it is refused as busy.
const PATIENCE: Duration = Duration::from_secs(10);

/// A structural check of everything is cheap up to this size (bytes); above it, only the small tables are
/// checked at opening and `check` does the rest.
const SMALL_FILE: u64 = 8 << 20;

/// What a new office is told about itself.
#[derive(Debug, Clone)]
pub(crate) struct OfficeMeta {
    /// The office's name.
    pub(crate) name: String,
    /// Moment of making, ISO local time.
    pub(crate) created_at: String,
    /// Set for a demonstration office.
    pub(crate) demo: Option<DemoClock>,
}

/// Where a demonstration office's clock started: sample time is `epoch + (real now - started_at)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DemoClock {
    /// The sample's moment, ISO local time (2026-03-04T09:30:00).
    pub(crate) epoch: String,
    /// The real moment at which the clock was started, ISO local time.
    pub(crate) started_at: String,
}

/// One open office file, or one in memory.
#[derive(Debug)]
pub(crate) struct Store {
    conn: Connection,
    /// Path and identity at opening; `None` in memory.
    file: Option<(PathBuf, FileId)>,
    read_only: bool,
    /// How long a change waits now.
    patience: Cell<Duration>,
}

impl Store {
    /// Makes a new office at `path` (0600, missing directories 0700) and opens it. The file appears under its
    /// name only when it is whole. Refuses a path that is taken.
    pub(crate) fn create(path: &Path, office: &OfficeMeta) -> Result<Self, StoreError> {
        if path.is_dir() {
            return Err(StoreError::Directory { path: path.to_path_buf() });
        }
        if path.symlink_metadata().is_ok() {
            return Err(StoreError::Exists { path: path.to_path_buf() });
        }
        let dir = place::directory_of(path);
        place::make_private_directory(&dir)?;
        place::refuse_network(&dir)?;
        place::refuse_unwritable(&dir)?;
        let unfinished = place::with_suffix(path, &format!(".new-{}", std::process::id()));
        place::make_private_file(&unfinished)?;
        let made = build(&unfinished, office).and_then(|()| move_into_place(&unfinished, path));
        if let Err(error) = made {
            drop(std::fs::remove_file(&unfinished));
            return Err(error);
        }
        Self::open(path)
    }

    /// Opens the office at `path` for work, upgrading an older file after a backup.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        place::inspect(path, true)?;
        let conn = Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        prepare(&conn)?;
        let version = migrations::refuse_newer(&conn, path)?;
        keep_journal(&conn)?;
        light_check(&conn, path)?;
        if version < migrations::newest() {
            migrations::upgrade(&conn, Some(path))?;
        }
        Self::opened(conn, path, false)
    }

    /// Opens a copy that nobody else knows of, brought to this program's form without a backup of its own.
    pub(crate) fn open_copy(path: &Path) -> Result<Self, StoreError> {
        place::inspect(path, true)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags)?;
        prepare(&conn)?;
        migrations::refuse_newer(&conn, path)?;
        migrations::upgrade(&conn, None)?;
        Self::opened(conn, path, false)
    }

    /// Opens the office at `path` for reports: nothing can be changed through it.
    pub(crate) fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        place::inspect(path, false)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let frozen = place::refuse_unwritable(&place::directory_of(path)).is_err()
            && !place::with_suffix(path, "-wal").exists();
        let conn = if frozen {
            // Reading a WAL file needs a shared-memory file beside it. Where none can be made nobody of this
            // kind can write either, so the file may be read as it lies.
            let uri = format!("file:{}?immutable=1", escape_uri(path));
            Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?
        } else {
            Connection::open_with_flags(path, flags)?
        };
        prepare(&conn)?;
        conn.pragma_update(None, "query_only", true)?;
        let (file, ours) = (migrations::refuse_newer(&conn, path)?, migrations::newest());
        if file < ours {
            return Err(StoreError::Older { path: path.to_path_buf(), file, ours });
        }
        light_check(&conn, path)?;
        Self::opened(conn, path, true)
    }

    /// An office that lives as long as the value: tests and throw-away work.
    pub(crate) fn in_memory(office: &OfficeMeta) -> Result<Self, StoreError> {
        let conn = Connection::open_in_memory()?;
        prepare(&conn)?;
        migrations::upgrade(&conn, None)?;
        insert_office(&conn, office)?;
        Ok(Self { conn, file: None, read_only: false, patience: Cell::new(PATIENCE) })
    }

    fn opened(conn: Connection, path: &Path, read_only: bool) -> Result<Self, StoreError> {
        let path = std::path::absolute(path)?;
        let Some(id) = place::file_id(&path) else {
            return Err(StoreError::NotFound { path });
        };
        Ok(Self { conn, file: Some((path, id)), read_only, patience: Cell::new(PATIENCE) })
    }

    /// Settings for filling a new file that nobody else knows of yet: no journal, no waiting for the disk, a large
    /// cache. If anything fails meanwhile the file is of no use and must be thrown away; [`Store::settle`] ends it.
    pub(crate) fn hurry(&self) -> Result<(), StoreError> {
        self.conn.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
        self.conn.execute_batch(&format!(
            "PRAGMA synchronous = OFF; PRAGMA cache_size = {LARGE}; PRAGMA threads = 2;"
        ))?;
        Ok(())
    }

    /// Does what changes very much at once with a large cache: otherwise half of the change is written before its end and
    /// read back for every next row. What a row would be taken back with is kept in memory too and not in a file beside.
    pub(crate) fn with_room<T>(&self, work: impl FnOnce() -> T) -> Result<T, StoreError> {
        self.conn.execute_batch(&format!("PRAGMA cache_size = {LARGE}; PRAGMA temp_store = MEMORY;"))?;
        let done = work();
        self.conn.execute_batch(&format!("PRAGMA cache_size = {SMALL}; PRAGMA temp_store = DEFAULT;"))?;
        Ok(done)
    }

    /// The usual settings again; everything is on the disk when it answers.
    pub(crate) fn settle(&self) -> Result<(), StoreError> {
        prepare(&self.conn)?;
        keep_journal(&self.conn)?;
        if let Some(path) = self.path() {
            std::fs::File::open(path)?.sync_all()?;
        }
        Ok(())
    }

    /// For reading. Changes go through [`Store::write`].
    pub(crate) fn conn(&self) -> &Connection {
        &self.conn
    }

    /// Runs `look` over one state of the file (see [`steady`]).
    pub(crate) fn look<T>(&self, look: impl FnOnce() -> T) -> T {
        steady(&self.conn, look)
    }

    /// Where the file is; `None` in memory.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|(path, _)| path.as_path())
    }

    /// Whether this store was opened for reports.
    pub(crate) fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// What the office is told about itself.
    pub(crate) fn office(&self) -> Result<OfficeMeta, StoreError> {
        let row = self.conn.query_row(
            "SELECT name, created_at, demo_epoch, demo_started_at FROM office WHERE id = 1",
            [],
            |row| {
                let clock = (row.get::<_, Option<String>>(2)?, row.get::<_, Option<String>>(3)?);
                let demo = match clock {
                    (Some(epoch), Some(started_at)) => Some(DemoClock { epoch, started_at }),
                    _ => None,
                };
                Ok(OfficeMeta { name: row.get(0)?, created_at: row.get(1)?, demo })
            },
        )?;
        Ok(row)
    }

    /// Refuses to write into a file that someone moved away or put another in the place of.
    fn refuse_replaced(&self) -> Result<(), StoreError> {
        match &self.file {
            Some((path, id)) if place::file_id(path) != Some(*id) => {
                Err(StoreError::Replaced { path: path.clone() })
            }
            _ => Ok(()),
        }
    }
}

/// Runs `look` over one state of the file: what it reads fits together, and the file is locked once for all of it. Inside an
/// open change, or another look, it is part of that.
pub(crate) fn steady<T>(conn: &Connection, look: impl FnOnce() -> T) -> T {
    // Where no snapshot can be had every statement takes its own.
    let _snapshot = conn.is_autocommit().then(|| conn.unchecked_transaction().ok());
    look()
}

/// The cache of a desk in KiB, as SQLite counts it: small, for it must stay within 16 MiB.
const SMALL: i64 = -4000;
/// The cache while very much is written.
const LARGE: i64 = -131_072;

/// The settings every connection has.
fn prepare(conn: &Connection) -> Result<(), StoreError> {
    conn.busy_timeout(BUSY)?;
    conn.execute_batch(&format!(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;
         PRAGMA recursive_triggers = ON; PRAGMA synchronous = FULL;
         PRAGMA cache_size = {SMALL}; PRAGMA threads = 0; PRAGMA mmap_size = 0; PRAGMA temp_store = DEFAULT;",
    ))?;
    // Without this SQLite plans many statements anew at every value, which costs more than running them.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Write-ahead journal, short enough after each checkpoint that it does not keep the disk.
fn keep_journal(conn: &Connection) -> Result<(), StoreError> {
    let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Other { detail: format!("journal_mode {mode}") });
    }
    conn.query_row("PRAGMA journal_size_limit = 16777216", [], |_| Ok(()))?;
    Ok(())
}

/// Looks for damage before work starts: everything in a small file, the tables the desk cannot start
/// without in a large one.
fn light_check(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    let size = std::fs::metadata(path)?.len();
    let checks: &[&str] = if size <= SMALL_FILE {
        &["PRAGMA quick_check(1)"]
    } else {
        &["PRAGMA quick_check(office)", "PRAGMA quick_check(operator)", "PRAGMA quick_check(setting)"]
    };
    // Damage is looked for, not what a program may have written: translating every CHECK of every table would cost more
    // than reading the file. `lianban check` looks at those too.
    let _as_they_stand = Unchecked::of(conn)?;
    for check in checks {
        let said: String = conn.query_row(check, [], |row| row.get(0))?;
        if said != "ok" {
            return Err(StoreError::Corrupt { detail: said });
        }
    }
    Ok(())
}

/// A connection that leaves CHECK constraints alone as long as this lives.
struct Unchecked<'a>(&'a Connection);

impl<'a> Unchecked<'a> {
    fn of(conn: &'a Connection) -> Result<Self, StoreError> {
        conn.pragma_update(None, "ignore_check_constraints", true)?;
        Ok(Self(conn))
    }
}

impl Drop for Unchecked<'_> {
    fn drop(&mut self) {
        drop(self.0.pragma_update(None, "ignore_check_constraints", false));
    }
}

/// Fills a new empty file: application id first (so the header has it before WAL begins), then every
/// migration, then the office's own row.
fn build(path: &Path, office: &OfficeMeta) -> Result<(), StoreError> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    prepare(&conn)?;
    conn.pragma_update(None, "application_id", place::APPLICATION_ID)?;
    migrations::upgrade(&conn, None)?;
    insert_office(&conn, office)?;
    keep_journal(&conn)?;
    conn.close().map_err(|(_, error)| StoreError::from(error))
}

fn insert_office(conn: &Connection, office: &OfficeMeta) -> Result<(), StoreError> {
    let demo = office.demo.as_ref();
    conn.execute(
        "INSERT INTO office (id, name, created_at, demo, demo_epoch, demo_started_at)
         VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        params![
            office.name,
            office.created_at,
            demo.is_some(),
            demo.map(|clock| &clock.epoch),
            demo.map(|clock| &clock.started_at)
        ],
    )?;
    Ok(())
}

/// Gives a finished file its name without ever replacing one that appeared meanwhile.
fn move_into_place(from: &Path, to: &Path) -> Result<(), StoreError> {
    match std::fs::hard_link(from, to) {
        Ok(()) => std::fs::remove_file(from)?,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(StoreError::Exists { path: to.to_path_buf() });
        }
        // File systems without hard links (FAT).
        Err(_) => std::fs::rename(from, to)?,
    }
    place::sync_directory(&place::directory_of(to))
}

/// A path as SQLite's `file:` URI wants it.
fn escape_uri(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
