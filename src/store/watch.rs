//! Whether another process changed the office since last asked: one cheap question, asked in idle moments.
//! Knows only that something changed, not what.

use super::{Store, StoreError};

/// Remembers the last `data_version` seen. Our own changes do not move it.
#[derive(Debug)]
pub(crate) struct Watch {
    seen: i64,
}

impl Watch {
    /// Starts watching from now.
    pub(crate) fn new(store: &Store) -> Result<Self, StoreError> {
        Ok(Self { seen: version(store)? })
    }

    /// True once after each change by someone else. Costs microseconds and writes nothing.
    pub(crate) fn changed_elsewhere(&mut self, store: &Store) -> Result<bool, StoreError> {
        let now = version(store)?;
        Ok(std::mem::replace(&mut self.seen, now) != now)
    }
}

fn version(store: &Store) -> Result<i64, StoreError> {
    let mut ask = store.conn().prepare_cached("PRAGMA data_version")?;
    Ok(ask.query_row([], |row| row.get(0))?)
}
