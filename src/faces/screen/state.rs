//! What the screen itself remembers between keys, and which contexts a page is in. None of it is the office's: the
//! other face can take over at any key.

use lianban::desk::view::{Form, FormField, Part, View};
use lianban::desk::{Command, Context};

use super::edit::Editor;
use super::panel::Panel;
use crate::faces::keys::{Binding, Found, Key, Keymap};

/// A command that waits for its line of text.
#[derive(Debug, Clone)]
pub(crate) struct Prompt {
    /// Which one.
    pub(crate) command: &'static Command,
    /// What was typed.
    pub(crate) editor: Editor,
    /// What was there before, to be put back by Esc where typing takes effect at once.
    pub(crate) before: String,
}

/// The screen's own state.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ui {
    /// The focused field's text and caret.
    pub(crate) editor: Editor,
    /// Which field that is: form and field name.
    pub(crate) field: Option<(String, String)>,
    /// A line being typed for a command.
    pub(crate) prompt: Option<Prompt>,
    /// A panel over the page.
    pub(crate) panel: Option<Panel>,
    /// The keys of a sequence that was begun.
    pub(crate) pending: Vec<Key>,
    /// The screen's own message, gone with the next key.
    pub(crate) said: String,
    /// The list has the whole width, also on a wide terminal.
    pub(crate) wide: bool,
    /// Nothing is drawn that changes beside what the finger is on ([`super::Theme::Quiet`]).
    pub(crate) quiet: bool,
    /// The person asked for the message: the finger is on it until the next key.
    pub(crate) listening: bool,
    /// The line being read where the finger is on text or facts; none before the first step.
    pub(crate) reading: Option<usize>,
}

impl Ui {
    /// Brings the field editor in line with what the desk says is in the field.
    pub(crate) fn follow(&mut self, view: &View) {
        let Some((form, field)) = focused(view) else {
            self.field = None;
            return;
        };
        let now = (form.name.clone(), field.name.clone());
        if self.field.as_ref() != Some(&now) {
            self.editor = Editor::new(&field.value, field.long);
            self.field = Some(now);
        } else if self.editor.text() != field.value {
            self.editor.set(&field.value);
        }
    }
}

/// The form and its focused field.
pub(crate) fn focused(view: &View) -> Option<(&Form, &FormField)> {
    let form = view.form()?;
    Some((form, form.field()?))
}

/// Whether characters are text on this page now.
pub(crate) fn typing(view: &View) -> bool {
    view.question.is_none() && focused(view).is_some()
}

/// Whether the page has a list that can hold the finger.
pub(crate) fn has_list(view: &View) -> bool {
    view.list().is_some()
}

/// Whether the finger is on text, facts or a chart, which are read line by line.
pub(crate) fn reading(view: &View) -> bool {
    !typing(view)
        && !matches!(
            view.parts.get(view.focus),
            Some(Part::List(_) | Part::Ledger(_) | Part::Schedule(_) | Part::Form(_))
        )
}

/// The contexts whose keys work on this page, the nearest first.
pub(crate) fn contexts(view: &View) -> Vec<Context> {
    if view.question.is_some() {
        vec![Context::Question, Context::Anywhere]
    } else if typing(view) && has_list(view) {
        vec![Context::Form, Context::List, Context::Anywhere]
    } else if typing(view) {
        vec![Context::Form, Context::Anywhere]
    } else if matches!(view.parts.get(view.focus), Some(Part::Schedule(_))) {
        vec![Context::Grid, Context::Calendar, Context::List, Context::Anywhere]
    } else if view.page.ends_with(".calendar") {
        vec![Context::Calendar, Context::List, Context::Anywhere]
    } else if view.page.ends_with(".record") {
        vec![Context::Record, Context::List, Context::Anywhere]
    } else {
        vec![Context::List, Context::Anywhere]
    }
}

/// What the typed keys come to on this page.
pub(crate) fn find<'a>(view: &View, keymap: &'a Keymap, typed: &[Key]) -> Found<'a> {
    // Pages without a tab may have a key of their own, in the section `[pages]`.
    let page = |name: &str| view.pages.iter().any(|page| page.name == name);
    let offered = |action: &str| match action.strip_prefix("pages.") {
        Some(name) => page(name).then_some(view.actions.len()),
        None => view.actions.iter().position(|o| o.name == action),
    };
    keymap.find(&contexts(view), &view.page, &offered, typed)
}

/// Every way a begun sequence can go on.
pub(crate) fn continuations<'a>(view: &View, keymap: &'a Keymap, typed: &[Key]) -> Vec<&'a Binding> {
    match find(view, keymap, typed) {
        Found::Prefix(bindings) => bindings,
        _ => Vec::new(),
    }
}
