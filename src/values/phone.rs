//! Telephone numbers (RULES §8.2): read as typed, told apart by kind, kept in one spelling. Knows nothing of whose they are.

use super::text;

/// Numbers of the public short services.
const SHORT: [&str; 6] = ["12345", "12385", "110", "119", "120", "122"];

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhoneKind {
    /// A mobile: 11 digits.
    Mobile,
    /// A landline with its area code.
    Landline,
    /// A public short number such as 110 or 12345.
    Short,
    /// A service number of 95 or 96.
    Service,
    /// A 400 or 800 number.
    Business,
}

/// A number as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// The number in one spelling: `13000000001`, `0572-8000001-12`, `400-000-0001`.
    pub number: String,
    /// What was typed, trimmed.
    pub typed: String,
    /// Its kind.
    pub kind: PhoneKind,
}

/// Why a text is not a telephone number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing there.
    #[error("no number")]
    Empty,
    /// Something other than digits, spaces, dashes and parentheses.
    #[error("unexpected {found:?}")]
    Char {
        /// The number as typed.
        typed: String,
        /// The character.
        found: char,
    },
    /// The beginning is of a known kind, but digits are missing or too many.
    #[error("{found} digits where {least} to {most} belong")]
    Length {
        /// The number as typed.
        typed: String,
        /// How many digits there are, the country code not counted.
        found: usize,
        /// The fewest this kind has.
        least: usize,
        /// The most this kind has.
        most: usize,
    },
    /// No kind of number begins like this.
    #[error("no number begins with {found}")]
    Prefix {
        /// The number as typed.
        typed: String,
        /// Its first digits.
        found: String,
    },
}

impl PhoneError {
    /// The stable name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "E_PHONE_EMPTY",
            Self::Char { .. } => "E_PHONE_CHAR",
            Self::Length { .. } => "E_PHONE_LENGTH",
            Self::Prefix { .. } => "E_PHONE_PREFIX",
        }
    }

    /// What a sentence about the fault can name; `expected` is one number or a range such as `10-12`.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Empty => Vec::new(),
            Self::Char { typed, found } => vec![("typed", typed.clone()), ("found", found.to_string())],
            Self::Prefix { typed, found } => vec![("typed", typed.clone()), ("found", found.clone())],
            Self::Length { typed, found, least, most } => {
                let expected = if least == most { least.to_string() } else { format!("{least}-{most}") };
                vec![("typed", typed.clone()), ("found", found.to_string()), ("expected", expected)]
            }
        }
    }
}

/// Reads several numbers separated by `/ 、 ； ， ;` or line ends.
///
/// # Errors
/// The fault of the first that is none; [`PhoneError::Empty`] when there is no number at all.
pub fn parse_list(input: &str) -> Result<Vec<Phone>, PhoneError> {
    let plain = text::half_width(input);
    let parts = plain.split(['/', '、', ';', ',', '\n']).filter(|part| !part.trim().is_empty());
    let numbers: Vec<Phone> = parts.map(parse).collect::<Result<_, _>>()?;
    if numbers.is_empty() { Err(PhoneError::Empty) } else { Ok(numbers) }
}

/// Reads one number; spaces, full-width digits, parentheses around the area code, 转 before the extension and
/// `+86` or `0086` are understood.
///
/// # Errors
/// A [`PhoneError`] naming the number and what is wrong with it.
pub fn parse(input: &str) -> Result<Phone, PhoneError> {
    let typed = text::fold(input);
    let dialled = dialled(&typed);
    if let Some(found) = dialled.chars().find(|c| !c.is_ascii_digit() && *c != '-') {
        return Err(PhoneError::Char { typed, found });
    }
    let digits = text::digits(&dialled);
    if digits.is_empty() {
        return Err(PhoneError::Empty);
    }
    let (number, kind) = classify(&dialled, &digits).map_err(|fault| fault.naming(&typed, &digits))?;
    Ok(Phone { number, typed, kind })
}

