//! Drafts, the watch, backup and upgrade: what must survive a bad end.

use std::collections::BTreeMap;

use super::backup::{check, restore};
use super::drafts::{self, DraftPen, Kept};
use super::tests::{meta, office, operator, say, stamp};
use super::watch::Watch;
use super::*;

const AT: &str = "2026-03-04T09:31:00";

/// A field as typed, written at once.
fn save(
    store: &Store,
    pen: &mut DraftPen,
    field: &str,
    text: &str,
    caret: u32,
    at: &str,
) -> Result<Kept, StoreError> {
    pen.take(field, text, caret);
    store.flush_draft(pen, at)
}

#[test]
fn a_draft_is_kept_key_by_key_and_survives_its_desk() {
    let (_dir, path) = office();
    let store = Store::open(&path).unwrap();
    let who = operator(&store);
    let session = store.open_session(who, "pts/3", AT).unwrap();
    let mut pen = DraftPen::new(who, Some(session), "cases", "register", None);
    for text in ["轮", "轮椅", "轮椅坏了"] {
        assert_eq!(save(&store, &mut pen, "content", text, 2, AT).unwrap(), Kept::Now);
    }
    save(&store, &mut pen, "channel", "窗口", 2, AT).unwrap();
    // Another desk, as if this one had been killed: no close, no drop.
    let other = Store::open(&path).unwrap();
    assert!(drafts::abandoned(other.conn(), who).unwrap().is_empty(), "its desk still runs");
    assert!(other.take_draft(pen.id().unwrap(), session).unwrap().is_none());
    other.conn().execute("UPDATE session SET process = 'gone:0'", []).unwrap();
    let left = drafts::abandoned(other.conn(), who).unwrap();
    let fields =
        BTreeMap::from([("content", "轮椅坏了"), ("channel", "窗口")].map(|(k, v)| (k.into(), v.into())));
    assert_eq!((left.len(), &left[0].fields), (1, &fields));
    assert_eq!((left[0].focus.as_deref(), left[0].caret), (Some("channel"), 2));
    let next = other.open_session(who, "pts/4", AT).unwrap();
    let taken = other.take_draft(left[0].id, next).unwrap().unwrap();
    assert_eq!(taken.fields, fields);
    assert!(drafts::abandoned(other.conn(), who).unwrap().is_empty());
    let mode: i64 = store.conn().query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, 2, "changes are synced again");
}

