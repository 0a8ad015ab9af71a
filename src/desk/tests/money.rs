//! Amounts as people type them, as they are kept, shown, put back and refused; subjects under another; ticking.

use super::super::Intent;
use super::super::field::{Field, Kind, Set};
use super::super::reading::{Read, read, show, typed};
use super::super::view::View;
use super::{act, answer, field, jump, little, references, said, text};
use rusqlite::types::Value;

const AMOUNT: Field = Field::new("amount", Kind::Money);

#[test]
fn an_amount_is_kept_in_fen_and_shown_as_written() {
    let desk = little::desk(0);
    let cx = desk.office().cx();
    let of = |text: &str| read(&AMOUNT, text, &cx).unwrap();
    let plain = |fen, text: &str, echo: &str| Read {
        value: Value::Integer(fen),
        text: text.into(),
        echo: echo.into(),
    };
    assert_eq!(of("1,234.5"), plain(123_450, "1234.50", ""));
    assert_eq!(of("１２３．５元"), plain(12_350, "123.50", ""));
    assert_eq!(of("-8"), plain(-800, "-8.00", ""));
    assert_eq!(of("=120*300"), plain(3_600_000, "36000.00", "36,000.00"));
    assert_eq!(of("＝１．５×２"), plain(300, "3.00", "3.00"));
    assert_eq!(of("").value, Value::Null);
    for fen in [0, 5, -123_450, i64::MAX] {
        let kept = Value::Integer(fen);
        assert_eq!(of(&typed(&AMOUNT, &kept, &cx)).value, kept);
        assert_eq!(of(&show(&AMOUNT, &kept, &cx)).value, kept);
    }
    assert_eq!(show(&AMOUNT, &Value::Integer(-123_450), &cx), "-1,234.50");
}

#[test]
fn what_is_no_amount_is_refused_in_a_sentence() {
    let desk = little::desk(0);
    let cx = desk.office().cx();
    for text in ["￥", "1.005", "1,23", "12a", "=", "=(1", "=1/0", "=100/3", "=1+x", "=99999999999999999*10"]
    {
        let refusal = read(&AMOUNT, text, &cx).unwrap_err();
        assert_eq!(refusal.field, Some("amount"));
        let said = refusal.notice(cx.t).text;
        assert!(!said.contains("refusal-") && !said.contains("E_"), "{text}: {said}");
    }
}

#[test]
fn a_changed_amount_is_told_and_put_back_as_it_was() {
    let mut desk = little::desk(3);
    jump(&mut desk, "B-02");
    act(&mut desk, "trybook.change");
    desk.handle(Intent::Edit("=120*3".into()));
    assert_eq!(field(&desk).echo, "360.00");
    desk.handle(Intent::Accept);
    assert!(text(desk.view()).contains("360.00"), "{}", said(&desk));
    jump(&mut desk, "B-02");
    act(&mut desk, "history");
    assert!(text(desk.view()).contains("trybook-amount: 2.00 > 360.00"), "{}", text(desk.view()));
    desk.handle(Intent::Back);
    desk.handle(Intent::Undo);
    assert!(said(&desk).starts_with("已收回："), "{}", said(&desk));
    assert!(!text(desk.view()).contains("360.00") && text(desk.view()).contains("2.00"));
    desk.handle(Intent::Search("360".into()));
    assert!(references(&desk).is_empty());
}

fn labels(view: &View) -> (Vec<String>, Vec<String>) {
    let names = |tabs: &[super::super::view::Tab]| {
        tabs.iter().map(|t| format!("{}{}", t.name, if t.current { "*" } else { "" })).collect()
    };
    (names(&view.tabs), view.list().map(|l| names(&l.views)).unwrap_or_default())
}

