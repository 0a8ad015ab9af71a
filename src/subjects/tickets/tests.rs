//! Tickets: the states against SM-07, a line as it is typed, and a repair from the word to the look at the desk.

use proptest::prelude::*;

use crate::desk::door;
use crate::desk::filling::Filling;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Press, Subject};
use crate::subjects::demo::tests::{office, operator};
use crate::subjects::venue::typed::Named;

use super::rules::{Event, Priority, STATUSES, Status, next};
use super::typed::{Line, read};
use super::{Tickets, records};

const WARDEN: &str = "曾示平";

fn typed(office: &Office, action: &str, id: Option<i64>, texts: &[(&str, &str)]) -> Result<Filling, Refusal> {
    let action = door::action(&Tickets, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    let mut filling = Filling::open(office, session, &Tickets, action, id, Vec::new())?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap();
        filling.edit(office, text).unwrap();
    }
    Ok(filling)
}

fn act(office: &Office, action: &str, id: Option<i64>, texts: &[(&str, &str)]) -> Result<i64, Refusal> {
    let mut filling = typed(office, action, id, texts)?;
    filling.check_all(office)?;
    let (done, _) = door::perform(office, &Tickets, filling.action, &filling.form)?;
    Ok(done[0].id)
}

fn status(office: &Office, id: i64) -> Status {
    records::must_find(office.store.conn(), id).unwrap().status
}

#[test]
fn a_ticket_goes_only_where_the_states_let_it() {
    let events = [
        Event::Accept,
        Event::Dispatch,
        Event::Finish,
        Event::Verify,
        Event::Rework,
        Event::Beyond,
        Event::Withdraw,
        Event::Amend,
    ];
    let mut said = String::new();
    for (status, word) in STATUSES {
        let to: Vec<String> = events
            .iter()
            .filter(|event| **event != Event::Amend)
            .filter_map(|event| Some(format!("{event:?} {}", next(*status, *event)?.word())))
            .collect();
        said.push_str(&format!("{word}: {}\n", to.join(", ")));
        assert_eq!(next(*status, Event::Amend), status.open().then_some(*status));
        assert_eq!(Status::parse(word), Some(*status));
    }
    let expected = [
        "报修: Accept 受理, Withdraw 已撤回",
        "受理: Dispatch 处理中, Beyond 报废建议, Withdraw 已撤回",
        "处理中: Dispatch 处理中, Finish 待验收, Beyond 报废建议",
        "待验收: Verify 已完成, Rework 处理中, Beyond 报废建议",
        "已完成: ",
        "报废建议: ",
        "已撤回: ",
    ];
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
}

proptest! {
    #[test]
    fn what_is_done_with_stays_as_it_is(events in prop::collection::vec(0usize..8, 0..12)) {
        let all = [Event::Accept, Event::Dispatch, Event::Finish, Event::Verify, Event::Rework, Event::Beyond,
                   Event::Withdraw, Event::Amend];
        let mut at = Status::Reported;
        for event in events {
            if let Some(to) = next(at, all[event]) {
                prop_assert!(at.open());
                // Nobody finds in order what nobody has mended.
                prop_assert!(to != Status::Done || at == Status::Checking);
                at = to;
            }
        }
    }
}

#[test]
fn a_line_is_read_place_first() {
    let zones = [
        Named::new("Z03-R1", "", "大活动室"),
        Named::new("Z03-R2", "", "小活动室"),
        Named::new("Z02", "j", "接待服务区"),
    ];
    let urgencies = [("紧急".to_owned(), vec!["!".to_owned()]), ("危险".to_owned(), vec!["!!".to_owned()])];
    let line = |zone: &str, object: &str, fault: &str, priority: &str| Line {
        zone: zone.into(),
        object: object.into(),
        fault: fault.into(),
        priority: priority.into(),
        ..Line::default()
    };
    let asset = |word: &str| (word == "ZC-PD-023").then(|| word.to_owned());
    let of_asset = |zone: &str, fault: &str| Line { asset: "ZC-PD-023".into(), ..line(zone, "", fault, "") };
    for (text, expected) in [
        ("大活动室 投影仪 灯泡不亮 紧急", line("Z03-R1", "投影仪", "灯泡不亮", "紧急")),
        ("dhd 投影仪 灯泡 不亮", line("Z03-R1", "投影仪", "灯泡 不亮", "")),
        ("j 漏水 !!", line("Z02", "", "漏水", "危险")),
        ("门厅自动门 关不上", line("", "门厅自动门", "关不上", "")),
        ("停电", line("", "", "停电", "")),
        ("Z03-R2 projector dark", line("Z03-R2", "projector", "dark", "")),
        // What has a number is named by it: everything else is what is wrong.
        ("ZC-PD-023 屏幕裂", of_asset("", "屏幕裂")),
        ("Z02 轮椅 ZC-PD-023 左轮 裂", of_asset("Z02", "轮椅 左轮 裂")),
        // Only what stands first is where it is.
        ("空调 小活动室", line("", "空调", "小活动室", "")),
    ] {
        assert_eq!(read(text, &zones, &urgencies, asset), expected, "{text}");
    }
}

