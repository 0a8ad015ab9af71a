//! How operators and their posts are kept: SQL, and the one rule about posts that exclude each other (RULES §3.9).

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

use crate::desk::refusal::Refusal;
use crate::desk::signing;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::store::audit::{AuditEntry, Change};
use crate::subjects::appointments::duties;
use crate::subjects::appointments::rules::Term;

/// An operator as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Number in the file.
    pub id: i64,
    /// The name as signed.
    pub name: String,
    /// May sign in.
    pub active: bool,
    /// A PIN is set.
    pub has_pin: bool,
    /// The PIN is somebody else's and is changed at the next sign-in.
    pub must_change: bool,
    /// Wrong PINs since the last right one.
    pub failed: i64,
    /// No PIN counts before this moment.
    pub locked_until: Option<String>,
}

/// A post, and the association it is held for (empty for the joint secretariat).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// Id of the post.
    pub post: String,
    /// Code of the association.
    pub org: String,
}

/// What a person says for an operator.
pub(crate) fn reference(id: i64) -> String {
    format!("OP-{id}")
}

/// The operator of this number.
pub(crate) fn find(db: &Connection, id: i64) -> Result<Option<Kept>, Refusal> {
    let mut read = db.prepare_cached(
        "SELECT id, name, active, pin_hash IS NOT NULL, must_change, failed_count, locked_until
         FROM operator WHERE id = ?1",
    )?;
    let found = read.query_row([id], |row| {
        Ok(Kept {
            id: row.get(0)?,
            name: row.get(1)?,
            active: row.get(2)?,
            has_pin: row.get(3)?,
            must_change: row.get(4)?,
            failed: row.get(5)?,
            locked_until: row.get(6)?,
        })
    });
    Ok(found.optional()?)
}

/// The same, or the refusal that there is none.
pub(crate) fn must_find(db: &Connection, id: i64) -> Result<Kept, Refusal> {
    find(db, id)?.ok_or_else(|| Refusal::rule("not-found").with("text", reference(id)))
}

/// The operator of this name.
pub(crate) fn by_name(db: &Connection, name: &str) -> Result<Option<i64>, Refusal> {
    let sql = "SELECT id FROM operator WHERE name = ?1";
    Ok(db.query_row(sql, [name.trim()], |row| row.get(0)).optional()?)
}

/// Adds an operator's row; gives its number.
pub(crate) fn insert(tx: &Tx<'_>, name: &str, pin_hash: Option<String>) -> Result<i64, Refusal> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Refusal::usage("required").field("name"));
    }
    if by_name(tx.conn(), name)?.is_some() {
        return Err(Refusal::rule("operator-known").field("name").with("name", name));
    }
    // Whoever is registered among the people who work here holds the posts they are appointed to.
    let sql = "SELECT max(code) FROM staff WHERE name = ?1 AND state = '在岗' HAVING count(*) = 1";
    let person: Option<String> =
        tx.conn().prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?;
    let columns =
        [("name", name.to_owned().into()), ("pin_hash", pin_hash.into()), ("person", person.into())];
    Ok(tx.insert("operator", &columns)?)
}

/// Gives a post from today on, until that day where one is said.
pub(crate) fn give(
    cx: &Cx<'_>,
    tx: &Tx<'_>,
    id: i64,
    post: &Held,
    until: Option<NaiveDate>,
) -> Result<(), Refusal> {
    let today = cx.now.date();
    if until.is_some_and(|day| day < today) {
        return Err(Refusal::rule("operators-past").field("until"));
    }
    let now = held(cx, id)?;
    let name = must_find(tx.conn(), id)?.name;
    if now.contains(post) {
        return set_end(tx, id, post, until, today);
    }
    let ids: Vec<&str> = now.iter().map(|h| h.post.as_str()).collect();
    if let Some(other) = cx.catalog.post_conflict(&ids, &post.post) {
        let lang = cx.t.lang();
        let said = Refusal::rule("operator-posts").field("post").with("name", name);
        let said = said.with("held", cx.catalog.post_name(other, lang));
        let term = Term { from: today, to: until, ended: None };
        let said = said.with("who", duties::who_could(cx, &post.post, &term)?);
        return Err(said.with("wanted", cx.catalog.post_name(&post.post, lang)));
    }
    let org = Some(post.org.clone()).filter(|org| !org.is_empty());
    let columns = [
        ("operator_id", id.into()),
        ("post", post.post.clone().into()),
        ("org", org.into()),
        ("from_on", today.to_string().into()),
        ("to_on", until.map(|day| day.to_string()).into()),
    ];
    tx.insert("operator_post", &columns)?;
    note(tx, id, "post", vec![Change { field: "post".into(), old: None, new: Some(code(post, until)) }])
}

