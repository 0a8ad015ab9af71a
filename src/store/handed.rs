//! Files that are handed out to the person they are about: in a folder beside the office file that nobody else can read, each
//! of them until it is old. Knows no person and no form of file; the moment is an argument.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chrono::{Duration, NaiveDateTime};
use rusqlite::Connection;

use super::{StoreError, place};

/// How the names tell the moment.
const STAMP: &str = "%Y%m%d-%H%M%S";

/// The folder of an open office; none for one in memory.
pub(crate) fn folder(conn: &Connection) -> Option<PathBuf> {
    let file = conn.path().filter(|path| !path.is_empty())?;
    Some(place::with_suffix(Path::new(file), ".handed"))
}

/// Writes a file for this user alone, named by what it is about and the moment; gives its path.
pub(crate) fn write(
    folder: &Path,
    about: &str,
    now: NaiveDateTime,
    ending: &str,
    bytes: &[u8],
) -> Result<PathBuf, StoreError> {
    place::make_private_directory(folder)?;
    let name = |extra: &str| folder.join(format!("{about}-{}{extra}.{ending}", now.format(STAMP)));
    let free = (2..1000).map(|n| name(&format!("-{n}")));
    let path = std::iter::once(name("")).chain(free).find(|path| !path.exists()).unwrap_or_else(|| name(""));
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.inspect_err(|_| drop(std::fs::remove_file(&path)))?;
    Ok(path)
}

/// The files that are older than so many days.
pub(crate) fn old(folder: &Path, now: NaiveDateTime, days: i64) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_old = |path: &PathBuf| {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        // NAME-20260304-093000, or the same with a number behind.
        let parts: Vec<&str> = stem.split('-').collect();
        let moment =
            parts.windows(2).find_map(|pair| NaiveDateTime::parse_from_str(&pair.join("-"), STAMP).ok());
        moment.is_some_and(|at| now - at > Duration::days(days))
    };
    let mut found: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_old).collect();
    found.sort();
    found
}

/// Removes the files that are older than so many days; gives their number.
pub(crate) fn clear(folder: &Path, now: NaiveDateTime, days: i64) -> Result<usize, StoreError> {
    let all = old(folder, now, days);
    for path in &all {
        std::fs::remove_file(path)?;
    }
    Ok(all.len())
}

#[cfg(test)]
mod tests {
    use super::{clear, old, write};

    #[test]
    fn a_file_is_private_and_lies_for_so_many_days() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("office.db.handed");
        let now = "2026-03-04T09:30:00".parse().unwrap();
        let one = write(&folder, "C001", now, "txt", b"x").unwrap();
        let two = write(&folder, "C001", now, "txt", b"y").unwrap();
        assert_ne!(one, two);
        assert_eq!(std::fs::metadata(&one).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        std::fs::write(folder.join("mine.txt"), "").unwrap();
        assert!(old(&folder, now + chrono::Duration::days(7), 7).is_empty());
        assert_eq!(clear(&folder, now + chrono::Duration::days(8), 7).unwrap(), 2);
        assert!(folder.join("mine.txt").exists(), "what was not handed out is nobody's to remove");
    }
}
