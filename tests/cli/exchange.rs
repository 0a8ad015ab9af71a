//! Tables in and out, as real offices have them.

use crate::program::Room;

const HEAD: &str = "姓名,公民身份号码,残疾人证号码,联系电话,残疾类别,级别";
const ONE: &str = "单示安,330521197302089723,33052119730208972322,13000000901,听力,二级";

fn table(rows: &[&str]) -> String {
    let mut text = format!("某街道残疾人名册,,,,,\n填报单位：样例,,,,,\n{HEAD}\n");
    for row in rows {
        text.push_str(row);
        text.push('\n');
    }
    text.push_str("\n合计,1,,,,\n");
    text
}

fn people(room: &Room) -> usize {
    room.json(&["list", "people"]).len()
}

#[test]
fn a_table_is_tried_first_and_then_taken() {
    let room = Room::demo();
    let before = people(&room);
    let path = room.write("in.csv", table(&[ONE]).as_bytes());
    let tried = room.json(&["import", "people", &path, "--dry-run"]).remove(0);
    assert_eq!((tried["taken"].as_i64(), tried["written"].as_bool()), (Some(1), Some(false)));
    assert_eq!(people(&room), before);
    let taken = room.json(&["import", "people", &path]).remove(0);
    assert_eq!((taken["taken"].as_i64(), taken["written"].as_bool()), (Some(1), Some(true)));
    assert_eq!(people(&room), before + 1);
    let found = room.json(&["list", "people", "--where", "ssa 9723"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["category"], "听力");
    // The same table again: everyone is known.
    room.run(&["import", "people", &path]).refused(1, "");
    assert_eq!(people(&room), before + 1);
    room.run(&["audit", "verify"]).ok();
}

#[test]
fn one_bad_row_keeps_the_whole_table_out_and_every_bad_row_is_named() {
    let room = Room::demo();
    let before = people(&room);
    let rows = [
        ONE,
        "曾拟宁,3.30521E+17,,,,",
        "仇示平,330521198506129000,,,,",
        "任拟书,330521197302089273,,,,",
        "缪示恩,330521197302089723,,,,",
        ",,,13000000902,,",
    ];
    let path = room.write("in.csv", table(&rows).as_bytes());
    let ran = room.run(&["import", "people", &path, "--json"]).refused(1, "");
    let lines: Vec<serde_json::Value> = ran.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let refused: Vec<(i64, &str)> =
        lines.iter().filter_map(|l| Some((l["line"].as_i64()?, l["code"].as_str()?))).collect();
    let wanted = [
        (5, "import-destroyed"),
        (6, "import-destroyed"),
        (7, "E_CHECKSUM"),
        (8, "import-twice"),
        (9, "required"),
    ];
    assert_eq!(refused, wanted, "{}", ran.out);
    assert_eq!(people(&room), before);
    let said = room.run(&["import", "people", &path]).refused(1, "").out;
    assert!(said.contains("Excel 已破坏该号码"), "{said}");
}

#[test]
fn gb18030_is_read_and_what_is_no_text_is_named_by_line() {
    let room = Room::demo();
    let text = table(&[ONE]);
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    let path = room.write("gb.csv", &bytes);
    room.run(&["import", "people", &path, "--dry-run"]).ok();
    let mut broken = bytes.to_vec();
    broken.extend([0xFF, 0xFF, b'\n']);
    let path = room.write("broken.csv", &broken);
    room.run(&["import", "people", &path]).refused(4, "第 7 行");
    room.run(&["import", "people", "none.csv"]).refused(4, "none.csv");
    let path = room.write("x.pdf", b"x");
    room.run(&["import", "people", &path]).refused(2, "pdf");
    let path = room.write("y.csv", "甲,乙\n1,2\n".as_bytes());
    room.run(&["import", "people", &path]).refused(1, "表头");
}

#[test]
fn a_workbook_with_titles_merged_cells_and_numbers_is_read() {
    let room = Room::demo();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 0, 3, "名册", &plain).unwrap();
    for (column, head) in ["姓名", "身份证号", "街道", "出生日期"].into_iter().enumerate() {
        sheet.write(1, u16::try_from(column).unwrap(), head).unwrap();
    }
    sheet.write(2, 0, "单示安").unwrap().write(2, 1, "330521197302089723").unwrap();
    sheet.write(3, 0, "曾拟宁").unwrap().write(3, 3, 30000).unwrap();
    sheet.merge_range(2, 2, 3, 2, "武康街道", &plain).unwrap();
    book.save(room.path("in.xlsx")).unwrap();
    room.run(&["import", "people", "in.xlsx"]).ok();
    let found = room.json(&["list", "people", "--where", "znn"]);
    let new = found.iter().find(|who| who["township"] == "武康街道").unwrap_or_else(|| panic!("{found:?}"));
    assert!(room.run(&["show", new["ref"].as_str().unwrap()]).ok().out.contains("44"));

    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "姓名").unwrap().write(0, 1, "身份证号").unwrap();
    sheet.write(1, 0, "单示安").unwrap().write(1, 1, 330_521_197_302_089_723_f64).unwrap();
    book.save(room.path("bad.xlsx")).unwrap();
    room.run(&["import", "people", "bad.xlsx"]).refused(1, "");
    let said = room.run(&["import", "people", "bad.xlsx"]).out;
    assert!(said.contains("第 2 行") && said.contains("Excel"), "{said}");
}

