//! Subjects that stand under another one (funds under the journal): they share its tab, and the lists of all of them stand
//! among each other's views. Knows no subject by name.

use super::Desk;
use super::locale::Locale;
use super::subject::{Cx, Registry, Subject};
use super::view::Tab;

/// The name of the tab a subject counts as: its parent's, or its own.
pub(crate) fn tab_of(subject: &dyn Subject) -> &'static str {
    subject.under().unwrap_or_else(|| subject.name())
}

/// The subjects of one tab: the parent, then those under it.
pub(crate) fn family(registry: Registry, tab: &str) -> impl Iterator<Item = &'static dyn Subject> {
    let of = move |s: &&'static dyn Subject| tab_of(*s) == tab;
    let parent = registry.iter().copied().filter(move |s| s.name() == tab);
    let mine: Vec<_> = registry.iter().copied().filter(of).filter(|s| s.under().is_some()).collect();
    parent.chain(mine)
}

/// The grids and lists of a subject, and the first of each subject it shares a tab with, as views of one another: with some
/// ten subjects under a tab, all lists of all of them would be a page.
pub(crate) fn views(cx: &Cx<'_>, subject: &dyn Subject, open: &str) -> Vec<Tab> {
    let each = |of: &'static dyn Subject| {
        let here = of.name() == subject.name();
        let tab = move |(at, (name, kind)): (usize, (&str, &str))| Tab {
            name: format!("{}.{name}", of.name()),
            label: label(cx.t, of, at, &format!("{}-{kind}-{name}", of.name())),
            current: here && name == open,
        };
        let grids = of.grids().iter().map(|grid| (grid.name, "grid"));
        let all = grids.chain(of.lists().iter().map(|list| (list.name, "list")));
        let shown = if here || of.under().is_none() { usize::MAX } else { 1 };
        all.enumerate().take(shown).map(tab)
    };
    family(cx.registry, tab_of(subject)).flat_map(each).collect()
}

/// What a view is called: one of a subject under another says whose it is.
fn label(t: &Locale, of: &dyn Subject, at: usize, id: &str) -> String {
    let list = || t.say(id);
    let subject = || t.say(&format!("subject-{}", of.name()));
    match (of.under(), at) {
        (None, _) => list(),
        (Some(_), 0) => subject(),
        (Some(_), _) => format!("{}-{}", subject(), list()),
    }
}

impl Desk {
    /// The pages of subjects that have no tab of their own.
    pub(crate) fn pages(&self, here: &str) -> Vec<Tab> {
        let t = &self.office.locale;
        let under = self.office.registry.iter().filter(|s| s.under().is_some());
        let tab = |s: &&'static dyn Subject| Tab {
            name: s.name().to_owned(),
            label: t.say(&format!("subject-{}", s.name())),
            current: s.name() == here,
        };
        under.map(tab).collect()
    }

    /// The subjects whose records can be made from a page of this one: itself, then the others of its tab; all of them
    /// where there is none.
    pub(crate) fn makers(&self, base: Option<&'static dyn Subject>) -> Vec<&'static dyn Subject> {
        let Some(base) = base else { return self.office.registry.to_vec() };
        let others = family(self.office.registry, tab_of(base)).filter(|s| s.name() != base.name());
        std::iter::once(base).chain(others).collect()
    }
}
