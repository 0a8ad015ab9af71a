//! Signing in as several desks on one file see it: tries counted together, first PINs changed, posts and people that go.

use chrono::{Duration, NaiveDateTime};

use crate::desk::refusal::Refusal;
use crate::desk::{Desk, Intent};
use crate::office::desk as desk_over;
use crate::store::{OfficeMeta, Store};
use crate::values::lang::Lang;

use super::records;

const PIN: &str = "2468";

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn morning() -> NaiveDateTime {
    at("2026-03-04T09:30:00")
}

/// A file with a secretary and a clerk, both with a PIN.
fn office() -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("office.db");
    crate::office::init(&file, ("样例联秘", "沈示安", PIN), morning(), Lang::Zh).unwrap();
    let mut desk = open(&file, morning());
    desk.sign_in("沈示安", PIN).unwrap();
    let office = desk.office();
    office
        .store
        .write(&office.stamp(), |tx| {
            let cx = crate::desk::subject::Cx { db: tx.conn(), ..office.cx() };
            let id = records::insert(tx, "样新", Some(crate::desk::signing::hash(PIN)?))?;
            let clerk = records::post_of(&cx, "desk_clerk", "")?;
            records::give(&cx, tx, id, &clerk, None)
        })
        .unwrap();
    drop(desk);
    (dir, file)
}

fn open(file: &std::path::Path, now: NaiveDateTime) -> Desk {
    desk_over(Store::open(file).unwrap(), Lang::Zh, Some(now), "pts/1").unwrap()
}

fn seated(file: &std::path::Path, name: &str) -> Desk {
    let mut desk = open(file, morning());
    desk.sign_in(name, PIN).unwrap();
    desk.handle(Intent::Look);
    desk
}

fn code(done: Result<(), Refusal>) -> &'static str {
    done.map_or_else(|refusal| refusal.code, |()| "in")
}

fn said(desk: &Desk) -> String {
    desk.view().notice.as_ref().map(|n| format!("{} {}", n.text, n.hint)).unwrap_or_default()
}

fn type_in(desk: &mut Desk, text: &str) {
    desk.handle(Intent::Edit(text.into()));
    desk.handle(Intent::Accept);
}

#[test]
fn wrong_pins_are_counted_together_whoever_tries_where() {
    let (_dir, file) = office();
    let mut desks: Vec<Desk> = (0..4).map(|_| open(&file, morning())).collect();
    for desk in &mut desks {
        assert_eq!(code(desk.sign_in("样新", "0000")), "pin-wrong");
    }
    let mut other = open(&file, morning());
    assert_eq!(code(other.sign_in("样新", PIN)), "pin-wait", "the right one has to wait too");
    assert_eq!(code(other.sign_in("沈示安", PIN)), "in", "nobody else has to");
    let mut later = open(&file, morning() + Duration::seconds(31));
    assert_eq!(code(later.sign_in("样新", "0000")), "pin-wrong");
    assert_eq!(code(later.sign_in("样新", PIN)), "pin-wait");
    // A clock that was set back a month keeps nobody out for a month.
    let mut back = open(&file, morning() - Duration::days(30));
    assert_eq!(code(back.sign_in("样新", PIN)), "in");
    let mut again = open(&file, morning());
    assert_eq!(code(again.sign_in("样新", "0000")), "pin-wrong", "counted anew");
}

#[test]
fn many_processes_together_get_no_more_tries_than_one() {
    let (_dir, file) = office();
    let guess = |_| {
        let file = file.clone();
        std::thread::spawn(move || code(open(&file, morning()).sign_in("样新", "0000")))
    };
    let all: Vec<_> = (0..12).map(guess).collect();
    let all: Vec<_> = all.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert_eq!(all.iter().filter(|code| **code == "pin-wrong").count(), 4, "{all:?}");
    assert_eq!(all.iter().filter(|code| **code == "pin-wait").count(), 8, "{all:?}");
}

#[test]
fn who_cannot_get_in_stands_on_the_secretarys_first_page_and_in_the_audit() {
    let (_dir, file) = office();
    let mut now = morning();
    for _ in 0..6 {
        assert_eq!(code(open(&file, now).sign_in("样新", "0000")), "pin-wrong");
        now += Duration::hours(1);
    }
    let mut secretary = open(&file, now);
    secretary.sign_in("沈示安", PIN).unwrap();
    secretary.handle(Intent::GoTo("today".into()));
    let page = format!("{:?}", secretary.view().parts);
    assert!(page.contains("签到受阻 样新 PIN 错 6 次"), "{page}");
    let rows = crate::store::audit::recent(secretary.office().store.conn(), None, 100).unwrap();
    let wrong = rows.iter().filter(|row| row.entry.action == "pin-wrong" && row.operator == "样新");
    assert_eq!(wrong.count(), 6);
    // A clerk is not told.
    secretary.handle(Intent::Jump("OP-2".into()));
    secretary.handle(Intent::Act("operators.unlock".into()));
    secretary.handle(Intent::Answer(true));
    assert!(said(&secretary).contains("可以再试"), "{}", said(&secretary));
    let mut clerk = open(&file, now);
    assert_eq!(code(clerk.sign_in("样新", PIN)), "in");
    clerk.handle(Intent::GoTo("operators".into()));
    assert_eq!(clerk.view().list().map(|list| list.total), Some(1), "only themselves");
    clerk.handle(Intent::Act("operators.add".into()));
    assert!(said(&clerk).contains("系统管理员"), "{}", said(&clerk));
}

