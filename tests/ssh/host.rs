//! A host with an office that has PINs, a real sshd on loopback told what `ssh-setup` says, and keys to come in with.
//! The rest of sshd's configuration is as careless as it gets: only the block protects the office.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use super::line::Line;

const SSHD: &str = "/usr/sbin/sshd";
/// Everybody's PIN here.
pub(crate) const PIN: &str = "2468";
/// The secretary, the clerk at the window; and for a crowd the deputy, somebody of the services, the cashier.
pub(crate) const PEOPLE: [&str; 5] = ["沈示安", "曾示平", "姚拟宁", "区示真", "解样和"];
/// The key of each of them.
const KEYS: [&str; 5] = ["an", "xin", "ning", "zhen", "he"];

pub(crate) struct Host {
    folder: tempfile::TempDir,
    port: u16,
    sshd: Child,
}

/// Whether a real sshd is here. Where the checks run it must be.
pub(crate) fn no_sshd() -> bool {
    if Path::new(SSHD).exists() {
        return false;
    }
    assert!(std::env::var_os("CI").is_none(), "openssh-server is not installed");
    println!("skipped: openssh-server is not installed");
    true
}

impl Host {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // The folder itself is open, so that the file's own permissions are what is tried.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        for key in KEYS.iter().chain(&["host", "window", "stray", "nobody"]) {
            let made = Command::new("ssh-keygen")
                .args(["-q", "-t", "ed25519", "-N", "", "-C", "me@there", "-f"])
                .arg(folder.path().join(key))
                .status();
            assert!(made.unwrap().success());
        }
        fs::write(folder.path().join("pin"), PIN).unwrap();
        make_office(folder.path());
        let block = setup(folder.path());
        let log = fs::File::create(folder.path().join("sshd.log")).unwrap();
        let careless = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {0}/host\nPidFile none\nUsePAM no\nStrictModes no\n\
             PermitRootLogin yes\nPasswordAuthentication yes\nAcceptEnv *\nPermitUserEnvironment no\n\
             AllowTcpForwarding yes\nX11Forwarding yes\nAllowAgentForwarding yes\nPermitTunnel yes\n\
             Subsystem sftp internal-sftp\nMaxStartups 100\n\n{block}",
            folder.path().display()
        );
        fs::write(folder.path().join("sshd_config"), careless).unwrap();
        if rustix::process::getuid().is_root() {
            fs::create_dir_all("/run/sshd").unwrap();
        }
        let sshd = Command::new(SSHD)
            .args(["-D", "-e", "-f"])
            .arg(folder.path().join("sshd_config"))
            .stderr(log)
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let host = Self { folder, port, sshd };
        host.wait_until_up();
        host
    }

    fn wait_until_up(&self) {
        let end = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let log = fs::read_to_string(self.folder().join("sshd.log")).unwrap_or_default();
            assert!(Instant::now() < end, "sshd does not come up: {log}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder().join("office.db")
    }

    /// The words of an ssh, sftp or scp command up to the destination, with this key.
    pub(crate) fn options(&self, key: &str) -> Vec<String> {
        let mut words = vec!["-F".to_owned(), "none".to_owned(), "-i".to_owned()];
        words.push(self.folder().join(key).display().to_string());
        for option in [
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "IdentitiesOnly=yes",
            "IdentityAgent=none",
            "BatchMode=yes",
            "LogLevel=ERROR",
            &format!("Port={}", self.port),
        ] {
            words.extend(["-o".to_owned(), option.to_owned()]);
        }
        words
    }

    pub(crate) fn destination() -> String {
        format!("{}@127.0.0.1", account())
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Somebody signed in over a line whose options go before all others.
    pub(crate) fn dial_first(&self, key: &str, options: &[&str], command: &[&str]) -> Line {
        let mut line = self.dial(key, options, command, &[]);
        line.wait_for("the PIN", |line| line.at_cursor().contains("PIN"));
        line.send(&format!("{PIN}\r"));
        line
    }

    /// A terminal at a workstation, with this key, these further options and this command.
    pub(crate) fn dial(&self, key: &str, options: &[&str], command: &[&str], env: &[(&str, &str)]) -> Line {
        let mut ssh = CommandBuilder::new("ssh");
        ssh.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "zh_CN.UTF-8"), ("PATH", "/usr/bin:/bin")]
        {
            ssh.env(name, value);
        }
        for (name, value) in env {
            ssh.env(name, value);
        }
        // Of two that say the same the first counts.
        ssh.args(options);
        ssh.args(self.options(key));
        ssh.args(["-tt", "-o", "SendEnv=LANG"]);
        ssh.arg(Self::destination());
        ssh.args(command);
        Line::open(ssh)
    }

    /// Somebody at their desk in the lines face, signed in.
    pub(crate) fn seat(&self, key: &str) -> Line {
        let mut line = self.dial(key, &[], &["lines"], &[]);
        line.wait_at("PIN>");
        line.send(&format!("{PIN}\r"));
        line.wait_signed_in();
        line
    }

    /// A program without a terminal, to its end.
    pub(crate) fn run(&self, program: &str, words: &[String]) -> Output {
        let mut command = Command::new(program);
        command.args(words).stdin(Stdio::null()).env_clear().env("PATH", "/usr/bin:/bin");
        command.env("HOME", self.folder()).output().unwrap()
    }

    /// The program on the host itself, as its administrator uses it.
    pub(crate) fn local(&self, args: &[&str]) -> String {
        let done = local(self.folder(), &[args, &["--as", PEOPLE[0]]].concat());
        String::from_utf8(done.stdout).unwrap()
    }

    /// Waits until no desk is open here.
    pub(crate) fn wait_until_empty(&self) {
        let end = Instant::now() + Duration::from_secs(20);
        while !self.desks().is_empty() {
            assert!(Instant::now() < end, "desks stay behind: {:?}", self.desks());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The processes of this host's desks.
    pub(crate) fn desks(&self) -> Vec<u32> {
        let mark = self.file().display().to_string();
        let all = fs::read_dir("/proc").unwrap().filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            let line = fs::read(format!("/proc/{name}/cmdline")).ok()?;
            let words: Vec<&[u8]> = line.split(|byte| *byte == 0).collect();
            let ours = words.first()?.ends_with(b"lianban") && words.contains(&mark.as_bytes());
            ours.then(|| name.parse().ok()).flatten()
        });
        all.collect()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        drop(self.sshd.kill());
        drop(self.sshd.wait());
    }
}

