//! What is true of the financial notices to the associations (G-6.4.2b): for which period one is due and by when, how it is
//! numbered, and what follows what. Pure: no SQL, no clock.

use chrono::{Datelike, Days, Months, NaiveDate};

/// Where a notice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Sent, not answered for yet.
    Sent,
    /// Read.
    Read,
    /// Something in it is objected to.
    Objected,
    /// The objection was answered.
    Answered,
}

impl Status {
    const ALL: [Self; 4] = [Self::Sent, Self::Read, Self::Objected, Self::Answered];

    /// The word in the file.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Sent => "已发",
            Self::Read => "已阅",
            Self::Objected => "有异议",
            Self::Answered => "已答复",
        }
    }

    /// The status of this word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// What happens to a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// The association has read it.
    Read,
    /// It objects.
    Object,
    /// The secretariat answers.
    Reply,
}

/// The status after an event; none when it cannot happen there.
pub(crate) fn next(status: Status, event: Event) -> Option<Status> {
    match (status, event) {
        (Status::Sent, Event::Read) => Some(Status::Read),
        (Status::Sent | Status::Read | Status::Answered, Event::Object) => Some(Status::Objected),
        (Status::Objected, Event::Reply) => Some(Status::Answered),
        _ => None,
    }
}

/// The quarter before the one a day lies in: first and last day.
pub(crate) fn last_quarter(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = NaiveDate::from_ymd_opt(today.year(), (today.month0() / 3) * 3 + 1, 1).unwrap_or(today);
    (first - Months::new(3), first.pred_opt().unwrap_or(first))
}

/// The last day a notice about a period is in time.
pub(crate) fn due(to: NaiveDate, days: i64) -> NaiveDate {
    to + Days::new(days.unsigned_abs())
}

/// A period in few signs: `2025Q4`, `2025-11`, `2025`, or its two days.
pub(crate) fn period(from: NaiveDate, to: NaiveDate) -> String {
    let after = to.succ_opt().unwrap_or(to);
    let whole = |months: u32| from.day() == 1 && from + Months::new(months) == after;
    match () {
        () if whole(12) && from.month() == 1 => from.year().to_string(),
        () if whole(3) && from.month0().is_multiple_of(3) => {
            format!("{}Q{}", from.year(), from.month0() / 3 + 1)
        }
        () if whole(1) => from.format("%Y-%m").to_string(),
        () => format!("{}-{}", from.format("%Y%m%d"), to.format("%Y%m%d")),
    }
}

/// A notice's number (`TB-2025Q4-BL`).
pub(crate) fn number(org: &str, from: NaiveDate, to: NaiveDate) -> String {
    format!("TB-{}-{org}", period(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_quarter_is_known_on_every_day() {
        for (today, from, to) in [
            ("2026-03-04", "2025-10-01", "2025-12-31"),
            ("2026-01-01", "2025-10-01", "2025-12-31"),
            ("2026-03-31", "2025-10-01", "2025-12-31"),
            ("2026-04-01", "2026-01-01", "2026-03-31"),
            ("2024-12-31", "2024-07-01", "2024-09-30"),
        ] {
            assert_eq!(last_quarter(day(today)), (day(from), day(to)), "{today}");
        }
        assert_eq!(due(day("2025-12-31"), 10), day("2026-01-10"));
    }

    #[test]
    fn periods_are_named_shortly() {
        for (from, to, name) in [
            ("2025-10-01", "2025-12-31", "TB-2025Q4-BL"),
            ("2025-01-01", "2025-12-31", "TB-2025-BL"),
            ("2024-02-01", "2024-02-29", "TB-2024-02-BL"),
            ("2025-02-01", "2025-04-30", "TB-20250201-20250430-BL"),
            ("2025-02-03", "2025-02-05", "TB-20250203-20250205-BL"),
        ] {
            assert_eq!(number("BL", day(from), day(to)), name);
        }
    }

    #[test]
    fn an_objection_is_answered_before_anything_else() {
        for status in Status::ALL {
            assert_eq!(Status::parse(status.word()), Some(status));
            assert_eq!(next(status, Event::Reply).is_some(), status == Status::Objected);
            assert_eq!(next(status, Event::Object).is_none(), status == Status::Objected);
            assert_eq!(next(status, Event::Read).is_some(), status == Status::Sent);
        }
    }
}
