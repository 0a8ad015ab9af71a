//! What is true of a stocktake (SM-11, G-6.2.4): which step follows which, in which half of the year it is due, what it covers.
//! Pure: no SQL, no clock.

use chrono::{Datelike, NaiveDate};

/// How a stocktake stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// It is meant to be.
    Planned,
    /// The book was written down and is being compared.
    Counting,
    /// Everything was counted; a second person looks at what differs.
    Checking,
    /// What differs is being decided.
    Deciding,
    /// The ledger says what was decided.
    Posted,
    /// The associations can object.
    Published,
    /// It is over.
    Archived,
    /// It was not held.
    Cancelled,
}

/// What is done to a stocktake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The book is written down.
    Start,
    /// The counting ends.
    Finish,
    /// The counting goes on after all.
    Resume,
    /// The second look is over.
    Review,
    /// The ledger is brought up to date.
    Post,
    /// The associations are told.
    Publish,
    /// It is put away.
    Archive,
    /// It is not held.
    Cancel,
}

impl Status {
    /// All of them, with the words in the file.
    const WORDS: [(Self, &'static str); 8] = [
        (Self::Planned, "计划"),
        (Self::Counting, "盘点中"),
        (Self::Checking, "复核"),
        (Self::Deciding, "差异审批"),
        (Self::Posted, "已更新台账"),
        (Self::Published, "公示中"),
        (Self::Archived, "归档"),
        (Self::Cancelled, "已取消"),
    ];

    /// The word in the file.
    pub(crate) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(status, _)| *status == self).map_or("", |(_, word)| word)
    }

    /// The status of a word in the file.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(status, _)| *status)
    }

    /// Where a step leads from here; none where it does not apply.
    pub(crate) fn after(self, step: Step) -> Option<Self> {
        use Status as S;
        match (self, step) {
            (S::Planned, Step::Start) | (S::Checking, Step::Resume) => Some(S::Counting),
            (S::Counting, Step::Finish) => Some(S::Checking),
            (S::Checking, Step::Review) => Some(S::Deciding),
            (S::Deciding, Step::Post) => Some(S::Posted),
            (S::Posted, Step::Publish) => Some(S::Published),
            (S::Published, Step::Archive) => Some(S::Archived),
            (S::Planned, Step::Cancel) => Some(S::Cancelled),
            _ => None,
        }
    }
}

/// What a stocktake covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Everything.
    All,
    /// What one association owns.
    Owner(String),
    /// A place and what lies in it, by its code.
    Zone(String),
    /// One category.
    Category(String),
}

impl Scope {
    /// The words in the file: what kind, and which.
    pub(crate) fn words(&self) -> (&'static str, &str) {
        match self {
            Self::All => ("全部", ""),
            Self::Owner(org) => ("权属", org),
            Self::Zone(code) => ("场地", code),
            Self::Category(category) => ("类别", category),
        }
    }

    /// The scope of the words in the file.
    pub(crate) fn parse(kind: &str, which: &str) -> Self {
        match kind {
            "权属" => Self::Owner(which.to_owned()),
            "场地" => Self::Zone(which.to_owned()),
            "类别" => Self::Category(which.to_owned()),
            _ => Self::All,
        }
    }
}

/// The part of the year a day lies in, where a year has so many (two: `2026H1`), with its last day.
pub(crate) fn period(day: NaiveDate, a_year: u32) -> (String, NaiveDate) {
    let parts = a_year.clamp(1, 12);
    let months = 12_u32.div_ceil(parts);
    let at = day.month0() / months;
    let year = day.year();
    let next = (at + 1) * months;
    let first_after = match next {
        0..=11 => NaiveDate::from_ymd_opt(year, next + 1, 1),
        _ => NaiveDate::from_ymd_opt(year + 1, 1, 1),
    };
    let last = first_after.and_then(|day| day.pred_opt()).unwrap_or(day);
    let name = match parts {
        1 => year.to_string(),
        2 => format!("{year}H{}", at + 1),
        4 => format!("{year}Q{}", at + 1),
        _ => format!("{year}-{}", at + 1),
    };
    (name, last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STEPS: [Step; 8] = [
        Step::Start,
        Step::Finish,
        Step::Resume,
        Step::Review,
        Step::Post,
        Step::Publish,
        Step::Archive,
        Step::Cancel,
    ];

    #[test]
    fn a_year_has_two_halves_unless_the_office_says_otherwise() {
        let said = |day: &str, n| {
            let (name, last) = period(day.parse().unwrap(), n);
            format!("{name} {last}")
        };
        assert_eq!(said("2026-03-04", 2), "2026H1 2026-06-30");
        assert_eq!(said("2026-12-31", 2), "2026H2 2026-12-31");
        assert_eq!(said("2026-07-01", 1), "2026 2026-12-31");
        assert_eq!(said("2026-05-04", 4), "2026Q2 2026-06-30");
        assert_eq!(said("2026-03-04", 12), "2026-3 2026-03-31");
    }

    proptest! {
        #[test]
        fn nothing_is_published_that_was_not_counted_checked_decided_and_posted(
            steps in prop::collection::vec(0_usize..8, 0..40),
        ) {
            let mut status = Status::Planned;
            let mut seen = vec![status];
            for at in steps {
                if let Some(next) = status.after(STEPS[at]) {
                    status = next;
                    seen.push(next);
                }
            }
            let before = [
                (Status::Archived, Status::Published),
                (Status::Published, Status::Posted),
                (Status::Posted, Status::Deciding),
                (Status::Deciding, Status::Checking),
                (Status::Checking, Status::Counting),
            ];
            for (later, earlier) in before {
                prop_assert!(!seen.contains(&later) || seen.contains(&earlier));
            }
            prop_assert_eq!(Status::parse(status.word()), Some(status));
        }

        #[test]
        fn every_day_lies_in_one_part_of_the_year(day in 0_i64..20_000, n in 0_u32..13) {
            let day = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Days::new(day.unsigned_abs());
            let (name, last) = period(day, n);
            prop_assert!(last >= day && !name.is_empty());
            prop_assert_eq!(period(last, n).0, name);
            prop_assert_ne!(period(last.succ_opt().unwrap(), n).0, period(day, n).0);
        }
    }
}
