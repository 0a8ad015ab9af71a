//! The grids of an office with more people than one page holds: everybody is reached, in the grid and in its list twin, those
//! who do nothing that week included.

use std::collections::BTreeSet;

use crate::desk::calendar::{Calendar, Keep};
use crate::desk::grid::GridSpec;
use crate::desk::intent::Move;
use crate::desk::office::Office;
use crate::subjects::demo::tests::office;

use super::Shifts;
use super::grids::{GRIDS, MOST};

const DAY: &str = "2026-03-04";

/// An office with so many more people, who do nothing.
fn crowded(more: usize) -> Office {
    let office = office("曾示平");
    let sql =
        "INSERT INTO staff (code, name, kind, org, version, created_at, created_by, updated_at, updated_by)
               VALUES (?1, ?2, '志愿者', 'BL', 1, '2026-03-04T09:30:00', '试', '2026-03-04T09:30:00', '试')";
    for n in 0..more {
        office.store.conn().execute(sql, (format!("V{n:03}"), format!("志示{n:03}"))).unwrap();
    }
    office
}

fn names(office: &Office) -> BTreeSet<String> {
    let mut all = office.store.conn().prepare("SELECT code FROM staff WHERE state = '在岗'").unwrap();
    all.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

fn open(office: &Office, spec: &'static GridSpec, lane: &str) -> Calendar {
    Calendar::open(&office.cx(), &Shifts, spec, DAY.parse().unwrap(), lane.to_owned()).unwrap()
}

/// Whose lanes the finger comes by until it moves no more.
fn walk(office: &Office, calendar: &mut Calendar, to: Move) -> Vec<String> {
    let mut met: Vec<String> = vec![calendar.here().lane];
    loop {
        let before = (calendar.here(), calendar.entry().cloned());
        let further = calendar.step(&office.cx(), to, 20).unwrap();
        if !further && (calendar.here(), calendar.entry().cloned()) == before {
            return met;
        }
        if met.last() != Some(&calendar.here().lane) {
            met.push(calendar.here().lane);
        }
    }
}

#[test]
fn everybody_is_reached_lane_by_lane() {
    let office = crowded(2 * MOST);
    let all = names(&office);
    for spec in [&GRIDS[0], &GRIDS[1]] {
        let mut calendar = open(&office, spec, "P01");
        let column = calendar.here().column;
        let met = walk(&office, &mut calendar, Move::Down);
        assert_eq!(met.len(), all.len(), "{}: nobody twice", spec.name);
        assert_eq!(met.into_iter().collect::<BTreeSet<_>>(), all);
        assert_eq!(calendar.here().column, column, "the finger stays in its column");
        let back = walk(&office, &mut calendar, Move::Up);
        assert_eq!(back.len(), all.len());
        assert_eq!(calendar.here().lane, "P01");
    }
}

#[test]
fn everybody_is_reached_in_the_list_twin() {
    let office = crowded(MOST + 3);
    let mut calendar = open(&office, &GRIDS[0], "P01");
    calendar.listed = true;
    calendar.step(&office.cx(), Move::First, 20).unwrap();
    let met: BTreeSet<String> = walk(&office, &mut calendar, Move::Next).into_iter().collect();
    assert_eq!(met, names(&office));
    let back: BTreeSet<String> = walk(&office, &mut calendar, Move::Previous).into_iter().collect();
    assert_eq!(back, names(&office));
}

#[test]
fn the_page_says_which_of_how_many_it_is_and_keeps_its_lane() {
    let office = crowded(MOST);
    let calendar = open(&office, &GRIDS[0], "V050");
    let said = calendar.stretch(&office.cx()).unwrap();
    assert!(said.contains(&format!("第 {}-{}，共 {}", 1, MOST, names(&office).len())), "{said}");
    assert_eq!(calendar.here().lane, "V050");
    let mut last = open(&office, &GRIDS[0], &format!("V{:03}", MOST - 1));
    let said = last.stretch(&office.cx()).unwrap();
    assert!(said.contains(&format!("第 {}-{}", MOST + 1, names(&office).len())), "{said}");
    // Another week shows the same people.
    last.turn(&office.cx(), "2026-03-11".parse().unwrap(), Keep::Cell).unwrap();
    assert_eq!(last.here().lane, format!("V{:03}", MOST - 1));
    // Few people are one page.
    assert_eq!(open(&crowded(0), &GRIDS[0], "").stretch(&office.cx()), None);
}
