//! Who may sign in, as scripts ask and tell: operators, their posts (checked for what one person may not combine, RULES
//! §3.9), their PINs. Every change is in the audit; a PIN is in none.

use crate::desk::refusal::Refusal;
use crate::desk::signing;
use crate::desk::subject::Cx;
use crate::store::Tx;
use crate::store::audit::Change;
use crate::subjects::operators::fields::KEEPERS;
use crate::subjects::operators::records::{self, Held};

use super::tables::Table;
use super::{Opening, Problem, Scripts, Who};

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
            let posts: Vec<String> =
                records::held(&cx, id)?.iter().map(|h| records::said_post(&cx, h)).collect();
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
            let id = records::insert(tx, name, None)?;
            let change = Change { field: "name".into(), old: None, new: Some(name.trim().to_owned()) };
            records::note(tx, id, "add", vec![change])?;
            let wanted = posts.iter().map(|text| read(cx, text)).collect::<Result<Vec<_>, _>>()?;
            for post in wanted {
                records::give(cx, tx, id, &post, None)?;
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
            let id = must_find(cx, name)?;
            let post = read(cx, post)?;
            if end { records::take(cx, tx, id, &post) } else { records::give(cx, tx, id, &post, None) }
        }))
    }

    /// Lets someone sign in again, or no more.
    ///
    /// # Errors
    /// When the person may not, there is no such operator, or nobody would be left to let others in.
    pub fn set_active(&self, name: &str, active: bool) -> Result<(), Problem> {
        self.told(self.change(|cx, tx| {
            let id = must_find(cx, name)?;
            records::set_active(tx, id, active)?;
            records::note(tx, id, if active { "readmit" } else { "remove" }, Vec::new())
        }))
    }

    /// Sets an operator's PIN: one's own, or anyone's for those who keep the operators. Somebody else's is changed by its
    /// owner at the next sign-in.
    ///
    /// # Errors
    /// When the PIN is too short, or the person may not.
    pub fn set_pin(&self, name: &str, pin: &str) -> Result<(), Problem> {
        let own = self.office().who.name == name.trim();
        let set = |cx: &Cx<'_>, tx: &Tx<'_>| {
            let id = must_find(cx, name)?;
            records::set_pin(tx, id, &signing::hash(pin)?, !own)?;
            records::note(tx, id, "pin", Vec::new())
        };
        self.told(if own { self.write(set) } else { self.change(set) })
    }

    /// Changes one's own PIN, also one that somebody else has set and that lets nobody in before it is changed.
    ///
    /// # Errors
    /// When the file cannot be used, the old PIN is wrong, or the new one is too short or the same.
    pub fn renew_pin(opening: &Opening, who: &Who, new: &str) -> Result<(), Problem> {
        let mut desk = super::open(opening)?;
        // A demonstration asks for no PIN, so there is no old one to prove.
        if desk.office().demo {
            return Self::sign_in(desk, who)?.set_pin(&who.name, new);
        }
        let renewed = desk.renew_pin(&who.name, who.pin.as_deref().unwrap_or_default(), new);
        renewed.map_err(|refusal| Problem::of(&refusal, desk.locale()))
    }

    fn change(&self, work: impl FnOnce(&Cx<'_>, &Tx<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
        self.write(|cx, tx| {
            cx.who.must_hold(KEEPERS, cx.catalog, cx.t)?;
            work(cx, tx)
        })
    }

    fn write(&self, work: impl FnOnce(&Cx<'_>, &Tx<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let office = self.office();
        office.store.write(&office.stamp(), |tx| {
            let who = signing::present(&Cx { db: tx.conn(), ..office.cx() })?;
            work(&Cx { db: tx.conn(), who: &who, ..office.cx() }, tx)
        })
    }
}

fn must_find(cx: &Cx<'_>, name: &str) -> Result<i64, Refusal> {
    let name = name.trim();
    let found = records::by_name(cx.db, name)?;
    found.ok_or_else(|| Refusal::rule("no-operator").field("name").with("name", name))
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
    records::post_of(cx, &word.kept, &org)
}
