//! What is true of a purchase (SM-10, G-6.2.3b): which step follows which, how many quotes an amount wants, which amounts are
//! decided together, what the goods that came are worth. Pure: no SQL, no clock.

/// How a purchase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Somebody needs it.
    Requested,
    /// Prices are being asked.
    Quoting,
    /// One is proposed; somebody else decides.
    Proposed,
    /// It may be bought.
    Approved,
    /// It was ordered.
    Ordered,
    /// It came and was looked at.
    Accepted,
    /// It is on the shelf, or has its card.
    Stored,
    /// A voucher of the journal pays it.
    Paid,
    /// Nothing is left to do.
    Closed,
    /// It may not be bought.
    Refused,
    /// It is not needed any more.
    Withdrawn,
}

/// What is done to a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// A price is noted.
    Quote,
    /// One is proposed.
    Propose,
    /// It is let.
    Approve,
    /// It is not let.
    Refuse,
    /// It is ordered.
    Order,
    /// It is looked at as it comes.
    Accept,
    /// It is put on the shelf, or gets its card.
    Store,
    /// It is paid.
    Pay,
    /// It is done with.
    Close,
    /// It is not needed any more.
    Withdraw,
}

impl Status {
    /// All of them, with the words in the file.
    const WORDS: [(Self, &'static str); 11] = [
        (Self::Requested, "申请"),
        (Self::Quoting, "询价"),
        (Self::Proposed, "待审批"),
        (Self::Approved, "已批准"),
        (Self::Ordered, "已订购"),
        (Self::Accepted, "已验收"),
        (Self::Stored, "已入库"),
        (Self::Paid, "已付款"),
        (Self::Closed, "已关闭"),
        (Self::Refused, "未批准"),
        (Self::Withdrawn, "已撤回"),
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
            (S::Requested | S::Quoting, Step::Quote) => Some(S::Quoting),
            (S::Quoting, Step::Propose) => Some(S::Proposed),
            (S::Proposed, Step::Approve) => Some(S::Approved),
            (S::Proposed, Step::Refuse) => Some(S::Refused),
            (S::Approved, Step::Order) => Some(S::Ordered),
            (S::Ordered, Step::Accept) => Some(S::Accepted),
            (S::Accepted, Step::Store) => Some(S::Stored),
            (S::Stored, Step::Pay) => Some(S::Paid),
            (S::Paid, Step::Close) => Some(S::Closed),
            (S::Requested | S::Quoting | S::Proposed | S::Approved, Step::Withdraw) => Some(S::Withdrawn),
            _ => None,
        }
    }
}

/// The amounts at which a purchase is handled differently, in fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Thresholds {
    /// From here on several prices are asked.
    pub several_from: i64,
    /// So many then.
    pub several: i64,
    /// From here on it is decided together (三重一大).
    pub major_from: i64,
}

impl Thresholds {
    /// How many quotes an amount wants.
    pub(crate) fn quotes(self, amount: i64) -> i64 {
        if amount >= self.several_from { self.several } else { 1 }
    }

    /// Whether an amount is decided together.
    pub(crate) fn major(self, amount: i64) -> bool {
        amount >= self.major_from
    }
}

/// What the units that came and were good cost, in fen: all of them the whole price, a part of them its part, rounded half up.
pub(crate) fn cost(price: i64, ordered: i64, came: i64) -> i64 {
    if came >= ordered || ordered < 1 {
        return price;
    }
    let (price, came, of) = (i128::from(price), i128::from(came.max(0)), i128::from(ordered));
    i64::try_from((2 * price * came + of) / (2 * of)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STEPS: [Step; 10] = [
        Step::Quote,
        Step::Propose,
        Step::Approve,
        Step::Refuse,
        Step::Order,
        Step::Accept,
        Step::Store,
        Step::Pay,
        Step::Close,
        Step::Withdraw,
    ];

    #[test]
    fn larger_amounts_want_more() {
        let rules = Thresholds { several_from: 500_000, several: 3, major_from: 2_000_000 };
        assert_eq!([rules.quotes(499_999), rules.quotes(500_000)], [1, 3]);
        assert!(!rules.major(1_999_999) && rules.major(2_000_000));
        assert_eq!([cost(100, 3, 3), cost(100, 3, 1), cost(100, 3, 2), cost(100, 3, 0)], [100, 33, 67, 0]);
    }

    proptest! {
        #[test]
        fn nothing_is_paid_that_was_not_approved_accepted_and_stored(steps in prop::collection::vec(0_usize..10, 0..40)) {
            let mut status = Status::Requested;
            let mut seen = vec![status];
            for at in steps {
                if let Some(next) = status.after(STEPS[at]) {
                    status = next;
                    seen.push(next);
                }
            }
            for (later, earlier) in [
                (Status::Paid, Status::Stored),
                (Status::Stored, Status::Accepted),
                (Status::Accepted, Status::Ordered),
                (Status::Ordered, Status::Approved),
                (Status::Approved, Status::Proposed),
                (Status::Proposed, Status::Quoting),
            ] {
                prop_assert!(!seen.contains(&later) || seen.contains(&earlier));
            }
            prop_assert_eq!(Status::parse(status.word()), Some(status));
        }
    }
}
