//! Words of closed sets as they are typed: what is begun stays as typed while the finger is in it, and is read back; once left it is
//! the word. A page is called as its subject is.

use super::{Intent, act, desk, field, said};

#[test]
fn a_word_that_is_being_typed_stays_as_typed() {
    let mut desk = desk();
    act(&mut desk, "staff.register");
    desk.handle(Intent::Field("kind".into()));
    for (typed, read) in [("志", "志愿者"), ("志愿", "志愿者"), ("zh", "专职"), ("zhu", "专职")]
    {
        desk.handle(Intent::Edit(typed.into()));
        let kind = field(&desk);
        if kind.echo.is_empty() {
            // Several begin so: nothing is read back yet.
            assert_eq!(kind.value, typed);
            continue;
        }
        assert_eq!((kind.value.as_str(), kind.echo.as_str()), (typed, read));
    }
    desk.handle(Intent::Edit("志愿".into()));
    desk.handle(Intent::Accept);
    let form = desk.view().form().cloned().unwrap();
    let kind = form.fields.into_iter().find(|f| f.name == "kind").unwrap();
    assert_eq!((kind.value.as_str(), kind.echo.as_str()), ("志愿者", ""));
}

#[test]
fn a_page_is_gone_to_by_what_its_subject_is_called() {
    let mut desk = desk();
    desk.handle(Intent::GoTo("staff".into()));
    desk.handle(Intent::Command("任职".into()));
    assert_eq!(desk.view().page, "appointments.list", "{}", said(&desk));
}
