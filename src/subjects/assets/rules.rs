//! What is true of an asset: how it may come to stand where it stands (SPEC App. A, SM-08). Pure: no SQL, no clock,
//! no sentence.

/// How an asset stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Status {
    InUse,
    Idle,
    Lent,
    Repair,
    ToWriteOff,
    WrittenOff,
    Missing,
    GivenBack,
}

/// Every status with the word it is kept as.
pub(crate) const STATUSES: &[(Status, &str)] = &[
    (Status::InUse, "在用"),
    (Status::Idle, "闲置"),
    (Status::Lent, "借出"),
    (Status::Repair, "维修"),
    (Status::ToWriteOff, "待报废"),
    (Status::WrittenOff, "已报废"),
    (Status::Missing, "盘亏"),
    (Status::GivenBack, "已退回"),
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

    /// It is the office's no more: written off, or back with its owner.
    pub(crate) fn ended(self) -> bool {
        matches!(self, Self::WrittenOff | Self::GivenBack)
    }
}

/// Whether somebody may say that an asset stands otherwise now. Lent it becomes and ceases to be by a loan alone, written off
/// and given back by actions of their own.
pub(crate) fn may_become(from: Status, to: Status) -> bool {
    use Status::{Idle, InUse, Missing, Repair, ToWriteOff};
    match from {
        InUse | Idle => matches!(to, InUse | Idle | Repair | ToWriteOff | Missing) && to != from,
        Repair => matches!(to, InUse | Idle | ToWriteOff | Missing),
        ToWriteOff => matches!(to, InUse | Idle | Repair | Missing),
        Missing => matches!(to, InUse | Idle | Repair | ToWriteOff),
        _ => false,
    }
}

/// Whether it may be struck off: what is worn out, or has stayed missing.
pub(crate) fn may_be_written_off(status: Status) -> bool {
    matches!(status, Status::ToWriteOff | Status::Missing)
}

/// Whether it may go back to its owner, who leaves or wants it (G-5.2.1): not out of somebody else's hands.
pub(crate) fn may_be_given_back(status: Status) -> bool {
    !status.ended() && status != Status::Lent && status != Status::Missing
}

/// A number as our own are: `ZC-PD-023`.
pub(crate) fn number(owner: &str, running: i64) -> String {
    format!("ZC-{owner}-{running:03}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_as_it_is_kept() {
        for (status, word) in STATUSES {
            assert_eq!(Status::parse(word), Some(*status));
            assert_eq!(status.word(), *word);
        }
        assert_eq!(Status::parse("作废"), None);
    }

    #[test]
    fn nothing_is_lent_or_ended_by_hand() {
        for (from, _) in STATUSES {
            for to in [Status::Lent, Status::WrittenOff, Status::GivenBack] {
                assert!(!may_become(*from, to), "{from:?} {to:?}");
            }
        }
        for from in [Status::Lent, Status::WrittenOff, Status::GivenBack] {
            assert!(STATUSES.iter().all(|(to, _)| !may_become(from, *to)), "{from:?}");
        }
    }

    #[test]
    fn what_is_gone_is_struck_off_and_what_is_lent_is_not_given_back() {
        assert!(may_be_written_off(Status::Missing) && !may_be_written_off(Status::InUse));
        assert!(may_be_given_back(Status::Repair) && !may_be_given_back(Status::Lent));
        assert_eq!(number("PD", 23), "ZC-PD-023");
    }
}
