//! A book page by page with what stands between its rows, and the form that is its next row.

use super::super::view::{Ledger, Part};
use super::super::{Desk, Intent, Move};
use super::{act, answer, field, little, said};

fn ledger(desk: &Desk) -> &Ledger {
    desk.view().ledger().unwrap()
}

/// The window as short lines: numbers of the rows, and what is said between them.
fn shown(desk: &Desk) -> String {
    let ledger = ledger(desk);
    let mut out: Vec<String> = ledger.carried.iter().map(|c| c.brief.clone()).collect();
    for (at, row) in ledger.list.rows.iter().enumerate() {
        out.push(format!("{}{}", if ledger.list.cursor == Some(at) { ">" } else { "" }, row.reference));
        out.extend(row.subtotals.iter().map(|s| s.brief.clone()));
    }
    out.join(" ")
}

#[test]
fn a_book_opens_at_its_end_and_what_stands_between_its_rows_takes_room() {
    let mut desk = little::desk(25);
    desk.handle(Intent::Window(8));
    desk.handle(Intent::GoTo("trybook".into()));
    assert_eq!(shown(&desk), "承前页 210.00 B-21 B-22 B-23 B-24 >B-25 本日合计 115.00");
    assert_eq!(ledger(&desk).foot, ["结余325.00"]);
    desk.handle(Intent::Move(Move::PageUp));
    assert_eq!(shown(&desk), "承前页 105.00 B-15 B-16 B-17 B-18 B-19 >B-20 本日合计 155.00");
}

#[test]
fn every_row_of_a_book_is_met_once_going_through_it_page_by_page() {
    for size in [3, 5, 8, 20] {
        let mut desk = little::desk(25);
        desk.handle(Intent::Window(size));
        desk.handle(Intent::GoTo("trybook".into()));
        desk.handle(Intent::Move(Move::First));
        let mut met = Vec::new();
        loop {
            let page = ledger(&desk);
            let lines: usize = page.list.rows.iter().map(|r| 1 + r.subtotals.len()).sum();
            assert!(lines + usize::from(page.carried.is_some()) <= size, "{}", shown(&desk));
            assert_eq!(page.carried.is_some(), page.list.first > 0);
            let balance = page.list.rows[0].cells[3].clone();
            let n = page.list.first + 1;
            assert_eq!(balance, format!("{}.00", n * (n + 1) / 2));
            met.extend((0..page.list.rows.len()).map(|at| page.list.first + at));
            let last = page.list.first + page.list.rows.len();
            if last == 25 {
                break;
            }
            desk.handle(Intent::Move(Move::To(last + 1)));
        }
        assert_eq!(met, (0..25).collect::<Vec<_>>(), "{size}");
        for rank in (1..=25).rev() {
            desk.handle(Intent::Move(Move::To(rank)));
            assert_eq!(desk.view().list().unwrap().rank(), rank);
        }
    }
}

#[test]
fn a_filter_leaves_no_sums_that_would_be_untrue() {
    let mut desk = little::desk(25);
    desk.handle(Intent::GoTo("trybook".into()));
    desk.handle(Intent::Filter("收".into()));
    let ledger = ledger(&desk);
    assert!(ledger.carried.is_none() && ledger.foot.is_empty());
    assert!(ledger.list.rows.iter().all(|row| row.subtotals.is_empty()));
}

#[test]
fn the_row_is_the_form_and_the_next_one_opens() {
    let mut desk = little::desk(3);
    desk.handle(Intent::GoTo("trybook".into()));
    act(&mut desk, "trybook.enter");
    let view = desk.view();
    assert_eq!((view.page.as_str(), view.focus), ("trybook.form", 1));
    assert!(matches!(&view.parts[0], Part::Ledger(ledger) if ledger.list.rows.len() == 3));
    assert!(view.list().is_none(), "the finger never goes to the rows above");
    answer(&mut desk, "3-04");
    answer(&mut desk, "打印纸");
    desk.handle(Intent::Edit("=18.5*3".into()));
    assert_eq!(desk.view().form().unwrap().row, ["3-04", "打印纸", "55.50", ""]);
    desk.handle(Intent::Accept);
    assert!(said(&desk).contains("B-04"), "{}", said(&desk));
    assert_eq!(ledger(&desk).list.rows.len(), 4, "what was saved stands above");
    assert_eq!(field(&desk).name, "what", "the day stays, the rest is empty");
    let form = desk.view().form().unwrap();
    assert_eq!((form.fields[0].default.as_str(), form.fields[2].value.as_str()), ("3-04", ""));
    answer(&mut desk, "墨盒");
    answer(&mut desk, "80");
    assert!(said(&desk).contains("B-05"), "{}", said(&desk));
    desk.handle(Intent::Cancel);
    assert!(said(&desk).contains("B-05"), "what was saved last is still said: {}", said(&desk));
    assert_eq!(desk.view().page, "trybook.list");
    assert_eq!(desk.view().list().unwrap().row().unwrap().reference, "B-05");
    desk.handle(Intent::Back);
    assert_eq!(desk.view().page, "today");
}

#[test]
fn the_rows_above_are_as_many_after_a_save_as_before() {
    let mut desk = little::desk(60);
    act(&mut desk, "trybook.enter");
    let before = ledger(&desk).list.rows.len();
    for n in 1..4 {
        if n == 1 {
            answer(&mut desk, "3-07");
        }
        answer(&mut desk, "墨盒");
        answer(&mut desk, "80");
        let list = &ledger(&desk).list;
        assert_eq!(list.first + list.rows.len(), 60 + n, "{}", said(&desk));
        // A sum of the day more may take the place of a row.
        assert!(list.rows.len() + 2 >= before, "{} of {before}", list.rows.len());
    }
}

#[test]
fn a_row_begun_elsewhere_ends_in_its_list_and_one_put_away_is_a_draft() {
    let mut desk = little::desk(3);
    act(&mut desk, "trybook.enter");
    assert_eq!(ledger(&desk).list.rows.len(), 3);
    desk.handle(Intent::Cancel);
    assert_eq!(desk.view().page, "today", "nothing was written");
    act(&mut desk, "trybook.enter");
    answer(&mut desk, "3-04");
    answer(&mut desk, "打印纸");
    answer(&mut desk, "1");
    desk.handle(Intent::Edit("写了一半".into()));
    desk.handle(Intent::Cancel);
    assert_eq!(desk.view().page, "trybook.list", "{}", said(&desk));
    desk.handle(Intent::GoTo("today".into()));
    desk.handle(Intent::Move(Move::First));
    desk.handle(Intent::Open);
    assert_eq!((desk.view().page.as_str(), field(&desk).value.as_str()), ("trybook.form", "写了一半"));
    assert_eq!(ledger(&desk).list.rows.len(), 4);
}

#[test]
fn the_list_over_the_form_is_the_one_the_row_belongs_to() {
    let mut desk = little::desk(3);
    act(&mut desk, "trybook.enter");
    answer(&mut desk, "3-04");
    desk.handle(Intent::Edit("待核".into()));
    assert!(matches!(&desk.view().parts[0], Part::List(list) if list.name == "trybook.open"));
    assert_eq!(desk.view().form().unwrap().row.len(), 3);
}

#[test]
fn undo_after_a_row_takes_the_row_back() {
    let mut desk = little::desk(3);
    act(&mut desk, "trybook.enter");
    for text in ["3-04", "打印纸", "1"] {
        answer(&mut desk, text);
    }
    desk.handle(Intent::Undo);
    assert!(said(&desk).contains("B-04"), "{}", said(&desk));
    assert_eq!(desk.view().page, "trybook.form");
}
