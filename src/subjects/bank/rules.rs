//! What is true of a bank's statement beside our journal (RULES §3.6): which line may stand for which, how a line's amount
//! is read, and the two adjusted balances. Pure: no SQL, no clock.

use chrono::NaiveDate;

use crate::values::money::{Fen, MoneyError};

/// A line of either side, as far as matching looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    /// Number in the file.
    pub id: i64,
    /// Its day.
    pub day: NaiveDate,
    /// Fen from our side: what came in is positive, what went out negative.
    pub fen: i64,
}

/// A journal line proposed for a line of the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// The line of the statement.
    pub line: i64,
    /// The journal line.
    pub entry: i64,
    /// Days between the two.
    pub days: u64,
    /// How many journal lines would have fitted; more than one is a question, and is said.
    pub candidates: usize,
    /// How many open lines of the statement the journal line would have fitted.
    pub rivals: usize,
}

impl Proposal {
    /// Nothing was to be chosen: neither side fits anything else.
    pub(crate) fn sure(&self) -> bool {
        self.candidates == 1 && self.rivals == 1
    }
}

/// Whether two lines may be the same payment: amount and direction exact, at most so many days apart (§3.6).
pub(crate) fn fits(told: &Item, booked: &Item, tolerance: u64) -> bool {
    told.fen == booked.fen && days(told, booked) <= tolerance
}

fn days(a: &Item, b: &Item) -> u64 {
    (a.day - b.day).num_days().unsigned_abs()
}

/// One journal line for each line of the statement, where there is one: the nearest day first, then the order in which the
/// lines stand. Both slices in the order of their books. What is proposed for one line does not depend on whether
/// another's proposal has been taken already.
pub(crate) fn propose(told: &[Item], booked: &[Item], tolerance: u64) -> Vec<Proposal> {
    let mut pairs = Vec::new();
    let mut counts = vec![0_usize; told.len()];
    let rivals: Vec<usize> =
        booked.iter().map(|entry| told.iter().filter(|line| fits(line, entry, tolerance)).count()).collect();
    for ((at, line), count) in told.iter().enumerate().zip(&mut counts) {
        for (place, entry) in booked.iter().enumerate().filter(|(_, entry)| fits(line, entry, tolerance)) {
            *count += 1;
            pairs.push((days(line, entry), at, place, line.id, entry.id));
        }
    }
    pairs.sort_unstable();
    let mut found: Vec<Proposal> = Vec::new();
    for (days, at, place, line, entry) in pairs {
        if !found.iter().any(|p| p.line == line || p.entry == entry) {
            let candidates = counts.get(at).copied().unwrap_or(0);
            let rivals = rivals.get(place).copied().unwrap_or(0);
            found.push(Proposal { line, entry, days, candidates, rivals });
        }
    }
    found
}

/// Why the amount of a statement line cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAmount {
    /// In none of its columns.
    None,
    /// In the column of what came in and in that of what went out.
    Both,
    /// There is a word for its direction that is none.
    Direction,
}

/// The amount of a statement line from our side: the bank's credit is what came in. Three kinds of tables are known: two
/// columns, one signed column, one column with a word for the direction.
///
/// # Errors
/// [`NoAmount`].
pub(crate) fn signed(
    credit: Option<i64>,
    debit: Option<i64>,
    amount: Option<i64>,
    direction: &str,
) -> Result<i64, NoAmount> {
    let some = |fen: Option<i64>| fen.filter(|fen| *fen != 0);
    match (some(credit), some(debit), some(amount)) {
        (Some(_), Some(_), _) => Err(NoAmount::Both),
        (Some(fen), None, _) => Ok(fen),
        (None, Some(fen), _) => Ok(-fen),
        (None, None, Some(fen)) => match way(direction) {
            _ if direction.trim().is_empty() => Ok(fen),
            Some(true) => Ok(fen.abs()),
            Some(false) => Ok(-fen.abs()),
            None => Err(NoAmount::Direction),
        },
        (None, None, None) => Err(NoAmount::None),
    }
}

