//! Cards through the desk's door: made, moved, changed; what the file itself refuses.

use crate::desk::door;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Subject;
use crate::subjects::demo::tests::office;
use crate::subjects::keep;

use super::Assets;
use super::records;
use super::rules::Status;

/// Does an action with these texts; answers with the reference.
fn act(office: &Office, name: &str, no: Option<&str>, texts: &[(&str, &str)]) -> Result<String, Refusal> {
    let cx = office.cx();
    let action = door::action(&Assets, name).unwrap();
    let id = no.map(|no| Assets.called(&cx, no).unwrap().unwrap());
    door::check(&cx, &Assets, action, id)?;
    let texts: Vec<(&str, String)> = texts.iter().map(|(n, t)| (*n, (*t).to_owned())).collect();
    let form = keep::filled(&cx, &Assets, action, id, &texts)?;
    let (done, _) = door::perform(office, &Assets, action, &form)?;
    Ok(done.first().unwrap().reference.clone())
}

fn refused(result: Result<String, Refusal>) -> &'static str {
    result.unwrap_err().code
}

#[test]
fn a_card_gets_the_next_number_and_is_found_by_tag_and_tail() {
    let office = office("单样乐");
    let card = [
        ("name", "助行器"),
        ("owner", "p"),
        ("category", "康复"),
        ("place", "共享仓库"),
        ("source", "购置"),
        ("tag", "zxq-7"),
    ];
    assert_eq!(act(&office, "create", None, &card).unwrap(), "ZC-PD-061");
    let cx = office.cx();
    for name in ["zc-pd-061", "ZXQ-7", "61", "zc61", "资产61", "ＺＣ－ＰＤ－０６１"] {
        let id = Assets.called(&cx, name).unwrap().unwrap_or_else(|| panic!("{name}"));
        assert_eq!(records::must_find(cx.db, id).unwrap().no, "ZC-PD-061");
    }
    assert_eq!(refused(act(&office, "create", None, &card)), "assets-taken");
    assert_eq!(refused(act(&office, "create", None, &[("name", "x"), ("category", "其他")])), "required");
}

#[test]
fn a_status_has_its_way_and_a_lent_one_stays_lent() {
    let office = office("单样乐");
    act(&office, "state", Some("23"), &[("status", "维修"), ("reason", "刹车不灵")]).unwrap();
    let find = |n| records::by_running(office.cx().db, n).unwrap().remove(0);
    assert_eq!(find(23).status, Status::Repair);
    assert_eq!(refused(act(&office, "state", Some("9"), &[("status", "闲置")])), "assets-lent");
    assert_eq!(refused(act(&office, "state", Some("24"), &[("status", "借出")])), "assets-become");
    // A thing is not gone without a word.
    assert_eq!(refused(act(&office, "state", Some("24"), &[("status", "盘亏")])), "required");
    act(&office, "move", Some("24"), &[("place", "Z03-R3"), ("shelf", "柜A")]).unwrap();
    assert_eq!((find(24).shelf.as_str(), find(24).owner.as_str()), ("柜A", "PD"));
}

#[test]
fn the_file_refuses_a_new_owner_without_a_transfer() {
    let office = office("单样乐");
    let db = office.store.conn();
    let said = db.execute("UPDATE asset SET owner = 'DF' WHERE no = 'ZC-PD-023'", []).unwrap_err();
    assert!(said.to_string().contains("asset-owner"), "{said}");
    let said = db.execute("DELETE FROM asset WHERE no = 'ZC-PD-023'", []).unwrap_err();
    assert!(said.to_string().contains("asset-kept"), "{said}");
    // A transfer that is only proposed moves nothing.
    let sql = "INSERT INTO asset_transfer (no, asset, from_org, to_org, reason, proposed_on, proposer, status, version, \
               created_at, created_by, updated_at, updated_by) \
               SELECT 'QS-1', id, 'PD', 'DF', '转赠', '2026-03-04', '甲', '提出', 1, '', '', '', '' FROM asset WHERE no = 'ZC-PD-023'";
    db.execute(sql, []).unwrap();
    assert!(db.execute("UPDATE asset SET owner = 'DF' WHERE no = 'ZC-PD-023'", []).is_err());
    assert!(db.execute("UPDATE asset_transfer SET status = '生效'", []).is_err(), "without both signatures");
}

#[test]
fn the_day_begins_with_what_is_worn_out() {
    let office = office("单样乐");
    let said: Vec<String> = Assets.today(&office.cx(), 9).unwrap().into_iter().map(|d| d.what).collect();
    assert_eq!(said, ["资产待报废 1 件"]);
    assert_eq!(Assets.standing(&office.cx()).unwrap()[0].1, "60 件 借出 9 闲置 11 维修 6");
}
