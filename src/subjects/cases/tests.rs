//! Cases at the desk, key by key and action by action, on the sample office in memory.

use crate::desk::door;
use crate::desk::filling::{Accepted, Filling};
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Subject;
use crate::store::audit;
use crate::subjects::cases::Cases;
use crate::subjects::demo::tests::office;
use crate::subjects::keep;
use crate::subjects::people::People;

fn open(office: &Office, action: &str, id: Option<i64>) -> Result<Filling, Refusal> {
    let action = door::action(&Cases, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    Filling::open(office, session, &Cases, action, id, Vec::new())
}

fn focus(filling: &Filling) -> &'static str {
    filling.form.slots[filling.form.focus].field.name
}

/// Types a text and presses Enter.
fn enter(office: &Office, filling: &mut Filling, text: &str) -> Accepted {
    filling.edit(office, text).unwrap();
    filling.accept(office).unwrap()
}

fn save(office: &Office, filling: &mut Filling) -> Result<(i64, String), Refusal> {
    filling.check_all(office)?;
    let (done, _) = door::perform(office, filling.subject, filling.action, &filling.form)?;
    Ok((done[0].id, done[0].reference.clone()))
}

/// Does an action with these texts; what it refuses comes back.
fn act(office: &Office, action: &str, id: i64, texts: &[(&str, &str)]) -> Result<(), Refusal> {
    let mut filling = open(office, action, Some(id))?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap_or_else(|| panic!("{action}: no {name}"));
        filling.edit(office, text).unwrap();
    }
    save(office, &mut filling).map(|_| ())
}

fn case(office: &Office, no: &str) -> i64 {
    office.store.conn().query_row("SELECT id FROM case_record WHERE no = ?1", [no], |row| row.get(0)).unwrap()
}

fn column(office: &Office, id: i64, name: &str) -> String {
    let sql = format!("SELECT {name} FROM case_record WHERE id = ?1");
    keep::plain(&office.store.conn().query_row(&sql, [id], |row| row.get(0)).unwrap())
}

fn found(filling: &Filling, label: &str) -> String {
    let fact = filling.form.findings.iter().find(|fact| fact.label == label);
    fact.map(|fact| fact.value.clone()).unwrap_or_default()
}

