//! What is shown of a person's data by default (RULES §5.3 c), and how its tail is said aloud. Knows nothing of who may see more.

use unicode_segmentation::UnicodeSegmentation;

use super::phone::{self, PhoneKind};
use super::text;

const STAR: &str = "*";
const ID_HEAD: usize = 6;
const ID_TAIL: usize = 4;
const ID_LENGTH: usize = 18;

/// A name: the first and the last character stay, of a name of two only the first, of one nothing. 沈*安, 沈*.
#[must_use]
pub fn name(full: &str) -> String {
    let folded = text::fold(full);
    let letters: Vec<&str> = folded.graphemes(true).collect();
    match letters.as_slice() {
        [] => String::new(),
        [_] => STAR.to_owned(),
        [first, _] => format!("{first}{STAR}"),
        [first, between @ .., last] => format!("{first}{}{last}", STAR.repeat(between.len())),
    }
}

/// An identity number: the first 6 and the last 4 characters, birth hidden. 330521********9816. Text that is too short to be
/// a number is hidden whole.
#[must_use]
pub fn resident_id(full: &str) -> String {
    let number = text::compact(full);
    let length = number.chars().count();
    if length == ID_LENGTH { keep_ends(&number, ID_HEAD, ID_TAIL) } else { STAR.repeat(length) }
}

/// A certificate number: as the identity number in it, then stars for category, level and re-issue mark. 330521********9816**.
#[must_use]
pub fn certificate(full: &str) -> String {
    let number = text::compact(full);
    let id: String = number.chars().take(ID_LENGTH).collect();
    let rest = number.chars().count().saturating_sub(ID_LENGTH);
    format!("{}{}", resident_id(&id), STAR.repeat(rest))
}

/// Telephone numbers: 130****0001, 0572-****001, without the extension; several are joined by `、`. Public short and service
/// numbers are nobody's and stay; a text that is no number keeps no digit.
#[must_use]
pub fn phone(full: &str) -> String {
    let Ok(numbers) = phone::parse_list(full) else {
        return text::fold(full).chars().map(|c| if c.is_numeric() { '*' } else { c }).collect();
    };
    let masked: Vec<String> = numbers.iter().map(one_phone).collect();
    masked.join("、")
}

fn one_phone(phone: &phone::Phone) -> String {
    match phone.kind {
        PhoneKind::Mobile => keep_ends(&phone.number, 3, 4),
        PhoneKind::Landline => {
            let mut parts = phone.number.split('-');
            let (area, local) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let tail: String = local.chars().skip(4).collect();
            format!("{area}-{}{tail}", STAR.repeat(4))
        }
        PhoneKind::Short | PhoneKind::Service | PhoneKind::Business => phone.number.clone(),
    }
}

/// An address down to the community, then `***`. The community's name is taken where it is known and stands in the address;
/// otherwise the address ends after 社区 or 村, or else after the township, before any house number.
#[must_use]
pub fn address(full: &str, community: Option<&str>) -> String {
    let folded = text::fold(full);
    let community = community.map(text::fold).filter(|name| !name.is_empty());
    let shown = match community.and_then(|name| through(&folded, &name)) {
        Some(shown) => shown,
        None => {
            let before_digits = folded.split(char::is_numeric).next().unwrap_or_default();
            let markers = ["社区", "村", "街道", "镇", "乡"];
            markers.iter().find_map(|marker| through(before_digits, marker)).unwrap_or_default()
        }
    };
    match (folded.is_empty(), shown == folded) {
        (true, _) => String::new(),
        (false, true) => shown,
        (false, false) => format!("{shown}{}", STAR.repeat(3)),
    }
}

/// The text through the first occurrence of `end`.
fn through(text: &str, end: &str) -> Option<String> {
    text.split_once(end).map(|(before, _)| format!("{before}{end}"))
}

fn keep_ends(number: &str, head: usize, tail: usize) -> String {
    let length = number.chars().count();
    let hide = |(index, c)| if index < head || index + tail >= length { c } else { '*' };
    number.chars().enumerate().map(hide).collect()
}

