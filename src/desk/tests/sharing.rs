//! Several desks at one file: what one does the others see, and nobody's words are overwritten unseen.

use crate::office::practice_in;
use crate::values::lang::Lang;

use super::super::{Intent, Move};
use super::{act, answer, field, jump, references, said, text};

#[test]
fn a_colleagues_change_appears_without_moving_the_finger() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("office.db");
    let mut mine = practice_in(&file, Lang::Zh).unwrap();
    let mut other = practice_in(&file, Lang::Zh).unwrap();
    mine.handle(Intent::GoTo("cases".into()));
    mine.handle(Intent::Move(Move::To(7)));
    let (rank, total) = (mine.view().list().unwrap().rank(), mine.view().list().unwrap().total);
    let before = mine.view().list().unwrap().row().unwrap().reference.clone();
    assert!(!mine.handle(Intent::Look).changed, "nothing happened yet");
    act(&mut other, "cases.register");
    answer(&mut other, "ynq");
    answer(&mut other, "盲道");
    other.handle(Intent::Field("due".into()));
    answer(&mut other, "+1");
    other.handle(Intent::Submit);
    assert_eq!(other.view().title, "SL-2026-0021", "{}", said(&other));
    assert!(mine.handle(Intent::Look).changed);
    let list = mine.view().list().unwrap();
    assert_eq!(list.total, total + 1);
    assert_eq!(list.row().unwrap().reference, before, "the finger stays on its record");
    assert_eq!(list.rank(), rank + 1, "though a more pressing one now stands above it");
    assert!(references(&mine).contains(&"SL-2026-0021".to_owned()));
    assert!(!mine.handle(Intent::Look).changed, "the same change is seen once");
}

#[test]
fn two_who_change_the_same_case_see_both_versions() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("office.db");
    let mut mine = practice_in(&file, Lang::Zh).unwrap();
    let mut other = practice_in(&file, Lang::Zh).unwrap();
    for desk in [&mut mine, &mut other] {
        jump(desk, "SL-2026-0011");
        act(desk, "cases.edit");
        desk.handle(Intent::Field("content".into()));
    }
    other.handle(Intent::Edit("小学拒绝陪读，校长已同意面谈".into()));
    other.handle(Intent::Submit);
    assert_eq!(other.view().page, "cases.record", "{}", said(&other));
    mine.handle(Intent::Edit("小学拒绝陪读，家长要书面答复".into()));
    mine.handle(Intent::Submit);
    assert_eq!(mine.view().page, "cases.form", "{}", said(&mine));
    let findings = format!("{:?}", mine.view().form().unwrap().conflicts);
    assert!(findings.contains("校长已同意面谈") && findings.contains("家长要书面答复"), "{findings}");
    let typed = mine.view().form().unwrap().fields.iter().find(|f| f.name == "content").unwrap().clone();
    assert_eq!(typed.value, "小学拒绝陪读，家长要书面答复", "the typed one stays");
    mine.handle(Intent::Submit);
    assert_eq!(mine.view().page, "cases.record", "{}", said(&mine));
    assert!(text(mine.view()).contains("家长要书面答复"));
}

#[test]
fn what_only_the_other_changed_stays_changed_and_what_is_masked_stays_masked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("office.db");
    let mut mine = practice_in(&file, Lang::Zh).unwrap();
    let mut other = practice_in(&file, Lang::Zh).unwrap();
    for desk in [&mut mine, &mut other] {
        jump(desk, "C001");
        act(desk, "people.edit");
    }
    let put = |desk: &mut super::super::Desk, name: &str, value: &str| {
        desk.handle(Intent::Field(name.into()));
        desk.handle(Intent::Edit(value.into()));
    };
    put(&mut other, "phone", "13000008888");
    put(&mut other, "community", "样例社区九");
    other.handle(Intent::Submit);
    put(&mut mine, "phone", "13000009999");
    put(&mut mine, "note", "下午来电");
    mine.handle(Intent::Submit);
    assert_eq!(mine.view().page, "people.form", "{}", said(&mine));
    let findings = format!("{:?}", mine.view().form().unwrap().conflicts);
    for told in ["130****8888", "13000009999", "样例社区九"] {
        assert!(findings.contains(told), "{told} in {findings}");
    }
    assert!(!findings.contains("13000008888"), "{findings}");
    put(&mut mine, "note", "下午来电二");
    assert_eq!(mine.view().form().unwrap().conflicts.len(), 2, "they stay in sight until it is saved");
    mine.handle(Intent::Submit);
    assert_eq!(mine.view().page, "people.record", "{}", said(&mine));
    let kept = "SELECT phone || ' ' || community || ' ' || note FROM client WHERE code = 'C001'";
    let kept: String = mine.office().store.conn().query_row(kept, [], |row| row.get(0)).unwrap();
    assert_eq!(kept, "13000009999 样例社区九 下午来电二");
}

#[test]
fn undo_does_not_overwrite_a_colleague() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("office.db");
    let mut mine = practice_in(&file, Lang::Zh).unwrap();
    let mut other = practice_in(&file, Lang::Zh).unwrap();
    for (desk, name) in [(&mut mine, "区示真"), (&mut other, "吕拟光")] {
        jump(desk, "SL-2026-0011");
        act(desk, "cases.assign");
        desk.handle(Intent::Edit(name.into()));
        desk.handle(Intent::Submit);
        assert_eq!(desk.view().page, "cases.record", "{} {:?}", said(desk), field(desk).error);
    }
    mine.handle(Intent::Undo);
    jump(&mut mine, "SL-2026-0011");
    assert!(text(mine.view()).contains("吕拟光"), "{}", said(&mine));
}
