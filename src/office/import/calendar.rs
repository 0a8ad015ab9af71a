//! A calendar of another program (RFC 5545) as rows with a header: one row an event, one row a day of what comes again.
//! Times are told as this office's own. Knows no record.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use icalendar::{
    Calendar, CalendarComponent, CalendarDateTime, Component, DatePerhapsTime, Event, EventLike, EventStatus,
};

use crate::desk::refusal::Refusal;

use super::decode::{Cell, RawRow};

/// The header of the rows: the names of the fields they mean.
const HEADER: [&str; 6] = ["uid", "purpose", "starts_at", "ends_at", "zone", "org"];

/// The most days one event may come again on; one without an end is asked to have one.
const MOST: u16 = 400;

/// The longest an event may last: a year, in minutes.
const MOST_MINUTES: i64 = 366 * 1440;

/// Hours that this office's clock is ahead of UTC, all year round.
const AHEAD: i32 = 8;

/// The rows of a calendar.
///
/// # Errors
/// When it is no calendar, or an event in it has no time, comes again without end or by a rule that cannot be read.
pub(super) fn rows_of(text: &str) -> Result<Vec<RawRow>, Refusal> {
    let broken = |detail: String| Refusal::rule("import-calendar").with("detail", detail);
    let calendar: Calendar = text.parse().map_err(broken)?;
    let lines = text.lines().enumerate().filter(|(_, line)| line.trim().eq_ignore_ascii_case("BEGIN:VEVENT"));
    let mut lines = lines.map(|(at, _)| at + 1);
    let events: Vec<(usize, &Event)> = calendar
        .components
        .iter()
        .filter_map(|component| match component {
            CalendarComponent::Event(event) => Some((lines.next().unwrap_or(1), event)),
            _ => None,
        })
        .collect();
    let moved: HashSet<(String, NaiveDateTime)> = events
        .iter()
        .filter_map(|(_, event)| Some((event.get_uid()?.to_owned(), local(&event.get_recurrence_id()?).0)))
        .collect();
    let cell = |text: &str| Cell { text: text.to_owned(), rounded: false };
    let mut rows = vec![RawRow { line: 1, cells: HEADER.map(cell).to_vec() }];
    for (line, event) in events {
        if event.get_status() == Some(EventStatus::Cancelled) {
            continue;
        }
        let summary = event.get_summary().unwrap_or_default().to_owned();
        let unclear =
            |code: &'static str| Refusal::rule(code).with("line", line.to_string()).with("text", &summary);
        let uid = event.get_uid().unwrap_or_default();
        let own = event.get_recurrence_id().map(|id| local(&id).0);
        let Some(start) = event.get_start() else { return Err(unclear("import-calendar-time")) };
        let (starts, whole_day) = local(&start);
        let lasts = event.property_value("DURATION").and_then(duration).map(|lasts| starts + lasts);
        let usual = if whole_day { TimeDelta::days(1) } else { TimeDelta::hours(1) };
        let ends = event.get_end().map(|end| local(&end).0).or(lasts).filter(|end| *end > starts);
        let ends = ends.unwrap_or(starts + usual);
        let all = match event.property_value("RRULE") {
            Some(rule) => again(event, rule, starts).ok_or_else(|| unclear("import-calendar-rule"))?,
            None => vec![starts],
        };
        for begins in all {
            if own.is_none() && moved.contains(&(uid.to_owned(), begins)) {
                continue;
            }
            for (from, to) in days(begins, begins + (ends - starts)) {
                let several =
                    event.property_value("RRULE").is_some() || own.is_some() || from.date() != starts.date();
                let uid = if several {
                    format!("{uid}#{}", own.unwrap_or(from).format("%Y%m%dT%H%M"))
                } else {
                    uid.to_owned()
                };
                let at = |moment: NaiveDateTime| moment.format("%Y-%m-%dT%H:%M").to_string();
                let place = event.get_location().unwrap_or_default();
                let cells =
                    [uid.as_str(), &summary, &at(from), &at(to), place, &organizer(event)].map(cell).to_vec();
                rows.push(RawRow { line, cells });
            }
        }
    }
    Ok(rows)
}

/// A time as this office's own, and whether it is a whole day.
fn local(time: &DatePerhapsTime) -> (NaiveDateTime, bool) {
    match time {
        DatePerhapsTime::Date(day) => (day.and_time(NaiveTime::MIN), true),
        DatePerhapsTime::DateTime(CalendarDateTime::Floating(at)) => (*at, false),
        DatePerhapsTime::DateTime(CalendarDateTime::Utc(at)) => (here(*at), false),
        DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid }) => {
            let zone = tzid.parse::<chrono_tz::Tz>().ok();
            let there = zone.and_then(|zone| date_time.and_local_timezone(zone).earliest());
            // A zone with a name of its own making is taken for the office's.
            (there.map_or(*date_time, |at| here(at.to_utc())), false)
        }
    }
}

fn here(at: DateTime<chrono::Utc>) -> NaiveDateTime {
    FixedOffset::east_opt(AHEAD * 3600).map_or(at.naive_utc(), |zone| at.with_timezone(&zone).naive_local())
}

/// `PT1H30M`, `P1D`; none for anything else.
fn duration(text: &str) -> Option<TimeDelta> {
    let mut minutes = 0i64;
    let mut digits = String::new();
    for c in text.strip_prefix('P')?.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let each = match c {
            'W' => 7 * 1440,
            'D' => 1440,
            'H' => 60,
            'M' => 1,
            'S' | 'T' => 0,
            _ => return None,
        };
        let n: i64 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
        minutes += n.checked_mul(each)?;
        digits.clear();
    }
    (0..=MOST_MINUTES).contains(&minutes).then(|| TimeDelta::minutes(minutes))
}

