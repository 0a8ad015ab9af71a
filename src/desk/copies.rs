//! The office's own backups, made beside the work and never in its way: asked for after a change, at most one at a time.
//! Knows no page; what went wrong is said by whoever asks next.

use std::path::Path;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use chrono::NaiveDateTime;

use crate::store::automatic;

use super::cleansing;
use super::refusal::Refusal;
use super::subject::Registry;

/// How often it is worth looking whether one is due.
const LOOK: Duration = Duration::from_secs(60);

/// Sees to it that there is a backup of the last hours.
#[derive(Default)]
pub(crate) struct Copies {
    looked: Option<Instant>,
    running: Option<Receiver<Result<(), Refusal>>>,
}

impl Copies {
    /// Something was changed: makes a backup in a thread of its own, if one is due. `now` is the machine's time.
    pub(crate) fn tend(&mut self, file: &Path, registry: Registry, now: NaiveDateTime) {
        let lately = self.looked.is_some_and(|at| at.elapsed() < LOOK);
        if lately || self.running.is_some() {
            return;
        }
        self.looked = Some(Instant::now());
        let (tell, told) = channel();
        let file = file.to_path_buf();
        let started = thread::Builder::new().spawn(move || {
            let made = automatic::make(&file, now).map_err(Refusal::from);
            let made = made.and_then(|made| match made {
                // Once an hour is often enough for what may take days.
                Some(_) => cleansing::cleanse(&file, registry, now).map(drop),
                None => Ok(()),
            });
            // The desk may be closed by now; the backup is made all the same.
            drop(tell.send(made));
        });
        self.running = started.is_ok().then_some(told);
    }

    /// Why the last one failed, once.
    pub(crate) fn failed(&mut self) -> Option<Refusal> {
        let ended = self.running.as_ref()?.try_recv();
        if !matches!(ended, Err(TryRecvError::Empty)) {
            self.running = None;
        }
        ended.ok()?.err()
    }
}
