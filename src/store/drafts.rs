//! What is being typed, kept key by key so that a cut line or a kill -9 loses nothing. Knows fields by name
//! and text; what a form is, the desk knows.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Store, StoreError, Tx, sessions};

/// How long a key may wait for another process's change. Whatever could not be kept is kept at the next key.
const KEY_WAIT: std::time::Duration = std::time::Duration::from_millis(10);

/// A form as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) id: i64,
    pub(crate) operator_id: i64,
    /// The desk it is open on; `None` when that was closed.
    pub(crate) session_id: Option<i64>,
    pub(crate) subject: String,
    pub(crate) action: String,
    /// The record the form changes; `None` for a new one.
    pub(crate) target: Option<String>,
    /// Text of every field that was typed in.
    pub(crate) fields: BTreeMap<String, String>,
    /// The field the cursor stood in.
    pub(crate) focus: Option<String>,
    /// Characters before the cursor in that field.
    pub(crate) caret: u32,
    pub(crate) updated_at: String,
}

/// Whether what was typed is on the disk now or waits for the next key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    Now,
    Later,
}

/// The pen of one open form: writes each field as typed, and remembers what could not be written yet.
#[derive(Debug)]
pub(crate) struct DraftPen {
    id: Option<i64>,
    operator_id: i64,
    session_id: Option<i64>,
    subject: String,
    action: String,
    target: Option<String>,
    focus: Option<String>,
    caret: u32,
    unkept: BTreeMap<String, String>,
    dirty: bool,
    /// The draft on the disk is of a form that this one stands in the place of.
    anew: bool,
}

impl DraftPen {
    /// A pen for a form just opened. Nothing is written before the first key.
    pub(crate) fn new(
        operator_id: i64,
        session_id: Option<i64>,
        subject: &str,
        action: &str,
        target: Option<&str>,
    ) -> Self {
        Self {
            id: None,
            operator_id,
            session_id,
            subject: subject.to_owned(),
            action: action.to_owned(),
            target: target.map(str::to_owned),
            focus: None,
            caret: 0,
            unkept: BTreeMap::new(),
            dirty: false,
            anew: false,
        }
    }

    /// Takes the place of the pen of another form: one draft is kept of both, this one's, from the next writing on.
    pub(crate) fn instead_of(&mut self, old: &Self) {
        if old.id.is_some() {
            (self.id, self.anew, self.dirty) = (old.id, true, true);
        }
    }

    /// Takes a field as it is typed, to be written with the next [`Store::flush_draft`].
    pub(crate) fn take(&mut self, field: &str, text: &str, caret: u32) {
        self.unkept.insert(field.to_owned(), text.to_owned());
        self.focus = Some(field.to_owned());
        self.caret = caret;
        self.dirty = true;
    }

    /// A pen that goes on with a draft taken up again (after [`Store::take_draft`]).
    pub(crate) fn resume(draft: &Draft) -> Self {
        Self {
            id: Some(draft.id),
            operator_id: draft.operator_id,
            session_id: draft.session_id,
            subject: draft.subject.clone(),
            action: draft.action.clone(),
            target: draft.target.clone(),
            focus: draft.focus.clone(),
            caret: draft.caret,
            unkept: BTreeMap::new(),
            dirty: false,
            anew: false,
        }
    }

    /// The draft's id once something was kept; what [`Tx::delete_draft`] takes when the form is submitted.
    pub(crate) fn id(&self) -> Option<i64> {
        self.id
    }

    /// Something typed is not on the disk yet.
    pub(crate) fn is_behind(&self) -> bool {
        self.dirty
    }
}

impl Store {
    /// Writes what the pen holds: after every key, in idle moments, at the end of the line (SIGHUP). Costs tens of
    /// microseconds: no fsync, since a process may die at any key but the machine seldom does. Refusals (full disk) leave the
    /// text with the pen for the next try.
    pub(crate) fn flush_draft(&self, pen: &mut DraftPen, at: &str) -> Result<Kept, StoreError> {
        if !pen.dirty {
            return Ok(Kept::Now);
        }
        match self.write_quickly(|conn| keep(conn, pen, at)) {
            Ok(id) => {
                pen.id = Some(id);
                pen.unkept.clear();
                (pen.dirty, pen.anew) = (false, false);
                Ok(Kept::Now)
            }
            Err(StoreError::Busy) => Ok(Kept::Later),
            Err(error) => Err(error),
        }
    }

    /// Takes an abandoned draft to this desk. `None` when it is gone or somebody else took it first.
    pub(crate) fn take_draft(&self, id: i64, session_id: i64) -> Result<Option<Draft>, StoreError> {
        self.write_lightly(|conn| {
            let found = one(conn, id)?;
            let Some(mut draft) = found.filter(|draft| !is_held(conn, draft)) else {
                return Ok(None);
            };
            conn.execute("UPDATE draft SET session_id = ?2 WHERE id = ?1", [id, session_id])?;
            draft.session_id = Some(session_id);
            Ok(Some(draft))
        })
    }

    /// Lets go of a draft that was put away: it can be taken up at any desk, this one included. What the pen could
    /// not write yet is written first.
    pub(crate) fn put_down(&self, pen: &mut DraftPen, at: &str) -> Result<(), StoreError> {
        pen.session_id = None;
        pen.dirty |= pen.id.is_some();
        self.flush_draft(pen, at).map(|_| ())
    }