/// The last four characters of a number that its mask shows too, each as it is said: 九八一六. None where
/// the mask shows no tail. The locale puts the words around it.
#[must_use]
pub fn spoken_tail(masked: &str) -> Option<String> {
    let visible = masked.trim_end_matches('*');
    let tail: Vec<char> = visible.chars().rev().take_while(char::is_ascii_alphanumeric).take(4).collect();
    let hidden_before = visible.contains('*');
    (hidden_before && !tail.is_empty()).then(|| tail.into_iter().rev().map(spoken).collect())
}

fn spoken(c: char) -> char {
    let digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let value = c.to_digit(10).and_then(|value| usize::try_from(value).ok());
    value.and_then(|value| digits.get(value).copied()).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_keep_their_ends() {
        for (full, want) in [
            ("沈示安", "沈*安"),
            ("沈示", "沈*"),
            ("沈", "*"),
            ("", ""),
            ("尉迟示明", "尉**明"),
            ("𫖯示安", "𫖯*安"),
        ] {
            assert_eq!(name(full), want);
        }
    }

    #[test]
    fn numbers_hide_birth_category_and_middle() {
        assert_eq!(resident_id("330521 19850612 9816"), "330521********9816");
        assert_eq!(certificate("33052119850612981611"), "330521********9816**");
        assert_eq!(certificate("33052119620930988941B1"), "330521********9889****");
        assert_eq!(resident_id("33052119850"), "***********");
        assert_eq!(phone("13000000001"), "130****0001");
        assert_eq!(phone("+86 13000000001/0572-8000012-3"), "130****0001、0572-****012");
        assert_eq!(phone("12345"), "12345");
        assert_eq!(phone("家里 1300"), "家里 ****");
    }

    #[test]
    fn addresses_end_at_the_community() {
        assert_eq!(address("样例社区一样例路1号", Some("样例社区一")), "样例社区一***");
        assert_eq!(address("武康街道样例社区样例路1号", None), "武康街道样例社区***");
        assert_eq!(address("新市镇样例路3号样例村", None), "新市镇***");
        assert_eq!(address("样例路1号", Some("样例社区一")), "***");
        assert_eq!(address("样例社区", None), "样例社区");
        assert_eq!(address(" ", None), "");
    }

    #[test]
    fn tails_are_said_digit_by_digit() {
        assert_eq!(spoken_tail("330521********9816").unwrap(), "九八一六");
        assert_eq!(spoken_tail("330521********975X**").unwrap(), "九七五X");
        assert_eq!(spoken_tail("0572-****012").unwrap(), "零一二");
        assert_eq!(spoken_tail("****"), None);
        assert_eq!(spoken_tail("12345"), None);
    }

    proptest! {
        #[test]
        fn hidden_digits_are_not_in_the_mask(middle in "[0-9]{8}", kind in "[1-7][1-4](B[1-9])?") {
            let id = format!("330521{middle}900X");
            prop_assert_eq!(resident_id(&id), "330521********900X");
            let stars = STAR.repeat(kind.len());
            prop_assert_eq!(certificate(&format!("{id}{kind}")), format!("330521********900X{stars}"));
        }

        #[test]
        fn a_hidden_part_leaves_no_trace(a in "[0-9]{4}", b in "[0-9]{4}", house in 1..9999_u32) {
            prop_assert_eq!(phone(&format!("130{a}0001")), phone(&format!("130{b}0001")));
            prop_assert_eq!(phone(&format!("0572-8{}001", a.replace('0', "1").get(..3).unwrap())), "0572-****001");
            prop_assert_eq!(address(&format!("武康街道样例社区{house}号"), None), "武康街道样例社区***");
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = (name(&text), certificate(&text), phone(&text), address(&text, Some("样例")), spoken_tail(&text));
        }

        #[test]
        fn a_broken_number_shows_no_digit(text in "[0-9]{1,10}") {
            prop_assume!(phone::parse_list(&text).is_err());
            prop_assert!(!phone(&text).contains(|c: char| c.is_ascii_digit()));
        }
    }
}
