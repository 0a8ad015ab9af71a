//! Who did what, in a chain: every row carries the hash of the one before, so that nothing can be taken out
//! or altered unseen. Knows fields by name and text, not what they mean.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use super::{Stamp, StoreError, redact};

/// What an action tells the audit. Who, where and when come from the transaction's stamp.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AuditEntry {
    /// The subject's name, `cases`.
    pub(crate) subject: String,
    /// The record's id, when the action is about one.
    pub(crate) record_id: Option<i64>,
    /// The record's ref, `SL-2026-0001`.
    pub(crate) reference: Option<String>,
    /// The action's name.
    pub(crate) action: String,
    /// Why, when a reason was asked for.
    pub(crate) reason: Option<String>,
    /// What changed, field by field.
    pub(crate) changes: Vec<Change>,
}

/// One field before and after, as text; `None` is "not there".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) field: String,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
}

/// One row of the chain as read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AuditRow {
    pub(crate) seq: i64,
    pub(crate) at: String,
    pub(crate) operator: String,
    pub(crate) terminal: String,
    pub(crate) entry: AuditEntry,
}

/// The chain is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verified {
    /// How many rows were recomputed.
    pub(crate) rows: i64,
}

/// A row with the two hashes it claims.
struct Link {
    row: AuditRow,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

const COLUMNS: &str = "seq, at, operator, terminal, subject, record_id, ref, action, reason, prev_hash, hash";

/// Adds a row at the end of the chain. Must run inside the change it tells of.
pub(crate) fn append(conn: &Connection, stamp: &Stamp, entry: &AuditEntry) -> Result<i64, StoreError> {
    let last: Option<(i64, Vec<u8>)> = conn
        .prepare_cached("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (seq, prev) = last.map_or((1, GENESIS.to_vec()), |(seq, hash)| (seq + 1, hash));
    let row = AuditRow {
        seq,
        at: stamp.at.clone(),
        operator: stamp.operator.clone(),
        terminal: stamp.terminal.clone(),
        entry: entry.clone(),
    };
    let hash = hash_of(&prev, &row);
    conn.prepare_cached(
        "INSERT INTO audit (seq, at, operator, terminal, subject, record_id, ref, action, reason,
         prev_hash, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        seq,
        row.at,
        row.operator,
        row.terminal,
        entry.subject,
        entry.record_id,
        entry.reference,
        entry.action,
        entry.reason,
        prev,
        hash.as_slice()
    ])?;
    let mut change = conn.prepare_cached(
        "INSERT INTO audit_change (audit_seq, position, field, old, new) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (position, Change { field, old, new }) in (1i64..).zip(&entry.changes) {
        change.execute(params![seq, position, field, old, new])?;
    }
    Ok(seq)
}

/// Recomputes the whole chain, oldest first; [`StoreError::AuditBroken`] names the first row that does not
/// hold. Rows cut off the end are noticed because SQLite remembers the highest number it gave.
pub(crate) fn verify(conn: &Connection) -> Result<Verified, StoreError> {
    let mut rows = conn.prepare(&format!("SELECT {COLUMNS} FROM audit ORDER BY seq"))?;
    let mut rows = rows.query([])?;
    let mut prev = GENESIS.to_vec();
    let mut expected = 1;
    let seals = redact::seals(conn)?;
    while let Some(row) = rows.next()? {
        let mut link = link_of(row)?;
        link.row.entry.changes = changes_of(conn, link.row.seq)?;
        let now = hash_of(&prev, &link.row);
        // A row out of which a value was taken reads as a later row of the chain says it must.
        let sealed = || seals.get(&link.row.seq).is_some_and(|seal| *seal == redact::hex(&now));
        let whole = link.row.seq == expected && link.prev_hash == prev && (link.hash == now || sealed());
        if !whole {
            return Err(StoreError::AuditBroken { seq: expected });
        }
        prev = link.hash;
        expected += 1;
    }
    let given: Option<i64> = conn
        .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'audit'", [], |row| row.get(0))
        .optional()?;
    let stray: Option<i64> = conn.query_row(
        "SELECT min(audit_seq) FROM audit_change WHERE audit_seq NOT IN (SELECT seq FROM audit)",
        [],
        |row| row.get(0),
    )?;
    if let Some(seq) = stray {
        return Err(StoreError::AuditBroken { seq });
    }
    if given.unwrap_or(0) != expected - 1 {
        return Err(StoreError::AuditBroken { seq: expected });
    }
    Ok(Verified { rows: expected - 1 })
}

/// What was done to the record with this ref, newest first.
pub(crate) fn history(conn: &Connection, reference: &str) -> Result<Vec<AuditRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE ref = ?1 ORDER BY seq DESC");
    collect(conn, &sql, [reference])
}

