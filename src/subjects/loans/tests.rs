//! Loans through the desk's door: asked for, decided, handed out, taken back; what the rules and the file refuse.

use crate::desk::door;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Press, Subject};
use crate::subjects::assets::records as assets;
use crate::subjects::assets::rules::Status as Standing;
use crate::subjects::demo::tests::{office, operator};
use crate::subjects::keep;

use super::rules::Status;
use super::{Loans, item, records};

/// Does an action with these texts; answers with the step.
fn act(office: &Office, name: &str, no: Option<&str>, texts: &[(&str, &str)]) -> Result<door::Step, Refusal> {
    let cx = office.cx();
    let action = door::action(&Loans, name).unwrap();
    let sql = "SELECT id FROM asset_loan WHERE no = ?1";
    let id = no.map(|no| cx.db.query_row(sql, [no], |row| row.get(0)).unwrap());
    door::check(&cx, &Loans, action, id)?;
    let texts: Vec<(&str, String)> = texts.iter().map(|(n, t)| (*n, (*t).to_owned())).collect();
    let form = keep::filled(&cx, &Loans, action, id, &texts)?;
    door::perform(office, &Loans, action, &form).map(|(_, step)| step)
}

fn lend(office: &Office, line: &str) -> Result<String, Refusal> {
    act(office, "lend", None, &[("line", line)]).map(|step| step.parts[0].reference.clone())
}

fn loan(office: &Office, no: &str) -> records::Loan {
    let sql = "SELECT id FROM asset_loan WHERE no = ?1";
    let id = office.store.conn().query_row(sql, [no], |row| row.get(0)).unwrap();
    records::must_find(office.store.conn(), id).unwrap()
}

fn asset(office: &Office, no: &str) -> assets::Asset {
    assets::by_tag(office.store.conn(), no).unwrap().unwrap()
}

fn code<T: std::fmt::Debug>(result: Result<T, Refusal>) -> &'static str {
    result.unwrap_err().code
}

#[test]
fn a_line_lends_at_once_where_the_warden_stands_there() {
    let office = office("单样乐");
    let no = lend(&office, "24 d w5").unwrap();
    assert_eq!(no, "ZS-2026-016");
    let made = loan(&office, &no);
    assert_eq!((made.status, made.org.as_str()), (Status::Out, "DF"));
    assert_eq!(made.days.to.to_string(), "2026-03-06");
    assert_eq!(asset(&office, "ZC-PD-024").status, Standing::Lent);
    assert_eq!(asset(&office, "ZC-PD-024").owner, "PD");
    // Once more, for anybody: it is out.
    assert_eq!(code(lend(&office, "24 b +1")), "loans-overlap");
    // Under repair, to be written off: not even for later.
    assert_eq!(code(lend(&office, "22 b +9 +10")), "loans-asset");
    assert_eq!(code(lend(&office, "6 b n5")), "loans-asset");
    // Late since the first of March: not for today, though its days are past.
    assert_eq!(code(lend(&office, "9 b w5")), "loans-late");
    assert_eq!(code(lend(&office, "摩托车 b w5")), "loans-nothing");
}

