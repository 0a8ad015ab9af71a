//! The bank's statement of the sample beside its journal: proposed, ticked, compared to the fen, taken in from tables.

use std::path::Path;

use rusqlite::params;

use crate::desk::action::Scope;
use crate::desk::door::{self, Step};
use crate::desk::filling::Filling;
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{ReportSpec, Subject, Table};
use crate::desk::view::{Fact, Part};
use crate::office::{ImportReport, Opening, Scripts, Who};
use crate::store::audit;
use crate::subjects::bank::{Bank, records};
use crate::subjects::demo::tests::office;
use crate::subjects::keep;

/// The accountant of the sample.
pub(crate) const ACCOUNTANT: &str = "仇拟文";
/// Its cashier.
pub(crate) const CASHIER: &str = "解样和";

/// Does an action as a person would, through its form and the door.
pub(crate) fn act(
    office: &Office,
    subject: &'static dyn Subject,
    action: &str,
    ids: &[i64],
    texts: &[(&str, &str)],
) -> Result<(String, Step), Refusal> {
    let action = door::action(subject, action).unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    let others = ids.iter().skip(1).copied().collect();
    for id in ids {
        door::check(&office.cx(), subject, action, Some(*id))?;
    }
    let mut filling = Filling::open(office, session, subject, action, ids.first().copied(), others)?;
    for (name, text) in texts {
        filling.form.focus = filling.place(name).unwrap_or_else(|| panic!("no {name}"));
        filling.edit(office, text).unwrap();
    }
    filling.check_all(office)?;
    let (done, step) = door::perform(office, subject, filling.action, &filling.form)?;
    let mut args = done[0].args.clone();
    args.push(("ref", done[0].reference.clone()));
    assert!(action.scope != Scope::Many || !ids.is_empty());
    Ok((office.locale.with(&format!("{}-do-{}.done", subject.name(), action.name), &args), step))
}

/// A report for a year and a bit.
pub(crate) fn report(office: &Office, reports: &'static [ReportSpec]) -> Table {
    (reports[0].make)(&office.cx(), "2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap()).unwrap()
}

/// The facts of a page, one a line.
pub(crate) fn page(office: &Office, subject: &dyn Subject, id: i64) -> String {
    let said = |f: &Fact| format!("{}:{}\n", f.label, f.value);
    let parts = subject.page(&office.cx(), id).unwrap();
    let facts =
        parts.iter().filter_map(|part| if let Part::Facts(facts) = part { Some(facts) } else { None });
    facts.flat_map(|f| &f.items).map(said).collect()
}

fn id(office: &Office, no: &str) -> i64 {
    let sql = "SELECT id FROM bank_line WHERE no = ?1";
    office.store.conn().query_row(sql, [no], |row| row.get(0)).unwrap()
}

fn open(office: &Office) -> Vec<i64> {
    let mut statement = office
        .store
        .conn()
        .prepare("SELECT id FROM statement_line WHERE ticked_at IS NULL ORDER BY id")
        .unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn proposed(office: &Office) -> Vec<i64> {
    let lines = records::find_all(office.store.conn(), &open(office)).unwrap();
    let mut found: Vec<i64> =
        records::proposals(office.store.conn(), &lines, 5).unwrap().iter().map(|(p, _)| p.line).collect();
    found.sort_unstable();
    found
}

/// The statement of the sample as its table has it.
fn expected() -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/bank_reconciliation_2026_02.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let row = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|r| row(r.unwrap())).collect()
}

#[test]
fn the_statement_of_the_sample_comes_out_to_the_fen() {
    let office = office(ACCOUNTANT);
    let before = report(&office, super::reports::REPORTS);
    let adjusted = |table: &Table| {
        let all = table.rows.iter().filter(|row| row[0] == "调节后余额");
        all.map(|row| row[2].clone()).collect::<Vec<_>>()
    };
    assert_eq!(adjusted(&before)[0], adjusted(&before)[1], "both know what the other does not");
    let proposed = proposed(&office);
    assert_eq!(proposed.len(), 10, "all but the donation and the charge");
    act(&office, &Bank, "tick", &proposed, &[]).unwrap();
    let table = report(&office, super::reports::REPORTS);
    let mut expected = expected();
    // The sample names the line by its place in the table, the office by its voucher.
    expected[0][3] = "银付-202602-011".into();
    assert_eq!(table.rows, expected);
    assert!(table.footer[0].contains("调节后余额相等"), "{:?}", table.footer);
    assert_eq!(open(&office).len(), 2);
    audit::verify(office.store.conn()).unwrap();
}

