//! Backups that make themselves: in a folder beside the file, one at a time whoever asks, each proved before it counts.
//! The moment is an argument; the names carry it.

use std::fs::File;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use rusqlite::{Connection, OpenFlags};
use rustix::fs::FlockOperation;

use super::{BUSY, Store, StoreError, backup, keeping, place};

/// How the names tell the moment.
const STAMP: &str = "%Y%m%d-%H%M%S";

/// The folder of an office's own backups.
pub(crate) fn folder(file: &Path) -> PathBuf {
    place::with_suffix(file, ".backups")
}

/// The backups there are, with their moments, oldest first.
pub(crate) fn list(file: &Path) -> Vec<(NaiveDateTime, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(folder(file)) else { return Vec::new() };
    let moment = |path: &Path| {
        let name = path.file_name()?.to_str()?;
        NaiveDateTime::parse_from_str(name.strip_suffix(".db")?, STAMP).ok()
    };
    let mut found: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter_map(|p| Some((moment(&p)?, p)))
        .collect();
    found.sort();
    found
}

/// Makes a backup if one is due and nobody else is at it, and throws away what is not kept. None when there was nothing
/// to do.
pub(crate) fn make(file: &Path, now: NaiveDateTime) -> Result<Option<PathBuf>, StoreError> {
    let moments = |all: &[(NaiveDateTime, PathBuf)]| all.iter().map(|(at, _)| *at).collect::<Vec<_>>();
    if !keeping::is_due(&moments(&list(file)), now) {
        return Ok(None);
    }
    let folder = folder(file);
    place::make_private_directory(&folder)?;
    let lock = File::create(folder.join("lock"))?;
    if rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive).is_err() {
        return Ok(None);
    }
    // Another may have been made between the look and the lock.
    if !keeping::is_due(&moments(&list(file)), now) {
        return Ok(None);
    }
    let unproved = folder.join("unproved");
    drop(std::fs::remove_file(&unproved));
    let made = folder.join(format!("{}.db", now.format(STAMP)));
    let done = copy(file, &unproved)
        .and_then(|()| backup::prove(&unproved))
        .and_then(|()| Ok(std::fs::rename(&unproved, &made)?));
    done.inspect_err(|_| drop(std::fs::remove_file(&unproved)))?;
    place::sync_directory(&folder)?;
    let all = list(file);
    let kept = keeping::kept(&moments(&all), now);
    for (_, path) in all.iter().filter(|(at, _)| !kept.contains(at)) {
        std::fs::remove_file(path)?;
    }
    Ok(Some(made))
}

/// Whether an open office has backups of its own.
pub(crate) fn any(conn: &Connection) -> bool {
    conn.path().filter(|path| !path.is_empty()).is_some_and(|file| !list(Path::new(file)).is_empty())
}

/// Changes what one of the backups says, in a copy of it that is brought to this program's form, wiped of what is not said any
/// more, and proved before it takes the place of the old one. Nothing is done while somebody else is at the backups; then
/// the answer is false, and the same when `work` has nothing to change.
pub(crate) fn rewrite<E: From<StoreError>>(
    file: &Path,
    made: &Path,
    work: impl FnOnce(&Store) -> Result<bool, E>,
) -> Result<bool, E> {
    let folder = folder(file);
    let lock = File::create(folder.join("lock")).map_err(StoreError::from)?;
    if rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive).is_err() {
        return Ok(false);
    }
    let unproved = folder.join("unproved");
    let clean = || {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            drop(std::fs::remove_file(place::with_suffix(&unproved, suffix)));
        }
    };
    clean();
    let done = in_a_copy(made, &unproved, work);
    if let Ok(true) = done {
        std::fs::rename(&unproved, made).map_err(StoreError::from)?;
        place::sync_directory(&folder)?;
    }
    clean();
    done
}

