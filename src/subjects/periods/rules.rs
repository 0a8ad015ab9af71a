//! What is true of the months of the journal (guide 6.4.2, SM-28, RULES §3.12): their names, what must be so before one is
//! closed, whose consent opens one again. Pure: no SQL, no clock.

use chrono::{Datelike, Months, NaiveDate};

/// A month, named as periods are kept (`2026-02`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month(NaiveDate);

impl Month {
    /// The month of a day.
    pub(crate) fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// The month of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        format!("{name}-01").parse().ok().map(Self)
    }

    /// Its name.
    pub(crate) fn name(self) -> String {
        format!("{:04}-{:02}", self.0.year(), self.0.month())
    }

    /// Its first day.
    pub(crate) fn first(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    pub(crate) fn last(self) -> NaiveDate {
        self.next().0.pred_opt().unwrap_or(self.0)
    }

    /// The month after it.
    pub(crate) fn next(self) -> Self {
        Self(self.0.checked_add_months(Months::new(1)).unwrap_or(self.0))
    }

    /// The month before it.
    pub(crate) fn before(self) -> Self {
        Self(self.0.checked_sub_months(Months::new(1)).unwrap_or(self.0))
    }

    /// This month and those after it up to another, both included; nothing when that one is earlier.
    pub(crate) fn through(self, last: Self) -> Vec<Self> {
        let months =
            std::iter::successors(Some(self), |month| Some(month.next()).filter(|next| next > month));
        months.take_while(|month| *month <= last).collect()
    }
}

/// What a month looks like when someone would close it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// The month before is kept and open.
    pub before_open: bool,
    /// Its last day has come.
    pub over: bool,
    /// Lines that are neither posted nor void.
    pub unposted: i64,
    /// Fen in all books at its end.
    pub held: i64,
    /// Fen in all funds at its end.
    pub funds: i64,
    /// Cash moved and was not counted.
    pub uncounted: bool,
    /// Bank accounts not reconciled, by name.
    pub unreconciled: Vec<String>,
}

/// Something that stands against closing a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Against {
    /// Months close in order.
    BeforeOpen,
    /// It is not over.
    NotOver,
    /// So many lines are neither posted nor void.
    Unposted(i64),
    /// The funds differ from the books by so many fen (guide 6.4.2).
    Differs(i64),
    /// The cash was not counted (RULES §3.12).
    Uncounted,
    /// These accounts are not reconciled (RULES §3.12).
    Unreconciled(Vec<String>),
}

impl Against {
    /// Refuses the closing; the others only ask for a reason.
    pub(crate) fn blocks(&self) -> bool {
        !matches!(self, Self::Uncounted | Self::Unreconciled(_))
    }
}

/// Everything that stands against closing, in the order of RULES §3.12, what refuses first.
pub(crate) fn against(look: &Look) -> Vec<Against> {
    let mut found = Vec::new();
    let mut put = |so: bool, what: Against| {
        if so {
            found.push(what);
        }
    };
    put(look.before_open, Against::BeforeOpen);
    put(!look.over, Against::NotOver);
    put(look.unposted > 0, Against::Unposted(look.unposted));
    put(look.held != look.funds, Against::Differs(look.funds.saturating_sub(look.held)));
    put(look.uncounted, Against::Uncounted);
    put(!look.unreconciled.is_empty(), Against::Unreconciled(look.unreconciled.clone()));
    found
}

/// The two who open a closed month again (SM-28).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The secretary.
    Secretary,
    /// The accountant.
    Accountant,
}

/// Why someone's consent cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoConsent {
    /// This person has consented already; the other one is waited for.
    Already,
    /// Someone of the same post has.
    Post,
}

/// For which of the two a person consents now: by the posts held, not twice by one person.
pub(crate) fn consents_as(
    name: &str,
    secretary: bool,
    accountant: bool,
    given: [&str; 2],
) -> Result<Side, NoConsent> {
    let [by_secretary, by_accountant] = given;
    if by_secretary == name || by_accountant == name {
        return Err(NoConsent::Already);
    }
    match () {
        () if secretary && by_secretary.is_empty() => Ok(Side::Secretary),
        () if accountant && by_accountant.is_empty() => Ok(Side::Accountant),
        () => Err(NoConsent::Post),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn months_have_names_and_ends() {
        let feb = Month::named("2024-02").unwrap();
        assert_eq!((feb.name(), feb.last().to_string()), ("2024-02".into(), "2024-02-29".into()));
        assert_eq!(feb.before().before().name(), "2023-12");
        let names: Vec<String> =
            Month::named("2025-12").unwrap().through(feb.next()).iter().map(|m| m.name()).collect();
        assert!(names.is_empty());
        assert_eq!(feb.through(Month::named("2024-04").unwrap()).len(), 3);
        assert_eq!(Month::named("2024-13"), None);
    }

    #[test]
    fn one_person_never_opens_a_month() {
        assert_eq!(consents_as("甲", true, false, ["", ""]), Ok(Side::Secretary));
        assert_eq!(consents_as("甲", true, true, ["甲", ""]), Err(NoConsent::Already));
        assert_eq!(consents_as("乙", true, false, ["甲", ""]), Err(NoConsent::Post));
        assert_eq!(consents_as("乙", true, true, ["甲", ""]), Ok(Side::Accountant));
    }

    proptest! {
        #[test]
        fn a_month_with_open_lines_or_other_sums_never_closes(
            unposted in 0_i64..3, held in -5_i64..5, funds in -5_i64..5, over: bool, before_open: bool, uncounted: bool
        ) {
            let look = Look { before_open, over, unposted, held, funds, uncounted, unreconciled: Vec::new() };
            let closes = !against(&look).iter().any(Against::blocks);
            prop_assert_eq!(closes, over && !before_open && unposted == 0 && held == funds);
            prop_assert_eq!(against(&look).contains(&Against::Uncounted), uncounted);
        }
    }
}
