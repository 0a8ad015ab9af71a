//! Resident identity numbers (RULES §1, GB 11643): read, checked, and what they say of birth and sex. Pure; "today" is an argument.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::{mask, text};

/// Below this age a person's data are sensitive as such (RULES §1, §5.1).
pub const SENSITIVE_BELOW: u32 = 14;
/// Below this age a person's file needs a guardian (RULES §1).
pub const GUARDIAN_BELOW: u32 = 18;

const LENGTH: usize = 18;
const OLD_LENGTH: usize = 15;
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
/// No holder of any card was born earlier; an earlier year is a slip of the finger.
const FIRST_YEAR: i32 = 1800;

/// A checked 18-character number. `Debug` prints it masked, so that it cannot reach a log by accident (RULES §5.3 g).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResidentId(String);

impl ResidentId {
    /// The number in full.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResidentId({})", mask::resident_id(&self.0))
    }
}

/// Sex as the cards write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// 男, an odd sequence number.
    Male,
    /// 女, an even sequence number.
    Female,
}

impl Sex {
    /// As stored and printed: 男 or 女.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }

    /// Reads 男 or 女.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Male, Self::Female].into_iter().find(|sex| sex.name() == name.trim())
    }

    fn of_sequence(digit: u32) -> Self {
        if digit % 2 == 1 { Self::Male } else { Self::Female }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Which kind of card the number is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdKind {
    /// A resident card, or a residence permit of 港澳台 (81, 82, 83).
    Resident,
    /// A foreigner's permanent residence card: taken, with a warning.
    ForeignResident,
    /// A first-generation number, void since 2013: a legacy note, never a number to work with.
    OldFifteen,
}

/// What a number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedId {
    /// The number; none for a first-generation one, which is void.
    pub id: Option<ResidentId>,
    /// Which kind of card.
    pub kind: IdKind,
    /// Day of birth.
    pub birth: NaiveDate,
    /// Sex.
    pub sex: Sex,
}

impl ParsedId {
    /// The code of what the user should be warned of.
    #[must_use]
    pub fn warning(&self) -> Option<&'static str> {
        match self.kind {
            IdKind::Resident => None,
            IdKind::ForeignResident => Some("W_FOREIGN"),
            IdKind::OldFifteen => Some("W_OLD15"),
        }
    }

    /// The result as `explain` gives it: `valid` or the warning's code.
    #[must_use]
    pub fn result(&self) -> &'static str {
        self.warning().unwrap_or("valid")
    }

    /// The number as stored; empty for a first-generation one.
    #[must_use]
    pub fn normalised(&self) -> &str {
        self.id.as_ref().map_or("", ResidentId::as_str)
    }
}

/// Why a number is not one; the first fault in the order of the variants.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not 18 characters (nor 15).
    #[error("{found} characters")]
    Length {
        /// How many there are, spaces and dashes not counted.
        found: usize,
    },
    /// Something other than a digit, or than X in the last place.
    #[error("unexpected {found:?} at {position}")]
    Char {
        /// The character.
        found: char,
        /// Its place, from 1.
        position: usize,
    },
    /// No province has this code.
    #[error("no province {found}")]
    Area {
        /// The two digits of the province.
        found: String,
    },
    /// No such day.
    #[error("no day {found}")]
    Date {
        /// The digits of the day as they stand.
        found: String,
    },
    /// Born after today.
    #[error("born on {birth}, after {today}")]
    Future {
        /// The day of birth.
        birth: NaiveDate,
        /// The day taken as today.
        today: NaiveDate,
    },
    /// The last character does not fit the others: one of them is mistyped.
    #[error("check character {found} does not fit")]
    Checksum {
        /// The last character.
        found: char,
    },
}

