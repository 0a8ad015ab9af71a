//! Help: for a field its own line, for a page what it is for and everything that can be done on it, for a topic the
//! manual. The manual's pages are `data/help/LANG/TOPIC.md`, readable in both faces line by line.

use include_dir::{Dir, include_dir};

use super::Desk;
use super::page::Page;
use super::refusal::Refusal;
use super::rows::{Lead, Rows};
use super::view::{Row, Tone};

static HELP: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/help");

impl Desk {
    /// The manual's page on a topic in the session's language.
    fn manual(&self, topic: &str) -> Option<&'static str> {
        let tag = self.office.locale.lang().tag();
        HELP.get_file(format!("{tag}/{topic}.md"))?.contents_utf8()
    }

    /// The topics of the manual, by file name.
    pub(crate) fn topics(&self) -> Vec<&'static str> {
        let tag = self.office.locale.lang().tag();
        let files = HELP.get_dir(tag).into_iter().flat_map(Dir::files);
        files.filter_map(|f| f.path().file_stem()?.to_str()).collect()
    }

    /// Helps with the field, the page or the topic.
    pub(crate) fn help(&mut self, topic: &str) -> Result<(), Refusal> {
        if topic.is_empty() {
            if let Some(field) = self.view.form().and_then(super::view::Form::field) {
                let text = format!("{}: {}", field.label, field.help);
                self.tell(Tone::Info, text, String::new());
                return Ok(());
            }
            let page = self.view.page.clone();
            return self.help_page(&page);
        }
        let Some(text) = self.manual(topic) else {
            return Err(Refusal::usage("no-topic").with("text", topic));
        };
        let title = title_of(text);
        let rows = text.lines().skip(1).filter(|l| !l.trim().is_empty()).map(|l| (plain(l), Lead::Nothing));
        self.sheet_of("help", &title, rows.collect());
        Ok(())
    }

    /// What this page is for, what can be done on it, and the manual's topics.
    fn help_page(&mut self, page: &str) -> Result<(), Refusal> {
        let t = &self.office.locale;
        let mut lines: Vec<(String, Lead)> = Vec::new();
        let topic = page.split('.').next().unwrap_or(page);
        let how = if page.ends_with(".calendar") { "calendar" } else { "" };
        for text in [topic, how].into_iter().filter_map(|topic| self.manual(topic)) {
            let said = text.lines().skip(1).filter(|l| !l.trim().is_empty());
            lines.extend(said.map(|l| (plain(l), Lead::Nothing)));
        }
        for offer in &self.view.actions {
            let help = t.find(&format!("{}.help", message(&offer.name)), &[]).unwrap_or_default();
            let said = match &offer.refused {
                None => format!("{}: {help}", offer.label),
                Some(no) => format!("{}: {} {}", offer.label, t.say("not-now"), no.text),
            };
            lines.push((said, Lead::Nothing));
        }
        for topic in self.topics() {
            let title = self.manual(topic).map(title_of).unwrap_or_default();
            lines.push((format!("{} {title}", t.say("help-topic")), Lead::Page(format!("help.{topic}"))));
        }
        let title = t.with("help-on", &[("page", self.view.title.clone())]);
        self.sheet_of("help", &title, lines);
        Ok(())
    }

    /// Opens a page of lines.
    pub(crate) fn sheet_of(&mut self, name: &str, title: &str, lines: Vec<(String, Lead)>) {
        let mut rows = Rows {
            name: name.to_owned(),
            heading: title.to_owned(),
            columns: vec![super::going::column(String::new(), 40)],
            empty: self.office.locale.say("nothing-here"),
            ..Rows::default()
        };
        for (text, lead) in lines {
            rows.rows.push(Row { cells: vec![text.clone()], brief: text, ..Row::default() });
            rows.leads.push(lead);
        }
        let page = Page::Sheet {
            name: name.to_owned(),
            title: title.to_owned(),
            notes: Vec::new(),
            rows,
            chart: None,
            footer: Vec::new(),
        };
        if let Some(Page::Sheet { name: open, .. }) = self.stack.last()
            && open == name
        {
            self.stack.pop();
        }
        self.stack.push(page);
    }
}

/// The message of an action's label (`cases.accept` → `cases-do-accept`).
fn message(name: &str) -> String {
    match name.split_once('.') {
        Some(("pages", subject)) => format!("subject-{subject}"),
        Some((subject, action)) => format!("{subject}-do-{action}"),
        None => format!("desk-do-{name}"),
    }
}

/// The first line of a page of the manual, without its mark.
fn title_of(text: &str) -> String {
    text.lines().next().map(plain).unwrap_or_default()
}

/// A line of the manual without the marks that only make it handsome on paper.
fn plain(line: &str) -> String {
    let line = line.trim_start_matches('#').trim();
    line.replace("**", "").replace('`', "")
}
