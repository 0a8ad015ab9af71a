//! Nothing typed is lost: forms left in any way are offered again, as typed, where the finger was.

use crate::office::practice_in;
use crate::values::lang::Lang;

use super::super::{Intent, Move};
use super::{act, answer, desk, field, said};

#[test]
fn a_form_in_progress_outlives_the_desk() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("office.db");
    let mut desk = practice_in(&file, Lang::Zh).unwrap();
    act(&mut desk, "cases.register");
    answer(&mut desk, "33052119950323962712");
    desk.handle(Intent::Edit("小区盲道被占".into()));
    drop(desk);
    let mut desk = practice_in(&file, Lang::Zh).unwrap();
    let row = desk.view().list().and_then(super::super::view::List::row).cloned().unwrap();
    assert!(row.cells.join(" ").contains("新案件"), "{:?}", row.cells);
    desk.handle(Intent::Open);
    assert_eq!((field(&desk).name.as_str(), field(&desk).value.as_str()), ("content", "小区盲道被占"));
    let client = desk.view().form().unwrap().fields.first().cloned().unwrap();
    assert_eq!(client.value, "33052119950323962712");
    assert!(client.echo.contains("姚*清"), "{}", client.echo);
    answer(&mut desk, "小区盲道被占用");
    desk.handle(Intent::Accept);
    assert_eq!(desk.view().title, "SL-2026-0021", "{}", said(&desk));
    desk.handle(Intent::GoTo("drafts".into()));
    assert_eq!(desk.view().list().unwrap().total, 0, "a saved form leaves no draft");
}

#[test]
fn putting_away_keeps_and_throwing_away_asks() {
    let mut desk = desk();
    act(&mut desk, "cases.register");
    desk.handle(Intent::Edit("沈示航".into()));
    desk.handle(Intent::Cancel);
    desk.handle(Intent::GoTo("drafts".into()));
    assert_eq!(desk.view().list().unwrap().total, 1, "{}", said(&desk));
    desk.handle(Intent::Open);
    assert_eq!(field(&desk).value, "沈示航");
    desk.handle(Intent::Discard);
    assert!(desk.view().question.as_ref().is_some_and(|q| !q.default_yes));
    desk.handle(Intent::Answer(false));
    assert_eq!(field(&desk).value, "沈示航");
    desk.handle(Intent::Discard);
    desk.handle(Intent::Answer(true));
    desk.handle(Intent::GoTo("drafts".into()));
    assert_eq!(desk.view().list().unwrap().total, 0);
}

#[test]
fn going_elsewhere_and_a_refusal_keep_what_was_typed() {
    let mut desk = desk();
    act(&mut desk, "cases.register");
    desk.handle(Intent::Edit("zzzz".into()));
    desk.handle(Intent::Submit);
    assert_eq!(field(&desk).value, "zzzz", "{}", said(&desk));
    desk.handle(Intent::GoTo("people".into()));
    desk.handle(Intent::GoTo("today".into()));
    let drafts = |desk: &super::Desk| {
        let list = desk.view().list().unwrap();
        list.rows.iter().filter(|r| r.cells.join(" ").contains("zzzz")).count()
    };
    assert_eq!(drafts(&desk), 1, "{:?}", desk.view().list());
    desk.handle(Intent::Move(Move::First));
    desk.handle(Intent::Open);
    assert_eq!(field(&desk).value, "zzzz");
    desk.handle(Intent::GoTo("today".into()));
    assert_eq!(drafts(&desk), 1);
}

#[test]
fn the_value_above_is_one_key() {
    let mut desk = desk();
    act(&mut desk, "cases.register");
    answer(&mut desk, "ynq");
    answer(&mut desk, "盲道被占用");
    desk.handle(Intent::SubmitAndNew);
    assert_eq!(
        (desk.view().page.as_str(), field(&desk).name.as_str()),
        ("cases.form", "client"),
        "{}",
        said(&desk)
    );
    answer(&mut desk, "ssa");
    desk.handle(Intent::CopyAbove);
    assert_eq!(field(&desk).value, "盲道被占用");
}
