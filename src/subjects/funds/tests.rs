//! Funds at the desk: one more purse, and one that is still full.

use crate::desk::{Desk, Intent};
use crate::office::practice;
use crate::values::lang::Lang;

fn desk() -> Desk {
    practice(Lang::Zh).unwrap()
}

#[test]
fn the_funds_show_what_they_hold() {
    let mut desk = desk();
    desk.handle(Intent::GoTo("funds".into()));
    let list = desk.view().list().cloned().unwrap_or_default();
    assert_eq!(list.total, 17);
    let row = list.rows.iter().find(|row| row.reference == "F-BL-01").unwrap();
    assert!(row.cells.iter().any(|cell| cell == "盲协专项补助") && !row.cells[5].is_empty(), "{row:?}");
}
