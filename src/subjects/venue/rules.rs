//! What is true of a booking: the states of SM-06 in one `match`, half-open intervals, what is warned of and what is refused
//! (G-6.1.1b, G-6.1.3). Pure: no SQL, no clock, no sentence. Times are minutes of local time since 1970-01-01.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// Where a booking stands (SPEC App. A, SM-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Status {
    Pending,
    Confirmed,
    Rejected,
    Withdrawn,
    InUse,
    Finished,
    NoShow,
    Cancelled,
    Moved,
    Waiting,
}

/// Every status with the word it is kept as.
pub(crate) const STATUSES: &[(Status, &str)] = &[
    (Status::Pending, "待审核"),
    (Status::Confirmed, "已确认"),
    (Status::Rejected, "已拒绝"),
    (Status::Withdrawn, "已撤回"),
    (Status::InUse, "使用中"),
    (Status::Finished, "已完成"),
    (Status::NoShow, "未到场"),
    (Status::Cancelled, "已取消"),
    (Status::Moved, "改期"),
    (Status::Waiting, "候补"),
];

impl Status {
    /// The word it is kept as.
    pub(crate) fn word(self) -> &'static str {
        STATUSES.iter().find(|(status, _)| *status == self).map_or("", |(_, word)| word)
    }

    /// Reads the word; none for any other.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        STATUSES.iter().find(|(_, kept)| *kept == word).map(|(status, _)| *status)
    }

    /// Whether the zone is taken by it. A booking that waits for a yes holds its time: who asked first is not overtaken.
    pub(crate) fn holds(self) -> bool {
        matches!(self, Self::Pending | Self::Confirmed | Self::InUse | Self::Finished)
    }
}

/// What happens to a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    Approve,
    Reject,
    /// Given up by whoever asked: what was not yet granted is withdrawn, what was is cancelled.
    Cancel,
    Move,
    Start,
    Finish,
    NoShow,
    /// A freed time is taken by who waited for it.
    Claim {
        /// The zone's bookings wait for a yes.
        approval: bool,
    },
    Amend,
}

/// Where a booking stands after something happened; none where that cannot happen.
pub(crate) fn next(status: Status, event: Event) -> Option<Status> {
    use Status::{
        Cancelled, Confirmed, Finished, InUse, Moved, NoShow, Pending, Rejected, Waiting, Withdrawn,
    };
    Some(match (status, event) {
        (Pending, Event::Approve) => Confirmed,
        (Pending, Event::Reject) => Rejected,
        (Pending | Waiting, Event::Cancel) => Withdrawn,
        (Confirmed, Event::Cancel) => Cancelled,
        (Pending | Confirmed, Event::Move) => Moved,
        (Confirmed, Event::Start) => InUse,
        // Nobody may have said that it began.
        (Confirmed | InUse, Event::Finish) => Finished,
        (Confirmed | InUse, Event::NoShow) => NoShow,
        (Waiting, Event::Claim { approval: true }) => Pending,
        (Waiting, Event::Claim { approval: false }) => Confirmed,
        (Pending | Confirmed | Waiting, Event::Amend) => status,
        _ => return None,
    })
}

/// A stretch of time, its end not counted: ten to eleven and eleven to twelve do not meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    /// First minute.
    pub from: i64,
    /// The minute after the last.
    pub to: i64,
}

impl Span {
    /// Whether both have a minute in common.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// From minute to minute of a day.
    pub(crate) fn on(day: NaiveDate, hours: Hours) -> Self {
        let midnight = minutes_of(day.and_time(NaiveTime::MIN));
        Self { from: midnight + i64::from(hours.from), to: midnight + i64::from(hours.to) }
    }
}

/// Minutes of local time since 1970-01-01.
pub(crate) fn minutes_of(at: NaiveDateTime) -> i64 {
    at.and_utc().timestamp().div_euclid(60)
}

/// The moment of so many minutes.
pub(crate) fn moment_of(minutes: i64) -> NaiveDateTime {
    DateTime::from_timestamp(minutes.saturating_mul(60), 0).unwrap_or_default().naive_utc()
}

/// From when to when on a day, in minutes since midnight; the end is not counted and may be 1440.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hours {
    /// First minute.
    pub from: u32,
    /// The minute after the last.
    pub to: u32,
}

impl Hours {
    /// `14:00-16:00`.
    pub(crate) fn text(self) -> String {
        format!("{}-{}", clock(self.from), clock(self.to))
    }

    /// The hours of two moments of one day; an end at midnight is the day's own end.
    pub(crate) fn between(from: NaiveDateTime, to: NaiveDateTime) -> Self {
        let minute = |at: NaiveDateTime| at.hour() * 60 + at.minute();
        let days = u32::try_from((to.date() - from.date()).num_days()).unwrap_or(0);
        Self { from: minute(from), to: minute(to) + days * 1440 }
    }

    /// Reads `14-16`, `14:00-16:30`, `1400-1630`, `14点到16点`, `2-4pm`; hours alone are whole ones. None for anything else, and for an
    /// end that is not after its beginning.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let plain = crate::values::text::half_width(text).trim().replace(['到', '至', '~', '—', '－'], "-");
        let (from, to) = plain.split_once('-')?;
        let (from, to) = (from.trim(), to.trim());
        // `2-4pm` are both after noon, `11-1pm` are not.
        let pm = to.to_ascii_lowercase().ends_with("pm") && from.ends_with(|c: char| c.is_ascii_digit());
        let end = minute(to)?;
        let from = match pm.then(|| minute(&format!("{from}pm"))).flatten().filter(|from| *from < end) {
            Some(from) => from,
            None => minute(from)?,
        };
        let hours = Self { from, to: end };
        (hours.from < hours.to && hours.to <= 1440).then_some(hours)
    }
}

