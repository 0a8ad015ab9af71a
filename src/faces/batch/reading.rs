//! `list` and `show`: what is in the office, masked as on the desk.

use std::io;

use lianban::desk::view::{Cell, Column, Lane, List, Part, Row, Schedule, Subtotal};
use lianban::office::{Asked, Listed, Scripts, Table, aligned, widths};

use super::out::{Ending, Form, Out, aside};
use super::setting::Setting;

/// Signs in for reading.
pub(crate) fn enter(setting: &Setting) -> Result<Scripts, super::out::Failure> {
    Ok(Scripts::read(&setting.opening(setting.file()?, "batch"), &setting.who()?)?)
}

/// Signs in to copy the file: for changes, so that it can be noted who did, and for reading where no more can be had.
pub(crate) fn to_copy(setting: &Setting) -> Result<Scripts, super::out::Failure> {
    let (opening, who) = (setting.opening(setting.file()?, "batch"), setting.who()?);
    match Scripts::enter(&opening, &who) {
        Err(problem) if problem.exit == 4 => Ok(Scripts::read(&opening, &who)?),
        other => Ok(other?),
    }
}

/// `list SUBJECT`, page by page: a million rows take no more memory than some hundreds.
pub(crate) fn list(
    setting: &Setting,
    subject: &str,
    filter: &str,
    limit: Option<usize>,
    csv: bool,
    out: &mut Out,
) -> Ending {
    let scripts = enter(setting)?;
    let form = Form::of(setting.json, csv);
    let asked =
        Asked { subject: subject.to_owned(), filter: filter.to_owned(), limit, fields: form == Form::Json };
    let head = scripts.locale().say("export-ref");
    if let Some(schedule) = scripts.calendar(&asked)? {
        return match form {
            Form::Text => grid(&schedule, out),
            Form::Csv | Form::Json => twin(&schedule, &head, form, out),
        }
        .map(|()| 0)
        .map_err(Into::into);
    }
    let mut printer = Printer { form, head, place: None, widths: Vec::new(), any: false };
    let mut printed = Ok(());
    let foot = scripts.list(&asked, &mut |columns, carried, rows| {
        printed = printer.page(columns, carried, rows, out);
        printed.is_ok()
    })?;
    printed?;
    if form == Form::Text {
        foot.iter().try_for_each(|line| out.line(line))?;
    }
    if !printer.any && form == Form::Text {
        aside(&scripts.locale().say("list-empty"));
    }
    Ok(0)
}

struct Printer {
    form: Form,
    head: String,
    /// Which of the list's columns stands for the reference; none when the reference goes before them all.
    place: Option<usize>,
    /// Set by the first page; a longer cell later on pushes its own line only.
    widths: Vec<usize>,
    any: bool,
}

impl Printer {
    fn page(
        &mut self,
        columns: &[Column],
        carried: &[String],
        rows: &[Listed],
        out: &mut Out,
    ) -> io::Result<()> {
        let first = !self.any && !rows.is_empty();
        if first {
            self.any = true;
            self.begin(columns, rows, out)?;
        }
        let numbers = self.with_reference(columns.iter().map(|c| c.number), false);
        if first && !carried.is_empty() {
            self.between(carried, &numbers, out)?;
        }
        for row in rows {
            match self.form {
                Form::Text => out.line(&aligned(&self.cells(row), &self.widths, &numbers))?,
                Form::Csv => out.csv(self.cells(row).iter().map(String::as_str))?,
                Form::Json => out.object(row.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())))?,
            }
            row.after.iter().try_for_each(|line| self.between(line, &numbers, out))?;
        }
        Ok(())
    }

    /// A line of a book that is no record: for people to read, and nothing for the next program to count twice.
    fn between(&self, cells: &[String], numbers: &[bool], out: &mut Out) -> io::Result<()> {
        if self.form != Form::Text {
            return Ok(());
        }
        let cells = self.with_reference(cells.iter().cloned(), String::new());
        out.line(&aligned(&cells, &self.widths, numbers))
    }

    /// The head line, and what follows from the first rows.
    fn begin(&mut self, columns: &[Column], rows: &[Listed], out: &mut Out) -> io::Result<()> {
        // A column that shows the end of the reference shows the whole of it here: scripts take it from there.
        let is_tail = |row: &Listed, at: usize| {
            row.cells.get(at).is_some_and(|cell| !cell.is_empty() && row.reference.ends_with(cell.as_str()))
        };
        self.place = (0..columns.len()).find(|at| rows.iter().all(|row| is_tail(row, *at)));
        let labels = self.with_reference(columns.iter().map(|c| c.label.clone()), self.head.clone());
        let between = rows.iter().flat_map(|row| &row.after);
        let between = between.map(|line| self.with_reference(line.iter().cloned(), String::new()));
        let cells = rows.iter().map(|row| self.cells(row)).chain(between).collect();
        self.widths = widths(&Table { columns: labels.clone(), rows: cells, ..Table::default() });
        let numbers = self.with_reference(columns.iter().map(|c| c.number), false);
        match self.form {
            Form::Text => out.line(&aligned(&labels, &self.widths, &numbers)),
            Form::Csv => out.csv(labels.iter().map(String::as_str)),
            Form::Json => Ok(()),
        }
    }

    fn with_reference<T>(&self, each: impl Iterator<Item = T>, reference: T) -> Vec<T> {
        let before = self.place.is_none().then_some(reference);
        before.into_iter().chain(each).collect()
    }

    fn cells(&self, row: &Listed) -> Vec<String> {
        let mut cells = self.with_reference(row.cells.iter().cloned(), row.reference.clone());
        if let Some(cell) = self.place.and_then(|at| cells.get_mut(at)) {
            cell.clone_from(&row.reference);
        }
        cells
    }
}

