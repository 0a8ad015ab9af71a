//! How often someone must be trained, and by when the next time is due (N-3.3, Z-3.7, M-3.1). Pure: days in, days out; no
//! SQL, no clock.

use chrono::{Datelike, Months, NaiveDate};

/// Over how many years a rolling quota looks back (N-3.3).
const LOOKS_BACK: u32 = 5;
/// From this month on a calendar year's gap is pressing (M-3.1: the list of the last quarter).
const LAST_QUARTER: u32 = 10;
/// Whoever came in this month or later owes half of the first year's times.
const SECOND_HALF: u32 = 7;

/// Which rule somebody falls under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Quota {
    /// So many times in any five years (heads and staff, N-3.3).
    FiveYears,
    /// So many times in every calendar year (grid and social workers, M-3.1).
    EachYear,
}

impl Quota {
    /// The rule for a kind of person; none for those no rule counts (volunteers, professionals, advisors).
    pub(crate) fn of(kind: &str) -> Option<Self> {
        match kind {
            "助残社工" | "网格员" => Some(Self::EachYear),
            // A commissioner's are counted with those of the heads (Z-3.7).
            "专职" | "兼职" | "专职委员" => Some(Self::FiveYears),
            _ => None,
        }
    }

    /// Name of the rule's number in the rule profile.
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Self::FiveYears => "training_per_five_years",
            Self::EachYear => "training_per_year",
        }
    }
}

/// How someone stands under a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stand {
    /// Times that count now.
    pub count: usize,
    /// Times wanted.
    pub need: usize,
    /// The day by which the next time must be; none where nothing is owed ahead that can be told.
    pub by: Option<NaiveDate>,
    /// The calendar year that ended short, with the times of it that have not been made up: the past cannot be trained any
    /// more, only made up for.
    pub missed: Option<(i32, usize)>,
}

impl Stand {
    /// Times that are wanting on this day.
    pub(crate) fn short(&self) -> usize {
        self.need.saturating_sub(self.count)
    }

    /// Whether the day by which it was due is past, or a year ended short.
    pub(crate) fn overdue(&self, today: NaiveDate) -> bool {
        self.missed.is_some() || (self.short() > 0 && self.by.is_some_and(|by| by < today))
    }

    /// Whether it should be arranged now: overdue, in the last quarter of a year that is short, or within these days of
    /// falling short.
    pub(crate) fn pressing(&self, quota: Quota, today: NaiveDate, days: i64) -> bool {
        if self.overdue(today) {
            return true;
        }
        match quota {
            Quota::EachYear => self.short() > 0 && today.month() >= LAST_QUARTER,
            Quota::FiveYears => self.by.is_some_and(|by| (by - today).num_days() <= days),
        }
    }
}

/// How somebody stands on a day who has been here since `joined` (unknown: always) and was trained on these days, in any
/// order. Days after `today` are not counted.
pub(crate) fn stand(
    quota: Quota,
    need: usize,
    joined: Option<NaiveDate>,
    trained: &[NaiveDate],
    today: NaiveDate,
) -> Stand {
    let mut past: Vec<NaiveDate> = trained.iter().copied().filter(|day| *day <= today).collect();
    past.sort_unstable_by(|a, b| b.cmp(a));
    match quota {
        Quota::FiveYears => five_years(need, joined, &past, today),
        Quota::EachYear => each_year(need, joined, &past, today),
    }
}

/// `past` has the latest first.
fn five_years(need: usize, joined: Option<NaiveDate>, past: &[NaiveDate], today: NaiveDate) -> Stand {
    let count = past.iter().filter(|day| later(**day) > today).count();
    // The window runs dry when the earliest of the last `need` times leaves it; nobody owes anything in the first five years.
    let dry = need.checked_sub(1).and_then(|at| past.get(at)).map(|day| later(*day));
    let by = match (need, joined) {
        (0, _) => None,
        (_, Some(joined)) => dry.max(Some(later(joined))),
        // Nobody knows since when: what is not owed later is due now.
        (_, None) => dry.max(Some(today)),
    };
    Stand { count, need, by, missed: None }
}

/// Five years on; a 29 February comes again on the 28th.
fn later(day: NaiveDate) -> NaiveDate {
    day.checked_add_months(Months::new(LOOKS_BACK * 12)).unwrap_or(NaiveDate::MAX)
}

fn each_year(need: usize, joined: Option<NaiveDate>, past: &[NaiveDate], today: NaiveDate) -> Stand {
    let of = |year: i32| past.iter().filter(|day| day.year() == year).count();
    let year = today.year();
    let owed = owed_in(year, need, joined);
    let done = of(year);
    let wanting = owed_in(year - 1, need, joined).saturating_sub(of(year - 1));
    // What a year is short of is made up by times of the next beyond its own first ones.
    let made_up = done.min(wanting);
    let missed = (wanting > made_up).then_some((year - 1, wanting - made_up));
    let by = if owed > done { NaiveDate::from_ymd_opt(year, 12, 31) } else { None };
    Stand { count: done, need: owed, by, missed }
}

