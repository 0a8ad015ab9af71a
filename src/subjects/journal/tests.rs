//! The journal at the desk, on the sample office in memory: a few keys to a voucher, the sample year to the fen, what the book
//! and its file refuse.

use crate::desk::door;
use crate::desk::filling::{Accepted, Filling};
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::Subject;
use crate::subjects::demo::tests::office;
use crate::values::money::Fen;

use super::{Journal, totals};

/// Accountant and cashier of the sample; `P02` reviews.
const ACCOUNTANT: &str = "仇拟文";
const CASHIER: &str = "解样和";
const DEPUTY: &str = "姚拟宁";
const SECRETARY: &str = "沈示安";

fn open(office: &Office, action: &str, id: Option<i64>) -> Result<Filling, Refusal> {
    open_of(office, &Journal, action, id)
}

fn open_of(
    office: &Office,
    subject: &'static dyn Subject,
    action: &str,
    id: Option<i64>,
) -> Result<Filling, Refusal> {
    let action = door::action(subject, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    Filling::open(office, session, subject, action, id, Vec::new())
}

fn save(office: &Office, filling: &mut Filling) -> Result<(i64, String), Refusal> {
    filling.check_all(office)?;
    let (done, _) = door::perform(office, filling.subject, filling.action, &filling.form)?;
    Ok((done[0].id, done[0].reference.clone()))
}

fn act(
    office: &Office,
    action: &str,
    id: Option<i64>,
    texts: &[(&str, &str)],
) -> Result<(i64, String), Refusal> {
    act_of(office, &Journal, action, id, texts)
}

fn act_of(
    office: &Office,
    subject: &'static dyn Subject,
    action: &str,
    id: Option<i64>,
    texts: &[(&str, &str)],
) -> Result<(i64, String), Refusal> {
    let mut filling = open_of(office, subject, action, id)?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap_or_else(|| panic!("{action}: no {name}"));
        filling.edit(office, text).unwrap();
    }
    save(office, &mut filling)
}

fn ask<T: rusqlite::types::FromSql>(office: &Office, sql: &str) -> T {
    office.store.conn().query_row(sql, [], |row| row.get(0)).unwrap()
}

fn entry(office: &Office, no: &str) -> i64 {
    ask(office, &format!("SELECT id FROM journal_entry WHERE no = '{no}'"))
}

fn as_(office: Office, name: &str) -> Office {
    let mut office = office;
    office.who = crate::subjects::demo::tests::operator(&office, name);
    office
}

fn found(filling: &Filling, label: &str) -> String {
    let fact = filling.form.findings.iter().find(|fact| fact.label == label);
    fact.map(|fact| fact.value.clone()).unwrap_or_default()
}

fn code(done: Result<(i64, String), Refusal>) -> &'static str {
    done.err().map_or("done", |refusal| refusal.code)
}

/// The money is where the sample says, and the purses agree with the books.
fn agrees(office: &Office) {
    let conn = office.store.conn();
    for posted in [true, false] {
        assert_eq!(totals::held(conn, posted).unwrap(), totals::funds(conn, posted).unwrap());
    }
}

#[test]
fn the_sample_year_comes_out_to_the_fen() {
    let office = office(ACCOUNTANT);
    agrees(&office);
    let conn = office.store.conn();
    let book = |code: &str| {
        let id = ask::<i64>(&office, &format!("SELECT id FROM book WHERE code = '{code}'"));
        totals::book_balance(conn, id, true).unwrap()
    };
    let last = |code: &str| {
        let rows = include_str!("../../../data/sample/journal.csv");
        let line = rows.lines().rfind(|line| line.split(',').nth(1) == Some(code)).unwrap();
        Fen::parse(line.split(',').nth(8).unwrap()).unwrap()
    };
    assert_eq!((book("CASH"), book("BANK")), (last("CASH"), last("BANK")));
    // Every balance in between is the sample's too.
    for line in include_str!("../../../data/sample/journal.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let kept: i64 = ask(
            &office,
            &format!(
                "SELECT balance FROM journal_entry e JOIN book b ON b.id = e.book WHERE b.code = '{}' AND e.no IN ('{1}', '{1}/2')",
                cells[1], cells[3]
            ),
        );
        assert_eq!(Fen(kept), Fen::parse(cells[8]).unwrap(), "{line}");
    }
    for line in include_str!("../../../data/sample/fund_balances.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let moved: i64 = ask(
            &office,
            &format!(
                "SELECT coalesce(sum(amount), 0) FROM posted_total t JOIN fund f ON f.id = t.fund \
                 WHERE f.code = '{}' AND period LIKE '2025-%'",
                cells[0]
            ),
        );
        assert_eq!(Fen(moved), Fen::parse(cells[2]).unwrap(), "{line}");
    }
}

