//! Tables into files, by the file's ending: CSV that a spreadsheet opens without garbling or running anything, or XLSX
//! with identity numbers as text (RULES §8.1). Knows no record.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, Format, Workbook, XlsxError};

use crate::desk::refusal::{Kind, Refusal};

use super::tables::Table;

/// The endings under which a table is written.
pub(crate) const TABLES: &[&str] = &["csv", "xlsx", "txt"];

/// A file's ending in small letters; empty for none.
pub(crate) fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Whether a file can be made there with one of these endings: asked before anything is taken out that is then noted.
pub(crate) fn room_for(path: &Path, endings: &[&str]) -> Result<(), Refusal> {
    let ending = ending(path);
    if path.exists() {
        return Err(Refusal::rule("export-exists").with("path", path.display().to_string()));
    }
    if endings.contains(&ending.as_str()) {
        Ok(())
    } else {
        Err(Refusal::usage("export-ending").with("ending", ending))
    }
}

/// Writes a table; the file appears only when it is whole, and never in the place of another.
pub(crate) fn write(table: &Table, path: &Path) -> Result<(), Refusal> {
    let shown = || path.display().to_string();
    let ending = ending(path);
    room_for(path, TABLES)?;
    let failed = |detail: String| {
        Refusal::rule("export-failed").of(Kind::File).with("path", shown()).with("detail", detail)
    };
    match ending.as_str() {
        "csv" => put(path, &csv_bytes(table).map_err(|e| failed(e.to_string()))?),
        "xlsx" => put(path, &xlsx_bytes(table).map_err(|e| failed(e.to_string()))?),
        "txt" => put(path, text(table).as_bytes()),
        _ => return Err(Refusal::usage("export-ending").with("ending", ending)),
    }
    .map_err(|error| failed(error.to_string()))
}

fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut file = create(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.inspect_err(|_| drop(std::fs::remove_file(path)))
}

fn create(path: &Path) -> std::io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Writes a file piece by piece, for what may be too much to hold; as [`write`] otherwise.
pub(crate) fn stream<T>(
    path: &Path,
    give: impl FnOnce(&mut dyn std::io::Write) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    use std::io::Write;
    let shown = || path.display().to_string();
    if path.exists() {
        return Err(Refusal::rule("export-exists").with("path", shown()));
    }
    let failed = |error: std::io::Error| {
        Refusal::rule("export-failed").of(Kind::File).with("path", shown()).with("detail", error.to_string())
    };
    let mut out = std::io::BufWriter::new(create(path).map_err(failed)?);
    let given = give(&mut out).and_then(|done| {
        out.flush().and_then(|()| out.get_ref().sync_all()).map_err(failed)?;
        Ok(done)
    });
    given.map_err(|mut refusal| {
        drop(std::fs::remove_file(path));
        // Who wrote did not know where to.
        for (name, value) in &mut refusal.args {
            if *name == "path" && value.is_empty() {
                *value = shown();
            }
        }
        refusal
    })
}

/// A cell that a spreadsheet will not take for a formula. A number keeps its sign and loses the word that says it again.
fn safe(cell: &str, number: bool) -> String {
    let (figure, _) = figure(cell);
    if number && figure.parse::<f64>().is_ok() {
        return figure.to_owned();
    }
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if risky { format!("'{cell}") } else { cell.to_owned() }
}

/// A figure and the word behind it (`-34.01 红字`); no word for most.
fn figure(cell: &str) -> (&str, &str) {
    cell.split_once(' ').unwrap_or((cell, ""))
}

/// UTF-8 with a byte order mark, CRLF.
fn csv_bytes(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let mut bytes = vec![0xEF, 0xBB, 0xBF];
    let mut out =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(&mut bytes);
    for line in title(table) {
        out.write_record([safe(line, false)])?;
    }
    out.write_record(table.columns.iter().map(|cell| safe(cell, false)))?;
    for row in &table.rows {
        out.write_record(row.iter().enumerate().map(|(at, cell)| safe(cell, table.is_number(at))))?;
    }
    for line in table.foot() {
        out.write_record([safe(line, false)])?;
    }
    out.flush()?;
    drop(out);
    Ok(bytes)
}

