//! A purchase from the first wish to the voucher: each step by whom it should be, what comes put where it belongs.

use rusqlite::params;

use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Press, Subject};
use crate::subjects::bank::tests::{act, page};
use crate::subjects::consumables::tests::item;
use crate::subjects::demo::tests::{office, operator};
use crate::subjects::purchases::{Purchases, records};

const WARDEN: &str = "曾示平";
const SECRETARY: &str = "沈示安";
const ACCOUNTANT: &str = "仇拟文";

fn id(office: &Office, no: &str) -> i64 {
    let sql = "SELECT id FROM purchase WHERE no = ?1";
    office.store.conn().query_row(sql, [no], |row| row.get(0)).unwrap()
}

fn step(
    office: &mut Office,
    who: &str,
    action: &str,
    no: &str,
    texts: &[(&str, &str)],
) -> Result<String, Refusal> {
    office.who = operator(office, who);
    let of = id(office, no);
    act(office, &Purchases, action, &[of], texts).map(|(said, _)| said)
}

#[test]
fn low_paper_is_asked_for_bought_put_away_and_paid() {
    let mut office = office(WARDEN);
    let (said, _) = act(&office, &Purchases, "request", &[], &[("what", "盲文纸")]).unwrap();
    // What is proposed: up to twice the level, at the last price.
    assert_eq!(said, "已申请 CG-2026-004 盲文纸 325.00");
    let no = "CG-2026-004";
    assert!(
        !crate::subjects::consumables::Consumables
            .today(&office.cx(), 9)
            .unwrap()
            .iter()
            .any(|duty| duty.reference == "HC-02")
    );
    assert_eq!(step(&mut office, WARDEN, "propose", no, &[]).unwrap_err().code, "purchases-stands");
    step(&mut office, WARDEN, "quote", no, &[("vendor", "甲样文具"), ("amount", "330")]).unwrap();
    step(&mut office, WARDEN, "quote", no, &[("vendor", "乙样文具"), ("amount", "320.02")]).unwrap();
    let dearer = step(&mut office, WARDEN, "propose", no, &[("taken", "甲样文具")]).unwrap_err();
    assert_eq!(dearer.field, Some("because"));
    step(&mut office, WARDEN, "propose", no, &[]).unwrap();
    assert_eq!(step(&mut office, WARDEN, "approve", no, &[]).unwrap_err().code, "permission");
    step(&mut office, SECRETARY, "approve", no, &[]).unwrap();
    step(&mut office, WARDEN, "order", no, &[("due_on", "2026-03-10")]).unwrap();
    let own = step(&mut office, WARDEN, "accept", no, &[("inspector", WARDEN)]).unwrap_err();
    assert_eq!(own.code, "purchases-inspector");
    let less = [("accepted", "3"), ("inspector", "单样乐"), ("because", "两包破损")];
    step(&mut office, WARDEN, "accept", no, &less).unwrap();
    step(&mut office, WARDEN, "store", no, &[]).unwrap();
    // Three of five for 320.02: 192.01, at the fen.
    let paper = item(&office, "HC-02");
    assert_eq!((paper.shelf.quantity, paper.shelf.worth), (6, 3 * 6500 + 19_201));
    let receipt = step(&mut office, ACCOUNTANT, "pay", no, &[("voucher", "银收-202603-006")]);
    assert!(receipt.is_err());
    let taken = step(&mut office, ACCOUNTANT, "pay", no, &[("voucher", "银付-202601-010")]).unwrap_err();
    assert_eq!(taken.code, "purchases-paid-by");
    let other = [("voucher", "现付-202602-001"), ("because", "连同签字笔一起付")];
    let said = step(&mut office, ACCOUNTANT, "pay", no, &other).unwrap();
    assert_eq!(said, "CG-2026-004 盲文纸 已付 207.45");
    assert!(page(&office, &Purchases, id(&office, no)).contains("供应商:乙样文具"));
}

#[test]
fn a_large_one_wants_three_quotes_and_a_resolution() {
    let mut office = office(WARDEN);
    let texts = [("what", "多功能轮椅"), ("quantity", "3"), ("estimate", "24000"), ("org", "p")];
    act(&office, &Purchases, "request", &[], &texts).unwrap();
    let no = "CG-2026-004";
    for (vendor, amount) in [("甲样", "24000"), ("乙样", "23000")] {
        step(&mut office, WARDEN, "quote", no, &[("vendor", vendor), ("amount", amount)]).unwrap();
    }
    let few = step(&mut office, WARDEN, "propose", no, &[]).unwrap_err();
    assert_eq!((few.code, few.args[0].1.as_str()), ("purchases-quotes", "3"));
    step(&mut office, WARDEN, "quote", no, &[("vendor", "丙样"), ("amount", "23500")]).unwrap();
    step(&mut office, WARDEN, "propose", no, &[]).unwrap();
    assert_eq!(step(&mut office, SECRETARY, "approve", no, &[]).unwrap_err().field, Some("resolution"));
    step(&mut office, SECRETARY, "approve", no, &[("resolution", "理事会2026-03号")]).unwrap();
    step(&mut office, WARDEN, "order", no, &[]).unwrap();
    step(&mut office, WARDEN, "accept", no, &[("inspector", "单样乐")]).unwrap();
    step(&mut office, WARDEN, "store", no, &[("category", "康复辅助")]).unwrap();
    // Three cards of the association's, which together cost what was paid.
    let sql = "SELECT count(*), sum(value), min(owner), min(no) FROM asset WHERE document = ?1";
    let cards: (i64, i64, String, String) = office
        .store
        .conn()
        .query_row(sql, params![no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .unwrap();
    assert_eq!((cards.0, cards.1, cards.2.as_str()), (3, 2_300_000, "PD"));
    assert!(page(&office, &Purchases, id(&office, no)).contains(&cards.3));
}

#[test]
fn what_waits_stands_on_the_first_page() {
    let office = office(SECRETARY);
    let duties = Purchases.today(&office.cx(), 9).unwrap();
    let said: Vec<(Press, &str)> = duties.iter().map(|d| (d.press, d.what.as_str())).collect();
    assert_eq!(
        said,
        [
            (Press::Today, "采购 便携坡道板 待审批 2,560.00"),
            (Press::Overdue, "采购 视频终端支架 逾期未到 460.00"),
        ]
    );
    assert_eq!(duties[1].when, "2 天");
}

#[test]
fn nobody_approves_their_own_and_the_file_says_so_too() {
    let mut office = office(SECRETARY);
    act(&office, &Purchases, "request", &[], &[("what", "档案盒")]).unwrap();
    let no = "CG-2026-004";
    step(&mut office, SECRETARY, "quote", no, &[("vendor", "甲样"), ("amount", "100")]).unwrap();
    step(&mut office, SECRETARY, "propose", no, &[]).unwrap();
    assert_eq!(step(&mut office, SECRETARY, "approve", no, &[]).unwrap_err().code, "purchases-own");
    let forced = "UPDATE purchase SET status = '已批准', approver = applicant WHERE no = ?1";
    assert!(office.store.conn().execute(forced, [no]).is_err());
    let before = records::must_find(office.store.conn(), id(&office, no)).unwrap();
    step(&mut office, SECRETARY, "withdraw", no, &[("because", "库里还有")]).unwrap();
    let after = records::must_find(office.store.conn(), before.id).unwrap();
    assert_ne!(before.status, after.status);
}