/// In or out, by a bank's word for it.
fn way(word: &str) -> Option<bool> {
    let word = word.trim().to_uppercase();
    let begins = |words: &[&str]| words.iter().any(|w| word.starts_with(w));
    match () {
        () if begins(&["贷", "收", "存", "转入", "入", "来", "C", "+"]) => Some(true),
        () if begins(&["借", "支", "付", "取", "转出", "出", "往", "D", "-"]) => Some(false),
        () => None,
    }
}

/// The balance at the end of a day whose lines may stand in either order (many banks print the newest first): that of the
/// line which no other one goes on from. Each line as amount and balance after it.
pub(crate) fn closing(lines: &[(i64, i64)]) -> Option<i64> {
    let balances = || lines.iter().map(|(_, balance)| *balance);
    let goes_on = |balance: i64| lines.iter().filter(|(amount, after)| after - amount == balance).count();
    let stands = |balance: i64| balances().filter(|other| *other == balance).count();
    balances().rfind(|balance| stands(*balance) > goes_on(*balance)).or_else(|| balances().next_back())
}

/// What the reconciliation statement adds up (§3.6), in fen. What the bank or the journal has not got yet is signed: in
/// positive, out negative.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    /// The journal's balance.
    pub journal: i64,
    /// What the bank has and the journal has not: amounts.
    pub unbooked: Vec<i64>,
    /// The bank's balance.
    pub statement: i64,
    /// What the journal has and the bank has not: amounts.
    pub unpresented: Vec<i64>,
}

impl Sides {
    /// The journal's balance as it would be with everything the bank knows.
    ///
    /// # Errors
    /// When the sum cannot be kept.
    pub(crate) fn journal_adjusted(&self) -> Result<Fen, MoneyError> {
        Fen::sum(std::iter::once(&self.journal).chain(&self.unbooked).map(|fen| Fen(*fen)))
    }

    /// The bank's balance as it would be with everything the journal knows.
    ///
    /// # Errors
    /// When the sum cannot be kept.
    pub(crate) fn statement_adjusted(&self) -> Result<Fen, MoneyError> {
        Fen::sum(std::iter::once(&self.statement).chain(&self.unpresented).map(|fen| Fen(*fen)))
    }

