//! A form that is the next row of a list: shown under the list's last rows, opened anew after each save, left for the list
//! with the finger on what was saved last. Knows no subject by name.

use super::Desk;
use super::action::Scope;
use super::filling::Filling;
use super::intent::Move;
use super::page::Page;
use super::query::Query;
use super::refusal::Refusal;
use super::subject::{Cx, ListSpec};

/// Rows of the list that are loaded over the form; a face shows as many of them as it has room for.
const TAIL: usize = 40;

impl Filling {
    /// The list in which the row would stand: as the form says, else the one that is shown already, else the usual one.
    fn row_spec(&self, cx: &Cx<'_>) -> Option<&'static ListSpec> {
        let lists = self.subject.lists();
        let said = self.subject.row_list(cx, &self.form);
        let said = said.and_then(|name| lists.iter().find(|list| list.name == name));
        said.or(self.tail.as_ref().map(|tail| tail.spec)).or(lists.first())
    }

    /// Loads the list over the form, at its end.
    pub(crate) fn reload_tail(&mut self, cx: &Cx<'_>) -> Result<(), Refusal> {
        let Some(tail) = &mut self.tail else { return Ok(()) };
        tail.load(cx, TAIL)?;
        tail.step(cx, Move::Last, TAIL)
    }

    /// Shows another list over the form when the form has come to belong there.
    pub(crate) fn follow_row(&mut self, cx: &Cx<'_>) {
        let Some(spec) = self.row_spec(cx) else { return };
        let other = self.tail.as_ref().is_some_and(|tail| tail.spec.name != spec.name);
        if other {
            self.tail = Some(Query::new(self.subject, spec));
            // The row can be written without its neighbours in sight.
            drop(self.reload_tail(cx));
        }
    }

    /// The form as it would stand in that list.
    pub(crate) fn row(&self, cx: &Cx<'_>) -> Vec<String> {
        let tail = self.tail.as_ref();
        tail.map(|tail| self.subject.row_of(cx, &self.form, tail.spec)).unwrap_or_default()
    }
}

impl Desk {
    /// Puts a form on the desk, over its list when it is a row of one.
    pub(crate) fn lay_open(&mut self, mut filling: Filling) -> Result<(), Refusal> {
        let cx = self.office.cx();
        if filling.action.row && filling.action.scope == Scope::Subject {
            let here = match self.stack.last() {
                Some(Page::List(query)) if query.subject.name() == filling.subject.name() => Some(query.spec),
                _ => None,
            };
            filling.tail = here.map(|spec| Query::new(filling.subject, spec));
            filling.tail = filling.row_spec(&cx).map(|spec| Query::new(filling.subject, spec));
            filling.reload_tail(&cx)?;
        }
        self.stack.push(Page::Form(Box::new(filling)));
        Ok(())
    }

    /// The row was saved: the next one is begun, in the same list, and the message stays.
    pub(crate) fn next_row(&mut self, saved: Filling, id: i64) -> Result<(), Refusal> {
        let Filling { subject, action, tail, .. } = saved;
        let cx = self.office.cx();
        let mut next = match Filling::open(&self.office, self.session, subject, action, None, Vec::new()) {
            Ok(next) => next,
            Err(refusal) => {
                // No further row can be made: what was saved is shown all the same.
                if let Some(tail) = tail {
                    self.show_entered(tail, id)?;
                }
                return Err(refusal);
            }
        };
        next.tail = tail;
        next.entered = Some(id);
        next.reload_tail(&cx)?;
        self.stick(&mut next);
        next.form.focus = next.form.next_open(0).unwrap_or(0);
        next.complete(&self.office.cx());
        self.stack.push(Page::Form(Box::new(next)));
        Ok(())
    }

    /// The rows are done: their list, with the finger on the last one saved.
    pub(crate) fn show_entered(&mut self, mut tail: Query, id: i64) -> Result<(), Refusal> {
        let cx = self.office.cx();
        tail.load(&cx, self.window)?;
        tail.seek(&cx, id, self.window)?;
        if let Some(Page::List(query)) = self.stack.last()
            && query.subject.name() == tail.subject.name()
        {
            self.stack.pop();
        }
        self.stack.push(Page::List(tail));
        Ok(())
    }
}
