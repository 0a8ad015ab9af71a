//! One cell on its way to a field: days as spreadsheets count them, numbers that a spreadsheet destroyed. Gives a text
//! as a person would type it, or the reason why not.

use rust_decimal::Decimal;

use crate::desk::field::{Field, Kind};
use crate::desk::refusal::Refusal;
use crate::values::text;

use super::decode::Cell;
use super::workbook;

/// The text for a field, or why the cell cannot be taken.
pub(crate) fn text_for(field: &'static Field, cell: &Cell) -> Result<String, Refusal> {
    let plain = cell.text.trim();
    if plain.is_empty() {
        return Ok(String::new());
    }
    match field.kind {
        Kind::ResidentId | Kind::Certificate | Kind::Phone if destroyed(field.kind, cell) => {
            Err(Refusal::rule("import-destroyed").field(field.name).with("text", plain))
        }
        Kind::Date(_) => Ok(day(plain)),
        Kind::Moment(_) => Ok(moment(plain)),
        Kind::Money => Ok(amount(plain)),
        _ => Ok(plain.to_owned()),
    }
}

/// Whether a spreadsheet has destroyed a number: the scientific form, or zeros where its last digits were. A number that
/// ends so by right has a right check digit, which is looked at where it is read.
fn destroyed(kind: Kind, cell: &Cell) -> bool {
    let plain = text::half_width(&cell.text);
    let plain = plain.trim();
    if cell.rounded || scientific(plain) {
        return true;
    }
    let digits = plain.chars().all(|c| c.is_ascii_digit());
    let today = chrono::NaiveDate::MAX;
    digits
        && plain.ends_with("000")
        && match kind {
            Kind::ResidentId => {
                plain.chars().count() == 18 && crate::values::resident_id::parse(plain, today).is_err()
            }
            Kind::Certificate => {
                plain.chars().count() == 20 && crate::values::certificate::parse(plain, today).is_err()
            }
            _ => false,
        }
}

/// `3.30521E+17`
fn scientific(plain: &str) -> bool {
    let upper = plain.to_ascii_uppercase();
    let Some((digits, power)) = upper.split_once('E') else { return false };
    let power = power.trim_start_matches('+');
    let number = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit() || c == '.');
    number(digits) && number(power)
}

/// An amount as a spreadsheet computed it: `0.30000000000000004` is 0.3. What is finer than a fen by right stays as it is,
/// to be refused where it is read.
fn amount(plain: &str) -> String {
    let exact = Decimal::from_str_exact(plain).or_else(|_| Decimal::from_scientific(plain));
    let rounded = exact.map(|yuan| yuan.round_dp(6).normalize());
    rounded.ok().filter(|yuan| yuan.scale() <= 2).map_or_else(|| plain.to_owned(), |yuan| yuan.to_string())
}

/// A day: a serial number of a spreadsheet (RULES §8.1) becomes one, anything else is read as typed.
fn day(plain: &str) -> String {
    let serial = plain.parse::<f64>().ok().filter(|n| (20_000.0..80_000.0).contains(n));
    match serial {
        Some(serial) => workbook::moment(serial.floor()),
        None => dotted(without_time(plain)),
    }
}

fn moment(plain: &str) -> String {
    let serial = plain.parse::<f64>().ok().filter(|n| (20_000.0..80_000.0).contains(n));
    serial.map_or_else(|| dotted(plain), workbook::moment)
}

/// `2026-03-04 10:15:09` as `2026-03-04`, for a field that holds a day.
fn without_time(plain: &str) -> &str {
    let clock =
        |rest: &str| rest.contains(':') && rest.chars().all(|c| c.is_ascii_digit() || ":.".contains(c));
    let day = |head: &str| head.chars().all(|c| c.is_ascii_digit() || "-/.年月日".contains(c));
    match plain.split_once([' ', 'T']) {
        Some((head, rest)) if day(head) && clock(rest.trim()) => head,
        _ => plain,
    }
}

/// `2026.3.4` as `2026-3-4`; a midnight after a day says nothing.
fn dotted(plain: &str) -> String {
    let dots = plain.chars().filter(|c| *c == '.').count();
    let day = if dots == 2 { plain.replace('.', "-") } else { plain.to_owned() };
    let day = day.trim_end_matches('-');
    for midnight in [" 00:00:00", " 0:00:00", " 00:00", " 0:00", "T00:00:00"] {
        if let Some(day) = day.strip_suffix(midnight) {
            return day.to_owned();
        }
    }
    day.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::dates::Bias;

    static ID: Field = Field::new("resident_id", Kind::ResidentId);
    static DAY: Field = Field::new("birth", Kind::Date(Bias::Record));

    fn cell(text: &str) -> Cell {
        Cell { text: text.to_owned(), rounded: false }
    }

    #[test]
    fn destroyed_numbers_are_named_and_right_ones_are_not() {
        for text in ["3.30521E+17", "330521198506129000"] {
            assert_eq!(text_for(&ID, &cell(text)).map_err(|r| r.code), Err("import-destroyed"), "{text}");
        }
        assert!(text_for(&ID, &cell("330521198506129816")).is_ok());
        let rounded = Cell { text: "330521198506129792".into(), rounded: true };
        assert!(text_for(&ID, &rounded).is_err());
    }

    #[test]
    fn days_come_as_serials_and_in_many_spellings() {
        let read = |text: &str| text_for(&DAY, &cell(text)).unwrap();
        assert_eq!(read("46085"), "2026-03-04");
        assert_eq!(read("2026.3.4"), "2026-3-4");
        assert_eq!(read("2026/3/4 0:00:00"), "2026/3/4");
        assert_eq!(read("20260304"), "20260304");
        assert_eq!(read("2026-03-04 10:15:09"), "2026-03-04");
        assert_eq!(read("20260304 10:15"), "20260304");
    }

    #[test]
    fn amounts_lose_what_a_spreadsheet_added() {
        static AMOUNT: Field = Field::new("amount", Kind::Money);
        let read = |text: &str| text_for(&AMOUNT, &cell(text)).unwrap();
        assert_eq!(read("0.30000000000000004"), "0.3");
        assert_eq!(read("1.2E+6"), "1200000");
        assert_eq!(read("1,234.50"), "1,234.50");
        assert_eq!(read("1.005"), "1.005", "to be refused");
    }
}
