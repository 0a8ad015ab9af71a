//! Training of the sample office: who is short, sessions with their rooms, people enrolled and marked, what was taught written
//! down in one go.

use crate::desk::door;
use crate::desk::office::{Clock, Office};
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Press, Subject, Table};
use crate::store::audit;
use crate::subjects::attendance::{Attendances, records as attendances};
use crate::subjects::bank::tests::{act, page};
use crate::subjects::demo::tests::office;
use crate::subjects::staff::Staff;
use crate::subjects::venue::records as bookings;

use super::rules::Status;
use super::{Training, records, reports};

const KEEPER: &str = "曾示平";

fn session(office: &Office, no: &str) -> records::Session {
    let sql = "SELECT id FROM training_session WHERE no = ?1";
    let id = office.store.conn().query_row(sql, [no], |row| row.get(0)).unwrap();
    records::must_find(office.store.conn(), id).unwrap()
}

fn on(office: &mut Office, day: &str) {
    office.clock = Clock::Fixed(format!("{day}T09:30:00").parse().unwrap());
}

fn report(office: &Office, at: usize, from: &str, to: &str) -> Table {
    (reports::REPORTS[at].make)(&office.cx(), from.parse().unwrap(), to.parse().unwrap()).unwrap()
}

fn duties(office: &Office) -> Vec<(Press, String)> {
    Training.today(&office.cx(), 20).unwrap().into_iter().map(|d| (d.press, d.what)).collect()
}

fn people(office: &Office, codes: &[&str]) -> Vec<i64> {
    let sql = "SELECT id FROM staff WHERE code = ?1";
    codes.iter().map(|code| office.store.conn().query_row(sql, [code], |row| row.get(0)).unwrap()).collect()
}

fn step(office: &Office, action: &str, id: i64, texts: &[(&str, &str)]) -> Result<String, Refusal> {
    act(office, &Training, action, &[id], texts).map(|(said, _)| said)
}

#[test]
fn the_one_who_came_once_is_noticed() {
    let mut office = office(KEEPER);
    assert_eq!(duties(&office), [(Press::Overdue, "培训不足 万俟样成 2025 年欠 1 次".into())]);
    let gaps = report(&office, 1, "2026-01-01", "2026-12-31");
    assert_eq!(
        gaps.rows[0],
        ["P12", "万俟样成", "精协", "助残社工", "每年", "0", "2", "2025: 1", "2026-12-31", "已欠"]
    );
    assert!(gaps.rows.iter().all(|row| row[3] != "志愿者"), "nobody counts volunteers");
    let [one] = people(&office, &["P12"])[..] else { panic!() };
    assert!(page(&office, &Staff, one).contains("频次:2025 年欠 1 次、今年 0/2 次、最迟 2026-12-31"));
    // Another association does not see whom it does not concern; its own it does.
    let head = crate::subjects::demo::tests::operator(&office, "吕拟光");
    let keeper = std::mem::replace(&mut office.who, head);
    assert_eq!(duties(&office), []);
    office.who = keeper;
    // Made up by one more time this year.
    act(&office, &Staff, "train", &[one], &[("line", "补训 4h")]).unwrap();
    assert_eq!(duties(&office), []);
    // In the last quarter everybody who is short of the year is told of.
    on(&mut office, "2026-10-08");
    let said = duties(&office);
    assert!(said.contains(&(Press::Week, "培训不足 尉迟拟言 欠 2 次".into())), "{said:?}");
}

#[test]
fn the_ledger_says_every_session_with_who_came() {
    let office = office(KEEPER);
    let ledger = report(&office, 0, "2025-01-01", "2026-12-31");
    assert_eq!(ledger.rows.len(), 6);
    let social: Vec<_> = ledger.rows.iter().filter(|row| row[2].starts_with("网格员")).collect();
    assert_eq!((social[0][9].as_str(), social[1][9].as_str()), ("2", "1"));
    assert_eq!(social[1][10], "尉迟拟言");
    assert_eq!(ledger.rows.last().unwrap()[10], "计划");
    assert!(ledger.footer[0].starts_with("6 场 26 人次"), "{:?}", ledger.footer);
}

