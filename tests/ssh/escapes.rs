//! Out of the desk there is no way: no shell, no files, no forwarding, no other program's settings, nothing that a
//! pasted or stored escape sequence could do to a terminal.

use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::time::Duration;

use super::host::{Host, no_sshd};

/// What no attempt may ever show.
const SPOILS: [&str; 4] = ["uid=", "root:x:", "SQLite format", "sftp>"];

#[test]
fn there_is_no_shell_no_files_no_forwarding() {
    if no_sshd() {
        return;
    }
    let host = Host::new();
    let there = Host::destination();
    let office = host.file().display().to_string();
    let ssh = |more: &[&str]| {
        let mut words = host.options("an");
        words.extend(more.iter().map(|word| (*word).to_owned()));
        ("ssh", words)
    };
    let copy = |program: &'static str, more: &[&str]| {
        let mut words = host.options("an");
        words.extend(more.iter().map(|word| (*word).to_owned()));
        (program, words)
    };
    std::fs::write(host.folder().join("batch"), format!("get {office}\nls /\n")).unwrap();
    let batch = host.folder().join("batch").display().to_string();
    let target = host.folder().join("stolen").display().to_string();
    let tries = [
        ssh(&[&there]),
        ssh(&[&there, "id"]),
        ssh(&[&there, "sh", "-c", "id"]),
        ssh(&[&there, "lines; id"]),
        ssh(&[&there, "lines", "$(id)"]),
        ssh(&[&there, &format!("cat {office}")]),
        ssh(&["-tt", &there, "/bin/sh"]),
        ssh(&["-tt", &there, "--file", "/etc/passwd", "list", "people"]),
        ssh(&["-T", &there, "lines"]),
        ssh(&["-s", &there, "sftp"]),
        ssh(&["-W", "127.0.0.1:22", &there]),
        ssh(&["-o", "ExitOnForwardFailure=yes", "-N", "-R", "127.0.0.1:0:127.0.0.1:22", &there]),
        ssh(&["-o", "ExitOnForwardFailure=yes", "-N", "-w", "any", &there]),
        copy("sftp", &["-b", &batch, &there]),
        copy("scp", &[&format!("{there}:{office}"), &target]),
        copy("scp", &["-O", &format!("{there}:{office}"), &target]),
        copy("scp", &[&batch, &format!("{there}:{}/left", host.folder().display())]),
    ];
    for (program, words) in tries {
        let done = host.run(program, &words);
        let said = [done.stdout, done.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(!done.status.success(), "{program} {words:?} went well: {said}");
        assert!(SPOILS.iter().all(|word| !said.contains(word)), "{program} {words:?}: {said}");
    }
    for name in ["stolen", "left"] {
        assert!(!host.folder().join(name).exists(), "{name} was copied");
    }
    assert!(host.desks().is_empty(), "an attempt left a desk open");
}

#[test]
fn the_other_ends_environment_does_not_count() {
    if no_sshd() {
        return;
    }
    let host = Host::new();
    let evil = [
        ("LIANBAN_FILE", "/etc/passwd"),
        ("LIANBAN_NOW", "1999-01-01T00:00"),
        ("LIANBAN_OPERATOR", "曾示平"),
        ("LIANBAN_PIN_FILE", "/etc/hostname"),
        ("LD_PRELOAD", "/tmp/evil.so"),
        ("LD_LIBRARY_PATH", "/tmp"),
        ("LESSOPEN", "|touch /tmp/evil %s"),
        ("PAGER", "sh"),
        ("EDITOR", "sh"),
        ("VISUAL", "sh"),
        ("BASH_ENV", "/tmp/evil.sh"),
        ("ENV", "/tmp/evil.sh"),
        ("SSH_USER_AUTH", "/tmp/evil"),
        ("SSH_CONNECTION", "6.6.6.6 1 6.6.6.6 2"),
        ("XDG_CONFIG_HOME", "/tmp/evil"),
        ("PATH", "/usr/bin:/bin:/tmp/evil"),
    ];
    let names: Vec<String> = evil.iter().map(|(name, _)| format!("SendEnv={name}")).collect();
    let mut options = Vec::new();
    for name in &names {
        options.extend(["-o", name]);
    }
    let locale = [("LANG", "../../../../etc/passwd"), ("LC_ALL", "%n%s$(id)"), ("TERM", "../../../tmp/evil")];
    let mut line = host.dial("an", &options, &["lines"], &[&evil[..], &locale[..]].concat());
    line.wait_at("PIN>");
    assert!(line.shown().contains("沈示安") && !line.shown().contains("1999"), "{}", line.shown());
    let desks = host.desks();
    assert!(!desks.is_empty());
    for desk in desks {
        let around = std::fs::read(format!("/proc/{desk}/environ")).unwrap_or_default();
        let around = String::from_utf8_lossy(&around).into_owned();
        for (name, value) in evil {
            let said = format!("{name}={value}");
            assert!(around.split('\0').all(|pair| pair != said), "{said} came through");
        }
    }
    line.send(&format!("{}\r", super::host::PIN));
    line.wait_signed_in();
}

