//! The states of a request for people (SPEC App. A, SM-08p) in one `match`. Pure: no SQL, no clock, no sentence.

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    Waiting,
    Partly,
    Filled,
    Running,
    Done,
    Refused,
    Withdrawn,
}

/// Every status with the word it is kept as.
pub(crate) const STATUSES: &[(Status, &str)] = &[
    (Status::Waiting, "待审核"),
    (Status::Partly, "部分满足"),
    (Status::Filled, "已调配"),
    (Status::Running, "执行中"),
    (Status::Done, "完成"),
    (Status::Refused, "拒绝"),
    (Status::Withdrawn, "撤回"),
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

    /// Whether people are still wanted for it.
    pub(crate) fn open(self) -> bool {
        matches!(self, Self::Waiting | Self::Partly | Self::Filled | Self::Running)
    }
}

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// People are assigned, or taken off again: so many of so many.
    Fill {
        /// Assigned now.
        filled: i64,
        /// Wanted.
        number: i64,
    },
    Refuse,
    Withdraw,
    Begin,
    Finish,
}

/// Where a request stands after something happened; none where that cannot happen. How a filling changes it is also kept by
/// the file itself.
pub(crate) fn next(status: Status, event: Event) -> Option<Status> {
    use Status::{Done, Filled, Partly, Refused, Running, Waiting, Withdrawn};
    Some(match (status, event) {
        (Waiting | Partly | Filled, Event::Fill { filled, number }) => match filled {
            ..=0 => Waiting,
            _ if filled < number => Partly,
            _ => Filled,
        },
        // Somebody more may come while it goes on.
        (Running, Event::Fill { .. }) => Running,
        (Waiting, Event::Refuse) => Refused,
        (Waiting | Partly | Filled, Event::Withdraw) => Withdrawn,
        (Partly | Filled, Event::Begin) => Running,
        (Partly | Filled | Running, Event::Finish) => Done,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_goes_its_way() {
        let fill = |filled| Event::Fill { filled, number: 2 };
        assert_eq!(next(Status::Waiting, fill(1)), Some(Status::Partly));
        assert_eq!(next(Status::Partly, fill(2)), Some(Status::Filled));
        assert_eq!(next(Status::Filled, fill(0)), Some(Status::Waiting));
        assert_eq!(next(Status::Filled, Event::Begin), Some(Status::Running));
        assert_eq!(next(Status::Running, Event::Finish), Some(Status::Done));
        assert_eq!(next(Status::Waiting, Event::Finish), None);
        for (status, word) in STATUSES {
            assert_eq!(Status::parse(word), Some(*status));
            if !status.open() {
                for event in [fill(1), Event::Refuse, Event::Withdraw, Event::Begin, Event::Finish] {
                    assert_eq!(next(*status, event), None, "{word} is an end");
                }
            }
        }
    }
}
