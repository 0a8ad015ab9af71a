//! Keys and what they mean: keymap files, the built-in keymaps, and the check. Shared by the screen face and
//! `lianban keys`; it carries nothing out.

mod check;
mod file;
mod key;
mod keymap;
mod names;
#[cfg(test)]
mod tests;

pub(crate) use check::check;
pub(crate) use key::{Key, half_width, spell};
pub(crate) use keymap::{Binding, Found, Keymap};
pub(crate) use names::{OWN, all};

/// A line of the key table: the context, the action, its keys as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyLine {
    /// Name of the context or subject.
    pub(crate) section: String,
    /// The action's full name.
    pub(crate) action: String,
    /// All its keys there.
    pub(crate) keys: Vec<String>,
}

/// The whole keymap as a table: the contexts in the order of help, then the subjects by name.
pub(crate) fn table(keymap: &Keymap) -> Vec<KeyLine> {
    let mut lines: Vec<KeyLine> = Vec::new();
    let order: Vec<&str> = all().map(|(name, _)| name).collect();
    let rank = |b: &Binding| {
        let place = order.iter().position(|name| *name == b.action).unwrap_or(order.len());
        (b.section.clone(), place, b.action.clone())
    };
    let mut sorted: Vec<&Binding> = keymap.bindings.iter().collect();
    sorted.sort_by_key(|b| rank(b));
    for binding in sorted {
        let key = spell(&binding.keys);
        match lines.last_mut() {
            Some(line) if line.section == binding.section.word() && line.action == binding.action => {
                line.keys.push(key);
            }
            _ => lines.push(KeyLine {
                section: binding.section.word().to_owned(),
                action: binding.action.clone(),
                keys: vec![key],
            }),
        }
    }
    lines
}
