//! Taking care of the file: a copy while it is open, putting one back, looking whether everything holds.

use std::path::{Path, PathBuf};

use chrono::Local;

use crate::desk::Locale;
use crate::desk::refusal::{Kind, Refusal};
use crate::store::audit::AuditEntry;
use crate::store::{Store, StoreError, backup};
use crate::values::lang::Lang;

use super::{Opening, Problem, Scripts, Who};

/// Who may put a copy in the place of the office.
const KEEPERS: &[&str] = &["administrator", "secretary", "deputy_secretary"];

/// Who may take a copy of the whole office.
pub(super) const COPIERS: &[&str] = &["administrator", "secretary", "deputy_secretary", "general_affairs"];

/// What a look at the whole file found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Health {
    /// Nothing is wrong.
    pub whole: bool,
    /// One sentence a finding.
    pub findings: Vec<String>,
    /// How many rows the audit chain has.
    pub audit_rows: i64,
}

impl Scripts {
    /// Copies the open office; by itself to a new file beside it. Gives the copy's path. It is noted who did.
    ///
    /// # Errors
    /// When there is such a file, the copy does not hold, or the person may not.
    pub fn backup(&self, to: Option<&Path>) -> Result<PathBuf, Problem> {
        self.told((|| {
            let store = &self.office().store;
            self.may_copy()?;
            let path = match (to, store.path()) {
                (Some(to), _) => to.to_path_buf(),
                (None, Some(file)) => beside(file),
                (None, None) => return Err(Refusal::usage("batch-no-path")),
            };
            store.backup(&path)?;
            self.note_copy("backup")?;
            Ok(path)
        })())
    }

    pub(super) fn may_copy(&self) -> Result<(), Refusal> {
        let cx = self.office().cx();
        cx.who.must_hold(COPIERS, cx.catalog, cx.t)
    }

    /// Notes that the whole office was copied. A file that may only be read can still be saved from what is wrong with it.
    pub(super) fn note_copy(&self, action: &str) -> Result<(), Refusal> {
        let office = self.office();
        if office.store.is_read_only() {
            return Ok(());
        }
        let entry =
            AuditEntry { subject: "office".into(), action: action.to_owned(), ..AuditEntry::default() };
        office.store.write(&office.stamp(), |tx| {
            tx.audit(&entry)?;
            Ok(())
        })
    }
}

/// A name beside the file that says what it is and when it was made, on the machine's clock.
fn beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    file.with_file_name(format!("{stem}.backup-{}.db", Local::now().format("%Y%m%d-%H%M%S")))
}

/// Puts a copy in the place of the office; gives the path under which the present file is kept, if there was one. A
/// present file that can be opened asks for someone who may.
///
/// # Errors
/// When the copy does not hold, or the person may not.
pub fn restore(opening: &Opening, who: &Who, from: &Path) -> Result<Option<PathBuf>, Problem> {
    let t = Locale::new(opening.lang);
    let told = |refusal: Refusal| Problem::of(&refusal, &t);
    match Store::open_read_only(&opening.file) {
        Ok(store) => {
            drop(store);
            let scripts = Scripts::read(opening, who)?;
            let cx = scripts.office().cx();
            scripts.told(cx.who.must_hold(KEEPERS, cx.catalog, cx.t))?;
        }
        // What is gone or damaged is what a copy is put back for; another program's file is not touched.
        Err(StoreError::NotFound { .. } | StoreError::Corrupt { .. } | StoreError::AuditBroken { .. }) => {}
        Err(StoreError::Older { .. }) => {}
        Err(error) => return Err(told(error.into())),
    }
    backup::restore(from, &opening.file).map_err(|error| told(error.into()))
}

/// Looks at every page, every reference and every link of the audit chain.
///
/// # Errors
/// When the file cannot be opened at all.
pub fn check(file: &Path, lang: Lang) -> Result<Health, Problem> {
    let t = Locale::new(lang);
    let found = Store::open_read_only(file).and_then(|store| backup::check(store.conn()));
    let found = found.map_err(|error| Problem::of(&Refusal::from(error), &t))?;
    let mut health = Health { whole: found.is_whole(), ..Health::default() };
    for detail in found.integrity {
        health.findings.push(t.with("check-damage", &[("detail", detail)]));
    }
    for (table, row) in found.foreign_keys {
        let row = row.map(|row| row.to_string()).unwrap_or_default();
        health.findings.push(t.with("check-reference", &[("table", table), ("row", row)]));
    }
    match found.audit {
        Ok(rows) => health.audit_rows = rows,
        Err(seq) => {
            let broken = Refusal::from(StoreError::AuditBroken { seq }).of(Kind::File);
            health.findings.push(broken.notice(&t).text);
        }
    }
    Ok(health)
}
