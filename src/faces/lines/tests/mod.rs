//! Conversations at forty columns, from outside: what is typed, what is said. The desk behind them is a small one that
//! does what is asked of it and writes down every intent.

mod forms;
mod ledgers;
mod monkey;
mod pages;
mod parity;
mod pty;
mod sample;
mod schedules;

use std::cell::RefCell;
use std::io;

use lianban::desk::{Intent, Locale, Reply, View};
use lianban::values::lang::Lang;

use super::super::Exit;
use super::Options;
use super::session::{Office, Session, Shared};
use super::talk::{Asked, Prompt, Talk};
use super::text::columns;

/// What a small desk does with an intent.
type Does = Box<dyn FnMut(&mut View, &Intent)>;

/// A desk for a conversation.
struct Small {
    view: View,
    locale: Locale,
    does: Does,
    heard: Vec<Intent>,
}

impl Office for Small {
    fn view(&self) -> &View {
        &self.view
    }
    fn handle(&mut self, intent: Intent) -> Reply {
        // The last message stays until the next one, and each is counted.
        let (before, said) = (self.view.notice.take(), self.view.said);
        (self.does)(&mut self.view, &intent);
        self.view.said = said + u64::from(self.view.notice.is_some() || intent == Intent::LastMessage);
        self.view.notice = self.view.notice.take().or(before);
        if !matches!(intent, Intent::Look | Intent::Window(_)) {
            self.heard.push(intent);
        }
        Reply::default()
    }
    fn locale(&self) -> &Locale {
        &self.locale
    }
}

/// The person: types these lines one after another and sees what a terminal would show.
struct Script<'s> {
    lines: std::slice::Iter<'s, &'s str>,
    shown: String,
    prompts: Vec<String>,
}

impl Talk for Script<'_> {
    fn say(&mut self, line: &str) -> io::Result<()> {
        self.shown.push_str(line);
        self.shown.push('\n');
        Ok(())
    }
    fn ask(&mut self, prompt: &Prompt) -> io::Result<Asked> {
        self.prompts.push(prompt.text.trim().to_owned());
        self.shown.push_str(prompt.text.trim());
        let next = self.lines.next();
        let seen = if prompt.secret { "" } else { next.copied().unwrap_or("^D") };
        self.shown.push_str(&format!(" {seen}").trim_end().replace('\u{3}', "^C"));
        self.shown.push('\n');
        Ok(match next.copied() {
            None => Asked::End,
            Some("\u{3}") => Asked::Interrupted,
            Some("\u{fffd}") => Asked::Again,
            Some(line) => Asked::Line(line.to_owned()),
        })
    }
}

/// What came of a conversation.
struct Talked {
    shown: String,
    heard: Vec<Intent>,
    exit: Exit,
}

fn talk_in(lang: Lang, view: View, does: Does, lines: &[&str]) -> Talked {
    let mut small = Small { view, locale: Locale::new(lang), does, heard: Vec::new() };
    let mut script = Script { lines: lines.iter(), shown: String::new(), prompts: Vec::new() };
    let exit = {
        let office: &mut dyn Office = &mut small;
        let shared: Shared<'_> = RefCell::new(office);
        Session::new(&shared, &mut script, &Options::default()).run("").unwrap()
    };
    assert!(!script.shown.chars().any(|c| c.is_control() && c != '\n'), "{}", script.shown);
    for prompt in &script.prompts {
        assert!(columns(prompt) <= 20 || prompt.contains('['), "{prompt}");
    }
    Talked { shown: script.shown, heard: small.heard, exit }
}

fn talk(view: View, does: Does, lines: &[&str]) -> Talked {
    talk_in(Lang::Zh, view, does, lines)
}
