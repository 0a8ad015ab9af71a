//! The people who work here at the desk: taken on, found by what they can do, what runs out, what is masked.

use crate::desk::door;
use crate::desk::filling::Filling;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Press, Subject};
use crate::subjects::demo::tests::office;

use super::{Staff, records};

/// Does an action as a person would: field by field, then saved.
fn act(office: &Office, action: &str, id: Option<i64>, texts: &[(&str, &str)]) -> Result<i64, Refusal> {
    let action = door::action(&Staff, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    door::check(&office.cx(), &Staff, action, id)?;
    let mut filling = Filling::open(office, session, &Staff, action, id, Vec::new())?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap();
        filling.edit(office, text).unwrap();
    }
    filling.check_all(office)?;
    let (done, _) = door::perform(office, &Staff, action, &filling.form)?;
    Ok(done[0].id)
}

fn id(office: &Office, code: &str) -> i64 {
    records::by_code(office.store.conn(), code).unwrap().unwrap().id
}

const NEW: &[(&str, &str)] = &[
    ("name", "冒示新"),
    ("kind", "志愿者"),
    ("org", "聋协"),
    ("skills", "手语翻译 驾驶"),
    ("availability", "w24pm"),
];

#[test]
fn the_sample_is_whole() {
    let office = office("曾示平");
    let db = office.store.conn();
    assert_eq!(records::here(db).unwrap().len(), 25);
    let who = records::by_code(db, "P04").unwrap().unwrap();
    assert_eq!((who.name.as_str(), who.skills.join(" ").as_str()), ("曾示平", "盲文 读屏操作 前台受理"));
    assert_eq!(records::account(db, "P04").unwrap(), Some(("曾示平".into(), true)));
    assert_eq!(records::of_operator(db, office.who.id).unwrap().unwrap().code, "P04");
    assert_eq!(Staff.standing(&office.cx()).unwrap()[0].1, "在岗 25 其中志愿者 3");
}

#[test]
fn somebody_new_can_be_found_by_what_they_can_do() {
    let office = office("曾示平");
    let new = act(&office, "register", None, NEW).unwrap();
    let who = records::must_find(office.store.conn(), new).unwrap();
    assert_eq!((who.code.as_str(), who.availability.as_str()), ("P26", "周二 12:00-17:00; 周四 12:00-17:00"));
    let sql = "SELECT count(DISTINCT staff) FROM staff_skill WHERE skill >= '手语' AND skill < '手语' || char(1114111)";
    let signing = || office.store.conn().query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(signing(), 4);
    act(&office, "edit", Some(new), &[("skills", "驾驶")]).unwrap();
    assert_eq!(signing(), 3);
}

#[test]
fn what_is_not_understood_is_said_at_its_field() {
    let office = office("曾示平");
    let wrong = act(&office, "register", None, &[NEW[0], NEW[1], NEW[2], ("availability", "有空就来")]);
    assert_eq!(wrong.unwrap_err().code, "staff-availability");
    let known =
        act(&office, "register", None, &[NEW[0], NEW[1], NEW[2], ("resident_id", "330521198807219057")]);
    assert_eq!(known.unwrap_err().code, "staff-known");
}

#[test]
fn what_runs_out_is_told_thirty_days_before() {
    let office = office("曾示平");
    let signer = id(&office, "P14");
    let texts = [("skill", "手语翻译"), ("certificate", "样-0031"), ("expires_on", "2026-04-03")];
    act(&office, "skill", Some(signer), &texts).unwrap();
    act(&office, "edit", Some(id(&office, "P09")), &[("contract_until", "2026-03-03")]).unwrap();
    act(&office, "edit", Some(id(&office, "P10")), &[("insurance_until", "2026-04-04")]).unwrap();
    let duties = Staff.today(&office.cx(), 100).unwrap();
    let told: Vec<(Press, &str)> = duties.iter().map(|d| (d.press, d.what.as_str())).collect();
    assert_eq!(
        told,
        [
            (Press::Overdue, "覃样明 心理支持证书"),
            (Press::Overdue, "华样清 合同到期"),
            (Press::Open, "盖拟冬 保险到期"),
            (Press::Open, "查拟书 合同到期"),
            (Press::Open, "翟拟春 手语翻译证书"),
        ]
    );
    // The certificate goes with the skill, and comes back empty.
    act(&office, "edit", Some(signer), &[("skills", "手语培训")]).unwrap();
    assert_eq!(Staff.today(&office.cx(), 100).unwrap().len(), 4);
}

#[test]
fn who_has_left_is_asked_no_more() {
    let office = office("曾示平");
    let who = id(&office, "P17");
    act(&office, "depart", Some(who), &[("reason", "搬家")]).unwrap();
    assert_eq!(records::here(office.store.conn()).unwrap().len(), 24);
    assert_eq!(act(&office, "depart", Some(who), &[("reason", "x")]).unwrap_err().code, "staff-gone");
    act(&office, "return", Some(who), &[]).unwrap();
    assert_eq!(records::here(office.store.conn()).unwrap().len(), 25);
}

#[test]
fn private_numbers_are_masked_on_every_page() {
    let office = office("曾示平");
    let cx = office.cx();
    let who = id(&office, "P04");
    let page = format!("{:?}{:?}", Staff.page(&cx, who).unwrap(), Staff.rows(&cx, &[who]).unwrap());
    for private in ["330521198807219057", "13000000004", "1988-07-21", "视力"] {
        assert!(!page.contains(private), "{private} in {page}");
    }
    act(&office, "reveal", Some(who), &[("reason", "办保险")]).unwrap();
    let seen: i64 = office
        .store
        .conn()
        .query_row(
            "SELECT count(*) FROM access_log WHERE subject = 'staff' AND purpose = '办保险'",
            [],
            |r| r.get(0),
        )
        .unwrap();
    assert!(seen > 0);
}

#[test]
fn an_account_belongs_to_one_person() {
    let office = office("曾示平");
    let taken = act(&office, "account", Some(id(&office, "P17")), &[("account", "曾示平")]);
    assert_eq!(taken.unwrap_err().code, "staff-account-taken");
    let none = act(&office, "account", Some(id(&office, "P17")), &[("account", "无此人")]);
    assert_eq!(none.unwrap_err().code, "staff-no-account");
}
