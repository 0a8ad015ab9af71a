//! How a Chinese name may be typed in Latin letters: initials and full pinyin of all its readings. Knows
//! nothing of where the keys go, and no surnames: which reading of a character is usual is the pinyin table's word.

use pinyin::ToPinyinMulti;

/// Combinations kept of a name whose characters have several readings.
const MOST: usize = 16;

/// The ways to type one name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Readings {
    /// Initials of the usual reading.
    pub(crate) usual: Vec<String>,
    /// Initials of the other readings.
    pub(crate) other: Vec<String>,
    /// Full pinyin of all readings, without blanks.
    pub(crate) full: Vec<String>,
}

/// All readings of a folded name; what is not Chinese stands for itself.
pub(crate) fn of(name: &str) -> Readings {
    let mut spelled: Vec<(String, String)> = vec![Default::default()];
    for c in name.chars() {
        let mut choices: Vec<String> = match c.to_pinyin_multi() {
            Some(readings) => readings.into_iter().map(|one| one.plain().to_owned()).collect(),
            None => vec![c.to_string()],
        };
        let umlauts: Vec<String> = choices.iter().filter(|one| one.contains('ü')).cloned().collect();
        for one in umlauts {
            choices.retain(|choice| *choice != one);
            choices.extend(["v", "u", "yu"].map(|letter| one.replace('ü', letter)));
        }
        let mut longer = Vec::with_capacity(spelled.len() * choices.len());
        for (initials, full) in &spelled {
            for choice in &choices {
                let first = choice.chars().next().unwrap_or(c);
                longer.push((format!("{initials}{first}"), format!("{full}{choice}")));
            }
        }
        longer.truncate(MOST);
        spelled = longer;
    }
    let mut readings = Readings::default();
    for (initials, full) in spelled {
        if readings.usual.is_empty() {
            readings.usual.push(initials);
        } else if !readings.usual.contains(&initials) && !readings.other.contains(&initials) {
            readings.other.push(initials);
        }
        if !readings.full.contains(&full) {
            readings.full.push(full);
        }
    }
    readings
}
