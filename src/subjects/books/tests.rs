//! Cash boxes and bank accounts at the desk.

use crate::desk::{Desk, Intent};
use crate::office::practice;
use crate::values::lang::Lang;

fn desk() -> Desk {
    practice(Lang::Zh).unwrap()
}

#[test]
fn every_book_says_what_is_in_it() {
    let mut desk = desk();
    desk.handle(Intent::GoTo("books".into()));
    let list = desk.view().list().cloned().unwrap_or_default();
    let of = |code: &str| list.rows.iter().find(|row| row.reference == code).map(|row| row.cells[3].clone());
    assert_eq!(of("BANK").as_deref(), Some("392,724.16"));
    assert!(of("CASH").is_some());
}
