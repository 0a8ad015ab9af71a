//! Every text of the file, whichever table it stands in: where one of some words is, whose record the row belongs to, and
//! another text in its place. Knows tables from the file itself and none by name.

use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::{StoreError, Tx};

/// Columns that say who wrote something and when.
const STAMPS: &[&str] = &["created_at", "created_by", "updated_at", "updated_by"];

/// A text in which one of the words stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The table.
    pub(crate) table: String,
    /// Its row.
    pub(crate) row: i64,
    /// The column.
    pub(crate) column: String,
    /// The whole text.
    pub(crate) text: String,
}

/// Every text in which one of these words stands, in the tables and columns that `looked_at` wants. Reads the whole file.
pub(crate) fn containing(
    conn: &Connection,
    words: &[String],
    looked_at: impl Fn(&str, &str) -> bool,
) -> Result<Vec<Found>, StoreError> {
    let mut all = Vec::new();
    if words.is_empty() {
        return Ok(all);
    }
    for table in tables(conn)? {
        let sql = "SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT' AND pk = 0";
        let columns = strings(conn, sql, &table)?;
        let columns: Vec<String> = (columns.into_iter())
            .filter(|column| !STAMPS.contains(&column.as_str()) && looked_at(&table, column))
            .collect();
        if columns.is_empty() {
            continue;
        }
        let texts = columns.iter().map(|c| format!("coalesce(\"{c}\", '')")).collect::<Vec<_>>();
        let each = (1..=words.len()).map(|n| format!("instr({}, ?{n})", texts.join(" || ' ' || ")));
        let any = each.collect::<Vec<_>>().join(" OR ");
        let sql = format!("SELECT rowid, {} FROM \"{table}\" WHERE {any}", texts.join(", "));
        let mut read = conn.prepare(&sql)?;
        let mut rows = read.query(params_from_iter(words))?;
        while let Some(row) = rows.next()? {
            for (at, column) in columns.iter().enumerate() {
                let text: String = row.get(at + 1)?;
                if words.iter().any(|word| text.contains(word.as_str())) {
                    let (table, column) = (table.clone(), column.clone());
                    all.push(Found { table, row: row.get(0)?, column, text });
                }
            }
        }
    }
    Ok(all)
}

/// The table and number of the record that a row is or belongs to: its own where `known` has its table, else one it refers
/// to, rather one whose name its table's begins with.
pub(crate) fn owner(
    conn: &Connection,
    found: &Found,
    known: impl Fn(&str) -> bool,
) -> Result<Option<(String, i64)>, StoreError> {
    if known(&found.table) {
        return Ok(Some((found.table.clone(), found.row)));
    }
    let sql = "SELECT \"table\" || ' ' || \"from\" FROM pragma_foreign_key_list(?1)";
    let mut keys: Vec<(String, String)> = strings(conn, sql, &found.table)?
        .iter()
        .filter_map(|key| key.split_once(' '))
        .filter(|(table, _)| known(table))
        .map(|(table, column)| (table.to_owned(), column.to_owned()))
        .collect();
    keys.sort_by_key(|(table, _)| !found.table.starts_with(table.as_str()));
    for (table, column) in keys {
        let sql = format!("SELECT \"{column}\" FROM \"{}\" WHERE rowid = ?1", found.table);
        let id: Option<Option<i64>> = conn.query_row(&sql, [found.row], |row| row.get(0)).optional()?;
        if let Some(id) = id.flatten() {
            return Ok(Some((table, id)));
        }
    }
    Ok(None)
}

impl Tx<'_> {
    /// Puts another text in the place of one that was found; false where the file's own guards keep it as it is.
    pub(crate) fn put_text(&self, found: &Found, text: &str) -> Result<bool, StoreError> {
        let conn = self.conn();
        let Found { table, row, column, .. } = found;
        let version = "SELECT 'version' FROM pragma_table_info(?1) WHERE name = 'version'";
        let step = if strings(conn, version, table)?.is_empty() { "" } else { ", version = version + 1" };
        conn.execute_batch("SAVEPOINT put_text")?;
        let sql = format!("UPDATE \"{table}\" SET \"{column}\" = ?2{step} WHERE rowid = ?1");
        let done = conn.execute(&sql, (row, text)).map_err(StoreError::from);
        if done.is_err() {
            conn.execute_batch("ROLLBACK TO put_text")?;
        }
        conn.execute_batch("RELEASE put_text")?;
        match done {
            Ok(_) => Ok(true),
            Err(StoreError::Constraint { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// The tables that number their rows.
fn tables(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT name FROM pragma_table_list WHERE schema = ?1 AND type = 'table' AND wr = 0 \
               AND name NOT LIKE 'sqlite%' ORDER BY name";
    strings(conn, sql, "main")
}

fn strings(conn: &Connection, sql: &str, about: &str) -> Result<Vec<String>, StoreError> {
    let mut read = conn.prepare_cached(sql)?;
    let rows = read.query_map([about], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
