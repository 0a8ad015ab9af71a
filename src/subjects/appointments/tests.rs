//! Posts of the sample office, taken and left: the whole way by votes and councils, permissions that come and go with it, and
//! what one person may not hold together.

use std::collections::BTreeSet;

use crate::desk::office::{Clock, Office};
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::signing;
use crate::desk::subject::{Press, Subject};
use crate::desk::{Intent, view::Notice};
use crate::office::practice;
use crate::store::audit;
use crate::subjects::bank::tests::{act, page};
use crate::subjects::demo::tests::{office, operator};
use crate::values::lang::Lang;

use super::{Appointments, records, reports};

const SECRETARY: &str = "沈示安";

fn id(office: &Office, no: &str) -> i64 {
    let sql = "SELECT id FROM appointment WHERE no = ?1";
    office.store.conn().query_row(sql, [no], |row| row.get(0)).unwrap()
}

fn of(office: &Office, name: &str, post: &str) -> i64 {
    let sql = "SELECT a.id FROM appointment AS a JOIN staff AS s ON s.id = a.person WHERE s.name = ?1 AND a.post = ?2 \
               ORDER BY a.id DESC LIMIT 1";
    office.store.conn().query_row(sql, [name, post], |row| row.get(0)).unwrap()
}

/// The posts somebody signs in with on the office's day.
fn permits(office: &Office, name: &str) -> Vec<String> {
    let id = operator(office, name).id;
    signing::posts(&office.cx(), id).unwrap().into_iter().map(|(post, _)| post).collect()
}

fn step(office: &Office, action: &str, id: i64, texts: &[(&str, &str)]) -> Result<String, Refusal> {
    act(office, &Appointments, action, &[id], texts).map(|(said, _)| said)
}

fn duties(office: &Office) -> Vec<(Press, String)> {
    Appointments.today(&office.cx(), 20).unwrap().into_iter().map(|d| (d.press, d.what)).collect()
}

