//! Reading from a script: lists page by page, one record, reports. Private values are masked as they are on
//! the desk, and what the person may not see is not there.

use chrono::NaiveDate;
use rusqlite::types::Value;

use crate::desk::calendar::Calendar;
use crate::desk::field::{Field, Kind as FieldKind, Privacy};
use crate::desk::intent::Move;
use crate::desk::query::Query;
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, ReportSpec, Subject};
use crate::desk::turning::day_of_text;
use crate::desk::view::{Column, Part, Schedule};
use crate::desk::{reading, records};

use super::tables::Table;
use super::{Problem, Scripts};

/// Rows read at a time.
const PAGE: usize = 500;

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// Its reference.
    pub reference: String,
    /// One text a column.
    pub cells: Vec<String>,
    /// The fields by name, as kept, private ones masked; only when asked for.
    pub fields: Vec<(String, String)>,
    /// Lines of a book after the row (day's total), one text a column.
    pub after: Vec<Vec<String>>,
}

/// Takes a page of a list: its columns, what is carried before its rows (one text a column; none: nothing is), its rows.
/// Says whether to go on.
pub type Each<'a> = dyn FnMut(&[Column], &[String], &[Listed]) -> bool + 'a;

/// What of a list is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The subject.
    pub subject: String,
    /// Name of a list view, search words, or both; empty for the usual view.
    pub filter: String,
    /// At most so many rows.
    pub limit: Option<usize>,
    /// Whether the fields are wanted besides the columns.
    pub fields: bool,
}

impl Scripts {
    /// Reads a list page by page; `each` gets the columns, what is carried before these rows, and some rows, and says
    /// whether to go on. Answers the sentences under it when it is a book.
    ///
    /// # Errors
    /// When there is no such subject, or the file cannot be read.
    pub fn list(&self, asked: &Asked, each: &mut Each<'_>) -> Result<Vec<String>, Problem> {
        self.told(self.try_list(asked, each))
    }

    /// A calendar by its name (`venue.day`), on the day of `filter` or today; none when it is no name of a calendar.
    ///
    /// # Errors
    /// When there is no such subject, the filter is no day, or the file cannot be read.
    pub fn calendar(&self, asked: &Asked) -> Result<Option<Schedule>, Problem> {
        self.told(self.try_calendar(asked))
    }

    fn try_calendar(&self, asked: &Asked) -> Result<Option<Schedule>, Refusal> {
        let cx = self.office().cx();
        let Some((subject, name)) = asked.subject.split_once('.') else { return Ok(None) };
        let subject = self.subject(subject)?;
        let Some(spec) = subject.grids().iter().find(|grid| grid.name == name) else { return Ok(None) };
        let day = match asked.filter.trim() {
            "" => cx.now.date(),
            text => day_of_text(&cx, text)?,
        };
        Ok(Some(Calendar::open(&cx, subject, spec, day, String::new())?.schedule(&cx)))
    }

    fn try_list(&self, asked: &Asked, each: &mut Each<'_>) -> Result<Vec<String>, Refusal> {
        let cx = self.office().cx();
        let subject = self.subject(&asked.subject)?;
        let mut query = query_of(&cx, subject, &asked.filter)?;
        query.load(&cx, PAGE)?;
        let mut left = asked.limit.unwrap_or(usize::MAX);
        loop {
            let (view, carried, foot) = match query.part(&cx) {
                Part::Ledger(book) => {
                    (book.list, book.carried.map(|c| c.cells).unwrap_or_default(), book.foot)
                }
                _ => (query.view(&cx), Vec::new(), Vec::new()),
            };
            let mut page = Vec::new();
            for (row, id) in view.rows.into_iter().zip(query.ids()).take(left) {
                let fields = if asked.fields { fields_by_id(&cx, subject, id)? } else { Vec::new() };
                let after = row.subtotals.into_iter().map(|s| s.cells).collect();
                page.push(Listed { reference: row.reference, cells: row.cells, fields, after });
            }
            left -= page.len();
            let shown = view.first + page.len();
            let more = each(&view.columns, &carried, &page);
            if !more || left == 0 || page.is_empty() || shown >= query.total() {
                return Ok(foot);
            }
            query.step(&cx, Move::To(shown + 1), PAGE)?;
        }
    }