/// What is owed in a calendar year: nothing before someone came, half of it when they came in its second half.
fn owed_in(year: i32, need: usize, joined: Option<NaiveDate>) -> usize {
    match joined {
        Some(day) if day.year() > year => 0,
        Some(day) if day.year() == year && day.month() >= SECOND_HALF => need / 2,
        _ => need,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_social_worker_who_came_once_last_year_is_short_until_it_is_made_up() {
        let joined = Some(d("2025-03-01"));
        let today = d("2026-03-04");
        let short = stand(Quota::EachYear, 2, joined, &[d("2025-05-16")], today);
        assert_eq!(short.missed, Some((2025, 1)));
        assert!(short.overdue(today) && short.pressing(Quota::EachYear, today, 90));
        assert_eq!((short.count, short.need, short.by), (0, 2, Some(d("2026-12-31"))));
        let whole = stand(Quota::EachYear, 2, joined, &[d("2025-05-16"), d("2025-11-14")], today);
        assert_eq!(whole.missed, None);
        assert!(!whole.pressing(Quota::EachYear, today, 90), "there is time until the last quarter");
        assert!(whole.pressing(Quota::EachYear, d("2026-10-01"), 90));
        let again = stand(Quota::EachYear, 2, joined, &[d("2025-05-16"), d("2026-03-02")], today);
        assert_eq!((again.missed, again.count), (None, 1));
    }

    #[test]
    fn a_year_is_owed_from_the_day_someone_came() {
        let today = d("2026-03-04");
        let late = stand(Quota::EachYear, 2, Some(d("2025-08-01")), &[], today);
        assert_eq!(late.missed, Some((2025, 1)), "half of it");
        let new = stand(Quota::EachYear, 2, Some(d("2026-01-05")), &[], today);
        assert_eq!((new.missed, new.short()), (None, 2));
        assert_eq!(stand(Quota::EachYear, 2, None, &[], today).missed, Some((2025, 2)));
    }

    #[test]
    fn five_years_roll() {
        let joined = Some(d("2025-01-02"));
        let today = d("2026-03-04");
        let new = stand(Quota::FiveYears, 2, joined, &[d("2025-09-12")], today);
        assert_eq!((new.short(), new.by), (1, Some(d("2030-01-02"))));
        assert!(!new.pressing(Quota::FiveYears, today, 90));
        assert!(new.pressing(Quota::FiveYears, d("2029-10-20"), 90));
        let two = stand(Quota::FiveYears, 2, joined, &[d("2025-04-23"), d("2025-09-12")], today);
        assert_eq!((two.short(), two.by), (0, Some(d("2030-04-23"))));
        let old =
            stand(Quota::FiveYears, 2, Some(d("2015-01-01")), &[d("2020-02-29"), d("2021-03-05")], today);
        assert_eq!((old.count, old.by), (1, Some(d("2025-02-28"))));
        assert!(old.overdue(today));
        assert!(!stand(Quota::FiveYears, 2, None, &[], today).overdue(today), "due today is not past");
    }

    #[test]
    fn who_falls_under_which() {
        assert_eq!(Quota::of("网格员"), Some(Quota::EachYear));
        assert_eq!(Quota::of("专职"), Some(Quota::FiveYears));
        assert_eq!(Quota::of("志愿者"), None);
    }

    fn day() -> impl Strategy<Value = NaiveDate> {
        (0_i64..6_000).prop_map(|n| d("2012-01-01") + chrono::Duration::days(n))
    }

    proptest! {
        /// Being trained never makes anybody stand worse, whenever it was.
        #[test]
        fn another_time_never_hurts(
            mut days in prop::collection::vec(day(), 0..6),
            more in day(),
            joined in prop::option::of(day()),
            today in day(),
            need in 0_usize..4,
            each in any::<bool>(),
        ) {
            let quota = if each { Quota::EachYear } else { Quota::FiveYears };
            let before = stand(quota, need, joined, &days, today);
            days.push(more);
            let after = stand(quota, need, joined, &days, today);
            prop_assert!(after.count >= before.count && after.need == before.need);
            prop_assert!(after.short() <= before.short());
            let left = |s: &Stand| s.missed.map_or(0, |(_, n)| n);
            prop_assert!(left(&after) <= left(&before));
            if !each {
                prop_assert!(after.by >= before.by);
            }
            prop_assert!(!after.overdue(today) || before.overdue(today));
        }

        /// The day said is the right one: with no further training somebody is whole up to it and short from it on.
        #[test]
        fn the_day_is_the_one_from_which_the_window_is_dry(
            days in prop::collection::vec(day(), 0..6),
            joined in day(),
            ahead in 0_i64..4_000,
            need in 1_usize..4,
        ) {
            let last = days.iter().copied().chain([joined]).max().unwrap();
            let now = stand(Quota::FiveYears, need, Some(joined), &days, last);
            let by = now.by.unwrap();
            let then = last + chrono::Duration::days(ahead);
            let later_on = stand(Quota::FiveYears, need, Some(joined), &days, then);
            prop_assert_eq!(later_on.by, Some(by));
            prop_assert_eq!(later_on.overdue(then), then > by);
            if then < by && then >= later(joined) {
                prop_assert_eq!(later_on.short(), 0);
            }
            if then >= by {
                prop_assert!(later_on.short() > 0);
            }
        }

        /// What a year is short of is exactly what is said, however the days are ordered.
        #[test]
        fn the_order_of_days_does_not_matter(days in prop::collection::vec(day(), 0..8), today in day()) {
            let mut turned = days.clone();
            turned.reverse();
            for quota in [Quota::EachYear, Quota::FiveYears] {
                prop_assert_eq!(stand(quota, 2, None, &days, today), stand(quota, 2, None, &turned, today));
            }
        }
    }
}
