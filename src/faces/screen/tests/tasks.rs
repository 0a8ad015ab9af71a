//! Standard tasks counted in keys, on the sample office itself and not on a drawn page.

use lianban::desk::view::Part;
use lianban::desk::{Desk, Intent};
use lianban::office::{Opening, open, practice_in};
use lianban::values::lang::Lang;

use super::super::{Screen, Theme};
use super::{options, press};

/// The sample office with this person signed in, on the today page.
fn signed_in(folder: &std::path::Path, name: &str) -> Desk {
    let file = folder.join("office.db");
    drop(practice_in(&file, Lang::Zh).unwrap());
    let now = "2026-03-04T09:30:00".parse().ok();
    let opening = Opening { file, lang: Lang::Zh, now, terminal: "test".into(), read_only: false };
    let mut desk = open(&opening).unwrap();
    desk.handle(Intent::Edit(name.to_owned()));
    desk.handle(Intent::Submit);
    assert_eq!(desk.view().page, "today", "{:?}", desk.view().notice);
    desk
}

#[test]
fn eight_lines_are_ticked_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = signed_in(folder.path(), "仇拟文");
    let options = options(Theme::None);
    let keys = "z Space Space Space Space Space Space Space Space Enter";
    {
        let mut screen = Screen::new(&mut desk, &options, (80, 24));
        press(&mut screen, keys);
    }
    let list = desk.view().list().unwrap();
    assert_eq!(
        (list.name.as_str(), list.total, list.marked),
        ("bank.open", 4, 0),
        "{:?}",
        desk.view().notice
    );
    let said = desk.view().notice.as_ref().map(|n| n.text.clone()).unwrap_or_default();
    assert!(said.contains('8'), "{said}");
    desk.handle(Intent::GoTo("report.bank-reconciliation.this-year".into()));
    let text = desk.view().parts.iter().filter_map(|p| if let Part::Text(t) = p { Some(t) } else { None });
    let said: Vec<String> = text.flat_map(|t| t.lines.clone()).collect();
    assert!(said.iter().any(|line| line.contains("调节后余额相等")), "{said:?}");
}
