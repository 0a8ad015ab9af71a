//! `demo` and `init`: making an office.

use std::io::{self, IsTerminal, Write};

use lianban::desk::Locale;
use lianban::office;
use serde_json::json;

use super::args::FaceName;
use super::opening;
use super::operators::new_pin;
use super::out::{Ending, Out, aside};
use super::setting::Setting;

/// `demo`: makes the demonstration office where there is none, and opens it.
pub(crate) fn demo(
    setting: &Setting,
    scale: usize,
    no_open: bool,
    face: Option<FaceName>,
    out: &mut Out,
) -> Ending {
    let file = setting.demo_file()?;
    let t = setting.locale();
    let path = file.display().to_string();
    let there = file.exists();
    if there && scale > 0 {
        // Nobody wants a million records among those they have been working on.
        return Err(super::setting::usage(&t, "scale", "demo-scale-there", &path).into());
    }
    if !there {
        let mut meter = Meter::new(&t, "demo-progress");
        office::demo(&file, scale, setting.lang(), &mut |done, all| meter.at(done, all))?;
        meter.end();
    }
    let said = t.with(if there { "demo-there" } else { "demo-made" }, &[("path", path.clone())]);
    if !no_open {
        aside(&said);
        return opening::open(setting, file, face);
    }
    if setting.json {
        out.value(&json!({"path": path, "made": !there}))?;
    } else {
        out.line(&said)?;
    }
    Ok(0)
}

/// `init`: an empty office and its first operator.
pub(crate) fn init(setting: &Setting, name: &str, operator: &str, out: &mut Out) -> Ending {
    let file = match setting.named_file() {
        Some(file) => file,
        None => office::default_file(false, setting.lang())?,
    };
    let pin = new_pin(setting, "LIANBAN_PIN_FILE")?;
    office::init(&file, (name, operator, &pin), setting.clock(), setting.lang())?;
    let path = file.display().to_string();
    if setting.json {
        out.value(&json!({"path": path, "made": true}))?;
    } else {
        let t = setting.locale();
        out.line(&t.with("init-made", &[("path", path), ("name", operator.to_owned())]))?;
    }
    Ok(0)
}

/// A line on standard error that says how far something long is: over and over on a terminal, else each twentieth part.
pub(crate) struct Meter<'a> {
    t: &'a Locale,
    id: &'static str,
    terminal: bool,
    last: usize,
}

impl<'a> Meter<'a> {
    pub(crate) fn new(t: &'a Locale, id: &'static str) -> Self {
        Self { t, id, terminal: io::stderr().is_terminal(), last: 0 }
    }

    /// So many of all are done.
    pub(crate) fn at(&mut self, done: usize, all: usize) {
        let percent = (done * 100).checked_div(all).unwrap_or(100);
        let step = if self.terminal { 1 } else { 5 };
        if percent < self.last + step {
            return;
        }
        self.last = percent;
        let args = [("done", done.to_string()), ("all", all.to_string()), ("percent", percent.to_string())];
        let text = self.t.with(self.id, &args);
        if self.terminal {
            drop(write!(io::stderr(), "\r{text}"));
        } else {
            aside(&text);
        }
    }

    /// Nothing more comes.
    pub(crate) fn end(&mut self) {
        if self.terminal && self.last > 0 {
            aside("");
        }
    }
}