/// A minute of a day as people write it.
pub(crate) fn minute(text: &str) -> Option<u32> {
    let lower = text.trim().to_ascii_lowercase();
    for (half, later) in [("am", 0), ("pm", 720)] {
        if let Some(at) = lower.strip_suffix(half).and_then(minute).filter(|at| *at < 780) {
            return Some(at % 720 + later);
        }
    }
    let text = lower.trim_end_matches('分');
    let digits =
        |t: &str| (!t.is_empty() && t.chars().all(|c| c.is_ascii_digit())).then(|| t.parse::<u32>().ok())?;
    let (hour, minute) = match text.split_once([':', '点', '：', '时']) {
        Some((hour, "")) => (digits(hour)?, 0),
        Some((hour, "半")) => (digits(hour)?, 30),
        Some((hour, minute)) => (digits(hour)?, digits(minute)?),
        None => match text.len() {
            1 | 2 => (digits(text)?, 0),
            3 | 4 => (digits(text)? / 100, digits(text)? % 100),
            _ => return None,
        },
    };
    (hour <= 24 && minute < 60 && hour * 60 + minute <= 1440).then_some(hour * 60 + minute)
}

/// `08:30`.
pub(crate) fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// What is unusual about a booking: it can be made with a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Warning {
    /// More people than the zone is meant for.
    OverCapacity {
        /// What it is meant for.
        capacity: i64,
    },
    /// Before the zone opens or after it closes.
    OutsideHours {
        /// When it is open.
        open: Hours,
    },
    /// Nobody works on that day.
    RestDay,
    /// Kept for other associations, whose consent is the reason to give (G-6.1.3).
    Dedicated {
        /// Their codes.
        to: Vec<String>,
    },
    /// Accessibility that is wanted and not offered.
    Lacks {
        /// What is missing.
        features: Vec<String>,
    },
}

impl Warning {
    /// The word it is kept as.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::OverCapacity { .. } => "capacity",
            Self::OutsideHours { .. } => "hours",
            Self::RestDay => "rest-day",
            Self::Dedicated { .. } => "dedicated",
            Self::Lacks { .. } => "lacks",
        }
    }
}

/// What the rules look at in a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// People it is meant for.
    pub capacity: Option<i64>,
    /// When it is open.
    pub open: Hours,
    /// Associations it is kept for; empty for all.
    pub dedicated: Vec<String>,
    /// What it offers.
    pub features: Vec<String>,
}

/// What the rules look at in a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wish {
    /// Association code.
    pub org: String,
    /// When on the day.
    pub hours: Hours,
    /// Somebody works on the day.
    pub working_day: bool,
    /// How many come, if known.
    pub people: Option<i64>,
    /// Accessibility wanted.
    pub needs: Vec<String>,
}

/// Everything unusual about a booking, the gravest first.
pub(crate) fn warnings(place: &Place, wish: &Wish) -> Vec<Warning> {
    let mut found = Vec::new();
    if let (Some(capacity), Some(people)) = (place.capacity, wish.people)
        && people > capacity
    {
        found.push(Warning::OverCapacity { capacity });
    }
    let lacking: Vec<String> =
        wish.needs.iter().filter(|need| !place.features.contains(need)).cloned().collect();
    if !lacking.is_empty() {
        found.push(Warning::Lacks { features: lacking });
    }
    if !place.dedicated.is_empty() && !wish.org.is_empty() && !place.dedicated.contains(&wish.org) {
        found.push(Warning::Dedicated { to: place.dedicated.clone() });
    }
    if !wish.working_day {
        found.push(Warning::RestDay);
    }
    if wish.hours.from < place.open.from || wish.hours.to > place.open.to {
        found.push(Warning::OutsideHours { open: place.open });
    }
    found
}

/// What is free of a stretch of time, given what is taken; in order, each at least so many minutes long.
pub(crate) fn gaps(within: Span, taken: &[Span], least: i64) -> Vec<Span> {
    let mut taken: Vec<Span> = taken.iter().copied().filter(|span| span.meets(within)).collect();
    taken.sort_unstable();
    let mut free = Vec::new();
    let mut from = within.from;
    for span in taken {
        if span.from - from >= least {
            free.push(Span { from, to: span.from });
        }
        from = from.max(span.to);
    }
    if within.to - from >= least {
        free.push(Span { from, to: within.to });
    }
    free.retain(|span| span.to > span.from);
    free
}

/// Minutes up to the next quarter of an hour: nobody books from 09:37.
pub(crate) fn quarter_up(minutes: i64) -> i64 {
    minutes.div_euclid(15) * 15 + if minutes.rem_euclid(15) == 0 { 0 } else { 15 }
}

/// First and last day of the week of a day, Monday to Sunday.
pub(crate) fn week_of(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let monday = day - chrono::Days::new(u64::from(day.weekday().num_days_from_monday()));
    (monday, monday + chrono::Days::new(6))
}
