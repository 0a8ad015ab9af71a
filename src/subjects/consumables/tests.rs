//! The goods of the sample: stock, costs and what is to be bought come out as its tables say; the file guards the sums itself.

use std::collections::BTreeMap;
use std::path::Path;

use crate::desk::office::Office;
use crate::desk::subject::{Press, Subject};
use crate::store::audit;
use crate::subjects::bank::tests::{act, page};
use crate::subjects::consumables::{Consumables, records, reports};
use crate::subjects::demo::tests::office;
use crate::values::money::Fen;

const WARDEN: &str = "曾示平";

fn table(name: &str) -> Vec<BTreeMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample").join(name);
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

fn fen(text: &str) -> i64 {
    Fen::parse(text).unwrap().0
}

pub(crate) fn item(office: &Office, no: &str) -> records::Item {
    records::named(office.store.conn(), no).unwrap().unwrap()
}

#[test]
fn the_stock_of_the_sample_is_what_its_table_says() {
    let office = office(WARDEN);
    for row in table("consumables.csv") {
        let item = item(&office, &row["item_no"]);
        assert_eq!(item.shelf.quantity.to_string(), row["book_qty"], "{}", item.name);
        assert_eq!(item.shelf.worth, item.shelf.quantity * fen(&row["last_unit_price"]), "{}", item.name);
    }
    audit::verify(office.store.conn()).unwrap();
}

#[test]
fn three_kinds_are_to_be_bought_and_stand_on_the_first_page() {
    let office = office(WARDEN);
    let duties = Consumables.today(&office.cx(), 100).unwrap();
    let said: Vec<(&str, &str, Press)> =
        duties.iter().map(|d| (d.reference.as_str(), d.what.as_str(), d.press)).collect();
    let today = Press::Today;
    assert_eq!(
        said,
        [
            ("HC-02", "耗材 盲文纸 剩 3 包 (低于 4)", today),
            ("HC-06", "耗材 消毒湿巾 剩 5 包 (低于 6)", today),
            ("HC-12", "耗材 轮椅内胎 剩 1 条 (低于 2)", today),
        ]
    );
    assert_eq!(duties[0].when, "买 5 包");
}

#[test]
fn each_association_is_charged_what_it_drew() {
    let office = office(WARDEN);
    let prices: BTreeMap<String, i64> =
        table("consumables.csv").iter().map(|r| (r["item_no"].clone(), fen(&r["last_unit_price"]))).collect();
    let mut wanted: BTreeMap<String, i64> = BTreeMap::new();
    for row in table("consumable_moves.csv").iter().filter(|row| row["kind"] == "领用") {
        let units: i64 = row["qty"].parse().unwrap();
        *wanted.entry(row["org"].clone()).or_default() -= units * prices[&row["item_no"]];
    }
    let (from, to) = ("2026-01-01".parse().unwrap(), "2026-03-31".parse().unwrap());
    let charged = records::charged(office.store.conn(), from, to).unwrap();
    assert_eq!(charged.into_iter().collect::<BTreeMap<_, _>>(), wanted);
    let made = (reports::REPORTS[0].make)(&office.cx(), from, to).unwrap();
    let total = made.rows.last().unwrap();
    assert_eq!((total[0].as_str(), &total[4]), ("合计", &Fen(wanted.values().sum()).plain()));
    let before = (reports::REPORTS[1].make)(&office.cx(), from, "2026-01-10".parse().unwrap()).unwrap();
    let paper = before.rows.iter().find(|row| row[0] == "HC-01").unwrap();
    assert_eq!(paper[2..7], ["22", "包", "10", "18.50", "407.00"]);
}

#[test]
fn a_new_item_begins_with_what_there_is_and_is_made_once() {
    let office = office(WARDEN);
    let texts = [
        ("name", "便签纸"),
        ("unit", "本"),
        ("reorder_level", "5"),
        ("quantity", "12"),
        ("usual_price", "2.5"),
    ];
    let (said, _) = act(&office, &Consumables, "create", &[], &texts).unwrap();
    assert_eq!(said, "已建 HC-16 便签纸");
    let made = item(&office, "HC-16");
    assert_eq!((made.shelf.quantity, made.shelf.worth), (12, 3000));
    assert!(page(&office, &Consumables, made.id).contains("库存:12 本"));
    assert_eq!(act(&office, &Consumables, "create", &[], &texts).unwrap_err().code, "consumables-taken");
    assert_eq!(act(&office, &Consumables, "close", &[made.id], &[]).unwrap_err().code, "consumables-left");
}

#[test]
fn the_file_itself_keeps_the_sums() {
    let office = office(WARDEN);
    let db = office.store.conn();
    for broken in [
        "UPDATE consumable SET quantity = quantity + 1 WHERE no = 'HC-01'",
        "UPDATE consumable SET worth = 0 WHERE no = 'HC-01'",
        "UPDATE consumable_move SET amount = amount + 1 WHERE id = 1",
        "DELETE FROM consumable_move WHERE id = 1",
        "INSERT INTO consumable_move (no, item, moved_on, kind, quantity, amount, org, stock, worth, version, created_at, \
         created_by, updated_at, updated_by) SELECT 'CR-999', id, '2026-03-04', '领用', -27, -48100, 'BL', -1, 0, 1, '', '', '', '' \
         FROM consumable WHERE no = 'HC-01'",
        "INSERT INTO consumable_move (no, item, moved_on, kind, quantity, amount, org, stock, worth, version, created_at, \
         created_by, updated_at, updated_by) SELECT 'CR-999', id, '2026-03-04', '领用', -1, -1850, 'BL', 26, worth, 1, '', '', '', '' \
         FROM consumable WHERE no = 'HC-01'",
    ] {
        assert!(db.execute(broken, []).is_err(), "{broken}");
    }
}
