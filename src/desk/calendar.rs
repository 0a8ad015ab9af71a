//! A calendar on the desk: the grid a subject made, the finger in it, the list twin with the free stretches, and turning to
//! other days. Knows no subject by name and nothing of what is booked.

use chrono::NaiveDate;

use super::grid::{Entry, Grid, GridSpec, Leads, Place, Stripe, Wanted};
use super::intent::Move;
use super::refusal::Refusal;
use super::rows::step;
use super::subject::{Cx, Subject};
use super::view::{Cell, Column, Lane, List, Part, Row, Schedule};
use crate::store::steady;

/// A grid with a finger in it.
pub(crate) struct Calendar {
    /// Whose records.
    pub subject: &'static dyn Subject,
    /// Which grid.
    pub spec: &'static GridSpec,
    /// The day asked for; the finger may stand on another one of the same week or month.
    pub day: NaiveDate,
    /// Key of the lane the finger was on last.
    pub place: String,
    /// The list twin is shown in place of the grid.
    pub listed: bool,
    grid: Grid,
    /// What the subject said, then the free stretches: the rows of the twin.
    standing: Vec<Entry>,
    /// The rows of the twin that stand in each cell, lane by lane.
    cells: Vec<Vec<Vec<usize>>>,
    lane: usize,
    column: usize,
    /// The row of the twin under the finger.
    at: usize,
}

/// Where the finger goes when the grid is made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// To its record, wherever that stands now; else it stays where it is.
    Record,
    /// To the same lane and column.
    Cell,
    /// To the lane it was on, at the day or hour the subject says.
    Lane,
    /// To the lane that is asked for, in the same column.
    Column,
}

