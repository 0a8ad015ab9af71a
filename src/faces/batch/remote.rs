//! `ssh-setup` and `ssh-session`: what an administrator tells sshd, and what sshd then starts. A line from afar opens the
//! desk and nothing else: no command, no file, no name but the key's owner's comes from the other end.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use lianban::desk::Locale;
use lianban::office::{self, Problem, Remote};
use serde_json::json;

use super::args::FaceName;
use super::opening;
use super::out::{Ending, Failure, Out};
use super::setting::{Setting, env, usage};

/// `ssh-setup`: prints what to put where, and changes nothing.
pub(crate) fn setup(
    setting: &Setting,
    account: &str,
    program: &Path,
    keys: &Path,
    owners: &[String],
    out: &mut Out,
) -> Ending {
    let t = setting.locale();
    let read = |said: &String| {
        let (owner, path) = said.split_once('=').ok_or_else(|| usage(&t, "key", "ssh-no-pair", said))?;
        let text = std::fs::read_to_string(path).map_err(|error| {
            let args = [("path", path.to_owned()), ("detail", error.to_string())];
            problem(&t, "ssh-key-file", &args, 1)
        })?;
        Ok::<_, Problem>((text, owner.to_owned()))
    };
    let owners = owners.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let remote = Remote {
        account: account.to_owned(),
        program: program.to_path_buf(),
        file: setting.named_file().unwrap_or_else(|| "/var/lib/lianban/office.db".into()),
        keys: keys.to_path_buf(),
        owners,
    };
    let said = office::remote_setup(&remote, setting.lang())?;
    if setting.json {
        out.value(&json!({"sshd_config": said.sshd, "authorized_keys": said.keys}))?;
    } else {
        out.text(&said.guide)?;
    }
    Ok(0)
}

/// `ssh-session`: the desk for whoever the key belongs to. The person still signs in.
pub(crate) fn session(setting: &Setting, keys: &Path) -> Ending {
    let t = setting.locale();
    let refuse = |id: &str| Failure::Problem(problem(&t, id, &[], 3));
    let Some(file) = setting.named_file() else { return Err(refuse("ssh-no-file")) };
    let face = match env("SSH_ORIGINAL_COMMAND").as_deref().map(str::trim) {
        None => None,
        Some("lines") => Some(FaceName::Lines),
        Some("screen") => Some(FaceName::Screen),
        Some(_) => return Err(refuse("ssh-no-command")),
    };
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(refuse("ssh-no-terminal"));
    }
    let proof = env("SSH_USER_AUTH").and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    let kept = std::fs::read_to_string(keys).unwrap_or_default();
    match office::key_owner(&kept, &proof) {
        Some(owner) => opening::far(setting, file, face, &owner),
        None => Err(refuse("ssh-no-owner")),
    }
}

fn problem(t: &Locale, id: &str, args: &[(&'static str, String)], exit: u8) -> Problem {
    Problem {
        code: id.to_owned(),
        field: String::new(),
        message: t.with(id, args),
        hint: t.find(&format!("{id}.hint"), args).unwrap_or_default(),
        exit,
    }
}
