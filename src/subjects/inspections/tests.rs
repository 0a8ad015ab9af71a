//! Rounds: when they are due, and one gone at the desk key by key.

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::catalog::Catalog;
use crate::desk::door;
use crate::desk::filling::{Accepted, Filling};
use crate::desk::office::Office;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Press, Subject};
use crate::subjects::demo::tests::office;
use crate::subjects::tickets::records as tickets;
use crate::subjects::tickets::rules::{Priority, Status};

use super::fields::ITEMS;
use super::rules::{Every, Found, KINDS, due};
use super::{Inspections, records};

const WARDEN: &str = "曾示平";

fn open(office: &Office) -> Filling {
    let action = door::action(&Inspections, "inspect").unwrap();
    let session = office.store.open_session(office.who.id, "test", "2026-03-04T09:30:00").unwrap();
    Filling::open(office, session, &Inspections, action, None, Vec::new()).unwrap()
}

/// Types these answers one after another, each with Enter; stops when the round is saved.
fn walk(office: &Office, answers: &[&str]) -> (Filling, Result<i64, Refusal>) {
    let mut filling = open(office);
    for (at, answer) in answers.iter().enumerate() {
        if !answer.is_empty() {
            filling.edit(office, answer).unwrap();
        }
        let saved = filling.accept(office).unwrap() == Accepted::Save;
        assert_eq!(saved, at + 1 == answers.len(), "{answer} at {at}");
    }
    let kept = door::perform(office, &Inspections, filling.action, &filling.form);
    (filling, kept.map(|(done, _)| done[0].id))
}

#[test]
fn every_checklist_fits_the_form() {
    for kind in KINDS {
        let words = Catalog::embedded().words(kind.list);
        assert!((3..=ITEMS.len()).contains(&words.len()), "{}", kind.list);
        assert!(Catalog::embedded().read_word("round_kinds", kind.word).is_some());
    }
}

#[test]
fn a_month_on_is_clipped_to_the_end_of_a_shorter_one() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    for (last, every, expected) in [
        ("2026-01-31", Every::Months(1), "2026-02-28"),
        ("2028-01-31", Every::Months(1), "2028-02-29"),
        ("2026-02-28", Every::Months(1), "2026-03-28"),
        ("2026-12-15", Every::Months(1), "2027-01-15"),
        ("2026-02-25", Every::Days(7), "2026-03-04"),
    ] {
        assert_eq!(due(Some(day(last)), every), Some(day(expected)), "{last}");
    }
    assert_eq!(due(None, Every::Days(7)), None);
}

proptest! {
    #[test]
    fn the_next_round_comes_later_and_not_too_late(start in 0i64..20000, months in 1u32..25) {
        let last = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(start.unsigned_abs());
        let next = due(Some(last), Every::Months(months)).unwrap();
        let days = (next - last).num_days();
        prop_assert!(days >= i64::from(months) * 28 && days <= i64::from(months) * 31);
    }
}

#[test]
fn a_round_in_order_is_one_enter_an_item() {
    let office = office(WARDEN);
    let before: i64 =
        office.store.conn().query_row("SELECT count(*) FROM work_ticket", [], |r| r.get(0)).unwrap();
    let (filling, kept) = walk(&office, &["1", "", "", "", "3", "", ""]);
    assert_eq!(filling.view(&office.cx()).fields.iter().filter(|f| f.name.starts_with("item_")).count(), 6);
    let id = kept.unwrap();
    let items = records::items(office.store.conn(), id).unwrap();
    let said: Vec<(&str, Found)> = items.iter().map(|item| (item.item.as_str(), item.found)).collect();
    assert_eq!(said[0], ("地面与通道", Found::InOrder));
    assert_eq!(said[3], ("垃圾清运", Found::DoesNotApply));
    let after: i64 =
        office.store.conn().query_row("SELECT count(*) FROM work_ticket", [], |r| r.get(0)).unwrap();
    assert_eq!(before, after);
}

