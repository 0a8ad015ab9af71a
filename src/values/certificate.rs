//! Disability certificate numbers (RULES §2.1–2.2): an identity number, a category and a level. Which association
//! serves a category is catalog data and not known here.

use std::fmt;

use chrono::NaiveDate;

use super::resident_id::{self, IdError, ParsedId};
use super::{mask, text};

const ID_LENGTH: usize = 18;
const LENGTH: usize = 20;
const REISSUED_LENGTH: usize = 22;

/// A checked number of 20 characters, or 22 with a re-issue mark. `Debug` prints it masked.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CertificateNo(String);

impl CertificateNo {
    /// The number in full.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CertificateNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CertificateNo({})", mask::certificate(&self.0))
    }
}

/// The kind of disability, by its digit (GB/T 26341).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// 1 视力
    Visual = 1,
    /// 2 听力
    Hearing,
    /// 3 言语
    Speech,
    /// 4 肢体
    Physical,
    /// 5 智力
    Intellectual,
    /// 6 精神
    Mental,
    /// 7 多重: its components are not in the number and must be asked.
    Multiple,
}

impl Category {
    /// All, in the order of their digits.
    pub const ALL: [Self; 7] = [
        Self::Visual,
        Self::Hearing,
        Self::Speech,
        Self::Physical,
        Self::Intellectual,
        Self::Mental,
        Self::Multiple,
    ];

    /// The digit, 1–7.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The category of a digit.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }

    /// As certificates print it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Visual => "视力",
            Self::Hearing => "听力",
            Self::Speech => "言语",
            Self::Physical => "肢体",
            Self::Intellectual => "智力",
            Self::Mental => "精神",
            Self::Multiple => "多重",
        }
    }

    /// Reads 视力, 视力残疾 or 1.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = text::fold(name);
        let short = name.strip_suffix("残疾").unwrap_or(&name);
        let by_code = || short.parse().ok().and_then(Self::from_code);
        Self::ALL.into_iter().find(|category| category.name() == short).or_else(by_code)
    }
}

/// How heavy the disability is; the first level is the heaviest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// 一级
    One = 1,
    /// 二级
    Two,
    /// 三级
    Three,
    /// 四级
    Four,
}

impl Level {
    /// All, heaviest first.
    pub const ALL: [Self; 4] = [Self::One, Self::Two, Self::Three, Self::Four];

    /// The digit, 1–4.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The level of a digit.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    /// As certificates print it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "一级",
            Self::Two => "二级",
            Self::Three => "三级",
            Self::Four => "四级",
        }
    }

    /// Reads 一级, 一, 1 or 1级.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = text::fold(name);
        let short = name.strip_suffix('级').unwrap_or(&name);
        let by_code = || short.parse().ok().and_then(Self::from_code);
        Self::ALL.into_iter().find(|level| level.name().strip_suffix('级') == Some(short)).or_else(by_code)
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What a certificate number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedCertificate {
    /// The whole number.
    pub number: CertificateNo,
    /// The holder's identity number in it; carries the warning for a foreign resident.
    pub id: ParsedId,
    /// The kind of disability.
    pub category: Category,
    /// Its level.
    pub level: Level,
    /// Which replacement of a lost card, 1–9 for `B1`–`B9`; none for the first card.
    pub reissue: Option<u8>,
}

impl ParsedCertificate {
    /// The re-issue mark as printed: empty, or `B1`…`B9`.
    #[must_use]
    pub fn reissue_mark(&self) -> String {
        self.reissue.map(|number| format!("B{number}")).unwrap_or_default()
    }
}

/// Why a number is not one; the first fault in the order of the variants.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertError {
    /// Neither 20 characters nor 22.
    #[error("{found} characters")]
    Length {
        /// How many there are, spaces and dashes not counted.
        found: usize,
    },
    /// The last two of 22 characters are not `B1`–`B9`.
    #[error("no re-issue mark {found}")]
    Suffix {
        /// The two characters.
        found: String,
    },
    /// The 19th character is no category.
    #[error("no category {found:?}")]
    Category {
        /// The character.
        found: char,
    },
    /// The 20th character is no level.
    #[error("no level {found:?}")]
    Level {
        /// The character.
        found: char,
    },
    /// The identity number in it is wrong.
    #[error(transparent)]
    Id(#[from] IdError),
}

