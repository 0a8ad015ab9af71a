//! What is true of rounds (G-6.1.4): the four kinds, each with its checklist and its rule of the profile, when the next one is
//! due, and what is found. Pure: no SQL, no clock, no sentence.

use chrono::{Days, Months, NaiveDate};

/// A kind of round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    /// The word it is kept as.
    pub word: &'static str,
    /// Its checklist, a set of the catalogue.
    pub list: &'static str,
    /// How often it is due, a rule of the profile.
    pub rule: &'static str,
    /// How pressing a repair is that comes from it, unless whoever looked says otherwise.
    pub priority: &'static str,
}

/// The four kinds, in the order of the clause.
pub(crate) const KINDS: [Kind; 4] = [
    Kind { word: "卫生", list: "check_hygiene", rule: "round_hygiene", priority: "普通" },
    Kind { word: "无障碍", list: "check_accessibility", rule: "round_accessibility", priority: "普通" },
    Kind { word: "水电", list: "check_utilities", rule: "round_utilities", priority: "紧急" },
    Kind { word: "消防", list: "check_fire", rule: "round_fire", priority: "紧急" },
];

/// The kind of this word.
pub(crate) fn kind(word: &str) -> Option<Kind> {
    KINDS.into_iter().find(|kind| kind.word == word)
}

/// How an item was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    InOrder,
    NotInOrder,
    /// There is none of it here.
    DoesNotApply,
}

impl Found {
    /// The word it is kept as.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::InOrder => "正常",
            Self::NotInOrder => "异常",
            Self::DoesNotApply => "不适用",
        }
    }

    /// Reads the word; none for any other.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::InOrder, Self::NotInOrder, Self::DoesNotApply].into_iter().find(|found| found.word() == word)
    }
}

/// How often something comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Every {
    /// So many days.
    Days(u64),
    /// So many months; in a shorter month on its last day.
    Months(u32),
}

/// The day on which the next round is due; none where there was none yet: then it is due at once.
pub(crate) fn due(last: Option<NaiveDate>, every: Every) -> Option<NaiveDate> {
    let last = last?;
    match every {
        Every::Days(days) => last.checked_add_days(Days::new(days)),
        Every::Months(months) => last.checked_add_months(Months::new(months)),
    }
}
