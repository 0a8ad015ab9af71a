//! `backup`, `restore`, `check`, `audit`: the file itself.

use std::path::Path;

use lianban::office;
use serde_json::json;

use super::out::{Ending, Form, Out};
use super::reading;
use super::setting::{Setting, pin_file, usage};

/// Exit code for a file that does not hold.
const BROKEN: u8 = 4;

/// `backup`: a copy taken while others go on working.
pub(crate) fn backup(setting: &Setting, output: Option<&Path>, out: &mut Out) -> Ending {
    let scripts = reading::to_copy(setting)?;
    let path = scripts.backup(output)?.display().to_string();
    if setting.json {
        out.value(&json!({"path": path}))?;
    } else {
        out.line(&scripts.locale().with("backup-done", &[("path", path)]))?;
    }
    Ok(0)
}

/// `backup --sealed -o FILE.zip`: a copy to carry out of the house. The passphrase comes from the file that
/// LIANBAN_SEAL_FILE names, or is drawn and said once.
pub(crate) fn seal(setting: &Setting, output: Option<&Path>, out: &mut Out) -> Ending {
    let t = setting.locale();
    let path = output.ok_or_else(|| usage(&t, "output", "seal-no-path", ""))?;
    let given = pin_file("LIANBAN_SEAL_FILE", setting)?;
    let scripts = reading::to_copy(setting)?;
    let passphrase = scripts.seal(path, given.as_deref())?;
    let path = path.display().to_string();
    let drawn = given.is_none().then_some(passphrase);
    if setting.json {
        out.value(&json!({"path": path, "passphrase": drawn}))?;
        return Ok(0);
    }
    out.line(&t.with("seal-done", &[("path", path)]))?;
    if let Some(passphrase) = drawn {
        out.line(&t.with("seal-passphrase", &[("passphrase", passphrase)]))?;
        out.line(&t.say("seal-keep"))?;
    }
    Ok(0)
}

/// `restore FILE`: the present file is kept aside.
pub(crate) fn restore(setting: &Setting, from: &Path, out: &mut Out) -> Ending {
    let file = setting.file()?;
    let kept = office::restore(&setting.opening(file.clone(), "batch"), &setting.who()?, from)?;
    let (file, kept) = (file.display().to_string(), kept.map(|path| path.display().to_string()));
    if setting.json {
        out.value(&json!({"path": file, "kept": kept}))?;
        return Ok(0);
    }
    let t = setting.locale();
    out.line(&t.with("restore-done", &[("path", file)]))?;
    if let Some(kept) = kept {
        out.line(&t.with("restore-kept", &[("path", kept)]))?;
    }
    Ok(0)
}

/// `check`: nobody needs to sign in to learn whether the file holds.
pub(crate) fn check(setting: &Setting, out: &mut Out) -> Ending {
    let health = office::check(&setting.file()?, setting.lang())?;
    let rows = health.audit_rows;
    if setting.json {
        out.value(&json!({"whole": health.whole, "findings": health.findings, "audit_rows": rows}))?;
    } else {
        for finding in &health.findings {
            out.line(finding)?;
        }
        let id = if health.whole { "check-whole" } else { "check-broken" };
        let t = setting.locale();
        out.line(&t.with(id, &[("rows", rows.to_string())]))?;
        if let Some(hint) = t.find(&format!("{id}.hint"), &[]) {
            out.line(&hint)?;
        }
    }
    Ok(if health.whole { 0 } else { BROKEN })
}

/// `audit`, `audit REF`, `audit verify`.
pub(crate) fn audit(setting: &Setting, what: Option<&str>, limit: u32, csv: bool, out: &mut Out) -> Ending {
    let scripts = reading::enter(setting)?;
    if what != Some("verify") {
        out.table(&scripts.audit(what, limit)?, Form::of(setting.json, csv))?;
        return Ok(0);
    }
    let rows = scripts.verify_audit()?;
    if setting.json {
        out.value(&json!({"whole": true, "audit_rows": rows}))?;
    } else {
        out.line(&scripts.locale().with("audit-whole", &[("rows", rows.to_string())]))?;
    }
    Ok(0)
}
