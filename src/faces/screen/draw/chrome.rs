//! The frame around a page: header, place, message and hints. What the desk says is said as it is; the chrome's own
//! words come from the locale.

use lianban::desk::view::{Form, Guard, Tone, View};

use super::super::line::{Block, Line, Role};
use super::super::panel::{Kind, label};
use super::super::state::typing;
use super::super::text::{width, wrap};
use super::super::{read, state};
use super::{Scene, list};
use crate::faces::keys::{Found, spell};

/// At most so many lines of message.
const MESSAGE: usize = 3;

/// Tabs with the open one in brackets, the clock, who is signed in.
pub(super) fn header(scene: Scene<'_>) -> Line {
    let view = scene.view;
    let tabs: usize = view.tabs.iter().map(|t| width(&t.label) + 1 + if t.current { 2 } else { 0 }).sum();
    let mut right = vec![view.clock.as_str(), view.operator.as_str()];
    right.retain(|t| !t.is_empty());
    // On a narrow terminal the way around matters more than the hour.
    while !right.is_empty() && tabs + width(&right.join("  ")) + 3 > scene.columns {
        right.pop();
    }
    let right = right.join("  ");
    let end = scene.columns.saturating_sub(width(&right) + 2);
    let mut line = Line::of(" ", Role::Header);
    for tab in &view.tabs {
        let (text, role) = if tab.current {
            (format!("[{}]", tab.label), Role::Current)
        } else {
            (tab.label.clone(), Role::Header)
        };
        if line.width + width(&text) > end {
            break;
        }
        line.put(&text, role).put(" ", Role::Header);
    }
    line.to(scene.columns.saturating_sub(width(&right) + 1), Role::Header);
    line.put(&right, Role::Header).to(scene.columns, Role::Header);
    line
}

/// Where the page stands, and at the right the list's rank or the draft's time, and what the office is.
pub(super) fn place(scene: Scene<'_>) -> Line {
    let view = scene.view;
    let mut right = Vec::new();
    if let Some(form) = view.form().filter(|f| !f.saved.is_empty()) {
        right.push(scene.locale.with("screen-saved", &[("time", form.saved.clone())]));
    }
    if let Some(list) = view.list() {
        if !list::says_heading(scene, list) {
            right.push(read::list_state(list, scene.locale));
        }
        if list.rank() > 0 && !scene.ui.quiet {
            let args = [("rank", list.rank().to_string()), ("total", list.total.to_string())];
            right.push(scene.locale.with("screen-rank", &args));
        }
    }
    if scene.ui.wide && scene.columns >= super::SIDE_BY_SIDE {
        right.push(label("wide", scene.locale));
    }
    right.push(view.banner.clone());
    right.retain(|t| !t.is_empty());
    let right = right.join("  ");
    let mut line = Line::of(" ", Role::Plain);
    let place = if view.place.is_empty() { view.title.clone() } else { view.place.join(" > ") };
    line.put_within(&place, Role::Heading, scene.columns.saturating_sub(1));
    line.to(scene.columns.saturating_sub(width(&right) + 1).max(line.width + 2), Role::Plain);
    line.put(&right, Role::Quiet);
    line
}

/// The line being typed, the question, or the last message. The finger is in it while it waits for an answer.
pub(super) fn message(scene: Scene<'_>) -> Block {
    let view = scene.view;
    if let Some(prompt) = &scene.ui.prompt {
        let mut line = Line::of(&format!(" {}: ", label(prompt.command.name, scene.locale)), Role::Question);
        let (text, caret) = prompt.editor.visible(scene.columns.saturating_sub(line.width), false);
        let at = line.width + caret;
        line.put(&text, Role::Plain);
        return Block { lines: vec![line], finger: Some((0, at)) };
    }
    if let Some(question) = view.question.as_ref().filter(|_| scene.ui.panel.is_none()) {
        let default = if question.default_yes { "yes" } else { "no" };
        let choice = scene.locale.with("screen-yes-no", &[("default", default.to_owned())]);
        let mut block = wrapped(scene, &format!("? {} {choice}", question.text), Role::Question);
        block.finger = Some((0, 3));
        return block;
    }
    if !scene.ui.said.is_empty() {
        return wrapped(scene, &scene.ui.said, Role::Refused);
    }
    // What stands at the field with the finger is not said a second time.
    let at_field = view.form().and_then(Form::field).and_then(|field| field.error.as_ref());
    match view.notice.as_ref().filter(|notice| at_field != Some(*notice)) {
        Some(notice) => {
            let text = read::sentence(notice);
            let mut block = match notice.tone {
                Tone::Done => wrapped(scene, &text, Role::Done),
                Tone::Info => wrapped(scene, &text, Role::Plain),
                Tone::Refused => wrapped(scene, &format!("! {text}"), Role::Refused),
            };
            block.finger = scene.ui.listening.then_some((0, 1));
            block
        }
        None => Block { lines: vec![Line::default()], finger: None },
    }
}

fn wrapped(scene: Scene<'_>, text: &str, role: Role) -> Block {
    let room = scene.columns.saturating_sub(2);
    let lines = wrap(text, room).into_iter().take(MESSAGE);
    let line = |text: String| {
        let mut line = Line::of(" ", Role::Plain);
        line.put(&text, role);
        line
    };
    Block { lines: lines.map(line).collect(), finger: None }
}

