//! A demonstration office of this test's own on the sample's day, its program with and without a terminal, and what stands
//! in the file when everybody has gone.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use portable_pty::CommandBuilder;
use rusqlite::{Connection, OpenFlags};

use super::line::Line;

/// The sample's moment.
const NOW: &str = "2026-03-04T09:30";

pub(crate) struct Office {
    folder: tempfile::TempDir,
}

/// So many rounds, unless this variable says otherwise.
pub(crate) fn rounds(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

impl Office {
    pub(crate) fn new() -> Self {
        Self::within(&std::env::temp_dir())
    }

    /// An office on another file system.
    pub(crate) fn within(place: &Path) -> Self {
        static MADE: OnceLock<tempfile::TempDir> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let office = Self { folder };
            let done = office.command(&["demo", "--no-open"]).output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            office.folder
        });
        let folder = tempfile::tempdir_in(place).unwrap();
        std::fs::copy(made.path().join("office.db"), folder.path().join("office.db")).unwrap();
        Self { folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("office.db")
    }

    /// The program without a terminal.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lianban"));
        command.args(args).env_clear().env("HOME", self.folder()).env("LIANBAN_FILE", self.file());
        command.env("LIANBAN_NOW", NOW).env("LANG", "zh_CN.UTF-8").stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Its output, if it went well.
    pub(crate) fn said(&self, args: &[&str]) -> String {
        let done = self.run(args);
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{args:?}: {said} {}", String::from_utf8_lossy(&done.stderr));
        said
    }

    /// The program at a terminal.
    pub(crate) fn desk(&self, face: &str) -> Line {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lianban"));
        command.env_clear();
        command.args(["--face", face]);
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "zh_CN.UTF-8"), ("LIANBAN_NOW", NOW)] {
            command.env(name, value);
        }
        command.env("HOME", self.folder());
        command.env("LIANBAN_FILE", self.file());
        Line::open(command)
    }

    /// Texts the file has for this question.
    pub(crate) fn texts(&self, sql: &str) -> Vec<String> {
        texts(&self.file(), sql)
    }

    /// Nothing is damaged, and the audit's chain holds.
    pub(crate) fn is_whole(&self) -> bool {
        self.run(&["check"]).status.success()
    }
}

/// Texts a file has for this question.
pub(crate) fn texts(file: &Path, sql: &str) -> Vec<String> {
    let conn = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut read = conn.prepare(sql).unwrap();
    let rows = read.query_map([], |row| row.get::<_, String>(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}