/// A post that is held already is held until another day.
fn set_end(
    tx: &Tx<'_>,
    id: i64,
    post: &Held,
    until: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let stamp = tx.stamp();
    tx.conn().execute(
        "UPDATE operator_post SET to_on = ?4, version = version + 1, updated_at = ?6, updated_by = ?7
         WHERE operator_id = ?1 AND post = ?2 AND coalesce(org, '') = ?3 AND (to_on IS NULL OR to_on >= ?5)",
        (
            id,
            &post.post,
            &post.org,
            until.map(|day| day.to_string()),
            today.to_string(),
            &stamp.at,
            &stamp.operator,
        ),
    )?;
    let change = Change { field: "post".into(), old: Some(code(post, None)), new: Some(code(post, until)) };
    note(tx, id, "post", vec![change])
}

/// Ends a post: its last day was yesterday, or it never began.
pub(crate) fn take(cx: &Cx<'_>, tx: &Tx<'_>, id: i64, post: &Held) -> Result<(), Refusal> {
    if !held(cx, id)?.contains(post) {
        let name = must_find(tx.conn(), id)?.name;
        let said = Refusal::rule("operator-no-post").field("post").with("name", name);
        return Err(said.with("post", said_post(cx, post)));
    }
    let which =
        "operator_id = ?1 AND post = ?2 AND coalesce(org, '') = ?3 AND (to_on IS NULL OR to_on >= ?4)";
    let today = cx.now.date().to_string();
    let given = format!(
        "SELECT no FROM appointment WHERE id IN \
         (SELECT appointment FROM operator_post WHERE {which} AND appointment IS NOT NULL)"
    );
    let given: Option<String> =
        tx.conn().query_row(&given, (id, &post.post, &post.org, &today), |row| row.get(0)).optional()?;
    if let Some(no) = given {
        let name = must_find(tx.conn(), id)?.name;
        return Err(Refusal::rule("operator-appointed").field("post").with("name", name).with("ref", no));
    }
    let yesterday = cx.now.date().pred_opt().unwrap_or(cx.now.date()).to_string();
    tx.conn().execute(
        &format!("DELETE FROM operator_post WHERE {which} AND from_on >= ?4"),
        (id, &post.post, &post.org, &today),
    )?;
    tx.conn().execute(
        &format!("UPDATE operator_post SET to_on = ?5, version = version + 1 WHERE {which}"),
        (id, &post.post, &post.org, &today, &yesterday),
    )?;
    note(tx, id, "end", vec![Change { field: "post".into(), old: Some(code(post, None)), new: None }])
}

/// Sets a PIN; somebody else's is changed at the next sign-in.
pub(crate) fn set_pin(tx: &Tx<'_>, id: i64, hash: &str, must_change: bool) -> Result<(), Refusal> {
    let stamp = tx.stamp();
    tx.conn().execute(
        "UPDATE operator SET pin_hash = ?2, must_change = ?3, failed_count = 0, locked_until = NULL,
         version = version + 1, updated_at = ?4, updated_by = ?5 WHERE id = ?1",
        (id, hash, must_change, &stamp.at, &stamp.operator),
    )?;
    Ok(())
}

/// Wrong PINs no longer count.
pub(crate) fn unlock(tx: &Tx<'_>, id: i64) -> Result<(), Refusal> {
    let sql = "UPDATE operator SET failed_count = 0, locked_until = NULL WHERE id = ?1";
    tx.conn().execute(sql, [id])?;
    Ok(())
}

