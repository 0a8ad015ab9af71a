//! The calculator inside an amount field: `+ - * / ( )` on exact decimals (RULES §3.8: never float). Knows nothing of fen:
//! whether and how a result is rounded is for `money` to say.

use rust_decimal::Decimal;

use super::text;

/// How deep parentheses and signs may nest.
const MAX_DEPTH: usize = 32;

/// Why an expression has no value. Positions count characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalcError {
    /// A number or an opening parenthesis should come here, and the text ends.
    #[error("an operand is missing")]
    Missing,
    /// A character that does not belong at this place.
    #[error("unexpected {found:?} at {position}")]
    Char {
        /// The character.
        found: char,
        /// Its place.
        position: usize,
    },
    /// An opening parenthesis that is never closed.
    #[error("unclosed parenthesis at {position}")]
    Unclosed {
        /// Its place.
        position: usize,
    },
    /// Commas that do not mark thousands, or two decimal points.
    #[error("not a number: {found}")]
    Number {
        /// What stands there.
        found: String,
    },
    /// A division by zero.
    #[error("division by zero")]
    DivideByZero,
    /// More digits than can be kept exactly.
    #[error("too many digits to stay exact")]
    TooLong,
    /// Nested deeper than 32.
    #[error("nested too deep")]
    Depth,
}

impl CalcError {
    /// The stable name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "E_CALC_MISSING",
            Self::Char { .. } => "E_CALC_CHAR",
            Self::Unclosed { .. } => "E_CALC_UNCLOSED",
            Self::Number { .. } => "E_CALC_NUMBER",
            Self::DivideByZero => "E_CALC_DIVIDE_BY_ZERO",
            Self::TooLong => "E_CALC_TOO_LONG",
            Self::Depth => "E_CALC_DEPTH",
        }
    }

    /// What a sentence about the fault can name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Char { found, position } => {
                vec![("found", found.to_string()), ("position", position.to_string())]
            }
            Self::Unclosed { position } => vec![("position", position.to_string())],
            Self::Number { found } => vec![("found", found.clone())],
            Self::Depth => vec![("limit", MAX_DEPTH.to_string())],
            Self::Missing | Self::DivideByZero | Self::TooLong => Vec::new(),
        }
    }
}

/// The exact value of an expression, kept as a fraction so that `100/3*3` is 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    numerator: Decimal,
    /// Never zero.
    denominator: Decimal,
    /// Whether anything was multiplied, which is the one place where an amount may be rounded (RULES §3.8).
    pub multiplied: bool,
}

impl Outcome {
    /// The value, to at most 28 digits when the division does not come out even.
    #[must_use]
    pub fn value(&self) -> Option<Decimal> {
        self.numerator.checked_div(self.denominator)
    }
}

/// Computes an expression; a leading `=` and spaces are allowed, full-width signs, `×`, `÷` and the typographic minus are read.
///
/// # Errors
/// Names the first fault with its place; see [`CalcError`].
pub fn evaluate(expression: &str) -> Result<Outcome, CalcError> {
    let mut chars: Vec<char> = plain(expression).chars().collect();
    if let Some(equals) = chars.iter_mut().find(|c| !c.is_whitespace()).filter(|c| **c == '=') {
        *equals = ' ';
    }
    let mut reader = Reader { chars, at: 0, depth: 0 };
    let outcome = reader.sum()?;
    match reader.peek() {
        None => Ok(outcome),
        Some(found) => Err(reader.unexpected(found)),
    }
}

/// Reads one number without a sign: digits, a decimal point, commas between thousands.
///
/// # Errors
/// [`CalcError::Number`] for misplaced commas or points, [`CalcError::Missing`] without a digit, [`CalcError::TooLong`] beyond 28 digits.
pub fn number(text: &str) -> Result<Decimal, CalcError> {
    let wrong = || CalcError::Number { found: text.to_owned() };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.chars().all(|c| c.is_ascii_digit()) || !whole.chars().all(|c| c.is_ascii_digit() || c == ',')
    {
        return Err(wrong());
    }
    let groups: Vec<&str> = whole.split(',').collect();
    if let [first, rest @ ..] = groups.as_slice()
        && !rest.is_empty()
        && (!(1..=3).contains(&first.len()) || rest.iter().any(|group| group.len() != 3))
    {
        return Err(wrong());
    }
    let whole = groups.concat();
    if whole.is_empty() && fraction.is_empty() {
        return Err(if text.is_empty() { CalcError::Missing } else { wrong() });
    }
    let (point, whole) =
        (if fraction.is_empty() { "" } else { "." }, if whole.is_empty() { "0" } else { &whole });
    Decimal::from_str_exact(&format!("{whole}{point}{fraction}")).map_err(|_error| CalcError::TooLong)
}

/// The text with narrow digits and ASCII signs, character for character.
pub(super) fn plain(text: &str) -> String {
    text::half_width(text).chars().map(plain_sign).collect()
}