impl Calendar {
    /// The grid on a day.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn open(
        cx: &Cx<'_>,
        subject: &'static dyn Subject,
        spec: &'static GridSpec,
        day: NaiveDate,
        place: String,
    ) -> Result<Self, Refusal> {
        let grid = steady(cx.db, || subject.grid(cx, spec, Wanted { day, lane: &place }))?;
        let mut calendar = Self {
            subject,
            spec,
            day,
            place,
            listed: false,
            grid,
            standing: Vec::new(),
            cells: Vec::new(),
            lane: 0,
            column: 0,
            at: 0,
        };
        calendar.settle(cx, Keep::Lane, "", ("", ""));
        Ok(calendar)
    }

    /// Makes the grid anew.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn load(&mut self, cx: &Cx<'_>, keep: Keep) -> Result<(), Refusal> {
        let held = self.reference().unwrap_or_default().to_owned();
        let key = |of: &[Stripe], at: usize| of.get(at).map(|s| s.key.clone()).unwrap_or_default();
        let cell = (key(&self.grid.lanes, self.lane), key(&self.grid.columns, self.column));
        let wanted = Wanted { day: self.day, lane: &self.place };
        self.grid = steady(cx.db, || self.subject.grid(cx, self.spec, wanted))?;
        self.settle(cx, keep, &held, (&cell.0, &cell.1));
        Ok(())
    }

    /// Turns to another day.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn turn(&mut self, cx: &Cx<'_>, day: NaiveDate, keep: Keep) -> Result<(), Refusal> {
        self.day = day;
        self.load(cx, keep)
    }

    /// Finds the free stretches and puts the finger somewhere.
    fn settle(&mut self, cx: &Cx<'_>, keep: Keep, held: &str, cell: (&str, &str)) {
        self.standing = self.grid.entries.clone();
        if self.spec.free {
            self.standing.extend(self.free(cx));
        }
        self.cells = vec![vec![Vec::new(); self.grid.columns.len()]; self.grid.lanes.len()];
        for (at, entry) in self.standing.iter().enumerate() {
            for lane in self.cells.iter_mut().take(entry.lanes.end).skip(entry.lanes.start) {
                lane.iter_mut()
                    .take(entry.columns.end)
                    .skip(entry.columns.start)
                    .for_each(|cell| cell.push(at));
            }
        }
        let named = |of: &[Stripe], key: &str| of.iter().position(|s| !key.is_empty() && s.key == key);
        let (lane, column) = (named(&self.grid.lanes, cell.0), named(&self.grid.columns, cell.1));
        match keep {
            Keep::Lane => {
                self.lane = named(&self.grid.lanes, &self.place).unwrap_or(self.grid.start.0);
                self.column = self.grid.start.1;
            }
            Keep::Column => self.lane = named(&self.grid.lanes, &self.place).unwrap_or(self.grid.start.0),
            Keep::Cell => self.lane = lane.unwrap_or(self.lane),
            Keep::Record => {
                self.lane = lane.unwrap_or(self.lane);
                self.column = column.unwrap_or(self.column);
            }
        }
        self.clamp();
        match keep {
            Keep::Record if !held.is_empty() && self.seek(held) => {}
            _ => self.look(),
        }
    }

    fn clamp(&mut self) {
        self.lane = self.lane.min(self.grid.lanes.len().saturating_sub(1));
        self.column = self.column.min(self.grid.columns.len().saturating_sub(1));
        self.at = self.at.min(self.standing.len().saturating_sub(1));
    }

    /// Puts the finger on a record; whether it is there. Where it stands more than once (in the rooms of an area that is
    /// booked) the nearest is meant: in the same cell, else in the same lane, else the first.
    pub(crate) fn seek(&mut self, reference: &str) -> bool {
        let wanted = Leads::Record(reference.to_owned());
        let places = self.standing.iter().enumerate().filter(|(_, e)| e.leads == wanted);
        let far = |e: &Entry| match e.covers(self.lane, self.column) {
            true => 0,
            false if e.lanes.contains(&self.lane) => 1,
            false => 2,
        };
        let Some((at, _)) = places.min_by_key(|(_, e)| far(e)) else { return false };
        self.go(at);
        true
    }

    /// Puts the finger on a row of the twin, and into its first cell unless it is in one of its cells.
    fn go(&mut self, at: usize) {
        self.at = at;
        let Some(entry) = self.standing.get(at) else { return };
        if !entry.covers(self.lane, self.column) && !entry.lanes.is_empty() && !entry.columns.is_empty() {
            (self.lane, self.column) = (entry.lanes.start, entry.columns.start);
        }
        self.clamp();
        self.remember();
    }

    /// The row of the twin follows the finger in the grid.
    fn look(&mut self) {
        let rows = self.rows(self.lane, self.column);
        if let Some(first) = rows.first().copied().filter(|_| !rows.contains(&self.at)) {
            self.at = first;
        }
        self.remember();
    }

    fn remember(&mut self) {
        if let Some(lane) = self.grid.lanes.get(self.lane).filter(|lane| !lane.key.is_empty()) {
            self.place.clone_from(&lane.key);
        }
    }

    /// The rows of the twin that stand in a cell.
    fn rows(&self, lane: usize, column: usize) -> &[usize] {
        self.cells.get(lane).and_then(|cells| cells.get(column)).map_or(&[], Vec::as_slice)
    }

    /// Moves the finger: along the twin, or in the grid. At the end of the lanes shown it goes on to the others, where there
    /// are any; answers whether it did.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn step(&mut self, cx: &Cx<'_>, to: Move, window: usize) -> Result<bool, Refusal> {
        let to = match to {
            Move::Down if self.listed => Move::Next,
            Move::Up if self.listed => Move::Previous,
            Move::Left | Move::Right if self.listed => return Ok(false),
            to => to,
        };
        let before = (self.lane, self.column, self.at);
        match to {
            Move::Down => self.lane += 1,
            Move::Up => self.lane = self.lane.saturating_sub(1),
            Move::Right => self.column += 1,
            Move::Left => self.column = self.column.saturating_sub(1),
            to => self.go(step(self.at, to, window, self.standing.len())),
        }
        if matches!(to, Move::Down | Move::Up | Move::Right | Move::Left) {
            self.clamp();
            self.look();
        }
        if before == (self.lane, self.column, self.at) { self.further(cx, to) } else { Ok(false) }
    }

    /// Goes on to the lanes after those shown, or to those before them.
    fn further(&mut self, cx: &Cx<'_>, to: Move) -> Result<bool, Refusal> {
        let on = match to {
            Move::Down | Move::Next | Move::PageDown | Move::Last => true,
            Move::Up | Move::Previous | Move::PageUp | Move::First => false,
            _ => return Ok(false),
        };
        let key = self.grid.stretch.as_ref().map(|s| if on { &s.after } else { &s.before });
        let Some(key) = key.filter(|key| !key.is_empty()).cloned() else { return Ok(false) };
        self.place = key;
        self.load(cx, Keep::Column)?;
        if !matches!(to, Move::Down | Move::Up) {
            self.go(if on { 0 } else { self.standing.len().saturating_sub(1) });
        }
        Ok(true)
    }

    /// Which lanes are shown, in a sentence; none where they are all.
    pub(crate) fn stretch(&self, cx: &Cx<'_>) -> Option<String> {
        let stretch = self.grid.stretch.as_ref()?;
        let args = [
            ("who", self.grid.who.clone()),
            ("from", stretch.first.to_string()),
            ("to", (stretch.first + self.grid.lanes.len()).saturating_sub(1).to_string()),
            ("total", stretch.total.to_string()),
        ];
        Some(cx.t.with("calendar-stretch", &args))
    }

    /// What stands under the finger; none in a cell where nothing is told.
    pub(crate) fn entry(&self) -> Option<&Entry> {
        let entry = self.standing.get(self.at)?;
        (self.listed || entry.covers(self.lane, self.column)).then_some(entry)
    }

    /// How many things stand in the focused cell; in the list one at a time.
    pub(crate) fn crowd(&self) -> usize {
        if self.listed { 1 } else { self.rows(self.lane, self.column).len() }
    }

    /// The reference of the record under the finger.
    pub(crate) fn reference(&self) -> Option<&str> {
        match &self.entry()?.leads {
            Leads::Record(reference) => Some(reference),
            _ => None,
        }
    }

    /// The cell under the finger, as the subject named it.
    pub(crate) fn here(&self) -> Place {
        let column = self.grid.columns.get(self.column).map(|c| c.key.clone()).unwrap_or_default();
        let day = self.grid.day(self.lane, self.column);
        Place { day, lane: self.place.clone(), row: self.lane, column }
    }

    /// The cells in which nothing stands, as stretches along the time.
    fn free(&self, cx: &Cx<'_>) -> Vec<Entry> {
        let (lanes, columns) = (&self.grid.lanes, &self.grid.columns);
        let (whose, times) = if self.grid.down { (columns, lanes) } else { (lanes, columns) };
        let mut taken = vec![vec![false; times.len()]; whose.len()];
        for entry in &self.grid.entries {
            let (across, along) = match self.grid.down {
                true => (&entry.columns, &entry.lanes),
                false => (&entry.lanes, &entry.columns),
            };
            for line in taken.iter_mut().take(across.end).skip(across.start) {
                line.iter_mut().take(along.end).skip(along.start).for_each(|cell| *cell = true);
            }
        }
        let mut free = Vec::new();
        for (at, (stripe, line)) in whose.iter().zip(&taken).enumerate() {
            let mut from = 0;
            for run in line.chunk_by(|a, b| a == b) {
                let along = from..from + run.len();
                from = along.end;
                if run.first() == Some(&false)
                    && let (Some(first), Some(last)) = (times.get(along.start), times.get(along.end - 1))
                {
                    let whole = run.len() == times.len();
                    let (lanes, columns) = match self.grid.down {
                        true => (along, at..at + 1),
                        false => (at..at + 1, along),
                    };
                    let said = self.told_free(cx, stripe, (first, last), whole);
                    free.push(Entry { lanes, columns, ..said });
                }
            }
        }
        free
    }

    fn told_free(&self, cx: &Cx<'_>, who: &Stripe, (first, last): (&Stripe, &Stripe), whole: bool) -> Entry {
        let name = if who.from.is_empty() { &who.label } else { &who.from };
        let span = self.spec.step.name();
        let when = match whole {
            true => cx.t.say(&format!("calendar-whole-{span}")),
            false if first.from == last.to => first.from.clone(),
            false => format!("{}-{}", first.from, last.to),
        };
        let args = [("who", name.clone()), ("when", when.clone())];
        let brief = cx.t.with(if whole { "calendar-free-whole" } else { "calendar-free-at" }, &args);
        let what = cx.t.say("calendar-free");
        Entry {
            lanes: 0..0,
            columns: 0..0,
            text: String::new(),
            when,
            what,
            brief,
            pending: false,
            leads: Leads::Free,
        }
    }

    /// The page's part: the grid, or its list twin.
    pub(crate) fn part(&self, cx: &Cx<'_>) -> Part {
        if self.listed { Part::List(self.twin(cx)) } else { Part::Schedule(self.schedule(cx)) }
    }

    /// The grid with its list twin.
    pub(crate) fn schedule(&self, cx: &Cx<'_>) -> Schedule {
        let lanes = self.grid.lanes.iter().enumerate().map(|(lane, stripe)| {
            let cells = (0..self.grid.columns.len()).map(|column| self.cell(lane, column)).collect();
            Lane { label: stripe.label.clone(), cells }
        });
        Schedule {
            name: self.name(),
            heading: self.grid.heading.clone(),
            axes: self.grid.axes.clone(),
            notes: self.notes(cx),
            columns: self.grid.columns.iter().map(|c| c.label.clone()).collect(),
            lanes: lanes.collect(),
            focus: (self.lane, self.column),
            list: self.twin(cx),
            free: self.standing.iter().filter(|e| e.leads == Leads::Free).count(),
        }
    }

    fn cell(&self, lane: usize, column: usize) -> Cell {
        let rows = self.rows(lane, column);
        let here = || rows.iter().filter_map(|at| self.standing.get(*at));
        // The mark of what is pending is the face's to add.
        let text =
            here().map(|e| e.text.trim_end_matches('?')).find(|text| !text.is_empty()).unwrap_or_default();
        let text = if rows.len() > 1 { format!("{text}+{}", rows.len() - 1) } else { text.to_owned() };
        let mut references = here().filter_map(|e| match &e.leads {
            Leads::Record(reference) => Some(reference.clone()),
            _ => None,
        });
        let reference = references.next().filter(|_| rows.len() == 1).unwrap_or_default();
        Cell { text, reference, pending: here().any(|e| e.pending), rows: rows.to_vec() }
    }

    fn name(&self) -> String {
        format!("{}.{}", self.subject.name(), self.spec.name)
    }

    /// Everything that stands in the grid, a row each.
    fn twin(&self, cx: &Cx<'_>) -> List {
        let who = |entry: &Entry| {
            let (of, at) = match self.grid.down {
                true => (&self.grid.columns, entry.columns.start),
                false => (&self.grid.lanes, entry.lanes.start),
            };
            let stripe = of.get(at).filter(|_| !entry.lanes.is_empty() && !entry.columns.is_empty());
            stripe.map(|s| if self.grid.down { &s.from } else { &s.label }).cloned().unwrap_or_default()
        };
        let row = |entry: &Entry| {
            let mark = if entry.pending { "?" } else { "" };
            let reference = match &entry.leads {
                Leads::Record(reference) => reference.clone(),
                _ => String::new(),
            };
            let cells = vec![entry.when.clone(), who(entry), format!("{}{mark}", entry.what)];
            Row { reference, cells, brief: entry.brief.clone(), ..Row::default() }
        };
        let rows: Vec<Row> = self.standing.iter().map(row).collect();
        let column = |label: String, usual| Column { label, usual, number: false };
        let columns = vec![
            column(cx.t.say("calendar-when"), 11),
            column(self.grid.who.clone(), 8),
            column(cx.t.say("calendar-what"), 16),
        ];
        List {
            name: self.name(),
            heading: self.grid.heading.clone(),
            columns,
            cursor: (!rows.is_empty()).then_some(self.at),
            first: 0,
            total: rows.len(),
            rows,
            views: super::families::views(cx, self.subject, self.spec.name),
            empty: cx.t.say(&format!("{}-grid-{}.empty", self.subject.name(), self.spec.name)),
            ..List::default()
        }
    }

    /// What is special about the days and lanes shown; beside the twin too.
    pub(crate) fn notes(&self, cx: &Cx<'_>) -> Vec<String> {
        self.grid.notes.iter().cloned().chain(self.stretch(cx)).collect()
    }
}

impl Entry {
    fn covers(&self, lane: usize, column: usize) -> bool {
        self.lanes.contains(&lane) && self.columns.contains(&column)
    }
}
