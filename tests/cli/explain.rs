//! `explain` answers every row of the vectors with their columns.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::program::Room;

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(|line| line.split('\t').collect())
}

fn explain(room: &Room, kind: &str, texts: &[&str]) -> Value {
    let mut args = vec!["explain", kind];
    args.extend(texts);
    room.json(&args).remove(0)
}

/// Each named column of the answer is that of the row; a column that is not in the answer is empty in the row.
fn same(answer: &Value, columns: &[&str], row: &[&str]) {
    for (at, column) in columns.iter().enumerate() {
        let wanted = row.get(at + 1).copied().unwrap_or_default();
        assert_eq!(answer[column].as_str().unwrap_or_default(), wanted, "{column} of {row:?}: {answer}");
    }
}

#[test]
fn dates() {
    let room = Room::new();
    for row in rows(include_str!("../vectors/date_phrases.tsv")) {
        let answer = explain(&room, "date", &[row[0]]);
        assert_eq!(answer["kind"], row[3], "{row:?}: {answer}");
        same(&answer, &["start", "end"], &row);
    }
}

#[test]
fn a_date_leans_to_the_past_in_a_record() {
    let room = Room::new();
    assert_eq!(explain(&room, "date", &["2号"])["start"], "2026-04-02");
    assert_eq!(explain(&room, "date", &["2号", "--record"])["start"], "2026-03-02");
    let nothing = explain(&room, "date", &["某天"]);
    assert_eq!(nothing.to_string(), r#"{"kind":"error","start":"E_DATE"}"#);
}

#[test]
fn a_number_below_nothing_is_no_option() {
    let room = Room::new();
    assert_eq!(explain(&room, "amount", &["-1,234.5"])["amount"], "-1234.50");
    assert_eq!(explain(&room, "amount", &["-0.05"])["amount"], "-0.05");
}

#[test]
fn resident_ids() {
    let room = Room::new();
    for row in rows(include_str!("../vectors/id_numbers.tsv")) {
        same(&explain(&room, "id", &[row[0]]), &["result", "normalised", "birth", "sex"], &row);
    }
    let wrong = explain(&room, "id", &["330521197302089273"]);
    assert_eq!(wrong.to_string(), r#"{"result":"E_CHECKSUM"}"#);
}

#[test]
fn certificates() {
    let room = Room::new();
    let columns = ["result", "normalised", "id_number", "category", "level", "reissue", "association"];
    let tables = [
        include_str!("../vectors/disability_certs.tsv"),
        include_str!("../vectors/more_disability_certs.tsv"),
    ];
    for row in tables.into_iter().flat_map(rows) {
        same(&explain(&room, "cert", &[row[0]]), &columns, &row);
    }
}

#[test]
fn amounts_and_shares() {
    let room = Room::new();
    for row in rows(include_str!("../vectors/capital_amounts.tsv")) {
        let answer = explain(&room, "amount", &[row[0]]);
        assert_eq!(answer["amount"], row[0]);
        assert_eq!(answer["capital"], row[1]);
    }
    for row in rows(include_str!("../vectors/allocation.tsv")) {
        assert_eq!(explain(&room, "split", &[row[0], row[1]])["shares"], row[2], "{row:?}");
    }
    room.run(&["explain", "amount", "1.005"]).refused(1, "比分还小");
    room.run(&["explain", "split", "1.00", "1,x"]).refused(1, "x");
    room.run(&["explain", "split", "1.00", "1,,1"]).refused(1, "");
    assert_eq!(explain(&room, "split", &["1.00 1, 0，1"])["shares"], "0.50,0.00,0.50");
}

#[test]
fn names() {
    let room = Room::new();
    for row in rows(include_str!("../vectors/pinyin_initials.tsv")) {
        let answer = explain(&room, "name", &[row[0]]);
        let set = |text: &str| text.split('|').map(str::to_owned).collect::<BTreeSet<_>>();
        assert_eq!(set(answer["initials"].as_str().unwrap()), set(row[1]), "{row:?}");
    }
}

#[test]
fn phones() {
    let room = Room::new();
    let answer = explain(&room, "phone", &["+86 130 0000 0001 / 0572-8000001"]);
    assert_eq!(answer["normalised"], "13000000001;0572-8000001");
    room.run(&["explain", "phone", "12"]).refused(1, "");
}

#[test]
fn the_answer_as_text_says_it_in_full() {
    let room = Room::new();
    let said = room.run(&["explain", "date", "下周三", "14:00-16:00"]).ok().out;
    assert!(said.contains("2026年3月11日 星期三 14:00"), "{said}");
    let said = room.run(&["--lang", "en", "explain", "id", "330521197302089273"]).ok().out;
    assert!(said.contains("one digit is wrong"), "{said}");
}
