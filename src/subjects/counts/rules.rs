//! What is true of counted cash (RULES §3.5): the notes and coins there are, how they are told, the difference from the book,
//! who may count with whom. Pure: no SQL, no clock.

use crate::values::money::Fen;
use crate::values::text;

/// The notes and coins, in fen, the largest first.
pub(crate) const DENOMINATIONS: [i64; 11] = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 2, 1];

/// More pieces of one kind than a box of this office ever holds: a slip of the finger.
const MOST: i64 = 1_000_000;

/// So many pieces of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pieces {
    /// The kind, in fen.
    pub denomination: i64,
    /// How many.
    pub count: i64,
}

impl Pieces {
    /// What they are worth, in fen.
    pub(crate) fn worth(self) -> i64 {
        self.denomination.saturating_mul(self.count)
    }
}

/// What of a count cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unread {
    /// There is no such note or coin.
    Denomination(String),
    /// This is no number of pieces.
    Count(String),
}

/// Reads a count as it is told: `100*21 1*3 0.5 0.1`; a kind alone is one piece, the same kind twice adds up, a bare `0` is
/// an empty box. The largest first.
///
/// # Errors
/// [`Unread`], with the words at fault.
pub(crate) fn read(told: &str) -> Result<Vec<Pieces>, Unread> {
    let plain = text::half_width(told);
    let words = plain.split(|c: char| c.is_whitespace() || [',', ';', '、', '+'].contains(&c));
    let mut found: Vec<Pieces> = Vec::new();
    for word in words.filter(|word| !word.is_empty() && *word != "0") {
        let word = word.trim_end_matches(['张', '枚', '个']);
        let (kind, count) = word.split_once(['*', 'x', 'X', '×']).unwrap_or((word, "1"));
        let fen = Fen::parse(kind).ok().map(|Fen(fen)| fen).filter(|fen| DENOMINATIONS.contains(fen));
        let denomination = fen.ok_or_else(|| Unread::Denomination(kind.to_owned()))?;
        let count = count.parse::<i64>().ok().filter(|n| (0..=MOST).contains(n));
        let count = count.ok_or_else(|| Unread::Count(word.to_owned()))?;
        match found.iter_mut().find(|p| p.denomination == denomination) {
            Some(pieces) => pieces.count += count,
            None => found.push(Pieces { denomination, count }),
        }
    }
    found.retain(|p| p.count > 0);
    found.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found)
}

/// What all of them are worth, in fen.
pub(crate) fn worth(pieces: &[Pieces]) -> i64 {
    pieces.iter().fold(0, |sum: i64, p| sum.saturating_add(p.worth()))
}

/// What was found more than the book says (less: negative), in fen. Lines written and not posted yet have moved cash too.
pub(crate) fn difference(counted: i64, balance: i64, unposted: i64) -> i64 {
    counted.saturating_sub(balance).saturating_sub(unposted)
}

/// Why two people may not count together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoPair {
    /// They are one: whoever keeps the cash never counts it alone (RULES §3.5, §3.9).
    Alone,
    /// Both keep the cash.
    BothCashiers,
}

/// Someone at the count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Person<'a> {
    /// Name as signed.
    pub name: &'a str,
    /// Keeps the cash.
    pub cashier: bool,
}

/// Whether these two may count, the second watching; the answer says whether only the small-office switch allows it, which
/// the sheet must then say.
///
/// # Errors
/// [`NoPair`].
pub(crate) fn pair(counter: Person<'_>, witness: Person<'_>, small_office: bool) -> Result<bool, NoPair> {
    let why = match () {
        () if counter.name == witness.name => Some(NoPair::Alone),
        () if counter.cashier && witness.cashier => Some(NoPair::BothCashiers),
        () => None,
    };
    match why {
        None => Ok(false),
        Some(_) if small_office => Ok(true),
        Some(why) => Err(why),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_count_is_told_in_one_line() {
        let all = read("100*21 1*3 0.5 0.1").unwrap();
        assert_eq!(worth(&all), 210_360);
        assert_eq!(all.first(), Some(&Pieces { denomination: 10_000, count: 21 }));
        assert_eq!(read("100×20，１００ 0.1x2枚").map(|p| worth(&p)), Ok(210_020));
        assert_eq!(read("0"), Ok(Vec::new()));
        assert_eq!(read("30*2"), Err(Unread::Denomination("30".into())));
        assert_eq!(read("100*a"), Err(Unread::Count("100*a".into())));
        assert_eq!(read("100*-1"), Err(Unread::Count("100*-1".into())));
        assert_eq!(difference(210_360, 210_860, 0), -500);
    }

    #[test]
    fn nobody_counts_alone() {
        let cashier = Person { name: "甲", cashier: true };
        let other = Person { name: "乙", cashier: false };
        assert_eq!(pair(cashier, cashier, false), Err(NoPair::Alone));
        assert_eq!(pair(cashier, cashier, true), Ok(true));
        assert_eq!(pair(cashier, other, true), Ok(false));
        assert_eq!(pair(cashier, Person { name: "丙", ..cashier }, false), Err(NoPair::BothCashiers));
    }

    proptest! {
        #[test]
        fn what_is_told_is_what_is_counted(counts in prop::collection::vec(0_i64..500, 11)) {
            let all: Vec<Pieces> = DENOMINATIONS
                .iter()
                .zip(&counts)
                .map(|(denomination, count)| Pieces { denomination: *denomination, count: *count })
                .collect();
            let told: Vec<String> =
                all.iter().map(|p| format!("{}*{}", Fen(p.denomination).plain(), p.count)).collect();
            let read = read(&told.join(" ")).unwrap();
            prop_assert_eq!(worth(&read), worth(&all));
            prop_assert!(read.iter().all(|p| p.count > 0));
        }

        #[test]
        fn nothing_told_panics(told in "\\PC{0,40}") {
            drop(read(&told));
        }
    }
}
