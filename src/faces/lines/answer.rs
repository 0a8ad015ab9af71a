//! What a line typed at a field means: text for it, one of its choices, or one of the few commands a form has. Pure;
//! it does nothing.

use lianban::desk::view::{Choice, Form, FormField};

use super::text::{key, narrow};
use super::words::{Word, exact};

/// What was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meant {
    /// A bare Enter: the default, or what the field holds.
    Nothing,
    /// This text.
    Text(String),
    /// One of the field's choices, and how it was named.
    Choice { typed: String, value: String },
    /// The completion with this number, from 1.
    Take(usize),
    /// Several choices fit.
    Unclear(Vec<Choice>),
    /// Nothing at all: empty the field.
    Clear,
    /// Back one field.
    Previous,
    /// Save now.
    Save,
    /// What belongs here?
    Help,
    /// To the field of this name, with this text for it (or none).
    Go(String, String),
    /// A word of the page.
    Word(Word),
    /// A command line for the desk.
    Command(String),
}

/// Reads a line typed at `field` (none at the last prompt of a form) where the completions `offered` were just read
/// out. A line that begins with a blank is text as it stands, whatever it says.
pub(super) fn understand(
    line: &str,
    form: &Form,
    field: Option<&FormField>,
    offered: &[Choice],
    all: &[Word],
) -> Meant {
    if field.is_some_and(|f| f.secret) {
        return if line.is_empty() { Meant::Nothing } else { Meant::Text(line.to_owned()) };
    }
    if let Some(literal) = line.strip_prefix(' ').filter(|l| !l.trim().is_empty()) {
        return Meant::Text(literal.to_owned());
    }
    let typed = narrow(line);
    match typed.as_str() {
        "" => return Meant::Nothing,
        "<" => return Meant::Previous,
        "." => return Meant::Save,
        "?" => return Meant::Help,
        "-" => return Meant::Clear,
        _ => {}
    }
    if let Some(number) = typed.parse::<usize>().ok().filter(|n| (1..=offered.len()).contains(n)) {
        return Meant::Take(number);
    }
    if let Some(command) = typed.strip_prefix(':') {
        return jump(command, form)
            .or_else(|| exact(command, all).map(Meant::Word))
            .unwrap_or_else(|| Meant::Command(command.trim().to_owned()));
    }
    if let Some(field) = field.filter(|f| !f.choices.is_empty()) {
        match choose(&typed, &field.choices).as_slice() {
            [] => {}
            [one] => return Meant::Choice { typed, value: one.value.clone() },
            several => return Meant::Unclear(several.iter().map(|c| (*c).clone()).collect()),
        }
    }
    if let Some(word) = exact(&typed, all) {
        return Meant::Word(word);
    }
    // In a long text a sentence may well begin with the name of a field.
    let spoken = field.is_none_or(|f| !f.long);
    if let Some(go) = jump(line.trim(), form).filter(|_| spoken) {
        return go;
    }
    Meant::Text(line.trim().to_owned())
}

/// `电话` or `电话 13000000001`.
fn jump(line: &str, form: &Form) -> Option<Meant> {
    let (name, value) = line.split_once([' ', '\u{3000}']).unwrap_or((line, ""));
    let name = key(name);
    let field = form.fields.iter().find(|f| key(&f.label) == name || key(&f.name) == name)?;
    Some(Meant::Go(field.name.clone(), value.trim().to_owned()))
}

/// The choices that fit: by key, by word, else by the beginning of a word.
fn choose<'c>(typed: &str, choices: &'c [Choice]) -> Vec<&'c Choice> {
    let typed = key(typed);
    let whole = |c: &&Choice| [&c.key, &c.label, &c.value].iter().any(|w| key(w) == typed);
    let begins = |c: &&Choice| key(&c.label).starts_with(&typed);
    // A label may begin with its key (`5201.01 办公费`); what is said is what comes after.
    let name = |c: &Choice| c.label.strip_prefix(&c.key).unwrap_or(&c.label).trim_start().to_owned();
    let called = |c: &&Choice| key(&name(c)) == typed;
    let named = |c: &&Choice| key(&name(c)).starts_with(&typed);
    let spelt = |c: &&Choice| super::words::initials(&name(c)).iter().any(|i| i.starts_with(&typed));
    for fit in [&whole as &dyn Fn(&&Choice) -> bool, &called, &begins, &named, &spelt] {
        let hits: Vec<&Choice> = choices.iter().filter(fit).collect();
        if !hits.is_empty() {
            return hits;
        }
    }
    Vec::new()
}