fn in_a_copy<E: From<StoreError>>(
    made: &Path,
    to: &Path,
    work: impl FnOnce(&Store) -> Result<bool, E>,
) -> Result<bool, E> {
    let source =
        Connection::open_with_flags(made, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(StoreError::from)?;
    backup::copy_to(&source, to)?;
    let store = Store::open_copy(to)?;
    if !work(&store)? {
        return Ok(false);
    }
    // What was written over is still in pages that nothing points to.
    store.conn().execute_batch("VACUUM").map_err(StoreError::from)?;
    drop(store);
    backup::prove(to)?;
    File::open(to).and_then(|file| file.sync_all()).map_err(StoreError::from)?;
    Ok(true)
}

/// Copies one state of the file: what others write meanwhile does not make it begin anew.
fn copy(file: &Path, to: &Path) -> Result<(), StoreError> {
    place::inspect(file, false)?;
    let conn = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.busy_timeout(BUSY)?;
    let state = conn.unchecked_transaction()?;
    state.query_row("SELECT 1 FROM office", [], |_| Ok(()))?;
    backup::copy_to(&state, to)
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, NaiveDateTime};

    use super::{folder, list, make};
    use crate::store::tests::{office, say};
    use crate::store::{Store, StoreError, backup};

    fn start() -> NaiveDateTime {
        "2026-03-04T09:30:00".parse().unwrap()
    }

    #[test]
    fn an_hour_apart_each_proved_and_every_one_can_be_put_back() {
        let (_dir, path) = office();
        let store = Store::open(&path).unwrap();
        // Two days by the hour, then by the day, then by the week, for more than a year.
        let steps = (0..48).map(Duration::hours).chain((3..40).map(Duration::days));
        let steps = steps.chain((6..60).map(Duration::weeks));
        for step in steps {
            say(&store, "made").unwrap();
            let now = start() + step;
            let made = make(&path, now).unwrap().unwrap();
            assert!(make(&path, now + Duration::minutes(59)).unwrap().is_none(), "at most hourly");
            assert!(made.exists());
        }
        let all = list(&path);
        assert!((13..60).contains(&all.len()), "{}", all.len());
        drop(store);
        let mut last = 0;
        for (_, made) in &all {
            backup::restore(made, &path).unwrap();
            let back = Store::open(&path).unwrap();
            let report = backup::check(back.conn()).unwrap();
            assert!(report.is_whole(), "{report:?}");
            let rows = report.audit.unwrap();
            assert!(rows > last, "each is later than the one before");
            last = rows;
        }
        assert_eq!(list(&path).len(), all.len(), "putting one back touches none");
    }

    #[test]
    fn others_write_on_while_a_backup_is_made_and_only_one_is_made() {
        let (_dir, path) = office();
        let writing = {
            let path = path.clone();
            std::thread::spawn(move || {
                let store = Store::open(&path).unwrap();
                for _ in 0..60 {
                    say(&store, "made").unwrap();
                }
            })
        };
        let making: Vec<_> = (0..4)
            .map(|_| {
                let path = path.clone();
                std::thread::spawn(move || make(&path, start()).unwrap().is_some())
            })
            .collect();
        let made: usize = making.into_iter().map(|thread| usize::from(thread.join().unwrap())).sum();
        writing.join().unwrap();
        assert_eq!((made, list(&path).len()), (1, 1));
    }

    #[test]
    fn a_damaged_file_gives_no_backup_and_throws_none_away() {
        let (_dir, path) = office();
        make(&path, start()).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.iter_mut().skip(4096 * 3).take(4096 * 4).for_each(|byte| *byte = 0xA5);
        std::fs::write(&path, bytes).unwrap();
        let refused = make(&path, start() + Duration::hours(2));
        assert!(
            matches!(refused, Err(StoreError::Corrupt { .. } | StoreError::AuditBroken { .. })),
            "{refused:?}"
        );
        assert_eq!(list(&path).len(), 1);
        assert!(!folder(&path).join("unproved").exists());
    }
}
