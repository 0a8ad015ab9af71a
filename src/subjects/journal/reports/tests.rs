//! The reports on the sample year, against the figures the sample says they must have.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::desk::office::Office;
use crate::desk::subject::{ReportSpec, Table};
use crate::values::money::Fen;

use super::sample::{sample, table};
use super::{REPORTS, sums, trial};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn made(office: &Office, name: &str, from: &str, to: &str) -> Table {
    let report: &ReportSpec = REPORTS.iter().find(|report| report.name == name).unwrap();
    (report.make)(&office.cx(), day(from), day(to)).unwrap()
}

fn column(table: &Table, label: &str) -> usize {
    table.columns.iter().position(|c| c == label).unwrap_or_else(|| panic!("{label} in {:?}", table.columns))
}

fn text(table: &Table) -> String {
    table.rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_years_execution_is_the_final_accounts() {
    let office = sample();
    let made = made(&office, "rp-22", "2025-01-01", "2025-12-31");
    let actual: Vec<(String, String, String)> = (made.rows.iter())
        .map(|row| {
            let account = row[3].split(' ').next().unwrap().to_owned();
            (row[0].clone(), account, row[4].clone())
        })
        .collect();
    let mut wanted: Vec<(String, String, String)> = (table("final_accounts_2025").into_iter())
        .filter(|row| row["actual"] != "0.00")
        .map(|row| (row["fund_code"].clone(), row["account"].clone(), row["actual"].clone()))
        .collect();
    let mut sorted = actual.clone();
    sorted.sort();
    wanted.sort();
    assert_eq!(sorted, wanted);
    assert!(made.footer.iter().any(|line| line.contains("相符")), "{:?}", made.footer);
}

#[test]
fn every_fund_closes_as_the_sample_says() {
    let office = sample();
    let made = made(&office, "rp-17", "2025-01-01", "2025-12-31");
    let (opening, closing) = (column(&made, "期初"), column(&made, "期末"));
    let funds: HashMap<&str, &Vec<String>> = made.rows.iter().map(|row| (row[0].as_str(), row)).collect();
    let wanted = table("fund_balances");
    assert_eq!(made.rows.len(), wanted.len() + 1);
    for row in &wanted {
        let fund = funds[row["fund_code"].as_str()];
        let figures = (fund[opening].as_str(), fund[closing].as_str());
        assert_eq!(figures, (row["opening_2025"].as_str(), row["closing_2025"].as_str()), "{fund:?}");
    }
    let ledger = super::tests::made(&office, "fund-ledger", "2025-01-01", "2025-12-31");
    for row in ledger.rows.iter().filter(|row| row[3] == "期末余额") {
        assert_eq!(row[7], funds[row[0].as_str()][closing], "{row:?}");
    }
    assert!(made.footer[0].starts_with("各基金合计") && made.footer[0].contains("相符"), "{:?}", made.footer);
    assert_eq!(made.footer[1], "没有突破限制的凭证");
}

#[test]
fn the_books_end_where_the_sample_ends_and_say_it_like_paper() {
    let office = sample();
    for (name, book) in [("cash-journal", "CASH"), ("bank-journal", "BANK")] {
        let made = made(&office, name, "2025-01-01", "2026-03-31");
        let lines: Vec<&Vec<String>> = made.rows.iter().filter(|row| !row[1].is_empty()).collect();
        let wanted: Vec<HashMap<String, String>> =
            table("journal").into_iter().filter(|row| row["book"] == book).collect();
        assert_eq!(lines.len(), wanted.len());
        for (line, row) in lines.iter().zip(&wanted) {
            let red =
                |text: &str| if text.starts_with('-') { format!("{text} 红字") } else { text.to_owned() };
            assert_eq!((&line[0], &line[1]), (&row["date"], &row["voucher_no"]));
            assert_eq!((&line[4], &line[5]), (&red(&row["receipt"]), &red(&row["payment"])), "{line:?}");
            assert_eq!((line[6].as_str(), &line[7]), ("借", &row["balance"]), "{line:?}");
        }
        let said = text(&made);
        for word in [
            "上年结转",
            "过次页（第 1 页）",
            "承前页（第 2 页）",
            "本日合计",
            "本月合计",
            "本年累计",
            "结转下年",
        ] {
            assert!(said.contains(word), "{name} does not say {word}");
        }
        assert_eq!(said.matches("结转下年").count(), 1, "the present year is not over");
    }
    let said = text(&made(&office, "cash-journal", "2025-08-13", "2025-08-13"));
    assert!(
        said.contains(
            "注销8月11日现付-202508-002号凭证（金额误记） 5201.06 差旅交通  -34.01 红字 借 2628.02"
        ),
        "{said}"
    );
    assert!(said.starts_with("2025-08-13  承前页（第 1 页）"), "{said}");
}

#[test]
fn debits_equal_credits_and_the_past_is_in_the_net_assets() {
    let office = sample();
    for (from, to) in [
        ("2025-01-01", "2025-12-31"),
        ("2025-03-10", "2025-08-13"),
        ("2026-01-01", "2026-12-31"),
        ("1900-01-01", "2099-12-31"),
    ] {
        let made = made(&office, "trial-balance", from, to);
        assert_eq!(made.footer[0], "借贷相等", "{from} {}", text(&made));
    }
    let cx = office.cx();
    let year = trial::lines(&cx, day("2025-01-01"), day("2025-12-31")).unwrap();
    assert_eq!((year["1001"].opening, year["1002"].opening), (128_640, 6_842_055));
    assert_eq!(year["1001"].closing() + year["1002"].closing(), closing_2025());
    let next = trial::lines(&cx, day("2026-01-01"), day("2026-12-31")).unwrap();
    let net = -(next["3101"].opening + next["3102"].opening);
    assert_eq!(net, year["1001"].closing() + year["1002"].closing());
    assert_eq!(next["1002"].closing(), 39_272_416);
    assert!(next.get("4401").is_none_or(|line| line.opening == 0), "income begins anew");
    let moved = trial::lines(&cx, day("2025-07-01"), day("2025-07-31")).unwrap();
    assert!(
        moved["4401"].opening < 0 && moved["3101"].debit == moved["3101"].credit,
        "transfers net to nothing"
    );
}

/// What all funds have at the end of 2025, fen.
fn closing_2025() -> i64 {
    table("fund_balances").iter().map(|row| Fen::parse(&row["closing_2025"]).unwrap().0).sum()
}

#[test]
fn whole_months_and_broken_ones_add_up_to_the_same() {
    let office = sample();
    let db = office.store.conn();
    let sum = |from: &str, to: &str| {
        sums::moved(db, day(from), day(to)).unwrap().iter().map(|m| m.amount.0).sum::<i64>()
    };
    let year = sum("2025-01-01", "2025-12-31");
    assert_ne!(year, 0);
    assert_eq!(sum("2025-01-01", "2025-05-17") + sum("2025-05-18", "2025-12-31"), year);
    assert_eq!(
        sum("2025-01-01", "2025-05-10") + sum("2025-05-11", "2025-05-20") + sum("2025-05-21", "2025-12-31"),
        year
    );
    let plain: i64 = db
        .query_row(
            "SELECT sum(s.amount) FROM journal_split s JOIN journal_entry e ON e.id = s.entry WHERE e.date < '2026'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(plain, year);
    assert_eq!(sum("2025-12-31", "2025-01-01"), 0);
}

#[test]
fn what_is_not_posted_is_in_no_report() {
    let office = sample();
    let reports: Vec<Table> = REPORTS
        .iter()
        .map(|r| (r.make)(&office.cx(), day("2025-01-01"), day("2026-12-31")).unwrap())
        .collect();
    let sql = "INSERT INTO journal_entry (no, leg, kind, period, number, book, cash, date, summary, account, side, amount, status, \
               preparer, version, created_at, created_by, updated_at, updated_by) VALUES ('现收-202612-001', 1, '现收', \
               '2026-12', 1, 1, 1, '2026-12-01', '未过账', '4901', '收', 100, '待审核', 'P05', 1, '', '', '', '')";
    let db = office.store.conn();
    db.execute(sql, []).unwrap();
    db.execute("INSERT INTO journal_split VALUES (last_insert_rowid(), 1, 1, 'BL', '4901', 100)", [])
        .unwrap();
    for (report, before) in REPORTS.iter().zip(reports) {
        let after = (report.make)(&office.cx(), day("2025-01-01"), day("2026-12-31")).unwrap();
        assert!(after == before, "{} counts what is not posted", report.name);
        assert!(after.notes.iter().any(|note| note == "只算已过账的凭证"), "{}", report.name);
        assert_eq!(after.columns.len(), after.numbers.len());
        assert!(after.rows.iter().all(|row| row.len() == after.columns.len()), "{}", report.name);
    }
}

#[test]
fn a_voucher_says_capitals_funds_and_who_signed() {
    let office = sample();
    let said = text(&made(&office, "voucher", "2025-01-06", "2025-01-06"));
    assert!(said.contains("银付-202501-001 2025-01-06 提取备用金"), "{said}");
    assert!(
        said.contains(" 1002 银行存款    1800.00") && said.contains(" 1001 库存现金 F-JS-01 联秘 1800.00 "),
        "{said}"
    );
    assert!(said.contains("合计 人民币壹仟零伍拾柒元伍角贰分   1057.52 1057.52"), "{said}");
    assert!(said.contains("制单 仇拟文 审核 姚拟宁 记账 仇拟文 出纳 解样和"), "{said}");
    let red = text(&made(&office, "voucher", "2025-08-13", "2025-08-13"));
    assert!(red.contains("合计 人民币负叁拾肆元零壹分   -34.01 红字 -34.01 红字"), "{red}");
    let moved = text(&made(&office, "voucher", "2025-01-16", "2025-01-16"));
    assert!(
        moved.contains("基金间划转 F-BL-00 盲协 4360.00 \n") && moved.contains("F-JS-01 盲协  4360.00"),
        "{moved}"
    );
}

#[test]
fn months_are_told_in_a_table_a_chart_and_a_sentence() {
    let office = sample();
    let table = made(&office, "receipts-payments", "2025-01-01", "2025-12-31");
    assert_eq!(table.rows.len(), 13);
    assert_eq!(table.rows[12][4], Fen(closing_2025()).plain());
    let broken = made(&office, "receipts-payments", "2025-01-01", "2025-12-30");
    assert_eq!(broken.rows.len(), 13, "from the lines themselves");
    let chart = super::months::chart(&office.cx(), day("2025-01-01"), day("2025-12-31")).unwrap();
    assert_eq!((chart.bars.len(), chart.unit.as_str()), (24, "元"));
    assert!(chart.sentence.starts_with("12 个月 收入 "), "{}", chart.sentence);
    let sums: i64 = chart.bars.iter().filter(|bar| bar.series == "收入").map(|bar| bar.value).sum();
    assert!(chart.sentence.contains(&Fen(sums).plain()), "{}", chart.sentence);
}
