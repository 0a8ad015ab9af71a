//! What is true of who does what when (G-6.3.2, SM-08p): the states of a shift, who is refused, what is warned of, and in which
//! order people are proposed. Pure: no SQL, no clock, no sentence. Minutes are of local time, ends not counted.

use std::cmp::Reverse;

use crate::subjects::staff::rules::{Comes, missing};

/// Where a shift stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    Planned,
    Finished,
    Absent,
    Cancelled,
}

/// Every status with the word it is kept as.
const STATUSES: &[(Status, &str)] = &[
    (Status::Planned, "已排"),
    (Status::Finished, "已完成"),
    (Status::Absent, "未到"),
    (Status::Cancelled, "已取消"),
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
}

/// What happens to a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    Finish,
    NoShow,
    Cancel,
    /// Given another time, another person or other words.
    Change,
}

/// Where a shift stands after something happened; none where that cannot happen.
pub(crate) fn next(status: Status, event: Event) -> Option<Status> {
    Some(match (status, event) {
        // Hours that were written down wrong are written down again.
        (Status::Planned | Status::Finished | Status::Absent, Event::Finish) => Status::Finished,
        (Status::Planned | Status::Finished, Event::NoShow) => Status::Absent,
        (Status::Planned, Event::Cancel) => Status::Cancelled,
        (Status::Planned, Event::Change) => Status::Planned,
        _ => return None,
    })
}

/// What the rules look at in what is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Wish {
    /// Skills wanted.
    pub skills: Vec<String>,
    /// How long it takes, in minutes.
    pub minutes: i64,
    /// The most minutes of a week.
    pub most: i64,
}

/// What the rules look at in someone who might do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Number in the file.
    pub id: i64,
    /// Works here on that day.
    pub here: bool,
    /// Does something else then.
    pub busy: bool,
    /// Is away then: why.
    pub away: Option<String>,
    /// How the time stands to when they usually come.
    pub comes: Comes,
    /// What they can do, languages included.
    pub skills: Vec<String>,
    /// Skills whose certificate has run out by then.
    pub expired: Vec<String>,
    /// Has had the training that their kind must have had.
    pub trained: bool,
    /// Minutes they have in that week already.
    pub week: i64,
    /// Minutes in the days before, and on that day.
    pub load: i64,
    /// How often they have worked for that association.
    pub known: i64,
    /// Minutes their home association has lent to others lately.
    pub given: i64,
}

/// What no reason helps against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Not here on that day.
    Gone,
    /// In another place then.
    Busy,
}

/// Why somebody can never be given a shift; none where a reason would do, or none is wanted.
pub(crate) fn refused(who: &Candidate) -> Option<Refused> {
    match (who.here, who.busy) {
        (false, _) => Some(Refused::Gone),
        (_, true) => Some(Refused::Busy),
        _ => None,
    }
}

/// What is unusual about giving somebody a shift, and wants a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Warning {
    /// Away then.
    Away {
        /// Why.
        why: String,
    },
    /// Skills that are wanted and not there.
    Lacks {
        /// Which.
        skills: Vec<String>,
    },
    /// Certificates that have run out.
    Expired {
        /// Of which skills.
        skills: Vec<String>,
    },
    /// Does not usually come then.
    OutsideHours,
    /// More than a week may have.
    OverWeek {
        /// Minutes it would come to.
        minutes: i64,
    },
    /// Without the training they must have had.
    Untrained,
}

impl Warning {
    /// The word it is kept as.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Away { .. } => "away",
            Self::Lacks { .. } => "lacks",
            Self::Expired { .. } => "expired",
            Self::OutsideHours => "hours",
            Self::OverWeek { .. } => "week",
            Self::Untrained => "untrained",
        }
    }
}

/// Everything unusual, the gravest first.
pub(crate) fn warnings(who: &Candidate, wish: &Wish) -> Vec<Warning> {
    let mut found = Vec::new();
    if let Some(why) = &who.away {
        found.push(Warning::Away { why: why.clone() });
    }
    let lacking = missing(&who.skills, &wish.skills);
    if !lacking.is_empty() {
        found.push(Warning::Lacks { skills: lacking });
    }
    if who.comes == Comes::Not && who.away.is_none() {
        found.push(Warning::OutsideHours);
    }
    if !who.expired.is_empty() {
        found.push(Warning::Expired { skills: who.expired.clone() });
    }
    if who.week + wish.minutes > wish.most {
        found.push(Warning::OverWeek { minutes: who.week + wish.minutes });
    }
    if !who.trained {
        found.push(Warning::Untrained);
    }
    found
}

/// Someone proposed, with what is unusual about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// Who.
    pub who: Candidate,
    /// What is unusual.
    pub warnings: Vec<Warning>,
}

/// Minutes that make no difference between two people's load.
const SAME_LOAD: i64 = 240;
/// How often somebody has to have been with an association to know it.
pub(crate) const KNOWN: i64 = 5;

/// What the order of proposals looks at first: what is unusual, whether they come then anyway, how much they have to do.
pub(crate) fn first(unusual: usize, comes: Comes, load: i64) -> (usize, Comes, i64) {
    (unusual, comes, load / SAME_LOAD)
}

/// What it looks at then: whether they know the association. More than [`KNOWN`] times make no difference.
pub(crate) fn experience(known: i64) -> Reverse<i64> {
    Reverse(known.min(KNOWN))
}

/// What it looks at last: what their own association has lent, and then whatever tells two people apart.
pub(crate) fn last(given: i64, load: i64, id: i64) -> (i64, i64, i64) {
    (given / SAME_LOAD, load, id)
}

/// Those who could do it, the best first; whoever would be refused is never among them. First those about whom nothing is
/// unusual, then who comes then anyway, has less to do, knows the association, and whose own association has lent less.
pub(crate) fn rank(all: Vec<Candidate>, wish: &Wish) -> Vec<Proposal> {
    let able = all.into_iter().filter(|who| refused(who).is_none());
    let mut proposals: Vec<Proposal> =
        able.map(|who| Proposal { warnings: warnings(&who, wish), who }).collect();
    proposals.sort_by_cached_key(|p| {
        let who = &p.who;
        (
            first(p.warnings.len(), who.comes, who.load),
            experience(who.known),
            last(who.given, who.load, who.id),
        )
    });
    proposals
}

/// What is usually meant by a task.
pub(crate) fn usual_kind(task: &str) -> &'static str {
    let says = |words: &[&str]| words.iter().any(|word| task.contains(word));
    match () {
        () if says(&["值班", "窗口"]) => "值班",
        () if says(&["培训", "课", "班"]) => "培训",
        () if says(&["活动", "联欢", "运动会", "签到"]) => "活动",
        () if says(&["会议", "例会", "开会"]) => "会议",
        () => "服务",
    }
}
