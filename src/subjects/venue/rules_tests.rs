//! The rules of bookings against simple ways of reckoning the same: minutes looked at one by one, and the rrule crate.

use chrono::{NaiveDate, Weekday};
use proptest::prelude::*;

use crate::catalog::Catalog;
use crate::values::dates::{Bias, DateContext, Rule};

use super::rules::{Event, Hours, Place, STATUSES, Span, Status, Warning, Wish, gaps, next, warnings};
use super::series::{Series, days, from_rrule, read, rrule};
use super::typed::{Known, Line, Named, read as read_line, usual_kind};

fn span() -> impl Strategy<Value = Span> {
    (0i64..200, 1i64..60).prop_map(|(from, length)| Span { from, to: from + length })
}

proptest! {
    #[test]
    fn two_spans_meet_when_they_share_a_minute(a in span(), b in span()) {
        let shared = (a.from..a.to).any(|minute| (b.from..b.to).contains(&minute));
        prop_assert_eq!(a.meets(b), shared);
        prop_assert_eq!(a.meets(b), b.meets(a));
    }

    #[test]
    fn gaps_are_all_that_is_free_and_nothing_else(taken in prop::collection::vec(span(), 0..8), least in 1i64..40) {
        let within = Span { from: 20, to: 180 };
        let free = gaps(within, &taken, least);
        for minute in within.from..within.to {
            let busy = taken.iter().any(|span| (span.from..span.to).contains(&minute));
            let offered = free.iter().any(|gap| (gap.from..gap.to).contains(&minute));
            prop_assert!(!(busy && offered), "{} is taken", minute);
            // A free minute is missing only where the stretch around it is too short.
            if !busy && !offered {
                let clear = |at: &i64| !taken.iter().any(|span| (span.from..span.to).contains(at));
                let before = (within.from..=minute).rev().take_while(clear).count();
                let after = (minute..within.to).take_while(clear).count();
                prop_assert!(i64::try_from(before + after - 1).unwrap() < least);
            }
        }
        for gap in &free {
            prop_assert!(gap.to - gap.from >= least && gap.from >= within.from && gap.to <= within.to);
        }
    }

    #[test]
    fn hours_are_read_as_they_are_written(from in 0u32..1440, length in 1u32..1440) {
        let hours = Hours { from, to: (from + length).min(1440) };
        prop_assert_eq!(Hours::parse(&hours.text()), Some(hours));
    }

    #[test]
    fn a_series_has_the_days_of_the_rrule_crate(
        start in 0i64..3650,
        kind in 0usize..6,
        weekday in 0u8..7,
        nth in prop::sample::select(vec![1i8, 2, 3, 4, 5, -1]),
        dom in 1u32..=31,
        interval in 1u32..5,
    ) {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(u64::try_from(start).unwrap());
        let weekday = Weekday::try_from(weekday).unwrap();
        let rule = match kind {
            0 => Rule::Daily,
            1 | 2 => Rule::Weekly { interval, weekday },
            3 => Rule::MonthDay(dom),
            4 => Rule::MonthDay(0),
            _ => Rule::MonthWeekday(nth, weekday),
        };
        // Ten years of it; weeks are counted from the first day the rule names.
        let times = if kind == 0 { 400 } else { 130 };
        let series = Series { rule, times };
        let ours = days(series, first);
        let from = ours.first().copied().unwrap();
        let text = format!("DTSTART:{}T100000Z\nRRULE:{}", from.format("%Y%m%d"), rrule(series));
        let set: ::rrule::RRuleSet = text.parse().unwrap();
        let theirs: Vec<NaiveDate> = set.all(500).dates.iter().map(chrono::DateTime::date_naive).collect();
        prop_assert_eq!(&ours, &theirs, "{}", text);
        prop_assert_eq!(from_rrule(&rrule(series)), Some(series));
    }
}

#[test]
fn what_ends_at_ten_does_not_meet_what_begins_at_ten() {
    assert!(!Span { from: 540, to: 600 }.meets(Span { from: 600, to: 660 }));
    assert!(Span { from: 540, to: 601 }.meets(Span { from: 600, to: 660 }));
}

#[test]
fn a_booking_goes_only_where_the_states_let_it() {
    use Status::{
        Cancelled, Confirmed, Finished, InUse, Moved, NoShow, Pending, Rejected, Waiting, Withdrawn,
    };
    let events = [
        Event::Approve,
        Event::Reject,
        Event::Cancel,
        Event::Move,
        Event::Start,
        Event::Finish,
        Event::NoShow,
        Event::Claim { approval: true },
        Event::Claim { approval: false },
    ];
    let mut seen = Vec::new();
    for (from, _) in STATUSES {
        for event in events {
            seen.extend(next(*from, event).map(|to| (*from, to)));
        }
    }
    seen.sort_unstable();
    seen.dedup();
    let mut allowed = vec![
        (Pending, Confirmed),
        (Pending, Rejected),
        (Pending, Withdrawn),
        (Pending, Moved),
        (Waiting, Withdrawn),
        (Waiting, Pending),
        (Waiting, Confirmed),
        (Confirmed, InUse),
        (Confirmed, Finished),
        (Confirmed, NoShow),
        (Confirmed, Cancelled),
        (Confirmed, Moved),
        (InUse, Finished),
        (InUse, NoShow),
    ];
    allowed.sort_unstable();
    assert_eq!(seen, allowed);
}

