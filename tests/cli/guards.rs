//! What stands in the journal stands against the database's own shell too.

use std::process::Command;

use crate::program::Room;

#[test]
fn the_sqlite_shell_cannot_rewrite_what_is_posted() {
    let room = Room::demo();
    if Command::new("sqlite3").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "sqlite3 is not installed");
        println!("skipped: sqlite3 is not installed");
        return;
    }
    for sql in [
        "UPDATE journal_entry SET amount = amount - 1 WHERE seq = 5",
        "UPDATE journal_entry SET summary = 'x'",
        "DELETE FROM journal_entry WHERE seq = 5",
        "DELETE FROM journal_split",
        "UPDATE journal_split SET fund = 1",
        "REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE seq = 5",
    ] {
        let done = Command::new("sqlite3").arg(room.path("office.db")).arg(sql).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success() && said.contains("journal:"), "{sql}: {said}");
    }
}