#[test]
fn the_desk_itself_opens_no_door() {
    if no_sshd() {
        return;
    }
    let host = Host::new();
    let mut an = host.seat("an");
    let tries = [
        "!id",
        ":!sh",
        "; $(id)",
        "import /etc/passwd",
        "export ../../etc/passwd",
        "backup",
        "restore /etc/passwd",
        "report ../../etc/passwd",
        "help ../../../../etc/passwd",
        "#../../etc/passwd",
        "/ | id",
        "shell",
        "edit",
    ];
    for line in tries {
        an.send(&format!("{line}\r"));
        an.settle(Duration::from_millis(150));
        an.send("\u{3}");
        an.settle(Duration::from_millis(100));
    }
    // The keys that leave other programs: stop, suspend, the terminal's own break, another program's escape.
    for keys in ["\u{1a}", "\u{1c}", "\u{13}\u{11}", "\u{16}", "\u{f}"] {
        an.send(keys);
        an.settle(Duration::from_millis(100));
    }
    let written = String::from_utf8_lossy(&an.written).into_owned();
    assert!(SPOILS.iter().all(|word| !written.contains(word)), "{written}");
    assert_eq!(host.desks().len(), 1, "it still runs, alone");
    an.send("\u{3}\r");
    an.wait_at(">");
}

#[test]
fn nothing_pasted_or_stored_commands_a_terminal() {
    if no_sshd() {
        return;
    }
    let host = Host::new();
    let mut an = host.dial("an", &[], &[], &[]);
    an.wait_at("PIN");
    an.send(&format!("{}\r", super::host::PIN));
    an.wait("?按键");
    an.send("n");
    an.wait_at("> 服务对象");
    let paste = "沈示航\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{1b}P+q\u{1b}\\";
    an.send(&format!("\u{1b}[200~{paste}\u{1b}[201~"));
    an.wait("沈示航");
    an.send("\r");
    an.settle(Duration::from_millis(500));
    // The draft stands on the first page of whoever signs in with this name, in the other face too.
    drop(an);
    host.wait_until_empty();
    let mut again = host.seat("an");
    again.send("1\r");
    again.wait("沈示航");
    for evil in ["\u{1b}]", "\u{7}", "\u{9b}", "\u{1b}P", "\u{202e}", "\u{1b}[2J\u{9b}"] {
        let written = String::from_utf8_lossy(&again.written).into_owned();
        assert!(!written.contains(evil), "{evil:?} reached a terminal: {written:?}");
    }
}

#[test]
fn another_account_cannot_read_the_office() {
    if no_sshd() {
        return;
    }
    let host = Host::new();
    let _open = host.seat("an");
    for suffix in ["", "-wal", "-shm"] {
        let path = format!("{}{suffix}", host.file().display());
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{path} is open to others: {mode:o}");
        if rustix::process::getuid().is_root() {
            let read = Command::new("/bin/cat").arg(&path).uid(65_534).gid(65_534).output().unwrap();
            assert!(!read.status.success() && read.stdout.is_empty(), "{path} was read by another account");
        }
    }
}
