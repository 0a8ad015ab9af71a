//! The office's own numbers in place of the rule profile's: how they are kept (`setting`, `rule.NAME`) and how the tables
//! of the program look with them. Knows neither what a rule is for nor how a number comes to be kept.

use std::borrow::Cow;
use std::ops::Deref;

use rusqlite::Connection;

use crate::catalog::Catalog;

use super::refusal::Refusal;

/// The tables of the program as they hold in this office.
pub(crate) struct Tables {
    tables: Cow<'static, Catalog>,
    own: Vec<(String, i64)>,
}

impl Default for Tables {
    /// As the program has them.
    fn default() -> Self {
        Self { tables: Cow::Borrowed(Catalog::embedded()), own: Vec::new() }
    }
}

impl Deref for Tables {
    type Target = Catalog;

    fn deref(&self) -> &Catalog {
        &self.tables
    }
}

impl Tables {
    /// The tables as the file has them now; none when they are what they were.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn changed(&self, db: &Connection) -> Result<Option<Self>, Refusal> {
        let own = own(db)?;
        if own == self.own {
            return Ok(None);
        }
        let program = Catalog::embedded();
        let tables = if own.is_empty() { Cow::Borrowed(program) } else { Cow::Owned(program.with_own(&own)) };
        Ok(Some(Self { tables, own }))
    }
}

/// The numbers kept, by the names of the rules; an empty text is the profile's number again.
fn own(db: &Connection) -> Result<Vec<(String, i64)>, Refusal> {
    let sql = "SELECT substr(key, 6), value FROM setting WHERE key >= 'rule.' AND key < 'rule/' ORDER BY key";
    let mut read = db.prepare_cached(sql)?;
    let rows = read.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let kept: Vec<(String, String)> = rows.collect::<Result<_, _>>()?;
    Ok(kept.into_iter().filter_map(|(name, value)| Some((name, value.parse().ok()?))).collect())
}
