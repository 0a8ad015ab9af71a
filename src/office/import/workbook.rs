//! The first sheet of a spreadsheet as rows of cells. What was merged downwards stands in every row it covers; a number
//! is given back in full, with a mark where its digits were lost.

use std::path::Path;

use calamine::{Data, Reader, Xlsx, XlsxError, open_workbook};

use super::decode::{Cell, RawRow};

/// Digits that a number of a spreadsheet keeps.
const KEPT_DIGITS: usize = 15;

/// Rows of the first sheet that has any.
pub(crate) fn rows_of(path: &Path) -> Result<Vec<RawRow>, XlsxError> {
    let mut book: Xlsx<_> = open_workbook(path)?;
    for name in book.sheet_names() {
        let sheet = book.worksheet_range(&name)?;
        if sheet.is_empty() {
            continue;
        }
        let (top, left) = sheet.start().unwrap_or_default();
        let number = |at: usize| usize::try_from(top).unwrap_or(0) + at + 1;
        let mut rows: Vec<RawRow> = sheet
            .rows()
            .enumerate()
            .map(|(at, row)| RawRow { line: number(at), cells: row.iter().map(cell).collect() })
            .collect();
        for merged in book.merge_cells_by_sheet_name(&name)? {
            spread(&mut rows, (top, left), merged.start, merged.end);
        }
        return Ok(rows);
    }
    Ok(Vec::new())
}

/// Gives the value of a cell merged downwards in one column to every row it covers. A cell merged sideways is a title.
fn spread(rows: &mut [RawRow], origin: (u32, u32), start: (u32, u32), end: (u32, u32)) {
    if start.1 != end.1 || start.0 < origin.0 || start.1 < origin.1 {
        return;
    }
    let at = |value: u32, from: u32| usize::try_from(value - from).unwrap_or(usize::MAX);
    let (first, last, column) = (at(start.0, origin.0), at(end.0, origin.0), at(start.1, origin.1));
    let Some(value) = rows.get(first).and_then(|row| row.cells.get(column)).cloned() else { return };
    for row in rows.iter_mut().take(last.saturating_add(1)).skip(first) {
        if let Some(cell) = row.cells.get_mut(column) {
            cell.clone_from(&value);
        }
    }
}

fn cell(data: &Data) -> Cell {
    let text = |text: String| Cell { text, rounded: false };
    match data {
        Data::Empty | Data::Error(_) => Cell::default(),
        Data::String(value) | Data::DateTimeIso(value) | Data::DurationIso(value) => {
            text(value.trim().to_owned())
        }
        Data::Bool(value) => text(if *value { "是" } else { "否" }.to_owned()),
        Data::Int(value) => number(&value.to_string()),
        Data::Float(value) if value.fract() == 0.0 => number(&format!("{value:.0}")),
        Data::Float(value) => text(value.to_string()),
        Data::DateTime(value) => text(moment(value.as_f64())),
    }
}

fn number(digits: &str) -> Cell {
    let rounded = digits.trim_start_matches('-').trim_end_matches('0').chars().count() >= KEPT_DIGITS
        && digits.chars().count() > KEPT_DIGITS;
    Cell { text: digits.to_owned(), rounded: rounded || digits.chars().count() > KEPT_DIGITS + 1 }
}

/// Day zero of a spreadsheet's calendar, such that 61 is the first of March 1900.
pub(crate) fn moment(serial: f64) -> String {
    let Some(zero) = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).and_then(|d| d.and_hms_opt(0, 0, 0))
    else {
        return String::new();
    };
    let minutes = chrono::Duration::try_minutes((serial * 1440.0).round() as i64);
    let Some(at) = minutes.and_then(|m| zero.checked_add_signed(m)) else { return serial.to_string() };
    let text = at.format("%Y-%m-%dT%H:%M").to_string();
    text.strip_suffix("T00:00").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_are_days_and_long_numbers_are_marked() {
        assert_eq!(moment(46085.0), "2026-03-04");
        assert_eq!(moment(46085.5), "2026-03-04T12:00");
        assert!(cell(&Data::Float(330_521_198_506_129_810.0)).rounded);
        assert!(!cell(&Data::Float(13_000_000_200.0)).rounded);
        assert_eq!(cell(&Data::Float(13_000_000_200.0)).text, "13000000200");
    }
}
