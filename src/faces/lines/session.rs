//! The conversation: what is said, what is heard, and what was already said. It turns nothing typed into intents by
//! itself; `browse` and `fill` do.

use std::cell::RefCell;
use std::io;

use lianban::desk::view::{Choice, Fact, Form, Guard, Notice, Part, Tone};
use lianban::desk::{Desk, Intent, Locale, Reply, View};

use super::super::Exit;
use super::Options;
use super::reading;
use super::talk::{Asked, Asks, Prompt, Talk};
use super::text::clean;
use super::words;

/// Lists and long readings stop after this many lines.
pub(super) const STOP: usize = 10;

/// The desk as this face uses it.
pub(super) trait Office {
    /// The page as it stands.
    fn view(&self) -> &View;
    /// Carries out an intent.
    fn handle(&mut self, intent: Intent) -> Reply;
    /// The sentences of the session's language.
    fn locale(&self) -> &Locale;
    /// A key was pressed: a character, or none for every other key. A desk for practice counts them.
    fn pressed(&mut self, _key: Option<char>) {}
}

impl Office for Desk {
    fn view(&self) -> &View {
        Desk::view(self)
    }
    fn handle(&mut self, intent: Intent) -> Reply {
        Desk::handle(self, intent)
    }
    fn locale(&self) -> &Locale {
        Desk::locale(self)
    }
    fn pressed(&mut self, key: Option<char>) {
        Desk::pressed(self, key);
    }
}

/// The desk, reached from the conversation and from the line being typed.
pub(super) type Shared<'d> = RefCell<&'d mut dyn Office>;

/// Which fields a form is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Walk {
    /// Those that need an answer.
    #[default]
    Open,
    /// This one, and then again those that need an answer.
    Once,
    /// One after another.
    All,
}

/// What came of a step: go on, or leave.
pub(super) type Step = io::Result<Option<Exit>>;

/// What was heard.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A line.
    Line(String),
    /// Ctrl-C.
    Interrupted,
    /// The page is no longer what was asked about.
    Changed,
    /// Leave the face.
    Leave(Exit),
}

/// A conversation over a desk.
pub(super) struct Session<'s, 'd> {
    pub desk: &'s Shared<'d>,
    pub talk: &'s mut dyn Talk,
    /// Columns a prompt may take.
    pub room: usize,
    /// What was said before the prompt that was answered last.
    pub said: Vec<String>,
    block: Vec<String>,
    /// What is left of a long reading.
    pub pending: Vec<String>,
    /// Why the rest of the actions just read out cannot be done, for whoever wants to know.
    pub reasons: Vec<String>,
    /// The rank at which a list goes on.
    pub rows_from: Option<usize>,
    /// The list was stepped through since arriving.
    pub walked: bool,
    /// Numbers mean actions now, because they were just read out.
    pub numbered: Vec<String>,
    /// Which fields are asked for.
    pub walk: Walk,
    /// The error already said: field and message.
    pub complained: Option<(String, Notice)>,
    /// Findings already said.
    pub found: Vec<Fact>,
    /// Completions read out and not yet chosen from: field, choices.
    pub offered: Option<(String, Vec<Choice>)>,
    /// The answer to the first field of the form that an action opens.
    pub ahead: Option<String>,
    /// The last intent was carried out and said so.
    told: bool,
    held: Option<(String, String)>,
    /// The same of a line that was not entered yet.
    begun: Option<(String, String)>,
    arrived: Option<[String; 3]>,
    /// The person comes from outside, not from the other face.
    new: bool,
    hinted: bool,
}

impl<'s, 'd> Session<'s, 'd> {
    pub(super) fn new(desk: &'s Shared<'d>, talk: &'s mut dyn Talk, options: &Options) -> Self {
        Self {
            desk,
            talk,
            room: options.room,
            said: Vec::new(),
            block: Vec::new(),
            pending: Vec::new(),
            reasons: Vec::new(),
            rows_from: None,
            walked: false,
            numbered: Vec::new(),
            walk: Walk::Open,
            complained: None,
            found: Vec::new(),
            offered: None,
            ahead: None,
            told: false,
            held: None,
            begun: None,
            arrived: None,
            new: options.why != "switched",
            hinted: !options.hints,
        }
    }

    /// Talks until the person leaves. `greeting` is the first line said.
    pub(super) fn run(&mut self, greeting: &str) -> io::Result<Exit> {
        self.desk.borrow_mut().handle(Intent::Window(2 * STOP));
        let view = self.view();
        self.say(greeting)?;
        // Whoever comes over from the screen knows where and when they are.
        if self.new {
            let line = reading::day(&view);
            self.say(&line)?;
        }
        if let Some(notice) = &view.notice {
            self.say(&reading::notice(notice))?;
        }
        loop {
            let view = self.view();
            self.arrive(&view)?;
            let step = if view.question.is_some() { self.question(&view)? } else { self.page(&view)? };
            if let Some(exit) = step {
                return Ok(exit);
            }
        }
    }

    fn page(&mut self, view: &View) -> Step {
        match super::filling(view) {
            Some(form) => self.fill(view, form),
            None => self.browse(view),
        }
    }

