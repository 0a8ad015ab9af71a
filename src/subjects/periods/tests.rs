//! The months of the sample office: what keeps one from closing, who opens one again, the year's end.

use crate::desk::door;
use crate::desk::office::{Clock, Office};
use crate::desk::subject::Subject;
use crate::store::audit;
use crate::subjects::bank::tests::{ACCOUNTANT, act, page};
use crate::subjects::bank::{Bank, records as bank};
use crate::subjects::demo::tests::office;
use crate::subjects::periods::rules::Month;
use crate::subjects::periods::{Periods, records, reports};

fn period(office: &Office, name: &str) -> records::Period {
    records::find(office.store.conn(), Month::named(name).unwrap()).unwrap().unwrap()
}

fn as_secretary(office: &mut Office) {
    office.who.name = "沈示安".into();
    office.hold(&[("secretary".into(), String::new())]);
}

#[test]
fn the_months_of_the_sample_are_closed_up_to_the_one_to_be_compared() {
    let office = office(ACCOUNTANT);
    let conn = office.store.conn();
    let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM journal_period"), 15);
    assert_eq!(count("SELECT count(*) FROM journal_period WHERE status = '结账' AND held = funds"), 13);
    assert_eq!(
        period(&office, "2025-12").held,
        Some(records::held(conn, "2025-12-31".parse().unwrap()).unwrap())
    );
    let said = Periods.today(&office.cx(), 9).unwrap();
    assert_eq!(said.iter().map(|d| d.what.as_str()).collect::<Vec<_>>(), ["2026-02 待结账"]);
    // Nothing is written into a closed month, not even by raw SQL.
    let raw = conn.execute("UPDATE journal_entry SET counterparty = 'x' WHERE period = '2025-12'", []);
    assert!(raw.is_err());
}