#[test]
fn a_subject_under_another_shares_its_tab_and_its_views() {
    let mut desk = little::desk(3);
    desk.handle(Intent::GoTo("trybook".into()));
    assert_eq!(labels(desk.view()), (tabs("trybook"), views("trybook.all")));
    desk.handle(Intent::GoTo("trypurse".into()));
    assert_eq!(labels(desk.view()), (tabs("trybook"), views("trypurse.all")));
    assert!(
        desk.view().actions.iter().any(|o| o.name == "trybook.enter"),
        "what the tab can do can be done here"
    );
    desk.handle(Intent::NextView);
    assert_eq!(labels(desk.view()).1, views("trybook.all"));
    desk.handle(Intent::GoTo("today".into()));
    assert_eq!(desk.view().pages.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["trypurse"]);
    desk.handle(Intent::Command("trypurse".into()));
    assert_eq!(desk.view().page, "trypurse.list");
    desk.handle(Intent::GoTo("more".into()));
    assert!(text(desk.view()).contains("subject-trypurse"));
    desk.handle(Intent::Open);
    assert_eq!(desk.view().page, "trypurse.list");
    desk.handle(Intent::Jump("p2".into()));
    assert_eq!(desk.view().title, "P-02", "{}", said(&desk));
    assert_eq!(labels(desk.view()).0, tabs("trybook"));
}

fn tabs(here: &str) -> Vec<String> {
    ["today", "trybook", "more"].map(|t| format!("{t}{}", if t == here { "*" } else { "" })).to_vec()
}

fn views(here: &str) -> Vec<String> {
    ["trybook.all", "trybook.open", "trypurse.all"]
        .map(|t| format!("{t}{}", if t == here { "*" } else { "" }))
        .to_vec()
}

#[test]
fn eight_keys_tick_eight_rows_and_enter_settles_them() {
    let mut desk = little::desk(12);
    desk.handle(Intent::GoTo("trybook.open".into()));
    for _ in 0..8 {
        desk.handle(Intent::Mark);
    }
    assert_eq!(desk.view().list().unwrap().marked, 8);
    desk.handle(Intent::Open);
    assert!(desk.view().question.is_some(), "{}", said(&desk));
    desk.handle(Intent::Answer(true));
    let list = desk.view().list().unwrap();
    assert_eq!((list.total, list.marked), (4, 0), "{}", said(&desk));
    desk.handle(Intent::Open);
    assert_eq!(desk.view().page, "trybook.record", "with no mark the row opens");
    desk.handle(Intent::GoTo("trybook.all".into()));
    desk.handle(Intent::Mark);
    desk.handle(Intent::Open);
    assert_eq!(desk.view().page, "trybook.record", "a list that ticks nothing opens");
}

#[test]
fn an_amount_is_answered_like_any_field() {
    let mut desk = little::desk(0);
    act(&mut desk, "trybook.enter");
    answer(&mut desk, "3-04");
    answer(&mut desk, "打印纸");
    answer(&mut desk, "55.555");
    assert!(field(&desk).error.is_some() && field(&desk).value == "55.555", "what was typed stays");
    answer(&mut desk, "55.5");
    desk.handle(Intent::GoTo("trybook".into()));
    assert_eq!(desk.view().list().unwrap().rows[0].cells[..3], ["2026-03-04", "打印纸", "55.50"]);
    desk.handle(Intent::Search("55.5".into()));
    assert_eq!(references(&desk), ["B-01"]);
}

#[test]
fn a_word_that_begins_with_its_key_is_meant_by_what_comes_after() {
    let desk = little::desk(0);
    let cx = desk.office().cx();
    let account = Field::new("account", Kind::Choice(Set::Named("accounts")));
    let kept = |text: &str| read(&account, text, &cx).map(|read| read.value);
    for text in ["5201.01", "办公费", "bgf", "5201.01 办公费", "bangongfei"] {
        assert_eq!(kept(text).unwrap(), Value::Text("5201.01".into()), "{text}");
    }
    let said = kept("没有的").unwrap_err().notice(cx.t);
    assert!(said.hint.chars().count() < 200 && !said.hint.contains("11221122"), "{said:?}");
}
