//! The journal in and out: a year of another office's books, the file for hledger, red figures.

use std::collections::HashMap;

use crate::program::{Ran, Room};

/// The rows of a table of the sample.
fn sample(name: &str) -> Vec<HashMap<String, String>> {
    let path = format!("{}/data/sample/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let head = reader.headers().unwrap().clone();
    let row =
        |row: csv::StringRecord| head.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect();
    reader.records().map(|r| row(r.unwrap())).collect()
}

/// An office of one person with the sample's books and funds, and nothing written in them. What the associations gave to
/// the secretariat in the year lies there from the beginning: transfers stand in no book.
fn empty_office() -> (Room, impl Fn(&Room, &[&str]) -> Ran) {
    let room = Room::new();
    let pin = room.write("pin", b"2468\n");
    let run = move |room: &Room, args: &[&str]| {
        Ran::from(room.command(args).env("LIANBAN_PIN_FILE", &pin).output().unwrap())
    };
    run(&room, &["init", "--office", "样例", "--operator", "沈示安"]).ok();
    run(&room, &["operator", "post", "沈示安", "会计"]).ok();
    for (code, name, kind, opening) in
        [("CASH", "库存现金", "现金", "1286.40"), ("BANK", "银行存款", "银行", "155620.55")]
    {
        let set = [
            ("code", code),
            ("name", name),
            ("kind", kind),
            ("opening", opening),
            ("opened_on", "2025-01-01"),
        ];
        make(&room, &run, "books", &set);
    }
    let opening: HashMap<String, String> = (sample("fund_balances").into_iter())
        .map(|row| (row["fund_code"].clone(), row["opening_2025"].clone()))
        .collect();
    for fund in sample("funds") {
        let code = fund["fund_code"].as_str();
        let opening = if code == "F-JS-01" { "96906.95" } else { opening[code].as_str() };
        let set = [
            ("code", code),
            ("name", &fund["name"]),
            ("owner", &fund["owner"]),
            ("source", &fund["source"]),
            ("restriction", &fund["restriction"]),
            ("valid_from", "2025-01-01"),
            ("opening", opening),
        ];
        make(&room, &run, "funds", &set);
    }
    (room, run)
}

fn make(room: &Room, run: &impl Fn(&Room, &[&str]) -> Ran, subject: &str, set: &[(&str, &str)]) {
    let set: Vec<String> = set.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut args = vec!["act", subject, "create"];
    args.extend(set.iter().map(String::as_str));
    run(room, &args).ok();
}

const HEAD: [&str; 10] = [
    "日期",
    "凭证字号",
    "账户",
    "摘要",
    "对方科目",
    "收入（元）",
    "支出（元）",
    "基金名称",
    "往来单位",
    "附件张数",
];

/// The sample's 2025 as an office would have it in a spreadsheet: names instead of codes, a title above, a sum below.
fn year() -> Vec<[String; 10]> {
    let funds: HashMap<String, String> =
        sample("funds").into_iter().map(|row| (row["fund_code"].clone(), row["name"].clone())).collect();
    let row = |row: HashMap<String, String>| {
        let get = |name: &str| row[name].clone();
        let book = if row["book"] == "CASH" { "库存现金" } else { "银行存款" };
        [
            get("date"),
            get("voucher_no"),
            book.to_owned(),
            get("summary"),
            get("counter_account"),
            get("receipt"),
            get("payment"),
            funds[&row["fund_code"]].clone(),
            get("counterparty"),
            get("attachments"),
        ]
    };
    sample("journal").into_iter().filter(|row| row["date"].starts_with("2025")).map(row).collect()
}

#[test]
fn a_year_of_another_office_is_taken_from_a_workbook() {
    let (room, run) = empty_office();
    let rows = year();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "某秘书处2025年收支流水").unwrap();
    for (column, head) in (0u16..).zip(HEAD) {
        sheet.write(1, column, head).unwrap();
    }
    for (line, row) in (2u32..).zip(&rows) {
        for (column, cell) in (0u16..).zip(row) {
            match cell.parse::<f64>() {
                Ok(number) if (5..7).contains(&column) => sheet.write(line, column, number).unwrap(),
                _ => sheet.write(line, column, cell).unwrap(),
            };
        }
    }
    sheet.write(u32::try_from(rows.len()).unwrap() + 2, 0, "合计").unwrap();
    book.save(room.path("year.xlsx")).unwrap();
    let tried = run(&room, &["import", "journal", "year.xlsx", "--dry-run"]).ok().out;
    assert!(tried.contains(&rows.len().to_string()), "{tried}");
    run(&room, &["import", "journal", "year.xlsx"]).ok();
    // The last balances of the sample's own books; what the associations gave was in the bank from the beginning.
    let cash = run(&room, &["show", "CASH"]).ok().out;
    assert!(cash.contains("2,345.39"), "{cash}");
    let bank = run(&room, &["show", "BANK"]).ok().out;
    assert!(bank.contains("324,999.23"), "{bank}");
    for (fund, left) in [("F-JS-01", "28,088.69"), ("F-BL-01", "9,434.39"), ("F-DN-01", "11,440.00")] {
        let shown = run(&room, &["show", fund]).ok().out;
        assert!(shown.contains(left), "{shown}");
    }
    let wrong = run(&room, &["show", "现付-202508-005"]).ok().out;
    assert!(wrong.contains("注销8月11日现付-202508-002号凭证"), "the numbers come out as they were: {wrong}");
    let said = run(&room, &["report", "cash-journal", "--from", "2025-01-01", "--to", "2025-12-31"]).ok().out;
    assert!(!said.contains("提取备用金"), "nothing is posted before somebody else has reviewed it: {said}");
    run(&room, &["audit", "verify"]).ok();
}

