//! The store from inside: refusals, guards, optimistic locking, two connections.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::audit::{self, AuditEntry, Change};
use super::*;

pub(super) fn meta() -> OfficeMeta {
    OfficeMeta { name: "示范联秘".into(), created_at: "2026-03-04T09:30:00".into(), demo: None }
}

pub(super) fn stamp() -> Stamp {
    Stamp { at: "2026-03-04T09:31:00".into(), operator: "示例员".into(), terminal: "tty1".into() }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(super) fn office() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("data/office.db");
    drop(Store::create(&path, &meta()).unwrap());
    (dir, path)
}

fn entry(action: &str) -> AuditEntry {
    AuditEntry {
        subject: "setting".into(),
        record_id: Some(1),
        reference: Some("S1".into()),
        action: action.into(),
        reason: None,
        changes: vec![Change { field: "value".into(), old: None, new: Some("甲".into()) }],
    }
}

pub(super) fn say(store: &Store, action: &str) -> Result<i64, StoreError> {
    store.write(&stamp(), |tx| tx.audit(&entry(action)))
}

/// Someone to sign in with; gives the id.
pub(super) fn operator(store: &Store) -> i64 {
    store.write(&stamp(), |tx| tx.insert("operator", &[("name", text("示例员"))])).unwrap()
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_new_office_is_private_and_whole() {
    let (_dir, path) = office();
    let store = Store::open(&path).unwrap();
    say(&store, "made").unwrap();
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(&place::with_suffix(&path, "-wal")), 0o600);
    assert_eq!(mode(&place::with_suffix(&path, "-shm")), 0o600);
    assert_eq!(store.office().unwrap().name, "示范联秘");
    assert!(backup::check(store.conn()).unwrap().is_whole());
    assert!(matches!(Store::create(&path, &meta()), Err(StoreError::Exists { .. })));
    let left: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 3, "only the file, its -wal and its -shm");
}

#[test]
fn what_is_no_office_is_refused_by_name() {
    let (dir, path) = office();
    let at = |name: &str| dir.path().join(name);
    assert!(matches!(Store::open(&at("none.db")), Err(StoreError::NotFound { .. })));
    assert!(matches!(Store::open(dir.path()), Err(StoreError::Directory { .. })));
    assert!(matches!(Store::create(dir.path(), &meta()), Err(StoreError::Directory { .. })));
    std::fs::write(at("letter.txt"), "敬启者：").unwrap();
    assert!(matches!(Store::open(&at("letter.txt")), Err(StoreError::Foreign { .. })));
    std::fs::write(at("empty.db"), "").unwrap();
    assert!(matches!(Store::open(&at("empty.db")), Err(StoreError::Foreign { .. })));
    Connection::open(at("other.db")).unwrap().execute_batch("CREATE TABLE t(a)").unwrap();
    assert!(matches!(Store::open(&at("other.db")), Err(StoreError::Foreign { .. })));
    let ours = migrations::newest();
    Connection::open(&path).unwrap().pragma_update(None, "user_version", ours + 1).unwrap();
    match Store::open(&path) {
        Err(StoreError::Newer { file, ours: known, .. }) => assert_eq!((file, known), (ours + 1, ours)),
        other => panic!("{other:?}"),
    }
    assert!(matches!(Store::open_read_only(&path), Err(StoreError::Newer { .. })));
}

#[test]
fn what_may_not_be_written_is_refused_but_can_be_read() {
    let (_dir, path) = office();
    let set = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set(&path, 0o400);
    assert!(matches!(Store::open(&path), Err(StoreError::NoWritePermission { .. })));
    set(&path, 0o600);
    let dir = path.parent().unwrap();
    set(dir, 0o500);
    let refused = Store::open(&path);
    let read = Store::open_read_only(&path).map(|store| store.office().unwrap().name);
    set(dir, 0o700);
    assert!(matches!(refused, Err(StoreError::NoWritePermission { path }) if path == dir));
    assert_eq!(read.unwrap(), "示范联秘");
    let store = Store::open_read_only(&path).unwrap();
    assert!(matches!(say(&store, "made"), Err(StoreError::ReadOnly)));
    assert!(matches!(
        store.conn().execute("DELETE FROM office", []).map_err(StoreError::from),
        Err(StoreError::ReadOnly)
    ));
}

#[test]
fn damage_is_found_at_opening_and_told_from_a_statement() {
    let (_dir, path) = office();
    let good = std::fs::read(&path).unwrap();
    let short: Vec<u8> = good.iter().copied().take(good.len() / 2).collect();
    std::fs::write(&path, short).unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Corrupt { .. })));
    for page in [1usize, 2, 5] {
        let mut bad = good.clone();
        bad.iter_mut().skip(page * 4096).take(4096).for_each(|byte| *byte = 0xA5);
        std::fs::write(&path, bad).unwrap();
        assert!(matches!(Store::open(&path), Err(StoreError::Corrupt { .. })), "page {page}");
    }
    let mut bad = good;
    bad.iter_mut().skip(100).take(600).for_each(|byte| *byte = 0xA5);
    std::fs::write(&path, bad).unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Corrupt { .. })));
}

#[test]
fn a_file_put_in_the_place_of_ours_is_not_written() {
    let (dir, path) = office();
    let store = Store::open(&path).unwrap();
    say(&store, "made").unwrap();
    std::fs::rename(&path, dir.path().join("moved.db")).unwrap();
    assert!(matches!(say(&store, "made"), Err(StoreError::Replaced { .. })));
    std::fs::copy(dir.path().join("moved.db"), &path).unwrap();
    assert!(matches!(say(&store, "made"), Err(StoreError::Replaced { .. })));
}