#[test]
fn a_session_has_its_room() {
    let office = office(KEEPER);
    let (said, _) = act(
        &office,
        &Training,
        "arrange",
        &[],
        &[("line", "盲文入门 n3 15-17 d 20人"), ("audience", "全体")],
    )
    .unwrap();
    assert!(said.contains("PX-2026-03 盲文入门 3-11 周三 15:00-17:00 多功能活动区"), "{said}");
    let made = session(&office, "PX-2026-03");
    assert_eq!((made.status, made.minutes, made.people), (Status::Scheduled, 120, Some(20)));
    let booking = bookings::must_find(office.store.conn(), made.booking.unwrap()).unwrap();
    assert_eq!((booking.purpose.as_str(), booking.org.as_str()), ("盲文入门", "JS"));
    // The room is taken now; a second session there and then is refused as a booking would be, and nothing is half made.
    let again = [("line", "急救 n3 16-18 d"), ("audience", "全体")];
    let refusal = act(&office, &Training, "arrange", &[], &again).unwrap_err();
    assert_eq!(refusal.code, "venue-overlap");
    let all = || {
        office
            .store
            .conn()
            .query_row("SELECT count(*) FROM training_session", [], |r| r.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(all(), 7);
    // Moved: the room moves along.
    step(&office, "schedule", made.id, &[("line", "n5 9-10")]).unwrap();
    let moved = session(&office, "PX-2026-03");
    assert_ne!(moved.booking, made.booking);
    let now = bookings::must_find(office.store.conn(), moved.booking.unwrap()).unwrap();
    assert_eq!((now.day().to_string(), now.zone), ("2026-03-13".into(), booking.zone));
    assert!(!bookings::must_find(office.store.conn(), booking.id).unwrap().status.holds());
    // Cancelled: it is free again, and nobody can be there.
    step(&office, "cancel", made.id, &[("reason", "讲师生病")]).unwrap();
    assert!(!bookings::must_find(office.store.conn(), now.id).unwrap().status.holds());
    assert_eq!(step(&office, "enrol", made.id, &[("who", "zyl")]).unwrap_err().code, "training-status");
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn making_a_session_is_taken_back_with_its_room() {
    let office = office(KEEPER);
    let texts = [("line", "盲文入门 n3 15-17 d"), ("audience", "全体")];
    let (_, step) = act(&office, &Training, "arrange", &[], &texts).unwrap();
    let made = session(&office, "PX-2026-03");
    door::revert(&office, &step).unwrap();
    assert_eq!(session(&office, "PX-2026-03").status, Status::Cancelled);
    assert!(!bookings::must_find(office.store.conn(), made.booking.unwrap()).unwrap().status.holds());
}

#[test]
fn people_are_enrolled_by_groups_and_marked_by_who_was_absent() {
    let mut office = office(KEEPER);
    let coming = session(&office, "PX-2026-02");
    let said = step(&office, "enrol", coming.id, &[("who", "全体 gnd")]).unwrap();
    assert!(said.contains("报名 19 人"), "{said}");
    assert_eq!(step(&office, "enrol", coming.id, &[("who", "P01")]).unwrap_err().code, "training-all-there");
    assert_eq!(step(&office, "enrol", coming.id, &[("who", "没有人")]).unwrap_err().code, "training-nobody");
    let said = page(&office, &Training, coming.id);
    assert!(
        said.contains("材料要备:视力 2 人：盲文、大字、电子文本、音频 任一种")
            || said.contains("材料要备:视力 2 人"),
        "{said}"
    );
    assert_eq!(step(&office, "attend", coming.id, &[]).unwrap_err().code, "training-early");
    on(&mut office, "2026-03-27");
    assert!(duties(&office).contains(&(Press::Today, "今天培训 盲文与读屏协作".into())));
    assert_eq!(Attendances.today(&office.cx(), 9).unwrap()[0].what, "待签到 19 人");
    let wrong = step(&office, "attend", coming.id, &[("absent", "gnd 区示真 没有人")]).unwrap_err();
    assert_eq!((wrong.code, wrong.field), ("training-nobody", Some("absent")));
    let said = step(&office, "attend", coming.id, &[("absent", "gnd 区示真"), ("also", "P18")]).unwrap();
    assert!(said.contains("已到 18 人"), "{said}");
    let all = attendances::of_session(office.store.conn(), coming.id).unwrap();
    let absent: Vec<&str> = all.iter().filter(|a| a.status == "缺席").map(|a| a.name.as_str()).collect();
    assert_eq!((absent, all.len()), (vec!["区示真", "盖拟冬"], 20));
    assert_eq!(session(&office, "PX-2026-02").status, Status::Held);
    assert_eq!(step(&office, "cancel", coming.id, &[("reason", "误")]).unwrap_err().code, "training-status");
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn all_the_marked_are_marked_with_one_key() {
    let mut office = office(KEEPER);
    let coming = session(&office, "PX-2026-02");
    step(&office, "enrol", coming.id, &[("who", "dyl 曾示平 P17")]).unwrap();
    let ids = |office: &Office| {
        let all = attendances::of_session(office.store.conn(), coming.id).unwrap();
        all.iter().map(|a| a.id).collect::<Vec<_>>()
    };
    let all = ids(&office);
    assert_eq!(act(&office, &Attendances, "came", &all, &[]).unwrap_err().code, "attendance-early");
    on(&mut office, "2026-03-28");
    let (_, taken) = act(&office, &Attendances, "came", &all, &[]).unwrap();
    let minutes = |office: &Office| {
        let all = attendances::of_session(office.store.conn(), coming.id).unwrap();
        all.iter().filter_map(|a| a.minutes).sum::<i64>()
    };
    assert_eq!(minutes(&office), 3 * 180);
    door::revert(&office, &taken).unwrap();
    assert_eq!(minutes(&office), 0);
    act(&office, &Attendances, "came", &all[..2], &[]).unwrap();
    act(&office, &Attendances, "absent", &all[2..], &[]).unwrap();
    act(&office, &Attendances, "assess", &all[..1], &[("assessment", "优秀"), ("length", "2")]).unwrap();
    act(&office, &Attendances, "assess", &all[1..2], &[("assessment", "不合格")]).unwrap();
    let failed = act(&office, &Attendances, "certify", &all[..2], &[]).unwrap_err();
    assert_eq!(failed.code, "attendance-not-passed");
    let (said, _) = act(&office, &Attendances, "certify", &all[..1], &[]).unwrap();
    assert_eq!(said, "单样乐 证书 PXZ-2026-0001");
    let one = attendances::must_find(office.store.conn(), all[0]).unwrap();
    let wording = crate::subjects::attendance::pages::certificate(&office.cx(), &one);
    assert!(
        wording.contains("兹证明单样乐于 2026-03-27 参加“盲文与读屏协作”培训，计 2 学时，考核优秀"),
        "{wording}"
    );
    assert_eq!(
        act(&office, &Attendances, "absent", &all[..1], &[]).unwrap_err().code,
        "attendance-certified"
    );
}

#[test]
fn what_was_taught_is_written_down_for_all_the_marked() {
    let office = office(KEEPER);
    let five = people(&office, &["P01", "P02", "P03", "P07", "P17"]);
    let (said, _) = act(&office, &Staff, "train", &five, &[("line", "急救 2h")]).unwrap();
    assert!(said.contains("急救 PX-2026-03"), "{said}");
    let made = session(&office, "PX-2026-03");
    assert_eq!((made.status, made.minutes, made.on.to_string()), (Status::Held, 120, "2026-03-04".into()));
    assert_eq!(attendances::of_session(office.store.conn(), made.id).unwrap().len(), 5);
    // The same again finds the same session, and refuses whoever is in it, all or nothing.
    let two = people(&office, &["P08", "P01"]);
    let twice = act(&office, &Staff, "train", &two, &[("line", "急救 2h")]).unwrap_err();
    assert_eq!(twice.code, "training-there-already");
    assert_eq!(attendances::of_session(office.store.conn(), made.id).unwrap().len(), 5);
    act(&office, &Staff, "train", &two[..1], &[("line", "急救 2h")]).unwrap();
    assert_eq!(attendances::of_session(office.store.conn(), made.id).unwrap().len(), 6);
    assert_eq!(act(&office, &Staff, "train", &two, &[("line", "急救")]).unwrap_err().field, Some("length"));
    let ahead = [("line", "急救 2h"), ("held_on", "2026-03-05")];
    assert_eq!(act(&office, &Staff, "train", &two[..1], &ahead).unwrap_err().code, "training-early");
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn the_file_guards_what_did_not_take_place() {
    let office = office(KEEPER);
    let db = office.store.conn();
    let held = session(&office, "PX-2026-01").id;
    let cancel = db.execute("UPDATE training_session SET status = '已取消' WHERE id = ?1", [held]);
    assert!(cancel.unwrap_err().to_string().contains("training-attended"));
    assert!(
        db.execute("DELETE FROM attendance", []).is_err()
            && db.execute("DELETE FROM training_session", []).is_err()
    );
    let twice = "INSERT INTO attendance (no, session, person, status, minutes, version, created_at, created_by, updated_at, updated_by) \
                 SELECT 'X', session, person, status, minutes, 1, '', '', '', '' FROM attendance LIMIT 1";
    assert!(db.execute(twice, []).is_err());
}
