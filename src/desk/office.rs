//! The open office as the desk holds it: file, clock, person, words, tables, subjects.

use chrono::{Local, NaiveDateTime};

use crate::store::{Stamp, Store};

use super::locale::Locale;
use super::own::Tables;
use super::refusal::Refusal;
use super::session::Operator;
use super::subject::{Cx, Registry, Subject};

/// Where the office's time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// The machine's local time.
    Real,
    /// Stands still (tests, training).
    Fixed(NaiveDateTime),
    /// A demonstration office: started at `epoch` when the machine said `started`, and runs on from there.
    Demo {
        /// The sample's moment.
        epoch: NaiveDateTime,
        /// The machine's moment when it started.
        started: NaiveDateTime,
    },
}

impl Clock {
    /// The office's time now.
    pub(crate) fn now(self) -> NaiveDateTime {
        match self {
            Self::Real => Local::now().naive_local(),
            Self::Fixed(at) => at,
            Self::Demo { epoch, started } => epoch + (Local::now().naive_local() - started),
        }
    }
}

/// The open office.
pub(crate) struct Office {
    pub store: Store,
    pub clock: Clock,
    pub locale: Locale,
    /// The tables of the program, with the office's own numbers in them.
    pub catalog: Tables,
    pub registry: Registry,
    /// Who is signed in; id 0 when nobody is.
    pub who: Operator,
    /// The terminal, for the audit (`pts/3`).
    pub terminal: String,
    /// The file belongs to a demonstration office.
    pub demo: bool,
}

impl Office {
    /// What subjects may look at now.
    pub(crate) fn cx(&self) -> Cx<'_> {
        Cx {
            db: self.store.conn(),
            now: self.clock.now(),
            who: &self.who,
            t: &self.locale,
            catalog: &self.catalog,
            registry: self.registry,
        }
    }

    /// Reads the office's own numbers anew: someone may have changed one.
    pub(crate) fn settle(&mut self) -> Result<(), Refusal> {
        if let Some(now) = self.catalog.changed(self.store.conn())? {
            self.catalog = now;
        }
        Ok(())
    }

    /// Who changes something, where and when.
    pub(crate) fn stamp(&self) -> Stamp {
        Stamp {
            at: self.clock.now().format("%Y-%m-%dT%H:%M:%S").to_string(),
            operator: self.who.name.clone(),
            terminal: self.terminal.clone(),
        }
    }

    /// The subject of this name.
    pub(crate) fn subject(&self, name: &str) -> Option<&'static dyn Subject> {
        self.registry.iter().find(|s| s.name() == name).copied()
    }
}

#[cfg(test)]
impl Office {
    /// Gives the person at the desk these posts and no others, in the file too.
    pub(crate) fn hold(&mut self, posts: &[(String, String)]) {
        let db = self.store.conn();
        db.execute("DELETE FROM operator_post WHERE operator_id = ?1", [self.who.id]).unwrap();
        for (post, org) in posts {
            let sql = "INSERT INTO operator_post (operator_id, post, org, from_on, created_at, created_by, updated_at,
                       updated_by) VALUES (?1, ?2, nullif(?3, ''), '2000-01-01', '', '', '', '')";
            db.execute(sql, (self.who.id, post, org)).unwrap();
        }
        self.who.posts = posts.to_vec();
    }
}