#[test]
fn february_closes_with_a_reason_or_when_the_bank_agrees() {
    let office = office(ACCOUNTANT);
    let feb = period(&office, "2026-02");
    assert!(
        page(&office, &Periods, feb.id).contains("银行存款 没有对平"),
        "{}",
        page(&office, &Periods, feb.id)
    );
    assert_eq!(act(&office, &Periods, "close", &[feb.id], &[]).unwrap_err().field, Some("reason"));
    let march = period(&office, "2026-03");
    assert_eq!(act(&office, &Periods, "close", &[march.id], &[]).unwrap_err().code, "periods-before-open");
    let open = "SELECT id FROM bank_line";
    let mut statement = office.store.conn().prepare(open).unwrap();
    let ids: Vec<i64> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let lines = bank::find_all(office.store.conn(), &ids).unwrap();
    let found = bank::proposals(office.store.conn(), &lines, 5).unwrap();
    let found: Vec<i64> = found.iter().map(|(p, _)| p.line).collect();
    act(&office, &Bank, "tick", &found, &[]).unwrap();
    for id in ids.iter().filter(|id| !found.contains(id)) {
        act(&office, &Bank, "note", &[*id], &[("note", "等回单")]).unwrap();
    }
    let (said, step) = act(&office, &Periods, "close", &[feb.id], &[]).unwrap();
    assert!(said.starts_with("2026-02 已结账 "), "{said}");
    assert!(period(&office, "2026-02").closed);
    assert!(door::revert(&office, &step).is_err(), "a closed month is opened by two people");
    assert_eq!(act(&office, &Periods, "close", &[march.id], &[]).unwrap_err().code, "periods-not-over");
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn a_month_with_an_open_line_or_other_sums_does_not_close() {
    let mut office = office(ACCOUNTANT);
    let feb = period(&office, "2026-02");
    let conn = office.store.conn();
    let add = "INSERT INTO journal_entry (no, kind, period, number, book, cash, date, summary, side, amount, status, preparer, \
               version, created_at, created_by, updated_at, updated_by) \
               SELECT '现付-202602-' || (max(number) + 1), '现付', '2026-02', max(number) + 1, \
               (SELECT id FROM book WHERE code = 'CASH'), 1, '2026-02-28', '样例', '付', -100, '待审核', '甲', 1, '', '', '', '' \
               FROM journal_entry WHERE kind = '现付' AND period = '2026-02'";
    conn.execute(add, []).unwrap();
    let close = |office: &Office| act(office, &Periods, "close", &[feb.id], &[("reason", "赶报表")]);
    assert_eq!(close(&office).unwrap_err().code, "periods-unposted");
    conn.execute(
        "UPDATE journal_entry SET status = '已作废', void_reason = '样例' WHERE summary = '样例'",
        [],
    )
    .unwrap();
    conn.execute("UPDATE posted_total SET amount = amount + 1 WHERE period = '2026-02' AND lines > 1", [])
        .unwrap();
    assert_eq!(close(&office).unwrap_err().code, "periods-differs");
    office.clock = Clock::Fixed("2026-02-27T09:00:00".parse().unwrap());
    assert_eq!(close(&office).unwrap_err().code, "periods-not-over");
}

#[test]
fn why_a_month_was_closed_as_it_was_stays_with_it() {
    let office = office(ACCOUNTANT);
    let feb = period(&office, "2026-02");
    act(&office, &Periods, "close", &[feb.id], &[("reason", "银行年检，回单下周到")]).unwrap();
    assert!(page(&office, &Periods, feb.id).contains("结账说明:银行年检，回单下周到"));
}

#[test]
fn two_people_open_a_month_again() {
    let mut office = office(ACCOUNTANT);
    let (jan, dec) = (period(&office, "2026-01"), period(&office, "2025-12"));
    let reopen = |office: &Office, id: i64| act(office, &Periods, "reopen", &[id], &[("reason", "漏记一笔")]);
    assert_eq!(reopen(&office, dec.id).unwrap_err().code, "periods-next-closed");
    reopen(&office, jan.id).unwrap();
    assert!(period(&office, "2026-01").half_open() && period(&office, "2026-01").closed);
    assert_eq!(reopen(&office, jan.id).unwrap_err().code, "periods-consented");
    assert!(Periods.today(&office.cx(), 9).unwrap()[0].what.contains("反结账等同意"));
    as_secretary(&mut office);
    let (said, _) = reopen(&office, jan.id).unwrap();
    assert_eq!(said, "2026-01 已反结账，重新开放");
    let jan = period(&office, "2026-01");
    assert_eq!((jan.closed, jan.secretary.as_str(), jan.accountant.as_str()), (false, "沈示安", ACCOUNTANT));
    let why: String = office
        .store
        .conn()
        .query_row(
            "SELECT reason FROM audit WHERE subject = 'periods' AND action = 'reopen' LIMIT 1",
            [],
            |r| r.get(0),
        )
        .unwrap();
    assert_eq!(why, "漏记一笔");
}

#[test]
fn the_years_end_goes_in_order_and_says_what_is_done() {
    let office = office(ACCOUNTANT);
    let day = |text: &str| text.parse().unwrap();
    let table = (reports::REPORTS[0].make)(&office.cx(), day("2025-01-01"), day("2025-12-31")).unwrap();
    let said: Vec<(&str, &str)> = table.rows.iter().map(|r| (r[1].as_str(), r[2].as_str())).collect();
    assert_eq!(
        said,
        [
            ("全部过账", "已办"),
            ("盘点现金", "未办"),
            ("银行对账", "未办"),
            ("清理备用金和借款", "已办"),
            ("分摊多退少补", "未办"),
            ("各月结账", "已办"),
            ("结转下年、上年结转", "已办"),
            ("编制决算和通报", "未办"),
            ("各协会审议", "另行登记"),
            ("公示", "另行登记"),
            ("归档", "另行登记"),
        ]
    );
    assert_eq!(table.rows[6][3], "结余 240,144.62", "as the funds' closing balances of the sample sum up");
}

#[test]
fn a_month_is_kept_from_its_first_line_on() {
    let mut office = office("解样和");
    office.clock = Clock::Fixed("2026-05-06T09:00:00".parse().unwrap());
    let line = [("line", "86.5 bg")];
    act(&office, &crate::subjects::journal::Journal, "pay", &[], &line).unwrap();
    let months: Vec<String> =
        records::open(office.store.conn()).unwrap().iter().map(|period| period.month.name()).collect();
    assert_eq!(months, ["2026-02", "2026-03", "2026-04", "2026-05"]);
}
