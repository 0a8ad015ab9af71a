//! A reading said back in full, so that a wrong one is noticed before it is kept (RULES §7). Its Chinese form is a
//! phrase that reads as the same again. Knows nothing of screens.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::{Kind, Reading, Recurrence, Rule};
use crate::values::lang::Lang;

/// The reading in full: `2026年3月11日 星期三 14:00-16:00`, `Wednesday 11 March 2026, 14:00-16:00`.
#[must_use]
pub fn spell(reading: &Reading, lang: Lang) -> String {
    let day = |at: NaiveDateTime| full_day(at.date(), lang);
    let to = match lang {
        Lang::Zh => " 到 ",
        Lang::En => " to ",
    };
    match (reading.kind, reading.end) {
        (Kind::Date, _) => day(reading.start),
        (Kind::DateRange, end) => format!("{}{to}{}", day(reading.start), day(end.unwrap_or(reading.start))),
        (Kind::Deadline, _) => {
            let by = reading.day().map_or_else(|| full_minute(reading.start, lang), |d| full_day(d, lang));
            match (lang, reading.day()) {
                (Lang::Zh, _) => format!("不晚于{by}"),
                (Lang::En, Some(_)) => format!("by the end of {by}"),
                (Lang::En, None) => format!("by {by}"),
            }
        }
        (Kind::Slot, Some(end)) => slot(reading.start, end, lang, to),
        (Kind::Slot | Kind::Instant, _) => full_minute(reading.start, lang),
        (Kind::Recurrence(each), _) => recurrence(each, reading.start.date(), lang),
        (Kind::Never, _) => match lang {
            Lang::Zh => "永不".to_owned(),
            Lang::En => "never".to_owned(),
        },
    }
}

/// A day with its year and weekday, short: `2026-03-11 周三`, `2026-03-11 Wed`.
#[must_use]
pub fn spell_day(day: NaiveDate, lang: Lang) -> String {
    format!("{day} {}", short_weekday(day.weekday(), lang))
}

/// A day for a list: `3-11 周三`, `Wed 11 Mar`; the year is added when it is not this year.
#[must_use]
pub fn short_day(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let weekday = short_weekday(day.weekday(), lang);
    let other = day.year() != today.year();
    match lang {
        Lang::Zh if other => format!("{}-{}-{} {weekday}", day.year(), day.month(), day.day()),
        Lang::Zh => format!("{}-{} {weekday}", day.month(), day.day()),
        Lang::En => {
            let year = if other { format!(" {}", day.year()) } else { String::new() };
            format!("{weekday} {}{year}", day.format("%-d %b"))
        }
    }
}

fn full_day(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            format!("{}年{}月{}日 星期{}", day.year(), day.month(), day.day(), character(day.weekday()))
        }
        Lang::En => day.format("%A %-d %B %Y").to_string(),
    }
}

fn gap(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => " ",
        Lang::En => ", ",
    }
}

fn full_minute(at: NaiveDateTime, lang: Lang) -> String {
    format!("{}{}{}", full_day(at.date(), lang), gap(lang), at.format("%H:%M"))
}

fn slot(start: NaiveDateTime, end: NaiveDateTime, lang: Lang, to: &str) -> String {
    let midnight_after = end.time() == NaiveTime::MIN && start.date().succ_opt() == Some(end.date());
    if midnight_after {
        format!("{}-24:00", full_minute(start, lang))
    } else if start.date() == end.date() {
        format!("{}-{}", full_minute(start, lang), end.format("%H:%M"))
    } else {
        format!("{}{to}{}", full_minute(start, lang), full_minute(end, lang))
    }
}

fn recurrence(each: Recurrence, first: NaiveDate, lang: Lang) -> String {
    let hours = each.hours().map(|h| format!("{}{h}", gap(lang))).unwrap_or_default();
    let first = full_day(first, lang);
    match lang {
        Lang::Zh => format!("{first}起 {}{hours}", zh_rule(each.rule)),
        Lang::En => format!("{}{hours}, from {first}", en_rule(each.rule)),
    }
}

fn zh_rule(rule: Rule) -> String {
    match rule {
        Rule::Daily => "每天".to_owned(),
        Rule::Weekly { interval: 1, weekday } => format!("每周{}", character(weekday)),
        Rule::Weekly { weekday, .. } => format!("隔周{}", character(weekday)),
        Rule::MonthDay(0) => "每月最后一天".to_owned(),
        Rule::MonthDay(dom) => format!("每月{dom}日"),
        Rule::MonthWeekday(-1, weekday) => format!("每月最后一个周{}", character(weekday)),
        Rule::MonthWeekday(nth, weekday) => format!("每月第{nth}个周{}", character(weekday)),
    }
}

fn en_rule(rule: Rule) -> String {
    let name = |weekday: Weekday| match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    };
    match rule {
        Rule::Daily => "every day".to_owned(),
        Rule::Weekly { interval: 1, weekday } => format!("every {}", name(weekday)),
        Rule::Weekly { weekday, .. } => format!("every second {}", name(weekday)),
        Rule::MonthDay(0) => "on the last day of every month".to_owned(),
        Rule::MonthDay(dom) => format!("on day {dom} of every month"),
        Rule::MonthWeekday(-1, weekday) => format!("on the last {} of every month", name(weekday)),
        Rule::MonthWeekday(nth, weekday) => format!("on {} number {nth} of every month", name(weekday)),
    }
}

fn character(weekday: Weekday) -> char {
    match weekday {
        Weekday::Mon => '一',
        Weekday::Tue => '二',
        Weekday::Wed => '三',
        Weekday::Thu => '四',
        Weekday::Fri => '五',
        Weekday::Sat => '六',
        Weekday::Sun => '日',
    }
}

fn short_weekday(weekday: Weekday, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("周{}", character(weekday)),
        Lang::En => weekday.to_string(),
    }
}
