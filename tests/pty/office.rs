//! A demonstration office for each test: made once, copied, on the sample's day with its clock standing still.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The sample's moment.
pub(crate) const NOW: &str = "2026-03-04T09:30";

/// A folder with an office in it.
pub(crate) struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    pub(crate) fn new() -> Self {
        static MADE: OnceLock<tempfile::TempDir> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("office.db");
            let done = run(&file, folder.path(), &["demo", "--no-open"]);
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            folder
        });
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(made.path().join("office.db"), folder.path().join("office.db")).unwrap();
        Self { folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("office.db")
    }

    /// The batch command on this office.
    pub(crate) fn batch(&self, args: &[&str]) -> String {
        let done = run(&self.file(), self.folder(), args);
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{args:?}: {said} {}", String::from_utf8_lossy(&done.stderr));
        said
    }
}

fn run(file: &Path, home: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lianban"));
    command.args(args).env_clear().env("HOME", home).env("LIANBAN_FILE", file).env("LIANBAN_NOW", NOW);
    command.env("LANG", "zh_CN.UTF-8").output().unwrap()
}