/// `show REF`: the record's page as text, its fields by name for scripts.
pub(crate) fn show(setting: &Setting, reference: &str, csv: bool, out: &mut Out) -> Ending {
    let scripts = enter(setting)?;
    match Form::of(setting.json, csv) {
        Form::Json => {
            let fields = scripts.show(reference)?;
            out.object(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
        }
        Form::Csv => {
            for (name, value) in scripts.show(reference)? {
                out.csv([name.as_str(), value.as_str()].into_iter())?;
            }
        }
        Form::Text => {
            for part in scripts.page(reference)? {
                say(&part, out)?;
            }
        }
    }
    Ok(0)
}

/// A part of a page as lines.
fn say(part: &Part, out: &mut Out) -> io::Result<()> {
    match part {
        Part::Text(text) => {
            heading(&text.heading, out)?;
            text.lines.iter().try_for_each(|line| out.line(line))
        }
        Part::Facts(facts) => {
            heading(&facts.heading, out)?;
            let pairs: Vec<_> = facts.items.iter().map(|f| (f.label.clone(), f.value.clone())).collect();
            out.pairs(&pairs)
        }
        Part::List(list) => rows(list, None, &[], out),
        Part::Ledger(ledger) => rows(&ledger.list, ledger.carried.as_ref(), &ledger.foot, out),
        Part::Schedule(schedule) => grid(schedule, out),
        Part::Chart(chart) => {
            heading(&chart.heading, out)?;
            out.line(&chart.sentence)
        }
        Part::Form(_) => Ok(()),
    }
}

/// The rows of a list, and what a book has between and under them.
fn rows(list: &List, carried: Option<&Subtotal>, foot: &[String], out: &mut Out) -> io::Result<()> {
    heading(&list.heading, out)?;
    let each = list.rows.iter().flat_map(|row| {
        std::iter::once(&row.cells).chain(row.subtotals.iter().map(|subtotal| &subtotal.cells))
    });
    let table = Table {
        columns: list.columns.iter().map(|c| c.label.clone()).collect(),
        numbers: list.columns.iter().map(|c| c.number).collect(),
        rows: carried.map(|carried| &carried.cells).into_iter().chain(each).cloned().collect(),
        footer: foot.to_vec(),
        ..Table::default()
    };
    out.table(&table, Form::Text)
}

/// A grid as a table: a row a lane, its label first.
fn grid(schedule: &Schedule, out: &mut Out) -> io::Result<()> {
    let cell = |cell: &Cell| format!("{}{}", cell.text, if cell.pending { "?" } else { "" });
    let row = |lane: &Lane| std::iter::once(lane.label.clone()).chain(lane.cells.iter().map(cell)).collect();
    let who = schedule.list.columns.get(1).map(|c| c.label.clone()).unwrap_or_default();
    let table = Table {
        title: format!("{} ({})", schedule.heading, schedule.axes),
        notes: schedule.notes.clone(),
        columns: std::iter::once(who).chain(schedule.columns.iter().cloned()).collect(),
        rows: schedule.lanes.iter().map(row).collect(),
        ..Table::default()
    };
    out.table(&table, Form::Text)
}

/// What stands in a grid, for the next program: a row each with its record, free stretches without one.
fn twin(schedule: &Schedule, head: &str, form: Form, out: &mut Out) -> io::Result<()> {
    let list = &schedule.list;
    let row = |row: &Row| std::iter::once(row.reference.clone()).chain(row.cells.iter().cloned()).collect();
    let labels = list.columns.iter().map(|column| column.label.clone());
    let table = Table {
        names: ["ref", "when", "where", "what"].map(str::to_owned).to_vec(),
        columns: std::iter::once(head.to_owned()).chain(labels).collect(),
        rows: list.rows.iter().map(row).collect(),
        ..Table::default()
    };
    out.table(&table, form)
}

fn heading(text: &str, out: &mut Out) -> io::Result<()> {
    if text.is_empty() { Ok(()) } else { out.line(text) }
}