    /// The page as it stands.
    pub(super) fn view(&self) -> View {
        self.desk.borrow().view().clone()
    }

    /// A sentence of the face.
    pub(super) fn t(&self, id: &str, args: &[(&'static str, String)]) -> String {
        self.desk.borrow().locale().with(id, args)
    }

    /// Says one line; an empty one is not said.
    pub(super) fn say(&mut self, line: &str) -> io::Result<()> {
        let line = clean(line);
        if line.trim().is_empty() {
            return Ok(());
        }
        self.talk.say(&line)?;
        self.block.push(line);
        Ok(())
    }

    /// Says a sentence of the face.
    pub(super) fn say_id(&mut self, id: &str) -> io::Result<()> {
        let line = self.t(id, &[]);
        self.say(&line)
    }

    /// Says several lines, stopping after ten.
    pub(super) fn tell(&mut self, mut lines: Vec<String>) -> io::Result<()> {
        lines.retain(|l| !clean(l).trim().is_empty());
        let rest = lines.split_off(lines.len().min(STOP));
        for line in &lines {
            self.say(line)?;
        }
        self.pending = rest;
        self.rows_from = None;
        if self.pending.is_empty() && !self.reasons.is_empty() {
            self.pending = std::mem::take(&mut self.reasons);
            let refused = self.view().actions.iter().filter(|o| o.refused.is_some()).count();
            let line = self.t("lines-cannot", &[("n", refused.to_string())]);
            self.say(&line)?;
        } else if !self.pending.is_empty() {
            let left = self.t("lines-left", &[("n", self.pending.len().to_string())]);
            self.say(&left)?;
        }
        Ok(())
    }

    /// Carries out an intent and says the message that came of it. Answers whether something was said, and whether
    /// the person wants to leave.
    pub(super) fn intend(&mut self, intent: Intent) -> io::Result<(bool, bool)> {
        if intent != Intent::Look {
            self.told = false;
            self.pending.clear();
            self.reasons.clear();
            self.rows_from = None;
            self.numbered.clear();
        }
        let before = self.desk.borrow().view().said;
        let reply = self.desk.borrow_mut().handle(intent);
        let after = self.view();
        let speak = after.said != before;
        let Some(notice) = after.notice.as_ref().filter(|_| speak) else { return Ok((false, reply.quit)) };
        // What is wrong with the field that is asked next is said with its name, and not twice.
        self.told = notice.tone == Tone::Done;
        let field = after.form().and_then(Form::field).and_then(|f| f.error.as_ref());
        if field != Some(notice) {
            self.say(&reading::notice(notice))?;
        }
        Ok((true, reply.quit))
    }

    /// Says where one has come to, if it is another place than before.
    fn arrive(&mut self, view: &View) -> io::Result<()> {
        let list = view.list().map_or_else(String::new, |l| format!("{} {}", l.name, l.heading));
        let form = view.form().map_or("", |f| f.name.as_str());
        let here = [format!("{} {form} {:?}", view.page, view.guard), view.title.clone(), list];
        if self.arrived.as_ref() == Some(&here) {
            // A row was saved and the next one is begun in the same form.
            if view.form().is_some_and(|f| f.saved.is_empty()) && std::mem::take(&mut self.told) {
                self.begin_form();
            }
            return Ok(());
        }
        let before = self.arrived.replace(here.clone());
        self.walked = false;
        self.numbered.clear();
        self.rows_from = None;
        let same_page = before.is_some_and(|b| b[0] == here[0] && b[1] == here[1]);
        if view.guard != Guard::Open {
            self.block.clear();
            self.said.clear();
            self.pending.clear();
            self.talk.forget();
            if view.guard == Guard::Locked {
                self.talk.wipe();
            }
        }
        if let Some(form) = super::filling(view) {
            return self.arrive_at_form(view, form);
        }
        if same_page {
            let line = view.list().map(|l| reading::told(view, l, self.desk.borrow().locale()));
            let notes = view.schedule().map(|grid| grid.notes.clone()).unwrap_or_default();
            return line.into_iter().chain(notes).try_for_each(|l| self.say(&l));
        }
        // What was just done has said how the record now stands.
        let counted = std::mem::take(&mut self.new) && view.list().is_some_and(|list| list.total > 0);
        // On coming in the prompt counts by itself, and every word is one before the first that matters.
        if !counted && (!std::mem::take(&mut self.told) || view.brief.is_empty()) {
            let named =
                !view.brief.is_empty() || self.title_prompt(view) == format!("{}>", clean(&view.title));
            let lines = reading::arrival(view, named, self.desk.borrow().locale());
            for line in lines {
                self.say(&line)?;
            }
        }
        // A page of nothing but text is there to be read, and so are the lines of a help page.
        if view.page == "help" && view.list().is_some_and(|l| l.total > 0) {
            self.rows(1, STOP)?;
        } else if view.list().is_none() && view.parts.iter().all(|p| !matches!(p, Part::Facts(_))) {
            let lines = reading::page(view, self.desk.borrow().locale());
            self.tell(lines)?;
        }
        if !self.hinted && view.guard == Guard::Open {
            self.hinted = true;
            self.say_id(if view.list().is_some() { "lines-first-hint" } else { "lines-first-hint-page" })?;
        }
        Ok(())
    }

    /// Asks for a line and keeps an eye on what must not wait: a lock, a hangup, a broken character.
    pub(super) fn listen(&mut self, prompt: &Prompt) -> io::Result<Heard> {
        let view = self.view();
        let back = |_: &mut (String, String)| view.guard == Guard::Open && !prompt.secret;
        if let Some((_, line)) = self.held.take_if(back).filter(|(page, _)| *page == view.page) {
            return Ok(Heard::Line(line));
        }
        // What a form keeps as it is typed stands in its prompt already.
        if let Some((_, line)) =
            self.begun.take_if(back).filter(|(page, _)| *page == view.page && !prompt.grows)
        {
            self.talk.take_up(line);
        }
        let prompt = Prompt { text: clean(&prompt.text) + " ", ..prompt.clone() };
        loop {
            let asked = self.talk.ask(&prompt)?;
            if !matches!(asked, Asked::Again | Asked::Key(_)) {
                self.said = std::mem::take(&mut self.block);
            }
            {
                let mut desk = self.desk.borrow_mut();
                if let Asked::Line(line) = &asked {
                    line.chars().for_each(|c| desk.pressed(Some(c)));
                }
                desk.pressed(None);
            }
            return Ok(match asked {
                Asked::Again => {
                    self.say_id("lines-once-more")?;
                    continue;
                }
                Asked::Key(asks) => {
                    self.tell_at_a_key(asks)?;
                    continue;
                }
                Asked::Interrupted => Heard::Interrupted,
                Asked::Switch => Heard::Leave(Exit::Switch),
                Asked::End => Heard::Leave(Exit::Quit),
                Asked::Hangup => Heard::Leave(Exit::Hangup),
                Asked::Locked(line) => {
                    self.begun = Some((view.page, line)).filter(|(_, line)| !line.is_empty());
                    self.notice()?;
                    Heard::Changed
                }
                Asked::Line(line) => {
                    if view.guard == Guard::Open {
                        self.intend(Intent::Look)?;
                        if self.desk.borrow().view().guard != Guard::Open {
                            // Nothing typed is lost by a lock: the line waits until the person has signed in.
                            self.held = Some((view.page, line));
                            return Ok(Heard::Changed);
                        }
                    }
                    Heard::Line(line)
                }
            });
        }
    }

    /// What one key asks for; the prompt stays.
    fn tell_at_a_key(&mut self, asks: Asks) -> io::Result<()> {
        match asks {
            Asks::Where => self.say_where(),
            Asks::LastMessage => self.intend(Intent::LastMessage).map(drop),
            Asks::Again => {
                let before = if self.block.is_empty() { &self.said } else { &self.block };
                before.clone().iter().try_for_each(|line| self.talk.say(line))
            }
        }
    }

    /// Where one is; the place itself comes last, next to the prompt, where a braille display finds it first.
    pub(super) fn say_where(&mut self) -> io::Result<()> {
        let view = self.view();
        for line in reading::circumstances(&view).into_iter().chain(reading::foot(&view)) {
            self.say(&line)?;
        }
        self.intend(Intent::WhereAmI).map(drop)
    }

    /// Says the message of the page, if there is one.
    fn notice(&mut self) -> io::Result<()> {
        let notice = self.view().notice;
        notice.map_or(Ok(()), |notice| self.say(&reading::notice(&notice)))
    }

    /// The name of the page as a prompt.
    pub(super) fn title_prompt(&self, view: &View) -> String {
        let name = if view.brief.is_empty() { &view.title } else { &view.brief };
        format!("{}>", reading::prompt("", &clean(name), self.room))
    }
}

/// Time passed: whether a desk that was open is so no more, because it lay idle or its person may not be there any longer.
pub(super) fn has_locked(desk: &Shared<'_>) -> bool {
    let Ok(mut desk) = desk.try_borrow_mut() else { return false };
    let open = desk.view().guard == Guard::Open;
    desk.handle(Intent::Look);
    open && desk.view().guard != Guard::Open
}

/// Passes a line that is still being typed on to the desk, so that neither a dropped line nor a kill loses it.
pub(super) fn keep(desk: &Shared<'_>, line: &str) {
    let command = |c: char| "<.?:;+#-/".contains(c);
    if line.is_empty() || super::text::narrow(line).starts_with(command) {
        return;
    }
    let Ok(mut desk) = desk.try_borrow_mut() else { return };
    // Neither does the beginning of a command belong into the field.
    if words::begins(line, &words::vocabulary(desk.view(), desk.locale())) {
        return;
    }
    // A desk that has locked meanwhile asks for a PIN: the line must not end up there.
    let name = |view: &View| view.form().map(|f| (f.name.clone(), f.focus));
    let asked = name(desk.view());
    desk.handle(Intent::Look);
    if asked.is_some() && desk.view().guard == Guard::Open && name(desk.view()) == asked {
        desk.handle(Intent::Edit(line.to_owned()));
    }
}
