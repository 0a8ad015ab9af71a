//! A broken asset, from the word to the look: it is named as a hand names it, stands as its ticket does, and a step taken back
//! takes that back as well.

use crate::desk::door::{self, Step};
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Subject;
use crate::desk::view::Part;
use crate::store::audit;
use crate::subjects::assets::rules::Status as Standing;
use crate::subjects::assets::{Assets, records as assets};
use crate::subjects::demo::tests::{office, operator};
use crate::subjects::keep;
use crate::subjects::loans::Loans;

use super::records::{self, Ticket};
use super::rules::Status;
use super::{Tickets, object};

const WARDEN: &str = "曾示平";
const SECRETARY: &str = "沈示安";
const CHAIR: &str = "ZC-PD-024";

fn act(
    office: &Office,
    subject: &'static dyn Subject,
    name: &str,
    id: Option<i64>,
    texts: &[(&str, &str)],
) -> Result<(i64, Step), Refusal> {
    let cx = office.cx();
    let action = door::action(subject, name).unwrap();
    door::check(&cx, subject, action, id)?;
    let texts: Vec<(&str, String)> = texts.iter().map(|(n, t)| (*n, (*t).to_owned())).collect();
    let form = keep::filled(&cx, subject, action, id, &texts)?;
    let (done, step) = door::perform(office, subject, action, &form)?;
    Ok((done[0].id, step))
}

fn report(office: &Office, line: &str) -> i64 {
    act(office, &Tickets, "report", None, &[("line", line)]).unwrap().0
}

fn ticket(office: &Office, id: i64) -> Ticket {
    records::must_find(office.store.conn(), id).unwrap()
}

fn asset(office: &Office, no: &str) -> assets::Asset {
    assets::by_tag(office.store.conn(), no).unwrap().unwrap()
}

fn stands(office: &Office) -> Standing {
    asset(office, CHAIR).status
}

fn put(office: &Office, status: &str) {
    let texts = [("status", status), ("reason", "试")];
    act(office, &Assets, "state", Some(asset(office, CHAIR).id), &texts).unwrap();
}

/// From taken on to mended, by whom it may be.
fn mended(office: &Office, id: i64) {
    act(office, &Tickets, "dispatch", Some(id), &[("vendor", "样例维修部")]).unwrap();
    let texts = [("result", "换刹车"), ("warranty_until", "2026-09-04")];
    act(office, &Tickets, "finish", Some(id), &texts).unwrap();
}

#[test]
fn an_asset_is_named_by_number_tag_or_end_and_known_by_it() {
    let office = office(WARDEN);
    for line in
        ["ZC-PD-024 刹车不灵", "zc-pd-024 刹车不灵", "#24 刹车不灵", "资产24 刹车不灵", "轮椅24 刹车不灵"]
    {
        let id = report(&office, line);
        let said = ticket(&office, id);
        assert_eq!(said.object.asset, Some(asset(&office, CHAIR).id), "{line}");
        assert_eq!(said.fault, "刹车不灵");
        assert_eq!(said.object.zone, asset(&office, CHAIR).place);
        assert!(said.object.words.ends_with(" ZC-PD-024"), "{}", said.object.words);
    }
    // A bare number says nothing of an asset.
    assert_eq!(ticket(&office, report(&office, "24 灯不亮")).object.asset, None);
    // Who reports it again is told.
    let action = door::action(&Tickets, "report").unwrap();
    let texts = [("line", "zc-pd-024 轮胎破".to_owned())];
    let form = keep::filled(&office.cx(), &Tickets, action, None, &texts).unwrap();
    assert!(form.findings.iter().any(|f| f.value.starts_with("BX-2026-006")), "{:?}", form.findings);
    // The page of the asset has what is broken of it.
    let page = format!("{:?}", Assets.page(&office.cx(), asset(&office, CHAIR).id).unwrap());
    assert!(page.contains("BX-2026-006") && page.contains("刹车不灵"), "{page}");
}