#[test]
fn a_known_certificate_leads_to_the_content_and_then_to_the_route() {
    let office = office("曾示平");
    let mut f = open(&office, "register-phone", None).unwrap();
    assert_eq!(focus(&f), "client");
    assert_eq!(
        enter(&office, &mut f, "33052119500323962712".replace("1950", "1995").as_str()),
        Accepted::Stay
    );
    assert_eq!(focus(&f), "content", "{:?}", f.form.slots[0].error);
    assert_eq!(enter(&office, &mut f, "小区盲道被占用，请协调"), Accepted::Stay);
    assert_eq!(focus(&f), "orgs");
    assert_eq!(found(&f, "分流建议"), "盲协 因为：视力残疾归它");
    assert!(found(&f, "办理期限").contains("3-25 周三"), "{}", found(&f, "办理期限"));
    assert_eq!(f.accept(&office).unwrap(), Accepted::Save);
    let (id, no) = save(&office, &mut f).unwrap();
    assert_eq!(no, "SL-2026-0021");
    assert_eq!(column(&office, id, "status"), "已分流");
    assert_eq!(column(&office, id, "lead_org"), "BL");
    assert_eq!(column(&office, id, "channel"), "电话");
    assert_eq!(column(&office, id, "registrar"), "曾示平");
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn initials_a_digit_and_two_associations() {
    let office = office("曾示平");
    let mut f = open(&office, "register", None).unwrap();
    f.edit(&office, "ynq").unwrap();
    let offered: Vec<&str> = f.form.slots[0].completions.iter().map(|c| c.value.as_str()).collect();
    assert_eq!(offered, ["C002 姚*清"]);
    assert!(f.take(&office, 1).unwrap());
    assert_eq!(f.accept(&office).unwrap(), Accepted::Stay);
    assert_eq!(focus(&f), "content");
    enter(&office, &mut f, "出门要轮椅和盲杖");
    assert_eq!(enter(&office, &mut f, "13"), Accepted::Save);
    let (id, _) = save(&office, &mut f).unwrap();
    assert_eq!(column(&office, id, "lead_org"), "JS");
    assert_eq!(column(&office, id, "co_orgs"), "BL;PD");
    assert_eq!(column(&office, id, "status"), "协同办理");
}

#[test]
fn someone_new_is_registered_with_the_case() {
    let office = office("曾示平");
    let mut f = open(&office, "register", None).unwrap();
    enter(&office, &mut f, "33052119850612981611");
    assert_eq!(focus(&f), "name");
    assert_eq!(f.form.slots[0].echo, "新服务对象 男 40岁 视力一级");
    enter(&office, &mut f, "沈示航");
    assert_eq!(focus(&f), "phone");
    f.accept(&office).unwrap();
    assert_eq!(focus(&f), "content");
    enter(&office, &mut f, "盲道");
    assert_eq!(f.accept(&office).unwrap(), Accepted::Save);
    let (id, _) = save(&office, &mut f).unwrap();
    let client: i64 = column(&office, id, "client").parse().unwrap();
    let row = &People.rows(&office.cx(), &[client]).unwrap()[0];
    assert_eq!(row.brief, "C037 沈*航 视力一级");
    let consented: i64 = office
        .store
        .conn()
        .query_row("SELECT consented FROM client WHERE id = ?1", [client], |row| row.get(0))
        .unwrap();
    assert_eq!(consented, 1);
    // The same card again is a known person, and the case is noticed.
    let mut again = open(&office, "register", None).unwrap();
    enter(&office, &mut again, "33052119850612981611");
    assert_eq!(focus(&again), "content");
    assert!(
        found(&again, "可能重复").starts_with("这个人有 1 件在办：0021 "),
        "{}",
        found(&again, "可能重复")
    );
}

#[test]
fn a_wrong_card_an_unknown_name_and_nobody_at_all() {
    let office = office("曾示平");
    let mut f = open(&office, "register", None).unwrap();
    enter(&office, &mut f, "33052119850612981711");
    assert_eq!((focus(&f), f.form.slots[0].error.as_ref().map(|e| e.code)), ("client", Some("E_CHECKSUM")));
    enter(&office, &mut f, "zzzz");
    assert_eq!(f.form.slots[0].error.as_ref().map(|e| e.code), Some("cases-nobody-found"));
    let mut f = open(&office, "register-inquiry", None).unwrap();
    assert_eq!(f.accept(&office).unwrap(), Accepted::Stay);
    assert_eq!(focus(&f), "content");
    enter(&office, &mut f, "残疾人证换领流程");
    assert_eq!(found(&f, "分流建议"), "联秘 因为：没有写服务对象，由联秘答复");
    assert!(found(&f, "办理期限").contains("5 个工作日"));
    f.accept(&office).unwrap();
    let (id, _) = save(&office, &mut f).unwrap();
    assert_eq!(
        (column(&office, id, "client").as_str(), column(&office, id, "lead_org").as_str()),
        ("", "JS")
    );
}

#[test]
fn the_mental_category_asks_one_key_and_dropping_the_proposal_wants_a_reason() {
    let office = office("曾示平");
    let mut f = open(&office, "register", None).unwrap();
    // Nobody has said whether this person is autistic.
    let birth = crate::subjects::demo::made_certificate("精神");
    enter(&office, &mut f, &birth);
    enter(&office, &mut f, "任示样");
    if focus(&f) == "phone" {
        f.accept(&office).unwrap();
    }
    while focus(&f).starts_with("guardian") {
        let text = if focus(&f) == "guardian_phone" {
            "13000000001"
        } else if focus(&f) == "guardian_relation" {
            "母亲"
        } else {
            "任示母"
        };
        enter(&office, &mut f, text);
    }
    enter(&office, &mut f, "想参加活动");
    assert_eq!(focus(&f), "autism");
    enter(&office, &mut f, "孤协");
    assert_eq!(focus(&f), "orgs");
    assert_eq!(found(&f, "分流建议"), "孤协 因为：孤独症归它");
    enter(&office, &mut f, "1");
    assert_eq!(focus(&f), "reason");
    assert_eq!(enter(&office, &mut f, "本人要学盲文"), Accepted::Save);
    let (id, _) = save(&office, &mut f).unwrap();
    assert_eq!(
        (column(&office, id, "lead_org"), column(&office, id, "route_reason")),
        ("BL".into(), "本人要学盲文".into())
    );
    let client: i64 = column(&office, id, "client").parse().unwrap();
    let sql = "SELECT autism_flag, org FROM client WHERE id = ?1";
    let kept: (i64, String) =
        office.store.conn().query_row(sql, [client], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(kept, (1, "AS".into()));
}

#[test]
fn a_note_sets_the_next_day_in_one_line() {
    let office = office("曾示平");
    let id = case(&office, "SL-2026-0011");
    let mut f = open(&office, "note", Some(id)).unwrap();
    f.edit(&office, "已致电社区 !w5").unwrap();
    assert!(found(&f, "下次").contains("3-6 周五"), "{:?}", f.form.findings);
    assert_eq!(f.accept(&office).unwrap(), Accepted::Save);
    save(&office, &mut f).unwrap();
    assert_eq!(column(&office, id, "next_on"), "2026-03-06");
    let note: String = office
        .store
        .conn()
        .query_row("SELECT note FROM case_step WHERE case_id = ?1 ORDER BY id DESC LIMIT 1", [id], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(note, "已致电社区");
    assert_eq!(act(&office, "note", id, &[("note", "再问 !不是日子")]).unwrap_err().field, Some("note"));
}

#[test]
fn one_case_from_routing_to_the_archive_and_back() {
    let office = office("曾示平");
    let id = case(&office, "SL-2026-0020");
    let not_now = act(&office, "accept", id, &[]).unwrap_err();
    assert_eq!(not_now.code, "cases-not-now");
    let can = &not_now.args.iter().find(|(name, _)| *name == "can").unwrap().1;
    assert!(can.contains("分流") && can.contains("记一笔"), "{can}");
    act(&office, "route", id, &[("orgs", "3")]).unwrap();
    act(&office, "accept", id, &[]).unwrap();
    act(&office, "return", id, &[("reason", "不归本协会")]).unwrap();
    assert_eq!(
        (column(&office, id, "status"), column(&office, id, "returned_count")),
        ("待分流".into(), "1".into())
    );
    act(&office, "route", id, &[("orgs", "JS")]).unwrap();
    act(&office, "accept", id, &[]).unwrap();
    act(&office, "wait", id, &[("reason", "缺材料"), ("next_on", "w5")]).unwrap();
    act(&office, "resume", id, &[]).unwrap();
    act(&office, "done", id, &[("result", "已答复")]).unwrap();
    assert_eq!(column(&office, id, "told_on"), "2026-03-04");
    assert_eq!(act(&office, "archive", id, &[]).unwrap_err().code, "cases-not-called-back");
    act(&office, "follow-up", id, &[("satisfaction", "2")]).unwrap();
    act(&office, "archive", id, &[]).unwrap();
    act(&office, "reopen", id, &[("reason", "又来问")]).unwrap();
    assert_eq!(
        (column(&office, id, "status"), column(&office, id, "closed_on")),
        ("办理中".into(), String::new())
    );
    act(&office, "refer", id, &[("unit", "住建局"), ("reason", "改造归住建")]).unwrap();
    act(&office, "referral-result", id, &[("result", "已列入计划")]).unwrap();
    assert_eq!(column(&office, id, "status"), "已办结");
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn a_coordinated_case_waits_for_every_association() {
    let mut office = office("曾示平");
    let id = case(&office, "SL-2026-0014");
    let missing = act(&office, "done", id, &[("result", "好了")]).unwrap_err();
    assert_eq!((missing.code, missing.args[1].1.as_str()), ("cases-missing", "盲协、聋协"));
    let secretariat = office.who.clone();
    office.hold(&[("association_head".into(), "BL".into())]);
    assert_eq!(act(&office, "done", id, &[("result", "好了")]).unwrap_err().code, "cases-missing");
    act(&office, "report-back", id, &[("result", "已告知补贴政策")]).unwrap();
    assert_eq!(act(&office, "report-back", id, &[("result", "再报")]).unwrap_err().code, "cases-no-part");
    office.hold(&secretariat.posts);
    assert_eq!(act(&office, "done", id, &[("result", "好了")]).unwrap_err().args[1].1, "聋协");
    act(&office, "report-back", id, &[("result", "手语说明已录")]).unwrap();
    act(&office, "done", id, &[("result", "两项都可以领")]).unwrap();
    assert_eq!(column(&office, id, "status"), "已办结");
}

#[test]
fn a_person_added_from_another_category_asks_for_coordination() {
    let office = office("曾示平");
    let id = case(&office, "SL-2026-0011");
    act(&office, "add-client", id, &[("person", "C003")]).unwrap();
    assert_eq!(act(&office, "add-client", id, &[("person", "C003")]).unwrap_err().code, "cases-client-there");
    let said = |parts: Vec<crate::desk::view::Part>| format!("{parts:?}");
    let page = said(Cases.page(&office.cx(), id).unwrap());
    assert!(page.contains("盲协、孤协 因为：关系几类人：视力、精神"), "{page}");
    // Only an unfinished way back is offered: it is being worked on, so it goes back for routing first.
    act(&office, "return", id, &[("reason", "两家的事")]).unwrap();
    let mut f = open(&office, "route", Some(id)).unwrap();
    assert_eq!(f.accept(&office).unwrap(), Accepted::Save);
    save(&office, &mut f).unwrap();
    assert_eq!(
        (column(&office, id, "status"), column(&office, id, "co_orgs")),
        ("协同办理".into(), "BL;AS".into())
    );
    let mut f = open(&office, "receipt", Some(id)).unwrap();
    let (done, _) = {
        f.check_all(&office).unwrap();
        door::perform(&office, f.subject, f.action, &f.form).unwrap()
    };
    let args = [done[0].args.clone(), vec![("ref", done[0].reference.clone())]].concat();
    let receipt = office.locale.with("cases-do-receipt.done", &args);
    assert!(receipt.contains("由联秘办理") && receipt.ends_with("0011"), "{receipt}");
}

#[test]
fn sharing_outside_needs_consent_and_a_step_can_be_taken_back() {
    let office = office("曾示平");
    let id = case(&office, "SL-2026-0011");
    let refused = act(&office, "refer", id, &[("unit", "教育局"), ("reason", "入学")]).unwrap_err();
    assert_eq!(refused.field, Some("method"));
    act(&office, "refer", id, &[("unit", "教育局"), ("reason", "入学"), ("method", "监护人签字")]).unwrap();
    assert_eq!(column(&office, id, "status"), "已转介");
    let mut f = open(&office, "assign", Some(id)).unwrap();
    enter(&office, &mut f, "区示真");
    let (_, step) = door::perform(&office, f.subject, f.action, &f.form).unwrap();
    assert_eq!(column(&office, id, "handler"), "区示真");
    door::revert(&office, &step).unwrap();
    assert_ne!(column(&office, id, "handler"), "区示真");
}

#[test]
fn a_line_is_read_into_its_parts() {
    let office = office("曾示平");
    let cx = office.cx();
    let read = Cases.quick(&cx, "register", "33052119850612981611 轮椅坏了要修 !w5 急 p");
    let text =
        |name: &str| read.texts.iter().find(|(n, _)| *n == name).map(|(_, t)| t.as_str()).unwrap_or_default();
    assert_eq!((text("client"), text("content")), ("33052119850612981611", "轮椅坏了要修"));
    assert_eq!((text("due"), text("urgency"), text("orgs")), ("w5", "急", "PD"));
    assert!(read.unread.is_empty());
    let reason = Cases.quick(&cx, "register", "C003 修轮椅 p 因为腿脚不便");
    assert_eq!(reason.texts.last(), Some(&("orgs", "PD".to_owned())));
    assert!(reason.texts.contains(&("reason", "腿脚不便".to_owned())));
    let inquiry = Cases.quick(&cx, "register-inquiry", "残疾人证怎么换领 !不是日子");
    assert_eq!(inquiry.texts, [("content", "残疾人证怎么换领".to_owned())]);
    assert_eq!(inquiry.unread, ["!不是日子"]);
}

#[test]
fn a_table_of_another_office_keeps_its_numbers() {
    let office = office("曾示平");
    let mut f = open(&office, "import", None).unwrap();
    let texts = [
        ("no", "SL-2024-0007"),
        ("received_on", "2024-05-06"),
        ("received_at", "09:20"),
        ("channel", "电话"),
        ("client", "C003"),
        ("matter", "专项服务"),
        ("content", "盲文班"),
        ("lead_org", "BL"),
        ("status", "已归档"),
        ("closed_on", "2024-05-20"),
        ("satisfaction", "满意"),
    ];
    for (name, text) in texts {
        f.form.focus = f.place(name).unwrap();
        f.edit(&office, text).unwrap();
    }
    let (id, no) = save(&office, &mut f).unwrap();
    assert_eq!(
        (no.as_str(), column(&office, id, "received_at").as_str()),
        ("SL-2024-0007", "2024-05-06T09:20")
    );
    assert_eq!(column(&office, id, "status"), "已归档");
    assert_eq!(save(&office, &mut f).unwrap_err().code, "cases-taken");
}

#[test]
fn a_petition_has_its_own_days() {
    let office = office("曾示平");
    let mut f = open(&office, "register", None).unwrap();
    let texts = [
        ("channel", "12385转办"),
        ("content", "反映盲道被占，转办件"),
        ("reporter", "县残联转"),
        ("orgs", "JS"),
    ];
    for (name, text) in texts {
        f.form.focus = f.place(name).unwrap();
        f.edit(&office, text).unwrap();
    }
    assert!(found(&f, "办理期限").contains("60 天"), "{}", found(&f, "办理期限"));
    assert!(found(&f, "信访").contains("3-19"), "{}", found(&f, "信访"));
    let (id, _) = save(&office, &mut f).unwrap();
    // 60 days after 2026-03-04 is a Sunday in a holiday.
    assert_eq!(column(&office, id, "due"), "2026-05-06");
    let put_off = |due: &str| act(&office, "extend", id, &[("due", due), ("reason", "等评估")]);
    assert_eq!(put_off("2026-06-03").unwrap_err().code, "cases-petition-extend");
    put_off("2026-06-02").unwrap();
    assert_eq!(column(&office, id, "due"), "2026-06-02");
    let said = |office: &Office| {
        let duties = Cases.today(&office.cx(), 100).unwrap();
        duties.into_iter().find(|duty| duty.reference == "SL-2026-0021").map(|duty| duty.when)
    };
    assert_eq!(said(&office), None, "there is time yet");
    let sql = "UPDATE case_record SET received_at = '2026-02-18T09:00' WHERE id = ?1";
    office.store.conn().execute(sql, [id]).unwrap();
    assert_eq!(said(&office).as_deref(), Some("3-05 前告知受理"));
    act(&office, "accept", id, &[]).unwrap();
    assert_eq!(said(&office), None);
}
