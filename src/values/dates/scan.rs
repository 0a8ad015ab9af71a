//! A cursor over the characters of a phrase: words, digits and numerals. Knows nothing of what they mean.

/// What is left to read. Copied freely, so that a wrong way is simply forgotten.
#[derive(Clone, Copy)]
pub(super) struct Scan<'t> {
    rest: &'t [char],
}

/// Something read, and what is left after it.
pub(super) type Read<'t, T> = Option<(T, Scan<'t>)>;

impl<'t> Scan<'t> {
    pub(super) fn new(rest: &'t [char]) -> Self {
        Self { rest }
    }

    /// Past blanks and 的, which may stand anywhere between words (RULES §7).
    pub(super) fn skip(self) -> Self {
        let blank = |c: &char| c.is_whitespace() || *c == '的';
        let rest = self.rest.iter().position(|c| !blank(c)).and_then(|at| self.rest.get(at..));
        Self { rest: rest.unwrap_or_default() }
    }

    pub(super) fn at_end(self) -> bool {
        self.skip().rest.is_empty()
    }

    /// The very next character, blank or not.
    pub(super) fn peek(self) -> Option<char> {
        self.rest.first().copied()
    }

    /// Past the very next character when it passes the test.
    pub(super) fn take(self, test: impl Fn(char) -> bool) -> Read<'t, char> {
        let (first, rest) = self.rest.split_first()?;
        test(*first).then_some((*first, Self { rest }))
    }

    /// Past a word, blanks before it allowed.
    pub(super) fn word(self, word: &str) -> Option<Self> {
        word.chars().try_fold(self.skip(), |s, c| s.take(|d| d == c).map(|(_, s)| s))
    }

    /// Past the longest of several words.
    pub(super) fn any(self, words: &[&str]) -> Option<Self> {
        words.iter().filter_map(|w| self.word(w)).min_by_key(|s| s.rest.len())
    }

    /// The meaning of the longest word of a table.
    pub(super) fn pick<T: Copy>(self, table: &[(&str, T)]) -> Read<'t, T> {
        let found = table.iter().filter_map(|(w, t)| Some((*t, self.word(w)?)));
        found.min_by_key(|(_, s)| s.rest.len())
    }

    /// Past the word, or not, as it happens.
    pub(super) fn maybe(self, words: &[&str]) -> Self {
        self.any(words).unwrap_or(self)
    }

    /// A whole run of ASCII digits (at most eight), with its length.
    pub(super) fn digits(self) -> Read<'t, (u32, usize)> {
        let s = self.skip();
        let len = s.rest.iter().take_while(|c| c.is_ascii_digit()).count();
        if len == 0 || len > 8 {
            return None;
        }
        let (run, rest) = s.rest.split_at_checked(len)?;
        let value = run.iter().filter_map(|c| c.to_digit(10)).fold(0, |n, d| n * 10 + d);
        Some(((value, len), Self { rest }))
    }

    /// A number in Arabic (at most four digits) or Chinese numerals (RULES §7).
    pub(super) fn number(self) -> Read<'t, u32> {
        match self.digits() {
            Some(((value, len), s)) => (len <= 4).then_some((value, s)),
            None => self.numeral(),
        }
    }

    /// A Chinese numeral under 1000, or a year of four characters (二〇二六).
    pub(super) fn numeral(self) -> Read<'t, u32> {
        let s = self.skip();
        let len = s.rest.iter().take_while(|c| unit(**c).is_some() || figure(**c).is_some()).count();
        let (run, rest) = s.rest.split_at_checked(len)?;
        Some((numeral(run)?, Self { rest }))
    }
}

fn figure(c: char) -> Option<u32> {
    "零一二三四五六七八九".chars().zip(0..).find_map(|(f, n)| (f == c).then_some(n)).or(match c {
        '〇' => Some(0),
        '两' => Some(2),
        _ => None,
    })
}

fn unit(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '廿' => Some(20),
        '卅' => Some(30),
        '百' => Some(100),
        _ => None,
    }
}

fn numeral(run: &[char]) -> Option<u32> {
    let figures: Option<Vec<u32>> = run.iter().map(|c| figure(*c)).collect();
    match figures.as_deref() {
        Some([one]) => return Some(*one),
        Some([0, one]) => return Some(*one),
        Some(year @ [_, _, _, _]) => return Some(year.iter().fold(0, |n, d| n * 10 + d)),
        Some(_) => return None,
        None => {}
    }
    let (hundreds, rest) = match run {
        [f, '百', rest @ ..] => (figure(*f).filter(|n| *n > 0)?, rest),
        _ => (0, run),
    };
    let under = match rest {
        [] => 0,
        ['零' | '〇', f] if hundreds > 0 => figure(*f)?,
        _ => tens(rest)?,
    };
    Some(hundreds * 100 + under)
}

fn tens(run: &[char]) -> Option<u32> {
    let (ten, rest) = match run {
        ['十', rest @ ..] => (10, rest),
        [short @ ('廿' | '卅'), rest @ ..] => (unit(*short)?, rest),
        [f, '十', rest @ ..] => (figure(*f).filter(|n| *n > 0)? * 10, rest),
        _ => return None,
    };
    match rest {
        [] => Some(ten),
        [f] => Some(ten + figure(*f).filter(|n| *n > 0)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<u32> {
        let chars: Vec<char> = text.chars().collect();
        let (n, s) = Scan::new(&chars).number()?;
        s.at_end().then_some(n)
    }

    #[test]
    fn numerals_are_read_whole_or_not_at_all() {
        let cases =
            [("三", 3), ("两", 2), ("十", 10), ("十二", 12), ("三十一", 31), ("廿八", 28), ("零五", 5)];
        for (text, n) in cases.into_iter().chain([("一百零五", 105), ("二〇二六", 2026), ("15", 15)])
        {
            assert_eq!(read(text), Some(n), "{text}");
        }
        for text in ["三五", "十十", "百", "零十", "一十零", "12345", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