#[test]
fn what_comes_back_stands_as_it_stood_and_can_be_undone() {
    let office = office("单样乐");
    let no = lend(&office, "26 d w5").unwrap();
    let step = act(&office, "return", Some(&no), &[]).unwrap();
    assert_eq!(loan(&office, &no).status, Status::Returned);
    assert_eq!(asset(&office, "ZC-PD-026").status, Standing::Idle);
    assert_eq!(asset(&office, "ZC-PD-026").rests_since.unwrap().to_string(), "2026-03-04");
    door::revert(&office, &step).unwrap();
    assert_eq!(loan(&office, &no).status, Status::Out);
    assert_eq!(asset(&office, "ZC-PD-026").status, Standing::Lent);
    // A return that is not whole says what was found, and goes on to repair.
    assert_eq!(code(act(&office, "return", Some(&no), &[("returned_state", "损坏")])), "required");
    let found = [("returned_state", "损坏"), ("return_note", "左轮裂")];
    let step = act(&office, "return", Some(&no), &found).unwrap();
    assert_eq!(asset(&office, "ZC-PD-026").status, Standing::Repair);
    assert_eq!(code(door::revert(&office, &step)), "undo");
    let waiting: Vec<String> = Loans.today(&office.cx(), 50).unwrap().into_iter().map(|d| d.what).collect();
    assert!(waiting.iter().any(|what| what == "借用待赔补 ZC-PD-026 聋协 助行器"), "{waiting:?}");
    act(&office, "close", Some(&no), &[("settlement", "聋协修好")]).unwrap();
    assert_eq!(loan(&office, &no).status, Status::Closed);
}

#[test]
fn a_loan_that_was_just_made_is_withdrawn_with_all_that_came_of_it() {
    let office = office("单样乐");
    let step = act(&office, "lend", None, &[("line", "26 d w5")]).unwrap();
    door::revert(&office, &step).unwrap();
    assert_eq!(loan(&office, &step.parts[0].reference).status, Status::Withdrawn);
    assert_eq!(asset(&office, "ZC-PD-026").status, Standing::Idle);
    lend(&office, "26 b w5").unwrap();
}

#[test]
fn an_association_asks_for_a_kind_and_the_best_idle_one_is_proposed() {
    let mut office = office("乐示康");
    let no = lend(&office, "助行器 p n3 n5").unwrap();
    assert_eq!((loan(&office, &no).status, loan(&office, &no).asset), (Status::Pending, None));
    assert_eq!(code(lend(&office, "助行器 d n3 n5")), "loans-not-yours");
    assert_eq!(code(act(&office, "approve", Some(&no), &[])), "permission");
    office.who = operator(&office, "单样乐");
    let parts = Loans.page(&office.cx(), loan(&office, &no).id).unwrap();
    let said = format!("{parts:?}");
    assert!(said.contains("助行器 ZC-PD-026") && said.contains("闲置413天 良好 肢协自有"), "{said}");
    act(&office, "approve", Some(&no), &[]).unwrap();
    let decided = loan(&office, &no);
    assert_eq!(decided.asset, Some(asset(&office, "ZC-PD-026").id));
    assert_eq!(asset(&office, "ZC-PD-026").status, Standing::Idle, "it is still here");
    // Promised for those days, free before and after them: both ends count.
    assert_eq!(code(lend(&office, "26 d n5 +12")), "loans-overlap");
    lend(&office, "26 d +10 +12").unwrap();
    lend(&office, "26 b w5").unwrap();
}

#[test]
fn the_owners_own_request_is_warned_of_and_wants_a_reason() {
    let office = office("单样乐");
    let no = lend(&office, "37 i n3 n5").unwrap();
    // As if it were still to be decided.
    let sql = "UPDATE asset_loan SET status = '待审核' WHERE no = ?1";
    office.store.conn().execute(sql, [&no]).unwrap();
    assert_eq!(code(lend(&office, "37 b n4")), "required");
    let texts = [("line", "37 b n4"), ("override_reason", "智协同意")];
    let step = act(&office, "lend", None, &texts).unwrap();
    let kept: String = office
        .store
        .conn()
        .query_row("SELECT warnings FROM asset_loan WHERE no = ?1", [&step.parts[0].reference], |r| r.get(0))
        .unwrap();
    assert_eq!(kept, "owner");
}

