//! What is true of a repair: the states of SM-07 in one `match`, and by when it should be done. Pure: no SQL, no clock, no
//! sentence.

use chrono::{Days, NaiveDate};

use crate::subjects::assets::rules::Status as Standing;

/// Where a ticket stands (SPEC App. A, SM-07).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Somebody said that it is broken.
    Reported,
    /// The office has taken it on.
    Accepted,
    /// Somebody mends it.
    Working,
    /// Mended; nobody has looked yet.
    Checking,
    /// Found in order.
    Done,
    /// Beyond repair: it is proposed to write it off.
    WriteOff,
    /// Said by mistake.
    Withdrawn,
}

/// Every status with the word it is kept as.
pub(crate) const STATUSES: &[(Status, &str)] = &[
    (Status::Reported, "报修"),
    (Status::Accepted, "受理"),
    (Status::Working, "处理中"),
    (Status::Checking, "待验收"),
    (Status::Done, "已完成"),
    (Status::WriteOff, "报废建议"),
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

    /// The office has it in hand: taken on, not yet found in order.
    pub(crate) fn mending(self) -> bool {
        matches!(self, Self::Accepted | Self::Working | Self::Checking)
    }

    /// Somebody still has to do something.
    pub(crate) fn open(self) -> bool {
        matches!(self, Self::Reported | Self::Accepted | Self::Working | Self::Checking)
    }
}

/// What happens to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    Accept,
    /// Given to whoever mends it, or to somebody else.
    Dispatch,
    Finish,
    Verify,
    /// It was not in order.
    Rework,
    Beyond,
    Withdraw,
    Amend,
}

/// Where a ticket stands after something happened; none where that cannot happen.
pub(crate) fn next(status: Status, event: Event) -> Option<Status> {
    use Status::{Accepted, Checking, Done, Reported, Withdrawn, Working, WriteOff};
    Some(match (status, event) {
        (Reported, Event::Accept) => Accepted,
        (Accepted | Working, Event::Dispatch) => Working,
        (Working, Event::Finish) => Checking,
        (Checking, Event::Verify) => Done,
        (Checking, Event::Rework) => Working,
        (Accepted | Working | Checking, Event::Beyond) => WriteOff,
        (Reported | Accepted, Event::Withdraw) => Withdrawn,
        (status, Event::Amend) if status.open() => status,
        _ => return None,
    })
}

/// Whether a ticket has its asset out of use: it is being mended, or the word that it is broken took it out at once
/// (`taken_out`) and nobody has said otherwise.
pub(crate) fn has_it(ticket: Status, taken_out: bool) -> bool {
    ticket.mending() || (ticket == Status::Reported && taken_out)
}

/// How an asset comes to stand by the ticket about it (SM-07); none where it stays as it is. `was` is how it stood before it was
/// taken out of use. What is lent, missing or gone is not touched: it stands so for other reasons.
pub(crate) fn standing(
    ticket: Status,
    taken_out: bool,
    now: Standing,
    was: Option<Standing>,
) -> Option<Standing> {
    match (ticket, now) {
        (status, Standing::InUse | Standing::Idle) if has_it(status, taken_out) => Some(Standing::Repair),
        (Status::Reported, Standing::Repair) if taken_out => None,
        // What was out of use only because of this word is of use again without it.
        (Status::Withdrawn, Standing::Repair) if taken_out => Some(was.unwrap_or(Standing::Idle)),
        (Status::Done, Standing::Repair) => Some(was.unwrap_or(Standing::Idle)),
        (Status::WriteOff, Standing::InUse | Standing::Idle | Standing::Repair) => Some(Standing::ToWriteOff),
        (Status::Reported | Status::Withdrawn, Standing::Repair) => was,
        _ => None,
    }
}

/// How pressing a repair is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Priority {
    /// Somebody may be hurt.
    Dangerous,
    Urgent,
    Ordinary,
}

impl Priority {
    /// Reads the word it is kept as; anything else is ordinary.
    pub(crate) fn parse(word: &str) -> Self {
        match word {
            "危险" => Self::Dangerous,
            "紧急" => Self::Urgent,
            _ => Self::Ordinary,
        }
    }

    /// The word it is kept as.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Dangerous => "危险",
            Self::Urgent => "紧急",
            Self::Ordinary => "普通",
        }
    }

    /// The rule of the profile that says how many days it may take.
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Self::Dangerous => "ticket_due_dangerous",
            Self::Urgent => "ticket_due_urgent",
            Self::Ordinary => "ticket_due",
        }
    }
}

/// The last day on which it is in time.
pub(crate) fn due(reported: NaiveDate, days: i64) -> NaiveDate {
    reported.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(reported)
}

/// How far a day is from today, as the first page sorts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nearness {
    /// So many days ago.
    Past(i64),
    Today,
    /// Within seven days.
    Week,
    Later,
}

/// How near a day is.
pub(crate) fn nearness(day: NaiveDate, today: NaiveDate) -> Nearness {
    match (day - today).num_days() {
        days @ ..0 => Nearness::Past(-days),
        0 => Nearness::Today,
        1..=7 => Nearness::Week,
        _ => Nearness::Later,
    }
}
