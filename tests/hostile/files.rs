//! Evil in files that are taken in: bombs, sheets without end, formulas, encodings mixed, cut and damaged files.

use std::fs::File;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::chance::{Chance, EVIL, for_a_while};
use super::room::Room;

const HEAD: &str = "姓名,残疾证号,电话,社区\n";

/// A spreadsheet of one sheet with this inside.
fn sheet(data: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let parts = [
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
    ];
    for (name, text) in parts {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    zip.write_all(br#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#).unwrap();
    data(&mut zip);
    zip.write_all(b"</sheetData></worksheet>").unwrap();
    zip.finish().unwrap().into_inner()
}

fn cell(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn bombs_and_endless_sheets_are_refused_before_they_take_the_memory() {
    let room = Room::new();
    let bomb = sheet(|zip| {
        let blank = vec![b' '; 1 << 20];
        for _ in 0..400 {
            zip.write_all(&blank).unwrap();
        }
    });
    assert!(bomb.len() < 2_000_000, "it is small before it is opened");
    std::fs::write(room.path("bomb.xlsx"), bomb).unwrap();
    let far = sheet(|zip| {
        let rows = format!(
            r#"<row r="1">{}</row><row r="1048576">{}</row>"#,
            cell("A1", "姓名"),
            cell("XFD1048576", "x")
        );
        zip.write_all(rows.as_bytes()).unwrap();
    });
    std::fs::write(room.path("far.xlsx"), far).unwrap();
    let wide = format!("姓名{}\n沈{}\n", ",x".repeat(1_000_000), ",1".repeat(1_000_000));
    std::fs::write(room.path("wide.csv"), wide).unwrap();
    for name in ["bomb.xlsx", "far.xlsx", "wide.csv"] {
        let (said, code) = room.said(["import", "people", name, "--dry-run"]);
        assert_eq!(code, Some(4), "{name}: {said}");
        assert!(said.contains("太大"), "{name}: {said}");
    }
    let one_cell = format!("姓名\n{}\n", "沈".repeat(3_000_000));
    std::fs::write(room.path("long.csv"), one_cell).unwrap();
    assert_ne!(room.said(["import", "people", "long.csv"]).1, Some(0));
    assert_eq!(room.said(["check"]).1, Some(0));
}

#[test]
fn formulas_and_mixed_encodings_in_tables_are_words_or_are_named() {
    let room = Room::new();
    let mut table = HEAD.to_owned();
    for (_, evil) in EVIL {
        table.push_str(&format!("\"{}\",,,\n", evil.replace('"', "\"\"")));
    }
    std::fs::write(room.path("evil.csv"), &table).unwrap();
    room.run(["import", "people", "evil.csv"]);
    // Half a file in one encoding and half in another.
    let (gb, _, _) = encoding_rs::GB18030.encode("沈示安,,13000000001,武康\n");
    let mixed = [HEAD.as_bytes(), "沈示康,,13000000002,武康\n".as_bytes(), &gb].concat();
    std::fs::write(room.path("mixed.csv"), mixed).unwrap();
    let (said, code) = room.said(["import", "people", "mixed.csv"]);
    assert_ne!(code, Some(0), "{said}");
    let formula = sheet(|zip| {
        let rows = format!(
            r#"<row r="1">{}</row><row r="2"><c r="A2"><f>WEBSERVICE("http://127.0.0.1/"&amp;A1)</f><v>1</v></c></row>"#,
            cell("A1", "姓名")
        );
        zip.write_all(rows.as_bytes()).unwrap();
    });
    std::fs::write(room.path("formula.xlsx"), formula).unwrap();
    room.run(["import", "people", "formula.xlsx"]);
    assert_eq!(room.said(["check"]).1, Some(0));
}

#[test]
fn damaged_files_are_refused_whatever_is_wrong_with_them() {
    let room = Room::new();
    let good = sheet(|zip| {
        let row =
            format!(r#"<row r="1">{}</row><row r="2">{}</row>"#, cell("A1", "姓名"), cell("A2", "沈示安"));
        zip.write_all(row.as_bytes()).unwrap();
    });
    let text = format!("{HEAD}沈示安,,13000000001,武康\n").into_bytes();
    let mut chance = Chance::new(0xBEEF);
    let mut count = 0;
    for_a_while(5, || {
        let (name, mut bytes) = match chance.below(4) {
            0 | 1 => ("any.xlsx", good.clone()),
            2 => ("any.csv", text.clone()),
            _ => ("any.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260304T093000\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".to_vec()),
        };
        match chance.below(4) {
            0 => bytes.truncate(chance.below(bytes.len())),
            1 => bytes = chance.bytes(5_000),
            _ => {
                for _ in 0..=chance.below(20) {
                    let at = chance.below(bytes.len());
                    bytes[at] = u8::try_from(chance.below(256)).unwrap();
                }
            }
        }
        let mut file = File::create(room.path(name)).unwrap();
        file.write_all(&bytes).unwrap();
        let subject = if name == "any.ics" { "venue" } else { "people" };
        room.run(["import", subject, name, "--dry-run"]);
        count += 1;
    });
    println!("{count} damaged tables by chance: all read or refused");
}
