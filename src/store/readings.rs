//! How a Chinese name may be typed in Latin letters: initials and full pinyin of its readings (RULES §8.4).
//! Knows nothing of where the keys go.

use pinyin::ToPinyinMulti;

/// Readings kept of one name, the usual one and those that differ from it least.
const MOST: usize = 8;

/// Characters whose reading as a surname is not their usual one.
const SURNAMES: [(char, &str); 18] = [
    ('仇', "qiu"),
    ('单', "shan"),
    ('区', "ou"),
    ('查', "zha"),
    ('解', "xie"),
    ('曾', "zeng"),
    ('任', "ren"),
    ('华', "hua"),
    ('朴', "piao"),
    ('盖', "ge"),
    ('缪', "miao"),
    ('翟', "zhai"),
    ('乐', "yue"),
    ('种', "chong"),
    ('召', "shao"),
    ('折', "she"),
    ('繁', "po"),
    ('员', "yun"),
];

/// The ways to type one name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Readings {
    /// Initials of the usual reading, the surname's own first.
    pub(crate) usual: Vec<String>,
    /// Initials of the other readings.
    pub(crate) other: Vec<String>,
    /// Full pinyin of all readings, without blanks; ü as v, u and yu.
    pub(crate) full: Vec<String>,
}

/// The readings of a folded name; what is not Chinese stands for itself.
pub(crate) fn of(name: &str) -> Readings {
    // Initials, full spelling, and how many characters are read in an unusual way.
    let mut spelled = vec![(String::new(), String::new(), 0usize)];
    for (at, c) in name.chars().enumerate() {
        let choices = choices_of(c, at == 0);
        spelled = choices
            .iter()
            .enumerate()
            .flat_map(|(unusual, choice)| {
                let first = choice.chars().next().unwrap_or(c);
                spelled.iter().map(move |(initials, full, so_far)| {
                    let odd = so_far + usize::from(unusual > 0);
                    (format!("{initials}{first}"), format!("{full}{choice}"), odd)
                })
            })
            .collect();
        spelled.sort_by_key(|(_, _, odd)| *odd);
        spelled.truncate(MOST);
    }
    let mut readings = Readings::default();
    for (initials, full, _) in spelled {
        if readings.usual.is_empty() {
            readings.usual.push(initials);
        } else if !readings.usual.contains(&initials) && !readings.other.contains(&initials) {
            readings.other.push(initials);
        }
        for letter in ["v", "u", "yu"] {
            let full = full.replace('ü', letter);
            if !readings.full.contains(&full) {
                readings.full.push(full);
            }
        }
    }
    readings
}

/// The readings of one character, the likeliest first.
fn choices_of(c: char, may_be_surname: bool) -> Vec<String> {
    let mut choices: Vec<String> = match c.to_pinyin_multi() {
        Some(readings) => readings.into_iter().map(|one| one.plain().to_owned()).collect(),
        None => vec![c.to_string()],
    };
    let surname = SURNAMES.iter().find(|(character, _)| may_be_surname && *character == c);
    if let Some((_, reading)) = surname {
        choices.retain(|choice| choice != reading);
        choices.insert(0, (*reading).to_owned());
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn every_reading_of_the_surname_survives_a_name_with_many() {
        let readings = of("单示平");
        assert_eq!(readings.usual, ["ssp"]);
        for full in ["shanshiping", "danshiping", "chanshiping"] {
            assert!(readings.full.iter().any(|one| one == full), "{full}: {readings:?}");
        }
        assert_eq!(of("吕示").full.iter().filter(|full| full.ends_with("shi")).count(), 3);
    }

    #[test]
    fn the_initials_of_every_vector_are_known() {
        let rows = include_str!("../../tests/vectors/pinyin_initials.tsv").lines().skip(1);
        for row in rows {
            let mut cells = row.split('\t');
            let (name, initials) = (cells.next().unwrap(), cells.next().unwrap());
            let readings = of(name);
            for initials in initials.split('|') {
                let found = readings.usual.iter().chain(&readings.other).any(|one| one == initials);
                assert!(found, "{name} {initials}: {readings:?}");
            }
        }
    }
}