fn plain_sign(c: char) -> char {
    match c {
        '×' | '✕' | '∗' => '*',
        '÷' | '∕' => '/',
        // The Chinese full stop is what the input method gives for the point key.
        '。' => '.',
        c if text::is_dash(c) => '-',
        c => c,
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

impl Reader {
    fn peek(&mut self) -> Option<char> {
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
        self.chars.get(self.at).copied()
    }

    fn unexpected(&self, found: char) -> CalcError {
        CalcError::Char { found, position: self.at + 1 }
    }

    fn sum(&mut self) -> Result<Outcome, CalcError> {
        let mut left = self.product()?;
        while let Some(sign @ ('+' | '-')) = self.peek() {
            self.at += 1;
            let right = self.product()?;
            left = left.plus(if sign == '-' { right.negated() } else { right })?;
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Outcome, CalcError> {
        let mut left = self.factor()?;
        while let Some(sign @ ('*' | '/')) = self.peek() {
            self.at += 1;
            let right = self.factor()?;
            left = if sign == '*' { left.times(right)? } else { left.over(right)? };
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Outcome, CalcError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(CalcError::Depth);
        }
        let outcome = match self.peek() {
            None => Err(CalcError::Missing),
            Some(sign @ ('+' | '-')) => {
                self.at += 1;
                self.factor().map(|value| if sign == '-' { value.negated() } else { value })
            }
            Some('(') => self.group(),
            Some(c) if c.is_ascii_digit() || c == '.' => self.literal(),
            Some(found) => Err(self.unexpected(found)),
        };
        self.depth -= 1;
        outcome
    }

    fn group(&mut self) -> Result<Outcome, CalcError> {
        let position = self.at + 1;
        self.at += 1;
        let inner = self.sum()?;
        match self.peek() {
            Some(')') => {
                self.at += 1;
                Ok(inner)
            }
            Some(found) => Err(self.unexpected(found)),
            None => Err(CalcError::Unclosed { position }),
        }
    }

    fn literal(&mut self) -> Result<Outcome, CalcError> {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let word: String = rest.iter().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
        self.at += word.chars().count();
        Ok(Outcome { numerator: number(&word)?, denominator: Decimal::ONE, multiplied: false })
    }
}

impl Outcome {
    fn negated(self) -> Self {
        Self { numerator: -self.numerator, ..self }
    }

    fn plus(self, other: Self) -> Result<Self, CalcError> {
        let left = multiply(self.numerator, other.denominator)?;
        let right = multiply(other.numerator, self.denominator)?;
        Ok(Self {
            numerator: add(left, right)?,
            denominator: multiply(self.denominator, other.denominator)?,
            multiplied: self.multiplied || other.multiplied,
        })
    }

    fn times(self, other: Self) -> Result<Self, CalcError> {
        Ok(Self {
            numerator: multiply(self.numerator, other.numerator)?,
            denominator: multiply(self.denominator, other.denominator)?,
            multiplied: true,
        })
    }

    fn over(self, other: Self) -> Result<Self, CalcError> {
        if other.numerator.is_zero() {
            return Err(CalcError::DivideByZero);
        }
        Ok(Self {
            numerator: multiply(self.numerator, other.denominator)?,
            denominator: multiply(self.denominator, other.numerator)?,
            multiplied: self.multiplied || other.multiplied,
        })
    }
}

/// Multiplies, refusing where `Decimal` would quietly drop digits.
fn multiply(a: Decimal, b: Decimal) -> Result<Decimal, CalcError> {
    let (a, b) = (a.normalize(), b.normalize());
    let product = a.checked_mul(b).ok_or(CalcError::TooLong)?;
    let exact = a.is_zero() || b.is_zero() || product.scale() == a.scale() + b.scale();
    if exact { Ok(product) } else { Err(CalcError::TooLong) }
}

/// Adds, refusing where `Decimal` would quietly drop digits.
fn add(a: Decimal, b: Decimal) -> Result<Decimal, CalcError> {
    let sum = a.checked_add(b).ok_or(CalcError::TooLong)?;
    let exact = sum.checked_sub(a) == Some(b) && sum.checked_sub(b) == Some(a);
    if exact { Ok(sum) } else { Err(CalcError::TooLong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Result<String, CalcError> {
        evaluate(text).map(|outcome| outcome.value().unwrap().normalize().to_string())
    }

    #[test]
    fn precedence_parentheses_and_signs() {
        assert_eq!(value("=120*3").unwrap(), "360");
        assert_eq!(value("1+2*3-4/2").unwrap(), "5");
        assert_eq!(value(" ＝（１＋２）×３÷−３").unwrap(), "-3");
        assert_eq!(value("--5").unwrap(), "5");
        assert_eq!(value("1,200.50*2").unwrap(), "2401");
        assert_eq!(value("0.1+0.2").unwrap(), "0.3");
        assert_eq!(value("100/3*3").unwrap(), "100");
        assert_eq!(value("1/3+1/6").unwrap(), "0.5");
    }

    #[test]
    fn faults_are_named_with_their_place() {
        assert_eq!(value(""), Err(CalcError::Missing));
        assert_eq!(value("1+"), Err(CalcError::Missing));
        assert_eq!(value("(1+2"), Err(CalcError::Unclosed { position: 1 }));
        assert_eq!(value("1+2)"), Err(CalcError::Char { found: ')', position: 4 }));
        assert_eq!(value("=2^3"), Err(CalcError::Char { found: '^', position: 3 }));
        assert_eq!(value("1/(2-2)"), Err(CalcError::DivideByZero));
        assert_eq!(value("1,23"), Err(CalcError::Number { found: "1,23".into() }));
        assert_eq!(value("1.2.3"), Err(CalcError::Number { found: "1.2.3".into() }));
        assert_eq!(value(&"(".repeat(10_000)), Err(CalcError::Depth));
        assert_eq!(value(&"-".repeat(10_000)), Err(CalcError::Depth));
        assert_eq!(value(&"9".repeat(40)), Err(CalcError::TooLong));
        assert_eq!(value("9999999999999999999*9999999999999999999*0.1"), Err(CalcError::TooLong));
        assert_eq!(value("9999999999999999999999999999+0.01"), Err(CalcError::TooLong));
    }
}