impl IdError {
    /// The stable name of the fault, as in the vectors.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "E_LENGTH",
            Self::Char { .. } => "E_CHAR",
            Self::Area { .. } => "E_AREA",
            Self::Date { .. } => "E_DATE",
            Self::Future { .. } => "E_FUTURE",
            Self::Checksum { .. } => "E_CHECKSUM",
        }
    }

    /// What a sentence about the fault can name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Length { found } => vec![("found", found.to_string()), ("expected", LENGTH.to_string())],
            Self::Char { found, position } => {
                vec![("found", found.to_string()), ("position", position.to_string())]
            }
            Self::Area { found } | Self::Date { found } => vec![("found", found.clone())],
            Self::Future { birth, today } => vec![("birth", birth.to_string()), ("today", today.to_string())],
            Self::Checksum { found } => vec![("found", found.to_string())],
        }
    }
}

/// Reads a number in any spelling (full width, spaces, dashes, small x) and checks length, characters, province, day,
/// future and checksum in this order. County codes are not checked: abolished ones stay valid on cards.
///
/// A number starting with 9 is read as the present foreigner's permanent residence card, whose first digit is a mark and
/// whose province stands in places 2–3; so `933…` is one, and `990…` is not, because no province has the code 90.
///
/// # Errors
/// The first fault as an [`IdError`].
pub fn parse(input: &str, today: NaiveDate) -> Result<ParsedId, IdError> {
    let number = text::compact(input);
    let digits = read_digits(&number)?;
    let old = digits.len() == OLD_LENGTH;
    let kind = match digits.first() {
        _ if old => IdKind::OldFifteen,
        Some(9) => IdKind::ForeignResident,
        _ => IdKind::Resident,
    };
    let province = take(&number, usize::from(kind == IdKind::ForeignResident), 2);
    if !is_province(&province, kind) {
        return Err(IdError::Area { found: province });
    }
    let day = if old { format!("19{}", take(&number, 6, 6)) } else { take(&number, 6, 8) };
    let birth = read_day(&day).ok_or(IdError::Date { found: day })?;
    if birth > today {
        return Err(IdError::Future { birth, today });
    }
    let last = number.chars().last().unwrap_or_default();
    if !old && last != check_character(&digits) {
        return Err(IdError::Checksum { found: last });
    }
    let sequence_end = digits.get(if old { 14 } else { 16 }).copied().unwrap_or_default();
    let id = (!old).then_some(ResidentId(number));
    Ok(ParsedId { id, kind, birth, sex: Sex::of_sequence(sequence_end) })
}

/// Whole years on a day; none before birth. Someone born on 29 February grows older on 1 March of a common year (RULES §1).
#[must_use]
pub fn age_on(birth: NaiveDate, day: NaiveDate) -> Option<u32> {
    day.years_since(birth)
}

/// The values of the characters, X in the last place of eighteen as 10.
fn read_digits(number: &str) -> Result<Vec<u32>, IdError> {
    let found = number.chars().count();
    if found != LENGTH && found != OLD_LENGTH {
        return Err(IdError::Length { found });
    }
    let value = |(index, c): (usize, char)| match c {
        'X' if index + 1 == LENGTH => Ok(10),
        _ => c.to_digit(10).ok_or(IdError::Char { found: c, position: index + 1 }),
    };
    number.chars().enumerate().map(value).collect()
}

fn take(number: &str, from: usize, count: usize) -> String {
    number.chars().skip(from).take(count).collect()
}

fn is_province(code: &str, kind: IdKind) -> bool {
    match code.parse::<u8>() {
        Ok(11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65) => true,
        Ok(71 | 81..=83) => kind == IdKind::Resident,
        _ => false,
    }
}

fn read_day(digits: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(digits, "%Y%m%d").ok().filter(|day| day.year() >= FIRST_YEAR)
}

