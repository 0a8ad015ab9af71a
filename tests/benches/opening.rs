//! What the benches of one subject begin with alike: a demonstration office with many more records written into it, kept beside
//! the build, and a desk that stands open in it.

use std::cell::RefCell;
use std::path::PathBuf;

use lianban::desk::{Desk, Intent};
use lianban::office::{self, Opening, Scripts, Who};
use lianban::values::lang::Lang;
use rusqlite::Connection;

/// The file of a bench's office with so many records, made the first time it is asked for.
pub fn file(name: &str, size: usize, fill: fn(&mut Connection, usize)) -> PathBuf {
    let beside = |name: String| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let file = beside(format!("{name}-{size}.db"));
    if !file.exists() {
        let making = beside(format!("{name}-{size}-making.db"));
        drop(std::fs::remove_file(&making));
        office::demo(&making, 0, Lang::Zh, &mut |_, _| {}).unwrap();
        let mut db = Connection::open(&making).unwrap();
        fill(&mut db, size);
        db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        drop(db);
        std::fs::rename(&making, &file).unwrap();
    }
    file
}

/// A desk with general affairs of the demonstration at it, at a moment of its own or the demonstration's, with a page open.
pub fn desk(file: PathBuf, now: Option<&str>, page: &str) -> RefCell<Desk> {
    let now = now.map(|now| now.parse().unwrap());
    let opening = Opening { file, lang: Lang::Zh, now, terminal: "bench".into(), read_only: false };
    let who = Who { name: "曾示平".into(), ..Who::default() };
    let mut desk = Scripts::enter(&opening, &who).unwrap().into_desk();
    desk.handle(Intent::Window(32));
    desk.handle(Intent::GoTo(page.into()));
    RefCell::new(desk)
}