#[test]
fn an_asset_is_in_repair_as_long_as_its_ticket_is_and_then_as_it_was() {
    let office = office(WARDEN);
    for before in [Standing::InUse, Standing::Idle] {
        if stands(&office) != before {
            put(&office, before.word());
        }
        let id = report(&office, "ZC-PD-024 刹车不灵");
        assert_eq!(stands(&office), before, "a word alone takes nothing out of use");
        act(&office, &Tickets, "accept", Some(id), &[]).unwrap();
        assert_eq!(stands(&office), Standing::Repair);
        let lend = act(&office, &Loans, "lend", None, &[("line", "24 d w5")]).unwrap_err();
        assert_eq!(lend.code, "loans-asset");
        let by_hand = [("status", "闲置")];
        let no = act(&office, &Assets, "state", Some(asset(&office, CHAIR).id), &by_hand).unwrap_err();
        assert_eq!(no.code, "assets-in-repair");
        mended(&office, id);
        assert_eq!(stands(&office), Standing::Repair);
        let (_, step) = act(&office, &Tickets, "verify", Some(id), &[]).unwrap();
        assert_eq!(stands(&office), before);
        let redo = door::revert(&office, &step).unwrap();
        assert_eq!((ticket(&office, id).status, stands(&office)), (Status::Checking, Standing::Repair));
        door::revert(&office, &redo).unwrap();
        assert_eq!(stands(&office), before);
    }
    // The next one hears who mended it last.
    let about = object::Object::of_asset(&asset(&office, CHAIR));
    let day = office.cx().now.date();
    let (_, until, vendor) = object::warranted(office.store.conn(), &about, day).unwrap().unwrap();
    assert_eq!((until.as_str(), vendor.as_str()), ("2026-09-04", "样例维修部"));
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn withdrawn_undone_and_given_up_are_each_followed() {
    let office = office(WARDEN);
    let id = report(&office, "ZC-PD-024 刹车不灵");
    let (_, step) = act(&office, &Tickets, "accept", Some(id), &[]).unwrap();
    door::revert(&office, &step).unwrap();
    assert_eq!(stands(&office), Standing::InUse);
    act(&office, &Tickets, "accept", Some(id), &[]).unwrap();
    let (_, step) = act(&office, &Tickets, "withdraw", Some(id), &[("reason", "看错了")]).unwrap();
    assert_eq!(stands(&office), Standing::InUse);
    door::revert(&office, &step).unwrap();
    assert_eq!(stands(&office), Standing::Repair);
    let (_, step) = act(&office, &Tickets, "beyond", Some(id), &[("reason", "车架断")]).unwrap();
    assert_eq!(stands(&office), Standing::ToWriteOff);
    door::revert(&office, &step).unwrap();
    assert_eq!((ticket(&office, id).status, stands(&office)), (Status::Accepted, Standing::Repair));
    let (_, step) = act(&office, &Tickets, "beyond", Some(id), &[("reason", "车架断")]).unwrap();
    act(&office, &Assets, "write-off", Some(asset(&office, CHAIR).id), &[("reason", "批了")]).unwrap_err();
    let mut office = office;
    office.who = operator(&office, SECRETARY);
    act(&office, &Assets, "write-off", Some(asset(&office, CHAIR).id), &[("reason", "批了")]).unwrap();
    assert_eq!(door::revert(&office, &step).unwrap_err().code, "undo-changed");
}

#[test]
fn of_two_tickets_the_last_one_gives_it_back() {
    let office = office(WARDEN);
    let (one, two) = (report(&office, "ZC-PD-024 刹车不灵"), report(&office, "ZC-PD-024 轮胎破"));
    act(&office, &Tickets, "accept", Some(one), &[]).unwrap();
    act(&office, &Tickets, "accept", Some(two), &[]).unwrap();
    mended(&office, one);
    act(&office, &Tickets, "verify", Some(one), &[]).unwrap();
    assert_eq!(stands(&office), Standing::Repair);
    act(&office, &Tickets, "withdraw", Some(two), &[("reason", "一起修了")]).unwrap();
    assert_eq!(stands(&office), Standing::InUse);
}

#[test]
fn what_is_lent_is_mended_when_it_is_back() {
    let office = office(WARDEN);
    let (loan, _) = act(&office, &Loans, "lend", None, &[("line", "24 d w5")]).unwrap();
    let id = report(&office, "ZC-PD-024 刹车不灵");
    act(&office, &Tickets, "accept", Some(id), &[]).unwrap();
    assert_eq!(stands(&office), Standing::Lent, "somebody has it");
    let beyond = act(&office, &Tickets, "beyond", Some(id), &[("reason", "断")]).unwrap_err();
    assert_eq!(beyond.code, "assets-lent");
    let (_, step) = act(&office, &Loans, "return", Some(loan), &[]).unwrap();
    assert_eq!(stands(&office), Standing::Repair);
    // It is not out again by an undo: it is being mended now.
    assert_eq!(door::revert(&office, &step).unwrap_err().code, "undo-changed");
    assert_eq!(stands(&office), Standing::Repair);
    mended(&office, id);
    act(&office, &Tickets, "verify", Some(id), &[]).unwrap();
    assert_eq!(stands(&office), Standing::Idle);
}

#[test]
fn what_comes_back_damaged_is_reported_in_the_same_step() {
    let office = office(WARDEN);
    let (loan, _) = act(&office, &Loans, "lend", None, &[("line", "24 d w5")]).unwrap();
    let found = [("returned_state", "损坏"), ("return_note", "左轮裂")];
    act(&office, &Loans, "return", Some(loan), &found).unwrap();
    let all = records::of_asset(office.store.conn(), asset(&office, CHAIR).id, 9).unwrap();
    let said: Vec<(&str, Status)> = all.iter().map(|t| (t.fault.as_str(), t.status)).collect();
    assert_eq!(said, [("左轮裂 ZS-2026-016", Status::Reported)]);
    act(&office, &Tickets, "accept", Some(all[0].id), &[]).unwrap();
    mended(&office, all[0].id);
    act(&office, &Tickets, "verify", Some(all[0].id), &[]).unwrap();
    let chair = asset(&office, CHAIR);
    assert_eq!((chair.status, chair.condition.as_str()), (Standing::InUse, "一般"));
}

#[test]
fn what_came_back_damaged_and_was_not_is_of_use_again() {
    let office = office(WARDEN);
    put(&office, "闲置");
    let (loan, _) = act(&office, &Loans, "lend", None, &[("line", "24 d w5")]).unwrap();
    let found = [("returned_state", "损坏"), ("return_note", "左轮裂")];
    act(&office, &Loans, "return", Some(loan), &found).unwrap();
    let id = records::of_asset(office.store.conn(), asset(&office, CHAIR).id, 9).unwrap()[0].id;
    // It is out of use before anybody has taken it on, and stays so when the taking on is taken back.
    let by_hand = act(&office, &Assets, "state", Some(asset(&office, CHAIR).id), &[("status", "闲置")]);
    assert_eq!(by_hand.unwrap_err().code, "assets-in-repair");
    let (_, step) = act(&office, &Tickets, "accept", Some(id), &[]).unwrap();
    door::revert(&office, &step).unwrap();
    assert_eq!((ticket(&office, id).status, stands(&office)), (Status::Reported, Standing::Repair));
    for accepted in [false, true] {
        if accepted {
            act(&office, &Tickets, "accept", Some(id), &[]).unwrap();
        }
        let (_, step) = act(&office, &Tickets, "withdraw", Some(id), &[("reason", "只是脏")]).unwrap();
        let chair = asset(&office, CHAIR);
        assert_eq!((chair.status, chair.condition.as_str()), (Standing::Idle, "一般"));
        door::revert(&office, &step).unwrap();
        assert_eq!(stands(&office), Standing::Repair);
    }
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn it_is_reported_on_its_own_page_by_anybody_and_taken_back() {
    let office = office("吕拟光");
    let id = asset(&office, CHAIR).id;
    assert_eq!(act(&office, &Assets, "report", Some(id), &[]).unwrap_err().code, "required");
    let (_, step) = act(&office, &Assets, "report", Some(id), &[("fault", "刹车不灵")]).unwrap();
    let made = records::of_asset(office.store.conn(), id, 9).unwrap().remove(0);
    assert_eq!((made.status, made.object.asset), (Status::Reported, Some(id)));
    let redo = door::revert(&office, &step).unwrap();
    assert_eq!(ticket(&office, made.id).status, Status::Withdrawn);
    assert!(!asset(&office, CHAIR).void, "the card itself is not taken back");
    door::revert(&office, &redo).unwrap();
    assert_eq!(ticket(&office, made.id).status, Status::Reported);
    assert!(matches!(Assets.card(&office.cx(), id).unwrap(), Some(Part::Facts(_))));
}