fn check_character(digits: &[u32]) -> char {
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    CHECKS.into_iter().nth((sum % 11) as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> NaiveDate {
        day(2026, 3, 4)
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn code(input: &str) -> &'static str {
        parse(input, today()).map_or_else(|fault| fault.code(), |parsed| parsed.result())
    }

    fn with_check(body: &str) -> String {
        let digits: Vec<u32> = body.chars().map(|c| c.to_digit(10).unwrap()).collect();
        format!("{body}{}", check_character(&digits))
    }

    #[test]
    fn every_vector_holds() {
        let tables = [
            include_str!("../../tests/vectors/id_numbers.tsv"),
            include_str!("../../tests/vectors/more_id_numbers.tsv"),
        ];
        for line in tables.into_iter().flat_map(|table| table.lines().skip(1)) {
            let columns: Vec<&str> = line.split('\t').collect();
            let got = match parse(columns[0], today()) {
                Ok(parsed) => [
                    parsed.result().to_owned(),
                    parsed.normalised().to_owned(),
                    parsed.birth.to_string(),
                    parsed.sex.to_string(),
                ],
                Err(fault) => [fault.code().to_owned(), String::new(), String::new(), String::new()],
            };
            assert_eq!(got.as_slice(), &columns[1..5], "{line}");
        }
    }

    #[test]
    fn faults_come_in_the_order_of_the_rule() {
        assert_eq!(code(""), "E_LENGTH");
        assert_eq!(code("99X5211990023098"), "E_LENGTH");
        assert_eq!(code("99X521199002309818"), "E_CHAR");
        assert_eq!(code("99052119900230981X"), "E_AREA");
        assert_eq!(code("330521202702309818"), "E_DATE");
        assert_eq!(code("330521000001019818"), "E_DATE");
        assert_eq!(code("330521202703019810"), "E_FUTURE");
        assert_eq!(code("33052185061298X"), "E_CHAR");
        assert_eq!(code("330521850231981"), "E_DATE");
        assert_eq!(code("٣30521198506129816"), "E_CHAR");
        assert_eq!(parse("1234", today()).unwrap_err().args()[0], ("found", "4".to_owned()));
    }

    #[test]
    fn other_cards_are_told_apart() {
        assert_eq!(code(&with_check("83000019850612981")), "valid");
        assert_eq!(code(&with_check("93384019850612981")), "W_FOREIGN");
        assert_eq!(code(&with_check("98184019850612981")), "E_AREA");
        assert_eq!(code(&with_check("33999919850612981")), "valid");
    }

    #[test]
    fn age_grows_on_the_first_of_march() {
        assert_eq!(age_on(day(2000, 2, 29), day(2018, 2, 28)), Some(17));
        assert_eq!(age_on(day(2000, 2, 29), day(2018, 3, 1)), Some(18));
        assert_eq!(age_on(day(2000, 2, 29), day(2020, 2, 29)), Some(20));
        assert_eq!(age_on(day(2000, 2, 29), day(2000, 2, 28)), None);
    }

    #[test]
    fn debug_output_hides_the_number() {
        let parsed = parse("330521198506129816", today()).unwrap();
        assert_eq!(format!("{:?}", parsed.id.unwrap()), "ResidentId(330521********9816)");
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_caught(days in 0..40_000_i64, sequence in 900..1000_u32, place in 0..18_usize, shift in 1..10_u32) {
            let birth = day(1900, 1, 1) + chrono::Duration::days(days);
            let good = with_check(&format!("330521{}{sequence}", birth.format("%Y%m%d")));
            prop_assert!(parse(&good, day(2030, 1, 1)).is_ok());
            let wrong: String = good.chars().enumerate().map(|(index, c)| match c.to_digit(10) {
                Some(digit) if index == place => char::from_digit((digit + shift) % 10, 10).unwrap(),
                None if index == place => char::from_digit(shift, 10).unwrap(),
                _ => c,
            }).collect();
            prop_assert!(parse(&wrong, day(2030, 1, 1)).is_err());
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*|[0-9Xx]{15,18}") {
            let _ = parse(&text, today());
        }
    }
}
