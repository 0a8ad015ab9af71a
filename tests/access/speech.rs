//! A real yasr whose voice is a file: what it would speak of the lines face.

use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::office::{NOW, Office};

const PATIENCE: Duration = Duration::from_secs(15);
/// After so much silence it has said all it had to.
const STILL: Duration = Duration::from_millis(500);

pub(crate) struct Speech {
    keys: Box<dyn std::io::Write + Send>,
    program: Box<dyn portable_pty::Child + Send + Sync>,
    voice: PathBuf,
    heard: usize,
    _folder: tempfile::TempDir,
}

fn script(path: &std::path::Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

impl Speech {
    pub(crate) fn start(office: &Office) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (voice, speaker, shell) = (at("voice"), at("speaker"), at("shell"));
        std::fs::write(&voice, "").unwrap();
        script(&speaker, &format!("#!/bin/sh\nexec cat >> {}\n", voice.display()));
        let program = env!("CARGO_BIN_EXE_lianban");
        let file = office.file();
        // yasr leaves its end of the terminal open in what it starts; with that the program would outlive it.
        script(
            &shell,
            &format!(
                "#!/bin/sh\nstty iutf8\nHOME={} LANG=zh_CN.UTF-8 LIANBAN_NOW={NOW} exec {program} --file {} --face lines 3>&- 4>&- 5>&- 6>&-\n",
                office.folder().display(),
                file.display()
            ),
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

        let pty = native_pty_system()
            .openpty(PtySize { rows: 25, cols: 80, pixel_width: 0, pixel_height: 0 })
            .unwrap();
        let mut command = CommandBuilder::new("yasr");
        command.env("HOME", folder.path());
        command.env("LC_ALL", "C.UTF-8");
        command.env("TERM", "linux");
        let program = pty.slave.spawn_command(command).unwrap();
        let mut reader = pty.master.try_clone_reader().unwrap();
        // Nobody looks at its screen, but it must not wait for somebody to.
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(1..) = reader.read(&mut buffer) {}
        });
        let keys = pty.master.take_writer().unwrap();
        Self { keys, program, voice, heard: 0, _folder: folder }
    }

    pub(crate) fn write(&mut self, text: &str) {
        self.keys.write_all(text.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// What was said since the last time.
    fn more(&mut self) -> Vec<String> {
        let bytes = std::fs::read(&self.voice).unwrap();
        let new = String::from_utf8_lossy(bytes.get(self.heard..).unwrap_or_default()).into_owned();
        self.heard = bytes.len();
        // Of the speech server's commands these speak; the others set the voice.
        let spoken = |line: &str| {
            let text = ["q ", "tts_say ", "l ", "c "].iter().find_map(|word| line.strip_prefix(word))?;
            let text = text.trim().trim_start_matches('{').trim_end_matches('}').trim();
            // Its name on starting is yasr's own.
            (!text.is_empty() && !text.starts_with('[') && !text.contains("yasr")).then(|| text.to_owned())
        };
        new.lines().filter_map(spoken).collect()
    }

    /// Everything said until this was, and then nothing for a while.
    pub(crate) fn until(&mut self, words: &str) -> Vec<String> {
        let end = Instant::now() + PATIENCE;
        let mut said = Vec::new();
        let mut last = Instant::now();
        loop {
            let more = self.more();
            if !more.is_empty() {
                last = Instant::now();
            }
            said.extend(more);
            if said.iter().any(|line: &String| line.contains(words)) && last.elapsed() > STILL {
                return said;
            }
            assert!(Instant::now() < end, "waiting to hear {words:?}: {said:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// What is said while nobody does anything.
    pub(crate) fn silent(&mut self, time: Duration) -> Vec<String> {
        std::thread::sleep(time);
        self.more()
    }
}

impl Drop for Speech {
    fn drop(&mut self) {
        drop(self.program.kill());
        drop(self.program.wait());
    }
}