/// Lets someone sign in, or no more. The last who could let others in stays.
pub(crate) fn set_active(tx: &Tx<'_>, id: i64, active: bool) -> Result<(), Refusal> {
    let stamp = tx.stamp();
    tx.conn().execute(
        "UPDATE operator SET active = ?2, version = version + 1, updated_at = ?3, updated_by = ?4 WHERE id = ?1",
        (id, active, &stamp.at, &stamp.operator),
    )?;
    let keepers = "SELECT EXISTS (SELECT 1 FROM operator o JOIN operator_post p ON p.operator_id = o.id
                   WHERE o.active = 1 AND p.post IN ('administrator', 'secretary', 'deputy_secretary')
                   AND (p.to_on IS NULL OR p.to_on >= substr(?1, 1, 10)))";
    let someone: bool = tx.conn().query_row(keepers, [&stamp.at], |row| row.get(0))?;
    if someone { Ok(()) } else { Err(Refusal::rule("operators-last")) }
}

/// Writes an audit row about an operator: the action, and what changed.
pub(crate) fn note(tx: &Tx<'_>, id: i64, action: &str, changes: Vec<Change>) -> Result<(), Refusal> {
    tx.audit(&AuditEntry {
        subject: "operators".into(),
        record_id: Some(id),
        reference: Some(reference(id)),
        action: action.to_owned(),
        reason: None,
        changes,
    })?;
    Ok(())
}

/// The posts held today.
pub(crate) fn held(cx: &Cx<'_>, id: i64) -> Result<Vec<Held>, Refusal> {
    let all = signing::posts(cx, id)?;
    Ok(all.into_iter().map(|(post, org)| Held { post, org }).collect())
}

/// The last day of each post held today that has one.
pub(crate) fn ends(cx: &Cx<'_>, id: i64) -> Result<Vec<(Held, String)>, Refusal> {
    let mut read = cx.db.prepare_cached(
        "SELECT post, coalesce(org, ''), to_on FROM operator_post
         WHERE operator_id = ?1 AND from_on <= ?2 AND to_on >= ?2 ORDER BY id",
    )?;
    let rows = read.query_map((id, cx.now.date().to_string()), |row| {
        Ok((Held { post: row.get(0)?, org: row.get(1)? }, row.get(2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Operators with at least so many wrong PINs since their last right one.
pub(crate) fn failing(db: &Connection, at_least: i64) -> Result<Vec<Kept>, Refusal> {
    let mut read = db.prepare_cached(
        "SELECT id FROM operator WHERE failed_count >= ?1 AND active = 1 ORDER BY failed_count DESC, id",
    )?;
    let ids = read.query_map([at_least], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    ids.into_iter().map(|id| must_find(db, id)).collect()
}

fn code(held: &Held, until: Option<NaiveDate>) -> String {
    let post = if held.org.is_empty() { held.post.clone() } else { format!("{}:{}", held.post, held.org) };
    until.map_or(post.clone(), |day| format!("{post} {day}"))
}

/// A post as it is said.
pub(crate) fn said_post(cx: &Cx<'_>, held: &Held) -> String {
    let lang = cx.t.lang();
    let post = cx.catalog.post_name(&held.post, lang);
    if held.org.is_empty() { post } else { format!("{post}({})", cx.catalog.org_name(&held.org, lang)) }
}

/// A post and its association, checked against where such posts are held.
pub(crate) fn post_of(cx: &Cx<'_>, post: &str, org: &str) -> Result<Held, Refusal> {
    let inside = cx.catalog.post(post).is_some_and(|p| p.within == crate::catalog::Within::Association);
    if inside && org.is_empty() {
        return Err(Refusal::usage("operator-post-org")
            .field("org")
            .with("text", cx.catalog.post_name(post, cx.t.lang())));
    }
    let org = if org == crate::catalog::SECRETARIAT { "" } else { org };
    Ok(Held { post: post.to_owned(), org: org.to_owned() })
}
