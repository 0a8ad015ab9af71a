//! What is true of a transfer: one consent after the other, and only then the register (SPEC App. A, SM-09). Pure: no SQL, no
//! clock, no sentence.

/// Where a transfer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    Proposed,
    OwnerAgrees,
    ReceiverAgrees,
    /// In the register, for the moment in which the card changes.
    Registered,
    InForce,
    NotAgreed,
    Withdrawn,
}

/// Every status with the word it is kept as.
pub(crate) const STATUSES: &[(Status, &str)] = &[
    (Status::Proposed, "提出"),
    (Status::OwnerAgrees, "原权属方同意"),
    (Status::ReceiverAgrees, "接收方同意"),
    (Status::Registered, "联秘登记"),
    (Status::InForce, "生效"),
    (Status::NotAgreed, "未同意"),
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
}

/// What happens to a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    Agree,
    Refuse,
    Register,
    TakeEffect,
    Withdraw,
}

/// Where a transfer stands after something happened; none where that cannot happen.
pub(crate) fn next(status: Status, event: Event) -> Option<Status> {
    use Status::{InForce, NotAgreed, OwnerAgrees, Proposed, ReceiverAgrees, Registered, Withdrawn};
    Some(match (status, event) {
        (Proposed, Event::Agree) => OwnerAgrees,
        (OwnerAgrees, Event::Agree) => ReceiverAgrees,
        (Proposed | OwnerAgrees, Event::Refuse) => NotAgreed,
        (ReceiverAgrees, Event::Register) => Registered,
        (Registered, Event::TakeEffect) => InForce,
        (Proposed | OwnerAgrees | ReceiverAgrees, Event::Withdraw) => Withdrawn,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_in_force_without_both_consents() {
        let (from, register) = (Status::Proposed, Event::Register);
        assert_eq!(next(from, register), None);
        let one = next(from, Event::Agree).unwrap();
        assert_eq!(next(one, register), None);
        let both = next(one, Event::Agree).unwrap();
        let registered = next(both, register).unwrap();
        assert_eq!(next(registered, Event::TakeEffect), Some(Status::InForce));
        for (status, word) in STATUSES {
            assert_eq!(Status::parse(word), Some(*status));
            assert_eq!(next(Status::InForce, Event::Withdraw), None);
        }
        assert_eq!(next(both, Event::Refuse), None, "who agreed has agreed");
    }
}