fn account() -> String {
    let out = Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

fn local(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lianban"));
    command.args(args).env_clear().env("HOME", folder).env("LANG", "zh_CN.UTF-8");
    command.env("LIANBAN_FILE", folder.join("office.db"));
    command.env("LIANBAN_PIN_FILE", folder.join("pin")).env("LIANBAN_NEW_PIN_FILE", folder.join("pin"));
    let done = command.stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    done
}

/// The sample as an ordinary office, in which two people have PINs.
fn make_office(folder: &Path) {
    local(folder, &["demo", "--no-open"]);
    for name in PEOPLE {
        local(folder, &["operator", "pin", name, "--as", name]);
    }
    let file = rusqlite::Connection::open(folder.join("office.db")).unwrap();
    file.execute("UPDATE office SET demo = 0, demo_epoch = NULL, demo_started_at = NULL", []).unwrap();
}

/// Has the program say what sshd must be told, puts the keys down, and gives the block.
fn setup(folder: &Path) -> String {
    let key = |owner: &str, name: &str| format!("{owner}={}", folder.join(format!("{name}.pub")).display());
    let keys = folder.join("keys").display().to_string();
    let account = account();
    let mut owners: Vec<String> = PEOPLE.iter().zip(KEYS).map(|(who, name)| key(who, name)).collect();
    owners.extend([key("@窗口1", "window"), key("查无此人", "nobody")]);
    let mut args = vec!["ssh-setup", "--json", "--account", &account, "--keys", &keys];
    args.extend(["--program", env!("CARGO_BIN_EXE_lianban")]);
    for owner in &owners {
        args.extend(["--key", owner]);
    }
    let said: serde_json::Value = serde_json::from_slice(&local(folder, &args).stdout).unwrap();
    fs::write(&keys, said["authorized_keys"].as_str().unwrap()).unwrap();
    said["sshd_config"].as_str().unwrap().to_owned()
}
