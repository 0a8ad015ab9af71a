//! The desk over SSH: what the host's sshd must be told, and whose key a line came in with. Writes nothing anywhere and
//! starts nothing; an administrator puts the text where it belongs.

use std::path::{Path, PathBuf};

use crate::desk::Locale;
use crate::desk::refusal::Refusal;
use crate::values::lang::Lang;
use crate::values::text::strip_controls as visible;

use super::Problem;

/// What a comment begins with that names a place where several people sign in, not a person.
const PLACE: char = '@';

/// Kinds of public keys that sshd still takes.
const KINDS: [&str; 7] = [
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
];

/// What is to be set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// The account of the host that owns the office's file and nothing else.
    pub account: String,
    /// The program, by its whole path.
    pub program: PathBuf,
    /// The office's file, by its whole path.
    pub file: PathBuf,
    /// Where the keys will stand, by the whole path.
    pub keys: PathBuf,
    /// The text of each public key, and whose it is: an operator, or `@` and a place.
    pub owners: Vec<(String, String)>,
}

/// What an administrator is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteText {
    /// What to do, step by step, with the two texts below in it.
    pub guide: String,
    /// The block for sshd's configuration.
    pub sshd: String,
    /// The lines of the keys' file.
    pub keys: String,
}

/// Who a key belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyOwner {
    /// An operator: nobody else signs in over this line.
    Person(String),
    /// A place: whoever has a PIN signs in there.
    Place(String),
}

/// The texts for a host.
///
/// # Errors
/// When a path or name cannot stand in them, or a key is none.
pub fn remote_setup(remote: &Remote, lang: Lang) -> Result<RemoteText, Problem> {
    let t = Locale::new(lang);
    texts(remote, &t).map_err(|refusal| Problem::of(&refusal, &t))
}

fn texts(remote: &Remote, t: &Locale) -> Result<RemoteText, Refusal> {
    let account = account(&remote.account)?;
    let (program, file, keys) = (path(&remote.program)?, path(&remote.file)?, path(&remote.keys)?);
    let lines = remote.owners.iter().map(|(key, owner)| line(key, owner)).collect::<Result<Vec<_>, _>>()?;
    let keys_text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    // Every line of what the account may do is said here, whatever the rest of the configuration says before it.
    let sshd = format!(
        "Match User {account}\n\
         \x20   AuthenticationMethods publickey\n\
         \x20   PubkeyAuthentication yes\n\
         \x20   PasswordAuthentication no\n\
         \x20   KbdInteractiveAuthentication no\n\
         \x20   AuthorizedKeysFile {keys}\n\
         \x20   AuthorizedKeysCommand none\n\
         \x20   ExposeAuthInfo yes\n\
         \x20   ForceCommand {program} --file {file} ssh-session --keys {keys}\n\
         \x20   PermitTTY yes\n\
         \x20   DisableForwarding yes\n\
         \x20   AllowTcpForwarding no\n\
         \x20   AllowStreamLocalForwarding no\n\
         \x20   AllowAgentForwarding no\n\
         \x20   X11Forwarding no\n\
         \x20   PermitTunnel no\n\
         \x20   GatewayPorts no\n\
         \x20   PermitUserRC no\n\
         \x20   AcceptEnv LANG LC_ALL NO_COLOR ACCESSIBLE\n\
         \x20   MaxSessions 1\n\
         \x20   ClientAliveInterval 15\n\
         \x20   ClientAliveCountMax 4\n\
         Match all\n"
    );
    let directory = remote.file.parent().unwrap_or(Path::new("/")).display().to_string();
    let keys_directory = remote.keys.parent().unwrap_or(Path::new("/")).display().to_string();
    let args = [
        ("account", account),
        ("directory", directory),
        ("keysDirectory", keys_directory),
        ("keys", keys),
        ("file", file),
    ];
    let step = |id: &str| comment(&t.with(id, &args));
    let empty = if lines.is_empty() { step("ssh-no-keys") } else { String::new() };
    let guide = [
        step("ssh-intro"),
        step("ssh-account"),
        step("ssh-sshd"),
        sshd.clone(),
        step("ssh-keys"),
        keys_text.clone(),
        empty,
        step("ssh-then"),
    ];
    let guide = guide.iter().filter(|text| !text.is_empty()).map(String::as_str).collect::<Vec<_>>();
    Ok(RemoteText { guide: guide.join("\n"), sshd, keys: keys_text })
}

fn comment(text: &str) -> String {
    text.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect()
}

/// A name of an account as systems allow them.
fn account(name: &str) -> Result<String, Refusal> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    let whole = !name.is_empty() && name.len() <= 32 && name.chars().all(plain) && !name.starts_with('-');
    if whole {
        Ok(name.to_owned())
    } else {
        Err(Refusal::usage("ssh-account").field("account").with("text", name))
    }
}

/// A path that means the same to sshd and to the shell that it starts the program with, without any quoting.
fn path(path: &Path) -> Result<String, Refusal> {
    let plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    let text = path.to_string_lossy();
    if path.is_absolute() && text.chars().all(plain) {
        return Ok(text.into_owned());
    }
    Err(Refusal::usage("ssh-path").field("path").with("text", visible(&text)))
}