    /// The fields of a record by name, as kept, private ones masked; the reference first.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn show(&self, reference: &str) -> Result<Vec<(String, String)>, Problem> {
        self.told((|| {
            let (subject, id) = self.resolve(reference)?;
            fields_by_id(&self.office().cx(), subject, id)
        })())
    }

    /// A record's page as the desk says it.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn page(&self, reference: &str) -> Result<Vec<Part>, Problem> {
        self.told((|| {
            let (subject, id) = self.resolve(reference)?;
            subject.page(&self.office().cx(), id)
        })())
    }

    /// A report for a period, both days included; by itself the current year.
    ///
    /// # Errors
    /// When there is no such report, or the person's posts do not allow it.
    pub fn report(&self, name: &str, from: Option<&str>, to: Option<&str>) -> Result<Table, Problem> {
        self.told(self.try_report(name, from, to))
    }

    /// The report of this name, and whose it is.
    pub(super) fn report_of(
        &self,
        name: &str,
    ) -> Result<(&'static dyn Subject, &'static ReportSpec), Refusal> {
        let each = |subject: &&'static dyn Subject| {
            let subject = *subject;
            subject.reports().iter().map(move |report| (subject, report))
        };
        let known = || self.office().registry.iter().flat_map(each);
        let wanted = name.to_lowercase();
        known().find(|(_, report)| report.name == wanted).ok_or_else(|| {
            let names: Vec<&str> = known().map(|(_, report)| report.name).collect();
            Refusal::usage("batch-no-report").with("text", name).with("known", names.join(" "))
        })
    }

    pub(super) fn try_report(
        &self,
        name: &str,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<Table, Refusal> {
        use chrono::Datelike;
        let cx = self.office().cx();
        let (_, report) = self.report_of(name)?;
        cx.who.must_hold(report.posts, cx.catalog, cx.t)?;
        let today = cx.now.date();
        let bound = |text: Option<&str>, month: u32, day: u32, field: &'static str| match text {
            Some(text) => day_of(&cx, text, field),
            None => Ok(NaiveDate::from_ymd_opt(today.year(), month, day).unwrap_or(today)),
        };
        let (from, to) = (bound(from, 1, 1, "from")?, bound(to, 12, 31, "to")?);
        if from > to {
            let said = Refusal::rule("batch-span").field("from");
            return Err(said.with("from", from.to_string()).with("to", to.to_string()));
        }
        Ok((report.make)(&cx, from, to)?.into())
    }
}

/// A day as typed on the command line.
fn day_of(cx: &Cx<'_>, text: &str, name: &'static str) -> Result<NaiveDate, Refusal> {
    let field = Field::new(name, FieldKind::Date(crate::values::dates::Bias::Record));
    match reading::read(&field, text, cx)?.value {
        Value::Text(iso) => {
            iso.parse().ok().ok_or_else(|| Refusal::rule("E_DATE").field(name).with("text", text))
        }
        _ => Err(Refusal::rule("required").field(name)),
    }
}

/// A list by the name of its view, or by words in it.
fn query_of(cx: &Cx<'_>, subject: &'static dyn Subject, filter: &str) -> Result<Query, Refusal> {
    let filter = filter.trim();
    let (first, rest) = filter.split_once(char::is_whitespace).unwrap_or((filter, ""));
    let label = |name: &str| cx.t.say(&format!("{}-list-{name}", subject.name()));
    let named =
        subject.lists().iter().find(|l| l.name == first || (!first.is_empty() && label(l.name) == first));
    let usual =
        || subject.lists().first().ok_or_else(|| Refusal::rule("not-found").with("text", subject.name()));
    let (spec, words) = match named {
        Some(spec) => (spec, rest),
        None => (usual()?, filter),
    };
    let mut query = Query::new(subject, spec);
    words.trim().clone_into(&mut query.filter);
    Ok(query)
}

fn fields_by_id(cx: &Cx<'_>, subject: &dyn Subject, id: i64) -> Result<Vec<(String, String)>, Refusal> {
    let record = subject.record();
    let missing = || Refusal::rule("not-found").with("text", id.to_string());
    let kept = records::load(cx, record, id)?.ok_or_else(missing)?;
    let row = subject.rows(cx, &[id])?.into_iter().next().unwrap_or_default();
    let mut fields = vec![("ref".to_owned(), row.reference)];
    for (field, value) in record.fields.iter().zip(&kept.values) {
        let text = match (field.privacy, value, field.kind) {
            (Privacy::Open, Value::Null, _) => String::new(),
            (Privacy::Open, _, FieldKind::Ref(_) | FieldKind::Money) => reading::typed(field, value, cx),
            (Privacy::Open, Value::Text(text), _) => text.clone(),
            (Privacy::Open, Value::Integer(n), _) => n.to_string(),
            _ => reading::show_masked(field, value, cx),
        };
        fields.push((field.name.to_owned(), text));
    }
    Ok(fields)
}