#[test]
fn a_repair_goes_its_way() {
    let office = office(WARDEN);
    let filling = typed(&office, "report", None, &[("line", "dhd 音响 灯泡不亮 !")]).unwrap();
    assert_eq!(filling.form.slot("line").unwrap().echo, "大活动室 音响 灯泡不亮");
    let id = act(&office, "report", None, &[("line", "dhd 音响 灯泡不亮 !")]).unwrap();
    let ticket = records::must_find(office.store.conn(), id).unwrap();
    assert_eq!((ticket.status, ticket.priority), (Status::Reported, Priority::Urgent));
    assert_eq!(
        (ticket.reported.to_string().as_str(), ticket.due.to_string().as_str()),
        ("2026-03-04", "2026-03-06")
    );
    // Who reports the same again is told.
    let again = typed(&office, "report", None, &[("line", "dhd 音响 又不亮")]).unwrap();
    assert!(again.form.findings.iter().any(|f| f.value.starts_with(&ticket.no)), "{:?}", again.form.findings);
    assert_eq!(act(&office, "finish", Some(id), &[("result", "换灯泡")]).unwrap_err().code, "tickets-status");
    act(&office, "accept", Some(id), &[]).unwrap();
    act(&office, "dispatch", Some(id), &[("vendor", "样例影音维修部")]).unwrap();
    act(
        &office,
        "finish",
        Some(id),
        &[("result", "换灯泡"), ("cost", "320"), ("warranty_until", "2026-09-04")],
    )
    .unwrap();
    act(&office, "rework", Some(id), &[("reason", "还是不亮")]).unwrap();
    assert_eq!(status(&office, id), Status::Working);
    act(&office, "finish", Some(id), &[("cost", "=320+80"), ("parts", "灯泡 2 只")]).unwrap();
    act(&office, "verify", Some(id), &[]).unwrap();
    let done = records::must_find(office.store.conn(), id).unwrap();
    assert_eq!((done.status, done.cost, done.result.as_str()), (Status::Done, Some(40000), "换灯泡"));
    // The next time it is said that it is under warranty, and who mended it is proposed.
    let again = typed(&office, "report", None, &[("line", "dhd 音响 没有声音")]).unwrap();
    assert!(again.form.findings.iter().any(|f| f.value.contains("2026-09-04")), "{:?}", again.form.findings);
    let id = act(&office, "report", None, &[("line", "dhd 音响 没有声音")]).unwrap();
    act(&office, "accept", Some(id), &[]).unwrap();
    let filling = typed(&office, "dispatch", Some(id), &[]).unwrap();
    assert_eq!(filling.form.text("vendor"), "样例影音维修部");
}

#[test]
fn what_is_beyond_repair_says_why() {
    let office = office(WARDEN);
    let id = act(&office, "report", None, &[("line", "饮水机 漏电 危险")]).unwrap();
    assert_eq!(records::must_find(office.store.conn(), id).unwrap().due.to_string(), "2026-03-05");
    act(&office, "accept", Some(id), &[]).unwrap();
    assert_eq!(act(&office, "beyond", Some(id), &[]).unwrap_err().code, "required");
    act(&office, "beyond", Some(id), &[("reason", "内胆锈穿，不值得修")]).unwrap();
    assert_eq!(status(&office, id), Status::WriteOff);
    assert_eq!(act(&office, "accept", Some(id), &[]).unwrap_err().code, "tickets-status");
    // The file itself keeps a ticket, and refuses one that is mended by nobody.
    let conn = office.store.conn();
    assert!(conn.execute("DELETE FROM work_ticket", []).unwrap_err().to_string().contains("ticket-kept"));
    assert!(conn.execute("UPDATE work_ticket SET status = '已完成' WHERE id = ?1", [id]).is_err());
}

#[test]
fn the_sample_is_noticed() {
    let office = office(WARDEN);
    let duties = Tickets.today(&office.cx(), 100).unwrap();
    let said: Vec<_> = duties.iter().map(|d| (d.press, d.reference.as_str(), d.when.as_str())).collect();
    let expected = [
        (Press::Overdue, "BX-2026-003", "5 天"),
        (Press::Today, "BX-2026-004", "今天"),
        (Press::Today, "BX-2026-005", "3-05"),
    ];
    assert_eq!(said, expected);
}

#[test]
fn nothing_said_to_be_broken_is_refused() {
    let office = office(WARDEN);
    assert_eq!(act(&office, "report", None, &[("line", "坏了")]).unwrap_err().code, "required");
    act(&office, "report", None, &[("line", "坏了"), ("zone", "Z04")]).unwrap();
    assert!(act(&office, "report", None, &[("object", "门"), ("fault", " ")]).is_err());
}

#[test]
fn anybody_reports_and_the_office_is_reminded() {
    let mut office = office("吕拟光");
    let id = act(&office, "report", None, &[("line", "z01-bl 点显器 缺点")]).unwrap();
    assert_eq!(act(&office, "accept", Some(id), &[]).unwrap_err().code, "permission");
    assert!(Tickets.today(&office.cx(), 100).unwrap().is_empty());
    office.who = operator(&office, WARDEN);
    let no = records::must_find(office.store.conn(), id).unwrap().no;
    let duty =
        |office: &Office| Tickets.today(&office.cx(), 100).unwrap().into_iter().find(|d| d.reference == no);
    assert_eq!(duty(&office).unwrap().press, Press::Today);
    act(&office, "accept", Some(id), &[]).unwrap();
    assert_eq!(duty(&office).unwrap().press, Press::Week);
    office.store.conn().execute("UPDATE work_ticket SET due_on = '2026-03-01' WHERE id = ?1", [id]).unwrap();
    let late = duty(&office).unwrap();
    assert_eq!((late.press, late.when.as_str()), (Press::Overdue, "3 天"));
    let pressing = Tickets.today(&office.cx(), 100).unwrap().len();
    // Many of them are a few lines and one for the rest.
    for n in 0..9 {
        act(&office, "report", None, &[("line", &format!("灯{n} 不亮 危险"))]).unwrap();
    }
    let duties = Tickets.today(&office.cx(), 100).unwrap();
    assert_eq!(duties.len(), 6);
    assert_eq!(duties[5].list, "tickets.open");
    assert_eq!(duties[5].what, format!("还有报修 {} 件", pressing + 9 - 5));
    assert_eq!(duties[1].reference, no, "what is overdue comes first");
}
