//! Making an office: an empty one with its first operator, or the demonstration. A file appears under its name only when
//! everything is in it.

use std::path::{Path, PathBuf};

use chrono::{Local, NaiveDateTime};

use crate::desk::Locale;
use crate::desk::office::Office;
use crate::desk::refusal::{Kind, Refusal};
use crate::desk::signing;
use crate::desk::subject::Cx;
use crate::store::{DemoClock, OfficeMeta, Store, StoreError};
use crate::subjects::demo;
use crate::subjects::operators::records::{self as operators, Held};
use crate::values::lang::Lang;

use super::{DEMO_OPERATOR, Problem, desk};

/// The sample's moment, at which a demonstration begins.
const EPOCH: &str = "2026-03-04T09:30:00";

/// Moments as the file keeps them.
const MOMENT: &str = "%Y-%m-%dT%H:%M:%S";

/// Posts of whoever makes an office: someone must be able to let the others in.
const FOUNDER: [&str; 2] = ["administrator", "secretary"];

/// Makes an empty office of this name; the operator may then sign in with the PIN and let others in.
///
/// # Errors
/// When there is such a file, it cannot be made, or the PIN is too short.
pub fn init(
    file: &Path,
    (name, operator, pin): (&str, &str, &str),
    now: NaiveDateTime,
    lang: Lang,
) -> Result<(), Problem> {
    let made = try_init(file, (name, operator, pin), now, lang);
    made.map_err(|refusal| Problem::of(&refusal, &Locale::new(lang)))
}

fn try_init(
    file: &Path,
    (name, operator, pin): (&str, &str, &str),
    now: NaiveDateTime,
    lang: Lang,
) -> Result<(), Refusal> {
    for (field, text) in [("office", name), ("operator", operator)] {
        if text.trim().is_empty() {
            return Err(Refusal::usage("required").field(field));
        }
    }
    let hash = signing::hash(pin)?;
    let meta =
        OfficeMeta { name: name.trim().to_owned(), created_at: now.format(MOMENT).to_string(), demo: None };
    make(file, &meta, lang, operator.trim(), |office| {
        office.store.write(&office.stamp(), |tx| {
            let cx = Cx { db: tx.conn(), ..office.cx() };
            let id = operators::insert(tx, operator.trim(), Some(hash))?;
            for post in FOUNDER {
                let post = Held { post: post.to_owned(), org: String::new() };
                operators::give(&cx, tx, id, &post, None)?;
            }
            Ok(())
        })
    })
}

/// Makes the demonstration office of the sample, and `scale` generated records of each main kind besides. `progress` is
/// told the records done and all records now and then.
///
/// # Errors
/// When there is such a file, or it cannot be made.
pub fn demo(
    file: &Path,
    scale: usize,
    lang: Lang,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<(), Problem> {
    let clock = DemoClock { epoch: EPOCH.to_owned(), started_at: machine_now() };
    let t = Locale::new(lang);
    // The sample is Chinese whatever the language of whoever looks at it.
    let name = "德清县残疾人专门协会联合秘书处（演示）".to_owned();
    let meta = OfficeMeta { name, created_at: EPOCH.to_owned(), demo: Some(clock) };
    let made = make(file, &meta, lang, DEMO_OPERATOR, |office| {
        office.store.write(&office.stamp(), |tx| {
            let cx = Cx { db: tx.conn(), ..office.cx() };
            demo::load_sample(&cx, tx)?;
            if scale > 0 {
                demo::generate(&cx, tx, scale, &mut |done| progress(done, scale.saturating_mul(2)))?;
            }
            Ok(())
        })
    });
    made.map_err(|refusal| Problem::of(&refusal, &t))
}

fn machine_now() -> String {
    Local::now().format(MOMENT).to_string()
}

/// Fills a new office beside the place where it will stand, and then gives it its name.
fn make(
    file: &Path,
    meta: &OfficeMeta,
    lang: Lang,
    who: &str,
    fill: impl FnOnce(&Office) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    if file.symlink_metadata().is_ok() {
        let path = file.to_path_buf();
        let there = if file.is_dir() { StoreError::Directory { path } } else { StoreError::Exists { path } };
        return Err(there.into());
    }
    let unfinished = suffixed(file, &format!(".making-{}", std::process::id()));
    let filled = (|| {
        let store = Store::create(&unfinished, meta)?;
        // The office's own moment of making: the sample's, or the machine's, standing still meanwhile.
        let now = NaiveDateTime::parse_from_str(&meta.created_at, MOMENT).ok();
        let mut desk = desk(store, lang, now, "batch")?;
        desk.act_as(who);
        desk.office().store.hurry()?;
        fill(desk.office())?;
        desk.office().store.settle()?;
        drop(desk);
        std::fs::hard_link(&unfinished, file).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => StoreError::Exists { path: file.to_path_buf() },
            _ => StoreError::from(error),
        })?;
        Ok(())
    })();
    for suffix in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(suffixed(&unfinished, suffix)));
    }
    filled
}

fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Where the office is when nobody says.
///
/// # Errors
/// When the system names no home directory.
pub fn default_file(demo: bool, lang: Lang) -> Result<PathBuf, Problem> {
    let dirs = directories::ProjectDirs::from("", "", "lianban");
    let none = || Refusal::usage("batch-no-home").of(Kind::File);
    let dirs = dirs.ok_or_else(|| Problem::of(&none(), &Locale::new(lang)))?;
    Ok(dirs.data_dir().join(if demo { "demo.db" } else { "office.db" }))
}
