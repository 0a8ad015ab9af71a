//! Undo and redo in words, marks with one action on all, refusals that say why and what to do.

use super::super::view::Tone;
use super::super::{Desk, Intent};
use super::{act, answer, desk, field, find, jump, references, said, text};

/// What the list of all cases says of one.
fn row(desk: &mut Desk, reference: &str) -> String {
    desk.handle(Intent::GoTo("cases.all".into()));
    find(desk, reference);
    desk.view().list().unwrap().row().unwrap().cells.join(" ")
}

#[test]
fn what_is_undone_and_redone_is_said() {
    let mut desk = desk();
    desk.handle(Intent::Undo);
    assert_eq!(desk.view().notice.as_ref().unwrap().tone, Tone::Refused, "nothing was done yet");
    jump(&mut desk, "SL-2026-0011");
    act(&mut desk, "cases.assign");
    answer(&mut desk, "区示真");
    assert!(text(desk.view()).contains("区示真"), "{}", said(&desk));
    desk.handle(Intent::Undo);
    assert!(said(&desk).starts_with("已收回：") && said(&desk).ends_with("SL-2026-0011"), "{}", said(&desk));
    assert!(!text(desk.view()).contains("办理人 区示真"));
    desk.handle(Intent::Redo);
    assert!(said(&desk).starts_with("又做了："), "{}", said(&desk));
    assert!(text(desk.view()).contains("区示真"));
}

#[test]
fn a_case_taken_back_comes_back() {
    let mut desk = desk();
    act(&mut desk, "cases.register");
    answer(&mut desk, "ynq");
    answer(&mut desk, "盲道");
    desk.handle(Intent::Accept);
    assert_eq!(desk.view().title, "SL-2026-0021");
    desk.handle(Intent::Undo);
    assert!(said(&desk).contains("SL-2026-0021"), "{}", said(&desk));
    desk.handle(Intent::GoTo("cases.queue".into()));
    assert!(!references(&desk).contains(&"SL-2026-0021".to_owned()));
    desk.handle(Intent::Redo);
    desk.handle(Intent::GoTo("cases.queue".into()));
    assert!(references(&desk).contains(&"SL-2026-0021".to_owned()), "{}", said(&desk));
}

#[test]
fn a_case_taken_back_says_that_the_new_file_stays() {
    let mut desk = desk();
    assert!(!desk.view().undoable);
    act(&mut desk, "cases.register");
    answer(&mut desk, "+沈示新");
    answer(&mut desk, "");
    answer(&mut desk, "1");
    answer(&mut desk, "盲道");
    desk.handle(Intent::Submit);
    assert_eq!(desk.view().title, "SL-2026-0021", "{}", said(&desk));
    assert!(desk.view().undoable);
    desk.handle(Intent::Undo);
    assert!(
        said(&desk).contains("SL-2026-0021") && said(&desk).contains("档案 C037 留着"),
        "{}",
        said(&desk)
    );
    assert!(!desk.view().undoable);
    // Someone known before is nothing to be said about.
    act(&mut desk, "cases.register");
    answer(&mut desk, "ynq");
    answer(&mut desk, "盲道");
    desk.handle(Intent::Submit);
    desk.handle(Intent::Undo);
    assert!(!said(&desk).contains("留着"), "{}", said(&desk));
}

#[test]
fn what_is_wrong_stands_at_the_field_and_the_message_names_it() {
    let mut desk = desk();
    act(&mut desk, "cases.register");
    answer(&mut desk, "+沈示新");
    desk.handle(Intent::Field("phone".into()));
    desk.handle(Intent::Edit("1300000001".into()));
    desk.handle(Intent::Submit);
    assert_eq!(said(&desk), "没有保存：电话、内容 要改");
    assert_eq!(field(&desk).name, "phone");
    assert!(field(&desk).error.is_some());
}

#[test]
fn a_number_is_no_name() {
    let mut desk = desk();
    act(&mut desk, "people.register");
    desk.handle(Intent::Field("name".into()));
    answer(&mut desk, "33052119460317960613");
    assert_eq!(field(&desk).name, "name");
    assert!(field(&desk).error.is_some_and(|e| e.text.contains("数字") && e.hint.contains("证号")));
}

#[test]
fn undo_in_a_form_takes_back_the_typing() {
    let mut desk = desk();
    act(&mut desk, "cases.register");
    desk.handle(Intent::Edit("沈".into()));
    desk.handle(Intent::Undo);
    assert_eq!((field(&desk).name.as_str(), field(&desk).value.as_str()), ("client", ""));
    desk.handle(Intent::Redo);
    assert_eq!(field(&desk).value, "沈");
}

#[test]
fn one_action_on_all_marked_is_one_step() {
    let mut desk = desk();
    desk.handle(Intent::Window(100));
    desk.handle(Intent::GoTo("cases.all".into()));
    for reference in ["SL-2026-0002", "SL-2026-0004", "SL-2026-0006"] {
        find(&mut desk, reference);
        desk.handle(Intent::Mark);
    }
    assert_eq!(desk.view().list().unwrap().marked, 3);
    act(&mut desk, "cases.note");
    assert!(said(&desk).contains("一次只能做一条"), "{}", said(&desk));
    act(&mut desk, "cases.archive");
    assert!(said(&desk).contains("3 条"), "{}", said(&desk));
    assert_eq!(desk.view().list().unwrap().marked, 0);
    assert!(row(&mut desk, "SL-2026-0004").contains("已归档"));
    desk.handle(Intent::Undo);
    for reference in ["SL-2026-0002", "SL-2026-0004", "SL-2026-0006"] {
        assert!(said(&desk).contains(reference), "{}", said(&desk));
        desk.handle(Intent::Redo);
        desk.handle(Intent::Undo);
    }
    assert!(row(&mut desk, "SL-2026-0002").contains("已回访"), "{}", row(&mut desk, "SL-2026-0002"));
}

#[test]
fn all_or_nothing_when_one_of_the_marked_cannot() {
    let mut desk = desk();
    desk.handle(Intent::Window(100));
    desk.handle(Intent::GoTo("cases.all".into()));
    for reference in ["SL-2026-0002", "SL-2026-0011"] {
        find(&mut desk, reference);
        desk.handle(Intent::Mark);
    }
    act(&mut desk, "cases.archive");
    assert!(said(&desk).contains("SL-2026-0011"), "{}", said(&desk));
    assert_eq!(desk.view().list().unwrap().marked, 2, "the marks stay for another try");
    assert!(row(&mut desk, "SL-2026-0002").contains("已回访"));
}

#[test]
fn a_refusal_says_why_and_what_can_be_done() {
    let mut desk = desk();
    jump(&mut desk, "SL-2026-0020");
    act(&mut desk, "cases.accept");
    let said = said(&desk);
    assert!(said.contains("待分流") && said.contains("分流") && said.contains("记一笔"), "{said}");
    let offer = desk.view().actions.iter().find(|o| o.name == "cases.accept").unwrap();
    assert!(offer.refused.is_some(), "the page says so before it is tried");
    act(&mut desk, "cases.register");
    answer(&mut desk, "33052119850612981711");
    let error = field(&desk).error.unwrap();
    assert!(!error.text.is_empty() && field(&desk).value == "33052119850612981711", "what was typed stays");
}