#[test]
fn a_form_in_the_place_of_another_has_its_draft_and_leaves_none_behind() {
    let (_dir, path) = office();
    let (store, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let who = operator(&store);
    let mut first = DraftPen::new(who, None, "cases", "register", None);
    save(&store, &mut first, "content", "轮", 1, AT).unwrap();
    save(&store, &mut first, "channel", "窗口", 2, AT).unwrap();
    let mut second = DraftPen::new(who, None, "venue", "book", Some("7"));
    second.instead_of(&first);
    // While somebody else writes nothing is lost, and nothing is refused.
    let held = |_: &Tx<'_>| save(&store, &mut second, "hours", "14-16", 5, AT);
    assert_eq!(other.write(&stamp(), held).unwrap(), Kept::Later);
    store.flush_draft(&mut second, AT).unwrap();
    save(&store, &mut second, "zone", "大厅", 2, AT).unwrap();
    let left = drafts::drafts_of(store.conn(), who).unwrap();
    let fields = BTreeMap::from([("hours", "14-16"), ("zone", "大厅")].map(|(k, v)| (k.into(), v.into())));
    assert_eq!((left.len(), &left[0].fields, left[0].subject.as_str()), (1, &fields, "venue"));
    assert_eq!(left[0].target.as_deref(), Some("7"));
}

#[test]
fn a_key_never_waits_and_nothing_typed_is_lost() {
    let (_dir, path) = office();
    let (store, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let who = operator(&store);
    let mut pen = DraftPen::new(who, None, "cases", "register", None);
    other
        .write(&stamp(), |_| {
            let began = std::time::Instant::now();
            assert_eq!(save(&store, &mut pen, "content", "轮", 1, AT)?, Kept::Later);
            assert!(began.elapsed() < std::time::Duration::from_millis(500));
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert!(pen.is_behind());
    assert_eq!(save(&store, &mut pen, "channel", "窗口", 2, AT).unwrap(), Kept::Now);
    assert_eq!(drafts::drafts_of(store.conn(), who).unwrap()[0].fields.len(), 2);
}

#[test]
fn a_full_disk_is_told_and_what_was_typed_waits() {
    let (_dir, path) = office();
    let store = Store::open(&path).unwrap();
    let who = operator(&store);
    let mut pen = DraftPen::new(who, None, "cases", "register", None);
    let limit = |pages: i64| {
        let sql = format!("PRAGMA max_page_count = {pages}");
        store.conn().query_row(&sql, [], |_| Ok(())).unwrap();
    };
    limit(1);
    let long = "轮椅坏了".repeat(20_000);
    assert!(matches!(save(&store, &mut pen, "content", &long, 0, AT), Err(StoreError::Full)));
    assert!(pen.is_behind());
    limit(1_000_000);
    assert_eq!(store.flush_draft(&mut pen, AT).unwrap(), Kept::Now);
    assert_eq!(drafts::drafts_of(store.conn(), who).unwrap()[0].fields["content"], long);
}

#[test]
fn a_file_upgraded_by_a_newer_program_is_not_written() {
    let (_dir, path) = office();
    let store = Store::open(&path).unwrap();
    say(&store, "first").unwrap();
    Connection::open(&path).unwrap().pragma_update(None, "user_version", migrations::newest() + 1).unwrap();
    assert!(matches!(say(&store, "second"), Err(StoreError::Newer { .. })));
}

#[test]
fn a_submitted_draft_goes_with_the_change_or_stays_with_the_refusal() {
    let store = Store::in_memory(&meta()).unwrap();
    let who = operator(&store);
    let mut pen = DraftPen::new(who, None, "cases", "register", None);
    save(&store, &mut pen, "content", "轮", 1, AT).unwrap();
    let id = pen.id().unwrap();
    let refused: Result<(), StoreError> = store.write(&stamp(), |tx| {
        tx.delete_draft(id)?;
        Err(StoreError::Busy)
    });
    refused.unwrap_err();
    assert!(drafts::one(store.conn(), id).unwrap().is_some());
    store.write(&stamp(), |tx| tx.delete_draft(id)).unwrap();
    assert!(drafts::one(store.conn(), id).unwrap().is_none());
    let orphans: i64 =
        store.conn().query_row("SELECT count(*) FROM draft_field", [], |row| row.get(0)).unwrap();
    assert_eq!(orphans, 0);
}

#[test]
fn a_change_elsewhere_is_noticed_once_and_ones_own_is_not() {
    let (_dir, path) = office();
    let (store, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let mut watch = Watch::new(&store).unwrap();
    say(&store, "made").unwrap();
    assert!(!watch.changed_elsewhere(&store).unwrap());
    say(&other, "made").unwrap();
    assert!(watch.changed_elsewhere(&store).unwrap());
    assert!(!watch.changed_elsewhere(&store).unwrap());
}

#[test]
fn a_backup_comes_back_and_the_present_file_is_kept() {
    let (dir, path) = office();
    let store = Store::open(&path).unwrap();
    say(&store, "first").unwrap();
    let copy = dir.path().join("copy.db");
    store.backup(&copy).unwrap();
    assert!(matches!(store.backup(&copy), Err(StoreError::Exists { .. })));
    say(&store, "second").unwrap();
    let kept = restore(&copy, &path).unwrap().unwrap();
    assert!(matches!(say(&store, "third"), Err(StoreError::Replaced { .. })));
    drop(store);
    let rows = |path: &Path| audit::verify(Store::open(path).unwrap().conn()).unwrap().rows;
    assert_eq!((rows(&path), rows(&kept)), (1, 2), "the kept file has its last commit too");
    assert!(check(Store::open(&path).unwrap().conn()).unwrap().is_whole());
    for file in [&copy, &kept, &path] {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(file).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
}

#[test]
fn a_bad_backup_is_not_put_back() {
    let (dir, path) = office();
    let store = Store::open(&path).unwrap();
    say(&store, "first").unwrap();
    let copy = dir.path().join("copy.db");
    store.backup(&copy).unwrap();
    Connection::open(&copy)
        .unwrap()
        .execute_batch("DROP TRIGGER audit_no_update; UPDATE audit SET operator = '拟'")
        .unwrap();
    assert!(matches!(restore(&copy, &path), Err(StoreError::AuditBroken { seq: 1 })));
    let mut bytes = std::fs::read(&copy).unwrap();
    bytes.iter_mut().skip(8192).take(4096).for_each(|byte| *byte = 0xA5);
    std::fs::write(&copy, bytes).unwrap();
    assert!(matches!(restore(&copy, &path), Err(StoreError::Corrupt { .. })));
    say(&store, "second").unwrap();
    assert_eq!(audit::verify(store.conn()).unwrap().rows, 2);
}

/// A file as the first release left it, made by the first script alone, comes up to date with everything in
/// it, and a copy of what it was stands beside it.
#[test]
fn an_old_file_is_copied_and_upgraded() {
    let (dir, path) = office();
    drop(std::fs::remove_file(&path));
    place::make_private_file(&path).unwrap();
    let conn = Connection::open(&path).unwrap();
    conn.pragma_update(None, "application_id", place::APPLICATION_ID).unwrap();
    migrations::apply(&conn, &migrations::all(), 1).unwrap();
    insert_office(&conn, &meta()).unwrap();
    conn.close().unwrap();
    // Upgraded to a script of the test's own, so that the test holds before a second script exists.
    let conn = Connection::open(&path).unwrap();
    let before = migrations::version_of(&conn).unwrap();
    assert_eq!(before, 1);
    let mut scripts = migrations::all();
    let next = migrations::newest() + 1;
    scripts.push(migrations::Migration {
        number: next,
        name: "later",
        sql: "CREATE TABLE later (a INTEGER) STRICT",
    });
    migrations::upgrade_with(&conn, Some(&path), &scripts).unwrap();
    assert_eq!(migrations::version_of(&conn).unwrap(), next);
    conn.execute("INSERT INTO later VALUES (1)", []).unwrap();
    let copies: Vec<_> = std::fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(&format!("office.before-v1-to-v{next}-")))
        .collect();
    assert_eq!(copies.len(), 1);
    let copy = Connection::open(path.parent().unwrap().join(&copies[0])).unwrap();
    assert_eq!(migrations::version_of(&copy).unwrap(), 1);
    let broken =
        migrations::Migration { number: next + 1, name: "broken", sql: "CREATE TABLE half (a); SYNTAX" };
    assert!(migrations::apply(&conn, &[broken], next + 1).is_err());
    assert_eq!(migrations::version_of(&conn).unwrap(), next, "a broken step leaves nothing behind");
    assert!(conn.prepare("SELECT * FROM half").is_err());
    drop(dir);
}
