//! Taking a value out of the audit without breaking its chain: a mark stands in its place, and the seal over the row as it
//! then reads is written into a later row of the same chain. Knows no person; who may do it, and to whom, is decided elsewhere
//! and guarded by triggers.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::audit::{self, AuditEntry, Change};
use super::{StoreError, Tx};

/// What stands in the place of a value that was taken out.
pub(crate) const MARK: &str = "***";

/// The action of the row that carries seals.
const ACTION: &str = "seal";

/// The number of the sealed row stands behind this in the name of the change.
const FIELD: &str = "seal:";

impl Tx<'_> {
    /// What is written over or deleted from now on is wiped from the pages of the file, not only let go of.
    pub(crate) fn leave_no_trace(&self) -> Result<(), StoreError> {
        Ok(self.conn().query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?)
    }

    /// Puts what `without` makes of it in the place of each value and each reason in the audit rows of a record, and adds the
    /// row that seals them. `about` is the subject, the record and its reference.
    pub(crate) fn redact(
        &self,
        about: (&str, i64, &str),
        without: impl Fn(&str, &str) -> String,
    ) -> Result<(), StoreError> {
        let (subject, id, reference) = about;
        let mut seals = Vec::new();
        for row in audit::history_of(self.conn(), subject, id)? {
            let mut changed = false;
            if let Some(reason) = &row.entry.reason {
                let put = without("reason", reason);
                if put != *reason {
                    let sql = "UPDATE audit SET reason = ?2 WHERE seq = ?1";
                    self.conn().prepare_cached(sql)?.execute(params![row.seq, put])?;
                    changed = true;
                }
            }
            for (position, change) in (1i64..).zip(&row.entry.changes) {
                if change.field.starts_with(FIELD) {
                    continue;
                }
                let put = |text: &Option<String>| text.as_ref().map(|text| without(&change.field, text));
                let (old, new) = (put(&change.old), put(&change.new));
                if (&old, &new) == (&change.old, &change.new) {
                    continue;
                }
                let sql = "UPDATE audit_change SET old = ?3, new = ?4 WHERE audit_seq = ?1 AND position = ?2";
                self.conn().prepare_cached(sql)?.execute(params![row.seq, position, old, new])?;
                changed = true;
            }
            if changed {
                let seal = hex(&audit::reseal(self.conn(), row.seq)?);
                seals.push(Change { field: format!("{FIELD}{}", row.seq), old: None, new: Some(seal) });
            }
        }
        if seals.is_empty() {
            return Ok(());
        }
        self.audit(&AuditEntry {
            subject: subject.to_owned(),
            record_id: Some(id),
            reference: Some(reference.to_owned()),
            action: ACTION.to_owned(),
            reason: None,
            changes: seals,
        })?;
        Ok(())
    }
}

/// The last seal of every sealed row.
pub(super) fn seals(conn: &Connection) -> Result<BTreeMap<i64, String>, StoreError> {
    let mut read = conn.prepare_cached(
        "SELECT field, new FROM audit_change WHERE audit_seq IN (SELECT seq FROM audit WHERE action = 'seal')
         ORDER BY audit_seq, position",
    )?;
    let rows = read.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)))?;
    let mut seals = BTreeMap::new();
    for row in rows {
        let (field, seal) = row?;
        if let (Some(seq), Some(seal)) = (field.strip_prefix(FIELD).and_then(|n| n.parse().ok()), seal) {
            seals.insert(seq, seal);
        }
    }
    Ok(seals)
}

/// A hash as the seal writes it.
pub(super) fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
