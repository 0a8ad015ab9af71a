//! `act` and `do`: one action on one record, or quick lines.

use std::io::{self, BufRead};

use lianban::desk::Locale;
use lianban::office::{Outcome, Scripts, Understood};
use serde_json::json;

use super::out::{Ending, Failure, Out, complain};
use super::setting::{Setting, usage};

/// Signs in for changes.
pub(crate) fn enter(setting: &Setting) -> Result<Scripts, Failure> {
    Ok(Scripts::enter(&setting.opening(setting.file()?, "batch"), &setting.who()?)?)
}

/// `FIELD=VALUE` several times.
pub(crate) fn pairs(setting: &Setting, texts: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let t = setting.locale();
    let pair = |text: &String| {
        let pair = text.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.to_owned()));
        pair.ok_or_else(|| usage(&t, "field", "cli-no-pair", text).into())
    };
    texts.iter().map(pair).collect()
}

/// `act REF ACTION FIELD=VALUE…`
pub(crate) fn act(
    setting: &Setting,
    reference: &str,
    action: &str,
    fields: &[String],
    yes: bool,
    out: &mut Out,
) -> Ending {
    let fields = pairs(setting, fields)?;
    let scripts = enter(setting)?;
    let outcome = scripts.act(reference, action, &fields, yes)?;
    say_done(&outcome, setting.json, out)?;
    Ok(0)
}

fn say_done(outcome: &Outcome, json: bool, out: &mut Out) -> io::Result<()> {
    if json {
        let Outcome { action, reference, text, .. } = outcome;
        return out.value(&json!({"done": action, "ref": reference, "message": text}));
    }
    out.line(&outcome.text)?;
    if outcome.next.is_empty() { Ok(()) } else { out.line(&outcome.next) }
}

/// `do LINE`, or a line at a time from standard input for `-`. A refused line does not keep the others back.
pub(crate) fn quick(setting: &Setting, line: &str, yes: bool, out: &mut Out) -> Ending {
    let scripts = enter(setting)?;
    if line != "-" {
        return one(&scripts, line, yes, setting.json, out);
    }
    let mut worst = 0;
    for line in io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        match one(&scripts, &line, yes, setting.json, out) {
            Ok(code) => worst = worst.max(code),
            Err(Failure::Problem(problem)) => {
                out.done()?;
                complain(&problem, setting.json);
                worst = worst.max(problem.exit);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(worst)
}

fn one(scripts: &Scripts, line: &str, yes: bool, json: bool, out: &mut Out) -> Ending {
    let understood = scripts.quick(line, yes)?;
    if json {
        out.value(&object(&understood))?;
    } else if let Some(done) = &understood.done {
        say_done(done, false, out)?;
    } else {
        say_understood(&understood, scripts.locale(), out)?;
    }
    // A line that could not be written as it stands is no success, even when nothing was to be written yet.
    let whole = understood.missing.is_empty() && understood.unread.is_empty();
    Ok(u8::from(!whole))
}

fn object(understood: &Understood) -> serde_json::Value {
    let Understood { action, fields, findings, missing, unread, done, .. } = understood;
    let named: serde_json::Map<_, _> =
        fields.iter().map(|(name, _, text, _)| (name.clone(), text.clone().into())).collect();
    let said: serde_json::Map<_, _> =
        findings.iter().map(|(label, value)| (label.clone(), value.clone().into())).collect();
    json!({
        "action": action, "fields": named, "findings": said, "missing": missing, "unread": unread,
        "written": done.as_ref().map(|done| done.reference.clone()),
    })
}

fn say_understood(understood: &Understood, t: &Locale, out: &mut Out) -> io::Result<()> {
    out.line(&understood.label)?;
    let echoed = |(_, label, text, echo): &(String, String, String, String)| {
        let value = if echo.is_empty() || echo == text { text.clone() } else { format!("{text}  {echo}") };
        (label.clone(), value)
    };
    let mut pairs: Vec<_> = understood.fields.iter().map(echoed).collect();
    pairs.extend(understood.findings.iter().cloned());
    for (id, words) in [("quick-missing", &understood.missing), ("quick-unread", &understood.unread)] {
        if !words.is_empty() {
            pairs.push((t.say(id), words.join(" ")));
        }
    }
    out.pairs(&pairs)?;
    out.line(&t.say("do-not-written"))
}
