//! `operator add/post/pin/list`, and how a PIN is asked for: on the terminal without showing it, or from a file.

use std::io::{self, BufRead, IsTerminal, Write};

use lianban::office::{Problem, Scripts};
use rustix::termios::{self, LocalModes, OptionalActions};
use serde_json::json;

use super::args::OperatorCommand;
use super::out::{Ending, Failure, Form, Out};
use super::setting::{Setting, pin_file};
use super::{acting, reading};

/// `operator WHAT`.
pub(crate) fn operator(setting: &Setting, what: OperatorCommand, out: &mut Out) -> Ending {
    let (name, id) = match what {
        OperatorCommand::List { csv } => {
            let table = reading::enter(setting)?.operators()?;
            out.table(&table, Form::of(setting.json, csv))?;
            return Ok(0);
        }
        OperatorCommand::Add { name, posts } => {
            acting::enter(setting)?.add_operator(&name, &posts)?;
            (name, "operator-added")
        }
        OperatorCommand::Post { name, post, end } => {
            acting::enter(setting)?.set_post(&name, &post, end)?;
            (name, "operator-post-set")
        }
        OperatorCommand::Remove { name } => {
            acting::enter(setting)?.set_active(&name, false)?;
            (name, "operator-removed")
        }
        OperatorCommand::Readmit { name } => {
            acting::enter(setting)?.set_active(&name, true)?;
            (name, "operator-readmitted")
        }
        OperatorCommand::Pin { name } => {
            let who = setting.who()?;
            // One's own is changed with the old one, before that one lets anybody in.
            if who.pin.is_some() && who.name.trim() == name.trim() && !name.trim().is_empty() {
                let pin = new_pin(setting, "LIANBAN_NEW_PIN_FILE")?;
                Scripts::renew_pin(&setting.opening(setting.file()?, "batch"), &who, &pin)?;
            } else {
                let scripts = acting::enter(setting)?;
                let pin = new_pin(setting, "LIANBAN_NEW_PIN_FILE")?;
                scripts.set_pin(&name, &pin)?;
            }
            (name, "operator-pin-set")
        }
    };
    if setting.json {
        out.value(&json!({"done": id, "name": name}))?;
    } else {
        out.line(&setting.locale().with(id, &[("name", name)]))?;
    }
    Ok(0)
}

/// A new PIN: from the file that an environment variable names, else typed twice on the terminal.
pub(crate) fn new_pin(setting: &Setting, variable: &str) -> Result<String, Failure> {
    if let Some(pin) = pin_file(variable, setting)? {
        return Ok(pin);
    }
    let t = setting.locale();
    let refuse = |id: &str| {
        let args = [("variable", variable.to_owned())];
        Failure::Problem(Problem {
            code: id.to_owned(),
            field: "pin".into(),
            message: t.with(id, &args),
            hint: t.find(&format!("{id}.hint"), &args).unwrap_or_default(),
            exit: 2,
        })
    };
    if !io::stdin().is_terminal() {
        return Err(refuse("pin-no-terminal"));
    }
    let first = ask(&t.say("pin-first"))?;
    let second = ask(&t.say("pin-second"))?;
    if first == second { Ok(first) } else { Err(refuse("pin-differs")) }
}

/// One line from the terminal, not shown while it is typed.
fn ask(prompt: &str) -> io::Result<String> {
    let mut stderr = io::stderr();
    write!(stderr, "{prompt} ")?;
    stderr.flush()?;
    let before = termios::tcgetattr(io::stdin())?;
    let mut silent = before.clone();
    silent.local_modes.remove(LocalModes::ECHO);
    termios::tcsetattr(io::stdin(), OptionalActions::Flush, &silent)?;
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    termios::tcsetattr(io::stdin(), OptionalActions::Now, &before)?;
    writeln!(stderr)?;
    read?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
