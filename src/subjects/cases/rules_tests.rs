//! The states of a case, tried by table and by chance: nothing leads out of the machine, and a coordinated case never
//! closes before everyone has reported.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{Event, Part, STATUSES, Status, Stop, missing, next, next_part, on_time, overdue_days, percent};

const EVENTS: [Event; 16] = [
    Event::Classify,
    Event::Queue,
    Event::Route,
    Event::Coordinate,
    Event::Accept,
    Event::Return,
    Event::Note,
    Event::Wait,
    Event::Resume,
    Event::Refer,
    Event::Finish,
    Event::CallBack,
    Event::Archive,
    Event::Reopen,
    Event::Refuse,
    Event::Withdraw,
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_usual_way_through_the_office() {
    let mut at = Status::Registered;
    let way = [
        (Event::Classify, "已分类"),
        (Event::Queue, "待分流"),
        (Event::Route, "已分流"),
        (Event::Accept, "已接办"),
        (Event::Note, "办理中"),
        (Event::Wait, "待补充"),
        (Event::Resume, "办理中"),
        (Event::Finish, "已办结"),
        (Event::CallBack, "已回访"),
        (Event::Archive, "已归档"),
        (Event::Reopen, "办理中"),
        (Event::Return, "待分流"),
        (Event::Refer, "已转介"),
        (Event::Finish, "已办结"),
    ];
    for (event, word) in way {
        at = next(at, event, &[], true).unwrap();
        assert_eq!(at.word(), word, "{event:?}");
    }
}

#[test]
fn words_are_read_back() {
    for (status, word) in STATUSES {
        assert_eq!(Status::parse(word), Some(*status));
    }
    assert_eq!(Status::parse("办结"), None);
    assert_eq!(Part::parse("已反馈"), Some(Part::Reported));
}

#[test]
fn a_coordinated_case_names_who_has_not_reported() {
    let parts = [Part::Reported, Part::Working, Part::Dropped, Part::Returned];
    assert_eq!(next(Status::Coordinated, Event::Finish, &parts, true), Err(Stop::Missing(vec![1, 3])));
    assert_eq!(next(Status::Coordinated, Event::Refer, &parts, true), Err(Stop::Status));
    let done = [Part::Reported, Part::Dropped];
    assert_eq!(next(Status::Coordinated, Event::Finish, &done, true), Ok(Status::Done));
}

#[test]
fn a_case_is_not_put_away_before_the_person_was_asked() {
    assert_eq!(next(Status::Done, Event::Archive, &[], true), Err(Stop::NotCalledBack));
    assert_eq!(next(Status::Refused, Event::Archive, &[], false), Ok(Status::Archived));
    assert_eq!(next(Status::Archived, Event::Reopen, &[], false), Ok(Status::Unrouted));
}

#[test]
fn lateness_counts_open_cases_only() {
    let (due, today) = (day("2026-03-02"), day("2026-03-04"));
    assert_eq!(overdue_days(due, Status::Working, today), Some(2));
    assert_eq!(overdue_days(due, Status::Done, today), None);
    assert_eq!(overdue_days(today, Status::Working, today), None);
    assert_eq!(on_time(due, Some(due), today), Some(true));
    assert_eq!(on_time(due, Some(today), today), Some(false));
    assert_eq!(on_time(due, None, today), Some(false));
    assert_eq!(on_time(today, None, today), None);
    assert_eq!((percent(1, 2), percent(2, 3), percent(0, 0)), (Some(50), Some(67), None));
}

fn event() -> impl Strategy<Value = Event> {
    (0..EVENTS.len()).prop_map(|at| EVENTS[at])
}

proptest! {
    #[test]
    fn any_sequence_of_events_keeps_the_machine(
        steps in prop::collection::vec((event(), 0usize..3, event()), 0..60)
    ) {
        let mut at = Status::Registered;
        let mut routed = false;
        let mut parts: Vec<Part> = Vec::new();
        for (event, which, part_event) in steps {
            if at == Status::Coordinated
                && let Some(moved) = parts.get(which).and_then(|part| next_part(*part, part_event))
            {
                parts[which] = moved;
            }
            match next(at, event, &parts, routed) {
                Ok(to) => {
                    match event {
                        Event::Route => { routed = true; parts.clear(); }
                        Event::Coordinate => { routed = true; parts = vec![Part::Pending; 3]; }
                        Event::Return => routed = false,
                        _ => {}
                    }
                    if at == Status::Coordinated && matches!(to, Status::Done) {
                        prop_assert!(missing(&parts).is_empty());
                    }
                    prop_assert!(to.open() || matches!(event,
                        Event::Finish | Event::CallBack | Event::Archive | Event::Refuse | Event::Withdraw));
                    prop_assert!(!(to == Status::Archived && at == Status::Done));
                    // Whoever works on a case, it has been routed to someone.
                    if matches!(to, Status::Routed | Status::Accepted | Status::Working | Status::Coordinated) {
                        prop_assert!(routed, "{at:?} {event:?}");
                    }
                    at = to;
                }
                Err(Stop::Missing(missing)) => {
                    prop_assert!(at == Status::Coordinated && !missing.is_empty());
                }
                Err(_) => {}
            }
        }
    }
}