#[test]
fn everything_unusual_is_warned_of() {
    let place = Place {
        capacity: Some(6),
        open: Hours { from: 510, to: 1020 },
        dedicated: vec!["AS".into(), "MD".into()],
        features: vec!["降噪".into()],
    };
    let wish = Wish {
        org: "BL".into(),
        hours: Hours { from: 480, to: 540 },
        working_day: false,
        people: Some(9),
        needs: vec!["降噪".into(), "字幕屏".into()],
    };
    let found = warnings(&place, &wish);
    assert_eq!(
        found,
        [
            Warning::OverCapacity { capacity: 6 },
            Warning::Lacks { features: vec!["字幕屏".into()] },
            Warning::Dedicated { to: vec!["AS".into(), "MD".into()] },
            Warning::RestDay,
            Warning::OutsideHours { open: place.open },
        ]
    );
    let quiet = Wish {
        org: "AS".into(),
        hours: Hours { from: 510, to: 1020 },
        working_day: true,
        people: Some(6),
        needs: vec!["降噪".into()],
    };
    assert_eq!(warnings(&place, &quiet), []);
}

fn cx() -> DateContext<'static> {
    let now = "2026-03-04T09:30:00".parse().unwrap();
    DateContext::new(now, Bias::Planning, Catalog::embedded().calendar())
}

#[test]
fn series_are_read_as_they_are_typed() {
    let wednesday = "2026-03-11".parse().ok();
    let weekly = Rule::Weekly { interval: 1, weekday: Weekday::Wed };
    let read = |text: &str| read(text, wednesday, &cx());
    assert_eq!(read("*8"), Some(Series { rule: weekly, times: 8 }));
    assert_eq!(read("8次"), Some(Series { rule: weekly, times: 8 }));
    assert_eq!(read("每周三 *8"), Some(Series { rule: weekly, times: 8 }));
    assert_eq!(
        read("隔周 *6"),
        Some(Series { rule: Rule::Weekly { interval: 2, weekday: Weekday::Wed }, times: 6 })
    );
    let friday = Rule::MonthWeekday(-1, Weekday::Fri);
    assert_eq!(read("每月最后一个周五 *6"), Some(Series { rule: friday, times: 6 }));
    assert_eq!(read("每月最后一个周五6次"), Some(Series { rule: friday, times: 6 }));
    assert_eq!(read("FREQ=WEEKLY;BYDAY=WE;COUNT=8"), Some(Series { rule: weekly, times: 8 }));
    for wrong in ["*0", "*401", "每周三", "*", "天天", "FREQ=YEARLY;COUNT=2", "FREQ=WEEKLY;BYDAY=WE"] {
        assert_eq!(read(wrong), None, "{wrong}");
    }
}

fn line(text: &str) -> Line {
    let orgs: Vec<_> = Catalog::embedded()
        .associations()
        .iter()
        .map(|a| (a.key.clone(), a.code.clone(), a.short.clone()))
        .collect();
    let zones = [
        Named::new("Z03", "d", "多功能活动区"),
        Named::new("Z03-R1", "", "大活动室"),
        Named::new("Z03-R2", "", "小活动室"),
        Named::new("Z03-R5", "", "会议室"),
    ];
    let features = [("字幕屏".to_owned(), vec!["字幕".to_owned()])];
    read_line(text, &Known { orgs: &orgs, zones: &zones, features: &features }, &cx())
}

#[test]
fn a_line_is_read_word_by_word() {
    let said = line("n3 14-16 d b 盲文班 30人 *8 +字幕");
    assert_eq!(said.days, Some(("2026-03-11".into(), "2026-03-11".into())));
    assert_eq!((said.hours.as_str(), said.zone.as_str(), said.org.as_str()), ("14:00-16:00", "Z03", "BL"));
    assert_eq!((said.purpose.as_str(), said.people.as_str(), said.repeat.as_str()), ("盲文班", "30", "*8"));
    assert_eq!((said.needs, said.unread), (vec!["字幕屏".to_owned()], Vec::<String>::new()));
}

#[test]
fn the_zone_stands_before_the_association_of_the_same_letter() {
    let said = line("w3 14-16 d d 例会");
    assert_eq!((said.zone.as_str(), said.org.as_str()), ("Z03", "DF"));
    let said = line("下周三14:00-16:00 大活动室 聋协 例会");
    assert_eq!(said.days, Some(("2026-03-11".into(), "2026-03-11".into())));
    assert_eq!((said.zone.as_str(), said.org.as_str(), said.hours.as_str()), ("Z03-R1", "DF", "14:00-16:00"));
}

#[test]
fn initials_mean_a_zone_when_only_one_begins_so() {
    assert_eq!(line("w3 xhd").zone, "Z03-R2");
    assert_eq!(line("w3 z03-r5").zone, "Z03-R5");
    let said = line("w3 14-16 qq b");
    assert_eq!((said.zone.as_str(), said.unread), ("", vec!["qq".to_owned()]));
}

#[test]
fn a_length_and_several_days_are_read_for_a_search() {
    let said = line("下周 2h d");
    assert_eq!(said.days, Some(("2026-03-09".into(), "2026-03-15".into())));
    assert_eq!((said.length, said.zone.as_str()), (Some(120), "Z03"));
    assert_eq!(line("w3 90m").length, Some(90));
    assert_eq!(line("每月最后一个周五 14-16 *3").repeat, "每月最后一个周五 *3");
    assert_eq!(usual_kind("盲文班"), "培训");
    assert_eq!(usual_kind("协会例会"), "会议");
}
