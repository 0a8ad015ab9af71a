//! Tables as they leave the office: every cell a text, with what is a number and what must stay a text said beside it.
//! Knows no file format.

use crate::desk::subject;

/// A table to print or to write into a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// What it is; empty for none.
    pub title: String,
    /// What it covers, one line each.
    pub notes: Vec<String>,
    /// Column labels.
    pub columns: Vec<String>,
    /// Stable names of the columns, for `--json`; empty where a report has only labels.
    pub names: Vec<String>,
    /// Which columns are numbers; they stand to the right, and are numbers in a spreadsheet.
    pub numbers: Vec<bool>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// Sums and signatures, one line each.
    pub footer: Vec<String>,
    /// Who took it out of the office, when and what for: the last line of a file; empty for what stays inside.
    pub mark: String,
}

impl Table {
    /// An empty table with these columns: stable name and label.
    pub(crate) fn with(columns: Vec<(String, String)>) -> Self {
        let (names, labels) = columns.into_iter().unzip();
        Self { names, columns: labels, ..Self::default() }
    }

    /// The lines under the rows, the mark last.
    pub(crate) fn foot(&self) -> impl Iterator<Item = &String> {
        self.footer.iter().chain(Some(&self.mark).filter(|mark| !mark.is_empty()))
    }

    /// Whether a column holds numbers.
    #[must_use]
    pub fn is_number(&self, column: usize) -> bool {
        self.numbers.get(column).copied().unwrap_or(false)
    }
}

impl From<subject::Table> for Table {
    fn from(made: subject::Table) -> Self {
        let subject::Table { title, notes, columns, numbers, rows, footer } = made;
        Self { title, notes, columns, names: Vec::new(), numbers, rows, footer, mark: String::new() }
    }
}
