//! How a Chinese name or label may be typed in Latin letters: initials and full pinyin, surnames by their own readings
//! (RULES §8.4). Knows the readings, not where the keys are kept or how a hit is weighed.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ::pinyin::ToPinyinMulti;
use serde::Deserialize;

use super::text;

/// Combinations kept when several characters have several readings: of initials and of full pinyin, each.
pub const MOST: usize = 16;

/// Combinations of weaker readings kept, each way: every key makes the index of a large office longer.
const WEAK: usize = 8;

/// Characters that are read; nobody types a longer name or label to its end.
const LENGTH: usize = 40;

/// The ways to type one name. No key is empty, has a space or a capital letter, or is listed twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameKeys {
    /// Initials of the right readings, the most frequent first: `ssa` for 单示安. At most [`MOST`].
    pub initials: Vec<String>,
    /// Full pinyin of the right readings without blanks, each spelling of ü: `shanshian`. At most [`MOST`].
    pub full: Vec<String>,
    /// Initials, then full pinyin, of what else the dictionary knows: `dsa`. A person is found by these too, but
    /// after the others. At most half of [`MOST`] of each.
    pub weak: Vec<String>,
}

/// Readings that outrank the dictionary's.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    single: HashMap<char, Vec<String>>,
    compound: HashMap<String, Vec<String>>,
    given: HashMap<char, Vec<String>>,
}

/// Read once; a test holds that the table in the program can be read.
static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/catalog/surnames.toml")).unwrap_or_default());

/// The readings one character may have, best first.
type Readings = Vec<String>;

/// All keys of a person's name. The surname has exactly the readings of the surname table, if it is listed; a compound
/// surname needs a given name behind it. Between the parts of a transliterated name (`·`) no surname is looked for.
#[must_use]
pub fn name_keys(name: &str) -> NameKeys {
    let letters = letters(name);
    if letters.is_empty() {
        return NameKeys::default();
    }
    let surname = if text::fold(name).contains('·') { Vec::new() } else { surname(&letters) };
    let given = letters.iter().skip(surname.len()).map(|c| given(*c));
    let right: Vec<Readings> = surname.iter().cloned().chain(given).collect();
    let every: Vec<Readings> = letters
        .iter()
        .zip(&right)
        .map(|(c, right)| {
            let table = TABLE.single.get(c).into_iter().chain(TABLE.given.get(c)).flatten().cloned();
            unique(right.iter().cloned().chain(table).chain(dictionary(*c)))
        })
        .collect();

    let initials = combine(&initials(&right), MOST);
    let full = combine(&spellings(&right), MOST);
    let mut weak = others(&self::initials(&every), &initials);
    weak.extend(others(&spellings(&every), &full));
    let weak = unique(weak.into_iter().filter(|key| !initials.contains(key) && !full.contains(key)));
    NameKeys { initials, full, weak }
}

/// All keys of an ordinary word or label, `场地 A` → `cda`, `changdia`, …: initials, then full pinyin, of every reading,
/// the dictionary's first reading first; at most [`MOST`] of each.
#[must_use]
pub fn text_keys(text: &str) -> Vec<String> {
    let letters = letters(text);
    if letters.is_empty() {
        return Vec::new();
    }
    let every: Vec<Readings> = letters.into_iter().map(dictionary).collect();
    unique(combine(&initials(&every), MOST).into_iter().chain(combine(&spellings(&every), MOST)))
}

/// What is read of a text: letters, digits and characters, narrow and small.
fn letters(text: &str) -> Vec<char> {
    text::fold(text).to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(LENGTH).collect()
}

/// The readings of the surname's characters, one entry for each; empty if the name begins with none that is listed.
fn surname(letters: &[char]) -> Vec<Readings> {
    if let [one, two, _, ..] = letters
        && let Some(readings) = TABLE.compound.get(&String::from_iter([one, two]))
    {
        let syllable =
            |place| readings.iter().filter_map(move |one| one.split(' ').nth(place)).map(str::to_owned);
        return vec![unique(syllable(0)), unique(syllable(1))];
    }
    letters.first().and_then(|one| TABLE.single.get(one)).cloned().into_iter().collect()
}

/// How a character sounds inside a given name: by the table, else its usual reading.
fn given(c: char) -> Readings {
    TABLE.given.get(&c).cloned().unwrap_or_else(|| dictionary(c).into_iter().take(1).collect())
}

/// Every reading the dictionary knows, tones left out; what has none stands for itself.
fn dictionary(c: char) -> Readings {
    match c.to_pinyin_multi() {
        Some(readings) => unique(readings.into_iter().map(|one| one.plain().to_owned())),
        None => vec![c.to_string()],
    }
}

/// First letters of each character's readings.
fn initials(places: &[Readings]) -> Vec<Readings> {
    let first = |reading: &String| reading.chars().take(1).collect();
    places.iter().map(|readings| unique(readings.iter().map(first))).collect()
}

/// Each character's readings as they may be typed: a keyboard has no ü, people type v, u or yu for it.
fn spellings(places: &[Readings]) -> Vec<Readings> {
    let typed = |reading: &String| match reading.contains('ü') {
        true => ["v", "u", "yu"].map(|letter| reading.replace('ü', letter)).to_vec(),
        false => vec![reading.clone()],
    };
    places.iter().map(|readings| unique(readings.iter().flat_map(typed))).collect()
}