#[test]
fn a_table_that_does_not_add_up_is_named_line_by_line() {
    let (room, run) = empty_office();
    let text = format!(
        "{}\n{}\n{}\n{}\n{}\n{}\n",
        HEAD.join(","),
        "2025-01-06,银付-202501-001,银行存款,提取备用金,1001,,1800.00,联合秘书处运转经费,,1",
        "2025-01-06,银付-202501-001,库存现金,提取备用金,1002,1900.00,,联合秘书处运转经费,,1",
        "2025-01-07,现付-202501-001,库存现金,纸,办公费,10.00,10.00,联合秘书处运转经费,,1",
        "2025-01-08,现付-202501-002,库存现金,纸,办公费,,10.00,没有的基金,,1",
        "2025-01-09,现付-202501-003,库存现金,纸,办公费,,10.00,盲协专项补助,,1",
    );
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    room.write("bad.csv", &bytes);
    let ran = run(&room, &["import", "journal", "bad.csv", "--json"]).refused(1, "");
    let refused: Vec<(i64, String)> = (ran.out.lines())
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter_map(|line| Some((line["line"].as_i64()?, line["code"].as_str()?.to_owned())))
        .collect();
    let wanted =
        [(3, "journal-other-half"), (4, "journal-one-column"), (5, "not-found"), (6, "journal-fund-running")]
            .map(|(line, code)| (line, code.to_owned()));
    assert_eq!(refused, wanted, "{}", ran.out);
    assert!(run(&room, &["list", "journal"]).ok().out.lines().all(|line| !line.contains("备用金")));
}

#[test]
fn the_posted_journal_goes_out_as_a_file_for_hledger() {
    let room = Room::demo();
    room.run(&["export", "journal", "-o", "y.journal", "--as", "仇拟文"]).ok();
    let text = std::fs::read_to_string(room.path("y.journal")).unwrap();
    assert!(text.contains("2025-01-06 * (银付-202501-001) 提取备用金"), "{text}");
    assert!(text.contains("    资产:1002 银行存款:F-JS-01  -1800.00 CNY"), "{text}");
    room.run(&["export", "journal", "-o", "y.journal", "--as", "仇拟文"]).refused(1, "y.journal");
    room.run(&["export", "people", "-o", "y2.journal"]).refused(2, "journal");
}

#[test]
fn red_figures_are_numbers_in_a_table_and_words_on_paper() {
    let room = Room::demo();
    let on = ["report", "cash-journal", "--from", "2025-08-13", "--to", "2025-08-13", "--as", "仇拟文"];
    let said = room.run(&on).ok().out;
    assert!(said.contains("-34.01 红字"), "{said}");
    room.run(&[&on[..], &["-o", "cash.csv"]].concat()).ok();
    let table = std::fs::read_to_string(room.path("cash.csv")).unwrap();
    assert!(table.contains(",-34.01,借,2628.02"), "{table}");
    room.run(&[&on[..], &["-o", "cash.xlsx"]].concat()).ok();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(room.path("cash.xlsx")).unwrap();
    let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    assert!(sheet.used_cells().any(|(_, _, cell)| cell == &calamine::Data::Float(-34.01)), "{sheet:?}");
}