/// The keys worth knowing here; a sequence that was begun, with all its ends; or how the panel is used.
pub(super) fn hints(scene: Scene<'_>) -> Line {
    let say = |id: &str| Line::of(&format!(" {}", scene.locale.say(id)), Role::Quiet);
    if let Some(panel) = &scene.ui.panel {
        return say(match panel.kind {
            Kind::Menu => "screen-hint-pick",
            Kind::Keys => "screen-hint-keys-page",
            Kind::Read => "screen-hint-read",
        });
    }
    if scene.ui.prompt.is_some() {
        return say("screen-hint-prompt");
    }
    if !scene.ui.pending.is_empty() {
        return pending(scene);
    }
    let tail =
        [("menu", "screen-hint-menu"), ("switch-face", "screen-hint-lines"), ("keys", "screen-hint-keys")];
    // A form has much to say in this line; the menu leads to the keys too.
    let tail = tail.get(..if typing(scene.view) { 2 } else { 3 }).unwrap_or_default();
    let tail: Vec<(String, String)> =
        tail.iter().filter_map(|(name, id)| Some((key(scene, name)?, scene.locale.say(id)))).collect();
    let reserved: usize = tail.iter().map(|(k, l)| width(k) + width(l) + 2).sum();
    let mut line = Line::of(" ", Role::Plain);
    // What changes from row to row would be said at every step.
    let worth = if scene.ui.quiet { Vec::new() } else { worth(scene) };
    for (key, text) in worth {
        if line.width + width(&key) + width(&text) + 2 + reserved > scene.columns {
            continue;
        }
        hint(&mut line, &key, &text);
    }
    for (key, text) in &tail {
        hint(&mut line, key, text);
    }
    line
}

fn hint(line: &mut Line, key: &str, text: &str) {
    line.put(key, Role::Key);
    // A key that ends in a letter must not run into a word of letters.
    if text.starts_with(|c: char| c.is_ascii()) {
        line.put(" ", Role::Quiet);
    }
    line.put(text, Role::Quiet).put(" ", Role::Quiet);
}

/// A key of a command that works here: in a form, one that is not text.
fn key(scene: Scene<'_>, action: &str) -> Option<String> {
    let in_form = typing(scene.view);
    let fits =
        |keys: &[crate::faces::keys::Key]| !in_form || keys.first().is_some_and(|k| k.typed().is_none());
    // The same letter may belong to two subjects; only what it does here is said of it.
    let does = |keys: &[crate::faces::keys::Key]| !matches!(state::find(scene.view, scene.keymap, keys), Found::Action(name) if name != action);
    let known = scene.keymap.bindings.iter().filter(|b| b.action == action);
    known.filter(|b| fits(&b.keys) && does(&b.keys)).map(|b| spell(&b.keys)).next()
}

/// Keys and labels for the page: what it offers as worth a hint, then what its context always has.
fn worth(scene: Scene<'_>) -> Vec<(String, String)> {
    let view: &View = scene.view;
    let offers = view.actions.iter().filter(|o| o.main && o.refused.is_none());
    let mut out: Vec<(String, String)> = Vec::new();
    if !typing(view)
        && view.question.is_none()
        && state::has_list(view)
        && view.list().is_some_and(|l| !l.rows.is_empty())
    {
        out.extend(key(scene, "open").map(|key| (key, label("open", scene.locale))));
    }
    for (key, text) in offers.filter_map(|o| Some((key(scene, &o.name)?, o.label.clone()))) {
        // Two actions of one name in two subjects: the letter does the first.
        if out.iter().all(|(known, _)| *known != key) {
            out.push((key, text));
        }
    }
    let usual: &[&str] = if view.question.is_some() {
        &["yes", "no"]
    } else if typing(view) && (view.guard != Guard::Open || state::has_list(view)) {
        &["accept", "cancel", "help"]
    } else if typing(view) {
        &["accept", "submit", "cancel", "submit-new", "copy-above", "help"]
    } else if view.page.ends_with(".calendar") {
        &["twin", "step-back", "step-on", "this-day", "to-date", "grid-week", "back", "undo"]
    } else if state::has_list(view) {
        &["quick", "search", "filter", "mark", "back", "undo"]
    } else {
        &["back", "search", "undo"]
    };
    // What would do nothing here is not worth a hint.
    let idle = |name: &str| match name {
        "undo" => !view.undoable,
        "back" => view.place.len() < 2 && view.list().is_none_or(|list| list.filter.is_empty()),
        _ => false,
    };
    for name in usual.iter().filter(|name| !idle(name)) {
        let known = view.actions.iter().any(|o| o.name == *name && o.main);
        if let (false, Some(key)) = (known, key(scene, name)) {
            out.push((key, label(name, scene.locale)));
        }
    }
    out
}

/// The keys typed so far and every way to go on.
fn pending(scene: Scene<'_>) -> Line {
    let typed = &scene.ui.pending;
    let after = scene.locale.with("screen-pending", &[("keys", spell(typed))]);
    let mut line = Line::of(&format!(" {after}: "), Role::Question);
    for binding in state::continuations(scene.view, scene.keymap, typed) {
        let rest = binding.keys.get(typed.len()..).unwrap_or_default();
        let offered = scene.view.actions.iter().find(|o| o.name == binding.action);
        let text = offered.map_or_else(|| label(&binding.action, scene.locale), |o| o.label.clone());
        hint(&mut line, &spell(rest), &text);
    }
    line
}