/// The bank took the same charge a second time the day after; the journal has one of the two.
fn twice(office: &Office) {
    let copy = "INSERT INTO bank_line (no, book, period, date, text, amount, version, created_at, created_by, updated_at, \
                updated_by) SELECT 'BS-013', book, period, '2026-02-25', text, amount, 1, '', '', '', '' \
                FROM bank_line WHERE no = 'BS-007'";
    office.store.conn().execute(copy, []).unwrap();
}

#[test]
fn a_line_the_bank_never_wrote_is_voided_and_counts_nowhere() {
    let office = office(ACCOUNTANT);
    let right = report(&office, super::reports::REPORTS);
    twice(&office);
    let wrong = id(&office, "BS-013");
    assert_ne!(report(&office, super::reports::REPORTS), right);
    assert_eq!(act(&office, &Bank, "void", &[wrong], &[]).unwrap_err().field, Some("void_reason"));
    let (said, step) = act(&office, &Bank, "void", &[wrong], &[("void_reason", "收错了表")]).unwrap();
    assert_eq!(said, "已作废 BS-013");
    assert_eq!(report(&office, super::reports::REPORTS), right, "it is in no sum");
    assert!(!open(&office).contains(&wrong));
    assert_eq!(act(&office, &Bank, "tick", &[wrong], &[]).unwrap_err().code, "bank-voided");
    assert!(page(&office, &Bank, wrong).contains("作废原因:收错了表"));
    door::revert(&office, &step).unwrap();
    assert!(open(&office).contains(&wrong), "undo brings it back");
    let ticked = proposed(&office)[0];
    act(&office, &Bank, "tick", &[ticked], &[]).unwrap();
    let refused = act(&office, &Bank, "void", &[ticked], &[("void_reason", "收错了表")]).unwrap_err();
    assert_eq!(refused.code, "bank-ticked");
    assert!(office.store.conn().execute("DELETE FROM bank_line", []).is_err(), "nothing is deleted");
}

