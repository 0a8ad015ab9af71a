//! What associations need to learn, from asking to a session.

use crate::desk::office::Office;
use crate::desk::subject::{Press, Subject};
use crate::subjects::bank::tests::{act, page};
use crate::subjects::demo::tests::{office, operator};
use crate::subjects::training::Training;

use super::{TrainingNeeds, records};

fn newest(office: &Office) -> records::Need {
    let sql = "SELECT max(id) FROM training_need";
    let id = office.store.conn().query_row(sql, [], |row| row.get(0)).unwrap();
    records::must_find(office.store.conn(), id).unwrap()
}

#[test]
fn several_needs_become_one_session() {
    let mut office = office("吕拟光");
    // An association asks for itself.
    let other = [("org", "聋协"), ("topic", "手语"), ("people", "3")];
    assert_eq!(act(&office, &TrainingNeeds, "raise", &[], &other).unwrap_err().code, "training_needs-own");
    let own = [("topic", "读屏软件"), ("people", "8"), ("urgency", "加急")];
    act(&office, &TrainingNeeds, "raise", &[], &own).unwrap();
    let first = newest(&office);
    assert_eq!((first.org.as_str(), first.no.as_str()), ("BL", "XQ-2026-001"));
    office.who = operator(&office, "曾示平");
    let second = [("org", "聋协"), ("topic", "读屏和字幕"), ("people", "4"), ("wanted_by", "2026-03-10")];
    act(&office, &TrainingNeeds, "raise", &[], &second).unwrap();
    let second = newest(&office);
    act(&office, &TrainingNeeds, "raise", &[], &[("org", "智协"), ("topic", "易读"), ("people", "2")])
        .unwrap();
    let said: Vec<(Press, String)> =
        TrainingNeeds.today(&office.cx(), 9).unwrap().into_iter().map(|d| (d.press, d.what)).collect();
    assert_eq!(
        said,
        [
            (Press::Week, "加急培训需求 盲协 读屏软件".into()),
            (Press::Week, "普通培训需求 聋协 读屏和字幕".into()),
            (Press::Open, "培训需求待安排 1 项".into()),
        ]
    );
    let both = [first.id, second.id];
    act(&office, &TrainingNeeds, "take-up", &both, &[("held_on", "2026-05-20"), ("length", "半天")]).unwrap();
    let sql = "SELECT DISTINCT session FROM training_need WHERE status = '已安排'";
    let session: i64 = office.store.conn().query_row(sql, [], |row| row.get(0)).unwrap();
    let said = page(&office, &Training, session);
    for piece in ["主题:读屏软件", "学时:3.5", "盲协:读屏软件 XQ-2026-001", "聋协:读屏和字幕 XQ-2026-002"]
    {
        assert!(said.contains(piece), "{piece} in {said}");
    }
    let again =
        act(&office, &TrainingNeeds, "take-up", &both[..1], &[("held_on", "2026-05-20"), ("length", "2")]);
    assert_eq!(again.unwrap_err().code, "training_needs-status");
    let third = newest(&office);
    act(&office, &TrainingNeeds, "answer", &[third.id], &[("session", "PX-2026-02")]).unwrap();
    assert_eq!(newest(&office).status, "已安排");
}