impl CertError {
    /// The stable name of the fault, as in the vectors; a fault of the identity number has that number's code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "E_LENGTH",
            Self::Suffix { .. } => "E_SUFFIX",
            Self::Category { .. } => "E_CATEGORY",
            Self::Level { .. } => "E_LEVEL",
            Self::Id(fault) => fault.code(),
        }
    }

    /// What a sentence about the fault can name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Length { found } => {
                vec![("found", found.to_string()), ("expected", format!("{LENGTH}/{REISSUED_LENGTH}"))]
            }
            Self::Suffix { found } => vec![("found", found.clone())],
            Self::Category { found } | Self::Level { found } => vec![("found", found.to_string())],
            Self::Id(fault) => fault.args(),
        }
    }
}

/// Reads a number in any spelling (full width, spaces, dashes, small letters) and checks length, re-issue mark,
/// category, level and then the identity number in it.
///
/// # Errors
/// The first fault as a [`CertError`].
pub fn parse(input: &str, today: NaiveDate) -> Result<ParsedCertificate, CertError> {
    let number = text::compact(input);
    let found = number.chars().count();
    if found != LENGTH && found != REISSUED_LENGTH {
        return Err(CertError::Length { found });
    }
    let mut chars = number.chars();
    let id: String = chars.by_ref().take(ID_LENGTH).collect();
    let category = chars.next().unwrap_or_default();
    let level = chars.next().unwrap_or_default();
    let reissue = read_mark(chars.as_str())?;
    let category =
        digit(category).and_then(Category::from_code).ok_or(CertError::Category { found: category })?;
    let level = digit(level).and_then(Level::from_code).ok_or(CertError::Level { found: level })?;
    let id = resident_id::parse(&id, today)?;
    Ok(ParsedCertificate { number: CertificateNo(number), id, category, level, reissue })
}

fn read_mark(mark: &str) -> Result<Option<u8>, CertError> {
    match mark.chars().collect::<Vec<_>>().as_slice() {
        [] => Ok(None),
        ['B', number @ '1'..='9'] => Ok(digit(*number)),
        _ => Err(CertError::Suffix { found: mark.to_owned() }),
    }
}

fn digit(c: char) -> Option<u8> {
    c.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &str) -> Result<ParsedCertificate, CertError> {
        parse(input, NaiveDate::from_ymd_opt(2026, 3, 4).unwrap())
    }

    #[test]
    fn every_vector_holds() {
        let tables = [
            include_str!("../../tests/vectors/disability_certs.tsv"),
            include_str!("../../tests/vectors/more_disability_certs.tsv"),
        ];
        for line in tables.into_iter().flat_map(|table| table.lines().skip(1)) {
            let columns: Vec<&str> = line.split('\t').collect();
            match read(columns[0]) {
                Ok(parsed) => {
                    let got = [
                        parsed.id.result(),
                        parsed.number.as_str(),
                        parsed.id.normalised(),
                        parsed.category.name(),
                        parsed.level.name(),
                        &parsed.reissue_mark(),
                    ];
                    assert_eq!(got, columns[1..7], "{line}");
                }
                Err(fault) => assert_eq!(fault.code(), columns[1], "{line}"),
            }
        }
    }

    #[test]
    fn spellings_and_faults() {
        let code = |input| read(input).unwrap_err().code();
        assert_eq!(read("33052119620930988941 b9").unwrap().reissue, Some(9));
        assert_eq!(read("３３０５２１ 19850612 9816－11").unwrap().category, Category::Visual);
        assert_eq!(code("33052119850612981611B"), "E_LENGTH");
        assert_eq!(code("33052119850612981611B0"), "E_SUFFIX");
        assert_eq!(code("33052119850612981601"), "E_CATEGORY");
        assert_eq!(code("330521198506129816X1"), "E_CATEGORY");
        assert_eq!(code("33052119850612981610"), "E_LEVEL");
        assert_eq!(code("3305211985O612981611"), "E_CHAR");
        assert_eq!(code("33052119900230981811"), "E_DATE");
    }

    #[test]
    fn categories_and_levels_are_known_by_digit_and_name() {
        assert_eq!(Category::from_name("肢体残疾"), Some(Category::Physical));
        assert_eq!(Category::from_name("７"), Some(Category::Multiple));
        assert_eq!(Category::from_name("八"), None);
        assert_eq!(Level::from_name("三级"), Level::from_code(3));
        assert_eq!(Level::from_name("3"), Some(Level::Three));
        assert_eq!(Level::from_name("五级"), None);
        assert!(Category::ALL.iter().all(|category| Category::from_code(category.code()) == Some(*category)));
    }
}