#[test]
fn a_shared_bill_is_one_line_and_two_enters() {
    let office = office(CASHIER);
    let mut f = open(&office, "pay", None).unwrap();
    f.edit(&office, "600.03 sd g").unwrap();
    let echo = f.form.slot("line").unwrap().echo.clone();
    for piece in ["600.03", "付水电费", "5201.02", "联合秘书处运转经费", "六家分摊", "银行存款"]
    {
        assert!(echo.contains(piece), "{piece} in {echo}");
    }
    assert_eq!(f.accept(&office).unwrap(), Accepted::Stay);
    assert_eq!(f.form.slots[f.form.focus].field.name, "attachments");
    assert_eq!(found(&f, "大写"), "人民币陆佰元零叁分");
    assert_eq!(found(&f, "分摊"), "盲120.01 聋108.01 肢132.01 智84.00 精84.00 孤72.00");
    assert_eq!(f.accept(&office).unwrap(), Accepted::Save);
    let (id, no) = save(&office, &mut f).unwrap();
    assert_eq!(no, "银付-202603-001");
    let kept: i64 = ask(&office, &format!("SELECT sum(amount) FROM journal_split WHERE entry = {id}"));
    assert_eq!(kept, -60003);
    assert_eq!(
        ask::<String>(&office, &format!("SELECT status FROM journal_entry WHERE id = {id}")),
        "待审核"
    );
    agrees(&office);
}

#[test]
fn a_repeated_expense_and_a_grant_are_known_by_initials() {
    let office = office(CASHIER);
    let mut f = open(&office, "pay", None).unwrap();
    f.edit(&office, "86.5 bg").unwrap();
    assert!(f.form.text("summary").contains("办公用品"), "{}", f.form.text("summary"));
    assert!(found(&f, "像上次").contains("办公用品"));
    f.accept(&office).unwrap();
    assert_eq!(f.accept(&office).unwrap(), Accepted::Save);
    assert!(save(&office, &mut f).unwrap().1.starts_with("现付-202603-"));
    let mut f = open(&office, "receive", None).unwrap();
    f.edit(&office, "30000 b zx").unwrap();
    assert_eq!((f.form.text("summary"), f.form.text("fund")), ("收盲协专项补助", "F-BL-01"));
    f.accept(&office).unwrap();
    assert_eq!(f.accept(&office).unwrap(), Accepted::Save);
    assert!(save(&office, &mut f).unwrap().1.starts_with("银收-202603-"));
    agrees(&office);
}

#[test]
fn what_is_spelled_out_is_kept_as_typed() {
    let office = office(CASHIER);
    let mut f = open(&office, "pay", None).unwrap();
    f.edit(&office, "320.50 盲协专项 盲文纸 x 2张").unwrap();
    assert_eq!((f.form.text("summary"), f.form.text("fund")), ("盲文纸", "F-BL-01"));
    assert_eq!((f.form.text("account"), f.form.text("book")), ("5101.05", "CASH"));
    assert_eq!(f.form.text("attachments"), "2");
    assert_eq!(f.form.text("counterparty"), "", "whom another thing was bought from says nothing");
    // What the line no longer says leaves the fields.
    f.edit(&office, "320.50").unwrap();
    assert_eq!((f.form.text("summary"), f.form.text("fund")), ("", ""));
}

