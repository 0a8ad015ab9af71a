//! Signing in and locking. A locked page is masked and nothing of it is lost; how PINs are kept and tried is `pins`.

use std::time::{Duration, Instant};

use crate::values::lang::Lang;
use crate::values::pinyin;

use super::Desk;
use super::intent::Intent;
use super::page::{Page, SignIn};
use super::pins;
pub(crate) use super::pins::hash;
use super::refusal::{Kind, Refusal};
use super::session::Operator;
use super::subject::Cx;
use super::{Locale, Preferences};

/// An operator as kept, besides name and posts.
struct Kept {
    id: i64,
    name: String,
    pin_hash: Option<String>,
    must_change: bool,
    preferences: Preferences,
    lang: Option<String>,
}

fn operators(cx: &Cx<'_>) -> Result<Vec<Kept>, Refusal> {
    let mut statement = cx.db.prepare_cached(
        "SELECT id, name, pin_hash, must_change, face, keymap, theme, lang
         FROM operator WHERE active = 1 ORDER BY id",
    )?;
    let rows = statement.query_map([], |row| {
        let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
        Ok(Kept {
            id: row.get(0)?,
            name: row.get(1)?,
            pin_hash: row.get(2)?,
            must_change: row.get(3)?,
            preferences: Preferences { face: text(4)?, keymap: text(5)?, theme: text(6)? },
            lang: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The posts an operator holds today.
pub(crate) fn posts(cx: &Cx<'_>, id: i64) -> Result<Vec<(String, String)>, Refusal> {
    let today = cx.now.date().to_string();
    let mut statement = cx.db.prepare_cached(
        "SELECT post, coalesce(org, '') FROM operator_post
         WHERE operator_id = ?1 AND from_on <= ?2 AND (to_on IS NULL OR to_on >= ?2) ORDER BY id",
    )?;
    let rows = statement.query_map((id, today), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The person at the desk as they stand in the file now: whoever was removed is nobody, and a post that has ended is none.
///
/// # Errors
/// When the person may not sign in any more.
pub(crate) fn present(cx: &Cx<'_>) -> Result<Operator, Refusal> {
    let mut read = cx.db.prepare_cached("SELECT active FROM operator WHERE id = ?1")?;
    if !read.query_row([cx.who.id], |row| row.get::<_, bool>(0)).unwrap_or(false) {
        return Err(Refusal::rule("removed").of(Kind::Permission).with("name", &cx.who.name));
    }
    Ok(Operator { posts: posts(cx, cx.who.id)?, ..cx.who.clone() })
}

/// The operator a typed name means: the whole name, or its pinyin initials when only one has them.
fn named<'a>(all: &'a [Kept], typed: &str) -> Option<&'a Kept> {
    let typed = crate::values::text::half_width(typed).trim().to_lowercase();
    if typed.is_empty() {
        return match all {
            [only] => Some(only),
            _ => None,
        };
    }
    if let Some(exact) = all.iter().find(|k| k.name.to_lowercase() == typed) {
        return Some(exact);
    }
    let mut fits = all.iter().filter(|k| {
        let keys = pinyin::name_keys(&k.name);
        keys.initials.iter().chain(&keys.full).any(|key| *key == typed)
    });
    let first = fits.next()?;
    if fits.next().is_some() { None } else { Some(first) }
}

impl Desk {
    /// Signs someone in.
    ///
    /// # Errors
    /// When there is no such operator, or the PIN is wrong or must wait.
    pub(crate) fn sign_in(&mut self, name: &str, pin: &str) -> Result<(), Refusal> {
        let cx = self.office.cx();
        let all = operators(&cx)?;
        let unknown = || Refusal::rule("no-operator").of(Kind::Permission).field("name").with("name", name);
        let found = named(&all, name).ok_or_else(unknown)?;
        if !self.only.is_empty() && found.name != self.only {
            let other = Refusal::rule("other-key").of(Kind::Permission).field("name");
            return Err(other.with("name", &self.only));
        }
        let now = cx.now.format("%Y-%m-%dT%H:%M:%S").to_string();
        // In the demonstration office nobody is asked for a PIN.
        if !self.office.demo {
            let unset = || Refusal::rule("pin-unset").of(Kind::Permission).field("name").with("name", name);
            pins::prove(
                &self.office,
                (found.id, &found.name),
                found.pin_hash.as_deref().ok_or_else(unset)?,
                pin,
            )?;
            if found.must_change {
                return Err(Refusal::rule("pin-change").of(Kind::Permission).field("new"));
            }
        }
        let who = Operator { id: found.id, name: found.name.clone(), posts: posts(&cx, found.id)? };
        self.preferences = found.preferences.clone();
        if let Some(lang) = found.lang.as_deref().and_then(Lang::parse)
            && lang != self.office.locale.lang()
        {
            self.office.locale = Locale::new(lang);
        }
        let same = self.office.who.id == who.id;
        self.office.who = who;
        if !same {
            self.arrive(&now)?;
        }
        Ok(())
    }

    /// Nobody but this operator signs in at this desk: the line came in with their key.
    pub fn keep_to(&mut self, name: &str) {
        name.clone_into(&mut self.only);
        self.introduce(name);
    }

    /// Someone was named before the desk was opened: the door has the name already, or says that nobody is called so.
    pub fn introduce(&mut self, name: &str) {
        let known = match operators(&self.office.cx()) {
            Ok(all) => named(&all, name).map(|kept| kept.name.clone()),
            Err(_) => None,
        };
        let Some(Page::SignIn(door)) = self.stack.last_mut() else { return };
        match known {
            Some(name) => (door.name, door.at) = (name, 1),
            None => {
                name.clone_into(&mut door.name);
                let refusal = Refusal::rule("no-operator").of(Kind::Permission).field("name");
                door.error = Some(refusal.with("name", name));
            }
        }
        self.refresh(false);
    }

    /// A person is at the desk who was not before: their own first page, nothing of anyone else's.
    fn arrive(&mut self, now: &str) -> Result<(), Refusal> {
        let store = &self.office.store;
        if self.session != 0 {
            drop(store.close_session(self.session));
        }
        self.session = match store.is_read_only() {
            true => 0,
            false => store.open_session(self.office.who.id, &self.office.terminal, now)?,
        };
        self.stack.clear();
        self.done.clear();
        self.undone.clear();
        self.above.clear();
        self.pending = None;
        // The last message may have shown something whole to whoever sat here before.
        (self.notice, self.last) = (None, None);
        let today = self.today()?;
        self.stack.push(today);
        Ok(())
    }

    /// Intents while nobody is signed in or the desk is locked: only the two fields of the door.
    pub(crate) fn turn_at_the_door(&mut self, intent: Intent) -> Result<(), Refusal> {
        let demo = self.office.demo;
        let Some(Page::SignIn(door)) = self.stack.last_mut() else { return Ok(()) };
        let count = door.fields(demo).len();
        match intent {
            Intent::Edit(text) => {
                door.error = None;
                *door.typed() = text;
                Ok(())
            }
            Intent::NextField | Intent::Move(_) => {
                door.at = (door.at + 1) % count;
                Ok(())
            }
            Intent::PreviousField => {
                door.at = (door.at + count - 1) % count;
                Ok(())
            }
            Intent::Field(word) => {
                let word = word.trim();
                let named = door.fields(demo).iter().position(|name| *name == word);
                let numbered = word.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                door.at = named.or(numbered).filter(|at| *at < count).unwrap_or(0);
                Ok(())
            }
            // Whoever only wanted another PIN may leave the old one.
            Intent::Back | Intent::Cancel if door.change && door.locked => {
                self.stack.pop();
                self.reload()
            }
            Intent::Accept if door.at + 1 < count => {
                door.at += 1;
                Ok(())
            }
            Intent::Accept | Intent::Submit => self.try_door(),
            Intent::WhereAmI | Intent::Help(_) => {
                let id = match (self.office.who.id, self.office.demo) {
                    (0, _) => "sign-in-help",
                    (_, true) => "locked-demo-help",
                    (_, false) => "locked-help",
                };
                self.say(id, &[]);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn try_door(&mut self) -> Result<(), Refusal> {
        let Some(Page::SignIn(mut door)) = self.stack.pop() else { return Ok(()) };
        let entered = match door.change {
            true => self.change_pin(&door).and_then(|()| self.sign_in(&door.name, &door.new)),
            false => self.sign_in(&door.name, &door.pin),
        };
        match entered {
            Ok(()) => {
                if !door.locked && !self.office.demo {
                    pins::note(&self.office, "sign-in")?;
                }
                let name = self.office.who.name.clone();
                let said = match (door.change, door.locked) {
                    (true, _) => "pin-changed",
                    (false, true) => "unlocked",
                    (false, false) => "signed-in",
                };
                self.say(said, &[("name", name)]);
                self.offer_drafts();
                self.reload()
            }
            Err(refusal) => {
                // The right PIN, but somebody else's: it stays typed, and a new one is asked for.
                let must_change = refusal.code == "pin-change";
                if !matches!(refusal.field, Some("new" | "again")) {
                    door.pin.clear();
                }
                let change = door.change || must_change;
                let at = match refusal.field {
                    Some("new" | "again") => 2,
                    Some("pin") => 1,
                    _ => 0,
                };
                let error = Some(refusal.clone());
                let (new, again) = (String::new(), String::new());
                self.stack.push(Page::SignIn(SignIn { new, again, at, change, error, ..door }));
                Err(refusal)
            }
        }
    }

    /// A new PIN in the place of the old one, which is proved first.
    fn change_pin(&self, door: &SignIn) -> Result<(), Refusal> {
        let refuse = |code, field| Err(Refusal::rule(code).of(Kind::Permission).field(field));
        if door.new != door.again {
            return refuse("pin-differs", "again");
        }
        if door.new == door.pin {
            return refuse("pin-same", "new");
        }
        let all = operators(&self.office.cx())?;
        let Some(found) = named(&all, &door.name) else { return refuse("no-operator", "name") };
        let Some(hash) = found.pin_hash.as_deref() else { return refuse("pin-unset", "name") };
        pins::change(&self.office, (found.id, &found.name), hash, (&door.pin, &door.new))
    }

    /// Puts a new PIN of one's own in the place of the old one, without a door: for scripts.
    ///
    /// # Errors
    /// When the old one is wrong, or the new one is too short or the same.
    pub(crate) fn renew_pin(&mut self, name: &str, old: &str, new: &str) -> Result<(), Refusal> {
        let [name, pin, new] = [name, old, new].map(str::to_owned);
        self.change_pin(&SignIn { name, pin, again: new.clone(), new, ..SignIn::default() })
    }

    /// The person wants another PIN: asked at the door, where nothing typed is kept as a draft.
    pub(crate) fn ask_new_pin(&mut self) -> Result<(), Refusal> {
        if self.office.demo {
            return Err(Refusal::rule("pin-demo"));
        }
        let name = self.office.who.name.clone();
        let door = SignIn { name, at: 1, change: true, locked: true, ..SignIn::default() };
        self.stack.push(Page::SignIn(door));
        Ok(())
    }

    /// Says that forms were left without being saved.
    pub(crate) fn offer_drafts(&mut self) {
        let cx = self.office.cx();
        let left = crate::store::drafts::abandoned(cx.db, cx.who.id).map_or(0, |d| d.len());
        if left > 0 {
            self.say("drafts-left", &[("n", left.to_string())]);
        }
    }

    /// Locks the desk: the page beneath is kept and not shown.
    pub(crate) fn lock(&mut self) {
        if matches!(self.stack.last(), Some(Page::SignIn(_))) {
            return;
        }
        let name = self.office.who.name.clone();
        let at = usize::from(!self.office.demo);
        self.stack.push(Page::SignIn(SignIn { name, at, locked: true, ..SignIn::default() }));
        self.say(if self.office.demo { "locked-demo" } else { "locked" }, &[]);
    }

    /// Time passed, or another process may have written; whether the page may look otherwise now.
    pub(crate) fn look(&mut self) -> bool {
        let minutes = self.office.catalog.rule("lock_idle").value;
        let limit = Duration::from_secs(u64::try_from(minutes).unwrap_or(10).saturating_mul(60));
        let mut moved = matches!(self.stack.last(), Some(Page::Form(_)));
        if self.office.who.id != 0 && self.touched.elapsed() >= limit {
            self.lock();
            moved = true;
        }
        let typed = match self.stack.last_mut() {
            Some(Page::Form(filling)) => Some(filling),
            Some(Page::Quick(quick)) => quick.filling.as_mut(),
            _ => None,
        };
        if let Some(filling) = typed {
            // A key that came while another process wrote is kept now; the next key would try again anyway.
            filling.keep(&self.office);
        }
        if let Some(error) = self.copies.failed() {
            let why = error.notice(&self.office.locale);
            self.refuse(&Refusal::rule("no-backup").of(Kind::File).with("why", why.text));
            moved = true;
        }
        if self.watch.changed_elsewhere(&self.office.store).unwrap_or(false) {
            if let Err(refusal) = self.follow() {
                self.refuse(&refusal);
            }
            moved = true;
        }
        moved
    }

    /// Reads anew which posts the person holds: one that ended ends what it permits, at a desk that was left open too.
    pub(crate) fn hold_posts(&mut self) -> Result<(), Refusal> {
        if self.office.who.id != 0 {
            self.office.who.posts = posts(&self.office.cx(), self.office.who.id)?;
        }
        Ok(())
    }

    /// Somebody else changed something: the numbers of the office, the page, and perhaps what this person may do.
    fn follow(&mut self) -> Result<(), Refusal> {
        self.office.settle()?;
        if self.office.who.id != 0 {
            match present(&self.office.cx()) {
                Ok(who) => self.office.who = who,
                Err(refusal) => {
                    self.dismiss();
                    return Err(refusal);
                }
            }
        }
        self.reload()
    }

    /// The person may not be here any more: the desk is at its door again, with nothing of theirs on it.
    pub(crate) fn dismiss(&mut self) {
        self.leave(0);
        drop(self.office.store.close_session(self.session));
        self.session = 0;
        self.office.who = Operator::default();
        (self.stack, self.pending) = (vec![Page::SignIn(SignIn::default())], None);
        (self.notice, self.last) = (None, None);
    }

    /// The person did something; a desk that lay idle too long is locked before it is done.
    pub(crate) fn wake(&mut self) {
        self.look();
        if let Err(refusal) = self.hold_posts() {
            self.refuse(&refusal);
        }
        self.touched = Instant::now();
    }
}
