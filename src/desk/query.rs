//! A list of records as a window over an indexed query: a million rows cost what fifty do. The window is found by the
//! keys of its edge rows, never by counting past rows; it moves by whole pages, so that a step repaints two rows.

use std::collections::BTreeSet;

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use crate::store::search;

use super::intent::Move;
use super::refusal::Refusal;
use super::subject::{Book, Cx, ListSpec, Subject, Where};
use super::view::{Ledger, List, Part, Row};

/// How many hits of a typed filter are looked at.
const FILTER_LIMIT: usize = 500;

/// A list of records with a finger on one of them.
pub(crate) struct Query {
    /// Whose records.
    pub subject: &'static dyn Subject,
    /// Which of them, in which order.
    pub spec: &'static ListSpec,
    /// The typed filter.
    pub filter: String,
    /// The marked records.
    pub marks: BTreeSet<i64>,
    /// Records of the window, with the values they are ordered by.
    window: Vec<(i64, Vec<Value>)>,
    rows: Vec<Row>,
    /// What a book says besides its rows; none for an ordinary list.
    book: Option<Book>,
    at: usize,
    first: usize,
    total: usize,
}

enum Edge<'a> {
    After(&'a (i64, Vec<Value>)),
    Before(&'a (i64, Vec<Value>)),
    From(usize),
    /// So many rows from the end: the last pages are not reached by reading past all the others.
    End(usize),
}

impl Query {
    /// The list, empty until [`Query::load`].
    pub(crate) fn new(subject: &'static dyn Subject, spec: &'static ListSpec) -> Self {
        Self {
            subject,
            spec,
            filter: String::new(),
            marks: BTreeSet::new(),
            window: Vec::new(),
            rows: Vec::new(),
            book: None,
            at: 0,
            first: 0,
            total: 0,
        }
    }

    /// The focused record.
    pub(crate) fn id(&self) -> Option<i64> {
        self.window.get(self.at).map(|(id, _)| *id)
    }

    /// The records of the window, in its order.
    pub(crate) fn ids(&self) -> Vec<i64> {
        self.window.iter().map(|(id, _)| *id).collect()
    }

    /// How many rows there are.
    pub(crate) fn total(&self) -> usize {
        self.total
    }

    /// Reads everything anew, keeping the finger on its record: other people's work may have moved it.
    pub(crate) fn load(&mut self, cx: &Cx<'_>, size: usize) -> Result<(), Refusal> {
        let held = self.window.get(self.at).cloned();
        self.total = self.all(cx)?;
        let here = match &held {
            Some(held) if self.holds(cx, held.0)? => {
                let held = self.keyed(cx, held.0)?.unwrap_or_else(|| held.clone());
                self.rank(cx, &held)?
            }
            _ => (self.first + self.at).min(self.total.saturating_sub(1)),
        };
        self.land(cx, here, size)
    }

    /// Puts the finger on a record, if the list has it.
    pub(crate) fn seek(&mut self, cx: &Cx<'_>, id: i64, size: usize) -> Result<(), Refusal> {
        if let (true, Some(keyed)) = (self.holds(cx, id)?, self.keyed(cx, id)?) {
            let rank = self.rank(cx, &keyed)?;
            self.land(cx, rank, size)?;
        }
        Ok(())
    }

    /// Moves the finger.
    pub(crate) fn step(&mut self, cx: &Cx<'_>, to: Move, size: usize) -> Result<(), Refusal> {
        let rank = self.first + self.at;
        // Subtotals take room too: a page of a book is as many rows as were shown.
        let page = if self.book.is_some() { self.window.len().max(1) } else { size };
        let goal = super::rows::step(rank, to, page, self.total);
        if goal >= self.first && goal < self.first + self.window.len() {
            self.at = goal - self.first;
            return Ok(());
        }
        if self.book.is_some() && to == Move::Last {
            // The end of a book is a full page, not what is left over after the page before.
            return self.land(cx, goal, size);
        }
        let size = size.max(1);
        let ahead = self.first + self.window.len();
        let back = self.first.saturating_sub(size);
        let next_page = goal >= ahead && goal < ahead + size && !self.window.is_empty();
        let page_before = goal < self.first && goal >= back && self.first >= size;
        if next_page && let Some(last) = self.window.last().cloned() {
            let page = self.page(cx, &Edge::After(&last), size)?;
            return self.take(cx, page, ahead, goal, size);
        }
        if page_before && let Some(top) = self.window.first().cloned() {
            let page = self.page(cx, &Edge::Before(&top), size)?;
            return self.take(cx, page, back, goal, size);
        }
        self.land(cx, goal, size)
    }

    /// Whether the list reads as a book; known once it was loaded with a row in it.
    pub(crate) fn is_book(&self) -> bool {
        self.book.is_some()
    }

    /// The first row of the page that holds a rank. A book is not cut into equal pages: it stays where it is while it
    /// can, and its last page is a full one.
    fn first_for(&self, rank: usize, size: usize) -> usize {
        let stays = self.first..self.first + self.window.len();
        match self.book {
            Some(_) if stays.contains(&rank) => self.first,
            Some(_) if rank + size >= self.total => self.total.saturating_sub(size),
            _ => rank / size * size,
        }
    }

    /// Loads the page that holds a rank.
    fn land(&mut self, cx: &Cx<'_>, rank: usize, size: usize) -> Result<(), Refusal> {
        let size = size.max(1);
        let first = self.first_for(rank, size);
        let rest = self.total.saturating_sub(first + size);
        let page = match rest < first {
            true => self.page(cx, &Edge::End(rest), size.min(self.total.saturating_sub(first)))?,
            false => self.page(cx, &Edge::From(first), size)?,
        };
        self.take(cx, page, first, rank, size)
    }

    fn take(
        &mut self,
        cx: &Cx<'_>,
        mut page: Vec<(i64, Vec<Value>)>,
        mut first: usize,
        rank: usize,
        size: usize,
    ) -> Result<(), Refusal> {
        let ids = |page: &[(i64, Vec<Value>)]| page.iter().map(|(id, _)| *id).collect::<Vec<i64>>();
        self.book = self.ledger(cx, &ids(&page))?;
        if let Some(book) = &mut self.book {
            let lines: Vec<usize> = book.rows.iter().map(|row| 1 + row.subtotals.len()).collect();
            let room = size.saturating_sub(usize::from(book.carried.is_some())).max(1);
            let (from, to) = fitting(&lines, rank.saturating_sub(first), room);
            page.truncate(to);
            book.rows.truncate(to);
            if from > 0 {
                page.drain(..from);
                first += from;
                // What is carried forward is another amount before another row.
                self.book = self.ledger(cx, &ids(&page))?;
            }
        }
        self.rows = match &mut self.book {
            Some(book) => std::mem::take(&mut book.rows),
            None => self.subject.rows(cx, &ids(&page))?,
        };
        self.at = rank.saturating_sub(first).min(page.len().saturating_sub(1));
        self.first = first;
        self.window = page;
        Ok(())
    }

    /// The window as the book it is, if the list is one. Among rows picked out by a filter subtotals would be untrue.
    fn ledger(&self, cx: &Cx<'_>, ids: &[i64]) -> Result<Option<Book>, Refusal> {
        let book = self.subject.ledger(cx, self.spec, ids)?;
        if self.filter.trim().is_empty() {
            return Ok(book);
        }
        Ok(book.map(|mut book| {
            book.rows.iter_mut().for_each(|row| row.subtotals.clear());
            Book { columns: book.columns, rows: book.rows, ..Book::default() }
        }))
    }

    /// The condition of the list: its own, what the person may see, what the filter found.
    fn condition(&self, cx: &Cx<'_>) -> Result<Where, Refusal> {
        let mut parts = Vec::new();
        let mut values = Vec::new();
        for part in [(self.spec.filter)(cx), self.subject.scope(cx)] {
            if !part.sql.is_empty() {
                parts.push(format!("({})", part.sql));
                values.extend(part.values);
            }
        }
        if !self.filter.trim().is_empty() {
            let hits = search::search(cx.db, Some(self.subject.name()), &self.filter, FILTER_LIMIT)?.hits;
            let ids: Vec<String> = hits.iter().map(|hit| hit.id.to_string()).collect();
            parts.push(format!("id IN ({})", ids.join(",")));
        }
        Ok(Where { sql: parts.join(" AND "), values })
    }

    /// The columns of the order as SQL; compared together they are one index range.
    fn key(&self) -> String {
        let mut columns = self.spec.order.to_vec();
        columns.push("id");
        columns.join(", ")
    }

    fn page(&self, cx: &Cx<'_>, edge: &Edge<'_>, size: usize) -> Result<Vec<(i64, Vec<Value>)>, Refusal> {
        let mut condition = self.condition(cx)?;
        let key = self.key();
        let backward = matches!(edge, Edge::Before(_) | Edge::End(_));
        let (larger, way) = match self.spec.descending != backward {
            false => (">", "ASC"),
            true => ("<", "DESC"),
        };
        if let Edge::After(row) | Edge::Before(row) = edge {
            let marks = vec!["?"; row.1.len() + 1].join(", ");
            let bound = format!("({key}) {larger} ({marks})");
            condition.sql = match condition.sql.is_empty() {
                true => bound,
                false => format!("{} AND {bound}", condition.sql),
            };
            condition.values.extend(row.1.iter().cloned());
            condition.values.push(Value::Integer(row.0));
        }
        let order = key.split(", ").map(|c| format!("{c} {way}")).collect::<Vec<_>>().join(", ");
        let skip = match edge {
            Edge::From(skip) | Edge::End(skip) => *skip,
            _ => 0,
        };
        let sql = format!(
            "SELECT {key} FROM {} {} ORDER BY {order} LIMIT {size} OFFSET {skip}",
            self.subject.record().table,
            where_clause(&condition.sql)
        );
        let width = self.spec.order.len();
        let mut statement = cx.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(condition.values), |row| {
            let keys = (0..width).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>()?;
            Ok((row.get(width)?, keys))
        })?;
        let mut page = rows.collect::<Result<Vec<_>, _>>()?;
        if backward {
            page.reverse();
        }
        Ok(page)
    }

    /// How many rows stand before one of them; counted from the end where the finger was nearer to that.
    fn rank(&self, cx: &Cx<'_>, row: &(i64, Vec<Value>)) -> Result<usize, Refusal> {
        match self.first + self.at > self.total / 2 {
            true => Ok(self.total.saturating_sub(self.count(cx, Some((row, false)))? + 1)),
            false => self.count(cx, Some((row, true))),
        }
    }

    /// How many rows the list has: as the subject keeps it, else counted.
    fn all(&self, cx: &Cx<'_>) -> Result<usize, Refusal> {
        let narrowed = !self.filter.trim().is_empty() || !self.subject.scope(cx).sql.is_empty();
        let kept = if narrowed { None } else { self.subject.kept_total(cx, self.spec)? };
        match kept {
            Some(n) => Ok(usize::try_from(n).unwrap_or(0)),
            None => self.count(cx, None),
        }
    }

    /// How many rows the list has, or how many stand before one of them, or after it.
    fn count(&self, cx: &Cx<'_>, beside: Option<(&(i64, Vec<Value>), bool)>) -> Result<usize, Refusal> {
        let mut condition = self.condition(cx)?;
        if let Some((row, before)) = beside {
            let marks = vec!["?"; row.1.len() + 1].join(", ");
            let way = if self.spec.descending == before { ">" } else { "<" };
            let bound = format!("({}) {way} ({marks})", self.key());
            condition.sql = match condition.sql.is_empty() {
                true => bound,
                false => format!("{} AND {bound}", condition.sql),
            };
            condition.values.extend(row.1.iter().cloned());
            condition.values.push(Value::Integer(row.0));
        }
        let sql =
            format!("SELECT count(*) FROM {} {}", self.subject.record().table, where_clause(&condition.sql));
        let n: i64 =
            cx.db.prepare_cached(&sql)?.query_row(params_from_iter(condition.values), |row| row.get(0))?;
        Ok(usize::try_from(n).unwrap_or(0))
    }

    fn holds(&self, cx: &Cx<'_>, id: i64) -> Result<bool, Refusal> {
        let condition = self.condition(cx)?;
        let rest = if condition.sql.is_empty() { String::new() } else { format!("AND {}", condition.sql) };
        let sql = format!("SELECT count(*) FROM {} WHERE id = ? {rest}", self.subject.record().table);
        let mut values = vec![Value::Integer(id)];
        values.extend(condition.values);
        let n: i64 = cx.db.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(n > 0)
    }

    fn keyed(&self, cx: &Cx<'_>, id: i64) -> Result<Option<(i64, Vec<Value>)>, Refusal> {
        let sql = format!("SELECT {} FROM {} WHERE id = ?1", self.key(), self.subject.record().table);
        let width = self.spec.order.len();
        let mut statement = cx.db.prepare_cached(&sql)?;
        let mut rows = statement.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let keys = (0..width).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>()?;
        Ok(Some((id, keys)))
    }

    /// Marks or unmarks the focused record.
    pub(crate) fn mark(&mut self) {
        if let Some(id) = self.id()
            && !self.marks.remove(&id)
        {
            self.marks.insert(id);
        }
    }

    /// Marks every record of the list, or none if all are.
    pub(crate) fn mark_all(&mut self, cx: &Cx<'_>) -> Result<(), Refusal> {
        if self.marks.len() >= self.total {
            self.marks.clear();
            return Ok(());
        }
        let all = self.page(cx, &Edge::From(0), self.total)?;
        self.marks = all.into_iter().map(|(id, _)| id).collect();
        Ok(())
    }

    /// The window as a part of a page.
    pub(crate) fn part(&self, cx: &Cx<'_>) -> Part {
        let list = self.view(cx);
        match &self.book {
            Some(book) => {
                Part::Ledger(Ledger { list, carried: book.carried.clone(), foot: book.foot.clone() })
            }
            None => Part::List(list),
        }
    }

    /// The window as a face shows it.
    pub(crate) fn view(&self, cx: &Cx<'_>) -> List {
        let subject = self.subject.name();
        let id = format!("{subject}-list-{}", self.spec.name);
        let mut rows = self.rows.clone();
        for (row, (id, _)) in rows.iter_mut().zip(&self.window) {
            row.marked = self.marks.contains(id);
        }
        let empty = match self.filter.is_empty() {
            true => cx.t.say(&format!("{id}.empty")),
            false => cx.t.with("filter-empty", &[("text", self.filter.clone())]),
        };
        List {
            name: format!("{subject}.{}", self.spec.name),
            heading: cx.t.say(&id),
            columns: self.book.as_ref().map_or_else(|| self.subject.columns(cx), |book| book.columns.clone()),
            cursor: (!rows.is_empty()).then_some(self.at),
            rows,
            first: self.first,
            total: self.total,
            marked: self.marks.len(),
            filter: self.filter.clone(),
            views: super::families::views(cx, self.subject, self.spec.name),
            empty,
        }
    }
}

/// Which rows of a page fit into `room` lines, given the lines each takes: from the first on, if the row `at` is then
/// among them, else up to that row.
fn fitting(lines: &[usize], at: usize, room: usize) -> (usize, usize) {
    let at = at.min(lines.len().saturating_sub(1));
    let fit = |all: &mut dyn Iterator<Item = &usize>| {
        let mut taken = 0;
        let within = |n: &&usize| {
            taken += **n;
            taken <= room
        };
        all.take_while(within).count().max(1)
    };
    let whole = fit(&mut lines.iter());
    if at < whole {
        return (0, whole);
    }
    let before = fit(&mut lines.iter().take(at + 1).rev());
    (at + 1 - before, at + 1)
}

fn where_clause(condition: &str) -> String {
    if condition.is_empty() { String::new() } else { format!("WHERE {condition}") }
}
