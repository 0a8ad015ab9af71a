//! An office to practise in: the demonstration office on the sample's day, with its clock standing still and the clerk
//! of the sample signed in. For tests and training; it knows no terminal.

use std::path::Path;
use std::time::Instant;

use chrono::NaiveDateTime;

use crate::desk::office::{Clock, Office};
use crate::desk::own::Tables;
use crate::desk::refusal::Refusal;
use crate::desk::session::Operator;
use crate::desk::subject::Cx;
use crate::desk::{Desk, Locale};
use crate::store::{DemoClock, OfficeMeta, Store};
use crate::subjects::operators::records as operators;
use crate::subjects::{REGISTRY, demo};
use crate::values::lang::Lang;

use super::Problem;

/// The sample's moment.
const MOMENT: &str = "2026-03-04T09:30:00";
/// Who is signed in: the clerk at the window.
const CLERK: &str = "曾示平";

/// The sample office in memory, gone with the desk.
///
/// # Errors
/// When the sample cannot be loaded.
pub fn practice(lang: Lang) -> Result<Desk, Problem> {
    let store = Store::in_memory(&meta()).map_err(Refusal::from);
    let desk = store.and_then(|store| sit_down(store, lang, true));
    desk.map_err(|refusal| Problem::of(&refusal, &Locale::new(lang)))
}

/// The sample office in a file, made when it is not there. Several desks may sit at one file.
///
/// # Errors
/// When the file cannot be made or used, or the sample cannot be loaded.
pub fn practice_in(file: &Path, lang: Lang) -> Result<Desk, Problem> {
    let fresh = !file.exists();
    let store = if fresh { Store::create(file, &meta()) } else { Store::open(file) };
    let desk = store.map_err(Refusal::from).and_then(|store| sit_down(store, lang, fresh));
    desk.map_err(|refusal| Problem::of(&refusal, &Locale::new(lang)))
}

/// The post that the lessons on money need besides the clerk's own.
const CASHIER: &str = "cashier";

/// The lessons, on the sample office in memory, for a clerk who handles the cash as well: no post is in a learner's way.
///
/// # Errors
/// When the sample cannot be loaded.
pub fn learn(lang: Lang) -> Result<Desk, Problem> {
    let mut desk = practice(lang)?;
    let begun = may_handle_cash(&mut desk).and_then(|()| desk.begin_course());
    begun.map_err(|refusal| Problem::of(&refusal, &Locale::new(lang)))?;
    Ok(desk)
}

fn may_handle_cash(desk: &mut Desk) -> Result<(), Refusal> {
    let office = desk.office();
    office.store.write(&office.stamp(), |tx| {
        let cx = Cx { db: tx.conn(), ..office.cx() };
        let post = operators::post_of(&cx, CASHIER, "")?;
        operators::give(&cx, tx, office.who.id, &post, None)
    })?;
    desk.hold_posts()
}

fn meta() -> OfficeMeta {
    let clock = DemoClock { epoch: MOMENT.to_owned(), started_at: MOMENT.to_owned() };
    OfficeMeta { name: "练习".to_owned(), created_at: MOMENT.to_owned(), demo: Some(clock) }
}

fn sit_down(store: Store, lang: Lang, fresh: bool) -> Result<Desk, Refusal> {
    let moment = NaiveDateTime::parse_from_str(MOMENT, "%Y-%m-%dT%H:%M:%S").unwrap_or_default();
    let office = Office {
        store,
        clock: Clock::Fixed(moment),
        locale: Locale::new(lang),
        catalog: Tables::default(),
        registry: REGISTRY,
        // The sample is written down under the clerk's name before there is a clerk to sign in.
        who: Operator { name: CLERK.to_owned(), ..Operator::default() },
        terminal: "practice".to_owned(),
        demo: true,
    };
    if fresh {
        office
            .store
            .write(&office.stamp(), |tx| demo::load_sample(&Cx { db: tx.conn(), ..office.cx() }, tx))?;
    }
    let mut desk = Desk::new(office, Instant::now())?;
    desk.sign_in(CLERK, "")?;
    desk.offer_drafts();
    desk.refresh(false);
    Ok(desk)
}
