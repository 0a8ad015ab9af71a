//! Which days the office works and which days have a name (RULES §6). Knows nothing of phrases, deadlines or files:
//! the year's arrangement is handed in as text.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::Deserialize;

/// Why a calendar text is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Not TOML, or not of the calendar's shape.
    #[error("calendar: {0}")]
    Shape(String),
    /// A day that does not exist or lies outside its year, or a range that ends before it begins.
    #[error("calendar: bad day under {0:?}")]
    Day(String),
    /// A named day with no rule, or with more than one.
    #[error("calendar: {0:?} needs one rule")]
    Rule(String),
}

/// Rest days and make-up working days of the years that are known, and the named days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkCalendar {
    years: BTreeSet<i32>,
    rest: BTreeSet<NaiveDate>,
    work: BTreeSet<NaiveDate>,
    notes: BTreeMap<NaiveDate, String>,
    named: Vec<Named>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    /// The name proper first, then what else it is called.
    names: Vec<String>,
    since: Option<i32>,
    rule: Rule,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rule {
    Fixed(u32, u32),
    Nth(u32, i8, Weekday),
    Listed(Vec<NaiveDate>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    #[serde(default)]
    year: Vec<YearSheet>,
    #[serde(default)]
    named: Vec<NamedSheet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearSheet {
    year: i32,
    #[serde(default)]
    rest: Vec<RestSheet>,
    #[serde(default)]
    work: Vec<WorkSheet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RestSheet {
    name: String,
    from: NaiveDate,
    to: NaiveDate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkSheet {
    name: String,
    day: NaiveDate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedSheet {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    since: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    nth: Option<i8>,
    weekday: Option<char>,
    dates: Option<Vec<NaiveDate>>,
}

impl WorkCalendar {
    /// Reads a calendar: `[[year]]` with `rest` and `work`, `[[named]]` with a fixed day, an n-th weekday or dates.
    ///
    /// # Errors
    /// [`CalendarError`], naming the entry.
    pub fn from_toml(text: &str) -> Result<Self, CalendarError> {
        let sheet: Sheet = toml::from_str(text).map_err(|e| CalendarError::Shape(e.to_string()))?;
        let named = sheet.named.into_iter().map(Named::try_from).collect::<Result<Vec<_>, _>>()?;
        let mut calendar = Self { named, ..Self::default() };
        for year in sheet.year {
            calendar.add_year(year)?;
        }
        Ok(calendar)
    }

    fn add_year(&mut self, sheet: YearSheet) -> Result<(), CalendarError> {
        self.years.insert(sheet.year);
        for RestSheet { name, from, to } in sheet.rest {
            let days: Vec<NaiveDate> = from.iter_days().take_while(|d| *d <= to).take(60).collect();
            if days.is_empty() || days.last() != Some(&to) || from.year().abs_diff(sheet.year) > 1 {
                return Err(CalendarError::Day(name));
            }
            for day in days {
                self.rest.insert(day);
                self.note(day, &name);
            }
        }
        for WorkSheet { name, day } in sheet.work {
            if day.year().abs_diff(sheet.year) > 1 || self.rest.contains(&day) {
                return Err(CalendarError::Day(name));
            }
            self.work.insert(day);
            self.note(day, &name);
        }
        let of_year: Vec<_> =
            self.named.iter().filter_map(|n| Some((n.on(sheet.year)?, n.names.first()?.clone()))).collect();
        for (day, name) in of_year {
            self.note(day, &name);
        }
        Ok(())
    }

    fn note(&mut self, day: NaiveDate, name: &str) {
        let note = self.notes.entry(day).or_default();
        if !note.split('、').any(|n| n == name) {
            if !note.is_empty() {
                note.push('、');
            }
            note.push_str(name);
        }
    }

    /// Whether the year's rest days are known; if not, only weekends rest and the reader must be warned (RULES §6.1).
    #[must_use]
    pub fn knows_year(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// Whether the office works that day.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        self.work.contains(&date) || (!weekend && !self.rest.contains(&date))
    }

    /// The n-th working day after a day (before it for a negative n); the start day is not counted. The day itself for 0.
    /// Counting stops at 100 000 days, far past any deadline.
    #[must_use]
    pub fn add_working_days(&self, date: NaiveDate, n: i32) -> NaiveDate {
        let mut left = n.unsigned_abs();
        let mut at = date;
        for _ in 0..100_000 {
            if left == 0 {
                break;
            }
            let next = if n > 0 { at.succ_opt() } else { at.pred_opt() };
            let Some(next) = next else { break };
            at = next;
            left -= u32::from(self.is_working_day(at));
        }
        at
    }

    /// The day itself if the office works, else the next day it does: where an internal deadline moves (RULES §6.1).
    #[must_use]
    pub fn next_working_day(&self, date: NaiveDate) -> NaiveDate {
        if self.is_working_day(date) { date } else { self.add_working_days(date, 1) }
    }

    /// What is to be said of a day: its holiday, its make-up work, its name; several joined with `、`.
    #[must_use]
    pub fn day_note(&self, date: NaiveDate) -> Option<&str> {
        self.notes.get(&date).map(String::as_str).or_else(|| {
            let named = self.named.iter().find(|n| n.on(date.year()) == Some(date))?;
            named.names.first().map(String::as_str)
        })
    }

    /// The named day of a year; none for an unknown name, a year before the day was set, or a year not listed.
    #[must_use]
    pub fn named_day(&self, name: &str, year: i32) -> Option<NaiveDate> {
        self.named.iter().find(|n| n.names.iter().any(|each| each == name))?.on(year)
    }

    /// Every name a day is called by.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.named.iter().flat_map(|n| n.names.iter().map(String::as_str))
    }
}

impl Named {
    fn on(&self, year: i32) -> Option<NaiveDate> {
        if self.since.is_some_and(|since| year < since) {
            return None;
        }
        match &self.rule {
            Rule::Fixed(month, day) => NaiveDate::from_ymd_opt(year, *month, *day),
            Rule::Nth(month, nth, weekday) => nth_weekday(year, *month, *nth, *weekday),
            Rule::Listed(days) => days.iter().find(|d| d.year() == year).copied(),
        }
    }
}

impl TryFrom<NamedSheet> for Named {
    type Error = CalendarError;

    fn try_from(sheet: NamedSheet) -> Result<Self, CalendarError> {
        let NamedSheet { name, aliases, since, month, day, nth, weekday, dates } = sheet;
        let rule = match (month, day, nth, weekday, dates) {
            (Some(month), Some(day), None, None, None) => {
                // A leap year, so that 29 February may be named.
                NaiveDate::from_ymd_opt(2024, month, day).ok_or_else(|| CalendarError::Day(name.clone()))?;
                Rule::Fixed(month, day)
            }
            (Some(month), None, Some(nth), Some(weekday), None) => {
                let weekday = weekday_of(weekday).ok_or_else(|| CalendarError::Day(name.clone()))?;
                nth_weekday(2026, month, nth, weekday).ok_or_else(|| CalendarError::Day(name.clone()))?;
                Rule::Nth(month, nth, weekday)
            }
            (None, None, None, None, Some(dates)) => Rule::Listed(dates),
            _ => return Err(CalendarError::Rule(name)),
        };
        let names = std::iter::once(name).chain(aliases).collect();
        Ok(Self { names, since, rule })
    }
}

/// The weekday a Chinese character names, 日 and 天 both Sunday.
#[must_use]
pub fn weekday_of(character: char) -> Option<Weekday> {
    Some(match character {
        '一' => Weekday::Mon,
        '二' => Weekday::Tue,
        '三' => Weekday::Wed,
        '四' => Weekday::Thu,
        '五' => Weekday::Fri,
        '六' => Weekday::Sat,
        '日' | '天' => Weekday::Sun,
        _ => return None,
    })
}

/// The n-th such weekday of a month, counted from the end for a negative n; none where the month has no such day.
#[must_use]
pub fn nth_weekday(year: i32, month: u32, nth: i8, weekday: Weekday) -> Option<NaiveDate> {
    if nth > 0 {
        return NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth.unsigned_abs());
    }
    let last = month_end(NaiveDate::from_ymd_opt(year, month, 1)?)?;
    let back = last.weekday().days_since(weekday);
    let weeks = u32::from(nth.unsigned_abs()).checked_sub(1)?;
    let day = last.checked_sub_days(Days::new(u64::from(back + 7 * weeks)))?;
    (day.month() == month).then_some(day)
}

/// The last day of the month a day is in.
#[must_use]
pub fn month_end(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> WorkCalendar {
        WorkCalendar::from_toml(include_str!("../../data/catalog/calendar.toml")).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_sample_year_is_the_shipped_year() {
        let calendar = calendar();
        let mut arranged = BTreeSet::new();
        let rows = include_str!("../../data/sample/calendar_2026.csv").lines().skip(1);
        for row in rows {
            let [date, kind, name, workday] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
            let note = calendar.day_note(day(date)).unwrap_or_else(|| panic!("{row}"));
            assert!(note.contains(name), "{row}: {note}");
            match workday {
                "" => assert_eq!(calendar.named_day(name, 2026), Some(day(date)), "{row}"),
                flag => {
                    arranged.insert(day(date));
                    assert_eq!(calendar.is_working_day(day(date)), flag == "是", "{row} {kind}");
                }
            }
        }
        for date in day("2026-01-01").iter_days().take(365).filter(|d| !arranged.contains(d)) {
            assert_eq!(calendar.is_working_day(date), date.weekday().number_from_monday() < 6, "{date}");
        }
    }

    #[test]
    fn working_days_skip_the_holiday_and_count_the_make_up_day() {
        let calendar = calendar();
        assert_eq!(calendar.add_working_days(day("2026-02-13"), 1), day("2026-02-14"));
        assert_eq!(calendar.add_working_days(day("2026-02-14"), 1), day("2026-02-24"));
        assert_eq!(calendar.add_working_days(day("2026-02-24"), -2), day("2026-02-13"));
        assert_eq!(calendar.add_working_days(day("2026-03-07"), 0), day("2026-03-07"));
        assert_eq!(calendar.next_working_day(day("2026-10-01")), day("2026-10-08"));
    }

    #[test]
    fn computed_days_follow_their_rule_and_unknown_years_rest_on_weekends_only() {
        let calendar = calendar();
        assert_eq!(calendar.named_day("助残日", 2027), Some(day("2027-05-16")));
        assert_eq!(calendar.named_day("国际聋人日", 2024), Some(day("2024-09-22")));
        assert_eq!(calendar.named_day("残疾预防日", 2016), None);
        assert_eq!(calendar.named_day("春节", 2027), None, "never computed");
        assert_eq!(calendar.day_note(day("2027-12-03")), Some("国际残疾人日"));
        assert_eq!(calendar.day_note(day("2026-09-27")), Some("中秋节、国际聋人日"));
        assert!(!calendar.knows_year(2027) && calendar.is_working_day(day("2027-10-01")));
        assert_eq!(nth_weekday(2029, 9, -1, Weekday::Sun), Some(day("2029-09-30")));
    }

    #[test]
    fn a_calendar_that_contradicts_itself_is_refused() {
        let both = "[[named]]\nname='示'\nmonth=1\nday=1\ndates=[]";
        assert_eq!(WorkCalendar::from_toml(both), Err(CalendarError::Rule("示".into())));
        let back = "[[year]]\nyear=2026\nrest=[{name='示',from='2026-02-02',to='2026-02-01'}]";
        assert_eq!(WorkCalendar::from_toml(back), Err(CalendarError::Day("示".into())));
        assert!(matches!(WorkCalendar::from_toml("年=1"), Err(CalendarError::Shape(_))));
    }
}