#[test]
fn what_is_not_in_order_becomes_a_ticket_or_joins_the_one_there_is() {
    let office = office(WARDEN);
    let (filling, kept) =
        walk(&office, &["4", "", "2", "dhd 水带漏水", "", "2", "后门堆了轮椅 危险", "", ""]);
    let labels: Vec<String> = filling.view(&office.cx()).fields.iter().map(|f| f.label.clone()).collect();
    assert!(labels.contains(&"消火栓怎么了".to_owned()), "{labels:?}");
    let id = kept.unwrap();
    let items = records::items(office.store.conn(), id).unwrap();
    let ticket = |at: usize| tickets::must_find(office.store.conn(), items[at].ticket.unwrap()).unwrap();
    let (hydrant, way) = (ticket(1), ticket(3));
    assert_eq!((hydrant.object.words.as_str(), hydrant.fault.as_str()), ("消火栓", "水带漏水"));
    assert_eq!((hydrant.priority, hydrant.status), (Priority::Urgent, Status::Reported));
    assert!(hydrant.object.zone.is_some() && way.object.zone.is_none());
    assert_eq!((way.priority, way.fault.as_str()), (Priority::Dangerous, "后门堆了轮椅"));
    // The next round finds it still there: no second ticket.
    let (filling, kept) = walk(&office, &["4", "", "2", "dhd 还在漏", "", "", "", ""]);
    assert!(
        filling.form.findings.iter().any(|f| f.value.starts_with(&hydrant.no)),
        "{:?}",
        filling.form.findings
    );
    let again = records::items(office.store.conn(), kept.unwrap()).unwrap();
    assert_eq!(again[1].ticket, Some(hydrant.id));
    // What was found is not changed afterwards, whoever writes it.
    let conn = office.store.conn();
    assert!(conn.execute("UPDATE inspection_item SET result = '正常', note = NULL", []).is_err());
    assert!(conn.execute("DELETE FROM inspection_round WHERE id = ?1", [id]).is_err());
}

#[test]
fn not_in_order_wants_to_be_said_what() {
    let office = office(WARDEN);
    let mut filling = open(&office);
    filling.accept(&office).unwrap();
    filling.edit(&office, "2").unwrap();
    filling.accept(&office).unwrap();
    assert_eq!(filling.form.slots[filling.form.focus].field.name, "note_1");
    filling.accept(&office).unwrap();
    for _ in 0..5 {
        assert_eq!(filling.accept(&office).unwrap(), Accepted::Stay);
    }
    assert_eq!(filling.form.slots[filling.form.focus].field.name, "note_1");
    // Another list begins anew.
    filling.form.focus = filling.place("kind").unwrap();
    filling.edit(&office, "4").unwrap();
    assert!(filling.form.slot("note_1").unwrap().hidden);
    assert_eq!(filling.form.slot("item_1").unwrap().label, "灭火器");
}

#[test]
fn what_is_due_is_on_the_first_page_and_goes_when_it_is_done() {
    let office = office(WARDEN);
    let of = |office: &Office, kind: &str| {
        let duties = Inspections.today(&office.cx(), 100).unwrap();
        duties.into_iter().find(|duty| duty.what.starts_with(kind)).map(|duty| (duty.press, duty.when))
    };
    office.store.conn().execute("UPDATE inspection_round SET voided = 'x'", []).unwrap();
    assert_eq!(of(&office, "消防"), Some((Press::Today, "没巡过".to_owned())));
    assert_eq!(open(&office).form.text("kind"), "卫生");
    let (_, kept) = walk(&office, &["4", "", "", "", "", "", ""]);
    assert_eq!(of(&office, "消防"), None);
    let id = kept.unwrap();
    let move_to = |day: &str| {
        let sql = "UPDATE inspection_round SET inspected_on = ?2 WHERE id = ?1";
        office.store.conn().execute(sql, rusqlite::params![id, day]).unwrap();
    };
    for (day, expected) in [
        ("2026-02-04", Some((Press::Today, "今天".to_owned()))),
        ("2026-02-03", Some((Press::Overdue, "1 天".to_owned()))),
        ("2026-02-06", Some((Press::Week, "3-06".to_owned()))),
        // Due on a Sunday: on Monday.
        ("2026-02-08", None),
    ] {
        move_to(day);
        assert_eq!(of(&office, "消防"), expected, "{day}");
    }
}

#[test]
fn the_ledger_has_rounds_and_repairs_by_day() {
    let office = office(WARDEN);
    walk(&office, &["3", "", "", "", "", "2", "小活动室 灯闪", ""]).1.unwrap();
    let day: NaiveDate = "2026-03-04".parse().unwrap();
    let table = (super::reports::REPORTS[0].make)(&office.cx(), day, day).unwrap();
    assert_eq!(table.rows.len(), 2, "{:?}", table.rows);
    assert_eq!(table.rows[0][1], "水电巡检");
    assert_eq!(table.rows[0][2], "正常 5 异常 1 不适用 0");
    assert!(table.rows[1][4].contains(&table.rows[0][4]), "{:?}", table.rows);
}
