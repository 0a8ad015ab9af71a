//! What is true of counting: what a counter may say of a tag, what a tag that was scanned turns out to be, what may be decided
//! about a difference (SM-11, G-6.2.4). Pure: no SQL, no clock.

/// What a count found out about a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// As by the book.
    Present,
    /// Elsewhere than by the book.
    Misplaced,
    /// Here, though by the book it should not be: out on loan, in repair.
    OtherState,
    /// Here and broken.
    Damaged,
    /// Not here.
    Missing,
    /// Here, though by the book the office has it no more, or never had.
    Surplus,
    /// A tag that nobody knows.
    Unknown,
}

impl Found {
    /// All of them, with the words in the file.
    const WORDS: [(Self, &'static str); 7] = [
        (Self::Present, "相符"),
        (Self::Misplaced, "位置不符"),
        (Self::OtherState, "状态不符"),
        (Self::Damaged, "毁损"),
        (Self::Missing, "盘亏"),
        (Self::Surplus, "盘盈"),
        (Self::Unknown, "不明"),
    ];

    /// The word in the file.
    pub(crate) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(found, _)| *found == self).map_or("", |(_, word)| word)
    }

    /// The result of a word in the file.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(found, _)| *found)
    }
}

/// What a counter said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// The expected one is here.
    Present,
    /// It is not.
    Missing,
    /// It is somewhere else: where, if that is known.
    Elsewhere(String),
    /// It is here and broken.
    Damaged,
    /// It comes later: the next one now.
    Later,
    /// I go to another place.
    Go(String),
    /// Here is something without a tag, called so.
    Thing(String),
    /// Here is this tag.
    Tag(String),
}

/// Reads what a counter typed or scanned; none for nothing. Keys are one character, so that they are no tag.
pub(crate) fn read(typed: &str) -> Option<Said> {
    let plain = crate::values::text::half_width(typed);
    let text = plain.trim();
    let lower = text.to_lowercase();
    Some(match lower.as_str() {
        "" => return None,
        "1" | "y" | "在" | "相符" | "ok" => Said::Present,
        "2" | "x" | "n" | "缺" | "没有" | "盘亏" => Said::Missing,
        "3" | "w" | "别处" | "错位" => Said::Elsewhere(String::new()),
        "4" | "h" | "坏" | "毁损" => Said::Damaged,
        "5" | "s" | "后" | "后数" => Said::Later,
        _ if let Some(("3" | "w" | "W" | "别处" | "错位", place)) = text.split_once('@') => {
            Said::Elsewhere(place.trim().to_owned())
        }
        _ => match (text.strip_prefix('@'), text.strip_prefix('+')) {
            (Some(place), _) if !place.trim().is_empty() => Said::Go(place.trim().to_owned()),
            (_, Some(name)) if !name.trim().is_empty() => Said::Thing(name.trim().to_owned()),
            (None, None) => Said::Tag(text.to_owned()),
            _ => return None,
        },
    })
}

/// What the book said of a thing when it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Book {
    /// The place's number in the file.
    pub place: Option<i64>,
    /// How it stood.
    pub status: String,
}

/// What a thing turns out to be whose tag was seen at a place. `expected`: this count is about it.
pub(crate) fn seen(book: &Book, here: Option<i64>, expected: bool) -> Found {
    if matches!(book.status.as_str(), "已报废" | "已退回" | "盘亏") {
        return Found::Surplus;
    }
    // Whoever holds the thing itself in hand knows better than the book where it is.
    if book.place != here || !expected {
        return Found::Misplaced;
    }
    if book.status == "借出" {
        return Found::OtherState;
    }
    Found::Present
}

/// What is decided about a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// The ledger comes to say what was found.
    Update,
    /// It goes back to where the ledger says.
    PutBack,
    /// It is looked for; the ledger stays.
    Search,
    /// Nothing is done, for a reason.
    Leave,
}

impl Decision {
    /// All of them, with the words in the file.
    const WORDS: [(Self, &'static str); 4] = [
        (Self::Update, "更新台账"),
        (Self::PutBack, "放回原处"),
        (Self::Search, "继续查找"),
        (Self::Leave, "不改"),
    ];

    /// The word in the file.
    pub(crate) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(decision, _)| *decision == self).map_or("", |(_, word)| word)
    }

    /// The decision of a word in the file.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(decision, _)| *decision)
    }

    /// What is usual for a result; `placed`: it is known where it was found.
    pub(crate) fn usual(found: Found, placed: bool) -> Self {
        match found {
            Found::Misplaced if !placed => Self::Search,
            Found::Misplaced => Self::PutBack,
            Found::Missing => Self::Search,
            Found::Present | Found::OtherState => Self::Leave,
            Found::Damaged | Found::Surplus | Found::Unknown => Self::Update,
        }
    }

    /// Whether it says anything about a result: what is missing cannot be put back, what is here need not be looked for, and
    /// no ledger says that a thing is somewhere.
    pub(crate) fn fits(self, found: Found, placed: bool) -> bool {
        let nowhere = found == Found::Misplaced && !placed;
        match self {
            Self::Leave => true,
            Self::Update => !nowhere,
            Self::PutBack => found == Found::Misplaced,
            Self::Search => nowhere || matches!(found, Found::Missing | Found::Unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_key_says_it_and_anything_longer_is_a_tag() {
        for (typed, said) in [
            ("y", Said::Present),
            ("１", Said::Present),
            (" X ", Said::Missing),
            ("3", Said::Elsewhere(String::new())),
            ("3＠Z04", Said::Elsewhere("Z04".into())),
            ("别处@仓库", Said::Elsewhere("仓库".into())),
            ("坏", Said::Damaged),
            ("s", Said::Later),
            ("@Z04", Said::Go("Z04".into())),
            ("＋折叠椅", Said::Thing("折叠椅".into())),
            ("zc-df-012", Said::Tag("zc-df-012".into())),
            ("轮椅03", Said::Tag("轮椅03".into())),
            ("012", Said::Tag("012".into())),
        ] {
            assert_eq!(read(typed), Some(said), "{typed}");
        }
        assert_eq!([read(""), read("@"), read("+ ")], [None, None, None]);
    }

    #[test]
    fn a_scanned_tag_is_taken_for_what_it_is() {
        let book = |place, status: &str| Book { place, status: status.into() };
        assert_eq!(seen(&book(Some(1), "在用"), Some(1), true), Found::Present);
        assert_eq!(seen(&book(Some(2), "在用"), Some(1), true), Found::Misplaced);
        assert_eq!(seen(&book(Some(1), "在用"), Some(1), false), Found::Misplaced);
        assert_eq!(seen(&book(Some(1), "借出"), Some(1), true), Found::OtherState);
        assert_eq!(seen(&book(Some(1), "已报废"), Some(1), false), Found::Surplus);
        assert_eq!(seen(&book(None, "盘亏"), Some(1), true), Found::Surplus);
    }

    #[test]
    fn the_usual_decision_always_fits() {
        for (found, word) in Found::WORDS {
            for placed in [true, false] {
                assert!(Decision::usual(found, placed).fits(found, placed), "{word}");
            }
            assert_eq!(Found::parse(word), Some(found));
        }
        assert!(
            !Decision::PutBack.fits(Found::Missing, true) && !Decision::Search.fits(Found::Damaged, true)
        );
        assert!(
            !Decision::Update.fits(Found::Misplaced, false) && Decision::Update.fits(Found::Misplaced, true)
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,30}") {
            drop(read(&text));
        }
    }
}
