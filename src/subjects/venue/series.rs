//! Bookings that come again: what a hand types for it, the RFC 5545 rule it is kept as, and its days. Pure.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::values::dates::{self, DateContext, Kind, Rule};

/// The most bookings one series may make: a year of working days and some.
pub(crate) const MOST: usize = 400;

/// A series as typed: on which days, how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Series {
    /// On which days.
    pub rule: Rule,
    /// How many.
    pub times: usize,
}

/// Reads `*8` (every week on the first day's weekday), `隔周 *6`, `每月最后一个周五 *6`, `FREQ=WEEKLY;COUNT=8`. None where it
/// says no rule, or no number of times from 1 to [`MOST`].
pub(crate) fn read(text: &str, first: Option<NaiveDate>, cx: &DateContext<'_>) -> Option<Series> {
    let plain = crate::values::text::half_width(text);
    let plain = plain.trim().replace('×', "*");
    if let Some(series) = from_rrule(&plain) {
        return Some(series);
    }
    let (phrase, times) = match plain.rsplit_once('*') {
        Some(both) => both,
        None => {
            let body = plain.strip_suffix('次')?;
            let phrase = body.trim_end_matches(|c: char| c.is_ascii_digit());
            (phrase, body.strip_prefix(phrase).unwrap_or_default())
        }
    };
    let times = times.trim().trim_end_matches('次').parse().ok().filter(|n| (1..=MOST).contains(n))?;
    let weekly = |interval| first.map(|day| Rule::Weekly { interval, weekday: day.weekday() });
    let rule = match phrase.trim() {
        "" | "每周" => weekly(1)?,
        "隔周" | "每两周" => weekly(2)?,
        "每天" | "每日" => Rule::Daily,
        phrase => match dates::parse(phrase, cx).ok()?.kind {
            Kind::Recurrence(each) => each.rule,
            _ => return None,
        },
    };
    Some(Series { rule, times })
}

/// The rule as RFC 5545 writes it, with its count.
pub(crate) fn rrule(series: Series) -> String {
    format!("{};COUNT={}", rule_text(series.rule), series.times)
}

fn rule_text(rule: Rule) -> String {
    match rule {
        Rule::Daily => "FREQ=DAILY".to_owned(),
        Rule::Weekly { interval: 1, weekday } => format!("FREQ=WEEKLY;BYDAY={}", letters(weekday)),
        Rule::Weekly { interval, weekday } => {
            format!("FREQ=WEEKLY;INTERVAL={interval};BYDAY={}", letters(weekday))
        }
        Rule::MonthDay(0) => "FREQ=MONTHLY;BYMONTHDAY=-1".to_owned(),
        Rule::MonthDay(dom) => format!("FREQ=MONTHLY;BYMONTHDAY={dom}"),
        Rule::MonthWeekday(nth, weekday) => format!("FREQ=MONTHLY;BYDAY={nth}{}", letters(weekday)),
    }
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

fn letters(weekday: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(_, day)| *day == weekday).map_or("MO", |(letters, _)| letters)
}

/// A rule as a calendar file has it: what this office can say of it. None for the rest, which is asked and not guessed.
pub(crate) fn from_rrule(text: &str) -> Option<Series> {
    let text = text.trim();
    let text = text.strip_prefix("RRULE:").unwrap_or(text);
    if !text.starts_with("FREQ=") {
        return None;
    }
    let (mut freq, mut interval, mut times, mut by_day, mut by_month_day) = ("", 1u32, None, None, None);
    for part in text.split(';').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        match name {
            "FREQ" => freq = value,
            "INTERVAL" => interval = value.parse().ok()?,
            "COUNT" => times = value.parse().ok(),
            "BYDAY" => by_day = Some(value),
            "BYMONTHDAY" => by_month_day = Some(value.parse::<i32>().ok()?),
            "WKST" => {}
            _ => return None,
        }
    }
    let weekday = |letters: &str| WEEKDAYS.iter().find(|(known, _)| *known == letters).map(|(_, day)| *day);
    let rule = match (freq, by_day, by_month_day, interval) {
        ("DAILY", None, None, 1) => Rule::Daily,
        ("WEEKLY", Some(day), None, 1..) => Rule::Weekly { interval, weekday: weekday(day)? },
        ("MONTHLY", None, Some(-1), 1) => Rule::MonthDay(0),
        ("MONTHLY", None, Some(day), 1) => {
            Rule::MonthDay(u32::try_from(day).ok().filter(|d| (1..=31).contains(d))?)
        }
        ("MONTHLY", Some(day), None, 1) => {
            let at = day.len().checked_sub(2)?;
            let (nth, day) = (day.get(..at)?, day.get(at..)?);
            let nth = nth.parse::<i8>().ok().filter(|n| (1..=5).contains(n) || *n == -1)?;
            Rule::MonthWeekday(nth, weekday(day)?)
        }
        _ => return None,
    };
    let times = times.filter(|n| (1..=MOST).contains(n))?;
    Some(Series { rule, times })
}

/// The days of a series from a day on, that day first if the rule names it.
pub(crate) fn days(series: Series, from: NaiveDate) -> Vec<NaiveDate> {
    let first = series.rule.first_from(from);
    std::iter::successors(first, |day| series.rule.after(*day)).take(series.times).collect()
}
