//! The office's own numbers: set, felt by the rules, changed, taken back, refused.

use crate::desk::{Desk, Intent};
use crate::office::practice;
use crate::values::lang::Lang;

/// The desk of the one who may set them.
fn secretary() -> Desk {
    let mut desk = practice(Lang::Zh).unwrap();
    desk.handle(Intent::Act("profile.set".into()));
    assert!(said(&desk).contains("秘书"), "others are told who may: {}", said(&desk));
    desk.sign_in("沈示安", "").unwrap();
    desk
}

fn said(desk: &Desk) -> String {
    desk.view().notice.clone().map(|n| format!("{} {}", n.text, n.hint)).unwrap_or_default()
}

fn answer(desk: &mut Desk, text: &str) {
    desk.handle(Intent::Edit(text.into()));
    desk.handle(Intent::Accept);
}

fn set(desk: &mut Desk, rule: &str, number: &str) {
    desk.handle(Intent::Act("profile.set".into()));
    answer(desk, rule);
    answer(desk, number);
    answer(desk, "主席会定的");
}

/// What a new urgent case would be due.
fn due(desk: &mut Desk) -> String {
    desk.handle(Intent::Act("cases.register".into()));
    desk.handle(Intent::Field("urgency".into()));
    answer(desk, "急");
    let findings = desk.view().form().map(|f| format!("{:?}", f.findings)).unwrap_or_default();
    desk.handle(Intent::Cancel);
    findings
}

#[test]
fn an_own_number_is_felt_at_once_and_taken_back() {
    let mut desk = secretary();
    assert!(due(&mut desk).contains("加急 3 天"), "{}", due(&mut desk));
    set(&mut desk, "急件期限", "2");
    assert!(said(&desk).contains("急件期限") && said(&desk).contains("2 天"), "{}", said(&desk));
    assert!(due(&mut desk).contains("加急 2 天"), "{}", due(&mut desk));
    desk.handle(Intent::GoTo("profile".into()));
    assert_eq!(desk.view().list().map(|l| l.total), Some(1));
    set(&mut desk, "急件期限", "4");
    assert!(said(&desk).contains("没有保存"), "a second one is a change of the first: {}", said(&desk));
    desk.handle(Intent::Cancel);
    desk.handle(Intent::Act("profile.edit".into()));
    answer(&mut desk, "4");
    answer(&mut desk, "又定的");
    assert!(due(&mut desk).contains("加急 4 天"), "{}", due(&mut desk));
    desk.handle(Intent::Undo);
    assert!(due(&mut desk).contains("加急 2 天"), "{}", due(&mut desk));
    desk.handle(Intent::GoTo("profile".into()));
    desk.handle(Intent::Act("profile.reset".into()));
    answer(&mut desk, "照配置");
    assert!(due(&mut desk).contains("加急 3 天"), "{}", due(&mut desk));
}

#[test]
fn nonsense_is_refused_at_the_field() {
    let mut desk = secretary();
    desk.handle(Intent::Act("profile.set".into()));
    answer(&mut desk, "无操作锁定");
    for wrong in ["0", "三", "-1", "1.5"] {
        answer(&mut desk, wrong);
        let field = desk.view().form().and_then(crate::desk::view::Form::field).cloned().unwrap();
        assert!(field.name == "number" && field.error.is_some(), "{wrong}: {field:?}");
    }
}
