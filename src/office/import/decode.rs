//! The bytes of a text file as rows of cells: which encoding, which separator, which row cannot be read. Nothing is ever
//! replaced by a question mark: a row that cannot be decoded is named.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// A row of a file as it stands there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RawRow {
    /// Its line or row number, from 1.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Cell {
    /// What it says.
    pub text: String,
    /// It is a number of a spreadsheet with more digits than such a number keeps: the last ones are lost.
    pub rounded: bool,
}

/// Why a file's bytes cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Undecodable {
    /// The first row that is no text in the encoding of the file.
    Row {
        /// Its number, from 1.
        line: usize,
        /// The encoding, by name.
        encoding: &'static str,
    },
}

/// Text from bytes: a byte order mark, else strict UTF-8, else GB18030 (RULES §8.1).
pub(crate) fn text_of(bytes: &[u8]) -> Result<String, Undecodable> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decode(bytes.get(length..).unwrap_or_default(), encoding);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) if mostly_utf8(bytes) => {
            Err(Undecodable::Row { line: line_at(bytes, error.valid_up_to()), encoding: UTF_8.name() })
        }
        Err(_) => decode(bytes, GB18030),
    }
}

/// Whether most rows that are not plain ASCII are good UTF-8. A row of GB18030 hardly ever is by chance; a damaged UTF-8
/// file must not be taken for GB18030, in which almost anything means something.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let rows = bytes.split(|byte| *byte == b'\n').filter(|row| !row.is_ascii());
    let (good, bad): (Vec<_>, Vec<_>) = rows.partition(|row| std::str::from_utf8(row).is_ok());
    good.len() > bad.len()
}

fn decode(bytes: &[u8], encoding: &'static Encoding) -> Result<String, Undecodable> {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text.into_owned());
    }
    // No character of these encodings has a line feed inside, so the rows can be tried one by one.
    let bad = |row: &[u8]| encoding.decode_without_bom_handling_and_without_replacement(row).is_none();
    let line = bytes.split(|byte| *byte == b'\n').position(bad).unwrap_or(0) + 1;
    Err(Undecodable::Row { line, encoding: encoding.name() })
}

fn line_at(bytes: &[u8], place: usize) -> usize {
    bytes.iter().take(place).filter(|byte| **byte == b'\n').count() + 1
}

/// Rows of a delimited text; the separator is the one its first rows have most of.
pub(crate) fn rows_of(text: &str) -> Result<Vec<RawRow>, csv::Error> {
    let head: String = text.lines().take(20).collect::<Vec<_>>().join("\n");
    let count = |separator: &u8| head.bytes().filter(|byte| byte == separator).count();
    let separator = [b',', b'\t', b';'].into_iter().max_by_key(count).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, |at| line_of(text, at));
        let cells = record.iter().map(|text| Cell { text: plain(text), rounded: false }).collect();
        rows.push(RawRow { line, cells });
    }
    Ok(rows)
}

/// The line a row stands on: its position is that of the blank lines before it.
fn line_of(text: &str, at: &csv::Position) -> usize {
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(count(at.byte())..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    count(at.line()) + blank.filter(|byte| **byte == b'\n').count()
}

/// A cell without what was put before it to keep a spreadsheet from reading it as a formula or a number.
fn plain(cell: &str) -> String {
    let cell = cell.trim();
    if let Some(quoted) = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return quoted.to_owned();
    }
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t']) => rest.trim().to_owned(),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found_and_nothing_is_replaced() {
        let text = "姓名,电话\n沈示安,13000000200\n";
        let (gb, _, _) = GB18030.encode(text);
        assert_eq!(text_of(&gb).as_deref(), Ok(text));
        assert_eq!(text_of(text.as_bytes()).as_deref(), Ok(text));
        let mut marked = vec![0xEF, 0xBB, 0xBF];
        marked.extend(text.as_bytes());
        assert_eq!(text_of(&marked).as_deref(), Ok(text));
        let mut broken = gb.to_vec();
        broken.extend([0xFF, 0xFF, b'\n']);
        assert_eq!(text_of(&broken), Err(Undecodable::Row { line: 3, encoding: "gb18030" }));
        let mut broken = text.as_bytes().to_vec();
        broken.extend([0xE5, b'\n']);
        assert_eq!(text_of(&broken), Err(Undecodable::Row { line: 3, encoding: "UTF-8" }));
    }

    #[test]
    fn separators_and_lines_are_found() {
        let rows = rows_of("a\tb\n\"x\ny\"\t'=1+1\n\nz\t=\"001\"\n").unwrap();
        let lines: Vec<usize> = rows.iter().map(|r| r.line).collect();
        assert_eq!(lines, [1, 2, 5]);
        assert_eq!(rows[1].cells[1].text, "=1+1");
        assert_eq!(rows[2].cells[1].text, "001");
    }
}
