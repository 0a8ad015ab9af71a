//! Which desks are open, on which record, and whether their process still runs. Knows no page and no person
//! beyond the operator's id.

use rusqlite::{Connection, Row, params};

use super::{Store, StoreError};

/// A desk that is, or was, open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) id: i64,
    pub(crate) operator_id: i64,
    pub(crate) terminal: String,
    pub(crate) started_at: String,
    pub(crate) seen_at: String,
    /// Ref of the record open there.
    pub(crate) on_ref: Option<String>,
    /// Its process still runs.
    pub(crate) alive: bool,
}

const COLUMNS: &str = "id, operator_id, terminal, pid, process, started_at, seen_at, on_ref";

impl Store {
    /// Notes that this process opened a desk; forgets those of processes that are gone (their drafts stay).
    pub(crate) fn open_session(&self, operator_id: i64, terminal: &str, at: &str) -> Result<i64, StoreError> {
        let pid = i64::from(std::process::id());
        let process = mark_of(pid).unwrap_or_default();
        self.write_lightly(|conn| {
            for gone in all(conn)?.iter().filter(|session| !session.alive) {
                conn.execute("DELETE FROM session WHERE id = ?1", [gone.id])?;
            }
            conn.execute(
                "INSERT INTO session (operator_id, terminal, pid, process, started_at, seen_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
                params![operator_id, terminal, pid, process, at],
            )?;
            Ok(conn.last_insert_rowid())
        })
    }

    /// Notes that the desk is in use and which record it shows. Worth calling when the record changes, not
    /// at every key.
    pub(crate) fn session_seen(&self, id: i64, at: &str, on_ref: Option<&str>) -> Result<(), StoreError> {
        self.write_quickly(|conn| {
            conn.prepare_cached("UPDATE session SET seen_at = ?2, on_ref = ?3 WHERE id = ?1")?
                .execute(params![id, at, on_ref])?;
            Ok(())
        })
    }

    /// The desk was closed in good order; a draft left in it can be taken up anywhere.
    pub(crate) fn close_session(&self, id: i64) -> Result<(), StoreError> {
        self.write_quickly(|conn| {
            conn.execute("DELETE FROM session WHERE id = ?1", [id])?;
            Ok(())
        })
    }
}

/// Every desk on record, the latest first.
pub(crate) fn all(conn: &Connection) -> Result<Vec<Session>, StoreError> {
    read(conn, &format!("SELECT {COLUMNS} FROM session ORDER BY id DESC"), [])
}

/// The living desks on which this record is open.
pub(crate) fn on_record(conn: &Connection, reference: &str) -> Result<Vec<Session>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM session WHERE on_ref = ?1 ORDER BY id DESC");
    let mut found = read(conn, &sql, [reference])?;
    found.retain(|session| session.alive);
    Ok(found)
}

fn read(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<Session>, StoreError> {
    let mut rows = conn.prepare_cached(sql)?;
    let found = rows.query_map(params, session_of)?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn session_of(row: &Row<'_>) -> rusqlite::Result<Session> {
    let process: String = row.get(4)?;
    Ok(Session {
        id: row.get(0)?,
        operator_id: row.get(1)?,
        terminal: row.get(2)?,
        alive: is_alive(row.get(3)?, &process),
        started_at: row.get(5)?,
        seen_at: row.get(6)?,
        on_ref: row.get(7)?,
    })
}

/// Whether the process that wrote `mark` still runs. Without a mark only the pid can be asked.
pub(crate) fn is_alive(pid: i64, mark: &str) -> bool {
    if !mark.is_empty() {
        return mark_of(pid).as_deref() == Some(mark);
    }
    let pid = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw);
    pid.is_some_and(|pid| {
        // "Not permitted" means it is there, and someone else's.
        rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH)
    })
}

/// What tells a process from a later one with the same number: the boot it belongs to and the tick it
/// started at (field 22 of /proc/PID/stat; the name in field 2 may itself hold blanks and brackets). One that has ended
/// and only waits to be asked for how is gone.
fn mark_of(pid: i64) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace();
    let ended = matches!(fields.next()?, "Z" | "X");
    let started = fields.nth(18).filter(|_| !ended)?;
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    Some(format!("{}:{started}", boot.trim()))
}

#[cfg(test)]
mod tests {
    use super::{all, is_alive, mark_of, on_record};
    use crate::store::Store;
    use crate::store::tests::{meta, operator};

    #[test]
    fn a_vanished_process_is_told_from_a_living_one() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let pid = i64::from(child.id());
        let mark = mark_of(pid).unwrap();
        assert!(is_alive(pid, &mark));
        assert!(!is_alive(pid, "another boot:1"));
        child.kill().unwrap();
        while is_alive(pid, &mark) {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        child.wait().unwrap();
        assert!(!is_alive(pid, &mark) && !is_alive(pid, ""));
    }

    #[test]
    fn who_else_is_on_a_record() {
        let store = Store::in_memory(&meta()).unwrap();
        let who = operator(&store);
        let id = store.open_session(who, "pts/7", "2026-03-04T09:30:00").unwrap();
        store.session_seen(id, "2026-03-04T09:31:00", Some("SL-2026-0001")).unwrap();
        assert_eq!(on_record(store.conn(), "SL-2026-0001").unwrap()[0].terminal, "pts/7");
        store.conn().execute("UPDATE session SET process = 'gone:0'", []).unwrap();
        assert!(on_record(store.conn(), "SL-2026-0001").unwrap().is_empty());
        let next = store.open_session(who, "pts/8", "2026-03-04T09:32:00").unwrap();
        assert_eq!(all(store.conn()).unwrap().len(), 1, "the vanished one is forgotten");
        store.close_session(next).unwrap();
        assert!(all(store.conn()).unwrap().is_empty());
    }
}