#[test]
fn a_restricted_fund_pays_only_its_purpose_within_its_days() {
    let office = office(CASHIER);
    let try_ = |texts: &[(&str, &str)]| code(act(&office, "pay", None, texts));
    let base = |account, fund, amount| {
        [("amount", amount), ("summary", "试"), ("account", account), ("fund", fund), ("book", "BANK")]
    };
    assert_eq!(try_(&base("5201.01", "F-BL-01", "10")), "journal-fund-running");
    assert_eq!(try_(&base("5101.01", "F-BL-01", "10")), "journal-fund-account");
    assert_eq!(try_(&base("5101.02", "F-BL-01", "9999999")), "journal-fund-below-zero");
    assert_eq!(try_(&base("5101.02", "F-BL-01", "10")), "done");
    let late = crate::subjects::funds::records::by_code(office.store.conn(), "F-PD-02").unwrap().unwrap();
    let day = late.rule.to.unwrap() + chrono::Days::new(1);
    let said = super::rules::may_pay(&late.rule, "5101.01", day, Fen(1), Fen(100));
    assert_eq!(said, Err(super::rules::Block::Period));
}

#[test]
fn a_broken_fund_rule_waits_for_secretary_and_accountant() {
    let cashier = office(CASHIER);
    let texts = [
        ("amount", "10"),
        ("summary", "应急"),
        ("account", "5201.01"),
        ("fund", "F-BL-01"),
        ("book", "BANK"),
        ("override_reason", "停电，先垫付"),
    ];
    let (id, _) = act(&cashier, "pay", None, &texts).unwrap();
    let deputy = as_(cashier, DEPUTY);
    assert_eq!(code(act(&deputy, "review", Some(id), &[])), "journal-override-open");
    assert_eq!(code(act(&deputy, "override", Some(id), &[])), "permission");
    let accountant = as_(deputy, ACCOUNTANT);
    act(&accountant, "override", Some(id), &[]).unwrap();
    assert_eq!(code(act(&accountant, "override", Some(id), &[])), "journal-override-twice");
    let secretary = as_(accountant, SECRETARY);
    act(&secretary, "override", Some(id), &[]).unwrap();
    act(&secretary, "review", Some(id), &[]).unwrap();
    assert_eq!(
        ask::<i64>(&secretary, "SELECT count(*) FROM journal_entry WHERE override_reason IS NOT NULL"),
        1
    );
}

#[test]
fn nobody_reviews_their_own_and_the_cashier_never_does() {
    let accountant = office(ACCOUNTANT);
    let (id, no) = act(&accountant, "pay", None, &[("line", "86.5 bg")]).unwrap();
    assert_eq!(code(act(&accountant, "review", Some(id), &[])), "journal-own-work");
    let cashier = as_(accountant, CASHIER);
    assert_eq!(code(act(&cashier, "review", Some(id), &[])), "journal-cashier-reviews");
    let deputy = as_(cashier, DEPUTY);
    act(&deputy, "review", Some(id), &[]).unwrap();
    assert_eq!(code(act(&deputy, "post", Some(id), &[])), "permission");
    let accountant = as_(deputy, ACCOUNTANT);
    act(&accountant, "post", Some(id), &[]).unwrap();
    assert_eq!(code(act(&accountant, "amend", Some(id), &[])), "journal-posted");
    assert_eq!(code(act(&accountant, "void", Some(id), &[("reason", "错")])), "journal-posted", "{no}");
    agrees(&accountant);
}

#[test]
fn posting_goes_in_order_and_takes_what_is_reviewed_along() {
    let accountant = office(ACCOUNTANT);
    let (first, _) = act(&accountant, "pay", None, &[("line", "86.5 bg")]).unwrap();
    let (second, _) = act(&accountant, "pay", None, &[("line", "12 bg")]).unwrap();
    let deputy = as_(accountant, DEPUTY);
    act(&deputy, "review", Some(second), &[]).unwrap();
    let accountant = as_(deputy, ACCOUNTANT);
    assert_eq!(code(act(&accountant, "post", Some(second), &[])), "journal-post-order");
    let deputy = as_(accountant, DEPUTY);
    act(&deputy, "review", Some(first), &[]).unwrap();
    let accountant = as_(deputy, ACCOUNTANT);
    act(&accountant, "post", Some(second), &[]).unwrap();
    let posted: i64 =
        ask(&accountant, "SELECT count(*) FROM journal_entry WHERE date = '2026-03-04' AND seq IS NOT NULL");
    assert_eq!(posted, 2);
    // Nothing goes before what is in the book.
    assert_eq!(code(act(&accountant, "pay", None, &[("line", "86.5 bg 3-03")])), "journal-before-posted");
}

