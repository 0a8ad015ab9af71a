//! The office's own numbers as kept: a row of `setting` for each rule that was ever changed (`rule.NAME`), its value the
//! number in the rule's unit, or empty where the profile's holds again.

use rusqlite::{Connection, OptionalExtension};

use crate::catalog::Catalog;
use crate::desk::field::{Field, Findable, Kind, Record, Set};
use crate::desk::refusal::Refusal;

/// The number, in the rule's unit.
pub(crate) const VALUE: Field = Field::new("value", Kind::Text);
/// Which rule is to be changed.
pub(crate) const RULE: Field = Field::new("rule", Kind::Choice(Set::Named("rules"))).required();
/// The number as typed.
pub(crate) const NUMBER: Field = Field::new("number", Kind::Text).required();
/// Why the office wants it so.
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required();

/// An own number.
pub(crate) static RECORD: Record =
    Record { table: "setting", reference: "upper(substr(key, 6))", fields: &[VALUE] };

/// A row as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Own {
    /// Its number in the file.
    pub id: i64,
    /// Name of the rule.
    pub rule: String,
    /// The number in the rule's unit; none where the profile's holds again.
    pub value: Option<i64>,
    /// Who changed it last.
    pub by: String,
    /// When.
    pub at: String,
}

const SELECT: &str = "SELECT id, substr(key, 6), value, updated_by, updated_at FROM setting WHERE";

/// The row of this number.
pub(crate) fn find(db: &Connection, id: i64) -> Result<Option<Own>, Refusal> {
    one(db, &format!("{SELECT} id = ?1"), id)
}

/// The row of a rule.
pub(crate) fn of_rule(db: &Connection, rule: &str) -> Result<Option<Own>, Refusal> {
    one(db, &format!("{SELECT} key = ?1"), format!("rule.{rule}"))
}

fn one(db: &Connection, sql: &str, by: impl rusqlite::ToSql) -> Result<Option<Own>, Refusal> {
    let mut read = db.prepare_cached(sql)?;
    let found = read.query_row([by], |row| {
        let value: String = row.get(2)?;
        Ok(Own {
            id: row.get(0)?,
            rule: row.get(1)?,
            value: value.parse().ok(),
            by: row.get(3)?,
            at: row.get(4)?,
        })
    });
    Ok(found.optional()?)
}

/// The row of this number, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Own, Refusal> {
    find(db, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", id.to_string()))
}

/// What a rule is found by.
pub(crate) fn found_by(own: &Own, catalog: &Catalog) -> Vec<(Findable, String)> {
    let rule = catalog.rule(&own.rule);
    vec![(Findable::Code, own.rule.clone()), (Findable::Text, rule.zh), (Findable::Text, rule.en)]
}
