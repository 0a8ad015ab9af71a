//! What a command prints: lines of text aligned by what they take on a terminal, one JSON object a line, or CSV. No
//! colour, no boxes; a reader that goes away early is no error.

use std::io::{self, BufWriter, Stdout, Write};

use lianban::office::{Problem, Table, aligned, widths};
use serde_json::{Map, Value};

/// How a table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Json,
    Csv,
}

impl Form {
    /// As the options say.
    pub(crate) fn of(json: bool, csv: bool) -> Self {
        match (json, csv) {
            (true, _) => Self::Json,
            (_, true) => Self::Csv,
            _ => Self::Text,
        }
    }
}

/// Why a command ends early.
pub(crate) enum Failure {
    /// In words.
    Problem(Problem),
    /// Nothing can be printed.
    Print(io::Error),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Print(error)
    }
}

/// The exit code, or why there is none.
pub(crate) type Ending = Result<u8, Failure>;

/// Standard output.
pub(crate) struct Out {
    to: BufWriter<Stdout>,
}

impl Out {
    pub(crate) fn new() -> Self {
        Self { to: BufWriter::new(io::stdout()) }
    }

    /// One line.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.to, "{}", text.trim_end())
    }

    /// Several lines, as they are.
    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        self.to.write_all(text.as_bytes())
    }

    /// One object of texts.
    pub(crate) fn object<'a>(&mut self, fields: impl Iterator<Item = (&'a str, &'a str)>) -> io::Result<()> {
        let texts = fields.map(|(name, text)| (name.to_owned(), Value::from(text)));
        self.value(&Value::Object(texts.collect::<Map<_, _>>()))
    }

    /// One value on a line.
    pub(crate) fn value(&mut self, value: &Value) -> io::Result<()> {
        writeln!(self.to, "{value}")
    }

    /// One CSV row: no byte order mark, for the next program and not for a spreadsheet.
    pub(crate) fn csv<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> io::Result<()> {
        let mut row = csv::WriterBuilder::new().from_writer(Vec::new());
        row.write_record(cells).map_err(io::Error::other)?;
        let bytes = row.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        self.to.write_all(&bytes)
    }

    /// A whole table.
    pub(crate) fn table(&mut self, table: &Table, form: Form) -> io::Result<()> {
        match form {
            Form::Text => self.text(&lianban::office::text_of(table)),
            Form::Csv => {
                self.csv(table.columns.iter().map(String::as_str))?;
                table.rows.iter().try_for_each(|row| self.csv(row.iter().map(String::as_str)))?;
                // Only what goes out has one; an import passes it over.
                let mark = Some(table.mark.as_str()).filter(|mark| !mark.is_empty());
                mark.map_or(Ok(()), |mark| self.csv(std::iter::once(mark)))
            }
            Form::Json => {
                let names = if table.names.is_empty() { &table.columns } else { &table.names };
                let names = names.iter().map(String::as_str);
                let rows = table.rows.iter();
                rows.map(|row| names.clone().zip(row.iter().map(String::as_str)))
                    .try_for_each(|fields| self.object(fields))
            }
        }
    }

    /// Labels and values, one a line, the values under each other.
    pub(crate) fn pairs(&mut self, pairs: &[(String, String)]) -> io::Result<()> {
        let rows = pairs.iter().map(|(label, value)| vec![label.clone(), value.clone()]).collect();
        let table = Table { columns: vec![String::new(), String::new()], rows, ..Table::default() };
        let widths = widths(&table);
        table.rows.iter().try_for_each(|row| self.line(&aligned(row, &widths, &[])))
    }

    /// Everything is out.
    pub(crate) fn done(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Says on standard error what is no answer: progress, notes. Nobody may be listening.
pub(crate) fn aside(text: &str) {
    drop(writeln!(io::stderr(), "{text}"));
}

/// Prints a refusal: the sentence, then what to do about it; or one object.
pub(crate) fn complain(problem: &Problem, json: bool) {
    if json {
        let Problem { code, field, message, hint, .. } = problem;
        let error =
            serde_json::json!({"error": {"code": code, "field": field, "message": message, "hint": hint}});
        return aside(&error.to_string());
    }
    // The field by the name it is written with: `reason=…`.
    match problem.field.is_empty() {
        true => aside(&problem.message),
        false => aside(&format!("{}: {}", problem.field, problem.message)),
    }
    if !problem.hint.is_empty() {
        aside(&problem.hint);
    }
}