#[test]
fn all_at_once_takes_only_what_needs_no_choice() {
    let office = office(ACCOUNTANT);
    let conn = office.store.conn();
    twice(&office);
    let (said, step) = act(&office, &Bank, "tick-all", &[], &[]).unwrap();
    assert_eq!(
        said, "已勾对 9 笔，余 4 笔",
        "two charges of one amount, one voucher: a person has to choose"
    );
    let rows = "SELECT count(*) FROM audit WHERE subject = 'bank' AND action = 'tick'";
    let rows: i64 = conn.query_row(rows, [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 9, "each line has its own row in the audit");
    assert!(door::revert(&office, &step).is_err());
    assert_eq!(act(&office, &Bank, "tick-all", &[], &[]).unwrap_err().code, "bank-none-sure");
    audit::verify(conn).unwrap();
}

#[test]
fn a_tick_says_what_it_stands_for_and_is_taken_back() {
    let office = office(ACCOUNTANT);
    let (first, donation) = (id(&office, "BS-001"), id(&office, "BS-011"));
    assert!(page(&office, &Bank, first).contains("账上:银付-202602-001"), "{}", page(&office, &Bank, first));
    assert_eq!(act(&office, &Bank, "tick", &[donation], &[]).unwrap_err().code, "bank-no-proposal");
    let (said, step) = act(&office, &Bank, "tick", &[first], &[]).unwrap();
    assert_eq!(said, "已勾对 BS-001 对 银付-202602-001");
    assert_eq!(act(&office, &Bank, "tick", &[first], &[]).unwrap_err().code, "bank-ticked");
    let again = door::revert(&office, &step).unwrap();
    assert_eq!(open(&office).len(), 12);
    assert!(records::matched(office.store.conn(), first).unwrap().is_empty());
    door::revert(&office, &again).unwrap();
    assert_eq!(records::matched(office.store.conn(), first).unwrap()[0].no, "银付-202602-001");
    act(&office, &Bank, "untick", &[first], &[]).unwrap();
    assert_eq!(open(&office).len(), 12);
}

#[test]
fn by_hand_the_sum_must_agree_and_a_voucher_stands_once() {
    let office = office(ACCOUNTANT);
    let fee = id(&office, "BS-012");
    let by_hand = |texts| act(&office, &Bank, "tick-by-hand", &[fee], &[("entries", texts)]);
    assert_eq!(by_hand("银付-202602-099").unwrap_err().code, "bank-no-entry");
    let differs = by_hand("银付-202602-011").unwrap_err();
    assert_eq!((differs.code, differs.args[2].1.as_str()), ("bank-sum-differs", "850.00"));
    act(&office, &Bank, "tick", &[id(&office, "BS-001")], &[]).unwrap();
    assert_eq!(by_hand("银付-202602-001").unwrap_err().code, "bank-entry-ticked");
    // One line of the bank for two vouchers.
    let sql = "UPDATE bank_line SET amount = -149740 WHERE id = ?1";
    office.store.conn().execute(sql, [id(&office, "BS-003")]).unwrap();
    act(&office, &Bank, "untick", &[id(&office, "BS-001")], &[]).unwrap();
    let both = [("entries", "银付-202602-003、银付-202602-001")];
    act(&office, &Bank, "tick-by-hand", &[id(&office, "BS-003")], &both).unwrap();
    assert_eq!(records::matched(office.store.conn(), id(&office, "BS-003")).unwrap().len(), 2);
}

#[test]
fn what_is_ambiguous_is_said() {
    let office = office(ACCOUNTANT);
    let conn = office.store.conn();
    twice(&office);
    let cells = |no: &str| Bank.rows(&office.cx(), &[id(&office, no)]).unwrap()[0].cells[3].clone();
    assert_eq!(cells("BS-007"), "银付-202602-007 2-24 有2笔合适");
    assert_eq!(cells("BS-013"), "无");
    // Two lines of the journal of the same amount near one of the bank.
    conn.execute("UPDATE bank_line SET amount = -300000 WHERE no = 'BS-001'", []).unwrap();
    conn.execute("UPDATE bank_line SET date = '2026-02-10' WHERE no = 'BS-001'", []).unwrap();
    let lines = records::find_all(conn, &[id(&office, "BS-001"), id(&office, "BS-004")]).unwrap();
    let found = records::proposals(conn, &lines, 40).unwrap();
    let said: Vec<_> = found.iter().map(|(p, e)| (p.line, e.no.as_str(), p.candidates)).collect();
    assert_eq!(
        said,
        [(id(&office, "BS-001"), "银付-202602-004", 2), (id(&office, "BS-004"), "银付-202601-005", 2),]
    );
}

#[test]
fn only_the_accountant_compares_and_associations_see_nothing() {
    let mut office = office(CASHIER);
    let tick = door::action(&Bank, "tick").unwrap();
    let line = id(&office, "BS-001");
    let refused = door::check(&office.cx(), &Bank, tick, Some(line)).unwrap_err();
    assert_eq!(refused.code, "permission");
    act(&office, &Bank, "note", &[line], &[("note", "等回单")]).unwrap();
    assert!(Bank.scope(&office.cx()).sql.is_empty());
    office.who.posts = vec![("liaison".into(), "BL".into())];
    assert_eq!(Bank.scope(&office.cx()).sql, "0");
    assert!(Bank.today(&office.cx(), 10).unwrap().is_empty());
}

#[test]
fn a_month_waits_until_it_is_ticked_or_explained() {
    let office = office(ACCOUNTANT);
    let said = |office: &Office| {
        Bank.today(&office.cx(), 9).unwrap().into_iter().map(|d| d.what).collect::<Vec<_>>()
    };
    assert_eq!(said(&office), ["银行存款待勾对 12 笔"]);
    act(&office, &Bank, "tick", &proposed(&office), &[]).unwrap();
    for line in open(&office) {
        act(&office, &Bank, "note", &[line], &[("note", "等回单")]).unwrap();
    }
    assert!(said(&office).is_empty());
    let book = records::books(office.store.conn()).unwrap()[0].0;
    let month = crate::subjects::periods::rules::Month::named("2026-02").unwrap();
    assert_eq!(super::stand::open_in(office.store.conn(), book, month).unwrap(), None);
}

/// A demonstration office in a file, and the scripts of one of its people.
fn scripts(folder: &Path) -> Scripts {
    let file = folder.join("office.db");
    drop(crate::office::practice_in(&file, crate::values::lang::Lang::Zh).unwrap());
    let now = "2026-03-04T09:30:00".parse().ok();
    let opening =
        Opening { file, lang: crate::values::lang::Lang::Zh, now, terminal: "test".into(), read_only: false };
    Scripts::enter(&opening, &Who { name: CASHIER.into(), pin: None, speak: None }).unwrap()
}

fn take(scripts: &Scripts, folder: &Path, name: &str, bytes: &[u8], dry: bool) -> ImportReport {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    scripts.import("bank", &path, &[], dry, &mut |_, _| {}).unwrap()
}

#[test]
fn tables_of_banks_are_taken_in_once_and_their_headers_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let scripts = scripts(folder.path());
    // The sample's own table is in the office already: every row is passed over, none refused.
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/bank_statement_2026_02.csv");
    let sample = std::fs::read(sample).unwrap();
    let report = take(&scripts, folder.path(), "again.csv", &sample, false);
    assert_eq!((report.taken, report.skipped.len(), report.refused.len()), (0, 12, 0), "{report:?}");
    // A bank's table under title rows, in its own encoding, with times, commas and a sum below.
    let table = "样例银行德清支行账户明细,,,,\n交易时间,交易摘要,贷方发生额,借方发生额,账户余额\n\
                 2026-03-02 10:15:09,县财政局拨款,\"12,600.00\",0.00,\"330,874.16\"\n\
                 20260303,短信费,,2.00,330872.16\n合计,,12600.00,2.00,\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(table);
    let dry = take(&scripts, folder.path(), "march.csv", &bytes, true);
    assert_eq!((dry.taken, dry.written, dry.refused.len()), (2, false, 0), "{dry:?}");
    let report = take(&scripts, folder.path(), "march.csv", &bytes, false);
    assert_eq!((report.taken, report.written), (2, true));
    assert_eq!(take(&scripts, folder.path(), "march.csv", &bytes, false).skipped.len(), 2);
    let conn = scripts.office().store.conn();
    let kept = "SELECT group_concat(date || ' ' || amount || ' ' || balance, ';') FROM bank_line WHERE no > 'BS-012'";
    let kept: String = conn.query_row(kept, [], |row| row.get(0)).unwrap();
    assert_eq!(kept, "2026-03-02 1260000 33087416;2026-03-03 -200 33087216");
    let header = |field: &str| -> String {
        let sql = "SELECT header FROM bank_layout WHERE field = ?1";
        conn.query_row(sql, params![field], |row| row.get(0)).unwrap()
    };
    assert_eq!((header("date"), header("credit")), ("交易时间".into(), "贷方发生额".into()));
    // One column with its own word, told once by hand.
    let odd = "那天,写了啥,多少钱\n2026-03-04,利息,3.21\n";
    assert!(scripts.import("bank", &folder.path().join("none.csv"), &[], true, &mut |_, _| {}).is_err());
    std::fs::write(folder.path().join("odd.csv"), odd).unwrap();
    assert!(scripts.import("bank", &folder.path().join("odd.csv"), &[], true, &mut |_, _| {}).is_err());
    let told = [("head_date", "那天"), ("head_text", "写了啥"), ("head_amount", "多少钱")];
    act(scripts.office(), &Bank, "layout", &[], &told).unwrap();
    let report = take(&scripts, folder.path(), "odd.csv", odd.as_bytes(), false);
    assert_eq!((report.taken, report.refused.len()), (1, 0), "{report:?}");
    let bad = "日期,摘要,收入,支出\n2026-03-04,两边,1.00,2.00\n2026-03-04,没有,,\n";
    let report = take(&scripts, folder.path(), "bad.csv", bad.as_bytes(), false);
    let codes: Vec<&str> = report.refused.iter().map(|r| r.code.as_str()).collect();
    assert_eq!(codes, ["bank-both-ways", "bank-no-amount"]);
    assert!(keep::text("x") != keep::text(""));
}
