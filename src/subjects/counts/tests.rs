//! The cash of the sample office, counted: five yuan short, never by one person, the difference decided by another.

use std::path::Path;

use crate::desk::door;
use crate::desk::office::Office;
use crate::desk::subject::{Press, Subject};
use crate::store::audit;
use crate::subjects::bank::tests::{ACCOUNTANT, CASHIER, act, page, report};
use crate::subjects::counts::{Counts, actions, records};
use crate::subjects::demo::tests::office;

fn last(office: &Office) -> records::Count {
    let sql = "SELECT max(id) FROM cash_count";
    let id = office.store.conn().query_row(sql, [], |row| row.get(0)).unwrap();
    records::must_find(office.store.conn(), id).unwrap()
}

#[test]
fn the_count_of_the_sample_is_five_yuan_short() {
    let office = office(CASHIER);
    let count = last(&office);
    assert_eq!((count.counted, count.balance, count.difference), (210_360, 210_860, -500));
    let table = report(&office, super::reports::REPORTS);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/cash_count_2026_02_27.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let expected: Vec<Vec<String>> =
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(table.rows, expected);
    let footer = table.footer.join("\n");
    assert!(footer.contains("结果：盘亏 5.00") && footer.contains("监盘人 仇拟文"), "{footer}");
}

#[test]
fn a_count_is_told_in_one_line_and_needs_a_second_person() {
    let office = office(CASHIER);
    let told = "100*21 1*8 0.5 0.1";
    let alone = [("pieces", told), ("witness", CASHIER)];
    assert_eq!(act(&office, &Counts, "count", &[], &alone).unwrap_err().code, "counts-alone");
    assert_eq!(act(&office, &Counts, "count", &[], &[("pieces", told)]).unwrap_err().field, Some("witness"));
    let nobody = [("pieces", told), ("witness", "没有人")];
    assert_eq!(act(&office, &Counts, "count", &[], &nobody).unwrap_err().code, "counts-nobody");
    let wrong = [("pieces", "30*2"), ("witness", ACCOUNTANT)];
    assert_eq!(act(&office, &Counts, "count", &[], &wrong).unwrap_err().code, "counts-denomination");
    // What the book says is there.
    let (said, step) =
        act(&office, &Counts, "count", &[], &[("pieces", told), ("witness", ACCOUNTANT)]).unwrap();
    assert_eq!(said, "已盘点 CC-2026-002 实存 2,108.60 账实相符");
    assert_eq!(last(&office).unposted, 0);
    door::revert(&office, &step).unwrap();
    assert_eq!(last(&office).status, "已作废");
    // A difference without a reason is not taken; with one it is.
    let short = [("pieces", "100*21 1*3 0.5 0.1"), ("witness", ACCOUNTANT)];
    assert_eq!(act(&office, &Counts, "count", &[], &short).unwrap_err().field, Some("reason"));
    let short = [("pieces", "100*21 1*3 0.5 0.1"), ("reason", "待查"), ("witness", ACCOUNTANT)];
    let (said, _) = act(&office, &Counts, "count", &[], &short).unwrap();
    assert!(said.ends_with("盘亏 5.00"), "{said}");
    assert!(page(&office, &Counts, last(&office).id).contains("100.00:21张 2,100.00"));
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn the_small_office_says_so_on_the_sheet() {
    let mut office = office(CASHIER);
    let sql = "INSERT INTO setting (key, value, created_at, created_by, updated_at, updated_by) \
               VALUES ('rule.small_office', '1', '', '', '', '')";
    office.store.conn().execute(sql, []).unwrap();
    office.catalog = office.catalog.changed(office.store.conn()).unwrap().unwrap();
    act(&office, &Counts, "count", &[], &[("pieces", "100*21 1*8 0.5 0.1")]).unwrap();
    let count = last(&office);
    assert!(count.alone && count.witness == CASHIER);
    let table = report(&office, super::reports::REPORTS);
    assert!(table.footer.iter().any(|line| line.starts_with("单人模式盘点")), "{:?}", table.footer);
}

#[test]
fn the_difference_is_decided_by_another_and_is_a_duty_until_then() {
    let mut office = office(CASHIER);
    let duties = |office: &Office| {
        Counts.today(&office.cx(), 9).unwrap().into_iter().map(|d| (d.press, d.what)).collect::<Vec<_>>()
    };
    let first = last(&office).id;
    assert_eq!(duties(&office)[0], (Press::Week, "2-27现金盘亏 5.00待处理".into()));
    assert!(duties(&office).iter().any(|d| d.1.contains("本月未盘点")), "{:?}", duties(&office));
    let settle = door::action(&Counts, "settle").unwrap();
    let mine = door::check(&office.cx(), &Counts, settle, Some(first)).unwrap_err();
    assert_eq!(mine.code, "permission");
    office.hold(&[("secretary".into(), String::new())]);
    assert_eq!(
        actions::available(&office.cx(), settle, Some(first)).unwrap_err().code,
        "counts-own-difference"
    );
    office.who.name = "沈示安".into();
    let (said, step) = act(&office, &Counts, "settle", &[first], &[("decision", "出纳补足")]).unwrap();
    assert!(said.contains("请在日记账另做凭证"), "{said}");
    assert!(!duties(&office).iter().any(|d| d.1.contains("待处理")));
    door::revert(&office, &step).unwrap();
    assert_eq!(last(&office).status, "已盘点");
}
