//! Which of many backups are kept: dense where one was made lately, thin far back. Pure; knows no file.

use std::collections::BTreeSet;

use chrono::{Datelike, Duration, NaiveDateTime, Timelike};

/// A new one is made when the last is this old.
pub(crate) const EVERY: Duration = Duration::hours(1);

/// Whether a backup is due. A clock that was set back does not put the next one off.
pub(crate) fn is_due(made: &[NaiveDateTime], now: NaiveDateTime) -> bool {
    made.iter().all(|at| (now - *at).abs() >= EVERY)
}

/// Those that are kept: the last of each hour for 24 hours, of each day for 7 days, of each week for 5 weeks, of each
/// month for 12 months. What seems to lie ahead is never thrown away: the clock may have been set back.
pub(crate) fn kept(made: &[NaiveDateTime], now: NaiveDateTime) -> BTreeSet<NaiveDateTime> {
    let mut newest_first = made.to_vec();
    newest_first.sort_unstable_by(|one, other| other.cmp(one));
    let mut kept = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for at in newest_first {
        let age = now - at;
        let day = at.date();
        let week = day.iso_week();
        let spans = [
            (age <= Duration::hours(24), (0, day.num_days_from_ce(), at.hour())),
            (age <= Duration::days(7), (1, day.num_days_from_ce(), 0)),
            (age <= Duration::weeks(5), (2, week.year(), week.week())),
            (age <= Duration::days(366), (3, day.year(), day.month())),
        ];
        for (within, span) in spans {
            if age < Duration::zero() || (within && seen.insert(span)) {
                kept.insert(at);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, NaiveDate, NaiveDateTime};
    use proptest::prelude::{prop, proptest};

    use super::{is_due, kept};

    fn start() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 3, 4).and_then(|day| day.and_hms_opt(9, 30, 0)).unwrap()
    }

    /// Lives through `hours` hours with a backup every hour, thrown away as the rule says each time.
    fn live(hours: i64) -> Vec<NaiveDateTime> {
        let mut made = Vec::new();
        for hour in 0..=hours {
            let now = start() + Duration::hours(hour);
            assert!(is_due(&made, now));
            made.push(now);
            made = kept(&made, now).into_iter().collect();
        }
        made
    }

    #[test]
    fn a_day_a_week_five_weeks_and_a_year_can_be_gone_back_to() {
        let made = live(24 * 500);
        let now = start() + Duration::hours(24 * 500);
        let within = |days| made.iter().filter(|at| now - **at <= Duration::days(days)).count();
        assert!((24..=26).contains(&within(1)), "{}", within(1));
        assert!((30..=33).contains(&within(7)), "{}", within(7));
        assert!((33..=38).contains(&within(35)), "{}", within(35));
        assert!((43..=51).contains(&made.len()), "{}", made.len());
        // There is always one near enough: at most two days back within a week, two weeks within five, two months a year.
        for (days, gap) in [(7, 2), (35, 14), (330, 62)] {
            let wanted = now - Duration::days(days);
            let near = made.iter().map(|at| (*at - wanted).num_days().abs()).min().unwrap();
            assert!(near <= gap, "{near} days off at {days}");
        }
    }

    #[test]
    fn a_clock_set_back_neither_stops_backups_nor_throws_any_away() {
        let made = live(10);
        let back = start() - Duration::days(40);
        assert!(is_due(&made, back));
        assert_eq!(kept(&made, back).len(), made.len());
        assert!(!is_due(&made, start() + Duration::hours(10) + Duration::minutes(59)));
    }

    proptest! {
        #[test]
        fn the_newest_is_always_kept(ages in prop::collection::vec(0i64..900_000, 1..60)) {
            let made: Vec<_> = ages.iter().map(|minutes| start() - Duration::minutes(*minutes)).collect();
            let kept = kept(&made, start());
            let newest = made.iter().max().unwrap();
            assert!(start() - *newest > Duration::days(366) || kept.contains(newest));
            assert!(kept.iter().all(|at| made.contains(at)));
        }
    }
}
