//! One key as a person presses it and as a keymap writes it (`Ctrl-n`, `Shift-Tab`, `F10`, `/`). It knows the
//! spelling and what a terminal can tell apart, not what a key does.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// The key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Code {
    /// A character; capitals stand for themselves.
    Char(char),
    /// `F1` to `F24`.
    F(u8),
    /// A key with a name, index into [`NAMES`].
    Named(&'static str),
}

/// The named keys, as keymaps spell them.
const NAMES: &[(&str, KeyCode)] = &[
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
];

/// One key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key {
    /// Which key.
    pub(crate) code: Code,
    /// With Ctrl.
    pub(crate) ctrl: bool,
    /// With Alt.
    pub(crate) alt: bool,
    /// With Shift; never set on a character, whose shape says it.
    pub(crate) shift: bool,
}

/// Why a spelling is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadKey {
    /// Nothing of that name.
    Unknown,
    /// A terminal sends the same byte for another key (`Ctrl-i` is Tab).
    SameAs(&'static str),
}

impl Key {
    /// A bare character.
    pub(crate) fn char(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: false, alt: false, shift: false }
    }

    /// The character this key types; none for commands.
    pub(crate) fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Reads one spelling.
    ///
    /// # Errors
    /// When there is no such key, or a terminal cannot tell it from another.
    pub(crate) fn parse(text: &str) -> Result<Self, BadKey> {
        let mut key = Self::char(' ');
        let mut rest = text;
        loop {
            if let Some(r) = rest.strip_prefix("Ctrl-") {
                (key.ctrl, rest) = (true, r);
            } else if let Some(r) = rest.strip_prefix("Alt-") {
                (key.alt, rest) = (true, r);
            } else if let Some(r) = rest.strip_prefix("Shift-") {
                (key.shift, rest) = (true, r);
            } else {
                break;
            }
        }
        key.code = Self::code(rest).ok_or(BadKey::Unknown)?;
        if let Code::Char(c) = key.code {
            // A terminal does not send the case of a letter with Ctrl.
            let c = if key.ctrl { c.to_ascii_lowercase() } else { c };
            key.code = Code::Char(c);
            if key.shift {
                return Err(BadKey::Unknown);
            }
            if key.ctrl {
                match c {
                    'i' => return Err(BadKey::SameAs("Tab")),
                    'm' => return Err(BadKey::SameAs("Enter")),
                    '[' => return Err(BadKey::SameAs("Esc")),
                    'a'..='z' | '4'..='7' | ' ' | '@' => {}
                    _ => return Err(BadKey::Unknown),
                }
            }
        }
        Ok(key)
    }

    /// Reads a sequence: keys with blanks between.
    ///
    /// # Errors
    /// As [`Key::parse`], for the first key that is none.
    pub(crate) fn sequence(text: &str) -> Result<Vec<Self>, BadKey> {
        let keys = text.split_whitespace().map(Self::parse).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() { Err(BadKey::Unknown) } else { Ok(keys) }
    }

    fn code(text: &str) -> Option<Code> {
        if text == "Space" {
            return Some(Code::Char(' '));
        }
        if let Some((name, _)) = NAMES.iter().find(|(name, _)| *name == text) {
            return Some(Code::Named(name));
        }
        if let Some(n) = text.strip_prefix('F').and_then(|n| n.parse::<u8>().ok()) {
            return (1..=24).contains(&n).then_some(Code::F(n));
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_control() && !c.is_whitespace() => Some(Code::Char(c)),
            _ => None,
        }
    }

    /// The key a terminal event stands for; none for a release or a key we have no name for.
    pub(crate) fn from_event(event: &KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
        let code = match event.code {
            KeyCode::Char(c) => {
                shift = false;
                Code::Char(if ctrl { c.to_ascii_lowercase() } else { c })
            }
            KeyCode::F(n) => Code::F(n),
            KeyCode::BackTab => {
                shift = true;
                Code::Named("Tab")
            }
            other => Code::Named(NAMES.iter().find(|(_, code)| *code == other)?.0),
        };
        Some(Self { code, ctrl, alt, shift })
    }

    /// The key meant where no text is expected: an input method left on sends full-width marks and digits, which
    /// stand for their ASCII selves.
    pub(crate) fn meant(self) -> Self {
        let Some(c) = self.typed() else { return self };
        Self::char(half_width(c))
    }
}

/// The ASCII character a full-width one stands for; any other comes back as it is.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - u32::from('\u{ff01}') + u32::from('!')).unwrap_or(c)
        }
        '\u{3000}' => ' ',
        '、' => '/',
        '。' => '.',
        '【' => '[',
        '】' => ']',
        _ => c,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (on, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if on {
                f.write_str(name)?;
            }
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "F{n}"),
            Code::Named(name) => f.write_str(name),
        }
    }
}

/// A sequence as a keymap writes it.
pub(crate) fn spell(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_goes_round() {
        for text in [
            "a",
            "G",
            "Ctrl-N",
            "Alt-x",
            "Shift-Tab",
            "F10",
            "PageDown",
            "Space",
            "/",
            "-",
            "Ctrl-Left",
            "g g",
        ] {
            assert_eq!(spell(&Key::sequence(text).unwrap()), text);
        }
    }

    #[test]
    fn what_a_terminal_cannot_tell_is_refused() {
        assert_eq!(Key::parse("Ctrl-i"), Err(BadKey::SameAs("Tab")));
        assert_eq!(Key::parse("Ctrl-m"), Err(BadKey::SameAs("Enter")));
        for text in ["", "Ctrl-", "F0", "F99", "Foo", "Shift-a", "Ctrl-1"] {
            assert_eq!(Key::parse(text), Err(BadKey::Unknown), "{text}");
        }
    }

    #[test]
    fn full_width_marks_mean_themselves() {
        for (wide, ascii) in
            [('：', ':'), ('？', '?'), ('／', '/'), ('１', '1'), ('；', ';'), ('、', '/'), ('好', '好')]
        {
            assert_eq!(Key::char(wide).meant(), Key::char(ascii));
        }
    }
}