/// What was done to the record with this id, newest first.
pub(crate) fn history_of(
    conn: &Connection,
    subject: &str,
    record_id: i64,
) -> Result<Vec<AuditRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE subject = ?1 AND record_id = ?2 ORDER BY seq DESC");
    collect(conn, &sql, params![subject, record_id])
}

/// Up to `limit` rows before `before` (`None`: the newest), newest first.
pub(crate) fn recent(
    conn: &Connection,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<AuditRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2");
    collect(conn, &sql, params![before.unwrap_or(i64::MAX), limit])
}

fn collect(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<AuditRow>, StoreError> {
    let mut found: Vec<AuditRow> = conn
        .prepare_cached(sql)?
        .query_map(params, |row| Ok(link_of(row)?.row))?
        .collect::<Result<_, _>>()?;
    for row in &mut found {
        row.entry.changes = changes_of(conn, row.seq)?;
    }
    Ok(found)
}

fn link_of(row: &Row<'_>) -> rusqlite::Result<Link> {
    Ok(Link {
        row: AuditRow {
            seq: row.get(0)?,
            at: row.get(1)?,
            operator: row.get(2)?,
            terminal: row.get(3)?,
            entry: AuditEntry {
                subject: row.get(4)?,
                record_id: row.get(5)?,
                reference: row.get(6)?,
                action: row.get(7)?,
                reason: row.get(8)?,
                changes: Vec::new(),
            },
        },
        prev_hash: row.get(9)?,
        hash: row.get(10)?,
    })
}

pub(crate) fn changes_of(conn: &Connection, seq: i64) -> Result<Vec<Change>, StoreError> {
    let mut read = conn
        .prepare_cached("SELECT field, old, new FROM audit_change WHERE audit_seq = ?1 ORDER BY position")?;
    let changes =
        read.query_map([seq], |row| Ok(Change { field: row.get(0)?, old: row.get(1)?, new: row.get(2)? }))?;
    Ok(changes.collect::<Result<_, _>>()?)
}

/// The hash over a row as it reads now, upon the row before it as that was written.
pub(super) fn reseal(conn: &Connection, seq: i64) -> Result<[u8; 32], StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq = ?1");
    let mut link = conn.prepare_cached(&sql)?.query_row([seq], link_of)?;
    link.row.entry.changes = changes_of(conn, seq)?;
    Ok(hash_of(&link.prev_hash, &link.row))
}

/// What stands before the first row.
const GENESIS: [u8; 32] = [0; 32];

/// SHA-256 over the row before and everything this one says. Each text goes in with its length, and absence
/// differs from emptiness, so no two different rows give the same bytes.
fn hash_of(prev: &[u8], row: &AuditRow) -> [u8; 32] {
    let mut sha = Sha256::new();
    let mut put = |text: Option<&str>| match text {
        None => sha.update([0]),
        Some(text) => {
            sha.update([1]);
            sha.update((text.len() as u64).to_be_bytes());
            sha.update(text);
        }
    };
    let entry = &row.entry;
    put(Some(&row.seq.to_string()));
    for text in [&row.at, &row.operator, &row.terminal, &entry.subject, &entry.action] {
        put(Some(text));
    }
    put(entry.record_id.map(|id| id.to_string()).as_deref());
    put(entry.reference.as_deref());
    put(entry.reason.as_deref());
    for Change { field, old, new } in &entry.changes {
        put(Some(field));
        put(old.as_deref());
        put(new.as_deref());
    }
    sha.update(prev);
    sha.finalize().into()
}