#[test]
fn red_and_blue_as_the_rules_want_them() {
    let accountant = office(ACCOUNTANT);
    let wrong = entry(&accountant, "银付-202601-001");
    let this_year = ask::<String>(
        &accountant,
        "SELECT no FROM journal_entry WHERE date >= '2026-01-05' AND kind = '现付' ORDER BY id LIMIT 1",
    );
    let id = entry(&accountant, &this_year);
    assert!(wrong > 0);
    let (red, red_no) =
        act(&accountant, "reverse", Some(id), &[("reason", "金额误记"), ("amount", "20.50")]).unwrap();
    assert_eq!(red_no, "现付-202603-001");
    let summary: String = ask(&accountant, &format!("SELECT summary FROM journal_entry WHERE id = {red}"));
    assert!(summary.starts_with("注销1月") && summary.contains(&this_year), "{summary}");
    let both: i64 = ask(
        &accountant,
        &format!("SELECT count(*) FROM journal_entry WHERE reversal_of = {id} OR corrects = {id}"),
    );
    assert_eq!(both, 2);
    assert_eq!(code(act(&accountant, "reverse", Some(id), &[("reason", "再冲")])), "journal-reversed");
    let deputy = as_(accountant, DEPUTY);
    act(&deputy, "review", Some(red), &[]).unwrap();
    let accountant = as_(deputy, ACCOUNTANT);
    act(&accountant, "post", Some(red), &[]).unwrap();
    assert_eq!(code(act(&accountant, "reverse", Some(red), &[("reason", "冲红")])), "journal-is-reversal");
    agrees(&accountant);
    // A mistake of last year is put right in blue alone.
    let old = entry(&accountant, "现付-202501-001");
    assert_eq!(code(act(&accountant, "reverse", Some(old), &[("reason", "错")])), "journal-earlier-year");
    let (blue, no) =
        act(&accountant, "adjust", Some(old), &[("difference", "-8.90"), ("reason", "多记")]).unwrap();
    assert!(no.starts_with("现收-"), "{no}");
    assert_eq!(ask::<i64>(&accountant, &format!("SELECT amount FROM journal_entry WHERE id = {blue}")), 890);
    agrees(&accountant);
}

#[test]
fn a_void_voucher_keeps_its_number() {
    let accountant = office(ACCOUNTANT);
    let (id, no) = act(&accountant, "pay", None, &[("line", "86.5 bg")]).unwrap();
    act(&accountant, "void", Some(id), &[("reason", "重复")]).unwrap();
    let (_, next) = act(&accountant, "pay", None, &[("line", "86.5 bg")]).unwrap();
    assert_ne!(no, next);
    agrees(&accountant);
}

#[test]
fn cash_drawn_is_one_voucher_in_two_books() {
    let accountant = office(ACCOUNTANT);
    let (id, no) = act(&accountant, "move", None, &[("amount", "800")]).unwrap();
    let legs: i64 =
        ask(&accountant, &format!("SELECT count(*) FROM journal_entry WHERE no IN ('{no}', '{no}/2')"));
    assert_eq!((no.as_str(), legs), ("银付-202603-001", 2));
    agrees(&accountant);
    let deputy = as_(accountant, DEPUTY);
    act(&deputy, "review", Some(id), &[]).unwrap();
    let accountant = as_(deputy, ACCOUNTANT);
    act(&accountant, "post", Some(id), &[]).unwrap();
    let posted: i64 = ask(
        &accountant,
        &format!("SELECT count(*) FROM journal_entry WHERE no LIKE '{no}%' AND status = '已过账'"),
    );
    assert_eq!(posted, 2);
    agrees(&accountant);
}

