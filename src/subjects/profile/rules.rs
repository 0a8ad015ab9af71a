//! What a number of the rule profile may be, and how it is written: a count of its unit, an amount in yuan. Pure.

use crate::catalog::Unit;
use crate::values::money::Fen;

/// More than this no rule counts, in its unit.
const MOST: i64 = 100_000;
/// Nor more money than this, in fen.
const MOST_FEN: i64 = 10_000_000_000;

/// Why a text is no number of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is no number of this unit.
    NoNumber,
    /// Less than the least of this unit, or more than any rule counts.
    OutOfRange {
        /// The least, in the unit.
        least: i64,
        /// The most, in the unit.
        most: i64,
    },
}

/// The least number of a unit: the day itself is no day away, and nothing may be had for nothing; but a lock after no
/// minute would shut everyone out, and a count of no people is none.
fn least(unit: Unit) -> i64 {
    match unit {
        Unit::Day | Unit::WorkingDay | Unit::Fen | Unit::Percent | Unit::Switch => 0,
        Unit::Month | Unit::Year | Unit::Hour | Unit::Minute | Unit::Second | Unit::Times | Unit::Persons => {
            1
        }
    }
}

/// Reads a number as typed, in its unit: `5`, `=3*5`, `3,000.00` for money.
///
/// # Errors
/// Says what is wrong with it.
pub(crate) fn parse(text: &str, unit: Unit) -> Result<i64, Wrong> {
    let fen = Fen::parse(text).map_err(|_money| Wrong::NoNumber)?.0;
    let (value, most) = match unit {
        Unit::Fen => (fen, MOST_FEN),
        Unit::Switch if fen % 100 == 0 => (fen / 100, 1),
        _ if fen % 100 != 0 => return Err(Wrong::NoNumber),
        _ => (fen / 100, MOST),
    };
    let least = least(unit);
    if (least..=most).contains(&value) { Ok(value) } else { Err(Wrong::OutOfRange { least, most }) }
}

/// Writes a number as it is typed.
pub(crate) fn typed(value: i64, unit: Unit) -> String {
    if unit == Unit::Fen { Fen(value).plain() } else { value.to_string() }
}

/// The sentence that says a number with its unit.
pub(crate) fn sentence(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "profile-unit-day",
        Unit::WorkingDay => "profile-unit-working-day",
        Unit::Month => "profile-unit-month",
        Unit::Year => "profile-unit-year",
        Unit::Hour => "profile-unit-hour",
        Unit::Minute => "profile-unit-minute",
        Unit::Second => "profile-unit-second",
        Unit::Times => "profile-unit-times",
        Unit::Persons => "profile-unit-persons",
        Unit::Percent => "profile-unit-percent",
        Unit::Fen => "profile-unit-fen",
        Unit::Switch => "profile-unit-switch",
    }
}

#[cfg(test)]
mod tests {
    use super::{Wrong, parse, typed};
    use crate::catalog::Unit;

    #[test]
    fn numbers_are_read_in_their_unit() {
        assert_eq!(parse("15", Unit::WorkingDay), Ok(15));
        assert_eq!(parse("１５", Unit::Day), Ok(15));
        assert_eq!(parse("=3*5", Unit::Day), Ok(15));
        assert_eq!(parse("0", Unit::Day), Ok(0));
        assert_eq!(parse("3,000.50", Unit::Fen), Ok(300_050));
        assert_eq!(typed(300_050, Unit::Fen), "3000.50");
        assert_eq!(parse("1.5", Unit::Day), Err(Wrong::NoNumber));
        assert_eq!(parse("三天", Unit::Day), Err(Wrong::NoNumber));
        assert_eq!((parse("0", Unit::Switch), parse("1", Unit::Switch)), (Ok(0), Ok(1)));
        assert!(matches!(parse("2", Unit::Switch), Err(Wrong::OutOfRange { most: 1, .. })));
        assert!(matches!(parse("0", Unit::Minute), Err(Wrong::OutOfRange { least: 1, .. })));
        assert!(matches!(parse("-1", Unit::Day), Err(Wrong::OutOfRange { least: 0, .. })));
        assert!(matches!(parse("9999999", Unit::Day), Err(Wrong::OutOfRange { .. })));
    }
}
