//! A sequence of chances that can be had again, and the texts that have broken programs before.

use std::time::{Duration, Instant};

pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (end.max(1) as u64)).unwrap()
    }

    pub(crate) fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most)).map(|_| u8::try_from(self.below(256)).unwrap()).collect()
    }

    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A known evil, or letters of many kinds by chance.
    pub(crate) fn text(&mut self) -> String {
        if self.below(3) == 0 {
            return self.one(EVIL).1.to_owned();
        }
        const KINDS: [&str; 8] = [
            "沈示安轮椅盲道",
            "0123456789",
            " \t\n",
            "=+-@;'\"",
            "\u{1b}\u{7}\u{0}\u{9b}",
            "👩\u{200d}🦽",
            "\u{202e}\u{feff}",
            "%_\\/",
        ];
        let count = self.below(40);
        (0..count)
            .map(|_| {
                let kind: Vec<char> = self.one(&KINDS).chars().collect();
                *self.one(&kind)
            })
            .collect()
    }
}

/// Injections by name.
pub(crate) const EVIL: &[(&str, &str)] = &[
    ("SQL end of text", "'; DROP TABLE operator; --"),
    ("SQL always true", "x' OR '1'='1"),
    ("SQL wildcard", "%_%\\"),
    ("path upwards", "../../../../etc/passwd"),
    ("path absolute", "/etc/passwd"),
    ("path with NUL", "office.db\u{0}.csv"),
    ("CSV formula =", "=cmd|' /C calc'!A0"),
    ("CSV formula +", "+1+cmd|' /C calc'!A0"),
    ("CSV formula -", "-2+3+cmd|' /C calc'!A0"),
    ("CSV formula @", "@SUM(1+1)*cmd|' /C calc'!A0"),
    ("CSV formula after tab", "\t=1+1"),
    ("CSV break", "a\",\"b\r\nc,d"),
    ("terminal title", "\u{1b}]0;owned\u{7}"),
    ("terminal clear", "\u{1b}[2J\u{1b}[H"),
    ("terminal C1", "\u{9b}2J\u{9d}0;owned\u{9c}"),
    ("terminal report", "\u{1b}[6n\u{1b}P$q\"p\u{1b}\\"),
    ("bracketed paste end", "\u{1b}[201~\u{3}quit\r"),
    ("backspaces", "abc\u{8}\u{8}\u{8}xyz"),
    ("bidirectional", "\u{202e}安示沈\u{202c}\u{2066}"),
    ("format string", "%s%n%x{}{0}$name"),
    ("Fluent placeable", "{ $pin }"),
    ("shell", "$(id)`id`;id|id&&id"),
    ("zero width", "\u{200b}\u{feff}\u{2060}"),
];

/// Runs until the time for chance is over.
pub(crate) fn for_a_while(usual: u64, mut work: impl FnMut()) {
    let seconds = std::env::var("LIANBAN_FUZZ").ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let until = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < until {
        work();
    }
}
