//! Things called by name: an action, a page or a field by its stable name, its label, the pinyin of that, or the
//! beginning of any of them. A word that fits several is a question, never a guess.

use super::Desk;
use super::command::{COMMANDS, Needs};
use super::refusal::Refusal;
use super::view::View;
use crate::values::{pinyin, text};

impl Desk {
    /// A typed command: a reference, a page, or an action by name, label, pinyin or beginning.
    pub(crate) fn command(&mut self, line: &str) -> Result<(), Refusal> {
        let folded = text::half_width(line);
        let wanted = folded.trim().trim_start_matches(':').trim().to_lowercase();
        if wanted.is_empty() {
            return Ok(());
        }
        if wanted.starts_with('#') {
            return self.jump(&wanted);
        }
        if let Some(rest) = wanted.strip_prefix(';').or_else(|| wanted.strip_prefix('；')) {
            return self.quick(rest);
        }
        if let Some(rest) = wanted.strip_prefix('/') {
            return self.search(rest);
        }
        let words = words_of(&self.view, &self.office.locale);
        // A whole stable name means one thing; what else may be meant comes after it.
        let fits: [&dyn Fn(&Named) -> bool; 3] =
            [&|w| w.whole() == wanted, &|w| w.is(&wanted), &|w| w.begins(&wanted)];
        let found: Vec<&Named> = fits
            .iter()
            .map(|fit| words.iter().filter(|w| fit(w)).collect::<Vec<_>>())
            .find(|found| !found.is_empty())
            .unwrap_or_default();
        match found.as_slice() {
            [one] => self.run(&one.name),
            // A subject without a tab is called as its first list is, and both lead to the same page.
            [one, others @ ..]
                if one.subject().is_some() && others.iter().all(|w| w.subject() == one.subject()) =>
            {
                self.run(&one.name)
            }
            [] => match self.jumped(&wanted)? {
                true => Ok(()),
                false => Err(Refusal::usage("no-action").with("text", line)),
            },
            several => {
                let labels: Vec<String> = several.iter().map(|w| w.label.clone()).collect();
                let joined = labels.join(&self.office.locale.say("list-separator"));
                Err(Refusal::usage("several-actions").with("text", line).with("several", joined))
            }
        }
    }

    /// Runs a command, a page or an action by its stable name.
    fn run(&mut self, name: &str) -> Result<(), Refusal> {
        if let Some(page) = name.strip_prefix("page:") {
            return self.go_to(page);
        }
        match super::command::command(name).map(|c| c.needs) {
            Some(Needs::Nothing(intent)) => self.turn(intent()),
            Some(Needs::Line(_) | Needs::Face) => Err(Refusal::usage("needs-its-key").with("text", name)),
            None => self.act(name),
        }
    }
}

/// Something that can be named: its stable name, its label, and the pinyin of that.
struct Named {
    name: String,
    label: String,
    keys: Vec<String>,
}

impl Named {
    fn new(name: String, label: String) -> Self {
        let keys = pinyin::text_keys(&label);
        Self { name, label, keys }
    }

    fn whole(&self) -> &str {
        self.name.strip_prefix("page:").unwrap_or(&self.name)
    }

    /// The subject whose page it is, called as the subject is.
    fn subject(&self) -> Option<(&str, &str)> {
        let page = self.name.strip_prefix("page:")?;
        Some((page.split('.').next().unwrap_or(page), self.label.as_str()))
    }

    fn bare(&self) -> &str {
        let name = self.whole();
        name.rsplit('.').next().unwrap_or(name)
    }

    fn is(&self, wanted: &str) -> bool {
        self.whole() == wanted
            || self.bare() == wanted
            || self.label.to_lowercase() == wanted
            || self.keys.iter().any(|k| k == wanted)
    }

    fn begins(&self, wanted: &str) -> bool {
        self.bare().starts_with(wanted)
            || self.label.to_lowercase().starts_with(wanted)
            || self.keys.iter().any(|k| k.starts_with(wanted))
    }
}

/// Everything that can be named on a page: its actions, the pages, the desk's commands.
fn words_of(view: &View, t: &super::Locale) -> Vec<Named> {
    let mut words: Vec<Named> =
        view.actions.iter().map(|o| Named::new(o.name.clone(), o.label.clone())).collect();
    let pages =
        view.tabs.iter().chain(&view.pages).chain(view.list().map(|l| l.views.iter()).into_iter().flatten());
    words.extend(pages.map(|tab| Named::new(format!("page:{}", tab.name), tab.label.clone())));
    let own = ["settings", "drafts", "who", "topics"];
    words.extend(own.map(|name| Named::new(format!("page:{name}"), t.say(&format!("page-{name}")))));
    // The command that goes to a page is that page.
    let pages: Vec<String> = words.iter().map(|word| word.whole().to_owned()).collect();
    for command in COMMANDS.iter().filter(|command| !pages.iter().any(|page| page == command.name)) {
        let label = t.say(&format!("command-{}", command.name));
        words.push(Named::new(command.name.to_owned(), label));
    }
    words
}

/// The field of a form that a word means: its number from 1, name, label, or the beginning or pinyin of that.
pub(super) fn field_by_word(form: &super::view::Form, word: &str) -> Option<String> {
    let wanted = text::half_width(word).trim().to_lowercase();
    if let Ok(number) = wanted.parse::<usize>() {
        return form.fields.get(number.wrapping_sub(1)).map(|f| f.name.clone());
    }
    let named: Vec<Named> = form.fields.iter().map(|f| Named::new(f.name.clone(), f.label.clone())).collect();
    let exact = named.iter().find(|n| n.is(&wanted));
    exact.or_else(|| named.iter().find(|n| n.begins(&wanted))).map(|n| n.name.clone())
}
