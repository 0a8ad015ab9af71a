//! The main job, by intents: a call, a person found by initials, a note with a date; a quick line; a search.

use super::super::Intent;
use super::{act, answer, desk, field, find, finding, jump, references, said, text};

#[test]
fn a_call_from_a_known_person_is_four_steps() {
    let mut desk = desk();
    act(&mut desk, "cases.register-phone");
    assert_eq!((desk.view().page.as_str(), field(&desk).name.as_str()), ("cases.form", "client"));
    desk.handle(Intent::Edit("33052119460317960613".into()));
    assert!(field(&desk).echo.contains("沈*安"), "{}", field(&desk).echo);
    desk.handle(Intent::Accept);
    assert_eq!(field(&desk).name, "content");
    answer(&mut desk, "小区盲道被占用");
    assert_eq!(field(&desk).name, "orgs");
    assert_eq!(finding(&desk, "分流建议"), "盲协 因为：视力残疾归它");
    desk.handle(Intent::Accept);
    assert_eq!(desk.view().title, "SL-2026-0021", "{}", said(&desk));
    assert!(said(&desk).starts_with("已登记 SL-2026-0021 盲协 期限 "), "{}", said(&desk));
    let page = text(desk.view());
    for piece in ["小区盲道被占用", "电话", "已分流", "盲协", "沈*安"] {
        assert!(page.contains(piece), "{piece} in {page}");
    }
    // The colleague at the queue sees it.
    desk.handle(Intent::GoTo("cases.BL".into()));
    assert!(references(&desk).contains(&"SL-2026-0021".to_owned()));
}

#[test]
fn several_kinds_are_coordinated_by_two_digits() {
    let mut desk = desk();
    act(&mut desk, "cases.register");
    desk.handle(Intent::Edit("ynq".into()));
    assert_eq!(field(&desk).completions.len(), 1);
    desk.handle(Intent::Accept);
    assert_eq!(field(&desk).name, "content", "the only one who fits is taken");
    answer(&mut desk, "出门要轮椅和盲杖");
    desk.handle(Intent::Edit("1".into()));
    assert!(field(&desk).several && field(&desk).value == "1", "the next key is typed behind this one");
    desk.handle(Intent::Edit("13".into()));
    assert!(field(&desk).echo.contains("盲协、肢协"), "{}", field(&desk).echo);
    desk.handle(Intent::Accept);
    assert_eq!(desk.view().title, "SL-2026-0021", "{}", said(&desk));
    let page = text(desk.view());
    assert!(page.contains("协同办理") && page.contains("盲协") && page.contains("肢协"), "{page}");
}

#[test]
fn a_note_carries_the_next_day() {
    let mut desk = desk();
    jump(&mut desk, "SL-2026-0011");
    act(&mut desk, "cases.note");
    desk.handle(Intent::Edit("已致电社区 !w5".into()));
    assert!(finding(&desk, "下次").contains("3-6 周五"), "{:?}", desk.view().form());
    desk.handle(Intent::Accept);
    assert_eq!((desk.view().page.as_str(), desk.view().title.as_str()), ("cases.record", "SL-2026-0011"));
    assert!(said(&desk).contains("SL-2026-0011"), "{}", said(&desk));
    let page = text(desk.view());
    assert!(page.contains("已致电社区") && !page.contains("!w5"), "{page}");
}

#[test]
fn a_quick_line_is_confirmed_before_anything_is_written() {
    let mut desk = desk();
    desk.handle(Intent::Quick("诉 33052119950323962712 盲道被占用 急 !w5".into()));
    let form = desk.view().form().unwrap().clone();
    let findings = format!("{:?}", form.findings);
    for piece in ["姚*清", "盲道被占用", "急", "2026-03-06 周五", "盲协"] {
        assert!(findings.contains(piece), "{piece} in {findings}");
    }
    desk.handle(Intent::GoTo("cases.all".into()));
    assert!(!references(&desk).contains(&"SL-2026-0021".to_owned()));
    desk.handle(Intent::Quick("诉 33052119950323962712 盲道被占用 急 !w5".into()));
    desk.handle(Intent::Accept);
    assert_eq!(desk.view().title, "SL-2026-0021", "{}", said(&desk));
    desk.handle(Intent::Quick("诉 33052119950323962712 盲道 !不是日子".into()));
    desk.handle(Intent::Accept);
    assert!(said(&desk).contains("!不是日子"), "a guess is worse than a question: {}", said(&desk));
    assert_eq!(desk.view().page, "quick");
}

#[test]
fn people_and_cases_are_found_by_whatever_is_remembered() {
    let mut desk = desk();
    for (typed, found) in [
        ("姚拟清", "C002"),
        ("ynq", "C002"),
        ("962712", "C002"),
        ("0201", "C002"),
        ("盲道", "SL-2025-0002"),
        ("SL-2026-0014", "SL-2026-0014"),
        ("0014", "SL-2026-0014"),
        ("2026-0014", "SL-2026-0014"),
    ] {
        desk.handle(Intent::Search(typed.into()));
        assert!(references(&desk).iter().any(|r| r == found), "{typed}: {:?}", references(&desk));
    }
    desk.handle(Intent::Search("SL-2026-0014".into()));
    find(&mut desk, "SL-2026-0014");
    desk.handle(Intent::Accept);
    assert_eq!(desk.view().title, "SL-2026-0014");
    desk.handle(Intent::Search("没有这样的字".into()));
    assert!(!desk.view().list().unwrap().empty.is_empty());
}
