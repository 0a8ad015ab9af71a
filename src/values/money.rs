//! Money: whole fen, exact, never a float (RULES §3.8). Knows nothing of accounts, funds or who may pay.

use std::fmt;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::calc::{self, CalcError};

/// An amount in fen (1/100 yuan); negative for red figures and payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fen(pub i64);

/// Why a text is not an amount, or a sum cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Nothing but blanks or a currency sign.
    #[error("no amount")]
    Empty,
    /// More than two decimals where nothing was multiplied.
    #[error("{found} is finer than a fen")]
    Decimals {
        /// The value as understood, in yuan.
        found: String,
    },
    /// A division that does not come out in whole fen; sharing a cost is for `split`.
    #[error("{found} is not in whole fen")]
    Uneven {
        /// The value, in yuan, cut at six decimals.
        found: String,
    },
    /// Beyond ±92233720368547758.07 yuan.
    #[error("amount too large")]
    Overflow,
    /// Not a number, or an expression without a value.
    #[error(transparent)]
    Calc(#[from] CalcError),
}

impl MoneyError {
    /// The stable name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "E_AMOUNT_EMPTY",
            Self::Decimals { .. } => "E_AMOUNT_DECIMALS",
            Self::Uneven { .. } => "E_AMOUNT_UNEVEN",
            Self::Overflow => "E_AMOUNT_OVERFLOW",
            Self::Calc(fault) => fault.code(),
        }
    }

    /// What a sentence about the fault can name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Decimals { found } | Self::Uneven { found } => vec![("found", found.clone())],
            Self::Overflow => vec![("limit", Fen(i64::MAX).to_string())],
            Self::Calc(fault) => fault.args(),
            Self::Empty => Vec::new(),
        }
    }
}

impl Fen {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// Reads an amount in yuan as typed: `1,234.5`, `１２３．５`, `￥8`, `8元`, `-3`, or a calculation `=120*3`.
    ///
    /// # Errors
    /// [`MoneyError`]; two decimals are the most a typed amount may have, and only a product is rounded (half up, RULES §3.8).
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let plain = calc::plain(text);
        let body = plain.trim().trim_end_matches('元').trim_end();
        if body.starts_with('=') {
            return Self::from_outcome(calc::evaluate(body)?);
        }
        let body = body.trim_start_matches('¥').trim_start();
        let (negative, body) = match body.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, body.strip_prefix('+').unwrap_or(body)),
        };
        let body = body.trim_start().trim_start_matches('¥').trim_start();
        if body.is_empty() {
            return Err(MoneyError::Empty);
        }
        let value = calc::number(body)?;
        if value.scale() > 2 {
            return Err(MoneyError::Decimals { found: value.to_string() });
        }
        Self::try_from(if negative { -value } else { value })
    }

    fn from_outcome(outcome: calc::Outcome) -> Result<Self, MoneyError> {
        let value = outcome.value().ok_or(MoneyError::Overflow)?;
        if outcome.multiplied { Self::rounded(value) } else { Self::try_from(value.normalize()) }
    }

    /// The amount for a quantity at this price, half a fen rounded away from zero so that a reversal mirrors it (RULES §3.8).
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn times(self, quantity: Decimal) -> Result<Self, MoneyError> {
        Self::rounded(Decimal::from(self).checked_mul(quantity).ok_or(MoneyError::Overflow)?)
    }

    fn rounded(yuan: Decimal) -> Result<Self, MoneyError> {
        Self::try_from(yuan.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The amount in yuan without separators: `1234.50`, for files and fields.
    #[must_use]
    pub fn plain(self) -> String {
        let (sign, yuan, fen) = self.parts();
        format!("{sign}{yuan}.{fen:02}")
    }

    fn parts(self) -> (&'static str, u64, u64) {
        let fen = self.0.unsigned_abs();
        (if self.0 < 0 { "-" } else { "" }, fen / 100, fen % 100)
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_add(other.0).map(Self).ok_or(MoneyError::Overflow)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_sub(other.0).map(Self).ok_or(MoneyError::Overflow)
    }

    /// The same amount with the other sign.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn checked_neg(self) -> Result<Self, MoneyError> {
        self.0.checked_neg().map(Self).ok_or(MoneyError::Overflow)
    }

    /// The total of many amounts; no amounts make zero.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }
}

impl fmt::Display for Fen {
    /// Yuan with commas between thousands: `-1,234.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, yuan, fen) = self.parts();
        let digits = yuan.to_string();
        let mut text = sign.to_owned();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        f.pad(&format!("{text}.{fen:02}"))
    }
}