#[test]
fn it_is_extended_until_somebody_else_has_it() {
    let office = office("单样乐");
    let no = lend(&office, "26 d w5").unwrap();
    lend(&office, "26 b n3 n4").unwrap();
    assert_eq!(code(act(&office, "extend", Some(&no), &[("due_on", "n3")])), "loans-overlap");
    assert_eq!(code(act(&office, "extend", Some(&no), &[("due_on", "w5")])), "loans-not-later");
    act(&office, "extend", Some(&no), &[("due_on", "+5")]).unwrap();
    act(&office, "extend", Some(&no), &[("due_on", "+6")]).unwrap();
    assert_eq!(loan(&office, &no).days.to.to_string(), "2026-03-10");
    assert_eq!(code(act(&office, "extend", Some(&no), &[("due_on", "+6")])), "loans-extended");
}

#[test]
fn the_file_refuses_what_no_action_would_do() {
    let office = office("单样乐");
    let db = office.store.conn();
    let make = |asset: &str, status: &str, from: &str, due: &str| {
        let sql = "INSERT INTO asset_loan (no, asset, org, owner, requested_on, from_on, due_on, out_on, status, version, \
                   created_at, created_by, updated_at, updated_by) \
                   SELECT ?1, id, 'BL', owner, ?3, ?3, ?4, CASE ?2 WHEN '使用中' THEN ?3 END, ?2, 1, '', '', '', '' \
                   FROM asset WHERE no = ?5";
        db.execute(sql, [&format!("X{asset}{from}{status}"), status, from, due, asset])
    };
    let said = |result: rusqlite::Result<usize>| result.unwrap_err().to_string();
    assert!(said(make("ZC-ID-040", "已批准", "2026-03-10", "2026-03-12")).contains("loan-overlap"));
    make("ZC-ID-040", "已批准", "2026-03-11", "2026-03-12").unwrap();
    assert!(said(make("ZC-PD-022", "已批准", "2026-03-11", "2026-03-12")).contains("loan-asset"));
    // Two holders at one time, even on days that do not touch.
    assert!(said(make("ZC-BL-009", "使用中", "2026-03-04", "2026-03-05")).contains("UNIQUE"));
    assert!(
        said(db.execute("UPDATE asset SET status = '借出' WHERE no = 'ZC-PD-024'", []))
            .contains("asset-not-lent")
    );
    assert!(
        said(db.execute("UPDATE asset SET status = '闲置' WHERE no = 'ZC-BL-009'", []))
            .contains("still-lent")
    );
    assert!(said(db.execute("DELETE FROM asset_loan", [])).contains("loan-kept"));
}

#[test]
fn the_day_begins_with_what_is_late() {
    let office = office("单样乐");
    let duties = Loans.today(&office.cx(), 50).unwrap();
    let said: Vec<(Press, &str, &str)> =
        duties.iter().map(|d| (d.press, d.what.as_str(), d.when.as_str())).collect();
    assert_eq!(said[0], (Press::Overdue, "资产ZC-BL-009 智协 语音血压计 应还3-01", "3 天"));
    assert_eq!(said[1], (Press::Today, "资产ZC-DF-012 盲协 手语视频终端 要还", "3-04"));
    assert_eq!(said[2], (Press::Week, "借用待审核 ZC-PD-023 盲协 普通轮椅", "3-09"));
    assert_eq!(Loans.standing(&office.cx()).unwrap()[0].1, "在外 9 逾期 1");
}

#[test]
fn a_wheelchair_is_asked_for_in_many_ways() {
    let office = office("单样乐");
    let cx = office.cx();
    for text in ["24", "zc-pd-024", "轮椅24", "轮椅024", "#24"] {
        let Some(item::Item::One(asset)) = item::read(&cx, text).unwrap() else { panic!("{text}") };
        assert_eq!(asset.no, "ZC-PD-024", "{text}");
    }
    let Some(item::Item::Kind(names)) = item::read(&cx, "轮椅").unwrap() else { panic!() };
    assert_eq!(names, ["普通轮椅", "电动轮椅"]);
    // A number that is no wheelchair's is no guess.
    assert_eq!(item::read(&cx, "轮椅12").unwrap(), None);
}
