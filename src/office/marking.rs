//! What every file that leaves the office has in common (RULES §5.3 f): whether this person may take it out, the line in it
//! that says who did, when and what for, and the row of the audit that says how much went. Knows no format of file.

use crate::catalog::{Catalog, Within};
use crate::desk::refusal::Refusal;
use crate::desk::subject::{Cx, Subject};
use crate::store::audit::{AuditEntry, Change};

use super::tables::Table;
use super::{Problem, Scripts};

/// The post outside that reports are made for (G-5.2.2).
const REPORTED_TO: &str = "supervisor";

/// What goes out.
pub(super) struct Going<'a> {
    /// Whose records.
    pub subject: &'a dyn Subject,
    /// What was done (`export`, `report.rp-23`).
    pub action: String,
    /// The form it has outside (`csv`, `ics`).
    pub form: &'a str,
    /// How many records.
    pub rows: usize,
    /// What for; needed only for whole values.
    pub reason: Option<&'a str>,
    /// Records that went out with whole values.
    pub whole: &'a [i64],
}

/// Whether this person may take this subject's records out of the office: the posts that the subject names, or where it
/// names none every post of the secretariat and the associations. Somebody from outside looks at the desk.
pub(super) fn permit(cx: &Cx<'_>, subject: &dyn Subject) -> Result<(), Refusal> {
    match subject.exporters() {
        [] => cx.who.must_hold(&inside(cx.catalog, &[]), cx.catalog, cx.t),
        named => cx.who.must_hold(named, cx.catalog, cx.t),
    }
}

/// The posts of the secretariat and the associations, and these besides.
fn inside<'a>(catalog: &'a Catalog, besides: &[&'a str]) -> Vec<&'a str> {
    let within = catalog.posts().iter().filter(|post| post.within != Within::Outside);
    within.map(|post| post.id.as_str()).chain(besides.iter().copied()).collect()
}

/// The line that says who took a file out, when and what for.
pub(crate) fn mark(cx: &Cx<'_>, reason: Option<&str>) -> String {
    let at = cx.now.format("%Y-%m-%d %H:%M").to_string();
    let mut args = vec![("who", cx.who.name.clone()), ("at", at)];
    match reason {
        Some(reason) => {
            args.push(("reason", reason.to_owned()));
            cx.t.with("export-mark", &args)
        }
        None => cx.t.with("export-mark-plain", &args),
    }
}

impl Scripts {
    /// A report on its way out into a file of this form (`csv`), for a period, both days included: marked, and noted in the
    /// audit.
    ///
    /// # Errors
    /// When there is no such report, or the person's posts do not allow it.
    pub fn take_report(
        &self,
        name: &str,
        from: Option<&str>,
        to: Option<&str>,
        form: &str,
    ) -> Result<Table, Problem> {
        self.told(self.try_take_report(name, from, to, form))
    }

    fn try_take_report(
        &self,
        name: &str,
        from: Option<&str>,
        to: Option<&str>,
        form: &str,
    ) -> Result<Table, Refusal> {
        let (subject, report) = self.report_of(name)?;
        let cx = self.office().cx();
        // A report that everybody may read is still a file of records once it is outside.
        if report.posts.is_empty() {
            cx.who.must_hold(&inside(cx.catalog, &[REPORTED_TO]), cx.catalog, cx.t)?;
        }
        let mut table = self.try_report(name, from, to)?;
        table.mark = mark(&cx, None);
        let action = format!("report.{}", report.name);
        self.note(&Going { subject, action, form, rows: table.rows.len(), reason: None, whole: &[] })?;
        Ok(table)
    }

    /// Notes who took something out, in which form, how much of it and what for.
    pub(super) fn note(&self, going: &Going<'_>) -> Result<(), Refusal> {
        let name = going.subject.name();
        let said = |field: &str, text: String| Change { field: field.into(), old: None, new: Some(text) };
        self.office().store.write(&self.office().stamp(), |tx| {
            if let Some(reason) = going.reason {
                for id in going.whole {
                    tx.log_access(name, *id, "export", reason)?;
                }
            }
            tx.audit(&AuditEntry {
                subject: name.to_owned(),
                action: going.action.clone(),
                reason: going.reason.map(str::to_owned),
                changes: vec![
                    said("rows", going.rows.to_string()),
                    said("form", going.form.to_owned()),
                    said("whole", going.whole.len().to_string()),
                ],
                ..AuditEntry::default()
            })?;
            Ok(())
        })
    }
}
