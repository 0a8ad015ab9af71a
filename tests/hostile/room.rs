//! A demonstration office in a folder of its own, and the program run in little memory and not for long.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Kilobytes a run may take: far more than it needs, far less than a bomb wants.
const MEMORY: u64 = 3_000_000;
/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Room {
    folder: tempfile::TempDir,
}

impl Room {
    pub(crate) fn new() -> Self {
        let room = Self { folder: tempfile::tempdir().unwrap() };
        assert!(room.run(["demo", "--no-open"]).status.success());
        room
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command<I: IntoIterator<Item = A>, A: AsRef<OsStr>>(&self, args: I) -> Command {
        let mut command = Command::new("/bin/sh");
        command.args([
            "-c",
            &format!("ulimit -v {MEMORY}; exec \"$@\""),
            "sh",
            env!("CARGO_BIN_EXE_lianban"),
        ]);
        command.args(args).current_dir(self.folder.path()).env_clear().stdin(Stdio::null());
        command.env("HOME", self.folder.path()).env("LIANBAN_FILE", self.path("office.db"));
        command.env("LIANBAN_NOW", "2026-03-04T09:30");
        command
    }

    /// Runs it to its end; whatever it was given, it ends by itself and says no more than it decided to.
    pub(crate) fn run<I: IntoIterator<Item = A>, A: AsRef<OsStr>>(&self, args: I) -> Output {
        end(&mut self.command(args))
    }

    /// What it printed, and how it ended.
    pub(crate) fn said<I: IntoIterator<Item = A>, A: AsRef<OsStr>>(&self, args: I) -> (String, Option<i32>) {
        let done = self.run(args);
        let said = [done.stdout, done.stderr].concat();
        (String::from_utf8_lossy(&said).into_owned(), done.status.code())
    }
}

/// Runs a command to its end.
pub(crate) fn end(command: &mut Command) -> Output {
    let began = Instant::now();
    let done = command.output().unwrap();
    assert!(began.elapsed() < PATIENCE, "{command:?} took {:?}", began.elapsed());
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    let code = done.status.code();
    assert!(code.is_some_and(|code| code <= 5), "{command:?} ended with {:?}: {said}", done.status);
    assert!(!said.contains("panicked"), "{command:?}: {said}");
    done
}
