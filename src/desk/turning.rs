//! Getting about in a calendar: to a grid by its name, to other days, to the list twin and back, and from a cell to what it
//! leads to. Knows no subject by name.

use chrono::NaiveDate;

use super::Desk;
use super::action::{Action, Scope};
use super::calendar::{Calendar, Keep};
use super::door;
use super::filling::Filling;
use super::grid::{GridSpec, Leads};
use super::intent::Turn;
use super::page::Page;
use super::refusal::Refusal;
use super::subject::{Cx, Subject};
use crate::values::dates::{self, Bias, DateContext, Kind};

impl Desk {
    /// Opens a grid by its name, with a day after a dot (`day`, `week.w3`); the first one for an empty name. Where the
    /// subject has none of that name nothing is done, and that is the answer.
    pub(crate) fn open_grid(&mut self, subject: &'static dyn Subject, view: &str) -> Result<bool, Refusal> {
        let (name, day) = view.split_once('.').unwrap_or((view, ""));
        let grids = subject.grids();
        let spec = if name.is_empty() { grids.first() } else { grids.iter().find(|g| g.name == name) };
        let Some(spec) = spec else { return Ok(false) };
        let day = if day.is_empty() { None } else { Some(self.day_of_text(day)?) };
        self.show_grid(subject, spec, day)?;
        Ok(true)
    }

    /// Opens a grid on a day; without one on the day under the finger, else today. The finger stays on its record.
    fn show_grid(
        &mut self,
        subject: &'static dyn Subject,
        spec: &'static GridSpec,
        day: Option<NaiveDate>,
    ) -> Result<(), Refusal> {
        let cx = self.office.cx();
        let today = cx.now.date();
        let (mut at, mut place, mut held, mut listed) = (today, String::new(), String::new(), false);
        if let Some(Page::Grid(calendar)) = self.stack.last() {
            if calendar.subject.name() == subject.name() {
                (at, place, listed) = (calendar.here().day, calendar.place.clone(), calendar.listed);
                held = calendar.reference().unwrap_or_default().to_owned();
            }
        } else if let Some((of, id)) = self.under_finger() {
            // A record of this subject leads to its day; one that is a lane there (a room), to that lane.
            let row = of.rows(&cx, &[id])?.into_iter().next().unwrap_or_default();
            if of.name() == subject.name() {
                at = subject.day_of(&cx, id)?.unwrap_or(today);
                held = row.reference;
            } else {
                place = row.reference;
            }
        }
        let mut calendar = Calendar::open(&cx, subject, spec, day.unwrap_or(at), place)?;
        calendar.listed = listed;
        if !held.is_empty() {
            calendar.seek(&held);
        }
        self.top(Page::Grid(Box::new(calendar)));
        Ok(())
    }

    /// Turns the calendar that is open.
    pub(crate) fn turn_calendar(&mut self, turn: Turn) -> Result<(), Refusal> {
        let day = match &turn {
            Turn::To(text) => Some(self.day_of_text(text)?),
            _ => None,
        };
        let cx = self.office.cx();
        let Some(Page::Grid(calendar)) = self.stack.last_mut() else {
            return self.open_calendar(turn);
        };
        let step = |on| calendar.spec.step.step(calendar.day, on);
        match turn {
            Turn::Back => calendar.turn(&cx, step(false), Keep::Cell),
            Turn::On => calendar.turn(&cx, step(true), Keep::Cell),
            Turn::Now => calendar.turn(&cx, cx.now.date(), Keep::Lane),
            Turn::To(_) => calendar.turn(&cx, day.unwrap_or(calendar.day), Keep::Lane),
            Turn::Twin => {
                calendar.listed = !calendar.listed;
                Ok(())
            }
            Turn::Other(name) => {
                let subject = calendar.subject;
                match subject.grids().iter().find(|g| g.name == name) {
                    Some(spec) => self.show_grid(subject, spec, None),
                    None => Err(Refusal::rule("no-calendar")),
                }
            }
        }
    }