    /// By how much the two differ; nothing when the statement balances.
    ///
    /// # Errors
    /// When the sum cannot be kept.
    pub(crate) fn difference(&self) -> Result<Fen, MoneyError> {
        self.journal_adjusted()?.checked_sub(self.statement_adjusted()?)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn item(id: i64, day: u32, fen: i64) -> Item {
        Item { id, day: NaiveDate::from_ymd_opt(2026, 2, 1).unwrap() + chrono::Days::new(day.into()), fen }
    }

    #[test]
    fn the_nearest_day_wins_then_the_order_and_the_others_are_counted() {
        let told = [item(1, 3, -100), item(2, 4, -100), item(3, 4, 100)];
        let booked = [item(10, 4, -100), item(11, 9, -100), item(12, 10, -100)];
        let found = propose(&told, &booked, 5);
        let said: Vec<_> = found.iter().map(|p| (p.line, p.entry, p.days, p.candidates)).collect();
        // Line 2 and entry 10 stand on the same day; what is left is a sixth day away from line 1.
        assert_eq!(said, [(2, 10, 0, 2)]);
        let found = propose(&told, &booked, 6);
        let said: Vec<_> = found.iter().map(|p| (p.line, p.entry, p.days, p.candidates)).collect();
        assert_eq!(said, [(2, 10, 0, 3), (1, 11, 6, 2)]);
    }

    #[test]
    fn amounts_are_read_from_the_tables_of_banks() {
        assert_eq!(signed(Some(300), None, None, ""), Ok(300));
        assert_eq!(signed(Some(0), Some(1000), None, ""), Ok(-1000));
        assert_eq!(signed(None, None, Some(-55), ""), Ok(-55));
        assert_eq!(signed(None, None, Some(55), "借"), Ok(-55));
        assert_eq!(signed(None, None, Some(55), "CR"), Ok(55));
        assert_eq!(signed(None, None, Some(55), "?"), Err(NoAmount::Direction));
        assert_eq!(signed(Some(1), Some(2), None, ""), Err(NoAmount::Both));
        assert_eq!(signed(None, Some(0), None, ""), Err(NoAmount::None));
    }

    #[test]
    fn the_day_ends_where_no_line_goes_on() {
        assert_eq!(closing(&[(-10, 90), (5, 95), (-95, 0)]), Some(0));
        assert_eq!(closing(&[(-95, 0), (5, 95), (-10, 90)]), Some(0));
        assert_eq!(closing(&[(-10, 90), (10, 100)]), Some(100));
        assert_eq!(closing(&[]), None);
    }

    #[test]
    fn the_worked_example_balances() {
        let sides = Sides {
            journal: 31_712_416,
            unbooked: vec![30_000, -1_000],
            statement: 31_827_416,
            unpresented: vec![-86_000],
        };
        assert_eq!(sides.journal_adjusted().unwrap(), Fen(31_741_416));
        assert_eq!(sides.difference().unwrap(), Fen(0));
    }

    fn items(first: i64) -> impl Strategy<Value = Vec<Item>> {
        prop::collection::vec((0_u32..20, -3_i64..4), 0..14).prop_map(move |rows| {
            let mut rows: Vec<_> = rows.into_iter().filter(|(_, fen)| *fen != 0).collect();
            rows.sort_unstable_by_key(|(day, _)| *day);
            (first..).zip(rows).map(|(id, (day, fen))| item(id, day, fen)).collect()
        })
    }

    proptest! {
        #[test]
        fn a_proposal_is_one_to_one_exact_and_leaves_no_fitting_pair(
            told in items(1), booked in items(100), tolerance in 0_u64..7
        ) {
            let found = propose(&told, &booked, tolerance);
            let lines: BTreeSet<i64> = found.iter().map(|p| p.line).collect();
            let entries: BTreeSet<i64> = found.iter().map(|p| p.entry).collect();
            prop_assert_eq!((lines.len(), entries.len()), (found.len(), found.len()));
            for p in &found {
                let line = told.iter().find(|i| i.id == p.line).unwrap();
                let entry = booked.iter().find(|i| i.id == p.entry).unwrap();
                prop_assert!(fits(line, entry, tolerance));
                prop_assert_eq!(p.candidates, booked.iter().filter(|e| fits(line, e, tolerance)).count());
                prop_assert_eq!(p.rivals, told.iter().filter(|l| fits(l, entry, tolerance)).count());
            }
            let free = |line: &&Item| !lines.contains(&line.id);
            for line in told.iter().filter(free) {
                prop_assert!(!booked.iter().any(|e| !entries.contains(&e.id) && fits(line, e, tolerance)));
            }
        }

        #[test]
        fn taking_one_proposal_changes_no_other(
            told in items(1), booked in items(100), pick in any::<prop::sample::Index>()
        ) {
            let found = propose(&told, &booked, 5);
            if !found.is_empty() {
                let taken = found[pick.index(found.len())];
                let told: Vec<Item> = told.into_iter().filter(|i| i.id != taken.line).collect();
                let booked: Vec<Item> = booked.into_iter().filter(|i| i.id != taken.entry).collect();
                let pair = |p: &Proposal| (p.line, p.entry);
                let mut rest: Vec<_> = found.iter().map(pair).filter(|p| *p != pair(&taken)).collect();
                let mut again: Vec<_> = propose(&told, &booked, 5).iter().map(pair).collect();
                rest.sort_unstable();
                again.sort_unstable();
                prop_assert_eq!(rest, again);
            }
        }

        #[test]
        fn what_both_have_never_unbalances(
            open in -1_000_000_i64..1_000_000, both in prop::collection::vec(-9_999_i64..9_999, 0..20),
            bank_only in prop::collection::vec(-9_999_i64..9_999, 0..9),
            ours_only in prop::collection::vec(-9_999_i64..9_999, 0..9)
        ) {
            let shared: i64 = open + both.iter().sum::<i64>();
            let sides = Sides {
                journal: shared + ours_only.iter().sum::<i64>(),
                unbooked: bank_only.clone(),
                statement: shared + bank_only.iter().sum::<i64>(),
                unpresented: ours_only,
            };
            prop_assert_eq!(sides.difference().unwrap(), Fen(0));
        }
    }
}