/// A line of the keys' file: nothing but a terminal, the key, its owner.
fn line(key: &str, owner: &str) -> Result<String, Refusal> {
    let refuse = |code| Err(Refusal::usage(code).field("key").with("owner", visible(owner)));
    if key.contains("PRIVATE KEY") {
        return refuse("ssh-private-key");
    }
    let mut lines = key.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with('#'));
    let (Some(only), None) = (lines.next(), lines.next()) else { return refuse("ssh-key") };
    let mut words = only.split_whitespace();
    let (Some(kind), Some(data)) = (words.next(), words.next()) else { return refuse("ssh-key") };
    let base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    if !KINDS.contains(&kind) || data.len() < 40 || !data.chars().all(base64) {
        return refuse("ssh-key");
    }
    let owner = owner.trim();
    if owner.trim_start_matches(PLACE).trim().is_empty() || owner.contains(char::is_control) {
        return refuse("ssh-owner");
    }
    Ok(format!("restrict,pty {kind} {data} {owner}"))
}

/// Whose key a line came in with: `keys` is the text of the keys' file, `proof` what sshd wrote of how the line was let
/// in (`SSH_USER_AUTH`).
#[must_use]
pub fn key_owner(keys: &str, proof: &str) -> Option<KeyOwner> {
    let mut shown = proof.lines().filter_map(|line| line.strip_prefix("publickey "));
    let shown: Vec<&str> = shown.next()?.split_whitespace().take(2).collect();
    let [kind, data] = shown.as_slice() else { return None };
    let owner = keys.lines().filter(|line| !line.trim_start().starts_with('#')).find_map(|line| {
        let mut rest = line.split_whitespace().skip_while(|word| word != kind);
        let this = rest.next().is_some() && rest.next() == Some(data);
        this.then(|| rest.collect::<Vec<_>>().join(" "))
    })?;
    match owner.strip_prefix(PLACE) {
        _ if owner.is_empty() => None,
        Some(place) => Some(KeyOwner::Place(place.trim().to_owned())),
        None => Some(KeyOwner::Person(owner)),
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyOwner, Remote, key_owner, remote_setup};
    use crate::values::lang::Lang;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGmSjVQ8Y2yRr0Q3O6b5n0b6T6vKq2iS0yLQ me@there\n";

    fn remote() -> Remote {
        Remote {
            account: "lianban".into(),
            program: "/usr/local/bin/lianban".into(),
            file: "/var/lib/lianban/office.db".into(),
            keys: "/etc/lianban/keys".into(),
            owners: vec![(KEY.into(), "沈示安".into())],
        }
    }

    #[test]
    fn a_line_knows_its_owner_by_the_key_alone() {
        let said = remote_setup(&remote(), Lang::Zh).unwrap();
        assert!(said.keys.starts_with("restrict,pty ssh-ed25519 ") && said.keys.ends_with(" 沈示安\n"));
        assert!(said.guide.contains(&said.sshd) && said.guide.contains(&said.keys));
        let proof = format!("publickey {}", KEY.rsplit_once(' ').unwrap().0);
        assert_eq!(key_owner(&said.keys, &proof), Some(KeyOwner::Person("沈示安".into())));
        assert_eq!(key_owner(&said.keys, "password\n"), None);
        assert_eq!(key_owner(&said.keys, "publickey ssh-ed25519 AAAA"), None);
        assert_eq!(key_owner("", &proof), None);
        assert_eq!(key_owner(&format!("# {}", said.keys), &proof), None);
        let place = said.keys.replace("沈示安", "@ 窗口 1");
        assert_eq!(key_owner(&place, &proof), Some(KeyOwner::Place("窗口 1".into())));
    }

    #[test]
    fn what_would_mean_something_else_to_the_shell_is_refused() {
        let with = |change: &dyn Fn(&mut Remote)| {
            let mut remote = remote();
            change(&mut remote);
            remote_setup(&remote, Lang::En).map_err(|problem| problem.code)
        };
        assert_eq!(with(&|r| r.file = "/tmp/a b.db".into()).unwrap_err(), "ssh-path");
        assert_eq!(with(&|r| r.file = "/tmp/$(id).db".into()).unwrap_err(), "ssh-path");
        assert_eq!(with(&|r| r.program = "lianban".into()).unwrap_err(), "ssh-path");
        assert_eq!(with(&|r| r.account = "a\nMatch all".into()).unwrap_err(), "ssh-account");
        assert_eq!(with(&|r| r.owners[0].1 = "a\nssh-rsa x".into()).unwrap_err(), "ssh-owner");
        assert_eq!(with(&|r| r.owners[0].1 = "@".into()).unwrap_err(), "ssh-owner");
        assert_eq!(with(&|r| r.owners[0].0 = "hello".into()).unwrap_err(), "ssh-key");
        assert_eq!(with(&|r| r.owners[0].0 = format!("{KEY}{KEY}")).unwrap_err(), "ssh-key");
        let private = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n";
        assert_eq!(with(&|r| r.owners[0].0 = private.into()).unwrap_err(), "ssh-private-key");
    }
}
