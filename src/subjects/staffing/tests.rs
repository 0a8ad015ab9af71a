//! Requests at the desk: asked in a line, filled in part and whole, withdrawn with their shifts, finished with hours.

use crate::desk::office::Office;
use crate::desk::subject::{Press, Subject};
use crate::subjects::demo::tests::office;
use crate::subjects::shifts::records as shifts;
use crate::subjects::shifts::tests::{act, fill};

use super::rules::Status;
use super::{Staffing, records};

fn request(office: &Office, no: &str) -> i64 {
    let sql = "SELECT id FROM staff_request WHERE no = ?1";
    office.store.conn().query_row(sql, [no], |row| row.get(0)).unwrap()
}

fn stands(office: &Office, id: i64) -> (Status, i64) {
    let request = records::must_find(office.store.conn(), id).unwrap();
    (request.status, request.filled)
}

#[test]
fn a_line_asks_for_people() {
    let office = office("曾示平");
    let id = act(&office, &Staffing, "request", None, &[("line", "w6 9-12 d 2 qd")]).unwrap();
    let made = records::must_find(office.store.conn(), id).unwrap();
    assert_eq!((made.no.as_str(), made.org.as_str(), made.task.as_str()), ("YR-2026-006", "DF", "签到"));
    assert_eq!((made.number, made.skills.len()), (2, 0));
    assert_eq!(
        (made.day().to_string().as_str(), made.hours().text().as_str()),
        ("2026-03-07", "09:00-12:00")
    );
}

#[test]
fn an_association_asks_for_itself_only() {
    let office = office("吕拟光");
    let own =
        act(&office, &Staffing, "request", None, &[("line", "w6 9-12 读报"), ("task", "读报")]).unwrap();
    assert_eq!(records::must_find(office.store.conn(), own).unwrap().org, "BL");
    let other = act(&office, &Staffing, "request", None, &[("line", "w6 9-12 d 签到")]);
    assert_eq!(other.unwrap_err().code, "staffing-not-yours");
}

#[test]
fn a_request_is_filled_in_part_then_whole_and_empties_again() {
    let office = office("曾示平");
    let id = request(&office, "YR-2026-002");
    assert_eq!(stands(&office, id), (Status::Partly, 3));
    let too_many = act(&office, &Staffing, "allot", Some(id), &[("people", "任示秋 华样清")]);
    assert!(too_many.is_err(), "he is there already");
    act(&office, &Staffing, "allot", Some(id), &[("people", "hyq")]).unwrap();
    assert_eq!(stands(&office, id), (Status::Filled, 4));
    let full = act(&office, &Staffing, "allot", Some(id), &[]);
    assert_eq!(full.unwrap_err().code, "staffing-filled");
    act(&office, &Staffing, "withdraw", Some(id), &[("reason", "改期")]).unwrap();
    assert_eq!(stands(&office, id), (Status::Withdrawn, 0));
    let kept = shifts::for_request(office.store.conn(), id).unwrap();
    assert!(kept.iter().all(|s| s.status == crate::subjects::shifts::rules::Status::Cancelled));
}

#[test]
fn proposals_stand_on_its_page_with_reasons() {
    let office = office("曾示平");
    let page = format!("{:?}", Staffing.page(&office.cx(), request(&office, "YR-2026-003")).unwrap());
    assert!(page.contains("盖拟冬") && page.contains("读报，有空，近30天 2.5 小时，去过盲协 1 次"), "{page}");
    let form = fill(&office, &Staffing, "allot", Some(request(&office, "YR-2026-005")), &[]).unwrap();
    assert_eq!(form.form.text("people"), "", "whose certificate is over is proposed only with a reason");
}

#[test]
fn hours_nobody_recorded_are_as_planned() {
    let office = office("曾示平");
    let id = act(&office, &Staffing, "request", None, &[("line", "w3 9-9:20 j 送文件")]).unwrap();
    act(&office, &Staffing, "allot", Some(id), &[("people", "任示秋"), ("people", "任示秋")]).unwrap();
    act(&office, &Staffing, "finish", Some(id), &[("rating", "5")]).unwrap();
    let done = shifts::for_request(office.store.conn(), id).unwrap();
    assert_eq!((done[0].minutes, done[0].rating), (Some(20), Some(5)));
    assert_eq!(stands(&office, id).0, Status::Done);
}

#[test]
fn what_is_still_wanted_stands_on_the_first_page() {
    let office = office("曾示平");
    let duties = Staffing.today(&office.cx(), 100).unwrap();
    let said: Vec<(Press, &str)> = duties.iter().map(|d| (d.press, d.what.as_str())).collect();
    assert_eq!(
        said,
        [
            (Press::Week, "用人002 全国爱耳日义诊 缺 1 人"),
            (Press::Week, "用人003 读报 缺 1 人"),
            (Press::Open, "用人005 家属互助小组 缺 1 人"),
        ]
    );
}
