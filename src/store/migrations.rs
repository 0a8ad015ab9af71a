//! The steps by which a file of any age becomes a file of today. Knows the numbered scripts and nothing of
//! what they build; a landed script is never edited, the next one is added.

use std::path::Path;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::error::StoreError;
use super::place;

static SCRIPTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/migrations");

/// One numbered script; `number` is the `user_version` the file has after it.
pub(crate) struct Migration {
    pub(crate) number: i64,
    pub(crate) name: &'static str,
    pub(crate) sql: &'static str,
}

/// All scripts, lowest number first.
pub(crate) fn all() -> Vec<Migration> {
    let mut found: Vec<Migration> = SCRIPTS
        .files()
        .filter_map(|file| {
            let name = file.path().file_stem()?.to_str()?;
            let (number, name) = name.split_once('_')?;
            Some(Migration { number: number.parse().ok()?, name, sql: file.contents_utf8()? })
        })
        .collect();
    found.sort_by_key(|migration| migration.number);
    found
}

/// The number of the newest script this program knows.
pub(crate) fn newest() -> i64 {
    static NEWEST: LazyLock<i64> = LazyLock::new(|| all().last().map_or(0, |migration| migration.number));
    *NEWEST
}

/// The number the file has.
pub(crate) fn version_of(conn: &Connection) -> Result<i64, StoreError> {
    let mut ask = conn.prepare_cached("PRAGMA user_version")?;
    Ok(ask.query_row([], |row| row.get(0))?)
}

/// Refuses a file this program is too old for.
pub(crate) fn refuse_newer(conn: &Connection, path: &Path) -> Result<i64, StoreError> {
    let (file, ours) = (version_of(conn)?, newest());
    if file > ours {
        return Err(StoreError::Newer { path: path.to_path_buf(), file, ours });
    }
    Ok(file)
}

/// Brings the file up to today. A file that held anything is first copied beside itself
/// (`NAME.before-v3-to-v4-YYYYMMDD-HHMMSS.db`).
pub(crate) fn upgrade(conn: &Connection, path: Option<&Path>) -> Result<(), StoreError> {
    upgrade_with(conn, path, &all())
}

/// The same with a given set of scripts.
pub(crate) fn upgrade_with(
    conn: &Connection,
    path: Option<&Path>,
    scripts: &[Migration],
) -> Result<(), StoreError> {
    let file = version_of(conn)?;
    let ours = scripts.last().map_or(0, |migration| migration.number);
    if file >= ours {
        return Ok(());
    }
    if let Some(path) = path.filter(|_| file > 0) {
        let copy = place::beside(path, &format!("before-v{file}-to-v{ours}"));
        super::backup::copy_to(conn, &copy)?;
    }
    apply(conn, scripts, ours)
}

/// Runs the scripts above the file's number up to `to`, each in a transaction of its own. Two programs may
/// arrive together: the number is read again under the lock.
pub(crate) fn apply(conn: &Connection, scripts: &[Migration], to: i64) -> Result<(), StoreError> {
    for script in scripts.iter().filter(|script| script.number <= to) {
        let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
        if version_of(&tx)? >= script.number {
            continue;
        }
        tx.execute_batch(script.sql).map_err(|error| match StoreError::from(error) {
            StoreError::Other { detail } | StoreError::Constraint { detail } => StoreError::Other {
                detail: format!("migration {:04}_{}: {detail}", script.number, script.name),
            },
            refusal => refusal,
        })?;
        tx.pragma_update(None, "user_version", script.number)?;
        tx.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{all, newest, upgrade, upgrade_with};

    /// A file of version 21 with three assets in it, brought up to today.
    #[test]
    fn what_an_older_file_holds_is_there_and_counted_after_the_upgrade() {
        let conn = Connection::open_in_memory().unwrap();
        let older: Vec<_> = all().into_iter().filter(|script| script.number <= 21).collect();
        upgrade_with(&conn, None, &older).unwrap();
        for (no, status) in [("ZC-PD-001", "在用"), ("ZC-PD-002", "在用"), ("ZC-PD-003", "维修")] {
            conn.execute(
                "INSERT INTO asset (no, name, category, owner, source, status, version, created_at, created_by, \
                 updated_at, updated_by) VALUES (?1, '轮椅', '康复辅助', 'PD', '移交', ?2, 1, '', '', '', '')",
                [no, status],
            )
            .unwrap();
        }
        upgrade(&conn, None).unwrap();
        let mut ask = conn.prepare("SELECT status, n FROM asset_count ORDER BY n DESC").unwrap();
        let rows = ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let counted: Vec<(String, i64)> = rows.map(Result::unwrap).collect();
        assert_eq!(counted, [("在用".to_owned(), 2), ("维修".to_owned(), 1)]);
        conn.execute("UPDATE asset SET status = '闲置' WHERE no = 'ZC-PD-001'", []).unwrap();
        let idle: i64 =
            conn.query_row("SELECT n FROM asset_count WHERE status = '闲置'", [], |row| row.get(0)).unwrap();
        assert_eq!(idle, 1);
        let broken: i64 =
            conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
        assert_eq!(broken, 0);
    }

    #[test]
    fn scripts_are_numbered_from_one_without_gaps() {
        let numbers: Vec<i64> = all().iter().map(|migration| migration.number).collect();
        assert_eq!(numbers, (1..=newest()).collect::<Vec<_>>());
        assert!(newest() >= 1);
    }
}