impl From<Fen> for Decimal {
    /// Yuan, with two decimals.
    fn from(amount: Fen) -> Self {
        Self::new(amount.0, 2)
    }
}

impl TryFrom<Decimal> for Fen {
    type Error = MoneyError;

    /// From yuan; refuses what is finer than a fen instead of rounding it.
    fn try_from(yuan: Decimal) -> Result<Self, MoneyError> {
        if yuan != yuan.trunc_with_scale(2) {
            let found = yuan.normalize().to_string();
            return Err(if yuan.scale() > 6 {
                MoneyError::Uneven { found: yuan.trunc_with_scale(6).to_string() }
            } else {
                MoneyError::Decimals { found }
            });
        }
        let fen = yuan.checked_mul(Decimal::ONE_HUNDRED).and_then(|fen| fen.to_i64());
        fen.map(Self).ok_or(MoneyError::Overflow)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fen(text: &str) -> i64 {
        Fen::parse(text).unwrap().0
    }

    fn code(text: &str) -> &'static str {
        Fen::parse(text).unwrap_err().code()
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (text, want) in [
            ("1,234.5", 123_450),
            ("１２３．５", 12_350),
            (" ￥ 8 元 ", 800),
            ("-¥3.07", -307),
            ("¥-3.07", -307),
            ("−0.5", -50),
            ("+2", 200),
            (".5", 50),
            ("12。5", 1250),
            ("１，０００，０００", 100_000_000),
            ("92233720368547758.07", i64::MAX),
            ("-92233720368547758.08", i64::MIN),
        ] {
            assert_eq!(fen(text), want, "{text}");
        }
    }

    #[test]
    fn calculations_round_only_what_was_multiplied() {
        assert_eq!(fen("=120*3"), 36_000);
        assert_eq!(fen("＝３×（１．５＋２）元"), 1050);
        assert_eq!(fen("=1.005*1"), 101);
        assert_eq!(fen("=-1.005*1"), -101);
        assert_eq!(fen("=10/4"), 250);
        assert_eq!(code("=1.005+1"), "E_AMOUNT_DECIMALS");
        assert_eq!(Fen::parse("=100/3"), Err(MoneyError::Uneven { found: "33.333333".into() }));
        assert_eq!(Fen(333).times(Decimal::new(15, 1)).unwrap(), Fen(500));
    }

    #[test]
    fn what_is_not_an_amount_is_refused_by_name() {
        for (text, want) in [
            ("", "E_AMOUNT_EMPTY"),
            ("￥", "E_AMOUNT_EMPTY"),
            ("1.005", "E_AMOUNT_DECIMALS"),
            ("1.000", "E_AMOUNT_DECIMALS"),
            ("1,23", "E_CALC_NUMBER"),
            ("12a", "E_CALC_NUMBER"),
            ("1 2", "E_CALC_NUMBER"),
            ("120*3", "E_CALC_NUMBER"),
            ("--1", "E_CALC_NUMBER"),
            ("=", "E_CALC_MISSING"),
            ("=1/0", "E_CALC_DIVIDE_BY_ZERO"),
            ("92233720368547758.08", "E_AMOUNT_OVERFLOW"),
            ("=99999999999999999*10", "E_AMOUNT_OVERFLOW"),
        ] {
            assert_eq!(code(text), want, "{text}");
        }
        assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), Err(MoneyError::Overflow));
        assert_eq!(Fen(i64::MIN).checked_neg(), Err(MoneyError::Overflow));
        assert_eq!(Fen::sum([Fen(i64::MAX), Fen(1)]), Err(MoneyError::Overflow));
    }

    #[test]
    fn amounts_are_written_with_and_without_separators() {
        assert_eq!(Fen(123_450).to_string(), "1,234.50");
        assert_eq!(Fen(-100_000_007).to_string(), "-1,000,000.07");
        assert_eq!(Fen(-5).plain(), "-0.05");
        assert_eq!(format!("{:>8}", Fen(99_999)), "  999.99");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(amount: i64) {
            prop_assert_eq!(Fen::parse(&Fen(amount).to_string()), Ok(Fen(amount)));
            prop_assert_eq!(Fen::parse(&Fen(amount).plain()), Ok(Fen(amount)));
            prop_assert_eq!(Fen::try_from(Decimal::from(Fen(amount))), Ok(Fen(amount)));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[-+=*/×÷()0-9.,。，￥元 ]{0,30}|\\PC*") {
            let _ = Fen::parse(&text);
        }
    }
}