#[test]
fn the_audit_cannot_be_rewritten_and_tampering_shows() {
    let store = Store::in_memory(&meta()).unwrap();
    for action in ["made", "changed", "closed"] {
        say(&store, action).unwrap();
    }
    assert_eq!(audit::verify(store.conn()).unwrap().rows, 3);
    let refused = [
        "UPDATE audit SET reason = 'x' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 3",
        "INSERT OR REPLACE INTO audit SELECT seq, at, 'x', terminal, subject, record_id, ref, action, reason, prev_hash, hash FROM audit WHERE seq = 2",
        "UPDATE audit_change SET new = 'x'",
        "DELETE FROM audit_change",
        "INSERT INTO audit_change VALUES (1, 2, 'f', NULL, 'x')",
    ];
    for sql in refused {
        assert!(store.conn().execute(sql, []).is_err(), "{sql}");
    }
    store.write(&stamp(), |tx| tx.log_access("people", 1, "id_number", "核对")).unwrap();
    assert!(store.conn().execute("DELETE FROM access_log", []).is_err());
    assert!(store.conn().execute("UPDATE access_log SET purpose = 'x'", []).is_err());
    let rows = audit::history(store.conn(), "S1").unwrap();
    assert_eq!(
        rows.iter().map(|row| row.entry.action.as_str()).collect::<Vec<_>>(),
        ["closed", "changed", "made"]
    );
    assert_eq!(rows[0].entry, entry("closed"));
    assert_eq!(audit::recent(store.conn(), Some(3), 1).unwrap()[0].seq, 2);

    let broken_after = |sql: &str| {
        let bad = Store::in_memory(&meta()).unwrap();
        for action in ["made", "changed", "closed"] {
            say(&bad, action).unwrap();
        }
        bad.conn()
            .execute_batch(
                "PRAGMA foreign_keys = OFF; DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;
             DROP TRIGGER audit_change_no_update; DROP TRIGGER audit_change_no_delete;",
            )
            .unwrap();
        bad.conn().execute_batch(sql).unwrap();
        match audit::verify(bad.conn()) {
            Err(StoreError::AuditBroken { seq }) => seq,
            other => panic!("{sql}: {other:?}"),
        }
    };
    assert_eq!(broken_after("UPDATE audit SET operator = '拟' WHERE seq = 2"), 2);
    assert_eq!(broken_after("UPDATE audit_change SET new = '乙' WHERE audit_seq = 2"), 2);
    assert_eq!(broken_after("DELETE FROM audit WHERE seq = 2"), 2);
    assert_eq!(broken_after("DELETE FROM audit_change WHERE audit_seq = 1"), 1);
    assert_eq!(
        broken_after("DELETE FROM audit_change WHERE audit_seq = 3; DELETE FROM audit WHERE seq = 3"),
        3
    );
}

#[test]
fn a_record_saved_by_another_is_a_conflict() {
    let store = Store::in_memory(&meta()).unwrap();
    let id = store
        .write(&stamp(), |tx| tx.insert("setting", &[("key", text("开放")), ("value", text("08:30"))]))
        .unwrap();
    let change = |version, value| {
        store.write(&stamp(), |tx| tx.update_versioned("setting", id, version, &[("value", text(value))]))
    };
    change(1, "09:00").unwrap();
    match change(1, "10:00") {
        Err(StoreError::Conflict { expected: 1, found: 2, .. }) => {}
        other => panic!("{other:?}"),
    }
    let value: String = store.conn().query_row("SELECT value FROM setting", [], |row| row.get(0)).unwrap();
    assert_eq!(value, "09:00");
    let missing: Result<(), StoreError> =
        store.write(&stamp(), |tx| tx.update_versioned("setting", 99, 1, &[]));
    assert!(matches!(missing, Err(StoreError::Missing { .. })));
}

#[test]
fn numbers_have_no_gaps() {
    let store = Store::in_memory(&meta()).unwrap();
    let take = |keep: bool| {
        store.write(&stamp(), |tx| {
            let number = tx.next_number("SL", 2026)?;
            if keep { Ok(number) } else { Err(StoreError::Busy) }
        })
    };
    assert_eq!(take(true).unwrap(), 1);
    take(false).unwrap_err();
    assert_eq!(take(true).unwrap(), 2);
    let other = store.write(&stamp(), |tx| tx.next_number("SL", 2027));
    assert_eq!(other.map_err(|error: StoreError| error.code()), Ok(1));
}

#[test]
fn two_desks_take_turns() {
    let (_dir, path) = office();
    let (one, two) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    two.patience.set(std::time::Duration::from_millis(20));
    one.write(&stamp(), |tx| {
        tx.audit(&entry("made"))?;
        assert!(matches!(say(&two, "made"), Err(StoreError::Busy)));
        Ok::<_, StoreError>(())
    })
    .unwrap();
    two.patience.set(PATIENCE);
    assert_eq!(say(&two, "made").unwrap(), 2);
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let path = path.clone();
            std::thread::spawn(move || {
                let store = Store::open(&path).unwrap();
                for _ in 0..10 {
                    say(&store, "made").unwrap();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(audit::verify(one.conn()).unwrap().rows, 42);
}