/// Digits and dashes as they would be dialled inside the country.
fn dialled(typed: &str) -> String {
    let one_dash = |c: char| if text::is_dash(c) || c == ')' || c == '转' { '-' } else { c };
    let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '(').map(one_dash).collect();
    let national = plain.strip_prefix("+86").or_else(|| plain.strip_prefix("0086"));
    match national.map(|rest| rest.trim_start_matches('-')) {
        // Abroad the 0 of an area code is left out.
        Some(rest) if rest.starts_with(['2', '3', '5', '6', '7', '8', '9']) || rest.starts_with("10") => {
            format!("0{rest}")
        }
        Some(rest) => rest.to_owned(),
        None => plain,
    }
}

enum Fault {
    Length(usize, usize),
    Prefix,
}

impl Fault {
    fn naming(&self, typed: &str, digits: &str) -> PhoneError {
        let typed = typed.to_owned();
        match self {
            Self::Length(least, most) => {
                PhoneError::Length { typed, found: digits.len(), least: *least, most: *most }
            }
            Self::Prefix => PhoneError::Prefix { typed, found: digits.chars().take(3).collect() },
        }
    }
}

fn classify(dialled: &str, digits: &str) -> Result<(String, PhoneKind), Fault> {
    let length = digits.len();
    let mut start = digits.chars();
    match (start.next(), start.next(), start.next()) {
        _ if SHORT.contains(&digits) => Ok((digits.to_owned(), PhoneKind::Short)),
        (Some('1'), Some('3'..='9'), _) => {
            exactly(length, 11, 11).map(|()| (digits.to_owned(), PhoneKind::Mobile))
        }
        (Some('0'), ..) => landline(dialled).map(|number| (number, PhoneKind::Landline)),
        (Some('9'), Some('5' | '6'), _) => {
            exactly(length, 5, 8).map(|()| (digits.to_owned(), PhoneKind::Service))
        }
        (Some('4' | '8'), Some('0'), Some('0')) if length != 7 && length != 8 => {
            exactly(length, 10, 10).map(|()| (grouped(digits, &[3, 3, 4]), PhoneKind::Business))
        }
        // A local number whose area code was left out.
        (Some('2'..='9'), ..) if length == 7 || length == 8 => Err(Fault::Length(10, 12)),
        _ => Err(Fault::Prefix),
    }
}

fn exactly(length: usize, least: usize, most: usize) -> Result<(), Fault> {
    if (least..=most).contains(&length) { Ok(()) } else { Err(Fault::Length(least, most)) }
}

/// An area code of 3 digits (010, 02x) or 4, a local number of 7 or 8 that begins with 2–9, an extension of 1 to 6.
fn landline(dialled: &str) -> Result<String, Fault> {
    let usual = if dialled.starts_with("01") || dialled.starts_with("02") { 3 } else { 4 };
    let parts: Vec<&str> = dialled.split('-').filter(|part| !part.is_empty()).collect();
    let (area, local, extension) = match parts.as_slice() {
        [area, local] if (3..=4).contains(&area.len()) => (*area, *local, None),
        [area, local, extension] => (*area, *local, Some(*extension)),
        [joined] => split_area(joined, usual, None)?,
        [joined, extension] => split_area(joined, usual, Some(extension))?,
        _ => return Err(Fault::Prefix),
    };
    let wrong_length = || Fault::Length(usual + 7, usual + 8);
    if !(3..=4).contains(&area.len()) || !(7..=8).contains(&local.len()) {
        return Err(wrong_length());
    }
    if local.starts_with(['0', '1']) {
        return Err(Fault::Prefix);
    }
    match extension {
        None => Ok(format!("{area}-{local}")),
        Some(extension) if extension.len() <= 6 => Ok(format!("{area}-{local}-{extension}")),
        Some(_) => Err(wrong_length()),
    }
}

type LandlineParts<'a> = (&'a str, &'a str, Option<&'a str>);

