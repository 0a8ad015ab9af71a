//! Made-up people: names that say they are made up, IDs whose sequence no real person has, in endless supply. The same
//! number always gives the same person. Pure.

use chrono::{Days, NaiveDate};

use crate::subjects::people::rules::CATEGORIES;

const SURNAMES: &[&str] = &[
    "沈", "姚", "单", "曾", "仇", "解", "区", "查", "华", "任", "乐", "翟", "覃", "缪", "盖", "种", "朴",
    "吕", "员", "盛", "陈", "王", "李", "张", "刘", "杨", "黄", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "尉迟", "万俟", "诸葛", "欧阳",
];
const MIDDLE: &[&str] = &["示", "拟", "样"];
const LAST: &[&str] = &[
    "安", "清", "恩", "行", "真", "春", "静", "文", "成", "晨", "宁", "秋", "冬", "茜", "书", "明", "远",
    "和", "康", "光", "平", "言", "夏", "航", "民", "强", "英", "良", "善", "勤",
];
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
/// Sequence codes 900 to 999 are kept for made-up people.
const SEQUENCES: u64 = 100;
/// Birthdays are spread over so many days, from this one on.
const BIRTHDAYS: u64 = 29_000;

/// A made-up person.
pub(super) struct Made {
    /// Name.
    pub name: String,
    /// 男 or 女, as the ID says.
    pub sex: &'static str,
    /// Birthday.
    pub birth: NaiveDate,
    /// A valid resident ID.
    pub resident_id: String,
    /// Category, by its place in the categories.
    pub kind: usize,
    /// Level, 1 to 4.
    pub level: u64,
    /// A telephone number.
    pub phone: String,
}

/// A number well mixed: neighbouring numbers have nothing in common (the finisher of splitmix64).
pub(super) fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ (n >> 31)
}

/// One of several, by chance.
pub(super) fn one_of<T: Copy>(of: &[T], chance: u64) -> Option<T> {
    let n = u64::try_from(of.len()).unwrap_or(1).max(1);
    of.get(usize::try_from(chance % n).unwrap_or(0)).copied()
}

/// The n-th made-up person. The first 2.9 million have different IDs.
pub(super) fn made(n: u64) -> Made {
    // A step prime to the number of birthdays visits every day once before it comes back, out of order.
    let place = n % (BIRTHDAYS * SEQUENCES);
    let birth = NaiveDate::from_ymd_opt(1931, 1, 1).unwrap_or_default()
        + Days::new(place.wrapping_mul(7919) % BIRTHDAYS);
    let sequence = 900 + place / BIRTHDAYS;
    let chance = mix(n);
    let part = |shift: u32| chance >> shift;
    let name = [one_of(SURNAMES, part(0)), one_of(MIDDLE, part(12)), one_of(LAST, part(24))];
    // As the certified are spread, roughly: half of them 肢体.
    let kind = match part(36) % 20 {
        0..=2 => 0,
        3..=5 => 1,
        6 => 2,
        7..=14 => 3,
        15 | 16 => 4,
        17 | 18 => 5,
        _ => 6,
    };
    Made {
        name: name.into_iter().flatten().collect(),
        sex: if sequence % 2 == 1 { "男" } else { "女" },
        birth,
        resident_id: with_check(&format!("330521{}{sequence:03}", birth.format("%Y%m%d"))),
        kind,
        level: 1 + part(44) % 4,
        phone: format!("130000{:05}", n % 100_000),
    }
}

impl Made {
    /// The category as kept.
    pub(super) fn category(&self) -> &'static str {
        CATEGORIES.get(self.kind).copied().unwrap_or_default()
    }

    /// A valid certificate.
    pub(super) fn certificate(&self) -> String {
        format!("{}{}{}", self.resident_id, self.kind + 1, self.level)
    }
}

fn with_check(seventeen: &str) -> String {
    let sum: u32 = seventeen.chars().filter_map(|c| c.to_digit(10)).zip(WEIGHTS).map(|(d, w)| d * w).sum();
    let check = usize::try_from(sum % 11).ok().and_then(|at| CHECKS.get(at)).copied().unwrap_or('0');
    format!("{seventeen}{check}")
}
