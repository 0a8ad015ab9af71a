//! Goods at the desk: drawn in one line, brought back at what was charged, reversed and never rewritten; random histories leave
//! the ledger the sum of its moves.

use proptest::prelude::*;

use crate::desk::door;
use crate::desk::office::Office;
use crate::subjects::bank::tests::act;
use crate::subjects::consumables::tests::item;
use crate::subjects::demo::tests::office;
use crate::subjects::moves::{Moves, records};

const WARDEN: &str = "曾示平";

fn last(office: &Office) -> records::Move {
    let sql = "SELECT max(id) FROM consumable_move";
    records::must_find(office.store.conn(), office.store.conn().query_row(sql, [], |r| r.get(0)).unwrap())
        .unwrap()
}

/// What an item has is the sum of its moves, and every move says what was left after it.
fn sums_hold(office: &Office) {
    let sql = "SELECT count(*) FROM consumable AS c WHERE quantity <> (SELECT coalesce(sum(quantity), 0) FROM consumable_move \
               WHERE item = c.id) OR worth <> (SELECT coalesce(sum(amount), 0) FROM consumable_move WHERE item = c.id) \
               OR quantity < 0 OR worth < 0";
    let wrong: i64 = office.store.conn().query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(wrong, 0);
}

#[test]
fn three_packs_for_an_association_are_one_line() {
    let office = office(WARDEN);
    let (said, step) = act(&office, &Moves, "issue", &[], &[("line", "a4 3 d")]).unwrap();
    assert_eq!(said, "已领 CR-061 A4复印纸 3 包 计 55.50 剩 23 包");
    let drawn = records::drawn(office.store.conn(), item(&office, "HC-01").id, "DF").unwrap();
    assert_eq!((drawn.quantity, drawn.worth), (3, 5550));
    // Taking it back is another move, and that is the end of it.
    let back = door::revert(&office, &step).unwrap();
    assert_eq!((last(&office).moved.quantity, last(&office).reverses.is_some()), (3, true));
    assert_eq!(item(&office, "HC-01").shelf.quantity, 26);
    assert_eq!(door::revert(&office, &back).unwrap_err().code, "moves-again");
    sums_hold(&office);
}

#[test]
fn what_is_not_there_is_refused_with_what_is() {
    let office = office(WARDEN);
    let refused = act(&office, &Moves, "issue", &[], &[("line", "mwz 4 b")]).unwrap_err();
    assert_eq!((refused.code, refused.field), ("moves-short", Some("quantity")));
    assert_eq!(refused.args, [("left", "3 包".to_owned()), ("name", "盲文纸".to_owned())]);
    assert_eq!(act(&office, &Moves, "issue", &[], &[("line", "zz 4 b")]).unwrap_err().code, "moves-unread");
    let back = act(&office, &Moves, "bring-back", &[], &[("line", "mwz 3 b")]).unwrap_err();
    assert_eq!(back.code, "moves-not-drawn");
    let later = [("line", "mwz 1 b"), ("moved_on", "2026-04-01")];
    assert_eq!(act(&office, &Moves, "issue", &[], &later).unwrap_err().code, "moves-future");
}

#[test]
fn what_is_bought_dearer_moves_the_average() {
    let office = office(WARDEN);
    let (said, _) = act(&office, &Moves, "receive", &[], &[("line", "mwz 3 80")]).unwrap();
    assert_eq!(said, "已入 CR-061 盲文纸 3 包 计 240.00 剩 6 包");
    let paper = item(&office, "HC-02");
    assert_eq!((paper.usual_price, paper.shelf.worth), (Some(8000), 43_500));
    act(&office, &Moves, "issue", &[], &[("line", "mwz 2 b")]).unwrap();
    assert_eq!(last(&office).moved.amount, -14_500);
    // Three drawn in all, at 65 and at 72.50: one comes back at the average of what was charged.
    act(&office, &Moves, "bring-back", &[], &[("line", "mwz 1 b")]).unwrap();
    assert_eq!(last(&office).moved.amount, 6_875);
    // In all rather than by the unit.
    act(&office, &Moves, "receive", &[], &[("item", "HC-02"), ("quantity", "3"), ("amount", "200")]).unwrap();
    assert_eq!(last(&office).moved.amount, 20_000);
    sums_hold(&office);
}

#[test]
fn a_count_writes_the_difference_and_nothing_where_there_is_none() {
    let office = office(WARDEN);
    let less = [("item", "HC-04"), ("counted", "6"), ("reason", "受潮")];
    let (said, _) = act(&office, &Moves, "count", &[], &less).unwrap();
    assert_eq!(said, "已盘 CR-061 签字笔 差 2 盒 计 43.20 剩 6 盒");
    assert_eq!((last(&office).kind.as_str(), last(&office).org.as_str()), ("盘亏", ""));
    assert_eq!(act(&office, &Moves, "count", &[], &less).unwrap_err().code, "moves-even");
    let more = [("item", "HC-04"), ("counted", "7"), ("reason", "柜底找到")];
    act(&office, &Moves, "count", &[], &more).unwrap();
    assert_eq!(last(&office).kind, "盘盈");
    let spoilt = [("line", "qzb 1 漏墨")];
    act(&office, &Moves, "spoil", &[], &spoilt).unwrap();
    assert_eq!((last(&office).kind.as_str(), item(&office, "HC-04").shelf.quantity), ("报损", 6));
}

#[test]
fn a_wrong_move_is_reversed_once() {
    let office = office(WARDEN);
    act(&office, &Moves, "issue", &[], &[("line", "a4 3 d")]).unwrap();
    let wrong = last(&office).id;
    act(&office, &Moves, "reverse", &[wrong], &[("reason", "记错了")]).unwrap();
    let again = act(&office, &Moves, "reverse", &[wrong], &[("reason", "再来")]).unwrap_err();
    assert_eq!(again.code, "moves-reversed");
    let reversal = act(&office, &Moves, "reverse", &[last(&office).id], &[("reason", "再来")]).unwrap_err();
    assert_eq!(reversal.code, "moves-is-reversal");
    sums_hold(&office);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_ledger_is_the_sum_of_its_moves(
        steps in prop::collection::vec((0_usize..6, 0_usize..3, 0_i64..12, 0_usize..6), 1..25),
    ) {
        let office = office(WARDEN);
        for (what, goods, units, org) in steps {
            let goods = ["HC-01", "HC-02", "HC-06"][goods];
            let org = ["b", "d", "p", "i", "m", "a"][org];
            let (units, price) = (units.to_string(), format!("{}.{}", units * 7 + 1, units % 10));
            let (action, texts) = match what {
                0 => ("issue", vec![("item", goods), ("quantity", units.as_str()), ("org", org)]),
                1 => ("bring-back", vec![("item", goods), ("quantity", units.as_str()), ("org", org)]),
                2 => ("receive", vec![("item", goods), ("quantity", units.as_str()), ("price", price.as_str())]),
                3 => ("count", vec![("item", goods), ("counted", units.as_str()), ("reason", "盘")]),
                4 => ("spoil", vec![("item", goods), ("quantity", units.as_str()), ("reason", "坏")]),
                _ => {
                    drop(act(&office, &Moves, "reverse", &[last(&office).id], &[("reason", "错")]));
                    sums_hold(&office);
                    continue;
                }
            };
            drop(act(&office, &Moves, action, &[], &texts));
            sums_hold(&office);
        }
    }
}
