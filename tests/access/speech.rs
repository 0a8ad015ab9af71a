//! A real yasr whose voice is a file: it starts a program as a person's shell would be started, and what it would say is
//! read from that file.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use portable_pty::CommandBuilder;

use super::terminal::Program;

pub(crate) struct Speech {
    voice: PathBuf,
    heard: usize,
    _folder: tempfile::TempDir,
}

fn script(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// A word as the shell reads it back whole.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

impl Speech {
    /// A speech reader for this program, and what is to be started.
    pub(crate) fn of(program: &Program) -> (Self, CommandBuilder) {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (voice, speaker, shell) = (at("voice"), at("speaker"), at("shell"));
        std::fs::write(&voice, "").unwrap();
        script(&speaker, &format!("#!/bin/sh\nexec cat >> {}\n", voice.display()));
        let env: Vec<String> =
            program.env.iter().map(|(name, value)| quoted(&format!("{name}={value}"))).collect();
        let argv: Vec<String> = program.argv.iter().map(|word| quoted(word)).collect();
        // yasr leaves its end of the terminal open in what it starts; with that the program would outlive it.
        script(
            &shell,
            &format!("#!/bin/sh\nexec env -i {} {} 3>&- 4>&- 5>&- 6>&-\n", env.join(" "), argv.join(" ")),
        );
        let usual = std::fs::read_to_string("/etc/yasr/yasr.conf").unwrap();
        let setting = |line: &str| match line.split_once('=').map_or("", |(name, _)| name) {
            "synthesizer" => "synthesizer=emacspeak server".to_owned(),
            "synthesizer port" => format!("synthesizer port=|{}", speaker.display()),
            "shell" => format!("shell={}", shell.display()),
            "key echo" => "key echo=off".to_owned(),
            _ => line.to_owned(),
        };
        let settings: Vec<String> = usual.lines().map(setting).collect();
        std::fs::write(at(".yasr.conf"), settings.join("\n") + "\n").unwrap();
        let mut command = CommandBuilder::new("yasr");
        command.env("HOME", folder.path());
        command.env("LC_ALL", "C.UTF-8");
        command.env("TERM", "linux");
        (Self { voice, heard: 0, _folder: folder }, command)
    }

    /// What was said since the last time.
    fn more(&mut self) -> Vec<String> {
        let bytes = std::fs::read(&self.voice).unwrap();
        let new = bytes.get(self.heard..).unwrap_or_default();
        // A line that is still being written is heard the next time.
        let whole = new.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let new = String::from_utf8_lossy(new.get(..whole).unwrap_or_default()).into_owned();
        self.heard += whole;
        // Of the speech server's commands these speak; the others set the voice.
        let spoken = |line: &str| {
            let text = ["q ", "tts_say ", "l ", "c "].iter().find_map(|word| line.strip_prefix(word))?;
            let text = text.trim().trim_start_matches('{').trim_end_matches('}').trim();
            // Its name on starting is yasr's own.
            (!text.is_empty() && !text.starts_with('[') && !text.contains("yasr")).then(|| text.to_owned())
        };
        new.lines().filter_map(spoken).collect()
    }

    /// What is said until nothing was for `still`.
    pub(crate) fn until_silent(&mut self, still: Duration) -> Vec<String> {
        let mut said = self.more();
        loop {
            std::thread::sleep(still);
            let more = self.more();
            if more.is_empty() {
                return said;
            }
            said.extend(more);
        }
    }
}
