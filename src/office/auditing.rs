//! The audit as scripts read it: who did what, to one record or in the whole office, private values masked; and whether
//! the chain holds.

use crate::desk::reading;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::subject::Cx;
use crate::store::audit;

use super::tables::Table;
use super::{Problem, Scripts};

/// Who may look at more than one record's audit: those who answer for the office, and who inspects it.
pub(crate) const AUDITORS: &[&str] = &["secretary", "deputy_secretary", "administrator", "supervisor"];

impl Scripts {
    /// Who did what: to one record, or in the whole office, newest first, at most so many steps. Values are masked.
    ///
    /// # Errors
    /// When there is no such record, or the person may not see the whole.
    pub fn audit(&self, reference: Option<&str>, limit: u32) -> Result<Table, Problem> {
        self.told(self.try_audit(reference, limit))
    }

    /// Recomputes the chain; gives the number of its rows.
    ///
    /// # Errors
    /// Names the first row that does not hold.
    pub fn verify_audit(&self) -> Result<i64, Problem> {
        let verified = audit::verify(self.office().cx().db);
        self.told(verified.map(|v| v.rows).map_err(Refusal::from))
    }

    fn try_audit(&self, reference: Option<&str>, limit: u32) -> Result<Table, Refusal> {
        let cx = self.office().cx();
        let rows = match reference {
            Some(reference) => {
                let (subject, id) = self.resolve(reference)?;
                audit::history_of(cx.db, subject.name(), id)?
            }
            None => {
                cx.who.must_hold(AUDITORS, cx.catalog, cx.t).map_err(|r| r.of(Kind::Permission))?;
                audit::recent(cx.db, None, limit)?
            }
        };
        let names = ["seq", "at", "operator", "terminal", "ref", "action", "reason", "changes"];
        let columns = names.map(|name| (name.to_owned(), cx.t.say(&format!("batch-audit-{name}"))));
        let mut table = Table::with(columns.to_vec());
        for row in rows.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)) {
            let entry = row.entry;
            let changes: Vec<String> = entry.changes.iter().map(|c| change(&cx, &entry.subject, c)).collect();
            table.rows.push(vec![
                row.seq.to_string(),
                row.at,
                row.operator,
                row.terminal,
                entry.reference.unwrap_or_default(),
                format!("{}.{}", entry.subject, entry.action),
                entry.reason.unwrap_or_default(),
                changes.join("; "),
            ]);
        }
        Ok(table)
    }
}

fn change(cx: &Cx<'_>, subject: &str, change: &audit::Change) -> String {
    let known = cx.registry.iter().find(|s| s.name() == subject);
    let field = known.and_then(|s| s.record().field(&change.field));
    let said = |text: &Option<String>| match (field, text) {
        (_, None) => cx.t.say("empty-value"),
        (Some(field), Some(text)) => {
            let value = crate::desk::door::value_of(field.kind, Some(text));
            reading::show_masked(field, &value, cx)
        }
        (None, Some(text)) => text.clone(),
    };
    format!("{}: {} > {}", change.field, said(&change.old), said(&change.new))
}
