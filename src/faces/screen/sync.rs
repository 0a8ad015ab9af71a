//! Frames that a terminal shows at once: where it can hold its picture while a frame is being written, a long one is put
//! between the two marks (CSI ? 2026). Whether it can is read off what it calls itself: asking it would leave an answer in
//! the keys of whoever types, and strange signs on one that does not understand.

/// Names (TERM) of terminals that can, as they begin.
const TERMS: &[&str] =
    &["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour", "wezterm", "mintty", "rio", "tmux"];

/// Programs (TERM_PROGRAM) that can behind the name of another.
const PROGRAMS: &[&str] = &["WezTerm", "iTerm.app", "ghostty", "kitty", "contour", "mintty", "rio", "tmux"];

/// GNOME's terminals can since this version of theirs (VTE_VERSION).
const VTE: u32 = 6800;

/// A frame shorter than this is there at once anyway, and the marks would cost more than it.
const LONG: usize = 256;

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Whether the terminal can, by what the environment says of it.
pub(super) fn can(env: impl Fn(&str) -> Option<String>) -> bool {
    let term = env("TERM").unwrap_or_default();
    // These say what they are, whatever started them.
    if matches!(term.as_str(), "" | "dumb" | "linux") || term.starts_with("vt") || term.starts_with("screen")
    {
        return false;
    }
    TERMS.iter().any(|name| term.starts_with(name))
        || env("TERM_PROGRAM").is_some_and(|program| PROGRAMS.contains(&program.as_str()))
        || env("VTE_VERSION").and_then(|n| n.parse::<u32>().ok()).is_some_and(|n| n >= VTE)
}

/// The bytes of a frame as they go out.
pub(super) fn framed(bytes: Vec<u8>, can: bool) -> Vec<u8> {
    if can && bytes.len() >= LONG { [BEGIN, &bytes, END].concat() } else { bytes }
}

#[cfg(test)]
mod tests {
    use super::{can, framed};

    fn with(pairs: &'static [(&str, &str)]) -> bool {
        can(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn only_terminals_that_are_known_to_hold_a_picture_are_told_to() {
        assert!(with(&[("TERM", "xterm-kitty")]) && with(&[("TERM", "foot-extra")]));
        assert!(with(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")]));
        assert!(with(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")]));
        assert!(!with(&[("TERM", "xterm-256color"), ("VTE_VERSION", "5202")]));
        assert!(!with(&[("TERM", "xterm-256color")]) && !with(&[]));
        for term in
            [&[("TERM", "linux"), ("TERM_PROGRAM", "kitty")], &[("TERM", "dumb"), ("VTE_VERSION", "7600")]]
        {
            assert!(!with(term), "{term:?}");
        }
    }

    #[test]
    fn a_step_goes_out_as_it_is() {
        assert_eq!(framed(b"\x1b[B>".to_vec(), true), b"\x1b[B>");
        let long = vec![b'x'; 300];
        assert_eq!(framed(long.clone(), false), long);
        let framed = framed(long, true);
        assert!(framed.starts_with(b"\x1b[?2026hx") && framed.ends_with(b"x\x1b[?2026l"));
    }
}
