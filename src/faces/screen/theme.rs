//! Themes: what each role looks like, in the sixteen palette colours and nothing else. Nothing is said by colour
//! alone; without colour a page says the same.

use super::line::Role;
use crate::faces::accessible;

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Look {
    /// Palette colour of the text; none is the terminal's own.
    pub(crate) ink: Option<u8>,
    /// Palette colour behind it; none is the terminal's own.
    pub(crate) paper: Option<u8>,
    /// Heavier.
    pub(crate) bold: bool,
    /// With a line under it.
    pub(crate) underline: bool,
    /// Ink and paper changed.
    pub(crate) reverse: bool,
}

/// A named set of looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// For a white or light terminal.
    Light,
    /// For a black or dark terminal.
    Dark,
    /// Weight and reversal in the terminal's own two colours, which are the strongest it has.
    HighContrast,
    /// No colour at all (`NO_COLOR`).
    None,
    /// For touch and ear: no colour, and on the screen only what the finger is on and what never changes, so that a step
    /// says one row and no more.
    Quiet,
}

const PLAIN: Look = Look { ink: None, paper: None, bold: false, underline: false, reverse: false };
const BOLD: Look = Look { bold: true, ..PLAIN };
const REVERSE: Look = Look { reverse: true, ..PLAIN };

const fn ink(color: u8) -> Look {
    Look { ink: Some(color), ..PLAIN }
}

impl Theme {
    /// The theme of this name; without one, light where the terminal says its paper is light (`COLORFGBG`), else
    /// dark. A `NO_COLOR` that is not empty wins over everything.
    pub(crate) fn choose(name: &str, no_color: Option<&str>, colorfgbg: Option<&str>) -> Self {
        if name == "quiet" {
            return Self::Quiet;
        }
        if no_color.is_some_and(|v| !v.is_empty()) {
            return Self::None;
        }
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            "contrast" | "high-contrast" => Self::HighContrast,
            "none" => Self::None,
            _ => match colorfgbg.and_then(|v| v.rsplit(';').next()) {
                Some("7" | "15") => Self::Light,
                _ => Self::Dark,
            },
        }
    }

    /// The theme of this name, as the environment allows.
    pub(crate) fn named(name: &str) -> Self {
        let of = |name: &str| std::env::var(name).ok();
        let name = if name.is_empty() && accessible() { "quiet" } else { name };
        Self::choose(name, of("NO_COLOR").as_deref(), of("COLORFGBG").as_deref())
    }

    /// What a role looks like.
    pub(crate) fn look(self, role: Role) -> Look {
        match self {
            Self::Light => light(role),
            Self::Dark => dark(role),
            Self::HighContrast | Self::None => weight(role),
            Self::Quiet => PLAIN,
        }
    }
}

fn light(role: Role) -> Look {
    match role {
        Role::Plain | Role::Quiet | Role::Label => PLAIN,
        Role::Header => Look { ink: Some(15), paper: Some(4), ..PLAIN },
        Role::Current | Role::Focused | Role::Question => {
            Look { ink: Some(0), paper: Some(11), bold: true, ..PLAIN }
        }
        Role::Heading | Role::Key => ink(4),
        Role::Done => BOLD,
        Role::Refused => Look { bold: true, underline: true, ..PLAIN },
    }
}

fn dark(role: Role) -> Look {
    match role {
        Role::Plain | Role::Quiet => PLAIN,
        Role::Header => Look { ink: Some(15), paper: Some(4), ..PLAIN },
        Role::Current | Role::Focused | Role::Question => Look { ink: Some(0), paper: Some(14), ..PLAIN },
        Role::Label => ink(6),
        Role::Heading | Role::Key => ink(14),
        Role::Done => ink(10),
        Role::Refused => Look { bold: true, ..ink(11) },
    }
}

fn weight(role: Role) -> Look {
    match role {
        Role::Plain | Role::Quiet | Role::Label | Role::Done => PLAIN,
        Role::Header | Role::Focused => REVERSE,
        Role::Current => BOLD,
        Role::Heading | Role::Key => BOLD,
        Role::Refused | Role::Question => Look { bold: true, underline: true, ..PLAIN },
    }
}

impl Look {
    /// The escape sequence that makes a terminal write like this, whatever it wrote like before.
    pub(crate) fn sgr(self) -> String {
        let mut codes = String::new();
        for (on, code) in [(self.bold, "1"), (self.underline, "4"), (self.reverse, "7")] {
            if on {
                codes.push(';');
                codes.push_str(code);
            }
        }
        for (color, base, bright) in [(self.ink, 30, 90), (self.paper, 40, 100)] {
            if let Some(n) = color {
                let code = if n < 8 { base + n } else { bright + n.min(15) - 8 };
                codes.push_str(&format!(";{code}"));
            }
        }
        format!("\u{1b}[{codes}m")
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::ROLES;
    use super::*;

    /// The palette of xterm, the one terminals are compared with.
    const XTERM: [[u8; 3]; 16] = [
        [0, 0, 0],
        [205, 0, 0],
        [0, 205, 0],
        [205, 205, 0],
        [0, 0, 238],
        [205, 0, 205],
        [0, 205, 205],
        [229, 229, 229],
        [127, 127, 127],
        [255, 0, 0],
        [0, 255, 0],
        [255, 255, 0],
        [92, 92, 255],
        [255, 0, 255],
        [0, 255, 255],
        [255, 255, 255],
    ];

    fn light_of(color: u8) -> f64 {
        let part = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b] = XTERM[usize::from(color)];
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    #[test]
    fn every_role_has_contrast_of_seven() {
        for (theme, own_ink, own_paper) in [(Theme::Light, 0, 15), (Theme::Dark, 15, 0), (Theme::Dark, 7, 0)]
        {
            for role in ROLES {
                let look = theme.look(role);
                let a = light_of(look.ink.unwrap_or(own_ink));
                let b = light_of(look.paper.unwrap_or(own_paper));
                let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(ratio >= 7.0, "{theme:?} {role:?} {ratio:.1}");
            }
        }
    }

    #[test]
    fn without_colour_there_is_none() {
        assert_eq!(Theme::choose("dark", Some("1"), None), Theme::None);
        assert_eq!(Theme::choose("dark", Some(""), None), Theme::Dark);
        assert_eq!(Theme::choose("", None, Some("0;15")), Theme::Light);
        for role in ROLES {
            let look = Theme::None.look(role);
            assert_eq!((look.ink, look.paper), (None, None));
        }
    }
}
