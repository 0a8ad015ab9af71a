//! Who may sign in: adding operators, their posts (checked for what one person may not combine, RULES §3.9), their PINs.
//! Every change is in the audit; a PIN is in none.

use rusqlite::OptionalExtension;

use crate::desk::refusal::Refusal;
use crate::desk::signing;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::store::audit::{AuditEntry, Change};
use crate::subjects::appointments::duties;
use crate::subjects::appointments::rules::Term;

use super::tables::Table;
use super::{Problem, Scripts};

/// Who may say who may sign in.
const KEEPERS: &[&str] = &["administrator", "secretary", "deputy_secretary"];

/// A post, and the association it is held for (empty for the joint secretariat).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// Id of the post.
    pub post: String,
    /// Code of the association.
    pub org: String,
}

impl Scripts {
    /// Everyone who may sign in, with posts.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn operators(&self) -> Result<Table, Problem> {
        self.told(self.try_operators())
    }

    fn try_operators(&self) -> Result<Table, Refusal> {
        let cx = self.office().cx();
        let names = ["name", "posts", "pin", "active"];
        let columns = names.map(|name| (name.to_owned(), cx.t.say(&format!("operator-{name}"))));
        let mut table = Table::with(columns.to_vec());
        let mut read =
            cx.db.prepare("SELECT id, name, pin_hash IS NOT NULL, active FROM operator ORDER BY id")?;
        let found = read.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let found: Vec<(i64, String, bool, bool)> = found.collect::<Result<_, _>>()?;
        let yes = |yes: bool| cx.t.say(if yes { "yes" } else { "no" });
        for (id, name, pin, active) in found {
            let posts: Vec<String> = held(&cx, id)?.iter().map(|h| said(&cx, h)).collect();
            table.rows.push(vec![name, posts.join(&cx.t.say("list-separator")), yes(pin), yes(active)]);
        }
        Ok(table)
    }

    /// Lets someone sign in, with these posts; a PIN is still to be set.
    ///
    /// # Errors
    /// When the person may not, there is an operator of this name, or the posts exclude each other.
    pub fn add_operator(&self, name: &str, posts: &[String]) -> Result<(), Problem> {
        self.told(self.change(|cx, tx| {
            let name = name.trim();
            if name.is_empty() {
                return Err(Refusal::usage("required").field("name"));
            }
            if find(cx, name)?.is_some() {
                return Err(Refusal::rule("operator-known").field("name").with("name", name));
            }
            let id = insert(tx, name, None)?;
            let wanted = posts.iter().map(|text| read(cx, text)).collect::<Result<Vec<_>, _>>()?;
            for post in wanted {
                give(cx, tx, id, name, &post)?;
            }
            Ok(())
        }))
    }

    /// Gives an operator a post from today on, or ends it with yesterday.
    ///
    /// # Errors
    /// When the person may not, there is no such operator or post, or the posts exclude each other.
    pub fn set_post(&self, name: &str, post: &str, end: bool) -> Result<(), Problem> {
        self.told(self.change(|cx, tx| {
            let (id, name) = must_find(cx, name)?;
            let post = read(cx, post)?;
            if end { take(cx, tx, id, &name, &post) } else { give(cx, tx, id, &name, &post) }
        }))
    }

    /// Sets an operator's PIN: one's own, or anyone's for those who keep the operators.
    ///
    /// # Errors
    /// When the PIN is too short, or the person may not.
    pub fn set_pin(&self, name: &str, pin: &str) -> Result<(), Problem> {
        let own = self.office().who.name == name.trim();
        let set = |cx: &Cx<'_>, tx: &Tx<'_>| {
            let (id, name) = must_find(cx, name)?;
            let hash = signing::hash(pin)?;
            let stamp = tx.stamp();
            tx.conn().execute(
                "UPDATE operator SET pin_hash = ?2, failed_count = 0, locked_until = NULL, version = version + 1,
                 updated_at = ?3, updated_by = ?4 WHERE id = ?1",
                (id, hash, &stamp.at, &stamp.operator),
            )?;
            note(tx, id, &name, "pin", Vec::new())
        };
        self.told(if own { self.write(set) } else { self.change(set) })
    }

    fn change(&self, work: impl FnOnce(&Cx<'_>, &Tx<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let cx = self.office().cx();
        cx.who.must_hold(KEEPERS, cx.catalog, cx.t)?;
        self.write(work)
    }

    fn write(&self, work: impl FnOnce(&Cx<'_>, &Tx<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let office = self.office();
        office.store.write(&office.stamp(), |tx| work(&Cx { db: tx.conn(), ..office.cx() }, tx))
    }
}

/// Adds an operator's row; gives its number. The audit row is written with it.
pub(crate) fn insert(tx: &Tx<'_>, name: &str, pin_hash: Option<String>) -> Result<i64, Refusal> {
    // Whoever is registered among the people who work here holds the posts they are appointed to.
    let sql = "SELECT max(code) FROM staff WHERE name = ?1 AND state = '在岗' HAVING count(*) = 1";
    let person: Option<String> =
        tx.conn().prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?;
    let columns =
        [("name", name.to_owned().into()), ("pin_hash", pin_hash.into()), ("person", person.into())];
    let id = tx.insert("operator", &columns)?;
    let change = Change { field: "name".into(), old: None, new: Some(name.to_owned()) };
    note(tx, id, name, "add", vec![change])?;
    Ok(id)
}

/// Gives a post from today on.
pub(crate) fn give(cx: &Cx<'_>, tx: &Tx<'_>, id: i64, name: &str, post: &Held) -> Result<(), Refusal> {
    let now = held(cx, id)?;
    if now.contains(post) {
        return Ok(());
    }
    let ids: Vec<&str> = now.iter().map(|h| h.post.as_str()).collect();
    if let Some(other) = cx.catalog.post_conflict(&ids, &post.post) {
        let lang = cx.t.lang();
        let said = Refusal::rule("operator-posts").field("post").with("name", name);
        let said = said.with("held", cx.catalog.post_name(other, lang));
        let now = Term { from: cx.now.date(), to: None, ended: None };
        let said = said.with("who", duties::who_could(cx, &post.post, &now)?);
        return Err(said.with("wanted", cx.catalog.post_name(&post.post, lang)));
    }
    let org = Some(post.org.clone()).filter(|org| !org.is_empty());
    let columns = [
        ("operator_id", id.into()),
        ("post", post.post.clone().into()),
        ("org", org.into()),
        ("from_on", cx.now.date().to_string().into()),
    ];
    tx.insert("operator_post", &columns)?;
    note(tx, id, name, "post", vec![Change { field: "post".into(), old: None, new: Some(code(post)) }])
}

/// Ends a post: its last day was yesterday, or it never began.
fn take(cx: &Cx<'_>, tx: &Tx<'_>, id: i64, name: &str, post: &Held) -> Result<(), Refusal> {
    if !held(cx, id)?.contains(post) {
        return Err(Refusal::rule("operator-no-post")
            .field("post")
            .with("name", name)
            .with("post", said(cx, post)));
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
    note(tx, id, name, "post", vec![Change { field: "post".into(), old: Some(code(post)), new: None }])
}

fn note(tx: &Tx<'_>, id: i64, name: &str, action: &str, changes: Vec<Change>) -> Result<(), Refusal> {
    tx.audit(&AuditEntry {
        subject: "operator".into(),
        record_id: Some(id),
        reference: Some(name.to_owned()),
        action: action.to_owned(),
        reason: None,
        changes,
    })?;
    Ok(())
}

fn find(cx: &Cx<'_>, name: &str) -> Result<Option<i64>, Refusal> {
    let sql = "SELECT id FROM operator WHERE name = ?1";
    Ok(cx.db.query_row(sql, [name.trim()], |row| row.get(0)).optional()?)
}

fn must_find(cx: &Cx<'_>, name: &str) -> Result<(i64, String), Refusal> {
    let name = name.trim();
    let found = find(cx, name)?;
    found
        .map(|id| (id, name.to_owned()))
        .ok_or_else(|| Refusal::rule("no-operator").field("name").with("name", name))
}

/// The posts held today.
fn held(cx: &Cx<'_>, id: i64) -> Result<Vec<Held>, Refusal> {
    let all = signing::posts(cx, id)?;
    Ok(all.into_iter().map(|(post, org)| Held { post, org }).collect())
}

fn code(held: &Held) -> String {
    if held.org.is_empty() { held.post.clone() } else { format!("{}:{}", held.post, held.org) }
}

fn said(cx: &Cx<'_>, held: &Held) -> String {
    let lang = cx.t.lang();
    let post = cx.catalog.post_name(&held.post, lang);
    if held.org.is_empty() { post } else { format!("{post}({})", cx.catalog.org_name(&held.org, lang)) }
}

/// A post as typed: `cashier`, `出纳`, `association_head:BL`, `协会负责人:盲协`.
fn read(cx: &Cx<'_>, text: &str) -> Result<Held, Refusal> {
    let folded = crate::values::text::half_width(text);
    let (post, org) = folded.split_once(':').unwrap_or((folded.as_str(), ""));
    let known = || cx.catalog.posts().iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(" ");
    let unknown = |text: &str| {
        Refusal::usage("operator-unknown-post").field("post").with("text", text).with("known", known())
    };
    let word = cx.catalog.read_word("posts", post).ok_or_else(|| unknown(post))?;
    let org = match org.trim() {
        "" => String::new(),
        org => cx.catalog.read_word("orgs", org).ok_or_else(|| unknown(org))?.kept.clone(),
    };
    let inside = cx.catalog.post(&word.kept).is_some_and(|p| p.within == crate::catalog::Within::Association);
    if inside && org.is_empty() {
        return Err(Refusal::usage("operator-post-org").field("post").with("text", post));
    }
    Ok(Held {
        post: word.kept.clone(),
        org: if org == crate::catalog::SECRETARIAT { String::new() } else { org },
    })
}
