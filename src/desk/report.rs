//! What a subject tells besides its records: tables of reports, answers to questions, windows of a book. Knows no subject.

use chrono::NaiveDate;

use super::refusal::Refusal;
use super::subject::Cx;
use super::view::{Column, Fact, Row, Subtotal};

/// A report as a table: the same on both faces, as text, CSV and XLSX.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Table {
    /// What it is.
    pub title: String,
    /// What it covers (period, scope), one line each.
    pub notes: Vec<String>,
    /// Column labels.
    pub columns: Vec<String>,
    /// Which columns are numbers.
    pub numbers: Vec<bool>,
    /// The rows; every cell as text, identity numbers included.
    pub rows: Vec<Vec<String>>,
    /// Sums and signatures, one line each.
    pub footer: Vec<String>,
}

/// What a form that only asks comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Answer {
    /// What was asked.
    pub title: String,
    /// The answer, a sentence a line; one line is said as a message, more of them are a page.
    pub lines: Vec<String>,
}

/// What one subject keeps about one person served, for that person to have (PIPL art. 45): whole, in the words of the
/// session's language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Section {
    /// What these are.
    pub heading: String,
    /// Each record as labels and values.
    pub records: Vec<Vec<Fact>>,
}

/// A window of a list as a book shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Book {
    /// The columns of this book.
    pub columns: Vec<Column>,
    /// One row for each record asked for, in the same order, each with what stands after it.
    pub rows: Vec<Row>,
    /// What stands before the first of them.
    pub carried: Option<Subtotal>,
    /// Sentences under the book.
    pub foot: Vec<String>,
}

/// A report a subject can make. Its title is the message `report-NAME`.
pub(crate) struct ReportSpec {
    /// Stable name (`rp-23`).
    pub name: &'static str,
    /// Ids of the posts that may make it; empty for everyone signed in.
    pub posts: &'static [&'static str],
    /// Makes it for a period, both days included.
    pub make: fn(&Cx<'_>, NaiveDate, NaiveDate) -> Result<Table, Refusal>,
    /// The same in numbers to compare, where that says more than the table.
    pub chart: Option<MakeChart>,
}

/// Makes a report's chart for a period, both days included.
pub(crate) type MakeChart = fn(&Cx<'_>, NaiveDate, NaiveDate) -> Result<super::view::Chart, Refusal>;