#[test]
fn a_drawn_pin_is_told_once_and_changed_at_the_door() {
    let (_dir, file) = office();
    let mut secretary = seated(&file, "沈示安");
    secretary.handle(Intent::Act("operators.add".into()));
    for text in ["样二", "出纳", "", ""] {
        type_in(&mut secretary, text);
    }
    if secretary.view().form().is_some() {
        secretary.handle(Intent::Submit);
    }
    let told = said(&secretary);
    let pin: String = told.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(pin.len(), 6, "{told}");
    let mut desk = open(&file, morning());
    type_in(&mut desk, "样二");
    type_in(&mut desk, &pin);
    assert_eq!(desk.view().form().unwrap().fields.len(), 4, "{}", said(&desk));
    type_in(&mut desk, "13579");
    type_in(&mut desk, "97531");
    assert!(said(&desk).contains("两遍不一样"), "{}", said(&desk));
    type_in(&mut desk, "13579");
    type_in(&mut desk, "13579");
    assert_eq!(desk.view().page, "today", "{}", said(&desk));
    assert_eq!(code(open(&file, morning()).sign_in("样二", &pin)), "pin-wrong");
    assert_eq!(code(open(&file, morning()).sign_in("样二", "13579")), "in");
    let rows = crate::store::audit::recent(desk.office().store.conn(), None, 100).unwrap();
    let all = format!("{rows:?}");
    assert!(all.contains("pin-own") && !all.contains(&pin) && !all.contains("13579"), "{all}");
    let draft: i64 = desk
        .office()
        .store
        .conn()
        .query_row("SELECT count(*) FROM draft_field WHERE text LIKE '%13579%'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(draft, 0, "a PIN is no draft");
}

#[test]
fn ones_own_pin_is_changed_from_the_settings() {
    let (_dir, file) = office();
    let mut desk = seated(&file, "样新");
    desk.handle(Intent::GoTo("set.pin".into()));
    for text in [PIN, "8642", "8642"] {
        type_in(&mut desk, text);
    }
    assert!(said(&desk).contains("PIN 已换"), "{}", said(&desk));
    assert_eq!(code(open(&file, morning()).sign_in("样新", "8642")), "in");
}

#[test]
fn a_post_that_ended_and_a_person_who_was_removed_can_do_nothing_at_once() {
    let (_dir, file) = office();
    let mut clerk = seated(&file, "样新");
    clerk.handle(Intent::Act("people.register".into()));
    assert!(clerk.view().form().is_some(), "{}", said(&clerk));
    let secretary = crate::office::Scripts::over(seated(&file, "沈示安"));
    secretary.set_post("样新", "desk_clerk", true).unwrap();
    // Without a look at the file in between: the door itself looks.
    clerk.handle(Intent::Submit);
    let listed: i64 =
        clerk.office().store.conn().query_row("SELECT count(*) FROM client", [], |row| row.get(0)).unwrap();
    assert_eq!(listed, 0);
    clerk.handle(Intent::Look);
    assert!(clerk.office().who.posts.is_empty());
    secretary.set_active("样新", false).unwrap();
    clerk.handle(Intent::Look);
    assert_eq!(clerk.view().page, "sign-in");
    assert!(said(&clerk).contains("样新 已停用"), "{}", said(&clerk));
    assert_eq!(code(open(&file, morning()).sign_in("样新", PIN)), "no-operator");
    assert!(secretary.set_active("沈示安", false).is_err(), "someone must be able to let others in");
}

#[test]
fn a_post_ends_with_its_last_day() {
    let (_dir, file) = office();
    let mut secretary = seated(&file, "沈示安");
    secretary.handle(Intent::Jump("OP-2".into()));
    secretary.handle(Intent::Act("operators.post".into()));
    for text in ["会计", "", "明天"] {
        type_in(&mut secretary, text);
    }
    if secretary.view().form().is_some() {
        secretary.handle(Intent::Submit);
    }
    let holds = |now| {
        let mut desk = open(&file, now);
        desk.sign_in("样新", PIN).unwrap();
        desk.office().who.holds(&["accountant"])
    };
    assert!(holds(morning()), "{}", said(&secretary));
    assert!(holds(morning() + Duration::days(1)));
    assert!(!holds(morning() + Duration::days(2)));
}

#[test]
fn a_file_of_another_name_is_not_asked() {
    let store = Store::in_memory(&OfficeMeta { name: "样".into(), created_at: "2026".into(), demo: None });
    let mut desk = desk_over(store.unwrap(), Lang::Zh, Some(morning()), "pts/1").unwrap();
    assert_eq!(code(desk.sign_in("没人", PIN)), "no-operator");
    desk.keep_to("没人");
    assert_eq!(code(desk.sign_in("", PIN)), "no-operator");
}
