//! Signing in and locking. A wrong PIN slows down; a locked page is masked and nothing of it is lost.

use std::time::{Duration, Instant};

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::values::lang::Lang;
use crate::values::pinyin;

use super::Desk;
use super::intent::Intent;
use super::page::{Page, SignIn};
use super::refusal::{Kind, Refusal};
use super::session::Operator;
use super::subject::Cx;
use super::{Locale, Preferences};

/// Wrong PINs that pass before each further one costs time.
const FREE_TRIES: i64 = 3;

/// An operator as kept, besides name and posts.
struct Kept {
    id: i64,
    name: String,
    pin_hash: Option<String>,
    failed: i64,
    locked_until: Option<String>,
    preferences: Preferences,
    lang: Option<String>,
}

/// Hashes a PIN for keeping.
///
/// # Errors
/// When the PIN is shorter than four characters.
pub(crate) fn hash(pin: &str) -> Result<String, Refusal> {
    if pin.chars().count() < 4 {
        return Err(Refusal::rule("pin-short").field("pin"));
    }
    let hashed = Argon2::default().hash_password(pin.as_bytes());
    hashed.map(|h| h.to_string()).map_err(|e| Refusal::rule("pin-hash").with("detail", e.to_string()))
}

fn matches(pin: &str, hash: &str) -> bool {
    argon2::PasswordHash::new(hash)
        .is_ok_and(|parsed| Argon2::default().verify_password(pin.as_bytes(), &parsed).is_ok())
}

fn operators(cx: &Cx<'_>) -> Result<Vec<Kept>, Refusal> {
    let mut statement = cx.db.prepare_cached(
        "SELECT id, name, pin_hash, failed_count, locked_until, face, keymap, theme, lang
         FROM operator WHERE active = 1 ORDER BY id",
    )?;
    let rows = statement.query_map([], |row| {
        let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
        Ok(Kept {
            id: row.get(0)?,
            name: row.get(1)?,
            pin_hash: row.get(2)?,
            failed: row.get(3)?,
            locked_until: row.get(4)?,
            preferences: Preferences { face: text(5)?, keymap: text(6)?, theme: text(7)? },
            lang: row.get(8)?,
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
        if let (Some(hash), false) = (&found.pin_hash, self.office.demo) {
            if let Some(until) = found.locked_until.as_ref().filter(|until| **until > now) {
                let until: String = until.chars().skip(11).collect();
                return Err(Refusal::rule("pin-wait").of(Kind::Permission).field("pin").with("until", until));
            }
            if !matches(pin, hash) {
                self.wrong_pin(found, &now)?;
                return Err(Refusal::rule("pin-wrong").of(Kind::Permission).field("pin"));
            }
        } else if !self.office.demo {
            return Err(Refusal::rule("pin-unset").of(Kind::Permission).field("name").with("name", name));
        }
        let who = Operator { id: found.id, name: found.name.clone(), posts: posts(&cx, found.id)? };
        self.preferences = found.preferences.clone();
        if let Some(lang) = found.lang.as_deref().and_then(Lang::parse)
            && lang != self.office.locale.lang()
        {
            self.office.locale = Locale::new(lang);
        }
        if found.failed > 0 {
            self.forget_wrong_pins(found.id)?;
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
            Some(name) => (door.name, door.at_pin) = (name, true),
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

    /// Counts a wrong PIN; after some, the next try must wait, each time twice as long.
    fn wrong_pin(&self, who: &Kept, now: &str) -> Result<(), Refusal> {
        let over = (who.failed + 1 - FREE_TRIES).clamp(0, 8);
        let wait = if over == 0 { 0 } else { 15_i64 << over };
        let until = self.office.clock.now() + chrono::Duration::seconds(wait);
        let until = until.format("%Y-%m-%dT%H:%M:%S").to_string();
        let mut stamp = self.office.stamp();
        stamp.operator.clone_from(&who.name);
        self.office.store.write(&stamp, |tx| {
            tx.conn().execute(
                "UPDATE operator SET failed_count = failed_count + 1, locked_until = ?2,
                 updated_at = ?3, updated_by = name, version = version + 1 WHERE id = ?1",
                (who.id, until, now),
            )?;
            Ok::<_, Refusal>(())
        })
    }

    fn forget_wrong_pins(&self, id: i64) -> Result<(), Refusal> {
        self.office.store.write(&self.office.stamp(), |tx| {
            let sql = "UPDATE operator SET failed_count = 0, locked_until = NULL WHERE id = ?1";
            tx.conn().execute(sql, [id])?;
            Ok::<_, Refusal>(())
        })
    }

    /// Intents while nobody is signed in or the desk is locked: only the two fields of the door.
    pub(crate) fn turn_at_the_door(&mut self, intent: Intent) -> Result<(), Refusal> {
        let Some(Page::SignIn(door)) = self.stack.last_mut() else { return Ok(()) };
        match intent {
            Intent::Edit(text) => {
                door.error = None;
                let field = if door.at_pin { &mut door.pin } else { &mut door.name };
                *field = text;
                Ok(())
            }
            Intent::NextField | Intent::PreviousField | Intent::Move(_) => {
                door.at_pin = !door.at_pin;
                Ok(())
            }
            Intent::Field(word) => {
                door.at_pin = word.trim() == "pin" || word.trim() == "2";
                Ok(())
            }
            Intent::Accept if !door.at_pin && !self.office.demo => {
                door.at_pin = true;
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
        let Some(Page::SignIn(door)) = self.stack.pop() else { return Ok(()) };
        match self.sign_in(&door.name, &door.pin) {
            Ok(()) => {
                let name = self.office.who.name.clone();
                self.say(if door.locked { "unlocked" } else { "signed-in" }, &[("name", name)]);
                self.offer_drafts();
                self.reload()
            }
            Err(refusal) => {
                let at_pin = refusal.field == Some("pin");
                let error = Some(refusal.clone());
                self.stack.push(Page::SignIn(SignIn { pin: String::new(), at_pin, error, ..door }));
                Err(refusal)
            }
        }
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
        let at_pin = !self.office.demo;
        self.stack.push(Page::SignIn(SignIn { name, at_pin, locked: true, ..SignIn::default() }));
        self.say(if self.office.demo { "locked-demo" } else { "locked" }, &[]);
    }

    /// Time passed, or another process may have written.
    pub(crate) fn look(&mut self) {
        let minutes = self.office.catalog.rule("lock_idle").value;
        let limit = Duration::from_secs(u64::try_from(minutes).unwrap_or(10).saturating_mul(60));
        if self.office.who.id != 0 && self.touched.elapsed() >= limit {
            self.lock();
        }
        if let Some(Page::Form(filling)) = self.stack.last_mut() {
            // A key that came while another process wrote is kept now; the next key would try again anyway.
            drop(self.office.store.flush_draft(&mut filling.pen, &self.office.stamp().at));
        }
        if self.watch.changed_elsewhere(&self.office.store).unwrap_or(false)
            && let Err(refusal) = self.office.settle().and_then(|()| self.reload())
        {
            self.refuse(&refusal);
        }
    }

    /// Reads anew which posts the person holds: one that ended ends what it permits, at a desk that was left open too.
    pub(crate) fn hold_posts(&mut self) -> Result<(), Refusal> {
        if self.office.who.id != 0 {
            self.office.who.posts = posts(&self.office.cx(), self.office.who.id)?;
        }
        Ok(())
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
