//! Bytes of a terminal as keys. It knows the handful of sequences a line editor needs and swallows all others whole,
//! so that no stray `[C` ends up in somebody's name.

/// A key that edits a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// A character to put in.
    Char(char),
    Enter,
    Tab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    /// Delete back to the beginning of the line.
    ClearLeft,
    /// Delete to the end of the line.
    ClearRight,
    /// Delete the word before the cursor.
    ClearWord,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D: the end of the input on an empty line, else delete.
    Eof,
    /// F11 or Ctrl-L: say again what was said, and show the line. Speech readers take Ctrl-L for themselves.
    Again,
    /// F5: where am I.
    Where,
    /// F12 or Ctrl-O: the last message.
    LastMessage,
    /// A pasted text begins: its line ends are text.
    PasteBegin,
    /// The pasted text ends.
    PasteEnd,
    /// F2: the other face.
    Switch,
}

#[derive(Debug, Default, PartialEq)]
enum State {
    #[default]
    Ground,
    Escape,
    /// After `ESC [` or `ESC O`, with the parameter bytes so far.
    Sequence(Vec<u8>),
    /// In a character of several bytes: the bytes so far and how many it takes.
    Utf8(Vec<u8>, usize),
}

/// Turns bytes into keys, one at a time.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    state: State,
    broken: bool,
}

impl Decoder {
    /// The key this byte completes, if it completes one.
    pub(super) fn take(&mut self, byte: u8) -> Option<Key> {
        match std::mem::take(&mut self.state) {
            State::Ground => self.ground(byte),
            State::Escape => {
                match byte {
                    b'[' | b'O' => self.state = State::Sequence(Vec::new()),
                    0x1b => self.state = State::Escape,
                    // Alt with a key, or a lone Escape and then a key: the key alone.
                    _ => return self.ground(byte),
                }
                None
            }
            State::Sequence(mut seen) => {
                // The Linux console sends `ESC [ [ B` for F2.
                let inner = byte == b'[' && seen.is_empty();
                if inner || (0x20..0x40).contains(&byte) && seen.len() < 16 {
                    seen.push(byte);
                    self.state = State::Sequence(seen);
                    return None;
                }
                sequence(&seen, byte)
            }
            State::Utf8(mut bytes, wanted) => {
                if byte & 0xc0 != 0x80 {
                    // The character broke off; the new byte may be a good one, Enter above all.
                    self.broken = true;
                    return self.ground(byte);
                }
                bytes.push(byte);
                if bytes.len() < wanted {
                    self.state = State::Utf8(bytes, wanted);
                    return None;
                }
                let read = std::str::from_utf8(&bytes).ok().and_then(|t| t.chars().next());
                self.broken |= read.is_none();
                read.map(Key::Char)
            }
        }
    }

    /// Whether bytes that are no UTF-8 came since this was last asked.
    pub(super) fn broken(&mut self) -> bool {
        std::mem::take(&mut self.broken)
    }

    fn ground(&mut self, byte: u8) -> Option<Key> {
        let wanted = match byte {
            0x1b => {
                self.state = State::Escape;
                return None;
            }
            0x00..=0x1f | 0x7f => return control(byte),
            0x20..=0x7e => return Some(Key::Char(char::from(byte))),
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => {
                self.broken = true;
                return None;
            }
        };
        self.state = State::Utf8(vec![byte], wanted);
        None
    }
}

fn control(byte: u8) -> Option<Key> {
    Some(match byte {
        b'\r' | b'\n' => Key::Enter,
        b'\t' => Key::Tab,
        0x01 => Key::Home,
        0x02 => Key::Left,
        0x03 => Key::Interrupt,
        0x04 => Key::Eof,
        0x05 => Key::End,
        0x06 => Key::Right,
        0x08 | 0x7f => Key::Backspace,
        0x0b => Key::ClearRight,
        0x0c => Key::Again,
        0x0e => Key::Down,
        0x0f => Key::LastMessage,
        0x10 => Key::Up,
        0x15 => Key::ClearLeft,
        0x17 => Key::ClearWord,
        _ => return None,
    })
}

fn sequence(seen: &[u8], last: u8) -> Option<Key> {
    Some(match (seen, last) {
        (b"[", b'B') | (b"", b'Q') | (b"12", b'~') => Key::Switch,
        (b"[", b'E') | (b"15", b'~') => Key::Where,
        (b"[", _) => return None,
        (b"23", b'~') => Key::Again,
        (b"24", b'~') => Key::LastMessage,
        (b"200", b'~') => Key::PasteBegin,
        (b"201", b'~') => Key::PasteEnd,
        (_, b'A') => Key::Up,
        (_, b'B') => Key::Down,
        (_, b'C') => Key::Right,
        (_, b'D') => Key::Left,
        (_, b'H') | (b"1" | b"7", b'~') => Key::Home,
        (_, b'F') | (b"4" | b"8", b'~') => Key::End,
        (b"3", b'~') => Key::Delete,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Decoder, Key};

    fn keys(bytes: &[u8]) -> Vec<Key> {
        let mut decoder = Decoder::default();
        bytes.iter().filter_map(|b| decoder.take(*b)).collect()
    }

    #[test]
    fn characters_and_arrows_are_told_apart() {
        assert_eq!(keys("中a".as_bytes()), [Key::Char('中'), Key::Char('a')]);
        assert_eq!(keys(b"\x1b[D\x1bOC\x1b[3~\x1b[1;5D"), [Key::Left, Key::Right, Key::Delete, Key::Left]);
    }

    #[test]
    fn half_a_character_is_told_of_and_does_not_swallow_enter() {
        let mut decoder = Decoder::default();
        let got: Vec<Key> = b"\xe4\xb8a\xe4\xb8\r".iter().filter_map(|b| decoder.take(*b)).collect();
        assert_eq!(got, [Key::Char('a'), Key::Enter]);
        assert!(decoder.broken());
        assert!(!decoder.broken());
        assert_eq!(decoder.take(0xff), None);
        assert!(decoder.broken());
    }

    #[test]
    fn the_face_key_is_known_on_every_terminal_and_unknown_keys_vanish() {
        assert_eq!(keys(b"\x1bOQ\x1b[12~\x1b[[B"), [Key::Switch; 3]);
        let asked = keys(b"\x1b[15~\x1b[[E\x1b[23~\x1b[24~\x0f");
        assert_eq!(asked, [Key::Where, Key::Where, Key::Again, Key::LastMessage, Key::LastMessage]);
        assert_eq!(keys(b"\x1b[17~\x1b[1;5Px"), [Key::Char('x')]);
    }
}
