//! Days as they are typed in English: `wed`, `next wed`, `last Friday`, `4 mar`, `Mar 4`. Knows nothing of times.

use chrono::Weekday;

use super::Ask;
use super::days::{Found, on_weekday};
use super::numbers::month_day;
use super::scan::{Read, Scan};
use crate::values::text;

const WEEKDAYS: [(&str, Weekday); 18] = [
    ("mon", Weekday::Mon),
    ("monday", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("tues", Weekday::Tue),
    ("tuesday", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("wednesday", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("thur", Weekday::Thu),
    ("thurs", Weekday::Thu),
    ("thursday", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("friday", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("saturday", Weekday::Sat),
    ("sun", Weekday::Sun),
    ("sunday", Weekday::Sun),
    ("weds", Weekday::Wed),
];
/// How many weeks away; a weekday without any of them is the next one, or in a record the last.
const AWAY: [(&str, i32); 3] = [("this", 0), ("next", 1), ("last", -1)];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Past a word that no letter follows.
fn whole(s: Scan<'_>) -> Option<Scan<'_>> {
    (!s.peek().is_some_and(|c| c.is_ascii_alphabetic())).then_some(s)
}

/// A weekday by its name.
pub(super) fn weekday(s: Scan<'_>) -> Read<'_, Weekday> {
    let (day, s) = s.pick(&WEEKDAYS)?;
    Some((day, whole(s)?))
}

/// A weekday, or a day of a month.
pub(super) fn day<'t>(ask: &Ask<'_>, s: Scan<'t>) -> Read<'t, Found> {
    let (away, after) = match s.pick(&AWAY) {
        Some((weeks, s)) => (Some(weeks), s),
        None => (None, s),
    };
    if let Some((weekday, after)) = weekday(after) {
        return Some((on_weekday(ask, away, weekday)?, after));
    }
    if let Some((month, s)) = month(s) {
        let ((dom, 1..=2), s) = s.digits()? else { return None };
        return Some((month_day(ask, month, dom)?, s));
    }
    let ((dom, 1..=2), s) = s.digits()? else { return None };
    let (month, s) = month(s)?;
    Some((month_day(ask, month, dom)?, s))
}

/// A month by its first three letters or more of its name.
fn month(s: Scan<'_>) -> Read<'_, u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let found = NAMES.iter().chain(&MONTHS).zip((1..=12).cycle());
    let mut ends = found.filter_map(|(name, n)| Some((n, whole(s.word(name)?)?)));
    ends.next()
}

/// Whether a text is a day in English, of one word or of several (`wed`, `next wed`, `4 mar`), or one that comes again
/// (`every wed`).
#[must_use]
pub fn names_a_day(typed: &str) -> bool {
    let plain = text::half_width(typed).to_ascii_lowercase();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let weekday = |word: &str| WEEKDAYS.iter().any(|(name, _)| *name == word);
    let away = |word: &str| AWAY.iter().any(|(name, _)| *name == word);
    let day = |word: &str| word.parse::<u32>().is_ok_and(|n| (1..=31).contains(&n));
    let month = |word: &str| MONTHS.iter().any(|name| word.starts_with(name)) && word.len() <= 9;
    match words.as_slice() {
        [one] => weekday(one),
        [first, second] => {
            (away(first) || *first == "every") && weekday(second)
                || day(first) && month(second)
                || month(first) && day(second)
        }
        _ => false,
    }
}

/// The same day of every week, for `every wed`.
pub(super) fn every(s: Scan<'_>) -> Read<'_, (u32, Weekday)> {
    let (weeks, s) = s.pick(&[("every", 1), ("every second", 2), ("every other", 2)])?;
    let (weekday, s) = weekday(s)?;
    Some(((weeks, weekday), s))
}
