//! What a bar code scanner types: it is a keyboard, so a tag comes as a burst of letters, digits and dashes with Enter behind
//! it, wherever the hand was. Knows no desk; what a tag belongs to is the desk's to find.

use std::time::Duration;

use crossterm::event::Event;

use super::keys::Key;

/// The longest pause between two letters of a scanner; a hand that goes on typing is slower.
pub(super) const GAP: Duration = Duration::from_millis(25);
/// The fewest letters of a tag that is taken for one when it comes by itself.
const SHORTEST: usize = 6;

/// Whether a text may be what a scanner typed: letters, digits and dashes with a digit among them, long enough not to be a
/// row's number.
pub(super) fn is_tag(text: &str) -> bool {
    text.len() >= SHORTEST && text.chars().all(of_tag) && text.chars().any(|c| c.is_ascii_digit())
}

fn of_tag(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/')
}

/// A letter a scanner types and few keys are: scanners type capitals.
fn typed(event: &Event) -> Option<char> {
    let Event::Key(key) = event else { return None };
    Key::from_event(key)?.typed().filter(|c| of_tag(*c) && !c.is_ascii_lowercase())
}

/// Whether more of a tag may still be on its way: so far there are only letters of one.
pub(super) fn half(events: &[Event]) -> bool {
    !events.is_empty() && events.iter().all(|event| typed(event).is_some())
}

/// The tag, where all that came in one burst is a tag and Enter.
pub(super) fn whole(events: &[Event]) -> Option<String> {
    let (last, letters) = events.split_last()?;
    let Event::Key(key) = last else { return None };
    if Key::from_event(key) != Key::parse("Enter").ok() {
        return None;
    }
    letters.iter().map(typed).collect::<Option<String>>().filter(|text| is_tag(text))
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;

    fn burst(text: &str) -> Vec<Event> {
        let key = |c: char| match c {
            '\n' => KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE),
            c => KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE),
        };
        text.chars().map(|c| Event::Key(key(c))).collect()
    }

    #[test]
    fn a_burst_with_enter_behind_it_is_a_tag() {
        assert_eq!(whole(&burst("ZC-PD-024\n")).as_deref(), Some("ZC-PD-024"));
        assert_eq!(whole(&burst("6901234567892\n")).as_deref(), Some("6901234567892"));
        // Keys held down, a page number and Enter, words, half a tag.
        for other in ["jjjjjjj\n", "12\n", "GGGGGGG\n", "ZC-PD-02", "\n", "zc-pd-024\n", "ZC-PD\n-024\n"] {
            assert_eq!(whole(&burst(other)), None, "{other:?}");
        }
        assert!(half(&burst("Z")) && half(&burst("690")));
        assert!(!half(&burst("j")) && !half(&burst("ZC-PD-024\n")) && !half(&[]));
    }
}
