//! Backups made before somebody was erased: after some days of grace the erasure is done in each of them too, beside the work
//! and never in its way (RULES §5.3 i). Who is to be erased, and how, subjects know.

use std::path::Path;

use chrono::{Days, NaiveDate, NaiveDateTime};
use rusqlite::{Connection, OpenFlags};

use crate::store::{Stamp, Store, StoreError, automatic};
use crate::values::lang::Lang;

use super::locale::Locale;
use super::own::Tables;
use super::refusal::Refusal;
use super::session::Operator;
use super::subject::{Cx, Registry};

/// Until this day an erasure may still be missing in the backups.
pub(crate) fn done_by(cx: &Cx<'_>) -> NaiveDate {
    cx.now.date() + grace(cx.catalog)
}

fn grace(catalog: &crate::catalog::Catalog) -> Days {
    Days::new(catalog.rule("retention_backup").value.unsigned_abs())
}

/// Does in the office's own backups what was erased in the office itself and is past its grace; how many were written anew.
///
/// # Errors
/// When one of them cannot be read or written, or does not hold afterwards; it is then as it was.
pub(crate) fn cleanse(file: &Path, registry: Registry, now: NaiveDateTime) -> Result<usize, Refusal> {
    let office = Store::open_read_only(file)?;
    let own = Tables::default();
    let own = own.changed(office.conn())?.unwrap_or(own);
    let until = now.date() - grace(&own);
    let locale = Locale::new(Lang::default());
    let nobody = Operator::default();
    let mut written = 0;
    for (_, made) in automatic::list(file) {
        let copy =
            Connection::open_with_flags(&made, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(StoreError::from)?;
        let mut any = false;
        for subject in registry {
            any |= subject.erased_since(office.conn(), &copy, until)?;
        }
        drop(copy);
        if !any {
            continue;
        }
        let stamp = Stamp {
            at: now.format("%Y-%m-%dT%H:%M:%S").to_string(),
            operator: "lianban".to_owned(),
            terminal: "backup".to_owned(),
        };
        let work = |store: &Store| {
            store.write(&stamp, |tx| {
                let cx = Cx { db: tx.conn(), now, who: &nobody, t: &locale, catalog: &own, registry };
                for subject in registry {
                    subject.erase_again(office.conn(), &cx, tx, until)?;
                }
                Ok(true)
            })
        };
        written += usize::from(automatic::rewrite::<Refusal>(file, &made, work)?);
    }
    Ok(written)
}