    /// Throws a draft away because its owner said so.
    pub(crate) fn discard_draft(&self, id: i64) -> Result<(), StoreError> {
        self.write_lightly(|conn| {
            conn.execute("DELETE FROM draft WHERE id = ?1", [id])?;
            Ok(())
        })
    }

    /// A small change that need not outlive a power cut and must not keep a key waiting: returns
    /// [`StoreError::Busy`] after milliseconds.
    pub(super) fn write_quickly<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let usual = self.patience.replace(KEY_WAIT);
        let done = self.write_lightly(work);
        self.patience.set(usual);
        done
    }

    /// The same, waiting for others as a change does: whoever sits down has pressed no key that could come again.
    pub(super) fn write_lightly<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let conn = self.conn();
        conn.prepare_cached("PRAGMA synchronous = NORMAL")?.execute([])?;
        let done = (|| {
            let tx = self.begin()?;
            let done = work(&tx)?;
            tx.commit()?;
            Ok(done)
        })();
        conn.prepare_cached("PRAGMA synchronous = FULL")?.execute([])?;
        done
    }
}

impl Tx<'_> {
    /// The form was submitted: its draft goes in the same change, or stays if the change is refused.
    pub(crate) fn delete_draft(&self, id: i64) -> Result<(), StoreError> {
        self.conn().execute("DELETE FROM draft WHERE id = ?1", [id])?;
        Ok(())
    }
}

fn keep(conn: &Connection, pen: &DraftPen, at: &str) -> Result<i64, StoreError> {
    let touched = match pen.id {
        Some(id) => conn
            .prepare_cached(
                "UPDATE draft SET focus = ?2, caret = ?3, updated_at = ?4, session_id = ?5 WHERE id = ?1",
            )?
            .execute(params![id, pen.focus, pen.caret, at, pen.session_id])?,
        None => 0,
    };
    let id = match pen.id.filter(|_| touched == 1) {
        Some(id) => id,
        None => {
            conn.execute(
                "INSERT INTO draft (operator_id, session_id, subject, action, target, focus, caret, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    pen.operator_id, pen.session_id, pen.subject, pen.action, pen.target, pen.focus,
                    pen.caret, at
                ],
            )?;
            conn.last_insert_rowid()
        }
    };
    if pen.anew {
        conn.prepare_cached("DELETE FROM draft_field WHERE draft_id = ?1")?.execute([id])?;
        conn.prepare_cached("UPDATE draft SET subject = ?2, action = ?3, target = ?4 WHERE id = ?1")?
            .execute(params![id, pen.subject, pen.action, pen.target])?;
    }
    let mut put = conn.prepare_cached(
        "INSERT INTO draft_field (draft_id, field, text) VALUES (?1, ?2, ?3)
         ON CONFLICT (draft_id, field) DO UPDATE SET text = excluded.text",
    )?;
    for (field, text) in &pen.unkept {
        put.execute(params![id, field, text])?;
    }
    Ok(id)
}

const COLUMNS: &str = "id, operator_id, session_id, subject, action, target, focus, caret, updated_at";

/// Every draft of an operator, the latest first, those being typed elsewhere included.
pub(crate) fn drafts_of(conn: &Connection, operator_id: i64) -> Result<Vec<Draft>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM draft WHERE operator_id = ?1 ORDER BY updated_at DESC, id DESC");
    let mut rows = conn.prepare_cached(&sql)?;
    let mut found = rows.query_map([operator_id], draft_of)?.collect::<Result<Vec<_>, _>>()?;
    for draft in &mut found {
        draft.fields = fields_of(conn, draft.id)?;
    }
    Ok(found)
}

/// The operator's drafts that no living desk holds: what is offered at the next sign-in.
pub(crate) fn abandoned(conn: &Connection, operator_id: i64) -> Result<Vec<Draft>, StoreError> {
    let mut found = drafts_of(conn, operator_id)?;
    found.retain(|draft| !is_held(conn, draft));
    Ok(found)
}

/// One draft with its fields.
pub(crate) fn one(conn: &Connection, id: i64) -> Result<Option<Draft>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM draft WHERE id = ?1");
    let Some(mut draft) = conn.query_row(&sql, [id], draft_of).optional()? else {
        return Ok(None);
    };
    draft.fields = fields_of(conn, id)?;
    Ok(Some(draft))
}

fn is_held(conn: &Connection, draft: &Draft) -> bool {
    let holder = draft.session_id.and_then(|id| {
        conn.query_row("SELECT pid, process FROM session WHERE id = ?1", [id], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })
        .ok()
    });
    holder.is_some_and(|(pid, mark)| sessions::is_alive(pid, &mark))
}

fn fields_of(conn: &Connection, id: i64) -> Result<BTreeMap<String, String>, StoreError> {
    let mut rows = conn.prepare_cached("SELECT field, text FROM draft_field WHERE draft_id = ?1")?;
    let fields = rows.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(fields.collect::<Result<_, _>>()?)
}

fn draft_of(row: &Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft {
        id: row.get(0)?,
        operator_id: row.get(1)?,
        session_id: row.get(2)?,
        subject: row.get(3)?,
        action: row.get(4)?,
        target: row.get(5)?,
        fields: BTreeMap::new(),
        focus: row.get(6)?,
        caret: row.get(7)?,
        updated_at: row.get(8)?,
    })
}