#[test]
fn the_file_itself_refuses_what_no_action_would_do() {
    let office = office(ACCOUNTANT);
    let conn = office.store.conn();
    let refused = [
        "UPDATE journal_entry SET amount = 1 WHERE id = 1",
        "UPDATE journal_entry SET summary = 'x' WHERE id = 1",
        "UPDATE journal_entry SET status = '已作废' WHERE id = 1",
        "DELETE FROM journal_entry WHERE id = 1",
        "DELETE FROM journal_entry",
        "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE id = 1",
        "UPDATE journal_split SET amount = amount + 1 WHERE entry = 3",
        "DELETE FROM journal_split WHERE entry = 3",
        "INSERT INTO journal_split VALUES (3, 99, 1, 'JS', '5201.01', 0)",
        "UPDATE book SET opening = opening + 1",
        "UPDATE fund SET opening = opening + 1 WHERE id = 1",
        "DELETE FROM fund",
        "INSERT INTO journal_entry (no, kind, period, number, book, cash, date, summary, side, amount, status, preparer, version, \
         created_at, created_by, updated_at, updated_by) VALUES ('现付-202603-009', '现付', '2026-03', 9, 1, 1, '2026-03-04', 'x', \
         '付', -1, '待审核', 'x', 1, 'x', 'x', 'x', 'x')",
    ];
    for sql in refused {
        assert!(conn.execute(sql, []).is_err(), "{sql}");
    }
    agrees(&office);
}

#[path = "sequences.rs"]
mod sequences;

mod rules {
    //! Any sequence of what may happen leaves the invariants whole.
    use proptest::prelude::*;

    use super::super::rules::{FundRule, Restriction, Split, may_pay, mirrored, share};
    use crate::values::money::Fen;

    proptest! {
        #[test]
        fn shares_sum_and_mirror(amount in -10_000_000i64..10_000_000, weights in proptest::collection::vec(0u64..100, 6)) {
            let orgs = ["BL", "DF", "PD", "ID", "MD", "AS"];
            let named: Vec<(String, u64)> = orgs.iter().map(|o| (*o).to_owned()).zip(weights.iter().copied()).collect();
            match share(Fen(amount), 1, "5201.01", &named) {
                Ok(parts) => {
                    prop_assert_eq!(parts.iter().map(|p| p.amount.0).sum::<i64>(), amount);
                    let back = share(Fen(-amount), 1, "5201.01", &named).unwrap();
                    prop_assert_eq!(mirrored(&parts), back);
                }
                Err(_) => prop_assert!(weights.iter().all(|w| *w == 0)),
            }
        }

        #[test]
        fn no_fund_is_let_below_zero(amount in 1i64..1_000_000, left in -1000i64..1_000_000) {
            let rule = FundRule { restriction: Restriction::Unrestricted, ..FundRule::default() };
            let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
            prop_assert_eq!(may_pay(&rule, "5201.01", day, Fen(amount), Fen(left)).is_ok(), left >= amount);
        }
    }

    #[test]
    fn the_red_copy_takes_everything_back() {
        let split = |amount| Split { fund: 1, org: "BL".into(), account: "5201".into(), amount: Fen(amount) };
        assert_eq!(mirrored(&[split(5), split(-7)]), [split(-5), split(7)]);
    }
}

#[test]
fn a_day_without_a_sharing_rule_says_so() {
    let office = office(ACCOUNTANT);
    office.store.conn().execute("UPDATE share_rule SET valid_to = '2025-12-31'", []).unwrap();
    let said = act(&office, "pay", None, &[("line", "600.03 sd g")]);
    assert_eq!(code(said), "journal-no-rule");
}

#[test]
fn in_a_small_office_one_person_may_and_the_paper_says_so() {
    let mut accountant = office(ACCOUNTANT);
    let (id, _) = act(&accountant, "pay", None, &[("line", "86.5 bg")]).unwrap();
    let sql = "INSERT INTO setting (key, value, created_at, created_by, updated_at, updated_by) \
               VALUES ('rule.small_office', '1', 'x', 'x', 'x', 'x')";
    accountant.store.conn().execute(sql, []).unwrap();
    let own = accountant.catalog.changed(accountant.store.conn()).unwrap();
    accountant.catalog = own.unwrap();
    act(&accountant, "review", Some(id), &[]).unwrap();
    act(&accountant, "post", Some(id), &[]).unwrap();
    assert_eq!(ask::<i64>(&accountant, &format!("SELECT alone FROM journal_entry WHERE id = {id}")), 1);
    let day = "2026-03-04".parse().unwrap();
    let cx = accountant.cx();
    let report = super::reports::REPORTS.iter().find(|report| report.name == "voucher").unwrap();
    let paper = format!("{:?}", (report.make)(&cx, day, day).unwrap());
    assert!(paper.contains(&cx.t.say("report-alone")), "{paper}");
}