/// When an event begins, each time it comes again; none where its rule cannot be read or has no end.
fn again(event: &Event, rule: &str, first: NaiveDateTime) -> Option<Vec<NaiveDateTime>> {
    if !rule.contains("COUNT=") && !rule.contains("UNTIL=") {
        return None;
    }
    // The library reckons in UTC what is meant here: every time is moved alike.
    let until = |part: &str| match part.strip_prefix("UNTIL=") {
        Some(day) if day.len() == 8 => format!("UNTIL={day}T235959Z"),
        Some(at) => match NaiveDateTime::parse_from_str(at, "%Y%m%dT%H%M%SZ") {
            Ok(at) => format!("UNTIL={}Z", here(at.and_utc()).format("%Y%m%dT%H%M%S")),
            Err(_) => format!("UNTIL={at}Z"),
        },
        None => part.to_owned(),
    };
    let rule = rule.split(';').map(until).collect::<Vec<_>>().join(";");
    let text = format!("DTSTART:{}Z\nRRULE:{rule}", first.format("%Y%m%dT%H%M%S"));
    let set: rrule::RRuleSet = text.parse().ok()?;
    let all = set.all(MOST + 1);
    if all.dates.len() > usize::from(MOST) {
        return None;
    }
    let left = excepted(event);
    let each = all.dates.iter().map(DateTime::naive_utc);
    Some(each.filter(|at| !left.contains(at)).collect())
}

/// The days left out of what comes again.
fn excepted(event: &Event) -> BTreeSet<NaiveDateTime> {
    let several = event.multi_properties().get("EXDATE").into_iter().flatten();
    let properties = several.chain(event.properties().get("EXDATE"));
    let mut left = BTreeSet::new();
    for property in properties {
        for value in property.value().split(',') {
            let at = value.trim_end_matches('Z');
            let day = || NaiveDate::parse_from_str(at, "%Y%m%d").ok().map(|day| day.and_time(NaiveTime::MIN));
            let Some(at) = NaiveDateTime::parse_from_str(at, "%Y%m%dT%H%M%S").ok().or_else(day) else {
                continue;
            };
            left.insert(if value.ends_with('Z') { here(at.and_utc()) } else { at });
        }
    }
    left
}

/// What lasts over midnight is a row a day.
fn days(from: NaiveDateTime, to: NaiveDateTime) -> Vec<(NaiveDateTime, NaiveDateTime)> {
    let mut rows = Vec::new();
    let mut begins = from;
    while begins < to && rows.len() < usize::from(MOST) {
        let midnight = (begins.date() + Days::new(1)).and_time(NaiveTime::MIN);
        rows.push((begins, to.min(midnight)));
        begins = midnight;
    }
    rows
}

/// Whose it is: the organiser's name, else the first category.
fn organizer(event: &Event) -> String {
    let named = event.properties().get("ORGANIZER").and_then(|property| property.params().get("CN").cloned());
    let named = named.map(|cn| cn.value().trim_matches('"').to_owned());
    let several = event.multi_properties().get("CATEGORIES").and_then(|all| all.first());
    let category = several.or(event.properties().get("CATEGORIES")).map(|p| p.value().to_owned());
    let first = category.and_then(|all| all.split(',').next().map(str::to_owned));
    named.or(first).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::rows_of;

    fn rows(events: &str) -> Vec<Vec<String>> {
        let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n")
            .replace('\n', "\r\n");
        let rows = rows_of(&text.replace("\r\r", "\r")).unwrap();
        rows.iter().skip(1).map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect()
    }

    #[test]
    fn times_of_every_form_become_the_offices_own() {
        let event = |start: &str| {
            format!(
                "BEGIN:VEVENT\nUID:a\nSUMMARY:例会\nLOCATION:会议室\nDTSTART{start}\nDURATION:PT1H\nEND:VEVENT\n"
            )
        };
        let starts = |start: &str| rows(&event(start)).first().map(|row| row[2].clone()).unwrap_or_default();
        assert_eq!(starts(":20260311T140000"), "2026-03-11T14:00");
        assert_eq!(starts(":20260311T060000Z"), "2026-03-11T14:00");
        assert_eq!(starts(";TZID=Asia/Shanghai:20260311T140000"), "2026-03-11T14:00");
        assert_eq!(starts(";TZID=Europe/Berlin:20260311T070000"), "2026-03-11T14:00");
    }

    #[test]
    fn what_comes_again_is_a_row_a_day_without_what_was_left_out_or_moved() {
        let text = "BEGIN:VEVENT\nUID:a\nSUMMARY:手语课\nDTSTART:20260311T140000\nDTEND:20260311T160000\n\
                    RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20260318T140000\nEND:VEVENT\n\
                    BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20260325T140000\nSUMMARY:手语课\nDTSTART:20260326T090000\nDTEND:20260326T110000\nEND:VEVENT\n";
        let rows = rows(text);
        let starts: Vec<&str> = rows.iter().map(|row| row[2].as_str()).collect();
        assert_eq!(starts, ["2026-03-11T14:00", "2026-04-01T14:00", "2026-03-26T09:00"]);
        assert_eq!(rows[1][3], "2026-04-01T16:00");
    }

    #[test]
    fn what_never_ends_is_refused() {
        let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:值班\r\nDTSTART:20260311T140000\r\n\
                    RRULE:FREQ=DAILY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(rows_of(text).unwrap_err().code, "import-calendar-rule");
    }
}
