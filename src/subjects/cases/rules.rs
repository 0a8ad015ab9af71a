//! What is true of a case: the states of SM-20 with their changes in one `match`, the part of each association in a
//! coordinated case, and when a case counts as handled well. Pure: no SQL, no clock, no sentence.

use chrono::NaiveDate;

/// Where a case stands (SPEC App. A, SM-20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Status {
    Registered,
    Classified,
    Unrouted,
    Routed,
    Accepted,
    Working,
    Waiting,
    Coordinated,
    Referred,
    Done,
    CalledBack,
    Archived,
    Refused,
    Withdrawn,
}

/// Every status with the word it is kept as, in the order of the work.
pub(crate) const STATUSES: &[(Status, &str)] = &[
    (Status::Registered, "已登记"),
    (Status::Classified, "已分类"),
    (Status::Unrouted, "待分流"),
    (Status::Routed, "已分流"),
    (Status::Accepted, "已接办"),
    (Status::Working, "办理中"),
    (Status::Waiting, "待补充"),
    (Status::Coordinated, "协同办理"),
    (Status::Referred, "已转介"),
    (Status::Done, "已办结"),
    (Status::CalledBack, "已回访"),
    (Status::Archived, "已归档"),
    (Status::Refused, "不予受理"),
    (Status::Withdrawn, "已撤回"),
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

    /// Somebody still has to do something for the person.
    pub(crate) fn open(self) -> bool {
        use Status::{Archived, CalledBack, Done, Refused, Withdrawn};
        !matches!(self, Done | CalledBack | Archived | Refused | Withdrawn)
    }
}

/// The part of one association in a coordinated case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// It has not taken it yet.
    Pending,
    /// It is at work.
    Working,
    /// It has reported what it did.
    Reported,
    /// It says the matter is not its own; the secretariat must route again.
    Returned,
    /// Routed away from it.
    Dropped,
}

impl Part {
    /// The word it is kept as.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Pending => "待接办",
            Self::Working => "办理中",
            Self::Reported => "已反馈",
            Self::Returned => "退回",
            Self::Dropped => "已撤出",
        }
    }

    /// Reads the word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Pending, Self::Working, Self::Reported, Self::Returned, Self::Dropped]
            .into_iter()
            .find(|part| part.word() == word)
    }

    /// Nothing more is expected of it.
    pub(crate) fn settled(self) -> bool {
        matches!(self, Self::Reported | Self::Dropped)
    }
}

/// Something that happens to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Event {
    /// Its matter and category are known.
    Classify,
    /// It waits for someone to say where it belongs.
    Queue,
    /// It goes to one association (or the secretariat itself).
    Route,
    /// It goes to several; the secretariat coordinates.
    Coordinate,
    /// The association takes it.
    Accept,
    /// The association says it is not its own.
    Return,
    /// Work was done or a word passed; any note.
    Note,
    /// Something is missing from outside.
    Wait,
    /// What was missing came.
    Resume,
    /// Passed on to a unit outside.
    Refer,
    /// Finished, and the person told.
    Finish,
    /// The person was asked how it went.
    CallBack,
    /// Put away.
    Archive,
    /// Taken up again.
    Reopen,
    /// Not a matter of this office; the reason was told.
    Refuse,
    /// The person takes it back.
    Withdraw,
}

/// Why an event cannot happen now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Not from this status.
    Status,
    /// These associations have not reported (their place in the list of parts).
    Missing(Vec<usize>),
    /// Neither the result nor the wish of the person is known, so nobody was asked back (G-4.1).
    NotCalledBack,
}

/// The whole of SM-20: where an event leads from a status. `parts` are the sub-records, empty for a case of one
/// association; `routed` says whether it has a place to go back to.
pub(crate) fn next(at: Status, event: Event, parts: &[Part], routed: bool) -> Result<Status, Stop> {
    use Status::{
        Accepted, Archived, CalledBack, Classified, Coordinated, Done, Referred, Refused, Registered, Routed,
        Unrouted, Waiting, Withdrawn, Working,
    };
    match (event, at) {
        (Event::Classify, Registered) => Ok(Classified),
        (Event::Queue, Classified) => Ok(Unrouted),
        // Routing again is routing: a coordinated case may lose or gain an association, a returned one finds its own.
        (Event::Route, Classified | Unrouted | Routed | Coordinated) => Ok(Routed),
        (Event::Coordinate, Classified | Unrouted | Routed | Coordinated) => Ok(Coordinated),
        (Event::Accept, Routed) => Ok(Accepted),
        (Event::Return, Routed | Accepted | Working | Waiting) => Ok(Unrouted),
        (Event::Note, Accepted) => Ok(Working),
        (Event::Note, open) if open.open() => Ok(open),
        (Event::Wait, Routed | Accepted | Working) => Ok(Waiting),
        (Event::Resume, Waiting) => Ok(Working),
        (Event::Refer, Unrouted | Routed | Accepted | Working | Waiting) => Ok(Referred),
        // A case of one association may be finished at once, at the window (L-4.3).
        (Event::Finish, Routed | Accepted | Working | Waiting | Referred) => Ok(Done),
        (Event::Finish, Coordinated) => match missing(parts) {
            none if none.is_empty() => Ok(Done),
            missing => Err(Stop::Missing(missing)),
        },
        (Event::CallBack, Done) => Ok(CalledBack),
        (Event::Archive, CalledBack | Refused | Withdrawn) => Ok(Archived),
        (Event::Archive, Done) => Err(Stop::NotCalledBack),
        (Event::Reopen, Done | CalledBack | Archived | Refused | Withdrawn) => {
            Ok(match (routed, parts.is_empty()) {
                (true, true) => Working,
                (true, false) => Coordinated,
                (false, _) => Unrouted,
            })
        }
        (Event::Refuse, Registered | Classified | Unrouted | Routed | Accepted) => Ok(Refused),
        (Event::Withdraw, open) if open.open() => Ok(Withdrawn),
        _ => Err(Stop::Status),
    }
}

/// Which parts have not reported, by their place.
pub(crate) fn missing(parts: &[Part]) -> Vec<usize> {
    parts.iter().enumerate().filter(|(_, part)| !part.settled()).map(|(at, _)| at).collect()
}

/// Where an event leads the part of one association; none when it cannot happen to it now.
pub(crate) fn next_part(at: Part, event: Event) -> Option<Part> {
    match (event, at) {
        (Event::Accept, Part::Pending) => Some(Part::Working),
        (Event::Return, Part::Pending | Part::Working) => Some(Part::Returned),
        (Event::Finish, Part::Pending | Part::Working) => Some(Part::Reported),
        (Event::Reopen, Part::Reported | Part::Working) => Some(Part::Working),
        (Event::Reopen, Part::Pending) => Some(Part::Pending),
        _ => None,
    }
}

/// Days past the due day; none while it is not past, or when the case no longer waits.
pub(crate) fn overdue_days(due: NaiveDate, status: Status, today: NaiveDate) -> Option<i64> {
    let late = (today - due).num_days();
    (status.open() && late > 0).then_some(late)
}

/// Closed no later than the due day; an open case counts only once its day is past (then it is late).
pub(crate) fn on_time(due: NaiveDate, closed: Option<NaiveDate>, today: NaiveDate) -> Option<bool> {
    match closed {
        Some(closed) => Some(closed <= due),
        None if today > due => Some(false),
        None => None,
    }
}

/// A share in whole per cent, half up; none of nothing.
pub(crate) fn percent(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 200 + whole) / (whole * 2))
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
