//! Who may: PINs that slow down, locks that lose nothing, posts that are told apart.

use std::time::{Duration, Instant};

use super::super::office::Clock;
use super::super::view::Guard;
use super::super::{Desk, Intent, Move, signing};
use super::{act, answer, desk, field, jump, said, text};

/// The sample office as an ordinary one, in which the clerk has a PIN.
fn with_pin(pin: &str) -> Desk {
    let mut desk = desk();
    let hash = signing::hash(pin).unwrap();
    let sql = "UPDATE operator SET pin_hash = ?1 WHERE name = '曾示平'";
    desk.office.store.conn().execute(sql, [hash]).unwrap();
    desk.office.demo = false;
    desk
}

fn later(desk: &mut Desk, seconds: i64) {
    desk.office.clock = Clock::Fixed(desk.office.clock.now() + chrono::Duration::seconds(seconds));
}

#[test]
fn a_locked_desk_shows_nothing_and_loses_nothing() {
    let mut desk = with_pin("2468");
    act(&mut desk, "cases.register");
    desk.handle(Intent::Edit("沈示航".into()));
    desk.handle(Intent::Lock);
    assert_eq!(desk.view().guard, Guard::Locked);
    assert!(!text(desk.view()).contains("沈示航") && desk.view().actions.is_empty());
    for intent in [
        Intent::GoTo("cases".into()),
        Intent::Jump("C001".into()),
        Intent::Search("沈".into()),
        Intent::Act("cases.register".into()),
        Intent::Back,
        Intent::Undo,
        Intent::Command("案件".into()),
    ] {
        desk.handle(intent);
        assert_eq!((desk.view().guard, desk.view().page.as_str()), (Guard::Locked, "sign-in"));
    }
    answer(&mut desk, "1357");
    assert_eq!(desk.view().guard, Guard::Locked);
    assert!(said(&desk).contains("PIN 不对"), "{}", said(&desk));
    answer(&mut desk, "2468");
    assert_eq!(desk.view().guard, Guard::Open, "{}", said(&desk));
    assert_eq!(field(&desk).value, "沈示航");
}

#[test]
fn wrong_pins_slow_down_and_the_right_one_forgets_them() {
    let mut desk = with_pin("2468");
    desk.handle(Intent::Lock);
    for _ in 0..4 {
        answer(&mut desk, "0000");
        assert!(said(&desk).contains("PIN 不对"), "{}", said(&desk));
    }
    answer(&mut desk, "2468");
    assert!(said(&desk).contains("以后再试") && desk.view().guard == Guard::Locked, "{}", said(&desk));
    later(&mut desk, 31);
    answer(&mut desk, "0000");
    later(&mut desk, 31);
    answer(&mut desk, "2468");
    assert!(said(&desk).contains("以后再试"), "each wait is twice as long: {}", said(&desk));
    later(&mut desk, 31);
    answer(&mut desk, "2468");
    assert_eq!(desk.view().guard, Guard::Open, "{}", said(&desk));
    desk.handle(Intent::Lock);
    answer(&mut desk, "0000");
    answer(&mut desk, "2468");
    assert_eq!(desk.view().guard, Guard::Open, "one slip costs nothing: {}", said(&desk));
}

#[test]
fn an_idle_desk_locks_by_itself() {
    let mut desk = desk();
    desk.handle(Intent::GoTo("cases".into()));
    desk.handle(Intent::Look);
    assert_eq!(desk.view().guard, Guard::Open);
    let long_ago = Instant::now().checked_sub(Duration::from_secs(3600));
    // A machine that has just started has no hour ago.
    let Some(long_ago) = long_ago else { return };
    desk.touched = long_ago;
    assert!(desk.handle(Intent::Look).changed);
    assert_eq!(desk.view().guard, Guard::Locked);
    desk.handle(Intent::Submit);
    assert_eq!((desk.view().guard, desk.view().page.as_str()), (Guard::Open, "cases.list"));
    desk.touched = long_ago;
    desk.handle(Intent::Move(Move::Next));
    assert_eq!(desk.view().guard, Guard::Locked, "a key after a long while is not obeyed");
}

#[test]
fn what_a_post_may_not_do_names_who_could() {
    let mut desk = desk();
    desk.sign_in("吕拟光", "").unwrap();
    desk.handle(Intent::GoTo("cases.all".into()));
    let seen = desk.view().list().unwrap().total;
    assert!(seen > 0 && seen < 40, "an association sees its own: {seen}");
    desk.handle(Intent::Jump("SL-2026-0011".into()));
    assert_ne!(desk.view().title, "SL-2026-0011", "a case of another association");
    jump(&mut desk, "SL-2026-0014");
    act(&mut desk, "cases.reopen");
    assert!(said(&desk).contains("您的岗位不能做这件事 可以请：秘书"), "{}", said(&desk));
    assert_eq!(desk.view().page, "cases.record");
    let offer = desk.view().actions.iter().find(|o| o.name == "cases.reopen").unwrap();
    assert!(offer.refused.as_ref().is_some_and(|no| no.hint.contains("秘书")));
}

#[test]
fn someone_else_gets_nothing_of_the_one_before() {
    let mut desk = with_pin("2468");
    act(&mut desk, "cases.register");
    desk.handle(Intent::Edit("沈示航".into()));
    desk.handle(Intent::Lock);
    desk.office.demo = true;
    desk.handle(Intent::PreviousField);
    desk.handle(Intent::Field("1".into()));
    desk.handle(Intent::Edit("吕拟光".into()));
    desk.handle(Intent::Submit);
    assert_eq!(desk.view().operator, "吕拟光", "{}", said(&desk));
    assert!(!text(desk.view()).contains("沈示航"));
    desk.handle(Intent::Back);
    assert!(!text(desk.view()).contains("沈示航"));
    desk.handle(Intent::Undo);
    assert_eq!(desk.view().page, "today");
}