fn split_area<'a>(
    joined: &'a str,
    usual: usize,
    extension: Option<&'a str>,
) -> Result<LandlineParts<'a>, Fault> {
    let (area, local) = joined.split_at_checked(usual).ok_or(Fault::Length(usual + 7, usual + 8))?;
    Ok((area, local, extension))
}

fn grouped(digits: &str, sizes: &[usize]) -> String {
    let mut rest = digits.chars();
    let groups: Vec<String> = sizes.iter().map(|size| rest.by_ref().take(*size).collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_and_spelt_one_way() {
        for (input, number, kind) in [
            ("13000000001", "13000000001", PhoneKind::Mobile),
            ("+86 130-0000-0001", "13000000001", PhoneKind::Mobile),
            ("００８６１３００００００００１", "13000000001", PhoneKind::Mobile),
            ("05728000001", "0572-8000001", PhoneKind::Landline),
            ("0572-8000001-12", "0572-8000001-12", PhoneKind::Landline),
            ("（0572）8000001转12", "0572-8000001-12", PhoneKind::Landline),
            ("+86 572 8000001", "0572-8000001", PhoneKind::Landline),
            ("+86 10 60000001", "010-60000001", PhoneKind::Landline),
            ("01060000001", "010-60000001", PhoneKind::Landline),
            ("05728000001-12", "0572-8000001-12", PhoneKind::Landline),
            ("12345", "12345", PhoneKind::Short),
            ("95001", "95001", PhoneKind::Service),
            ("4000000001", "400-000-0001", PhoneKind::Business),
            ("800-0000001", "800-000-0001", PhoneKind::Business),
        ] {
            let phone = parse(input).unwrap();
            assert_eq!((phone.number.as_str(), phone.kind), (number, kind), "{input}");
        }
        assert_eq!(parse(" 130 0000 0001 ").unwrap().typed, "130 0000 0001");
    }

    #[test]
    fn every_vector_holds() {
        for line in include_str!("../../tests/vectors/more_phones.tsv").lines().skip(1) {
            let (input, want) = line.split_once('\t').unwrap();
            let got = match parse_list(input) {
                Ok(numbers) => numbers.into_iter().map(|phone| phone.number).collect::<Vec<_>>().join(";"),
                Err(fault) => fault.code().to_owned(),
            };
            assert_eq!(got, want, "{line}");
        }
    }

    #[test]
    fn several_numbers_are_separated() {
        let numbers = parse_list("13000000001／0572-8000001、 13000000002；").unwrap();
        let numbers: Vec<&str> = numbers.iter().map(|phone| phone.number.as_str()).collect();
        assert_eq!(numbers, ["13000000001", "0572-8000001", "13000000002"]);
        assert_eq!(parse_list(" ；"), Err(PhoneError::Empty));
        assert_eq!(parse_list("13000000001/130").unwrap_err().args()[0], ("typed", "130".to_owned()));
    }

    #[test]
    fn faults_say_how_many_digits_there_are() {
        let length = |input| match parse(input) {
            Err(PhoneError::Length { found, least, most, .. }) => (found, least, most),
            other => panic!("{input}: {other:?}"),
        };
        assert_eq!(length("1300000001"), (10, 11, 11));
        assert_eq!(length("130000000012"), (12, 11, 11));
        assert_eq!(length("0572-80001"), (9, 11, 12));
        assert_eq!(length("0"), (1, 11, 12));
        assert_eq!(length("8000001"), (7, 10, 12));
        assert_eq!(length("400000000"), (9, 10, 10));
        assert_eq!(parse("12000000001").unwrap_err().code(), "E_PHONE_PREFIX");
        assert_eq!(parse("0572-1000001").unwrap_err().code(), "E_PHONE_PREFIX");
        assert_eq!(parse("无").unwrap_err().code(), "E_PHONE_CHAR");
        assert_eq!(parse("-").unwrap_err().code(), "E_PHONE_EMPTY");
        assert_eq!(parse("1300000000１").unwrap().number, "13000000001");
    }
}
