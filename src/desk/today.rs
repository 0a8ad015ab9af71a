//! The first page: what is due, overdue, waiting for whom, from every subject that has something to say; drafts that
//! were left; how the office stands.

use crate::store::drafts;

use super::Desk;
use super::going::column;
use super::page::Page;
use super::refusal::Refusal;
use super::rows::{Lead, Rows};
use super::subject::{Cx, Duty, Press};
use super::view::{Fact, Row};

/// How many duties one subject may bring.
const DUTIES: usize = 100;

impl Desk {
    /// The today page as it stands now, all of it at one moment of the file.
    pub(crate) fn today(&self) -> Result<Page, Refusal> {
        self.office.store.look(|| self.what_is_due())
    }

    fn what_is_due(&self) -> Result<Page, Refusal> {
        let cx = self.office.cx();
        let mut duties: Vec<Duty> = Vec::new();
        let mut standing = Vec::new();
        for subject in self.office.registry {
            duties.extend(subject.today(&cx, DUTIES)?);
            let said = subject.standing(&cx)?;
            standing.extend(said.into_iter().map(|(label, value)| Fact { label, value }));
        }
        duties.sort_by_key(|d| (d.press, d.day));
        let mut rows = Rows {
            name: "today".into(),
            heading: cx.t.say("today-duties"),
            columns: vec![
                column(cx.t.say("column-press"), 4),
                column(cx.t.say("column-what"), 24),
                column(cx.t.say("column-when"), 8),
                column(cx.t.say("column-who"), 6),
            ],
            empty: cx.t.say("today-empty"),
            ..Rows::default()
        };
        self.drafts(&cx, &mut rows)?;
        for duty in duties {
            rows.leads.push(lead(&duty));
            rows.rows.push(row(&cx, duty));
        }
        Ok(Page::Today { duties: rows, standing })
    }

    /// Forms that were left without being saved, first of all: someone was interrupted there.
    fn drafts(&self, cx: &Cx<'_>, rows: &mut Rows) -> Result<(), Refusal> {
        for draft in drafts::abandoned(cx.db, cx.who.id)? {
            let what = cx.t.say(&format!("{}-do-{}", draft.subject, draft.action));
            let typed = draft.fields.values().max_by_key(|text| text.chars().count()).cloned();
            let typed: String = typed.unwrap_or_default().chars().take(16).collect();
            let at: String = draft.updated_at.chars().skip(5).take(11).collect();
            let what = format!("{what} {typed}");
            let press = cx.t.say("press-draft");
            rows.leads.push(Lead::Draft(draft.id));
            rows.rows.push(Row {
                brief: format!("{press} {what}"),
                cells: vec![press, what, at.replace('T', " "), String::new()],
                ..Row::default()
            });
        }
        Ok(())
    }
}

fn lead(duty: &Duty) -> Lead {
    match &duty.begins {
        Some((action, texts)) => Lead::Begin(action, texts.clone()),
        None if duty.reference.is_empty() => Lead::Page(duty.list.clone()),
        None => Lead::Record(duty.reference.clone()),
    }
}

fn row(cx: &Cx<'_>, duty: Duty) -> Row {
    let press = cx.t.say(match duty.press {
        Press::Overdue => "press-overdue",
        Press::Today => "press-today",
        Press::Week => "press-week",
        Press::Open => "press-open",
    });
    Row {
        reference: duty.reference,
        brief: format!("{press} {}", duty.what),
        cells: vec![press, duty.what, duty.when, duty.who],
        ..Row::default()
    }
}
