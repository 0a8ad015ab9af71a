//! Reading out: rows, records, actions, pages, help, ten lines at a time. It changes nothing on the desk but the finger,
//! which it brings back.

use lianban::desk::view::List;
use lianban::desk::{Intent, Move, View};

use super::super::Exit;
use super::reading;
use super::session::{STOP, Session, Step};
use super::text::narrow;

/// More rows than this are not read out in one go.
const ALL: usize = 200;

impl Session<'_, '_> {
    /// What the face does itself.
    pub(super) fn own(&mut self, view: &View, name: &str, rest: &str) -> Step {
        let lines = match name {
            "read" => self.read(view),
            "more" => return self.more(view),
            "again" => self.said.clone(),
            "all" => return self.all(view),
            "list" => return self.list(view),
            "act" => {
                self.numbered = reading::possible(&view.actions).map(|o| o.name.clone()).collect();
                if let Ok(number) = narrow(rest).parse::<usize>() {
                    return self.number(view, number);
                }
                self.reasons = reading::impossible(&view.actions, &view.title, self.desk.borrow().locale());
                reading::actions(&view.actions)
            }
            "pages" => reading::pages(view, self.desk.borrow().locale()),
            "manual" => return self.please(Intent::Help(rest.to_owned())),
            _ => return Ok(Some(Exit::Switch)),
        };
        self.tell(lines)?;
        Ok(None)
    }

    fn read(&self, view: &View) -> Vec<String> {
        let desk = self.desk.borrow();
        let t = desk.locale();
        let record = view.page.ends_with(".record") && !self.walked;
        match view.list().filter(|_| !record).and_then(|l| l.row().map(|r| (l, r))) {
            Some((list, row)) => reading::whole_row(list, row, t),
            None => match view.form() {
                Some(form) => reading::fields(form, t),
                None => reading::page(view, t),
            },
        }
    }

    /// The list from the present row on, or a form's fields.
    fn list(&mut self, view: &View) -> Step {
        if let Some(form) = view.form().filter(|_| super::filling(view).is_some()) {
            let lines = reading::fields(form, self.desk.borrow().locale());
            self.tell(lines)?;
            return Ok(None);
        }
        match view.list() {
            Some(list) if list.total > 0 => self.rows(list.rank().max(1), STOP),
            Some(list) => {
                let empty = list.empty.clone();
                self.say(&empty)?;
                Ok(None)
            }
            None => {
                let lines = self.read(view);
                self.tell(lines)?;
                Ok(None)
            }
        }
    }

    pub(super) fn more(&mut self, view: &View) -> Step {
        if !self.pending.is_empty() {
            let rest = std::mem::take(&mut self.pending);
            self.tell(rest)?;
            return Ok(None);
        }
        match (self.rows_from.take(), view.list()) {
            (Some(from), _) => self.rows(from, STOP),
            (None, Some(list)) if list.total > 0 => self.rows(list.rank() + 1, STOP),
            _ => {
                self.say_id("lines-that-is-all")?;
                Ok(None)
            }
        }
    }

    /// The whole page, rows included.
    fn all(&mut self, view: &View) -> Step {
        let mut lines = reading::page(view, self.desk.borrow().locale());
        if let Some(form) = super::filling(view) {
            lines.extend(reading::fields(form, self.desk.borrow().locale()));
            self.tell(lines)?;
            return Ok(None);
        }
        for line in self.pending.drain(..).chain(lines).collect::<Vec<_>>() {
            self.say(&line)?;
        }
        match view.list() {
            Some(list) if list.total > 0 => self.rows(1, ALL),
            _ => Ok(None),
        }
    }

    /// Reads out `count` rows from this rank on. The desk loads only what is around the finger, so the finger goes
    /// along and comes back.
    pub(super) fn rows(&mut self, from: usize, count: usize) -> Step {
        let Some((home, total)) = self.view().list().map(|l| (l.rank(), l.total)) else { return Ok(None) };
        let mut at = from;
        let mut moved = false;
        while at <= total && at < from + count {
            let view = self.view();
            let Some(list) = view.list() else { break };
            let row = at.checked_sub(list.first + 1).and_then(|i| list.rows.get(i));
            match row {
                Some(row) => {
                    let carried = view.ledger().and_then(|l| l.carried.as_ref());
                    let before = carried.filter(|_| at == from && at == list.first + 1);
                    let told = |s| reading::subtotal(list, s, self.desk.borrow().locale());
                    let mut lines: Vec<String> = before.map(told).into_iter().collect();
                    lines.push(reading::row(at, row));
                    lines.extend(row.subtotals.iter().map(told));
                    for line in lines {
                        self.say(&line)?;
                    }
                    at += 1;
                    moved = false;
                }
                // Not loaded even with the finger on it: another process took it away.
                None if moved => break,
                None => {
                    self.intend(Intent::Move(Move::To(at)))?;
                    moved = true;
                }
            }
        }
        if self.view().list().map(List::rank) != Some(home) {
            self.intend(Intent::Move(Move::To(home)))?;
        }
        if at <= total {
            self.rows_from = Some(at);
            let left = self.t("lines-left", &[("n", (total + 1 - at).to_string())]);
            self.say(&left)?;
        } else {
            self.rows_from = None;
        }
        Ok(None)
    }

    /// The words of this face.
    pub(super) fn help(&mut self) -> Step {
        let lines = self.t("lines-help", &[]).lines().map(str::to_owned).collect();
        self.tell(lines)?;
        Ok(None)
    }
}