fn title(table: &Table) -> impl Iterator<Item = &String> {
    std::iter::once(&table.title).chain(&table.notes).filter(|line| !line.is_empty())
}

/// Every cell text except those of number columns.
fn xlsx_bytes(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    let as_text = Format::new().set_num_format("@");
    let mut at: u32 = 0;
    for line in title(table) {
        sheet.write_string(at, 0, line)?;
        at += 1;
    }
    for (column, label) in table.columns.iter().enumerate() {
        sheet.write_string_with_format(at, narrow(column), label, &bold)?;
    }
    sheet.set_freeze_panes(at + 1, 0)?;
    for row in &table.rows {
        at += 1;
        for (column, cell) in row.iter().enumerate() {
            let (figure, word) = figure(cell);
            let number = figure.parse::<f64>().ok().filter(|_| table.is_number(column));
            match number {
                Some(number) if word.is_empty() => sheet.write_number(at, narrow(column), number)?,
                Some(number) => {
                    let said = Format::new().set_num_format(format!("0.00;-0.00 \"{word}\""));
                    sheet.write_number_with_format(at, narrow(column), number, &said)?
                }
                None => sheet.write_string_with_format(at, narrow(column), cell, &as_text)?,
            };
        }
    }
    for line in table.foot() {
        at += 1;
        sheet.write_string(at, 0, line)?;
    }
    for (column, label) in table.columns.iter().enumerate() {
        let cells = table.rows.iter().take(200).filter_map(|row| row.get(column));
        let widest = cells.chain([label]).map(|cell| width(cell)).max().unwrap_or(8).clamp(6, 60);
        let widest = u32::try_from(widest).unwrap_or(8);
        sheet.set_column_width(narrow(column), f64::from(widest) + 2.0)?;
    }
    if !table.mark.is_empty() {
        book.set_properties(&DocProperties::new().set_comment(&table.mark));
    }
    book.save_to_buffer()
}

fn narrow(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// The table as lines of text, columns aligned by what they take on a terminal (cells); no last column is padded.
#[must_use]
pub fn text(table: &Table) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text.trim_end());
        out.push('\n');
    };
    for title in title(table) {
        line(title);
    }
    let widths = widths(table);
    for row in std::iter::once(&table.columns).chain(&table.rows) {
        line(&aligned(row, &widths, &table.numbers));
    }
    for footer in table.foot() {
        line(footer);
    }
    out
}

/// The widest cell of each column, in terminal cells.
#[must_use]
pub fn widths(table: &Table) -> Vec<usize> {
    let of = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(column));
        cells.chain(table.columns.get(column)).map(|cell| width(cell)).max().unwrap_or(0)
    };
    (0..table.columns.len()).map(of).collect()
}

/// One row padded to these widths, two spaces between columns, numbers to the right.
#[must_use]
pub fn aligned(row: &[String], widths: &[usize], numbers: &[bool]) -> String {
    let mut line = String::new();
    for (at, cell) in row.iter().enumerate() {
        let one = cell.replace(['\n', '\r', '\t'], " ");
        let room = widths.get(at).copied().unwrap_or(0).saturating_sub(width(&one));
        let number = numbers.get(at).copied().unwrap_or(false);
        if at > 0 {
            line.push_str("  ");
        }
        if number {
            line.push_str(&" ".repeat(room));
        }
        line.push_str(&one);
        if !number && at + 1 < row.len() {
            line.push_str(&" ".repeat(room));
        }
    }
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            columns: vec!["姓名".into(), "n".into()],
            numbers: vec![false, true],
            rows: vec![vec!["=1+1".into(), "-3".into()], vec!["沈,示安".into(), "12".into()]],
            ..Table::default()
        }
    }

    #[test]
    fn csv_is_marked_crlf_and_runs_nothing() {
        let bytes = csv_bytes(&table()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "\u{FEFF}姓名,n\r\n'=1+1,-3\r\n\"沈,示安\",12\r\n");
        assert_eq!(safe("-34.01 红字", true), "-34.01", "a number stays one");
        assert_eq!(safe("-34.01 红字", false), "'-34.01 红字");
    }

    #[test]
    fn text_is_aligned_by_what_it_takes() {
        assert_eq!(text(&table()), "姓名      n\n=1+1     -3\n沈,示安  12\n");
    }
}