#[test]
fn what_goes_out_is_masked_and_whole_only_with_a_reason_and_a_trace() {
    let room = Room::demo();
    room.run(&["export", "people", "-o", "masked.csv"]).ok();
    let bytes = std::fs::read(room.path("masked.csv")).unwrap();
    assert!(bytes.starts_with(&[0xEF, 0xBB, 0xBF]));
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("\r\n") && text.contains("沈*安") && !text.contains("330521194603179606"));
    room.run(&["export", "people", "-o", "masked.csv"]).refused(1, "已经有了");
    room.run(&["export", "people", "-o", "x.pdf"]).refused(2, "pdf");
    room.run(&["export", "people", "-o", "w.csv", "--reason", "年审", "--as", "缪示恩"]).refused(3, "可以请");
    room.run(&["export", "people", "-o", "whole.csv", "--reason", "年审"]).ok();
    let text = std::fs::read_to_string(room.path("whole.csv")).unwrap();
    assert!(text.contains("330521194603179606") && text.contains("导出 曾示平"));
    let trail = room.json(&["audit", "--as", "沈示安", "--limit", "1"]).remove(0);
    assert_eq!((trail["action"].as_str(), trail["reason"].as_str()), (Some("people.export"), Some("年审")));
    // What went out comes in again elsewhere.
    let other = Room::new();
    let pin = other.write("pin", b"2468");
    let run = |args: &[&str]| {
        crate::program::Ran::from(other.command(args).env("LIANBAN_PIN_FILE", &pin).output().unwrap())
    };
    run(&["init", "--office", "样例", "--operator", "沈示安"]).ok();
    let path = room.path("whole.csv").display().to_string();
    run(&["import", "people", &path]).ok();
}

#[test]
fn the_samples_own_tables_come_into_an_empty_office() {
    let room = Room::new();
    let pin = room.write("pin", b"2468");
    let run = |args: &[&str]| {
        crate::program::Ran::from(room.command(args).env("LIANBAN_PIN_FILE", &pin).output().unwrap())
    };
    let sample = |name: &str| format!("{}/data/sample/{name}", env!("CARGO_MANIFEST_DIR"));
    run(&["init", "--office", "样例", "--operator", "沈示安"]).ok();
    // Cases name people who are not here yet.
    run(&["import", "cases", &sample("cases.csv")]).refused(1, "");
    run(&["import", "people", &sample("clients.csv")]).ok();
    run(&["import", "cases", &sample("cases.csv")]).ok();
    let found = run(&["list", "cases", "--where", "防走失", "--json"]).ok().out;
    assert!(found.contains("SL-2026-0012"), "{found}");
    assert!(run(&["show", "SL-2026-0014"]).ok().out.contains("林*宁"));
    run(&["check"]).ok();
}

#[test]
fn reports_are_text_csv_and_workbooks() {
    let room = Room::demo();
    let text = room.run(&["report", "rp-23", "--from", "2026-01-01", "--to", "2026-03-31"]).ok().out;
    assert!(text.contains("SL-2026-0001"), "{text}");
    room.run(&["report", "rp-23", "-o", "r.csv"]).ok();
    room.run(&["report", "rp-23", "-o", "r.xlsx"]).ok();
    assert!(std::fs::read(room.path("r.xlsx")).unwrap().starts_with(b"PK"));
    room.run(&["report", "rp-23", "--from", "2026-03-02", "--to", "2026-03-01"]).refused(1, "2026-03-02");
    assert!(!room.json(&["report", "rp-27"]).is_empty());
}

#[test]
fn the_shifts_of_one_person_go_out_as_a_calendar() {
    let room = Room::demo();
    room.run(&["export", "shifts", "--of", "P09", "-o", "p09.ics", "--as", "曾示平"]).ok();
    let text = std::fs::read_to_string(room.path("p09.ics")).unwrap();
    assert!(text.contains("手语翻译") && !text.contains("值班"), "{text}");
    room.run(&["export", "shifts", "--of", "P99", "-o", "p99.ics", "--as", "曾示平"]).refused(1, "P99");
}