/// Texts made of one choice for each place. Those with the fewest choices but the first come first, of these the ones
/// that differ early, so that a cap takes away the unlikely and keeps every reading of the surname.
fn combine(places: &[Readings], most: usize) -> Vec<String> {
    let mut kept = vec![(0, String::new())];
    for choices in places {
        let mut longer: Vec<(usize, String)> = Vec::with_capacity(choices.len() * kept.len());
        for (rank, choice) in choices.iter().enumerate() {
            let odd = usize::from(rank > 0);
            longer.extend(kept.iter().map(|(so_far, text)| (so_far + odd, format!("{text}{choice}"))));
        }
        longer.sort_by_key(|(odd, _)| *odd);
        let mut seen = HashSet::new();
        longer.retain(|(_, text)| seen.insert(text.clone()));
        longer.truncate(most);
        kept = longer;
    }
    kept.into_iter().map(|(_, text)| text).collect()
}

/// Combinations beyond the known ones.
fn others(places: &[Readings], known: &[String]) -> Vec<String> {
    let mut found = combine(places, known.len() + WEAK);
    found.retain(|key| !known.contains(key));
    found.truncate(WEAK);
    found
}

/// Each text once, in the order of first sight.
fn unique(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    texts.into_iter().filter(|text| seen.insert(text.clone())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn set(keys: &[String]) -> BTreeSet<&str> {
        keys.iter().map(String::as_str).collect()
    }

    #[test]
    fn the_table_can_be_read_and_gives_a_syllable_for_each_character() {
        let table: Table = toml::from_str(include_str!("../../data/catalog/surnames.toml")).unwrap();
        for (surname, readings) in &table.compound {
            assert_eq!(surname.chars().count(), 2, "{surname}");
            assert!(readings.iter().all(|one| one.split(' ').count() == 2), "{surname}");
        }
        let syllables = table.single.values().chain(table.given.values()).flatten();
        for syllable in syllables.chain(table.compound.values().flatten()) {
            assert!(syllable.chars().all(|c| c.is_ascii_lowercase() || c == 'ü' || c == ' '), "{syllable}");
        }
        assert!(table.single.values().chain(table.given.values()).all(|one| !one.is_empty()));
    }

    #[test]
    fn names_have_the_initials_of_their_readings() {
        let tables = [
            include_str!("../../tests/vectors/pinyin_initials.tsv"),
            include_str!("../../tests/vectors/more_pinyin_initials.tsv"),
        ];
        for row in tables.into_iter().flat_map(|table| table.lines().skip(1)) {
            let cells: Vec<&str> = row.split('\t').collect();
            let keys = name_keys(cells[0]);
            assert_eq!(set(&keys.initials), cells[1].split('|').collect(), "{row}");
            let places: Vec<Readings> =
                cells[2].split(' ').map(|one| one.split('/').map(str::to_owned).collect()).collect();
            assert!(set(&keys.full).is_superset(&set(&combine(&places, MOST))), "{row}: {:?}", keys.full);
        }
    }

    #[test]
    fn other_readings_are_found_after_the_right_ones() {
        let keys = name_keys("单示安");
        assert!(
            keys.weak.contains(&"dsa".to_owned()) && keys.weak.contains(&"danshian".to_owned()),
            "{keys:?}"
        );
        let many = name_keys("单示平");
        for full in ["danshiping", "chanshiping"] {
            assert!(many.weak.iter().any(|key| key == full), "{full}: {many:?}");
        }
        let keys = name_keys("尉迟示明");
        assert!(keys.weak.contains(&"wcsm".to_owned()), "{keys:?}");
        assert_eq!(name_keys("单于").full, ["shanyu"], "two characters are a surname and a given name");
    }

    #[test]
    fn a_keyboard_without_umlaut_finds_its_names() {
        assert_eq!(name_keys("吕拟").full, ["lvni", "luni", "lyuni"]);
        assert_eq!(name_keys("吕拟").initials, ["ln"]);
    }

    #[test]
    fn latin_letters_are_kept_narrow_and_small() {
        assert_eq!(name_keys("Ａnna 示·B").initials, ["annasb"]);
        assert_eq!(name_keys("Ａnna 示·B").full, ["annashib"]);
        assert_eq!(name_keys(" · "), NameKeys::default());
        assert!(text_keys("WPS 培训班").starts_with(&["wpspxb".to_owned()]));
        assert!(text_keys("场地 A").contains(&"changdia".to_owned()));
    }

    proptest! {
        #[test]
        fn keys_are_few_distinct_and_the_same_each_time(name in "[一-龥·A-zＡ-ｚ ]{0,24}|[单行长重乐会和女那]{0,60}|\\PC{0,60}") {
            let keys = name_keys(&name);
            prop_assert_eq!(&keys, &name_keys(&name));
            prop_assert!(keys.initials.len() <= MOST && keys.full.len() <= MOST && keys.weak.len() <= 2 * WEAK);
            prop_assert!(text_keys(&name).len() <= 2 * MOST);
            let right: BTreeSet<&String> = keys.initials.iter().chain(&keys.full).collect();
            prop_assert!(keys.weak.iter().all(|key| !right.contains(key)));
            for list in [&keys.initials, &keys.full, &keys.weak, &text_keys(&name)] {
                prop_assert_eq!(set(list).len(), list.len());
                prop_assert!(list.iter().all(|key| !key.is_empty() && !key.contains(char::is_whitespace)));
            }
        }
    }
}
