//! Copies of the office taken while it is open, proved before they are trusted, and put back without losing
//! the file they replace. Knows nothing of what is inside beyond the checks any office file must pass.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::{BUSY, Store, StoreError, audit, migrations, place};

/// What a full check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    /// Structural damage as SQLite words it, at most 20 lines.
    pub(crate) integrity: Vec<String>,
    /// Rows whose foreign key points nowhere: table and rowid.
    pub(crate) foreign_keys: Vec<(String, Option<i64>)>,
    /// Rows of the audit chain, or the first row that does not hold.
    pub(crate) audit: Result<i64, i64>,
}

impl Report {
    /// Nothing was found.
    pub(crate) fn is_whole(&self) -> bool {
        self.integrity.is_empty() && self.foreign_keys.is_empty() && self.audit.is_ok()
    }
}

/// Looks at every page, every reference and every link of the audit chain. Slow on a large office: seconds.
pub(crate) fn check(conn: &Connection) -> Result<Report, StoreError> {
    let integrity = conn
        .prepare("PRAGMA integrity_check(20)")?
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    let foreign_keys = conn
        .prepare("PRAGMA foreign_key_check")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    let audit = match audit::verify(conn) {
        Ok(verified) => Ok(verified.rows),
        Err(StoreError::AuditBroken { seq }) => Err(seq),
        Err(error) => return Err(error),
    };
    let integrity = integrity.into_iter().filter(|line| line != "ok").collect();
    Ok(Report { integrity, foreign_keys, audit })
}

impl Store {
    /// Copies the open office to `to` (0600, must not exist) while others go on working, then proves the copy.
    pub(crate) fn backup(&self, to: &Path) -> Result<(), StoreError> {
        copy_to(self.conn(), to)?;
        prove(to).inspect_err(|_| drop(std::fs::remove_file(to)))
    }
}

/// Copies the open database into a new file of its own.
pub(crate) fn copy_to(conn: &Connection, to: &Path) -> Result<(), StoreError> {
    place::make_private_file(to)?;
    let copied = (|| {
        let mut copy = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        Backup::new(conn, &mut copy)?.run_to_completion(2048, Duration::from_millis(1), None)?;
        // The copy says WAL in its header; a lone file is easier to carry and to check.
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        copy.close().map_err(|(_, error)| error)
    })();
    copied.inspect_err(|_| drop(std::fs::remove_file(to)))?;
    std::fs::File::open(to)?.sync_all()?;
    place::sync_directory(&place::directory_of(to))
}

/// Refuses a backup that is damaged, foreign, newer, or whose audit chain does not hold.
pub(crate) fn prove(path: &Path) -> Result<(), StoreError> {
    place::inspect(path, false)?;
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    migrations::refuse_newer(&conn, path)?;
    let report = check(&conn)?;
    if let Some(detail) = report.integrity.into_iter().next() {
        return Err(StoreError::Corrupt { detail });
    }
    if let Some((table, rowid)) = report.foreign_keys.into_iter().next() {
        let row = rowid.map(|id| id.to_string()).unwrap_or_default();
        return Err(StoreError::Corrupt { detail: format!("foreign key {table} {row}") });
    }
    report.audit.map(|_| ()).map_err(|seq| StoreError::AuditBroken { seq })
}

/// Puts the backup `from` in the place of the office at `to`. The present file is kept beside it
/// (`NAME.kept-YYYYMMDD-HHMMSS.db`, its name is given back); desks still open on it refuse to write
/// ([`StoreError::Replaced`]). `from` itself is left as it is.
pub(crate) fn restore(from: &Path, to: &Path) -> Result<Option<PathBuf>, StoreError> {
    prove(from)?;
    if to.is_dir() {
        return Err(StoreError::Directory { path: to.to_path_buf() });
    }
    let dir = place::directory_of(to);
    place::make_private_directory(&dir)?;
    place::refuse_network(&dir)?;
    place::refuse_unwritable(&dir)?;
    let incoming = place::with_suffix(to, &format!(".restoring-{}", std::process::id()));
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    copy_to(&source, &incoming)?;
    let swapped = prove(&incoming).and_then(|()| swap(&incoming, to));
    swapped.inspect_err(|_| drop(std::fs::remove_file(&incoming)))
}

/// Sets the present file aside together with its -wal, so that its last commits stay with it, and only then
/// gives the new one its name. The -shm is an index of the -wal and is made again by whoever opens.
fn swap(incoming: &Path, to: &Path) -> Result<Option<PathBuf>, StoreError> {
    let dir = place::directory_of(to);
    let mut kept = None;
    // Held until both files have moved, so that no desk commits in between.
    let held = to.symlink_metadata().is_ok().then(|| hold(to)).transpose()?.flatten();
    if to.symlink_metadata().is_ok() {
        let aside = place::beside(to, "kept");
        let wal = place::with_suffix(to, "-wal");
        if wal.exists() {
            std::fs::rename(&wal, place::with_suffix(&aside, "-wal"))?;
        }
        std::fs::rename(to, &aside)?;
        kept = Some(aside);
    }
    for suffix in ["-wal", "-shm", "-journal"] {
        match std::fs::remove_file(place::with_suffix(to, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    std::fs::rename(incoming, to)?;
    place::sync_directory(&dir)?;
    drop(held);
    Ok(kept)
}

/// Brings the -wal into the file and takes the write lock. A damaged or foreign file gives no lock; it is kept
/// as it lies. A desk in the middle of a change is waited for, then [`StoreError::Busy`].
fn hold(path: &Path) -> Result<Option<Connection>, StoreError> {
    let Ok(conn) = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE) else {
        return Ok(None);
    };
    conn.busy_timeout(BUSY)?;
    drop(conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
    match conn.execute_batch("BEGIN IMMEDIATE").map_err(StoreError::from) {
        Ok(()) => Ok(Some(conn)),
        Err(StoreError::Busy) => Err(StoreError::Busy),
        Err(_) => Ok(None),
    }
}
