//! PINs: kept as argon2 hashes, tried one at a time. A try is counted in the file before it is looked at, so that any
//! number of processes together get no more tries than one. Every wrong one is in the audit; a PIN itself is in none.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use chrono::{Duration, NaiveDateTime};

use crate::store::audit::AuditEntry;

use super::office::Office;
use super::refusal::{Kind, Refusal};

/// After so many doublings the wait grows no more: about an hour with the usual first wait.
const DOUBLINGS: i64 = 8;

/// Moments as the file keeps them.
const MOMENT: &str = "%Y-%m-%dT%H:%M:%S";

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

/// Whether this is the operator's PIN.
///
/// # Errors
/// When it is not, or the next try must wait.
pub(crate) fn prove(office: &Office, who: (i64, &str), hash: &str, pin: &str) -> Result<(), Refusal> {
    let wrong = || Refusal::rule("pin-wrong").of(Kind::Permission).field("pin");
    if office.store.is_read_only() {
        // Nothing can be counted, and whoever holds the file could read it anyway.
        return if matches(pin, hash) { Ok(()) } else { Err(wrong()) };
    }
    let counted = count_try(office, who)?;
    if !matches(pin, hash) {
        write_note(office, who, "pin-wrong")?;
        return Err(wrong());
    }
    // What others tried meanwhile is not forgiven with it.
    let sql = "UPDATE operator SET failed_count = 0, locked_until = NULL WHERE id = ?1 AND failed_count = ?2";
    let mut stamp = office.stamp();
    who.1.clone_into(&mut stamp.operator);
    office.store.write(&stamp, |tx| {
        tx.conn().execute(sql, (who.0, counted))?;
        Ok::<_, Refusal>(())
    })
}

/// Counts a try as wrong before anybody knows; after some, the next must wait, each time twice as long.
fn count_try(office: &Office, (id, name): (i64, &str)) -> Result<i64, Refusal> {
    let rule = |name: &str| office.catalog.rule(name).value;
    let (free, first) = (rule("pin_tries"), rule("pin_wait"));
    let now = office.clock.now();
    let wait = |failed: i64| match failed - free {
        over if over <= 0 => Duration::zero(),
        over => Duration::seconds(first.saturating_mul(1 << over.min(DOUBLINGS))),
    };
    let mut stamp = office.stamp();
    name.clone_into(&mut stamp.operator);
    office.store.write(&stamp, |tx| {
        let sql = "SELECT failed_count, locked_until FROM operator WHERE id = ?1";
        let (failed, until): (i64, Option<String>) =
            tx.conn().query_row(sql, [id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let until = until.and_then(|text| NaiveDateTime::parse_from_str(&text, MOMENT).ok());
        // A clock that was set back must not make anyone wait longer than the wait is.
        if let Some(until) = until.filter(|until| *until > now && *until - now <= wait(failed)) {
            let until = until.format("%H:%M:%S").to_string();
            return Err(Refusal::rule("pin-wait").of(Kind::Permission).field("pin").with("until", until));
        }
        let until = (now + wait(failed + 1)).format(MOMENT).to_string();
        let sql = "UPDATE operator SET failed_count = failed_count + 1, locked_until = ?2 WHERE id = ?1";
        tx.conn().execute(sql, (id, until))?;
        Ok(failed + 1)
    })
}

/// Puts a new PIN in the place of the old one.
///
/// # Errors
/// When the old one is wrong or the new one too short.
pub(crate) fn change(
    office: &Office,
    who: (i64, &str),
    kept: &str,
    (old, new): (&str, &str),
) -> Result<(), Refusal> {
    let hashed = hash(new).map_err(|refusal| refusal.field("new"))?;
    prove(office, who, kept, old)?;
    let mut stamp = office.stamp();
    who.1.clone_into(&mut stamp.operator);
    office.store.write(&stamp, |tx| {
        tx.conn().execute(
            "UPDATE operator SET pin_hash = ?2, must_change = 0, version = version + 1, updated_at = ?3,
             updated_by = ?4 WHERE id = ?1",
            (who.0, hashed, &stamp.at, who.1),
        )?;
        Ok::<_, Refusal>(())
    })?;
    write_note(office, who, "pin-own")
}

/// Writes into the audit that the person at the desk signed in.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn note(office: &Office, action: &str) -> Result<(), Refusal> {
    if office.store.is_read_only() {
        return Ok(());
    }
    write_note(office, (office.who.id, &office.who.name), action)
}

fn write_note(office: &Office, (id, name): (i64, &str), action: &str) -> Result<(), Refusal> {
    let entry = AuditEntry {
        subject: "operators".into(),
        record_id: Some(id),
        reference: Some(format!("OP-{id}")),
        action: action.to_owned(),
        reason: None,
        changes: Vec::new(),
    };
    let mut stamp = office.stamp();
    name.clone_into(&mut stamp.operator);
    office.store.write(&stamp, |tx| tx.audit(&entry).map(drop).map_err(Refusal::from))
}