#[test]
fn the_posts_of_the_sample_are_held_and_none_is_vacant() {
    let office = office(SECRETARY);
    assert_eq!(duties(&office), []);
    assert_eq!(permits(&office, "解样和"), ["cashier"]);
    assert_eq!(permits(&office, "单样乐"), ["administrator", "general_affairs"]);
    let table = (reports::REPORTS[0].make)(
        &office.cx(),
        "2026-01-01".parse().unwrap(),
        "2026-12-31".parse().unwrap(),
    )
    .unwrap();
    assert_eq!(table.rows[0][..3], ["秘书", "沈示安", "联秘"]);
    assert!(table.rows.iter().any(|row| row[..3] == ["协会负责人", "吕拟光", "盲协"]), "{:?}", table.rows);
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn a_cashier_cannot_review() {
    let office = office(SECRETARY);
    let nominate = [("person", "P06"), ("post", "会计")];
    let refusal = act(&office, &Appointments, "nominate", &[], &nominate).unwrap_err();
    assert_eq!((refusal.code, refusal.field), ("appointments-excluded", Some("post")));
    let Notice { text, hint, .. } = refusal.notice(&office.locale);
    assert_eq!(text, "解样和是出纳，不能同时当会计（不相容职务）");
    assert!(hint.contains("可以担任的：沈示安、姚拟宁") && !hint.contains("解样和"), "{hint}");
    // Once the cash is somebody else's from a day on, the accounts can be his from that day.
    let cash = of(&office, "解样和", "cashier");
    step(&office, "resign", cash, &[("ended_on", "2026-03-10"), ("reason", "轮岗")]).unwrap();
    let later = [("person", "P06"), ("post", "会计"), ("from_on", "2026-03-10")];
    act(&office, &Appointments, "nominate", &[], &later).unwrap();
    let early = [("person", "P06"), ("post", "秘书"), ("nominated_by", "bd"), ("from_on", "2026-03-09")];
    let refusal = act(&office, &Appointments, "nominate", &[], &early).unwrap_err();
    assert_eq!(refusal.code, "appointments-excluded");
    // The file itself refuses what no action let through.
    let sql = "UPDATE appointment SET stage = '在任', from_on = '2026-03-04' WHERE id = ?1";
    let guarded = office.store.conn().execute(sql, [of(&office, "解样和", "accountant")]).unwrap_err();
    assert!(guarded.to_string().contains("post-exclusion"), "{guarded}");
    let sql = "INSERT INTO operator_post (operator_id, post, from_on, created_at, created_by, updated_at, updated_by) \
               VALUES (?1, 'accountant', '2026-03-01', '', '', '', '')";
    let guarded = office.store.conn().execute(sql, [operator(&office, "解样和").id]).unwrap_err();
    assert!(guarded.to_string().contains("post-exclusion"), "{guarded}");
}

#[test]
fn the_small_office_lets_one_person_and_says_so_on_paper() {
    let mut office = office(SECRETARY);
    let sql = "INSERT INTO setting (key, value, created_at, created_by, updated_at, updated_by) \
               VALUES ('rule.small_office', '1', '', '', '', '')";
    office.store.conn().execute(sql, []).unwrap();
    office.catalog = office.catalog.changed(office.store.conn()).unwrap().unwrap();
    act(&office, &Appointments, "nominate", &[], &[("person", "P06"), ("post", "会计")]).unwrap();
    let both = of(&office, "解样和", "accountant");
    step(&office, "appoint", both, &[]).unwrap();
    step(&office, "take-office", both, &[]).unwrap();
    assert_eq!(permits(&office, "解样和"), ["cashier", "accountant"]);
    let day = "2026-12-31".parse().unwrap();
    let table = (reports::REPORTS[0].make)(&office.cx(), day, day).unwrap();
    assert!(table.notes.iter().any(|note| note.starts_with("单人模式")), "{:?}", table.notes);
}

#[test]
fn the_guard_in_the_file_is_the_table_of_posts() {
    let office = office(SECRETARY);
    let mut statement = office.store.conn().prepare("SELECT post, other FROM post_exclusion").unwrap();
    let kept: BTreeSet<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let said: BTreeSet<(String, String)> = office
        .catalog
        .posts()
        .iter()
        .flat_map(|post| post.excludes.iter().map(|other| (post.id.clone(), other.clone())))
        .collect();
    assert_eq!(kept, said);
}

#[test]
fn a_deputy_is_elected_appointed_and_then_may() {
    let mut office = office(SECRETARY);
    let nominate = [("person", "P07"), ("post", "副秘书"), ("nominated_by", "bdp"), ("to_on", "2029-03-03")];
    let (said, _) = act(&office, &Appointments, "nominate", &[], &nominate).unwrap();
    assert!(said.contains("区示真 副秘书"), "{said}");
    let deputy = of(&office, "区示真", "deputy_secretary");
    assert_eq!(duties(&office), [(Press::Open, "待推选 副秘书 区示真".into())]);
    // Not around the votes, not with too few of them.
    let around = step(&office, "appoint", deputy, &[("resolutions", "b 盲理1号")]).unwrap_err();
    assert_eq!(around.code, "appointments-stage");
    let few = step(&office, "elect", deputy, &[("votes", "b9 d8 p7 i0-5")]).unwrap_err();
    assert_eq!((few.code, few.field), ("appointments-not-elected", Some("votes")));
    let wrong = step(&office, "elect", deputy, &[("votes", "x9")]).unwrap_err();
    assert_eq!(wrong.code, "appointments-votes");
    step(&office, "elect", deputy, &[("votes", "b9-0-1 d8-1 p7 i6-2 m3-4")]).unwrap();
    let unsaid = step(&office, "appoint", deputy, &[]).unwrap_err();
    assert_eq!(unsaid.field, Some("resolutions"));
    let councils = [("resolutions", "b 盲理〔2026〕3号; d 聋理2号"), ("document_no", "联秘〔2026〕5号")];
    step(&office, "appoint", deputy, &councils).unwrap();
    assert_eq!(permits(&office, "区示真"), ["project_service"], "appointed is not yet in office");
    // Nobody puts themselves into office.
    office.who = operator(&office, "区示真");
    office.who.posts.push(("secretary".into(), String::new()));
    let own = step(&office, "take-office", deputy, &[]).unwrap_err();
    assert_eq!((own.code, own.kind), ("appointments-own", Kind::Permission));
    office.who = operator(&office, SECRETARY);
    step(&office, "take-office", deputy, &[]).unwrap();
    assert_eq!(permits(&office, "区示真"), ["project_service", "deputy_secretary"]);
    let said = page(&office, &Appointments, deputy);
    for piece in ["盲协:赞成 9 反对 0 弃权 1", "聋协:聋理2号", "缺决议:肢协、智协、精协、孤协"]
    {
        assert!(said.contains(piece), "{piece} in {said}");
    }
    let amend = [("resolutions", "p 肢理1号")];
    step(&office, "amend", deputy, &amend).unwrap();
    assert!(page(&office, &Appointments, deputy).contains("缺决议:智协、精协、孤协"));
    // The term runs out by itself; somebody then says so.
    office.clock = Clock::Fixed("2029-03-03T09:00:00".parse().unwrap());
    assert!(permits(&office, "区示真").contains(&"deputy_secretary".to_owned()), "the last day counts");
    office.clock = Clock::Fixed("2029-03-04T09:00:00".parse().unwrap());
    assert_eq!(permits(&office, "区示真"), ["project_service"]);
    assert!(duties(&office).contains(&(Press::Overdue, "任期已满 副秘书 区示真".into())));
    step(&office, "renew", deputy, &[("nominated_by", "bd")]).unwrap();
    let next = records::must_find(office.store.conn(), of(&office, "区示真", "deputy_secretary")).unwrap();
    let term = next.term().unwrap();
    assert_eq!(
        (term.from.to_string(), term.to.unwrap().to_string()),
        ("2029-03-04".into(), "2032-03-03".into())
    );
    step(&office, "expire", deputy, &[]).unwrap();
    assert_eq!(records::must_find(office.store.conn(), deputy).unwrap().stage, super::rules::Stage::Expired);
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn whoever_leaves_may_no_longer_that_day() {
    let office = office("姚拟宁");
    let secretary = of(&office, SECRETARY, "secretary");
    let said = step(&office, "resign", secretary, &[("ended_on", "2026-03-04"), ("reason", "调动")]).unwrap();
    assert!(said.contains("担任到 2026-03-03"), "{said}");
    assert_eq!(permits(&office, SECRETARY), Vec::<String>::new());
    assert_eq!(duties(&office), [(Press::Week, "岗位空缺 秘书".into())]);
    // Another one can only be beside one in office with a reason.
    for (person, votes) in [("P03", "b9 d9 p9 i9"), ("P07", "b9 d9 p9 i9")] {
        let nominate = [("person", person), ("post", "秘书"), ("nominated_by", "b")];
        act(&office, &Appointments, "nominate", &[], &nominate).unwrap();
        let newest = id(&office, &format!("RZ-2026-{:03}", if person == "P03" { 1 } else { 2 }));
        step(&office, "elect", newest, &[("votes", votes)]).unwrap();
        let appoint = [("resolutions", "b 盲理1号")];
        if person == "P03" {
            step(&office, "appoint", newest, &appoint).unwrap();
            step(&office, "take-office", newest, &[]).unwrap();
        } else {
            let second = step(&office, "appoint", newest, &appoint).unwrap_err();
            assert_eq!(second.field, Some("override_reason"));
            let why = [appoint[0], ("override_reason", "交接一个月")];
            step(&office, "appoint", newest, &why).unwrap();
            step(&office, "take-office", newest, &[why[1]]).unwrap();
        }
    }
    assert_eq!(duties(&office), [(Press::Week, "秘书有 2 人在任，应只有 1 人".into())]);
}

#[test]
fn posts_follow_whoever_signs_in_later() {
    let office = office(SECRETARY);
    let db = office.store.conn();
    let account = operator(&office, "解样和").id;
    db.execute("UPDATE operator SET person = NULL WHERE id = ?1", [account]).unwrap();
    assert_eq!(permits(&office, "解样和"), Vec::<String>::new());
    db.execute("UPDATE operator SET person = 'P06' WHERE id = ?1", [account]).unwrap();
    assert_eq!(permits(&office, "解样和"), ["cashier"]);
}

#[test]
fn an_open_desk_stops_permitting() {
    let mut desk = practice(Lang::Zh).unwrap();
    desk.sign_in(SECRETARY, "").unwrap();
    let own = of(desk.office(), SECRETARY, "secretary");
    let no = records::must_find(desk.office().store.conn(), own).unwrap().no;
    desk.handle(Intent::Jump(no));
    desk.handle(Intent::Act("appointments.resign".into()));
    for text in ["2026-03-04", "调动"] {
        desk.handle(Intent::Edit(text.into()));
        desk.handle(Intent::Accept);
    }
    assert!(desk.office().who.posts.is_empty(), "{:?}", desk.view().notice);
    desk.handle(Intent::Act("appointments.nominate".into()));
    let notice = desk.view().notice.clone().unwrap();
    assert!(notice.hint.contains("秘书") && desk.view().form().is_none(), "{notice:?}");
}