    /// From a list or a record of a subject that has a calendar: the calendar, at that record.
    fn open_calendar(&mut self, turn: Turn) -> Result<(), Refusal> {
        let subject = match self.stack.last() {
            Some(Page::List(query)) => query.subject,
            Some(Page::Record { subject, .. }) => *subject,
            _ => return Err(Refusal::rule("no-calendar")),
        };
        let Some(spec) = subject.grids().first() else { return Err(Refusal::rule("no-calendar")) };
        self.show_grid(subject, spec, None)?;
        if turn == Turn::Twin { Ok(()) } else { self.turn_calendar(turn) }
    }

    /// A day as it is typed anywhere (`下周三`, `w3`, `0517`); of a span, its first.
    fn day_of_text(&self, text: &str) -> Result<NaiveDate, Refusal> {
        day_of_text(&self.office.cx(), text)
    }

    /// Whether the open page is a calendar and the text a day, to which it is then turned.
    pub(crate) fn turned_to(&mut self, text: &str) -> Result<bool, Refusal> {
        let calendar = matches!(self.stack.last(), Some(Page::Grid(_)));
        if !calendar || self.day_of_text(text).is_err() {
            return Ok(false);
        }
        self.turn_calendar(Turn::To(text.to_owned())).map(|()| true)
    }

    /// Opens what stands under the finger: a record, a day, or the making of a record in a free cell.
    pub(crate) fn open_cell(&mut self) -> Result<(), Refusal> {
        let Some(Page::Grid(calendar)) = self.stack.last() else { return Ok(()) };
        let (subject, spec, here) = (calendar.subject, calendar.spec, calendar.here());
        let first = subject.grids().first();
        if calendar.crowd() > 1
            && let Some(day) = first.filter(|first| first.name != spec.name)
        {
            // Of several one would be a guess: the day shows them one by one.
            return self.show_grid(subject, day, Some(here.day));
        }
        match calendar.entry().map(|entry| entry.leads.clone()) {
            Some(Leads::Record(reference)) => self.jump(&reference),
            Some(Leads::Day(day)) => match first {
                Some(first) => self.show_grid(subject, first, Some(day)),
                None => Ok(()),
            },
            Some(Leads::Free) => match door::action(subject, spec.makes) {
                Some(action) => self.start(subject, action, &[]),
                None => Err(Refusal::rule("no-record")),
            },
            Some(Leads::Nothing) | None => Err(Refusal::rule("no-record")),
        }
    }

    /// A record that is made from a calendar takes over the cell under the finger, one made from elsewhere what the record
    /// under the finger proposes.
    pub(crate) fn prefill(&self, action: &Action, filling: &mut Filling) {
        let Some(Page::Grid(calendar)) = self.stack.last() else { return self.propose(action, filling) };
        let (subject, spec) = (calendar.subject, calendar.spec);
        if subject.name() != filling.subject.name()
            || action.scope != Scope::Subject
            || spec.makes != action.name
        {
            return;
        }
        let cx = self.office.cx();
        for (field, text) in subject.cell_texts(&cx, spec, &calendar.here()) {
            filling.form.fill(field, text);
            filling.respond(&cx, field);
        }
        filling.form.focus = filling.form.next_open(0).unwrap_or(0);
        filling.complete(&cx);
    }

    fn propose(&self, action: &Action, filling: &mut Filling) {
        let Some((of, id)) = self.under_finger().filter(|_| action.scope == Scope::Subject) else { return };
        let cx = self.office.cx();
        let proposed = filling.subject.about(&cx, action, of, id);
        if proposed.is_empty() {
            return;
        }
        for (field, text) in proposed {
            filling.form.propose(field, text);
        }
        filling.respond(&cx, "");
        filling.form.focus = filling.form.next_open(0).unwrap_or(0);
        filling.complete(&cx);
    }
}

/// A day as it is typed anywhere; of a span, its first.
///
/// # Errors
/// When it is no date, or one without a day (every Wednesday, never).
pub(crate) fn day_of_text(cx: &Cx<'_>, text: &str) -> Result<NaiveDate, Refusal> {
    let context = DateContext::new(cx.now, Bias::Planning, cx.catalog.calendar());
    let reading =
        dates::parse(text, &context).map_err(|error| Refusal::rule(error.code()).with("text", text))?;
    match reading.kind {
        Kind::Recurrence(_) | Kind::Never => Err(Refusal::rule("date-one-day").with("text", text)),
        _ => Ok(reading.start.date()),
    }
}
