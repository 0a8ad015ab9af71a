//! `keys`: every action with its keys, and what is wrong with a keymap. Opens no office.

use std::path::PathBuf;

use lianban::desk::Locale;
use lianban::office::Problem;
use serde_json::json;

use crate::faces::keys::{Keymap, check, table};

use super::out::{Ending, Failure, Form, Out};
use super::setting::Setting;

/// The keymap of this name (empty: the person's own, or the default), or what is wrong in its file.
pub(crate) fn load(setting: &Setting, name: &str) -> Result<Keymap, Failure> {
    Keymap::load(name, config_dir().as_deref()).map_err(|error| {
        let t = setting.locale();
        let (id, args) = error.message();
        let hint = t.find(&format!("{id}.hint"), &args).unwrap_or_default();
        let problem =
            Problem { code: id.into(), field: "keymap".into(), message: t.with(id, &args), hint, exit: 1 };
        Failure::Problem(problem)
    })
}

/// The person's folder.
pub(crate) fn config_dir() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "lianban").map(|dirs| dirs.config_dir().to_path_buf())
}

/// `keys`, `keys --check`.
pub(crate) fn keys(setting: &Setting, name: Option<&str>, only_check: bool, out: &mut Out) -> Ending {
    let keymap = load(setting, name.unwrap_or_default())?;
    let t = setting.locale();
    if only_check {
        return say_problems(setting, &keymap, &t, out);
    }
    let mut lines = lianban::office::Table {
        names: ["context", "action", "label", "keys"].map(str::to_owned).to_vec(),
        columns: ["context", "action", "label", "keys"].map(|n| t.say(&format!("keys-column-{n}"))).to_vec(),
        ..lianban::office::Table::default()
    };
    for line in table(&keymap) {
        let label = label(&line.action, &t);
        lines.rows.push(vec![line.section, line.action, label, line.keys.join(" ")]);
    }
    out.table(&lines, Form::of(setting.json, false))?;
    Ok(0)
}

fn label(action: &str, t: &Locale) -> String {
    let of_subject = action.split_once('.').and_then(|(subject, action)| match subject {
        "pages" => t.find(&format!("subject-{action}"), &[]),
        _ => t.find(&format!("{subject}-do-{action}"), &[]),
    });
    let of_desk = || t.find(&format!("command-{action}"), &[]);
    of_subject.or_else(of_desk).unwrap_or_default()
}

fn say_problems(setting: &Setting, keymap: &Keymap, t: &Locale, out: &mut Out) -> Ending {
    let problems = check(keymap, &lianban::office::action_names());
    for problem in &problems {
        let (id, args) = problem.message();
        let text = t.with(id, &args);
        if setting.json {
            out.value(&json!({"problem": id, "message": text}))?;
        } else {
            out.line(&text)?;
        }
    }
    if problems.is_empty() && !setting.json {
        out.line(&t.with("keys-whole", &[("name", keymap.name.clone())]))?;
    }
    Ok(u8::from(!problems.is_empty()))
}
